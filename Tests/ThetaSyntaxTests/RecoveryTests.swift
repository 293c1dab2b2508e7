import Testing

@testable import ThetaSyntax

/// A text in which ⟦ ⟧ mark the range of its only error.
struct Marked {
  var text = ""
  var range = SourceRange(0, 0)

  init(_ marked: String) {
    var start = 0
    var end = 0
    for character in marked {
      switch character {
      case "⟦": start = text.utf8.count
      case "⟧": end = text.utf8.count
      default: text.append(character)
      }
    }
    range = SourceRange(start, end)
  }
}

@Suite struct RecoveryTests {
  static let table = #"""
    x = ⟦[⟧1, 2  →  unmatched '['
    x = ⟦[⟧1, 2⏎y = 3⏎z = 4  →  unmatched '['
    x = ⟦{⟧1, 2;⏎y = 3  →  unmatched '{'
    x = ⟦(⟧1 + 2⏎y = 3  →  unmatched '('
    x = ⟦(⟧1 + 2;⏎y = 3  →  unmatched '('
    f⟦(⟧1, 2⏎g (3)  →  unmatched '('
    f⟦(⟧1, 2⏎for i = 1:3, end  →  unmatched '('
    x = 1⟦)⟧;  →  unmatched ')'
    ⟦]⟧  →  unmatched ']'
    x = [1; 2⟦)⟧;  →  '[' is closed by ')'
    x = f(1⟦]⟧;  →  '(' is closed by ']'
    x = ⟦'abc⟧  →  unterminated character string constant
    x = ⟦"abc⟧  →  unterminated character string constant
    f(⟦'abc);⟧⏎y = 1;  →  unterminated character string constant
    [1, ⟦'abc]⟧⏎y = 1;  →  unterminated character string constant
    if x = ⟦=⟧ 3, end  →  unexpected '=', expected an expression
    x = ⟦=⟧ 3  →  unexpected '=', expected an expression
    x = 1 ⟦2⟧  →  unexpected number '2', expected the end of the statement
    x = 3 ⟦$⟧ 4  →  invalid character '$'
    x = 1 +⟦⟧⏎y = 2  →  unexpected end of the line, expected an expression
    x = ⟦*⟧ 3  →  unexpected '*', expected an expression
    ⟦end⟧  →  'end' without a block to close
    ⟦endif⟧  →  'endif' without a block to close
    ⟦else⟧  →  'else' without 'if'
    ⟦case⟧ 1  →  'case' without 'switch'
    ⟦until⟧ x  →  'until' without 'do'
    ⟦catch⟧ err  →  'catch' without 'try'
    if x⏎ y⏎⟦endwhile⟧  →  'if' opened at line 1 is closed by 'endwhile'
    ⟦if⟧ x⏎ y  →  missing 'end' for 'if' opened at line 1
    x⏎⟦while⟧ x⏎ y⏎  →  missing 'end' for 'while' opened at line 2
    if a⏎  ⟦for⟧ i = 1:3⏎    x⏎end⏎  →  missing 'end' for 'for' opened at line 2
    for i = 1:3⏎  ⟦if⟧ a⏎    x⏎endfor  →  missing 'end' for 'if' opened at line 2
    ⟦do⟧⏎ x  →  missing 'until' for 'do' opened at line 1
    ⟦unwind_protect⟧⏎ x⏎end  →  'unwind_protect' has no 'unwind_protect_cleanup'
    switch x⏎ ⟦y⟧;⏎ case 1⏎end  →  a statement stands before the first 'case'
    if x⏎else⏎⟦else⟧⏎end  →  a second 'else'
    for (i = 1⟦;⟧ i < 3; i++)⏎end  →  a 'for' loop has no ';' parts
    for ⟦3⟧ = 1:3, end  →  invalid constant left hand side of assignment
    for k⟦⟧⏎end  →  unexpected end of the line, expected '=' after the loop variable
    function f(x⟦;⟧)⏎end  →  unexpected ';', expected ',' or ')' in the parameter list
    function ⟦3⟧⏎end  →  unexpected number '3', expected a function name
    function f⟦(⟧⏎end  →  unmatched '('
    ⟦1⟧ = x  →  invalid constant left hand side of assignment
    ⟦x'⟧ = 3  →  invalid left hand side of assignment
    [⟦~⟧, 1]  →  '~' stands for an ignored output only on the left of '='
    a⟦++⟧b  →  '++' stands between two operands
    ⟦break⟧  →  break must appear within a loop
    function f⏎ ⟦continue⟧⏎end  →  continue must appear within a loop
    f(1,⟦,⟧ 2)  →  an argument is missing
    x = [1,⟦,⟧ 2]  →  an element is missing
    x = 1:2:3⟦:⟧4  →  a range has at most three parts
    ⟦%{⟧⏎x = 1  →  block comment has no end
    x = @(y)⟦⏎⟧z = 1  →  anonymous function bodies must be single expressions
    x = @⟦(⟧y  →  unmatched '('
    global ⟦3⟧  →  unexpected number '3', expected a variable name after 'global'
    ⟦classdef⟧ x⏎end  →  'classdef' is not supported
    """#

  @Test("one mistake gives one message at its place", arguments: rows(RecoveryTests.table))
  func positions(row: Row) {
    let marked = Marked(row.left)
    let result = Parser.parse(SourceFile(name: "test", text: marked.text))
    #expect(result.diagnostics.map(\.message) == ["parse error: " + row.right])
    #expect(result.diagnostics.map(\.range) == [marked.range])
  }

  @Test("ten mistakes give ten messages with their lines")
  func tenMistakes() {
    let text = """
      x = [1, 2
      y = (3 + 4;
      z = 'open
      if x = = 3
        disp (1)
      end
      for k = 1:
        disp (k)
      end
      a = 1 +;
      b = 3 4;
      d = f (1,, 2);
      e = 5 $ 6;
      g = )3;
      ok = 1;
      """
    #expect(
      errors(text) == [
        "1: unmatched '['", "2: unmatched '('", "3: unterminated character string constant",
        "4: unexpected '=', expected an expression", "7: unexpected end of the line, expected an expression",
        "10: unexpected ';', expected an expression",
        "11: unexpected number '4', expected the end of the statement", "12: an argument is missing",
        "13: invalid character '$'", "14: unmatched ')'",
      ])
  }

  @Test("two mistakes on a line are both found")
  func sameLine() {
    #expect(errors("a = 1 +; b = 2 *; c = 3").count == 2)
  }

  @Test("a mistake inside a matrix of several lines does not reach the lines after it")
  func matrixOfSeveralLines() {
    #expect(errors("x = [1 2\n 3 * * 4\n 5 6];\ny = 1;\nz = 2 +;").map { $0.prefix(2) } == ["2:", "5:"])
  }

  @Test("a mistake in a header does not lose the block")
  func headers() {
    #expect(errors("if (x\n  y = 1;\nend\nz = 2;") == ["1: unmatched '('"])
    #expect(errors("while x = = 1\n  y = 1;\nendwhile").count == 1)
    #expect(errors("switch )\n case 1\n  x\nend").count == 1)
    #expect(errors("function f (a, 3)\n  x = 1;\nend\ny = 2;").count == 1)
  }

  @Test("a script's own mistakes are told apart from a missing end in a function")
  func missingEndInFunction() {
    let text = "function a ()\n  if x\n    y = 1;\nend\nfunction b ()\n  z = 1;\nend\n"
    #expect(errors(text) == ["2: missing 'end' for 'if' opened at line 2"])
  }

  @Test(
    "habits from other languages have a hint",
    arguments: [
      ("x[1] = 2", "an index is written with ( )"), ("// text", "a comment begins with % or #"),
      ("x = y; /* text */", "a comment begins with % or #"),
      ("for i in 1:3, end", "write for i = first:last"),
      ("if a => b, end", "write >= to compare"),
      ("function f\n return 3\nend", "a function returns what its output variables hold"),
    ])
  func habits(text: String, hint: String) {
    let result = Parser.parse(SourceFile(name: "test", text: text))
    #expect(result.diagnostics.map(\.hint) == [hint])
  }

  @Test("'else if' with one end is explained")
  func separateIf() {
    let text = "if x\n  y\nelse if z\n  w\nend\n"
    let result = Parser.parse(SourceFile(name: "test", text: text))
    #expect(
      result.diagnostics.map(\.hint) == ["'else if' at line 3 opens a block of its own: write 'elseif'"])
    #expect(errors("if x, y, else if z, w, end, end") == [])
  }

  @Test("an assignment as a condition is a warning with a hint")
  func assignmentAsCondition() {
    let result = Parser.parse(SourceFile(name: "test", text: "if (x = 3) y, end"))
    #expect(result.diagnostics.map(\.severity) == [.warning])
    #expect(result.diagnostics.map(\.hint) == ["write == to compare"])
    #expect(Parser.parse(SourceFile(name: "test", text: "if ((x = 3)) y, end")).diagnostics == [])
  }

  @Test("a file that is no text has one message")
  func binary() {
    let bytes = (0..<10_000).map { UInt8(truncatingIfNeeded: $0 &* 37) }
    let result = Parser.parse(SourceFile(name: "test", bytes: bytes))
    #expect(result.diagnostics.map(\.message) == ["parse error: this is not a text file"])
  }
}
