import ThetaArrays
import ThetaNumeric
import ThetaRuntime

// Integrals of functions by adaptive Gauss-Kronrod quadrature with 7 and 15 points.

enum Quadrature {
  static let table: [Builtin] = [
    Builtin(
      "[q, err] = integral (f, a, b, options...)",
      """
      The integral of f from a to b, which may be infinite. f takes an array of points. Options "AbsTol" (1e-10),
      "RelTol" (1e-6), "ArrayValued".
      """, multiple: integral),
    Builtin(
      "[q, err] = quadgk (f, a, b, options...)", "The integral of f from a to b; see integral.",
      multiple: integral),
    Builtin(
      "[q, err] = quadl (f, a, b, options...)", "The integral of f from a to b; see integral.",
      multiple: integral),
    Builtin(
      "[q, err] = quad (f, a, b, options...)",
      "The integral of f, called with one point at a time, from a to b.", multiple: pointwise),
    Builtin(
      "[q, err] = quadv (f, a, b, options...)",
      "The integral of f, called with one point at a time, from a to b.", multiple: pointwise),
    Builtin(
      "q = dblquad (f, xa, xb, ya, yb, options...)", "The integral of f (x, y) over a rectangle.", double),
  ]

  private static let nodes: [Double] = [
    0.991455371120813, 0.949107912342759, 0.864864423359769, 0.741531185599394, 0.586087235467691,
    0.405845151377397, 0.207784955007898, 0,
  ]
  private static let kronrod: [Double] = [
    0.022935322010529, 0.063092092629979, 0.104790010322250, 0.140653259715525, 0.169004726639267,
    0.190350578064785, 0.204432940075298, 0.209482141084728,
  ]
  private static let gauss: [Double] = [
    0, 0.129484966168870, 0, 0.279705391489277, 0, 0.381830050505119, 0, 0.417959183673469,
  ]

  static func integral(_ call: inout Call) throws(RuntimeError) -> [Value] { try run(call, pointwise: false) }
  static func pointwise(_ call: inout Call) throws(RuntimeError) -> [Value] { try run(call, pointwise: true) }

  private static func run(_ call: Call, pointwise: Bool) throws(RuntimeError) -> [Value] {
    var pointwise = pointwise
    var (absolute, relative) = (1e-10, 1e-6)
    var k = 3
    while k + 1 < call.count, let name = call.text(k)?.lowercased() {
      switch name {
      case "abstol": absolute = try call.real(k + 1)
      case "reltol": relative = try call.real(k + 1)
      case "arrayvalued": pointwise = try call.flag(k + 1)
      default: break
      }
      k += 2
    }
    let function = call[0]
    let (value, error) = try integrate(try call.real(1), try call.real(2), absolute, relative) {
      points throws(RuntimeError) in
      if pointwise {
        var values: [Double] = []
        for x in points { values.append(try call.invokeForValue(function, [.number(x)]).firstReal ?? .nan) }
        return values
      }
      let result = try call.invokeForValue(function, [.row(points)])
      guard let list = result.realArray, list.count == points.count else {
        throw call.error(
          "the integrand F must return a single, real-valued vector of the same dimension as the input")
      }
      return Array(list)
    }
    return [.number(value), .number(error)]
  }

  /// The integral and an estimate of its error. Infinite limits are mapped to finite ones.
  static func integrate(
    _ a: Double, _ b: Double, _ absolute: Double, _ relative: Double,
    _ f: ([Double]) throws(RuntimeError) -> [Double]
  ) throws(RuntimeError) -> (Double, Double) {
    if a == b { return (0, 0) }
    if a > b {
      let (value, error) = try integrate(b, a, absolute, relative, f)
      return (-value, error)
    }
    if a.isInfinite || b.isInfinite {
      // x = t / (1 - t²) over the whole line, x = a ± t / (1 - t) over a half.
      let whole = a.isInfinite && b.isInfinite
      return try integrate(whole ? -1 : 0, 1, absolute, relative) { points throws(RuntimeError) in
        let x = points.map { t in
          whole ? t / (1 - t * t) : b.isInfinite ? a + t / (1 - t) : b - t / (1 - t)
        }
        let y = try f(x)
        return points.indices.map { i in
          let t = points[i]
          let slope = whole ? (1 + t * t) / ((1 - t * t) * (1 - t * t)) : 1 / ((1 - t) * (1 - t))
          return y[i] * slope
        }
      }
    }
    struct Piece {
      var low: Double
      var high: Double
      var value: Double
      var error: Double
    }
    func piece(_ low: Double, _ high: Double) throws(RuntimeError) -> Piece {
      let (middle, half) = ((low + high) / 2, (high - low) / 2)
      let points = nodes.map { middle - half * $0 } + nodes.dropLast().reversed().map { middle + half * $0 }
      let y = try f(points)
      var (k, g) = (0.0, 0.0)
      for i in 0..<15 {
        let weight = i < 8 ? i : 14 - i
        k += kronrod[weight] * y[i]
        g += gauss[weight] * y[i]
      }
      return Piece(low: low, high: high, value: k * half, error: abs(k - g) * abs(half))
    }
    var pieces: [Piece] = []
    let start = 10
    for i in 0..<start {
      let width = (b - a) / Double(start)
      pieces.append(try piece(a + Double(i) * width, i == start - 1 ? b : a + Double(i + 1) * width))
    }
    for _ in 0..<650 {
      let total = pieces.reduce(0) { $0 + $1.value }
      let error = pieces.reduce(0) { $0 + $1.error }
      let limit = max(absolute, relative * abs(total))
      if !(error > limit) { return (total, error) }
      var worst = 0
      for i in pieces.indices where pieces[i].error > pieces[worst].error { worst = i }
      let split = pieces[worst]
      let middle = (split.low + split.high) / 2
      if middle <= split.low || middle >= split.high { break }
      pieces[worst] = try piece(split.low, middle)
      pieces.append(try piece(middle, split.high))
    }
    return (pieces.reduce(0) { $0 + $1.value }, pieces.reduce(0) { $0 + $1.error })
  }

  static func double(_ call: inout Call) throws(RuntimeError) -> Value {
    let function = call[0]
    let (xa, xb) = (try call.real(1), try call.real(2))
    let (ya, yb) = (try call.real(3), try call.real(4))
    let tolerance = try call.real(5, default: 1e-6)
    let call = call
    let result = try integrate(ya, yb, tolerance, 1e-6) { ys throws(RuntimeError) in
      var values: [Double] = []
      for y in ys {
        let inner = try integrate(xa, xb, tolerance, 1e-6) { xs throws(RuntimeError) in
          let value = try call.invokeForValue(function, [.row(xs), .number(y)])
          guard let list = value.realArray else { throw call.error("F must return numbers") }
          return list.count == 1 ? xs.map { _ in list[0] } : Array(list)
        }
        values.append(inner.0)
      }
      return values
    }
    return .number(result.0)
  }
}
