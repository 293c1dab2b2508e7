// Expressions, by precedence climbing. Lowest first: assignment, `||`, `&&`, `|`, `&`, comparisons, `:`,
// `+ -`, `* / \`, prefix operators, powers and postfix operators with indices.

extension Parser {
  /// An expression, assignments included.
  mutating func parseExpression() throws(Abandon) -> Expression {
    let start = token.range
    let outer = placeholder
    placeholder = nil
    let left = try parseBinary(.or)
    switch token.kind {
    case .assign: return try parseAssignment(left, nil, start, outer)
    case .assignWith(let operation): return try parseAssignment(left, operation, start, outer)
    default: break
    }
    if let range = placeholder {
      throw fail("'~' stands for an ignored output only on the left of '='", range)
    }
    placeholder = outer
    return left
  }

  /// Operators that bind at least as tightly as `minimum`.
  mutating func parseBinary(_ minimum: Precedence) throws(Abandon) -> Expression {
    var left = try parsePrefix()
    var leftHeight = height
    while true {
      switch token.kind {
      case .binary(let operation):
        let precedence = operation.precedence
        guard precedence >= minimum else { return left }
        advance()
        let right = try parseBinary(precedence.next)
        left = Expression(.binary(operation, left, right), left.range.union(right.range))
      case .shortCircuit(let operation):
        let precedence = operation.precedence
        guard precedence >= minimum else { return left }
        advance()
        let right = try parseBinary(precedence.next)
        left = Expression(.shortCircuit(operation, left, right), left.range.union(right.range))
      case .colon:
        guard Precedence.range >= minimum else { return left }
        advance()
        left = try parseRange(left)
      case .not where token.spaceBefore == false || lexer.nesting.last?.isMatrix != true:
        throw fail("unexpected '\(text(token.range))' after an expression", token.range)
      default:
        height = leftHeight
        return left
      }
      try rise(max(leftHeight, height))
      leftHeight = height
    }
  }

  /// The rest of a range after `base :`. Ranges do not associate: `1:2:3:4` is an error.
  private mutating func parseRange(_ base: Expression) throws(Abandon) -> Expression {
    let second = try parseBinary(.additive)
    var limit = second
    var increment: Expression?
    var inner = height
    if take(.colon) {
      increment = second
      limit = try parseBinary(.additive)
      inner = max(inner, height)
    }
    if isAt(.colon) {
      throw fail("a range has at most three parts", token.range, hint: "put parentheses around one range")
    }
    height = inner
    return Expression(
      .range(base: base, increment: increment, limit: limit), base.range.union(limit.range))
  }

  // MARK: - Prefix, power and postfix operators

  /// The prefix operator that the current token is.
  private var prefixOperator: PrefixOperator? {
    switch token.kind {
    case .binary(.add): .plus
    case .binary(.subtract): .minus
    case .not: .not
    case .increment: .increment
    case .decrement: .decrement
    default: nil
    }
  }

  private mutating func parsePrefix() throws(Abandon) -> Expression {
    guard let operation = prefixOperator else { return try parsePower() }
    let start = token.range
    if operation == .not, isPlaceholder() {
      advance()
      placeholder = start
      height = 1
      return Expression(.identifier("~"), start)
    }
    try checkIncrement(operation, start)
    try nest()
    advance()
    let operand = try parsePrefix()
    nesting -= 1
    try rise(height)
    return Expression(.prefix(operation, operand), range(from: start))
  }

  private mutating func checkIncrement(
    _ operation: PrefixOperator, _ range: SourceRange
  ) throws(Abandon) {
    if isInAnonymous, operation == .increment || operation == .decrement {
      throw fail("invalid use of operator \(operation.rawValue) in anonymous function", range)
    }
  }

  /// `base ^ exponent`, left to right, with the postfix operators and indices at the same level.
  private mutating func parsePower() throws(Abandon) -> Expression {
    var left = try parseIndexed()
    while true {
      let leftHeight = height
      switch token.kind {
      case .binary(let operation) where operation.precedence == .power:
        advance()
        let exponent = try parseExponent()
        left = Expression(.binary(operation, left, exponent), left.range.union(exponent.range))
        try rise(max(leftHeight, height))
      case .hermitian, .transpose:
        let operation: PostfixOperator = isAt(.hermitian) ? .hermitian : .transpose
        advance()
        left = try parseIndices(of: Expression(.postfix(left, operation), range(from: left.range)))
        try rise(max(leftHeight, height))
      case .increment, .decrement:
        left = try parseIncrement(left)
        try rise(leftHeight)
      default:
        return left
      }
    }
  }

  /// The right side of `^`: prefix operators bind tighter here than the next power, `2^-1^2` is `(2^-1)^2`.
  private mutating func parseExponent() throws(Abandon) -> Expression {
    guard let operation = prefixOperator else { return try parseIndexed() }
    let start = token.range
    try checkIncrement(operation, start)
    try nest()
    advance()
    let operand = try parseExponent()
    nesting -= 1
    try rise(height)
    return Expression(.prefix(operation, operand), range(from: start))
  }

  /// `x++`. What follows may not begin an operand: `a++b` is an error in Octave, too.
  private mutating func parseIncrement(_ operand: Expression) throws(Abandon) -> Expression {
    let operation: PostfixOperator = isAt(.increment) ? .increment : .decrement
    let start = token.range
    if isInAnonymous {
      throw fail("invalid use of operator \(operation.rawValue) in anonymous function", start)
    }
    advance()
    if startsOperand {
      throw fail(
        "'\(operation.rawValue)' stands between two operands", start,
        hint: "write '\(operation.rawValue.prefix(1)) \(operation.rawValue.prefix(1))' for a sign")
    }
    return Expression(.postfix(operand, operation), range(from: operand.range))
  }

  /// Whether the current token can only begin an operand.
  private var startsOperand: Bool {
    switch token.kind {
    case .number, .string, .identifier, .at, .not: true
    case .open(let bracket): bracket != .round
    default: false
    }
  }
}

extension Precedence {
  /// The next tighter level.
  var next: Precedence { Precedence(rawValue: rawValue + 1) ?? .power }
}
