import ThetaRuntime

/// One call in the code: what is called, what becomes of the results, and what the name resolved to last time.
struct CallSite {
  static let noRegister = Register.max

  /// Empty when the callee is always a value in `slot`.
  var name: String
  /// A register to look at first: when it has a value, the "call" indexes or calls that.
  var slot: Register
  /// Results wanted: n ≥ 0 fill d … d + n - 1 (0: d, if there is one); see the constants for the rest.
  var outputs: Int
  /// Outputs that the caller throws away, by bit.
  var ignored: UInt64 = 0
  /// A name without parentheses.
  var isBare = false
  /// Whether an argument may be a comma-separated list.
  var spreads = false
  /// Arguments that are a bare colon, by bit: they are subscripts, and no function takes them.
  var colons: UInt64 = 0
  /// Whether the call is the first step of an expression over arrays.
  var startsFusion = false
  /// Number of arguments, for instructions without room for it.
  var count = 0

  /// As many results as the frame's caller wants, as one value or a list.
  static let inherited = -1
  /// As many as the number in d says, as a list.
  static let counted = -2

  // The cache: valid while `generation` is the machine's.
  var generation: UInt32 = 0
  var scalar: (@Sendable (Double) -> Double)?
  var scalar2: (@Sendable (Double, Double) -> Double)?
  var callee: Callee?
  /// Whether the builtin changes which functions names stand for.
  var movesLookup = false

  init(name: String, slot: Register = CallSite.noRegister, outputs: Int) {
    self.name = name
    self.slot = slot
    self.outputs = outputs
  }
}

/// What a name stands for when it is no variable.
enum Callee {
  case builtin(Builtin)
  case user(UserFunction)
  case script(ScriptFile)
}

/// A script file and its code.
final class ScriptFile {
  let chunk: Chunk
  let unit: SourceUnit

  init(chunk: Chunk, unit: SourceUnit) {
    self.chunk = chunk
    self.unit = unit
  }
}
