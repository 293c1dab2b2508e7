// Messages about a text as a person reads them: the message, the place, the line and a mark under what is
// meant. Run-time errors use the same form, so a parse error and a division look alike.

/// Writes diagnostics as text, plain or with terminal colours.
///
///     error: parse error: unmatched '['
///     train.nn:3:5
///       3 | x = [1, 2
///         |     ^
///     hint: close it with ']'
public struct DiagnosticRenderer: Sendable {
  /// Writes ANSI colours.
  public var isColored: Bool
  /// The longest excerpt, in characters; longer lines are cut around the mark.
  public var width: Int

  public init(isColored: Bool = false, width: Int = 100) {
    self.isColored = isColored
    self.width = max(width, 20)
  }

  /// A diagnostic with its place in `source`. The result ends with a line end.
  public func render(_ diagnostic: Diagnostic, in source: SourceFile) -> String {
    render(
      diagnostic.severity, diagnostic.message, at: diagnostic.range, in: source, hint: diagnostic.hint)
  }

  /// All diagnostics of a parse, in order.
  public func render(_ diagnostics: [Diagnostic], in source: SourceFile) -> String {
    diagnostics.map { render($0, in: source) }.joined()
  }

  /// Any message with its place. Without a source or a range there is only the message and the hint.
  public func render(
    _ severity: Diagnostic.Severity, _ message: String, at range: SourceRange?,
    in source: SourceFile?, hint: String = ""
  ) -> String {
    var result = painted(severity.rawValue + ":", severity.color) + " " + bold(message) + "\n"
    if let range, let source { result += excerpt(range, source, severity) }
    if !hint.isEmpty { result += painted("hint:", "36") + " " + hint + "\n" }
    return result
  }

  // MARK: - Excerpt

  private func excerpt(
    _ range: SourceRange, _ source: SourceFile, _ severity: Diagnostic.Severity
  ) -> String {
    let position = source.position(of: Int(range.start))
    var result = painted("\(source.name):\(position.line):\(position.column)", "2") + "\n"
    let line = Array(source.line(position.line))
    let start = min(position.column - 1, line.count)
    let last = source.position(of: max(Int(range.start), Int(range.end)))
    let end = last.line == position.line ? min(last.column - 1, line.count) : line.count
    let length = max(1, end - start)

    // The window of the line that is shown.
    var first = 0
    if line.count > width { first = min(max(0, start - width / 2), line.count - width) }
    let shown = line[first..<min(line.count, first + width)].map(printable)
    let marks = min(length, max(1, shown.count - (start - first)))
    let padding = line[first..<start].map { $0 == "\t" ? "\t" : " " }.joined()
    let lead = first > 0 ? "…" : ""
    let tail = first + width < line.count ? "…" : ""

    let number = "\(position.line)"
    let gutter = String(repeating: " ", count: number.count)
    let bar = painted("|", "2")
    let mark = painted("^" + String(repeating: "~", count: marks - 1), severity.color)
    result += "  \(painted(number, "2")) \(bar) \(lead)\(shown.joined())\(tail)\n"
    result += "  \(gutter) \(bar) \(lead.isEmpty ? "" : " ")\(padding)\(mark)\n"
    return result
  }

  /// A character of the source that is safe to send to a terminal.
  private func printable(_ character: Character) -> String {
    if character == "\t" { return "\t" }
    let isControl = character.unicodeScalars.contains { $0.value < 32 || (127..<160).contains($0.value) }
    return isControl ? "\u{FFFD}" : String(character)
  }

  private func painted(_ text: String, _ color: String) -> String {
    isColored ? "\u{1B}[\(color)m\(text)\u{1B}[0m" : text
  }

  private func bold(_ text: String) -> String { painted(text, "1") }
}

extension Diagnostic.Severity {
  /// The ANSI colour of messages of this severity.
  fileprivate var color: String {
    switch self {
    case .error: "1;31"
    case .warning: "1;33"
    case .note: "1;34"
    }
  }
}
