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
        let p = permutation(i, j, d.rows)
      {
        return .permutation(p)
      }
      if i.isColonEquivalent(in: m), j.isColonEquivalent(in: n) {
        let count = min(m, n)
        let entries = try Indexing.select(
          d.entries, [Subscript(Array(0..<count), shape: Shape(count, 1))], name: name)
        return .diagonal(DiagonalMatrix(rows: m, columns: n, entries: entries))
      }
    }
    return try Indexing.select(d.full, s, name: name)
  }

  static func select(_ p: PermutationMatrix, _ s: [Subscript], name: String) throws(RuntimeError) -> Value {
    let shape = Shape(p.size, p.size)
    if s.count == 2 {
      try NDArray<Int>.check(s, within: shape, name: name)
      if s[0].isScalar, s[1].isScalar { return .number(p.columns[s[0][0]] == s[1][0] ? 1 : 0) }
      if s[0].count(in: p.size) == p.size, s[1].count(in: p.size) == p.size,
        let q = permutation(s[0], s[1], p.size)
      {
        // Rows in the order of i, columns in the order of j: row k of I(i, j) times p in between.
        let rows = s[0].offsets(in: p.size)
        var place = [Int](repeating: 0, count: p.size)
        for (k, column) in s[1].offsets(in: p.size).enumerated() { place[column] = k }
        _ = q
        return .permutation(PermutationMatrix(columns: rows.map { place[p.columns[$0]] }))
      }
    }
    return try Indexing.select(.make(p.full), s, name: name)
  }

  /// I(i, j) when both subscripts hold every offset once.
  private static func permutation(_ i: Subscript, _ j: Subscript, _ size: Int) -> PermutationMatrix? {
    guard size > 1, let rows = order(i, size), let columns = order(j, size) else { return nil }
    var place = [Int](repeating: 0, count: size)
    for (k, column) in columns.enumerated() { place[column] = k }
    return PermutationMatrix(columns: rows.map { place[$0] })
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

  /// An element off the diagonal.
  var zeroEntry: Value { entries.isSingle ? .single(NDArray(scalar: 0)) : .number(0) }
}
