/// Why running code is to stop before its end.
public enum StopRequest: Int32, Sendable {
  /// Control-C
  case interrupt = 1
  case timeLimit = 2
  case outputLimit = 3
}
