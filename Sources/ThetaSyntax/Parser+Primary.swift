// Operands: literals, names, brackets, handles and anonymous functions, and the indices behind them.

extension Parser {
  /// An operand with its indices: `a(1).b{2}.(c)`.
  mutating func parseIndexed() throws(Abandon) -> Expression {
    try parseIndices(of: try parsePrimary())
  }

  /// The chain of `( … )`, `{ … }`, `.name` and `.( … )` behind an operand.
  mutating func parseIndices(of operand: Expression) throws(Abandon) -> Expression {
    var result = operand
    if case .anonymous = operand.kind { return result }
    while true {
      let below = height
      switch token.kind {
      case .open(.round):
        let arguments = try parseArguments(.round)
        result = Expression(.call(result, arguments), range(from: operand.range))
      case .open(.curly):
        let arguments = try parseArguments(.curly)
        result = Expression(.brace(result, arguments), range(from: operand.range))
      case .dot:
        advance()
        result = try parseField(result, operand.range)
      default:
        return result
      }
      try rise(max(below, height))
    }
  }

  private mutating func parseField(
    _ object: Expression, _ start: SourceRange
  ) throws(Abandon) -> Expression {
    switch token.kind {
    case .identifier:
      let name = text(token.range)
      advance()
      height = 1
      return Expression(.field(object, name), range(from: start))
    case .open(.round):
      let open = token.range
      try nest()
      advance()
      let name = try parseExpression()
      try expectClose(.round, open)
      nesting -= 1
      return Expression(.dynamicField(object, name), range(from: start))
    default:
      throw unexpected("a field name after '.'")
    }
  }

  /// The arguments of a call or an index, brackets included.
  mutating func parseArguments(_ bracket: Bracket) throws(Abandon) -> [Expression] {
    let open = token.range
    try nest()
    indexDepth += 1
    defer { indexDepth -= 1 }
    advance()
    var arguments: [Expression] = []
    var highest = 0
    if !isAt(.close(bracket)) {
      while true {
        arguments.append(try parseArgument(bracket, open))
        highest = max(highest, height)
        guard take(.comma) else { break }
      }
    }
    try expectClose(bracket, open)
    nesting -= 1
    height = highest
    return arguments
  }

  private mutating func parseArgument(
    _ bracket: Bracket, _ open: SourceRange
  ) throws(Abandon) -> Expression {
    switch token.kind {
    case .colon:
      let range = token.range
      advance()
      height = 1
      if isAt(.comma) || isAt(.close(bracket)) { return Expression(.colon, range) }
      throw unexpected("',' or '\(bracket.closing)' after ':'", open: (bracket, open))
    case .comma, .close:
      throw fail(
        "an argument is missing", token.range, hint: "there is nothing between the commas or brackets")
    case .endOfFile:
      throw unmatched(bracket, open)
    default:
      return try parseExpression()
    }
  }

  // MARK: - Operands

  mutating func parsePrimary() throws(Abandon) -> Expression {
    let start = token.range
    height = 1
    switch token.kind {
    case .identifier:
      let name = text(start)
      advance()
      return Expression(.identifier(name), start)
    case .number:
      return try parseNumber()
    case .string(let quote):
      return parseString(quote)
    case .open(.round):
      return try parseParenthesized()
    case .open(.square):
      return try parseMatrix(.square)
    case .open(.curly):
      return try parseMatrix(.curly)
    case .at:
      return try parseHandle()
    case .keyword(.end) where indexDepth > 0:
      advance()
      return Expression(.end, start)
    case .keyword(.line):
      advance()
      return Expression(.number(Double(line(start))), start)
    case .keyword(.file):
      advance()
      return Expression(.string(Array(source.name.utf8), .single), start)
    default:
      throw unexpected("an expression")
    }
  }

  private mutating func parseNumber() throws(Abandon) -> Expression {
    let start = token.range
    switch lexer.number(start) {
    case .success(let kind):
      advance()
      return Expression(kind, start)
    case .failure(.tooLarge(let width)):
      throw fail("the number does not fit into \(width) bits", start)
    }
  }

  private mutating func parseString(_ quote: Quote) -> Expression {
    let start = token.range
    var unknown: [Int] = []
    let value = lexer.string(start, quote) { unknown.append($0) }
    for offset in unknown {
      let width = lexer.scalar(at: offset + 1)?.1 ?? 1
      let escape = text(SourceRange(offset, offset + 1 + width))
      warn(
        "unrecognized escape sequence '\(escape)' -- converting to '\(escape.dropFirst())'",
        SourceRange(offset, offset + 1 + width))
    }
    advance()
    return Expression(.string(value, quote), start)
  }

  private mutating func parseParenthesized() throws(Abandon) -> Expression {
    let open = token.range
    try nest()
    advance()
    if isAt(.close(.round)) {
      throw fail("nothing between '(' and ')'", SourceRange(Int(open.start), Int(token.range.end)))
    }
    let inner = try parseExpression()
    try expectClose(.round, open)
    nesting -= 1
    try rise(height)
    return Expression(.parenthesized(inner), range(from: open))
  }

  /// `@name`, `@pkg.name` or `@( … ) body`.
  private mutating func parseHandle() throws(Abandon) -> Expression {
    let start = token.range
    advance()
    switch token.kind {
    case .open(.round):
      return try parseAnonymous(start)
    case .identifier:
      let name = try parseDottedName()
      return Expression(.handle(name), range(from: start))
    default:
      throw unexpected("a function name or '(' after '@'")
    }
  }

  /// `name` or `pkg.name`; the current token is the first word.
  mutating func parseDottedName() throws(Abandon) -> String {
    var name = text(token.range)
    advance()
    while take(.dot) {
      guard isAt(.identifier) else { throw unexpected("a name after '.'") }
      name += "." + text(token.range)
      advance()
    }
    return name
  }

  private mutating func parseAnonymous(_ start: SourceRange) throws(Abandon) -> Expression {
    try nest()
    let parameters = try parseParameters(isAnonymous: true)
    let outer = isInAnonymous
    isInAnonymous = true
    defer { isInAnonymous = outer }
    switch token.kind {
    case .newline, .semicolon, .comma, .endOfFile:
      throw fail(
        "anonymous function bodies must be single expressions", token.range,
        hint: "there is nothing after the parameters")
    default: break
    }
    let body = try parseExpression()
    nesting -= 1
    try rise(height)
    return Expression(.anonymous(parameters: parameters, body: body), range(from: start))
  }

  /// `( a, ~, b = 1 )`; the closing bracket is taken.
  mutating func parseParameters(isAnonymous: Bool) throws(Abandon) -> [Parameter] {
    let open = token.range
    advance()
    var parameters: [Parameter] = []
    if !isAt(.close(.round)) {
      while true {
        let parameter = try parseParameter(open, isAnonymous: isAnonymous)
        if let name = parameter.name { try checkUnique(name, among: parameters.map(\.name)) }
        parameters.append(parameter)
        guard take(.comma) else { break }
      }
    }
    guard isAt(.close(.round)) else {
      if isAt(.endOfFile) { throw unmatched(.round, open) }
      throw unexpected("',' or ')' in the parameter list", open: (.round, open))
    }
    lexer.endParameters(isAnonymous: isAnonymous)
    advance()
    return parameters
  }

  /// No name stands twice in a list of parameters or outputs.
  mutating func checkUnique(_ name: String, among names: [String?]) throws(Abandon) {
    guard names.contains(name) else { return }
    throw fail("'\(name)' appears more than once in parameter list", token.range)
  }

  private mutating func parseParameter(
    _ open: SourceRange, isAnonymous: Bool
  ) throws(Abandon) -> Parameter {
    let start = token.range
    if isAt(.not) {
      advance()
      return Parameter(name: nil, range: start)
    }
    guard isAt(.identifier) else {
      throw unexpected("a parameter name", open: (.round, open))
    }
    let name = text(start)
    advance()
    // The parameters of an anonymous function are no variables of the statements around it.
    if !isAnonymous { variables.insert(name) }
    guard take(.assign) else { return Parameter(name: name, range: start) }
    let value = try parseExpression()
    return Parameter(name: name, defaultValue: value, range: range(from: start))
  }
}

extension Lexer {
  /// Called before the token after a parameter list is read: it begins a body.
  mutating func endParameters(isAnonymous: Bool) {
    // The closing bracket is scanned already, so the innermost bracket is the one around the function.
    if isAnonymous, nesting.last?.isMatrix == true { nesting.append(.body) }
    previousEndsValue = false
  }
}
