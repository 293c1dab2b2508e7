// Eigenvalues and eigenvectors, ordinary and generalized. Symmetric and Hermitian matrices have their own
// routine, whose results are real and in ascending order.

/// Eigenvalues, n×1, and the vectors that were asked for, n×n, a column for each value.
public struct EigenFactors {
  public let values: NDArray<ComplexDouble>
  public let right: NDArray<ComplexDouble>?
  public let left: NDArray<ComplexDouble>?
}

/// Which eigenvectors to compute.
public enum EigenVectors: Sendable, Equatable {
  case none, right, both
}

extension NDArray where Element: FactorElement {
  /// Eigenvalues of a square matrix. Balancing scales a general matrix first, for accuracy.
  /// Fails with `notFinite` and `notConverged`.
  @_specialize(where Element == Double)
  @_specialize(where Element == ComplexDouble)
  public func eigenFactors(
    _ vectors: EigenVectors = .right, balanced: Bool = true
  ) throws(ArrayError) -> EigenFactors {
    let n = try squareSize()
    guard isFiniteMatrix else { throw .notFinite }
    let values = NDArray<ComplexDouble>(zeros: Shape(Int(n), 1))
    if n == 0 { return EigenFactors(values: values, right: .init(zeros: shape), left: .init(zeros: shape)) }
    let work = copy()
    if isHermitian {
      let real = NDArray<Double>(zeros: values.shape)
      if Element.syev(vectors: vectors != .none, n, work.base, real.base) != 0 { throw .notConverged }
      let columns = vectors == .none ? nil : work.asComplex()
      return EigenFactors(values: real.asComplex(), right: columns, left: vectors == .both ? columns : nil)
    }
    let right = vectors == .none ? nil : NDArray<ComplexDouble>(zeros: shape)
    let left = vectors == .both ? NDArray<ComplexDouble>(zeros: shape) : nil
    let info = Element.geevx(balanced: balanced, n, work.base, values.base, left?.base, right?.base)
    if info != 0 { throw .notConverged }
    return EigenFactors(values: values, right: right, left: left)
  }

  /// Values and vectors of A v = value B v for square matrices of one size.
  @_specialize(where Element == Double)
  @_specialize(where Element == ComplexDouble)
  public func generalizedEigenFactors(
    _ b: NDArray, _ vectors: EigenVectors = .right
  ) throws(ArrayError) -> EigenFactors {
    let n = try squareSize()
    guard b.shape.isSquare else { throw .notSquare(b.shape) }
    guard b.shape == shape else { throw .nonconformant(shape, b.shape) }
    guard isFiniteMatrix, b.isFiniteMatrix else { throw .notFinite }
    let values = NDArray<ComplexDouble>(zeros: Shape(Int(n), 1))
    if n == 0 { return EigenFactors(values: values, right: .init(zeros: shape), left: .init(zeros: shape)) }
    let trial = b.copy()
    if isHermitian, b.isHermitian, Element.potrf(.lower, n, trial.base) == 0 {
      let (workA, workB) = (copy(), b.copy())
      let real = NDArray<Double>(zeros: values.shape)
      if Element.sygv(vectors: vectors != .none, n, workA.base, workB.base, real.base) != 0 {
        throw .notConverged
      }
      let columns = vectors == .none ? nil : workA.asComplex()
      return EigenFactors(values: real.asComplex(), right: columns, left: vectors == .both ? columns : nil)
    }
    let (workA, workB) = (copy(), b.copy())
    let beta = NDArray<ComplexDouble>(zeros: values.shape)
    let right = vectors == .none ? nil : NDArray<ComplexDouble>(zeros: shape)
    let left = vectors == .both ? NDArray<ComplexDouble>(zeros: shape) : nil
    let info = Element.ggev(n, workA.base, workB.base, values.base, beta.base, left?.base, right?.base)
    if info != 0 { throw .notConverged }
    for i in 0..<Int(n) {
      let (alpha, divisor) = (values[i, 0], beta[i, 0])
      values[i, 0] =
        Element.isComplex
        ? ComplexDouble.quotient(alpha, divisor)
        : Complex(alpha.real / divisor.real, alpha.imaginary == 0 ? 0 : alpha.imaginary / divisor.real)
    }
    return EigenFactors(values: values, right: right, left: left)
  }

  /// The same numbers as complex ones.
  @_specialize(where Element == Double)
  @_specialize(where Element == ComplexDouble)
  public func asComplex() -> NDArray<ComplexDouble> {
    map { Complex($0.realPart, $0.imaginaryPart) }
  }
}
