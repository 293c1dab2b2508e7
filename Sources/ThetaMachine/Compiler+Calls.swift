import ThetaRuntime
import ThetaSyntax

/// The registers of compiled arguments.
struct ArgumentRegisters {
  var first: Register
  var count: Int
  /// Whether one of them may hold a comma-separated list.
  var spreads: Bool
}

extension Compiler {
  // MARK: - Calls

  /// `callee (arguments)`: a call, or an index, decided at run time where the name does not tell.
  /// - Parameter outputs: as in `CallSite`; with more than one the results follow the returned register.
  mutating func call(
    _ callee: Expression, _ arguments: [Expression], outputs: Int, ignored: UInt64 = 0, _ hint: Register?,
    _ range: SourceRange
  ) throws(RuntimeError) -> Register {
    switch callee.kind {
    case .identifier(let name):
      return try call(named: name, arguments, outputs: outputs, ignored: ignored, hint, range)
    case .field(let base, let name):
      if case .identifier(let package) = base.kind, package == "containers", !scope.isAssigned(package) {
        let full = "\(package).\(name)"
        return try call(named: full, arguments, outputs: outputs, ignored: ignored, hint, range)
      }
      if outputs >= 0, outputs <= 1, !arguments.contains(where: \.mentionsEnd), arguments.count < 250 {
        return try method(base, name, arguments, outputs: outputs, range)
      }
    default: break
    }
    let d = try resultRegisters(outputs, hint)
    let mark = next
    let value = try compile(callee, allowingList: true)
    if outputs == 1 {
      let given = try self.arguments(arguments, end: .value(value))
      emitIndex(d: d, a: value, given, range)
      remember(callee)
    } else {
      let kept = try keep(value, callee.range)
      let given = try self.arguments(arguments, end: .value(kept))
      var site = CallSite(name: "", slot: kept, outputs: outputs)
      site.ignored = ignored
      try emitCall(d, site, given, range)
      remember(callee)
    }
    next = mark
    return d
  }

  /// The value in a temporary of its own.
  private mutating func keep(_ register: Register, _ range: SourceRange) throws(RuntimeError) -> Register {
    if isTemporary(register) { return register }
    let kept = try temporary()
    move(kept, register, range)
    return kept
  }

  mutating func resultRegisters(_ outputs: Int, _ hint: Register?) throws(RuntimeError) -> Register {
    if outputs > 1 { return try temporaries(outputs) }
    return try destination(hint)
  }

  private mutating func call(
    named name: String, _ arguments: [Expression], outputs: Int, ignored: UInt64, _ hint: Register?,
    _ range: SourceRange
  ) throws(RuntimeError) -> Register {
    let d = try resultRegisters(outputs, hint)
    let mark = next
    let slot = scope.slots[name]
    if let slot, scope.isAssigned(name), outputs == 1 {
      if try !emitSimpleIndex(d: d, a: slot, arguments, range) {
        let given = try self.arguments(arguments, end: .value(slot))
        emitIndex(d: d, a: slot, given, range)
      }
    } else {
      let arguments = exactLiterals(name, arguments)
      let context = slot.map { EndContext.Base.possibleVariable($0) }
      let given = try self.arguments(arguments, end: context)
      var site = CallSite(name: name, slot: slot ?? CallSite.noRegister, outputs: outputs)
      site.ignored = ignored
      for (index, argument) in arguments.enumerated().prefix(64) where argument.isColon {
        site.colons |= 1 << UInt64(index)
      }
      try emitCall(d, site, given, range)
    }
    next = mark
    return d
  }

  /// `int64 (9007199254740993)`: a whole number that a double cannot hold keeps its digits as the only argument of
  /// `int64` and `uint64`.
  private func exactLiterals(_ name: String, _ arguments: [Expression]) -> [Expression] {
    guard name == "int64" || name == "uint64", arguments.count == 1 else { return arguments }
    var literal = arguments[0]
    var isNegative = false
    if case .prefix(.minus, let operand) = literal.kind { (literal, isNegative) = (operand, true) }
    guard case .number(let x) = literal.kind, x >= 0x1p53, x <= 0x1p64 else { return arguments }
    let bytes = parts.unit.source.bytes
    let (start, end) = (Int(literal.range.start), Int(literal.range.end))
    guard start >= 0, start < end, end <= bytes.count,
      let magnitude = UInt64(String(decoding: bytes[start..<end], as: UTF8.self))
    else { return arguments }
    if name == "uint64", !isNegative {
      literal.kind = .integer(IntegerLiteral(bits: magnitude, width: 64, isSigned: false))
    } else if name == "int64", magnitude <= UInt64(Int64.max) {
      let exact = isNegative ? -Int64(magnitude) : Int64(magnitude)
      literal.kind = .integer(IntegerLiteral(bits: UInt64(bitPattern: exact), width: 64, isSigned: true))
    } else {
      return arguments
    }
    return [literal]
  }

  private mutating func emitCall(
    _ d: Register, _ site: CallSite, _ given: ArgumentRegisters, _ range: SourceRange
  ) throws(RuntimeError) {
    var site = site
    site.spreads = given.spreads
    site.count = given.count
    guard let count = UInt8(exactly: given.count) else {
      throw RuntimeError("\(site.name): too many arguments")
    }
    emit(.call(d: d, site: try self.site(site), first: given.first, count: count), range)
  }

  /// `a(i)` and `a(i, j)` with subscripts that are one value each.
  private mutating func emitSimpleIndex(
    d: Register, a: Register, _ arguments: [Expression], _ range: SourceRange
  ) throws(RuntimeError) -> Bool {
    guard arguments.count == 1 || arguments.count == 2 else { return false }
    for argument in arguments where argument.mayBeList || argument.isColon || argument.mayAssign {
      return false
    }
    if arguments.count == 2, next + 8 > 255 { return false }
    let mark = next
    endContexts.append(EndContext(base: .value(a), position: 0, count: arguments.count))
    defer { endContexts.removeLast() }
    let i = try compile(arguments[0])
    if arguments.count == 1 {
      emit(.index1(d: d, a: a, i: i), range)
      next = mark
      return true
    }
    endContexts[endContexts.count - 1].position = 1
    let j = try compile(arguments[1])
    if let i = UInt8(exactly: i), let j = UInt8(exactly: j) {
      emit(.index2(d: d, a: a, i: i, j: j), range)
    } else {
      let first = try temporaries(2)
      move(first, i, arguments[0].range)
      move(first + 1, j, arguments[1].range)
      emit(.index(d: d, a: a, first: first, count: 2), range)
    }
    next = mark
    return true
  }

  private mutating func emitIndex(
    d: Register, a: Register, _ given: ArgumentRegisters, _ range: SourceRange
  ) {
    emit(.index(d: d, a: a, first: given.first, count: UInt8(clamping: given.count)), range)
  }

  /// `base.name (arguments)`: a method of an object, or a field that is then indexed or called.
  private mutating func method(
    _ base: Expression, _ name: String, _ arguments: [Expression], outputs: Int, _ range: SourceRange
  ) throws(RuntimeError) -> Register {
    let mark = next
    let d = try temporaries(1 + arguments.count)
    var site = CallSite(name: name, outputs: outputs)
    site.count = arguments.count
    let a = try compile(base, allowingList: true)
    let given = try self.arguments(arguments, end: nil, first: d + 1)
    site.spreads = given.spreads
    emit(.method(d: d, a: a, site: try self.site(site)), range)
    remember(base)
    next = mark + 1
    return d
  }

  /// Notes which variable the last instruction, an index, takes a part of.
  private mutating func remember(_ base: Expression) {
    var root = base
    while true {
      switch root.kind {
      case .call(let inner, _), .brace(let inner, _), .field(let inner, _), .dynamicField(let inner, _):
        root = inner
        continue
      case .identifier(let name) where scope.isAssigned(name):
        parts.bases[parts.code.count - 1] = name
      default: break
      }
      return
    }
  }

  // MARK: - Arguments

  /// Arguments in consecutive temporaries, from `first` when it is given.
  mutating func arguments(
    _ arguments: [Expression], end base: EndContext.Base?, first given: Register? = nil
  ) throws(RuntimeError) -> ArgumentRegisters {
    guard arguments.count < 256 else { throw RuntimeError("too many arguments") }
    var first = Register(next)
    if let given { first = given } else if !arguments.isEmpty { first = try temporaries(arguments.count) }
    var spreads = false
    for (position, argument) in arguments.enumerated() {
      if let base {
        endContexts.append(EndContext(base: base, position: position, count: arguments.count))
      }
      let target = first + Register(position)
      let mark = next
      let result = try compile(argument, hint: target, allowingList: true)
      if result != target { move(target, result, argument.range) }
      next = mark
      if argument.mayBeList { spreads = true }
      if base != nil { endContexts.removeLast() }
    }
    return ArgumentRegisters(first: first, count: arguments.count, spreads: spreads)
  }

  // MARK: - Parts

  /// `c{…}`, `s.name`, `s.(e)`: one value, or a list when there is not exactly one.
  mutating func part(_ expression: Expression, _ hint: Register?) throws(RuntimeError) -> Register {
    let range = expression.range
    let d = try destination(hint)
    let mark = next
    switch expression.kind {
    case .brace(let base, let arguments):
      let a = try compile(base, allowingList: true)
      let given = try self.arguments(arguments, end: .value(a))
      emit(.brace(d: d, a: a, first: given.first, count: UInt8(clamping: given.count)), range)
      remember(base)
    case .field(let base, let name):
      if case .identifier("containers") = base.kind, !scope.isAssigned("containers") {
        let site = CallSite(name: "containers.\(name)", outputs: 1)
        emit(.call(d: d, site: try self.site(site), first: d, count: 0), range)
      } else {
        let a = try compile(base, allowingList: true)
        emit(.field(d: d, a: a, k: try self.name(name)), range)
      }
    case .dynamicField(let base, let name):
      let a = try operand(base, before: name)
      let b = try compile(name)
      emit(.dynamicField(d: d, a: a, b: b), range)
    default: throw Compiler.fault("not a part")
    }
    next = mark
    return d
  }

  // MARK: - Any number of values

  /// All values of an expression, as many as the caller of the frame wants: one value or a list.
  mutating func values(_ expression: Expression) throws(RuntimeError) -> Register {
    switch expression.kind {
    case .call(let callee, let arguments):
      return try call(callee, arguments, outputs: CallSite.inherited, nil, expression.range)
    case .identifier(let name) where !scope.isAssigned(name) && !isArgumentCount(name):
      let d = try temporary()
      var site = CallSite(
        name: name, slot: scope.slots[name] ?? CallSite.noRegister, outputs: CallSite.inherited)
      site.isBare = true
      emit(.call(d: d, site: try self.site(site), first: d, count: 0), expression.range)
      return d
    case .brace, .field, .dynamicField:
      return try part(expression, nil)
    default:
      let result = try compile(expression)
      if isTemporary(result) { return result }
      let d = try temporary()
      move(d, result, expression.range)
      return d
    }
  }
}

extension Expression {
  var isColon: Bool { if case .colon = kind { true } else { false } }

  /// Whether `end` occurs in it where it may refer to a value around this expression.
  var mentionsEnd: Bool { contains { if case .end = $0.kind { true } else { false } } }
}
