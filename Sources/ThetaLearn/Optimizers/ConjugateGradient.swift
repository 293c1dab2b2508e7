import ThetaArrays
import ThetaRuntime

/// `fmincg`: conjugate gradients with the steps of C. E. Rasmussen's "minimize" (2002). Directions follow
/// Polak and Ribière; a line search inter- and extrapolates with parabolas and cubics until the Wolfe–Powell
/// conditions hold.
struct ConjugateGradient: Optimizer {
  /// A step must gain this part of what the slope at the start promises, …
  static let gain = 0.01
  /// … and leave at most this part of the slope.
  static let slopeLeft = 0.5
  /// New points keep this part of the bracket away from its ends.
  static let margin = 0.1
  /// An extrapolation goes at most this many times as far as the point before.
  static let stretch = 3.0
  /// Evaluations in one line search.
  static let most = 20
  /// The first step of a line search is at most this many times the one before.
  static let growth = 100.0

  /// A point on the line with what is known there.
  private struct LinePoint {
    var x: NDArray<Double>
    var cost: Double
    var gradient: NDArray<Double>
    /// Derivative along the direction.
    var slope: Double
  }

  var objective: Objective
  private var reached = LinePoint(
    x: NDArray(zeros: .empty), cost: .infinity, gradient: NDArray(zeros: .empty), slope: 0)
  private var direction = NDArray<Double>(zeros: .empty)
  private var step = 0.0
  private var hasFailed = false

  var current: Point { Point(x: reached.x, cost: reached.cost, gradient: reached.gradient) }
  var rate: Double? { step }

  init(_ objective: Objective) { self.objective = objective }

  static func fmincg(_ call: inout Call) throws(RuntimeError) -> [Value] {
    let request = try OptimizerRequest(call)
    var search = ConjugateGradient(request.objective)
    var run = OptimizerRun(call, request.settings, iterations: 100, display: .iterations)
    let flag = try run.run(&search, from: request.start)
    let costs: Value = run.costs.isEmpty ? .emptyMatrix : .column(run.costs)
    return [.make(run.result(of: search).x), costs, .integer(run.iteration), .integer(flag)]
  }

  mutating func begin(at start: NDArray<Double>) throws(RuntimeError) {
    let first = try objective.costAndGradient(at: start)
    reached = LinePoint(x: start, cost: first.cost, gradient: first.gradient, slope: 0)
    direction = reached.gradient.map { -$0 }
    reached.slope = -(try Dot.product(direction.copy(), direction))
    step = 1 / (1 - reached.slope)
  }

  mutating func archive(_ archive: inout Archive) {
    archive.visit("x", &reached.x)
    archive.visit("cost", &reached.cost)
    archive.visit("gradient", &reached.gradient)
    archive.visit("slope", &reached.slope)
    archive.visit("direction", &direction)
    archive.visit("step", &step)
    archive.visit("hasFailed", &hasFailed)
  }

  /// One line search and the direction of the next.
  mutating func iterate() throws(RuntimeError) -> IterationOutcome {
    var (next, length, isSuccess) = try search(from: reached, along: direction, firstStep: step)
    if isSuccess {
      let (new, old) = (next.gradient, reached.gradient)
      let factor = (try Dot.square(new) - Dot.product(old, new)) / (try Dot.square(old))
      direction = NDArray(direction.shape) { buffer in
        for i in buffer.indices { buffer.initializeElement(at: i, to: factor * direction[i] - new[i]) }
      }
      next.slope = try Dot.product(new, direction)
      if next.slope > 0 { next.slope = descend(along: new, &direction, try steepestSlope(new)) }
      let scale = reached.slope / (next.slope - Double.leastNormalMagnitude)
      length *= scale.isNaN ? Self.growth : min(Self.growth, scale)
      step = length
      reached = next
      hasFailed = false
      return .improved
    }
    if hasFailed { return .finished(flag: ExitFlag.cost) }
    // The course's code exchanges the gradients here: the last one tried becomes the current one.
    reached.gradient = next.gradient
    reached.slope = descend(along: reached.gradient, &direction, try steepestSlope(reached.gradient))
    step = 1 / (1 - reached.slope)
    hasFailed = true
    return .silent
  }

  /// Makes the direction that of steepest descent and returns the slope along it.
  private func descend(
    along gradient: NDArray<Double>, _ direction: inout NDArray<Double>, _ slope: Double
  ) -> Double {
    direction = gradient.map { -$0 }
    return slope
  }

  private func steepestSlope(_ gradient: NDArray<Double>) throws(RuntimeError) -> Double {
    -(try Dot.product(gradient.copy(), gradient))
  }

  private mutating func evaluate(
    _ x: NDArray<Double>, along direction: NDArray<Double>
  ) throws(RuntimeError) -> LinePoint {
    let (cost, gradient) = try objective.costAndGradient(at: x)
    return LinePoint(x: x, cost: cost, gradient: gradient, slope: try Dot.product(gradient, direction))
  }

  /// Looks along a direction for a point that satisfies the Wolfe–Powell conditions. Returns the last point
  /// tried, its distance in units of the direction, and whether it satisfies them.
  private mutating func search(
    from start: LinePoint, along direction: NDArray<Double>, firstStep: Double
  ) throws(RuntimeError) -> (LinePoint, length: Double, isSuccess: Bool) {
    var length = firstStep
    var point = try evaluate(start.x.adding(length, times: direction), along: direction)
    // The other end of the bracket: its cost and slope, and its distance from `point` as a negative number.
    var other = (cost: start.cost, slope: start.slope, distance: -length)
    var left = Self.most
    var limit: Double?
    while true {
      while isTooFar(point, length, start), left > 0 {
        limit = length
        let step = interpolate(point, other, start)
        length += step
        point = try evaluate(point.x.adding(step, times: direction), along: direction)
        left -= 1
        other.distance -= step
      }
      if isTooFar(point, length, start) { return (point, length, false) }
      if point.slope > Self.slopeLeft * start.slope { return (point, length, true) }
      if left == 0 { return (point, length, false) }
      let step = extrapolate(point, other, length, limit)
      other = (point.cost, point.slope, -step)
      length += step
      point = try evaluate(point.x.adding(step, times: direction), along: direction)
      left -= 1
    }
  }

  /// Beyond the minimum along the line: the cost is too high, or rises too steeply, or is not known.
  private func isTooFar(_ point: LinePoint, _ length: Double, _ start: LinePoint) -> Bool {
    point.cost.isNaN || point.slope.isNaN || point.cost > start.cost + length * Self.gain * start.slope
      || point.slope > -Self.slopeLeft * start.slope
  }

  /// The step from a point that is too far, back into the bracket.
  private func interpolate(
    _ point: LinePoint, _ other: (cost: Double, slope: Double, distance: Double), _ start: LinePoint
  ) -> Double {
    let (f2, d2) = (point.cost, point.slope)
    let (f3, d3, z3) = other
    var step: Double
    if f2 > start.cost {
      step = z3 - (0.5 * d3 * z3 * z3) / (d3 * z3 + f2 - f3)
    } else {
      let a = 6 * (f2 - f3) / z3 + 3 * (d2 + d3)
      let b = 3 * (f3 - f2) - z3 * (d3 + 2 * d2)
      step = ((b * b - a * d2 * z3 * z3).squareRoot() - b) / a
    }
    if !step.isFinite { step = z3 / 2 }
    return max(min(step, Self.margin * z3), (1 - Self.margin) * z3)
  }

  /// The step from a point that is not far enough, onwards.
  private func extrapolate(
    _ point: LinePoint, _ other: (cost: Double, slope: Double, distance: Double), _ length: Double,
    _ limit: Double?
  ) -> Double {
    let (f2, d2) = (point.cost, point.slope)
    let (f3, d3, z3) = other
    let a = 6 * (f2 - f3) / z3 + 3 * (d2 + d3)
    let b = 3 * (f3 - f2) - z3 * (d3 + 2 * d2)
    let step = -d2 * z3 * z3 / (b + (b * b - a * d2 * z3 * z3).squareRoot())
    guard step.isFinite, step >= 0 else {
      return limit.map { ($0 - length) / 2 } ?? length * (Self.stretch - 1)
    }
    if let limit {
      if step + length > limit { return (limit - length) / 2 }
    } else if step + length > length * Self.stretch {
      return length * (Self.stretch - 1)
    }
    if step < -z3 * Self.margin { return -z3 * Self.margin }
    if let limit, step < (limit - length) * (1 - Self.margin) {
      return (limit - length) * (1 - Self.margin)
    }
    return step
  }
}
