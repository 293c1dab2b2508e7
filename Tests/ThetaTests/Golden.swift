import Foundation
import Testing
import Theta

/// A script with the text that Octave printed for it beside it: `name.nn`, `name.out`. `scripts/golden` makes and
/// checks the recordings.
struct Golden: CustomTestStringConvertible, Sendable {
  let script: URL
  let recording: URL
  /// Relative to `Tests/Golden`, without the extension.
  let name: String

  var testDescription: String { name }

  static let packageRoot = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// Every golden script, those of the topic folders under `Tests/Golden`.
  static let all: [Golden] = {
    let root = packageRoot.appending(path: "Tests/Golden")
    let files = FileManager.default.enumerator(at: root, includingPropertiesForKeys: nil)
    var found: [Golden] = []
    while let file = files?.nextObject() as? URL {
      guard file.pathExtension == "nn", !file.pathComponents.contains("support") else { continue }
      let base = file.deletingPathExtension()
      found.append(
        Golden(
          script: file, recording: base.appendingPathExtension("out"),
          name: String(base.path.dropFirst(root.path.count + 1))))
    }
    return found.sorted { $0.name < $1.name }
  }()

  /// What Theta prints for the script: standard output, then the message of the error that ended it.
  func run(optimizing: Bool = true) -> [UInt8] {
    let console = CaptureConsole()
    let files = DiskFileSystem(currentDirectory: script.deletingLastPathComponent().path)
    let session = Session(console: console, files: files)
    session.fusesExpressions = optimizing
    session.reusesJoins = optimizing
    session.run(.file(script.path))
    session.finish()
    var output = console.output
    if let error = session.lastUncaughtError { output += Array("error: \(error.message)\n".utf8) }
    return output
  }
}

/// The first lines in which two texts differ, for the message of a failed comparison.
func firstDifference(expected: [UInt8], actual: [UInt8]) -> String {
  let wanted = String(decoding: expected, as: UTF8.self).split(
    separator: "\n", omittingEmptySubsequences: false)
  let got = String(decoding: actual, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
  for line in 0..<max(wanted.count, got.count) {
    let a = line < wanted.count ? String(wanted[line]) : "<end>"
    let b = line < got.count ? String(got[line]) : "<end>"
    if a != b { return "line \(line + 1)\n  expected: \(a)\n  printed:  \(b)" }
  }
  return "the same lines"
}
