import ThetaArrays
import ThetaNumeric
import ThetaRuntime

// Orthonormal bases of null space and range.

enum Bases {
  static let table: [Builtin] = [
    Builtin(
      "[y, e] = null (A, tol?)",
      """
      An orthonormal basis of the vectors with A x = 0.

      >> null ([1 1])
      ans =

        -0.7071
         0.7071

      """, nullSpace),
    Builtin(
      "y = orth (A, tol?)",
      """
      An orthonormal basis of the range of A.

      >> orth ([2 0; 0 0])
      ans =

        -1
         0

      """, orth),
  ]

  private struct Basis: MatrixVisitor {
    var tolerance: Double?
    var isNull: Bool
    func visit<E: FactorElement & ValueElement>(_ a: NDArray<E>) throws(RuntimeError) -> Value {
      let factors = try RuntimeError.converting { () throws(ArrayError) in try a.singularFactors() }
      let values = factors.values
      let largest = values.count > 0 ? values[0] : 0
      let limit = tolerance ?? Double(max(a.shape.rows, a.shape.columns)) * largest * Double.ulpOfOne
      let rank = values.countElements { $0 > limit }
      let basis = isNull ? factors.v : factors.u
      let size = basis.shape.rows
      let range = isNull ? rank..<basis.shape.columns : 0..<rank
      let result = NDArray<E>(zeros: Shape(size, range.count))
      for (k, j) in range.enumerated() {
        for i in 0..<size {
          let x = basis[i, j]
          // What is below the precision is zero.
          result[i, k] =
            isNull
            ? (x.magnitudeValue < Double.ulpOfOne ? .zero : x) : E.scaled(x, by: -1)
        }
      }
      return .make(result)
    }
  }

  static func nullSpace(_ call: inout Call) throws(RuntimeError) -> Value {
    if call[0].isEmpty { return .emptyMatrix }
    let tolerance = call.count > 1 ? try call.real(1) : nil
    return MatrixArgument.rounded(
      try MatrixArgument.visit(call, 0, Basis(tolerance: tolerance, isNull: true)), isSingle: call[0].isSingle
    )
  }

  static func orth(_ call: inout Call) throws(RuntimeError) -> Value {
    if call[0].isEmpty { return .emptyMatrix }
    let tolerance = call.count > 1 ? try call.real(1) : nil
    return MatrixArgument.rounded(
      try MatrixArgument.visit(call, 0, Basis(tolerance: tolerance, isNull: false)),
      isSingle: call[0].isSingle)
  }
}
