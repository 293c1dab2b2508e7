import ThetaArrays
import ThetaNumeric
import ThetaRuntime

// Covariance, correlation and ranks.

enum Correlation {
  static let table: [Builtin] = [
    Builtin(
      "c = cov (x, y?, opt?)",
      """
      The covariance matrix of the columns of x, or between the columns of x and y; divided by n - 1, or n with opt 1.

      >> cov ([1 2 3], [1 2 4])
      ans = 1.5000
      """, cov),
    Builtin(
      "r = corr (x, y?)",
      """
      The correlation between the columns of x and of y.

      >> corr ([1; 2; 3], [2; 4; 6])
      ans = 1
      """, corr),
    Builtin(
      "y = ranks (x, dim?)",
      """
      The rank of each element along a dimension; equal elements share their mean rank.

      >> ranks ([30 10 20])
      ans =

         3   1   2

      """, ranks),
    Builtin(
      "r = spearman (x, y?)",
      """
      Spearman's rank correlation between columns.

      >> spearman ([1; 2; 3], [1; 4; 9])
      ans = 1
      """, spearman),
    Builtin(
      "[err, y...] = common_size (x...)",
      """
      1 and the arguments when their sizes differ, else 0 and scalars expanded.

      >> [err, a, b] = common_size ([1 2], 3);  b
      b =

         3   3

      """, multiple: commonSize),
  ]

  /// Columns minus their means.
  private static func centered(_ value: Value) throws(RuntimeError) -> Value {
    try value - Averages.mean(value, along: 0)
  }

  private static func columns(_ call: Call, _ position: Int, _ message: String) throws(RuntimeError) -> Value
  {
    let value = call[position]
    guard value.isNumeric || value.isLogical else { throw call.error(message) }
    guard value.shape.is2D else { throw call.error("X and Y must be 2-D matrices or vectors") }
    let floating: Value = value.isFloat ? value.full : .make(try call.numbers(position))
    return floating.shape.isRow ? floating.reshapedValue(Shape(floating.count, 1)) : floating
  }

  static func cov(_ call: inout Call) throws(RuntimeError) -> Value {
    let message = "X and Y must be numeric matrices or vectors"
    let x = try columns(call, 0, message)
    var y = x
    var option = 0.0
    if call.count == 3 {
      y = try columns(call, 1, message)
      option = try call.real(2)
    } else if call.count == 2 {
      // A lone number is the option.
      if call[1].shape.isScalar, let value = call[1].firstReal, x.count > 1 {
        option = value
      } else {
        y = try columns(call, 1, message)
      }
    }
    guard option == 0 || option == 1 else { throw call.error("normalization OPT must be 0 or 1") }
    guard x.shape.rows == y.shape.rows else {
      throw call.error("X and Y must have the same number of observations")
    }
    let n = Double(x.shape.rows)
    if n == 1 { return .make(NDArray<Double>(zeros: Shape(x.shape.columns, y.shape.columns))) }
    let left = try centered(x)
    let right = call.count > 1 && y.shape != .scalar ? try centered(y) : left
    return try Operators.product(left, hermitian: true, right, hermitian: false) / .number(n - 1 + option)
  }

  /// The correlation of the columns of two matrices.
  private static func correlation(_ x: Value, _ y: Value) throws(RuntimeError) -> Value {
    let n = Double(x.shape.rows)
    let (cx, cy) = (try centered(x), try centered(y))
    let product = try Operators.product(cx, hermitian: true, cy, hermitian: false) / .number(n - 1)
    let sx = try Exponential.sqrtFunction.apply(Spread.variance(x, [0], 0), name: "sqrt")
    let sy = try Exponential.sqrtFunction.apply(Spread.variance(y, [0], 0), name: "sqrt")
    return try product / Formula.product(Formula.transpose(sx), sy)
  }

  static func corr(_ call: inout Call) throws(RuntimeError) -> Value {
    let message = "X and Y must be numeric matrices or vectors"
    let x = try columns(call, 0, message)
    if x.shape.isScalar, call.count < 2 || call[1].shape.isScalar { return .number(1) }
    let y = call.count > 1 ? try columns(call, 1, message) : x
    guard x.shape.rows == y.shape.rows else {
      throw RuntimeError("cov: X and Y must have the same number of observations")
    }
    return try correlation(x, y)
  }

  static func ranks(_ call: inout Call) throws(RuntimeError) -> Value {
    let x = try call.numbers(0)
    let dimension = try call.dimension(1, for: x.shape)
    return .make(ranks(x, dimension))
  }

  private static func ranks(_ x: NDArray<Double>, _ dimension: Int) -> NDArray<Double> {
    let (values, places) = x.sortedWithPlaces(along: dimension)
    let (inner, length, outer) = x.shape.split(at: dimension)
    let result = NDArray<Double>(zeros: x.shape)
    for o in 0..<outer {
      for i in 0..<inner {
        var k = 0
        func offset(_ k: Int) -> Int { i + inner * (k + length * o) }
        while k < length {
          var end = k + 1
          while end < length, values[offset(end)] == values[offset(k)] { end += 1 }
          for m in k..<end { result[offset(places[offset(m)])] = Double(k + 1 + end) / 2 }
          k = end
        }
      }
    }
    return result
  }

  static func spearman(_ call: inout Call) throws(RuntimeError) -> Value {
    let x = Value.make(
      ranks(
        try columns(call, 0, "X and Y must be numeric matrices or vectors").realArray ?? .init(zeros: .empty),
        0))
    let y =
      call.count > 1
      ? Value.make(
        ranks(
          try columns(call, 1, "X and Y must be numeric matrices or vectors").realArray
            ?? .init(zeros: .empty), 0)) : x
    return try correlation(x, y)
  }

  static func commonSize(_ call: inout Call) throws(RuntimeError) -> [Value] {
    guard call.count > 0 else { throw call.invalid }
    let shape = call.arguments.first { !$0.shape.isScalar }?.shape ?? .scalar
    let fits = call.arguments.allSatisfy { $0.shape.isScalar || $0.shape == shape }
    if !fits { return [.number(1)] + call.list }
    let zeros = [Int](repeating: 0, count: shape.count)
    return [.number(0)] + call.list.map { $0.shape == shape ? $0 : $0.gathered(zeros, shape) }
  }
}
