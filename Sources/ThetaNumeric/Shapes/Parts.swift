import ThetaArrays
import ThetaRuntime

// Parts of matrices: triangles, diagonals, padding, and the translation between subscripts and indices.

enum Parts {
  static let table: [Builtin] = [
    Builtin(
      "y = tril (x, k?, pack?)",
      """
      The lower triangle: elements above diagonal k become zero. "pack" gives the rest as a column.

      >> tril ([1 2; 3 4])
      ans =

         1   0
         3   4

      """, tril),
    Builtin(
      "y = triu (x, k?, pack?)",
      """
      The upper triangle: elements below diagonal k become zero.

      >> triu ([1 2; 3 4])
      ans =

         1   2
         0   4

      """, triu),
    Builtin(
      "y = diag (x, k?, n?)",
      """
      From a vector a matrix with it on diagonal k (a diagonal matrix when k is 0); from a matrix its diagonal k as a column;
      diag (v, m, n) is m×n.

      >> diag ([1 2; 3 4])
      ans =

         1
         4

      """, diag),
    Builtin(
      "y = blkdiag (x...)",
      """
      The matrices along the diagonal of a matrix of zeros.

      >> blkdiag ([1 2], 3)
      ans =

         1   2   0
         0   0   3

      """, blkdiag),
    Builtin(
      "y = resize (x, m, n...)",
      """
      x cut or filled with zeros to the given sizes.

      >> resize ([1 2; 3 4], 1, 3)
      ans =

         1   2   0

      """, resize),
    Builtin(
      "y = postpad (x, l, c?, dim?)",
      """
      x cut or filled with c at the end of a dimension to length l.

      >> postpad ([1 2], 4)
      ans =

         1   2   0   0

      """, postpad
    ),
    Builtin(
      "y = prepad (x, l, c?, dim?)",
      """
      x cut or filled with c at the start of a dimension to length l.

      >> prepad ([1 2], 4)
      ans =

         0   0   1   2

      """, prepad
    ),
    Builtin(
      "index = sub2ind (dims, i, j...)",
      """
      The linear indices of subscripts into an array of sizes dims.
      Error "sub2ind: index out of range".

      >> sub2ind ([3 4], 2, 3)
      ans = 8
      """, sub2ind),
    Builtin(
      "[i, j, ...] = ind2sub (dims, index)",
      """
      The subscripts of linear indices; the last output has the product of the rest.

      >> [r, c] = ind2sub ([3 4], 8)
      r = 2
      c = 3
      """, multiple: ind2sub),
    Builtin(
      "y = full (x)",
      """
      x as a full matrix: ranges and diagonal matrices become ordinary ones.

      >> full (eye (2))
      ans =

         1   0
         0   1

      """, full),
    Builtin(
      "t = issparse (x)",
      """
      True for sparse matrices: always false.

      >> issparse (eye (2))
      ans = 0
      """, issparse),
  ]

  private static func diagonalArgument(_ call: Call) throws(RuntimeError) -> (k: Int, pack: Bool) {
    var k = 0
    var pack = false
    for position in 1..<max(1, call.count) {
      if let text = call.text(position) {
        guard text == "pack" else { throw call.error("second argument must be \"pack\"") }
        pack = true
      } else {
        k = try call.integer(position, type: "int64_t")
      }
    }
    return (k, pack)
  }

  private static func triangle(_ call: Call, keeps: (Int, Int, Int) -> Bool) throws(RuntimeError) -> Value {
    let (k, pack) = try diagonalArgument(call)
    let shape = call[0].shape
    guard shape.is2D else { throw call.error("need a 2-D matrix") }
    var offsets: [Int] = []
    offsets.reserveCapacity(shape.count)
    for j in 0..<shape.columns {
      for i in 0..<shape.rows {
        if keeps(i, j, k) { offsets.append(i + j * shape.rows) } else if !pack { offsets.append(-1) }
      }
    }
    return call[0].gathered(offsets, pack ? Shape(offsets.count, 1) : shape)
  }

  static func tril(_ call: inout Call) throws(RuntimeError) -> Value {
    try triangle(call) { i, j, k in j - i <= k }
  }
  static func triu(_ call: inout Call) throws(RuntimeError) -> Value {
    try triangle(call) { i, j, k in j - i >= k }
  }

  static func diag(_ call: inout Call) throws(RuntimeError) -> Value {
    let value = call[0]
    let shape = value.shape
    if call.count == 3 {
      guard shape.isVector else { throw call.error("V must be a vector") }
      let m = try Read.integer(call[1])
      let n = try Read.integer(call[2])
      guard m >= 0, n >= 0 else { throw call.error("invalid dimensions M, N") }
      let length = min(m, n)
      return try diagonal(value, length, Shape(m, n), call)
    }
    var k = 0
    if call.count > 1 {
      guard !call[1].isText, call[1].count == 1, let x = call[1].firstReal,
        let n = Int(exactly: x.rounded(.towardZero))
      else { throw call.error("invalid argument K") }
      k = n
    }
    guard shape.is2D else { throw RuntimeError("Matrix must be 2-dimensional") }
    if shape.isVector && !(shape.isScalar && k == 0) && shape.count > 0
      || (shape.isVector && shape.count == 0)
    {
      if shape.count == 0 {
        let size = Int(clamping: k.magnitude)
        try Call.check(Shape(size, size))
        return value.gathered([Int](repeating: -1, count: size * size), Shape(size, size))
      }
      if k == 0 { return try diagonal(value, shape.count, Shape(shape.count, shape.count), call) }
      let (extra, overflow) = shape.count.addingReportingOverflow(k.magnitude > 1 << 31 ? 1 << 31 : abs(k))
      let target = Shape(extra, extra)
      if overflow { throw RuntimeError(.tooLarge) }
      try Call.check(target)
      var offsets = [Int](repeating: -1, count: target.count)
      for i in 0..<shape.count {
        let (row, column) = k > 0 ? (i, i + k) : (i - k, i)
        offsets[row + column * extra] = i
      }
      return value.gathered(offsets, target)
    }
    if shape == .empty { return value }
    if shape.isScalar { return value }
    var offsets: [Int] = []
    var (row, column) = k > 0 ? (0, k) : (k < -shape.rows ? shape.rows : -k, 0)
    while row < shape.rows, column < shape.columns {
      offsets.append(row + column * shape.rows)
      row += 1
      column += 1
    }
    return value.gathered(offsets, Shape(offsets.count, 1))
  }

  /// A matrix with the leading elements of a vector on its main diagonal.
  private static func diagonal(
    _ vector: Value, _ length: Int, _ shape: Shape, _ call: Call
  ) throws(RuntimeError) -> Value {
    try Call.check(shape)
    let available = min(length, vector.count)
    let places = (0..<length).map { $0 < available ? $0 : -1 }
    if vector.isFloat, !shape.isEmpty, !shape.isScalar {
      var entries = vector.full.gathered(places, Shape(length, 1))
      if vector.isSingle, !entries.isSingle, let a = entries.realArray {
        entries = .converting(a, to: "single")
      }
      return .diagonal(DiagonalMatrix(rows: shape.rows, columns: shape.columns, entries: entries))
    }
    var offsets = [Int](repeating: -1, count: shape.count)
    for i in 0..<available { offsets[i + i * shape.rows] = i }
    return vector.gathered(offsets, shape)
  }

  static func blkdiag(_ call: inout Call) throws(RuntimeError) -> Value {
    if call.count == 0 { throw call.invalid }
    var (rows, columns) = (0, 0)
    for value in call.arguments {
      guard value.isNumeric else { throw call.error("all arguments must be numeric") }
      guard value.shape.is2D else { throw call.error("all arguments must be two-dimensional matrices") }
      rows += value.shape.rows
      columns += value.shape.columns
    }
    try Call.check(Shape(rows, columns))
    var below = 0
    var blocks: [Value] = []
    for value in call.arguments {
      let shape = value.shape
      var offsets: [Int] = []
      for j in 0..<shape.columns {
        offsets.append(contentsOf: repeatElement(-1, count: below))
        offsets.append(contentsOf: (0..<shape.rows).map { $0 + j * shape.rows })
        offsets.append(contentsOf: repeatElement(-1, count: rows - below - shape.rows))
      }
      let number: Value = value.isInteger ? .make(value.realArray ?? NDArray(zeros: .empty)) : value
      blocks.append(number.gathered(offsets, Shape(rows, shape.columns)))
      below += shape.rows
    }
    return try Concatenation.along(1, blocks, function: "horzcat")
  }

  static func resize(_ call: inout Call) throws(RuntimeError) -> Value {
    let shape = try Read.shape(call.list.dropFirst(), of: call.name)
    return cut(call[0], shape)
  }

  /// The value cut or filled with its zero to a shape.
  static func cut(_ value: Value, _ shape: Shape) -> Value {
    let source = value.shape
    let dimensions = max(source.dimensionCount, shape.dimensionCount)
    var offsets: [Int] = []
    offsets.reserveCapacity(shape.count)
    var index = [Int](repeating: 0, count: dimensions)
    for _ in 0..<shape.count {
      var offset = 0
      var step = 1
      for d in 0..<dimensions {
        if index[d] >= source[d] {
          offset = -1
          break
        }
        offset += index[d] * step
        step *= source[d]
      }
      offsets.append(offset)
      for d in 0..<dimensions {
        index[d] += 1
        if index[d] < shape[d] { break }
        index[d] = 0
      }
    }
    return value.gathered(offsets, shape)
  }

  static func postpad(_ call: inout Call) throws(RuntimeError) -> Value { try pad(call, before: false) }
  static func prepad(_ call: inout Call) throws(RuntimeError) -> Value { try pad(call, before: true) }

  private static func pad(_ call: Call, before: Bool) throws(RuntimeError) -> Value {
    let value = call[0]
    let dimension = try call.dimension(3, for: value.shape, "DIM must be an integer and a valid dimension")
    guard let l = call[1].firstReal, l >= 0, let length = Int(exactly: l) else {
      throw call.error("second argument must be a positive scaler")
    }
    let current = value.shape[dimension]
    if length <= current {
      let skip = before ? current - length : 0
      return value.gatheredAlong(dimension, count: length) { $0 + skip }
    }
    let target = value.shape.replacing(dimension, with: length - current)
    try Call.check(value.shape.replacing(dimension, with: length))
    var filler = call.optional(2) ?? .number(0)
    if filler.isEmpty { filler = .number(0) }
    let padding = filler.gathered([Int](repeating: 0, count: target.count), target)
    return try Concatenation.along(dimension, before ? [padding, value] : [value, padding], function: "cat")
  }

  private static func dimensions(_ call: Call) throws(RuntimeError) -> [Int] {
    var sizes: [Int] = []
    for x in try Read.list(call[0]) {
      guard let n = Int(exactly: x) else { throw call.error("dimension vector DIMS must contain integers") }
      sizes.append(n)
    }
    guard !sizes.isEmpty else { throw call.error("dimension vector DIMS must not be empty") }
    return sizes
  }

  static func sub2ind(_ call: inout Call) throws(RuntimeError) -> Value {
    var sizes = try dimensions(call)
    let count = call.count - 1
    if count < 1 { throw call.invalid }
    let shape = call[1].shape
    // Fewer subscripts than sizes: the last one runs over the product of the rest.
    if count < sizes.count {
      let rest = sizes[(count - 1)...].reduce(1) { $0.multipliedReportingOverflow(by: $1).partialValue }
      sizes = Array(sizes[..<(count - 1)]) + [rest]
    }
    let result = NDArray<Double>(shape, repeating: 1)
    var step = 1
    for k in 0..<count {
      guard call[k + 1].shape == shape else { throw call.error("all subscripts must be of the same size") }
      let size = k < sizes.count ? sizes[k] : 1
      let blanks = [String](repeating: "_", count: count)
      let subscripts = try call.numbers(k + 1)
      for i in 0..<subscripts.count {
        let x = subscripts[i]
        var text = blanks
        guard x >= 1, let n = Int(exactly: x) else {
          text[k] = NumberName.index(x)
          throw RuntimeError(
            "index (\(text.joined(separator: ","))): subscripts must be either integers 1 to (2^63)-1 or logicals",
            identifier: "Octave:invalid-index")
        }
        guard n <= size else {
          text[k] = String(n)
          throw RuntimeError(
            "index (\(text.joined(separator: ","))): out of bound \(size) (dimensions are \(Shape(try dimensions(call))))",
            identifier: "Octave:index-out-of-bounds")
        }
        // Sizes whose product is beyond counting give a place beyond counting too.
        let (place, overflow) = (n - 1).multipliedReportingOverflow(by: step)
        if overflow { throw call.error("index out of range") }
        result[i] += Double(place)
      }
      step = step.multipliedReportingOverflow(by: size).partialValue
    }
    return .make(result)
  }

  static func ind2sub(_ call: inout Call) throws(RuntimeError) -> [Value] {
    var sizes = try dimensions(call)
    let outputs = max(1, call.outputs)
    if outputs < sizes.count {
      let rest = sizes[(outputs - 1)...].reduce(1) { $0.multipliedReportingOverflow(by: $1).partialValue }
      sizes = Array(sizes[..<(outputs - 1)]) + [rest]
    }
    while sizes.count < outputs { sizes.append(1) }
    let total = sizes.reduce(1) { $0.multipliedReportingOverflow(by: $1).partialValue }
    let index = try call.numbers(1)
    let results = sizes.map { _ in NDArray<Double>(zeros: index.shape) }
    for i in 0..<index.count {
      guard index[i] >= 1, var rest = Int(exactly: index[i]) else {
        throw call.error(
          "invalid index index \(NumberName.index(index[i])): subscripts must be either integers 1 to (2^63)-1 or logicals"
        )
      }
      guard rest <= total else { throw call.error("index out of range") }
      rest -= 1
      for (k, size) in sizes.enumerated() {
        results[k][i] = Double(rest % max(1, size) + 1)
        rest /= max(1, size)
      }
    }
    return results.map { .make($0) }
  }

  static func full(_ call: inout Call) throws(RuntimeError) -> Value { call[0].full }

  static func issparse(_ call: inout Call) throws(RuntimeError) -> Value { .logical(false) }
}

/// Numbers as messages write them.
enum NumberName {
  /// A wrong subscript: `1.5`, `0`, `-1`.
  static func index(_ x: Double) -> String {
    if let n = Int(exactly: x) { return String(n) }
    return x.isNaN ? "NaN" : "\(x)"
  }
}
