import ThetaArrays

/// `+a`, `-a`, `!a`, `a'`, `a.'`
enum Unary {
  static func negated(_ value: Value) -> Value? {
    switch value {
    case .number(let x): return .number(-x)
    case .logical(let b): return .number(b ? -1 : -0.0)
    case .real(let a): return .make(a.applying(.negate))
    case .boolean, .text, .range, .permutation: return value.realArray.map { .make($0.applying(.negate)) }
    case .single(let a): return .make(a.applying(.negate))
    case .complex(let a): return .make(a.map { -$0 })
    case .singleComplex(let a): return .make(a.map { -$0 })
    case .int8(let a): return .make(a.map { Int8.saturatingSubtract(0, $0) })
    case .int16(let a): return .make(a.map { Int16.saturatingSubtract(0, $0) })
    case .int32(let a): return .make(a.map { Int32.saturatingSubtract(0, $0) })
    case .int64(let a): return .make(a.map { Int64.saturatingSubtract(0, $0) })
    case .uint8(let a): return .make(NDArray<UInt8>(zeros: a.shape))
    case .uint16(let a): return .make(NDArray<UInt16>(zeros: a.shape))
    case .uint32(let a): return .make(NDArray<UInt32>(zeros: a.shape))
    case .uint64(let a): return .make(NDArray<UInt64>(zeros: a.shape))
    case .diagonal(let d): return negated(d.entries).map { .diagonal(d.with(entries: $0)) }
    case .undefined, .cell, .structure, .function, .object: return nil
    }
  }

  static func plus(_ value: Value) -> Value? {
    switch value {
    case .logical, .boolean, .text: return value.realArray.map { .make($0) }
    case .undefined, .cell, .structure, .function, .object: return nil
    case .complex(let a): return .make(a)
    case .singleComplex(let a): return .make(a)
    default: return value
    }
  }

  /// The transpose; `conjugating` for `'`. Nil for what has none.
  static func transposed(_ value: Value, conjugating: Bool) throws(RuntimeError) -> Value? {
    switch value {
    case .number, .logical: return value
    case .function, .object, .undefined: return nil
    case .real(let a): return .make(try flipped(a))
    case .boolean(let a): return .make(try flipped(a))
    case .text(let a, let quotes): return .text(try flipped(a), quotes)
    case .complex(let a):
      let turned = try flipped(a)
      return .make(conjugating ? turned.map { $0.conjugate } : turned)
    case .singleComplex(let a):
      let turned = try flipped(a)
      return .make(conjugating ? turned.map { $0.conjugate } : turned)
    case .single(let a): return .make(try flipped(a))
    case .int8(let a): return .make(try flipped(a))
    case .int16(let a): return .make(try flipped(a))
    case .int32(let a): return .make(try flipped(a))
    case .int64(let a): return .make(try flipped(a))
    case .uint8(let a): return .make(try flipped(a))
    case .uint16(let a): return .make(try flipped(a))
    case .uint32(let a): return .make(try flipped(a))
    case .uint64(let a): return .make(try flipped(a))
    case .range(let r): return .make(r.array.reshaped(Shape(r.count, 1)))
    case .cell(let a): return .cell(try flipped(a))
    case .diagonal(let d):
      let entries = conjugating ? try elementsConjugated(d.entries) : d.entries
      return .diagonal(DiagonalMatrix(rows: d.columns, columns: d.rows, entries: entries))
    case .permutation(let p): return .permutation(p.inverse)
    case .structure(let s):
      guard s.shape.is2D else { throw .transposeND }
      let (rows, columns) = (s.shape.rows, s.shape.columns)
      if rows == 1 || columns == 1 {
        return .structure(s.selecting(Array(0..<s.count), shape: Shape(columns, rows)))
      }
      let offsets = (0..<s.count).map { k in (k / columns) + (k % columns) * rows }
      return .structure(s.selecting(offsets, shape: Shape(columns, rows)))
    }
  }

  private static func elementsConjugated(_ entries: Value) throws(RuntimeError) -> Value {
    switch entries {
    case .complex(let a): .make(a.map { $0.conjugate })
    case .singleComplex(let a): .make(a.map { $0.conjugate })
    default: entries
    }
  }

  /// The transpose of an array.
  static func flipped<Element>(_ a: NDArray<Element>) throws(RuntimeError) -> NDArray<Element> {
    guard a.shape.is2D else { throw .transposeND }
    return a.transposed()
  }
}

extension RuntimeError {
  static var transposeND: RuntimeError { RuntimeError("transpose not defined for N-D objects") }
}

extension DiagonalMatrix {
  /// The same size with other entries.
  func with(entries: Value) -> DiagonalMatrix {
    DiagonalMatrix(rows: rows, columns: columns, entries: entries)
  }
}

extension PermutationMatrix {
  /// The inverse, which is the transpose.
  var inverse: PermutationMatrix {
    var result = [Int](repeating: 0, count: columns.count)
    for (row, column) in columns.enumerated() { result[column] = row }
    return PermutationMatrix(columns: result)
  }
}
