import ThetaArrays
import ThetaRuntime
import ThetaSyntax

extension Compiler {
  mutating func statements(_ statements: [Statement]) throws(RuntimeError) {
    for statement in statements {
      // Clean-up code is repeated at each `return` inside: nested deeply, it could grow without bound.
      guard parts.code.count < 2_000_000 else { throw Compiler.tooLarge }
      let mark = next
      try self.statement(statement)
      next = mark
    }
  }

  private mutating func statement(_ statement: Statement) throws(RuntimeError) {
    let range = statement.range
    switch statement.kind {
    case .expression(let expression):
      try expressionStatement(expression, printing: statement.printsResult)
    case .command(let name, let words):
      try command(name, words, printing: statement.printsResult, range)
    case .if(let branches, let otherwise):
      try conditional(branches, otherwise, range)
    case .while(let condition, let body):
      try whileLoop(condition, body, range)
    case .doUntil(let body, let condition):
      try untilLoop(body, condition)
    case .for(let variable, let values, let body):
      try forLoop(variable, values, body, range)
    case .switch(let subject, let cases, let otherwise):
      try selection(subject, cases, otherwise, range)
    case .try(let body, let error, let handler):
      try protected(body, error: error, handler: handler, range)
    case .unwindProtect(let body, let cleanup):
      try protected(body, cleanup: cleanup, range)
    case .global(let declarations):
      try declare(declarations, isGlobal: true)
    case .persistent(let declarations):
      try declare(declarations, isGlobal: false)
    case .break, .continue:
      try leaveLoop(isBreak: statement.kind == .break, range)
    case .return:
      try leave(to: 0, range) { compiler throws(RuntimeError) in
        compiler.emit(.returnOutputs, range)
      }
    case .function: break
    }
  }

  // MARK: - Expressions and commands

  private mutating func expressionStatement(
    _ expression: Expression, printing: Bool
  ) throws(RuntimeError) {
    let range = expression.range
    let answer = scope.slots["ans"] ?? 0
    switch expression.kind {
    case .assignment(let targets, let operation, let value):
      _ = try assignment(targets, operation, value, printing: printing, range)
    case .identifier(let name) where !isArgumentCount(name) || scope.isAssigned(name):
      // A variable is shown; anything else is called, and its value becomes `ans`.
      var toEnd: Int?
      if let slot = scope.slots[name] {
        let toCall = jump(.branchUndefined(target: 0, a: slot), range)
        if printing { emit(.display(a: slot, k: try self.name(name)), range) }
        toEnd = jump(.jump(target: 0), range)
        land(toCall)
      }
      let d = try temporary()
      var site = CallSite(name: name, outputs: 0)
      site.isBare = true
      emit(.call(d: d, site: try self.site(site), first: d, count: 0), range)
      emit(.answer(d: answer, a: d, printing: printing), range)
      if let toEnd { land(toEnd) }
    case .call(let callee, let arguments):
      // `display (x)` shows a variable under its name, which a builtin would not know.
      var toEnd: Int?
      if case .identifier("display") = callee.kind, !scope.isAssigned("display"), arguments.count == 1,
        case .identifier(let name) = arguments[0].kind, let slot = scope.slots[name]
      {
        let toCall = jump(.branchUndefined(target: 0, a: slot), range)
        emit(.display(a: slot, k: try self.name(name)), range)
        toEnd = jump(.jump(target: 0), range)
        land(toCall)
      }
      let d = try call(callee, arguments, outputs: 0, nil, range)
      emit(.answer(d: answer, a: d, printing: printing), range)
      if let toEnd { land(toEnd) }
    case .brace, .field, .dynamicField:
      let d = try part(expression, nil)
      emit(.answer(d: answer, a: d, printing: printing), range)
    default:
      let d = try compile(expression)
      emit(.answer(d: answer, a: d, printing: printing), range)
    }
  }

  private mutating func command(
    _ name: String, _ words: [[UInt8]], printing: Bool, _ range: SourceRange
  ) throws(RuntimeError) {
    let d = try temporary()
    guard let count = UInt8(exactly: words.count) else { throw RuntimeError("\(name): too many arguments") }
    let first = try temporaries(max(1, words.count))
    for (index, word) in words.enumerated() {
      emit(.loadConstant(d: first + Register(index), k: try constant(.bytes(word))), range)
    }
    let site = try self.site(CallSite(name: name, outputs: 0))
    emit(.call(d: d, site: site, first: first, count: count), range)
    emit(.answer(d: scope.slots["ans"] ?? 0, a: d, printing: printing), range)
  }

  private mutating func declare(_ declarations: [Declaration], isGlobal: Bool) throws(RuntimeError) {
    for declaration in declarations {
      guard let slot = scope.slots[declaration.name] else { continue }
      let k = try self.declaration(
        SharedDeclaration(name: declaration.name, register: slot, isGlobal: isGlobal))
      let toEnd = jump(.declare(target: 0, k: k), declaration.range)
      if let value = declaration.value { try compile(value, to: slot) }
      land(toEnd)
    }
  }

  // MARK: - Branches

  private mutating func conditional(
    _ branches: [Branch], _ otherwise: [Statement]?, _ range: SourceRange
  ) throws(RuntimeError) {
    var ends: [Int] = []
    for (index, branch) in branches.enumerated() {
      let skips = try condition(branch.condition, jumpWhen: false)
      try statements(branch.body)
      if index < branches.count - 1 || otherwise != nil { ends.append(jump(.jump(target: 0), range)) }
      for skip in skips { land(skip) }
    }
    if let otherwise { try statements(otherwise) }
    for end in ends { land(end) }
  }

  private mutating func selection(
    _ subject: Expression, _ cases: [Case], _ otherwise: [Statement]?, _ range: SourceRange
  ) throws(RuntimeError) {
    let value = try temporary()
    try compile(subject, to: value)
    var ends: [Int] = []
    for entry in cases {
      let mark = next
      let matched = try temporary()
      let pattern = try compilePattern(entry.pattern)
      emit(.matchCase(d: matched, a: value, b: pattern), entry.pattern.range)
      next = mark
      let skip = jump(.branchNot(target: 0, a: matched), entry.pattern.range)
      try statements(entry.body)
      ends.append(jump(.jump(target: 0), range))
      land(skip)
    }
    if let otherwise { try statements(otherwise) }
    for end in ends { land(end) }
  }

  /// A cell of literals is a constant: nothing can change it.
  private mutating func compilePattern(_ pattern: Expression) throws(RuntimeError) -> Register {
    guard case .cell(let rows) = pattern.kind, rows.count == 1 else { return try compile(pattern) }
    var values: [Value] = []
    for element in rows[0] {
      if let number = element.numberLiteral {
        values.append(.number(number))
      } else if case .string(let bytes, let quote) = element.kind {
        values.append(.bytes(bytes, quote == .single ? .single : .double))
      } else {
        return try compile(pattern)
      }
    }
    let d = try temporary()
    let k = try constant(.cell(NDArray(Shape(1, values.count), values)))
    emit(.loadConstant(d: d, k: k), pattern.range)
    return d
  }

  // MARK: - Loops

  private mutating func whileLoop(
    _ condition: Expression, _ body: [Statement], _ range: SourceRange
  ) throws(RuntimeError) {
    let entry = jump(.jump(target: 0), range)
    let start = parts.code.count
    loops.append(Loop(protectionDepth: protections.count))
    try statements(body)
    let loop = loops.removeLast()
    land(entry)
    for index in loop.continues { land(index) }
    for index in try self.condition(condition, jumpWhen: true) { land(index, at: start) }
    for index in loop.breaks { land(index) }
  }

  private mutating func untilLoop(_ body: [Statement], _ condition: Expression) throws(RuntimeError) {
    let start = parts.code.count
    loops.append(Loop(protectionDepth: protections.count))
    try statements(body)
    let loop = loops.removeLast()
    for index in loop.continues { land(index) }
    for index in try self.condition(condition, jumpWhen: false) { land(index, at: start) }
    for index in loop.breaks { land(index) }
  }

  private mutating func forLoop(
    _ variable: Expression, _ values: Expression, _ body: [Statement], _ range: SourceRange
  ) throws(RuntimeError) {
    let state = try temporaries(5)
    var target = variable.unparenthesized
    var key: Expression?
    // `for [value, key] = s`
    if case .matrix(let rows) = target.kind, rows.count == 1, rows[0].count == 2 {
      (target, key) = (rows[0][0], rows[0][1])
    }
    var place: Expression?
    let d: Register
    if case .identifier(let name) = target.kind, let slot = scope.slots[name] {
      d = slot
    } else {
      d = try temporary()
      place = target
    }
    let mark = next
    if key != nil {
      emit(.loadConstant(d: state + 4, k: try constant(.logical(true))), range)
    } else {
      emit(.clear(d: state + 4), range)
    }
    if case .range(let base, let increment, let limit) = values.unparenthesized.kind {
      let first = try rangeOperands(base, increment, limit)
      emit(.forRange(state: state, d: d, first: first), values.range)
    } else {
      let a = try compile(values)
      // From the keyword on, whose place an error names.
      emit(.forValues(state: state, d: d, a: a), SourceRange(Int(range.start), Int(values.range.end)))
    }
    next = mark
    let entry = jump(.jump(target: 0), range)
    let start = parts.code.count
    if let place { _ = try store(d, in: place, range) }
    if let key {
      let name = try temporary()
      emit(.forKey(d: name, state: state), range)
      _ = try store(name, in: key.unparenthesized, range)
    }
    next = mark
    loops.append(Loop(protectionDepth: protections.count))
    try statements(body)
    let loop = loops.removeLast()
    land(entry)
    for index in loop.continues { land(index) }
    let offset = start - (parts.code.count + 1)
    if let offset = Int16(exactly: offset) {
      emit(.forNext(offset: offset, state: state, d: d), values.range)
    } else {
      // Too far for the short offset: over a jump to the end, to a jump to the start.
      emit(.forNext(offset: 1, state: state, d: d), values.range)
      let toEnd = jump(.jump(target: 0), range)
      land(jump(.jump(target: 0), range), at: start)
      land(toEnd)
    }
    for index in loop.breaks { land(index) }
  }

  private mutating func leaveLoop(isBreak: Bool, _ range: SourceRange) throws(RuntimeError) {
    guard let loop = loops.last else {
      // Outside a loop `break` ends the function or the script, as in Octave.
      emit(.returnOutputs, range)
      return
    }
    var index = 0
    try leave(to: loop.protectionDepth, range) { compiler throws(RuntimeError) in
      index = compiler.jump(.jump(target: 0), range)
    }
    if isBreak {
      loops[loops.count - 1].breaks.append(index)
    } else {
      loops[loops.count - 1].continues.append(index)
    }
  }

  // MARK: - Protected code

  /// Emits code that leaves protected bodies down to a depth: their clean-ups run first, and neither they nor
  /// the jump itself are protected by what they leave.
  private mutating func leave(
    to depth: Int, _ range: SourceRange,
    _ jump: (inout Compiler) throws(RuntimeError) -> Void
  ) throws(RuntimeError) {
    let saved = protections
    let savedLoops = loops
    var left = saved
    for index in stride(from: saved.count - 1, through: depth, by: -1) {
      left[index].segments.append((left[index].openedAt, parts.code.count))
      protections.removeLast()
      if let cleanup = saved[index].cleanup {
        // Loops begun inside the body are not there for its clean-up.
        loops.removeAll { $0.protectionDepth > index }
        try statements(cleanup)
      }
    }
    try jump(&self)
    for index in left.indices where index >= depth { left[index].openedAt = parts.code.count }
    for index in left.indices where index < depth { left[index] = protections[index] }
    protections = left
    loops = savedLoops
  }

  private mutating func closeProtection() -> [(start: Int, end: Int)] {
    var protection = protections.removeLast()
    protection.segments.append((protection.openedAt, parts.code.count))
    return protection.segments.filter { $0.start < $0.end }
  }

  private mutating func protected(
    _ body: [Statement], error: String?, handler: [Statement], _ range: SourceRange
  ) throws(RuntimeError) {
    protections.append(Protection(cleanup: nil, openedAt: parts.code.count))
    try statements(body)
    let segments = closeProtection()
    let toEnd = jump(.jump(target: 0), range)
    let register = error.flatMap { scope.slots[$0] }
    for segment in segments {
      parts.handlers.append(
        Handler(
          start: segment.start, end: segment.end, target: parts.code.count, register: register,
          isCleanup: false))
    }
    try statements(handler)
    land(toEnd)
  }

  private mutating func protected(
    _ body: [Statement], cleanup: [Statement], _ range: SourceRange
  ) throws(RuntimeError) {
    protections.append(Protection(cleanup: cleanup, openedAt: parts.code.count))
    try statements(body)
    let segments = closeProtection()
    // One copy of the clean-up for the way through, without an error, and the way of an error.
    let register = try temporary()
    emit(.clear(d: register), range)
    for segment in segments {
      parts.handlers.append(
        Handler(
          start: segment.start, end: segment.end, target: parts.code.count, register: register,
          isCleanup: true))
    }
    try statements(cleanup)
    emit(.rethrow(a: register), range)
  }
}
