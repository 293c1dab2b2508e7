// White space, comments, block comments and continuation lines: what lies between tokens.

/// A run of comment lines that follow each other, as offsets into the text.
struct CommentBlock {
  var start = 0
  var end = 0
  /// Where the next line has to start for its comment to belong to the block.
  var nextLine = -1
}

extension Lexer {
  struct Trivia {
    var space = false
    var line = false
    /// The position is at a line end that the parser has to see.
    var stopsAtLineEnd = false
  }

  /// Moves to the next token or to a line end that counts.
  mutating func skipTrivia() -> Trivia {
    var trivia = Trivia()
    while position < bytes.count {
      let c = bytes[position]
      switch c {
      case 32, 9, 13, 11, 12:
        position += 1
        trivia.space = true
      case 10:
        switch nesting.last {
        case .round, .brace:
          position += 1
          trivia.space = true
          trivia.line = true
        default:
          trivia.stopsAtLineEnd = true
          return trivia
        }
      case UInt8(ascii: "%"), UInt8(ascii: "#"):
        if isBlockMarker(UInt8(ascii: "{")) { skipBlockComment() } else { skipLineComment() }
        trivia.space = true
      case UInt8(ascii: "."), UInt8(ascii: "\\"):
        guard startsContinuation(position) else { return trivia }
        skipContinuation()
        trivia.space = true
      case 0xC2 where byte(position + 1) == 0xA0:
        // A no-break space, as pasted from a web page.
        position += 2
        trivia.space = true
      default:
        return trivia
      }
    }
    return trivia
  }

  /// `...` up to the line end, or `\` as the last thing of a line.
  func startsContinuation(_ offset: Int) -> Bool {
    if byte(offset) == UInt8(ascii: ".") {
      return byte(offset + 1) == UInt8(ascii: ".") && byte(offset + 2) == UInt8(ascii: ".")
    }
    guard byte(offset) == UInt8(ascii: "\\") else { return false }
    var end = offset + 1
    while isBlank(byte(end)) || byte(end) == 13 { end += 1 }
    return end < bytes.count && bytes[end] == 10
  }

  mutating func skipContinuation() {
    skipToLineEnd()
    if position < bytes.count { position += 1 }
    if position >= bytes.count { endsInside = true }
  }

  mutating func skipToLineEnd() {
    while position < bytes.count, bytes[position] != 10 { position += 1 }
  }

  func startOfLine(_ offset: Int) -> Int {
    var start = offset
    while start > 0, bytes[start - 1] != 10 { start -= 1 }
    return start
  }

  /// Whether only blanks stand before an offset on its line.
  func isFirstOnLine(_ offset: Int) -> Bool {
    var index = offset - 1
    while index >= 0, isBlank(bytes[index]) { index -= 1 }
    return index < 0 || bytes[index] == 10 || (index == 2 && bytes.starts(with: [0xEF, 0xBB, 0xBF]))
  }

  private mutating func skipLineComment() {
    let start = position
    let first = isFirstOnLine(start)
    skipToLineEnd()
    guard first else { return }
    noteComment(start, position)
  }

  private mutating func noteComment(_ start: Int, _ end: Int) {
    if comments.nextLine != startOfLine(start) { comments.start = start }
    comments.end = end
    comments.nextLine = end + 1
  }

  /// `%{` or `%}`, alone on its line.
  private func isBlockMarker(_ brace: UInt8) -> Bool {
    guard byte(position + 1) == brace, isFirstOnLine(position) else { return false }
    var end = position + 2
    while isBlank(byte(end)) || byte(end) == 13 { end += 1 }
    return end >= bytes.count || bytes[end] == 10
  }

  private mutating func skipBlockComment() {
    let start = position
    var depth = 0
    while position < bytes.count {
      while isBlank(byte(position)) { position += 1 }
      let c = byte(position)
      if c == UInt8(ascii: "%") || c == UInt8(ascii: "#") {
        if isBlockMarker(UInt8(ascii: "{")) {
          depth += 1
        } else if isBlockMarker(UInt8(ascii: "}")) {
          depth -= 1
        }
      }
      skipToLineEnd()
      if depth == 0 {
        noteComment(start, position)
        return
      }
      if position < bytes.count { position += 1 }
    }
    endsInside = true
    endErrors += 1
    report("block comment has no end", start, start + 2, hint: "close it with a line that holds only %}")
  }

  /// The text of a comment block without its comment characters, line by line.
  func documentation(_ block: CommentBlock) -> String {
    var result: [UInt8] = []
    var index = block.start
    while index < block.end {
      var end = index
      while end < block.end, bytes[end] != 10 { end += 1 }
      while index < end, isBlank(bytes[index]) { index += 1 }
      var marks = index
      while marks < end, bytes[marks] == UInt8(ascii: "%") || bytes[marks] == UInt8(ascii: "#") { marks += 1 }
      let isMarker =
        marks > index && (byte(marks) == UInt8(ascii: "{") || byte(marks) == UInt8(ascii: "}"))
      if !isMarker {
        var stop = end
        if stop > marks, bytes[stop - 1] == 13 { stop -= 1 }
        result += bytes[marks..<stop]
        result.append(10)
      }
      index = end + 1
    }
    return String(decoding: result, as: UTF8.self)
  }
}
