import ThetaArrays
import ThetaNumeric
import ThetaRuntime

// Differences, integrals by the trapezoidal rule, products of vectors.

enum VectorCalculus {
  static let table: [Builtin] = [
    Builtin(
      "y = diff (x, k?, dim?)",
      """
      The k-th differences of neighbours along a dimension.

      >> diff ([1 4 9 16])
      ans =

         3   5   7

      """, diff),
    Builtin(
      "q = trapz (x, y?, dim?)",
      """
      The integral by the trapezoidal rule of y over x (unit steps for one argument).

      >> trapz ([0 1 3], [1 2 4])
      ans = 7.5000
      """, trapz),
    Builtin(
      "q = cumtrapz (x, y?, dim?)",
      """
      The running integral by the trapezoidal rule.

      >> cumtrapz ([1 2 3])
      ans =

              0   1.5000   4.0000

      """, cumtrapz),
    Builtin(
      "z = cross (x, y, dim?)",
      """
      The cross product of vectors of three elements.

      >> cross ([1 0 0], [0 1 0])
      ans =

         0   0   1

      """, cross),
    Builtin(
      "z = dot (x, y, dim?)",
      """
      The sum of conj (x) .* y along a dimension.

      >> dot ([1 2 3], [4 5 6])
      ans = 32
      """, dot),
    Builtin(
      "[dx, dy, ...] = gradient (m, s...)\n[dx, dy, ...] = gradient (f, x, s...)",
      """
      Central differences of an array along its rows, columns and further dimensions, with spacings or coordinates s (one
      for all, or one a dimension); or the slopes of a function f at the points x.

      >> gradient ([1 4 9 16])
      ans =

         3   4   6   7

      """, multiple: gradient),
    Builtin(
      "d = del2 (m, h...)",
      """
      The discrete Laplacian of an array divided by twice its number of dimensions, with spacings or coordinates h (one for
      all, or one a dimension).

      >> del2 ([1 4 9 16])
      ans =

         0.5000   0.5000   0.5000   0.5000

      """, del2),
  ]

  /// Slices `start ..< start + count` along a dimension.
  static func slice(_ value: Value, _ dimension: Int, _ start: Int, _ count: Int) -> Value {
    value.gatheredAlong(dimension, count: count) { $0 + start }
  }

  static func diff(_ call: inout Call) throws(RuntimeError) -> Value {
    guard call[0].isNumeric || call[0].isLogical else { throw call.error("X must be numeric or logical") }
    var order = 1
    if let k = call.optional(1), !k.isEmpty {
      guard k.count == 1, k.firstReal != nil else { throw call.error("order K must be a scalar or []") }
      let n = try call.integer(1, type: "int64_t")
      guard n >= 0 else { throw call.error("order K must be non-negative") }
      order = n
    }
    let x: Value = call[0].isLogical ? .make(try call.numbers(0)) : call[0].full
    let fixed =
      call.count > 2
      ? try call.wholeDimension(2, "DIM must be a valid dimension") : nil
    if let fixed, fixed >= x.shape.dimensionCount { throw call.error("DIM must be a valid dimension") }
    if x.shape.isScalar {
      if order == 0 { return x }
      return x.isSingle ? .single(NDArray(zeros: .empty)) : .emptyMatrix
    }
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
      x = try pairs(x, dimension, .difference)
    }
    return x
  }

  private enum PairOperation { case sum, difference }

  /// The sums or differences of neighbours along a dimension.
  private static func pairs(
    _ x: Value, _ dimension: Int, _ operation: PairOperation
  ) throws(RuntimeError) -> Value {
    switch (x, operation) {
    case (.real(let a), .sum): return .make(a.neighbours(along: dimension) { $0 + $1 })
    case (.real(let a), .difference): return .make(a.neighbours(along: dimension) { $1 - $0 })
    case (.single(let a), .sum): return .make(a.neighbours(along: dimension) { $0 + $1 })
    case (.single(let a), .difference): return .make(a.neighbours(along: dimension) { $1 - $0 })
    default: break
    }
    let count = max(0, x.shape[dimension] - 1)
    let (first, second) = (slice(x, dimension, 0, count), slice(x, dimension, 1, count))
    return operation == .sum ? try second + first : try second - first
  }

  /// The areas between neighbours along a dimension.
  private static func areas(_ call: Call) throws(RuntimeError) -> (areas: Value, dimension: Int, shape: Shape)
  {
    let hasX = call.count > 1 && !(call.count == 2 && isDimension(call))
    let y = hasX ? call[1] : call[0]
    var dimension = y.shape.firstNonSingleton
    if call.count == 3 || call.count == 2 && !hasX {
      let error = RuntimeError("trapz: DIM must be an integer and a valid dimension")
      guard let x = call[call.count - 1].firstReal, let d = Int(exactly: x), d >= 1,
        d <= y.shape.dimensionCount
      else {
        throw error
      }
      dimension = d - 1
    }
    if hasX, call[0].isEmpty, !y.isEmpty { throw call.error("X and Y must have same shape") }
    let n = y.shape[dimension]
    if n < 1 { return (.make(NDArray<Double>(zeros: y.shape)), dimension, y.shape) }
    let sums = try pairs(y.full, dimension, .sum)
    guard hasX, !call[0].isEmpty else { return (sums, dimension, y.shape) }
    var x = call[0]
    if x.shape.isScalar { return (try x * sums, dimension, y.shape) }
    if x.shape != y.shape {
      guard x.count == n, x.shape.isVector else {
        throw call.error("length of X and length of Y along DIM must match")
      }
      x = x.reshapedValue(Shape([Int](repeating: 1, count: dimension) + [n, 1]))
    }
    let steps = try pairs(x.full, dimension, .difference)
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
    switch all {
    case .complex(let z): return try .number(0.5) * .make(z.cumulativeSum(along: dimension))
    case .singleComplex(let z): return try .number(0.5) * .make(z.cumulativeSum(along: dimension))
    case .single(let a): return try .number(0.5) * .make(a.cumulativeSum(along: dimension))
    default:
      guard let a = all.realArray else { throw call.wrongType(0) }
      return try .number(0.5) * .make(a.cumulativeSum(along: dimension))
    }
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
    guard x.isNumeric, y.isNumeric else { throw call.error("X and Y must be numeric") }
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
    switch m {
    case .function, .text: return try functionGradient(call)
    default: break
    }
    guard m.isNumeric || m.isLogical else { throw call.error("first input must be an array or a function") }
    // The second dimension comes first: output 1 is the slope along a row.
    var dimensions = [1, 0] + (2..<max(2, m.shape.dimensionCount))
    if m.shape.isColumn { dimensions = [0, 1] }
    guard call.count <= 2 || call.count == dimensions.count + 1 else { throw call.invalid }
    guard call.outputs <= dimensions.count else { throw call.invalid }
    var results: [Value] = []
    for (k, dimension) in dimensions.prefix(max(1, call.outputs)).enumerated() {
      let points = try coordinates(call, call.count == 2 ? 1 : k + 1, m.shape[dimension])
      results.append(try derivative(m, dimension, points))
    }
    return results
  }

  /// The slopes of a function at points, by central differences over steps of 1 (or what is given). A matrix of points for a
  /// function of several variables has one a row.
  private static func functionGradient(_ call: Call) throws(RuntimeError) -> [Value] {
    guard call.count >= 2 else { throw call.invalid }
    let points = call[1].full
    let (rows, variables) = points.shape.isVector ? (0, 1) : (points.shape.rows, points.shape.columns)
    let columns: [Value] =
      variables == 1
      ? [points] : (0..<variables).map { points.gathered(Array($0 * rows..<($0 + 1) * rows), Shape(rows, 1)) }
    var results: [Value] = []
    for k in 0..<min(variables, max(1, call.outputs)) {
      let step = try Value.number(call.real(call.count == 3 ? 2 : k + 2, default: 1))
      var (before, after) = (columns, columns)
      before[k] = try columns[k] - step
      after[k] = try columns[k] + step
      let rise = try call.invokeForValue(call[0], after) - call.invokeForValue(call[0], before)
      results.append(try rise / (step + step))
    }
    return results
  }

  /// The second differences along each dimension that has three elements, continued linearly to the ends.
  static func del2(_ call: inout Call) throws(RuntimeError) -> Value {
    let m = call[0].full
    guard m.isNumeric || m.isLogical else { throw call.wrongType(0) }
    let count = m.shape.dimensionCount
    guard call.count <= 2 || call.count == count + 1 else { throw call.invalid }
    var total = Value.make(NDArray<Double>(zeros: m.shape))
    for dimension in 0..<count where m.shape[dimension] >= 3 {
      // Spacings come in the order of x, y, z, which is columns first.
      let place = dimension < 2 ? 1 - dimension : dimension
      let points = try coordinates(call, call.count == 2 ? 1 : 1 + place, m.shape[dimension])
      total = try total + secondDifferences(m, dimension, points)
    }
    return try total / .number(Double(2 * count))
  }

  private static func secondDifferences(
    _ m: Value, _ dimension: Int, _ points: [Double]
  ) throws(RuntimeError) -> Value {
    let n = m.shape[dimension]
    func along(_ numbers: [Double]) -> Value {
      .make(NDArray(Shape([Int](repeating: 1, count: dimension) + [numbers.count, 1]), numbers))
    }
    let steps = (1..<n).map { points[$0] - points[$0 - 1] }
    let slopes = try pairs(m, dimension, .difference) / along(steps)
    let spans = (1..<n - 1).map { (steps[$0 - 1] + steps[$0]) / 2 }
    let inner = try pairs(slopes, dimension, .difference) / along(spans)
    // Positions of the inner values from which each end follows, and how far beyond them it lies.
    func end(_ last: Int, _ before: Int, _ reach: Double, _ span: Double) throws(RuntimeError) -> Value {
      let value = slice(inner, dimension, last, 1)
      return n == 3 ? value : try value + (value - slice(inner, dimension, before, 1)) * .number(reach / span)
    }
    let first = try end(0, 1, steps[0], steps[1])
    let last = try end(n - 3, n - 4, steps[n - 2], steps[n - 3])
    return try Concatenation.along(dimension, [first, inner, last], function: "cat")
  }

  /// The coordinates along a dimension of n elements: as given, by a spacing, or 0 … n - 1.
  private static func coordinates(_ call: Call, _ position: Int, _ n: Int) throws(RuntimeError) -> [Double] {
    guard let given = call.optional(position) else { return (0..<n).map(Double.init) }
    let list = try Read.list(given)
    if list.count == 1 { return (0..<n).map { Double($0) * list[0] } }
    guard list.count == n else { throw call.error("dimensions and spacing do not match") }
    return list
  }
}
