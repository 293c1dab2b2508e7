// How one real number is written in a column: a notation, a width and a number of decimals. The rules that
// choose them for a whole array are in `NumberRules`.

import ThetaRuntime

/// The way a number is written.
enum Notation: Equatable {
  /// `%*.*f`
  case fixed
  /// `%*.*e`
  case exponent
  /// `%*.*g`
  case general
  /// A mantissa from 1 to 999 and an exponent that is a multiple of three.
  case engineering
  /// The bytes of the number in hexadecimal digits, most significant first.
  case hexadecimal
  /// The same in binary digits.
  case binary
  /// A fraction of small whole numbers.
  case rational
}

/// A notation with its sizes. `width` counts a column for the sign.
struct NumberFormat: Equatable {
  var notation: Notation
  var width: Int
  var precision: Int
  /// Singles differ from doubles in their bytes and in how closely a fraction follows them.
  var isSingle = false
  /// Of engineering notation.
  var exponentDigits = 2

  /// Appends a number, right-aligned in `width` columns (fewer never cut it).
  func append(_ x: Double, width: Int, to out: inout [UInt8]) {
    switch notation {
    case .hexadecimal, .binary: appendBytes(of: x, width: width, to: &out)
    case .rational: out.append(NumeralText.rational(x, width: width), alignedTo: width)
    case _ where x == 0: out.append("0", alignedTo: width)
    case _ where !x.isFinite: out.append(NumeralText.special(x), alignedTo: width)
    case .fixed: CFormat.append(x, conversion: "f", width: width, precision: precision, to: &out)
    case .exponent: CFormat.append(x, conversion: "e", width: width, precision: precision, to: &out)
    case .general:
      CFormat.append(x, conversion: "g", width: width, precision: precision, to: &out)
    case .engineering: appendEngineering(x, width: width, to: &out)
    }
  }

  private func appendEngineering(_ x: Double, width: Int, to out: inout [UInt8]) {
    let exponent = NumeralText.engineeringExponent(x)
    var text: [UInt8] = []
    let power = NumeralText.power(ofTen: exponent)
    var mantissa = x / power
    if isSingle {
      let inverse = Float(NumeralText.power(ofTen: -exponent))
      mantissa = Double(exponent < 0 ? Float(x) * inverse : Float(x) / Float(power))
    }
    CFormat.append(mantissa, conversion: "f", width: 0, precision: precision, to: &text)
    text.append(UInt8(ascii: "e"))
    text.append(UInt8(ascii: exponent < 0 ? "-" : "+"))
    let digits = Array(String(abs(exponent)).utf8)
    text.append(contentsOf: repeatElement(UInt8(ascii: "0"), count: max(0, exponentDigits - digits.count)))
    text.append(contentsOf: digits)
    out.appendSpaces(width - text.count)
    out.append(contentsOf: text)
  }

  private func appendBytes(of x: Double, width: Int, to out: inout [UInt8]) {
    let (bits, size) = isSingle ? (UInt64(Float(x).bitPattern), 32) : (x.bitPattern, 64)
    let radix = notation == .hexadecimal ? 16 : 2
    let digits = String(bits, radix: radix)
    let full = notation == .hexadecimal ? size / 4 : size
    out.appendSpaces(width - full)
    out.append(contentsOf: repeatElement(UInt8(ascii: "0"), count: max(0, full - digits.utf8.count)))
    out.append(contentsOf: digits.utf8)
  }
}

extension [UInt8] {
  mutating func append(_ text: String, alignedTo width: Int) {
    appendSpaces(width - text.utf8.count)
    append(contentsOf: text.utf8)
  }

  mutating func appendSpaces(_ count: Int) {
    if count > 0 { append(contentsOf: repeatElement(UInt8(ascii: " "), count: count)) }
  }

  mutating func append(_ text: String) { append(contentsOf: text.utf8) }

  mutating func appendNewline() { append(UInt8(ascii: "\n")) }
}
