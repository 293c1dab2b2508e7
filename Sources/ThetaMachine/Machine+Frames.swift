import ThetaArrays
import ThetaRuntime
import ThetaSyntax

// Frames are pushed with their arguments in place and popped with their results delivered. A push either succeeds
// or throws with the stack as it was.

extension Machine {
  /// The frame that runs.
  var top: UnsafeMutablePointer<Frame> { frames + (frameCount - 1) }

  /// The first value above the top frame's registers and the arguments that native callers have laid out.
  var freeValues: UnsafeMutablePointer<Value> {
    max(top.pointee.base + top.pointee.chunk.registerCount, scratchTop)
  }

  func pushRoot() {
    let source = SourceFile(name: "", text: "")
    let unit = SourceUnit(source: source, program: Program(statements: []), directory: "")
    let chunk = Chunk(ChunkParts(name: "", unit: unit, kind: .script))
    let frame = Frame(
      chunk: chunk, base: values, root: 0, parent: -1, delivery: .entry, function: nil, extra: FrameExtra())
    frames.initialize(to: frame)
    frameCount = 1
  }

  func compiled(_ function: UserFunction) throws(RuntimeError) -> Chunk {
    if let chunk = function.chunk { return chunk }
    let chunk = try Compiler.compile(function)
    function.chunk = chunk
    return chunk
  }

  @inline(never)
  private func stackError(_ registers: Int, _ base: UnsafeMutablePointer<Value>) -> RuntimeError? {
    if frameCount >= Machine.recursionLimit { return .recursionLimit }
    if base + registers + 4096 > values + Machine.valueCapacity {
      return RuntimeError("out of memory or dimension too large for Octave's index type")
    }
    return nil
  }

  /// Pushes the frame of a function, moving its arguments out of `arguments`.
  func push(
    _ function: UserFunction, _ arguments: UnsafeMutablePointer<Value>, _ count: Int, outputs: Int,
    ignored: UInt64, base: UnsafeMutablePointer<Value>, _ delivery: Frame.Delivery
  ) throws(RuntimeError) {
    let chunk = try compiled(function)
    try push(
      chunk, function, arguments, count, outputs: outputs, ignored: ignored, base: base, delivery,
      captured: [])
  }

  func push(
    _ chunk: Chunk, _ function: UserFunction?, _ arguments: UnsafeMutablePointer<Value>, _ count: Int,
    outputs: Int, ignored: UInt64, base: UnsafeMutablePointer<Value>, _ delivery: Frame.Delivery,
    captured: [Value]
  ) throws(RuntimeError) {
    let signature = chunk.signature
    if stopRequest.pointee != 0 { throw stopped() }
    if count > signature.parameters.count, signature.rest == nil { throw .tooManyInputs(chunk.name) }
    if outputs > signature.outputs.count, signature.restOutputs == nil, chunk.kind == .function {
      throw .tooManyOutputs(chunk.name)
    }
    let registers = chunk.registerCount
    if frameCount >= Machine.recursionLimit || base + registers + 4096 > values + Machine.valueCapacity,
      let error = stackError(registers, base)
    {
      throw error
    }
    base.initialize(repeating: .undefined, count: registers)
    let named = min(count, signature.parameters.count)
    for index in 0..<named {
      if let register = signature.parameters[index] {
        base[Int(register)] = (arguments + index).move()
        (arguments + index).initialize(to: .undefined)
      }
    }
    if let rest = signature.rest {
      let extra = max(0, count - named)
      let cell = NDArray<Value>(Shape(extra == 0 ? 0 : 1, extra)) { buffer in
        for index in 0..<extra { buffer.initializeElement(at: index, to: arguments[named + index]) }
      }
      for index in 0..<extra { arguments[named + index] = .undefined }
      base[Int(rest)] = .cell(cell)
    }
    for (index, register) in signature.captures.enumerated() where index < captured.count {
      base[Int(register)] = captured[index]
    }
    (frames + frameCount).initialize(
      to: Frame(
        chunk: chunk, base: base, root: frameCount, parent: -1, inputs: count, outputs: outputs,
        ignored: ignored, delivery: delivery, function: function, extra: nil))
    frameCount += 1
  }

  /// Pushes the frame of a script or of evaluated text: it borrows the variables that it mentions.
  func pushScript(_ chunk: Chunk, parent: Int, outputs: Int) throws(RuntimeError) {
    let base = freeValues
    if frameCount >= Machine.recursionLimit { throw RuntimeError("max_stack_depth exceeded") }
    if let error = stackError(chunk.registerCount, base) { throw error }
    base.initialize(repeating: .undefined, count: chunk.registerCount)
    let root = frames[parent].root
    for (index, name) in chunk.variables.enumerated() { base[index] = takeVariable(name, at: parent) }
    (frames + frameCount).initialize(
      to: Frame(
        chunk: chunk, base: base, root: root, parent: parent, inputs: 0, outputs: outputs, ignored: 0,
        delivery: .entry, function: nil, extra: nil))
    frameCount += 1
  }

  /// Runs a script or evaluated text in the variables of a frame; its values are in `results`.
  func runScript(_ chunk: Chunk, parent: Int, outputs: Int = 0) throws(RuntimeError) {
    try pushScript(chunk, parent: parent, outputs: outputs)
    try interpret()
  }

  /// Removes the top frame: shared variables go back where they came from, borrowed ones too.
  func popFrame() {
    let index = frameCount - 1
    let frame = frames + index
    let base = frame.pointee.base
    let chunk = frame.pointee.chunk
    if let extra = frame.pointee.extra, !extra.shared.isEmpty {
      for cell in extra.shared { release(cell, from: index) }
    }
    let parent = frame.pointee.parent
    frameCount -= 1
    if parent >= 0 {
      for (slot, name) in chunk.variables.enumerated() {
        let value = (base + slot).move()
        (base + slot).initialize(to: .undefined)
        if !value.isUndefined { storeVariable(name, value, at: parent) }
      }
    }
    base.deinitialize(count: chunk.registerCount)
    frame.deinitialize(count: 1)
  }

  // MARK: - Results

  /// Ends the top frame with its output variables as results. True when a native caller waits for them.
  @inline(never)
  func leave() throws(RuntimeError) -> Bool {
    let frame = top
    let registers = Registers(frame.pointee.base)
    let signature = frame.pointee.chunk.signature
    let wanted = frame.pointee.outputs
    if case .registers(let result) = frame.pointee.delivery, wanted <= 1, let output = signature.outputs.first
    {
      let value = frame.pointee.extra == nil ? registers.take(output) : registers[output]
      if value.isUndefined, wanted == 1 { throw undefinedOutput(0) }
      popFrame()
      result.pointee = value
      return false
    }
    var values: [Value] = []
    for (index, output) in signature.outputs.enumerated() where index < max(wanted, 1) {
      let value = registers[output]
      if value.isUndefined, index < wanted, frame.pointee.ignored & (1 << UInt64(min(index, 63))) == 0 {
        throw undefinedOutput(index)
      }
      values.append(value)
    }
    if let rest = signature.restOutputs, case .cell(let cell) = registers[rest] {
      for value in cell where values.count < max(wanted, 1) { values.append(value) }
    }
    while values.last?.isUndefined == true { values.removeLast() }
    return try finish(values)
  }

  /// Ends the top frame with one value, or those of a list, as results.
  @inline(never)
  func leave(with value: Value) throws(RuntimeError) -> Bool {
    if case .registers(let result) = top.pointee.delivery, top.pointee.outputs <= 1 {
      if case .object = value, let list = value.list { return try finish(list.values) }
      popFrame()
      result.pointee = value
      return false
    }
    if case .entryValue(let result) = top.pointee.delivery, value.list == nil {
      popFrame()
      result.pointee = value
      return true
    }
    if let list = value.list { return try finish(list.values) }
    return try finish(value.isUndefined ? [] : [value])
  }

  private func finish(_ values: [Value]) throws(RuntimeError) -> Bool {
    let delivery = top.pointee.delivery
    let outputs = top.pointee.outputs
    popFrame()
    switch delivery {
    case .entry:
      results = values
      return true
    case .entryValue(let result):
      result.pointee = values.first ?? .undefined
      return true
    case .list(let result):
      result.pointee = ValueList.wrap(values)
    case .registers(let result):
      try deliver(values, outputs, result)
    }
    return false
  }

  /// Puts results into the caller's registers.
  func deliver(
    _ values: [Value], _ outputs: Int, _ result: UnsafeMutablePointer<Value>
  ) throws(RuntimeError) {
    if outputs == 1, values.isEmpty { throw .undefinedRightSide }
    for index in 0..<max(outputs, 1) { result[index] = index < values.count ? values[index] : .undefined }
  }
}
