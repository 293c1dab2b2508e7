import ThetaSyntax

/// A mistake in a text as Octave words it. Octave says `syntax error` to most of them and puts the caret under the last
/// character of the token that it could not take; what Theta knows better goes into the explanation.
struct SyntaxFailure {
  private(set) var message: String
  /// The lines behind the message: the text and a caret, or nothing when the text ended too early.
  private(set) var excerpt: String

  init(_ text: String, _ range: SourceRange, _ source: SourceFile, _ program: Program) {
    let first = Int(range.start)
    var caret = Int(range.end) - 1
    message = "syntax error"
    excerpt = ""
    if let (opened, closed) = SyntaxFailure.mismatch(text) {
      message = "'end\(opened)' command matched by '\(closed)'"
      caret = first - 1
    } else if text.hasPrefix("unterminated"), first > 0 {
      // Octave says so only where the text begins with the string.
      caret = source.bytes.count - 1
    } else if text.hasPrefix("invalid character"), first < source.bytes.count {
      message = "\(text) (ASCII \(source.bytes[first]))"
    } else if text.contains("a parameter name") {
      message = "invalid parameter list"
    } else if text.hasPrefix("missing ") || SyntaxFailure.isUnclosed(text, first, source) {
      return
    } else if SyntaxFailure.octaveWords.contains(where: { text.hasPrefix($0) })
      || text.hasSuffix("appears more than once in parameter list")
    {
      message = text
      if text.hasPrefix("invalid constant left hand side") {
        let equals = source.bytes[min(caret + 1, source.bytes.count)...].firstIndex(of: UInt8(ascii: "="))
        caret = equals ?? caret
      } else if text.hasPrefix("unterminated") {
        caret = source.bytes.count - 1
      }
    }
    let position = source.position(of: first)
    if source.name.isEmpty, position.line > 1 { return }
    let line =
      source.name.isEmpty ? String(decoding: source.bytes, as: UTF8.self) : source.line(position.line)
    let start = first - (position.column - 1)
    // At the end of the text the caret stands under its last character.
    let column = min(max(caret, first > caret ? caret : first), source.bytes.count - 1) - start
    // The caret moves on with Octave's columns.
    let shift = source.octavePosition(of: column + start, in: program).column - (column + 1)
    let blanks = String(repeating: " ", count: max(0, column + (source.name.isEmpty ? shift : 0)) + 4)
    excerpt = ">>> \(line)\n\(blanks)^"
  }

  /// Messages that are Octave's own.
  private static let octaveWords = [
    "unterminated character string constant", "invalid constant left hand side of assignment",
    "break must appear within a loop", "continue must appear within a loop",
    "anonymous function bodies must be single expressions", "invalid use of", "nested functions",
    "err: invalid use",
  ]

  /// A bracket that was opened at a place and never closed.
  private static func isUnclosed(_ text: String, _ offset: Int, _ source: SourceFile) -> Bool {
    guard text.hasPrefix("unmatched '"), offset < source.bytes.count else { return false }
    return [UInt8(ascii: "("), UInt8(ascii: "["), UInt8(ascii: "{")].contains(source.bytes[offset])
  }

  /// `'for' opened at line 1 is closed by 'endif'`
  private static func mismatch(_ text: String) -> (opened: String, closed: String)? {
    let parts = text.split(separator: "'")
    guard parts.count == 3, parts[1].hasPrefix(" opened at line"), parts[1].hasSuffix("is closed by ") else {
      return nil
    }
    return (String(parts[0]), String(parts[2]))
  }
}
