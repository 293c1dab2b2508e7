import ThetaRuntime
import ThetaSyntax

/// An uncaught error as a person reads it: Octave's first line, the place with an excerpt and a caret, the
/// calls that led there, and what Theta has to add.
enum ErrorReport {
  static func text(_ error: RuntimeError, source: (String) -> SourceFile?) -> String {
    let file = error.location.flatMap { source($0.file) }
    let range = error.location.map { SourceRange($0.start, $0.end) }
    return DiagnosticRenderer().render(.error, error.message, at: range, in: file, hint: error.explanation)
      + trace(error.stack)
  }

  /// The calls, innermost first; one call needs no list, the excerpt says it all.
  private static func trace(_ stack: [RuntimeError.Frame]) -> String {
    let calls = stack.filter { !$0.function.isEmpty }
    if calls.isEmpty { return "" }
    // A runaway recursion is told by its two ends.
    let shown = calls.count <= 20 ? calls : Array(calls.prefix(10) + calls.suffix(5))
    var lines = shown.map { "  in \($0.function) at \($0.file):\($0.line):\($0.column)\n" }
    if calls.count > shown.count { lines.insert("  … \(calls.count - shown.count) more\n", at: 10) }
    return lines.joined()
  }
}
