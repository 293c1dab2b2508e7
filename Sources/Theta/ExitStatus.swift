/// How a run ended, as the process says it.
public enum ExitStatus: Equatable, Sendable {
  case done
  /// An error in the script.
  case scriptError
  /// Wrong usage, or a file that cannot be read or parsed.
  case unreadable
  /// A limit of the session was reached.
  case limit
  /// Control-C
  case interrupted
  /// The script called `exit (status)`.
  case exit(Int32)

  public var code: Int32 {
    switch self {
    case .done: 0
    case .scriptError: 1
    case .unreadable: 2
    case .limit: 3
    case .interrupted: 130
    case .exit(let status): status
    }
  }
}
