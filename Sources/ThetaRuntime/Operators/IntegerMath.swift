#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The eight integer classes: arithmetic that stops at the limits of the type and rounds halves away from
/// zero.
protocol IntegerClass: ValueElement, FixedWidthInteger & Sendable {}

extension Int8: IntegerClass {}
extension Int16: IntegerClass {}
extension Int32: IntegerClass {}
extension Int64: IntegerClass {}
extension UInt8: IntegerClass {}
extension UInt16: IntegerClass {}
extension UInt32: IntegerClass {}
extension UInt64: IntegerClass {}

extension FixedWidthInteger {
  /// The nearest value of the type: halves away from zero, NaN as zero.
  @inlinable
  init(saturating x: Double) {
    let rounded = x.rounded(.toNearestOrAwayFromZero)
    // As doubles the limits of 64-bit types are rounded up, hence >= and the exact initialiser below it.
    if rounded >= Double(Self.max) {
      self = .max
    } else if rounded <= Double(Self.min) {
      self = .min
    } else if rounded.isNaN {
      self = 0
    } else {
      self = Self(rounded)
    }
  }

  @inlinable
  static func saturatingAdd(_ a: Self, _ b: Self) -> Self {
    let (sum, overflow) = a.addingReportingOverflow(b)
    return overflow ? (b < 0 ? .min : .max) : sum
  }

  @inlinable
  static func saturatingSubtract(_ a: Self, _ b: Self) -> Self {
    let (difference, overflow) = a.subtractingReportingOverflow(b)
    return overflow ? (b < 0 ? .max : .min) : difference
  }

  @inlinable
  static func saturatingMultiply(_ a: Self, _ b: Self) -> Self {
    let (product, overflow) = a.multipliedReportingOverflow(by: b)
    return overflow ? ((a < 0) != (b < 0) ? .min : .max) : product
  }

  /// Rounded to nearest, halves away from zero; by zero, the limit of the dividend's sign or zero.
  @inlinable
  static func roundingDivide(_ a: Self, _ b: Self) -> Self {
    if b == 0 { return a == 0 ? 0 : a < 0 ? .min : .max }
    let (quotient, overflow) = a.dividedReportingOverflow(by: b)
    if overflow { return .max }
    let remainder = (a % b).magnitude
    if remainder >= b.magnitude - remainder, remainder != 0 {
      return (a < 0) != (b < 0) ? quotient - 1 : quotient + 1
    }
    return quotient
  }

  /// The saturating power.
  static func saturatingPower(_ base: Self, _ exponent: Self) -> Self {
    if exponent == 0 || base == 1 { return 1 }
    if exponent < 0 {
      if isSigned && base == -1 { return exponent & 1 != 0 ? base : 1 }
      return base == 0 ? .max : 0
    }
    var (result, factor, n) = (exponent & 1 != 0 ? base : 1, base, exponent >> 1)
    while n > 0 {
      factor = saturatingMultiply(factor, factor)
      if n & 1 != 0 { result = saturatingMultiply(result, factor) }
      n >>= 1
    }
    return result
  }

  /// `base ^ exponent` where one of them is a double: exact for whole numbers that fit, else through doubles.
  static func power(_ base: Self, _ exponent: Double) -> Self {
    if exponent >= 0, exponent < Double(digits), exponent.rounded() == exponent {
      return saturatingPower(base, Self(saturating: exponent))
    }
    return Self(saturating: pow(Double(base), exponent))
  }

  static func power(_ base: Double, _ exponent: Self) -> Self {
    if exponent >= 0, exponent < digits, base.rounded() == base {
      return saturatingPower(Self(saturating: base), exponent)
    }
    return Self(saturating: pow(base, Double(exponent)))
  }

  /// Bits without the sign.
  private static var digits: Int { isSigned ? bitWidth - 1 : bitWidth }
}

// MARK: - Mixed with doubles

extension FixedWidthInteger {
  /// `a operation b` for a double `b`. Types up to 32 bits calculate as doubles and round once; for 64 bits a
  /// sum rounds the double first, a product or quotient is exact before its rounding where the machine has a
  /// wider float.
  @inline(__always)
  static func mixed(_ operation: ArithmeticOperation, _ a: Self, _ b: Double) -> Self {
    if bitWidth < 64 { return Self(saturating: calculate(operation, Double(a), b)) }
    switch operation {
    case .add: return sum(a, b)
    case .subtract: return sum(a, -b)
    case .multiply, .divide: return widely(operation, a, b)
    }
  }

  @inline(__always)
  static func mixed(_ operation: ArithmeticOperation, _ a: Double, _ b: Self) -> Self {
    if bitWidth < 64 { return Self(saturating: calculate(operation, a, Double(b))) }
    switch operation {
    case .add: return sum(b, a)
    case .subtract:
      // As Octave has it: NaN counts as zero, from which an unsigned number is taken without a limit.
      if a.isNaN { return 0 &- b }
      if !isSigned && a < 0 { return 0 }
      return abs(a) < 0x1p63 || !isSigned
        ? saturatingSubtract(Self(saturating: a), b) : Self(saturating: a - Double(b))
    case .multiply: return widely(.multiply, b, a)
    case .divide:
      #if arch(x86_64) && !os(Windows)
        return wide(Float80(a) / Float80(b))
      #else
        return Self(saturating: a / Double(b))
      #endif
    }
  }

  private static func sum(_ a: Self, _ b: Double) -> Self {
    if !isSigned {
      return b < 0 ? saturatingSubtract(a, Self(saturating: -b)) : saturatingAdd(a, Self(saturating: b))
    }
    return abs(b) < 0x1p63 || b.isNaN
      ? saturatingAdd(a, Self(saturating: b)) : Self(saturating: Double(a) + b)
  }

  private static func widely(_ operation: ArithmeticOperation, _ a: Self, _ b: Double) -> Self {
    #if arch(x86_64) && !os(Windows)
      return wide(calculate(operation, Float80(a), Float80(b)))
    #else
      if let whole = Self(exactly: b) { return calculate(operation, a, whole) }
      return Self(saturating: calculate(operation, Double(a), b))
    #endif
  }

  @inline(__always)
  static func calculate(_ operation: ArithmeticOperation, _ a: Self, _ b: Self) -> Self {
    switch operation {
    case .add: saturatingAdd(a, b)
    case .subtract: saturatingSubtract(a, b)
    case .multiply: saturatingMultiply(a, b)
    case .divide: roundingDivide(a, b)
    }
  }

  @inline(__always)
  private static func calculate<Number: FloatingPoint>(
    _ operation: ArithmeticOperation, _ a: Number, _ b: Number
  ) -> Number {
    switch operation {
    case .add: a + b
    case .subtract: a - b
    case .multiply: a * b
    case .divide: a / b
    }
  }

  #if arch(x86_64) && !os(Windows)
    private static func wide(_ x: Float80) -> Self {
      let rounded = x.rounded(.toNearestOrAwayFromZero)
      if rounded >= Float80(Self.max) { return .max }
      if rounded <= Float80(Self.min) { return .min }
      return rounded.isNaN ? 0 : Self(rounded)
    }
  #endif
}
