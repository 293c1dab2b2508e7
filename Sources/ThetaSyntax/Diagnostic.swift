/// Something to tell about a source text. Rendering (excerpt, caret, colour) is `DiagnosticRenderer`'s.
public struct Diagnostic: Equatable, Sendable {
  public enum Severity: String, Sendable {
    case error
    case warning
    case note
  }

  public var severity: Severity
  /// What is wrong, in one line, such as `parse error: unmatched '('`.
  public var message: String
  public var range: SourceRange
  /// What to do about it; empty when there is nothing to add.
  public var hint: String

  public init(_ severity: Severity, _ message: String, _ range: SourceRange, hint: String = "") {
    self.severity = severity
    self.message = message
    self.range = range
    self.hint = hint
  }
}
