// Convolution and linear filters by their definitions.

extension NDArray where Element: FactorElement {
  /// The product of two polynomials: n + m - 1 coefficients, or none when one has none. The shape is a
  /// column.
  @_specialize(where Element == Double)
  @_specialize(where Element == ComplexDouble)
  public static func convolution(_ a: NDArray, _ b: NDArray) throws(ArrayError) -> NDArray {
    if a.count == 0 || b.count == 0 { return NDArray(zeros: Shape(0, 1)) }
    let result = try NDArray(checking: Shape(a.count + b.count - 1, 1))
    let out = result.base
    for i in 0..<a.count {
      let factor = a.base[i]
      for j in 0..<b.count { out[i + j] = Element.sum(out[i + j], Element.product(factor, b.base[j])) }
    }
    return result
  }

  /// The two-dimensional convolution, all of it: (ma + mb - 1)×(na + nb - 1).
  public static func convolution2D(_ a: NDArray, _ b: NDArray) throws(ArrayError) -> NDArray {
    guard a.shape.is2D, b.shape.is2D else { throw .nonconformant(a.shape, b.shape) }
    let rows = Swift.max(0, a.shape.rows + b.shape.rows - 1)
    let columns = Swift.max(0, a.shape.columns + b.shape.columns - 1)
    return try convolution2D(a, b, rows: 0..<rows, columns: 0..<columns)
  }

  /// Some rows and columns of the two-dimensional convolution; no others are calculated.
  @_specialize(where Element == Double)
  @_specialize(where Element == ComplexDouble)
  public static func convolution2D(
    _ a: NDArray, _ b: NDArray, rows: Range<Int>, columns: Range<Int>
  ) throws(ArrayError) -> NDArray {
    let result = try NDArray(checking: Shape(rows.count, columns.count))
    let (ma, na, mb) = (a.shape.rows, a.shape.columns, b.shape.rows)
    if a.count == 0 || b.count == 0 { return result }
    for jb in 0..<b.shape.columns {
      let (left, right) = (Swift.max(columns.lowerBound, jb), Swift.min(columns.upperBound, jb + na))
      if left >= right { continue }
      for ib in 0..<mb {
        let (top, bottom) = (Swift.max(rows.lowerBound, ib), Swift.min(rows.upperBound, ib + ma))
        if top >= bottom { continue }
        let factor = b.base[ib + jb * mb]
        for j in left..<right {
          let out = result.base + (j - columns.lowerBound) * rows.count + (top - rows.lowerBound)
          let from = a.base + (j - jb) * ma + (top - ib)
          for i in 0..<bottom - top { out[i] = Element.sum(out[i], Element.product(factor, from[i])) }
        }
      }
    }
    return result
  }

  /// The rational filter b / a along a dimension counted from zero, in transposed direct form II.
  ///
  /// `state` holds max (a.count, b.count) - 1 numbers for each slice, as the matrix whose columns are the
  /// slices; none means zeros. The final state comes back. `a[0]` is not zero.
  @_specialize(where Element == Double)
  @_specialize(where Element == ComplexDouble)
  public func filtered(
    numerator b: NDArray, denominator a: NDArray, along dimension: Int, state: NDArray? = nil
  ) -> (value: NDArray, state: NDArray) {
    precondition(a.count > 0 && b.count > 0, "a filter has coefficients")
    let order = Swift.max(a.count, b.count)
    func normalized(_ c: NDArray) -> [Element] {
      (0..<order).map { $0 < c.count ? Element.quotient(c.base[$0], a.base[0]) : .zero }
    }
    let (numerator, denominator) = (normalized(b), normalized(a))
    let (inner, length, outer) = shape.split(at: dimension)
    let slices = inner * outer
    let final = state?.copy() ?? NDArray(zeros: Shape(order - 1, slices))
    precondition(final.count == (order - 1) * slices, "a state for each slice")
    let result = NDArray(zeros: shape)
    for slice in 0..<slices {
      let start = (slice / inner) * length * inner + slice % inner
      let z = final.base + slice * (order - 1)
      for i in 0..<length {
        let x = base[start + i * inner]
        let fresh = Element.product(numerator[0], x)
        let y = order > 1 ? Element.sum(z[0], fresh) : fresh
        for j in 1..<Swift.max(1, order) {
          let carried = j < order - 1 ? z[j] : .zero
          let feedback = Element.scaled(Element.product(denominator[j], y), by: -1)
          z[j - 1] = Element.sum(Element.sum(carried, feedback), Element.product(numerator[j], x))
        }
        result.base[start + i * inner] = y
      }
    }
    return (result, final)
  }
}
