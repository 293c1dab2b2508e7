// What a matrix looks like, which decides how systems with it are solved, and its simple norms.

/// The structure of a square matrix that a solver can use.
enum MatrixStructure: Equatable {
  case triangular(Triangle)
  /// Hermitian with a positive diagonal that dominates enough for a Cholesky factorization to be worth a try.
  case positive
  case general
}

extension NDArray where Element: FactorElement {
  @_specialize(where Element == Double)
  @_specialize(where Element == ComplexDouble)
  func findStructure() -> MatrixStructure {
    let n = shape.rows
    var (upper, lower, hermitian) = (true, true, true)
    for j in 0..<n where hermitian {
      let d = self[j, j]
      if !(d.realPart > 0) || d.conjugated != d { hermitian = false }
    }
    for j in 0..<n {
      for i in 0..<n where i != j {
        let value = base[j * n + i]
        if value != .zero { if i > j { upper = false } else { lower = false } }
        if hermitian, i < j {
          let other = base[i * n + j]
          let size = value.magnitudeValue
          hermitian =
            other == value.conjugated && size * size < base[i * n + i].realPart * base[j * n + j].realPart
        }
      }
      if !upper, !lower, !hermitian { return .general }
    }
    if upper { return .triangular(.upper) }
    if lower { return .triangular(.lower) }
    return hermitian ? .positive : .general
  }

  var structure: MatrixStructure { findStructure() }

  /// Whether a square matrix equals its conjugate transpose.
  public var isHermitian: Bool {
    @_specialize(where Element == Double)
    @_specialize(where Element == ComplexDouble)
    get {
      guard shape.isSquare else { return false }
      let n = shape.rows
      for j in 0..<n {
        for i in 0...j where base[i * n + j] != base[j * n + i].conjugated { return false }
      }
      return true
    }
  }

  /// Whether every element is a finite number.
  public var isFiniteMatrix: Bool {
    @_specialize(where Element == Double)
    @_specialize(where Element == ComplexDouble)
    get { allElements { $0.isFiniteNumber } }
  }

  /// The largest sum of absolute values of a column; NaN when there is one.
  @_specialize(where Element == Double)
  @_specialize(where Element == ComplexDouble)
  func norm1() -> Double {
    var largest = 0.0
    for j in 0..<shape.columns {
      var sum = 0.0
      for i in 0..<shape.rows { sum += self[i, j].magnitudeValue }
      if sum > largest || sum.isNaN { largest = sum }
      if sum.isNaN { break }
    }
    return largest
  }
}
