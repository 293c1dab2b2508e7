import Testing
import ThetaArrays

@Suite("Rearrangements")
struct RearrangementTests {
  @Test("permuted, repeated and transposed as the definition says", arguments: 0..<100)
  func permuteAndRepeat(_ seed: Int) throws {
    var dice = Dice(UInt32(seed))
    let a = dice.array(dice.shape())
    var order = [0, 1, 2, 3]
    for i in order.indices { order.swapAt(i, dice.int(i...3)) }
    let p = a.permuted(order)
    #expect(p.shape == Shape(order.map { a.shape[$0] }))
    for i in 0..<p.count {
      let s = subscripts(i, p.shape, 4)
      var source = [0, 0, 0, 0]
      for (k, d) in order.enumerated() { source[d] = s[k] }
      #expect(p[i] == a[offset(source, a.shape)])
    }
    let counts = (0..<dice.int(1...4)).map { _ in dice.int(0...3) }
    let r = try a.repeated(counts)
    for d in 0..<4 { #expect(r.shape[d] == a.shape[d] * (d < counts.count ? counts[d] : 1) || r.count == 0) }
    for i in 0..<r.count {
      let s = subscripts(i, r.shape, 4)
      #expect(r[i] == a[offset(s.enumerated().map { $1 % a.shape[$0] }, a.shape)])
    }
    if a.shape.is2D { #expect(same(a.transposed().transposed(), a)) }
  }

  @Test("transposing large matrices", arguments: [(1, 50), (50, 1), (17, 33), (64, 64), (100, 3)])
  func transpose(_ rows: Int, _ columns: Int) {
    var dice = Dice(3)
    let a = dice.array(Shape(rows, columns))
    let t = a.transposed()
    for i in 0..<rows { for j in 0..<columns { #expect(t[j, i] == a[i, j]) } }
  }

  @Test("concatenation along each dimension")
  func concatenate() throws {
    var dice = Dice(4)
    for d in 0..<4 {
      let parts = [2, 0, 1, 3].map { dice.array(Shape([2, 3, 2, 2]).replacing(d, with: $0)) }
      let whole = try NDArray.concatenated(parts, along: d)
      #expect(whole.shape[d] == 6)
      for i in 0..<whole.count {
        var s = subscripts(i, whole.shape, 4)
        var k = 0
        while s[d] >= parts[k].shape[d] {
          s[d] -= parts[k].shape[d]
          k += 1
        }
        #expect(whole[i] == parts[k][offset(s, parts[k].shape)])
      }
    }
    let (a, b) = (NDArray<Double>(zeros: Shape(2, 3)), NDArray<Double>(zeros: Shape(2, 2)))
    #expect(throws: ArrayError.nonconformant(a.shape, b.shape)) {
      try NDArray.concatenated([a, b], along: 0)
    }
  }

  @Test("reversing and rotating")
  func rotate() {
    let a = NDArray<Int>(Shape(2, 3), [1, 2, 3, 4, 5, 6])
    #expect(a.reversed(along: 1).list == [5, 6, 3, 4, 1, 2])
    #expect(a.reversed(along: 0).list == [2, 1, 4, 3, 6, 5])
    #expect(a.rotated(by: 1, along: 1).list == [5, 6, 1, 2, 3, 4])
    #expect(a.rotated(by: -1, along: 1).list == [3, 4, 5, 6, 1, 2])
  }

  @Test("sizes that overflow are refused")
  func overflow() {
    let a = NDArray<Double>(zeros: Shape(2, 2))
    #expect(throws: ArrayError.tooLarge) { try a.repeated([Int.max, 2]) }
    #expect(throws: ArrayError.tooLarge) { try a.repeated([1 << 30, 1 << 30]) }
  }
}
