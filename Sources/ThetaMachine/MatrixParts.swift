import ThetaArrays
import ThetaRuntime

// Rows, columns and stretches of real matrices, by far the most frequent parts, without the general machinery. Nil for
// everything else: errors, and what is not plain, are the general code's.

extension NDArray where Element == Double {
  /// `a(range)` for a range of increasing neighbours.
  func part(_ range: RangeValue) -> Value? {
    guard shape.is2D, count > 1, let (start, length) = NDArray.stretch(range, within: count) else {
      return nil
    }
    let isColumn = shape.columns == 1
    let result = NDArray(uninitialized: isColumn ? Shape(length, 1) : Shape(1, length))
    result.base.initialize(from: base + start, count: length)
    return .make(result)
  }

  /// `a(:, j)`, `a(i, :)`, `a(:, range)` and `a(range, :)`.
  func part(_ i: Value, _ j: Value) -> Value? {
    guard shape.is2D else { return nil }
    let (rows, columns) = (shape.rows, shape.columns)
    if i.isColon {
      guard let (start, length) = NDArray.places(j, within: columns) else { return nil }
      let result = NDArray(uninitialized: Shape(rows, length))
      NDArray.copy(base + start * rows, to: result.base, count: rows * length)
      return .make(result)
    }
    guard j.isColon, let (start, length) = NDArray.places(i, within: rows) else { return nil }
    let result = NDArray(uninitialized: Shape(length, columns))
    let (out, from) = (result.base, base + start)
    if length == 1 {
      for column in 0..<columns { out[column] = from[column * rows] }
    } else {
      for column in 0..<columns {
        (out + column * length).initialize(from: from + column * rows, count: length)
      }
    }
    return .make(result)
  }

  /// Where a whole number or a range of neighbours within bounds starts, from zero, and how many it names.
  private static func places(_ value: Value, within count: Int) -> (Int, Int)? {
    switch value {
    case .number(let x):
      guard x >= 1, x <= Double(count), let k = Int(exactly: x) else { return nil }
      return (k - 1, 1)
    case .range(let range): return stretch(range, within: count)
    default: return nil
    }
  }

  private static func stretch(_ range: RangeValue, within count: Int) -> (Int, Int)? {
    guard range.increment == 1, range.count > 0, range.base >= 1, let first = Int(exactly: range.base),
      first <= count, range.count <= count - first + 1
    else { return nil }
    return (first - 1, range.count)
  }
}

extension Value {
  /// The subscript `:`.
  var isColon: Bool {
    if case .text(let text, _) = self { text.count == 1 && text.base[0] == UInt8(ascii: ":") } else { false }
  }
}
