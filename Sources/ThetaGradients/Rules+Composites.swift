import ThetaArrays
import ThetaRuntime

// Functions whose derivative is that of others: each is calculated from functions and operators that have rules.

extension Rules {
  static let composites: [(String, Rule)] = [
    ("find", find), ("meshgrid", grid), ("ndgrid", grid), ("zscore", zscore), ("cov", covariance),
    ("corr", correlation), ("skewness", skewness), ("kurtosis", kurtosis), ("unique", unique),
    ("cond", condition), ("linsolve", linearSystem), ("polyfit", polynomialFit), ("logspace", logSpace),
    ("vander", vandermonde),
  ]

  static let moreComposites: [(String, Rule)] = [
    ("realpow", renamed("power")), ("sec", reciprocal("cos")), ("csc", reciprocal("sin")),
    ("cot", reciprocal("tan")), ("sech", reciprocal("cosh")), ("csch", reciprocal("sinh")),
    ("coth", reciprocal("tanh")), ("beta", betaFunction), ("common_size", commonSize),
  ]

  private static func renamed(_ name: String) -> Rule {
    { a throws(RuntimeError) in try a.algebra.run(name, a.arguments, outputs: 1) }
  }

  private static func reciprocal(_ name: String) -> Rule {
    { a throws(RuntimeError) in [try a.algebra.over(1, try a.algebra.call(name, a.arguments[0]))] }
  }

  /// exp (lgamma (a) + lgamma (b) - lgamma (a + b))
  private static func betaFunction(_ a: Application) throws(RuntimeError) -> [Value] {
    let (x, y, algebra) = (a.arguments[0], a.arguments[1], a.algebra)
    let sum = try algebra.add(try algebra.call("lgamma", x), try algebra.call("lgamma", y))
    return [
      try algebra.call(
        "exp", try algebra.subtract(sum, try algebra.call("lgamma", try algebra.add(x, y))))
    ]
  }

  /// `[err, x, y, …] = common_size (x, y, …)`: the arguments themselves, scalars as large as the others.
  private static func commonSize(_ a: Application) throws(RuntimeError) -> [Value] {
    var results = try a.algebra.run(a.builtin, a.arguments.map(\.plain), outputs: a.outputs)
    for (k, argument) in a.arguments.enumerated() where k + 1 < results.count && argument.tracked != nil {
      let shape = results[k + 1].shape
      results[k + 1] =
        argument.shape == shape
        ? argument : try a.algebra.call("repmat", argument, .row(shape.sizes.map(Double.init)))
    }
    return results
  }

  // MARK: - Elements

  /// The places have no derivative; the third output holds the elements themselves.
  private static func find(_ a: Application) throws(RuntimeError) -> [Value] {
    let plain = a.arguments.map(\.plain)
    var results = try a.algebra.run(a.builtin, plain, outputs: a.outputs)
    guard results.count > 2, let places = try a.algebra.run(a.builtin, plain, outputs: 1).first else {
      return results
    }
    results[2] = try a.algebra.reshape(
      try a.algebra.index(a.arguments[0], places), results[2].shape)
    return results
  }

  private static func unique(_ a: Application) throws(RuntimeError) -> [Value] {
    guard a.count == 1 else { throw a.refusal("this form") }
    var results = try a.algebra.run(a.builtin, [a.arguments[0].plain], outputs: max(2, a.outputs))
    results[0] = try a.algebra.reshape(
      try a.algebra.index(a.arguments[0], results[1]), results[0].shape)
    return results
  }

  /// `[xx, yy] = meshgrid (x, y)` and `ndgrid`, in two dimensions.
  private static func grid(_ a: Application) throws(RuntimeError) -> [Value] {
    let (x, algebra) = (a.arguments[0], a.algebra)
    let y = a.count > 1 ? a.arguments[1] : x
    guard a.count <= 2, a.outputs <= 2, x.shape.isVector, y.shape.isVector else {
      throw a.refusal("this form")
    }
    if a.builtin.name == "ndgrid", a.count == 1, a.outputs == 1 {
      return [try algebra.reshape(x, Shape(x.count, 1))]
    }
    let (across, down) = a.builtin.name == "meshgrid" ? (x, y) : (y, x)
    let rows = try algebra.reshape(across, Shape(1, across.count))
    let columns = try algebra.reshape(down, Shape(down.count, 1))
    let wide = try algebra.call("repmat", rows, .integer(down.count), .number(1))
    let tall = try algebra.call("repmat", columns, .number(1), .integer(across.count))
    return a.builtin.name == "meshgrid" ? [wide, tall] : [tall, wide]
  }

  // MARK: - Statistics

  /// Deviations in units of the standard deviation; those are ones where nothing varies.
  private static func zscore(_ a: Application) throws(RuntimeError) -> [Value] {
    guard a.count == 1 || a.count == 2 && a[1].isEmpty, a.outputs == 1 else { throw a.refusal("this form") }
    let algebra = a.algebra
    let deviation = try algebra.call("std", a.arguments[0])
    let safe = try algebra.add(deviation, try algebra.mask(.equal, deviation, .number(0)))
    return [try algebra.over(try algebra.call("center", a.arguments[0]), safe)]
  }

  private static func covariance(_ a: Application) throws(RuntimeError) -> [Value] {
    guard a.count == 1 else { throw a.refusal("this form") }
    let (x, algebra) = (a.arguments[0], a.algebra)
    if x.shape.isVector { return [try algebra.call("var", x)] }
    let centred = try algebra.call("center", x)
    let product = try algebra.product(centred, true, centred)
    return [try algebra.times(product, 1 / Double(max(1, x.shape.rows - 1)))]
  }

  /// Between the columns of one matrix, or of two.
  private static func correlation(_ a: Application) throws(RuntimeError) -> [Value] {
    let algebra = a.algebra
    func normed(_ x: Value) throws(RuntimeError) -> Value {
      let centred = try algebra.call("center", x)
      return try algebra.over(centred, try algebra.call("sqrt", try algebra.call("sumsq", centred)))
    }
    let x = try normed(a.arguments[0])
    return [try algebra.product(x, true, a.count > 1 ? try normed(a.arguments[1]) : x)]
  }

  private static func skewness(_ a: Application) throws(RuntimeError) -> [Value] {
    [try standardMoment(a, 3)]
  }

  private static func kurtosis(_ a: Application) throws(RuntimeError) -> [Value] {
    [try standardMoment(a, 4)]
  }

  private static func standardMoment(_ a: Application, _ order: Double) throws(RuntimeError) -> Value {
    guard a.count == 1 else { throw a.refusal("this form") }
    let (x, algebra) = (a.arguments[0], a.algebra)
    let moment = try algebra.call("mean", try algebra.power(try algebra.call("center", x), .number(order)))
    return try algebra.over(
      moment, try algebra.power(try algebra.call("std", x, .number(1)), .number(order)))
  }

  // MARK: - Linear algebra

  /// `cond (A) = norm (A) * norm (inv (A))` for square matrices.
  private static func condition(_ a: Application) throws(RuntimeError) -> [Value] {
    guard a.isTracked(0), a[0].shape.isSquare else { throw a.refusal("this form") }
    let kind = a.count > 1 ? [a.arguments[1]] : []
    let own = try a.algebra.run("norm", [a.arguments[0]] + kind, outputs: 1)
    let inverse = try a.algebra.call("inv", a.arguments[0])
    let other = try a.algebra.run("norm", [inverse] + kind, outputs: 1)
    guard let own = own.first, let other = other.first else { throw a.refusal("this form") }
    return [try a.algebra.times(own, other)]
  }

  private static func linearSystem(_ a: Application) throws(RuntimeError) -> [Value] {
    guard a.count == 2, a.outputs == 1 else { throw a.refusal("this form") }
    return [try a.algebra.solve(a.arguments[0], a.arguments[1])]
  }

  /// Least squares with the powers of x as columns.
  private static func polynomialFit(_ a: Application) throws(RuntimeError) -> [Value] {
    guard a.count == 3, a.outputs == 1, let n = Int(exactly: a[2].plain.firstReal ?? -1), n >= 0 else {
      throw a.refusal("this form")
    }
    let (x, y, algebra) = (a.arguments[0], a.arguments[1], a.algebra)
    let powers = try algebra.call("vander", try algebra.reshape(x, Shape(x.count, 1)), .integer(n + 1))
    let solution = try algebra.solve(powers, try algebra.reshape(y, Shape(y.count, 1)))
    return [try algebra.reshape(solution, Shape(1, n + 1))]
  }

  private static func vandermonde(_ a: Application) throws(RuntimeError) -> [Value] {
    let x = try a.algebra.reshape(a.arguments[0], Shape(a[0].count, 1))
    let n = a.count > 1 ? Int(exactly: a[1].plain.firstReal ?? 0) ?? 0 : a[0].count
    return [try a.algebra.power(x, .row((0..<max(0, n)).map { Double(n - 1 - $0) }))]
  }

  private static func logSpace(_ a: Application) throws(RuntimeError) -> [Value] {
    let n = a.count > 2 ? a.arguments[2] : .number(50)
    return [
      try a.algebra.power(.number(10), try a.algebra.call("linspace", a.arguments[0], a.arguments[1], n))
    ]
  }
}
