// Formats that depend little on the numbers: everything that `format` offers beside `short` and `long`.

import ThetaRuntime

extension NumberRules {
  /// Nil for `short` and `long`.
  func styled(_ extent: Extent, isScalar: Bool) -> NumberFormat? {
    switch style {
    case .short, .long, .plus: return nil
    case .shortE, .longE, .shortEng, .longEng:
      // NaN, NA and infinities on their own keep their short width.
      if isScalar, extent.hasSpecial { return format(.fixed, width: 4, precision: 0) }
      return style == .shortE || style == .longE ? exponential(extent) : engineering(extent, isScalar)
    case .shortG, .longG:
      return format(.general, width: isScalar ? 1 + precision : 6 + precision, precision: precision)
    case .bank:
      let digits = max(extent.largest, extent.smallest)
      let leading = isScalar && digits == 0 ? 0 : max(digits, 1)
      return format(.fixed, width: max(leading + 4, extent.hasSpecial ? 4 : 0), precision: 2)
    case .hex: return format(.hexadecimal, width: isSingle ? 8 : 16, precision: 0)
    case .bit: return format(.binary, width: isSingle ? 32 : 64, precision: 0)
    case .rat: return format(.rational, width: isScalar ? 0 : 9, precision: 0)
    }
  }

  private func engineering(_ extent: Extent, _ isScalar: Bool) -> NumberFormat {
    // A number on its own always has an exponent of three digits.
    let exponent = isScalar ? 5 : exponentWidth(extent)
    let width = (isScalar ? 3 : 5) + max(precision - 1, 0) + exponent
    var format = format(.engineering, width: width, precision: max(precision - 1, 0))
    format.exponentDigits = exponent - 2
    return format
  }

  private func format(_ notation: Notation, width: Int, precision: Int) -> NumberFormat {
    NumberFormat(notation: notation, width: width, precision: precision, isSingle: isSingle)
  }
}
