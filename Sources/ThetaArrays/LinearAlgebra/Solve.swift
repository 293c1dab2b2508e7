// Systems of linear equations. The structure of the matrix picks the method: substitution for triangular
// ones, Cholesky for positive definite ones, LU for the others, and the shortest least-squares solution for
// those that are singular or not square.

/// A solution and what the caller may have to tell its user.
public struct LinearSolution<Element: FactorElement> {
  public let value: NDArray<Element>
  /// The reciprocal of the condition number; 1 when it was not computed, 0 when it is NaN.
  public let rcond: Double
  /// A reciprocal condition number for each time that the matrix turned out singular to machine precision:
  /// zero, or too small to change one when added to it. Each deserves a warning; a matrix that looks
  /// positive definite but is not is found singular twice.
  public let singularities: [Double]
  /// The rank found by least squares; nil when that was not used.
  public let rank: Int?
}

extension NDArray where Element: FactorElement {
  /// x with A x = b, or as near as can be. Fails with `nonconformant` when the rows differ.
  @_specialize(where Element == Double)
  @_specialize(where Element == ComplexDouble)
  public func solve(_ b: NDArray) throws(ArrayError) -> LinearSolution<Element> {
    guard shape.is2D, b.shape.is2D, shape.rows == b.shape.rows else { throw .nonconformant(shape, b.shape) }
    let (m, _) = try matrixSizes()
    guard let columns = Int32(exactly: b.shape.columns) else { throw .tooLarge }
    if shape.count == 0 || b.shape.count == 0 {
      let target = Shape(shape.columns, b.shape.columns)
      _ = try target.checkedCount(elementSize: MemoryLayout<Element>.stride)
      return LinearSolution(value: NDArray(zeros: target), rcond: 1, singularities: [], rank: nil)
    }
    guard shape.isSquare else { return try leastSquares(b) }
    var singularities: [Double] = []
    /// The condition number itself; one that makes the matrix singular is recorded.
    func check(_ rcond: Double) -> Double {
      let value = rcond.isNaN ? 0 : rcond
      if 1 + value == 1 { singularities.append(value) }
      return value
    }
    switch structure {
    case .triangular(let triangle):
      let value = b.copy()
      let rcond = check(Element.trcon(triangle, m, base))
      if Element.trtrs(triangle, .plain, m, columns, base, value.base) != 0 {
        return try leastSquares(b, rcond: rcond, singularities)
      }
      return LinearSolution(value: value, rcond: rcond, singularities: singularities, rank: nil)
    case .positive:
      let factor = copy()
      if Element.potrf(.upper, m, factor.base) == 0 {
        let rcond = check(Element.pocon(.upper, m, factor.base, norm: norm1()))
        if singularities.isEmpty {
          let value = b.copy()
          _ = Element.potrs(.upper, m, columns, factor.base, value.base)
          return LinearSolution(value: value, rcond: rcond, singularities: [], rank: nil)
        }
      }
    case .general: break
    }
    let factors = try luFactors()
    if factors.zeroPivot != nil { return try leastSquares(b, rcond: 0, singularities + [0]) }
    let rcond = check(Element.gecon(m, factors.packed.base, norm: norm1()))
    let value = b.copy()
    var swaps = factors.swaps
    swaps.withUnsafeMutableBufferPointer { pivots in
      if let start = pivots.baseAddress {
        _ = Element.getrs(.plain, m, columns, factors.packed.base, start, value.base)
      }
    }
    return LinearSolution(value: value, rcond: rcond, singularities: singularities, rank: nil)
  }

  /// x with x A = b, or as near as can be, where self is A.
  @_specialize(where Element == Double)
  @_specialize(where Element == ComplexDouble)
  public func solveRight(_ b: NDArray) throws(ArrayError) -> LinearSolution<Element> {
    guard shape.is2D, b.shape.is2D, shape.columns == b.shape.columns else {
      throw .nonconformant(b.shape, shape)
    }
    let solution = try transposed { $0.conjugated }.solve(b.transposed { $0.conjugated })
    return LinearSolution(
      value: solution.value.transposed { $0.conjugated }, rcond: solution.rcond,
      singularities: solution.singularities, rank: solution.rank)
  }

  /// The shortest x that minimises the length of A x - b.
  @_specialize(where Element == Double)
  @_specialize(where Element == ComplexDouble)
  public func leastSquares(_ b: NDArray) throws(ArrayError) -> LinearSolution<Element> {
    try leastSquares(b, rcond: nil, [])
  }

  /// With what is known when a square matrix came out singular.
  @_specialize(where Element == Double)
  @_specialize(where Element == ComplexDouble)
  private func leastSquares(
    _ b: NDArray, rcond: Double?, _ singularities: [Double]
  ) throws(ArrayError) -> LinearSolution<Element> {
    guard shape.is2D, b.shape.is2D, shape.rows == b.shape.rows else { throw .nonconformant(shape, b.shape) }
    let (m, n) = try matrixSizes()
    guard let columns = Int32(exactly: b.shape.columns) else { throw .tooLarge }
    let tall = Swift.max(shape.rows, shape.columns)
    let target = Shape(shape.columns, b.shape.columns)
    if shape.count == 0 || b.shape.columns == 0 {
      return LinearSolution(value: NDArray(zeros: target), rcond: 1, singularities: [], rank: 0)
    }
    // LAPACK iterates for ever on some infinities and NaN.
    guard isFiniteMatrix, b.isFiniteMatrix else {
      return LinearSolution(
        value: NDArray(target, repeating: Element(real: .nan)), rcond: rcond ?? 1,
        singularities: singularities,
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
      value: value, rcond: rcond ?? ratio, singularities: singularities, rank: Int(rank))
  }
}
