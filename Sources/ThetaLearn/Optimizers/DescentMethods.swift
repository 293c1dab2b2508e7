import ThetaArrays
import ThetaRuntime

/// Methods that choose a direction and search along it: steepest descent, conjugate gradients (Polak and Ribière,
/// restarted), and L-BFGS, which learns the curvature from the last steps.
struct DescentMethod: Optimizer {
  enum Kind: String {
    case lbfgs
    case cg
    case sd
  }

  let kind: Kind
  var objective: Objective
  private(set) var current = Point.nowhere
  private(set) var rate: Double?
  private let tolGradient: Double
  private let tolProgress: Double
  private var memory: LimitedMemory
  private var direction = NDArray<Double>(zeros: .empty)
  private var lastSlope = 0.0
  private var quiet = 0

  init(_ kind: Kind, _ objective: Objective, tolGradient: Double, tolProgress: Double, memory: Int) {
    self.kind = kind
    self.objective = objective
    self.tolGradient = tolGradient
    self.tolProgress = tolProgress
    self.memory = LimitedMemory(most: memory)
  }

  init(_ kind: Kind, _ objective: Objective, _ settings: OptimizerSettings) {
    self.init(
      kind, objective,
      tolGradient: settings.number("optTol", default: settings.number("TolFun", default: 1e-7)),
      tolProgress: settings.number("progTol", default: settings.number("TolX", default: 1e-12)),
      memory: max(1, settings.count("Corr", default: settings.count("HistorySize", default: 100))))
  }

  mutating func begin(at start: NDArray<Double>) throws(RuntimeError) {
    let (cost, gradient) = try objective.costAndGradient(at: start)
    current = Point(x: start, cost: cost, gradient: gradient)
  }

  mutating func archive(_ archive: inout Archive) {
    archive.visit("current", &current)
    archive.visit("direction", &direction)
    archive.visit("lastSlope", &lastSlope)
    var step = rate ?? .nan
    archive.visit("rate", &step)
    rate = step.isNaN ? nil : step
    archive.visit("quiet", &quiet)
    memory.archive(&archive)
  }

  mutating func iterate() throws(RuntimeError) -> IterationOutcome {
    let gradient = current.gradient
    if Vector.largest(gradient) <= tolGradient { return .finished(flag: ExitFlag.gradient) }
    let before = direction
    switch kind {
    case .sd: direction = gradient.map { -$0 }
    case .lbfgs: direction = memory.times(gradient).map { -$0 }
    case .cg: direction = before.count == 0 ? gradient.map { -$0 } : before
    }
    var slope = Vector.dot(direction, gradient)
    if !(slope < -1e-300) {
      memory.reset()
      direction = gradient.map { -$0 }
      slope = -Vector.dot(gradient, gradient)
    }
    let isFresh = kind == .lbfgs ? memory.isFresh : before.count == 0
    var first = 1.0
    if isFresh {
      first = min(1, 1 / max(gradient.reduce(0) { $0 + abs($1) }, 1e-300))
    } else if kind != .lbfgs, lastSlope < 0, let rate {
      // The first change of the cost is expected to be as large as the one before.
      first = min(rate * lastSlope / slope, 1e6 * rate)
    }
    var search = LineSearch()
    if kind == .cg { search.slopeLeft = 0.2 }
    guard let next = try search.run(&objective, from: current, direction, slope: slope, first: first) else {
      if isFresh || kind == .sd { return .finished(flag: ExitFlag.noProgress) }
      memory.reset()
      direction = NDArray(zeros: .empty)
      return .silent
    }
    let step = Vector.difference(next.x, current.x)
    let change = Vector.difference(next.gradient, gradient)
    rate = Vector.norm(step) / max(Vector.norm(direction), 1e-300)
    lastSlope = slope
    switch kind {
    case .sd: break
    case .lbfgs: memory.update(step: step, change: change)
    case .cg:
      let factor = max(0, Vector.dot(next.gradient, change) / max(Vector.dot(gradient, gradient), 1e-300))
      let old = direction
      let new = next.gradient
      direction = NDArray(old.shape) { buffer in
        for i in buffer.indices { buffer.initializeElement(at: i, to: factor * old[i] - new[i]) }
      }
    }
    let fall = current.cost - next.cost
    current = next
    if Vector.largest(next.gradient) <= tolGradient { return .finished(flag: ExitFlag.gradient) }
    // One short step can be chance, two are the end.
    let isSmallStep = Vector.largest(step) <= tolProgress
    let isSmallFall = abs(fall) <= tolProgress * max(abs(next.cost), 1e-3)
    quiet = isSmallStep || isSmallFall ? quiet + 1 : 0
    if quiet >= 2 { return .finished(flag: isSmallStep ? ExitFlag.step : ExitFlag.cost) }
    return .improved
  }

  // MARK: - Builtins

  static func fminlbfgs(_ call: inout Call) throws(RuntimeError) -> [Value] {
    try minimize(call, .lbfgs, iterations: 400, display: .off)
  }

  static func minFunc(_ call: inout Call) throws(RuntimeError) -> [Value] {
    let request = try OptimizerRequest(call)
    let word = request.settings.value("Method")?.stringValue?.lowercased() ?? "lbfgs"
    let kind: Kind
    switch word {
    case "lbfgs", "bfgs", "qnewton": kind = .lbfgs
    case "cg", "scg", "pcg": kind = .cg
    case "sd", "csd", "bb": kind = .sd
    default: throw call.error("unknown Method '\(word)'; there are lbfgs, cg and sd")
    }
    return try minimize(call, kind, iterations: 500, display: .off)
  }

  private static func minimize(
    _ call: Call, _ kind: Kind, iterations: Int, display: Progress.Display
  ) throws(RuntimeError) -> [Value] {
    let request = try OptimizerRequest(call)
    var method = DescentMethod(kind, request.objective, request.settings)
    var run = OptimizerRun(call, request.settings, iterations: iterations, display: display)
    let flag = try run.run(&method, from: request.start)
    return run.results(method, flag)
  }
}
