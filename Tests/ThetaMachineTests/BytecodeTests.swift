import Testing
import ThetaRuntime
import ThetaSyntax

@testable import ThetaMachine

@Suite("Bytecode")
struct BytecodeTests {
  private func code(_ text: String) throws -> String {
    let source = SourceFile(name: "t.nn", text: text)
    let machine = TestMachine().machine
    let lines = try machine.disassemble(source, Parser.parse(source).program).split(separator: "\n")
    // Without the positions in front.
    return lines.dropFirst().map { String($0.dropFirst(14)) }.joined(separator: "\n")
  }

  @Test("a scalar loop is three instructions an iteration")
  func loop() throws {
    let text = try code("s = 0; for i = 1:10, s = s + i * 2; end")
    #expect(text.contains("r8 = i * r2\ns = s + r8\nnext i of r3, jump 8"))
  }

  @Test("a matrix of numbers is a constant")
  func constants() throws {
    #expect(try code("x = [1 -2; 3 4];") == "x = <2x2 double>\nreturn")
  }

  @Test("products with a transposed side build no transpose")
  func products() throws {
    #expect(try code("A = 1; B = A' * A; C = A * A';").contains("B = A' * A\nC = A * A'"))
  }

  @Test("comparisons branch without a logical value")
  func comparisons() throws {
    #expect(try code("x = 1; if x < 2 && x > 0, x = 3; end").contains("skip if x < r"))
  }

  @Test("subscripts of known variables are one instruction")
  func subscripts() throws {
    let text = try code("A = 1; i = 1; y = A(i, i); A(i, i) = y; y = A(i);")
    #expect(text.contains("y = A(i, i)\nA(i, i) = y\ny = A(i)"))
  }

  @Test("every chunk of the tests passes the verifier")
  func verifier() throws {
    let source = SourceFile(
      name: "t.nn",
      text: "function r = f (x, varargin), try, r = x{:}; catch e, r = e; end, end\n[a, s.b, c{1:2}] = f (1);"
    )
    let unit = SourceUnit(source: source, program: Parser.parse(source).program, directory: "")
    #expect(Verifier.check(try Compiler.compileScript(unit, name: "t")) == nil)
    for function in unit.functions.values { #expect(Verifier.check(try Compiler.compile(function)) == nil) }
  }

  /// The expressions over arrays that start in a script, by their numbers of steps and operands.
  private func fusions(_ text: String) throws -> [[Int]] {
    let source = SourceFile(name: "t.nn", text: text)
    let unit = SourceUnit(source: source, program: Parser.parse(source).program, directory: "")
    let chunk = try Compiler.compileScript(unit, name: "t")
    return chunk.fusions.map { [$0.program.steps.count, $0.operands.count] }
  }

  @Test("an expression over arrays is one program, what it repeats one step")
  func wholeExpressions() throws {
    #expect(try fusions("z = 1; x = 1 ./ (1 + exp (-z));").first == [4, 1])
    #expect(try fusions("z = 1; x = exp (-z) ./ (1 + exp (-z));").first == [4, 1])
    #expect(try fusions("a = 1; b = 1; x = sum (sum ((a - b) .^ 2));").first == [2, 2])
    #expect(try fusions("a = 1; b = 1; x = mean (a(:) == b(:));").first == [1, 2])
    // What comes after a call is whole again; the call itself is not part of it.
    #expect(try fusions("a = 1; x = (a - mean (a)) ./ std (a);") == [[1, 2], [1, 2]])
    // Two arguments are two expressions, and a branch ends one.
    #expect(try fusions("a = 1; x = f (a + 1, a * 2);") == [[1, 1], [1, 1]])
    #expect(try fusions("a = 1; if a + 1 > 2, x = a; end") == [[1, 1]])
  }
}
