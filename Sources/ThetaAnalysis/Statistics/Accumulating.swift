import ThetaArrays
import ThetaNumeric
import ThetaRuntime

// Sums and other summaries by group, and counts of histograms.

enum Accumulating {
  static let table: [Builtin] = [
    Builtin(
      "y = accumarray (subs, vals, sz?, func?, fillval?, issparse?)",
      """
      The sum (or func) of the values that have the same subscripts, rows of subs, at their place in an array of sizes sz;
      places without values get fillval. subs may be a cell of columns. Error "accumarray: index out of range".

      >> accumarray ([1; 2; 1], [10; 20; 30])
      ans =

         40
         20

      """, accumarray),
    Builtin(
      "[n, idx] = histc (x, edges, dim?)",
      """
      How many elements along a dimension lie in each bin edges(k) ≤ x < edges(k+1) (the last: x equal to the last edge),
      and the bin of each element.

      >> histc ([1 2 2 3], 1:3)
      ans =

         1   2   1

      """, multiple: histc),
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
    for d in 0..<dimensions {
      for k in d * rows..<(d + 1) * rows {
        guard subs[k] >= 1, let index = Int(exactly: subs[k]) else {
          throw call.error("indices must be positive integers")
        }
        if index > sizes[d] { sizes[d] = index }
      }
    }
    var shape = Shape(dimensions == 1 ? [sizes[0], 1] : sizes)
    if let wanted = call.optional(2), !wanted.isEmpty {
      let list = try Read.list(wanted).map { Int(exactly: $0) ?? -1 }
      guard list.allSatisfy({ $0 >= 0 }), dimensions == 1 ? list.count == 2 : list.count >= dimensions else {
        throw call.error("dimensions mismatch")
      }
      shape = Shape(list)
      try Call.check(shape)
      let limits = dimensions == 1 ? [shape.count] : (0..<dimensions).map { shape[$0] }
      for d in 0..<dimensions where sizes[d] > limits[d] { throw call.error("index out of range") }
    }
    try Call.check(shape)
    var offsets = [Int](repeating: 0, count: rows)
    var step = 1
    for d in 0..<dimensions {
      for i in 0..<rows { offsets[i] += (Int(subs[i + d * rows]) - 1) * step }
      step *= shape[d]
    }
    guard offsets.allSatisfy({ $0 < shape.count }) else { throw call.error("index out of range") }
    let function = call.optional(3).flatMap { $0.isEmpty && !$0.isFunction ? nil : $0 }
    let fill = call.optional(4).flatMap { $0.isEmpty ? nil : $0 }
    if function == nil, !call[1].isComplex, let values = call[1].realArray {
      let result = NDArray<Double>(zeros: shape)
      let single = values.count == 1
      for (i, offset) in offsets.enumerated() { result[offset] += values[single ? 0 : i] }
      if let f = fill?.firstReal, f != 0 {
        var touched = [Bool](repeating: false, count: shape.count)
        for offset in offsets { touched[offset] = true }
        for k in 0..<result.count where !touched[k] { result[k] = f }
      }
      return .converting(result, to: call[1].isSingle ? "single" : "double")
    }
    return try grouped(
      call, offsets, shape, function ?? .function(FunctionValue(named: "sum")),
      emptyExtreme(call, function, fill) ?? fill ?? .number(0))
  }

  /// What Octave leaves at places without values for `@max` and `@min`: NaN, unless the fill value 0 is no better than any
  /// of the values. Nil for other functions and classes.
  private static func emptyExtreme(_ call: Call, _ function: Value?, _ fill: Value?) -> Value? {
    guard case .function(let handle)? = function, case .named(let name) = handle.kind,
      name == "max" || name == "min", call[1].isFloat, let values = call[1].realArray
    else { return nil }
    let isNeutral = values.allElements { name == "max" ? $0 >= 0 : $0 <= 0 }
    return isNeutral && fill?.firstReal ?? 0 == 0 ? nil : .number(.nan)
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
    return try histogram(x, NDArray(row: edges.sorted()), dimension)
  }

  private static func histogram(
    _ x: NDArray<Double>, _ edges: NDArray<Double>, _ dimension: Int
  ) throws(RuntimeError) -> [Value] {
    let (inner, length, outer) = x.shape.split(at: dimension)
    let bins = edges.count
    try Call.check(x.shape.replacing(dimension, with: bins))
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
}
