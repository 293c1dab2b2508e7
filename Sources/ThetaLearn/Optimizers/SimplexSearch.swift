import ThetaArrays
import ThetaDisplay
import ThetaRuntime

/// `fminsearch`: the simplex method of J. A. Nelder and R. Mead (1965), with the steps of J. C. Lagarias and
/// others (SIAM J. Optim. 9, 1998): reflect, expand, contract outside or inside, shrink.
struct SimplexSearch {
  private var objective: Objective
  private var corners: [(x: NDArray<Double>, cost: Double)] = []
  private var iterations = 0

  static func fminsearch(_ call: inout Call) throws(RuntimeError) -> [Value] {
    let function = try call.function(0)
    guard !call[1].isComplex, let start = call[1].full.realArray, start.count > 0 else {
      throw call.error("X0 must be a numeric vector")
    }
    let settings = try OptimizerSettings(call.optional(2), function: call.name)
    let more = call.count > 3 ? (3..<call.count).map { call[$0] } : []
    var search = SimplexSearch(
      objective: Objective(call, function: function, shape: start.shape, more: more))
    let (isConverged, message) = try search.minimize(from: start, settings)
    if !isConverged, settings.display != "off" { call.context.console.write(message) }
    let output = Value.structure([
      ("iterations", .integer(search.iterations)), ("funcCount", .integer(search.objective.evaluations)),
      ("algorithm", .string("Nelder-Mead simplex direct search")), ("message", .string(message)),
    ])
    let best = search.corners[0]
    return [.make(best.x), .number(best.cost), .integer(isConverged ? 1 : 0), output]
  }

  private init(objective: Objective) { self.objective = objective }

  private mutating func minimize(
    from start: NDArray<Double>, _ settings: OptimizerSettings
  ) throws(RuntimeError) -> (Bool, String) {
    let n = start.count
    let tolX = settings.number("TolX", default: 1e-4)
    let tolFun = settings.number("TolFun", default: 1e-4)
    let most = n.multipliedReportingOverflow(by: 200).partialValue
    let mostIterations = settings.count("MaxIter", default: most)
    let mostEvaluations = settings.count("MaxFunEvals", default: most)
    try add(start)
    for k in 0..<n {
      let corner = start.copy()
      corner[k] = corner[k] == 0 ? 0.00025 : corner[k] * 1.05
      try add(corner)
    }
    sort()
    while true {
      let size = corners.dropFirst().map { distance($0.x, corners[0].x) }.max() ?? 0
      let spread = abs(corners[n].cost - corners[0].cost)
      if size <= tolX, !(spread > tolFun) {
        let text = try FormattedPrint.format(
          template: .string(
            "Algorithm converged.  Simplex size %.4e <= %.4e and step in function value %.4e <= %.4e\\n"),
          arguments: [.number(size), .number(tolX), .number(spread), .number(tolFun)],
          function: "fminsearch")
        return (true, String(decoding: text, as: UTF8.self))
      }
      if iterations >= mostIterations { return (false, "Exceeded maximum iterations\n") }
      if objective.evaluations >= mostEvaluations {
        return (false, "Max no. of function evaluations exceeded\n")
      }
      try step()
      iterations += 1
    }
  }

  /// Replaces the worst corner, or shrinks the simplex towards the best.
  private mutating func step() throws(RuntimeError) {
    let n = corners.count - 1
    let worst = corners[n]
    let centre = NDArray<Double>(zeros: worst.x.shape)
    for corner in corners.dropLast() {
      for k in 0..<centre.count { centre[k] += corner.x[k] / Double(n) }
    }
    let reflected = try point(centre, -1, worst.x)
    if reflected.cost < corners[0].cost {
      let expanded = try point(centre, -2, worst.x)
      corners[n] = expanded.cost < reflected.cost ? expanded : reflected
    } else if reflected.cost < corners[n - 1].cost {
      corners[n] = reflected
    } else {
      let isOutside = reflected.cost < worst.cost
      let contracted = try point(centre, isOutside ? -0.5 : 0.5, worst.x)
      if contracted.cost < (isOutside ? reflected.cost : worst.cost) {
        corners[n] = contracted
      } else {
        for k in 1...n { corners[k] = try point(corners[0].x, 0.5, corners[k].x) }
      }
    }
    sort()
  }

  /// `centre + factor * (x - centre)` with its cost.
  private mutating func point(
    _ centre: NDArray<Double>, _ factor: Double, _ x: NDArray<Double>
  ) throws(RuntimeError) -> (x: NDArray<Double>, cost: Double) {
    let moved = NDArray<Double>(centre.shape) { buffer in
      for k in buffer.indices {
        buffer.initializeElement(at: k, to: centre[k] + factor * (x[k] - centre[k]))
      }
    }
    return (moved, try cost(moved))
  }

  /// The cost, with NaN as worse than anything.
  private mutating func cost(_ x: NDArray<Double>) throws(RuntimeError) -> Double {
    let cost = try objective.cost(at: x)
    return cost.isNaN ? .infinity : cost
  }

  private mutating func add(_ x: NDArray<Double>) throws(RuntimeError) {
    corners.append((x, try cost(x)))
  }

  private mutating func sort() { corners.sort { $0.cost < $1.cost } }

  /// The largest difference of two points in one coordinate.
  private func distance(_ a: NDArray<Double>, _ b: NDArray<Double>) -> Double {
    var largest = 0.0
    for k in 0..<a.count { largest = max(largest, abs(a[k] - b[k])) }
    return largest
  }
}
