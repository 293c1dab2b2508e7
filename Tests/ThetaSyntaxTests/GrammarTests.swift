import Testing

@testable import ThetaSyntax

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The text of a file of the package.
func packageFile(_ path: String) -> String {
  let here = "\(#filePath)".split(separator: "/").dropLast(3).joined(separator: "/")
  guard let file = fopen("/" + here + "/" + path, "rb") else { return "" }
  defer { fclose(file) }
  var bytes: [UInt8] = []
  var buffer = [UInt8](repeating: 0, count: 65_536)
  while true {
    let count = fread(&buffer, 1, buffer.count, file)
    if count <= 0 { break }
    bytes += buffer[0..<count]
  }
  return String(decoding: bytes, as: UTF8.self)
}

@Suite struct GrammarTests {
  let grammar: Grammar

  init() throws { grammar = try Grammar(packageFile("grammar/theta.ebnf")) }

  @Test("every rule that is used is defined, and every rule is used")
  func rulesAreComplete() {
    let defined = Set(grammar.order)
    #expect(grammar.references.subtracting(defined) == [])
    #expect(defined.subtracting(grammar.references) == ["program"])
    #expect(grammar.conditions.allSatisfy { defined.contains($0.rule) && defined.contains($0.context) })
  }

  @Test("every keyword is in the grammar")
  func keywordsAreInGrammar() {
    let unsupported: Set<String> = ["classdef", "__FILE__", "__LINE__"]
    let keywords = Set(Keyword.allCases.map(\.rawValue)).subtracting(unsupported)
    #expect(keywords.subtracting(grammar.words) == [])
    #expect(grammar.words.subtracting(keywords) == [])
  }

  @Test("programs made from the grammar are accepted and survive printing", arguments: 0..<10)
  func generatedPrograms(batch: UInt64) {
    let heights = ProgramGenerator.heights(grammar)
    for seed in (batch * 400)..<(batch * 400 + 400) {
      var generator = ProgramGenerator(grammar, heights: heights, seed: seed)
      let text = generator.program()
      let result = Parser.parse(SourceFile(name: "generated", text: text))
      let errors = result.diagnostics.filter { $0.severity == .error }
      guard errors.isEmpty else {
        let start = Int(errors[0].range.start)
        let source = SourceFile(name: "generated", text: text)
        let before = source.text(SourceRange(start - 30, start))
        let near = before + "⟦⟧" + source.text(SourceRange(start, start + 30))
        Issue.record("seed \(seed): \(errors[0].message) at \(near) in\n\(text)")
        return
      }
      let printed = SourcePrinter.print(result.program)
      let again = Parser.parse(SourceFile(name: "printed", text: printed))
      guard !again.hasErrors, again.program == result.program else {
        let message = again.diagnostics.first.map { "\($0.message) at \($0.range.start)" } ?? "another tree"
        Issue.record("seed \(seed): \(message) from\n\(text)\nprinted as\n\(printed)")
        return
      }
    }
  }

  @Test("the table of operators in the grammar is the parser's")
  func precedenceTable() {
    var levels: [String: [String]] = [:]
    var order: [String] = []
    for line in packageFile("grammar/precedence.md").split(separator: "\n") where line.hasPrefix("| ") {
      let cells = line.replacing("\\|", with: "\u{1}").split(separator: "|").map { $0.trimmed }
      guard cells.count == 3, let level = cells.first, level != "level" else { continue }
      order.append(level)
      levels[level] = cells[1].split(separator: "`").map(\.trimmed)
        .map { $0.replacing("\u{1}", with: "|") }.filter { !$0.isEmpty && $0 != "," }
    }
    #expect(order == Precedence.allCases.map { "\($0)" })
    for operation in BinaryOperator.allCases {
      #expect(levels["\(operation.precedence)"]?.contains(operation.rawValue) == true)
    }
    for operation in ShortCircuitOperator.allCases {
      #expect(levels["\(operation.precedence)"]?.contains(operation.rawValue) == true)
    }
  }
}

extension Substring {
  /// Without blanks at either end.
  var trimmed: String {
    var result = self
    while result.first == " " { result.removeFirst() }
    while result.last == " " { result.removeLast() }
    return String(result)
  }
}
