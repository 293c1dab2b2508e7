// `[ … ]` and `{ … }`, and assignments, whose left side may look like a matrix.

extension Parser {
  /// A matrix or a cell, brackets included. Empty rows are dropped, as Octave does.
  mutating func parseMatrix(_ bracket: Bracket) throws(Abandon) -> Expression {
    let open = token.range
    try nest()
    advance()
    var rows: [[Expression]] = []
    var row: [Expression] = []
    var highest = 0
    var holes: SourceRange?
    while !isAt(.close(bracket)) {
      switch token.kind {
      case .newline:
        if lineStartsStatement(after: Int(token.range.end)) { throw unmatched(bracket, open) }
        fallthrough
      case .semicolon:
        advance()
        if !row.isEmpty { rows.append(row) }
        row = []
        continue
      case .endOfFile:
        throw unmatched(bracket, open)
      case .comma where row.isEmpty:
        // `[, 1]` is allowed.
        advance()
        if isAt(.comma) { throw fail("an element is missing", token.range) }
        continue
      default: break
      }
      let element: Expression
      if isPlaceholder() {
        holes = token.range
        element = Expression(.identifier("~"), token.range)
        height = 1
        advance()
      } else {
        element = try parseExpression()
      }
      row.append(element)
      highest = max(highest, height)
      switch token.kind {
      case .comma:
        advance()
        if isAt(.comma) { throw fail("an element is missing", token.range) }
      case .semicolon, .newline, .close(bracket): break
      default:
        throw unexpected("',', ';' or '\(bracket.closing)'", open: (bracket, open))
      }
    }
    advance()
    nesting -= 1
    if !row.isEmpty { rows.append(row) }
    height = highest
    try rise(height)
    if holes != nil { placeholder = holes }
    let range = range(from: open)
    return Expression(bracket == .square ? .matrix(rows) : .cell(rows), range)
  }

  /// Whether the current token is the `~` of an ignored output: nothing but a separator follows it.
  func isPlaceholder() -> Bool {
    guard isAt(.not), lexer.nesting.last == .square else { return false }
    var reader = lexer
    let next = reader.next().kind
    return next == .comma || next == .close(.square)
  }

  // MARK: - Assignment

  /// The rest of `left = …` or `left += …`.
  mutating func parseAssignment(
    _ left: Expression, _ operation: BinaryOperator?, _ start: SourceRange, _ outer: SourceRange?
  ) throws(Abandon) -> Expression {
    let sign = token.range
    if isInAnonymous {
      throw fail("invalid use of operator \(text(sign)) in anonymous function", sign)
    }
    let leftHeight = height
    let targets = try targets(left, operation, sign)
    placeholder = outer
    try nest()
    advance()
    let value = try parseExpression()
    nesting -= 1
    try rise(max(leftHeight, height))
    return Expression(
      .assignment(targets: targets, operation: operation, value: value), range(from: start))
  }

  private mutating func targets(
    _ left: Expression, _ operation: BinaryOperator?, _ sign: SourceRange
  ) throws(Abandon) -> [AssignmentTarget] {
    guard case .matrix(let rows) = left.kind else { return [try target(left, sign)] }
    guard let row = rows.first else {
      throw fail("invalid empty left hand side of assignment", left.range)
    }
    if rows.count > 1 {
      throw fail("the left hand side of an assignment has one row", left.range)
    }
    if operation != nil { throw fail("computed multiple assignment not allowed", left.range) }
    var targets: [AssignmentTarget] = []
    for element in row {
      if case .identifier("~") = element.kind {
        targets.append(.ignored(element.range))
      } else {
        targets.append(try target(element, sign))
      }
    }
    return targets
  }

  /// Checks that a value can be assigned to an expression, and notes the variable.
  mutating func target(_ place: Expression, _ sign: SourceRange) throws(Abandon) -> AssignmentTarget {
    var root = place
    while true {
      switch root.kind {
      case .identifier(let name):
        variables.insert(name)
        return .place(place)
      case .call(let object, _), .brace(let object, _), .field(let object, _), .dynamicField(let object, _):
        root = object
      case .parenthesized(let inner) where root == place:
        return try target(inner, sign)
      case .number, .imaginary, .integer, .string:
        throw fail("invalid constant left hand side of assignment", place.range)
      default:
        throw fail("invalid left hand side of assignment", place.range, hint: "write == to compare")
      }
    }
  }
}
