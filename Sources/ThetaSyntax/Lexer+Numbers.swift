// Number literals: `12`, `1_000`, `.5`, `1e-4`, `2D3`, `0xFFs16`, `0b101`, `3i`.

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

extension Lexer {
  /// Scans a number; its value is read by `number(_:)` when the parser takes it.
  mutating func scanNumber() -> Token.Kind {
    let start = position
    let mark = byte(position + 1) | 0x20
    if byte(position) == UInt8(ascii: "0"), mark == UInt8(ascii: "x") || mark == UInt8(ascii: "b") {
      return scanInteger(isBinary: mark == UInt8(ascii: "b"))
    }
    skipDigits()
    if byte(position) == UInt8(ascii: "."), !dotBelongsToOperator(at: position) {
      position += 1
      skipDigits()
    }
    let exponent = byte(position) | 0x20
    if exponent == UInt8(ascii: "e") || exponent == UInt8(ascii: "d") {
      var end = position + 1
      if byte(end) == UInt8(ascii: "+") || byte(end) == UInt8(ascii: "-") { end += 1 }
      if isDigit(byte(end)) {
        position = end
        skipDigits()
      }
    }
    let suffix = byte(position) | 0x20
    if suffix == UInt8(ascii: "i") || suffix == UInt8(ascii: "j"), !isNamePart(byte(position + 1)) {
      position += 1
    }
    return finishNumber(start)
  }

  private mutating func skipDigits() {
    while isDigit(byte(position)) || byte(position) == UInt8(ascii: "_") { position += 1 }
  }

  /// In `1./x`, `1.*x`, `1.^x` and `1.'` the dot is the operator's; in `1...` it continues the line.
  private func dotBelongsToOperator(at offset: Int) -> Bool {
    switch byte(offset + 1) {
    case UInt8(ascii: "*"), UInt8(ascii: "/"), UInt8(ascii: "\\"), UInt8(ascii: "^"), UInt8(ascii: "'"): true
    case UInt8(ascii: "."): byte(offset + 2) == UInt8(ascii: ".")
    default: false
    }
  }

  private mutating func scanInteger(isBinary: Bool) -> Token.Kind {
    let start = position
    position += 2
    var digits = 0
    while digitValue(byte(position), isBinary: isBinary) != nil || byte(position) == UInt8(ascii: "_") {
      if byte(position) != UInt8(ascii: "_") { digits += 1 }
      position += 1
    }
    if digits == 0 {
      report("no digits after '\(isBinary ? "0b" : "0x")'", start, position)
      position = max(position, endOfName(at: position))
      return .invalid
    }
    let sign = byte(position) | 0x20
    if sign == UInt8(ascii: "u") || sign == UInt8(ascii: "s") {
      for width in ["8", "16", "32", "64"] {
        let end = position + 1 + width.utf8.count
        if end <= bytes.count, bytes[(position + 1)..<end].elementsEqual(width.utf8),
          !isNamePart(byte(end))
        {
          position = end
          break
        }
      }
    }
    return finishNumber(start)
  }

  /// A name directly after a number is a mistake: report it here, where both can be shown.
  private mutating func finishNumber(_ start: Int) -> Token.Kind {
    let end = endOfName(at: position)
    guard end > position || isDigit(byte(position)) else { return .number }
    while isNamePart(byte(position)) { position += 1 }
    position = max(position, end)
    let text = String(decoding: bytes[start..<position], as: UTF8.self)
    report("'\(text)' is neither a number nor a name", start, position)
    return .invalid
  }

  private func digitValue(_ c: UInt8, isBinary: Bool) -> UInt64? {
    switch c {
    case 48...49: return UInt64(c - 48)
    case 50...57: return isBinary ? nil : UInt64(c - 48)
    case 65...70: return isBinary ? nil : UInt64(c - 55)
    case 97...102: return isBinary ? nil : UInt64(c - 87)
    default: return nil
    }
  }

  // MARK: - Values

  /// The expression that a number token stands for, or a message that says why there is none.
  func number(_ range: SourceRange) -> Result<Expression.Kind, NumberProblem> {
    let start = Int(range.start)
    let end = Int(range.end)
    let mark = byte(start + 1) | 0x20
    if end - start > 2, bytes[start] == 48, mark == UInt8(ascii: "x") || mark == UInt8(ascii: "b") {
      return integer(start, end, isBinary: mark == UInt8(ascii: "b"))
    }
    let last = bytes[end - 1] | 0x20
    let isImaginary = last == UInt8(ascii: "i") || last == UInt8(ascii: "j")
    let value = decimal(start, isImaginary ? end - 1 : end)
    return .success(isImaginary ? .imaginary(value) : .number(value))
  }

  private func decimal(_ start: Int, _ end: Int) -> Double {
    // Up to 15 digits are exact in a double.
    if end - start <= 15 {
      var value: UInt64 = 0
      var index = start
      while index < end, isDigit(bytes[index]) {
        value = value * 10 + UInt64(bytes[index] - 48)
        index += 1
      }
      if index == end { return Double(value) }
    }
    var text: [CChar] = []
    text.reserveCapacity(end - start + 1)
    for index in start..<end {
      switch bytes[index] {
      case UInt8(ascii: "_"): continue
      case UInt8(ascii: "d"), UInt8(ascii: "D"): text.append(CChar(UInt8(ascii: "e")))
      case let c: text.append(CChar(truncatingIfNeeded: c))
      }
    }
    text.append(0)
    return text.withUnsafeBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return 0 }
      return strtod(base, nil)
    }
  }

  private func integer(
    _ start: Int, _ end: Int, isBinary: Bool
  ) -> Result<Expression.Kind, NumberProblem> {
    var bits: UInt64 = 0
    var digits = 0
    var index = start + 2
    while index < end {
      let c = bytes[index]
      if c == UInt8(ascii: "_") {
        index += 1
        continue
      }
      guard let digit = digitValue(c, isBinary: isBinary) else { break }
      guard bits >> (isBinary ? 63 : 60) == 0 else { return .failure(.tooLarge(64)) }
      bits = bits << (isBinary ? 1 : 4) | digit
      digits += 1
      index += 1
    }
    // Without a suffix the number of digits written decides the class.
    let written = isBinary ? digits : digits * 4
    var width = written <= 8 ? 8 : written <= 16 ? 16 : written <= 32 ? 32 : 64
    var isSigned = false
    if index < end {
      isSigned = bytes[index] | 0x20 == UInt8(ascii: "s")
      width = bytes[(index + 1)..<end].reduce(0) { $0 * 10 + Int($1 - 48) }
      if width < 64, bits >> UInt64(width) != 0 { return .failure(.tooLarge(width)) }
    }
    return .success(.integer(IntegerLiteral(bits: bits, width: width, isSigned: isSigned)))
  }

  enum NumberProblem: Error {
    /// The digits need more bits than the class has.
    case tooLarge(Int)
  }
}
