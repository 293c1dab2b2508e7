import ThetaArrays
import ThetaRuntime

// Sorting: along a dimension, by rows, and of cell arrays of strings.

enum SortingFunctions {
  static let table: [Builtin] = [
    Builtin(
      "[s, i] = sort (x, dim?, mode?)",
      """
      The elements in order along a dimension, and where each was; mode "ascend" (default) or "descend". NaN counts as the
      largest; complex numbers go by modulus, then argument; a cell of strings goes by bytes. Equal elements keep their order.
      Errors "sort: DIM must be a valid dimension", "sort: MODE must be either "ascend" or "descend"".

      >> [s, i] = sort ([3 1 2])
      s =

         1   2   3

      i =

         2   3   1

      """, multiple: sort),
    Builtin(
      "[s, i] = sortrows (A, c?)",
      """
      The rows in order of their columns c (all by default; a negative number sorts that column downwards), and where each was.

      >> sortrows ([2 1; 1 5; 1 4])
      ans =

         1   4
         1   5
         2   1

      """, multiple: sortrows),
    Builtin(
      "t = issorted (x, mode?, rows?)",
      """
      True when the vector (or, with "rows", the rows of the matrix) is in order.

      >> issorted ([1 2 2 3])
      ans = 1
      """, issorted),
    Builtin(
      "y = nth_element (x, n, dim?)",
      """
      The n-th smallest element along a dimension.

      >> nth_element ([5 3 1 4], 2)
      ans = 3
      """, nthElement),
  ]

  struct Sort: OrderedVisitor {
    var dimension: Int
    var descending: Bool
    func visit<E: ValueElement & OrderedElement>(
      _ array: NDArray<E>
    ) throws(RuntimeError) -> (values: Value, places: NDArray<Int>) {
      let (values, places) = array.sortedWithPlaces(along: dimension, descending: descending)
      return (.make(values), places)
    }
  }

  static func sort(_ call: inout Call) throws(RuntimeError) -> [Value] {
    var dimension: Int?
    var descending = false
    for k in 1..<max(1, call.count) {
      if let mode = call.text(k), call[k].isText {
        switch mode {
        case "ascend": descending = false
        case "descend": descending = true
        default: throw call.error("MODE must be either \"ascend\" or \"descend\"")
        }
      } else {
        guard k == 1 else { throw call.error("DIM must be a valid dimension") }
        dimension = try call.dimension(1, "DIM must be a valid dimension")
      }
    }
    let value = call[0]
    let d = dimension ?? value.shape.firstNonSingleton
    if case .cell(let cells) = value { return try sortCell(cells, d, descending) }
    if call.outputs <= 1, case .real(let array) = value,
      let values = array.sortedValues(along: d, descending: descending)
    {
      return [.make(values)]
    }
    guard let (values, places) = try value.visitOrdered(Sort(dimension: d, descending: descending)) else {
      throw RuntimeError("octave_base_value::sort (): wrong type argument '\(Read.typeName(value))'")
    }
    var sorted = values
    if case .text(_, let quotes) = value, case .uint8(let bytes) = values { sorted = .text(bytes, quotes) }
    return call.outputs > 1 ? [sorted, .make(places.map { Double($0 + 1) })] : [sorted]
  }

  private static func sortCell(
    _ cells: NDArray<Value>, _ dimension: Int, _ descending: Bool
  ) throws(RuntimeError) -> [Value] {
    var texts: [[UInt8]] = []
    for value in cells {
      guard let bytes = value.textBytes else {
        throw RuntimeError("sort: only cell arrays of character strings may be sorted")
      }
      texts.append(bytes)
    }
    let (inner, length, outer) = cells.shape.split(at: dimension)
    var offsets = [Int](repeating: 0, count: texts.count)
    let places = NDArray<Double>(zeros: cells.shape)
    for o in 0..<outer {
      for i in 0..<inner {
        let order = textOrder(
          (0..<length).map { texts[i + inner * ($0 + length * o)] }, descending: descending)
        for (k, source) in order.enumerated() {
          offsets[i + inner * (k + length * o)] = i + inner * (source + length * o)
          places[i + inner * (k + length * o)] = Double(source + 1)
        }
      }
    }
    return [Value.cell(cells).gathered(offsets, cells.shape), .make(places)]
  }

  /// The stable order of strings by bytes.
  static func textOrder(_ texts: [[UInt8]], descending: Bool = false) -> [Int] {
    var order = Array(texts.indices)
    order.sortStably {
      descending
        ? texts[$1].lexicographicallyPrecedes(texts[$0]) : texts[$0].lexicographicallyPrecedes(texts[$1])
    }
    return order
  }

  /// Numbers by which to compare the elements of a value in order: the rank of each among all.
  private struct Ranks: OrderedVisitor {
    func visit<E: ValueElement & OrderedElement>(_ array: NDArray<E>) throws(RuntimeError) -> [Int] {
      let order = array.sortedOrder()
      var ranks = [Int](repeating: 0, count: array.count)
      var rank = 0
      for (k, offset) in order.enumerated() {
        if k > 0 {
          let previous = order[k - 1]
          let isSame = !E.precedes(array[previous], array[offset]) && !array[offset].isUnordered
          if !isSame { rank = k }
        }
        ranks[offset] = rank
      }
      return ranks
    }
  }

  /// The rank of every element among all; NaNs have ranks of their own. Nil for what has no order.
  static func ranks(_ value: Value) throws(RuntimeError) -> [Int]? {
    if case .cell(let cells) = value {
      var texts: [[UInt8]] = []
      for cell in cells {
        guard let bytes = cell.textBytes else { return nil }
        texts.append(bytes)
      }
      let order = textOrder(texts)
      var ranks = [Int](repeating: 0, count: texts.count)
      var rank = 0
      for (k, offset) in order.enumerated() {
        if k > 0, texts[order[k - 1]] != texts[offset] { rank = k }
        ranks[offset] = rank
      }
      return ranks
    }
    return try value.visitOrdered(Ranks())
  }

  /// The order of the rows of a matrix of ranks by the columns, negative ones downwards (counted from one).
  static func rowOrder(_ ranks: [Int], _ shape: Shape, _ columns: [Int]) -> [Int] {
    var order = Array(0..<shape.rows)
    order.sortStably { a, b in
      for column in columns {
        let offset = (Swift.abs(column) - 1) * shape.rows
        let (x, y) = (ranks[a + offset], ranks[b + offset])
        if x != y { return column > 0 ? x < y : y < x }
      }
      return false
    }
    return order
  }

  /// The rows of a matrix at zero-based positions.
  static func rows(_ value: Value, _ rows: [Int]) -> Value {
    let shape = value.shape
    var offsets: [Int] = []
    for j in 0..<shape.columns {
      for i in rows { offsets.append(i + j * shape.rows) }
    }
    return value.gathered(offsets, Shape(rows.count, shape.columns))
  }

  static func sortrows(_ call: inout Call) throws(RuntimeError) -> [Value] {
    let value = call[0]
    guard value.shape.is2D else { throw call.error("A must be a 2-D matrix") }
    var columns = Array(1...max(1, value.shape.columns))
    if value.shape.columns == 0 { columns = [] }
    if call.count > 1 {
      columns = []
      if let mode = call.text(1), call[1].isText {
        guard mode == "ascend" || mode == "descend" else { throw call.error("C must be a numeric vector") }
        columns = (0..<value.shape.columns).map { mode == "ascend" ? $0 + 1 : -($0 + 1) }
      } else {
        for x in try Read.list(call[1]) {
          guard let c = Int(exactly: x) else { throw call.error("C must be a vector of nonzero integers") }
          guard c != 0, c.magnitude <= UInt(value.shape.columns) else {
            throw call.error("all elements of C must be in the range [1, columns (A)]")
          }
          columns.append(c)
        }
      }
    }
    guard let ranks = try ranks(value) else {
      throw call.error("only cell arrays of character strings may be sorted")
    }
    let order = rowOrder(ranks, value.shape, columns)
    return [rows(value, order), .column(order.map { Double($0 + 1) })]
  }

  static func issorted(_ call: inout Call) throws(RuntimeError) -> Value {
    var (descending, either, byRows) = (false, false, false)
    for k in 1..<max(1, call.count) {
      switch call.text(k)?.lowercased() {
      case "rows": byRows = true
      case "ascend": break
      case "descend": descending = true
      case "either": either = true
      default: throw call.error("MODE must be \"ascend\", \"descend\", or \"either\"")
      }
    }
    guard let ranks = try ranks(call[0]) else { throw call.error("A is not a cell array of strings") }
    let shape = call[0].shape
    func check(_ descending: Bool) -> Bool {
      if byRows {
        let columns = (0..<shape.columns).map { descending ? -($0 + 1) : $0 + 1 }
        return rowOrder(ranks, shape, columns) == Array(0..<shape.rows)
      }
      return (1..<max(1, ranks.count)).allSatisfy {
        descending ? ranks[$0] <= ranks[$0 - 1] : ranks[$0] >= ranks[$0 - 1]
      }
    }
    guard byRows || shape.isVector || shape.isEmpty else { throw call.error("needs a vector") }
    return .logical(either ? check(true) || check(false) : check(descending))
  }

  static func nthElement(_ call: inout Call) throws(RuntimeError) -> Value {
    let value = call[0]
    let dimension = try call.dimension(2, for: value.shape, "DIM must be a valid dimension")
    guard let (sorted, _) = try value.visitOrdered(Sort(dimension: dimension, descending: false)) else {
      throw call.wrongType(0)
    }
    let wanted = try Read.list(call[1]).map { Int(exactly: $0) ?? 0 }
    guard wanted.allSatisfy({ $0 >= 1 && $0 <= value.shape[dimension] }) else {
      throw call.error("n must be valid index")
    }
    return sorted.gatheredAlong(dimension, count: wanted.count) { wanted[$0] - 1 }
  }
}
