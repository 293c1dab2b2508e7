// What is said when the text is wrong, and where the parser goes on: after the statement, or at the first
// line that begins one when a bracket was never closed.

extension Parser {
  /// Reports the current token as one that cannot stand here. Inside brackets that were opened at `open`,
  /// says that they are not closed when that is the likelier mistake.
  mutating func unexpected(
    _ expected: String, open: (bracket: Bracket, range: SourceRange)? = nil
  ) -> Abandon {
    if isAt(.invalid) {
      // Reported by the lexer. A string without its end has swallowed the rest of the line.
      let end = Int(token.range.end)
      if end >= source.bytes.count || source.bytes[end] == 10 || source.bytes[end] == 13 { resume = end }
      return Abandon()
    }
    if let open {
      switch token.kind {
      case .endOfFile, .keyword: return unmatched(open.bracket, open.range)
      case .semicolon where !isInForHeader && !closesOnThisLine():
        lexer.nesting = []
        return unmatched(open.bracket, open.range)
      case .close(let other) where other != open.bracket:
        return fail("'\(open.bracket.opening)' is closed by '\(other.closing)'", token.range)
      default:
        if token.lineBefore { return unmatched(open.bracket, open.range) }
      }
    }
    switch token.kind {
    case .endOfFile:
      if lexer.endsInside || !lexer.nesting.isEmpty {
        endsInside = true
        endErrors += 1
      }
      return fail("unexpected end of the text, expected \(expected)", token.range)
    case .newline:
      let range = SourceRange(Int(token.range.start), Int(token.range.start))
      return fail("unexpected end of the line, expected \(expected)", range)
    case .close(let bracket):
      return fail("unmatched '\(bracket.closing)'", token.range)
    case .keyword(let keyword):
      return fail("unexpected keyword '\(keyword.rawValue)', expected \(expected)", token.range)
    case .assign:
      return fail("unexpected '=', expected \(expected)", token.range, hint: "write == to compare")
    case .comma where token.range.start == token.range.end:
      return fail("unexpected white space, expected \(expected)", token.range)
    default:
      let shown = text(token.range).split(separator: "\n").first ?? ""
      return fail("unexpected \(noun)'\(shown)', expected \(expected)", token.range, hint: habit)
    }
  }

  /// Whether the innermost open bracket is closed further on in the line.
  private func closesOnThisLine() -> Bool {
    var reader = lexer
    // A bound, because every error on a very long line would look to its end.
    for _ in 0..<1_000 {
      let next = reader.next()
      if next.kind == .endOfFile || next.kind == .newline || next.lineBefore { return false }
      if reader.nesting.count < lexer.nesting.count { return true }
    }
    return false
  }

  /// What is meant by a word or sign that other languages have.
  private var habit: String {
    let start = Int(token.range.start)
    let before = text(SourceRange(previousEnd - 6, previousEnd))
    switch token.kind {
    case .open(.square) where !token.spaceBefore: return "an index is written with ( )"
    case .binary(.divide), .binary(.multiply):
      let isComment = before.hasSuffix("/") || lexer.byte(start + 1) == UInt8(ascii: "*")
      return isComment || lexer.byte(start + 1) == UInt8(ascii: "/") ? "a comment begins with % or #" : ""
    case .binary(.greater) where before.hasSuffix("="): return "write >= to compare"
    case .identifier where text(token.range) == "in": return "write for i = first:last"
    default:
      return before == "return" ? "a function returns what its output variables hold" : ""
    }
  }

  private var noun: String {
    switch token.kind {
    case .number: "number "
    case .identifier: "name "
    default: ""
    }
  }

  /// Reports an opening bracket without its closing one, and finds the line to go on with.
  mutating func unmatched(_ bracket: Bracket, _ open: SourceRange) -> Abandon {
    let start = Int(open.start)
    if isAt(.endOfFile) {
      endsInside = true
      endErrors += 1
    }
    if isAt(.endOfFile) || line(token.range) > line(open) || isAt(.newline) {
      resume = nextStatementLine(after: start)
    }
    return fail("unmatched '\(bracket.opening)'", open, hint: "close it with '\(bracket.closing)'")
  }

  mutating func expectClose(_ bracket: Bracket, _ open: SourceRange) throws(Abandon) {
    guard !take(.close(bracket)) else { return }
    let expected = bracket == .round && !isInForHeader ? "',' or ')'" : "'\(bracket.closing)'"
    throw unexpected(expected, open: (bracket, open))
  }

  /// Moves to the end of the statement that could not be understood.
  mutating func recover() {
    defer { resume = nil }
    nesting = statementNesting
    placeholder = nil
    isInForHeader = false
    let isInHeader = self.isInHeader
    self.isInHeader = false
    if let resume {
      restart(at: resume)
      return
    }
    // What the skipped text holds is not reported.
    let known = lexer.diagnostics
    let errorStart = Int(token.range.start)
    defer { lexer.diagnostics = known }
    var isAfterComma = false
    while true {
      switch token.kind {
      case .keyword(let word) where word.closesBlock && isAfterComma && lexer.nesting.isEmpty:
        // `…, end` on one line: the block ends here all the same.
        return
      case .endOfFile:
        if !lexer.nesting.isEmpty { restart(at: nextStatementLine(after: errorStart)) }
        return
      case .newline:
        if lexer.nesting.isEmpty { return }
        if lineStartsStatement(after: Int(token.range.end)) {
          restart(at: nextStatementLine(after: errorStart))
          return
        }
      case .semicolon where lexer.nesting.isEmpty, .comma where lexer.nesting.isEmpty && isInHeader:
        return
      default:
        if token.lineBefore, lineStartsStatement(after: lexer.startOfLine(Int(token.range.start))) {
          restart(at: nextStatementLine(after: errorStart))
          return
        }
      }
      isAfterComma = isAt(.comma)
      advance()
    }
  }

  private mutating func restart(at offset: Int) {
    lexer.position = offset
    lexer.nesting = []
    lexer.previousEndsValue = false
    lexer.previousIsDot = false
    token = lexer.next()
  }

  // MARK: - Guessing from the look of a line

  /// Whether the line at an offset is clearly a statement: it begins with a keyword or is an assignment.
  func lineStartsStatement(after offset: Int) -> Bool {
    var index = offset
    while lexer.isBlank(lexer.byte(index)) { index += 1 }
    let end = lexer.endOfName(at: index)
    guard end > index else { return false }
    if let keyword = lexer.keyword(index, end), keyword != .end || indexDepth == 0 { return true }
    index = end
    var depth = 0
    while index < source.bytes.count {
      let c = source.bytes[index]
      switch c {
      case UInt8(ascii: "("), UInt8(ascii: "{"): depth += 1
      case UInt8(ascii: ")"), UInt8(ascii: "}"): depth -= 1
      case 10, 13: return false
      case UInt8(ascii: "="):
        return depth == 0 && lexer.byte(index + 1) != UInt8(ascii: "=")
      case UInt8(ascii: "."), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "*"), UInt8(ascii: "/"),
        UInt8(ascii: "^"), UInt8(ascii: "|"), UInt8(ascii: "&"):
        break
      default:
        let isPart = depth > 0 || lexer.isBlank(c) || lexer.isNamePart(c) || c >= 0x80
        if !isPart { return false }
      }
      if depth < 0 { return false }
      index += 1
    }
    return false
  }

  /// The start of the first line after that of `offset` which begins with a name; the end when there is none.
  private func nextStatementLine(after offset: Int) -> Int {
    var index = offset
    let bytes = source.bytes
    while index < bytes.count {
      while index < bytes.count, bytes[index] != 10 { index += 1 }
      if index >= bytes.count { break }
      // The line end itself is left to be read: it ends the statement.
      let start = index
      index += 1
      var first = index
      while lexer.isBlank(lexer.byte(first)) { first += 1 }
      if lexer.startsName(at: first) { return start }
    }
    return bytes.count
  }
}
