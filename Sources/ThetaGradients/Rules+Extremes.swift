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
  /// are equal each gets half of it, the mean of what it gets on either side: so the gradient of
  /// `log1p (exp (-abs (z))) + max (z, 0)` is right at zero too.
  private static func largerOf(_ a: Application) throws(RuntimeError) -> Value {
    let (x, y, algebra) = (a[0], a[1], a.algebra)
    let value = try a.value()
    let (full, shapeX, shapeY) = (value.shape, x.shape, y.shape)
    let better: BinaryOperation = a.builtin.name == "max" ? .greater : .less
    let toX = try share(x, y, better, algebra)
    let toY = try share(y, x, better, algebra)
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

  /// 1 where `x` is taken rather than `y`, one half where both are equal, 0 elsewhere.
  private static func share(
    _ x: Value, _ y: Value, _ better: BinaryOperation, _ algebra: Algebra
  ) throws(RuntimeError) -> Value {
    let halves = try algebra.times(try algebra.mask(.equal, x, y), 0.5)
    let share = try algebra.add(try algebra.mask(better, x, y), halves)
    guard y.plain.realArray?.containsNaN == true else { return share }
    let isNumber = try algebra.mask(.equal, x, x)
    return try algebra.add(share, try algebra.times(try algebra.mask(.notEqual, y, y), isNumber))
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
