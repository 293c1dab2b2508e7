import ThetaArrays

/// One side of an element-wise operation, read as one element type: a single element, or an array.
enum Operand<Element> {
  case scalar(Element)
  case array(NDArray<Element>)

  /// A 1×1 array counts as a scalar.
  init(_ array: NDArray<Element>) {
    self = array.shape.isScalar ? .scalar(array[0]) : .array(array)
  }

  var shape: Shape {
    switch self {
    case .scalar: .scalar
    case .array(let a): a.shape
    }
  }

  var asArray: NDArray<Element> {
    switch self {
    case .scalar(let x): NDArray(scalar: x)
    case .array(let a): a
    }
  }

  func map<Result>(_ transform: (Element) -> Result) -> Operand<Result> {
    switch self {
    case .scalar(let x): .scalar(transform(x))
    case .array(let a): .array(a.map(transform))
    }
  }

  func contains(_ predicate: (Element) -> Bool) -> Bool {
    switch self {
    case .scalar(let x): predicate(x)
    case .array(let a): a.containsElement(where: predicate)
    }
  }
}

extension NDArray {
  /// Combines two operands with broadcasting; `name` starts the message when they do not conform.
  static func zip<A, B>(
    _ a: Operand<A>, _ b: Operand<B>, _ name: @autoclosure () -> String, _ combine: (A, B) -> Element
  ) throws(RuntimeError) -> NDArray {
    switch (a, b) {
    case (.scalar(let x), .scalar(let y)): return NDArray(scalar: combine(x, y))
    case (.scalar(let x), .array(let y)): return .mapping(x, y, combine)
    case (.array(let x), .scalar(let y)): return .mapping(x, y, combine)
    case (.array(let x), .array(let y)):
      do { return try .zip(x, y, combine) } catch { throw .operation(name(), error) }
    }
  }
}

/// What an operand is for the choice of a kernel.
enum OperandKind: Equatable {
  /// Doubles, and logicals and characters, which calculate as doubles.
  case real
  case complex
  case single
  case singleComplex
  case integer(NumericClass)

  var isComplex: Bool { self == .complex || self == .singleComplex }
  var isSingle: Bool { self == .single || self == .singleComplex }
  var isIntegerOrComplex: Bool {
    if case .integer = self { return true }
    return isComplex
  }
}

extension Value {
  /// Nil for cells, structs, handles and objects.
  var operandKind: OperandKind? {
    switch self {
    case .number, .logical, .real, .boolean, .text, .range, .permutation: return .real
    case .complex: return .complex
    case .single: return .single
    case .singleComplex: return .singleComplex
    case .diagonal(let d): return d.entries.operandKind
    case .int8, .int16, .int32, .int64, .uint8, .uint16, .uint32, .uint64:
      return numericClass.map(OperandKind.integer)
    case .undefined, .cell, .structure, .function, .object: return nil
    }
  }
}

/// `Double` and `Float`: how values are read as operands of that precision.
protocol FloatClass: KernelElement, ComplexPart, RealPart, ProductPart, ProductElement {
  static func operand(_ value: Value) -> Operand<Self>?
  static func complexOperand(_ value: Value) -> Operand<Complex<Self>>?
}

extension Double: FloatClass {
  static func operand(_ value: Value) -> Operand<Double>? {
    switch value {
    case .number(let x): return .scalar(x)
    case .logical(let b): return .scalar(b ? 1 : 0)
    case .real(let a): return .array(a)
    default: return value.realArray.map(Operand.init)
    }
  }

  static func complexOperand(_ value: Value) -> Operand<ComplexDouble>? {
    if case .complex(let a) = value { return Operand(a) }
    return value.complexArray.map(Operand.init)
  }
}

extension Float: FloatClass {
  static func operand(_ value: Value) -> Operand<Float>? {
    if case .single(let a) = value { return Operand(a) }
    return Double.operand(value)?.map { Float($0) }
  }

  static func complexOperand(_ value: Value) -> Operand<ComplexSingle>? {
    if case .singleComplex(let a) = value { return Operand(a) }
    if value.isComplex {
      return Double.complexOperand(value)?.map { ComplexSingle(Float($0.real), Float($0.imaginary)) }
    }
    return operand(value)?.map { ComplexSingle($0) }
  }
}
