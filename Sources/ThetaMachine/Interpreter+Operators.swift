import ThetaArrays
import ThetaRuntime

// Operators, conditions and loops on anything but plain scalars.

extension Machine {
  /// The value of a register; for a variable without one, the result of the function of that name.
  @inline(__always)
  func defined(_ r: Registers, _ a: Register) throws(RuntimeError) -> Value {
    let value = r[a]
    if case .undefined = value { return try valueOfName(a) }
    return value
  }

  @inline(never)
  func valueOfName(_ a: Register) throws(RuntimeError) -> Value {
    let name = top.pointee.chunk.variableName(a)
    guard !name.isEmpty else { throw RuntimeError.undefinedRightSide }
    if top.pointee.chunk.computed.contains(top.pointee.pc - 1) {
      throw RuntimeError("in computed assignment A OP= X, A must be defined first")
    }
    if top.pointee.chunk.increments.contains(top.pointee.pc - 1) {
      throw RuntimeError("in x++ or ++x, x must be defined first")
    }
    // `assignin` may have made it where the compiler did not foresee it; a shared one may be in other hands.
    if let value = variable(name, at: frameCount - 1) { return value }
    if top.pointee.chunk.signature.declares(a) { throw undefined(name) }
    guard let callee = try find(name) else {
      throw undefined(name)
    }
    guard let value = try call(callee, name, [], outputs: 1).first else {
      throw RuntimeError.undefinedRightSide
    }
    return value
  }

  /// Empties an operand that was a temporary: its value may be large, or shared with a variable.
  @inline(__always)
  func consume(_ r: Registers, _ a: Register, except d: Register) {
    if a >= top.pointee.chunk.firstTemporary, a != d { r.clear(a) }
  }

  @inline(never)
  func copy(_ r: Registers, _ d: Register, _ a: Register) throws(RuntimeError) {
    r[d] = try defined(r, a)
  }

  @inline(never)
  func binary(
    _ operation: BinaryOperation, _ r: Registers, _ d: Register, _ a: Register, _ b: Register
  ) throws(RuntimeError) {
    if fuse(r) { return }
    if d == a, top.pointee.chunk.computed.contains(top.pointee.pc - 1) {
      var target = r.take(a)
      defer { r[a] = target }
      if let refusal = Operators.refusalInPlace(operation, &target, r[b]) { throw refusal }
    }
    let (x, y) = (try defined(r, a), try defined(r, b))
    if x.list != nil || y.list != nil { throw Machine.refusedList(operation, x, y) }
    let result: Value
    do {
      result = try Operators.binary(operation, x, y, in: context)
    } catch {
      // `x++` is `x += 1`, but what cannot be counted is refused under its own name.
      if top.pointee.chunk.increments.contains(top.pointee.pc - 1), !x.isNumeric, !x.isText, !x.isLogical {
        let sign = operation.rawValue + operation.rawValue
        throw RuntimeError("unary operator '\(sign)' not implemented for '\(x.typeName)' operands")
      }
      throw error
    }
    consume(r, a, except: d)
    consume(r, b, except: d)
    r[d] = result
  }

  private static func refusedList(_ operation: BinaryOperation, _ x: Value, _ y: Value) -> RuntimeError {
    func name(_ value: Value) -> String { value.list == nil ? value.typeName : "cs-list" }
    return RuntimeError(
      "binary operator '\(operation.rawValue)' not implemented for '\(name(x))' by '\(name(y))' operations",
      identifier: "Octave:undefined-function")
  }

  @inline(never)
  func unary(
    _ operation: UnaryOperation, _ r: Registers, _ d: Register, _ a: Register
  ) throws(RuntimeError) {
    if fuse(r) { return }
    let x = try defined(r, a)
    if x.list != nil {
      let sign = operation == .not ? "!" : operation.rawValue
      throw RuntimeError("unary operator '\(sign)' not implemented for 'cs-list' operands")
    }
    let result = try Operators.unary(operation, x)
    consume(r, a, except: d)
    r[d] = result
  }

  @inline(never)
  func product(
    _ r: Registers, _ d: Register, _ a: Register, _ b: Register, _ transposed: UInt8
  ) throws(RuntimeError) {
    let result = try Operators.product(
      try defined(r, a), hermitian: transposed & 1 != 0, try defined(r, b), hermitian: transposed & 2 != 0)
    consume(r, a, except: d)
    consume(r, b, except: d)
    r[d] = result
  }

  @inline(never)
  func range(_ r: Registers, _ d: Register, _ first: Register) throws(RuntimeError) {
    let base = try defined(r, first)
    let increment = r[first + 1]
    let limit = try defined(r, first + 2)
    r[d] = try Operators.range(base, increment.isUndefined ? nil : increment, limit, in: context)
    r.clear(first, 3)
  }

  // MARK: - Conditions

  @inline(never)
  func isTrue(_ r: Registers, _ a: Register) throws(RuntimeError) -> Bool {
    let value = try defined(r, a)
    if a >= top.pointee.chunk.firstTemporary { r.clear(a) }
    // A list of several values is no condition that holds.
    if value.list != nil { return false }
    return try Operators.isTrue(value)
  }

  @inline(never)
  func test(
    _ operation: BinaryOperation, _ r: Registers, _ a: Register, _ b: Register
  ) throws(RuntimeError) -> Bool {
    let (x, y) = (try defined(r, a), try defined(r, b))
    let firstTemporary = top.pointee.chunk.firstTemporary
    if a >= firstTemporary { r.clear(a) }
    if b >= firstTemporary { r.clear(b) }
    return try Operators.isTrue(Operators.binary(operation, x, y, in: context))
  }

  /// The value of an operand of `&&` or `||`.
  @inline(never)
  func truth(_ r: Registers, _ d: Register, _ a: Register, isOr: Bool) throws(RuntimeError) {
    let value = try defined(r, a)
    if value.list != nil {
      throw RuntimeError(
        "binary operator '\(isOr ? "||" : "&&")' not implemented for 'cs-list' by 'matrix' operations")
    }
    r[d] = .logical(try Operators.isTrue(value))
  }

  /// `|` and `&` in a condition: true when a scalar on the left decides the result, which then is in the register.
  @inline(never)
  func decides(_ r: Registers, _ a: Register, isOr: Bool) throws(RuntimeError) -> Bool {
    let value = try defined(r, a)
    guard value.isNumeric || value.isLogical, value.shape.isScalar, try Operators.isTrue(value) == isOr else {
      return false
    }
    try context.warn(
      "Matlab-style short-circuit operation performed for operator \(isOr ? "|" : "&")",
      identifier: "Octave:possible-matlab-short-circuit")
    r[a] = .logical(isOr)
    return true
  }

  /// Whether a `case` matches: a cell by any of its elements, everything else when it has the same sizes and all elements
  /// are equal.
  @inline(never)
  func matchCase(_ r: Registers, _ d: Register, _ a: Register, _ b: Register) throws(RuntimeError) {
    let subject = try defined(r, a)
    let pattern = try defined(r, b)
    if case .cell(let cell) = pattern {
      var found = false
      for element in cell where !found { found = try matches(subject, element) }
      r[d] = .logical(found)
    } else {
      r[d] = .logical(try matches(subject, pattern))
    }
  }

  private func matches(_ subject: Value, _ pattern: Value) throws(RuntimeError) -> Bool {
    switch (subject, pattern) {
    case (.text(let a, _), .text(let b, _)): return a == b
    case (.object, _), (_, .object): break
    default: if subject.shape != pattern.shape { return false }
    }
    let equal = try Operators.binary(.equal, subject, pattern, in: context)
    if equal.isEmpty { return true }
    return try Operators.isTrue(equal)
  }

  // MARK: - Loops

  /// State of a loop over a range: next index, count, base, increment, limit; all numbers, so that the loop in
  /// `interpret` needs no reference.
  private func start(
    _ r: Registers, _ state: Register, count: Int, base: Double, increment: Double, limit: Double
  ) {
    r[state] = .number(0)
    r[state + 1] = .integer(count)
    r[state + 2] = .number(base)
    r[state + 3] = .number(increment)
    r[state + 4] = .number(limit)
  }

  @inline(never)
  func startRange(
    _ r: Registers, _ state: Register, _ d: Register, _ first: Register
  ) throws(RuntimeError) {
    let increment = r[first + 1]
    if case .number(let base) = r[first], case .number(let limit) = r[first + 2], increment.isUndefined,
      base == base.rounded(), limit == limit.rounded(), abs(base) < 1e15, abs(limit) < 1e15, limit >= base
    {
      start(r, state, count: Int(limit - base) + 1, base: base, increment: 1, limit: limit)
      return
    }
    if try startEndless(r, state, first) { return }
    r[first] = try Operators.range(
      try defined(r, first), increment.isUndefined ? nil : increment, try defined(r, first + 2), in: context)
    r.clear(first + 1, 2)
    try startValues(r, state, d, first)
  }

  /// `for k = 1:Inf`: counts until something leaves the loop.
  private func startEndless(_ r: Registers, _ state: Register, _ first: Register) throws(RuntimeError) -> Bool
  {
    guard case .number(let base) = r[first], case .number(let limit) = r[first + 2], limit.isInfinite,
      base.isFinite
    else { return false }
    var step = 1.0
    if case .number(let x) = r[first + 1] { step = x }
    guard step.isFinite, step > 0 ? limit > 0 : step < 0 && limit < 0 else { return false }
    try context.warn("FOR loop limit is infinite, will stop after 9223372036854775807 steps")
    r[state] = .number(0)
    r[state + 1] = .number(.infinity)
    r[state + 2] = .number(base)
    r[state + 3] = .number(step)
    r[state + 4] = .number(limit)
    r.clear(first, 3)
    return true
  }

  private var invalidLoopValues: RuntimeError {
    let frame = top
    let chunk = frame.pointee.chunk
    let start = Int(chunk.ranges[max(frame.pointee.pc - 1, 0)].start)
    let position = chunk.unit.source.octavePosition(of: start, in: chunk.unit.program)
    return RuntimeError(
      "invalid type in for loop expression near line \(position.line), column \(position.column)")
  }

  @inline(never)
  func startValues(
    _ r: Registers, _ state: Register, _ d: Register, _ a: Register
  ) throws(RuntimeError) {
    var value = try defined(r, a)
    if a >= top.pointee.chunk.firstTemporary { r.clear(a) }
    let walksFields = !r[state + 4].isUndefined
    switch value {
    case .number(let x) where !walksFields:
      return start(r, state, count: 1, base: x, increment: 0, limit: x)
    case .range(let range) where !walksFields:
      if range.count > 0 {
        return start(
          r, state, count: range.count, base: range.base, increment: range.increment, limit: range.limit)
      }
      value = .real(range.array)
    case .diagonal, .permutation:
      try value.checkStorable()
      value = value.full
    case .structure(let fields) where walksFields:
      r[state] = .object(FieldWalk(fields))
      r[state + 1] = .number(0)
      r[state + 2] = .integer(fields.names.count)
      return
    case .function, .undefined:
      throw invalidLoopValues
    case .object(let object) where object.plainValue == nil:
      throw invalidLoopValues
    default: break
    }
    if walksFields { throw RuntimeError("in statement 'for [X, Y] = VAL', VAL must be a structure") }
    let shape = value.shape
    let count = shape.rows == 0 ? 0 : shape.count / shape.rows
    // Nothing to walk: the variable becomes the empty value, as in Octave.
    if count == 0 {
      r[d] = value.shape.is2D ? value : try Indexing.element(value, at: [.string(":"), .string(":")])
    }
    r[state] = value.shape.isScalar ? .cell(NDArray(scalar: value)) : value
    r[state + 1] = .number(0)
    r[state + 2] = .integer(count)
    r[state + 3] = .logical(value.shape.isScalar)
  }

  /// The next column of a value, for everything but ranges.
  @inline(never)
  func nextValue(_ r: Registers, _ state: Register, _ d: Register) throws(RuntimeError) -> Bool {
    guard case .number(let next) = r[state + 1], case .number(let count) = r[state + 2], next < count else {
      return false
    }
    r[state + 1] = .number(next + 1)
    switch r[state] {
    case .object(let object):
      if let walk = object as? FieldWalk {
        r[d] = walk.value(Int(next))
      } else if object.plainValue != nil {
        r[d] = try column(.object(object), Int(next))
      } else {
        return false
      }
    case .cell(let cell):
      if case .logical(true) = r[state + 3] {
        r[d] = cell[0]
      } else {
        r[d] = try column(.cell(cell), Int(next))
      }
    case .real(let array):
      let rows = array.shape.rows
      if rows == 1 {
        r[d] = .number(array[Int(next)])
      } else {
        let start = Int(next) * rows
        r[d] = .make(
          NDArray<Double>(Shape(rows, 1)) { buffer in
            for i in 0..<rows { buffer.initializeElement(at: i, to: array[start + i]) }
          })
      }
    case let value:
      r[d] = try column(value, Int(next))
    }
    return true
  }

  /// A column of a value seen as a matrix.
  private func column(_ value: Value, _ index: Int) throws(RuntimeError) -> Value {
    var subscripts: [Value] = [.string(":"), .integer(index + 1)]
    return try subscripts.withArguments { arguments throws(RuntimeError) in
      try Indexing.element(value, arguments, name: "")
    }
  }

  func forKey(_ r: Registers, _ d: Register, _ state: Register) {
    guard case .object(let object) = r[state], let walk = object as? FieldWalk,
      case .number(let next) = r[state + 1], next >= 1, Int(next) <= walk.fields.names.count
    else { return }
    r[d] = .string(walk.fields.names[Int(next) - 1])
  }
}
