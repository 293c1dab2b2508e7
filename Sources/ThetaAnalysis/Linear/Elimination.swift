import ThetaArrays
import ThetaNumeric
import ThetaRuntime

// Gauss-Jordan elimination.

enum Elimination {
  static let table: [Builtin] = [
    Builtin(
      "[r, k] = rref (A, tol?)",
      """
      The reduced row echelon form of a matrix and its pivot columns.

      >> rref ([1 2; 3 4])
      ans =

         1   0
         0   1

      """,
      multiple: rref)
  ]

  private struct Reduction: MatrixVisitor {
    /// Smaller elements count as zero; by default what rounding may leave.
    var tolerance: Double?
    var epsilon: Double

    func visit<E: FactorElement & ValueElement>(_ source: NDArray<E>) throws(RuntimeError) -> [Value] {
      let a = source.copy()
      let (rows, columns) = (a.shape.rows, a.shape.columns)
      let size = try RuntimeError.converting { () throws(ArrayError) in try a.norm(.order(.infinity)) ?? 0 }
      let tolerance = self.tolerance ?? epsilon * Double(max(rows, columns)) * size
      var pivots: [Double] = []
      var row = 0
      for column in 0..<columns where row < rows {
        var best = row
        for i in row..<rows where a[i, column].magnitudeValue > a[best, column].magnitudeValue { best = i }
        if a[best, column].magnitudeValue <= tolerance {
          for i in row..<rows { a[i, column] = .zero }
          continue
        }
        pivots.append(Double(column + 1))
        for j in column..<columns {
          let value = a[best, j]
          a[best, j] = a[row, j]
          a[row, j] = value
        }
        let pivot = a[row, column]
        for j in column..<columns { a[row, j] = E.quotient(a[row, j], pivot) }
        for i in 0..<rows where i != row {
          let factor = E.scaled(a[i, column], by: -1)
          for j in column..<columns { a[i, j] = E.sum(a[i, j], E.product(factor, a[row, j])) }
        }
        row += 1
      }
      return [.make(a), .row(pivots)]
    }
  }

  static func rref(_ call: inout Call) throws(RuntimeError) -> [Value] {
    guard call[0].shape.is2D else { throw call.error("A must be a 2-dimensional matrix") }
    guard call[0].isFloat else {
      throw RuntimeError("xnorm: wrong type argument '\(Read.typeName(call[0]))'")
    }
    let epsilon = call[0].isSingle ? Double(Float.ulpOfOne) : Double.ulpOfOne
    let tolerance = call.count > 1 ? try call.real(1) : nil
    let result = try MatrixArgument.visit(call, 0, Reduction(tolerance: tolerance, epsilon: epsilon))
    return [MatrixArgument.rounded(result[0], isSingle: call[0].isSingle), result[1]]
  }
}
