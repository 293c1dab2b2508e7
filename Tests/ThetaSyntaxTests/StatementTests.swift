import Testing

@testable import ThetaSyntax

@Suite struct StatementTests {
  /// Programs that are written differently and mean the same. Octave 7.3 accepts every one of them.
  static let table = #"""
    if x, y, end  →  if x⏎ y⏎endif
    if (x) y, end  →  if (x), y, end
    if x disp(1) end  →  if x⏎disp(1)⏎end
    if x, y, else z, end  →  if x⏎y⏎else⏎z⏎endif
    if x, y, elseif w, z, end  →  if x⏎y⏎elseif w⏎z⏎end
    for k=1:3 disp(k); end  →  for k = 1:3⏎disp(k);⏎endfor
    for (k = 1:3) disp(k); end  →  for k = 1:3, disp(k); end
    for (k) = 1:3, k, end  →  for k = 1:3, k, end
    for k=1:3,disp(k);end;  →  for k=1:3⏎disp(k);⏎end
    for k = (1:3) k, end  →  for k = (1:3), k, end
    for x(2) = 1:2, x, end  →  for (x(2) = 1:2), x, end
    for [v, k] = s, v, end  →  for [v k] = s, v, endfor
    parfor k = 1:3, k, end  →  for k = 1:3, k, end
    parfor (k = 1:3, 4) k, endparfor  →  for k = 1:3, k, end
    while (x) y, end  →  while (x)⏎y⏎endwhile
    while 1 break end  →  while 1⏎break⏎end
    do x++; until x > 3  →  do⏎x++;⏎until x > 3
    do, x; until (x), y  →  do⏎x;⏎until (x)⏎y
    switch x case 1 a, case {2, 3} b, otherwise c, end  →  switch x⏎case 1⏎a⏎case {2,3}⏎b⏎otherwise⏎c⏎endswitch
    switch (x)⏎% c⏎⏎case 'a'⏎y⏎end  →  switch (x), case 'a', y, end
    try, a, catch e, b, end  →  try⏎a⏎catch e⏎b⏎end_try_catch
    try a, catch, b, end  →  try⏎a⏎catch⏎b⏎end
    try⏎a⏎catch disp(1)⏎end  →  try⏎a⏎catch⏎disp(1)⏎end
    try⏎a⏎catch e.x⏎end  →  try⏎a⏎catch⏎e.x⏎end
    try⏎a⏎end  →  try⏎a⏎catch⏎end
    try a, catch err; b, end  →  try⏎a⏎catch err⏎b⏎end
    unwind_protect a, unwind_protect_cleanup b, end  →  unwind_protect⏎a⏎unwind_protect_cleanup⏎b⏎end_unwind_protect
    global a b c  →  global a b c;
    persistent n = 0;  →  persistent n=0
    x = 3;;; y  →  x = 3;⏎y
    x = 3, y = 4  →  x = 3⏎y = 4
    1;  →  ⏎⏎1;⏎
    ~x  →  !x
    x ~= y  →  x != y
    x **= 2  →  x ^= 2
    x .+= 2  →  x += 2
    x ⊙= 2  →  x .*= 2
    [a, ~, c] = f  →  [a, !, c] = f
    [a] = f  →  a = f
    (a) = f  →  a = f
    A(1, :) = []  →  A(1,:)=[]
    A(end+1).b{3} = 2  →  A (end + 1).b {3} = 2
    x . y  →  x.y
    printf ("a"), disp (1)  →  printf("a")⏎disp(1)
    function f, x, end  →  function f ()⏎x⏎endfunction
    function y = f (x) y = x; end  →  function [y] = f(x)⏎y = x;⏎end
    function [a b] = f(x, ~)⏎end  →  function [a, b] = f (x, !)⏎end
    function [] = f⏎end  →  function f⏎end
    """#

  @Test("the spellings of a statement mean the same", arguments: rows(StatementTests.table))
  func spellings(row: Row) throws {
    #expect(try parse(row.left) == parse(row.right))
  }

  @Test("a statement shows its value unless it ends with a semicolon")
  func printsResult() throws {
    #expect(try parse("a\nb;\nc, d; e").map(\.printsResult) == [true, false, true, false, true])
    #expect(try parse("if x, y, end").map(\.printsResult) == [false])
  }

  @Test("functions may be ended by the next function and the end of the file")
  func functionsWithoutEnd() throws {
    let ended = try parse("function f\n  if x, y, end\nend\nfunction g (a)\n  z\nend\n")
    #expect(try parse("function f\n  if x, y, end\n\nfunction g (a)\n  z\n") == ended)
    #expect(try parse("1;\nfunction f\n  y\n").count == 2)
  }

  @Test("functions may stand anywhere in a script")
  func functionsInScript() throws {
    let statements = try parse("x = f (1);\nfunction y = f (x)\n  y = x;\nend\nx = f (2);\nfunction g, end\n")
    #expect(statements.count == 4)
  }

  @Test("parameters have names, defaults, or are ignored")
  func parameters() throws {
    guard case .function(let function) = try parse("function f (a = 1, ~, varargin)\nend")[0].kind else {
      return
    }
    #expect(function.parameters.map(\.name) == ["a", nil, "varargin"])
    #expect(function.parameters[0].defaultValue == (try expression("1")))
    #expect(function.nameRange == SourceRange(9, 10))
  }

  @Test("the comment before a function or the first inside is its documentation")
  func documentation() throws {
    func documentation(_ text: String) throws -> String {
      guard case .function(let function) = try parse(text).last?.kind else { return "?" }
      return function.documentation
    }
    #expect(try documentation("% one\n%   two\nfunction f\n % three\nend") == " one\n   two\n")
    #expect(try documentation("x = 1;\n## one\n\nfunction f\nend") == " one\n")
    #expect(try documentation("function f (x)\n%F  one\n% two\n\n% three\nx\nend") == "F  one\n two\n")
    #expect(try documentation("function f % one\n% two\nend") == " one\n")
    #expect(try documentation("function f\n\n  # one\nend") == " one\n")
    #expect(try documentation("%{\none\n%}\nfunction f\nend") == "one\n")
    #expect(try documentation("x = 1; % none\nfunction f\nx\nend") == "")
  }

  @Test("ranges cover the text of their nodes")
  func ranges() throws {
    let source = SourceFile(name: "test", text: "x = a.b(1, end)' + [1, 2];\nif x, y, end\n")
    let statements = Parser.parse(source).program.statements
    #expect(source.text(statements[0].range) == "x = a.b(1, end)' + [1, 2]")
    #expect(source.text(statements[1].range) == "if x, y, end")
    guard case .expression(let assignment) = statements[0].kind,
      case .assignment(_, _, let value) = assignment.kind, case .binary(_, let left, let right) = value.kind
    else { return }
    #expect(source.text(left.range) == "a.b(1, end)'")
    #expect(source.text(right.range) == "[1, 2]")
  }

  @Test(
    "a text goes on at the prompt",
    arguments: [
      "if x", "if x\n y", "for i = 1:3", "while 1\n", "function f\n x = 1;", "x = [1, 2", "x = {", "f (1,",
      "x = [1\n 2",
      "x = 1 + ...", "x = 1 + ...\n", "\"a\\", "%{\nabc", "do\n x", "switch x\n case 1", "try\n x",
      "unwind_protect\n x",
      "x = @(a", "if x\n [1, 2", "x = 3 ...", "f 'a' ...",
    ])
  func incomplete(text: String) {
    #expect(Parser.isIncomplete(SourceFile(name: "test", text: text)))
  }

  @Test(
    "a text is complete, or wrong",
    arguments: [
      "", "x", "if x, y, end", "x = 1 +", "x = )", "if x = = 3", "x = 'abc", "end", "x = [1, 2]",
      "for i = 1:3, end", "f(1))",
      "function f\n x = 1;\nend", "% comment", "x = 1; % (", "for", "a = {1, 2}\n", "x = [1 2\ny = 3 +\n",
    ])
  func complete(text: String) {
    #expect(!Parser.isIncomplete(SourceFile(name: "test", text: text)))
  }
}
