// The operators of the language, each with its canonical spelling. Precedence lives in the parser's table,
// meaning in ThetaRuntime/Operators.

/// An operator between two operands. `rawValue` is the spelling that errors and the printer use.
public enum BinaryOperator: String, CaseIterable, Sendable {
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
  case elementAnd = "&"
  case elementOr = "|"
}

/// `&&` and `||`: the right operand is evaluated only when it decides the result.
public enum ShortCircuitOperator: String, CaseIterable, Sendable {
  case and = "&&"
  case or = "||"
}

/// An operator before its operand.
public enum PrefixOperator: String, CaseIterable, Sendable {
  case plus = "+"
  case minus = "-"
  case not = "!"
  case increment = "++"
  case decrement = "--"
}

/// An operator after its operand.
public enum PostfixOperator: String, CaseIterable, Sendable {
  /// `'`, the conjugate transpose.
  case hermitian = "'"
  /// `.'`, the plain transpose.
  case transpose = ".'"
  case increment = "++"
  case decrement = "--"
}
