// `fixed_point_format`: a matrix whose elements share a scale factor, shown above its rows.

import ThetaRuntime

/// The columns of a matrix, and the power of ten that its elements are divided by.
struct CommonScale {
  let part: NumberFormat
  let exponent: Int

  var factor: Double { NumeralText.power(ofTen: exponent) }

  /// Nil when the format does not ask for a common scale.
  init?(_ extent: Extent, _ rules: NumberRules, _ format: DisplayFormat) {
    guard format.usesScaleFactor, format.style == .short || format.style == .long else { return nil }
    let decimals = max(rules.precision - 1, 0)
    // Whole numbers are not scaled.
    exponent = extent.isInteger || extent.largest == 0 ? 0 : extent.largest - 1
    part = NumberFormat(
      notation: extent.isInteger ? .general : .fixed, width: 3 + decimals,
      precision: decimals, isSingle: rules.isSingle)
  }
}

extension DisplayWriter {
  /// `  1.0e+03 *` and a blank line, unless the factor is one.
  mutating func header(_ scale: CommonScale?) {
    guard let scale, scale.exponent != 0 else { return }
    let digits = String(abs(scale.exponent))
    out.append("  1.0e\(scale.exponent < 0 ? "-" : "+")\(digits.utf8.count < 2 ? "0" : "")\(digits) *\n")
    blank()
  }
}
