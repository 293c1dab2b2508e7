// Norms of vectors and matrices.

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Which norm. The vector norm of infinite order is the largest absolute value, of order minus infinity the
/// smallest, of order zero the number of elements that are not zero.
public enum NormKind: Sendable, Equatable {
  case order(Double)
  case frobenius
}

extension NDArray where Element: FactorElement {
  /// A norm of a vector or a matrix: matrices have orders 1, 2 and infinity. Nil for other orders of a
  /// matrix.
  @_specialize(where Element == Double)
  @_specialize(where Element == ComplexDouble)
  public func norm(_ kind: NormKind = .order(2)) throws(ArrayError) -> Double? {
    guard shape.is2D else { throw .notSquare(shape) }
    if count == 0 { return 0 }
    switch kind {
    case .frobenius: return euclideanNorm()
    case .order(let p):
      if shape.isVector { return vectorNorm(p) }
      switch p {
      case 1: return largestColumnSum()
      case .infinity: return transposed().largestColumnSum()
      case 2:
        guard isFiniteMatrix else { return .nan }
        return try singularValues()[0, 0]
      default: return nil
      }
    }
  }

  /// A NaN counts only in the first column, as in the programs whose results these are compared with.
  @_specialize(where Element == Double)
  @_specialize(where Element == ComplexDouble)
  private func largestColumnSum() -> Double {
    var largest: Double?
    for j in 0..<shape.columns {
      var sum = 0.0
      for i in 0..<shape.rows { sum += self[i, j].magnitudeValue }
      if let known = largest, !(sum > known) { continue }
      largest = sum
    }
    return largest ?? 0
  }

  /// The norm of all elements taken as one vector.
  @_specialize(where Element == Double)
  @_specialize(where Element == ComplexDouble)
  public func vectorNorm(_ p: Double) -> Double {
    switch p {
    case 1: return reduceMagnitudes(0) { $0 + $1 }
    case 2: return euclideanNorm()
    case .infinity: return reduceMagnitudes(0) { $1 > $0 || $1.isNaN ? $1 : $0 }
    case -.infinity: return reduceMagnitudes(.infinity) { $1 < $0 || $1.isNaN ? $1 : $0 }
    case 0: return reduceMagnitudes(0) { $1 == 0 ? $0 : $0 + 1 }
    default: return powerNorm(p)
    }
  }

  @_specialize(where Element == Double)
  @_specialize(where Element == ComplexDouble)
  private func reduceMagnitudes(_ initial: Double, _ combine: (Double, Double) -> Double) -> Double {
    var result = initial
    for i in 0..<count { result = combine(result, base[i].magnitudeValue) }
    return result
  }

  /// Scaled by the largest element so far, so that squares do not overflow.
  @_specialize(where Element == Double)
  @_specialize(where Element == ComplexDouble)
  private func euclideanNorm() -> Double {
    var (scale, sum) = (0.0, 1.0)
    func add(_ value: Double) {
      let size = abs(value)
      if scale == size {
        if size != 0 { sum += 1 }
      } else if scale < size {
        let ratio = scale / size
        sum = sum * (ratio * ratio) + 1
        scale = size
      } else if size != 0 {
        let ratio = size / scale
        sum += ratio * ratio
      }
      if size.isNaN { sum = .nan }
    }
    for i in 0..<count {
      add(base[i].realPart)
      if Element.isComplex { add(base[i].imaginaryPart) }
    }
    return scale * sum.squareRoot()
  }

  @_specialize(where Element == Double)
  @_specialize(where Element == ComplexDouble)
  private func powerNorm(_ p: Double) -> Double {
    let largest = reduceMagnitudes(0) { Swift.max($0, $1) }
    let scale = largest == 0 || !largest.isFinite ? 1 : largest
    return scale * pow(reduceMagnitudes(0) { $0 + pow($1 / scale, p) }, 1 / p)
  }
}
