// The ends of blocks: which word may close which block, and what is said when one is missing or too many.

extension OpenBlock {
  /// The words other than `end` that close this block or one of its parts.
  func isClosed(by word: Keyword) -> Bool {
    switch keyword {
    case .if: word == .endIf || word == .else || word == .elseIf
    case .while: word == .endWhile
    case .for: word == .endFor
    case .parfor: word == .endParfor || word == .endFor
    case .do: word == .until
    case .switch: word == .endSwitch || word == .case || word == .otherwise
    case .try: word == .endTryCatch || word == .catch
    case .unwindProtect: word == .endUnwindProtect || word == .unwindProtectCleanup
    case .spmd: word == .endSpmd
    case .function: word == .endFunction
    default: false
    }
  }
}

extension Keyword {
  /// True for the words that begin another part of a block instead of ending it.
  var isPart: Bool {
    switch self {
    case .else, .elseIf, .case, .otherwise, .catch, .until, .unwindProtectCleanup: true
    default: false
    }
  }
}

extension Parser {
  /// Whether a closing word belongs to any block that is open.
  func closesOpenBlock(_ word: Keyword) -> Bool {
    if word == .end {
      return blocks.contains { functionsHaveEnd || $0.keyword != .function }
    }
    // A wrong long word is taken for the end of the innermost block.
    return blocks.contains { $0.isClosed(by: word) } || (!blocks.isEmpty && !word.isPart)
  }

  mutating func reportStray(_ word: Keyword) {
    let start = token.range
    switch word {
    case .end: report("'end' without a block to close", start)
    case .else, .elseIf: report("'\(word.rawValue)' without 'if'", start)
    case .case, .otherwise: report("'\(word.rawValue)' without 'switch'", start)
    case .catch: report("'catch' without 'try'", start)
    case .until: report("'until' without 'do'", start)
    case .unwindProtectCleanup: report("'unwind_protect_cleanup' without 'unwind_protect'", start)
    default: report("'\(word.rawValue)' without a block to close", start)
    }
    advance()
    // What follows on the line is no statement of its own: a condition, or the rest of `end = 3`.
    switch token.kind {
    case .newline, .semicolon, .comma, .endOfFile: break
    case .keyword where word == .end || word == .else: break
    default:
      statementNesting = nesting
      recover()
    }
  }

  /// Takes the word that closes the innermost block, or says that it is missing.
  mutating func expectEnd() {
    guard let open = blocks.last else { return }
    guard case .keyword(let word) = token.kind, word.closesBlock else {
      reportMissingEnd(open, "end")
      return
    }
    if word == .end || (open.isClosed(by: word) && !word.isPart) {
      noteIndentation(open)
      advance()
      return
    }
    if blocks.contains(where: { $0.isClosed(by: word) }) {
      reportMissingEnd(open, "end")
      return
    }
    report(
      "'\(open.keyword.rawValue)' opened at line \(line(open.range)) is closed by '\(word.rawValue)'",
      token.range)
    advance()
  }

  /// A block whose `end` stands further left than its keyword was perhaps closed by another block's `end`.
  private mutating func noteIndentation(_ open: OpenBlock) {
    let opening = Int(open.range.start)
    let closing = Int(token.range.start)
    guard lexer.isFirstOnLine(opening), lexer.isFirstOnLine(closing) else { return }
    let indentation = opening - lexer.startOfLine(opening)
    if closing - lexer.startOfLine(closing) < indentation { suspects.append(open) }
  }

  /// Says that a block has no end. When one inside it was closed by an `end` that is indented like another
  /// block's, that one is named: its own `end` was forgotten.
  mutating func reportMissingEnd(_ open: OpenBlock, _ word: String) {
    if gaveUp { return }
    var blamed = open
    if let index = suspects.firstIndex(where: { $0.range.start > open.range.start }) {
      blamed = suspects.remove(at: index)
    }
    if isAt(.endOfFile) {
      endsInside = true
      // The header of the block was already found to stop at the end of the text.
      if let last = diagnostics.last, last.range.start == token.range.start { return }
      endErrors += 1
    }
    let keyword = blamed.keyword.rawValue
    var hint = ""
    if blamed.range == open.range, let index = separateIfs.firstIndex(where: { $0.start > open.range.start })
    {
      let place = line(separateIfs.remove(at: index))
      hint = "'else if' at line \(place) opens a block of its own: write 'elseif'"
    }
    report(
      "missing '\(word)' for '\(keyword)' opened at line \(line(blamed.range))", blamed.range, hint: hint)
  }
}
