import ThetaArrays
import ThetaRuntime

/// The arguments of an optimizer: the cost function, the start, options, and what the function gets besides theta.
/// Options come as a struct made by optimset, or as names and values.
struct OptimizerRequest {
  let function: Value
  let start: NDArray<Double>
  let settings: OptimizerSettings
  let more: [Value]
  let objective: Objective

  init(_ call: Call) throws(RuntimeError) {
    function = try call.function(0)
    guard call.count > 1 else { throw call.invalid }
    let given = call[1].plain
    guard !given.isComplex, given.isNumeric || given.isLogical, let start = given.full.realArray else {
      throw call.error("X must be a vector of real numbers, not \(given.typeName)")
    }
    guard start.count > 0 else { throw call.error("theta is empty: there is nothing to minimize over") }
    if start.containsNaN { throw call.error("theta contains NaN at the start") }
    self.start = start
    var position = 2
    if call.optional(2)?.stringValue != nil {
      let fields = StructArray()
      while position < call.count, let name = call[position].stringValue {
        guard let full = OptimizerOptions.known(name) else {
          if let refusal = OptimizerOptions.refusal(of: name, call, isFirst: position == 2) { throw refusal }
          break
        }
        guard position + 1 < call.count else { throw call.error("the option \(full) has no value") }
        fields.setField(full, call[position + 1])
        position += 2
      }
      settings = try OptimizerSettings(.structure(fields), function: call.name)
    } else {
      settings = try OptimizerSettings(call.optional(2), function: call.name)
      position = 3
    }
    try OptionChecks.check(settings, call)
    more = call.count > position ? (position..<call.count).map { call[$0] } : []
    objective = Objective(call, function: function, shape: start.shape, more: more)
  }
}

extension OptimizerRun {
  /// `[theta, J, exitflag, output]`
  func results(_ method: some Optimizer, _ flag: Int, _ extra: [(String, Value)] = []) -> [Value] {
    let point = result(of: method)
    let output = Value.structure(
      [
        ("iterations", .integer(iteration)), ("funcCount", .integer(method.objective.evaluations)),
        ("firstorderopt", .number(Vector.largest(point.gradient))),
        ("costs", costs.isEmpty ? .emptyMatrix : .column(costs)),
        ("message", .string(ExitFlag.message(flag))),
      ] + extra)
    return [.make(point.x), .number(point.cost), .integer(flag), output, .make(point.gradient)]
  }
}

extension ExitFlag {
  static func message(_ flag: Int) -> String {
    switch flag {
    case gradient: "the gradient is almost zero"
    case step: "the steps have become small"
    case cost: "the cost hardly falls"
    case validation: "the cost on the validation set no longer falls"
    case outOfIterations: "out of iterations or evaluations"
    case stopped: "stopped"
    case noProgress: "no better point can be found"
    default: ""
    }
  }
}
