import ThetaArrays
import ThetaGradients
import ThetaRuntime

/// `fmintnc`: Newton's method with bounds. The system for the step is solved by conjugate gradients, which stop as
/// soon as more digits would not help; products with the second derivatives come from differences of gradients, or
/// are exact where the gradient comes from differentiation. Variables at a bound that the gradient presses against
/// rest (S. G. Nash, A survey of truncated-Newton methods, 2000).
struct TruncatedNewton: Optimizer {
  var objective: Objective
  private(set) var current = Point.nowhere
  private(set) var rate: Double?
  private let tolGradient: Double
  private let tolCost: Double
  private let tolStep: Double
  private let lower: NDArray<Double>?
  private let upper: NDArray<Double>?
  private var quiet = 0
  /// The function can be differentiated once only.
  private var hasNoSecondDerivatives = false

  static func fmintnc(_ call: inout Call) throws(RuntimeError) -> [Value] {
    let request = try OptimizerRequest(call)
    var method = try TruncatedNewton(call, request)
    var run = OptimizerRun(call, request.settings, iterations: 400, display: .off)
    let flag = try run.run(&method, from: method.inside(request.start))
    return run.results(method, flag)
  }

  private init(_ call: Call, _ request: OptimizerRequest) throws(RuntimeError) {
    objective = request.objective
    let settings = request.settings
    tolGradient = settings.number("TolFun", default: 1e-8)
    tolCost = settings.value("TolFun") == nil ? 1e-12 : 1e-3 * tolGradient
    tolStep = settings.number("TolX", default: 1e-12)
    lower = try TruncatedNewton.bound("LowerBound", call, request)
    upper = try TruncatedNewton.bound("UpperBound", call, request)
    if let lower, let upper {
      for i in 0..<lower.count where lower[i] > upper[i] {
        throw call.error("LowerBound is greater than UpperBound at element \(i + 1)")
      }
    }
  }

  private static func bound(
    _ name: String, _ call: Call, _ request: OptimizerRequest
  ) throws(RuntimeError) -> NDArray<Double>? {
    guard let value = request.settings.value(name) else { return nil }
    guard let array = value.full.realArray, array.count == 1 || array.count == request.start.count else {
      throw call.error("\(name) must have one element or \(request.start.count), not \(value.count)")
    }
    let isScalar = array.count == 1
    return NDArray(request.start.shape, (0..<request.start.count).map { array[isScalar ? 0 : $0] })
  }

  // MARK: - Bounds

  /// The nearest point within the bounds.
  private func inside(_ x: NDArray<Double>) -> NDArray<Double> {
    if lower == nil, upper == nil { return x }
    return NDArray(
      x.shape, (0..<x.count).map { i in min(max(x[i], lower?[i] ?? -.infinity), upper?[i] ?? .infinity) })
  }

  /// Variables that may move: not at a bound that the gradient presses against.
  private func free(_ x: NDArray<Double>, _ gradient: NDArray<Double>) -> [Bool] {
    (0..<x.count).map { i in
      if let lower, x[i] <= lower[i], gradient[i] > 0 { return false }
      if let upper, x[i] >= upper[i], gradient[i] < 0 { return false }
      return true
    }
  }

  private func masked(_ v: NDArray<Double>, _ free: [Bool]) -> NDArray<Double> {
    NDArray(v.shape, (0..<v.count).map { free[$0] ? v[$0] : 0 })
  }

  // MARK: - Iterations

  mutating func begin(at start: NDArray<Double>) throws(RuntimeError) {
    let (cost, gradient) = try objective.costAndGradient(at: start)
    current = Point(x: start, cost: cost, gradient: gradient)
  }

  mutating func archive(_ archive: inout Archive) {
    archive.visit("current", &current)
    archive.visit("quiet", &quiet)
  }

  mutating func iterate() throws(RuntimeError) -> IterationOutcome {
    let movable = free(current.x, current.gradient)
    let gradient = masked(current.gradient, movable)
    if Vector.largest(gradient) <= tolGradient { return .finished(flag: ExitFlag.gradient) }
    var direction = try newtonDirection(gradient, movable)
    if !(Vector.dot(direction, gradient) < 0) { direction = gradient.map { -$0 } }
    var found = try search(direction)
    // Where the second derivatives mislead, the gradient may still lead down.
    if found == nil { found = try search(gradient.map { -$0 }) }
    guard let next = found else { return .finished(flag: ExitFlag.noProgress) }
    let fall = current.cost - next.cost
    let step = Vector.largest(Vector.difference(next.x, current.x))
    current = next
    let isSmall =
      step <= tolStep * max(1, Vector.largest(next.x)) || fall <= tolCost * max(abs(next.cost), 1e-6)
    quiet = isSmall ? quiet + 1 : 0
    if quiet >= 2 { return .finished(flag: step <= tolStep ? ExitFlag.step : ExitFlag.cost) }
    return .improved
  }

  /// An approximate solution of H p = -g among the free variables.
  private mutating func newtonDirection(
    _ gradient: NDArray<Double>, _ movable: [Bool]
  ) throws(RuntimeError) -> NDArray<Double> {
    let size = Vector.norm(gradient)
    let enough = min(0.1, size.squareRoot()) * size
    var p = NDArray<Double>(zeros: gradient.shape)
    var residual = gradient.map { -$0 }
    var d = residual
    var squared = Vector.dot(residual, residual)
    for k in 0..<min(50, max(2, gradient.count)) {
      let product = masked(try curvature(along: d), movable)
      let bend = Vector.dot(d, product)
      if !(bend > 1e-14 * Vector.dot(d, d)) { return k == 0 ? residual : p }
      let alpha = squared / bend
      p = p.adding(alpha, times: d)
      residual = residual.adding(-alpha, times: product)
      let next = Vector.dot(residual, residual)
      if next.squareRoot() <= enough { break }
      d = residual.adding(next / squared, times: d)
      squared = next
    }
    return p
  }

  /// The matrix of second derivatives times a vector.
  private mutating func curvature(along d: NDArray<Double>) throws(RuntimeError) -> NDArray<Double> {
    if objective.isDifferentiated, !hasNoSecondDerivatives {
      do {
        let gradient = Gradient(context: objective.context, name: objective.name)
        let product = try gradient.hessianProduct(
          objective.function, .make(current.x), .make(d), objective.more)
        if let array = product.realArray { return array }
      } catch  where error.identifier == "Theta:not-differentiable" {
        hasNoSecondDerivatives = true
      }
    }
    let length = Vector.norm(d)
    let h = 2 * Double.ulpOfOne.squareRoot() * (1 + Vector.norm(current.x)) / max(length, 1e-300)
    let (_, ahead) = try objective.costAndGradient(at: current.x.adding(h, times: d))
    return Vector.difference(ahead, current.gradient).map { $0 / h }
  }

  /// A step along a direction, bent at the bounds; nil when nothing better is found.
  private mutating func search(_ direction: NDArray<Double>) throws(RuntimeError) -> Point? {
    let slope = Vector.dot(direction, current.gradient)
    if lower == nil, upper == nil {
      let found = try LineSearch().run(
        &objective, from: current, direction, slope: slope, first: 1)
      rate = found.map {
        Vector.norm(Vector.difference($0.x, current.x)) / max(Vector.norm(direction), 1e-300)
      }
      return found
    }
    var length = 1.0
    for _ in 0..<40 {
      let x = inside(current.x.adding(length, times: direction))
      let (cost, gradient) = try objective.costAndGradient(at: x)
      let promised = Vector.dot(current.gradient, Vector.difference(x, current.x))
      if cost <= current.cost + 1e-4 * min(promised, 0), cost < current.cost {
        rate = length
        return Point(x: x, cost: cost, gradient: gradient)
      }
      length *= 0.5
    }
    return nil
  }
}
