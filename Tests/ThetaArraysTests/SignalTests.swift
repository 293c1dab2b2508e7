import Testing
import ThetaArrays

@Suite("Signals")
struct SignalTests {
  /// The transform by its definition.
  func model(_ x: [ComplexDouble], inverse: Bool) -> NDArray<ComplexDouble> {
    let n = x.count
    let unit = NDArray<ComplexDouble>(
      column: (0..<n).map { Complex(0, (inverse ? 2 : -2) * Double.pi * Double($0) / Double(n)) }
    ).applying(.exp)
    return NDArray(
      column: (0..<n).map { k in
        var sum = Complex(0.0, 0.0)
        for j in 0..<n { sum = sum + x[j] * unit[j * k % n] }
        return inverse ? Complex(sum.real / Double(n), sum.imaginary / Double(n)) : sum
      })
  }

  @Test("transforms of every length", arguments: Array(1...40) + [64, 97, 100, 128, 211, 243, 360, 1009])
  func fourier(_ n: Int) throws {
    var dice = Dice(UInt32(n))
    let x = dice.complexArray(Shape(n, 1))
    for inverse in [false, true] {
      let y = try x.fourierTransformed(along: 0, inverse: inverse)
      #expect(distance(y, model(x.list, inverse: inverse)) < 1e-13)
    }
    let back = try x.fourierTransformed(along: 0).fourierTransformed(along: 0, inverse: true)
    #expect(distance(back, x) < 1e-14)
  }

  @Test("along a dimension, cut and padded")
  func dimensions() throws {
    var dice = Dice(1)
    let x = dice.complexArray(Shape([3, 4, 2]))
    for length in [2, 4, 6] {
      let y = try x.fourierTransformed(along: 1, length: length)
      #expect(y.shape == Shape([3, length, 2]))
      let row = (0..<length).map { $0 < 4 ? x[1 + 3 * $0 + 12] : .zero }
      let expected = model(row, inverse: false)
      for k in 0..<length { #expect((y[1 + 3 * k + 3 * length] - expected[k]).modulus < 1e-13) }
    }
    #expect(try NDArray<ComplexDouble>(zeros: Shape(0, 3)).fourierTransformed(along: 0).shape == Shape(0, 3))
  }

  @Test("convolution multiplies polynomials")
  func convolution() throws {
    let (a, b) = (NDArray<Double>(row: [1, 2, 3]), NDArray<Double>(row: [1, -1]))
    #expect(try NDArray.convolution(a, b).list == [1, 1, 1, -3])
    #expect(try NDArray.convolution2D(a, b.transposed()).list == [1, -1, 2, -2, 3, -3])
    #expect(try NDArray.convolution(a, NDArray(zeros: .empty)).count == 0)
  }

  @Test("a filter in two parts is the filter of the whole")
  func filter() {
    let (b, a) = (NDArray<Double>(row: [1, 0.5, 0.25]), NDArray<Double>(row: [2, -1]))
    var dice = Dice(2)
    let x = dice.array(Shape(20, 1))
    let whole = x.filtered(numerator: b, denominator: a, along: 0)
    let first = NDArray(column: Array(x.list[..<8])).filtered(numerator: b, denominator: a, along: 0)
    let second = NDArray(column: Array(x.list[8...])).filtered(
      numerator: b, denominator: a, along: 0, state: first.state)
    #expect(first.value.list + second.value.list == whole.value.list)
    #expect(second.state == whole.state)
    var y: [Double] = []
    for n in 0..<20 {
      let past =
        (0..<3).reduce(0.0) { $0 + (n >= $1 ? b[$1] * x[n - $1] : 0) } - (n > 0 ? a[1] * y[n - 1] : 0)
      y.append(past / 2)
    }
    #expect(distance(whole.value, NDArray(column: y)) < 1e-14)
  }
}
