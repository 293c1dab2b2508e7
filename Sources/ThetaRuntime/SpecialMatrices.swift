import ThetaArrays

/// A diagonal matrix that stays one under the operations under which Octave's does (`eye (n) * 2`, `D * A`,
/// `inv (D)`, `D'`), and that is displayed as one.
public final class DiagonalMatrix {
  public let rows: Int
  public let columns: Int
  /// min (rows, columns) × 1: `.number`, `.real`, `.complex`, `.single` or `.singleComplex`.
  public let entries: Value

  public init(rows: Int, columns: Int, entries: Value) {
    self.rows = rows
    self.columns = columns
    self.entries = entries
  }
}

/// A permutation matrix, as `lu` and `eye (n)(p, :)` make it.
public final class PermutationMatrix {
  /// Row i of the matrix has its one in column `columns[i]` (zero-based).
  public let columns: [Int]
  public var size: Int { columns.count }

  public init(columns: [Int]) {
    self.columns = columns
  }
}
