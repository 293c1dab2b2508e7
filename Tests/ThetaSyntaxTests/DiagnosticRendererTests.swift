import Testing

@testable import ThetaSyntax

@Suite struct DiagnosticRendererTests {
  private func render(_ text: String, colored: Bool = false, width: Int = 100) -> String {
    let source = SourceFile(name: "train.nn", text: text)
    return DiagnosticRenderer(isColored: colored, width: width)
      .render(Parser.parse(source).diagnostics, in: source)
  }

  @Test("message, place, line, mark and hint")
  func parts() {
    #expect(
      render("a = 1;\nx = [1, 2\n") == """
        error: parse error: unmatched '['
        train.nn:2:5
          2 | x = [1, 2
            |     ^
        hint: close it with ']'

        """)
  }

  @Test("a mark covers its range")
  func marks() {
    #expect(
      render("    x = 'abc\n") == """
        error: parse error: unterminated character string constant
        train.nn:1:9
          1 |     x = 'abc
            |         ^~~~
        hint: close the string with '

        """)
  }

  @Test("tabs and letters outside ASCII keep the mark in its place")
  func columns() {
    #expect(
      render("\tΘ = )\n") == """
        error: parse error: unmatched ')'
        train.nn:1:6
          1 | \tΘ = )
            | \t    ^

        """)
  }

  @Test("long lines are cut around the mark")
  func longLines() {
    let text = "x = [" + String(repeating: "1, ", count: 100) + "* 2];"
    #expect(
      render(text, width: 20) == """
        error: parse error: unexpected '*', expected an expression
        train.nn:1:306
          1 | …1, 1, 1, 1, 1, * 2];
            |                 ^

        """)
  }

  @Test("control characters do not reach the terminal")
  func controlCharacters() {
    #expect(!render("x = 1 \u{1B}[31m )").contains("\u{1B}"))
  }

  @Test("colours")
  func colors() {
    let text = render("x = )", colored: true)
    #expect(text.hasPrefix("\u{1B}[1;31merror:\u{1B}[0m \u{1B}[1mparse error: unmatched ')'\u{1B}[0m\n"))
  }

  @Test("a message without a place is only a message")
  func withoutPlace() {
    let text = DiagnosticRenderer().render(.error, "file not found", at: nil, in: nil, hint: "look elsewhere")
    #expect(text == "error: file not found\nhint: look elsewhere\n")
  }

  @Test("a range of several lines is marked to the end of its first line")
  func severalLines() {
    let source = SourceFile(name: "a", text: "x = f (1,\n  2);\n")
    let text = DiagnosticRenderer().render(.error, "f", at: SourceRange(4, 14), in: source)
    #expect(text == "error: f\na:1:5\n  1 | x = f (1,\n    |     ^~~~~\n")
  }

  @Test("a range outside the text is the end of the text")
  func outside() {
    let source = SourceFile(name: "a", text: "x")
    let text = DiagnosticRenderer().render(.warning, "f", at: SourceRange(100, 200), in: source)
    #expect(text == "warning: f\na:1:2\n  1 | x\n    |  ^\n")
    let empty = SourceFile(name: "a", text: "")
    #expect(
      DiagnosticRenderer().render(.note, "f", at: SourceRange(0, 0), in: empty)
        == "note: f\na:1:1\n  1 | \n    | ^\n")
  }
}
