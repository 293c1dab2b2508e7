import Testing

@testable import ThetaSyntax

@Suite struct PrinterTests {
  /// Left: source; right: what Octave 7.3 prints for it.
  static let table = #"""
    @(x,y) x.^2+y'*[1,2;3 4]  →  @(x, y) x .^ 2 + y' * [1, 2; 3, 4]
    @() x(end).b{3}.("c")(:)  →  @() x (end).b {3}.("c") (:)
    @() !a && ~b || c | d & e  →  @() !a && !b || c | d & e
    @() 1:2:3  →  @() 1:2:3
    @() @sin  →  @() @sin
    @() @(x) x + 1  →  @() @(x)x + 1
    @(varargin) numel(varargin)  →  @(varargin) numel (varargin)
    @(x, ~) x  →  @(x, ~) x
    @(x = 3) x  →  @(x = 3) x
    @() (1 + 2) * 3  →  @() (1 + 2) * 3
    @() a ** b  →  @() a ^ b
    @() a ~= b  →  @() a != b
    @() []  →  @() []
    @() f()  →  @() f ()
    @() f{}  →  @() f {}
    @() [1;2]  →  @() [1; 2]
    @() a.^b'  →  @() a .^ b'
    @() [a(1), b{2}, c.d(3)]  →  @() [a(1), b{2}, c.d(3)]
    @() {a(1), f(g(2)), (a(1))}  →  @() {a(1), f(g (2)), (a (1))}
    @() [a(1)'; -b, !c]  →  @() [a(1)'; -b, !c]
    @() x{1}{2}  →  @() x {1} {2}
    @() f(@(x) x + 1)  →  @() f (@(x)x + 1)
    @() {@(x) x + 1, 2}  →  @() {@(x)x + 1, 2}
    @() @() 3  →  @() @()3
    @() 'a"b'  →  @() 'a"b'
    @() "a'b"  →  @() "a'b"
    @() "a\"b\t\n"  →  @() "a\"b\t\n"
    @() a.(b)(1)  →  @() a.(b) (1)
    @() x(:,1)  →  @() x (:, 1)
    @() -(-a)  →  @() -(-a)
    @() 1:n+1  →  @() 1:n + 1
    @() (1:n)'  →  @() (1:n)'
    @() a(1) + [b(2)]  →  @() a (1) + [b(2)]
    @() [a(b(1))]  →  @() [a(b (1))]
    @() 1e-4  →  @() 1e-4
    @() 0.10  →  @() 0.10
    @() 3.14159265358979  →  @() 3.14159265358979
    @() 100000  →  @() 100000
    @() 1E5  →  @() 1E5
    @() 2.5J  →  @() 2.5J
    @() 1_000  →  @() 1_000
    @() ifelse(a, "b\tc", 'd\te')  →  @() ifelse (a, "b\tc", 'd\te')
    @() {1 , 2 ; 3 , 4}  →  @() {1, 2; 3, 4}
    @(x) sum(x(:).^2)/numel(x)  →  @(x) sum (x (:) .^ 2) / numel (x)
    @(t) costFunction(t,X,y,lambda)  →  @(t) costFunction (t, X, y, lambda)
    """#

  @Test("anonymous functions are printed as Octave prints them", arguments: rows(PrinterTests.table))
  func likeOctave(row: Row) throws {
    let source = SourceFile(name: "test", text: row.left)
    let statement = try #require(Parser.parse(source).program.statements.first)
    guard case .expression(let expression) = statement.kind else { return }
    #expect(SourcePrinter.print(expression, source: source) == row.right)
  }

  @Test("numbers without their source read back as the same value", arguments: 0..<100)
  func numbers(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    for _ in 0..<100 {
      let value = abs(Double(bitPattern: random.next()))
      guard value.isFinite else { continue }
      #expect(try expression(SourcePrinter.print(value)).kind == .number(value))
    }
  }

  @Test(
    "what needs care survives printing",
    arguments: [
      "- -x", "+ +x", "- --x", "x - -y", "[x, - -y]", "[a(1) (2)]", "{@(x) x, 1}", "'it''s'", "\"\\0011\"",
      "\"\\377\\n\"",
      "x.(\"a b\")", "a'.'", "!(!a)", "x = @() {}", "1e999", "0x0s8", "[a, ~] = f", "[~] = f",
      "f (@(x) x, 'UniformOutput', 0)",
      "hold 'a b' \"c''d\"", "f a'b'", "f \"a\\n\\001\"", "if ((x = 3)) y, end", "x.if.end", "a{:}(1)",
      "@a.b.c", "(@(x) x)(3)",
      "-(2)'", "x = (1:3)'",
    ])
  func roundTrip(text: String) throws {
    let statements = try parse(text)
    let printed = SourcePrinter.print(Program(statements: statements))
    #expect(try parse(printed) == statements)
    // Printing is stable.
    #expect(SourcePrinter.print(Program(statements: try parse(printed))) == printed)
  }

  @Test("strings that are no UTF-8 survive printing as bytes")
  func bytes() {
    let source = SourceFile(
      name: "test", bytes: Array("x = '".utf8) + [0xE9] + Array("';\nf 'a".utf8) + [0xFF, 39])
    let program = Parser.parse(source).program
    let again = Parser.parse(SourceFile(name: "test", bytes: SourcePrinter.bytes(program)))
    #expect(again.program == program)
    #expect(!again.hasErrors)
  }

  @Test("a program is printed with one statement a line, indented")
  func program() throws {
    let text = """
      function [a, b] = f (x, ~)
        if x > 1
          a = [1, 2; 3, 4];
        elseif !x
          while true
            break;
          endwhile
        else
          switch x
            case {1, 2}
              disp (1)
            otherwise
              hold 'on';
          endswitch
        endif
        try
          g (x);
        catch err
          error (err);
        end_try_catch
      endfunction
      for i = 1:3
        do
          x++;
        until x > 3
      endfor

      """
    #expect(SourcePrinter.print(Program(statements: try parse(text))) == text)
  }
}
