import ThetaArrays
import ThetaRuntime
import ThetaSyntax

// How the operators of the syntax become instructions and operations of the runtime.

extension BinaryOperator {
  var operation: BinaryOperation {
    switch self {
    case .add: .add
    case .subtract: .subtract
    case .multiply: .multiply
    case .divide: .divide
    case .leftDivide: .leftDivide
    case .power: .power
    case .hadamard: .hadamard
    case .elementDivide: .elementDivide
    case .elementLeftDivide: .elementLeftDivide
    case .elementPower: .elementPower
    case .less: .less
    case .lessOrEqual: .lessOrEqual
    case .equal: .equal
    case .notEqual: .notEqual
    case .greaterOrEqual: .greaterOrEqual
    case .greater: .greater
    case .elementAnd: .and
    case .elementOr: .or
    }
  }

  var isComparison: Bool {
    switch self {
    case .less, .lessOrEqual, .equal, .notEqual, .greaterOrEqual, .greater: true
    default: false
    }
  }

  func instruction(_ d: Register, _ a: Register, _ b: Register) -> Instruction {
    switch self {
    case .add: .add(d: d, a: a, b: b)
    case .subtract: .subtract(d: d, a: a, b: b)
    case .multiply: .multiply(d: d, a: a, b: b)
    case .divide: .divide(d: d, a: a, b: b)
    case .power: .power(d: d, a: a, b: b)
    case .hadamard: .hadamard(d: d, a: a, b: b)
    case .elementDivide: .elementDivide(d: d, a: a, b: b)
    case .elementPower: .elementPower(d: d, a: a, b: b)
    case .less: .less(d: d, a: a, b: b)
    case .lessOrEqual: .lessOrEqual(d: d, a: a, b: b)
    case .equal: .equal(d: d, a: a, b: b)
    case .notEqual: .notEqual(d: d, a: a, b: b)
    case .greaterOrEqual: .greaterOrEqual(d: d, a: a, b: b)
    case .greater: .greater(d: d, a: a, b: b)
    case .leftDivide, .elementLeftDivide, .elementAnd, .elementOr:
      .binary(d: d, a: a, b: b, operation: operation.code)
    }
  }

  func test(_ a: Register, _ b: Register, expected: Bool) -> Instruction {
    switch self {
    case .less: .testLess(a: a, b: b, expected: expected)
    case .lessOrEqual: .testLessOrEqual(a: a, b: b, expected: expected)
    case .equal: .testEqual(a: a, b: b, expected: expected)
    case .greaterOrEqual: .testGreaterOrEqual(a: a, b: b, expected: expected)
    case .greater: .testGreater(a: a, b: b, expected: expected)
    default: .testNotEqual(a: a, b: b, expected: expected)
    }
  }
}

extension BinaryOperation {
  /// The position in `allCases`, as instructions carry it.
  var code: UInt8 { UInt8(clamping: BinaryOperation.allCases.firstIndex(of: self) ?? 0) }
}

extension UnaryOperation {
  var code: UInt8 { UInt8(clamping: UnaryOperation.allCases.firstIndex(of: self) ?? 0) }
}

extension IntegerLiteral {
  var value: Value {
    switch (width, isSigned) {
    case (8, false): .uint8(NDArray(scalar: UInt8(truncatingIfNeeded: bits)))
    case (16, false): .uint16(NDArray(scalar: UInt16(truncatingIfNeeded: bits)))
    case (32, false): .uint32(NDArray(scalar: UInt32(truncatingIfNeeded: bits)))
    case (8, true): .int8(NDArray(scalar: Int8(truncatingIfNeeded: bits)))
    case (16, true): .int16(NDArray(scalar: Int16(truncatingIfNeeded: bits)))
    case (32, true): .int32(NDArray(scalar: Int32(truncatingIfNeeded: bits)))
    case (_, true): .int64(NDArray(scalar: Int64(truncatingIfNeeded: bits)))
    default: .uint64(NDArray(scalar: bits))
    }
  }
}

extension Expression {
  var unparenthesized: Expression {
    var result = self
    while case .parenthesized(let inner) = result.kind { result = inner }
    return result
  }

  /// A variable or a part of one: what can be assigned.
  var isPlace: Bool {
    switch kind {
    case .identifier: true
    case .call(let base, _), .brace(let base, _), .field(let base, _), .dynamicField(let base, _):
      base.isPlace
    case .parenthesized(let inner): inner.isPlace
    default: false
    }
  }

  /// Whether evaluating it may assign a variable of the same frame (by `=`, `++`, `--` inside it).
  var mayAssign: Bool {
    contains { part in
      switch part.kind {
      case .assignment, .prefix(.increment, _), .prefix(.decrement, _), .postfix(_, .increment),
        .postfix(_, .decrement):
        true
      default: false
      }
    }
  }

  /// Whether the test holds for it or for anything that is evaluated with it; the bodies of anonymous functions are not.
  func contains(_ test: (Expression) -> Bool) -> Bool {
    if test(self) { return true }
    switch kind {
    case .number, .imaginary, .integer, .string, .identifier, .colon, .end, .handle, .anonymous: return false
    case .parenthesized(let a), .prefix(_, let a), .postfix(let a, _), .field(let a, _),
      .assignment(_, _, let a):
      return a.contains(test)
    case .binary(_, let a, let b), .shortCircuit(_, let a, let b), .dynamicField(let a, let b):
      return a.contains(test) || b.contains(test)
    case .range(let a, let b, let c): return a.contains(test) || b?.contains(test) == true || c.contains(test)
    case .matrix(let rows), .cell(let rows): return rows.contains { $0.contains { $0.contains(test) } }
    case .call(let a, let list), .brace(let a, let list):
      return a.contains(test) || list.contains { $0.contains(test) }
    }
  }
}
