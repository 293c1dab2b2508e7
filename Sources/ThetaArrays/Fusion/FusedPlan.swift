/// A program with the classes and sizes of one evaluation: which steps are numbers, worked out at once, and for the
/// others the kernels with where they read and write.
struct FusedPlan<Element: FusedElement> {
  /// How a part of the expression lies in the result: everywhere, the same in each row or column, or one number.
  enum Extent { case full, row, column, scalar }

  /// The class that the language gives a part.
  enum Kind { case logical, double, element }

  /// An operand or the result of a step.
  struct Part {
    var extent: Extent
    var kind: Kind
    var value = 0.0
    var place = Place.number(0)
  }

  /// Where a kernel reads or writes.
  enum Place {
    /// A number in `numbers`.
    case number(Int)
    case array(UnsafePointer<Element>, Extent)
    case flags(UnsafePointer<Bool>, Extent)
    /// A block buffer.
    case buffer(Int)
    /// The result itself.
    case result
  }

  enum Work {
    case unary(Element.Unary)
    case binary(Element.Binary)
    /// Gives up where an element is below a limit.
    case check(Element)
    /// Truth values as numbers.
    case widen
  }

  struct Task {
    var work: Work
    var a: Place
    var b: Place
    var out: Place
  }

  let rows: Int
  let columns: Int
  let shape: Shape
  private(set) var tasks: [Task] = []
  private(set) var numbers: [Element] = []
  private(set) var bufferCount = 0
  private(set) var isLogical = false
  /// Kernels that need more than a few cycles for an element.
  private(set) var isCheap = true
  /// Whether an element may stop the evaluation.
  private(set) var mayStop = false
  /// Whether rows or columns are stretched; else elements are one long run.
  private(set) var isSegmented = false

  init?(_ program: FusedProgram, _ operands: [FusedProgram.Operand]) {
    // The shape of the result: that of the arrays, or what rows and columns make together.
    var result = Shape.scalar
    for operand in operands {
      switch operand {
      case .number, .truth: continue
      case .real, .column: if Element.self == Float.self { return nil }
      case .single, .boolean: break
      }
      let shape = operand.shape
      if shape == result { continue }
      guard let both = result.broadcast(with: shape) else { return nil }
      result = both
    }
    guard (try? result.checkedCount(elementSize: MemoryLayout<Element>.stride)) != nil, result.count > 1
    else { return nil }
    shape = result
    (rows, columns) = result.is2D ? (result.rows, result.columns) : (result.count, 1)
    guard let last = build(program, operands) else { return nil }
    // The expression as a whole must have the shape of the arrays together.
    guard last.extent == .full else { return nil }
    if isSegmented, rows < 16 { return nil }
    isLogical = last.kind == .logical
    if case .element = last.kind {} else if !isLogical, Element.self == Float.self { return nil }
  }

  // MARK: - Building

  private func extent(_ shape: Shape) -> Extent? {
    if shape == self.shape { return .full }
    if shape.isScalar { return .scalar }
    guard shape.is2D, self.shape.is2D else { return nil }
    if shape.rows == 1, shape.columns == columns { return .row }
    if shape.columns == 1, shape.rows == rows { return .column }
    return nil
  }

  private func part(_ operand: FusedProgram.Operand) -> Part? {
    switch operand {
    case .number(let x): return Part(extent: .scalar, kind: .double, value: x)
    case .truth(let b): return Part(extent: .scalar, kind: .logical, value: b ? 1 : 0)
    case .boolean(let a):
      guard let extent = extent(a.shape), extent != .scalar else { return nil }
      return Part(extent: extent, kind: .logical, place: .flags(a.base, extent))
    default:
      guard let a = Element.array(in: operand), let extent = extent(operand.shape), extent != .scalar else {
        return nil
      }
      return Part(
        extent: extent, kind: Element.self == Float.self ? .element : .double, place: .array(a.base, extent))
    }
  }

  private mutating func build(
    _ program: FusedProgram, _ operands: [FusedProgram.Operand]
  ) -> Part? {
    var lastUse = [Int](repeating: 0, count: program.steps.count)
    for (index, step) in program.steps.enumerated() {
      if case .step(let k) = step.a { lastUse[k] = index }
      if case .step(let k) = step.b { lastUse[k] = index }
    }
    var parts: [Part] = []
    parts.reserveCapacity(program.steps.count)
    var free: [Int] = []
    for (index, step) in program.steps.enumerated() {
      guard let a = source(step.a, operands, parts), let b = source(step.b, operands, parts) else {
        return nil
      }
      if a.extent == .scalar, b.extent == .scalar {
        guard let part = FusedPlan.fold(step.operation, a, b) else { return nil }
        parts.append(part)
        continue
      }
      guard let extent = FusedPlan.joined(a.extent, b.extent), extent == .full else { return nil }
      if a.extent == .row || a.extent == .column || b.extent == .row || b.extent == .column {
        isSegmented = true
      }
      guard let (work, kind, swapped) = work(step.operation, a, b) else { return nil }
      let isUnary = if case .unary = work { true } else { false }
      let (x, y) = swapped ? (b, a) : (a, b)
      let inputA = place(x, &free)
      let inputB = isUnary ? inputA : place(y, &free)
      // A buffer that is read for the last time here may take the result: kernels work at one index at a time.
      for use in [step.a, step.b] {
        if case .step(let k) = use, lastUse[k] == index, case .buffer(let buffer) = parts[k].place,
          !free.contains(buffer)
        {
          free.append(buffer)
        }
      }
      for (input, part) in [(inputA, x), (inputB, y)] {
        if case .flags = part.place, case .buffer(let buffer) = input, !free.contains(buffer) {
          free.append(buffer)
        }
      }
      let isLast = index == program.steps.count - 1
      let out: Place = isLast ? .result : .buffer(takeBuffer(&free))
      tasks.append(Task(work: work, a: inputA, b: inputB, out: out))
      parts.append(Part(extent: .full, kind: kind, place: out))
    }
    return parts.last
  }

  private mutating func takeBuffer(_ free: inout [Int]) -> Int {
    if let buffer = free.popLast() { return buffer }
    bufferCount += 1
    return bufferCount - 1
  }

  private func source(
    _ source: FusedProgram.Source, _ operands: [FusedProgram.Operand], _ parts: [Part]
  ) -> Part? {
    switch source {
    case .constant(let x): return Part(extent: .scalar, kind: .double, value: x)
    case .operand(let k): return part(operands[k])
    case .step(let k): return parts[k]
    }
  }

  /// Where a kernel finds a part: numbers get a place, truth values are turned into numbers first.
  private mutating func place(_ part: Part, _ free: inout [Int]) -> Place {
    if part.extent == .scalar {
      numbers.append(Element(part.value))
      return .number(numbers.count - 1)
    }
    if case .flags = part.place {
      let buffer = takeBuffer(&free)
      tasks.append(Task(work: .widen, a: part.place, b: part.place, out: .buffer(buffer)))
      return .buffer(buffer)
    }
    return part.place
  }

  /// The extent of a combination.
  private static func joined(_ a: Extent, _ b: Extent) -> Extent? {
    switch (a, b) {
    case (.full, _), (_, .full): .full
    case (.row, .column), (.column, .row): .full
    case (.scalar, let other), (let other, .scalar): other
    default: a
    }
  }

  /// The kernel of a step, the class of its result, and whether the operands change sides.
  private mutating func work(
    _ operation: FusedProgram.Operation, _ a: Part, _ b: Part
  ) -> (Work, Kind, Bool)? {
    let number: Kind = a.kind == .element || b.kind == .element ? .element : .double
    // Two parts that are not single make a double, which has no place among singles.
    if Element.self == Float.self, number == .double {
      switch operation {
      case .compare where a.kind == .logical || b.kind == .logical: break
      case .and, .or, .not: break
      default: return nil
      }
    }
    switch operation {
    case .binary(.power):
      guard b.extent == .scalar else { return nil }
      return power(a, Element(b.value), number)
    case .binary(.minimum), .binary(.maximum):
      // Of truth values alone the result is another class.
      if a.kind == .logical, b.kind == .logical { return nil }
      return (.binary(Element.kernel(operation == .binary(.minimum) ? .minimum : .maximum)), number, false)
    case .binary(let kernel):
      if !kernel.isCheap { isCheap = false }
      return (.binary(Element.kernel(kernel)), number, false)
    case .scale:
      guard a.extent == .scalar || b.extent == .scalar else { return nil }
      return (.binary(Element.kernel(.multiply)), number, false)
    case .shrink:
      guard b.extent == .scalar else { return nil }
      return (.binary(Element.kernel(.divide)), number, false)
    case .unary(let function):
      if let limit = FusedPlan.lowerBound(function) { check(a, limit) }
      if !function.isCheap { isCheap = false }
      return (.unary(Element.kernel(function, count: shape.count)), number, false)
    case .compare(let comparison):
      return (.binary(Element.maskKernel(comparison)), .logical, false)
    case .and, .or:
      guard a.kind == .logical, b.kind == .logical else { return nil }
      return (.binary(operation == .and ? Element.maskAnd : Element.maskOr), .logical, false)
    case .not:
      guard a.kind == .logical else { return nil }
      return (.unary(Element.maskNot), .logical, false)
    }
  }

  /// Small whole powers are products, as they are outside fused expressions.
  private mutating func power(_ a: Part, _ exponent: Element, _ kind: Kind) -> (Work, Kind, Bool)? {
    if exponent == 2 { return (.unary(Element.kernel(UnaryKernel.square)), kind, false) }
    if exponent == 3 { return (.unary(Element.cube), kind, false) }
    if exponent == -1 { return nil }
    if !(exponent.rounded(.towardZero) == exponent && exponent.isFinite) { check(a, 0) }
    isCheap = false
    return (.binary(Element.kernel(.power, count: shape.count)), kind, false)
  }

  /// Below this a function of a real number is complex.
  private static func lowerBound(_ function: UnaryKernel) -> Element? {
    switch function {
    case .sqrt, .log, .log2, .log10: 0
    case .log1p: -1
    default: nil
    }
  }

  private mutating func check(_ part: Part, _ limit: Element) {
    mayStop = true
    if case .flags = part.place { return }
    tasks.append(Task(work: .check(limit), a: part.place, b: part.place, out: part.place))
  }

  /// A step on numbers, in double precision, as the operators would do it.
  private static func fold(_ operation: FusedProgram.Operation, _ a: Part, _ b: Part) -> Part? {
    let (x, y) = (a.value, b.value)
    func number(_ value: Double) -> Part { Part(extent: .scalar, kind: .double, value: value) }
    func truth(_ value: Bool) -> Part { Part(extent: .scalar, kind: .logical, value: value ? 1 : 0) }
    switch operation {
    case .binary(.add): return number(x + y)
    case .binary(.subtract): return number(x - y)
    case .binary(.multiply), .scale: return number(x * y)
    case .binary(.divide), .shrink: return number(x / y)
    case .binary: return nil
    case .compare(.less): return truth(x < y)
    case .compare(.lessOrEqual): return truth(x <= y)
    case .compare(.equal): return truth(x == y)
    case .compare(.notEqual): return truth(x != y)
    case .compare(.greater): return truth(x > y)
    case .compare(.greaterOrEqual): return truth(x >= y)
    case .and where a.kind == .logical && b.kind == .logical: return truth(x != 0 && y != 0)
    case .or where a.kind == .logical && b.kind == .logical: return truth(x != 0 || y != 0)
    case .not where a.kind == .logical: return truth(x == 0)
    case .and, .or, .not: return nil
    case .unary(let function):
      if let limit = lowerBound(function), x < Double(limit) { return nil }
      var result = 0.0
      withUnsafePointer(to: x) { Double.kernel(function)(&result, $0, 1) }
      return number(result)
    }
  }
}
