/// Where a session's text goes and comes from. The command writes to the standard streams; tests capture.
public protocol Console: AnyObject {
  func write(_ bytes: [UInt8])
  func writeError(_ bytes: [UInt8])
  /// Makes sure that everything written so far can be seen.
  func flush()
  /// One line of input without its end, or nil at the end of input. The prompt is shown first.
  func readLine(prompt: String) -> String?
  /// Whether output goes to a terminal, where lines can be written over.
  var isTerminal: Bool { get }
}

extension Console {
  public var isTerminal: Bool { false }
  public func write(_ text: String) { write(Array(text.utf8)) }
  public func writeError(_ text: String) { writeError(Array(text.utf8)) }
}

/// Files as the language sees them, so that tests and a sandbox can stand in for the disk.
public protocol FileSystem: AnyObject {
  /// The whole file. Throws `FileError` with a reason in words ("no such file or directory").
  func read(_ path: String) throws(FileError) -> [UInt8]
  /// Replaces the file: written under a temporary name, then renamed.
  func write(_ bytes: [UInt8], to path: String) throws(FileError)
  func isFile(_ path: String) -> Bool
  func isDirectory(_ path: String) -> Bool
  /// Names in a directory, without `.` and `..`.
  func list(_ path: String) throws(FileError) -> [String]
  var currentDirectory: String { get set }
}

public struct FileError: Error, Equatable, Sendable {
  public var path: String
  public var reason: String

  public init(path: String, reason: String) {
    self.path = path
    self.reason = reason
  }
}
