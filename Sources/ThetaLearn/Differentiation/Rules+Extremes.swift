import ThetaArrays
import ThetaRuntime

// Largest and smallest elements, and what lies between them.

extension Rules {
  static let extremes: [(String, Rule)] = [
    ("max", extreme), ("min", extreme), ("cummax", cumulativeExtreme), ("cummin", cumulativeExtreme),
    ("range", spread), ("median", median),
  ]

  private static func extreme(_ a: Application) throws(RuntimeError) -> [Value] {
    if a.count == 2 || a.count > 2 && !a[1].isEmpty { return [try largerOf(a)] }
    let results = try a.algebra.run(
      a.builtin, a.operands.values.enumerated().map { $0 == 0 ? $1.plain : $1 }, outputs: 2)
    return try picked(a, results, along: try a.dimension(2, of: a[0].shape))
  }

  private static func cumulativeExtreme(_ a: Application) throws(RuntimeError) -> [Value] {
    let results = try a.algebra.run(a.builtin, a.operands.values.map(\.plain), outputs: 2)
    return try picked(a, results, along: try a.dimension(1, of: a[0].shape))
  }

  /// Elements of the first argument, whose places along a dimension are the second of the ordinary results.
  static func picked(
    _ a: Application, _ results: [Value], along dimension: Int
  ) throws(RuntimeError) -> [Value] {
    guard results.count == 2, let places = results[1].realArray else { throw a.refusal("this form") }
    let (algebra, shape) = (a.algebra, a[0].shape)
    if places.count == 0 { return results }
    let (inner, length, _) = shape.split(at: dimension)
    let reached = inner * places.shape[dimension]
    let offsets = (0..<places.count).map { k in
      (k / reached) * inner * length + (Int(exactly: places[k]) ?? 1) * inner - inner + k % inner
    }
    let value = try algebra.gather(a[0], offsets, places.shape)
    let tracked = try a.record(
      value, .into { g, target throws(RuntimeError) in try algebra.scatter(g, offsets, into: &target) })
    return [tracked, results[1]]
  }

  /// `max (a, b)`: the gradient goes to the operand that was taken, which is never a NaN beside a number. Where both
  /// are equal it goes to the first of two tracked ones, and nowhere when one is constant: max (x, 0) has none at 0.
  private static func largerOf(_ a: Application) throws(RuntimeError) -> Value {
    let (x, y, algebra) = (a[0], a[1], a.algebra)
    let value = try a.value()
    let (full, shapeX, shapeY) = (value.shape, x.shape, y.shape)
    let isMaximum = a.builtin.name == "max"
    let bothTracked = a.isTracked(0) && a.isTracked(1)
    let strict: BinaryOperation = isMaximum ? .greater : .less
    let loose: BinaryOperation = isMaximum ? .greaterOrEqual : .lessOrEqual
    let toX = try taken(bothTracked ? loose : strict, x, y, algebra)
    let toY = try taken(strict, y, x, algebra)
    return try a.record(
      value,
      [
        (
          0,
          .elementwise { g throws(RuntimeError) in
            try algebra.reduce(try algebra.times(g, toX), from: full, to: shapeX)
          }
        ),
        (
          1,
          .elementwise { g throws(RuntimeError) in
            try algebra.reduce(try algebra.times(g, toY), from: full, to: shapeY)
          }
        ),
      ])
  }

  /// Where `x` is chosen: it compares so with `y`, or `y` is NaN and it is not.
  private static func taken(
    _ comparison: BinaryOperation, _ x: Value, _ y: Value, _ algebra: Algebra
  ) throws(RuntimeError) -> Value {
    let isBetter = try algebra.mask(comparison, x, y)
    guard y.plain.realArray?.containsNaN == true else { return isBetter }
    let isNumber = try algebra.mask(.equal, x, x)
    return try algebra.add(isBetter, try algebra.times(try algebra.mask(.notEqual, y, y), isNumber))
  }

  private static func spread(_ a: Application) throws(RuntimeError) -> [Value] {
    let rest = a.count > 1 ? [Value.emptyMatrix, a.arguments[1]] : []
    guard let high = try a.algebra.run("max", [a.arguments[0]] + rest, outputs: 1).first,
      let low = try a.algebra.run("min", [a.arguments[0]] + rest, outputs: 1).first
    else { throw a.refusal("this form") }
    return [try a.algebra.subtract(high, low)]
  }

  private static func median(_ a: Application) throws(RuntimeError) -> [Value] {
    let x = a.arguments[0]
    try a.refuseOptions(from: 1)
    let dimension = try a.dimension(1, of: x.shape)
    let n = x.shape[dimension]
    // A NaN makes the median NaN.
    if n == 0 || x.plain.realArray?.containsNaN == true { return [try a.value()] }
    let sorted = try a.algebra.call("sort", x, .integer(dimension + 1))
    var places: [Value] = (0..<max(x.shape.dimensionCount, dimension + 1)).map { _ in .string(":") }
    places[dimension] = .integer((n + 1) / 2)
    let low = try a.algebra.index(sorted, places)
    if n % 2 == 1 { return [low] }
    places[dimension] = .integer(n / 2 + 1)
    return [try a.algebra.times(try a.algebra.add(low, try a.algebra.index(sorted, places)), 0.5)]
  }
}
