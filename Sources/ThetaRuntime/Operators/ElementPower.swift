import ThetaArrays

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// `.^`, and `^` between scalars. A negative base with an exponent that is not whole makes the whole result
/// complex.
enum ElementPower {
  static let name = BinaryOperation.elementPower.conformanceName

  /// Nil when an operand is not numeric or the classes do not mix.
  static func apply(_ a: Value, _ b: Value) throws(RuntimeError) -> Value? {
    guard let kindA = a.operandKind, let kindB = b.operandKind else { return nil }
    switch (kindA, kindB) {
    case (.integer, _), (_, .integer): return try integers(a, kindA, b, kindB)
    default:
      let isSingle = kindA.isSingle || kindB.isSingle
      return isSingle
        ? try float(Float.self, a, kindA, b, kindB) : try float(Double.self, a, kindA, b, kindB)
    }
  }

  /// `x ^ y` for doubles.
  static func scalars(_ x: Double, _ y: Double) -> Value {
    if x < 0 && !isWhole(y) { return .make(NDArray(scalar: ComplexDouble.power(ComplexDouble(x), y))) }
    return .number(pow(x, y))
  }

  @inline(__always)
  private static func isWhole<Part: BinaryFloatingPoint>(_ x: Part) -> Bool {
    x.rounded(.towardZero) == x && x.isFinite
  }

  private static func float<Part: FloatClass>(
    _ type: Part.Type, _ a: Value, _ kindA: OperandKind, _ b: Value, _ kindB: OperandKind
  ) throws(RuntimeError) -> Value? {
    typealias Number = Complex<Part>
    switch (kindA.isComplex, kindB.isComplex) {
    case (false, false):
      guard let x = Part.operand(a), let y = Part.operand(b) else { return nil }
      return try real(x, y)
    case (true, false):
      guard let x = Part.complexOperand(a), let y = Part.operand(b) else { return nil }
      return .make(try .zip(x, y, name) { power($0, $1) })
    case (false, true):
      guard let x = Part.operand(a), let y = Part.complexOperand(b) else { return nil }
      return .make(try .zip(x, y, name) { (p: Part, q: Number) in Number.power(p, q) })
    case (true, true):
      guard let x = Part.complexOperand(a), let y = Part.complexOperand(b) else { return nil }
      return .make(try .zip(x, y, name) { (p: Number, q: Number) in Number.power(p, q) })
    }
  }

  /// A complex number to a real power: by multiplication when that is a whole number that fits.
  private static func power<Part: FloatClass>(_ z: Complex<Part>, _ exponent: Part) -> Complex<Part> {
    if let n = Int32(exactly: exponent) { return .power(z, whole: Int(n)) }
    return .power(z, exponent)
  }

  private static func real<Part: FloatClass>(_ a: Operand<Part>, _ b: Operand<Part>) throws(RuntimeError)
    -> Value
  {
    typealias Number = Complex<Part>
    // Only a negative base with an exponent that is not whole is complex; the cheaper look comes first.
    let mayBeComplex: Bool
    if case .scalar(let y) = b, isWhole(y) {
      mayBeComplex = false
    } else {
      mayBeComplex = a.contains { $0 < 0 } && b.contains { !isWhole($0) } && isComplexPower(a, b)
    }
    if mayBeComplex {
      return .make(try .zip(a, b, name) { (x: Part, y: Part) in Number.power(Number(x), y) })
    }
    switch (a, b) {
    case (.scalar(let x), .scalar(let y)): return .make(NDArray<Part>.applying(.power, NDArray(scalar: x), y))
    case (.array(let x), .scalar(let y)):
      // Products for the small powers, as Octave forms them: the C library's pow differs in the last bit.
      if y == 2 { return .make(x.applying(.square)) }
      if y == 3 { return .make(x.map { $0 * $0 * $0 }) }
      if y == -1 { return .make(NDArray<Part>.applying(.divide, 1, x)) }
      return .make(NDArray<Part>.applying(.power, x, y))
    case (.scalar(let x), .array(let y)): return .make(NDArray<Part>.applying(.power, x, y))
    case (.array(let x), .array(let y)):
      do { return .make(try NDArray<Part>.applying(.power, x, y)) } catch { throw .operation(name, error) }
    }
  }

  /// Whether some pair has a negative base and an exponent that is not whole.
  private static func isComplexPower<Part: FloatClass>(_ a: Operand<Part>, _ b: Operand<Part>) -> Bool {
    guard case .array(let x) = a, case .array(let y) = b else { return true }
    guard let pairs = try? NDArray<Bool>.zip(x, y, { (p: Part, q: Part) in p < 0 && !isWhole(q) }) else {
      return false
    }
    return pairs.containsElement { $0 }
  }

  // MARK: - Integers

  private static func integers(
    _ a: Value, _ kindA: OperandKind, _ b: Value, _ kindB: OperandKind
  ) throws(RuntimeError) -> Value? {
    guard let numericClass = IntegerArithmetic.common(kindA, kindB) else { return nil }
    switch numericClass {
    case .int8: return try combine(Int8.self, a, b)
    case .int16: return try combine(Int16.self, a, b)
    case .int32: return try combine(Int32.self, a, b)
    case .int64: return try combine(Int64.self, a, b)
    case .uint8: return try combine(UInt8.self, a, b)
    case .uint16: return try combine(UInt16.self, a, b)
    case .uint32: return try combine(UInt32.self, a, b)
    default: return try combine(UInt64.self, a, b)
    }
  }

  private static func combine<Element: IntegerClass>(
    _ type: Element.Type, _ a: Value, _ b: Value
  ) throws(RuntimeError) -> Value? {
    switch (Element.array(in: a), Element.array(in: b)) {
    case (let x?, let y?):
      return .make(
        try .zip(Operand(x), Operand(y), name) { (p: Element, q: Element) in Element.saturatingPower(p, q) })
    case (let x?, nil):
      guard let y = IntegerArithmetic.realOperand(b) else { return nil }
      return .make(try .zip(Operand(x), y, name) { (p: Element, q: Double) in Element.power(p, q) })
    case (nil, let y?):
      guard let x = IntegerArithmetic.realOperand(a) else { return nil }
      return .make(try .zip(x, Operand(y), name) { (p: Double, q: Element) in Element.power(p, q) })
    case (nil, nil): return nil
    }
  }
}
