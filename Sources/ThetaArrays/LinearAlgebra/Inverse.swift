// Inverses and reciprocal condition numbers.

extension NDArray where Element: FactorElement {
  /// The inverse of a square matrix and the reciprocal of its condition number. A singular matrix gives
  /// infinities and 0; the caller warns when `1 + rcond == 1`.
  @_specialize(where Element == Double)
  @_specialize(where Element == ComplexDouble)
  public func inverse() throws(ArrayError) -> (value: NDArray, rcond: Double) {
    let n = try squareSize()
    if n == 0 { return (copy(), .infinity) }
    let norm = norm1()
    let structure = structure
    if case .triangular(let triangle) = structure {
      let result = copy()
      let rcond = Element.trcon(triangle, n, result.base)
      // LAPACK stops at the first zero on the diagonal.
      if Element.trtri(triangle, n, result.base) != 0 { return (infinite, 0) }
      return (result, rcond)
    }
    if structure == .positive {
      let result = copy()
      if Element.potrf(.upper, n, result.base) == 0 {
        let rcond = Element.pocon(.upper, n, result.base, norm: norm)
        if rcond != 0, Element.potri(.upper, n, result.base) == 0 {
          result.mirrorUpper(conjugating: true)
          return (result, rcond)
        }
      }
    }
    let factors = try luFactors()
    if factors.zeroPivot != nil { return (infinite, 0) }
    let rcond = Element.gecon(n, factors.packed.base, norm: norm)
    if !(rcond > 0) || norm.isNaN { return (infinite, 0) }
    var swaps = factors.swaps
    let info = swaps.withUnsafeMutableBufferPointer { pivots in
      pivots.baseAddress.map { Element.getri(n, factors.packed.base, $0) } ?? 0
    }
    return info == 0 ? (factors.packed, rcond) : (infinite, 0)
  }

  /// The reciprocal of the condition number in the 1-norm: 0 when singular, infinity when empty.
  @_specialize(where Element == Double)
  @_specialize(where Element == ComplexDouble)
  public func rcond() throws(ArrayError) -> Double {
    let n = try squareSize()
    if n == 0 { return .infinity }
    guard isFiniteMatrix else { return 0 }
    let norm = norm1()
    switch structure {
    case .triangular(let triangle): return Element.trcon(triangle, n, base)
    case .positive:
      let factor = copy()
      if Element.potrf(.upper, n, factor.base) == 0 {
        return Element.pocon(.upper, n, factor.base, norm: norm)
      }
    case .general: break
    }
    let factors = try luFactors()
    return factors.zeroPivot == nil ? Element.gecon(n, factors.packed.base, norm: norm) : 0
  }

  private var infinite: NDArray { NDArray(shape, repeating: Element(real: .infinity)) }
}
