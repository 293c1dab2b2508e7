// Names and keywords, and everything outside ASCII: letters of other scripts are letters, `⊙` is `.*`, and
// the look-alikes that word processors leave in code get a hint.

extension Lexer {
  func isDigit(_ c: UInt8) -> Bool { c &- 48 < 10 }
  func isBlank(_ c: UInt8) -> Bool { c == 32 || c == 9 }
  func isLineEnd(_ c: UInt8) -> Bool { c == 10 || c == 13 }

  /// A letter or an underscore.
  func isNameStart(_ c: UInt8) -> Bool {
    (c | 0x20) &- 97 < 26 || c == UInt8(ascii: "_")
  }

  /// A letter, an underscore or a digit.
  func isNamePart(_ c: UInt8) -> Bool { isNameStart(c) || isDigit(c) }

  /// Whether a name begins at an offset, in any script.
  func startsName(at offset: Int) -> Bool {
    let c = byte(offset)
    if c < 0x80 { return isNameStart(c) }
    guard let (scalar, _) = scalar(at: offset) else { return false }
    return Lexer.isNameStart(scalar)
  }

  /// The end of the name that begins at an offset; the offset itself when none does.
  func endOfName(at start: Int) -> Int {
    guard startsName(at: start) else { return start }
    var end = start
    while end < bytes.count {
      let c = bytes[end]
      if c < 0x80 {
        guard isNamePart(c) else { break }
        end += 1
      } else {
        guard let (scalar, width) = scalar(at: end), Lexer.isNamePart(scalar) else { break }
        end += width
      }
    }
    return end
  }

  mutating func scanWord() -> Token.Kind {
    let start = position
    position = endOfName(at: start)
    guard !previousIsDot, let keyword = keyword(start, position) else { return .identifier }
    return .keyword(keyword)
  }

  /// The keyword in a range of bytes.
  func keyword(_ start: Int, _ end: Int) -> Keyword? {
    let length = end - start
    // Keywords are 2 to 22 letters long and begin with one of these.
    guard length >= 2, length <= 22 else { return nil }
    switch bytes[start] {
    case UInt8(ascii: "_"), UInt8(ascii: "b"), UInt8(ascii: "c"), UInt8(ascii: "d"), UInt8(ascii: "e"),
      UInt8(ascii: "f"), UInt8(ascii: "g"), UInt8(ascii: "i"), UInt8(ascii: "o"), UInt8(ascii: "p"),
      UInt8(ascii: "r"), UInt8(ascii: "s"), UInt8(ascii: "t"), UInt8(ascii: "u"), UInt8(ascii: "w"):
      return Keyword.bySpelling[String(decoding: bytes[start..<end], as: UTF8.self)]
    default: return nil
    }
  }

  mutating func scanUnicode() -> Token.Kind {
    guard let (scalar, width) = scalar(at: position) else {
      let code = byte(position)
      report(
        "invalid byte \(code) outside a string or comment", position, position + 1,
        hint: "the file is not UTF-8 text here")
      // One report for a run of such bytes: a binary file would give thousands.
      while byte(position) >= 0x80, self.scalar(at: position) == nil { position += 1 }
      return .invalid
    }
    if Lexer.isNameStart(scalar) { return scanWord() }
    if scalar == "⊙" {
      position += width
      if byte(position) == UInt8(ascii: "="), byte(position + 1) != UInt8(ascii: "=") {
        position += 1
        return .assignWith(.hadamard)
      }
      return .binary(.hadamard)
    }
    let hint =
      switch scalar {
      case "‘", "’", "‚", "′": "write ' for a quote or a transpose"
      case "“", "”", "„", "″": "write \" for a quote"
      case "−", "–", "—": "write - for a minus sign"
      case "×", "·", "∙": "write * or .* for a product"
      case "÷", "∕": "write / or ./ for a quotient"
      case "≤": "write <="
      case "≥": "write >="
      case "≠": "write !="
      case "…": "write three dots"
      default: ""
      }
    return unknownCharacter(String(scalar), width: width, hint: hint)
  }

  /// The Unicode scalar at an offset and its width in bytes; nil where the bytes are not UTF-8.
  func scalar(at offset: Int) -> (UnicodeScalar, Int)? {
    let first = byte(offset)
    var value: UInt32
    let width: Int
    switch first {
    case 0..<0x80: return (UnicodeScalar(first), 1)
    case 0xC2..<0xE0: (value, width) = (UInt32(first & 0x1F), 2)
    case 0xE0..<0xF0: (value, width) = (UInt32(first & 0x0F), 3)
    case 0xF0..<0xF5: (value, width) = (UInt32(first & 0x07), 4)
    default: return nil
    }
    for index in 1..<width {
      let next = byte(offset + index)
      guard next & 0xC0 == 0x80 else { return nil }
      value = value << 6 | UInt32(next & 0x3F)
    }
    let smallest: [UInt32] = [0, 0, 0x80, 0x800, 0x10000]
    guard value >= smallest[width], let scalar = UnicodeScalar(value) else { return nil }
    return (scalar, width)
  }

  private static func isNameStart(_ scalar: UnicodeScalar) -> Bool {
    scalar.properties.isXIDStart || scalar == "∇" || scalar == "∂"
  }

  private static func isNamePart(_ scalar: UnicodeScalar) -> Bool {
    // Subscript digits and letters (`θ₁`) are not part of Unicode's identifiers, but they are of formulas.
    isNameStart(scalar) || scalar.properties.isXIDContinue || (0x2080...0x209C).contains(scalar.value)
  }
}
