// Padé approximants of the exponential function: coefficients and the largest norms for which each is
// accurate to double precision (Higham 2005, table 2.3).

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

enum PadeExponential {
  static let degrees: [(bound: Double, coefficients: [Double])] = [
    (1.495585217958292e-2, [120, 60, 12, 1]),
    (2.539398330063230e-1, [30240, 15120, 3360, 420, 30, 1]),
    (9.504178996162932e-1, [17_297_280, 8_648_640, 1_995_840, 277_200, 25200, 1512, 56, 1]),
    (
      2.097847961257068,
      [
        17_643_225_600, 8_821_612_800, 2_075_673_600, 302_702_400, 30_270_240, 2_162_160, 110_880, 3960, 90,
        1,
      ]
    ),
    (largestBound, largest),
  ]

  static let largestBound = 5.371920351148152
  static let largest: [Double] = [
    64_764_752_532_480_000, 32_382_376_266_240_000, 7_771_770_303_897_600, 1_187_353_796_428_800,
    129_060_195_264_000, 10_559_470_521_600, 670_442_572_800, 33_522_128_640, 1_323_241_920, 40_840_800,
    960_960,
    16380, 182, 1,
  ]

  /// (V - U) \ (V + U), where U holds the odd and V the even powers.
  static func approximant<Element: FactorElement>(
    _ a: NDArray<Element>, _ c: [Double]
  ) throws(ArrayError) -> NDArray<Element> {
    typealias Matrix = NDArray<Element>
    let n = a.shape.rows
    let square = try Matrix.product(a, a)
    var powers = [Matrix.identity(n, n), square]
    while powers.count * 2 < Swift.min(c.count, 8) {
      powers.append(try .product(powers[powers.count - 1], square))
    }
    func sum(_ coefficients: [Double]) -> Matrix {
      let result = Matrix(zeros: a.shape)
      for (coefficient, power) in Swift.zip(coefficients, powers) {
        for i in 0..<result.count {
          result[i] = Element.sum(result[i], Element.scaled(power[i], by: coefficient))
        }
      }
      return result
    }
    let even = stride(from: 0, to: c.count, by: 2).map { c[$0] }
    let odd = stride(from: 1, to: c.count, by: 2).map { c[$0] }
    var (u, v): (Matrix, Matrix)
    if c.count == 14 {
      // Powers six and below, then the higher ones as A^6 times a polynomial.
      let sixth = powers[3]
      func high(_ coefficients: [Double]) throws(ArrayError) -> Matrix {
        let upper = sum([0] + coefficients[4...])
        let product = try Matrix.product(sixth, upper)
        return try Matrix.zip(product, sum(Array(coefficients[..<4]))) { Element.sum($0, $1) }
      }
      u = try high(odd)
      v = try high(even)
    } else {
      while powers.count < even.count { powers.append(try .product(powers[powers.count - 1], square)) }
      u = sum(odd)
      v = sum(even)
    }
    u = try .product(a, u)
    let numerator = try Matrix.zip(v, u) { Element.sum($0, $1) }
    let denominator = try Matrix.zip(v, u) { Element.sum($0, Element.scaled($1, by: -1)) }
    return try denominator.solve(numerator).value
  }

  static func exp(_ x: Double) -> Double {
    #if canImport(Glibc)
      Glibc.exp(x)
    #else
      Darwin.exp(x)
    #endif
  }
}
