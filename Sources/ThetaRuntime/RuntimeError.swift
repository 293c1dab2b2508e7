import ThetaArrays

/// What ends a script: an error of the language, or a request to leave. One reference, so that throwing
/// functions stay cheap. Builtins throw it without a position; the machine adds the range of the instruction
/// and the stack on the way up. Wording lives in the named constructors (`RuntimeError+*.swift`), one for each situation.
public struct RuntimeError: Error, Sendable {
  public enum Kind: Equatable, Sendable {
    case error
    /// `exit (status)`
    case exit(Int32)
    /// A limit of the session was reached; `try` does not catch it.
    case limit
    /// Somebody pressed Control-C; `try` does not catch it.
    case interrupt
  }

  /// One active function call, for `err.stack` and the printed trace.
  public struct Frame: Equatable, Sendable {
    public var function: String
    public var file: String
    public var line: Int
    public var column: Int

    public init(function: String, file: String, line: Int, column: Int) {
      self.function = function
      self.file = file
      self.line = line
      self.column = column
    }
  }

  /// Where it happened: a half-open range of byte offsets in the named source.
  public struct Location: Equatable, Sendable {
    public var file: String
    public var start: Int
    public var end: Int

    public init(file: String, start: Int, end: Int) {
      self.file = file
      self.start = start
      self.end = end
    }
  }

  private final class Storage: Sendable {
    let kind: Kind
    let identifier: String
    let message: String
    let explanation: String
    let location: Location?
    let stack: [Frame]

    init(
      _ kind: Kind, _ identifier: String, _ message: String, _ explanation: String, _ location: Location?,
      _ stack: [Frame]
    ) {
      self.kind = kind
      self.identifier = identifier
      self.message = message
      self.explanation = explanation
      self.location = location
      self.stack = stack
    }
  }

  private let storage: Storage

  /// - Parameters:
  ///   - message: Octave's text, what `err.message` holds; without `error: `.
  ///   - identifier: Octave's identifier, such as `Octave:undefined-function`, or empty.
  ///   - explanation: what Theta adds for a person ("did you mean …"); not part of the message.
  public init(
    _ message: String, identifier: String = "", explanation: String = "", kind: Kind = .error,
    location: Location? = nil, stack: [Frame] = []
  ) {
    storage = Storage(kind, identifier, message, explanation, location, stack)
  }

  public var kind: Kind { storage.kind }
  public var identifier: String { storage.identifier }
  public var message: String { storage.message }
  public var explanation: String { storage.explanation }
  public var location: Location? { storage.location }
  /// Innermost call first.
  public var stack: [Frame] { storage.stack }

  /// The same error with a position, where it has none yet.
  public func located(at location: Location) -> RuntimeError {
    guard self.location == nil else { return self }
    return RuntimeError(
      message, identifier: identifier, explanation: explanation, kind: kind, location: location, stack: stack)
  }

  /// The same error with another stack.
  public func with(stack: [Frame]) -> RuntimeError {
    RuntimeError(
      message, identifier: identifier, explanation: explanation, kind: kind, location: location, stack: stack)
  }

  /// The same error with a text for people.
  public func explained(_ explanation: String) -> RuntimeError {
    RuntimeError(
      message, identifier: identifier, explanation: explanation, kind: kind, location: location, stack: stack)
  }
}

extension RuntimeError {
  /// Runs array code and words what goes wrong in it for the language.
  @inlinable
  public static func converting<Result>(
    _ body: () throws(ArrayError) -> Result
  ) throws(RuntimeError) -> Result {
    do { return try body() } catch { throw RuntimeError(error) }
  }

  public init(_ error: ArrayError) {
    switch error {
    case .tooLarge:
      self.init(
        "out of memory or dimension too large for Octave's index type", identifier: "Octave:bad-alloc")
    case .nonconformant(let a, let b):
      self.init(
        "nonconformant arguments (op1 is \(a), op2 is \(b))", identifier: "Octave:nonconformant-args")
    case .factorization: self.init("factorization failed")
    case .notConverged: self.init("iteration did not converge")
    case .notFinite: self.init("matrix contains Inf or NaN values")
    case .notSquare: self.init("argument must be a square matrix")
    }
  }
}
