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
    let factor = copy()
    let info = Int(Element.potrf(triangle, n, factor.base))
    let rows = Int(n)
    for j in 0..<rows {
      let other = triangle == .upper ? j + 1..<rows : 0..<j
      (factor.base + j * rows + other.lowerBound).update(repeating: .zero, count: other.count)
    }
    if info > 0 { return (factor.leadingBlock(info - 1), info) }
    return (factor, info)
  }

  /// The first rows and columns of a square matrix.
  private func leadingBlock(_ size: Int) -> NDArray {
    let block = NDArray(zeros: Shape(size, size))
    for j in 0..<size {
      for i in 0..<size { block[i, j] = self[i, j] }
    }
    return block
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
