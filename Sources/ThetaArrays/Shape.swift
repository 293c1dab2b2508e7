/// The sizes of an array: rows, columns, and what lies beyond for N-d arrays. Trailing dimensions of one are
/// never stored, so two shapes are equal exactly when the language calls them equal. Two-dimensional shapes
/// hold no heap memory.
public struct Shape: Hashable, Sendable {
  public var rows: Int
  public var columns: Int
  /// The third dimension and on, without trailing ones.
  public var higher: [Int]

  @inlinable
  public init(_ rows: Int, _ columns: Int) {
    self.rows = rows
    self.columns = columns
    self.higher = []
  }

  /// From a list of sizes; missing dimensions are one, negative ones count as zero.
  public init(_ sizes: [Int]) {
    rows = sizes.isEmpty ? 1 : max(0, sizes[0])
    columns = sizes.count < 2 ? 1 : max(0, sizes[1])
    higher = sizes.count > 2 ? sizes[2...].map { max(0, $0) } : []
    while higher.last == 1 { higher.removeLast() }
  }

  public static let empty = Shape(0, 0)
  public static let scalar = Shape(1, 1)

  /// The number of elements. Shapes that come from a script are checked first (`checkedCount`), so the
  /// product of a shape that an array has cannot overflow.
  @inlinable
  public var count: Int {
    if higher.isEmpty { return rows &* columns }
    return higher.reduce(rows &* columns) { $0 &* $1 }
  }

  /// The number of elements, or an error when it, or its size in bytes, is more than an array may have.
  public func checkedCount(elementSize: Int = 8) throws(ArrayError) -> Int {
    // A zero anywhere makes the array empty, but the product of the others still has to be a number: code that fills
    // in the empty dimension makes an array of so many elements, and checks that then.
    var total = 1
    var isEmpty = false
    for size in sizes {
      if size == 0 { isEmpty = true }
      let (product, overflow) = total.multipliedReportingOverflow(by: max(size, 1))
      if overflow { throw .tooLarge }
      total = product
    }
    if isEmpty { return 0 }
    let (bytes, overflow) = total.multipliedReportingOverflow(by: max(1, elementSize))
    if overflow || bytes > Allocation.limit || !Allocation.admits(bytes) { throw .tooLarge }
    return total
  }

  /// At least two.
  @inlinable
  public var dimensionCount: Int { 2 + higher.count }

  /// The size along a dimension counted from zero; one beyond the last.
  @inlinable
  public subscript(dimension: Int) -> Int {
    get {
      switch dimension {
      case 0: return rows
      case 1: return columns
      default: return dimension - 2 < higher.count ? higher[dimension - 2] : 1
      }
    }
    set {
      switch dimension {
      case 0: rows = newValue
      case 1: columns = newValue
      default:
        while higher.count <= dimension - 2 { higher.append(1) }
        higher[dimension - 2] = newValue
        while higher.last == 1 { higher.removeLast() }
      }
    }
  }

  /// All sizes, at least two.
  public var sizes: [Int] { [rows, columns] + higher }

  @inlinable public var isScalar: Bool { rows == 1 && columns == 1 && higher.isEmpty }
  @inlinable public var isEmpty: Bool { count == 0 }
  @inlinable public var is2D: Bool { higher.isEmpty }
  /// 1×n or n×1, empty ones included.
  @inlinable public var isVector: Bool { higher.isEmpty && (rows == 1 || columns == 1) }
  @inlinable public var isRow: Bool { higher.isEmpty && rows == 1 }
  @inlinable public var isColumn: Bool { higher.isEmpty && columns == 1 }
  @inlinable public var isSquare: Bool { higher.isEmpty && rows == columns }

  /// The first dimension (from zero) that is not one; zero when all are one. Reductions work along it.
  public var firstNonSingleton: Int {
    if rows != 1 { return 0 }
    if columns != 1 { return 1 }
    return (higher.firstIndex { $0 != 1 }).map { $0 + 2 } ?? 0
  }

  /// The same sizes with one replaced.
  public func replacing(_ dimension: Int, with size: Int) -> Shape {
    var result = self
    result[dimension] = size
    return result
  }

  /// The number of elements before, along and after a dimension: an array of this shape is
  /// `outer` blocks of `length` slices of `inner` contiguous elements.
  public func split(at dimension: Int) -> (inner: Int, length: Int, outer: Int) {
    var inner = 1
    var outer = 1
    for d in 0..<max(dimensionCount, dimension + 1) {
      if d < dimension { inner *= self[d] } else if d > dimension { outer *= self[d] }
    }
    return (inner, self[dimension], outer)
  }

  /// The shape of an element-wise operation on two arrays: equal sizes, or one where the other differs.
  /// Nil when they do not conform.
  public func broadcast(with other: Shape) -> Shape? {
    if self == other { return self }
    var result = self
    for d in 0..<max(dimensionCount, other.dimensionCount) {
      let (a, b) = (self[d], other[d])
      if a == b { continue }
      if a == 1 { result[d] = b } else if b != 1 { return nil }
    }
    return result
  }
}

extension Shape: CustomStringConvertible {
  /// `2x3`, `0x0`, `2x3x4`, as messages and displays write it.
  public var description: String { sizes.map(String.init).joined(separator: "x") }
}
