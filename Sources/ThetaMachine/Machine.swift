import ThetaArrays
import ThetaRuntime
import ThetaSyntax

/// The machine of one session: it compiles and runs scripts and functions, holds their variables, and calls
/// back into the language for builtins (`Invoker`). Not thread-safe: one thread at a time uses a machine.
public final class Machine {
  public let context: Context
  /// Directories in which functions are looked for after those of the script and the current one; the first wins.
  public var searchPaths: [String] = []
  let builtins: BuiltinTable

  public init(console: any Console, files: any FileSystem, builtins: BuiltinTable) {
    self.builtins = builtins
    // The context needs an invoker before the machine exists; the machine takes its place at once.
    let detached = DetachedInvoker()
    context = Context(console: console, files: files, invoker: detached)
    context.invoker = self
  }

  /// Runs a script file: its functions are known before it runs, wherever they stand.
  /// - Parameters:
  ///   - source: the text; its name is the path of the file, beside which other functions are looked for.
  ///   - program: what the parser made of it, without errors.
  public func run(_ source: SourceFile, _ program: Program) throws(RuntimeError) {
    throw RuntimeError("the machine is not there yet")
  }

  /// Runs text typed at the prompt. The variables stay for the next line.
  public func runInteractive(_ source: SourceFile, _ program: Program) throws(RuntimeError) {
    throw RuntimeError("the machine is not there yet")
  }

  /// The bytecode of a script and its functions as text.
  public func disassemble(_ source: SourceFile, _ program: Program) throws(RuntimeError) -> String { "" }

  /// The variables of the top level.
  public var topLevel: any Workspace { workspace(depth: Int.max) }
}
