import Testing
import ThetaArrays

@Suite("Reductions")
struct ReductionTests {
  /// Each slice along a dimension, in the order of the result.
  func slices(_ a: NDArray<Double>, _ d: Int) -> [[Double]] {
    let (inner, length, outer) = a.shape.split(at: d)
    return (0..<outer).flatMap { k in
      (0..<inner).map { j in (0..<length).map { a[(k * length + $0) * inner + j] } }
    }
  }

  @Test("sums and products along every dimension", arguments: 0..<100)
  func sums(_ seed: Int) {
    var dice = Dice(UInt32(seed))
    let a = dice.array(dice.shape()) { $0.awkward() }
    for d in 0..<5 {
      let target = a.shape.replacing(d, with: 1)
      let parts = slices(a, d)
      #expect(same(a.sum(along: d), NDArray(target, parts.map { $0.reduce(0, +) })))
      #expect(same(a.product(along: d), NDArray(target, parts.map { $0.reduce(1, *) })))
      #expect(same(a.sumOfSquares(along: d), NDArray(target, parts.map { $0.reduce(0) { $0 + $1 * $1 } })))
      #expect(a.any(along: d) { $0 > 1 } == NDArray(target, parts.map { $0.contains { $0 > 1 } }))
      #expect(a.all(along: d) { $0 > -2 } == NDArray(target, parts.map { $0.allSatisfy { $0 > -2 } }))
      let running = slices(a.cumulativeSum(along: d), d)
      for (part, sums) in zip(parts, running) {
        for i in part.indices { #expect(same(sums[i], part[1..<max(1, i + 1)].reduce(part[0], +))) }
      }
    }
  }

  @Test("minima and maxima with their places", arguments: 0..<100)
  func extremes(_ seed: Int) {
    var dice = Dice(UInt32(seed))
    let a = dice.array(dice.shape()) { $0.awkward() }
    for d in 0..<4 where !a.shape.isEmpty {
      let (values, places) = a.maximum(along: d)
      let (least, leastPlaces) = a.minimum(along: d)
      let running = a.cumulativeMaximum(along: d)
      let (runningValues, runningPlaces) = (
        slices(running.values, d), slices(running.places.map(Double.init), d)
      )
      for (k, part) in slices(a, d).enumerated() {
        let numbers = part.filter { !$0.isNaN }
        #expect(same(values[k], part[places[k]]) && same(least[k], part[leastPlaces[k]]))
        if let largest = numbers.max(), let smallest = numbers.min() {
          #expect(places[k] == part.firstIndex(of: largest))
          #expect(leastPlaces[k] == part.firstIndex(of: smallest))
        } else {
          #expect(values[k].isNaN && places[k] == 0)
        }
        for i in part.indices {
          let prefix = NDArray(column: Array(part[...i])).maximum(along: 0)
          #expect(same(runningValues[k][i], prefix.values[0]) && Int(runningPlaces[k][i]) == prefix.places[0])
        }
      }
    }
  }

  @Test("complex extremes go by modulus, then by argument")
  func complex() {
    let a = NDArray<ComplexDouble>(row: [Complex(1, 1), Complex(1, -1), Complex(-1, 1), Complex(-1, -1)])
    #expect(a.minimum(along: 1).places[0] == 3)
    #expect(a.maximum(along: 1).places[0] == 2)
  }

  @Test("empty arrays")
  func empty() {
    let a = NDArray<Double>(zeros: Shape(0, 3))
    #expect(a.sum(along: 0) == NDArray(zeros: Shape(1, 3)))
    #expect(a.product(along: 0) == NDArray(Shape(1, 3), repeating: 1))
    #expect(a.sum(along: 1).shape == Shape(0, 1))
    #expect(a.maximum(along: 0).values.shape == Shape(0, 3))
    #expect(a.maximum(along: 1).values.shape == Shape(0, 1))
    #expect(a.cumulativeSum(along: 0).shape == Shape(0, 3))
  }

  @Test("integer sums stop at the end of the range")
  func saturating() {
    let a = NDArray<Int8>(row: [100, 100, -100])
    #expect(a.saturatingSum(along: 1)[0] == 27)
    #expect(a.sum(along: 1)[0] == 100)
  }
}
