import ThetaArrays
import ThetaRuntime

// Sets: unique elements or rows, and the operations on two sets. Elements are compared by their rank among all elements
// of both operands, which serves numbers, characters and cells of strings alike.

enum SetFunctions {
  static let table: [Builtin] = [
    Builtin(
      "[y, i, j] = unique (x, options...)",
      """
      The distinct elements in order, with y = x(i) and x = y(j); options "rows" (distinct rows), "stable" (in order of first
      occurrence), "first" and "last" (which i of equal elements; "last" is the default, "first" with "stable").

      >> unique ([3 1 2 1])
      ans =

         1   2   3

      """, multiple: unique),
    Builtin(
      "[y, ia, ib] = union (a, b, options...)",
      """
      The elements of either set, with where they come from.

      >> union ([1 3], [2 3])
      ans =

         1   2   3

      """,
      multiple: union),
    Builtin(
      "[y, ia, ib] = intersect (a, b, options...)",
      """
      The elements of both sets.

      >> intersect ([1 2 3], [2 3 4])
      ans =

         2   3

      """, multiple: intersect),
    Builtin(
      "[y, ia] = setdiff (a, b, options...)",
      """
      The elements of a that are not in b.

      >> setdiff ([1 2 3], 2)
      ans =

         1   3

      """, multiple: setdiff),
    Builtin(
      "[y, ia, ib] = setxor (a, b, options...)",
      """
      The elements of just one of the sets.

      >> setxor ([1 2], [2 3])
      ans =

         1   3

      """, multiple: setxor),
    Builtin(
      "[t, index] = ismember (a, s, rows?)",
      """
      For each element (string, row) of a whether it is in s, and its index there or 0.

      >> ismember ([1 5], [1 2 3])
      ans =

        1  0

      """, multiple: ismember),
    Builtin(
      "p = powerset (a, rows?)",
      """
      All subsets of the distinct elements of a (with "rows": of its rows), as a cell.

      >> numel (powerset ([1 2 3]))
      ans = 8
      """,
      powerset),
  ]

  private struct Options {
    var rows = false
    var stable = false
    var first = false
    var last = false
    var legacy = false
  }

  private static func options(_ call: Call, from position: Int) throws(RuntimeError) -> Options {
    var result = Options()
    for k in position..<max(position, call.count) {
      switch call.text(k) {
      case "rows": result.rows = true
      case "stable": result.stable = true
      case "sorted": break
      case "first": result.first = true
      case "last": result.last = true
      case "legacy":
        result.legacy = true
        result.last = !result.first
      default: throw call.error("invalid option")
      }
    }
    return result
  }

  /// Keys of the elements (or rows) such that equal keys mean equal elements, in order of size.
  private static func keys(_ value: Value, rows: Bool) throws(RuntimeError) -> [Int]? {
    guard let ranks = try SortingFunctions.ranks(value) else { return nil }
    guard rows, !value.isCell else { return ranks }
    let shape = value.shape
    let columns = Array(1...max(1, shape.columns))
    let order =
      shape.columns == 0
      ? Array(0..<shape.rows) : SortingFunctions.rowOrder(ranks, shape, columns)
    var keys = [Int](repeating: 0, count: shape.rows)
    var key = 0
    for (k, row) in order.enumerated() {
      if k > 0 {
        let previous = order[k - 1]
        let isSame = (0..<shape.columns).allSatisfy {
          ranks[row + $0 * shape.rows] == ranks[previous + $0 * shape.rows]
        }
        if !isSame { key = k }
      }
      keys[row] = key
    }
    return keys
  }

  /// The positions of a range in order of their keys, equal ones in order of position. Keys are less than their
  /// number, so that counting sorts them.
  private static func ordered(_ keys: [Int], _ range: Range<Int>) -> [Int] {
    var starts = [Int](repeating: 0, count: keys.count + 1)
    for k in range { starts[keys[k] + 1] += 1 }
    for k in 1..<starts.count { starts[k] += starts[k - 1] }
    var order = [Int](repeating: 0, count: range.count)
    for k in range {
      order[starts[keys[k]]] = k
      starts[keys[k]] += 1
    }
    return order
  }

  /// The distinct elements of many real numbers, where nobody asks for their places; nil for others.
  private static func distinct(_ x: Value) -> Value? {
    guard case .real(let array) = x,
      let sorted = array.reshaped(Shape(array.count, 1)).sortedValues(along: 0, descending: false)
    else { return nil }
    var values: [Double] = []
    for value in sorted where value != values.last { values.append(value) }
    return array.shape.isRow ? .row(values) : .column(values)
  }

  static func unique(_ call: inout Call) throws(RuntimeError) -> [Value] {
    let x = call[0]
    guard x.isNumeric || x.isLogical || x.isText || x.isCell else {
      throw call.error("X must be an array or cell array of strings")
    }
    var options = try options(call, from: 1)
    if options.rows, x.isCell || !x.shape.is2D { options.rows = false }
    if call.outputs < 2, !options.rows, !options.stable, let y = distinct(x) { return [y] }
    guard let keys = try keys(x, rows: options.rows) else {
      throw call.error("X must be an array or cell array of strings")
    }
    if x.isEmpty {
      var shape = x.shape
      if !options.rows, shape.is2D, shape != .empty { shape = Shape(0, 1) }
      if x.shape == Shape(1, 0) { shape = Shape(0, 1) }
      let empty = x.gathered([], options.rows ? x.shape : shape)
      return [empty, .emptyMatrix, .emptyMatrix]
    }
    let order = ordered(keys, keys.indices)
    // Runs of equal elements in that order: the position of each run's first, and of its last element.
    var (firsts, lasts): ([Int], [Int]) = ([], [])
    for (place, k) in order.enumerated() {
      let isNew = place == 0 || keys[order[place - 1]] != keys[k]
      if isNew { firsts.append(k) }
      if isNew { lasts.append(k) } else { lasts[lasts.count - 1] = k }
    }
    if options.stable {
      let occurrence = firsts.indices.sorted { firsts[$0] < firsts[$1] }
      firsts = occurrence.map { firsts[$0] }
      lasts = occurrence.map { lasts[$0] }
    }
    // Octave gives the last index of equal elements only on request.
    let picked = options.last ? lasts : firsts
    var group = [Int](repeating: 0, count: keys.count)
    for (g, k) in firsts.enumerated() { group[keys[k]] = g + 1 }
    let members = keys.map { Double(group[$0]) }
    let y: Value
    if options.rows {
      y = SortingFunctions.rows(x, firsts)
    } else {
      let isRow = x.shape.isRow && !(x.isCell && x.shape.isScalar)
      y = x.gathered(firsts, isRow ? Shape(1, firsts.count) : Shape(firsts.count, 1))
    }
    let (i, j) = (picked.map { Double($0 + 1) }, members)
    // With "stable" Octave does not say where elements went.
    if options.stable { return [y, .column(i), .emptyMatrix] }
    return options.legacy && x.shape.isRow ? [y, .row(i), .row(j)] : [y, .column(i), .column(j)]
  }

  // MARK: - Two sets

  /// Both operands in one list, with the keys of their elements.
  private struct Pair {
    var all: Value
    var keys: [Int]
    var firstCount: Int
    var isRow: Bool
    var options: Options

    /// The elements at positions of the list, in the shape of the result.
    func elements(_ positions: [Int]) -> Value {
      if options.rows { return SortingFunctions.rows(all, positions) }
      return all.gathered(positions, isRow ? Shape(1, positions.count) : Shape(positions.count, 1))
    }

    /// For each key whether it occurs within a range of positions.
    func flags(_ range: Range<Int>) -> [Bool] {
      var result = [Bool](repeating: false, count: keys.count)
      for k in range { result[keys[k]] = true }
      return result
    }

    /// The first position of each distinct element within a range, in order of size or of occurrence.
    func distinct(_ range: Range<Int>) -> [Int] {
      var result: [Int] = []
      for k in SetFunctions.ordered(keys, range)
      where result.isEmpty || keys[result[result.count - 1]] != keys[k] { result.append(k) }
      return options.stable ? result.sorted() : result
    }
  }

  private static func pair(_ call: Call) throws(RuntimeError) -> Pair {
    var options = try options(call, from: 2)
    var (a, b) = (call[0], call[1])
    if a.isCell != b.isCell {
      // A string stands for a cell of it; an empty matrix for an empty cell.
      func asCell(_ value: Value) throws(RuntimeError) -> Value {
        if value.isText { return .cell(.scalar, [value]) }
        if value.isEmpty { return .cell(.empty, []) }
        throw call.error("cell array of strings cannot be combined with a nonstring value")
      }
      if !a.isCell { a = try asCell(a) } else { b = try asCell(b) }
    }
    for value in [a, b] where !(value.isNumeric || value.isLogical || value.isText || value.isCell) {
      throw call.error("A and B must be arrays or cell arrays of strings")
    }
    if a.isCell { options.rows = false }
    let isRow: Bool
    let all: Value
    let firstCount: Int
    if options.rows {
      guard a.shape.is2D, b.shape.is2D, a.shape.columns == b.shape.columns || a.isEmpty || b.isEmpty else {
        throw call.error("number of columns in A and B must match")
      }
      isRow = false
      if a.isEmpty && a.shape.columns != b.shape.columns { a = b.gathered([], Shape(0, b.shape.columns)) }
      if b.isEmpty && b.shape.columns != a.shape.columns { b = a.gathered([], Shape(0, a.shape.columns)) }
      all = try Concatenation.along(0, [a.full, b.full], function: "vertcat")
      firstCount = a.shape.rows
    } else {
      let (rowA, rowB) = (a.shape.isRow, b.shape.isRow)
      switch call.name {
      case "setdiff": isRow = rowA && !(a.isEmpty && a.shape != Shape(1, 0))
      default:
        isRow =
          (rowA && rowB) || (rowA && a.count > 0 && b.isEmpty && call.name == "setxor")
          || (a.isCell && (rowA && b.isEmpty || rowB && a.isEmpty))
      }
      all = try Concatenation.along(
        0, [a.full.reshapedValue(Shape(a.count, 1)), b.full.reshapedValue(Shape(b.count, 1))],
        function: "vertcat")
      firstCount = a.count
    }
    guard let keys = try keys(all, rows: options.rows) else {
      throw call.error("A and B must be arrays or cell arrays of strings")
    }
    return Pair(all: all, keys: keys, firstCount: firstCount, isRow: isRow, options: options)
  }

  private static func indices(_ positions: [Int], _ isRow: Bool = false) -> Value {
    let values = positions.map { Double($0 + 1) }
    return isRow ? .row(values) : .column(values)
  }

  static func union(_ call: inout Call) throws(RuntimeError) -> [Value] {
    let pair = try pair(call)
    let total = pair.keys.count
    let picked = pair.distinct(0..<total)
    let first = picked.filter { $0 < pair.firstCount }
    let second = picked.filter { $0 >= pair.firstCount }.map { $0 - pair.firstCount }
    if total == 0, !pair.options.rows, !call[0].isCell, !call[1].isCell,
      call[0].shape != .empty || call[1].shape != .empty
    {
      return [pair.all.gathered([], Shape(0, 1)), indices(first), indices(second)]
    }
    return [pair.elements(picked), indices(first), indices(second)]
  }

  static func intersect(_ call: inout Call) throws(RuntimeError) -> [Value] {
    if call[0].isEmpty || call[1].isEmpty {
      if call[0].isCell == call[1].isCell {
        let empty: Value =
          call[0].isCell ? .cell(.empty, []) : call[0].isText || call[1].isText ? .string("") : .emptyMatrix
        return [empty, .emptyMatrix, .emptyMatrix]
      }
    }
    let pair = try pair(call)
    // Where each key stands first in the second set.
    var places = [Int](repeating: -1, count: pair.keys.count)
    for k in (pair.firstCount..<max(pair.firstCount, pair.keys.count)).reversed() { places[pair.keys[k]] = k }
    let picked = pair.distinct(0..<pair.firstCount).filter { places[pair.keys[$0]] >= 0 }
    let second = picked.map { places[pair.keys[$0]] - pair.firstCount }
    return [pair.elements(picked), indices(picked), indices(second)]
  }

  static func setdiff(_ call: inout Call) throws(RuntimeError) -> [Value] {
    let pair = try pair(call)
    let excluded = pair.flags(pair.firstCount..<pair.keys.count)
    let picked = pair.distinct(0..<pair.firstCount).filter { !excluded[pair.keys[$0]] }
    if call[0].isCell && call[0].isEmpty { return [call[0], .emptyMatrix] }
    if call[0].isCell || pair.options.rows { return [pair.elements(picked), indices(picked)] }
    // The class is that of the first set.
    let a = call[0].full
    if a.isEmpty { return [a.shape == .empty ? a : a.gathered([], Shape(0, 1)), .emptyMatrix] }
    let shape = pair.isRow ? Shape(1, picked.count) : Shape(picked.count, 1)
    return [a.gathered(picked, shape), indices(picked)]
  }

  static func setxor(_ call: inout Call) throws(RuntimeError) -> [Value] {
    let pair = try pair(call)
    let inFirst = pair.flags(0..<pair.firstCount)
    let inSecond = pair.flags(pair.firstCount..<pair.keys.count)
    let picked = pair.distinct(0..<pair.keys.count).filter {
      inFirst[pair.keys[$0]] != inSecond[pair.keys[$0]]
    }
    let first = picked.filter { $0 < pair.firstCount }
    let second = picked.filter { $0 >= pair.firstCount }.map { $0 - pair.firstCount }
    return [pair.elements(picked), indices(first), indices(second)]
  }

  static func ismember(_ call: inout Call) throws(RuntimeError) -> [Value] {
    var (a, s) = (call[0], call[1])
    let byRows = call.text(2) == "rows"
    for value in [a, s] where !(value.isNumeric || value.isLogical || value.isText || value.isCell) {
      throw call.error("A and B must be arrays or cell arrays of strings")
    }
    // The shape of the result, before strings become cells.
    var shape = a.shape
    if s.isCell, a.isText {
      a = .cell(.scalar, [a])
      shape = .scalar
    }
    guard a.isCell == s.isCell else {
      if a.isCell, s.isText {
        return try ismember(a, .cell(.scalar, [s]), shape, call)
      }
      guard (a.isCell ? a : s).isCellOfStrings else {
        throw call.error("A and B must be arrays or cell arrays of strings")
      }
      throw call.error("cell array of strings cannot be combined with a nonstring value")
    }
    if byRows, a.isCell { throw call.error("cells not supported with \"rows\" flag") }
    if a.isCell, !a.isCellOfStrings, !s.isCellOfStrings {
      throw call.error("A and B must be arrays or cell arrays of strings")
    }
    if a.isCell, !(a.isCellOfStrings && s.isCellOfStrings) {
      throw call.error("cell array of strings cannot be combined with a nonstring value")
    }
    if byRows {
      guard a.shape.columns == s.shape.columns || s.isEmpty || a.isEmpty else {
        throw call.error("number of columns in A and S must match")
      }
      if a.isEmpty || s.isEmpty {
        let none = NDArray<Double>(zeros: Shape(a.shape.rows, 1))
        return [.make(none.map { $0 != 0 }), .make(none)]
      }
      let all = try Concatenation.along(0, [a.full, s.full], function: "vertcat")
      let keys = try keys(all, rows: true) ?? []
      return lookup(keys, a.shape.rows, Shape(a.shape.rows, 1))
    }
    if case .text = s, !a.isText, let n = s.realArray { s = .make(n) }
    return try ismember(a, s, shape, call)
  }

  private static func ismember(
    _ a: Value, _ s: Value, _ shape: Shape, _ call: Call
  ) throws(RuntimeError) -> [Value] {
    if let x = a.full.realArray, let y = s.full.realArray {
      // Numbers of different classes compare as numbers. Equal elements are in order of place, and Octave finds the last.
      let order = y.sortedOrder()
      let known = order.map { y[$0] }
      let index = x.map { value -> Double in
        let k = Finding.place(known.count) { known[$0] <= value }
        return k > 0 && known[k - 1] == value ? Double(order[k - 1] + 1) : 0
      }
      return [.make(index.map { $0 != 0 }), .make(index)]
    }
    let all = try Concatenation.along(
      0, [a.full.reshapedValue(Shape(a.count, 1)), s.full.reshapedValue(Shape(s.count, 1))],
      function: "vertcat")
    guard let keys = try keys(all, rows: false) else {
      throw call.error("A and B must be arrays or cell arrays of strings")
    }
    return lookup(keys, a.count, shape)
  }

  private static func lookup(_ keys: [Int], _ count: Int, _ shape: Shape) -> [Value] {
    var places = [Int](repeating: 0, count: keys.count)
    for k in count..<max(count, keys.count) { places[keys[k]] = k - count + 1 }
    let index = NDArray(shape, (0..<count).map { Double(places[keys[$0]]) })
    return [.make(index.map { $0 != 0 }), .make(index)]
  }

  static func powerset(_ call: inout Call) throws(RuntimeError) -> Value {
    let value = call[0]
    let byRows = try options(call, from: 1).rows && !value.isCell
    if value.isEmpty { return .cell(.empty, []) }
    guard let keys = try keys(value, rows: byRows) else {
      throw call.error("X must be an array or cell array of strings")
    }
    var elements: [Int] = []
    for k in ordered(keys, keys.indices) where elements.last.map({ keys[$0] != keys[k] }) ?? true {
      elements.append(k)
    }
    guard elements.count <= 20 else { throw call.error("the set is too large") }
    let subsets = (0..<(1 << elements.count)).map { mask in
      let members = elements.indices.filter { mask >> $0 & 1 == 1 }.map { elements[$0] }
      return byRows ? SortingFunctions.rows(value, members) : value.gathered(members, Shape(1, members.count))
    }
    return .cell(byRows ? Shape(subsets.count, 1) : Shape(1, subsets.count), subsets)
  }
}
