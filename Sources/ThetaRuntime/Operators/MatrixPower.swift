import ThetaArrays

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// `^`: of scalars as `.^`; of a square matrix by repeated multiplication or, for other exponents, through
/// its eigenvectors.
enum MatrixPower {
  /// Nil when the classes have no power.
  static func apply(_ a: Value, _ b: Value, _ context: Context?) throws(RuntimeError) -> Value? {
    guard let kindA = a.operandKind, let kindB = b.operandKind else { return nil }
    if a.shape.isScalar && b.shape.isScalar { return try ElementPower.apply(a, b) }
    if !a.shape.isScalar && !b.shape.isScalar {
      if case .integer(let x) = kindA {
        if case .integer(let y) = kindB, x != y { return nil }
        if kindB.isComplex { return nil }
      }
      if case .integer = kindB, kindA.isComplex { return nil }
      throw RuntimeError("can't do A ^ B for A and B both matrices")
    }
    if case .integer = kindA { return nil }
    if case .integer = kindB { return nil }
    let isSingle = kindA.isSingle || kindB.isSingle
    if a.isEmpty || b.isEmpty { return isSingle ? .single(NDArray(zeros: .empty)) : .emptyMatrix }
    guard (a.shape.isScalar ? b : a).shape.isSquare else { throw needsSquare }
    let result =
      a.shape.isScalar ? try exponential(a, b) : try power(a, kindA.isComplex, b, context)
    return isSingle ? Conversions.single(result) : result
  }

  private static var needsSquare: RuntimeError {
    RuntimeError(
      "for x^y, only square matrix arguments are permitted and one argument must be scalar.  "
        + "Use .^ for elementwise power.")
  }

  private static func power(
    _ a: Value, _ isComplex: Bool, _ b: Value, _ context: Context?
  ) throws(RuntimeError) -> Value {
    if !b.isComplex, let exponent = b.firstReal, let n = Int32(exactly: exponent) {
      if n == 0 {
        let ones = NDArray<Double>(Shape(a.shape.rows, 1), repeating: 1)
        return .diagonal(DiagonalMatrix(rows: a.shape.rows, columns: a.shape.rows, entries: .make(ones)))
      }
      if isComplex, let x = a.complexArray { return try whole(x, Int(n), context) }
      if let x = a.realArray { return try whole(x, Int(n), context) }
    }
    guard let exponent = b.complexArray else { return .emptyMatrix }
    let w = exponent[0]
    let isRealExponent = w.imaginary == 0
    return try throughEigenvectors(a) { lambda in
      isRealExponent ? ComplexDouble.power(lambda, w.real) : ComplexDouble.power(lambda, w)
    }
  }

  private static func whole<Element: FactorElement & ValueElement>(
    _ a: NDArray<Element>, _ n: Int, _ context: Context?
  ) throws(RuntimeError) -> Value {
    let (value, rcond) = try RuntimeError.converting { () throws(ArrayError) in try a.power(n) }
    if n < 0, 1 + rcond == 1 {
      try context?.warn(
        "inverse: matrix singular to machine precision, rcond = \(NumberText.general(rcond))",
        identifier: rcond == 0 ? "Octave:singular-matrix" : "Octave:nearly-singular-matrix")
    }
    return .make(value)
  }

  /// `s ^ M`
  private static func exponential(_ a: Value, _ b: Value) throws(RuntimeError) -> Value {
    guard let scalar = a.complexArray, scalar.count > 0 else { return .emptyMatrix }
    let base = scalar[0]
    let isReal = !a.isComplex
    let result = try throughEigenvectors(b) { lambda in
      isReal ? ComplexDouble.power(base.real, lambda) : ComplexDouble.power(base, lambda)
    }
    // A positive number to a real power is real: what is left of the imaginary part is rounding.
    if isReal, base.real > 0, !b.isComplex, case .complex(let array) = result {
      return .make(array.map { $0.real })
    }
    return result
  }

  /// Q f(Λ) inv (Q)
  private static func throughEigenvectors(
    _ matrix: Value, _ transform: (ComplexDouble) -> ComplexDouble
  ) throws(RuntimeError) -> Value {
    let factors: EigenFactors
    if matrix.isComplex, let a = matrix.complexArray {
      factors = try RuntimeError.converting { () throws(ArrayError) in try a.eigenFactors() }
    } else if let a = matrix.realArray {
      factors = try RuntimeError.converting { () throws(ArrayError) in try a.eigenFactors() }
    } else {
      return .emptyMatrix
    }
    guard let q = factors.right else { return .emptyMatrix }
    let n = q.shape.rows
    if n == 0 { return .make(NDArray<Double>(zeros: q.shape)) }
    let scaled = q.copy()
    for j in 0..<n {
      let lambda = transform(factors.values[j])
      for i in 0..<n { scaled[i, j] = ComplexDouble.product(q[i, j], lambda) }
    }
    let (inverse, _) = try RuntimeError.converting { () throws(ArrayError) in try q.inverse() }
    return .make(try MatrixProduct.product(scaled, .plain, inverse, .plain))
  }
}
