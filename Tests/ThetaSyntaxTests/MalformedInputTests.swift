import Testing

@testable import ThetaSyntax

// No text may trap or hang the parser, and its tree may not be too deep for those who walk it.

@Suite struct MalformedInputTests {
  static let program = #"""
    %{
      A network of two layers.
    %}
    function [J, grad] = cost (theta, X, y, lambda = 0)
      % COST  the cost and its gradient
      m = numel (y); J = 0x1Fs16;
      h = 1 ./ (1 + exp (-X * theta'));
      for i = 1:m  # every example
        if (h(i) >= .5e-1) && !isempty (c{i}.name.("x"))
          p(i, :) = [1, a' b'; 3 -4 ... go on
                     'it''s' "b\tc\x41"];
        elseif x, y; else
          do z++; until z > 3
        end
      endfor
      switch (x) case {1, 'two'} hold on; otherwise format long
      end
      try, error ('id:x', "%d\n", 3); catch err, disp (err.message), end_try_catch
      unwind_protect x += @(a, ~) a.^2 - Θ1; unwind_protect_cleanup, end_unwind_protect
      [q, ~, r{end + 1}.s] = deal (1:2:n, {@sin, @(x) x +1}, !x');
      grad = 1i ⊙ [theta(2:end); 0]; while 1 break, end
      global a b = 2
    end
    """#

  private func survives(_ bytes: [UInt8]) {
    let source = SourceFile(name: "test", bytes: bytes)
    let result = Parser.parse(source)
    for diagnostic in result.diagnostics {
      #expect(diagnostic.range.start >= 0 && diagnostic.range.end >= diagnostic.range.start)
      #expect(!diagnostic.message.contains("\n"))
    }
    _ = DiagnosticRenderer().render(result.diagnostics, in: source)
    _ = SourcePrinter.print(result.program)
    _ = Parser.isIncomplete(source)
  }

  @Test("the program itself is right")
  func program() {
    #expect(errors(MalformedInputTests.program) == [])
  }

  @Test("every beginning of a program")
  func truncations() {
    let bytes = Array(MalformedInputTests.program.utf8)
    for length in 0..<bytes.count { survives(Array(bytes[..<length])) }
  }

  @Test("every end of a program")
  func tails() {
    let bytes = Array(MalformedInputTests.program.utf8)
    for start in stride(from: 0, to: bytes.count, by: 3) { survives(Array(bytes[start...])) }
  }

  @Test("changed programs", arguments: 0..<8)
  func mutations(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let bytes = Array(MalformedInputTests.program.utf8)
    let pieces = "( ) [ ] { } ' \" end if for function , ; \n = == ~ @ . : ... % %{ %} ++ 1e \u{1} 0x".split(
      separator: " ")
    for _ in 0..<150 {
      var changed = bytes
      for _ in 0..<Int.random(in: 1...4, using: &random) {
        let place = Int.random(in: 0..<changed.count, using: &random)
        switch Int.random(in: 0..<4, using: &random) {
        case 0: changed.remove(at: place)
        case 1: changed[place] = UInt8.random(in: 1...255, using: &random)
        case 2:
          let end = min(changed.count, place + Int.random(in: 1...40, using: &random))
          changed.removeSubrange(place..<end)
        default:
          let piece = pieces.randomElement(using: &random) ?? ""
          changed.insert(contentsOf: Array(piece.utf8), at: place)
        }
        if changed.isEmpty { changed = bytes }
      }
      survives(changed)
    }
  }

  @Test("arbitrary bytes", arguments: 0..<4)
  func noise(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    for _ in 0..<50 {
      let length = Int.random(in: 0...300, using: &random)
      survives((0..<length).map { _ in UInt8.random(in: 1...255, using: &random) })
      survives((0..<length).map { _ in UInt8.random(in: 9...127, using: &random) })
    }
  }

  @Test(
    "depth is bounded",
    arguments: [
      "(", "[", "{", "f(", "a.(", "-", "!", "@() ", "a=", "a{", "[[", "{[(", "x=[1 ", "if 1\n", "while (1) ",
      "try\n", "do\n",
      "switch x\ncase 1\n", "function f\n", "2^-", "1+", "a'", "a.b", "a(1)", "1:", "a||", "%{\n", "x(\n",
      "x=[\n", "end\n",
      "~", "[~", "{@(x) ", "(a=", "function f(a=", "unwind_protect ", "else ", "...\n", "\"\\", "x=1;", "1,",
      "''", "++", "[a ",
      "for i=", "for(", "case ", "0x", "é", "Θ=", "f x", "\u{2299}",
    ])
  func depth(piece: String) {
    let text = String(repeating: piece, count: 3_000)
    let result = Parser.parse(SourceFile(name: "test", text: text))
    #expect(result.diagnostics.count <= 300)
    _ = SourcePrinter.print(result.program)
    _ = Parser.parse(SourceFile(name: "test", text: "x = " + text + "1;\ny = 2;"))
  }

  @Test("100,000 nested parentheses are one error")
  func parentheses() {
    let text = "x = " + String(repeating: "(", count: 100_000) + "1" + String(repeating: ")", count: 100_000)
    #expect(errors(text) == ["1: nested too deeply"])
  }

  @Test("what a person may write is not too deep")
  func reasonableDepth() throws {
    let sum = (1...900).map { "x\($0)" }.joined(separator: " + ")
    #expect(try parse("y = \(sum);").count == 1)
    let nested = String(repeating: "(", count: 200) + "1" + String(repeating: ")", count: 200)
    #expect(try parse("y = \(nested);").count == 1)
    let row = (1...20_000).map { "\($0)" }.joined(separator: " ")
    #expect(try parse("y = [\(row)];").count == 1)
    let chain = (1...2_000).map { "elseif x == \($0)\n y = \($0);\n" }.joined()
    #expect(try parse("if x\n\(chain)end").count == 1)
  }
}
