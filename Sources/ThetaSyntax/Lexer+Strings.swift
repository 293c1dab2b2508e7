// String literals. The scanner finds where a string ends; `string(_:_:)` works out the bytes it stands for.

extension Lexer {
  mutating func scanSingleQuoted() -> Token.Kind {
    let start = position
    position += 1
    while position < bytes.count, !isLineEnd(bytes[position]) {
      if bytes[position] == UInt8(ascii: "'") {
        position += 1
        if byte(position) != UInt8(ascii: "'") { return .string(.single) }
      }
      position += 1
    }
    return unterminated(start)
  }

  mutating func scanDoubleQuoted() -> Token.Kind {
    let start = position
    position += 1
    while position < bytes.count {
      switch bytes[position] {
      case UInt8(ascii: "\""):
        position += 1
        if byte(position) != UInt8(ascii: "\"") { return .string(.double) }
        position += 1
      case UInt8(ascii: "\\"):
        // A backslash at the line end continues the string on the next line.
        position += 1
        if byte(position) == 13, byte(position + 1) == 10 { position += 1 }
        if position + 1 >= bytes.count, !endsInside {
          endsInside = true
          endErrors += 1
        }
        if position < bytes.count { position += 1 }
      case 10:
        return unterminated(start)
      default:
        position += 1
      }
    }
    return unterminated(start)
  }

  private mutating func unterminated(_ start: Int) -> Token.Kind {
    position = min(position, bytes.count)
    let quote = bytes[start] == UInt8(ascii: "'") ? "'" : "\""
    var end = position
    while end > start + 1, isLineEnd(bytes[end - 1]) { end -= 1 }
    report(
      "unterminated character string constant", start, end, hint: "close the string with \(quote)")
    return .invalid
  }

  /// The bytes that a string token stands for; `report` takes the escapes that do not exist.
  func string(_ range: SourceRange, _ quote: Quote, unknown: (Int) -> Void) -> [UInt8] {
    let end = Int(range.end) - 1
    var index = Int(range.start) + 1
    guard index < end else { return [] }
    var result: [UInt8] = []
    result.reserveCapacity(end - index)
    while index < end {
      let c = bytes[index]
      index += 1
      if quote == .single {
        if c == UInt8(ascii: "'") { index += 1 }
        result.append(c)
      } else if c == UInt8(ascii: "\\") {
        index = appendEscape(at: index, end, to: &result, unknown: unknown)
      } else {
        if c == UInt8(ascii: "\"") { index += 1 }
        result.append(c)
      }
    }
    return result
  }

  /// Appends what the escape whose letter is at `start` stands for, and returns the offset after it.
  func appendEscape(
    at start: Int, _ end: Int, to result: inout [UInt8], unknown: (Int) -> Void
  ) -> Int {
    guard start < end else { return start }
    let c = bytes[start]
    switch c {
    case UInt8(ascii: "a"): result.append(7)
    case UInt8(ascii: "b"): result.append(8)
    case UInt8(ascii: "f"): result.append(12)
    case UInt8(ascii: "n"): result.append(10)
    case UInt8(ascii: "r"): result.append(13)
    case UInt8(ascii: "t"): result.append(9)
    case UInt8(ascii: "v"): result.append(11)
    case UInt8(ascii: "\\"), UInt8(ascii: "\""), UInt8(ascii: "'"): result.append(c)
    case 10: break
    case 13 where byte(start + 1) == 10: return start + 2
    case 48...55:
      var value = 0
      var index = start
      while index < min(start + 3, end), (48...55).contains(bytes[index]) {
        value = value * 8 + Int(bytes[index] - 48)
        index += 1
      }
      result.append(UInt8(truncatingIfNeeded: value))
      return index
    case UInt8(ascii: "x"):
      var value = 0
      var index = start + 1
      while index < min(start + 3, end), let digit = hexDigit(bytes[index]) {
        value = value * 16 + digit
        index += 1
      }
      if index == start + 1 {
        unknown(start - 1)
        result.append(c)
      } else {
        result.append(UInt8(truncatingIfNeeded: value))
      }
      return index
    default:
      unknown(start - 1)
      result.append(c)
    }
    return start + 1
  }

  private func hexDigit(_ c: UInt8) -> Int? {
    switch c {
    case 48...57: Int(c) - 48
    case 65...70: Int(c) - 55
    case 97...102: Int(c) - 87
    default: nil
    }
  }
}
