import ThetaArrays

/// Parts of diagonal and permutation matrices that stay one: whole rows and columns in order, and
/// permutations.
enum SpecialSelection {
  static func select(_ d: DiagonalMatrix, _ s: [Subscript], name: String) throws(RuntimeError) -> Value {
    if s.count == 2 {
      try NDArray<Int>.check(s, within: d.shape, name: name)
      let (i, j) = (s[0], s[1])
      if i.isScalar, j.isScalar {
        guard i[0] == j[0] else { return d.zeroEntry }
        return try Indexing.select(d.entries, [Subscript(offset: i[0])], name: name)
      }
      let (m, n) = (i.count(in: d.rows), j.count(in: d.columns))
      if d.isIdentity, m == d.rows, n == d.columns, !(i.isColon && j.isColon),
        let (rows, places) = permutation(i, j, d.rows)
      {
        return .permutation(PermutationMatrix(columns: rows.map { places[$0] }))
      }
      if i.isColonEquivalent(in: m), j.isColonEquivalent(in: n) {
        let count = min(m, n)
        let entries = try Indexing.select(
          d.entries, [Subscript(Array(0..<count), shape: Shape(count, 1))], name: name)
        return .diagonal(DiagonalMatrix(rows: m, columns: n, entries: entries))
      }
      if i.isScalar || j.isScalar { return try d.line(i, j) }
    }
    try Value.diagonal(d).checkStorable()
    return try Indexing.select(d.full, s, name: name)
  }

  static func select(_ p: PermutationMatrix, _ s: [Subscript], name: String) throws(RuntimeError) -> Value {
    let shape = Shape(p.size, p.size)
    if s.count == 2 {
      try NDArray<Int>.check(s, within: shape, name: name)
      if s[0].isScalar, s[1].isScalar { return .number(p.columns[s[0][0]] == s[1][0] ? 1 : 0) }
      if let (rows, places) = permutation(s[0], s[1], p.size) {
        return .permutation(PermutationMatrix(columns: rows.map { places[p.columns[$0]] }))
      }
    }
    try Value.permutation(p).checkStorable()
    return try Indexing.select(.make(p.full), s, name: name)
  }

  /// When both subscripts hold every offset once: the row that each row of the result comes from, and the place in the
  /// result to which each column goes.
  private static func permutation(
    _ i: Subscript, _ j: Subscript, _ size: Int
  ) -> (rows: [Int], places: [Int])? {
    guard size > 1, let rows = order(i, size), let columns = order(j, size) else { return nil }
    var places = [Int](repeating: 0, count: size)
    for (k, column) in columns.enumerated() { places[column] = k }
    return (rows, places)
  }

  private static func order(_ s: Subscript, _ size: Int) -> [Int]? {
    guard s.count(in: size) == size else { return nil }
    let offsets = s.offsets(in: size)
    var seen = [Bool](repeating: false, count: size)
    for offset in offsets {
      if seen[offset] { return nil }
      seen[offset] = true
    }
    return offsets
  }
}

extension DiagonalMatrix {
  /// Square, real, double, all ones: what `eye (n)` makes.
  var isIdentity: Bool {
    guard rows == columns, rows > 1, case .real(let ones) = entries else { return false }
    return ones.allElements { $0 == 1 }
  }

  /// A part of one row or one column, whose subscripts have been checked, as a full matrix.
  func line(_ i: Subscript, _ j: Subscript) throws(RuntimeError) -> Value {
    let shape = Shape(i.count(in: rows), j.count(in: columns))
    try Call.check(shape, elementSize: MemoryLayout<ComplexDouble>.stride)
    func part<Element: ValueElement>(_ entries: NDArray<Element>) -> Value {
      let result = NDArray<Element>(zeros: shape)
      for k in 0..<result.count {
        let (row, column) = (i[i.isScalar ? 0 : k], j[j.isScalar ? 0 : k])
        if row == column { result[k] = entries[row] }
      }
      return .make(result)
    }
    switch entries {
    case .complex(let a): return part(a)
    case .single(let a): return part(a)
    case .singleComplex(let a): return part(a)
    default: return part(entries.realArray ?? NDArray(zeros: .empty))
    }
  }

  /// An element off the diagonal.
  var zeroEntry: Value { entries.isSingle ? .single(NDArray(scalar: 0)) : .number(0) }
}
