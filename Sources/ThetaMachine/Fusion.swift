import ThetaArrays
import ThetaRuntime

/// A stretch of code that is one expression over arrays: where an operator in it meets a large array, the whole rest of
/// the expression is evaluated at once, block by block, and the loop goes on behind it. The code itself stays as it is:
/// scalars never get here, and whatever the program declines runs instruction by instruction, with the same results and
/// the same errors.
final class Fusion {
  let program: FusedProgram
  /// The registers of the program's operands.
  let operands: [Register]
  /// Operands, by bit, of which all elements are taken as one column.
  let columns: UInt64
  let d: Register
  /// The instruction after the stretch.
  let end: Int
  /// The functions that it calls, which must be the builtins of these names, and registers that must not hold variables
  /// of these names.
  let functions: [String]
  let slots: [Register]
  /// The last step is that of `x += …`, whose result must have the shape that x has.
  let isComputed: Bool
  /// The generation for which `functions` were looked up, and whether they are the builtins.
  var generation: UInt32 = 0
  var isStandard = false

  init(
    program: FusedProgram, operands: [Register], columns: UInt64, d: Register, end: Int, functions: [String],
    slots: [Register], isComputed: Bool
  ) {
    self.program = program
    self.operands = operands
    self.columns = columns
    self.d = d
    self.end = end
    self.functions = functions
    self.slots = slots
    self.isComputed = isComputed
  }

  /// The functions of one number that are evaluated with the operators around them.
  static let elementFunctions: [String: UnaryKernel] = [
    "exp": .exp, "expm1": .expm1, "log": .log, "log1p": .log1p, "log2": .log2, "log10": .log10, "sqrt": .sqrt,
    "sin": .sin, "cos": .cos, "tan": .tan, "tanh": .tanh, "atan": .atan, "abs": .absolute, "floor": .floor,
    "ceil": .ceil, "fix": .trunc, "round": .round, "sign": .sign, "sigmoid": .sigmoid,
  ]
  /// And of two.
  static let pairFunctions: [String: BinaryKernel] = ["max": .maximum, "min": .minimum]
  static let reductions: [String: FusedProgram.Reduction] = ["sum": .sum, "mean": .mean]

  static let stepLimit = 48
  static let operandLimit = 16
}

/// Finds the expressions in finished code. It follows the registers through stretches without jumps: an expression is a
/// run of operators in which every temporary but the last is taken by a later one.
struct FusionFinder {
  private let parts: ChunkParts
  private var targets: Set<Int> = []
  /// Numbers of loops, which have registers of their own for the whole frame.
  private var pinned: [Register: Double] = [:]
  /// For each instruction, the number of its fusion and one, or zero.
  private(set) var entries: [UInt16] = []
  private(set) var fusions: [Fusion] = []

  init(_ parts: ChunkParts) {
    self.parts = parts
    entries = Array(repeating: 0, count: parts.code.count)
    for (pc, instruction) in parts.code.enumerated() {
      if let target = FusionFinder.target(of: instruction, at: pc) { targets.insert(target) }
    }
    for handler in parts.handlers { targets.insert(handler.target) }
    for instruction in parts.code {
      guard case .loadConstant(let d, let k) = instruction, d >= parts.variables.count,
        d < parts.firstTemporary,
        case .number(let x) = parts.constants[Int(k)]
      else { break }
      pinned[d] = x
    }
    for pc in parts.code.indices where isEntry(parts.code[pc]) && fusions.count < Int(UInt16.max) - 1 {
      if let fusion = fusion(at: pc) {
        fusions.append(fusion)
        entries[pc] = UInt16(fusions.count)
      }
    }
  }

  private static func target(of instruction: Instruction, at pc: Int) -> Int? {
    switch instruction {
    case .jump(let target), .branch(let target, _), .branchNot(let target, _),
      .branchUndefined(let target, _),
      .conditionOperand(let target, _, _), .declare(let target, _):
      Int(target)
    case .forNext(let offset, _, _): pc + 1 + Int(offset)
    case .testLess, .testLessOrEqual, .testEqual, .testNotEqual, .testGreaterOrEqual, .testGreater: pc + 2
    default: nil
    }
  }

  private func isEntry(_ instruction: Instruction) -> Bool {
    switch operation(instruction) {
    case nil, .constant, .colon, .alias: false
    default: true
    }
  }

  /// What an instruction does in a program.
  private enum Action {
    case constant(d: Register, Double)
    case colon(d: Register)
    /// A variable as an argument.
    case alias(d: Register, a: Register)
    case column(d: Register, a: Register, colon: Register)
    case operation(FusedProgram.Operation, d: Register, a: Register, b: Register, function: CallSite?)
    case reduction(FusedProgram.Reduction, d: Register, a: Register, function: CallSite)
  }

  private func operation(_ instruction: Instruction) -> Action? {
    func binary(_ kernel: BinaryKernel, _ d: Register, _ a: Register, _ b: Register) -> Action {
      .operation(.binary(kernel), d: d, a: a, b: b, function: nil)
    }
    func compare(_ comparison: ComparisonKernel, _ d: Register, _ a: Register, _ b: Register) -> Action {
      .operation(.compare(comparison), d: d, a: a, b: b, function: nil)
    }
    switch instruction {
    case .loadConstant(let d, let k):
      switch parts.constants[Int(k)] {
      case .number(let x): return .constant(d: d, x)
      case .text(let text, _) where text.count == 1 && text[0] == UInt8(ascii: ":"): return .colon(d: d)
      default: return nil
      }
    case .move(let d, let a) where d >= parts.firstTemporary: return .alias(d: d, a: a)
    case .index(let d, let a, let first, 1): return .column(d: d, a: a, colon: first)
    case .add(let d, let a, let b): return binary(.add, d, a, b)
    case .subtract(let d, let a, let b): return binary(.subtract, d, a, b)
    case .hadamard(let d, let a, let b): return binary(.multiply, d, a, b)
    case .elementDivide(let d, let a, let b): return binary(.divide, d, a, b)
    case .elementPower(let d, let a, let b): return binary(.power, d, a, b)
    case .multiply(let d, let a, let b): return .operation(.scale, d: d, a: a, b: b, function: nil)
    case .divide(let d, let a, let b): return .operation(.shrink, d: d, a: a, b: b, function: nil)
    case .less(let d, let a, let b): return compare(.less, d, a, b)
    case .lessOrEqual(let d, let a, let b): return compare(.lessOrEqual, d, a, b)
    case .equal(let d, let a, let b): return compare(.equal, d, a, b)
    case .notEqual(let d, let a, let b): return compare(.notEqual, d, a, b)
    case .greaterOrEqual(let d, let a, let b): return compare(.greaterOrEqual, d, a, b)
    case .greater(let d, let a, let b): return compare(.greater, d, a, b)
    case .negate(let d, let a): return .operation(.unary(.negate), d: d, a: a, b: a, function: nil)
    case .not(let d, let a): return .operation(.not, d: d, a: a, b: a, function: nil)
    case .binary(let d, let a, let b, let code):
      switch BinaryOperation.allCases[Int(code)] {
      case .and: return .operation(.and, d: d, a: a, b: b, function: nil)
      case .or: return .operation(.or, d: d, a: a, b: b, function: nil)
      default: return nil
      }
    case .call(let d, let site, let first, 1):
      let site = parts.sites[Int(site)]
      guard site.outputs == 1, !site.isBare, !site.spreads else { return nil }
      if let function = Fusion.elementFunctions[site.name] {
        return .operation(.unary(function), d: d, a: first, b: first, function: site)
      }
      if let reduction = Fusion.reductions[site.name] {
        return .reduction(reduction, d: d, a: first, function: site)
      }
      return nil
    case .call(let d, let site, let first, 2):
      let site = parts.sites[Int(site)]
      guard site.outputs == 1, !site.isBare, !site.spreads, let kernel = Fusion.pairFunctions[site.name]
      else {
        return nil
      }
      return .operation(.binary(kernel), d: d, a: first, b: first + 1, function: site)
    default: return nil
    }
  }

  /// What has been followed from one instruction on.
  private struct Trace {
    var steps: [FusedProgram.Step] = []
    var sources: [Register: FusedProgram.Source] = [:]
    var operands: [Register] = []
    /// Temporaries whose values nothing has taken yet.
    var pending: Set<Register> = []
    var functions: [CallSite] = []
    var columns: UInt64 = 0
    var colons: Set<Register> = []
    let pinned: [Register: Double]

    init(pinned: [Register: Double]) { self.pinned = pinned }

    mutating func read(_ register: Register) -> FusedProgram.Source {
      pending.remove(register)
      if let source = sources[register] { return source }
      return pinned[register].map { .constant($0) } ?? operand(register, isColumn: false)
    }

    mutating func operand(_ register: Register, isColumn: Bool) -> FusedProgram.Source {
      for (k, known) in operands.enumerated() where known == register && isColumn == (columns & (1 << k) != 0)
      {
        return .operand(k)
      }
      operands.append(register)
      if isColumn { columns |= 1 << UInt64(operands.count - 1) }
      return .operand(operands.count - 1)
    }

    /// A step for the same operation on the same values is used again.
    mutating func step(_ step: FusedProgram.Step) -> FusedProgram.Source {
      if let known = steps.firstIndex(of: step) { return .step(known) }
      steps.append(step)
      return .step(steps.count - 1)
    }
  }

  /// The numbers that temporaries certainly hold where an expression starts: those loaded just before, in the same
  /// statement.
  private func known(before start: Int) -> [Register: FusedProgram.Source] {
    var first = start
    while first > 0, !targets.contains(first), let action = operation(parts.code[first - 1]),
      destination(action) >= parts.firstTemporary
    {
      first -= 1
    }
    var numbers: [Register: FusedProgram.Source] = [:]
    for pc in first..<start {
      guard let action = operation(parts.code[pc]) else { continue }
      if case .constant(let d, let x) = action {
        numbers[d] = .constant(x)
      } else {
        numbers[destination(action)] = nil
      }
    }
    return numbers
  }

  private func destination(_ action: Action) -> Register {
    switch action {
    case .constant(let d, _), .colon(let d), .alias(let d, _), .column(let d, _, _),
      .operation(_, let d, _, _, _), .reduction(_, let d, _, _):
      d
    }
  }

  /// The longest expression that starts with an instruction.
  private func fusion(at start: Int) -> Fusion? {
    var trace = Trace(pinned: pinned)
    trace.sources = known(before: start)
    var best: Fusion?
    var pc = start
    // The colon of an index that comes first was loaded just before.
    if start > 0, case .colon(let d)? = operation(parts.code[start - 1]) { trace.colons.insert(d) }
    while pc < parts.code.count, pc == start || !targets.contains(pc), let action = operation(parts.code[pc])
    {
      switch action {
      case .constant(let d, let x):
        // A variable that gets a number is another statement.
        guard d >= parts.firstTemporary else { return best }
        trace.sources[d] = .constant(x)
        trace.colons.remove(d)
        trace.pending.insert(d)
      case .alias(let d, let a):
        guard trace.operands.count < Fusion.operandLimit else { return best }
        trace.sources[d] = trace.read(a)
        trace.colons.remove(d)
        trace.pending.insert(d)
      case .colon(let d):
        trace.sources[d] = nil
        trace.colons.insert(d)
        trace.pending.insert(d)
      case .column(let d, let a, let colon):
        guard trace.colons.contains(colon), trace.sources[a] == nil, d >= parts.firstTemporary,
          trace.operands.count < Fusion.operandLimit
        else { return best }
        trace.pending.remove(colon)
        trace.sources[d] = trace.operand(a, isColumn: true)
        trace.pending.insert(d)
      case .operation(let operation, let d, let a, let b, let function):
        let x = trace.read(a)
        let y = trace.read(b)
        trace.sources[d] = trace.step(FusedProgram.Step(operation, x, y))
        trace.colons.remove(d)
        if let function { trace.functions.append(function) }
        guard trace.steps.count <= Fusion.stepLimit, trace.operands.count <= Fusion.operandLimit else {
          return best
        }
        let isFinal = d < parts.firstTemporary
        // A value that a repeated step stands for is the last one only when nothing followed it.
        if trace.pending.isEmpty, trace.sources[d] == .step(trace.steps.count - 1) {
          best = finish(trace, d, pc + 1, nil)
        }
        if isFinal { return best }
        trace.pending.insert(d)
      case .reduction(let reduction, let d, let a, let function):
        // The sum of a column as it stands: times one, which changes nothing.
        if trace.pending == [a], trace.steps.isEmpty, case .operand? = trace.sources[a],
          let source = trace.sources[a]
        {
          trace.sources[a] = trace.step(FusedProgram.Step(.binary(.multiply), source, .constant(1)))
        }
        guard trace.pending == [a], trace.sources[a] == .step(trace.steps.count - 1) else { return best }
        trace.functions.append(function)
        return finish(trace, d, pc + 1, reduction)
      }
      pc += 1
    }
    return best
  }

  private func finish(
    _ trace: Trace, _ d: Register, _ end: Int, _ reduction: FusedProgram.Reduction?
  ) -> Fusion? {
    // One function of a whole array is the builtin's own affair.
    if trace.steps.count == 1, reduction == nil, !trace.functions.isEmpty { return nil }
    var functions: [String] = []
    var slots: [Register] = []
    for site in trace.functions where !functions.contains(site.name) {
      functions.append(site.name)
      if site.slot != CallSite.noRegister { slots.append(site.slot) }
    }
    return Fusion(
      program: FusedProgram(steps: trace.steps, operandCount: trace.operands.count, reduction: reduction),
      operands: trace.operands, columns: trace.columns, d: d, end: end, functions: functions, slots: slots,
      isComputed: parts.computed.contains(end - 1))
  }
}
