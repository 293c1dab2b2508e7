// Text to tokens, one at a time as the parser asks. What a character means depends on what is open:
// inside `[…]` and `{…}` white space separates elements, inside `(…)` a line end means nothing, after a
// value `'` transposes. The lexer keeps that context; numbers, strings, comments and words have files of their own.

struct Lexer {
  let bytes: [UInt8]
  var position = 0
  /// What is open around the current position, outermost first.
  var nesting: [Nesting] = []
  /// The token before can end an operand, so that `'` transposes and `-` may be binary.
  var previousEndsValue = false
  /// The token before is `.`: any word that follows is a field name.
  var previousIsDot = false
  var diagnostics: [Diagnostic] = []
  /// See `Program.impliedSeparators`.
  var impliedSeparators: [Int32] = []
  /// The most recent comment block, for the documentation of functions.
  var comments = CommentBlock()
  /// The text ended inside a block comment, a continuation or a string that goes on.
  var endsInside = false
  /// How many errors came only from that.
  var endErrors = 0

  /// An open bracket, told apart by what white space means inside it.
  enum Nesting: Equatable {
    /// `(` and the `{` of an index: white space and line ends mean nothing.
    case round
    case brace
    /// `[` and the `{` of a cell: white space separates elements, line ends separate rows.
    case square
    case curly
    /// The body of an anonymous function in a matrix: white space means nothing up to `,`, `;` or a line end.
    case body

    var isMatrix: Bool { self == .square || self == .curly }
  }

  init(bytes: [UInt8]) {
    self.bytes = bytes
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
  }

  /// The byte at an offset, zero past the end.
  func byte(_ offset: Int) -> UInt8 {
    offset < bytes.count ? bytes[offset] : 0
  }

  /// Reports an error. After very many the rest of the text is skipped: it is no program.
  mutating func report(_ message: String, _ start: Int, _ end: Int, hint: String = "") {
    if diagnostics.count >= Parser.maximumErrors {
      position = bytes.count
      return
    }
    diagnostics.append(
      Diagnostic(.error, "parse error: " + message, SourceRange(start, end), hint: hint))
  }

  /// The next token. At the end of the text it is `endOfFile`, however often it is asked for.
  mutating func next() -> Token {
    let trivia = skipTrivia()
    let start = position
    var kind: Token.Kind
    if trivia.stopsAtLineEnd {
      kind = .newline
      position += 1
      if nesting.last?.isMatrix == true { impliedSeparators.append(Int32(clamping: position)) }
      if nesting.last == .body { nesting.removeLast() }
    } else if start >= bytes.count {
      kind = .endOfFile
    } else if separatesElements(spaceBefore: trivia.space) {
      kind = .comma
      impliedSeparators.append(Int32(clamping: start))
    } else {
      kind = scan(spaceBefore: trivia.space)
    }
    previousEndsValue = endsValue(kind)
    previousIsDot = kind == .dot
    return Token(
      kind: kind, range: SourceRange(start, position), spaceBefore: trivia.space,
      lineBefore: trivia.line)
  }

  private func endsValue(_ kind: Token.Kind) -> Bool {
    switch kind {
    case .number, .string, .identifier, .close, .hermitian, .transpose: true
    case .increment, .decrement: previousEndsValue
    case .keyword(.end): !nesting.isEmpty
    case .keyword(.file), .keyword(.line): true
    default: false
    }
  }

  /// Whether the white space just skipped stands between two elements of a matrix.
  private func separatesElements(spaceBefore: Bool) -> Bool {
    guard spaceBefore, previousEndsValue, let top = nesting.last, top.isMatrix else { return false }
    let c = byte(position)
    let after = byte(position + 1)
    switch c {
    case UInt8(ascii: "("), UInt8(ascii: "["), UInt8(ascii: "{"), UInt8(ascii: "@"),
      UInt8(ascii: "'"), UInt8(ascii: "\""):
      return true
    case UInt8(ascii: "+"), UInt8(ascii: "-"):
      // `[a - b]` and `[a -= b]` go on, `[a -b]` and `[a --b]` begin an element.
      return after != UInt8(ascii: "=") && !isBlank(after == c ? byte(position + 2) : after)
    case UInt8(ascii: "!"), UInt8(ascii: "~"):
      return after != UInt8(ascii: "=")
    case UInt8(ascii: "."):
      return isDigit(after)
    default:
      return isDigit(c) || startsName(at: position)
    }
  }
}

// MARK: - Punctuation

extension Lexer {
  /// Scans the token at the current position, which is neither white space nor the end.
  private mutating func scan(spaceBefore: Bool) -> Token.Kind {
    let c = byte(position)
    if isDigit(c) { return scanNumber() }
    if isNameStart(c) { return scanWord() }
    if c >= 0x80 { return scanUnicode() }
    let d = byte(position + 1)
    let e = byte(position + 2)
    switch c {
    case UInt8(ascii: "("): return open(.round, .round)
    case UInt8(ascii: "["): return open(.square, .square)
    case UInt8(ascii: "{"): return open(.curly, previousEndsValue ? .brace : .curly)
    case UInt8(ascii: ")"): return close(.round)
    case UInt8(ascii: "]"): return close(.square)
    case UInt8(ascii: "}"): return close(.curly)
    case UInt8(ascii: ","):
      if nesting.last == .body { nesting.removeLast() }
      return take(1, .comma)
    case UInt8(ascii: ";"):
      if nesting.last == .body { nesting.removeLast() }
      return take(1, .semicolon)
    case UInt8(ascii: "\""): return scanDoubleQuoted()
    case UInt8(ascii: "'"): return previousEndsValue ? take(1, .hermitian) : scanSingleQuoted()
    case UInt8(ascii: "@"): return take(1, .at)
    case UInt8(ascii: ":"): return take(1, .colon)
    case UInt8(ascii: "="): return equals(d) ? take(2, .binary(.equal)) : take(1, .assign)
    case UInt8(ascii: "+"):
      if d == c { return take(2, .increment) }
      return arithmetic(.add, 1)
    case UInt8(ascii: "-"):
      if d == c { return take(2, .decrement) }
      return arithmetic(.subtract, 1)
    case UInt8(ascii: "*"):
      return d == c ? arithmetic(.power, 2) : arithmetic(.multiply, 1)
    case UInt8(ascii: "/"): return arithmetic(.divide, 1)
    case UInt8(ascii: "\\"): return arithmetic(.leftDivide, 1)
    case UInt8(ascii: "^"): return arithmetic(.power, 1)
    case UInt8(ascii: "<"):
      return equals(d) ? take(2, .binary(.lessOrEqual)) : take(1, .binary(.less))
    case UInt8(ascii: ">"):
      return equals(d) ? take(2, .binary(.greaterOrEqual)) : take(1, .binary(.greater))
    case UInt8(ascii: "!"), UInt8(ascii: "~"):
      return equals(d) ? take(2, .binary(.notEqual)) : take(1, .not)
    case UInt8(ascii: "&"):
      if d == c { return take(2, .shortCircuit(.and)) }
      return arithmetic(.elementAnd, 1)
    case UInt8(ascii: "|"):
      if d == c { return take(2, .shortCircuit(.or)) }
      return arithmetic(.elementOr, 1)
    case UInt8(ascii: "."):
      return scanDot(d, e, spaceBefore: spaceBefore)
    default:
      return unknownCharacter(String(UnicodeScalar(c)), width: 1)
    }
  }

  private mutating func scanDot(_ d: UInt8, _ e: UInt8, spaceBefore: Bool) -> Token.Kind {
    switch d {
    case UInt8(ascii: "*"):
      return e == d ? arithmetic(.elementPower, 3) : arithmetic(.hadamard, 2)
    case UInt8(ascii: "/"): return arithmetic(.elementDivide, 2)
    case UInt8(ascii: "\\"): return arithmetic(.elementLeftDivide, 2)
    case UInt8(ascii: "^"): return arithmetic(.elementPower, 2)
    case UInt8(ascii: "'"): return take(2, .transpose)
    case UInt8(ascii: "+") where equals(e): return take(3, .assignWith(.add))
    case UInt8(ascii: "-") where equals(e): return take(3, .assignWith(.subtract))
    default:
      if isDigit(d), !previousEndsValue || spaceBefore { return scanNumber() }
      return take(1, .dot)
    }
  }

  private func equals(_ c: UInt8) -> Bool { c == UInt8(ascii: "=") }

  private mutating func take(_ width: Int, _ kind: Token.Kind) -> Token.Kind {
    position += width
    return kind
  }

  /// An operator of `width` bytes, or its assignment when `=` follows.
  private mutating func arithmetic(_ operation: BinaryOperator, _ width: Int) -> Token.Kind {
    position += width
    if equals(byte(position)), !equals(byte(position + 1)) {
      position += 1
      return .assignWith(operation)
    }
    return .binary(operation)
  }

  private mutating func open(_ bracket: Bracket, _ kind: Nesting) -> Token.Kind {
    nesting.append(kind)
    return take(1, .open(bracket))
  }

  private mutating func close(_ bracket: Bracket) -> Token.Kind {
    if nesting.last == .body { nesting.removeLast() }
    if !nesting.isEmpty { nesting.removeLast() }
    return take(1, .close(bracket))
  }

  mutating func unknownCharacter(_ text: String, width: Int, hint: String = "") -> Token.Kind {
    let value = text.unicodeScalars.first?.value ?? 0
    let shown =
      value < 32 || value == 127 ? "character with code \(value)" : "character '\(text)'"
    report("invalid \(shown)", position, position + width, hint: hint)
    position += width
    return .invalid
  }
}
