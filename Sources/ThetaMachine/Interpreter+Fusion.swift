import ThetaArrays
import ThetaRuntime

// Expressions over arrays, evaluated as a whole (Fusion.swift).

extension Machine {
  /// Elements below which the operators one after another are as fast.
  private static let fusionThreshold = 64

  /// Called before an operator works on anything but scalars: evaluates the expression that starts with the instruction
  /// just fetched and moves the frame behind it. False, with nothing changed, when there is none or it is not one for
  /// arrays of real numbers.
  @inline(__always)
  func fuse(_ r: Registers) -> Bool {
    let frame = top
    let chunk = frame.pointee.chunk
    guard let entries = chunk.fusionEntries else { return false }
    let entry = entries[frame.pointee.pc &- 1]
    return entry != 0 && evaluate(chunk.fusions[Int(entry) &- 1], r, frame)
  }

  @inline(never)
  private func evaluate(_ fusion: Fusion, _ r: Registers, _ frame: UnsafeMutablePointer<Frame>) -> Bool {
    guard fusesExpressions else { return false }
    var largest = 0
    for (index, register) in fusion.operands.enumerated() {
      if fusion.columns & (1 << UInt64(index)) != 0 {
        guard case .real(let a) = r[register] else { return false }
        largest = max(largest, a.count)
        continue
      }
      switch r[register] {
      case .number, .logical: break
      case .real(let a): largest = max(largest, a.count)
      case .boolean(let a): largest = max(largest, a.count)
      case .single(let a): largest = max(largest, a.count)
      default: return false
      }
    }
    guard largest >= Machine.fusionThreshold, callsBuiltins(fusion, r) else { return false }
    if fusion.isComputed, !fits(fusion, r) { return false }
    var operands: [FusedProgram.Operand] = []
    operands.reserveCapacity(fusion.operands.count)
    var reusable: UInt64 = 0
    let firstTemporary = frame.pointee.chunk.firstTemporary
    for (index, register) in fusion.operands.enumerated() {
      if fusion.columns & (1 << UInt64(index)) != 0 {
        guard case .real(let a) = r[register] else { return false }
        operands.append(.column(a))
        continue
      }
      // A temporary, or the variable that is about to be replaced, may lend its memory when nobody else has it. Small
      // results are not worth the look.
      if register >= firstTemporary || register == fusion.d, largest >= 4096,
        let array = isUniqueReal(r, register)
      {
        operands.append(.real(array))
        reusable |= 1 << UInt64(index)
        continue
      }
      switch r[register] {
      case .number(let x): operands.append(.number(x))
      case .logical(let b): operands.append(.truth(b))
      case .real(let a): operands.append(.real(a))
      case .boolean(let a): operands.append(.boolean(a))
      case .single(let a): operands.append(.single(a))
      default: return false
      }
    }
    guard let result = fusion.program.evaluate(operands, reusable: reusable) else { return false }
    for register in fusion.operands where register >= firstTemporary { r.clear(register) }
    switch result {
    case .number(let x): r[fusion.d] = .number(x)
    case .truth(let b): r[fusion.d] = .logical(b)
    case .real(let a): r[fusion.d] = .make(a)
    case .boolean(let a): r[fusion.d] = .make(a)
    case .single(let a): r[fusion.d] = .single(a)
    case .column(let a): r[fusion.d] = .make(a)
    }
    frame.pointee.pc = fusion.end
    return true
  }

  /// Whether the result has the shape that the variable of `x += …` has: where it has not, Octave may refuse.
  private func fits(_ fusion: Fusion, _ r: Registers) -> Bool {
    let target = r[fusion.d].shape
    return fusion.columns == 0
      && fusion.operands.allSatisfy { target.broadcast(with: r[$0].shape) == target }
  }

  /// The array of a register that holds the only reference to it.
  private func isUniqueReal(_ r: Registers, _ register: Register) -> NDArray<Double>? {
    guard var array = r.takeReal(register) else { return nil }
    let isUnique = isKnownUniquelyReferenced(&array)
    r[register] = .real(array)
    return isUnique ? array : nil
  }

  /// Whether the names of an expression's functions stand for the builtins of those names.
  private func callsBuiltins(_ fusion: Fusion, _ r: Registers) -> Bool {
    if fusion.functions.isEmpty { return true }
    if fusion.generation != generation.pointee {
      fusion.isStandard = fusion.functions.allSatisfy { name in
        if case .builtin(let builtin)? = try? find(name) { builtin.name == name } else { false }
      }
      fusion.generation = generation.pointee
    }
    return fusion.isStandard && fusion.slots.allSatisfy { r[$0].isUndefined }
  }
}
