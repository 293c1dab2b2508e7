import ThetaArrays
import ThetaRuntime

/// `fminunc`: for up to a thousand variables the trust region with a BFGS matrix whose points are those that Octave's
/// `fminunc` visits, so that scripts print the same (`TrustRegion`). For more, where such a matrix would cost more than
/// the function, L-BFGS with a line search for the strong Wolfe conditions (`DescentMethod`); the gradient is then
/// differentiated automatically where the function does not return it, and comes from differences where that cannot
/// be done.
enum UnconstrainedMinimum {
  /// Up to this many variables `TrustRegion` does the work.
  static let denseLimit = 1000
  /// Steps that L-BFGS remembers.
  static let memory = 20

  static func fminunc(_ call: inout Call) throws(RuntimeError) -> [Value] {
    let function = try call.function(0)
    guard !call[1].isComplex, let start = call[1].full.realArray else {
      throw call.error("X0 must be real numbers")
    }
    guard start.count > 0 else { throw call.error("theta is empty: there is nothing to minimize over") }
    let settings = try OptimizerSettings(call.optional(2), function: call.name)
    if start.count > denseLimit { return try manyVariables(call, function, start, settings) }
    var search = TrustRegion(
      Objective(call, function: function, shape: start.shape), size: start.count,
      hasGradient: settings.isOn("GradObj"))
    let result = try search.minimize(from: start, settings)
    return [
      .make(result.x), .number(result.cost), .integer(result.info),
      output(search.iterations, search.successes, search.evaluations), .make(result.gradient),
      call.outputs > 5 ? .make(search.hessian) : .emptyMatrix,
    ]
  }

  private static func manyVariables(
    _ call: Call, _ function: Value, _ start: NDArray<Double>, _ settings: OptimizerSettings
  ) throws(RuntimeError) -> [Value] {
    let objective = Objective(
      call, function: function, shape: start.shape,
      source: settings.isOn("GradObj") ? .function : .differentiation, allowsDifferences: true)
    let (tolFun, tolX) = (
      settings.number("TolFun", default: 1e-7), settings.number("TolX", default: 1e-7)
    )
    // Stops later than the tolerances ask: convergence is fast at the end, and the digits that scripts print are then
    // right.
    var method = DescentMethod(
      .lbfgs, objective, tolGradient: 1e-2 * tolFun, tolProgress: 1e-5 * min(tolFun, tolX), memory: memory)
    var run = OptimizerRun(call, settings, iterations: 400, display: .off)
    let flag = try run.run(&method, from: start)
    let point = run.result(of: method)
    return [
      .make(point.x), .number(point.cost), .integer(flag),
      output(run.iteration, run.costs.count, method.objective.evaluations), .make(point.gradient),
      .emptyMatrix,
    ]
  }

  private static func output(_ iterations: Int, _ successes: Int, _ evaluations: Int) -> Value {
    .structure([
      ("iterations", .integer(iterations)), ("successful", .integer(successes)),
      ("funcCount", .integer(evaluations)),
    ])
  }
}
