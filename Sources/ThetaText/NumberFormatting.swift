import ThetaDisplay
import ThetaRuntime

/// Numbers as C's `%g`, `%f` and `%e` write them, with the language's `NaN`, `Inf` and `NA`.
package enum NumberFormatting {
  /// `%.<precision>g`
  package static func general(_ x: Double, _ precision: Int, plus: Bool = false) -> String {
    var out: Bytes = []
    append(x, precision, plus: plus, to: &out)
    return out.text
  }

  /// Appends `%.<precision>g`, or another of C's conversions.
  package static func append(
    _ x: Double, _ precision: Int, _ letter: Unicode.Scalar = "g", plus: Bool = false, to out: inout Bytes
  ) {
    guard x.isFinite else {
      if plus, x.isNaN || x > 0 { out.append(UInt8(ascii: "+")) }
      out += NumeralText.special(x).utf8
      return
    }
    NumeralText.append(x, letter, precision: min(max(precision, 0), 500), plus: plus, to: &out)
  }

  /// `%.0f`
  package static func integer(_ x: Double, plus: Bool = false) -> String {
    if let i = Int(exactly: x), i != 0 || x.sign == .plus { return plus && i >= 0 ? "+\(i)" : "\(i)" }
    return general(x, 400, plus: plus)
  }

  /// `%f`
  package static func fixed(_ x: Double) -> String {
    var out: Bytes = []
    append(x, 6, "f", to: &out)
    return out.text
  }

  package static func padLeft(_ text: String, _ width: Int) -> String {
    let missing = width - text.utf8.count
    return missing > 0 ? String(repeating: " ", count: missing) + text : text
  }

  package static func padRight(_ text: String, _ width: Int) -> String {
    let missing = width - text.utf8.count
    return missing > 0 ? text + String(repeating: " ", count: missing) : text
  }
}
