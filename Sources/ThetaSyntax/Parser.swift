// Text to AST, by recursive descent with precedence climbing. This file holds the parser's state and what
// every part of it uses; statements, expressions, matrices, functions and recovery have files of their own.

/// Text to AST. The parser recovers at statement ends and reports every error it finds, not only the first.
public struct Parser {
  public struct Result: Sendable {
    public var program: Program
    /// Errors in the order of the text, and warnings: a program may be run when none of them `isError`.
    public var diagnostics: [Diagnostic]

    public init(program: Program, diagnostics: [Diagnostic]) {
      self.program = program
      self.diagnostics = diagnostics
    }

    /// Whether a diagnostic forbids to run the program.
    public var hasErrors: Bool { diagnostics.contains { $0.severity == .error } }
  }

  /// Parses a whole file or a line typed at the prompt. `isVariable` tells which names are variables before
  /// the text begins (those of the workspace, at the prompt and in `eval`): `a -1` is then no command.
  public static func parse(
    _ source: SourceFile, isVariable: @escaping (String) -> Bool = { _ in false }
  ) -> Result {
    if let zero = source.bytes.firstIndex(of: 0) {
      let message = "parse error: this is not a text file"
      let diagnostic = Diagnostic(
        .error, message, SourceRange(zero, zero + 1), hint: "it holds a zero byte")
      return Result(program: Program(statements: []), diagnostics: [diagnostic])
    }
    var parser = Parser(source, isVariable: isVariable)
    let program = parser.parseProgram()
    guard parser.sawNestedFunction, parser.hasErrors else {
      return Result(program: program, diagnostics: parser.sortedDiagnostics())
    }
    // Perhaps the functions of this file are not ended by `end`: the next `function` ends them.
    var second = Parser(source, isVariable: isVariable)
    second.functionsHaveEnd = false
    let alternative = second.parseProgram()
    if second.errorCount < parser.errorCount {
      return Result(program: alternative, diagnostics: second.sortedDiagnostics())
    }
    return Result(program: program, diagnostics: parser.sortedDiagnostics())
  }

  /// Whether a text typed at the prompt goes on: a block, a bracket or a continuation is open at its end.
  public static func isIncomplete(_ source: SourceFile) -> Bool {
    var parser = Parser(source) { _ in false }
    _ = parser.parseProgram()
    // An error that more text cannot mend is reported at once.
    return (parser.endsInside || parser.lexer.endsInside)
      && parser.errorCount == parser.endErrors + parser.lexer.endErrors
  }

  /// The deepest nesting of brackets, blocks and prefix operators.
  static let maximumNesting = 256
  /// The greatest height of an expression: `a + a + …` is as high as it is long.
  static let maximumHeight = 1_000

  /// The number of errors after which the parser gives up.
  static let maximumErrors = 200

  /// Thrown when a statement cannot be understood; the reason has been reported already.
  struct Abandon: Error {}

  let source: SourceFile
  let isVariable: (String) -> Bool
  var lexer: Lexer
  /// The token that comes next.
  var token: Token
  /// The end of the token before.
  var previousEnd = 0
  var diagnostics: [Diagnostic] = []
  var nesting = 0
  /// The height of the expression parsed last.
  var height = 1
  /// How many index brackets are open: `end` is a value inside them.
  var indexDepth = 0
  /// Names assigned so far in this scope.
  var variables: Set<String> = []
  /// `~` standing alone in the matrix just parsed, which then has to be the left side of `=`.
  var placeholder: SourceRange?
  /// Inside the body of an anonymous function, where nothing can be assigned.
  var isInAnonymous = false
  /// The blocks that are open, outermost first.
  var blocks: [OpenBlock] = []
  /// Blocks whose `end` stands further left than they do: where a missing `end` was probably forgotten.
  var suspects: [OpenBlock] = []
  /// Every `if` that stands behind `else` on one line, which many take for `elseif`.
  var separateIfs: [SourceRange] = []
  var functionsHaveEnd = true
  var sawNestedFunction = false
  /// The nesting at which the current statement began, to return to after an error.
  var statementNesting = 0
  /// Between the first keyword of a block and its body.
  var isInHeader = false
  /// Inside the parentheses of `for ( … )`.
  var isInForHeader = false
  /// The last function that was defined directly inside the current one.
  var containsNested: SourceRange?
  /// How many functions enclose the current position.
  var functionDepth = 0
  /// Something was open at the end of the text.
  var endsInside = false
  /// How many errors came only from the text's end.
  var endErrors = 0
  /// The rest of the text is skipped and not reported.
  var gaveUp = false
  /// Where to go on after an error, when it is known better than by skipping to the statement's end.
  var resume: Int?

  init(_ source: SourceFile, isVariable: @escaping (String) -> Bool) {
    self.source = source
    self.isVariable = isVariable
    lexer = Lexer(bytes: source.bytes)
    token = Token(kind: .endOfFile, range: SourceRange(0, 0))
    token = lexer.next()
  }

  // MARK: - Tokens

  mutating func advance() {
    previousEnd = Int(token.range.end)
    token = lexer.next()
  }

  func isAt(_ kind: Token.Kind) -> Bool { token.kind == kind }

  /// Takes the token when it is of this kind.
  mutating func take(_ kind: Token.Kind) -> Bool {
    guard token.kind == kind else { return false }
    advance()
    return true
  }

  func text(_ range: SourceRange) -> String { source.text(range) }

  /// The range from a start to the end of the last token taken.
  func range(from start: SourceRange) -> SourceRange {
    SourceRange(Int(start.start), max(Int(start.end), previousEnd))
  }

  func line(_ range: SourceRange) -> Int { source.position(of: Int(range.start)).line }

  // MARK: - Reports

  var errorCount: Int {
    diagnostics.count { $0.severity == .error } + lexer.diagnostics.count { $0.severity == .error }
  }
  var hasErrors: Bool { errorCount > 0 }

  /// Reports an error. After very many the rest of the text is skipped: it is no program.
  mutating func report(_ message: String, _ range: SourceRange, hint: String = "") {
    if errorCount >= Parser.maximumErrors {
      lexer.position = source.bytes.count
      lexer.nesting = []
      token = lexer.next()
      return
    }
    diagnostics.append(Diagnostic(.error, "parse error: " + message, range, hint: hint))
  }

  mutating func warn(_ message: String, _ range: SourceRange, hint: String = "") {
    diagnostics.append(Diagnostic(.warning, message, range, hint: hint))
  }

  mutating func fail(_ message: String, _ range: SourceRange, hint: String = "") -> Abandon {
    report(message, range, hint: hint)
    return Abandon()
  }

  func sortedDiagnostics() -> [Diagnostic] {
    (lexer.diagnostics + diagnostics).enumerated()
      .sorted { ($0.element.range.start, $0.offset) < ($1.element.range.start, $1.offset) }
      .map(\.element)
  }

  /// Counts one level of nesting, or gives up where the machine's stack would be in danger.
  mutating func nest() throws(Abandon) {
    nesting += 1
    if nesting > Parser.maximumNesting {
      // Blocks this deep are no program: nothing after them is worth a message.
      if blocks.count > Parser.maximumNesting / 2 {
        resume = source.bytes.count
        gaveUp = true
      }
      throw fail("nested too deeply", token.range, hint: "no more than \(Parser.maximumNesting) levels")
    }
  }

  /// Sets the height of a node from that of its highest part.
  mutating func rise(_ below: Int) throws(Abandon) {
    height = below + 1
    if height > Parser.maximumHeight {
      throw fail("expression too long", token.range, hint: "split it into several statements")
    }
  }
}

/// A block that has been opened, for the messages about its end.
struct OpenBlock {
  var keyword: Keyword
  var range: SourceRange
}
