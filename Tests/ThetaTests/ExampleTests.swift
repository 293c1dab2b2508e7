import Testing
import ThetaRuntime

@testable import Theta

@Suite("The declarations of the builtins")
struct ExampleTests {
  /// The code after `>>` in a declaration's documentation, and what it prints; nil when there is none.
  private static func example(of builtin: Builtin) -> (code: String, output: String)? {
    let lines = "\(builtin.documentation)".split(separator: "\n", omittingEmptySubsequences: false)
    guard let start = lines.firstIndex(where: { $0.hasPrefix(">> ") }) else { return nil }
    return (String(lines[start].dropFirst(3)), lines[(start + 1)...].joined(separator: "\n"))
  }

  @Test("every builtin has usage lines and documentation")
  func isDocumented() {
    for builtin in StandardLibrary.topics.flatMap({ $0.tables.joined() }) {
      #expect(!builtin.signature.lines.isEmpty, "\(builtin.name)")
      #expect(!"\(builtin.documentation)".isEmpty, "\(builtin.name)")
    }
  }

  @Test("the functions of numbers and of analysis have examples that print what they say")
  func examplesAreTrue() {
    for builtin in StandardLibrary.topics.prefix(2).flatMap({ $0.tables.joined() }) {
      guard let example = Self.example(of: builtin) else {
        Issue.record("\(builtin.name) has no example")
        continue
      }
      let console = CaptureConsole()
      Session(console: console).run(.text(example.code, name: builtin.name))
      func trimmed(_ text: String) -> Substring { text[...].trimming { $0 == "\n" } }
      #expect(trimmed(console.outputText) == trimmed(example.output), "\(builtin.name)")
    }
  }
}

extension Substring {
  /// Without the characters at both ends for which the condition holds.
  fileprivate func trimming(_ isDropped: (Character) -> Bool) -> Substring {
    var text = drop(while: isDropped)
    while let last = text.last, isDropped(last) { text.removeLast() }
    return text
  }
}
