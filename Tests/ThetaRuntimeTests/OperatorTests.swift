import Testing
import ThetaArrays

@testable import ThetaRuntime

extension BinaryOperation {
  fileprivate var isElementwise: Bool {
    switch self {
    case .multiply, .divide, .leftDivide, .power: false
    default: true
    }
  }
}

@Suite struct OperatorTests {
  @Test("every operator on every pair of classes returns or throws")
  func everyPairReturns() {
    let values = Samples.all
    for a in values {
      for operation in UnaryOperation.allCases { _ = try? Operators.unary(operation, a) }
      _ = try? Operators.isTrue(a)
      for b in values {
        for operation in BinaryOperation.allCases {
          guard let result = try? Operators.binary(operation, a, b), operation.isElementwise else { continue }
          #expect(result.shape == a.shape.broadcast(with: b.shape))
        }
        _ = try? Operators.product(a, hermitian: true, b, hermitian: false)
        _ = try? Operators.product(a, hermitian: false, b, hermitian: true)
        _ = try? Operators.range(a, nil, b)
        _ = try? Operators.range(a, .number(2), b)
        _ = Equality.isEqual(a, b)
      }
    }
  }

  @Test("broadcasting repeats the shorter side", arguments: Samples.shapes)
  func broadcasting(shape: Shape) throws {
    for other in Samples.shapes {
      let (a, b) = (Samples.doubles(shape), Samples.doubles(other))
      guard let target = shape.broadcast(with: other) else {
        #expect(throws: RuntimeError.self) { try Operators.binary(.add, .make(a), .make(b)) }
        continue
      }
      let sum = try Operators.binary(.subtract, .make(a), .make(b))
      #expect(sum.shape == target)
      let numbers = numbers(sum)
      for k in 0..<target.count {
        var (rest, offsetA, offsetB, stepA, stepB) = (k, 0, 0, 1, 1)
        for d in 0..<target.dimensionCount {
          let i = rest % target[d]
          rest /= target[d]
          offsetA += (shape[d] == 1 ? 0 : i) * stepA
          offsetB += (other[d] == 1 ? 0 : i) * stepB
          stepA *= shape[d]
          stepB *= other[d]
        }
        #expect(numbers[k] == a[offsetA] - b[offsetB])
      }
    }
  }

  @Test("integer arithmetic is that of wide integers, clamped")
  func saturation() {
    for a in Int8.min...Int8.max {
      for b in stride(from: Int8.min, through: 120, by: 7) {
        #expect(Int8.saturatingAdd(a, b) == Int8(clamping: Int(a) + Int(b)))
        #expect(Int8.saturatingSubtract(a, b) == Int8(clamping: Int(a) - Int(b)))
        #expect(Int8.saturatingMultiply(a, b) == Int8(clamping: Int(a) * Int(b)))
        #expect(Int8.roundingDivide(a, b) == Int8(saturating: Double(a) / Double(b)))
        let (u, v) = (UInt8(bitPattern: a), UInt8(bitPattern: b))
        #expect(UInt8.saturatingAdd(u, v) == UInt8(clamping: Int(u) + Int(v)))
        #expect(UInt8.saturatingSubtract(u, v) == UInt8(clamping: Int(u) - Int(v)))
        #expect(UInt8.saturatingMultiply(u, v) == UInt8(clamping: Int(u) * Int(v)))
        #expect(UInt8.roundingDivide(u, v) == UInt8(saturating: Double(u) / Double(v)))
      }
    }
  }

  @Test("a transposed product equals the product with the transpose")
  func transposedProducts() throws {
    let a = Value.make(NDArray(Shape(3, 2), [1, 2, 3, 4, 5, 6]))
    let z = Value.make(NDArray(Shape(3, 2), (0..<6).map { ComplexDouble(Double($0), 1) }))
    for x in [a, z] {
      for y in [a, z] {
        let expected = try Operators.binary(.multiply, Operators.unary(.hermitian, x), y)
        let direct = try Operators.product(x, hermitian: true, y, hermitian: false)
        #expect(Equality.isEqual(expected, direct))
        let outer = try Operators.binary(.multiply, x, Operators.unary(.hermitian, y))
        #expect(Equality.isEqual(outer, try Operators.product(x, hermitian: false, y, hermitian: true)))
      }
    }
  }

  @Test("diagonal and permutation matrices calculate as their full forms")
  func specialMatrices() throws {
    let d = Value.diagonal(DiagonalMatrix(rows: 3, columns: 3, entries: .column([1, 2, 4])))
    let p = Value.permutation(PermutationMatrix(columns: [2, 0, 1]))
    let wide = Value.diagonal(DiagonalMatrix(rows: 2, columns: 3, entries: .column([3, 5])))
    let m = Value.make(NDArray(Shape(3, 3), [8, 3, 4, 1, 5, 9, 6, 7, 2]))
    for (x, y) in [
      (d, m), (m, d), (p, m), (m, p), (d, p), (p, d), (p, p), (d, d), (wide, m), (wide, d), (wide, p),
    ] {
      let result = try Operators.binary(.multiply, x, y)
      #expect(Equality.isEqual(result.full, try Operators.binary(.multiply, x.full, y.full)))
    }
    for operation in [BinaryOperation.add, .subtract, .hadamard, .equal] {
      let result = try Operators.binary(operation, d, p)
      #expect(Equality.isEqual(result.full, try Operators.binary(operation, d.full, p.full)))
    }
    let inverse = try Operators.binary(.leftDivide, p, m)
    #expect(Equality.isEqual(try Operators.binary(.multiply, p, inverse), m))
  }

  @Test("the element count of a range allows for rounding")
  func rangeCounts() {
    #expect(Ranges.count(base: 0, increment: 0.1, limit: 1) == 11)
    #expect(Ranges.count(base: 0, increment: 0.1, limit: 0.3) == 4)
    #expect(Ranges.count(base: 0, increment: 1.0 / 3, limit: 1) == 4)
    #expect(Ranges.count(base: 1, increment: 1, limit: 0) == 0)
    #expect(Ranges.count(base: 1, increment: 0, limit: 5) == 0)
    #expect(Ranges.count(base: 5, increment: -2, limit: 0) == 3)
    #expect(Ranges.count(base: 1, increment: 1, limit: Double.infinity) == Int.max)
    #expect(Ranges.count(base: 0, increment: 1e-300, limit: 1.0) == nil)
  }

  @Test("operands that do not fit are named with their sizes")
  func messages() {
    let (a, b) = (Value.row([1, 2, 3]), Value.row([1, 2]))
    do {
      _ = try Operators.binary(.add, a, b)
      Issue.record("no error")
    } catch {
      #expect(error.message == "operator +: nonconformant arguments (op1 is 1x3, op2 is 1x2)")
      #expect(error.identifier == "Octave:nonconformant-args")
    }
    do {
      _ = try Operators.binary(.add, .cell(.scalar, [a]), .logical(true))
      Issue.record("no error")
    } catch {
      #expect(error.message == "binary operator '+' not implemented for 'cell' by 'scalar' operations")
    }
  }

  @Test("1×1 results are scalars and real results are not complex")
  func canonicalForms() throws {
    let column = Value.column([1, 2])
    guard case .number(5) = try Operators.product(column, hermitian: true, column, hermitian: false) else {
      Issue.record("an inner product is a number")
      return
    }
    let i = Value.make(NDArray(scalar: ComplexDouble(0, 1)))
    guard case .number(-1) = try Operators.binary(.multiply, i, i) else {
      Issue.record("i squared is a number")
      return
    }
  }
}
