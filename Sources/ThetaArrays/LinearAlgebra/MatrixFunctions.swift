// The exponential of a matrix, whole powers, and the Kronecker product.

extension NDArray where Element: FactorElement {
  /// The matrix exponential by scaling and squaring of a Padé approximant (N. J. Higham, 2005): the degree
  /// grows with the norm up to 13, beyond which the matrix is halved.
  @_specialize(where Element == Double)
  @_specialize(where Element == ComplexDouble)
  public func exponential() throws(ArrayError) -> NDArray {
    let n = Int(try squareSize())
    if n == 0 { return copy() }
    guard isFiniteMatrix else { return NDArray(shape, repeating: Element(real: .nan)) }
    // A multiple of the identity commutes with everything: taking the mean of the diagonal out shrinks the
    // norm.
    var trace = Element.zero
    for i in 0..<n { trace = Element.sum(trace, self[i, i]) }
    let shift = Swift.max(0, trace.realPart / Double(n))
    let matrix = copy()
    for i in 0..<n { matrix[i, i] = Element.sum(matrix[i, i], Element(real: -shift)) }
    let norm = matrix.norm1()
    var result: NDArray
    if let degree = PadeExponential.degrees.first(where: { norm <= $0.bound }) {
      result = try PadeExponential.approximant(matrix, degree.coefficients)
    } else {
      let halvings = Swift.max(0, Int((norm / PadeExponential.largestBound).exponent) + 1)
      let factor = Double(sign: .plus, exponent: -halvings, significand: 1)
      result = try PadeExponential.approximant(
        matrix.map { Element.scaled($0, by: factor) }, PadeExponential.largest)
      for _ in 0..<halvings { result = try NDArray.product(result, result) }
    }
    if shift != 0 {
      let scale = PadeExponential.exp(shift)
      result.transform { Element.scaled($0, by: scale) }
    }
    return result
  }

  /// A whole power by repeated squaring; negative powers go through the inverse, with its condition number.
  @_specialize(where Element == Double)
  @_specialize(where Element == ComplexDouble)
  public func power(_ exponent: Int) throws(ArrayError) -> (value: NDArray, rcond: Double) {
    let n = Int(try squareSize())
    if exponent == 0 { return (.identity(n, n), 1) }
    var factor = self
    var rcond = 1.0
    if exponent < 0 { (factor, rcond) = try inverse() }
    var remaining = exponent.magnitude
    var result: NDArray?
    while remaining > 0 {
      if remaining & 1 == 1 {
        if let partial = result { result = try .product(factor, partial) } else { result = factor }
      }
      remaining >>= 1
      if remaining > 0 { factor = try .product(factor, factor) }
    }
    return (result ?? .identity(n, n), rcond)
  }

  /// Each element of the first matrix times the whole second one, in its place.
  @_specialize(where Element == Double)
  @_specialize(where Element == ComplexDouble)
  public static func kronecker(_ a: NDArray, _ b: NDArray) throws(ArrayError) -> NDArray {
    guard a.shape.is2D, b.shape.is2D else { throw .nonconformant(a.shape, b.shape) }
    let (rows, overflow) = a.shape.rows.multipliedReportingOverflow(by: b.shape.rows)
    let (columns, overflowed) = a.shape.columns.multipliedReportingOverflow(by: b.shape.columns)
    if overflow || overflowed { throw .tooLarge }
    let result = try NDArray(checking: Shape(rows, columns))
    if result.count == 0 { return result }
    for ja in 0..<a.shape.columns {
      for jb in 0..<b.shape.columns {
        var out = result.base + (ja * b.shape.columns + jb) * rows
        for ia in 0..<a.shape.rows {
          let factor = a[ia, ja]
          for ib in 0..<b.shape.rows {
            out.pointee = Element.product(factor, b[ib, jb])
            out += 1
          }
        }
      }
    }
    return result
  }
}
