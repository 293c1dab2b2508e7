import ThetaRuntime

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Small pieces of number text shared by the display, `printf` and the library.
public enum NumeralText {
  /// The NaN that stands for a missing value, `NA`.
  public static let missing = Double(bitPattern: 0x7FF8_40F4_4000_0000)
  public static let missingSingle = Float(bitPattern: 0x7FC2_07A2)

  /// Whether a NaN is `NA`: of doubles and of singles that were widened.
  public static func isMissing(_ x: Double) -> Bool {
    guard x.isNaN else { return false }
    return x.bitPattern == missing.bitPattern || Float(x).bitPattern == missingSingle.bitPattern
  }

  /// `NaN`, `NA`, `Inf`, `-Inf`.
  public static func special(_ x: Double) -> String {
    if x.isNaN { return isMissing(x) ? "NA" : "NaN" }
    return x < 0 ? "-Inf" : "Inf"
  }

  /// A number with `%.<digits>g`, special values as the language writes them.
  public static func general(_ x: Double, digits: Int) -> String {
    guard x.isFinite else { return special(x) }
    var text: [UInt8] = []
    CFormat.append(x, conversion: "g", width: 0, precision: digits, to: &text)
    return String(decoding: text, as: UTF8.self)
  }

  /// Appends what C prints for `%.<precision><letter>`, with a sign when `plus` is set, to text.
  public static func append(
    _ x: Double, _ letter: Unicode.Scalar, precision: Int, plus: Bool = false, to out: inout [UInt8]
  ) {
    CFormat.append(x, conversion: letter, flags: plus ? .plus : [], width: 0, precision: precision, to: &out)
  }

  /// Digits before the point: 1 for 1…9.99, 0 for 0.1…0.99, -1 for 0.01…; 0 for zero.
  static func digits(of magnitude: Double) -> Int {
    guard magnitude > 0, magnitude.isFinite else { return 0 }
    return Int(floor(log10(magnitude))) + 1
  }

  /// The multiple of three that engineering notation uses for a finite number.
  static func engineeringExponent(_ x: Double) -> Int {
    guard x != 0 else { return 0 }
    return Int(floor(log10(abs(x)) / 3)) * 3
  }

  static func power(ofTen exponent: Int) -> Double { pow(10, Double(exponent)) }

  /// A number as a fraction of whole numbers: the last continued fraction that is no longer than the width
  /// (ten characters when that is zero). `*` for what has no such fraction.
  public static func rational(_ x: Double, width: Int) -> String {
    if x.isNaN { return isMissing(x) ? "NA" : "0/0" }
    if x.isInfinite { return x < 0 ? "-1/0" : "1/0" }
    // In a column one place is kept for the sign.
    let room = width > 0 ? (x < 0 ? width : width - 1) : 10
    if width > 0, abs(x) >= 1e6 { return "*" }
    var (numerator, denominator) = (x.rounded(.toNearestOrAwayFromZero), 1.0)
    var (lastNumerator, lastDenominator) = (1.0, 0.0)
    var rest = x - numerator
    var text = integerText(numerator)
    while rest != 0 {
      let flipped = 1 / rest
      guard abs(flipped) <= Double(Int32.max) else { break }
      let step = flipped.rounded(.toNearestOrAwayFromZero)
      rest = flipped - step
      (numerator, lastNumerator) = (step * numerator + lastNumerator, numerator)
      (denominator, lastDenominator) = (step * denominator + lastDenominator, denominator)
      let sign: Double = denominator < 0 ? -1 : 1
      let longer = integerText(sign * numerator) + "/" + integerText(sign * denominator)
      if longer.utf8.count > room { break }
      if max(abs(numerator), abs(denominator)) > Double(Int32.max) { break }
      text = longer
    }
    return text == "0" && x != 0 ? "*" : text
  }

  private static func integerText(_ x: Double) -> String {
    var text: [UInt8] = []
    CFormat.append(x == 0 ? 0 : x, conversion: "f", width: 0, precision: 0, to: &text)
    return String(decoding: text, as: UTF8.self)
  }
}
