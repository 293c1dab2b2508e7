// From the numbers of an array to the format of its columns: Octave's rules, found by experiment.
//
// With p significant digits, a number with d digits before its point gets max (d, 1) of them before and
// p - d after the point (p - 1 for d = 0). A matrix takes the most that its largest or smallest magnitude
// needs on either side. When both sides together exceed one and a half times p (or the digits that the class
// holds), everything is written with exponents. Whole numbers count their width instead.

import ThetaRuntime

/// The magnitudes that decide about a format.
struct Extent {
  /// Digits before the point of the largest and the smallest finite magnitude.
  var largest = 0
  var smallest = 0
  var isInteger = true
  var hasSpecial = false
  /// Of one number on its own, real or complex.
  var isScalar = false
}

struct NumberRules {
  let style: DisplayFormat.Style
  let precision: Int
  let isSingle: Bool
  /// More digits than this on both sides of the point together make exponents.
  let limit: Int

  init(_ format: DisplayFormat, single: Bool) {
    style = format.style
    isSingle = single
    precision = single ? min(format.precision, 8) : format.precision
    limit = min(precision + precision / 2, single ? 8 : 16)
  }

  /// Of the finite elements of an array. What is whole only after rounding to single precision counts as
  /// whole in a matrix (`isExact` is for scalars).
  func extent(of elements: some Sequence<Double>, isExact: Bool = false) -> Extent {
    var extent = Extent()
    var low = Double.infinity
    var high = 0.0
    for x in elements {
      guard x.isFinite else {
        extent.hasSpecial = true
        continue
      }
      let magnitude = abs(x)
      low = min(low, magnitude)
      high = max(high, magnitude)
      if extent.isInteger {
        extent.isInteger = isExact && !isSingle ? Self.isWhole(x) : Self.isWhole(Float(x))
      }
    }
    if low == .infinity { low = 0 }
    extent.isScalar = isExact
    extent.largest = NumeralText.digits(of: high)
    extent.smallest = NumeralText.digits(of: low)
    return extent
  }

  /// Rounds by adding a half, so that odd numbers too large for a half do not count as whole.
  static func isWhole<Number: BinaryFloatingPoint>(_ x: Number) -> Bool {
    (x + 0.5).rounded(.down) == x
  }

  /// Digits before and after the point for a magnitude with so many digits.
  func sides(_ digits: Int) -> (leading: Int, trailing: Int) {
    if digits > 0 { return (digits, precision > digits ? precision - digits : precision) }
    if digits < 0 { return (1, precision > digits ? precision - digits : precision) }
    return (1, max(precision - 1, 0))
  }

  /// The format for one real number.
  func scalar(_ extent: Extent) -> NumberFormat {
    if let styled = styled(extent, isScalar: true) { return styled }
    if extent.isInteger {
      let digits = max(extent.largest, 1)
      return pick(extent, width: 1 + digits, decimals: 0, measure: digits)
    }
    let (leading, trailing) = sides(extent.largest)
    return pick(extent, width: 2 + leading + trailing, decimals: trailing, measure: leading + trailing)
  }

  /// The format for the columns of a real matrix, and for both parts of complex numbers.
  func matrix(_ extent: Extent) -> NumberFormat {
    if let styled = styled(extent, isScalar: false) { return styled }
    if extent.isInteger {
      let digits = max(extent.largest, extent.smallest, 1)
      let width = max(1 + digits, extent.hasSpecial ? 4 : 0)
      var format = pick(extent, width: width, decimals: 0, measure: width)
      if format.notation == .fixed {
        // Elements that are not quite whole show as many digits as the column is wide.
        format.notation = .general
        format.precision = format.width
      }
      return format
    }
    return mixed(extent)
  }

  /// Not all whole numbers: the larger need of both ends on each side of the point.
  func mixed(_ extent: Extent) -> NumberFormat {
    let (leadingMost, trailingMost) = sides(extent.largest)
    let (leadingLeast, trailingLeast) = sides(extent.smallest)
    let leading = max(leadingMost, leadingLeast)
    let trailing = max(trailingMost, trailingLeast)
    return pick(extent, width: 2 + leading + trailing, decimals: trailing, measure: leading + trailing)
  }

  /// Fixed notation unless it is too long.
  func pick(_ extent: Extent, width: Int, decimals: Int, measure: Int) -> NumberFormat {
    if measure > limit { return exponential(extent) }
    let least = extent.hasSpecial ? 4 : 0
    return NumberFormat(notation: .fixed, width: max(width, least), precision: decimals, isSingle: isSingle)
  }

  /// With exponents of two digits, or of three where the magnitudes need them.
  func exponential(_ extent: Extent) -> NumberFormat {
    // Without a precision C's own six decimals are left.
    let decimals = precision == 0 ? 6 : precision - 1
    return NumberFormat(
      notation: .exponent, width: 3 + decimals + exponentWidth(extent), precision: decimals,
      isSingle: isSingle)
  }

  /// `e+00` or `e+000`.
  func exponentWidth(_ extent: Extent) -> Int {
    // Among whole numbers a tiny element counts as zero. 1e99 has a hundred digits, but a whole number alone
    // makes no room for a third digit of its exponent.
    let most = extent.isScalar && extent.isInteger ? 101 : 100
    let isWide =
      extent.largest >= most || extent.largest <= -100 || (!extent.isInteger && abs(extent.smallest) >= 100)
    return isWide ? 5 : 4
  }
}
