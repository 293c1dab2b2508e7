// LU factorization with partial pivoting of a matrix of any shape, and determinants.

/// P A = L U: `packed` holds L below the diagonal (its ones are not stored) and U on and above it.
public struct LUFactors<Element: FactorElement> {
  public let packed: NDArray<Element>
  /// LAPACK's row exchanges, counted from one: row i was exchanged with row `swaps[i]`.
  public let swaps: [Int32]
  /// The first zero on the diagonal of U, from zero; nil when there is none.
  public let zeroPivot: Int?

  /// m×min (m, n), unit lower triangular.
  public var lower: NDArray<Element> { makeLower() }

  @_specialize(where Element == Double)
  @_specialize(where Element == ComplexDouble)
  private func makeLower() -> NDArray<Element> {
    let (m, k) = (packed.shape.rows, Swift.min(packed.shape.rows, packed.shape.columns))
    let result = NDArray<Element>(zeros: Shape(m, k))
    for j in 0..<k {
      result[j, j] = Element(real: 1)
      for i in Swift.min(m, j + 1)..<m { result[i, j] = packed[i, j] }
    }
    return result
  }

  /// min (m, n)×n, upper triangular.
  public var upper: NDArray<Element> { makeUpper() }

  @_specialize(where Element == Double)
  @_specialize(where Element == ComplexDouble)
  private func makeUpper() -> NDArray<Element> {
    let (k, n) = (Swift.min(packed.shape.rows, packed.shape.columns), packed.shape.columns)
    let result = NDArray<Element>(zeros: Shape(k, n))
    for j in 0..<n {
      for i in 0..<Swift.min(k, j + 1) { result[i, j] = packed[i, j] }
    }
    return result
  }

  /// Row i of P A is row `permutation[i]` of A, from zero.
  public var permutation: [Int] {
    var rows = Array(0..<packed.shape.rows)
    for (i, other) in swaps.enumerated() where Int(other) - 1 != i { rows.swapAt(i, Int(other) - 1) }
    return rows
  }

  /// P' L, so that A = (P' L) U.
  public var permutedLower: NDArray<Element> { makePermutedLower() }

  @_specialize(where Element == Double)
  @_specialize(where Element == ComplexDouble)
  private func makePermutedLower() -> NDArray<Element> {
    let plain = lower
    let result = NDArray<Element>(zeros: plain.shape)
    for (i, row) in permutation.enumerated() {
      for j in 0..<plain.shape.columns { result[row, j] = plain[i, j] }
    }
    return result
  }
}

extension NDArray where Element: FactorElement {
  /// The factors of a matrix of any shape.
  @_specialize(where Element == Double)
  @_specialize(where Element == ComplexDouble)
  public func luFactors() throws(ArrayError) -> LUFactors<Element> {
    let (m, n) = try matrixSizes()
    let packed = copy()
    var swaps = [Int32](repeating: 0, count: Swift.min(shape.rows, shape.columns))
    if swaps.isEmpty { return LUFactors(packed: packed, swaps: [], zeroPivot: nil) }
    let info = swaps.withUnsafeMutableBufferPointer { pivots in
      pivots.baseAddress.map { Element.getrf(m, n, packed.base, $0) } ?? 0
    }
    return LUFactors(packed: packed, swaps: swaps, zeroPivot: info > 0 ? Int(info) - 1 : nil)
  }

  /// The determinant of a square matrix and the reciprocal of its condition number; 1 when empty.
  @_specialize(where Element == Double)
  @_specialize(where Element == ComplexDouble)
  public func determinant() throws(ArrayError) -> (value: Element, rcond: Double) {
    let n = try squareSize()
    if n == 0 { return (Element(real: 1), 1) }
    var product = ScaledProduct<Element>()
    switch structure {
    case .triangular(_):
      for i in 0..<Int(n) { product.multiply(by: self[i, i]) }
      return (product.value, 0)
    case .positive:
      let factor = copy()
      let norm = norm1()
      if Element.potrf(.upper, n, factor.base) == 0 {
        for i in 0..<Int(n) { product.multiply(by: factor[i, i]) }
        product.square()
        return (product.value, Element.pocon(.upper, n, factor.base, norm: norm))
      }
    case .general: break
    }
    let factors = try luFactors()
    for i in 0..<Int(n) {
      let pivot = factors.packed[i, i]
      product.multiply(by: Int(factors.swaps[i]) == i + 1 ? pivot : Element.scaled(pivot, by: -1))
    }
    let rcond = factors.zeroPivot == nil ? Element.gecon(n, factors.packed.base, norm: norm1()) : 0
    return (product.value, rcond)
  }

  /// The sizes of a two-dimensional array as LAPACK takes them.
  @_specialize(where Element == Double)
  @_specialize(where Element == ComplexDouble)
  func matrixSizes() throws(ArrayError) -> (rows: Int32, columns: Int32) {
    guard shape.is2D else { throw .notSquare(shape) }
    guard let m = Int32(exactly: shape.rows), let n = Int32(exactly: shape.columns) else { throw .tooLarge }
    return (m, n)
  }

  /// The size of a square matrix.
  @_specialize(where Element == Double)
  @_specialize(where Element == ComplexDouble)
  func squareSize() throws(ArrayError) -> Int32 {
    guard shape.isSquare else { throw .notSquare(shape) }
    guard let n = Int32(exactly: shape.rows) else { throw .tooLarge }
    return n
  }
}

/// A product whose factors' exponents are kept apart, so that it neither overflows nor underflows on the way.
private struct ScaledProduct<Element: FactorElement> {
  private var mantissa = Element(real: 1)
  private var exponent = 0

  mutating func multiply(by factor: Element) {
    mantissa = Element.product(mantissa, factor)
    normalize()
  }

  mutating func square() {
    mantissa = Element.product(mantissa, mantissa)
    exponent *= 2
    normalize()
  }

  private mutating func normalize() {
    let size = mantissa.magnitudeValue
    guard size.isFinite, size > 0 else { return }
    let shift = Int(size.exponent)
    mantissa = Element.scaled(mantissa, by: Double(sign: .plus, exponent: -shift, significand: 1))
    exponent += shift
  }

  var value: Element {
    // In two steps, because the scale alone may be beyond the largest number.
    let half = exponent / 2
    let first = Double(sign: .plus, exponent: half, significand: 1)
    let second = Double(sign: .plus, exponent: exponent - half, significand: 1)
    return Element.scaled(Element.scaled(mantissa, by: first), by: second)
  }
}
