import ThetaRuntime

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The disk. Relative paths are taken from `currentDirectory`, which belongs to the session and not to the
/// process, so that sessions do not disturb one another.
public final class DiskFileSystem: FileSystem {
  public var currentDirectory: String

  /// Starts in a directory; in that of the process when none is given.
  public init(currentDirectory: String? = nil) {
    self.currentDirectory = currentDirectory ?? DiskFileSystem.processDirectory
  }

  private static var processDirectory: String {
    guard let path = getcwd(nil, 0) else { return "/" }
    defer { free(path) }
    return String(cString: path)
  }

  private func absolute(_ path: String) -> String {
    if path.hasPrefix("/") { return path }
    if path == "~" || path.hasPrefix("~/"), let home = getenv("HOME") {
      return String(cString: home) + path.dropFirst()
    }
    return currentDirectory + "/" + path
  }

  private func failure(_ path: String, _ code: Int32 = errno) -> FileError {
    // The C library's reason, in Octave's way: it begins with a small letter when a sentence goes before it.
    FileError(path: path, reason: String(cString: strerror(code)))
  }

  public func read(_ path: String) throws(FileError) -> [UInt8] {
    let descriptor = open(absolute(path), O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw failure(path) }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw failure(path) }
    if status.st_mode & S_IFMT == S_IFDIR { throw failure(path, EISDIR) }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(Int(status.st_size) + 1)
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = chunk.withUnsafeMutableBytes { systemRead(descriptor, $0.baseAddress, $0.count) }
      if count > 0 {
        bytes.append(contentsOf: chunk[..<count])
      } else if count == 0 {
        return bytes
      } else if errno != EINTR {
        throw failure(path)
      }
    }
  }

  public func write(_ bytes: [UInt8], to path: String) throws(FileError) {
    let target = absolute(path)
    let temporary = target + ".part\(getpid())"
    let descriptor = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else { throw failure(path) }
    var sent = 0
    while sent < bytes.count {
      let count = bytes.withUnsafeBytes { buffer in
        buffer.baseAddress.map { systemWrite(descriptor, $0 + sent, buffer.count - sent) } ?? 0
      }
      if count > 0 {
        sent += count
      } else if errno != EINTR {
        let code = errno
        close(descriptor)
        unlink(temporary)
        throw failure(path, code)
      }
    }
    guard close(descriptor) == 0, rename(temporary, target) == 0 else {
      let code = errno
      unlink(temporary)
      throw failure(path, code)
    }
  }

  public func isFile(_ path: String) -> Bool {
    var status = stat()
    return stat(absolute(path), &status) == 0 && status.st_mode & S_IFMT != S_IFDIR
  }

  public func isDirectory(_ path: String) -> Bool {
    var status = stat()
    return stat(absolute(path), &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }

  public func list(_ path: String) throws(FileError) -> [String] {
    guard let directory = opendir(absolute(path)) else { throw failure(path) }
    defer { closedir(directory) }
    var names: [String] = []
    while let entry = readdir(directory) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { tuple in
        tuple.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names.sorted()
  }
}
