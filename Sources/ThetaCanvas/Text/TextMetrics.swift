// How wide text is, from the widths of the sans-serif face that the canvases ask for (Helvetica and the faces made to
// its measures: Arial, Liberation Sans, Nimbus Sans). The layout is made with these, so it does not depend on a canvas.

package enum TextMetrics {
  /// Widths of the characters from blank to tilde in thousandths of the size.
  private static let widths: [Double] = [
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278,
    556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556,
    1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778,
    667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556,
    333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556,
    556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
  ]

  package static func width(of text: String, size: Double, isBold: Bool = false) -> Double {
    var total = 0.0
    for scalar in text.unicodeScalars {
      let code = Int(scalar.value)
      switch code {
      case 32...126: total += widths[code - 32]
      case 0x2212: total += 584
      case 0x300...0x36F: continue
      case 0x1100...0xFFFF where code >= 0x2E80: total += 1000
      default: total += 580
      }
    }
    return total / 1000 * size * (isBold ? 1.06 : 1)
  }

  package static func width(of runs: [TextRun], size: Double, isBold: Bool = false) -> Double {
    runs.reduce(0) { $0 + width(of: $1.text, size: size * $1.scale, isBold: isBold || $1.isBold) }
  }

  /// From the baseline to the top of capitals, and to the bottom of descenders, relative to the size.
  package static let capHeight = 0.72
  package static let descent = 0.22
  package static let lineHeight = 1.2
}
