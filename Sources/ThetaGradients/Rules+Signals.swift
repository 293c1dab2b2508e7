import ThetaArrays
import ThetaRuntime

// Convolutions and filters.

extension Rules {
  static let signals: [(String, Rule)] = [
    ("conv", convolution), ("conv2", convolution2), ("filter", filter),
  ]

  private static func convolution(_ a: Application) throws(RuntimeError) -> [Value] {
    let algebra = a.algebra
    func column(_ v: Value) throws(RuntimeError) -> Value { try algebra.reshape(v, Shape(v.count, 1)) }
    return try convolved(a, try column(a[0]), try column(a[1]))
  }

  private static func convolution2(_ a: Application) throws(RuntimeError) -> [Value] {
    try convolved(a, a[0], a[1])
  }

  /// The gradient of one factor is the convolution of the result's gradient with the other one turned round, where
  /// they overlap completely. What "same" and "valid" leave out of the full result has a gradient of zero.
  private static func convolved(_ a: Application, _ x: Value, _ y: Value) throws(RuntimeError) -> [Value] {
    guard a.count == 2 || a.count == 3 && a[2].stringValue != nil else { throw a.refusal("this form") }
    let form = a.count > 2 ? a[2].stringValue ?? "" : "full"
    let (value, algebra) = (try a.value(), a.algebra)
    let full = Shape(
      max(0, x.shape.rows + y.shape.rows - 1), max(0, x.shape.columns + y.shape.columns - 1))
    /// Where the result begins in the full one.
    func start(_ kernel: Int) -> Int { form == "full" ? 0 : form == "same" ? kernel / 2 : kernel - 1 }
    let (top, left) = (start(y.shape.rows), start(y.shape.columns))
    // The result of `conv` may be a row, which is a column here.
    let isVector = a.builtin.name == "conv"
    let shape = isVector ? Shape(value.count, 1) : value.shape
    let places = (0..<shape.count).map { k in
      (left + k / shape.rows) * full.rows + top + k % shape.rows
    }
    func pull(_ own: Value, _ other: Value, _ target: Shape) -> Link.Pull {
      .whole { g throws(RuntimeError) in
        var whole = try algebra.reshape(g, shape)
        if form != "full" { whole = try algebra.scatter(whole, places, full) }
        let turned = try algebra.call("rot90", other, .number(2))
        return try algebra.reshape(try algebra.call("conv2", whole, turned, .string("valid")), target)
      }
    }
    return [try a.record(value, [(0, pull(x, y, a[0].shape)), (1, pull(y, x, a[1].shape))])]
  }

  /// `filter (b, a, x, [], dim)` is linear in x; its transpose filters from the end.
  private static func filter(_ a: Application) throws(RuntimeError) -> [Value] {
    if a.isTracked(0) || a.isTracked(1) { return [try withoutFeedback(a)] }
    guard a.outputs == 1, a.count == 3 || a.count == 5 && a[3].isEmpty else {
      throw a.refusal("a filter with initial or final conditions")
    }
    let algebra = a.algebra
    let dimension = Value.integer(try a.dimension(4, of: a[2].shape) + 1)
    let (numerator, denominator) = (a[0], a[1])
    return [
      try a.record(
        try a.value(),
        [
          (
            2,
            .whole { g throws(RuntimeError) in
              let back = try algebra.call(
                "filter", numerator, denominator, try algebra.call("flip", g, dimension), .emptyMatrix,
                dimension)
              return try algebra.call("flip", back, dimension)
            }
          )
        ])
    ]
  }

  /// A filter without feedback, whose own factors depend on the parameters: the first elements of a convolution.
  private static func withoutFeedback(_ a: Application) throws(RuntimeError) -> Value {
    guard a.count == 3, a.outputs == 1, a[1].shape.isScalar, a[0].shape.isVector, a[2].shape.isVector else {
      throw a.refusal("a filter with feedback that depends on the parameters")
    }
    let (x, algebra) = (a.arguments[2], a.algebra)
    let factors = try algebra.over(a.arguments[0], a.arguments[1])
    let whole = try algebra.call(
      "conv", try algebra.reshape(x, Shape(x.count, 1)),
      try algebra.reshape(factors, Shape(factors.count, 1)))
    let first = try algebra.index(whole, .make(NDArray(column: (0..<x.count).map { Double($0 + 1) })))
    return try algebra.reshape(first, x.shape)
  }
}
