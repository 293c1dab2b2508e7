import Testing
import ThetaArrays

@Suite("Element-wise operations")
struct ElementwiseTests {
  /// Two shapes that broadcast: one with some dimensions set to one.
  func pair(_ dice: inout Dice) -> (NDArray<Double>, NDArray<Double>) {
    let full = dice.shape()
    var (a, b) = (full.sizes, full.sizes)
    for d in a.indices {
      switch dice.int(0...3) {
      case 0: a[d] = 1
      case 1: b[d] = 1
      default: break
      }
    }
    return (dice.array(Shape(a)) { $0.awkward() }, dice.array(Shape(b)) { $0.awkward() })
  }

  func model<R>(
    _ a: NDArray<Double>, _ b: NDArray<Double>, _ f: (Double, Double) -> R
  ) throws -> NDArray<R> {
    let shape = try #require(a.shape.broadcast(with: b.shape))
    return NDArray(
      shape,
      (0..<shape.count).map { i in
        let s = subscripts(i, shape, 4)
        return f(a[offset(s, a.shape)], b[offset(s, b.shape)])
      })
  }

  @Test("zip broadcasts as the definition says", arguments: 0..<200)
  func zip(_ seed: Int) throws {
    var dice = Dice(UInt32(seed))
    let (a, b) = pair(&dice)
    #expect(same(try NDArray.zip(a, b) { $0 - 2 * $1 }, try model(a, b) { $0 - 2 * $1 }))
    #expect(same(try NDArray.zipThrowing(a, b) { $0 - 2 * $1 }, try model(a, b) { $0 - 2 * $1 }))
  }

  @Test("kernels give what the scalar operation gives", arguments: 0..<100)
  func kernels(_ seed: Int) throws {
    var dice = Dice(UInt32(seed))
    let (a, b) = pair(&dice)
    #expect(same(try .applying(.add, a, b), try model(a, b) { $0 + $1 }))
    #expect(same(try .applying(.subtract, a, b), try model(a, b) { $0 - $1 }))
    #expect(same(try .applying(.multiply, a, b), try model(a, b) { $0 * $1 }))
    #expect(same(try .applying(.divide, a, b), try model(a, b) { $0 / $1 }))
    #expect(try NDArray.comparing(.less, a, b) == (try model(a, b) { $0 < $1 }))
    #expect(try NDArray.comparing(.notEqual, a, b) == (try model(a, b) { $0 != $1 }))
    #expect(same(.applying(.subtract, a, 3), a.map { $0 - 3 }))
    #expect(same(.applying(.subtract, 3, a), a.map { 3 - $0 }))
    #expect(same(a.applying(.negate), a.map { -$0 }))
  }

  @Test("an operand may receive the result")
  func inPlace() throws {
    var dice = Dice(1)
    let (a, b) = (dice.array(Shape(33, 7)), dice.array(Shape(33, 7)))
    let expected = try NDArray.zip(a, b) { $0 / $1 }
    let left = a.copy()
    #expect(try NDArray.applying(.divide, left, b, reusing: left) === left)
    #expect(same(left, expected))
    let right = b.copy()
    #expect(same(try NDArray.applying(.divide, a, right, reusing: right), expected))
    let row = dice.array(Shape(1, 7))
    let stretched = try NDArray.zip(a, row) { $0 * $1 }
    #expect(same(try NDArray.applying(.multiply, a, row, reusing: a), stretched))
  }

  @Test("large arrays give the same on threads")
  func threads() throws {
    var dice = Dice(2)
    let a = dice.array(Shape(1000, 700))
    // One column at a time is too little work for threads.
    let columns = (0..<700).flatMap { j in
      Array(NDArray(column: (0..<1000).map { a[$0, j] }).applying(.sigmoid))
    }
    #expect(same(a.applying(.sigmoid), NDArray(a.shape, columns)))
    let row = dice.array(Shape(1, 700))
    #expect(same(try .applying(.add, a, row), try .zip(a, row) { $0 + $1 }))
  }

  @Test("shapes that do not fit are refused")
  func nonconformant() {
    let (a, b) = (NDArray<Double>(zeros: Shape(2, 3)), NDArray<Double>(zeros: Shape(3, 2)))
    #expect(throws: ArrayError.nonconformant(a.shape, b.shape)) { try NDArray.applying(.add, a, b) }
    #expect(throws: ArrayError.nonconformant(a.shape, b.shape)) { try NDArray<Double>.zip(a, b) { $0 + $1 } }
  }

  @Test("a result that cannot exist is refused before memory is asked for")
  func tooLarge() {
    let column = NDArray<Int8>(zeros: Shape(1 << 22, 1))
    let row = NDArray<Int8>(zeros: Shape(1, 1 << 22))
    #expect(throws: ArrayError.tooLarge) { try NDArray<Double>.zip(column, row) { Double($0) + Double($1) } }
  }

  @Test("complex products keep their infinities")
  func infiniteProducts() {
    let z = Complex(Double.infinity, .nan) * Complex(0, 1)
    #expect(z.real.isNaN && z.imaginary == .infinity)
    let w = Complex(Double.infinity, .nan) * Complex(2, 1)
    #expect(w.real == .infinity && w.imaginary == .infinity)
    let n = Complex(Double.nan, .nan) * Complex(2, 1)
    #expect(n.real.isNaN && n.imaginary.isNaN)
  }

  @Test("a transform that fails leaves nothing behind")
  func throwingMap() {
    struct Stop: Error {}
    let a = NDArray<Double>(row: [1, 2, 3])
    #expect(throws: Stop.self) { try a.map { x in if x > 2 { throw Stop() } else { [x] } } }
  }

  @Test("workers cover the range exactly once, also when nested")
  func workers() {
    let total = 100_000
    let counts = NDArray<Int>(Shape(total, 1), repeating: 0)
    let base = counts.base
    Workers.parallel(total, grain: 100) { range in
      Workers.parallel(range.count, grain: 10) { inner in
        for i in inner { base[range.lowerBound + i] += 1 }
      }
    }
    #expect(counts.allElements { $0 == 1 })
  }
}
