import Testing

@testable import ThetaSyntax

// White space in matrices. Every right side is what Octave 7.3 prints for `@() ` and the left side; ⏎ is a
// line end, ⇥ a tab.

@Suite struct MatrixTests {
  static let table = #"""
    [1 -2]  →  [1, -2]
    [1 - 2]  →  [1 - 2]
    [1 -2 - 3]  →  [1, -2 - 3]
    [a' b']  →  [a', b']
    [a', b']  →  [a', b']
    [a ', b']  →  [a, ', b']
    [a 'b']  →  [a, 'b']
    [a' 'b']  →  [a', 'b']
    [a.' b.']  →  [a.', b.']
    [f (1)]  →  [f, (1)]
    [f(1)]  →  [f(1)]
    [f (1) (2)]  →  [f, (1), (2)]
    [(1) (2)]  →  [(1), (2)]
    [(1)(2)]  →  [(1)(2)]
    [a -b]  →  [a, -b]
    [a - b]  →  [a - b]
    [a-b]  →  [a - b]
    [a- b]  →  [a - b]
    [a -b']  →  [a, -b']
    [a' -b']  →  [a', -b']
    [a(1) -b(2)]  →  [a(1), -b(2)]
    [a{1} -1]  →  [a{1}, -1]
    [a.b -1]  →  [a.b, -1]
    [x.y (1)]  →  [x.y, (1)]
    [1 +2]  →  [1, +2]
    [1 , -2]  →  [1, -2]
    [- 1]  →  [-1]
    [1 - -2]  →  [1 - -2]
    [a !b]  →  [a, !b]
    [a ! b]  →  [a, !b]
    [a ~b]  →  [a, !b]
    [a != b]  →  [a != b]
    [a !=b]  →  [a != b]
    [a ~= b]  →  [a != b]
    [!a !b]  →  [!a, !b]
    [a == b]  →  [a == b]
    [a ==b]  →  [a == b]
    [a && b]  →  [a && b]
    [a &&b]  →  [a && b]
    [a & b]  →  [a & b]
    [a * b]  →  [a * b]
    [a *b]  →  [a * b]
    [a .* b]  →  [a .* b]
    [a .*b]  →  [a .* b]
    [a .^b]  →  [a .^ b]
    [a ^b]  →  [a ^ b]
    [a : b]  →  [a:b]
    [a :b]  →  [a:b]
    [1:3 4]  →  [1:3, 4]
    [a .5]  →  [a, .5]
    [1 .5]  →  [1, .5]
    [1. .5]  →  [1., .5]
    [1e3 4]  →  [1e3, 4]
    [1i 2]  →  [1i, 2]
    [a.b c]  →  [a.b, c]
    [a .b]  →  [a.b]
    [a {1}]  →  [a, {1}]
    [a{1}]  →  [a{1}]
    {a {1}}  →  {a, {1}}
    {a{1} b{2}}  →  {a{1}, b{2}}
    [@sin @cos]  →  [@sin, @cos]
    {@sin @cos}  →  {@sin, @cos}
    {@sin, @cos}  →  {@sin, @cos}
    {@(x) x + 1, 2}  →  {@(x)x + 1, 2}
    {@(x) x +1}  →  {@(x)x + 1}
    {@(x, y) [x y], 2}  →  {@(x, y)[x, y], 2}
    {@() -1}  →  {@()-1}
    {1, @(x) x'}  →  {1, @(x)x'}
    ["a" 'b']  →  ["a", 'b']
    ["a", 'b']  →  ["a", 'b']
    [a "b"]  →  [a, "b"]
    [f ("b") "c"]  →  [f, ("b"), "c"]
    [[1 2] [3 4]]  →  [[1, 2], [3, 4]]
    [[1 2]; [3 4]]  →  [[1, 2]; [3, 4]]
    [1 2; 3 4]  →  [1, 2; 3, 4]
    [1, 2⏎3, 4]  →  [1, 2; 3, 4]
    [1, 2;⏎3, 4;]  →  [1, 2; 3, 4]
    [⏎1 2⏎3 4⏎]  →  [1, 2; 3, 4]
    [1 ...⏎ 2]  →  [1, 2]
    [1, ... comment⏎ -2]  →  [1, -2]
    [1 -...⏎ 2]  →  [1, -2]
    [1 % comment⏎ 2]  →  [1; 2]
    [1 2 # comment⏎ # another⏎ 3 4]  →  [1, 2; 3, 4]
    [1,2,]  →  [1, 2]
    [1,2;]  →  [1, 2]
    [,1]  →  [1]
    [;1]  →  [1]
    []  →  []
    [ ]  →  []
    [;]  →  []
    {1}  →  {1}
    {1, 'two'; 3, "four"}  →  {1, 'two'; 3, "four"}
    {{1, 2}, {3}}  →  {{1, 2}, {3}}
    {1 {2 {3}}}  →  {1, {2, {3}}}
    [x(end) 1]  →  [x(end), 1]
    [x(end, 1) -1]  →  [x(end, 1), -1]
    x([1 end])  →  x ([1, end])
    x([1 end - 1])  →  x ([1, end - 1])
    x([1 end -1])  →  x ([1, end, -1])
    x([end])  →  x ([end])
    [x(1, :) y(:)']  →  [x(1, :), y(:)']
    [x (1, :)]  →  ERROR
    [(a) -(b)]  →  [(a), -(b)]
    [a' - b']  →  [a' - b']
    [a'*b']  →  [a' * b']
    [a' *b']  →  [a' * b']
    [a' * b']  →  [a' * b']
    [1 (2) 3]  →  [1, (2), 3]
    [f(1)(2) 3]  →  [f(1)(2), 3]
    [a' (1)]  →  [a', (1)]
    [a'(1)]  →  [a'(1)]
    [1;2;3]'  →  [1; 2; 3]'
    [1 2]'  →  [1, 2]'
    {1 2}'  →  {1, 2}'
    [a|b c|d]  →  [a | b, c | d]
    [a | b]  →  [a | b]
    [a |b]  →  [a | b]
    [a < b]  →  [a < b]
    [a <b]  →  [a < b]
    [1, 2 ; ... c⏎ 3, 4]  →  [1, 2; 3, 4]
    [a⇥b]  →  [a, b]
    [a⇥-b]  →  [a, -b]
    [1  2   3]  →  [1, 2, 3]
    [ 1 2 ]  →  [1, 2]
    [ 1 , 2 ]  →  [1, 2]
    [a ...⏎-b]  →  [a, -b]
    [1 - 2 -3]  →  [1 - 2, -3]
    [a(1, 2) b (3)]  →  [a(1, 2), b, (3)]
    [-1 -1]  →  [-1, -1]
    [+1 +1]  →  [+1, +1]
    ['a';'b']  →  ['a'; 'b']
    ["x";"y"]  →  ["x"; "y"]
    [a.("b") c]  →  [a.("b"), c]
    [a.(b) (c)]  →  [a.(b), (c)]
    [a(1).b(2) 3]  →  [a(1).b(2), 3]
    [x' ; y']  →  [x'; y']
    [x';y']  →  [x'; y']
    [ones(2) * -1, 2]  →  [ones(2) * -1, 2]
    [1 * -1]  →  [1 * -1]
    [1 *-1]  →  [1 * -1]
    [2^-1 3]  →  [2 ^ -1, 3]
    [2 ^ -1 3]  →  [2 ^ -1, 3]
    [2 ^-1 3]  →  [2 ^ -1, 3]
    [a''  b]  →  [a'', b]
    [a'' 'b']  →  [a'', 'b']
    [f(a') 'b']  →  [f(a'), 'b']
    [f(a, 'b') c]  →  [f(a, 'b'), c]
    {f('a b', 1) 'c d'}  →  {f('a b', 1), 'c d'}
    {'a' 'b' 'c'}  →  {'a', 'b', 'c'}
    [num2str(1) ' of ' num2str(2)]  →  [num2str(1), ' of ', num2str(2)]
    ['a' num2str(1) 'b']  →  ['a', num2str(1), 'b']
    [m; n]   →  [m; n]
    [y(i) (x == 1)]  →  [y(i), (x == 1)]
    [1/2 1 /2 1/ 2 1 / 2]  →  [1 / 2, 1 / 2, 1 / 2, 1 / 2]
    [theta(1); theta(2:end)]  →  [theta(1); theta(2:end)]
    [ones(m, 1) X]  →  [ones(m, 1), X]
    [zeros(1,3)'  ones(3,1)]  →  [zeros(1, 3)', ones(3, 1)]
    [a(:)' b(:)'; c(:)']  →  [a(:)', b(:)'; c(:)']
    [a(:) ; b(:)]  →  [a(:); b(:)]
    """#

  @Test("white space separates elements as in Octave", arguments: rows(MatrixTests.table))
  func whiteSpace(row: Row) throws {
    let source = SourceFile(name: "test", text: "@() " + row.left)
    let result = Parser.parse(source)
    if row.right == "ERROR" {
      #expect(result.hasErrors)
      return
    }
    #expect(result.diagnostics == [])
    guard case .expression(let expression) = result.program.statements.first?.kind else {
      Issue.record("no expression in \(row.left)")
      return
    }
    #expect(SourcePrinter.print(expression, source: source) == "@() " + row.right)
  }

  @Test("empty rows are dropped")
  func emptyRows() throws {
    #expect(try expression("[;1;;2;]") == expression("[1; 2]"))
    #expect(try expression("{;}") == expression("{}"))
    #expect(try expression("{[] {}}") == expression("{[], {}}"))
  }

  @Test("comments, blank lines and CRLF may stand between rows")
  func rowsAndComments() throws {
    let text = "[ % first\r\n  1, 2 # two\r\n\r\n  % none\r\n  3, 4 ...\r\n]"
    #expect(try expression(text) == expression("[1, 2; 3, 4]"))
  }

  @Test("the braces of an index are no cell")
  func braceIndex() throws {
    #expect(try expression("c{i -1}") == expression("c{i - 1}"))
    #expect(try expression("[c{i -1} -1]") == expression("[c{i - 1}, -1]"))
  }
}
