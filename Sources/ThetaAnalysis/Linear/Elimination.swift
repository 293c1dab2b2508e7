import Glibc
import ThetaArrays
import ThetaNumeric
import ThetaRuntime

// Gauss-Jordan elimination, and changes between Cartesian and polar coordinates.

enum Elimination {
  static let table: [Builtin] = [
    Builtin(
      "[r, k] = rref (A, tol?)", "The reduced row echelon form of a matrix and its pivot columns.",
      multiple: rref),
    Builtin(
      "[theta, r, z] = cart2pol (x, y, z?)",
      "Cartesian coordinates as angle, radius and height; a matrix has them as columns.", multiple: cart2pol),
    Builtin(
      "[x, y, z] = pol2cart (theta, r, z?)", "Polar or cylindrical coordinates as Cartesian ones.",
      multiple: pol2cart),
  ]

  static func rref(_ call: inout Call) throws(RuntimeError) -> [Value] {
    guard call[0].shape.is2D, call[0].isFloat, let source = call[0].realArray else {
      throw call.error("A must be a 2-dimensional matrix")
    }
    let a = source.copy()
    let (rows, columns) = (a.shape.rows, a.shape.columns)
    let epsilon = call[0].isSingle ? Double(Float.ulpOfOne) : Double.ulpOfOne
    let size = try RuntimeError.converting { () throws(ArrayError) in try a.norm(.order(.infinity)) ?? 0 }
    let tolerance = call.count > 1 ? try call.real(1) : epsilon * Double(max(rows, columns)) * size
    var pivots: [Double] = []
    var row = 0
    for column in 0..<columns where row < rows {
      var best = row
      for i in row..<rows where abs(a[i, column]) > abs(a[best, column]) { best = i }
      if abs(a[best, column]) <= tolerance {
        for i in row..<rows { a[i, column] = 0 }
        continue
      }
      pivots.append(Double(column + 1))
      for j in column..<columns {
        let value = a[best, j]
        a[best, j] = a[row, j]
        a[row, j] = value
      }
      let pivot = a[row, column]
      for j in column..<columns { a[row, j] /= pivot }
      for i in 0..<rows where i != row {
        let factor = a[i, column]
        for j in column..<columns { a[i, j] -= factor * a[row, j] }
      }
      row += 1
    }
    return [MatrixArgument.rounded(.make(a), isSingle: call[0].isSingle), .row(pivots)]
  }

  private static func coordinates(
    _ call: Call, _ convert: (Double, Double) -> (Double, Double)
  ) throws(RuntimeError) -> [Value] {
    let a = try call.numbers(0)
    var columns: [NDArray<Double>]
    if call.count == 1 {
      guard a.shape.is2D, a.shape.columns == 2 || a.shape.columns == 3 else {
        throw call.error("matrix input must be 2-D with 2 or 3 columns")
      }
      columns = (0..<a.shape.columns).map { j in NDArray(column: (0..<a.shape.rows).map { a[$0, j] }) }
    } else {
      columns = [a]
      for k in 1..<call.count { columns.append(try call.numbers(k)) }
    }
    let pairs = try RuntimeError.converting { () throws(ArrayError) in
      (
        try NDArray<Double>.zip(columns[0], columns[1]) { convert($0, $1).0 },
        try NDArray<Double>.zip(columns[0], columns[1]) { convert($0, $1).1 }
      )
    }
    var result: [Value] = [.make(pairs.0), .make(pairs.1)]
    if columns.count > 2 { result.append(.make(columns[2])) }
    if call.outputs > 1 || call.count > 1 { return result }
    let flat = result.map { $0.reshapedValue(Shape($0.count, 1)) }
    return [try Concatenation.along(1, flat, function: "horzcat")]
  }

  static func cart2pol(_ call: inout Call) throws(RuntimeError) -> [Value] {
    try coordinates(call) { (Glibc.atan2($1, $0), Glibc.sqrt($0 * $0 + $1 * $1)) }
  }
  static func pol2cart(_ call: inout Call) throws(RuntimeError) -> [Value] {
    try coordinates(call) { ($1 * Glibc.cos($0), $1 * Glibc.sin($0)) }
  }
}
