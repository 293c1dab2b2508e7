import ThetaArrays
import ThetaRuntime

/// Gradient descent and its relatives on mini-batches: an iteration is one pass over the data.
struct StochasticGradient: Optimizer {
  enum Rule {
    case plain
    case momentum
    case nesterov
    case rmsprop
    case adam
  }

  private let rule: Rule
  var objective: Objective
  private(set) var current = Point.nowhere
  private(set) var rate: Double?
  private let schedule: LearningRate
  private var batches: Batches
  private let momentum: Double
  private let beta2: Double
  private let epsilon: Double
  private let tolStep: Double
  private let tolCost: Double
  /// The running mean of the gradients, or the velocity.
  private var first = NDArray<Double>(zeros: .empty)
  /// The running mean of their squares.
  private var second = NDArray<Double>(zeros: .empty)
  private var steps = 0
  private var epoch = 0
  // Early stopping.
  private let validation: [Value]?
  private let patience: Int
  private var bestValidation = Double.infinity
  private var bestParameters = NDArray<Double>(zeros: .empty)
  private var waited = 0
  private(set) var validationCosts: [Double] = []

  private init(
    _ rule: Rule, _ call: Call, _ request: OptimizerRequest, defaultRate: Double, defaultBatch: Int?,
    epochs: Int
  ) throws(RuntimeError) {
    self.rule = rule
    objective = request.objective
    let settings = request.settings
    schedule = try LearningRate(
      settings, default: defaultRate,
      total: settings.count("MaxIter", default: settings.count("MaxEpochs", default: epochs)), call)
    batches = try Batches(request.more, settings, defaultSize: defaultBatch, call)
    momentum = settings.number(rule == .adam ? "Beta1" : "Momentum", default: 0.9)
    beta2 = settings.number("Beta2", default: rule == .rmsprop ? 0.9 : 0.999)
    epsilon = settings.number("Epsilon", default: 1e-8)
    tolStep = settings.number("TolX", default: 0)
    tolCost = settings.number("TolFun", default: 0)
    patience = max(1, settings.count("Patience", default: 5))
    validation = settings.value("Validation").map {
      if case .cell(let cells) = $0 { Array(cells) } else { [$0] }
    }
    if let validation, batches.dataCount > 0, validation.count != batches.dataCount {
      throw call.error(
        "Validation must be a cell with as many arrays as there are data, \(batches.dataCount), not"
          + " \(validation.count)")
    }
  }

  // MARK: - Iterations

  mutating func begin(at start: NDArray<Double>) throws(RuntimeError) {
    // The whole cost is not evaluated: the first batch tells whether the start makes sense.
    let (arguments, _) = try batches.batch(0)
    objective.more = arguments
    let (cost, gradient) = try objective.costAndGradient(at: start)
    current = Point(x: start, cost: cost, gradient: gradient)
    first = NDArray(zeros: start.shape)
    second = NDArray(zeros: start.shape)
    bestParameters = start
  }

  mutating func archive(_ archive: inout Archive) {
    archive.visit("current", &current)
    archive.visit("first", &first)
    archive.visit("second", &second)
    archive.visit("steps", &steps)
    archive.visit("epoch", &epoch)
    archive.visit("bestValidation", &bestValidation)
    archive.visit("bestParameters", &bestParameters)
    archive.visit("waited", &waited)
    archive.visit("validationCosts", &validationCosts)
    batches.archive(&archive)
  }

  mutating func iterate() throws(RuntimeError) -> IterationOutcome {
    epoch += 1
    let step = try schedule.rate(epoch)
    rate = step
    batches.shuffle()
    let x = current.x.copy()
    let (start, before) = (current.x, current.cost)
    var (total, examples) = (0.0, 0)
    var gradient = current.gradient
    for k in 0..<batches.batches {
      let (arguments, count) = try batches.batch(k)
      objective.more = arguments
      let point: NDArray<Double>
      if rule == .nesterov {
        // The gradient is that of the place to which the velocity leads.
        point = x.adding(momentum, times: first)
      } else {
        // The function may keep what it gets.
        point = x.copy()
      }
      let (cost, g) = try objective.costAndGradient(at: point)
      guard cost.isFinite, g.isFinite else {
        throw RuntimeError(
          "\(objective.name): the cost or its gradient is \(cost.isFinite ? "infinite or NaN" : NumberText.general(cost))"
            + " in iteration \(epoch); a smaller LearningRate may help")
      }
      total += cost * Double(count)
      examples += count
      gradient = g
      move(x, g, step)
    }
    current = Point(x: x, cost: total / Double(max(1, examples)), gradient: gradient)
    if let validation, try isOver(validation) {
      current.x = bestParameters
      return .finished(flag: ExitFlag.validation)
    }
    if tolCost > 0, epoch > 1, abs(before - current.cost) <= tolCost * max(1, abs(before)) {
      return .finished(flag: ExitFlag.cost)
    }
    if tolStep > 0, Vector.largest(Vector.difference(x, start)) <= tolStep {
      return .finished(flag: ExitFlag.step)
    }
    return .improved
  }

  /// One step from a gradient, in place.
  private mutating func move(_ x: NDArray<Double>, _ g: NDArray<Double>, _ step: Double) {
    steps += 1
    let n = x.count
    switch rule {
    case .plain:
      for i in 0..<n { x[i] -= step * g[i] }
    case .momentum, .nesterov:
      for i in 0..<n {
        let v = momentum * first[i] - step * g[i]
        first[i] = v
        x[i] += v
      }
    case .rmsprop:
      for i in 0..<n {
        let s = beta2 * second[i] + (1 - beta2) * g[i] * g[i]
        second[i] = s
        x[i] -= step * g[i] / (s.squareRoot() + epsilon)
      }
    case .adam:
      let c1 = 1 - power(momentum, steps)
      let c2 = 1 - power(beta2, steps)
      for i in 0..<n {
        let m = momentum * first[i] + (1 - momentum) * g[i]
        let s = beta2 * second[i] + (1 - beta2) * g[i] * g[i]
        (first[i], second[i]) = (m, s)
        x[i] -= step * (m / c1) / ((s / c2).squareRoot() + epsilon)
      }
    }
  }

  private func power(_ x: Double, _ n: Int) -> Double {
    var (result, base, n) = (1.0, x, n)
    while n > 0 {
      if n & 1 == 1 { result *= base }
      base *= base
      n >>= 1
    }
    return result
  }

  /// Whether the cost on the validation set has not fallen for too long.
  private mutating func isOver(_ data: [Value]) throws(RuntimeError) -> Bool {
    objective.more = batches.replacingData(with: data)
    let cost = try objective.cost(at: current.x)
    validationCosts.append(cost)
    if cost < bestValidation {
      (bestValidation, bestParameters, waited) = (cost, current.x, 0)
      return false
    }
    waited += 1
    return waited >= patience
  }

  // MARK: - Builtins

  static func gradientDescent(_ call: inout Call) throws(RuntimeError) -> [Value] {
    try minimize(call, .plain, rate: 0.01, batch: nil)
  }
  static func sgd(_ call: inout Call) throws(RuntimeError) -> [Value] {
    try minimize(call, .plain, rate: 0.01, batch: 32)
  }
  static func momentum(_ call: inout Call) throws(RuntimeError) -> [Value] {
    try minimize(call, .momentum, rate: 0.01, batch: 32)
  }
  static func nesterov(_ call: inout Call) throws(RuntimeError) -> [Value] {
    try minimize(call, .nesterov, rate: 0.01, batch: 32)
  }
  static func rmsprop(_ call: inout Call) throws(RuntimeError) -> [Value] {
    try minimize(call, .rmsprop, rate: 0.001, batch: 32)
  }
  static func adam(_ call: inout Call) throws(RuntimeError) -> [Value] {
    try minimize(call, .adam, rate: 0.001, batch: 32)
  }

  private static func minimize(
    _ call: Call, _ rule: Rule, rate: Double, batch: Int?
  ) throws(RuntimeError) -> [Value] {
    let request = try OptimizerRequest(call)
    var method = try StochasticGradient(
      rule, call, request, defaultRate: rate, defaultBatch: batch, epochs: 100)
    var run = OptimizerRun(call, request.settings, iterations: 100, display: .iterations)
    let flag = try run.run(&method, from: request.start)
    var extra: [(String, Value)] = []
    if !method.validationCosts.isEmpty { extra.append(("validation", .column(method.validationCosts))) }
    return run.results(method, flag, extra)
  }
}
