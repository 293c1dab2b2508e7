import ThetaArrays
import ThetaNumeric
import ThetaRuntime

// Interpolation in one and two dimensions, and piecewise polynomials.

enum Interpolation {
  static let table: [Builtin] = [
    Builtin(
      "yi = interp1 (x, y, xi...)",
      """
      y interpolated at xi; methods "linear" (default), "nearest", "previous", "next", "cubic" and "pchip", "spline". Outside
      x the result is NA, or extrap: "extrap" or a number. Columns of a matrix y are interpolated each.
      """, interp1),
    Builtin(
      "zi = interp2 (x, y, z...)",
      """
      z on the grid of x and y interpolated at xi and yi; methods "linear" and "nearest"; NA outside.
      """, interp2),
    Builtin(
      "yi = spline (x, y, xi?)",
      "The cubic spline through the points at xi (not-a-knot ends, or given slopes).", spline),
    Builtin(
      "yi = pchip (x, y, xi?)", "The shape-preserving piecewise cubic through the points at xi.", pchip),
    Builtin("pp = mkpp (breaks, coefs)", "A piecewise polynomial.", mkpp),
    Builtin("yi = ppval (pp, xi)", "A piecewise polynomial at xi.", ppval),
  ]

  /// Cubic pieces: value, first, second and third coefficients at each left break.
  struct Pieces {
    var breaks: [Double]
    /// Coefficients of each piece, the highest power first.
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

  /// The cubic spline with not-a-knot ends; a parabola or line for three or two points.
  private static func splinePieces(_ x: [Double], _ y: [Double], _ ends: (Double, Double)?) -> Pieces {
    let n = x.count
    if n == 2, ends == nil {
      return hermite(x, y, [Double](repeating: (y[1] - y[0]) / (x[1] - x[0]), count: 2))
    }
    let h = (0..<n - 1).map { x[$0 + 1] - x[$0] }
    let delta = (0..<n - 1).map { (y[$0 + 1] - y[$0]) / h[$0] }
    if n == 3, ends == nil {
      let c = (delta[1] - delta[0]) / (x[2] - x[0])
      return Pieces(
        breaks: [x[0], x[2]], coefficients: [[c, delta[0] - c * h[0], y[0]]])
    }
    // Slopes from the tridiagonal system with the extra entry of not-a-knot.
    let a = NDArray<Double>(zeros: Shape(n, n))
    let b = NDArray<Double>(zeros: Shape(n, 1))
    for k in 1..<max(1, n - 1) {
      a[k, k - 1] = h[k]
      a[k, k] = 2 * (h[k - 1] + h[k])
      a[k, k + 1] = h[k - 1]
      b[k] = 3 * (h[k] * delta[k - 1] + h[k - 1] * delta[k])
    }
    if let ends {
      a[0, 0] = 1
      b[0] = ends.0
      a[n - 1, n - 1] = 1
      b[n - 1] = ends.1
    } else {
      let (s, t) = (h[0] + h[1], h[n - 2] + h[n - 3])
      a[0, 0] = h[1]
      a[0, 1] = s
      b[0] = ((h[0] + 2 * s) * h[1] * delta[0] + h[0] * h[0] * delta[1]) / s
      a[n - 1, n - 1] = h[n - 3]
      a[n - 1, n - 2] = t
      b[n - 1] = (h[n - 2] * h[n - 2] * delta[n - 3] + (2 * t + h[n - 2]) * h[n - 3] * delta[n - 2]) / t
    }
    let slopes = (try? a.solve(b).value).map { Array($0) } ?? [Double](repeating: .nan, count: n)
    return hermite(x, y, slopes)
  }

  static func interp1(_ call: inout Call) throws(RuntimeError) -> Value {
    var arguments = call.list
    var method = "linear"
    var extrapolation: Double? = NumeralText.missing
    var positional: [Value] = []
    var isFirst = true
    while !arguments.isEmpty {
      let argument = arguments.removeFirst()
      guard argument.isText, let word = argument.stringValue?.lowercased() else {
        positional.append(argument)
        continue
      }
      switch word {
      case "extrap": extrapolation = nil
      case "pp", "left", "right": break
      default:
        guard isFirst else { throw call.error("invalid option") }
        method = word.hasPrefix("*") ? String(word.dropFirst()) : word
        isFirst = false
      }
    }
    // interp1 (y, xi)
    if positional.count == 2 {
      let y = positional[0]
      let n = y.shape.isVector ? y.count : y.shape.rows
      positional.insert(.column((1...max(1, n)).map(Double.init)), at: 0)
    }
    if positional.count == 4, let value = positional[3].firstReal { extrapolation = value }
    guard positional.count >= 3 else { throw call.invalid }
    guard let xArray = positional[0].realArray, let yArray = positional[1].realArray,
      let xi = positional[2].realArray
    else { throw call.error("X, Y and XI must be numeric") }
    let isVector = yArray.shape.isVector
    let rows = isVector ? yArray.count : yArray.shape.rows
    let columns = isVector ? 1 : yArray.count / max(1, rows)
    var x = Array(xArray)
    // A table shorter than its abscissas uses as many as there are.
    if x.count > rows { x = Array(x[..<rows]) }
    guard x.count == rows, rows >= 2 else {
      throw call.error("minimum of 2 points required in each dimension")
    }
    let order = NDArray(column: x).sortedOrder()
    x = order.map { x[$0] }
    guard ["linear", "nearest", "previous", "next", "cubic", "pchip", "spline"].contains(method) else {
      throw call.error("invalid METHOD '\(method)'")
    }
    if method != "linear", zip(x, x.dropFirst()).contains(where: { $0 == $1 }) {
      throw call.error("discontinuities not supported for METHOD '\(method)'")
    }
    var shape = xi.shape
    if !isVector {
      shape = xi.shape.isVector ? Shape([xi.count] + Array(yArray.shape.sizes.dropFirst())) : xi.shape
      if !xi.shape.isVector { throw call.error("XI must be a vector when Y is a matrix") }
    } else if xi.shape.isVector, !xi.shape.isScalar {
      // The result of a vector table is a vector in the direction of xi.
      shape = xi.shape
    }
    let result = NDArray<Double>(zeros: isVector ? shape : Shape([xi.count, columns]))
    for c in 0..<columns {
      let y = order.map { yArray[$0 + c * rows] }
      let evaluate = interpolant(x, y, method)
      for k in 0..<xi.count {
        let t = xi[k]
        let isInside = t >= x[0] && t <= x[rows - 1]
        if !isInside, let extrapolation {
          result[k + c * xi.count] = extrapolation
        } else {
          result[k + c * xi.count] = evaluate(t)
        }
      }
    }
    let value = Value.make(result).reshapedOrEmpty(shape)
    let isSingle = positional[0].isSingle || positional[1].isSingle || positional[2].isSingle
    return MatrixArgument.rounded(value, isSingle: isSingle)
  }

  private static func interpolant(_ x: [Double], _ y: [Double], _ method: String) -> (Double) -> Double {
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
    case "cubic", "pchip":
      let pieces = hermite(x, y, pchipSlopes(x, y))
      return { pieces($0) }
    case "spline":
      let pieces = splinePieces(x, y, nil)
      return { pieces($0) }
    default:
      return { t in
        if t.isNaN { return .nan }
        let k = max(1, min(n - 1, Finding.place(n) { x[$0] <= t }))
        let slope = (y[k] - y[k - 1]) / (x[k] - x[k - 1])
        return slope * (t - x[k - 1]) + y[k - 1]
      }
    }
  }

  private static func points(_ call: Call) throws(RuntimeError) -> (
    x: [Double], y: [Double], ends: (Double, Double)?
  ) {
    let x = Array(try call.numbers(0))
    var y = Array(try call.numbers(1))
    guard x.count >= 2 else { throw call.error("requires at least 2 points") }
    var ends: (Double, Double)?
    if y.count == x.count + 2 {
      ends = (y[0], y[y.count - 1])
      y = Array(y[1..<y.count - 1])
    }
    guard x.count == y.count else { throw call.error("length of X and Y must match") }
    let order = NDArray(column: x).sortedOrder()
    return (order.map { x[$0] }, order.map { y[$0] }, ends)
  }

  private static func structure(_ pieces: Pieces) -> Value {
    let order = pieces.coefficients.first?.count ?? 0
    let matrix = NDArray<Double>(zeros: Shape(pieces.coefficients.count, order))
    for (i, row) in pieces.coefficients.enumerated() {
      for (j, c) in row.enumerated() { matrix[i, j] = c }
    }
    return .structure([
      ("form", .string("pp")), ("breaks", .row(pieces.breaks)), ("coefs", .make(matrix)),
      ("pieces", .integer(pieces.coefficients.count)), ("order", .integer(order)), ("dim", .number(1)),
    ])
  }

  static func spline(_ call: inout Call) throws(RuntimeError) -> Value {
    let (x, y, ends) = try points(call)
    let pieces = splinePieces(x, y, ends)
    if call.count < 3 { return structure(pieces) }
    return .make(try call.numbers(2).map { pieces($0) })
  }

  static func pchip(_ call: inout Call) throws(RuntimeError) -> Value {
    let (x, y, _) = try points(call)
    let pieces = hermite(x, y, pchipSlopes(x, y))
    if call.count < 3 { return structure(pieces) }
    return .make(try call.numbers(2).map { pieces($0) })
  }

  static func mkpp(_ call: inout Call) throws(RuntimeError) -> Value {
    let breaks = Array(try call.numbers(0))
    let coefficients = try call.numbers(1)
    guard breaks.count >= 2 else { throw call.error("at least one interval is needed") }
    let count = breaks.count - 1
    guard coefficients.count % count == 0 else {
      throw call.error("expected COEFS with a row for each interval")
    }
    let order = coefficients.count / count
    let matrix = NDArray(Shape(count, order), Array(coefficients))
    let rows = (0..<count).map { i in (0..<order).map { matrix[i, $0] } }
    return structure(Pieces(breaks: breaks, coefficients: rows))
  }

  static func ppval(_ call: inout Call) throws(RuntimeError) -> Value {
    guard case .structure(let pp) = call[0], let breaks = pp.field("breaks")?.realArray,
      let coefficients = pp.field("coefs")?.realArray, coefficients.shape.rows == breaks.count - 1
    else { throw call.error("first argument must be a pp-form structure") }
    let rows = (0..<coefficients.shape.rows).map { i in
      (0..<coefficients.shape.columns).map { coefficients[i, $0] }
    }
    let pieces = Pieces(breaks: Array(breaks), coefficients: rows)
    return .make(try call.numbers(1).map { pieces($0) })
  }

  static func interp2(_ call: inout Call) throws(RuntimeError) -> Value {
    var positional: [Value] = []
    var method = "linear"
    for argument in call.arguments {
      if let word = argument.stringValue, argument.isText {
        method = word.lowercased()
      } else {
        positional.append(argument)
      }
    }
    var extrapolation = NumeralText.missing
    if positional.count == 4 || positional.count == 6, let value = positional.last?.firstReal {
      extrapolation = value
      positional.removeLast()
    }
    guard positional.count == 3 || positional.count == 5 else { throw call.invalid }
    let zIndex = positional.count == 3 ? 0 : 2
    guard let z = positional[zIndex].realArray, z.shape.is2D, z.shape.rows >= 2, z.shape.columns >= 2 else {
      throw call.error("Z must be a 2-D matrix")
    }
    var x = (1...z.shape.columns).map(Double.init)
    var y = (1...z.shape.rows).map(Double.init)
    if zIndex == 2 {
      guard let gx = positional[0].realArray, let gy = positional[1].realArray else { throw call.invalid }
      x = gx.shape.isVector ? Array(gx) : (0..<gx.shape.columns).map { gx[0, $0] }
      y = gy.shape.isVector ? Array(gy) : (0..<gy.shape.rows).map { gy[$0, 0] }
      guard x.count == z.shape.columns, y.count == z.shape.rows else {
        throw call.error("X and Y must be matrices equal in size to Z")
      }
    }
    guard let xi = positional[zIndex + 1].realArray, let yi = positional[zIndex + 2].realArray else {
      throw call.invalid
    }
    guard method == "linear" || method == "nearest" else {
      throw call.error("unrecognized interpolation METHOD '\(method)'")
    }
    let isGrid =
      xi.shape != yi.shape && xi.shape.isVector && yi.shape.isVector
      || (xi.shape.isRow && yi.shape.isColumn && !xi.shape.isScalar)
    guard isGrid || xi.shape == yi.shape else { throw call.error("XI and YI must be matrices of equal size") }
    let shape = isGrid ? Shape(yi.count, xi.count) : xi.shape
    let result = NDArray<Double>(zeros: shape)
    for k in 0..<result.count {
      let (s, t) = isGrid ? (xi[k / max(1, yi.count)], yi[k % max(1, yi.count)]) : (xi[k], yi[k])
      guard s >= x[0], s <= x[x.count - 1], t >= y[0], t <= y[y.count - 1] else {
        result[k] = extrapolation
        continue
      }
      let j = max(1, min(x.count - 1, Finding.place(x.count) { x[$0] <= s }))
      let i = max(1, min(y.count - 1, Finding.place(y.count) { y[$0] <= t }))
      let u = (s - x[j - 1]) / (x[j] - x[j - 1])
      let v = (t - y[i - 1]) / (y[i] - y[i - 1])
      if method == "nearest" {
        result[k] = z[v >= 0.5 ? i : i - 1, u >= 0.5 ? j : j - 1]
      } else {
        let (a, b, c, d) = (
          z[i - 1, j - 1], z[i - 1, j] - z[i - 1, j - 1], z[i, j - 1] - z[i - 1, j - 1],
          z[i, j] - z[i, j - 1] - z[i - 1, j] + z[i - 1, j - 1]
        )
        result[k] = a + b * u + c * v + d * u * v
      }
    }
    return .make(result)
  }
}
