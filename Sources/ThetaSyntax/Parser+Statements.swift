// Statements and the lists they stand in. Control flow is in Parser+Blocks, functions in Parser+Functions.

extension Parser {
  mutating func parseProgram() -> Program {
    let statements = parseStatements()
    return Program(statements: statements, impliedSeparators: lexer.impliedSeparators)
  }

  /// Statements up to a word that closes the block they stand in, which is left for the caller to take.
  mutating func parseStatements() -> [Statement] {
    var statements: [Statement] = []
    while true {
      switch token.kind {
      case .newline, .semicolon, .comma:
        advance()
      case .endOfFile:
        return statements
      case .keyword(let keyword) where keyword.closesBlock:
        if closesOpenBlock(keyword) { return statements }
        reportStray(keyword)
      case .keyword(.function) where functionDepth > 0 && !functionsHaveEnd:
        return statements
      default:
        let outerNesting = statementNesting
        statementNesting = nesting
        do {
          statements.append(try parseTerminatedStatement())
        } catch {
          recover()
        }
        statementNesting = outerNesting
      }
    }
  }

  /// A statement and what ends it: `;`, `,`, a line end, or a word that closes the block.
  private mutating func parseTerminatedStatement() throws(Abandon) -> Statement {
    var statement = try parseStatement()
    var isSilent = false
    switch token.kind {
    case .semicolon:
      isSilent = true
      advance()
    case .comma, .newline:
      advance()
    case .endOfFile: break
    case .keyword(let keyword) where keyword.closesBlock: break
    case .keyword(.function): break
    default:
      throw unexpected("the end of the statement")
    }
    switch statement.kind {
    case .expression, .command: statement.printsResult = !isSilent
    default: break
    }
    return statement
  }

  private mutating func parseStatement() throws(Abandon) -> Statement {
    let start = token.range
    switch token.kind {
    case .keyword(let keyword):
      switch keyword {
      case .break, .continue, .return:
        if keyword != .return, !isInLoop {
          report("\(keyword.rawValue) must appear within a loop", start)
        }
        advance()
        let kind: Statement.Kind =
          keyword == .break ? .break : keyword == .continue ? .continue : .return
        return Statement(kind, start)
      case .global, .persistent:
        return try parseDeclaration(keyword)
      case .line, .file:
        return Statement(.expression(try parseExpression()), range(from: start))
      case .function:
        return try parseFunction()
      case .classdef:
        resume = source.bytes.count
        throw fail("'classdef' is not supported", start)
      default:
        try nest()
        blocks.append(OpenBlock(keyword: keyword, range: start))
        advance()
        let kind = parseBlock(keyword)
        blocks.removeLast()
        nesting -= 1
        return Statement(kind, range(from: start))
      }
    default:
      if isAt(.identifier), let command = parseCommand() { return command }
      let expression = try parseExpression()
      return Statement(.expression(expression), range(from: start))
    }
  }

  /// Whether a loop of the current function is open.
  private var isInLoop: Bool {
    for block in blocks.reversed() {
      switch block.keyword {
      case .for, .parfor, .while, .do: return true
      case .function: return false
      default: continue
      }
    }
    return false
  }

  /// `hold on`: a name that is no variable, white space, and a word.
  private mutating func parseCommand() -> Statement? {
    let start = token.range
    let next = lexer.byte(lexer.position)
    guard lexer.isBlank(next) || lexer.startsContinuation(lexer.position) else { return nil }
    let name = text(start)
    guard !variables.contains(name), lexer.looksLikeCommand(name) else { return nil }
    if functionDepth == 0, isVariable(name) { return nil }
    let words = lexer.commandWords()
    previousEnd = lexer.position
    let range = SourceRange(Int(start.start), previousEnd)
    token = lexer.next()
    return Statement(.command(name, words: words), range)
  }

  /// `global a b = 2`
  private mutating func parseDeclaration(_ keyword: Keyword) throws(Abandon) -> Statement {
    let start = token.range
    advance()
    var declarations: [Declaration] = []
    while isAt(.identifier) {
      let nameRange = token.range
      let name = text(nameRange)
      variables.insert(name)
      advance()
      var value: Expression?
      if take(.assign) { value = try parseExpression() }
      declarations.append(Declaration(name: name, value: value, range: range(from: nameRange)))
    }
    if declarations.isEmpty { throw unexpected("a variable name after '\(keyword.rawValue)'") }
    let kind: Statement.Kind =
      keyword == .global ? .global(declarations) : .persistent(declarations)
    return Statement(kind, range(from: start))
  }
}
