import Testing

@testable import ThetaSyntax

// Command syntax, as Octave 7.3 decides it.

@Suite struct CommandTests {
  static let table = #"""
    hold on  →  hold|on
    hold on;  →  hold|on
    close all  →  close|all
    format long  →  format|long
    clear x y z  →  clear|x|y|z
    load data.txt  →  load|data.txt
    load ../a-b_c.mat  →  load|../a-b_c.mat
    warning off all  →  warning|off|all
    more off % c  →  more|off
    f a#b  →  f|a
    f 'a b'c  →  f|a bc
    f "a b"  →  f|a b
    f "a\tb"  →  f|a⇥b
    f 'a''b'  →  f|a'b
    f a(1, 2)b  →  f|a(1, 2)b
    f a)b  →  f|a)b
    f a]b;  →  f|a]b
    f -x  →  f|-x
    f -  →  f|-
    f @sin  →  f|@sin
    f :b  →  f|:b
    f .b  →  f|.b
    f ==b  →  f|==b
    f +=b  →  f|+=b
    f ++b  →  f|++b
    f !b  →  f|!b
    f ~  →  f|~
    f 1  →  f|1
    f 1.5e3 x  →  f|1.5e3|x
    f ... c⏎ a  →  f|a
    f a ...⏎ b  →  f|a|b
    f /b  →  f|/b
    f .*b  →  f|.*b
    f <b  →  f|<b
    f a\  →  f|a\
    f end  →  f|end
    f if  →  f|if
    f é  →  f|é
    f a  b  →  f|a|b
    f⇥a  →  f|a
    """#

  @Test("a name, white space and a word are a command", arguments: rows(CommandTests.table))
  func commands(row: Row) throws {
    let statements = try parse(row.left)
    guard statements.count == 1, case .command(let name, let words) = statements[0].kind else {
      Issue.record("no command: \(row.left)")
      return
    }
    let shown = [name] + words.map { String(decoding: $0, as: UTF8.self) }
    #expect(shown.joined(separator: "|") == row.right)
  }

  @Test(
    "these are expressions",
    arguments: [
      "f - x", "f -  x", "f == b", "f = b", "f =b", "f=b", "f += b", "f (1)", "f {1}", "f", "f ", "f;", "f ,",
      "f % x",
      "f # x", "f.b", "f'", "f(1) -1", "pi -1", "e -1", "i -1", "Inf -1", "NaN -1", "f * b", "f .* b",
      "f && b", "f : b",
      "f | b", "f ^ b", "f < b", "f ...\n = 3",
    ])
  func expressions(text: String) throws {
    for statement in try parse(text) {
      if case .command = statement.kind { Issue.record("a command: \(text)") }
    }
  }

  @Test("a name that was assigned is a variable")
  func variables() throws {
    let programs = [
      "f = 1;\nf -1", "[f, g] = h;\ng -1", "for f = 1:3\n f -1\nend", "global f\nf -1",
      "function q (f)\n f -1\nend",
      "function f = q ()\n f -1\nend", "try\n x;\ncatch f\n f -1\nend", "f(3) = 1;\nf -1", "f.x = 1;\nf -1",
      "f += 1;\nf -1",
      "if (f = 3) f -1, end",
    ]
    for text in programs {
      let printed = SourcePrinter.print(Program(statements: try parse(text)))
      #expect(printed.contains("f - 1") || printed.contains("g - 1"), "\(text)")
    }
    // The variables of a function are its own.
    let statements = try parse("function q ()\n hold = 1;\nend\nhold on")
    #expect(statements[1].kind == .command("hold", words: [Array("on".utf8)]))
    #expect(try parse("f = @(hold) 1;\nhold on")[1].kind == statements[1].kind)
  }

  @Test("the workspace tells which names are variables")
  func workspace() {
    let source = SourceFile(name: "test", text: "a -1")
    let statement = Parser.parse(source) { $0 == "a" }.program.statements[0]
    guard case .expression = statement.kind else {
      Issue.record("a command")
      return
    }
    guard case .command = Parser.parse(source).program.statements[0].kind else {
      Issue.record("no command")
      return
    }
  }

  @Test("a command is shown when no semicolon follows")
  func printsResult() throws {
    #expect(try parse("format long").map(\.printsResult) == [true])
    #expect(try parse("format long;").map(\.printsResult) == [false])
    #expect(try parse("hold on, hold off; hold on").map(\.printsResult) == [true, false, true])
  }
}
