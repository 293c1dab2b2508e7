/// What the machine does for builtins that call back into the language or look at the caller's variables.
/// Builtins run in the frame of their caller: `workspace` is that frame.
public protocol Invoker: AnyObject {
  /// Calls a function handle. The result has at most `max (outputs, 1)` values, and may have none.
  func invoke(
    _ function: FunctionValue, _ arguments: [Value], outputs: Int
  ) throws(RuntimeError) -> [Value]

  /// Calls a function handle with one argument for one result, without making lists of them; nil when there is none.
  func apply(_ function: FunctionValue, to argument: Value) throws(RuntimeError) -> Value?

  /// Calls what a name stands for: a user's function, else a builtin.
  func invoke(named name: String, _ arguments: [Value], outputs: Int) throws(RuntimeError) -> [Value]

  /// `eval` (depth 0, the caller's frame) and `evalin` (depth 1, the caller's caller; the outermost for large
  /// depths): parses and runs code there. With outputs wanted, the code is an expression.
  func evaluate(_ code: [UInt8], outputs: Int, depth: Int) throws(RuntimeError) -> [Value]

  /// `str2func ("@(x) x + 1")` and `inline`: a handle from source text.
  func makeFunction(_ code: String) throws(RuntimeError) -> FunctionValue

  /// Runs a script file in the caller's frame (`run`, `source`).
  func runScript(_ path: String) throws(RuntimeError)

  /// What a name stands for outside the variables, or nil.
  func resolve(_ name: String) -> ResolvedFunction?

  /// The builtin of this name, whatever functions of the user have it.
  func builtin(_ name: String) -> Builtin?

  /// The variables of the caller's frame (depth 0), of its caller (depth 1), …; the outermost for large depths.
  func workspace(depth: Int) -> any Workspace

  /// The arguments, as source text, of the call that the caller's frame (depth 0) or one further out is executing;
  /// empty when unknown. For `display`, `assert` and `inputname`.
  func argumentTexts(depth: Int) -> [String]

  /// The active calls, innermost first, for `dbstack`, `mfilename` and `err.stack`.
  var callStack: [RuntimeError.Frame] { get }

  /// Directories in which functions are looked for after those of the script and the current one; the first
  /// wins (`addpath`, `rmpath`, `path`).
  var searchPaths: [String] { get set }

  /// `clear f`, `clear all`: functions whose name is chosen start again with their persistent variables, except
  /// those that are running.
  func resetFunctions(where isChosen: (String) -> Bool)

  /// Starts or stops the profiler (`profile on`); its report so far, nil when there is none.
  func setProfiling(_ isOn: Bool)
  func clearProfile()
  var isProfileOn: Bool { get }
  var profileReport: ProfileReport? { get }
}

extension Invoker {
  public func apply(_ function: FunctionValue, to argument: Value) throws(RuntimeError) -> Value? {
    try invoke(function, [argument], outputs: 1).first
  }

  public func setProfiling(_ isOn: Bool) {}
  public func clearProfile() {}
  public var isProfileOn: Bool { false }
  public var profileReport: ProfileReport? { nil }

  public func argumentTexts(depth: Int) -> [String] { [] }
  public func builtin(_ name: String) -> Builtin? { nil }

  public func evaluate(_ code: [UInt8], outputs: Int) throws(RuntimeError) -> [Value] {
    try evaluate(code, outputs: outputs, depth: 0)
  }
}

/// What a function's name resolved to.
public struct ResolvedFunction {
  public enum Source: Equatable {
    case builtin
    case file(String)
    case script
  }

  public var source: Source
  /// Number of declared inputs and outputs; negative when variadic, as `nargin ("f")` reports.
  public var inputs: Int
  public var outputs: Int
  public var documentation: String

  public init(source: Source, inputs: Int, outputs: Int, documentation: String) {
    self.source = source
    self.inputs = inputs
    self.outputs = outputs
    self.documentation = documentation
  }
}

/// The variables of one frame by name.
public protocol Workspace {
  func variable(_ name: String) -> Value?
  func setVariable(_ name: String, _ value: Value)
  func clearVariable(_ name: String)
  /// Names that have a value, sorted.
  var variableNames: [String] { get }
  func isGlobal(_ name: String) -> Bool
  /// `clear -global x`: forgets the shared value too.
  func clearGlobal(_ name: String)
  /// `isargout (position + 1)`: false for an output that the caller ignores with `~`.
  func isOutputUsed(_ position: Int) -> Bool
  /// Inputs passed to and outputs wanted from the frame's function; nil at the top level.
  var argumentCounts: (inputs: Int, outputs: Int) { get }
}
