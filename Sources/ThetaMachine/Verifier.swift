/// Checks in debug builds what the interpreter relies on: registers below the register count, table indices and
/// jump targets in range, an end that does not run off.
enum Verifier {
  /// What is wrong, or nil.
  static func check(_ chunk: Chunk) -> String? {
    guard chunk.codeCount > 0 else { return "no code" }
    switch chunk.code[chunk.codeCount - 1] {
    case .returnOutputs, .returnValue: break
    default: return "code does not end with a return"
    }
    for pc in 0..<chunk.codeCount {
      let operands = Operands(chunk.code[pc], pc, chunk)
      for register in operands.registers where Int(register) >= chunk.registerCount {
        return "register \(register) out of range at \(pc)"
      }
      for (index, count) in operands.indices where index >= count {
        return "index \(index) out of range at \(pc)"
      }
      for target in operands.targets where target < 0 || target >= chunk.codeCount {
        return "target \(target) out of range at \(pc)"
      }
    }
    for handler in chunk.handlers where handler.target >= chunk.codeCount { return "handler out of range" }
    return nil
  }

  /// The operands of one instruction by what they index.
  private struct Operands {
    var registers: [Register] = []
    var indices: [(Int, Int)] = []
    var targets: [Int] = []

    init(_ instruction: Instruction, _ pc: Int, _ chunk: Chunk) {
      func run(_ first: Register, _ count: Int) -> [Register] {
        count > 0 ? [first + Register(count - 1)] : []
      }
      switch instruction {
      case .move(let d, let a), .moveTemporary(let d, let a), .single(let d, let a), .negate(let d, let a),
        .not(let d, let a), .truth(let d, let a, _), .unary(let d, let a, _), .answer(let d, let a, _):
        registers = [d, a]
      case .loadConstant(let d, let k):
        registers = [d]
        indices = [(Int(k), chunk.constantCount)]
      case .clear(let a), .checkElement(let a, _), .checkValue(let a), .returnValue(let a), .rethrow(let a),
        .argumentCount(let a, _):
        registers = [a]
      case .unpack(let first, let a, let count):
        registers = run(first, Int(count)) + [a]
      case .add(let d, let a, let b), .subtract(let d, let a, let b), .multiply(let d, let a, let b),
        .divide(let d, let a, let b), .power(let d, let a, let b), .hadamard(let d, let a, let b),
        .elementDivide(let d, let a, let b), .elementPower(let d, let a, let b), .less(let d, let a, let b),
        .lessOrEqual(let d, let a, let b), .equal(let d, let a, let b), .notEqual(let d, let a, let b),
        .greaterOrEqual(let d, let a, let b), .greater(let d, let a, let b), .binary(let d, let a, let b, _),
        .product(let d, let a, let b, _), .matchCase(let d, let a, let b), .index1(let d, let a, let b),
        .dynamicField(let d, let a, let b), .storeIndex1(let d, let a, let b):
        registers = [d, a, b]
      case .range(let d, let first): registers = [d, first + 2]
      case .jump(let target): targets = [Int(target)]
      case .branch(let target, let a), .branchNot(let target, let a), .branchUndefined(let target, let a),
        .conditionOperand(let target, let a, _):
        registers = [a]
        targets = [Int(target)]
      case .testLess(let a, let b, _), .testLessOrEqual(let a, let b, _), .testEqual(let a, let b, _),
        .testNotEqual(let a, let b, _), .testGreaterOrEqual(let a, let b, _), .testGreater(let a, let b, _):
        registers = [a, b]
        targets = [pc + 2]
      case .forRange(let state, let d, let first): registers = [state + 4, d, first + 2]
      case .forValues(let state, let d, let a): registers = [state + 4, d, a]
      case .forNext(let offset, let state, let d):
        registers = [state + 4, d]
        targets = [pc + 1 + Int(offset)]
      case .forKey(let d, let state): registers = [d, state + 4]
      case .returnOutputs: break
      case .fail(let k): indices = [(Int(k), chunk.names.count)]
      case .call(let d, let site, let first, let count):
        indices = [(Int(site), chunk.siteCount)]
        registers = run(first, Int(count)) + [d]
        if Int(site) < chunk.siteCount {
          let site = chunk.sites[Int(site)]
          registers += run(d, site.outputs)
          if site.slot != CallSite.noRegister { registers.append(site.slot) }
        }
      case .index2(let d, let a, let i, let j): registers = [d, a, Register(i), Register(j)]
      case .index(let d, let a, let first, let count), .brace(let d, let a, let first, let count):
        registers = [d, a] + run(first, Int(count))
      case .field(let d, let a, let k), .storeField(let d, let a, let k):
        registers = [d, a]
        indices = [(Int(k), chunk.names.count)]
      case .method(let d, let a, let site):
        indices = [(Int(site), chunk.siteCount)]
        registers = [d, a]
        if Int(site) < chunk.siteCount { registers += run(d + 1, chunk.sites[Int(site)].count) }
      case .end(let d, let a, _, _): registers = [d, a]
      case .endOfPlace(let d, let k):
        registers = [d]
        indices = [(Int(k), chunk.ends.count)]
      case .matrix(let d, let first, let k), .cell(let d, let first, let k):
        indices = [(Int(k), chunk.layouts.count)]
        registers = [d]
        if Int(k) < chunk.layouts.count { registers += run(first, chunk.layouts[Int(k)].rows.reduce(0, +)) }
      case .makeHandle(let d, let k), .display(let d, let k):
        registers = [d]
        indices = [(Int(k), chunk.names.count)]
      case .makeClosure(let d, let k):
        registers = [d]
        indices = [(Int(k), chunk.closures.count)]
      case .storeIndex2(let a, let v, let i, let j): registers = [a, v, Register(i), Register(j)]
      case .storePlace(let k, let d), .loadPlace(let d, let k), .countPlace(let d, let k):
        registers = [d]
        indices = [(Int(k), chunk.places.count)]
      case .deletePlace(let k): indices = [(Int(k), chunk.places.count)]
      case .storeMany(let k, let list, let c):
        registers = [list, c]
        if k != UInt16.max { indices = [(Int(k), chunk.places.count)] }
      case .declare(let target, let k):
        targets = [Int(target)]
        indices = [(Int(k), chunk.declarations.count)]
      }
    }
  }
}
