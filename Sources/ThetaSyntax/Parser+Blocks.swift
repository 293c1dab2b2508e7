// `if`, `while`, `for`, `do`, `switch`, `try` and `unwind_protect`. A mistake in a header does not lose the
// block: its body is parsed all the same, so that its `end` finds its beginning.

extension Parser {
  /// The rest of a block after its first keyword, its closing word included.
  mutating func parseBlock(_ keyword: Keyword) -> Statement.Kind {
    switch keyword {
    case .if: return parseIf()
    case .while:
      let condition = parseCondition("while")
      let body = parseStatements()
      expectEnd()
      return .while(condition, body)
    case .for, .parfor: return parseFor()
    case .do: return parseDo()
    case .switch: return parseSwitch()
    case .try: return parseTry()
    case .unwindProtect:
      let body = parseStatements()
      var cleanup: [Statement] = []
      if take(.keyword(.unwindProtectCleanup)) {
        cleanup = parseStatements()
      } else if isAt(.keyword(.end)) || isAt(.keyword(.endUnwindProtect)) {
        report(
          "'unwind_protect' has no 'unwind_protect_cleanup'", blocks[blocks.count - 1].range)
      }
      expectEnd()
      return .unwindProtect(body, cleanup: cleanup)
    default:
      // `spmd` runs its body once where there is one processor.
      let body = parseStatements()
      expectEnd()
      return .unwindProtect(body, cleanup: [])
    }
  }

  private var nothing: Expression { Expression(.matrix([]), token.range) }

  /// Parses a part of a header; after a mistake goes to the end of the header.
  private mutating func parseHeader(
    _ body: (inout Parser) throws(Abandon) -> Expression
  ) -> Expression {
    let outer = statementNesting
    statementNesting = nesting
    isInHeader = true
    defer {
      statementNesting = outer
      isInHeader = false
    }
    do {
      return try body(&self)
    } catch {
      recover()
      return nothing
    }
  }

  private mutating func parseCondition(_ keyword: String) -> Expression {
    let condition = parseHeader { parser throws(Abandon) in try parser.parseExpression() }
    var inner = condition
    if case .parenthesized(let parenthesized) = inner.kind { inner = parenthesized }
    if case .assignment = inner.kind {
      warn(
        "suggest parenthesis around assignment used as truth value", inner.range,
        hint: "write == to compare")
    }
    return condition
  }

  private mutating func parseIf() -> Statement.Kind {
    var branches: [Branch] = []
    var otherwise: [Statement]?
    let condition = parseCondition("if")
    branches.append(Branch(condition: condition, body: parseStatements()))
    while true {
      let start = token.range
      if take(.keyword(.elseIf)) {
        if otherwise != nil { report("'elseif' after 'else'", start) }
        let condition = parseCondition("elseif")
        branches.append(Branch(condition: condition, body: parseStatements()))
      } else if take(.keyword(.else)) {
        if otherwise != nil { report("a second 'else'", start) }
        if isAt(.keyword(.if)) { separateIfs.append(token.range) }
        let body = parseStatements()
        otherwise = body
      } else {
        break
      }
    }
    expectEnd()
    return .if(branches, otherwise: otherwise)
  }

  private mutating func parseDo() -> Statement.Kind {
    let body = parseStatements()
    guard take(.keyword(.until)) else {
      let open = blocks[blocks.count - 1]
      if isAt(.endOfFile) {
        reportMissingEnd(open, "until")
      } else {
        report("'do' opened at line \(line(open.range)) has no 'until'", token.range)
        if blocks.count == 1 { advance() }
      }
      return .doUntil(body, nothing)
    }
    return .doUntil(body, parseCondition("until"))
  }

  // MARK: - Loops over values

  private mutating func parseFor() -> Statement.Kind {
    var variable = nothing
    let values = parseHeader { parser throws(Abandon) in
      let open = parser.token
      var isParenthesized = parser.take(.open(.round))
      parser.isInForHeader = isParenthesized
      if case .number = parser.token.kind {
        throw parser.fail("invalid constant left hand side of assignment", parser.token.range)
      }
      variable = try parser.parseIndexed()
      // `for (k) = 1:3` is a loop, too.
      if isParenthesized, parser.take(.close(.round)) {
        isParenthesized = false
        parser.isInForHeader = false
      }
      guard parser.isAt(.assign) else { throw parser.unexpected("'=' after the loop variable") }
      try parser.checkLoopVariable(variable)
      parser.advance()
      let values = try parser.parseExpression()
      if isParenthesized {
        // `parfor (i = 1:n, workers)`: the number of workers changes nothing here.
        if parser.take(.comma) { _ = try parser.parseExpression() }
        if parser.isAt(.semicolon) {
          throw parser.fail(
            "a 'for' loop has no ';' parts", parser.token.range, hint: "write for i = first:last")
        }
        try parser.expectClose(.round, open.range)
      }
      parser.isInForHeader = false
      return values
    }
    let body = parseStatements()
    expectEnd()
    return .for(variable: variable, values: values, body)
  }

  private mutating func checkLoopVariable(_ variable: Expression) throws(Abandon) {
    if case .matrix(let rows) = variable.kind {
      // `for [value, key] = structure`
      guard rows.count == 1, rows[0].count == 2 else {
        throw fail("invalid loop variable", variable.range, hint: "write for [value, key] = structure")
      }
      for element in rows[0] { _ = try target(element, token.range) }
    } else {
      _ = try target(variable, token.range)
    }
  }

  // MARK: - Choices

  private mutating func parseSwitch() -> Statement.Kind {
    let value = parseHeader { parser throws(Abandon) in try parser.parseExpression() }
    var cases: [Case] = []
    var otherwise: [Statement]?
    if let stray = parseStatements().first {
      report("a statement stands before the first 'case'", stray.range)
    }
    while true {
      let start = token.range
      if take(.keyword(.case)) {
        if otherwise != nil { report("'case' after 'otherwise'", start) }
        let pattern = parseHeader { parser throws(Abandon) in try parser.parseExpression() }
        cases.append(Case(pattern: pattern, body: parseStatements()))
      } else if take(.keyword(.otherwise)) {
        if otherwise != nil { report("a second 'otherwise'", start) }
        otherwise = parseStatements()
      } else {
        break
      }
    }
    expectEnd()
    return .switch(value, cases, otherwise: otherwise)
  }

  private mutating func parseTry() -> Statement.Kind {
    let body = parseStatements()
    var error: String?
    var handler: [Statement] = []
    if take(.keyword(.catch)) {
      if isAt(.identifier), isErrorName() {
        let name = text(token.range)
        variables.insert(name)
        error = name
        advance()
      }
      handler = parseStatements()
    }
    expectEnd()
    return .try(body, error: error, handler: handler)
  }

  /// Whether the name after `catch` on its line is that of the error: `catch err`, but not `catch disp (1)`.
  private func isErrorName() -> Bool {
    var index = Int(token.range.end)
    while lexer.isBlank(lexer.byte(index)) { index += 1 }
    switch lexer.byte(index) {
    case UInt8(ascii: "("), UInt8(ascii: "{"), UInt8(ascii: "."), UInt8(ascii: "="), UInt8(ascii: "+"),
      UInt8(ascii: "-"):
      return false
    default: return true
    }
  }
}
