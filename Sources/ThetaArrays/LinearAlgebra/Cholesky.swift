// Cholesky factorization of Hermitian positive definite matrices.

extension NDArray where Element: FactorElement {
  /// R with R' R = A (upper) or L with L L' = A (lower), read from that triangle of A.
  ///
  /// When the matrix is not positive definite, `failedAt` is the order (from one) of the leading minor that
  /// is not, and the factor is that of the leading block before it; otherwise it is zero.
  @_specialize(where Element == Double)
  @_specialize(where Element == ComplexDouble)
  public func cholesky(_ triangle: Triangle = .upper) throws(ArrayError) -> (factor: NDArray, failedAt: Int) {
    let n = try squareSize()
    if n == 0 { return (copy(), 0) }
    let full = copy()
    let info = Int(Element.potrf(triangle, n, full.base))
    let size = info > 0 ? info - 1 : Int(n)
    let factor = NDArray(zeros: Shape(size, size))
    for j in 0..<size {
      let rows = triangle == .upper ? 0..<j + 1 : j..<size
      for i in rows { factor[i, j] = full[i, j] }
    }
    return (factor, info)
  }

  /// The inverse of a matrix from its upper Cholesky factor.
  @_specialize(where Element == Double)
  @_specialize(where Element == ComplexDouble)
  public func inverseFromCholesky() throws(ArrayError) -> NDArray {
    let n = try squareSize()
    let result = copy()
    if n == 0 { return result }
    let info = Element.potri(.upper, n, result.base)
    if info != 0 { throw .factorization(Int(info)) }
    result.mirrorUpper(conjugating: true)
    return result
  }
}
