import ThetaArrays
import ThetaDisplay
import ThetaNumeric
import ThetaRuntime

// Interpolation in one dimension.

enum Interpolation {
  static let table: [Builtin] = [
    Builtin(
      "yi = interp1 (x, y, xi...)\nyi = interp1 (y, xi...)\npp = interp1 (x, y, method?, pp)",
      """
      y interpolated at xi; methods "linear" (default), "nearest", "previous", "next", "cubic" and "pchip", "spline". Outside
      x the result is NA, or extrap: "extrap" or a number. Columns of a matrix y are interpolated each. Where an abscissa
      stands twice, "left" or "right" chooses the value (default: right). "pp" gives the piecewise polynomial.

      >> interp1 ([1 2 3], [4 5 7], 2.5)
      ans = 6
      """, interp1),
    Builtin(
      "yi = spline (x, y, xi?)\npp = spline (x, y)",
      """
      The cubic spline through points, not-a-knot at the ends or with slopes there, which two more values of y before and
      behind the others give. Of an array y the last dimension belongs to x.

      >> spline (0:3, (0:3) .^ 3, 1.5)
      ans = 3.3750
      """, spline),
    Builtin(
      "yi = pchip (x, y, xi?)\npp = pchip (x, y)",
      """
      The shape-preserving piecewise cubic through points; y as for spline.

      >> pchip (0:3, [0 1 1 2], 0.5)
      ans = 0.6875
      """, pchip),
  ]

  // MARK: - One dimension of many values

  /// The abscissas in order, and the values of every component at each: several for arrays, two for complex numbers.
  private struct Samples {
    var x: [Double]
    var components: [[Double]]
    /// Sizes of one value.
    var sizes: [Int]
    var isComplex: Bool
    var isSingle: Bool

    /// A value with the real numbers of each component, in the order of the components, in an array of a shape.
    func value(_ numbers: NDArray<Double>, _ shape: Shape) -> Value {
      guard isComplex else {
        return MatrixArgument.rounded(.make(numbers.reshaped(shape)), isSingle: isSingle)
      }
      let half = numbers.count / 2
      let z = (0..<half).map { ComplexDouble(numbers[$0], numbers[half + $0]) }
      return MatrixArgument.rounded(.make(NDArray(shape, z)), isSingle: isSingle)
    }
  }

  /// The components of y, each a list of numbers: those of the real parts, then those of the imaginary ones. Element k of
  /// component c stands at `place (c, k)`.
  private static func components(
    _ y: Value, count: Int, length: Int, _ place: (Int, Int) -> Int
  ) -> [[Double]] {
    func lists(_ array: NDArray<Double>) -> [[Double]] {
      (0..<count).map { c in (0..<length).map { array[place(c, $0)] } }
    }
    if y.isComplex, let z = y.complexArray { return lists(z.map { $0.real }) + lists(z.map { $0.imaginary }) }
    return lists(y.realArray ?? NDArray(zeros: .empty))
  }

  /// A pp-form of the curves through the components.
  private static func structure(_ pieces: [Pieces], _ samples: Samples, isFirst: Bool = false) -> Value {
    let (count, order) = (pieces[0].coefficients.count, pieces[0].coefficients[0].count)
    let components = samples.isComplex ? pieces.count / 2 : pieces.count
    // A row for each piece of each component, the components of a piece side by side.
    let coefficients = NDArray<Double>(zeros: Shape(pieces.count * count * order, 1))
    for (c, piece) in pieces.enumerated() {
      for (k, row) in piece.coefficients.enumerated() {
        for (j, value) in row.enumerated() {
          let half = c / components * components * count * order
          coefficients[half + c % components + components * k + components * count * j] = value
        }
      }
    }
    var fields: [(String, Value)] = [
      ("form", .string("pp")), ("breaks", .row(pieces[0].breaks)),
      ("coefs", samples.value(coefficients, Shape(components * count, order))), ("pieces", .integer(count)),
      ("order", .integer(order)),
      ("dim", components == 1 ? .number(1) : .row(samples.sizes.map(Double.init))),
    ]
    if isFirst { fields.append(("orient", .string("first"))) }
    return .structure(fields)
  }

  // MARK: - interp1

  /// The arguments of interp1.
  private struct Request {
    var method = "linear"
    /// What stands outside; nil to go on with the outermost pieces.
    var outside: Double? = NumeralText.missing
    var wantsPieces = false
    var isLeft = false
    var arrays: [Value] = []
  }

  private static let methods = ["linear", "nearest", "previous", "next", "cubic", "pchip", "spline"]

  private static func request(_ call: Call) throws(RuntimeError) -> Request {
    var request = Request()
    var hasMethod = false
    for argument in call.arguments {
      guard argument.isText, let word = argument.stringValue?.lowercased() else {
        request.arrays.append(argument)
        continue
      }
      switch word {
      case "extrap": request.outside = nil
      case "pp": request.wantsPieces = true
      case "left": request.isLeft = true
      case "right": request.isLeft = false
      default:
        guard !hasMethod else { throw call.error("invalid option") }
        request.method = word.hasPrefix("*") ? String(word.dropFirst()) : word
        hasMethod = true
      }
    }
    // interp1 (y, xi)
    if request.arrays.count == (request.wantsPieces ? 1 : 2) {
      let y = request.arrays[0]
      let n = y.shape.isVector ? y.count : y.shape.rows
      request.arrays.insert(.column((1...max(1, n)).map(Double.init)), at: 0)
    }
    if request.arrays.count == 4, let value = request.arrays[3].firstReal { request.outside = value }
    guard request.arrays.count >= (request.wantsPieces ? 2 : 3) else { throw call.invalid }
    return request
  }

  private static func samples(_ request: Request, _ call: Call) throws(RuntimeError) -> Samples {
    let y = request.arrays[1].full
    guard var x = request.arrays[0].realArray.map({ Array($0) }), y.isNumeric || y.isLogical else {
      throw call.error("X, Y and XI must be numeric")
    }
    let rows = y.shape.isVector ? y.count : y.shape.rows
    // A table shorter than its abscissas uses as many as there are.
    if x.count > rows { x = Array(x[..<rows]) }
    guard x.count == rows, rows >= 2 else {
      throw call.error("minimum of 2 points required in each dimension")
    }
    guard methods.contains(request.method) else { throw call.error("invalid METHOD '\(request.method)'") }
    let order = NDArray(column: x).sortedOrder()
    x = order.map { x[$0] }
    if request.method != "linear", zip(x, x.dropFirst()).contains(where: { $0 == $1 }) {
      throw call.error("discontinuities not supported for METHOD '\(request.method)'")
    }
    return Samples(
      x: x, components: components(y, count: y.count / rows, length: rows) { order[$1] + $0 * rows },
      sizes: y.shape.isVector ? [] : Array(y.shape.sizes.dropFirst()), isComplex: y.isComplex,
      isSingle: request.arrays.prefix(3).contains { $0.isSingle })
  }

  static func interp1(_ call: inout Call) throws(RuntimeError) -> Value {
    let request = try request(call)
    let samples = try samples(request, call)
    if request.wantsPieces {
      return structure(
        samples.components.map { pieces(samples.x, $0, request.method) }, samples, isFirst: true)
    }
    guard let xi = request.arrays[2].realArray else { throw call.error("X, Y and XI must be numeric") }
    let (first, last) = (samples.x[0], samples.x[samples.x.count - 1])
    let result = NDArray<Double>(zeros: Shape(xi.count, samples.components.count))
    for (c, y) in samples.components.enumerated() {
      // What stands outside is real.
      let isImaginary = samples.isComplex && c >= samples.components.count / 2
      let evaluate = interpolant(samples.x, y, request.method, isLeft: request.isLeft)
      for k in 0..<xi.count {
        let t = xi[k]
        if let outside = request.outside, !(t >= first && t <= last) {
          result[k + c * xi.count] = isImaginary ? 0 : outside
        } else {
          result[k + c * xi.count] = evaluate(t)
        }
      }
    }
    // Values of arrays lie behind the dimensions of the points; those of a vector of points take one.
    var sizes = xi.shape.sizes
    if !samples.sizes.isEmpty { sizes = (xi.shape.isVector ? [xi.count] : sizes) + samples.sizes }
    return samples.value(result, Shape(sizes))
  }

  private static func interpolant(
    _ x: [Double], _ y: [Double], _ method: String, isLeft: Bool
  ) -> (Double) -> Double {
    let n = x.count
    switch method {
    case "nearest":
      return { t in
        if t.isNaN { return .nan }
        let k = max(1, min(n - 1, Finding.place(n) { x[$0] <= t }))
        return t >= (x[k - 1] + x[k]) / 2 ? y[k] : y[k - 1]
      }
    case "previous": return { t in y[max(0, min(n - 1, Finding.place(n) { x[$0] <= t } - 1))] }
    case "next": return { t in y[max(0, min(n - 1, Finding.place(n) { x[$0] < t }))] }
    case "linear":
      return { t in
        if t.isNaN { return .nan }
        let k = max(1, min(n - 1, Finding.place(n) { isLeft ? x[$0] < t : x[$0] <= t }))
        let slope = (y[k] - y[k - 1]) / (x[k] - x[k - 1])
        return slope * (t - x[k - 1]) + y[k - 1]
      }
    default:
      let pieces = pieces(x, y, method)
      return { pieces($0) }
    }
  }

  // MARK: - Pieces

  /// Polynomials between breaks.
  private struct Pieces {
    var breaks: [Double]
    /// Coefficients of each piece in the distance from its left break, the highest power first.
    var coefficients: [[Double]]

    func callAsFunction(_ x: Double) -> Double {
      if x.isNaN { return .nan }
      let count = coefficients.count
      let piece = max(0, min(count - 1, Finding.place(breaks.count) { breaks[$0] <= x } - 1))
      let t = x - breaks[piece]
      var y = 0.0
      for c in coefficients[piece] { y = y * t + c }
      return y
    }
  }

  private static func pieces(_ x: [Double], _ y: [Double], _ method: String) -> Pieces {
    let n = x.count
    switch method {
    case "nearest":
      return Pieces(
        breaks: [x[0]] + (1..<n).map { (x[$0 - 1] + x[$0]) / 2 } + [x[n - 1]], coefficients: y.map { [$0] })
    case "previous": return Pieces(breaks: x + [2 * x[n - 1] - x[n - 2]], coefficients: y.map { [$0] })
    case "next": return Pieces(breaks: [2 * x[0] - x[1]] + x, coefficients: y.map { [$0] })
    case "cubic", "pchip": return hermite(x, y, pchipSlopes(x, y))
    case "spline": return splinePieces(x, y, nil)
    default:
      // Of abscissas that stand twice there is nothing between.
      let k = (1..<n).filter { x[$0] > x[$0 - 1] }
      return Pieces(
        breaks: k.map { x[$0 - 1] } + [x[n - 1]],
        coefficients: k.map { [(y[$0] - y[$0 - 1]) / (x[$0] - x[$0 - 1]), y[$0 - 1]] })
    }
  }

  /// From values and slopes at the breaks.
  private static func hermite(_ x: [Double], _ y: [Double], _ d: [Double]) -> Pieces {
    var coefficients: [[Double]] = []
    for k in 0..<x.count - 1 {
      let h = x[k + 1] - x[k]
      let slope = (y[k + 1] - y[k]) / h
      let c = (3 * slope - 2 * d[k] - d[k + 1]) / h
      let b = (d[k] - 2 * slope + d[k + 1]) / (h * h)
      coefficients.append([b, c, d[k], y[k]])
    }
    return Pieces(breaks: x, coefficients: coefficients)
  }

  /// Fritsch and Carlson's slopes (1980), three-point at the ends.
  private static func pchipSlopes(_ x: [Double], _ y: [Double]) -> [Double] {
    let n = x.count
    let h = (0..<n - 1).map { x[$0 + 1] - x[$0] }
    let delta = (0..<n - 1).map { (y[$0 + 1] - y[$0]) / h[$0] }
    if n == 2 { return [delta[0], delta[0]] }
    var d = [Double](repeating: 0, count: n)
    for k in 1..<n - 1 where delta[k - 1] * delta[k] > 0 {
      let (w1, w2) = (2 * h[k] + h[k - 1], h[k] + 2 * h[k - 1])
      d[k] = (w1 + w2) / (w1 / delta[k - 1] + w2 / delta[k])
    }
    func end(_ h0: Double, _ h1: Double, _ d0: Double, _ d1: Double) -> Double {
      var slope = ((2 * h0 + h1) * d0 - h0 * d1) / (h0 + h1)
      if slope * d0 <= 0 { slope = 0 } else if d0 * d1 <= 0, abs(slope) > 3 * abs(d0) { slope = 3 * d0 }
      return slope
    }
    d[0] = end(h[0], h[1], delta[0], delta[1])
    d[n - 1] = end(h[n - 2], h[n - 3], delta[n - 2], delta[n - 3])
    return d
  }

  /// The cubic spline with not-a-knot ends or given slopes there; a parabola or line for three or two points.
  private static func splinePieces(_ x: [Double], _ y: [Double], _ ends: (Double, Double)?) -> Pieces {
    let n = x.count
    let h = (0..<n - 1).map { x[$0 + 1] - x[$0] }
    let delta = (0..<n - 1).map { (y[$0 + 1] - y[$0]) / h[$0] }
    if n == 2, ends == nil { return Pieces(breaks: x, coefficients: [[delta[0], y[0]]]) }
    if n == 3, ends == nil {
      let c = (delta[1] - delta[0]) / (x[2] - x[0])
      return Pieces(breaks: [x[0], x[2]], coefficients: [[c, delta[0] - c * h[0], y[0]]])
    }
    // The halves c of the second derivatives at the breaks solve a tridiagonal system.
    var (lower, main, upper, c) = (h, (0..<n).map { _ in 0.0 }, h, (0..<n).map { _ in 0.0 })
    for k in 1..<n - 1 {
      main[k] = 2 * (h[k - 1] + h[k])
      c[k] = 3 * (delta[k] - delta[k - 1])
    }
    var range = 0..<n
    if let ends {
      main[0] = 2 * h[0]
      c[0] = 3 * (delta[0] - ends.0)
      main[n - 1] = 2 * h[n - 2]
      c[n - 1] = 3 * (ends.1 - delta[n - 2])
    } else {
      // The third derivative goes on over the second and the last but one break, which gives c at the ends.
      range = 1..<n - 1
      let (s, t) = (h[0] / h[1], h[n - 2] / h[n - 3])
      main[1] += h[0] * (1 + s)
      upper[1] -= h[0] * s
      main[n - 2] += h[n - 2] * (1 + t)
      lower[n - 3] -= h[n - 2] * t
    }
    for k in range.dropFirst() {
      let factor = lower[k - 1] / main[k - 1]
      main[k] -= factor * upper[k - 1]
      c[k] -= factor * c[k - 1]
    }
    for k in range.reversed() {
      if k + 1 < range.upperBound { c[k] -= upper[k] * c[k + 1] }
      c[k] /= main[k]
    }
    if ends == nil {
      c[0] = c[1] - h[0] / h[1] * (c[2] - c[1])
      c[n - 1] = c[n - 2] + h[n - 2] / h[n - 3] * (c[n - 2] - c[n - 3])
    }
    var coefficients: [[Double]] = []
    for k in 0..<n - 1 {
      let slope: Double = delta[k] - h[k] * (2 * c[k] + c[k + 1]) / 3
      coefficients.append([(c[k + 1] - c[k]) / (3 * h[k]), c[k], slope, y[k]])
    }
    return Pieces(breaks: x, coefficients: coefficients)
  }

  // MARK: - spline and pchip

  /// The curves through the points of a call: at its third argument, or as a pp-form.
  private static func curves(
    _ call: Call, clamps: Bool, _ make: ([Double], [Double], (Double, Double)?) -> Pieces
  ) throws(RuntimeError) -> Value {
    let x = Array(try call.numbers(0))
    let y = call[1].full
    guard y.isNumeric || y.isLogical else { throw call.wrongType(1) }
    guard x.count >= 2 else { throw call.error("requires at least 2 points") }
    let sizes = y.shape.isVector ? [] : Array(y.shape.sizes.dropLast())
    let count = sizes.reduce(1, *)
    let length = count == 0 ? 0 : y.count / count
    let isClamped = clamps && length == x.count + 2
    guard count > 0, length == x.count || isClamped else { throw call.error("length of X and Y must match") }
    let order = NDArray(column: x).sortedOrder()
    let samples = Samples(
      x: order.map { x[$0] }, components: components(y, count: count, length: length) { $0 + count * $1 },
      sizes: sizes, isComplex: y.isComplex,
      isSingle: call[0].isSingle || y.isSingle || call.optional(2)?.isSingle == true)
    let pieces = samples.components.map { values in
      let inner = isClamped ? Array(values[1..<length - 1]) : values
      let ends = isClamped ? (values[0], values[length - 1]) : nil
      return make(samples.x, order.map { inner[$0] }, ends)
    }
    if call.count < 3 { return structure(pieces, samples) }
    let xi = try call.numbers(2)
    let result = NDArray<Double>(zeros: Shape(pieces.count * xi.count, 1))
    for (c, curve) in pieces.enumerated() {
      // The components of a point stand side by side; imaginary parts follow all real ones.
      let start = c / count * count * xi.count + c % count
      for k in 0..<xi.count { result[start + count * k] = curve(xi[k]) }
    }
    if sizes.isEmpty { return samples.value(result, xi.shape) }
    return samples.value(result, Shape(sizes + (xi.shape.isVector ? [xi.count] : xi.shape.sizes)))
  }

  static func spline(_ call: inout Call) throws(RuntimeError) -> Value {
    try curves(call, clamps: true) { splinePieces($0, $1, $2) }
  }

  static func pchip(_ call: inout Call) throws(RuntimeError) -> Value {
    let list = try call.numbers(0)
    let steps = (1..<max(1, list.count)).map { list[$0] - list[$0 - 1] }
    guard steps.allSatisfy({ $0 > 0 }) || steps.allSatisfy({ $0 < 0 }) else {
      throw call.error("X must be strictly monotonic")
    }
    return try curves(call, clamps: false) { x, y, _ in hermite(x, y, pchipSlopes(x, y)) }
  }
}
