// Singular values and what is computed from them: rank, pseudoinverse, 2-norm.

/// A = U diag (values) V'
public struct SVDFactors<Element: FactorElement> {
  public let u: NDArray<Element>
  /// min (m, n)×1, largest first.
  public let values: NDArray<Double>
  public let v: NDArray<Element>
}

extension NDArray where Element: FactorElement {
  /// min (m, n)×1, largest first. Fails with `notFinite` and `notConverged`.
  @_specialize(where Element == Double)
  @_specialize(where Element == ComplexDouble)
  public func singularValues() throws(ArrayError) -> NDArray<Double> {
    let (m, n) = try matrixSizes()
    guard isFiniteMatrix else { throw .notFinite }
    let values = NDArray<Double>(zeros: Shape(Swift.min(shape.rows, shape.columns), 1))
    if values.count == 0 { return values }
    let work = copy()
    let info = withScratch(Element.self, 1, zero: .zero) {
      Element.gesvd("N", m, n, work.base, values.base, $0, 1, $0, 1)
    }
    if info != 0 { throw .notConverged }
    return values
  }

  /// Full: U is m×m and V is n×n. Economy: both have min (m, n) columns.
  @_specialize(where Element == Double)
  @_specialize(where Element == ComplexDouble)
  public func singularFactors(economy: Bool = false) throws(ArrayError) -> SVDFactors<Element> {
    let (m, n) = try matrixSizes()
    guard isFiniteMatrix else { throw .notFinite }
    let (rows, columns) = (shape.rows, shape.columns)
    let small = Swift.min(rows, columns)
    let values = NDArray<Double>(zeros: Shape(small, 1))
    if small == 0 {
      let most = economy ? 0 : Swift.max(rows, columns)
      _ = try Shape(most, most).checkedCount(elementSize: MemoryLayout<Element>.stride)
      return SVDFactors(
        u: .identity(rows, economy ? 0 : rows), values: values, v: .identity(columns, economy ? 0 : columns))
    }
    let work = copy()
    let (du, dv) = (economy ? small : rows, economy ? small : columns)
    _ = try Shape(rows, du).checkedCount(elementSize: MemoryLayout<Element>.stride)
    _ = try Shape(dv, columns).checkedCount(elementSize: MemoryLayout<Element>.stride)
    let u = NDArray(zeros: Shape(rows, du))
    let vt = NDArray(zeros: Shape(dv, columns))
    let info = Element.gesvd(
      economy ? "S" : "A", m, n, work.base, values.base, u.base, m, vt.base, Int32(dv))
    if info != 0 { throw .notConverged }
    return SVDFactors(u: u, values: values, v: vt.transposed { $0.conjugated })
  }

  /// The number of singular values above the tolerance; by default max (m, n) times the spacing of doubles at
  /// the largest.
  @_specialize(where Element == Double)
  @_specialize(where Element == ComplexDouble)
  public func rank(tolerance: Double? = nil) throws(ArrayError) -> Int {
    let values = try singularValues()
    guard values.count > 0 else { return 0 }
    let limit = tolerance ?? Double(Swift.max(shape.rows, shape.columns)) * values[0, 0] * Double.ulpOfOne
    return values.countElements { $0 > limit }
  }

  /// The Moore-Penrose pseudoinverse; singular values up to the tolerance count as zero.
  @_specialize(where Element == Double)
  @_specialize(where Element == ComplexDouble)
  public func pseudoinverse(tolerance: Double? = nil) throws(ArrayError) -> NDArray {
    let (rows, columns) = (shape.rows, shape.columns)
    guard shape.is2D else { throw .notSquare(shape) }
    if count == 0 { return NDArray(zeros: Shape(columns, rows)) }
    guard isFiniteMatrix else { return NDArray(Shape(columns, rows), repeating: Element(real: .nan)) }
    let factors = try singularFactors(economy: true)
    let values = factors.values
    var limit = tolerance ?? 0
    if limit <= 0 {
      limit = Double(Swift.max(rows, columns)) * values[0, 0] * Double.ulpOfOne
      if limit == 0 { limit = Double.leastNormalMagnitude }
    }
    let rank = values.countElements { $0 > limit }
    if rank == 0 { return NDArray(zeros: Shape(columns, rows)) }
    let scaledV = NDArray(zeros: Shape(columns, rank))
    let u = NDArray(zeros: Shape(rows, rank))
    for j in 0..<rank {
      for i in 0..<columns { scaledV[i, j] = Element.scaled(factors.v[i, j], by: 1 / values[j, 0]) }
      for i in 0..<rows { u[i, j] = factors.u[i, j] }
    }
    return try NDArray.product(scaledV, .plain, u, .conjugateTransposed)
  }

  /// Ones on the diagonal, zeros elsewhere.
  @_specialize(where Element == Double)
  @_specialize(where Element == ComplexDouble)
  public static func identity(_ rows: Int, _ columns: Int) -> NDArray {
    let result = NDArray(zeros: Shape(rows, columns))
    for i in 0..<Swift.min(rows, columns) { result[i, i] = Element(real: 1) }
    return result
  }
}
