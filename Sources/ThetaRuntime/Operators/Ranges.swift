import ThetaArrays

/// Making ranges: how many elements `base : increment : limit` has, and its class.
public enum Ranges {
  /// `base : increment : limit`. Doubles stay a range; a range of one or no element is a scalar or a 1×0
  /// matrix; integers and singles make arrays, characters make a string.
  static func make(
    _ base: Value, _ increment: Value?, _ limit: Value, in context: Context?
  ) throws(RuntimeError) -> Value {
    if case .number(let b) = base, case .number(let l) = limit {
      if increment == nil { return try make(b, 1, l) }
      if case .number(let i)? = increment { return try make(b, i, l) }
    }
    let parts = [base, increment, limit].compactMap { $0 }
    for part in parts {
      guard let numericClass = part.numericClass, numericClass != .logical else {
        throw RuntimeError("invalid types found in range expression")
      }
    }
    let quotes = [base, limit].compactMap { part in
      if case .text(_, let quotes) = part { return quotes } else { return nil }
    }
    if parts.contains(where: \.isEmpty) {
      return quotes.isEmpty ? .real(NDArray(zeros: Shape(1, 0))) : .string("")
    }
    if !quotes.isEmpty {
      let values = try numbers(parts, in: context)
      let codes = try make(values[0], increment == nil ? 1 : values[1], values[values.count - 1])
      guard let array = codes.realArray else { return codes }
      return .text(
        array.map { UInt8(saturating: $0.rounded(.towardZero)) }, quotes.contains(.double) ? .double : .single
      )
    }
    let classes = parts.compactMap(\.numericClass).filter { $0 != .double }
    guard let first = classes.first else {
      let values = try numbers(parts, in: context)
      return try make(values[0], increment == nil ? 1 : values[1], values[values.count - 1])
    }
    if classes.contains(where: { $0 != first }) {
      throw RuntimeError("incompatible types found in range expression")
    }
    if first == .single {
      return try singles(try numbers(parts, in: context), hasIncrement: increment != nil)
    }
    return try IntegerRanges.make(first, base, increment, limit)
  }

  /// The operands as real scalars, with Octave's warnings when they are something else.
  private static func numbers(_ parts: [Value], in context: Context?) throws(RuntimeError) -> [Double] {
    if parts.contains(where: { !$0.shape.isScalar }) {
      try context?.warn("colon arguments should be scalars")
    }
    if parts.contains(where: \.isComplex) {
      try context?.warn("imaginary part of complex colon arguments is ignored")
    }
    return parts.map { $0.firstReal ?? .nan }
  }

  private static func singles(_ values: [Double], hasIncrement: Bool) throws(RuntimeError) -> Value {
    let base = Float(values[0])
    let increment: Float = hasIncrement ? Float(values[1]) : 1
    let limit = Float(values[values.count - 1])
    if base.isNaN || increment.isNaN || limit.isNaN { return .single(NDArray(scalar: .nan)) }
    if isLeap(base, increment, limit) {
      return .single(NDArray(scalar: limit.isInfinite || base.isInfinite ? .nan : base))
    }
    let count = try finite(count(base: base, increment: increment, limit: limit))
    try Call.check(Shape(1, count), elementSize: MemoryLayout<Float>.stride)
    return .single(
      NDArray(Shape(1, count)) { buffer in
        for i in 0..<count {
          var value = i == 0 ? base : base + Float(i) * increment
          if i == count - 1, increment > 0 ? value > limit : value < limit { value = limit }
          buffer.initializeElement(at: i, to: value)
        }
      })
  }

  /// A range of doubles.
  public static func make(_ base: Double, _ increment: Double, _ limit: Double) throws(RuntimeError) -> Value
  {
    if base.isNaN || increment.isNaN || limit.isNaN { return .number(.nan) }
    if isLeap(base, increment, limit) { return .number(limit.isInfinite || base.isInfinite ? .nan : base) }
    let count = try finite(count(base: base, increment: increment, limit: limit))
    if count == 0 { return .real(NDArray(zeros: Shape(1, 0))) }
    if count == 1 { return .number(base) }
    return .range(RangeValue(base: base, increment: increment, limit: limit, count: count))
  }

  /// A step that leaps over everything leaves the base.
  private static func isLeap<Number: BinaryFloatingPoint>(
    _ base: Number, _ increment: Number, _ limit: Number
  ) -> Bool {
    if increment.isInfinite { return increment > 0 ? base <= limit : base >= limit }
    return base.isInfinite && base == limit
  }

  private static func finite(_ count: Int?) throws(RuntimeError) -> Int {
    guard let count else { throw RuntimeError("invalid range") }
    if count == Int.max { throw RuntimeError("range with infinite number of elements cannot be stored") }
    return count
  }

  /// The number of elements: the limit is reached when it is missed by no more than a few rounding errors.
  /// `Int.max` when the range never ends, nil when the count does not fit; a loop may run over ranges that
  /// cannot be stored.
  public static func count<Number: BinaryFloatingPoint>(
    base: Number, increment: Number, limit: Number
  ) -> Int? {
    if increment == 0 || increment.isNaN || base.isNaN || limit.isNaN { return 0 }
    if increment > 0 ? base > limit : base < limit { return 0 }
    if limit.isInfinite || base.isInfinite { return Int.max }
    let tolerance = 3 * Number.ulpOfOne
    let steps = tolerantFloor((limit - base + increment) / increment, tolerance)
    guard steps < Number(Int.max >> 1) else { return nil }
    var count = steps > 0 ? Int(steps) : 0
    func reaches(_ n: Int) -> Bool {
      let last = base + Number(n - 1) * increment
      return abs(last - limit) < max(abs(last), abs(limit)) * tolerance
    }
    if !reaches(count) {
      if reaches(count - 1) { count -= 1 } else if reaches(count + 1) { count += 1 }
    }
    // The last element may pass the limit by rounding only.
    return max(0, count)
  }

  /// The largest whole number that does not exceed `x` by more than the comparison tolerance (Hagerty's FL5,
  /// APL Quote Quad 8:4, 1978).
  private static func tolerantFloor<Number: BinaryFloatingPoint>(_ x: Number, _ tolerance: Number) -> Number {
    let q = x < 0 ? 1 - tolerance : 1
    let largest = q / (2 - tolerance)
    var t = 1 + x.rounded(.down)
    t = (tolerance / q) * abs(t)
    t = min(largest, t)
    t = max(tolerance, t)
    t = (x + t).rounded(.down)
    return x <= 0 || t - x < largest ? t : t - 1
  }
}

/// Ranges of integers: exact, never past the limit.
enum IntegerRanges {
  static func make(
    _ numericClass: NumericClass, _ base: Value, _ increment: Value?, _ limit: Value
  ) throws(RuntimeError) -> Value {
    switch numericClass {
    case .int8: try build(Int8.self, base, increment, limit)
    case .int16: try build(Int16.self, base, increment, limit)
    case .int32: try build(Int32.self, base, increment, limit)
    case .int64: try build(Int64.self, base, increment, limit)
    case .uint8: try build(UInt8.self, base, increment, limit)
    case .uint16: try build(UInt16.self, base, increment, limit)
    case .uint32: try build(UInt32.self, base, increment, limit)
    default: try build(UInt64.self, base, increment, limit)
    }
  }

  private static func build<Element: IntegerClass>(
    _ type: Element.Type, _ base: Value, _ increment: Value?, _ limit: Value
  ) throws(RuntimeError) -> Value {
    let range = "(not an integer or out of range for given integer type)"
    let first: Element = try scalar(base, "lower bound invalid \(range)")
    let last: Element = try scalar(limit, "upper bound invalid \(range)")
    // The size and the direction of the step: an unsigned range may go down.
    var step = Element.Magnitude(1)
    var isDown = false
    if let increment {
      if let own = Element.array(in: increment) {
        guard own.shape.isScalar else { throw notScalar(increment) }
        step = own[0].magnitude
        isDown = own[0] < 0
      } else {
        guard let x = increment.firstReal, x.rounded() == x, x.isFinite else {
          throw RuntimeError("colon operator increment invalid (not an integer)")
        }
        step = Element.Magnitude(saturating: abs(x))
        isDown = x < 0
      }
    }
    if step == 0 || (isDown ? last > first : last < first) {
      return .make(NDArray<Element>(zeros: Shape(1, 0)))
    }
    let distance = isDown ? first.distanceMagnitude(above: last) : last.distanceMagnitude(above: first)
    let (count, overflow) = Int(clamping: distance / step).addingReportingOverflow(1)
    guard !overflow else { throw RuntimeError(ArrayError.tooLarge) }
    try Call.check(Shape(1, count), elementSize: MemoryLayout<Element>.stride)
    let result = NDArray<Element>(uninitialized: Shape(1, count))
    let stride = Element(truncatingIfNeeded: step)
    var value = first
    for i in 0..<count {
      (result.base + i).initialize(to: value)
      value = isDown ? value &- stride : value &+ stride
    }
    return .make(result)
  }

  private static func scalar<Element: IntegerClass>(
    _ value: Value, _ message: String
  ) throws(RuntimeError) -> Element {
    if let own = Element.array(in: value) {
      guard own.shape.isScalar else { throw notScalar(value) }
      return own[0]
    }
    guard let x = value.firstReal, let whole = Element(exactly: x) else {
      throw RuntimeError("colon operator \(message)")
    }
    return whole
  }

  private static func notScalar(_ value: Value) -> RuntimeError {
    RuntimeError(
      "octave_base_value::\(value.className)_scalar_value(): wrong type argument '\(value.typeName)'")
  }
}

extension FixedWidthInteger {
  /// `self - lower` for `self >= lower`, without overflow.
  fileprivate func distanceMagnitude(above lower: Self) -> Magnitude {
    Magnitude(truncatingIfNeeded: self) &- Magnitude(truncatingIfNeeded: lower)
  }
}
