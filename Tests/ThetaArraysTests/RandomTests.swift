import Testing
import ThetaArrays

@Suite("Random numbers")
struct RandomTests {
  @Test("streams are those that Octave prints for the same state")
  func streams() {
    let source = RandomSource()
    source.seed(.uniform, [42])
    #expect(
      source.uniform(Shape(2, 2)).list == [
        0.63942679845788375, 0.025010755222666936, 0.27502931836911926, 0.22321073814882275,
      ])
    source.seed(.normal, [42])
    #expect(
      source.normal(Shape(1, 4)).list == [
        -0.0065459203894670274, -0.47788141818317387, -0.7136510428612115, 1.260321146904706,
      ])
    source.seed(.exponential, [42])
    #expect(source.exponential(Shape(1, 2)).list == [0.012484501998502618, 2.1602829736300539])
    source.seed(.gamma, [42])
    #expect(source.gamma(1, Shape(1, 2)).list == [0.66133621535109199, 0.2372520453247689])
    source.seed(.uniform, [1, 2, 3])
    #expect(source.uniform() == 0.60986127228672893)
    source.seed(.uniform, [42.9])
    #expect(source.uniform() == 0.038551839337380045)
    source.seed(.uniform, [42])
    #expect(source.permutation(8, taking: 8) == [5, 1, 3, 4, 6, 7, 0, 2])
    source.seed(.uniform, [42])
    #expect(source.uniformSingle(Shape(1, 2)).list == [0.6932619214057922, 0.500755250453949])
    source.seedOld(42)
    #expect(source.uniform(Shape(1, 2)).list == [0.31198069453239441, 0.10358469188213348])
  }

  @Test("a state brings the stream back")
  func state() {
    let source = RandomSource()
    for drawn in [0, 1, 311, 312, 313] {
      source.reseed(.uniform)
      _ = source.uniform(Shape(1, drawn))
      let state = source.state(.uniform)
      #expect(state.count == 625)
      let expected = source.uniform(Shape(1, 700)).list
      source.seed(.uniform, state)
      #expect(source.uniform(Shape(1, 700)).list == expected)
    }
  }

  @Test("distributions have their moments")
  func moments() {
    let source = RandomSource()
    for distribution in RandomSource.Distribution.allCases { source.seed(distribution, [7]) }
    let shape = Shape(1, 200_000)
    func check(_ x: NDArray<Double>, mean: Double, variance: Double) {
      let m = x.sum(along: 1)[0] / Double(x.count)
      let v = x.map { ($0 - m) * ($0 - m) }.sum(along: 1)[0] / Double(x.count)
      #expect(abs(m - mean) < 0.02 * max(1, mean) && abs(v - variance) < 0.03 * max(1, variance))
    }
    check(source.uniform(shape), mean: 0.5, variance: 1.0 / 12)
    check(source.normal(shape), mean: 0, variance: 1)
    check(source.normalSingle(shape).map { Double($0) }, mean: 0, variance: 1)
    check(source.exponential(shape), mean: 1, variance: 1)
    check(source.exponentialSingle(shape).map { Double($0) }, mean: 1, variance: 1)
    check(source.gamma(0.5, shape), mean: 0.5, variance: 0.5)
    check(source.gamma(3, shape), mean: 3, variance: 3)
    for mean in [0.5, 5, 20, 1000, 1e9] { check(source.poisson(mean, shape), mean: mean, variance: mean) }
  }

  @Test("a permutation holds every place once")
  func permutation() {
    let source = RandomSource()
    #expect(source.permutation(1000, taking: 1000).sorted() == Array(0..<1000))
    let some = source.permutation(1000, taking: 20)
    #expect(Set(some).count == 20 && some.allSatisfy { (0..<1000).contains($0) })
    #expect(source.permutation(0, taking: 0).isEmpty)
  }
}
