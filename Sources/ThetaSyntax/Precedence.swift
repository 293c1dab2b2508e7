// The table of binary operators: how tightly each binds. `grammar/precedence.md` states the same table, and
// a test compares the two.

/// How tightly an operator binds, loosest first.
public enum Precedence: Int, Comparable, CaseIterable, Sendable {
  case assignment = 1
  case or
  case and
  case elementOr
  case elementAnd
  case comparison
  case range
  case additive
  case multiplicative
  case prefix
  case power

  public static func < (a: Precedence, b: Precedence) -> Bool { a.rawValue < b.rawValue }
}

extension BinaryOperator {
  public var precedence: Precedence {
    switch self {
    case .add, .subtract: .additive
    case .multiply, .divide, .leftDivide, .hadamard, .elementDivide, .elementLeftDivide: .multiplicative
    case .power, .elementPower: .power
    case .less, .lessOrEqual, .equal, .notEqual, .greaterOrEqual, .greater: .comparison
    case .elementAnd: .elementAnd
    case .elementOr: .elementOr
    }
  }
}

extension ShortCircuitOperator {
  public var precedence: Precedence {
    switch self {
    case .and: .and
    case .or: .or
    }
  }
}
