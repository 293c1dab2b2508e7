import Testing

@testable import ThetaSyntax

@Suite struct LexerTests {
  @Test(
    "decimal numbers",
    arguments: [
      ("0", 0), ("12", 12), ("1.5", 1.5), (".5", 0.5), ("1.", 1), ("1e3", 1000), ("1E-4", 1e-4),
      ("2D3", 2000),
      ("2d+3", 2000), ("1_000", 1000), ("1_0.2_5", 10.25), ("1234567890123456789", 1.2345678901234568e18),
      ("0.1", 0.1), ("1e400", .infinity), ("4.9e-324", .leastNonzeroMagnitude), ("1.e3", 1000),
      ("3.14159265358979", 3.14159265358979), ("00012", 12),
    ])
  func decimal(text: String, value: Double) throws {
    #expect(try expression(text).kind == .number(value))
  }

  @Test("imaginary numbers", arguments: [("3i", 3), ("1e2J", 100), (".5I", 0.5), ("2j", 2)])
  func imaginary(text: String, value: Double) throws {
    #expect(try expression(text).kind == .imaginary(value))
  }

  @Test(
    "hexadecimal and binary numbers have the class that their digits or suffix give",
    arguments: [
      ("0xFF", 255, 8, false), ("0xFFF", 4095, 16, false), ("0x0F", 15, 8, false), ("0x00F", 15, 16, false),
      ("0x12345678", 0x1234_5678, 32, false), ("0x123456789", 0x1_2345_6789, 64, false),
      ("0b101", 5, 8, false),
      ("0b111111111", 511, 16, false), ("0xFFs8", 255, 8, true), ("0xFFs16", 255, 16, true),
      ("0x1Fu32", 31, 32, false),
      ("0b1s64", 1, 64, true), ("0XfF", 255, 8, false), ("0x1_F", 31, 8, false), ("0B1_0", 2, 8, false),
    ] as [(String, UInt64, Int, Bool)])
  func integers(text: String, bits: UInt64, width: Int, isSigned: Bool) throws {
    let literal = IntegerLiteral(bits: bits, width: width, isSigned: isSigned)
    #expect(try expression(text).kind == .integer(literal))
  }

  @Test(
    "what is no number",
    arguments: ["1abc", "0x", "0b2", "0xZZ", "1e3x", "0xFFFu8", "0x1FFFFFFFFFFFFFFFF", "1.2.3"])
  func notNumbers(text: String) {
    #expect(errors(text).count == 1)
  }

  @Test("a dot before an operator belongs to it")
  func dots() throws {
    #expect(try expression("1./x") == expression("1 ./ x"))
    #expect(try expression("1.*x") == expression("1 .* x"))
    #expect(try expression("1.^x") == expression("1 .^ x"))
    #expect(try expression("1..^2") == expression("1 .^ 2"))
    #expect(try expression("1.'").kind == .postfix(expression("1"), .transpose))
  }

  @Test(
    "escapes in double quotes",
    arguments: [
      (#""a\tb\n""#, [97, 9, 98, 10]), (#""\\\"\'""#, [92, 34, 39]), (#""\a\b\f\r\v""#, [7, 8, 12, 13, 11]),
      (#""\101\7\08""#, [65, 7, 0, 56]), (#""\x41\x4""#, [65, 4]), (#""a""b""#, [97, 34, 98]), (#""""#, []),
      ("\"a\\\nb\"", [97, 98]), ("\"a\\\r\nb\"", [97, 98]), (#""\0""#, [0]), (#""\377""#, [255]),
      ("\"é\"", [0xC3, 0xA9]),
    ] as [(String, [UInt8])])
  func doubleQuoted(text: String, bytes: [UInt8]) throws {
    #expect(try expression(text).kind == .string(bytes, .double))
  }

  @Test("single quotes take no escapes")
  func singleQuoted() throws {
    #expect(try expression(#"'it''s\n'"#).kind == .string(Array("it's\\n".utf8), .single))
    #expect(try expression("''").kind == .string([], .single))
    #expect(try expression("''''").kind == .string([39], .single))
    #expect(try expression(#"'"'"#).kind == .string([34], .single))
  }

  @Test("an unknown escape is a warning")
  func unknownEscape() {
    let result = Parser.parse(SourceFile(name: "test", text: #"x = "\q";"#))
    #expect(result.diagnostics.map(\.message) == [#"unrecognized escape sequence '\q' -- converting to 'q'"#])
    #expect(!result.hasErrors)
  }

  @Test("a string may hold bytes that are no UTF-8")
  func latin1() {
    let source = SourceFile(name: "test", bytes: Array("x = '".utf8) + [0xE9] + Array("'; % ".utf8) + [0xFF])
    let result = Parser.parse(source)
    #expect(result.diagnostics == [])
    guard case .expression(let assignment) = result.program.statements[0].kind,
      case .assignment(_, _, let value) = assignment.kind
    else { return }
    #expect(value.kind == .string([0xE9], .single))
  }

  @Test("quotes after a value transpose, elsewhere they begin a string")
  func quotes() throws {
    #expect(try expression("a'").kind == .postfix(expression("a"), .hermitian))
    #expect(try expression("a(1)'").kind == .postfix(expression("a(1)"), .hermitian))
    #expect(try expression("[1]'").kind == .postfix(expression("[1]"), .hermitian))
    #expect(try expression("f('a')") == expression("f ('a')"))
    #expect(try expression("x = 'a'") == expression("x='a'"))
    #expect(try grouped(expression("a' + b'")) == "((a') + (b'))")
  }

  @Test("names may be of any script", arguments: ["Θ1", "δ", "λ", "théta", "字", "θ₁", "∇f", "_x", "x_1"])
  func names(text: String) throws {
    #expect(try expression(text).kind == .identifier(text))
  }

  @Test("keywords are names after a dot")
  func keywordFields() throws {
    #expect(try expression("x.end").kind == .field(expression("x"), "end"))
    #expect(try expression("x.if.for(1)") == expression("x.if.for (1)"))
  }

  @Test("comments and continuations are white space")
  func trivia() throws {
    #expect(try parse("x = 1 % c\ny = 2 # c\n").count == 2)
    #expect(try parse("x = 1 + ... c\n  2;").count == 1)
    #expect(try parse("x = 1 + \\\n  2;").count == 1)
    #expect(try parse("%{\n  x = (\n%}\ny = 1").count == 1)
    #expect(try parse("#{\n%{\n)\n%}\n(\n#}\ny = 1").count == 1)
    #expect(try parse("x = 1; %{ no block\ny = 2;").count == 2)
    #expect(try parse("#!/usr/bin/env theta\nx = 1").count == 1)
    #expect(try parse("\u{FEFF}x = 1").count == 1)
    #expect(try parse("\u{FEFF}%{\nx\n%}\n").count == 0)
    #expect(try parse("x = [1 2\r\n3 4];\r\ny = 2\r\n").count == 2)
    #expect(try parse("x\u{A0}= 1").count == 1)
  }

  @Test(
    "characters that are none of the language's have a hint",
    arguments: [
      ("x = ‘a’", "write ' for a quote or a transpose"), ("x = “a”", "write \" for a quote"),
      ("x = 3 − 1", "write - for a minus sign"), ("if a ≤ b, end", "write <="),
      ("x = a × b", "write * or .* for a product"),
    ])
  func lookAlikes(text: String, hint: String) {
    let result = Parser.parse(SourceFile(name: "test", text: text))
    #expect(result.diagnostics.first?.hint == hint)
  }
}
