import Foundation
import Testing
import Theta

/// What writing and reading leave of the files that were there.
@Suite("Files on the disk")
struct DiskFileSystemTests {
  private let folder = FileManager.default.temporaryDirectory.appending(path: "theta-\(UUID().uuidString)")
  private let files = DiskFileSystem()

  init() throws {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  private func path(_ name: String) -> String { folder.appending(path: name).path }

  private func remove() { try? FileManager.default.removeItem(at: folder) }

  @Test("a file keeps its rights, and no other file is left beside it")
  func keepsRights() throws {
    defer { remove() }
    try files.write(Array("old".utf8), to: path("secret"))
    try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path("secret"))
    try files.write(Array("new".utf8), to: path("secret"))
    let attributes = try FileManager.default.attributesOfItem(atPath: path("secret"))
    #expect(attributes[.posixPermissions] as? Int == 0o600)
    #expect(try files.read(path("secret")) == Array("new".utf8))
    #expect(try files.list(folder.path) == ["secret"])
  }

  @Test("a link stays one, and what it means is written")
  func followsLinks() throws {
    defer { remove() }
    try files.write([1], to: path("file"))
    try FileManager.default.createSymbolicLink(atPath: path("link"), withDestinationPath: path("file"))
    try files.write([2, 3], to: path("link"))
    #expect(try FileManager.default.destinationOfSymbolicLink(atPath: path("link")) == path("file"))
    #expect(try files.read(path("file")) == [2, 3])
  }

  @Test("a pipe is written to and stays one")
  func writesToPipes() throws {
    defer { remove() }
    let pipe = path("pipe")
    #expect(mkfifo(pipe, 0o600) == 0)
    // Open for reading and writing: neither end waits for the other.
    let reader = open(pipe, O_RDWR)
    defer { close(reader) }
    try files.write(Array("text".utf8), to: pipe)
    var status = stat()
    #expect(stat(pipe, &status) == 0 && status.st_mode & S_IFMT == S_IFIFO)
    var bytes = [UInt8](repeating: 0, count: 10)
    #expect(read(reader, &bytes, 10) == 4)
  }

  @Test("a file larger than any memory is refused")
  func refusesGiants() throws {
    defer { remove() }
    try files.write([], to: path("giant"))
    #expect(truncate(path("giant"), 4 << 40) == 0)
    #expect(throws: FileError.self) { try files.read(path("giant")) }
  }
}
