import ThetaArrays
import ThetaCanvas
import ThetaGraphics
import ThetaLibrary
import ThetaMachine
import ThetaRuntime
import ThetaSyntax

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The language, embedded: one session has its variables, its functions, its streams and its random numbers.
///
///     let session = Session()
///     session.run(.text("x = magic (4)", name: "example"))
///     if let x = session.variable("x") { … }
///
/// Errors do not trap: they are printed on the session's console, kept in `lastUncaughtError`, and told by the
/// status. A session belongs to one thread at a time.
public final class Session {
  public static let version = "0.1.0"

  /// What to run.
  public enum Program {
    case file(String)
    case text(String, name: String)
    case bytes([UInt8], name: String)
  }

  /// The error that ended the last run; nil after a run that ended well.
  public private(set) var lastUncaughtError: RuntimeError?

  /// Where the figures that are open at the end go. A program that embeds the language says so if it wants them.
  public var figures: FigureSink = .none {
    didSet { if figures != .none { FigureOutput.prepare(machine.context) } }
  }

  private let machine: Machine
  private let console: any Console
  private let files: any FileSystem
  /// Sources by name, for the excerpts of error messages.
  private var sources: [String: SourceFile] = [:]

  public init(
    console: any Console = StandardConsole(), files: any FileSystem = DiskFileSystem(),
    arguments: [String] = []
  ) {
    self.console = console
    self.files = files
    machine = Machine(
      console: console, files: files, builtins: StandardLibrary.builtins,
      library: { WrittenLibrary.scripts })
    machine.context.state { ProgramArguments() }.words = arguments
    machine.setArgumentCount(arguments.count)
    Workers.limitLinearAlgebra()
  }

  /// Whether expressions over arrays are evaluated as a whole, block by block. Results are the same either way.
  public var fusesExpressions: Bool {
    get { machine.fusesExpressions }
    set { machine.fusesExpressions = newValue }
  }

  /// Whether a large matrix that is joined from the same parts again (`[ones(m, 1) X]` in a cost function) is the one of
  /// before.
  public var reusesJoins: Bool {
    get { machine.reusesJoins }
    set { machine.reusesJoins = newValue }
  }

  /// Runs a program to its end, or to its first uncaught error, which is printed.
  @discardableResult
  public func run(_ program: Program) -> ExitStatus {
    start(program) { (source, parsed) throws(RuntimeError) in try machine.run(source, parsed) }
  }

  /// Runs a program under the profiler and writes the report to the error stream.
  @discardableResult
  public func profile(_ program: Program) -> ExitStatus {
    machine.setProfiling(true)
    let status = run(program)
    machine.setProfiling(false)
    if let report = machine.profileReport { console.writeError("\n" + report.text) }
    return status
  }

  /// Runs text as typed at a prompt: results are printed, variables stay for the next text.
  @discardableResult
  public func runInteractive(_ text: String) -> ExitStatus {
    start(.text(text, name: "input")) { (source, parsed) throws(RuntimeError) in
      try machine.runInteractive(source, parsed)
    }
  }

  /// Runs a program part by part: `split` gives the ends of the parts as byte offsets, `finished` is told the number of
  /// each part that ended well. Functions are known from the start, wherever they stand.
  package func run(
    _ program: Program, split: (SourceFile, ThetaSyntax.Program) -> [Int], finished: (Int) -> Void
  ) -> ExitStatus {
    start(program) { (source, parsed) throws(RuntimeError) in
      let ends = split(source, parsed)
      func part(_ statements: [Statement]) -> ThetaSyntax.Program {
        ThetaSyntax.Program(statements: statements, impliedSeparators: parsed.impliedSeparators)
      }
      var functions: [Statement] = []
      var parts = Array(repeating: [Statement](), count: ends.count)
      for statement in parsed.statements {
        if case .function = statement.kind {
          functions.append(statement)
        } else if let part = ends.firstIndex(where: { Int(statement.range.start) < $0 }) {
          parts[part].append(statement)
        }
      }
      try machine.run(source, part(functions))
      for (k, statements) in parts.enumerated() {
        if !statements.isEmpty { try machine.run(source, part(statements)) }
        finished(k)
      }
    }
  }

  /// Prints the instructions of a program instead of running it.
  @discardableResult
  public func disassemble(_ program: Program) -> ExitStatus {
    start(program) { (source, parsed) throws(RuntimeError) in
      console.write(try machine.disassemble(source, parsed))
    }
  }

  /// Ends the session: open files are written, functions registered with `atexit` are called. The status is that
  /// of the last run unless one of them fails.
  @discardableResult
  public func finish(_ status: ExitStatus = .done) -> ExitStatus {
    LargeStack.run {
      defer {
        figures.write(machine.context, opensPage: isatty(STDERR_FILENO) == 1)
        console.flush()
      }
      do throws(RuntimeError) {
        try SessionEnd.perform(machine.context)
        // Objects may have something to do when they go away.
        let variables = machine.topLevel
        for name in variables.variableNames {
          if case .object? = variables.variable(name) { variables.clearVariable(name) }
        }
        return status
      } catch {
        return end(with: error)
      }
    }
  }

  /// Where a request to stop the running code is written, a `StopRequest`: one store, which a signal handler may make.
  public var stopRequest: UnsafeMutablePointer<Int32> { machine.stopRequest }

  /// What `help NAME` prints, or nil when nothing has this name; without a name, all functions by topic.
  public func help(_ name: String? = nil) -> String? {
    guard let name else { return Help.overview }
    return Help.text(of: name, machine)
  }

  /// The value of a variable at the top level.
  public func variable(_ name: String) -> Value? { machine.topLevel.variable(name) }

  /// The names of the variables at the top level, sorted.
  public var variableNames: [String] { machine.topLevel.variableNames }

  /// From now on pictures of figures that are closed or replaced are kept for `changedFigures`.
  package func keepsFigures() { FigureOutput.prepare(machine.context) }

  /// The pictures of figures that look different from what `last` remembers, by number.
  package func changedFigures(since last: inout [Int: Int]) -> [FigurePage.Picture] {
    FigureOutput.changed(machine.context, since: &last)
  }

  /// What `publish` does in this session.
  package func setPublisher(_ publisher: @escaping Publisher) { machine.context.publisher = publisher }

  public func setVariable(_ name: String, _ value: Value) { machine.topLevel.setVariable(name, value) }

  /// True when a text typed so far opens a block or a bracket that it does not close.
  public static func isIncomplete(_ text: String) -> Bool {
    Parser.isIncomplete(SourceFile(name: "input", text: text))
  }

  // MARK: - Running

  private func start(
    _ program: Program, _ body: (SourceFile, ThetaSyntax.Program) throws(RuntimeError) -> Void
  ) -> ExitStatus {
    lastUncaughtError = nil
    guard let source = read(program) else { return .unreadable }
    return LargeStack.run {
      // At the prompt, `a -1` is a difference when `a` is a variable.
      let parsed = Parser.parse(source) { [machine] in machine.topLevel.variable($0) != nil }
      guard parsed.diagnostics.allSatisfy({ $0.severity != .error }) else {
        report(parsed.diagnostics, in: source)
        return .unreadable
      }
      sources[source.name] = source
      defer { console.flush() }
      do throws(RuntimeError) {
        try body(source, parsed.program)
        return .done
      } catch {
        return end(with: error)
      }
    }
  }

  private func read(_ program: Program) -> SourceFile? {
    switch program {
    case .text(let text, let name): return SourceFile(name: name, text: text)
    case .bytes(let bytes, let name): return checked(bytes, name)
    case .file(let path):
      do {
        return checked(try files.read(path), path)
      } catch {
        console.writeError("theta: cannot read '\(path)': \(error.reason)\n")
        return nil
      }
    }
  }

  /// A script is text: a NUL byte means that the file is something else.
  private func checked(_ bytes: [UInt8], _ name: String) -> SourceFile? {
    if bytes.contains(0) {
      console.writeError("theta: cannot run '\(name)': it is a binary file, not a script\n")
      return nil
    }
    return SourceFile(name: name, bytes: bytes)
  }

  // MARK: - Errors

  private func end(with error: RuntimeError) -> ExitStatus {
    if case .exit(let status) = error.kind { return .exit(status) }
    if error.kind == .interrupt { return .interrupted }
    lastUncaughtError = error
    console.flush()
    console.writeError(ErrorReport.text(error) { name in source(named: name) })
    return error.kind == .limit ? .limit : .scriptError
  }

  private func report(_ diagnostics: [Diagnostic], in source: SourceFile) {
    console.writeError(DiagnosticRenderer().render(diagnostics, in: source))
    if let first = diagnostics.first(where: { $0.severity == .error }) {
      lastUncaughtError = RuntimeError(first.message)
    }
  }

  /// The text of a file that an error names: one that this session ran, or a function's file on disk.
  private func source(named name: String) -> SourceFile? {
    if let source = sources[name] { return source }
    guard let bytes = try? files.read(name) else { return nil }
    return SourceFile(name: name, bytes: bytes)
  }
}
