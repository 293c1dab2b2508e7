import ThetaArrays
import ThetaRuntime

/// One file that a script opened: the whole of it in memory, and a position.
final class OpenFile {
  let name: String
  let mode: String
  var bytes: Bytes
  var position: Int
  var isChanged = false
  /// The order of bytes that `fopen` was given.
  var isBigEndian = false
  /// For what is no file on the disk: runs at the closing, with the content, and gives the status of `pclose`.
  var atEnd: ((Bytes) -> Int)?
  /// Set when a read met the end, as C's `feof` tells it.
  var metEnd = false

  init(name: String, mode: String, bytes: Bytes, position: Int) {
    self.name = name
    self.mode = mode
    self.bytes = bytes
    self.position = position
  }

  var canRead: Bool { mode.contains("r") || mode.contains("+") }
  var canWrite: Bool { !mode.contains("r") || mode.contains("+") }

  /// False, and nothing else, where the file is open for reading only, as in Octave.
  func write(_ new: Bytes) -> Bool {
    guard canWrite else { return false }
    if mode.contains("a") { position = bytes.count }
    if position > bytes.count { bytes += Bytes(repeating: 0, count: position - bytes.count) }
    let overlap = min(new.count, bytes.count - position)
    bytes.replaceSubrange(position..<(position + overlap), with: new)
    position += new.count
    isChanged = true
    return true
  }

  /// One line, with its end when wanted; nil at the end of the file.
  func readLine(keepingEnd: Bool, limit: Int = .max) -> Bytes? {
    guard position < bytes.count else {
      metEnd = true
      return nil
    }
    let end = bytes[position...].firstIndex(of: 10).map { $0 + 1 } ?? bytes.count
    var stop = end
    if end - position > limit { stop = position + limit }
    var line = Array(bytes[position..<stop])
    position = stop
    if line.last == 10 {
      if !keepingEnd { line.removeLast() }
    } else if position >= bytes.count {
      metEnd = true
    }
    return line
  }

  func save(_ context: Context) throws(RuntimeError) {
    guard isChanged, atEnd == nil else { return }
    do { try context.files.write(bytes, to: name) } catch {
      throw RuntimeError("could not write \(name): \(error.reason)")
    }
    isChanged = false
  }
}

/// The open files of a session by number; 0, 1 and 2 are the standard streams.
package final class OpenFiles {
  private var files: [Int: OpenFile] = [:]
  private let system: any FileSystem

  init(_ system: any FileSystem) { self.system = system }

  /// Files that the script left open are written when the session ends.
  deinit {
    for file in files.values where file.isChanged && file.atEnd == nil {
      try? system.write(file.bytes, to: file.name)
    }
  }

  package static func of(_ context: Context) -> OpenFiles { context.state { OpenFiles(context.files) } }

  func add(_ file: OpenFile) -> Int {
    var number = 3
    while files[number] != nil { number += 1 }
    files[number] = file
    return number
  }

  var numbers: [Int] { files.keys.sorted() }

  func find(_ number: Int) -> OpenFile? { files[number] }

  func file(_ number: Int, _ function: String) throws(RuntimeError) -> OpenFile {
    guard let file = files[number] else {
      throw RuntimeError("\(function): invalid stream number = \(number)")
    }
    return file
  }

  /// Writes and forgets a file; the status is that of the process when it was one.
  @discardableResult
  package func close(_ number: Int, _ context: Context) throws(RuntimeError) -> Int {
    let file = files[number]
    try file?.save(context)
    files[number] = nil
    return file?.atEnd?(file?.bytes ?? []) ?? 0
  }

  /// Opens a file that has just been made and is empty.
  package func open(_ name: String, mode: String, _ context: Context) throws(RuntimeError) -> Int {
    add(OpenFile(name: name, mode: mode, bytes: [], position: 0))
  }

  /// A file that is in memory only; `atEnd` gets its content when it is closed.
  package func addVirtual(
    _ name: String, mode: String, content: Bytes, atEnd: @escaping (Bytes) -> Int
  ) -> Int {
    let file = OpenFile(name: name, mode: mode, bytes: content, position: 0)
    file.atEnd = atEnd
    return add(file)
  }

  /// Writes what the open files still hold; a file that cannot be written is told of on the error stream.
  package func saveAll(_ context: Context) {
    for file in files.values {
      do throws(RuntimeError) { try file.save(context) } catch {
        context.console.flush()
        context.console.writeError("warning: \(error.message)\n")
      }
    }
  }

  /// Writes to the output, the error stream or an open file; false when the file cannot be written to.
  @discardableResult
  package static func write(_ bytes: Bytes, to number: Int, _ call: Call) throws(RuntimeError) -> Bool {
    switch number {
    case 1: call.context.console.write(bytes)
    case 2:
      call.context.console.flush()
      call.context.console.writeError(bytes)
    default: return try of(call.context).file(number, call.name).write(bytes)
    }
    return true
  }

  /// What an open file holds behind its position, which moves to the end.
  package static func readRest(_ call: Call, _ position: Int) throws(RuntimeError) -> Bytes {
    let file = try of(call.context).file(try identifier(call[position], call), call.name)
    guard file.canRead, file.position < file.bytes.count else { return [] }
    defer {
      file.position = file.bytes.count
      file.metEnd = true
    }
    return Array(file.bytes[file.position...])
  }

  /// The number of a file argument: a number, or the name of a standard stream or an open file.
  package static func identifier(_ value: Value, _ call: Call) throws(RuntimeError) -> Int {
    if let name = value.stringValue {
      switch name {
      case "stdin": return 0
      case "stdout": return 1
      case "stderr": return 2
      default:
        let table = of(call.context)
        if let number = table.numbers.first(where: { table.find($0)?.name == name }) { return number }
        throw call.error("invalid stream specified")
      }
    }
    guard let number = value.firstReal, let id = Int(exactly: number) else {
      throw call.error("invalid stream number = -1")
    }
    if id < 0 || (id > 2 && of(call.context).find(id) == nil) {
      throw call.error("invalid stream number = \(id)")
    }
    return id
  }
}
