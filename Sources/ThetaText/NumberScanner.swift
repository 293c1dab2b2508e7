import ThetaDisplay
import ThetaRuntime

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Numbers in the bytes of a text file: decimal with an exponent, `Inf`, `NaN`, `NA`, in any case but the
/// last.
package enum NumberScanner {
  /// The number that begins exactly at `position`, and where it ends; nil when none does.
  /// `bytes` must not be empty beyond `limit`: the scanner never looks at `bytes[limit]` or after.
  package static func number(
    _ bytes: UnsafeBufferPointer<UInt8>, from position: Int, to limit: Int
  ) -> (value: Double, end: Int)? {
    var p = position
    var isNegative = false
    if p < limit, bytes[p] == UInt8(ascii: "-") || bytes[p] == UInt8(ascii: "+") {
      isNegative = bytes[p] == UInt8(ascii: "-")
      p += 1
    }
    guard p < limit else { return nil }
    if let (value, length) = word(bytes, from: p, to: limit) {
      return (isNegative ? -value : value, p + length)
    }
    guard let (magnitude, end) = decimal(bytes, from: p, to: limit) else { return nil }
    return (isNegative ? -magnitude : magnitude, end)
  }

  /// The digits, with a point and an exponent, that begin exactly at a position; nil when there are none.
  static func decimal(
    _ bytes: UnsafeBufferPointer<UInt8>, from start: Int, to limit: Int
  ) -> (value: Double, end: Int)? {
    // Up to 15 digits and a power of ten up to 22 are exact as doubles, so that one operation rounds right.
    var p = start
    var digits = 0
    var mantissa = 0
    var scale = 0
    while p < limit, let digit = digit(bytes[p]) {
      if digits < 18 { mantissa = mantissa * 10 + digit }
      digits += 1
      p += 1
    }
    if p < limit, bytes[p] == UInt8(ascii: ".") {
      p += 1
      while p < limit, let digit = digit(bytes[p]) {
        if digits < 18 { mantissa = mantissa * 10 + digit }
        digits += 1
        scale -= 1
        p += 1
      }
    }
    guard digits > 0 else { return nil }
    if p < limit, bytes[p] | 0x20 == UInt8(ascii: "e") {
      var q = p + 1
      var isDown = false
      if q < limit, bytes[q] == UInt8(ascii: "-") || bytes[q] == UInt8(ascii: "+") {
        isDown = bytes[q] == UInt8(ascii: "-")
        q += 1
      }
      if q < limit, digit(bytes[q]) != nil {
        var exponent = 0
        while q < limit, let digit = digit(bytes[q]) {
          exponent = min(exponent * 10 + digit, 100_000)
          q += 1
        }
        scale += isDown ? -exponent : exponent
        p = q
      }
    }
    let magnitude: Double
    if digits <= 18, mantissa < 1 << 53, abs(scale) <= 22 {
      magnitude = scale < 0 ? Double(mantissa) / powers[-scale] : Double(mantissa) * powers[scale]
    } else {
      magnitude = carefully(bytes, from: start, to: p)
    }
    return (magnitude, p)
  }

  private static let powers: [Double] = [
    1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18,
    1e19,
    1e20, 1e21, 1e22,
  ]

  private static func digit(_ byte: UInt8) -> Int? {
    byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9") ? Int(byte - UInt8(ascii: "0")) : nil
  }

  private static func carefully(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int, to end: Int) -> Double {
    var text = bytes[start..<end].map { CChar(bitPattern: $0) }
    text.append(0)
    return strtod(text, nil)
  }

  /// `Inf`, `Infinity`, `NaN`, `NA`, and how long the word is.
  private static func word(
    _ bytes: UnsafeBufferPointer<UInt8>, from p: Int, to limit: Int
  ) -> (Double, Int)? {
    let first = bytes[p] | 0x20
    guard first == UInt8(ascii: "i") || first == UInt8(ascii: "n") else { return nil }
    func matches(_ word: StaticString) -> Bool {
      guard p + word.utf8CodeUnitCount <= limit else { return false }
      for k in 0..<word.utf8CodeUnitCount where bytes[p + k] | 0x20 != word.utf8Start[k] { return false }
      return true
    }
    if matches("infinity") { return (.infinity, 8) }
    if matches("inf") { return (.infinity, 3) }
    if matches("nan") { return (.nan, 3) }
    if matches("na") { return (NumeralText.missing, 2) }
    return nil
  }
}
