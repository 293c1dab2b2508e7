import ThetaRuntime
import ThetaSyntax

extension Compiler {
  /// Any assignment; the register of its value, for assignments inside expressions.
  mutating func assignment(
    _ targets: [AssignmentTarget], _ operation: BinaryOperator?, _ value: Expression, printing: Bool,
    isUsed: Bool = false, _ range: SourceRange
  ) throws(RuntimeError) -> Register {
    // `[s.x] = f ()` may take several values, `s.x = f ()` takes one; the tree is the same for both.
    let isBracketed = parts.unit.source.byte(at: range.start) == UInt8(ascii: "[")
    if targets.count == 1, case .place(let place) = targets[0],
      !(isBracketed && place.unparenthesized.mayBeList)
    {
      return try assign(place.unparenthesized, operation, value, printing: printing, isUsed: isUsed, range)
    }
    return try assignList(targets, value, printing: printing, range)
  }

  // MARK: - One place

  private mutating func assign(
    _ target: Expression, _ operation: BinaryOperator?, _ value: Expression, printing: Bool,
    isUsed: Bool, _ range: SourceRange
  ) throws(RuntimeError) -> Register {
    if case .identifier(let name) = target.kind {
      guard let slot = scope.slots[name] else { throw Compiler.invalidTarget }
      if let operation {
        let mark = next
        let b = try compile(value, allowingList: true)
        parts.computed.insert(emit(operation.instruction(slot, slot, b), range))
        next = mark
      } else {
        // A temporary of an assignment inside an expression must not be taken for the variable's own.
        try compile(value, to: slot)
      }
      if printing { emit(.display(a: slot, k: try self.name(name)), target.range) }
      return slot
    }
    if operation == nil, value.isEmptyLiteral, case .call = target.kind {
      let mark = next
      let place = try self.place(of: target)
      emit(.deletePlace(k: try self.place(place)), range)
      next = mark
      if printing { emit(.display(a: place.base, k: try name(place.name)), target.range) }
      let d = try temporary()
      emit(.loadConstant(d: d, k: try constant(.emptyMatrix)), range)
      return d
    }
    if let operation {
      let result = try temporary()
      let mark = next
      let place = try self.place(of: target)
      let k = try self.place(place)
      let b = try temporary()
      try compile(value, to: b)
      emit(.loadPlace(d: result, k: k), target.range)
      emit(operation.instruction(result, result, b), range)
      emit(.storePlace(k: k, v: try source(result, isUsed: isUsed, range)), range)
      next = mark
      if printing { emit(.display(a: place.base, k: try name(place.name)), target.range) }
      return result
    }
    if case .call(let base, let arguments) = target.kind, case .identifier(let name) = base.kind,
      let slot = scope.slots[name],
      let v = try storeSimple(value, slot, arguments, isUsed: isUsed, range)
    {
      if printing { emit(.display(a: slot, k: try self.name(name)), target.range) }
      return v
    }
    if case .field(let base, _) = target.kind, case .identifier = base.kind {
      let v = try compile(value)
      let (base, name) = try store(source(v, isUsed: isUsed, range), in: target, range)
      if printing { emit(.display(a: base, k: try self.name(name)), target.range) }
      return v
    }
    // The subscripts are evaluated before the value, as in Octave.
    let place = try self.place(of: target)
    let v = try compile(value)
    emit(.storePlace(k: try self.place(place), v: try source(v, isUsed: isUsed, range)), range)
    if printing { emit(.display(a: place.base, k: try name(place.name)), target.range) }
    return v
  }

  /// The register from which a value is stored. Storing takes a temporary away: where the assignment is itself an operand,
  /// a copy goes.
  private mutating func source(
    _ v: Register, isUsed: Bool, _ range: SourceRange
  ) throws(RuntimeError) -> Register {
    guard isUsed, isTemporary(v) else { return v }
    let copy = try temporary()
    emit(.move(d: copy, a: v), range)
    return copy
  }

  /// Code that puts the value of a register into a place; the variable that changes.
  mutating func store(
    _ v: Register, in target: Expression, _ range: SourceRange
  ) throws(RuntimeError) -> (base: Register, name: String) {
    switch target.kind {
    case .identifier(let name):
      guard let slot = scope.slots[name] else { throw Compiler.invalidTarget }
      emit(isTemporary(v) ? .moveTemporary(d: slot, a: v) : .move(d: slot, a: v), range)
      return (slot, name)
    case .field(let base, let field):
      if case .identifier(let name) = base.kind, let slot = scope.slots[name] {
        emit(.storeField(a: slot, v: v, k: try self.name(field)), range)
        return (slot, name)
      }
    default: break
    }
    let place = try self.place(of: target)
    emit(.storePlace(k: try self.place(place), v: v), range)
    return (place.base, place.name)
  }

  /// `x(i) = value` and `x(i, j) = value` with subscripts that are one value each; the register of the value. Nil for
  /// everything else.
  private mutating func storeSimple(
    _ value: Expression, _ slot: Register, _ arguments: [Expression], isUsed: Bool, _ range: SourceRange
  ) throws(RuntimeError) -> Register? {
    guard arguments.count == 1 || arguments.count == 2 else { return nil }
    for argument in arguments where argument.mayBeList || argument.isColon || argument.mayAssign {
      return nil
    }
    if arguments.count == 2, next + 8 > 255 { return nil }
    var registers: [Register] = []
    for (position, argument) in arguments.enumerated() {
      endContexts.append(EndContext(base: .value(slot), position: position, count: arguments.count))
      defer { endContexts.removeLast() }
      registers.append(try operand(argument, before: value))
    }
    let v = try compile(value)
    let stored = try source(v, isUsed: isUsed, range)
    if arguments.count == 1 {
      emit(.storeIndex1(a: slot, i: registers[0], v: stored), range)
    } else if let i = UInt8(exactly: registers[0]), let j = UInt8(exactly: registers[1]) {
      emit(.storeIndex2(a: slot, v: stored, i: i, j: j), range)
    } else {
      let first = try temporaries(2)
      move(first, registers[0], range)
      move(first + 1, registers[1], range)
      let steps = [Place.Step.paren(first: first, count: 2, spreads: false)]
      let place = Place(base: slot, name: scope.names[Int(slot)], steps: steps)
      emit(.storePlace(k: try self.place(place), v: stored), range)
    }
    return v
  }

  static var invalidTarget: RuntimeError { RuntimeError("invalid use of a N_-D array in indexed assignment") }

  /// Compiles the subscripts on the way to a place, outermost last.
  mutating func place(of target: Expression) throws(RuntimeError) -> Place {
    switch target.kind {
    case .identifier(let name):
      guard let slot = scope.slots[name] else { throw Compiler.invalidTarget }
      return Place(base: slot, name: name, steps: [])
    case .parenthesized(let inner):
      return try place(of: inner)
    case .call(let base, let arguments):
      var place = try self.place(of: base)
      let given = try subscripts(arguments, of: place)
      place.steps.append(.paren(first: given.first, count: given.count, spreads: given.spreads))
      return place
    case .brace(let base, let arguments):
      var place = try self.place(of: base)
      let given = try subscripts(arguments, of: place)
      place.steps.append(.brace(first: given.first, count: given.count, spreads: given.spreads))
      return place
    case .field(let base, let name):
      var place = try self.place(of: base)
      place.steps.append(.field(name))
      return place
    case .dynamicField(let base, let name):
      var place = try self.place(of: base)
      let register = try temporary()
      try compile(name, to: register)
      place.steps.append(.dynamicField(register))
      return place
    default:
      throw Compiler.invalidTarget
    }
  }

  private mutating func subscripts(
    _ arguments: [Expression], of place: Place
  ) throws(RuntimeError) -> ArgumentRegisters {
    try self.arguments(arguments, end: place.steps.isEmpty ? .value(place.base) : .place(place))
  }

  // MARK: - Lists

  /// `[a, ~, s.x, c{1:3}] = f (…)`
  private mutating func assignList(
    _ targets: [AssignmentTarget], _ value: Expression, printing: Bool, _ range: SourceRange
  ) throws(RuntimeError) -> Register {
    let isCounted = targets.contains { target in
      if case .place(let place) = target { place.unparenthesized.mayBeList } else { false }
    }
    var ignored: UInt64 = 0
    for (index, target) in targets.enumerated() where index < 64 {
      if case .ignored = target { ignored |= 1 << UInt64(index) }
    }
    if isCounted { return try assignCounted(targets, value, ignored, printing: printing, range) }
    // Subscripts on the left are evaluated before the values.
    var places: [Place?] = []
    for target in targets {
      if case .place(let place) = target, !place.unparenthesized.isName {
        places.append(try self.place(of: place.unparenthesized))
      } else {
        places.append(nil)
      }
    }
    let count = targets.count
    let first: Register
    var isSingle = false
    switch value.unparenthesized.kind {
    case .call(let callee, let arguments):
      first = try call(callee, arguments, outputs: count, ignored: ignored, nil, value.range)
    case .identifier(let name) where !isArgumentCount(name):
      first = try temporaries(count)
      var site = CallSite(name: name, slot: scope.slots[name] ?? CallSite.noRegister, outputs: count)
      site.isBare = true
      site.ignored = ignored
      emit(.call(d: first, site: try self.site(site), first: first, count: 0), value.range)
    case .brace, .field, .dynamicField:
      first = try temporaries(count)
      let list = try part(value.unparenthesized, nil)
      emit(.unpack(first: first, a: list, count: UInt16(clamping: count)), value.range)
    default:
      first = try temporaries(count)
      try compile(value, to: first)
      if value.isConstant, count > 1 { try failForList(value) }
      isSingle = true
    }
    for (index, target) in targets.enumerated() {
      let source = first + Register(index)
      guard case .place(let place) = target else { continue }
      if isSingle, index > 0 {
        emit(.fail(k: try self.name("element number \(index + 1) undefined in return list")), place.range)
        break
      }
      let mark = next
      emit(.checkElement(a: source, k: UInt16(clamping: index + 1)), place.range)
      if let parts = places[index] {
        emit(.storePlace(k: try self.place(parts), v: source), place.range)
        if printing { emit(.display(a: parts.base, k: try name(parts.name)), place.range) }
      } else {
        let (base, name) = try store(source, in: place.unparenthesized, place.range)
        if printing { emit(.display(a: base, k: try self.name(name)), place.range) }
      }
      next = mark
    }
    return first
  }

  /// Targets that may take several values: their number is known when the places have been looked at.
  private mutating func assignCounted(
    _ targets: [AssignmentTarget], _ value: Expression, _ ignored: UInt64, printing: Bool,
    _ range: SourceRange
  ) throws(RuntimeError) -> Register {
    let list = try temporary()
    let counts = try temporaries(targets.count)
    let one = try constant(.number(1))
    var places: [Place?] = []
    for (index, target) in targets.enumerated() {
      let c = counts + Register(index)
      guard case .place(let expression) = target else {
        places.append(nil)
        emit(.loadConstant(d: c, k: one), range)
        continue
      }
      let place = try self.place(of: expression.unparenthesized)
      places.append(place)
      if expression.unparenthesized.mayBeList {
        emit(.countPlace(d: c, k: try self.place(place)), expression.range)
      } else {
        emit(.loadConstant(d: c, k: one), range)
      }
    }
    let mark = next
    // list ← the sum of the counts, and then the values.
    emit(.loadConstant(d: list, k: try constant(.number(0))), range)
    for index in targets.indices { emit(.add(d: list, a: list, b: counts + Register(index)), range) }
    switch value.unparenthesized.kind {
    case .call(let callee, let arguments):
      // The count is read from the result's register.
      let d = try call(callee, arguments, outputs: CallSite.counted, ignored: ignored, list, value.range)
      if d != list { move(list, d, range) }
    case .identifier(let name) where !isArgumentCount(name):
      var site = CallSite(
        name: name, slot: scope.slots[name] ?? CallSite.noRegister, outputs: CallSite.counted)
      site.isBare = true
      site.ignored = ignored
      emit(.call(d: list, site: try self.site(site), first: list, count: 0), value.range)
    default:
      let isOne = try temporary()
      emit(.loadConstant(d: isOne, k: one), value.range)
      emit(.testEqual(a: list, b: isOne, expected: false), value.range)
      let toValue = jump(.jump(target: 0), value.range)
      if !value.unparenthesized.mayBeList { try failForList(value) }
      land(toValue)
      let result = try compile(value, allowingList: true)
      move(list, result, value.range)
    }
    next = mark
    for (index, place) in places.enumerated() {
      let c = counts + Register(index)
      guard let place else {
        emit(.storeMany(k: UInt16.max, list: list, c: c), range)
        continue
      }
      emit(.storeMany(k: try self.place(place), list: list, c: c), range)
      if printing { emit(.display(a: place.base, k: try name(place.name)), range) }
    }
    return list
  }

  /// One value for several targets.
  private mutating func failForList(_ value: Expression) throws(RuntimeError) {
    let message =
      value.isConstant
      ? "invalid number of output arguments for constant expression"
      : "some elements undefined in argument list"
    emit(.fail(k: try name(message)), value.range)
  }

  // MARK: - ++ and --

  /// `x++` (the old value) and `++x` (the new one).
  mutating func increment(
    _ target: Expression, _ operation: BinaryOperator, old: Bool, _ range: SourceRange
  ) throws(RuntimeError) -> Register {
    let one = try temporary()
    emit(.loadConstant(d: one, k: try constant(.number(1))), range)
    let result = try temporary()
    let target = target.unparenthesized
    if case .identifier(let name) = target.kind {
      guard let slot = scope.slots[name] else { throw Compiler.invalidTarget }
      if old { parts.increments.insert(emit(.move(d: result, a: slot), range)) }
      parts.increments.insert(emit(operation.instruction(slot, slot, one), range))
      if !old { emit(.move(d: result, a: slot), range) }
      return result
    }
    let mark = next
    let k = try place(try place(of: target))
    emit(.loadPlace(d: result, k: k), range)
    let changed = try temporary()
    emit(.move(d: changed, a: result), range)
    emit(operation.instruction(changed, changed, one), range)
    if !old { emit(.move(d: result, a: changed), range) }
    emit(.storePlace(k: k, v: changed), range)
    next = mark
    return result
  }
}

extension Expression {
  /// `[]`, or an empty string, as written: assigning it to a part deletes the part.
  var isEmptyLiteral: Bool {
    switch kind {
    case .matrix(let rows): rows.allSatisfy(\.isEmpty)
    case .string(let bytes, _): bytes.isEmpty
    default: false
    }
  }

  var isName: Bool { if case .identifier = kind { true } else { false } }

  var isConstant: Bool {
    switch kind {
    case .number, .imaginary, .integer, .string: true
    case .parenthesized(let inner): inner.isConstant
    case .matrix(let rows), .cell(let rows): rows.allSatisfy { $0.allSatisfy(\.isConstant) }
    case .range(let base, let increment, let limit):
      base.isConstant && increment?.isConstant ?? true && limit.isConstant
    default: false
    }
  }
}

extension SourceFile {
  func byte(at offset: Int32) -> UInt8 {
    let offset = Int(offset)
    return offset >= 0 && offset < bytes.count ? bytes[offset] : 0
  }
}
