import ThetaArrays
import ThetaNumeric
import ThetaRuntime

// Quantiles.

enum Quantiles {
  static let table: [Builtin] = [
    Builtin(
      "q = quantile (x, p?, dim?, method?)",
      """
      The quantiles p (default 0, 0.25, 0.5, 0.75, 1) along a dimension by one of nine methods (default 5).

      >> quantile ([1 2 3 4 5], 0.5)
      ans = 3
      """, quantile),
    Builtin(
      "q = prctile (x, p?, dim?)",
      """
      The percentiles p (default 0, 25, 50, 75, 100) along a dimension.

      >> prctile ([1 2 3 4 5], 50)
      ans = 3
      """,
      prctile),
  ]

  /// A quantile of sorted numbers by one of the nine methods of Hyndman and Fan (1996).
  private static func quantile(_ sorted: [Double], _ p: Double, _ method: Int) -> Double {
    let m = Double(sorted.count)
    if sorted.isEmpty || p.isNaN { return .nan }
    if p < 0 || p > 1 { return p < 0 ? -.infinity : .infinity }
    func at(_ k: Double) -> Double { sorted[Int(max(1, min(m, k))) - 1] }
    switch method {
    case 1: return at((m * p).rounded(.up))
    case 2:
      let position = m * p
      if position == position.rounded() { return (at(position) + at(position + 1)) / 2 }
      return at(position.rounded(.up))
    case 3: return at((m * p).rounded(.toNearestOrEven))
    default:
      let position: Double
      switch method {
      case 4: position = m * p
      case 6: position = (m + 1) * p
      case 7: position = (m - 1) * p + 1
      case 8: position = (m + 1.0 / 3) * p + 1.0 / 3
      case 9: position = (m + 0.25) * p + 0.375
      default: position = m * p + 0.5
      }
      let low = max(1, min(m - 1, position.rounded(.down)))
      let share = max(0, min(1, position - low))
      return (1 - share) * at(low) + share * at(low + 1)
    }
  }

  private static func quantiles(
    _ x: NDArray<Double>, _ p: [Double], _ dimension: Int, _ method: Int
  ) -> NDArray<Double> {
    let (inner, length, outer) = x.shape.split(at: dimension)
    let result = NDArray<Double>(zeros: x.shape.replacing(dimension, with: p.count))
    for o in 0..<outer {
      for i in 0..<inner {
        let slice = (0..<length).map { x[i + inner * ($0 + length * o)] }.filter { !$0.isNaN }
        let column = NDArray(column: slice)
        let sorted = (column.sortedValues(along: 0, descending: false) ?? column.sorted(along: 0)).list
        for (k, probability) in p.enumerated() {
          result[i + inner * (k + p.count * o)] = quantile(sorted, probability, method)
        }
      }
    }
    return result
  }

  static func quantile(_ call: inout Call) throws(RuntimeError) -> Value {
    try quantiles(call, scale: 1, method: call.integer(3, default: 5))
  }

  private static func quantiles(_ call: Call, scale: Double, method: Int) throws(RuntimeError) -> Value {
    guard call[0].isNumeric || call[0].isLogical, !call[0].isEmpty else {
      throw RuntimeError("quantile: X must be a non-empty numeric vector or matrix")
    }
    guard (1...9).contains(method) else { throw call.error("Unknown METHOD, '\(method)'") }
    var p = [0, 0.25, 0.5, 0.75, 1]
    if let list = call.optional(1), !list.isEmpty {
      guard list.isNumeric, list.shape.isVector else { throw call.error("P must be a numeric vector") }
      p = try Read.list(list).map { $0 / scale }
    }
    let x = try call.numbers(0)
    let dimension: Int
    if call.count > 2, !call[2].isEmpty {
      dimension = try call.dimension(2, "DIM must be a positive integer")
    } else if scale == 1 {
      dimension = x.shape.rows == 1 ? 1 : 0
    } else {
      dimension = x.shape.firstNonSingleton
    }
    var result = quantiles(x, p, dimension, method)
    // Several quantiles of a vector lie in the direction of p.
    if result.shape.isVector, p.count > 1 {
      let isRow = call.optional(1).map { $0.isEmpty || $0.shape.isRow } ?? true
      result = result.reshaped(isRow ? Shape(1, result.count) : Shape(result.count, 1))
    }
    return call[0].isSingle ? .converting(result, to: "single") : .make(result)
  }

  static func prctile(_ call: inout Call) throws(RuntimeError) -> Value {
    try quantiles(call, scale: 100, method: 5)
  }
}
