// Function definitions. In a file whose functions are not ended by `end`, the next `function` or the end of
// the text ends them; `Parser.parse` tries that reading when the other fails.

extension Parser {
  mutating func parseFunction() throws(Abandon) -> Statement {
    let start = token.range
    let isNested = functionDepth > 0
    if isNested { sawNestedFunction = true }
    let before = lexer.comments
    try nest()
    blocks.append(OpenBlock(keyword: .function, range: start))
    functionDepth += 1
    let outerVariables = variables
    variables = []
    let outerNested = containsNested
    containsNested = nil
    defer {
      variables = outerVariables
      functionDepth -= 1
      blocks.removeLast()
      nesting -= 1
    }
    advance()
    var function = FunctionDefinition(
      name: "", parameters: [], outputs: [], body: [], documentation: "", range: start,
      nameRange: start)
    let outerNesting = statementNesting
    statementNesting = nesting
    do {
      try parseSignature(&function)
    } catch {
      recover()
    }
    statementNesting = outerNesting
    let signatureEnd = previousEnd
    while isAt(.newline) || isAt(.semicolon) || isAt(.comma) { advance() }
    function.documentation = documentation(
      before, Int(start.start), from: signatureEnd, to: Int(token.range.start))
    function.body = parseStatements()
    endFunction(start)
    containsNested = isNested ? start : outerNested
    function.range = range(from: start)
    return Statement(.function(function), function.range)
  }

  /// Takes the function's `end`, where there is one.
  private mutating func endFunction(_ start: SourceRange) {
    if isAt(.endOfFile) {
      endsInside = true
      if functionsHaveEnd, containsNested != nil {
        endErrors -= 1
        reportMissingEnd(OpenBlock(keyword: .function, range: start), "end")
        endErrors += 1
      }
      return
    }
    if isAt(.keyword(.function)) { return }
    if functionsHaveEnd, let nested = containsNested {
      report(
        "nested functions are not supported", nested,
        hint: "the function opened at line \(line(start)) has not ended here")
    }
    expectEnd()
  }

  private mutating func parseSignature(_ function: inout FunctionDefinition) throws(Abandon) {
    if isAt(.open(.square)) {
      function.outputs = try parseOutputs()
      guard take(.assign) else { throw unexpected("'=' after the outputs") }
      try parseFunctionName(&function)
    } else {
      try parseFunctionName(&function)
      if take(.assign) {
        function.outputs = [function.name]
        try parseFunctionName(&function)
      }
    }
    for output in function.outputs { variables.insert(output) }
    if isAt(.open(.round)) { function.parameters = try parseParameters(isAnonymous: false) }
    switch token.kind {
    case .newline, .semicolon, .comma, .endOfFile: break
    default:
      // `function f () body, end` on one line is allowed after a parameter list.
      if lexer.byte(previousEnd - 1) != UInt8(ascii: ")") {
        throw unexpected("'(' or the end of the line after the function's name")
      }
    }
  }

  private mutating func parseFunctionName(_ function: inout FunctionDefinition) throws(Abandon) {
    guard isAt(.identifier) else { throw unexpected("a function name") }
    let start = token.range
    function.name = try parseDottedName()
    function.nameRange = range(from: start)
  }

  private mutating func parseOutputs() throws(Abandon) -> [String] {
    let open = token.range
    advance()
    var outputs: [String] = []
    while !isAt(.close(.square)) {
      guard isAt(.identifier) else {
        throw unexpected("a name among the outputs", open: (.square, open))
      }
      let name = text(token.range)
      advance()
      try checkUnique(name, among: outputs)
      outputs.append(name)
      if !take(.comma), !isAt(.close(.square)) {
        throw unexpected("',' or ']'", open: (.square, open))
      }
    }
    advance()
    return outputs
  }

  /// The comment block directly before the function, or else the first one inside, as Octave's `help` has it.
  private func documentation(
    _ before: CommentBlock, _ start: Int, from signatureEnd: Int, to bodyStart: Int
  ) -> String {
    if before.nextLine >= 0, before.end <= start,
      source.bytes[before.end..<start].allSatisfy({ $0 == 10 || $0 == 13 || lexer.isBlank($0) })
    {
      return lexer.documentation(before)
    }
    guard let inside = lexer.firstComment(from: signatureEnd, to: bodyStart) else { return "" }
    return lexer.documentation(inside)
  }
}

extension Lexer {
  /// The first comment in a stretch of text that holds nothing else: the end of a line, or a block of lines.
  func firstComment(from start: Int, to end: Int) -> CommentBlock? {
    var reader = self
    reader.position = start
    reader.nesting = []
    reader.comments = CommentBlock()
    var found: CommentBlock?
    while reader.position < end {
      var index = reader.position
      while isBlank(byte(index)) || byte(index) == UInt8(ascii: ";") { index += 1 }
      let isComment = byte(index) == UInt8(ascii: "%") || byte(index) == UInt8(ascii: "#")
      let trivia = reader.skipTrivia()
      if isComment, !isFirstOnLine(index) {
        return CommentBlock(start: index, end: reader.position, nextLine: reader.position + 1)
      }
      if reader.comments.nextLine >= 0 {
        if let known = found, known.start != reader.comments.start { return known }
        found = reader.comments
      }
      guard trivia.stopsAtLineEnd else { break }
      reader.position += 1
    }
    return found
  }
}
