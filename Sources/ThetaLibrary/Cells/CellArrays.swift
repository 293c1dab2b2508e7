import ThetaArrays
import ThetaNumeric
import ThetaRuntime
import ThetaText

// Making cells and turning them into matrices and back.

enum CellArrays {
  static let table: [Builtin] = [
    Builtin(
      "C = cell (n...)",
      """
      A cell array of empty matrices.

      >> size (cell (2, 3))
      ans =

         2   3

      """, cell),
    Builtin(
      "tf = iscell (x)",
      """
      True for a cell array.

      >> iscell ({1, 2})
      ans = 1
      """, iscell),
    Builtin(
      "C = num2cell (A, dims?)",
      """
      Each element (or slice) of an array in a cell of its own.

      >> num2cell ([1 2])
      ans =
      {
        [1,1] = 1
        [1,2] = 2
      }

      """, num2cell),
    Builtin(
      "m = cell2mat (c)",
      """
      The elements of a cell joined into one array.

      >> cell2mat ({1 2; 3 4})
      ans =

         1   2
         3   4

      """, cell2mat),
    Builtin(
      "C = mat2cell (A, dims...)",
      """
      A matrix cut into blocks of given sizes.

      >> size (mat2cell (ones (4, 2), [1 3], 2))
      ans =

         2   1

      """, mat2cell),
    Builtin(
      "sl = cellslices (A, lb, ub, dim?)",
      """
      Slices of an array between lower and upper bounds.

      >> cellslices (1:4, [1 3], [2 4])
      ans =
      {
        [1,1] =

           1   2

        [1,2] =

           3   4

      }

      """, cellslices),
    Builtin(
      "tf = isindex (ind, n?)",
      """
      True for what can be an index.

      >> isindex ([1 2.5])
      ans = 0
      """, isindex),
    Builtin(
      "y = merge (mask, tval, fval)",
      """
      Elements from one of two values by a mask.

      >> merge ([true false], [1 2], [3 4])
      ans =

         1   4

      """, merge),
    Builtin(
      "y = ifelse (mask, tval, fval)",
      """
      Elements from one of two values by a mask.

      >> ifelse (true, "yes", "no")
      ans = yes
      """, merge),
    Builtin(
      "y = swapbytes (x)",
      """
      The bytes of each element in the other order.

      >> swapbytes (uint16 (1))
      ans = 256
      """, swapbytes),
  ]

  private static func cell(_ call: inout Call) throws(RuntimeError) -> Value {
    let shape: Shape
    if call.count == 0 {
      shape = .empty
    } else {
      if call.count == 1, call[0].isText {
        throw RuntimeError("invalid conversion from string to real N-D array")
      }
      if call.count > 1 {
        for value in call.arguments where value.numericClass == nil || value.isText {
          throw call.error("dimension must be a scalar integer")
        }
      }
      shape = try call.size(elementSize: 16)
    }
    return .cell(NDArray<Value>(zeros: shape))
  }

  private static func iscell(_ call: inout Call) throws(RuntimeError) -> Value { .logical(call[0].isCell) }

  /// The element of any indexable value at a zero-based offset.
  static func element(_ value: Value, _ offset: Int) throws(RuntimeError) -> Value {
    switch value {
    case .real(let a): return .number(a[offset])
    case .boolean(let a): return .logical(a[offset])
    case .number, .logical: return value
    case .range(let r): return .number(r[offset])
    case .text(let a, let quotes): return .text(NDArray(scalar: a[offset]), quotes)
    case .cell(let a): return .cell(.scalar, [a[offset]])
    case .structure(let s): return .structure(s.selecting([offset], shape: .scalar))
    case .function: return value
    case .object(let object) where object.plainValue == nil: return value
    default:
      var subscripts: [Value] = [.number(Double(offset + 1))]
      return try withArguments(&subscripts) { arguments throws(RuntimeError) in
        try Indexing.element(value, arguments, name: "")
      }
    }
  }

  /// Indexes a value with a list of subscripts.
  static func index(_ value: Value, _ subscripts: [Value]) throws(RuntimeError) -> Value {
    var subscripts = subscripts
    return try withArguments(&subscripts) { arguments throws(RuntimeError) in
      try Indexing.element(value, arguments, name: "")
    }
  }

  /// Runs a body on an argument window over values.
  static func withArguments<Result>(
    _ values: inout [Value], _ body: (Arguments) throws(RuntimeError) -> Result
  ) throws(RuntimeError) -> Result {
    let count = values.count
    let base = UnsafeMutablePointer<Value>.allocate(capacity: max(1, count))
    for i in 0..<count { (base + i).initialize(to: values[i]) }
    defer {
      base.deinitialize(count: count)
      base.deallocate()
    }
    return try body(Arguments(base: base, count: count))
  }

  private static func num2cell(_ call: inout Call) throws(RuntimeError) -> Value {
    let value = call[0]
    if value.isFunction { throw call.error("wrong type argument '\(value.typeName)'") }
    let shape = value.shape
    if call.count == 1 {
      var elements: [Value] = []
      elements.reserveCapacity(shape.count)
      for i in 0..<shape.count { elements.append(try element(value, i)) }
      return .cell(shape, elements)
    }
    var whole: Set<Int> = []
    for d in try call.array(1) {
      guard let dimension = Int(exactly: d), dimension >= 1 else {
        throw call.error("dimension vectors for DIM must be positive")
      }
      whole.insert(dimension - 1)
    }
    var outer = shape
    for d in whole where d < shape.dimensionCount { outer[d] = 1 }
    var elements: [Value] = []
    for i in 0..<outer.count {
      var rest = i
      var subscripts: [Value] = []
      for d in 0..<shape.dimensionCount {
        let size = outer[d]
        subscripts.append(whole.contains(d) ? .string(":") : .number(Double(rest % max(1, size) + 1)))
        rest /= max(1, size)
      }
      elements.append(try index(value, subscripts))
    }
    return .cell(outer, elements)
  }

  private static func cell2mat(_ call: inout Call) throws(RuntimeError) -> Value {
    guard case .cell(let cells) = call[0] else {
      throw call.error("C must be a cell array")
    }
    if cells.count == 0 { return .emptyMatrix }
    let first = cells[0]
    func kind(_ value: Value) -> Int {
      switch value {
      case .cell: 1
      case .structure: 2
      case .text: 3
      case .logical, .boolean: 4
      case .object(let object) where object.plainValue != nil: 0
      case .function, .object, .undefined: 5
      default: 0
      }
    }
    let kinds = cells.map(kind)
    guard kind(first) != 5, kinds.allSatisfy({ $0 == kinds[0] }) else {
      throw call.error("wrong type elements or mixed cells, structs, and matrices")
    }
    if cells.count == 1 { return first }
    if cells.shape.is2D {
      let rows = (0..<cells.shape.rows).map { i in (0..<cells.shape.columns).map { j in cells[i, j] } }
      do {
        return try Concatenation.matrix(rows)
      } catch {
        // Rows that do not line up may do so when joined by columns first.
        var columns: [Value] = []
        for j in 0..<cells.shape.columns {
          columns.append(
            try Concatenation.along(0, (0..<cells.shape.rows).map { cells[$0, j] }, function: "cell2mat"))
        }
        return try Concatenation.along(1, columns, function: "cell2mat")
      }
    }
    return try joined(Array(cells), cells.shape, dimension: 0)
  }

  /// Joins an N-d block structure, one dimension after the other.
  private static func joined(_ values: [Value], _ shape: Shape, dimension: Int) throws(RuntimeError) -> Value
  {
    if dimension >= shape.dimensionCount { return values.first ?? .emptyMatrix }
    let length = shape[dimension]
    var next: [Value] = []
    for block in 0..<(length == 0 ? 0 : values.count / length) {
      next.append(
        try Concatenation.along(
          dimension, Array(values[(block * length)..<((block + 1) * length)]), function: "cell2mat"))
    }
    return try joined(next, shape, dimension: dimension + 1)
  }

  private static func mat2cell(_ call: inout Call) throws(RuntimeError) -> Value {
    let value = call[0]
    let shape = value.shape
    var sizes: [[Int]] = []
    for i in 1..<call.count {
      if call[i].isText { throw RuntimeError("invalid conversion from string to real N-D array") }
      sizes.append(try call.array(i).map { Int(exactly: $0) ?? -1 })
    }
    if sizes.isEmpty { throw call.invalid }
    for d in sizes.count..<max(sizes.count, shape.dimensionCount) { sizes.append([shape[d]]) }
    for (d, list) in sizes.enumerated() {
      let total = list.reduce(0, &+)
      guard total == shape[d], list.allSatisfy({ $0 >= 0 }) else {
        throw call.error("mismatch on dimension \(d + 1) (\(shape[d]) != \(total))")
      }
    }
    let outer = Shape(sizes.map(\.count))
    let starts = sizes.map { list in list.indices.map { list[..<$0].reduce(1, +) } }
    var blocks: [Value] = []
    for i in 0..<outer.count {
      var rest = i
      var subscripts: [Value] = []
      for d in 0..<sizes.count {
        let k = rest % max(1, sizes[d].count)
        rest /= max(1, sizes[d].count)
        subscripts.append(.row((0..<sizes[d][k]).map { Double(starts[d][k] + $0) }))
      }
      blocks.append(try index(value, subscripts))
    }
    return .cell(outer, blocks)
  }

  private static func cellslices(_ call: inout Call) throws(RuntimeError) -> Value {
    let value = call[0]
    let (lower, upper) = (try call.array(1), try call.array(2))
    guard lower.count == upper.count else {
      throw call.error("the lengths of LB and UB must match")
    }
    let dimension = try call.dimension(3, for: value.shape)
    var slices: [Value] = []
    for i in 0..<lower.count {
      guard let a = Int(exactly: lower[i]), let b = Int(exactly: upper[i]) else { throw call.invalid }
      if b >= a, a < 1 || b > value.shape[dimension] {
        throw RuntimeError(
          "index out of bound; value \(a < 1 ? a : b) out of bound \(value.shape[dimension])")
      }
      var subscripts = [Value](repeating: .string(":"), count: max(value.shape.dimensionCount, dimension + 1))
      subscripts[dimension] = b < a ? .emptyRow : .row((a...b).map { Double($0) })
      slices.append(try index(value, subscripts))
    }
    return .rowCell(slices)
  }

  private static func isindex(_ call: inout Call) throws(RuntimeError) -> Value {
    let limit = call.count > 1 ? try call.real(1) : 0x1p63.nextDown
    switch call[0] {
    case .logical, .boolean: return .logical(Double(call[0].count) <= limit)
    case .cell, .structure, .function, .object, .complex, .singleComplex: return .logical(false)
    default:
      let array = call[0].realArray ?? NDArray(zeros: .empty)
      return .logical(array.allSatisfy { $0 >= 1 && $0 == $0.rounded() && $0 <= limit })
    }
  }

  private static func merge(_ call: inout Call) throws(RuntimeError) -> Value {
    guard let mask = call[0].realArray, call[0].isLogical || call[0].isNumeric else {
      throw call.error("first argument must be logical or numeric")
    }
    if mask.shape.isScalar { return mask[0] != 0 ? call[1] : call[2] }
    let (a, b) = (call[1], call[2])
    guard a.shape.isScalar || a.shape == mask.shape, b.shape.isScalar || b.shape == mask.shape else {
      throw call.error("MASK, TVAL, and FVAL dimensions must match")
    }
    // Both into one vector, so that the class is that of a concatenation, then picked from it.
    let column = Value.string(":")
    let joined = try Concatenation.along(
      0, [try index(a, [column]), try index(b, [column])], function: "merge")
    // A cell and an array join to one element each, not to their own numbers of them.
    guard joined.count == a.count + b.count else {
      throw call.error("TVAL and FVAL must be of classes that can be joined")
    }
    let picks = (0..<mask.count).map { i in
      mask[i] != 0 ? (a.shape.isScalar ? 0 : i) : a.count + (b.shape.isScalar ? 0 : i)
    }
    return joined.gathered(picks, mask.shape)
  }

  private static func swapbytes(_ call: inout Call) throws(RuntimeError) -> Value {
    switch call[0] {
    case .int8, .uint8: return call[0]
    case .int16(let a): return .make(a.map(\.byteSwapped))
    case .uint16(let a): return .make(a.map(\.byteSwapped))
    case .int32(let a): return .make(a.map(\.byteSwapped))
    case .uint32(let a): return .make(a.map(\.byteSwapped))
    case .int64(let a): return .make(a.map(\.byteSwapped))
    case .uint64(let a): return .make(a.map(\.byteSwapped))
    default: throw call.error("invalid object of class '\(call[0].className)'")
    }
  }
}
