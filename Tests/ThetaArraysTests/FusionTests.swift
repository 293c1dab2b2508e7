import Testing
import ThetaArrays

@Suite("Fused programs")
struct FusionTests {
  typealias Program = FusedProgram
  typealias Step = FusedProgram.Step

  private let operations: [BinaryKernel] = [.add, .subtract, .multiply, .divide]
  private let functions: [UnaryKernel] = [.exp, .tanh, .negate, .absolute, .floor, .sigmoid, .sin]

  /// The result of a program by whole-array operations.
  private func stepwise(_ program: Program, _ operands: [NDArray<Double>]) throws -> NDArray<Double> {
    var results: [NDArray<Double>] = []
    func value(_ source: Program.Source) -> NDArray<Double> {
      switch source {
      case .operand(let k): operands[k]
      case .constant(let x): NDArray(scalar: x)
      case .step(let k): results[k]
      }
    }
    for step in program.steps {
      switch step.operation {
      case .unary(let function): results.append(value(step.a).applying(function))
      case .binary(let kernel): results.append(try .applying(kernel, value(step.a), value(step.b)))
      case .compare(let comparison):
        results.append(try NDArray.comparing(comparison, value(step.a), value(step.b)).map { $0 ? 1 : 0 })
      default: Issue.record("not in these programs")
      }
    }
    return try #require(results.last)
  }

  private func elements(_ result: Program.Operand?) -> NDArray<Double>? {
    switch result {
    case .real(let a)?: a
    case .boolean(let a)?: a.map { $0 ? 1 : 0 }
    case .number(let x)?: NDArray(scalar: x)
    default: nil
    }
  }

  @Test("random programs give the bits of the operations one after another", arguments: 0..<120)
  func random(_ seed: Int) throws {
    var dice = Dice(UInt32(seed))
    let rows = [1, 40, 700, 3000][dice.int(0...3)]
    let columns = dice.int(2...9)
    let full = Shape(rows, columns)
    let shapes = [full, full, Shape(rows, 1), Shape(1, columns), .scalar]
    let operands = shapes.map { dice.array($0) { $0.awkward() } }
    var steps: [Step] = []
    // The first step takes a whole array, and each one takes the last, so that every step has the full size.
    for k in 0..<dice.int(1...9) {
      let last: Program.Source = k == 0 ? .operand(0) : .step(k - 1)
      var other: Program.Source = .operand(dice.int(0...4))
      if k > 0, dice.int(0...2) == 0 { other = .step(dice.int(0...k - 1)) }
      switch dice.int(0...3) {
      case 0: steps.append(Step(.unary(functions[dice.int(0...6)]), last, last))
      case 1: steps.append(Step(.compare(.less), last, other))
      case 2: steps.append(Step(.binary(operations[dice.int(0...3)]), other, last))
      default: steps.append(Step(.binary(operations[dice.int(0...3)]), last, other))
      }
    }
    let program = Program(steps: steps, operandCount: 5)
    let inputs = operands.map { $0.shape.isScalar ? Program.Operand.number($0[0]) : .real($0) }
    let expected = try stepwise(program, operands)
    if let result = elements(program.evaluate(inputs)) {
      #expect(same(result, expected))
    } else {
      #expect(rows < 16 || rows == 1)
    }
    // Sums add in the same order.
    for reduction in [Program.Reduction.sum, .mean] {
      let summed = Program(steps: steps, operandCount: 5, reduction: reduction)
      guard let result = elements(summed.evaluate(inputs)) else { continue }
      let dimension = expected.shape.firstNonSingleton
      var sums = expected.sum(along: dimension)
      if reduction == .mean { sums = .applying(.divide, sums, Double(expected.shape[dimension])) }
      #expect(same(result, sums))
    }
  }

  @Test("the result may take the memory of an operand")
  func reuse() {
    let a = NDArray<Double>(Shape(5000, 1), repeating: 2)
    let program = Program(steps: [Step(.binary(.add), .operand(0), .constant(1))], operandCount: 1)
    guard case .real(let result)? = program.evaluate([.real(a)], reusable: 1) else {
      Issue.record("no result")
      return
    }
    #expect(result === a)
    #expect(result[4999] == 3)
  }

  private func isDeclined(_ result: Program.Operand?) -> Bool { if case nil = result { true } else { false } }

  @Test("what is not covered is declined with nothing changed")
  func declined() {
    let a = NDArray<Double>(Shape(100, 1), repeating: -1)
    let b = NDArray<Double>(Shape(99, 1), repeating: 1)
    let single = NDArray<Float>(Shape(100, 1), repeating: 1)
    func evaluate(_ operation: Program.Operation, _ x: Program.Operand, _ y: Program.Operand) -> Program
      .Operand?
    {
      Program(steps: [Step(operation, .operand(0), .operand(1))], operandCount: 2).evaluate(
        [x, y], reusable: 3)
    }
    #expect(isDeclined(evaluate(.unary(.log), .real(a), .real(a))))
    #expect(isDeclined(evaluate(.binary(.power), .real(a), .number(0.5))))
    #expect(isDeclined(evaluate(.binary(.add), .real(a), .real(b))))
    #expect(isDeclined(evaluate(.scale, .real(a), .real(a))))
    #expect(isDeclined(evaluate(.binary(.add), .real(a), .single(single))))
    #expect(isDeclined(evaluate(.and, .real(a), .real(a))))
    #expect(a.allElements { $0 == -1 })
  }

  @Test("singles are worked on as singles")
  func singles() throws {
    let a = NDArray<Float>(Shape(300, 1)) { buffer in
      for i in buffer.indices { buffer.initializeElement(at: i, to: Float(i) / 7) }
    }
    let steps = [
      Step(.binary(.multiply), .operand(0), .constant(0.1)), Step(.unary(.tanh), .step(0), .step(0)),
    ]
    guard case .single(let result)? = Program(steps: steps, operandCount: 1).evaluate([.single(a)]) else {
      Issue.record("no single result")
      return
    }
    let expected = NDArray<Float>.applying(.multiply, a, 0.1).applying(.tanh)
    #expect(result == expected)
  }
}
