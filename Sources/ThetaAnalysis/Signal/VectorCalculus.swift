import ThetaArrays
import ThetaNumeric
import ThetaRuntime

// Differences, integrals by the trapezoidal rule, products of vectors.

enum VectorCalculus {
  static let table: [Builtin] = [
    Builtin("y = diff (x, k?, dim?)", "The k-th differences of neighbours along a dimension.", diff),
    Builtin(
      "q = trapz (x, y?, dim?)",
      "The integral by the trapezoidal rule of y over x (unit steps for one argument).", trapz),
    Builtin("q = cumtrapz (x, y?, dim?)", "The running integral by the trapezoidal rule.", cumtrapz),
    Builtin("z = cross (x, y, dim?)", "The cross product of vectors of three elements.", cross),
    Builtin("z = dot (x, y, dim?)", "The sum of conj (x) .* y along a dimension.", dot),
    Builtin(
      "[dx, dy] = gradient (m, s...)",
      "Central differences of a vector or matrix, with spacings or coordinates s.", multiple: gradient),
    Builtin("d = del2 (m)", "A quarter of the discrete Laplacian of a matrix.", del2),
  ]

  /// Slices `start ..< start + count` along a dimension.
  static func slice(_ value: Value, _ dimension: Int, _ start: Int, _ count: Int) -> Value {
    value.gatheredAlong(dimension, count: count) { $0 + start }
  }

  static func diff(_ call: inout Call) throws(RuntimeError) -> Value {
    guard call[0].isNumeric || call[0].isLogical else { throw call.error("X must be numeric or logical") }
    var order = 1
    if let k = call.optional(1), !k.isEmpty {
      guard k.count == 1, let x = k.firstReal, let n = Int(exactly: x) else {
        throw call.error("order K must be a scalar or []")
      }
      guard n >= 0 else { throw call.error("order K must be non-negative") }
      order = n
    }
    let x: Value = call[0].isLogical ? .make(try call.numbers(0)) : call[0].full
    let fixed =
      call.count > 2
      ? try call.dimension(2, "DIM must be a valid dimension") : nil
    if let fixed, fixed >= x.shape.dimensionCount { throw call.error("DIM must be a valid dimension") }
    if x.shape.isScalar { return order == 0 ? x : .emptyMatrix }
    if let fixed { return try differences(x, order, fixed) }
    var dimension = x.shape.firstNonSingleton
    if order < x.shape[dimension] { return try differences(x, order, dimension) }
    // An order that uses up the first dimension goes on along the next ones, each time from the array itself, as
    // in Octave; what is left after the last dimension is taken along that one.
    var result = x
    while order > 0, dimension < x.shape.dimensionCount {
      let length = x.shape[dimension]
      if length != 1 {
        result = try differences(x, length - 1, dimension)
        order -= length - 1
      }
      dimension += 1
    }
    return order > 0 ? try differences(x, order, dimension - 1) : result
  }

  private static func differences(_ value: Value, _ order: Int, _ dimension: Int) throws(RuntimeError)
    -> Value
  {
    var x = value
    for _ in 0..<max(0, min(order, value.shape[dimension])) {
      let length = x.shape[dimension]
      if length <= 1 { return x.gatheredAlong(dimension, count: 0) { $0 } }
      x = try slice(x, dimension, 1, length - 1) - slice(x, dimension, 0, length - 1)
    }
    return x
  }

  /// The areas between neighbours along a dimension.
  private static func areas(_ call: Call) throws(RuntimeError) -> (areas: Value, dimension: Int, shape: Shape)
  {
    let hasX = call.count > 1 && !(call.count == 2 && isDimension(call))
    let y = hasX ? call[1] : call[0]
    var dimension = y.shape.firstNonSingleton
    if call.count == 3 {
      dimension = try call.dimension(2, "DIM must be a valid dimension")
    }
    if call.count == 2, !hasX { dimension = try call.dimension(1, "DIM must be a valid dimension") }
    let n = y.shape[dimension]
    if n < 1 { return (.make(NDArray<Double>(zeros: y.shape)), dimension, y.shape) }
    let sums = try slice(y, dimension, 1, max(0, n - 1)) + slice(y, dimension, 0, max(0, n - 1))
    guard hasX, !call[0].isEmpty else { return (sums, dimension, y.shape) }
    var x = call[0]
    if x.shape != y.shape {
      guard x.count == n, x.shape.isVector else {
        throw call.error("length of X and length of Y along DIM must match")
      }
      x = x.reshapedValue(Shape([Int](repeating: 1, count: dimension) + [n, 1]))
    }
    let steps = try slice(x, dimension, 1, max(0, n - 1)) - slice(x, dimension, 0, max(0, n - 1))
    return (try steps * sums, dimension, y.shape)
  }

  /// `trapz (y, dim)` is not distinguished from `trapz (x, y)` by the number of arguments: a scalar beside an array
  /// is a dimension.
  private static func isDimension(_ call: Call) -> Bool { call[1].shape.isScalar && !call[0].shape.isScalar }

  static func trapz(_ call: inout Call) throws(RuntimeError) -> Value {
    let (areas, dimension, _) = try areas(call)
    let shaped = areas.shape == .empty ? areas.reshapedValue(Shape(0, 1)) : areas
    return try .number(0.5) * Sums.sum(shaped, along: dimension)
  }

  static func cumtrapz(_ call: inout Call) throws(RuntimeError) -> Value {
    let (areas, dimension, shape) = try areas(call)
    if shape.isEmpty { return areas }
    let zeros = Value.make(NDArray<Double>(zeros: shape.replacing(dimension, with: 1)))
    let all = try Concatenation.along(dimension, [zeros, areas], function: "cat")
    guard let a = all.realArray else { return all }
    return try .number(0.5) * .make(a.cumulativeSum(along: dimension))
  }

  static func cross(_ call: inout Call) throws(RuntimeError) -> Value {
    var (x, y) = (call[0], call[1])
    if x.shape.isVector, y.shape.isVector, x.count == 3, y.count == 3, x.shape != y.shape {
      try call.context.warn("cross: taking cross product of column by row")
      x = x.reshapedValue(Shape(3, 1))
      y = y.reshapedValue(Shape(3, 1))
    }
    guard x.shape == y.shape else { throw call.error("X and Y must have the same dimensions") }
    let dimension: Int
    if call.count > 2 {
      dimension = try call.dimension(2, "DIM must be a positive integer")
      guard x.shape[dimension] == 3 else { throw call.error("dimension DIM must have 3 elements") }
    } else {
      guard let d = (0..<x.shape.dimensionCount).first(where: { x.shape[$0] == 3 }) else {
        throw call.error("must have at least one dimension with 3 elements")
      }
      dimension = d
    }
    let (a, b) = (
      try x.gatheredAlong(dimension, count: 3) { ($0 + 1) % 3 }
        * y.gatheredAlong(dimension, count: 3) { ($0 + 2) % 3 },
      try x.gatheredAlong(dimension, count: 3) { ($0 + 2) % 3 }
        * y.gatheredAlong(dimension, count: 3) { ($0 + 1) % 3 }
    )
    return try a - b
  }

  static func dot(_ call: inout Call) throws(RuntimeError) -> Value {
    var (x, y) = (call[0].full, call[1].full)
    guard x.isNumeric || x.isLogical, y.isNumeric || y.isLogical else {
      throw call.error("X and Y must be numeric")
    }
    if x.shape.isVector, y.shape.isVector, x.count == y.count, call.count < 3, x.shape != y.shape {
      x = x.reshapedValue(Shape(x.count, 1))
      y = y.reshapedValue(Shape(y.count, 1))
    }
    guard x.shape == y.shape else { throw call.error("sizes of X and Y must match") }
    let dimension = try call.dimension(2, for: x.shape, "DIM must be a valid dimension")
    if x.isComplex, let z = x.complexArray { x = .make(z.map { $0.conjugate }) }
    let product = try x * y
    if product.isInteger {
      guard let a = product.realArray else { return product }
      return .converting(a.sum(along: dimension), to: product.className)
    }
    let shaped = product
    if shaped.isLogical { return .make((shaped.realArray ?? .init(zeros: .empty)).sum(along: dimension)) }
    return Sums.sum(shaped, along: dimension)
  }

  /// Central differences along a dimension; one-sided at the ends.
  private static func derivative(
    _ value: Value, _ dimension: Int, _ points: [Double]
  ) throws(RuntimeError) -> Value {
    let n = value.shape[dimension]
    guard n > 1 else { return .make(NDArray<Double>(zeros: value.shape)) }
    let before = value.gatheredAlong(dimension, count: n) { max(0, $0 - 1) }
    let after = value.gatheredAlong(dimension, count: n) { min(n - 1, $0 + 1) }
    let steps = (0..<n).map { points[min(n - 1, $0 + 1)] - points[max(0, $0 - 1)] }
    let shape = Shape([Int](repeating: 1, count: dimension) + [n, 1])
    return try (after - before) / .make(NDArray(shape, steps))
  }

  static func gradient(_ call: inout Call) throws(RuntimeError) -> [Value] {
    let m = call[0]
    guard m.isNumeric || m.isLogical else { throw call.error("first input must be an array or a function") }
    func points(_ position: Int, _ n: Int) throws(RuntimeError) -> [Double] {
      guard let s = call.optional(position) ?? (call.count == 2 ? call[1] : nil) else {
        return (0..<n).map(Double.init)
      }
      let list = try Read.list(s)
      if list.count == 1 { return (0..<n).map { Double($0) * list[0] } }
      guard list.count == n else { throw call.error("dimensions and spacing do not match") }
      return list
    }
    if m.shape.isVector {
      let d = m.shape.firstNonSingleton
      return [try derivative(m, d, points(1, m.count))]
    }
    return [
      try derivative(m, 1, points(1, m.shape.columns)), try derivative(m, 0, points(2, m.shape.rows)),
    ]
  }

  static func del2(_ call: inout Call) throws(RuntimeError) -> Value {
    let m = try call.numbers(0)
    guard m.shape.is2D else { throw call.error("only matrices are supported") }
    let result = NDArray<Double>(zeros: m.shape)
    // Second differences, extrapolated linearly to the ends.
    for d in 0..<2 where m.shape[d] >= 3 {
      let n = m.shape[d]
      let other = m.shape[1 - d]
      for k in 0..<other {
        func at(_ i: Int) -> Double { d == 0 ? m[i, k] : m[k, i] }
        var second = (0..<n).map { i in i > 0 && i < n - 1 ? at(i + 1) - 2 * at(i) + at(i - 1) : 0 }
        second[0] = n > 3 ? 2 * second[1] - second[2] : second[1]
        second[n - 1] = n > 3 ? 2 * second[n - 2] - second[n - 3] : second[n - 2]
        for i in 0..<n {
          if d == 0 { result[i, k] += second[i] / 4 } else { result[k, i] += second[i] / 4 }
        }
      }
    }
    return .make(result)
  }
}
