import ThetaArrays
import ThetaRuntime

// Where the nonzero elements are.

package enum Finding {
  static let table: [Builtin] = [
    Builtin(
      "index = find (x, n?, direction?)\n[row, column, value] = find (x, n?, direction?)",
      """
      The linear indices of the nonzero elements, a row when x is a row, else a column; the first n of them, or the last n
      with direction "last". With several outputs: rows, columns, values.
      Errors "find: N must be a non-negative integer", "find: DIRECTION must be "first" or "last"".

      >> find ([0 1 0 1])
      ans =

         2   4

      """, multiple: find),
    Builtin(
      "i = lookup (table, y, options?)",
      """
      For each y the index of the last entry of the sorted table that is ≤ y, 0 before the first. The table may be descending.
      Options: "m" gives 0 unless equal, "b" true where equal, "l" and "r" extend the first and last interval.

      >> lookup ([1 2 3], [0.5 2.5])
      ans =

         0   2

      """, lookup),
  ]

  static func find(_ call: inout Call) throws(RuntimeError) -> [Value] {
    var most = Int.max
    var last = false
    if call.count > 1 {
      guard let n = call[1].firstReal, n >= 0, n.isInfinite || n == n.rounded() else {
        throw call.error("N must be a non-negative integer")
      }
      most = Int(exactly: n) ?? .max
      if call.count > 2 {
        switch call.text(2) {
        case "first": last = false
        case "last": last = true
        default: throw call.error("DIRECTION must be \"first\" or \"last\"")
        }
      }
    }
    if case .cell = call[0] { throw call.wrongType(0) }
    let flags = try Sums.truth(call[0], call)
    var places: [Int] = []
    if last {
      var i = flags.count - 1
      while i >= 0, places.count < most {
        if flags.base[i] { places.append(i) }
        i -= 1
      }
      places.reverse()
    } else {
      for i in 0..<flags.count where flags.base[i] {
        if places.count == most { break }
        places.append(i)
      }
    }
    let shape = resultShape(flags.shape, places.count)
    if call.outputs < 2 { return [.make(NDArray(shape, places.map { Double($0 + 1) }))] }
    let rows = max(1, flags.shape.rows)
    let rowIndices = NDArray(shape, places.map { Double($0 % rows + 1) })
    let columnIndices = NDArray(shape, places.map { Double($0 / rows + 1) })
    var result: [Value] = [.make(rowIndices), .make(columnIndices)]
    if call.outputs > 2 { result.append(call[0].gathered(places, shape)) }
    return result
  }

  private static func resultShape(_ source: Shape, _ count: Int) -> Shape {
    if source.isScalar { return count == 0 ? .empty : .scalar }
    if source.isRow { return Shape(1, count) }
    if count == 0, source == .empty || (source.count == 0 && !source.is2D) { return .empty }
    return Shape(count, 1)
  }

  static func lookup(_ call: inout Call) throws(RuntimeError) -> Value {
    let options = call.text(2) ?? ""
    if let unknown = options.first(where: { !"mblr".contains($0) }) {
      throw call.error("unrecognized option: \(unknown)")
    }
    if case .cell(let cells) = call[0] {
      guard let table = Value.cell(cells).stringList, let wanted = call[1].stringList else {
        throw call.invalid
      }
      let indices = wanted.map { y in
        Double(place(table.count) { table[$0].utf8Precedes(y) || table[$0] == y })
      }
      let shape = call[1].isText ? Shape.scalar : call[1].shape
      return finish(NDArray(shape, indices), options) { k, i in table[k] == wanted[i] }
    }
    func isArray(_ value: Value) -> Bool { value.isNumeric || value.isLogical }
    guard call[0].isText == call[1].isText, call[0].isText || isArray(call[0]) && isArray(call[1]) else {
      throw call.invalid
    }
    if !call[0].shape.isVector, !call[0].isEmpty { try call.context.warn("lookup: table is not a vector") }
    let table = Array(try call.numbers(0))
    let y = try call.numbers(1)
    let descending = table.count > 1 && table[0] > table[table.count - 1]
    let result = y.map { x -> Double in
      // NaN stands behind all numbers.
      var k = x.isNaN ? table.count : place(table.count) { descending ? table[$0] >= x : table[$0] <= x }
      if options.contains("l"), k == 0 { k = 1 }
      if options.contains("r"), k == table.count { k = max(0, table.count - 1) }
      return Double(k)
    }
    return finish(result, options) { k, i in table[k] == y[i] }
  }

  private static func finish(
    _ result: NDArray<Double>, _ options: String, _ equal: (Int, Int) -> Bool
  ) -> Value {
    if options.contains("m") || options.contains("b") {
      let exact = NDArray<Double>(zeros: result.shape)
      for i in 0..<result.count {
        let k = Int(result[i]) - 1
        exact[i] = k >= 0 && equal(k, i) ? result[i] : 0
      }
      return options.contains("b") ? .make(exact.map { $0 != 0 }) : .make(exact)
    }
    return .make(result)
  }

  /// The number of leading entries for which `isBefore` holds, by bisection.
  package static func place(_ count: Int, _ isBefore: (Int) -> Bool) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if isBefore(middle) { low = middle + 1 } else { high = middle }
    }
    return low
  }
}

extension String {
  /// Order by bytes, as the language sorts strings.
  func utf8Precedes(_ other: String) -> Bool { utf8.lexicographicallyPrecedes(other.utf8) }
}
