import ThetaArrays
import ThetaRuntime
import ThetaSyntax

extension Compiler {
  /// Code for one value. The result is a variable's own register, or `hint` if given, or a new temporary.
  /// - Parameters:
  ///   - hint: where the result should go; it is written by the last instruction only, so that it may be a
  ///     variable that the expression reads.
  ///   - allowingList: the consumer copes with a comma-separated list that does not have one element.
  mutating func compile(
    _ expression: Expression, hint: Register? = nil, allowingList: Bool = false
  ) throws(RuntimeError) -> Register {
    let range = expression.range
    switch expression.kind {
    case .number(let x):
      if let register = pinned[x.bitPattern], hint == nil { return register }
      return try load(.number(x), hint, range)
    case .imaginary(let x):
      // Octave narrows `0i` to the real zero.
      if x == 0 { return try load(.number(0), hint, range) }
      return try load(.complex(NDArray(scalar: ComplexDouble(0, x))), hint, range)
    case .integer(let literal):
      return try load(literal.value, hint, range)
    case .string(let bytes, let quote):
      return try load(.bytes(bytes, quote == .single ? .single : .double), hint, range)
    case .colon:
      return try load(.string(":"), hint, range)
    case .identifier(let name):
      return try identifier(name, hint, range)
    case .end:
      return try end(hint, range, contexts: endContexts[...])
    case .parenthesized(let inner):
      return try compile(inner, hint: hint)
    case .prefix(let op, let operand):
      return try prefix(op, operand, hint, range)
    case .postfix(let operand, let op):
      return try postfix(operand, op, hint, range)
    case .binary(let op, let a, let b):
      return try binary(op, a, b, hint, range)
    case .shortCircuit(let op, let a, let b):
      return try shortCircuit(op, a, b, range)
    case .range(let base, let increment, let limit):
      let d = try destination(hint)
      let mark = next
      let first = try rangeOperands(base, increment, limit)
      emit(.range(d: d, first: first), range)
      next = mark
      return d
    case .matrix(let rows):
      return try literal(rows, isCell: false, hint, range)
    case .cell(let rows):
      return try literal(rows, isCell: true, hint, range)
    case .call(let callee, let arguments):
      return try call(callee, arguments, outputs: 1, hint, range)
    case .brace, .field, .dynamicField:
      if allowingList { return try part(expression, hint) }
      let d = try destination(hint)
      let mark = next
      // Never a list in a variable, not even while an error is on its way.
      let list = try part(expression, isTemporary(d) ? d : nil)
      emit(.single(d: d, a: list), range)
      next = mark
      return d
    case .handle(let name):
      let d = try destination(hint)
      emit(.makeHandle(d: d, k: try self.name(name)), range)
      return d
    case .anonymous(let parameters, let body):
      let d = try destination(hint)
      let text = SourcePrinter.handleText(expression, source: parts.unit.source)
      emit(.makeClosure(d: d, k: try template(try closure(parameters, body, text: text))), range)
      return d
    case .assignment(let targets, let operation, let value):
      return try assignment(targets, operation, value, printing: false, isUsed: true, range)
    }
  }

  /// Code for one value that ends up in a given register.
  mutating func compile(_ expression: Expression, to d: Register) throws(RuntimeError) {
    let mark = next
    let result = try compile(expression, hint: d)
    if result != d { move(d, result, expression.range) }
    next = mark
  }

  mutating func move(_ d: Register, _ a: Register, _ range: SourceRange) {
    emit(isTemporary(a) ? .moveTemporary(d: d, a: a) : .move(d: d, a: a), range)
  }

  mutating func destination(_ hint: Register?) throws(RuntimeError) -> Register {
    if let hint { return hint }
    return try temporary()
  }

  private mutating func load(
    _ value: Value, _ hint: Register?, _ range: SourceRange
  ) throws(RuntimeError) -> Register {
    let d = try destination(hint)
    emit(.loadConstant(d: d, k: try constant(value)), range)
    return d
  }

  private mutating func identifier(
    _ name: String, _ hint: Register?, _ range: SourceRange
  ) throws(RuntimeError) -> Register {
    if scope.isAssigned(name), let register = scope.slots[name] { return register }
    let d = try destination(hint)
    if isArgumentCount(name) {
      emit(.argumentCount(d: d, ofOutputs: name == "nargout"), range)
      return d
    }
    var site = CallSite(name: name, slot: scope.slots[name] ?? CallSite.noRegister, outputs: 1)
    site.isBare = true
    emit(.call(d: d, site: try self.site(site), first: d, count: 0), range)
    return d
  }

  func isArgumentCount(_ name: String) -> Bool {
    (name == "nargin" || name == "nargout") && parts.kind != .anonymous
  }

  /// `end`: the innermost indexed value. A name that only may be a variable is asked at run time.
  private mutating func end(
    _ hint: Register?, _ range: SourceRange, contexts: ArraySlice<EndContext>
  ) throws(RuntimeError) -> Register {
    let d = try destination(hint)
    guard let context = contexts.last else {
      emit(.fail(k: try name("'end': nonconformant arguments")), range)
      return d
    }
    let position = UInt8(clamping: context.position)
    let count = UInt8(clamping: context.count)
    switch context.base {
    case .value(let register):
      emit(.end(d: d, a: register, position: position, count: count), range)
    case .place(let place):
      let k = try end(EndOfPlace(place: place, position: context.position, count: context.count))
      emit(.endOfPlace(d: d, k: k), range)
    case .possibleVariable(let register):
      guard contexts.count > 1 else {
        emit(.end(d: d, a: register, position: position, count: count), range)
        return d
      }
      let toOuter = jump(.branchUndefined(target: 0, a: register), range)
      emit(.end(d: d, a: register, position: position, count: count), range)
      let toEnd = jump(.jump(target: 0), range)
      land(toOuter)
      _ = try end(d, range, contexts: contexts.dropLast())
      land(toEnd)
    }
    return d
  }

  // MARK: - Operators

  private mutating func prefix(
    _ op: PrefixOperator, _ operand: Expression, _ hint: Register?, _ range: SourceRange
  ) throws(RuntimeError) -> Register {
    if op == .minus, case .number(let x) = operand.kind { return try load(.number(-x), hint, range) }
    if op == .increment || op == .decrement {
      if operand.isPlace {
        return try increment(operand, op == .increment ? .add : .subtract, old: false, range)
      }
      // `--3` is `-(-3)`.
      let sign: UnaryOperation = op == .increment ? .plus : .minus
      let d = try destination(hint)
      let mark = next
      let a = try compile(operand, allowingList: true)
      emit(.unary(d: d, a: a, operation: sign.code), range)
      emit(.unary(d: d, a: d, operation: sign.code), range)
      next = mark
      return d
    }
    let d = try destination(hint)
    let mark = next
    let a = try compile(operand, allowingList: true)
    switch op {
    case .minus: emit(.negate(d: d, a: a), range)
    case .not: emit(.not(d: d, a: a), range)
    default: emit(.unary(d: d, a: a, operation: UnaryOperation.plus.code), range)
    }
    next = mark
    return d
  }

  private mutating func postfix(
    _ operand: Expression, _ op: PostfixOperator, _ hint: Register?, _ range: SourceRange
  ) throws(RuntimeError) -> Register {
    if op == .increment || op == .decrement {
      return try increment(operand, op == .increment ? .add : .subtract, old: true, range)
    }
    let d = try destination(hint)
    let mark = next
    let a = try compile(operand, allowingList: true)
    let operation: UnaryOperation = op == .hermitian ? .hermitian : .transpose
    emit(.unary(d: d, a: a, operation: operation.code), range)
    next = mark
    return d
  }

  private mutating func binary(
    _ op: BinaryOperator, _ a: Expression, _ b: Expression, _ hint: Register?, _ range: SourceRange
  ) throws(RuntimeError) -> Register {
    let d = try destination(hint)
    let mark = next
    if op == .multiply, let (left, right, transposed) = transposedProduct(a, b) {
      let x = try operand(left, before: right)
      let y = try compile(right, allowingList: true)
      emit(.product(d: d, a: x, b: y, transposed: transposed), range)
    } else {
      let x = try operand(a, before: b, hint: hint == nil ? d : nil)
      let y = try compile(b, allowingList: true)
      emit(op.instruction(d, x, y), range)
    }
    next = mark
    return d
  }

  /// The left operand. When evaluating the right one may change the variable, its value is kept aside.
  mutating func operand(
    _ expression: Expression, before other: Expression, hint: Register? = nil
  ) throws(RuntimeError) -> Register {
    let result = try compile(expression, hint: hint, allowingList: true)
    guard !isTemporary(result), mayChange(result, by: other) else { return result }
    let kept = try temporary()
    move(kept, result, expression.range)
    return kept
  }

  /// Whether evaluating an expression may change what a register holds.
  func mayChange(_ register: Register, by expression: Expression) -> Bool {
    Int(register) < scope.names.count && scope.mayChange(scope.names[Int(register)], by: expression)
  }

  private func transposedProduct(
    _ a: Expression, _ b: Expression
  ) -> (Expression, Expression, UInt8)? {
    var (left, right) = (a, b)
    var transposed: UInt8 = 0
    if case .postfix(let inner, .hermitian) = a.unparenthesized.kind {
      left = inner
      transposed |= 1
    }
    if case .postfix(let inner, .hermitian) = b.unparenthesized.kind {
      right = inner
      transposed |= 2
    }
    return transposed == 0 ? nil : (left, right, transposed)
  }

  private mutating func shortCircuit(
    _ op: ShortCircuitOperator, _ a: Expression, _ b: Expression, _ range: SourceRange
  ) throws(RuntimeError) -> Register {
    let d = try temporary()
    let mark = next
    let x = try compile(a, hint: d, allowingList: true)
    emit(.truth(d: d, a: x, isOr: op == .or), a.range)
    next = mark
    let toEnd = jump(op == .or ? .branch(target: 0, a: d) : .branchNot(target: 0, a: d), range)
    let y = try compile(b, hint: d, allowingList: true)
    emit(.truth(d: d, a: y, isOr: op == .or), b.range)
    next = mark
    land(toEnd)
    return d
  }

  /// Three registers: base, increment (no value when there is none), limit.
  mutating func rangeOperands(
    _ base: Expression, _ increment: Expression?, _ limit: Expression
  ) throws(RuntimeError) -> Register {
    let first = try temporaries(3)
    try compile(base, to: first)
    if let increment { try compile(increment, to: first + 1) } else { emit(.clear(d: first + 1), base.range) }
    try compile(limit, to: first + 2)
    return first
  }

  // MARK: - Conditions

  /// Jumps (to be landed) that are taken when the truth of a condition is `jumpWhen`; else the code goes on.
  mutating func condition(
    _ expression: Expression, jumpWhen: Bool
  ) throws(RuntimeError) -> [Int] {
    let mark = next
    defer { next = mark }
    switch expression.kind {
    case .parenthesized(let inner):
      return try condition(inner, jumpWhen: jumpWhen)
    case .shortCircuit(let op, let a, let b):
      // `a && b` leaves early when a is false, `a || b` when it is true.
      let early = op == .or
      if early == jumpWhen {
        let first = try condition(a, jumpWhen: jumpWhen)
        return first + (try condition(b, jumpWhen: jumpWhen))
      }
      let skip = try condition(a, jumpWhen: early)
      let jumps = try condition(b, jumpWhen: jumpWhen)
      for index in skip { land(index) }
      return jumps
    case .binary(let op, let a, let b) where op.isComparison:
      let x = try operand(a, before: b)
      let y = try compile(b, allowingList: true)
      emit(op.test(x, y, expected: !jumpWhen), expression.range)
      return [jump(.jump(target: 0), expression.range)]
    case .binary(.elementOr, _, _), .binary(.elementAnd, _, _):
      let a = try elementLogic(expression)
      return [branch(a, jumpWhen, expression.range)]
    default:
      let a = try compile(expression, allowingList: true)
      return [branch(a, jumpWhen, expression.range)]
    }
  }

  private mutating func branch(_ a: Register, _ jumpWhen: Bool, _ range: SourceRange) -> Int {
    jump(jumpWhen ? .branch(target: 0, a: a) : .branchNot(target: 0, a: a), range)
  }

  /// `|` and `&` as the whole of a condition skip their right side when a scalar on the left decides.
  private mutating func elementLogic(_ expression: Expression) throws(RuntimeError) -> Register {
    guard case .binary(let op, let a, let b) = expression.unparenthesized.kind,
      op == .elementOr || op == .elementAnd
    else {
      let d = try temporary()
      try compile(expression, to: d)
      return d
    }
    let d = try elementLogic(a)
    let mark = next
    let toEnd = jump(.conditionOperand(target: 0, a: d, isOr: op == .elementOr), expression.range)
    let y = try elementLogic(b)
    emit(op.instruction(d, d, y), expression.range)
    next = mark
    land(toEnd)
    return d
  }

  // MARK: - Literals

  private mutating func literal(
    _ rows: [[Expression]], isCell: Bool, _ hint: Register?, _ range: SourceRange
  ) throws(RuntimeError) -> Register {
    let d = try destination(hint)
    if !isCell, let folded = foldedMatrix(rows) {
      emit(.loadConstant(d: d, k: try constant(folded)), range)
      return d
    }
    let mark = next
    // Long literals are put together from pieces, so that they need few registers.
    let limit = 200
    if rows.count > 1, rows.reduce(0, { $0 + $1.count }) > limit {
      let first = try temporaries(rows.count)
      for (index, row) in rows.enumerated() {
        let d = first + Register(index)
        if try literal([row], isCell: isCell, d, range) != d {
          throw Compiler.fault("a literal misses its place")
        }
      }
      let layout = Layout(rows: Array(repeating: 1, count: rows.count), spreads: false)
      emit(.matrix(d: d, first: first, k: try self.layout(layout)), range)
      next = mark
      return d
    }
    if let row = rows.first, rows.count == 1, row.count > limit {
      let pieces = (row.count + limit - 1) / limit
      let first = try temporaries(pieces)
      for piece in 0..<pieces {
        let d = first + Register(piece)
        let elements = Array(row[piece * limit..<min(row.count, (piece + 1) * limit)])
        _ = try literal([elements], isCell: isCell, d, range)
      }
      emit(.matrix(d: d, first: first, k: try layout(Layout(rows: [pieces], spreads: false))), range)
      next = mark
      return d
    }
    var layout = Layout(rows: rows.map(\.count), spreads: false)
    let first = try temporaries(max(1, layout.rows.reduce(0, +)))
    var index = 0
    for row in rows {
      for element in row {
        if element.mayBeList { layout.spreads = true }
        let target = first + Register(index)
        let inner = next
        let result = try compile(element, hint: target, allowingList: true)
        if result != target { move(target, result, element.range) }
        next = inner
        index += 1
      }
    }
    let k = try self.layout(layout)
    emit(isCell ? .cell(d: d, first: first, k: k) : .matrix(d: d, first: first, k: k), range)
    next = mark
    return d
  }

  /// A matrix of number literals with rows of one length, as a constant.
  private func foldedMatrix(_ rows: [[Expression]]) -> Value? {
    guard let columns = rows.first?.count, columns > 0, rows.allSatisfy({ $0.count == columns }) else {
      return nil
    }
    let result = NDArray<Double>(zeros: Shape(rows.count, columns))
    for (i, row) in rows.enumerated() {
      for (j, element) in row.enumerated() {
        guard let x = element.numberLiteral else { return nil }
        result[i, j] = x
      }
    }
    return .make(result)
  }
}
