import ThetaArrays
import ThetaRuntime

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A method of minimization, one iteration after the other. `OptimizerRun` does what they all share: it counts,
/// reports, asks the output function, writes checkpoints and goes on from them, and keeps the best point.
protocol Optimizer {
  var objective: Objective { get set }
  /// The point that the method has reached; what it returns.
  var current: Point { get }
  /// The step length, for the progress line; nil where it says nothing.
  var rate: Double? { get }
  /// Evaluates the start.
  mutating func begin(at start: NDArray<Double>) throws(RuntimeError)
  mutating func iterate() throws(RuntimeError) -> IterationOutcome
  /// Visits everything that decides what the next iterations do.
  mutating func archive(_ archive: inout Archive)
}

enum IterationOutcome: Equatable {
  /// Go on.
  case improved
  /// Go on, but there is nothing to report: a failed line search.
  case silent
  /// The method is at its end. The flag is positive when it converged.
  case finished(flag: Int)
}

/// How runs end, as Octave's optimizers number it.
enum ExitFlag {
  static let gradient = 1
  static let step = 2
  static let cost = 3
  static let validation = 5
  static let outOfIterations = 0
  static let stopped = -1
  static let noProgress = -3
}

/// The best point of the last run in a session, which survives an error in the cost function.
final class LastRun {
  var best: Point?
}

struct OptimizerRun {
  let call: Call
  let settings: OptimizerSettings
  let mostIterations: Int
  let mostEvaluations: Int
  private(set) var iteration = 0
  /// The cost after each reported iteration.
  private(set) var costs: [Double] = []
  private var best = Point.nowhere
  /// Ctrl-C came in the middle of an iteration.
  private var isInterrupted = false
  /// The method has come to its end by itself, for the reason `ending`.
  private var hasEnded = false
  private var ending = 0
  private var progress: Progress

  init(_ call: Call, _ settings: OptimizerSettings, iterations: Int, display: Progress.Display) {
    self.call = call
    self.settings = settings
    mostIterations = settings.count("MaxIter", default: settings.count("MaxEpochs", default: iterations))
    mostEvaluations = settings.count("MaxFunEvals", default: 1_000_000_000_000)
    progress = Progress(call, settings, default: display, total: mostIterations)
  }

  /// What a run of the method returns: where it stands, or the best point when an iteration was cut off.
  func result(of method: some Optimizer) -> Point { isInterrupted ? best : method.current }

  /// Runs a method to its end; returns the exit flag.
  mutating func run(_ method: inout some Optimizer, from start: NDArray<Double>) throws(RuntimeError) -> Int {
    guard start.count > 0 else {
      throw call.error("theta is empty: there is nothing to minimize over")
    }
    let last = call.context.state { LastRun() }
    last.best = Point(x: start, cost: .nan, gradient: NDArray(zeros: start.shape))
    let checkpoint = Checkpoint(settings, method.objective)
    if try !restore(&method, checkpoint, start) {
      try method.begin(at: start)
      guard !method.current.cost.isNaN else {
        throw call.error("the cost is NaN at the start")
      }
      if method.current.gradient.containsNaN { throw call.error("the gradient is NaN at the start") }
      best = method.current
    }
    last.best = best
    if hasEnded { return ending }
    var flag = ExitFlag.outOfIterations
    while iteration < mostIterations, method.objective.evaluations < mostEvaluations {
      iteration += 1
      let before = method.current.x
      let outcome: IterationOutcome
      do {
        outcome = try method.iterate()
      } catch  where error.kind == .interrupt {
        // Ctrl-C ends the search, not the script. What the method has changed so far is half an iteration, which no
        // checkpoint may hold.
        iteration -= 1
        return interrupted()
      } catch {
        progress.end()
        throw explained(error)
      }
      if method.current.cost < best.cost || !best.cost.isFinite { best = method.current }
      last.best = best
      // The last iteration may have moved, too.
      let hasMoved = outcome == .improved || outcome != .silent && method.current.x !== before
      if hasMoved {
        costs.append(method.current.cost)
        try progress.report(iteration, method.current, method.rate)
      }
      var shallStop = false
      do {
        if hasMoved { shallStop = try isStopped(&method) }
      } catch  where error.kind == .interrupt {
        return interrupted()
      }
      if case .finished(let reason) = outcome {
        flag = reason
        (hasEnded, ending) = (true, reason)
        break
      }
      if shallStop {
        flag = ExitFlag.stopped
        break
      }
      if checkpoint.isDue(iteration) { try save(&method, checkpoint) }
    }
    try save(&method, checkpoint)
    progress.end(method.current, iteration, flag)
    return flag
  }

  private mutating func interrupted() -> Int {
    isInterrupted = true
    progress.end(best, iteration, ExitFlag.stopped)
    return ExitFlag.stopped
  }

  /// Whether the output function wants to stop.
  private func isStopped(_ method: inout some Optimizer) throws(RuntimeError) -> Bool {
    let point = method.current
    return try method.objective.isStopped(
      settings, iteration: iteration, point.x, point.cost, point.gradient)
  }

  /// An error of the cost function, with where the best parameters are.
  private func explained(_ error: RuntimeError) -> RuntimeError {
    guard error.kind == .error, best.cost.isFinite else { return error }
    let cost = NumberText.general(best.cost)
    return error.explained(
      "in iteration \(iteration) of \(call.name); the best parameters so far (cost \(cost)) are in besttheta ()"
    )
  }

  // MARK: - Checkpoints

  private mutating func save(_ method: inout some Optimizer, _ checkpoint: Checkpoint) throws(RuntimeError) {
    var archive = Archive()
    visit(&method, &archive)
    try checkpoint.write(&archive)
  }

  /// Goes on from a checkpoint, if there is one; false when the run must begin.
  private mutating func restore(
    _ method: inout some Optimizer, _ checkpoint: Checkpoint, _ start: NDArray<Double>
  ) throws(RuntimeError) -> Bool {
    guard var archive = try checkpoint.read() else { return false }
    visit(&method, &archive)
    try checkpoint.finish(&archive, method.current.x.shape == start.shape)
    return true
  }

  private mutating func visit(_ method: inout some Optimizer, _ archive: inout Archive) {
    archive.visit("of \(call.name)", &iteration)
    archive.visit("costs", &costs)
    archive.visit("best", &best)
    archive.visit("hasEnded", &hasEnded)
    archive.visit("ending", &ending)
    method.objective.archive(&archive)
    method.archive(&archive)
  }
}
