import ThetaArrays
import ThetaRuntime
import ThetaSyntax

/// The machine of one session: it compiles and runs scripts and functions, holds their variables, and calls
/// back into the language for builtins (`Invoker`). Not thread-safe: one thread at a time uses a machine.
public final class Machine {
  public let context: Context
  /// Directories in which functions are looked for after those of the script and the current one; the first wins.
  public var searchPaths: [String] = [] {
    didSet { forgetResolutions() }
  }
  /// Whether expressions over arrays are evaluated as a whole; results are the same either way.
  public var fusesExpressions = true
  /// Whether a large matrix that is joined from the same parts again is the one of before.
  public var reusesJoins = true
  var joins = JoinMemory()
  let builtins: BuiltinTable
  /// The part of the library that is written in the language; made when a name is first looked for in it.
  private(set) lazy var library = makeLibrary()
  private let makeLibrary: () -> ScriptLibrary
  /// Its parsed files, by position.
  var libraryUnits: [Int: SourceUnit] = [:]

  // The stack of frames and of their registers. Both have fixed places: frames point into the values.
  let values: UnsafeMutablePointer<Value>
  let frames: UnsafeMutablePointer<Frame>
  var frameCount = 0 {
    didSet { depth.pointee = frameCount }
  }
  /// The frame count again, in memory of its own, for the profiler.
  let depth: UnsafeMutablePointer<Int>
  /// Whether the loop notes every instruction for the profiler.
  var isProfiling = false
  var profiler: Profiler?
  /// The end of the arguments that native callers have laid out above the frames.
  var scratchTop: UnsafeMutablePointer<Value>
  /// How many builtins that other builtins called are active.
  var nativeDepth = 0
  /// Results of the last frame that a native caller started.
  var results: [Value] = []

  /// Call sites remember what they resolved to while this number stays the same. In memory of its own, so that
  /// the loop reads it without going through the class.
  let generation: UnsafeMutablePointer<UInt32>
  var found = FoundNames()
  /// Nonzero when the running code is to stop: a `StopRequest`. The loop looks at it where it jumps; a signal handler
  /// may write it.
  public let stopRequest: UnsafeMutablePointer<Int32>
  var lookup = Lookup()
  /// Functions defined by scripts and at the prompt, known everywhere.
  var sessionFunctions: [String: UserFunction] = [:]
  /// The directory of the script that was started.
  var mainDirectory = ""
  var globals: [String: SharedCell] = [:]
  /// Functions that have persistent variables by now.
  var persistentHolders: [UserFunction] = []
  /// Compiled evaluated texts.
  var evaluated: [[UInt8]: Chunk] = [:]
  var evaluatedExpressions: [[UInt8]: [Chunk]] = [:]

  static let valueCapacity = 1 << 22
  /// Calls within calls that Octave allows.
  static let recursionLimit = 256
  static let frameCapacity = recursionLimit + 8

  public init(
    console: any Console, files: any FileSystem, builtins: BuiltinTable,
    library: @escaping () -> ScriptLibrary = { ScriptLibrary() }
  ) {
    self.builtins = builtins
    makeLibrary = library
    // The context needs an invoker before the machine exists; the machine takes its place at once.
    let detached = DetachedInvoker()
    context = Context(console: console, files: files, invoker: detached)
    values = .allocate(capacity: Machine.valueCapacity)
    scratchTop = values
    frames = .allocate(capacity: Machine.frameCapacity)
    depth = .allocate(capacity: 1)
    depth.initialize(to: 0)
    generation = .allocate(capacity: 1)
    generation.initialize(to: 1)
    stopRequest = .allocate(capacity: 1)
    stopRequest.initialize(to: 0)
    context.invoker = self
    pushRoot()
  }

  deinit {
    profiler?.stop()
    while frameCount > 0 { popFrame() }
    values.deallocate()
    frames.deallocate()
    generation.deallocate()
    stopRequest.deallocate()
    depth.deallocate()
  }

  // MARK: - Running

  /// Runs a script file: its functions are known before it runs, wherever they stand. Calls through builtins
  /// (`cellfun`, `fmincg`) nest on the native stack, so the thread should have a large one.
  /// - Parameters:
  ///   - source: the text; its name is the path of the file, beside which other functions are looked for.
  ///   - program: what the parser made of it, without errors.
  public func run(_ source: SourceFile, _ program: Program) throws(RuntimeError) {
    let directory = Lookup.directory(of: source.name, current: context.files.currentDirectory)
    mainDirectory = directory
    let unit = SourceUnit(source: source, program: program, directory: directory)
    try runTopLevel(unit, name: Lookup.baseName(of: source.name))
  }

  /// Runs text typed at the prompt. The variables stay for the next line.
  public func runInteractive(_ source: SourceFile, _ program: Program) throws(RuntimeError) {
    lookup.forget()
    forgetResolutions()
    try runTopLevel(SourceUnit(source: source, program: program, directory: ""), name: "")
  }

  private func runTopLevel(_ unit: SourceUnit, name: String) throws(RuntimeError) {
    define(unit)
    defer { context.console.flush() }
    try runScript(try Compiler.compileScript(unit, name: name), parent: frameCount - 1)
    // The last statement may have reached a limit.
    if StopRequest(rawValue: stopRequest.pointee) == .outputLimit { throw stopped() }
  }

  /// Makes the functions of a text known to the session.
  func define(_ unit: SourceUnit) {
    guard !unit.functions.isEmpty else { return }
    sessionFunctions.merge(unit.functions) { _, new in new }
    forgetResolutions()
  }

  func forgetResolutions() { generation.pointee &+= 1 }

  /// The bytecode of a script and its functions as text.
  public func disassemble(_ source: SourceFile, _ program: Program) throws(RuntimeError) -> String {
    let unit = SourceUnit(source: source, program: program, directory: "")
    var text = Disassembler.text(of: try Compiler.compileScript(unit, name: Lookup.baseName(of: source.name)))
    for statement in program.statements {
      guard case .function(let definition) = statement.kind, let function = unit.functions[definition.name]
      else { continue }
      text += "\n" + Disassembler.text(of: try compiled(function))
    }
    return text
  }

  /// What `nargin` answers at the top level.
  public func setArgumentCount(_ count: Int) { frames[0].inputs = count }

  /// The variables of the top level.
  public var topLevel: any Workspace { workspace(depth: Int.max) }
}
