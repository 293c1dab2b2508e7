import ThetaArrays

/// `== != < <= > >=`: logical results, element by element. Complex numbers are equal when both parts are, and
/// ordered by absolute value, then by argument; integers of different classes compare by value.
enum Comparison {
  /// Nil when an operand is not numeric or the classes do not mix.
  static func apply(_ operation: BinaryOperation, _ a: Value, _ b: Value) throws(RuntimeError) -> Value? {
    guard let kindA = a.operandKind, let kindB = b.operandKind, let kernel = kernel(operation) else {
      return nil
    }
    let name = operation.conformanceName
    switch (kindA, kindB) {
    case (.integer, .integer):
      return try integers(kernel, a, b, name)
    case (.integer(let c), _):
      guard let y = IntegerArithmetic.realOperand(b) else { return nil }
      if c == .int64 || c == .uint64 { return try exact(kernel, a, y, name, exchanged: false) }
      return try real(kernel, Double.operand(a), y, name)
    case (_, .integer(let c)):
      guard let x = IntegerArithmetic.realOperand(a) else { return nil }
      if c == .int64 || c == .uint64 { return try exact(kernel, b, x, name, exchanged: true) }
      return try real(kernel, x, Double.operand(b), name)
    default:
      let isSingle = kindA.isSingle || kindB.isSingle
      if kindA.isComplex || kindB.isComplex {
        return isSingle
          ? try complex(kernel, sides(Float.self, kernel, a, b), name)
          : try complex(kernel, sides(Double.self, kernel, a, b), name)
      }
      if isSingle { return try real(kernel, Float.operand(a), Float.operand(b), name) }
      return try real(kernel, Double.operand(a), Double.operand(b), name)
    }
  }

  private static func kernel(_ operation: BinaryOperation) -> ComparisonKernel? {
    switch operation {
    case .less: .less
    case .lessOrEqual: .lessOrEqual
    case .equal: .equal
    case .notEqual: .notEqual
    case .greaterOrEqual: .greaterOrEqual
    case .greater: .greater
    default: nil
    }
  }

  /// The comparison as a function of two ordered things.
  @inline(__always)
  static func test<T: Comparable>(_ kernel: ComparisonKernel, _ a: T, _ b: T) -> Bool {
    switch kernel {
    case .less: a < b
    case .lessOrEqual: a <= b
    case .equal: a == b
    case .notEqual: a != b
    case .greaterOrEqual: a >= b
    case .greater: a > b
    }
  }

  private static func real<Part: FloatClass>(
    _ kernel: ComparisonKernel, _ a: Operand<Part>?, _ b: Operand<Part>?, _ name: String
  ) throws(RuntimeError) -> Value? {
    guard let a, let b else { return nil }
    switch (a, b) {
    case (.scalar(let x), .scalar(let y)): return .logical(test(kernel, x, y))
    case (.scalar(let x), .array(let y)): return .make(NDArray<Part>.comparing(kernel, x, y))
    case (.array(let x), .scalar(let y)): return .make(NDArray<Part>.comparing(kernel, x, y))
    case (.array(let x), .array(let y)):
      do { return .make(try NDArray<Part>.comparing(kernel, x, y)) } catch { throw .operation(name, error) }
    }
  }

  /// Both operands as complex numbers. Where a real one is ordered against a complex one its argument counts
  /// as zero, whatever its sign.
  private static func sides<Part: FloatClass>(
    _ type: Part.Type, _ kernel: ComparisonKernel, _ a: Value, _ b: Value
  ) -> (Operand<Complex<Part>>, Operand<Complex<Part>>)? {
    guard var x = Part.complexOperand(a), var y = Part.complexOperand(b) else { return nil }
    if kernel != .equal && kernel != .notEqual {
      if !a.isComplex { x = x.map { Complex(abs($0.real)) } }
      if !b.isComplex { y = y.map { Complex(abs($0.real)) } }
    }
    return (x, y)
  }

  private static func complex<Part: FloatClass>(
    _ kernel: ComparisonKernel, _ sides: (Operand<Complex<Part>>, Operand<Complex<Part>>)?, _ name: String
  ) throws(RuntimeError) -> Value? {
    guard let (a, b) = sides else { return nil }
    let result: NDArray<Bool>
    switch kernel {
    case .equal: result = try .zip(a, b, name) { (x: Complex<Part>, y: Complex<Part>) in x == y }
    case .notEqual: result = try .zip(a, b, name) { (x: Complex<Part>, y: Complex<Part>) in x != y }
    default:
      result = try .zip(a, b, name) { (x: Complex<Part>, y: Complex<Part>) in
        Complex<Part>.ordered(x, y) { test(kernel, $0, $1) }
      }
    }
    return .make(result)
  }

  // MARK: - Integers

  /// Any two integer classes, through a type that holds both.
  private static func integers(
    _ kernel: ComparisonKernel, _ a: Value, _ b: Value, _ name: String
  ) throws(RuntimeError) -> Value? {
    if let x = a.int64Operand, let y = b.int64Operand {
      return .make(try .zip(x, y, name) { (p: Int64, q: Int64) in test(kernel, p, q) })
    }
    // One of them is uint64: negative numbers are below all of its values.
    guard let x = a.wideOperand, let y = b.wideOperand else { return nil }
    return .make(try .zip(x, y, name) { (p: WideInteger, q: WideInteger) in test(kernel, p, q) })
  }

  /// A 64-bit integer with a double, without rounding the integer.
  private static func exact(
    _ kernel: ComparisonKernel, _ a: Value, _ b: Operand<Double>, _ name: String, exchanged: Bool
  ) throws(RuntimeError) -> Value? {
    let result: NDArray<Bool>
    if case .int64(let x) = a {
      result = try compareExactly(kernel, Operand(x), b, name, exchanged)
    } else if case .uint64(let x) = a {
      result = try compareExactly(kernel, Operand(x), b, name, exchanged)
    } else {
      return nil
    }
    return .make(result)
  }

  private static func compareExactly<Element: BinaryInteger>(
    _ kernel: ComparisonKernel, _ a: Operand<Element>, _ b: Operand<Double>, _ name: String, _ exchanged: Bool
  ) throws(RuntimeError) -> NDArray<Bool> {
    if exchanged { return try .zip(b, a, name) { (x: Double, n: Element) in mixed(kernel, n, x, true) } }
    return try .zip(a, b, name) { (n: Element, x: Double) in mixed(kernel, n, x, false) }
  }

  private static func mixed<Element: BinaryInteger>(
    _ kernel: ComparisonKernel, _ n: Element, _ x: Double, _ exchanged: Bool
  ) -> Bool {
    if x.isNaN { return kernel == .notEqual }
    // The standard library compares integers with floats exactly only through their parts.
    let order: Int
    if x >= 18_446_744_073_709_551_616 {
      order = -1
    } else if x < -9_223_372_036_854_775_808 {
      order = 1
    } else {
      let floor = x.rounded(.down)
      let whole = WideInteger(floor)
      let wide = WideInteger(n)
      order = wide < whole ? -1 : wide > whole ? 1 : x > floor ? -1 : 0
    }
    return test(kernel, exchanged ? -order : order, 0)
  }
}

/// An integer that is an int64 or a uint64: the bits, and whether it is negative.
struct WideInteger: Comparable {
  var isNegative: Bool
  var bits: UInt64

  init<Element: BinaryInteger>(_ n: Element) {
    isNegative = n < 0
    bits = UInt64(truncatingIfNeeded: n)
  }

  /// From a whole number in -2^63 ..< 2^64.
  init(_ x: Double) {
    isNegative = x < 0
    bits = x < 0 ? UInt64(bitPattern: Int64(x)) : UInt64(x)
  }

  static func < (a: WideInteger, b: WideInteger) -> Bool {
    a.isNegative == b.isNegative ? a.bits < b.bits : a.isNegative
  }
}

extension Value {
  /// An integer array as int64; nil for uint64 and for what is no integer.
  fileprivate var int64Operand: Operand<Int64>? {
    switch self {
    case .int8(let a): Operand(a).map { Int64($0) }
    case .int16(let a): Operand(a).map { Int64($0) }
    case .int32(let a): Operand(a).map { Int64($0) }
    case .int64(let a): Operand(a)
    case .uint8(let a): Operand(a).map { Int64($0) }
    case .uint16(let a): Operand(a).map { Int64($0) }
    case .uint32(let a): Operand(a).map { Int64($0) }
    default: nil
    }
  }

  fileprivate var wideOperand: Operand<WideInteger>? {
    if case .uint64(let a) = self { return Operand(a).map { WideInteger($0) } }
    return int64Operand?.map { WideInteger($0) }
  }
}
