import Foundation
import Testing
import Theta

/// One `%!` block of a library file: code to run, and for `%!error` the pattern that its message must match.
struct LibraryBlock: CustomTestStringConvertible, Sendable {
  let file: String
  let line: Int
  let code: String
  let error: String?

  var testDescription: String { "\(file):\(line)" }

  static let folder = Golden.packageRoot.appending(path: "Sources/ThetaLibrary/Library")

  static let files: [URL] = {
    let contents = try? FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
    return (contents ?? []).filter { $0.pathExtension == "nn" }.sorted { $0.path < $1.path }
  }()

  static let all: [LibraryBlock] = files.flatMap { blocks(in: $0) }

  /// Blocks start at `%!test`, `%!assert`, `%!error` and go on in lines that start with `%!` and a blank.
  static func blocks(in file: URL) -> [LibraryBlock] {
    guard let text = try? String(contentsOf: file, encoding: .utf8) else { return [] }
    var found: [LibraryBlock] = []
    var open: (line: Int, kind: String, code: String)?
    func close() {
      guard let block = open else { return }
      open = nil
      var code = block.code
      var error: String?
      if block.kind == "error" {
        let trimmed = code.drop { $0 == " " }
        if trimmed.hasPrefix("<"), let end = trimmed.range(of: "> ") {
          error = String(trimmed[trimmed.index(after: trimmed.startIndex)..<end.lowerBound])
          code = String(trimmed[end.upperBound...])
        } else {
          error = ""
        }
      }
      if block.kind == "assert" { code = "assert " + code }
      found.append(
        LibraryBlock(file: file.lastPathComponent, line: block.line, code: code, error: error))
    }
    for (number, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
      if let kind = ["test", "assert", "error"].first(where: { line.hasPrefix("%!\($0)") }) {
        close()
        open = (number + 1, kind, String(line.dropFirst(2 + kind.count)))
      } else if line.hasPrefix("%! "), open != nil {
        open?.code += "\n" + line.dropFirst(3)
      } else {
        close()
      }
    }
    close()
    return found
  }
}

@Suite("The library that is written in the language")
struct LibraryTests {
  @Test(arguments: LibraryBlock.all)
  func blockHolds(_ block: LibraryBlock) {
    let console = CaptureConsole()
    let session = Session(console: console)
    session.run(.text(block.code, name: block.testDescription))
    let message = session.lastUncaughtError?.message
    if let pattern = block.error {
      #expect(
        message?.range(of: pattern, options: .regularExpression) != nil
          || (pattern.isEmpty && message != nil),
        "\(block.testDescription): \(message ?? "no error")")
    } else {
      #expect(message == nil, "\(block.testDescription): \(message ?? "")")
    }
  }

  @Test("every file is part of the program, and every function of it has documentation and a test")
  func isComplete() throws {
    #expect(!LibraryBlock.files.isEmpty)
    let session = Session(console: CaptureConsole())
    for file in LibraryBlock.files {
      let text = try String(contentsOf: file, encoding: .utf8)
      for match in text.matches(of: /(?m)^function (?:[^=(\n]*= *)?(\w+)/) where !match.1.hasPrefix("__") {
        let name = String(match.1)
        session.run(.text("x = exist ('\(name)');", name: "exist"))
        #expect(session.variable("x")?.firstReal ?? 0 > 0, "\(name) of \(file.lastPathComponent)")
        #expect(text.contains(try Regex("(?m)^% .*\\b\(name) \\(.*\\)?$")), "usage of \(name)")
        // A dot after a name ends it; by Unicode's rules for words it would not.
        let test = try Regex("(?m)^%!.*\\b\(name)\\b").wordBoundaryKind(.simple)
        #expect(text.contains(test), "test of \(name)")
      }
    }
  }
}
