import ThetaArrays
import ThetaRuntime

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// `fminunc` for a moderate number of variables: a quadratic model of the cost, whose second derivatives are
/// learned by BFGS updates, is minimized within a radius that follows how well the model predicted the last
/// step.
///
/// The radii, the updates and the tests for the end were chosen so that the points visited are those that
/// Octave's `fminunc` visits, as observed through the cost functions it calls.
struct TrustRegion {
  private var objective: Objective
  private let hasGradient: Bool
  private let size: Int
  /// The upper triangular Cholesky factor of the matrix of second derivatives, row by row.
  private var factor: [Double]
  private(set) var iterations = 1
  private(set) var successes = 0
  private(set) var evaluations = 0

  init(_ objective: Objective, size: Int, hasGradient: Bool) {
    self.objective = objective
    self.size = size
    self.hasGradient = hasGradient
    factor = Array(repeating: 0, count: size * size)
    for k in 0..<size { factor[k * size + k] = 1 }
  }

  /// What `fminunc` returns: the point, its cost, why the search ended, and the gradient.
  struct Result {
    var x: NDArray<Double>
    var cost: Double
    var info: Int
    var gradient: NDArray<Double>
  }

  /// The matrix of second derivatives as learned so far.
  var hessian: NDArray<Double> {
    let result = NDArray<Double>(zeros: Shape(size, size))
    for k in 0..<size {
      let row = k * size
      for i in k..<size {
        for j in k..<size { result[i, j] += factor[row + i] * factor[row + j] }
      }
    }
    return result
  }

  mutating func minimize(
    from start: NDArray<Double>, _ settings: OptimizerSettings
  ) throws(RuntimeError) -> Result {
    let tolFun = settings.number("TolFun", default: 1e-7)
    let tolX = settings.number("TolX", default: 1e-7)
    let mostIterations = settings.count("MaxIter", default: 400)
    let mostEvaluations = settings.count("MaxFunEvals", default: 1_000_000_000_000)
    let checkpoint = Checkpoint(settings, objective)
    let last = objective.context.state { LastRun() }
    last.best = Point(x: start, cost: .nan, gradient: NDArray(zeros: start.shape))
    var (x, cost, length, radius, lastRatio, info) = (start, 0.0, 0.0, 0.0, 0.0, 0)
    var gradient = start
    /// What decides the next iterations.
    func visit(_ own: inout TrustRegion, _ archive: inout Archive) {
      archive.visit("fminunc", &own.iterations)
      archive.visit("successes", &own.successes)
      archive.visit("evaluations", &own.evaluations)
      archive.visit("factor", &own.factor)
      archive.visit("x", &x)
      archive.visit("cost", &cost)
      archive.visit("gradient", &gradient)
      archive.visit("radius", &radius)
      archive.visit("ratio", &lastRatio)
    }
    if var archive = try checkpoint.read() {
      visit(&self, &archive)
      try checkpoint.finish(&archive, x.shape == start.shape && factor.count == size * size)
      length = Vector.norm(x)
    } else {
      cost = try objective.cost(at: x)
      guard cost.isFinite else {
        throw RuntimeError("fminunc: the function is \(cost.isNaN ? "NaN" : "infinite") at X0")
      }
      length = Vector.norm(x)
      radius = 0.1 * (length > 0 ? length : 1)
      gradient = try self.gradient(at: x, cost: cost)
    }
    while true {
      last.best = Point(x: x, cost: cost, gradient: gradient)
      if checkpoint.isDue(iterations) {
        var archive = Archive()
        visit(&self, &archive)
        try checkpoint.write(&archive)
      }
      if Vector.norm(gradient) <= tolFun * Double(size) * length { info = 1 }
      if info != 0 || iterations >= mostIterations || evaluations >= mostEvaluations { break }
      var shrinking = 0.5
      var step: NDArray<Double>?
      while step == nil, info == 0, iterations <= mostIterations, evaluations < mostEvaluations {
        let trial = dogleg(gradient, radius)
        let distance = Vector.norm(trial)
        if iterations == 1 { radius = min(radius, distance) }
        let next = x.adding(1, times: trial)
        let nextCost: Double
        do {
          nextCost = try objective.cost(at: next)
        } catch  where error.kind == .interrupt {
          // Ctrl-C ends the search, not the script.
          return Result(x: x, cost: cost, info: ExitFlag.stopped, gradient: gradient)
        }
        evaluations += 1
        let gain = nextCost < cost ? (cost - nextCost) / (abs(nextCost) + abs(cost)) : -1
        let change = 0.5 * Vector.square(multiply(trial)) + Vector.dot(gradient, trial)
        let promised = change < 0 ? -change / (abs(cost) + abs(cost + change)) : 0
        let ratio = gain / promised
        if !(ratio >= min(max(0.1, 0.8 * lastRatio), 0.9)) {
          // The model is no good this far.
          radius *= shrinking
          shrinking = pow(shrinking, 1.4142)
          if radius <= 10 * Double.ulpOfOne * length { info = -3 }
        } else {
          lastRatio = ratio
          shrinking = 0.5
          if abs(1 - ratio) <= 0.1 {
            radius = 1.4142 * distance
          } else if ratio >= 0.5 {
            radius = max(radius, 1.4142 * distance)
          }
        }
        iterations += 1
        guard ratio >= 1e-4 else { continue }
        (x, cost, length) = (next, nextCost, Vector.norm(next))
        successes += 1
        step = trial
        if distance <= tolX * length { info = 2 } else if gain < tolFun { info = 3 }
        if try objective.isStopped(settings, iteration: iterations, x, cost, trial) { info = -1 }
      }
      guard let step, info != 0 || iterations < mostIterations else { break }
      let before = gradient
      let evaluated = evaluations
      do {
        gradient = try self.gradient(at: x, cost: cost)
      } catch  where error.kind == .interrupt {
        return Result(x: x, cost: cost, info: ExitFlag.stopped, gradient: before)
      }
      // Only the result needs the last gradient; Octave does not count it.
      if info != 0 { evaluations = evaluated }
      update(step: step, change: gradient.adding(-1, times: before))
    }
    return Result(x: x, cost: cost, info: info, gradient: gradient)
  }

  // MARK: - Model

  private mutating func gradient(at x: NDArray<Double>, cost: Double) throws(RuntimeError) -> NDArray<Double>
  {
    if hasGradient {
      evaluations += 1
      return try objective.costAndGradient(at: x).gradient
    }
    let gradient = NDArray<Double>(zeros: x.shape)
    for k in 0..<size {
      let moved = x.copy()
      // Away from zero.
      let distance = Double.ulpOfOne.squareRoot() * max(abs(x[k]), 1) * (x[k] < 0 ? -1 : 1)
      moved[k] += distance
      gradient[k] = (try objective.cost(at: moved) - cost) / (moved[k] - x[k])
    }
    evaluations += size
    return gradient
  }

  /// The minimum of the model within the radius, along the path from the best point down the gradient to the
  /// best point of all.
  private func dogleg(_ gradient: NDArray<Double>, _ radius: Double) -> NDArray<Double> {
    let newton = solve(gradient.map { -$0 })
    if Vector.norm(newton) <= radius { return newton }
    let steepness = Vector.norm(gradient)
    guard steepness > 0 else { return newton }
    let down = gradient.map { -$0 / steepness }
    let curvature = Vector.norm(multiply(down))
    let best = steepness / curvature / curvature
    guard best < radius else { return down.map { radius * $0 } }
    let first = down.map { best * $0 }
    let rest = newton.adding(-1, times: first)
    let (a, b, c) = (Vector.square(rest), Vector.dot(first, rest), Vector.square(first) - radius * radius)
    let part = ((b * b - a * c).squareRoot() - b) / a
    return first.adding(part, times: rest)
  }

  /// The factor applied to a vector.
  private func multiply(_ x: NDArray<Double>) -> NDArray<Double> {
    let result = NDArray<Double>(zeros: x.shape)
    for i in 0..<size {
      var sum = 0.0
      for j in i..<size { sum += factor[i * size + j] * x[j] }
      result[i] = sum
    }
    return result
  }

  /// The transposed factor applied to a vector.
  private func multiplyTransposed(_ x: NDArray<Double>) -> NDArray<Double> {
    let result = NDArray<Double>(zeros: x.shape)
    for i in 0..<size {
      for j in i..<size { result[j] += factor[i * size + j] * x[i] }
    }
    return result
  }

  /// Solves R' R x = b.
  private func solve(_ b: NDArray<Double>) -> NDArray<Double> {
    let x = b.copy()
    for i in 0..<size {
      x[i] /= factor[i * size + i]
      for j in i + 1..<max(size, i + 1) { x[j] -= factor[i * size + j] * x[i] }
    }
    for i in (0..<size).reversed() {
      var sum = x[i]
      for j in i + 1..<max(size, i + 1) { sum -= factor[i * size + j] * x[j] }
      x[i] = sum / factor[i * size + i]
    }
    return x
  }

  /// B + yy'/y's - Bss'B/s'Bs, on the factor; what would not stay positive definite is not learned.
  private mutating func update(step s: NDArray<Double>, change y: NDArray<Double>) {
    let curvature = Vector.dot(y, s)
    let scaled = multiply(s)
    let product = multiplyTransposed(scaled)
    let old = Vector.square(scaled)
    guard curvature > 0, old > 0 else { return }
    let before = factor
    let (up, down) = (1 / curvature.squareRoot(), 1 / old.squareRoot())
    if !rotate(y.map { $0 * up }, sign: 1) || !rotate(product.map { $0 * down }, sign: -1) {
      factor = before
    }
  }

  /// Makes R'R ± vv' of R'R by rotations, one row after the other; false when that is not positive definite.
  private mutating func rotate(_ v: NDArray<Double>, sign: Double) -> Bool {
    for k in 0..<size {
      let row = k * size
      let diagonal = factor[row + k]
      let squared = diagonal * diagonal + sign * v[k] * v[k]
      guard squared > 0, squared.isFinite else { return false }
      let fresh = squared.squareRoot()
      let (cosine, sine) = (fresh / diagonal, v[k] / diagonal)
      factor[row + k] = fresh
      for j in k + 1..<max(size, k + 1) {
        factor[row + j] = (factor[row + j] + sign * sine * v[j]) / cosine
        v[j] = cosine * v[j] - sine * factor[row + j]
      }
    }
    return true
  }
}
