import ThetaArrays

/// The state of one session that builtins share: streams, files, format, warnings, random numbers, and a place
/// for what a library keeps between calls.
public final class Context {
  /// Replaced while `evalc` captures what is printed.
  public var console: any Console
  public let files: any FileSystem
  public var format = DisplayFormat()
  public var warnings = WarningStates()
  /// The message and identifier that `lasterr` returns.
  public var lastError: RuntimeError?
  /// Set once, by the machine, before anything runs. The machine owns the context, hence unowned.
  public unowned var invoker: any Invoker
  /// Positive while objects may take over calls of builtins that they are arguments of: automatic
  /// differentiation is running.
  public var overriding = 0
  /// The figures of the session, once there are any.
  public var graphics: (any GraphicsHost)?
  /// `publish`: makes a report of a script (full path, format "html" or "pdf", folder or nil) and returns its path.
  /// Given by the program around the language, which knows how to run another session.
  public var publisher: Publisher?
  private var libraryStates: [ObjectIdentifier: AnyObject] = [:]

  public init(console: any Console, files: any FileSystem, invoker: any Invoker) {
    self.console = console
    self.files = files
    self.invoker = invoker
  }

  /// The state that a library keeps in this session (open files, timers, random streams), made on first use.
  public func state<State: AnyObject>(_ make: () -> State) -> State {
    let key = ObjectIdentifier(State.self)
    if let state = libraryStates[key] as? State { return state }
    let state = make()
    libraryStates[key] = state
    return state
  }
}

public typealias Publisher = (_ path: String, _ format: String, _ folder: String?) throws(RuntimeError) ->
  String

/// What builtins that know nothing of figures have to tell them.
public protocol GraphicsHost: AnyObject {
  /// The script waits for its reader (`pause`, `input`), who looks at the figures meanwhile.
  func willWait()
  /// `delete (h)`; false when something is not the handle of a graphics object.
  func deleteObjects(_ handles: Value) -> Bool
}

/// `warning ("off", id)` and its kind: which warnings are shown.
public struct WarningStates {
  public enum State: String, Sendable {
    case on
    case off
    case error
  }

  public var all: State = .on
  public var byIdentifier: [String: State] = [:]
  public var lastMessage = ""
  public var lastIdentifier = ""

  public func state(of identifier: String) -> State { byIdentifier[identifier] ?? all }
}

extension Context {
  /// Prints `warning: message` on the error stream, unless the identifier is switched off.
  public func warn(_ message: String, identifier: String = "") throws(RuntimeError) {
    switch warnings.state(of: identifier) {
    case .off: return
    case .error: throw RuntimeError(message, identifier: identifier)
    case .on:
      warnings.lastMessage = message
      warnings.lastIdentifier = identifier
      console.flush()
      console.writeError("warning: \(message)\n")
    }
  }
}
