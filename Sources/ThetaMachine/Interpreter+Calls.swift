import ThetaArrays
import ThetaRuntime

// Calls from the loop. Each returns true when it has pushed a frame, which the loop then runs.

extension Machine {
  /// `call`: a variable in the site's slot is indexed or called; else the name is resolved, once per site.
  @inline(never)
  func call(
    _ r: Registers, _ d: Register, _ site: UnsafeMutablePointer<CallSite>, _ first: Register, _ count: Int
  ) throws(RuntimeError) -> Bool {
    if site.pointee.startsFusion, fuse(r) { return false }
    let slot = site.pointee.slot
    if slot != CallSite.noRegister {
      guard case .undefined = r[slot] else { return try callValue(r, d, site, r[slot], first, count) }
      if top.pointee.chunk.signature.declares(slot) { throw undefined(site.pointee.name) }
    }
    if site.pointee.generation != generation.pointee || site.pointee.callee == nil { try resolve(site) }
    if site.pointee.spreads, let spread = spreadList(r, first, count) {
      return try withSpread(spread) { arguments, count throws(RuntimeError) in
        try self.call(site.pointee.callee, site, r.base + Int(d), arguments: arguments, count)
      }
    }
    return try call(
      site.pointee.callee, site, r.base + Int(d), arguments: r.base + Int(first), count)
  }

  private func resolve(_ site: UnsafeMutablePointer<CallSite>) throws(RuntimeError) {
    let name = site.pointee.name
    guard let callee = try find(name) else {
      site.pointee.callee = nil
      site.pointee.scalar = nil
      site.pointee.scalar2 = nil
      return
    }
    site.pointee.callee = callee
    site.pointee.movesLookup = Machine.movesLookup(name)
    site.pointee.scalar = nil
    site.pointee.scalar2 = nil
    if case .builtin(let builtin) = callee, site.pointee.outputs == 1 {
      site.pointee.scalar = builtin.scalar
      site.pointee.scalar2 = builtin.scalar2
    }
    site.pointee.generation = generation.pointee
  }

  /// Calls what a site resolved to with arguments that lie in registers or above them.
  private func call(
    _ callee: Callee?, _ site: UnsafeMutablePointer<CallSite>, _ result: UnsafeMutablePointer<Value>,
    arguments: UnsafeMutablePointer<Value>, _ count: Int
  ) throws(RuntimeError) -> Bool {
    let wanted = site.pointee.outputs
    if site.pointee.colons != 0 { try checkColons(site.pointee.colons, callee, arguments, count) }
    switch callee {
    case .builtin(let builtin):
      try call(builtin, wanted, result, arguments, count, movesLookup: site.pointee.movesLookup)
      return false
    case .user(let function):
      let (outputs, delivery) = delivery(wanted, result)
      try push(
        function, arguments, count, outputs: outputs, ignored: site.pointee.ignored, base: freeValues,
        delivery)
      // Arguments for `~` parameters stay behind.
      for index in 0..<count { arguments[index] = .undefined }
      return true
    case .script(let script):
      try runScriptFile(script, count)
      result.pointee = .undefined
      return false
    case nil:
      // A variable made behind the compiler's back.
      let name = site.pointee.name
      if let value = variable(name, at: frameCount - 1) {
        return try callValue(value, site, result, arguments, count)
      }
      throw undefined(name)
    }
  }

  /// A bare colon stands for a default value; where there is none, it cannot be an argument.
  private func checkColons(
    _ colons: UInt64, _ callee: Callee?, _ arguments: UnsafeMutablePointer<Value>, _ count: Int
  ) throws(RuntimeError) {
    switch callee {
    case .builtin: throw RuntimeError("invalid use of colon in function argument list")
    case .user(let function):
      let parameters = function.definition.parameters
      for index in 0..<min(count, 64, parameters.count) where colons & (1 << UInt64(index)) != 0 {
        if parameters[index].name == "varargin" { break }
        guard parameters[index].defaultValue != nil else {
          throw RuntimeError("no default value for argument \(index + 1)")
        }
        arguments[index] = .undefined
      }
    case .script, nil: break
    }
  }

  /// How many outputs a site wants now, and where they go.
  private func delivery(_ wanted: Int, _ result: UnsafeMutablePointer<Value>) -> (Int, Frame.Delivery) {
    switch wanted {
    case CallSite.inherited: return (top.pointee.outputs, .list(result))
    case CallSite.counted:
      if case .number(let count) = result.pointee { return (Int(exactly: count) ?? 1, .list(result)) }
      return (1, .list(result))
    default: return (wanted, .registers(result))
    }
  }

  private func call(
    _ builtin: Builtin, _ wanted: Int, _ result: UnsafeMutablePointer<Value>,
    _ arguments: UnsafeMutablePointer<Value>, _ count: Int, movesLookup: Bool
  ) throws(RuntimeError) {
    let (outputs, delivery) = delivery(wanted, result)
    var call = Call(
      builtin: builtin, arguments: Arguments(base: arguments, count: count), outputs: outputs,
      context: context)
    try builtin.check(arguments: count, outputs: outputs)
    try checkArguments(builtin, arguments, count)
    if context.overriding > 0, let values = try call.overridden() {
      for index in 0..<count { arguments[index] = .undefined }
      return try deliver(values, outputs, delivery, result)
    }
    switch builtin.code {
    case .single(let body):
      let value = try body(&call)
      for index in 0..<count { arguments[index] = .undefined }
      result.pointee = value
      if case .registers = delivery, outputs > 1 {
        for index in 1..<outputs { result[index] = .undefined }
      }
    case .multiple(let body):
      let values = try body(&call)
      for index in 0..<count { arguments[index] = .undefined }
      try deliver(values, outputs, delivery, result)
    }
    if movesLookup { forgetResolutions() }
  }

  /// Throws when arguments of a builtin have more elements than memory holds.
  @inline(__always)
  func checkArguments(
    _ builtin: Builtin, _ arguments: UnsafeMutablePointer<Value>, _ count: Int
  ) throws(RuntimeError) {
    for index in 0..<count {
      do { try arguments[index].checkStorableAsArgument() } catch {
        if !builtin.leavesArgumentsLazy { throw error }
      }
    }
  }

  private func deliver(
    _ values: [Value], _ outputs: Int, _ delivery: Frame.Delivery, _ result: UnsafeMutablePointer<Value>
  ) throws(RuntimeError) {
    switch delivery {
    case .registers: try deliver(values, outputs, result)
    default: result.pointee = ValueList.wrap(Array(values.prefix(max(outputs, 1))))
    }
  }

  // MARK: - Lists in arguments

  /// The arguments with comma-separated lists spread, or nil when there is none.
  func spreadList(_ r: Registers, _ first: Register, _ count: Int) -> [Value]? {
    var hasList = false
    for offset in 0..<count {
      if case .object(let object) = r[first + Register(offset)], object is ValueList { hasList = true }
    }
    guard hasList else { return nil }
    var values: [Value] = []
    for offset in 0..<count {
      let value = r.take(first + Register(offset))
      if let list = value.list { values += list.values } else { values.append(value) }
    }
    return values
  }

  /// Lays values above the registers while the body runs; a frame that it pushes starts above them.
  func withSpread(
    _ spread: [Value], _ body: (UnsafeMutablePointer<Value>, Int) throws(RuntimeError) -> Bool
  ) throws(RuntimeError) -> Bool {
    let base = freeValues
    guard base + spread.count + 4096 < values + Machine.valueCapacity else {
      throw RuntimeError("out of memory or dimension too large for Octave's index type")
    }
    for (index, value) in spread.enumerated() { (base + index).initialize(to: value) }
    let saved = scratchTop
    scratchTop = base + spread.count
    defer {
      scratchTop = saved
      base.deinitialize(count: spread.count)
    }
    return try body(base, spread.count)
  }

  // MARK: - Values in the place of a function

  private func callValue(
    _ r: Registers, _ d: Register, _ site: UnsafeMutablePointer<CallSite>, _ value: Value, _ first: Register,
    _ count: Int
  ) throws(RuntimeError) -> Bool {
    if site.pointee.isBare, site.pointee.outputs <= 1 {
      r[d] = value
      return false
    }
    if site.pointee.spreads, let spread = spreadList(r, first, count) {
      return try withSpread(spread) { arguments, count throws(RuntimeError) in
        try self.callValue(value, site, r.base + Int(d), arguments, count)
      }
    }
    return try callValue(value, site, r.base + Int(d), r.base + Int(first), count)
  }

  private func callValue(
    _ value: Value, _ site: UnsafeMutablePointer<CallSite>, _ result: UnsafeMutablePointer<Value>,
    _ arguments: UnsafeMutablePointer<Value>, _ count: Int
  ) throws(RuntimeError) -> Bool {
    let name = site.pointee.name
    if case .function(let function) = value, !site.pointee.isBare {
      return try call(function, site.pointee.outputs, site.pointee.ignored, result, arguments, count)
    }
    let (outputs, delivery) = delivery(site.pointee.outputs, result)
    let part =
      site.pointee.isBare ? value : try element(value, Arguments(base: arguments, count: count), name)
    for index in 0..<count { arguments[index] = .undefined }
    switch delivery {
    case .registers:
      result.pointee = part
      for index in 1..<max(outputs, 1) { result[index] = .undefined }
    default: result.pointee = part
    }
    return false
  }

  /// Calls a function handle.
  func call(
    _ function: FunctionValue, _ wanted: Int, _ ignored: UInt64, _ result: UnsafeMutablePointer<Value>,
    _ arguments: UnsafeMutablePointer<Value>, _ count: Int
  ) throws(RuntimeError) -> Bool {
    switch function.kind {
    case .anonymous(let code):
      guard let closure = code as? Closure else { throw RuntimeError("invalid function handle") }
      let (outputs, delivery) = delivery(wanted, result)
      try push(
        closure.template.chunk, nil, arguments, count, outputs: outputs, ignored: ignored,
        base: freeValues, delivery, captured: closure.captured)
      for index in 0..<count { arguments[index] = .undefined }
      return true
    case .named(let name):
      guard let callee = try callee(of: function, name) else { throw Machine.missing(handle: name) }
      switch callee {
      case .builtin(let builtin):
        try call(
          builtin, wanted, result, arguments, count, movesLookup: Machine.movesLookup(builtin.name))
        return false
      case .user(let user):
        let (outputs, delivery) = delivery(wanted, result)
        try push(user, arguments, count, outputs: outputs, ignored: ignored, base: freeValues, delivery)
        for index in 0..<count { arguments[index] = .undefined }
        return true
      case .script(let script):
        try runScriptFile(script, count)
        result.pointee = .undefined
        return false
      }
    }
  }

  /// What a handle's name stands for. A function of the text in which the handle was made is found at once and
  /// kept, since the text that calls may not see it.
  func callee(of function: FunctionValue, _ name: String) throws(RuntimeError) -> Callee? {
    if let bound = function.resolution as? UserFunction { return .user(bound) }
    return try find(name)
  }

  func makeHandle(_ r: Registers, _ d: Register, _ name: String) {
    let handle = FunctionValue(named: name)
    let unit = currentUnit
    if let function = unit.functions[name] ?? unit.around?.functions[name] { handle.resolution = function }
    r[d] = .function(handle)
  }

  func makeClosure(_ r: Registers, _ d: Register, _ template: ClosureTemplate) {
    let captured = template.captures.map { r[$0.register] }
    r[d] = .function(FunctionValue(.anonymous(Closure(template, captured: captured))))
  }

  func argumentCount(_ r: Registers, _ d: Register, ofOutputs: Bool) {
    let root = frames + frames[frameCount - 1].root
    r[d] = .integer(ofOutputs ? root.pointee.outputs : root.pointee.inputs)
  }
}
