import ThetaArrays
import ThetaRuntime

// Questions about the size of a value. All take any value.

enum Sizes {
  static let table: [Builtin] = [
    Builtin(
      "sz = size (x, dim...)\n[rows, columns, ...] = size (x)",
      """
      The sizes of x: as a row, one for each output (the last one has the product of the rest), or those of the dimensions
      asked for. Error "size: requested dimension DIM (= 0) out of range".

      >> size (ones (2, 3))
      ans =

         2   3

      """, multiple: size),
    Builtin(
      "n = numel (x, index...)",
      """
      The number of elements of x; with subscripts, how many elements x(subscripts) would have.

      >> numel (ones (2, 3))
      ans = 6
      """, numel),
    Builtin(
      "n = ndims (x)",
      """
      The number of dimensions of x, at least 2.

      >> ndims (ones (2, 3, 4))
      ans = 3
      """, ndims),
    Builtin(
      "n = rows (x)",
      """
      The number of rows of x.

      >> rows (ones (2, 3))
      ans = 2
      """, rows),
    Builtin(
      "n = columns (x)",
      """
      The number of columns of x.

      >> columns (ones (2, 3))
      ans = 3
      """, columns),
    Builtin(
      "n = length (x)",
      """
      The largest of the sizes of x, 0 when x is empty.

      >> length (ones (2, 3))
      ans = 3
      """, length),
    Builtin(
      "t = isempty (x)",
      """
      True when x has no elements.

      >> isempty (zeros (0, 3))
      ans = 1
      """, isempty),
    Builtin(
      "t = isnull (x)",
      """
      True when x is a 0×0 array.

      >> isnull ([])
      ans = 1
      """, isnull),
    Builtin(
      "t = size_equal (x...)",
      """
      True when all arguments have the same sizes.

      >> size_equal ([1 2], [3 4])
      ans = 1
      """, sizeEqual),
    Builtin(
      "t = isvector (x)",
      """
      True when x is 1×n or n×1 with n ≥ 1.

      >> isvector ([1 2 3])
      ans = 1
      """, isvector),
    Builtin(
      "t = isscalar (x)",
      """
      True when x is 1×1.

      >> isscalar (5)
      ans = 1
      """, isscalar),
    Builtin(
      "t = ismatrix (x)",
      """
      True when x has two dimensions.

      >> ismatrix (ones (2, 2, 2))
      ans = 0
      """, ismatrix),
    Builtin(
      "t = isrow (x)",
      """
      True when x is 1×n.

      >> isrow ("abc")
      ans = 1
      """, isrow),
    Builtin(
      "t = iscolumn (x)",
      """
      True when x is n×1.

      >> iscolumn ([1; 2])
      ans = 1
      """, iscolumn),
    Builtin(
      "t = issquare (x)",
      """
      True when x is n×n.

      >> issquare (ones (2, 3))
      ans = 0
      """, issquare),
  ]

  static func size(_ call: inout Call) throws(RuntimeError) -> [Value] {
    let shape = call[0].shape
    if call.count == 1 {
      if call.outputs < 2 { return [.row(shape.sizes.map(Double.init))] }
      var result: [Value] = []
      for d in 0..<call.outputs - 1 { result.append(.integer(shape[d])) }
      var rest = 1
      if call.outputs - 1 < shape.dimensionCount {
        for d in call.outputs - 1..<shape.dimensionCount { rest *= shape[d] }
      }
      result.append(.integer(rest))
      return result
    }
    var wanted: [Double] = []
    for argument in call.list.dropFirst() {
      guard !argument.isText, let array = argument.realArray else {
        throw RuntimeError("invalid conversion from string to real N-D array")
      }
      wanted.append(contentsOf: array)
    }
    var sizes: [Double] = []
    for x in wanted {
      let dimension = try Read.integer(.number(x))
      guard dimension >= 1 else {
        throw call.error("requested dimension DIM (= \(dimension)) out of range")
      }
      sizes.append(Double(shape[dimension - 1]))
    }
    if call.outputs < 2 { return [sizes.count == 1 ? .number(sizes[0]) : .row(sizes)] }
    guard call.outputs == sizes.count else {
      throw call.error("nargout > 1 but does not match number of requested dimensions")
    }
    return sizes.map { .number($0) }
  }

  static func numel(_ call: inout Call) throws(RuntimeError) -> Value {
    if case .object(let object) = call[0] { return .integer(object.elementCount) }
    if call.count == 1 { return .integer(call[0].count) }
    var count = 1
    let shape = call[0].shape
    for k in 1..<call.count {
      if call[k].stringValue == ":" {
        var size = shape[k - 1]
        if k == call.count - 1, k < shape.dimensionCount {
          size = (k - 1..<shape.dimensionCount).reduce(1) { $0 * shape[$1] }
        }
        count = count.multipliedReportingOverflow(by: size).partialValue
      } else {
        count = count.multipliedReportingOverflow(by: call[k].count).partialValue
      }
    }
    return .integer(count)
  }

  static func ndims(_ call: inout Call) throws(RuntimeError) -> Value {
    .integer(call[0].shape.dimensionCount)
  }
  static func rows(_ call: inout Call) throws(RuntimeError) -> Value { .integer(call[0].shape.rows) }
  static func columns(_ call: inout Call) throws(RuntimeError) -> Value { .integer(call[0].shape.columns) }

  static func length(_ call: inout Call) throws(RuntimeError) -> Value {
    let shape = call[0].shape
    if shape.isEmpty { return .number(0) }
    return .integer(max(shape.rows, shape.columns, shape.higher.max() ?? 1))
  }

  static func isempty(_ call: inout Call) throws(RuntimeError) -> Value { .logical(call[0].isEmpty) }
  static func isnull(_ call: inout Call) throws(RuntimeError) -> Value { .logical(call[0].shape == .empty) }

  static func sizeEqual(_ call: inout Call) throws(RuntimeError) -> Value {
    .logical(call.arguments.dropFirst().allSatisfy { $0.shape == call[0].shape })
  }

  static func isvector(_ call: inout Call) throws(RuntimeError) -> Value {
    .logical(
      call[0].shape.isVector || call[0].isEmpty && call[0].shape.is2D && call[0].shape.sizes.contains(1))
  }

  static func isscalar(_ call: inout Call) throws(RuntimeError) -> Value { .logical(call[0].shape.isScalar) }
  static func ismatrix(_ call: inout Call) throws(RuntimeError) -> Value { .logical(call[0].shape.is2D) }
  static func isrow(_ call: inout Call) throws(RuntimeError) -> Value { .logical(call[0].shape.isRow) }
  static func iscolumn(_ call: inout Call) throws(RuntimeError) -> Value { .logical(call[0].shape.isColumn) }
  static func issquare(_ call: inout Call) throws(RuntimeError) -> Value { .logical(call[0].shape.isSquare) }
}
