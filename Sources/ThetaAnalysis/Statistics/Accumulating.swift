import ThetaArrays
import ThetaNumeric
import ThetaRuntime

// Sums and other summaries by group, histogram counts, quantiles.

enum Accumulating {
  static let table: [Builtin] = [
    Builtin(
      "y = accumarray (subs, vals, sz?, func?, fillval?, issparse?)",
      """
      The sum (or func) of the values that have the same subscripts, rows of subs, at their place in an array of sizes sz;
      places without values get fillval. subs may be a cell of columns. Error "accumarray: index out of range".
      """, accumarray),
    Builtin(
      "[n, idx] = histc (x, edges, dim?)",
      """
      How many elements along a dimension lie in each bin edges(k) ≤ x < edges(k+1) (the last: x equal to the last edge),
      and the bin of each element.
      """, multiple: histc),
    Builtin(
      "q = quantile (x, p?, dim?, method?)",
      """
      The quantiles p (default 0, 0.25, 0.5, 0.75, 1) along a dimension by one of nine methods (default 5).
      """, quantile),
    Builtin(
      "q = prctile (x, p?, dim?)", "The percentiles p (default 0, 25, 50, 75, 100) along a dimension.",
      prctile),
    Builtin("y = iqr (x, dim?)", "The difference between the third and the first quartile.", iqr),
    Builtin(
      "[c, lags] = cov (x, y?, opt?)",
      """
      The covariance matrix of the columns of x, or between the columns of x and y; divided by n - 1, or n with opt 1.
      """, multiple: cov),
    Builtin("r = corr (x, y?)", "The correlation between the columns of x and of y.", corr),
    Builtin(
      "r = corrcoef (x, y?)", "The matrix of correlation coefficients of the columns, or of two vectors.",
      corrcoef),
    Builtin(
      "y = ranks (x, dim?)",
      "The rank of each element along a dimension; equal elements share their mean rank.", ranks),
    Builtin("r = spearman (x, y?)", "Spearman's rank correlation between columns.", spearman),
    Builtin(
      "[err, y...] = common_size (x...)",
      "1 and the arguments when their sizes differ, else 0 and scalars expanded.", multiple: commonSize),
  ]

  // MARK: - Groups

  static func accumarray(_ call: inout Call) throws(RuntimeError) -> Value {
    guard call.count >= 2 else { throw call.invalid }
    var subscripts = call[0]
    if case .cell(let cells) = subscripts {
      let columns = cells.map { $0.full.reshapedValue(Shape($0.count, 1)) }
      subscripts = try Concatenation.along(1, Array(columns), function: "horzcat")
    }
    guard subscripts.isNumeric || subscripts.isLogical, let subs = subscripts.realArray else {
      throw call.wrongType(0)
    }
    guard subs.shape.is2D else { throw call.error("dimension mismatch") }
    if subs.count == 0, call.count < 3 { return .make(NDArray<Double>(zeros: Shape(0, 1))) }
    let isVector =
      subs.shape.isVector && !(subs.shape.rows == 1 && subs.shape.columns > 1 && call[1].count == 1)
    let dimensions = isVector ? 1 : subs.shape.columns
    let rows = isVector ? subs.count : subs.shape.rows
    guard call[1].count == rows || call[1].count == 1 else { throw call.error("dimension mismatch") }
    var sizes = [Int](repeating: 0, count: dimensions)
    for k in 0..<subs.count {
      guard subs[k] >= 1, let index = Int(exactly: subs[k]) else {
        throw call.error("indices must be positive integers")
      }
      let d = isVector ? 0 : k / max(1, rows)
      sizes[d] = max(sizes[d], index)
    }
    var shape = Shape(dimensions == 1 ? [sizes[0], 1] : sizes)
    if let wanted = call.optional(2), !wanted.isEmpty {
      let list = try Read.list(wanted).map { Int(exactly: $0) ?? -1 }
      guard list.allSatisfy({ $0 >= 0 }), dimensions == 1 ? list.count == 2 : list.count >= dimensions else {
        throw call.error("dimensions mismatch")
      }
      let given = Shape(list)
      let limits = dimensions == 1 ? [given.count] : (0..<dimensions).map { given[$0] }
      for d in 0..<dimensions where sizes[d] > limits[d] { throw call.error("index out of range") }
      shape = given
    }
    try Call.check(shape)
    var offsets: [Int] = []
    for i in 0..<rows {
      var (offset, step) = (0, 1)
      for d in 0..<dimensions {
        offset += (Int(subs[i + d * rows]) - 1) * step
        step *= shape[d]
      }
      offsets.append(offset)
    }
    guard offsets.allSatisfy({ $0 < shape.count }) else { throw call.error("index out of range") }
    let function = call.optional(3).flatMap { $0.isEmpty && !$0.isFunction ? nil : $0 }
    let fill = call.optional(4).flatMap { $0.isEmpty ? nil : $0 }
    if function == nil, !call[1].isComplex, let values = call[1].realArray {
      let result = NDArray<Double>(zeros: shape)
      var touched = [Bool](repeating: false, count: shape.count)
      for (i, offset) in offsets.enumerated() {
        result[offset] += values[values.count == 1 ? 0 : i]
        touched[offset] = true
      }
      if let f = fill?.firstReal, f != 0 {
        for k in 0..<result.count where !touched[k] { result[k] = f }
      }
      return .converting(result, to: call[1].isSingle ? "single" : "double")
    }
    return try grouped(
      call, offsets, shape, function ?? .function(FunctionValue(named: "sum")), fill ?? .number(0))
  }

  private static func grouped(
    _ call: Call, _ offsets: [Int], _ shape: Shape, _ function: Value, _ fill: Value
  ) throws(RuntimeError) -> Value {
    var groups: [Int: [Int]] = [:]
    for (i, offset) in offsets.enumerated() { groups[offset, default: []].append(call[1].count == 1 ? 0 : i) }
    var results: [Int: Value] = [:]
    for (offset, members) in groups.sorted(by: { $0.key < $1.key }) {
      let group = call[1].gathered(members, Shape(members.count, 1))
      results[offset] = try call.invokeForValue(function, [group])
    }
    if results.values.contains(where: { $0.isCell }) {
      return .cell(
        shape,
        (0..<shape.count).map { k in
          if case .cell(let cells)? = results[k], cells.count > 0 { return cells[0] }
          return .emptyMatrix
        })
    }
    // Extremes without values are what the reduction of nothing would be: the fill value.
    var values: [Value] = []
    for k in 0..<shape.count {
      guard let value = results[k] else {
        values.append(fill)
        continue
      }
      guard value.count == 1 else { throw call.error("FCN must return a scalar") }
      values.append(value)
    }
    if values.isEmpty { return .make(NDArray<Double>(zeros: shape)) }
    return try Concatenation.along(0, values, function: "vertcat").reshapedOrEmpty(shape)
  }

  static func histc(_ call: inout Call) throws(RuntimeError) -> [Value] {
    guard !call[0].isComplex, let x = call[0].realArray else {
      throw call.error("X must be real-valued, not complex")
    }
    guard !call[1].isComplex, !call[1].isCell, let edges = call[1].realArray else {
      throw call.error("EDGES must be real-valued, not complex")
    }
    if edges.count == 0 {
      try call.context.warn("histc: empty EDGES specified")
      return [.emptyMatrix, .emptyMatrix]
    }
    let dimension = try call.dimension(2, for: x.shape, "DIM must be an integer and a valid dimension")
    let (inner, length, outer) = x.shape.split(at: dimension)
    let bins = edges.count
    let counts = NDArray<Double>(zeros: x.shape.replacing(dimension, with: bins))
    let index = NDArray<Double>(zeros: x.shape)
    for o in 0..<outer {
      for k in 0..<length {
        for i in 0..<inner {
          let offset = i + inner * (k + length * o)
          let value = x[offset]
          if value.isNaN || value > edges[bins - 1] { continue }
          let bin = Finding.place(bins) { edges[$0] <= value }
          if bin == 0 { continue }
          index[offset] = Double(bin)
          counts[i + inner * (bin - 1 + bins * o)] += 1
        }
      }
    }
    return [.make(counts), .make(index)]
  }

  // MARK: - Quantiles

  /// A quantile of sorted numbers by one of the nine methods of Hyndman and Fan (1996).
  private static func quantile(_ sorted: [Double], _ p: Double, _ method: Int) -> Double {
    let m = Double(sorted.count)
    if sorted.isEmpty { return .nan }
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
        let sorted = (0..<length).map { x[i + inner * ($0 + length * o)] }.filter { !$0.isNaN }.sorted()
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
    guard call[0].isNumeric || call[0].isLogical else {
      throw call.error("X must be a numeric vector or matrix")
    }
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

  static func iqr(_ call: inout Call) throws(RuntimeError) -> Value {
    guard call[0].isNumeric || call[0].isLogical else {
      throw call.error("X must be a numeric vector or matrix")
    }
    let x = try call.numbers(0)
    let dimension = try call.dimension(1, for: x.shape, "DIM must be a positive integer")
    return try .make(quantiles(x, [0.75], dimension, 5)) - .make(quantiles(x, [0.25], dimension, 5))
  }

  // MARK: - Covariance

  /// Columns minus their means.
  private static func centered(_ value: Value) throws(RuntimeError) -> Value {
    try value - Averages.mean(value, along: 0)
  }

  private static func columns(_ call: Call, _ position: Int, _ message: String) throws(RuntimeError) -> Value
  {
    let value = call[position]
    guard value.isNumeric || value.isLogical, value.shape.is2D else { throw call.error(message) }
    let floating: Value = value.isFloat ? value.full : .make(try call.numbers(position))
    return floating.shape.isRow ? floating.reshapedValue(Shape(floating.count, 1)) : floating
  }

  static func cov(_ call: inout Call) throws(RuntimeError) -> [Value] {
    let message = "X and Y must be numeric matrices or vectors"
    let x = try columns(call, 0, message)
    var y = x
    var option = 0.0
    if call.count == 3 {
      y = try columns(call, 1, message)
      option = try call.real(2)
    } else if call.count == 2 {
      // A lone 0 or 1 is the option.
      if call[1].shape.isScalar, let value = call[1].firstReal, value == 0 || value == 1, x.count > 1 {
        option = value
      } else {
        y = try columns(call, 1, message)
      }
    }
    guard option == 0 || option == 1 else {
      throw call.error("normalization paramter OPT must be 0 or 1")
    }
    guard x.shape.rows == y.shape.rows else {
      throw call.error("X and Y must have the same number of observations")
    }
    let n = Double(x.shape.rows)
    if n == 1 { return [.make(NDArray<Double>(zeros: Shape(x.shape.columns, y.shape.columns)))] }
    let product = try Formula.product(Formula.transpose(centered(x)), Formula.conjugate(centered(y)))
    return [try product / .number(n - 1 + option)]
  }

  /// The correlation of the columns of two matrices.
  private static func correlation(_ x: Value, _ y: Value) throws(RuntimeError) -> Value {
    let n = Double(x.shape.rows)
    let (cx, cy) = (try centered(x), try centered(y))
    let product = try Formula.product(Formula.transpose(cx), cy) / .number(n - 1)
    let sx = try Exponential.sqrtFunction.apply(Averages.variance(x, [0], 0), name: "sqrt")
    let sy = try Exponential.sqrtFunction.apply(Averages.variance(y, [0], 0), name: "sqrt")
    return try product / Formula.product(Formula.transpose(sx), sy)
  }

  static func corr(_ call: inout Call) throws(RuntimeError) -> Value {
    let message = "X and Y must be numeric matrices or vectors"
    let x = try columns(call, 0, message)
    if x.shape.isScalar { return .number(.nan) }
    let y = call.count > 1 ? try columns(call, 1, message) : x
    guard x.shape.rows == y.shape.rows else {
      throw call.error("X and Y must have the same number of observations")
    }
    return try correlation(x, y)
  }

  static func corrcoef(_ call: inout Call) throws(RuntimeError) -> Value {
    guard call[0].isNumeric || call[0].isLogical else { throw call.error("X must be numeric") }
    var x = try columns(call, 0, "X must be numeric")
    if x.shape.isScalar, call.count == 1 { return .number(.nan) }
    if call.count > 1, !call[1].isText {
      let a = x.reshapedValue(Shape(x.count, 1))
      let y = try columns(call, 1, "Y must be numeric")
      guard a.count == y.count else { throw call.error("X and Y must be the same size") }
      x = try Concatenation.along(1, [a, y.reshapedValue(Shape(y.count, 1))], function: "horzcat")
    }
    let centeredX = try centered(x)
    let c = try Formula.product(Formula.transpose(centeredX), centeredX) / .integer(x.shape.rows - 1)
    guard let matrix = c.realArray else { return c }
    let m = matrix.shape.rows
    let result = NDArray<Double>(zeros: matrix.shape)
    for j in 0..<m {
      for i in 0..<m {
        let scale = (matrix[i, i]).squareRoot() * (matrix[j, j]).squareRoot()
        result[i, j] = i == j ? (scale == 0 ? .nan : 1) : matrix[i, j] / scale
      }
    }
    return .make(result)
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
