import Testing
import ThetaArrays

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

@Suite("Vector kernels")
struct VectorKernelTests {
  /// Numbers of every size with the special ones among them; more than one vector and not a whole number of them.
  private func numbers(_ seed: UInt32, in range: ClosedRange<Double>) -> [Double] {
    var dice = Dice(seed)
    var list: [Double] = [
      0, -0.0, .infinity, -.infinity, .nan, 1, -1, 0.5, Double.leastNonzeroMagnitude,
      -Double.leastNonzeroMagnitude, 1e-300, 1e300, 709, -745,
    ]
    while list.count < 5003 {
      let x = range.lowerBound + (range.upperBound - range.lowerBound) * dice.twister.nextDouble()
      list.append(dice.int(0...3) == 0 ? x * 1e-6 : x)
    }
    return list
  }

  #if arch(x86_64)
    private typealias Reference = (Float80) -> Float80

    /// The error in units in the last place of the result.
    private func error(_ result: Double, _ exact: Float80) -> Double {
      if result.isNaN { return exact.isNaN ? 0 : .infinity }
      if exact.isNaN || Double(exact) == result { return exact.isNaN ? .infinity : 0 }
      if result.isInfinite || Double(exact).isInfinite { return .infinity }
      return Double(
        abs(Float80(result) - exact) / Float80(max(Double(exact).ulp, Double.leastNonzeroMagnitude)))
    }

    private func check(_ function: UnaryKernel, in range: ClosedRange<Double>, _ reference: Reference) throws
    {
      let x = numbers(1, in: range)
      let kernel = try #require(Double.vectorKernel(function))
      var out = [Double](repeating: 0, count: x.count)
      kernel(&out, x, x.count)
      for i in x.indices {
        #expect(error(out[i], reference(Float80(x[i]))) <= 1, "\(function) (\(x[i])) = \(out[i])")
      }
      // In singles too, and in any place of the array.
      let single = try #require(Float.vectorKernel(function))
      let y = x.map { Float($0) }
      var outSingle = [Float](repeating: 0, count: y.count)
      single(&outSingle, y, y.count)
      for i in stride(from: 0, to: y.count, by: 7) {
        let exact = Float(reference(Float80(y[i])))
        let isClose =
          abs(outSingle[i] - exact) <= max(exact.ulp, Float.leastNonzeroMagnitude) || outSingle[i] == exact
        #expect(isClose || outSingle[i].isNaN && exact.isNaN, "\(function) (\(y[i])) = \(outSingle[i])")
      }
      var one = 0.0
      for i in stride(from: 0, to: x.count, by: 97) {
        kernel(&one, [x[i]], 1)
        #expect(one == out[i] || one.isNaN && out[i].isNaN)
      }
    }

    @Test("elementary functions are within one unit in the last place")
    func elementary() throws {
      try check(.exp, in: -700...700) { exp($0) }
      try check(.expm1, in: -30...30) { expm1($0) }
      try check(.log, in: 0...1e6) { log($0) }
      try check(.log1p, in: -1...1e3) { log1p($0) }
      try check(.tanh, in: -20...20) { tanh($0) }
      try check(.sin, in: -1e4...1e4) { sin($0) }
      try check(.cos, in: -1e4...1e4) { cos($0) }
      try check(.atan, in: -50...50) { atan($0) }
    }

    @Test("powers are within one unit in the last place, and exact for whole exponents")
    func powers() {
      let x = numbers(2, in: 0...100).map { abs($0) }
      for exponent in [0.5, -0.5, 1.7, 0.1, 3.3] {
        var out = [Double](repeating: 0, count: x.count)
        Double.vectorPower(&out, x, 1, [exponent], 0, x.count)
        for i in x.indices {
          let exact = pow(Float80(x[i]), Float80(exponent))
          #expect(error(out[i], exact) <= 1, "\(x[i]) ^ \(exponent) = \(out[i])")
        }
      }
      let whole = (1...300).map { Double($0 % 20 + 1) }
      var out = [Double](repeating: 0, count: whole.count)
      Double.vectorPower(&out, whole, 1, [5.0], 0, whole.count)
      for i in whole.indices { #expect(out[i] == pow(whole[i], 5)) }
    }
  #endif

  @Test("the logistic function is what its formula gives")
  func sigmoid() throws {
    let x = numbers(3, in: -40...40)
    let (exp, sigmoid) = (
      try #require(Double.vectorKernel(.exp)), try #require(Double.vectorKernel(.sigmoid))
    )
    var (e, s) = (x.map { -$0 }, x)
    let negative = e
    exp(&e, negative, x.count)
    sigmoid(&s, x, x.count)
    for i in x.indices {
      let expected = 1 / (1 + e[i])
      #expect(s[i] == expected || s[i].isNaN && expected.isNaN)
    }
  }

  @Test("sums of long columns are accurate and do not depend on how they are split")
  func longSums() {
    var dice = Dice(4)
    let a = dice.array(Shape(20_000, 3)) { $0.real() * 1e3 + 1 }
    let sums = a.sum(along: 0)
    for column in 0..<3 {
      var (total, rest) = (0.0, 0.0)
      for i in 0..<20_000 {
        let y = a[i, column] - rest
        let t = total + y
        rest = (t - total) - y
        total = t
      }
      #expect(abs(sums[column] - total) <= 1e-9 * 20_000)
      #expect(sums[column] == NDArray<Double>(column: (0..<20_000).map { a[$0, column] }).sum(along: 0)[0])
    }
  }

  @Test("sorted values are those of the stable sort", arguments: 0..<6)
  func sorting(_ seed: Int) {
    var dice = Dice(UInt32(seed + 50))
    let a = dice.array(Shape(seed < 3 ? 2048 + 3001 * seed : 70_001, 1 + seed % 2)) { dice in
      seed % 3 == 0 ? Double(dice.int(-100...100)) : dice.real() * 1e10
    }
    for descending in [false, true] {
      if let values = a.sortedValues(along: 0, descending: descending) {
        #expect(values == a.sorted(along: 0, descending: descending))
      } else {
        Issue.record("numbers without NaN are sorted")
      }
    }
    #expect(NDArray<Double>(Shape(3000, 1), repeating: .nan).sortedValues(along: 0, descending: false) == nil)
  }
}
