// Backslash escapes in text: what `do_string_escapes`, `undo_string_escapes` and single-quoted templates do.

import ThetaRuntime

extension FormattedPrint {
  /// Processes backslash escapes as `do_string_escapes` does. `warn` is told of those that mean nothing.
  public static func processEscapes(_ text: [UInt8], warn: (String) -> Void = { _ in }) -> [UInt8] {
    guard text.contains(UInt8(ascii: "\\")) else { return text }
    var result: [UInt8] = []
    result.reserveCapacity(text.count)
    var i = 0
    while i < text.count {
      let byte = text[i]
      i += 1
      guard byte == UInt8(ascii: "\\"), i < text.count else {
        result.append(byte)
        continue
      }
      let letter = text[i]
      i += 1
      switch letter {
      case UInt8(ascii: "a"): result.append(7)
      case UInt8(ascii: "b"): result.append(8)
      case UInt8(ascii: "f"): result.append(12)
      case UInt8(ascii: "n"): result.append(10)
      case UInt8(ascii: "r"): result.append(13)
      case UInt8(ascii: "t"): result.append(9)
      case UInt8(ascii: "v"): result.append(11)
      case UInt8(ascii: "\\"), UInt8(ascii: "'"), UInt8(ascii: "\""): result.append(letter)
      case UInt8(ascii: "0")...UInt8(ascii: "7"):
        i -= 1
        result.append(number(in: text, at: &i, radix: 8, most: 3) ?? 0)
      case UInt8(ascii: "x"):
        if let code = number(in: text, at: &i, radix: 16, most: 2) {
          result.append(code)
        } else {
          warn("malformed hex escape sequence '\\x' -- converting to '\\0'")
          result.append(0)
        }
      default:
        let name = String(decoding: [letter], as: UTF8.self)
        warn("unrecognized escape sequence '\\\(name)' -- converting to '\(name)'")
        result.append(letter)
      }
    }
    return result
  }

  /// Writes special characters as escapes, as `undo_string_escapes` does.
  public static func undoEscapes(_ text: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(text.count)
    for byte in text {
      switch byte {
      case 0: break
      case 7: result.append("\\a")
      case 8: result.append("\\b")
      case 9: result.append("\\t")
      case 10: result.append("\\n")
      case 11: result.append("\\v")
      case 12: result.append("\\f")
      case 13: result.append("\\r")
      case UInt8(ascii: "\\"): result.append("\\\\")
      case UInt8(ascii: "\""): result.append("\\\"")
      default: result.append(byte)
      }
    }
    return result
  }

  /// Up to `most` digits at a place, modulo 256; nil when there is none.
  private static func number(in text: [UInt8], at i: inout Int, radix: Int, most: Int) -> UInt8? {
    var value = 0
    var count = 0
    while count < most, i < text.count, let digit = Character(UnicodeScalar(text[i])).hexDigitValue,
      digit < radix
    {
      value = value * radix + digit
      count += 1
      i += 1
    }
    return count > 0 ? UInt8(truncatingIfNeeded: value) : nil
  }
}
