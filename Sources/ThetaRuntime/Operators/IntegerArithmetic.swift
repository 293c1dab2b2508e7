import ThetaArrays

/// Element-wise arithmetic with at least one integer operand: integers of one class with themselves, or with
/// real doubles, singles, logicals and characters. The result is of the integer class.
enum IntegerArithmetic {
  /// Nil when the classes do not mix.
  static func apply(
    _ operation: ArithmeticOperation, _ a: Value, _ kindA: OperandKind, _ b: Value, _ kindB: OperandKind
  ) throws(RuntimeError) -> Value? {
    guard let numericClass = common(kindA, kindB) else { return nil }
    switch numericClass {
    case .int8: return try combine(Int8.self, operation, a, b)
    case .int16: return try combine(Int16.self, operation, a, b)
    case .int32: return try combine(Int32.self, operation, a, b)
    case .int64: return try combine(Int64.self, operation, a, b)
    case .uint8: return try combine(UInt8.self, operation, a, b)
    case .uint16: return try combine(UInt16.self, operation, a, b)
    case .uint32: return try combine(UInt32.self, operation, a, b)
    case .uint64: return try combine(UInt64.self, operation, a, b)
    default: return nil
    }
  }

  /// The integer class of a result; nil when there is no integer operand, or two of different classes.
  static func common(_ a: OperandKind, _ b: OperandKind) -> NumericClass? {
    switch (a, b) {
    case (.integer(let x), .integer(let y)): x == y ? x : nil
    case (.integer(let x), _): x
    case (_, .integer(let y)): y
    default: nil
    }
  }

  private static func combine<Element: IntegerClass>(
    _ type: Element.Type, _ operation: ArithmeticOperation, _ a: Value, _ b: Value
  ) throws(RuntimeError) -> Value? {
    let name = operation.conformanceName
    switch (Element.array(in: a), Element.array(in: b)) {
    case (let x?, let y?):
      return .make(
        try .zip(Operand(x), Operand(y), name) { Element.calculate(operation, $0, $1) })
    case (let x?, nil):
      guard let y = realOperand(b) else { return nil }
      return .make(
        try .zip(Operand(x), y, name) { (p: Element, q: Double) in Element.mixed(operation, p, q) })
    case (nil, let y?):
      guard let x = realOperand(a) else { return nil }
      return .make(
        try .zip(x, Operand(y), name) { (p: Double, q: Element) in Element.mixed(operation, p, q) })
    case (nil, nil): return nil
    }
  }

  /// Complex numbers do not mix with integers.
  static func realOperand(_ value: Value) -> Operand<Double>? {
    value.isComplex ? nil : Double.operand(value)
  }
}

extension IntegerClass {
  /// The array of this class that the value is; nil when it is something else.
  static func array(in value: Value) -> NDArray<Self>? {
    switch value {
    case .int8(let a): a as? NDArray<Self>
    case .int16(let a): a as? NDArray<Self>
    case .int32(let a): a as? NDArray<Self>
    case .int64(let a): a as? NDArray<Self>
    case .uint8(let a): a as? NDArray<Self>
    case .uint16(let a): a as? NDArray<Self>
    case .uint32(let a): a as? NDArray<Self>
    case .uint64(let a): a as? NDArray<Self>
    default: nil
    }
  }
}
