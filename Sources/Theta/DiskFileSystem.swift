import ThetaArrays
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
    guard Allocation.canHold(Int(status.st_size)) else { throw failure(path, ENOMEM) }
    bytes.reserveCapacity(Int(status.st_size) + 1)
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = chunk.withUnsafeMutableBytes { systemRead(descriptor, $0.baseAddress, $0.count) }
      if count > 0 {
        // What says no size, such as a device, may never end.
        if bytes.count + count > bytes.capacity, !Allocation.canHold(3 * bytes.count) {
          throw failure(path, ENOMEM)
        }
        bytes.append(contentsOf: chunk[..<count])
      } else if count == 0 {
        return bytes
      } else if errno != EINTR {
        throw failure(path)
      }
    }
  }

  public func write(_ bytes: [UInt8], to path: String) throws(FileError) {
    let target = resolved(absolute(path))
    var status = stat()
    let exists = stat(target, &status) == 0
    if exists, status.st_mode & S_IFMT == S_IFDIR { throw failure(path, EISDIR) }
    // A device, a pipe and a link to nothing are written to, not replaced by a file.
    if exists, status.st_mode & S_IFMT != S_IFREG { return try write(bytes, inPlace: target, path) }
    if !exists, lstat(target, &status) == 0 { return try write(bytes, inPlace: target, path) }
    var temporary = ""
    var descriptor: Int32 = -1
    let folder = target.prefix(through: target.lastIndex(of: "/") ?? target.startIndex)
    for _ in 0..<100 where descriptor < 0 {
      temporary = "\(folder).part\(getpid())-\(UInt32.random(in: 0...UInt32.max))"
      descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
      if descriptor < 0, errno != EEXIST { break }
    }
    guard descriptor >= 0 else {
      // A file may be writable in a directory that is not.
      if exists { return try write(bytes, inPlace: target, path) }
      throw failure(path)
    }
    // The new file is as open to others as the old one was.
    if exists { _ = fchmod(descriptor, status.st_mode & 0o7777) }
    var code = send(bytes, to: descriptor)
    if close(descriptor) != 0, code == 0 { code = errno }
    if code == 0, rename(temporary, target) != 0 { code = errno }
    guard code == 0 else {
      unlink(temporary)
      throw failure(path, code)
    }
  }

  /// The file that a link means, or the name itself when it is no link to a file.
  private func resolved(_ path: String) -> String {
    var status = stat()
    guard lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFLNK, let real = realpath(path, nil) else {
      return path
    }
    defer { free(real) }
    return String(cString: real)
  }

  private func write(_ bytes: [UInt8], inPlace target: String, _ path: String) throws(FileError) {
    // Opening a pipe without a reader waits for one: nothing to say is no reason to.
    if bytes.isEmpty, access(target, W_OK) == 0, !isRegular(target) { return }
    let descriptor = open(target, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else { throw failure(path) }
    var code = send(bytes, to: descriptor)
    if close(descriptor) != 0, code == 0 { code = errno }
    if code != 0 { throw failure(path, code) }
  }

  private func isRegular(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
  }

  /// Writes all bytes; 0, or the number of the error that stopped it.
  private func send(_ bytes: [UInt8], to descriptor: Int32) -> Int32 {
    var sent = 0
    while sent < bytes.count {
      let count = bytes.withUnsafeBytes { buffer in
        buffer.baseAddress.map { systemWrite(descriptor, $0 + sent, buffer.count - sent) } ?? 0
      }
      if count > 0 {
        sent += count
      } else if errno != EINTR {
        return errno
      }
    }
    return 0
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
