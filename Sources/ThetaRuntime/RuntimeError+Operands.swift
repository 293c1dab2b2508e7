import ThetaArrays

// What goes wrong with operands, in Octave's words.

extension RuntimeError {
  /// `operator +: nonconformant arguments (op1 is 1x3, op2 is 1x2)`
  public static func nonconformant(_ operation: String, _ a: Shape, _ b: Shape) -> RuntimeError {
    RuntimeError(
      "\(operation): nonconformant arguments (op1 is \(a), op2 is \(b))",
      identifier: "Octave:nonconformant-args")
  }

  /// An array error inside an operation that Octave names.
  static func operation(_ name: String, _ error: ArrayError) -> RuntimeError {
    if case .nonconformant(let a, let b) = error { return .nonconformant(name, a, b) }
    return RuntimeError(error)
  }

  /// `binary operator '+' not implemented for 'cell' by 'matrix' operations`
  static func notImplemented(_ operation: BinaryOperation, _ a: Value, _ b: Value) -> RuntimeError {
    if let object = a.objectClass ?? b.objectClass {
      return RuntimeError("\(operation.methodName) method not defined for \(object) class")
    }
    return RuntimeError(
      "binary operator '\(operation.rawValue)' not implemented for '\(a.operandTypeName)' by "
        + "'\(b.operandTypeName)' operations")
  }

  /// `unary operator '-' not implemented for 'cell' operands`
  static func notImplemented(_ operation: UnaryOperation, _ a: Value) -> RuntimeError {
    if let object = a.objectClass {
      return RuntimeError("\(operation.methodName) method not defined for \(object) class")
    }
    return RuntimeError(
      "unary operator '\(operation.rawValue)' not implemented for '\(a.operandTypeName)' operands")
  }

  /// A value was wanted of a call that gives none.
  package static var undefinedRightSide: RuntimeError {
    RuntimeError("value on right hand side of assignment is undefined")
  }

  /// NaN is neither true nor false.
  static var logicalNaN: RuntimeError { RuntimeError("invalid conversion from NaN to logical") }
}

extension Value {
  fileprivate var objectClass: String? {
    if case .object(let object) = self { return object.className }
    return nil
  }

  /// The type that an operator without a kernel saw: logicals, strings, ranges and special matrices have by
  /// then been turned into ordinary numbers.
  var operandTypeName: String {
    switch self {
    case .logical, .boolean, .text, .range, .permutation: return shape.isScalar ? "scalar" : "matrix"
    case .diagonal(let d):
      return (d.entries.isSingle ? "float " : "") + (d.entries.isComplex ? "complex " : "") + "matrix"
    default: return typeName
    }
  }
}

extension BinaryOperation {
  /// The function that the operator is another spelling of.
  public var methodName: String {
    switch self {
    case .add: "plus"
    case .subtract: "minus"
    case .multiply: "mtimes"
    case .divide: "mrdivide"
    case .leftDivide: "mldivide"
    case .power: "mpower"
    case .hadamard: "times"
    case .elementDivide: "rdivide"
    case .elementLeftDivide: "ldivide"
    case .elementPower: "power"
    case .less: "lt"
    case .lessOrEqual: "le"
    case .equal: "eq"
    case .notEqual: "ne"
    case .greaterOrEqual: "ge"
    case .greater: "gt"
    case .and: "and"
    case .or: "or"
    }
  }

  /// How Octave calls the operation when the sizes do not fit.
  var conformanceName: String {
    switch self {
    case .hadamard: "product"
    case .elementDivide, .elementLeftDivide: "quotient"
    case .less: "mx_el_lt"
    case .lessOrEqual: "mx_el_le"
    case .equal: "mx_el_eq"
    case .notEqual: "mx_el_ne"
    case .greaterOrEqual: "mx_el_ge"
    case .greater: "mx_el_gt"
    case .and: "mx_el_and"
    case .or: "mx_el_or"
    default: "operator \(rawValue)"
    }
  }
}

extension UnaryOperation {
  public var methodName: String {
    switch self {
    case .plus: "uplus"
    case .minus: "uminus"
    case .not: "not"
    case .hermitian: "ctranspose"
    case .transpose: "transpose"
    }
  }
}
