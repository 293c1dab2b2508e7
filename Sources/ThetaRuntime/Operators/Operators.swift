import ThetaArrays

/// The operators on values. `rawValue` is the spelling in error messages.
public enum BinaryOperation: String, CaseIterable, Sendable {
  case add = "+"
  case subtract = "-"
  case multiply = "*"
  case divide = "/"
  case leftDivide = "\\"
  case power = "^"
  case hadamard = ".*"
  case elementDivide = "./"
  case elementLeftDivide = ".\\"
  case elementPower = ".^"
  case less = "<"
  case lessOrEqual = "<="
  case equal = "=="
  case notEqual = "!="
  case greaterOrEqual = ">="
  case greater = ">"
  case and = "&"
  case or = "|"
}

public enum UnaryOperation: String, CaseIterable, Sendable {
  case plus = "+"
  case minus = "-"
  case not = "!"
  case hermitian = "'"
  case transpose = ".'"
}

/// The one place where operators meet classes.
public enum Operators {
  public static func binary(
    _ operation: BinaryOperation, _ a: Value, _ b: Value
  ) throws(RuntimeError) -> Value {
    throw RuntimeError("operator \(operation.rawValue) is not implemented")
  }

  public static func unary(_ operation: UnaryOperation, _ a: Value) throws(RuntimeError) -> Value {
    throw RuntimeError("operator \(operation.rawValue) is not implemented")
  }

  /// `a * b` with either side transposed (`A' * B`, `A * B'`) without building the transpose.
  public static func product(
    _ a: Value, hermitian hermitianA: Bool, _ b: Value, hermitian hermitianB: Bool
  ) throws(RuntimeError) -> Value {
    try binary(
      .multiply, hermitianA ? unary(.hermitian, a) : a, hermitianB ? unary(.hermitian, b) : b)
  }

  /// `base : increment : limit`
  public static func range(_ base: Value, _ increment: Value?, _ limit: Value) throws(RuntimeError) -> Value {
    throw RuntimeError("ranges are not implemented")
  }

  /// What `if` and `while` make of a value: true when it is not empty and all elements are nonzero.
  public static func isTrue(_ value: Value) throws(RuntimeError) -> Bool {
    switch value {
    case .logical(let b): return b
    case .number(let x): return x != 0
    default: throw RuntimeError("conditions are not implemented")
    }
  }
}
