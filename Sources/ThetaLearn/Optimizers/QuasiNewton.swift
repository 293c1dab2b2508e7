import ThetaArrays
import ThetaRuntime

/// `fminunc` for more variables than a matrix of second derivatives is good for (see `TrustRegion` for
/// fewer): the last steps stand for it, with a line search for the strong Wolfe conditions (L-BFGS; J.
/// Nocedal and S. J. Wright, Numerical Optimization, 2006, algorithms 3.5, 3.6 and 7.4).
///
/// Stops later than the tolerances ask: convergence is fast at the end, and the digits that scripts print are
/// then right.
struct QuasiNewton {
  /// Up to this many variables `TrustRegion` does the work.
  static let denseLimit = 1000
  /// Steps that L-BFGS remembers.
  static let memory = 20

  private struct Point {
    var x: NDArray<Double>
    var cost: Double
    var gradient: NDArray<Double>
  }

  private var objective: Objective
  private let hasGradient: Bool
  private var inverse: LimitedMemory
  private var iterations = 0
  private var successes = 0

  static func fminunc(_ call: inout Call) throws(RuntimeError) -> [Value] {
    let function = try call.function(0)
    guard !call[1].isComplex, let start = call[1].full.realArray, start.count > 0 else {
      throw call.error("X0 must be real numbers")
    }
    let settings = try OptimizerSettings(call.optional(2), function: call.name)
    let objective = Objective(call, function: function, shape: start.shape)
    let hasGradient = settings.isOn("GradObj")
    if start.count <= denseLimit {
      var search = TrustRegion(objective, size: start.count, hasGradient: hasGradient)
      let result = try search.minimize(from: start, settings)
      let output = Value.structure([
        ("iterations", .integer(search.iterations)), ("successful", .integer(search.successes)),
        ("funcCount", .integer(search.evaluations)),
      ])
      return [
        .make(result.x), .number(result.cost), .integer(result.info), output, .make(result.gradient),
        call.outputs > 5 ? .make(search.hessian) : .emptyMatrix,
      ]
    }
    var search = QuasiNewton(
      objective: objective, hasGradient: hasGradient, inverse: LimitedMemory(most: memory))
    let (best, info) = try search.minimize(from: start, settings)
    let output = Value.structure([
      ("iterations", .integer(search.iterations)), ("successful", .integer(search.successes)),
      ("funcCount", .integer(search.objective.evaluations)),
    ])
    return [
      .make(best.x), .number(best.cost), .integer(info), output, .make(best.gradient), .emptyMatrix,
    ]
  }

  private init(objective: Objective, hasGradient: Bool, inverse: LimitedMemory) {
    self.objective = objective
    self.hasGradient = hasGradient
    self.inverse = inverse
  }

  private mutating func minimize(
    from start: NDArray<Double>, _ settings: OptimizerSettings
  ) throws(RuntimeError) -> (Point, info: Int) {
    let tolFun = settings.number("TolFun", default: 1e-6)
    let tolX = settings.number("TolX", default: 1e-6)
    let mostIterations = settings.count("MaxIter", default: 400)
    let mostEvaluations = settings.count("MaxFunEvals", default: 1_000_000_000_000)
    var current = try evaluate(start)
    guard current.cost.isFinite else {
      throw RuntimeError("fminunc: the function is \(current.cost.isNaN ? "NaN" : "infinite") at X0")
    }
    var quiet = 0
    while true {
      if largest(current.gradient) <= 1e-3 * tolFun * max(abs(current.cost), 1e-3) { return (current, 1) }
      if iterations >= mostIterations || objective.evaluations >= mostEvaluations { return (current, 0) }
      iterations += 1
      var direction = inverse.times(current.gradient).map { -$0 }
      var slope = dot(direction, current.gradient)
      if !(slope < 0) {
        inverse.reset()
        direction = current.gradient.map { -$0 }
        slope = dot(direction, current.gradient)
      }
      // Without second derivatives the length of the gradient says nothing: start with a step of at most one.
      let first = inverse.isFresh ? min(1, 1 / max(dot(direction, direction).squareRoot(), 1e-300)) : 1
      guard let next = try lineSearch(from: current, direction, slope, first) else {
        if inverse.isFresh { return (current, largest(current.gradient) <= tolFun ? 1 : 3) }
        inverse.reset()
        continue
      }
      successes += 1
      let step = difference(next.x, current.x)
      inverse.update(step: step, change: difference(next.gradient, current.gradient))
      let fall = current.cost - next.cost
      let isSmallStep = largest(step) <= 1e-3 * tolX * max(largest(next.x), 1e-6)
      let isSmallFall = fall <= 1e-6 * tolFun * max(abs(next.cost), 1e-12)
      current = next
      if try objective.isStopped(settings, iteration: iterations, current.x, current.cost, direction) {
        return (current, -1)
      }
      quiet = isSmallStep || isSmallFall ? quiet + 1 : 0
      // One short step can be chance, two are the end.
      if quiet >= 2 { return (current, isSmallStep ? 2 : 3) }
    }
  }

  // MARK: - Evaluation

  private mutating func evaluate(_ x: NDArray<Double>) throws(RuntimeError) -> Point {
    if hasGradient {
      let (cost, gradient) = try objective.costAndGradient(at: x)
      return Point(x: x, cost: cost, gradient: gradient)
    }
    let cost = try objective.cost(at: x)
    let gradient = NDArray<Double>(zeros: x.shape)
    // Central differences, with the step that balances rounding and curvature.
    for k in 0..<x.count {
      let size = 6e-6 * max(abs(x[k]), 1)
      let (up, down) = (x.copy(), x.copy())
      up[k] += size
      down[k] -= size
      gradient[k] = (try objective.cost(at: up) - objective.cost(at: down)) / (up[k] - down[k])
    }
    return Point(x: x, cost: cost, gradient: gradient)
  }

  /// A point along a descent direction that satisfies the strong Wolfe conditions, or the best found; nil
  /// when nothing is better than the start.
  private mutating func lineSearch(
    from start: Point, _ direction: NDArray<Double>, _ slope: Double, _ first: Double
  ) throws(RuntimeError) -> Point? {
    var (low, lowCost, lowSlope) = (0.0, start.cost, slope)
    var high: Double?
    var length = first
    var best: Point?
    for _ in 0..<40 {
      let point = try evaluate(start.x.adding(length, times: direction))
      let pointSlope = dot(point.gradient, direction)
      let isBetter = point.cost <= start.cost + 1e-4 * length * slope
      if !point.cost.isFinite || !pointSlope.isFinite || !isBetter || (low > 0 && point.cost >= lowCost) {
        high = length
      } else {
        if best.map({ point.cost < $0.cost }) ?? true { best = point }
        if abs(pointSlope) <= -0.9 * slope { return point }
        if pointSlope > 0 {
          high = length
        } else {
          (low, lowCost, lowSlope) = (length, point.cost, pointSlope)
        }
      }
      guard let end = high else {
        length *= 3
        continue
      }
      // The minimum of the parabola through what is known, kept inside the bracket.
      var next = low + 0.5 * (end - low)
      if point.cost.isFinite, end == length {
        let rise = point.cost - lowCost - lowSlope * (end - low)
        if rise > 0 { next = low - 0.5 * lowSlope * (end - low) * (end - low) / rise }
      }
      length = min(max(next, low + 0.1 * (end - low)), end - 0.1 * (end - low))
      if !(end - low > 1e-14 * end) { break }
    }
    return best
  }

  // MARK: - Vectors

  private func dot(_ a: NDArray<Double>, _ b: NDArray<Double>) -> Double {
    var sum = 0.0
    for k in 0..<a.count { sum += a[k] * b[k] }
    return sum
  }

  private func largest(_ a: NDArray<Double>) -> Double {
    var result = 0.0
    for x in a { result = abs(x) > result || x.isNaN ? abs(x) : result }
    return result
  }

  private func difference(_ a: NDArray<Double>, _ b: NDArray<Double>) -> NDArray<Double> {
    a.adding(-1, times: b)
  }
}
