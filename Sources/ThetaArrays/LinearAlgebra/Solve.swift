// Systems of linear equations. The structure of the matrix picks the method: substitution for triangular ones,
// Cholesky for positive definite ones, LU for the others, and the shortest least-squares solution for those that
// are singular or not square.

/// A solution and what the caller may have to tell its user.
public struct LinearSolution<Element: FactorElement> {
  public let value: NDArray<Element>
  /// The reciprocal of the condition number; 1 when it was not computed.
  public let rcond: Double
  /// Singular to machine precision: `rcond` is zero, or too small to change one.
  public let isSingular: Bool
  /// The rank found by least squares; nil when that was not used.
  public let rank: Int?
}

extension NDArray where Element: FactorElement {
  /// x with A x = b, or as near as can be. Fails with `nonconformant` when the rows differ.
  public func solve(_ b: NDArray) throws(ArrayError) -> LinearSolution<Element> {
    guard shape.is2D, b.shape.is2D, shape.rows == b.shape.rows else { throw .nonconformant(shape, b.shape) }
    let (m, _) = try matrixSizes()
    guard let columns = Int32(exactly: b.shape.columns) else { throw .tooLarge }
    if shape.count == 0 || b.shape.count == 0 {
      let target = Shape(shape.columns, b.shape.columns)
      _ = try target.checkedCount(elementSize: MemoryLayout<Element>.stride)
      return LinearSolution(value: NDArray(zeros: target), rcond: 1, isSingular: false, rank: nil)
    }
    guard shape.isSquare else { return try leastSquares(b) }
    switch structure {
    case .triangular(let triangle):
      let value = b.copy()
      let rcond = Element.trcon(triangle, m, base)
      let singular = isNegligible(rcond)
      if Element.trtrs(triangle, .plain, m, columns, base, value.base) != 0 {
        substitute(triangle, into: value)
      }
      return LinearSolution(value: value, rcond: rcond, isSingular: singular, rank: nil)
    case .positive:
      let factor = copy()
      let norm = norm1()
      if Element.potrf(.upper, m, factor.base) == 0 {
        let rcond = Element.pocon(.upper, m, factor.base, norm: norm)
        if isNegligible(rcond) { return try leastSquares(b, rcond: rcond) }
        let value = b.copy()
        _ = Element.potrs(.upper, m, columns, factor.base, value.base)
        return LinearSolution(value: value, rcond: rcond, isSingular: false, rank: nil)
      }
    case .general: break
    }
    let factors = try luFactors()
    if factors.zeroPivot != nil { return try leastSquares(b, rcond: 0) }
    let rcond = Element.gecon(m, factors.packed.base, norm: norm1())
    if isNegligible(rcond) { return try leastSquares(b, rcond: rcond) }
    let value = b.copy()
    var swaps = factors.swaps
    swaps.withUnsafeMutableBufferPointer { pivots in
      if let start = pivots.baseAddress {
        _ = Element.getrs(.plain, m, columns, factors.packed.base, start, value.base)
      }
    }
    return LinearSolution(value: value, rcond: rcond, isSingular: false, rank: nil)
  }

  /// x with x A = b, or as near as can be, where self is A.
  public func solveRight(_ b: NDArray) throws(ArrayError) -> LinearSolution<Element> {
    guard shape.is2D, b.shape.is2D, shape.columns == b.shape.columns else {
      throw .nonconformant(b.shape, shape)
    }
    let solution = try transposed { $0.conjugated }.solve(b.transposed { $0.conjugated })
    return LinearSolution(
      value: solution.value.transposed { $0.conjugated }, rcond: solution.rcond,
      isSingular: solution.isSingular, rank: solution.rank)
  }

  /// The shortest x that minimises the length of A x - b. `rcond` is set when a square matrix came out singular.
  public func leastSquares(_ b: NDArray, rcond: Double? = nil) throws(ArrayError) -> LinearSolution<Element> {
    guard shape.is2D, b.shape.is2D, shape.rows == b.shape.rows else { throw .nonconformant(shape, b.shape) }
    let (m, n) = try matrixSizes()
    guard let columns = Int32(exactly: b.shape.columns) else { throw .tooLarge }
    let tall = Swift.max(shape.rows, shape.columns)
    let target = Shape(shape.columns, b.shape.columns)
    if shape.count == 0 || b.shape.columns == 0 {
      return LinearSolution(value: NDArray(zeros: target), rcond: rcond ?? 1, isSingular: rcond != nil, rank: 0)
    }
    // LAPACK iterates for ever on some infinities and NaN.
    guard isFiniteMatrix, b.isFiniteMatrix else {
      return LinearSolution(
        value: NDArray(target, repeating: Element(real: .nan)), rcond: rcond ?? 1, isSingular: rcond != nil,
        rank: 0)
    }
    _ = try Shape(tall, b.shape.columns).checkedCount(elementSize: MemoryLayout<Element>.stride)
    let padded = NDArray(zeros: Shape(tall, b.shape.columns))
    for j in 0..<b.shape.columns {
      (padded.base + j * tall).update(from: b.base + j * b.shape.rows, count: b.shape.rows)
    }
    let work = copy()
    var rank: Int32 = 0
    let small = Swift.min(shape.rows, shape.columns)
    let (info, ratio) = withScratch(Double.self, small, zero: 0) { values in
      let info = Element.gelsd(m, n, columns, work.base, padded.base, Int32(tall), values, &rank)
      return (info, values[0] == 0 ? 0 : values[small - 1] / values[0])
    }
    if info != 0 { throw .notConverged }
    let value = NDArray(zeros: target)
    for j in 0..<target.columns {
      (value.base + j * target.rows).update(from: padded.base + j * tall, count: target.rows)
    }
    return LinearSolution(
      value: value, rcond: rcond ?? ratio, isSingular: rcond != nil, rank: Int(rank))
  }

  private func isNegligible(_ rcond: Double) -> Bool { 1 + rcond == 1 || rcond.isNaN }

  /// Plain substitution with a zero on the diagonal, which LAPACK refuses: infinities and NaN come out.
  private func substitute(_ triangle: Triangle, into x: NDArray) {
    let n = shape.rows
    for c in 0..<x.shape.columns {
      for step in 0..<n {
        let j = triangle == .upper ? n - 1 - step : step
        if x[j, c] == .zero { continue }
        x[j, c] = Element.quotient(x[j, c], self[j, j])
        let rows = triangle == .upper ? 0..<j : j + 1..<n
        for i in rows {
          x[i, c] = Element.sum(x[i, c], Element.scaled(Element.product(x[j, c], self[i, j]), by: -1))
        }
      }
    }
  }
}
