import Glibc
import ThetaArrays
import ThetaNumeric
import ThetaRuntime

// Functions of square matrices: exponential, logarithm, square root.

enum FunctionsOfMatrices {
  static let table: [Builtin] = [
    Builtin(
      "y = expm (A)",
      """
      The matrix exponential of a square matrix.

      >> expm (zeros (2))
      ans =

      Diagonal Matrix

         1   0
         0   1

      """, expm),
    Builtin(
      "y = logm (A)",
      """
      The principal matrix logarithm of a square matrix.

      >> logm (1)
      ans = 0
      """, logm),
    Builtin(
      "y = sqrtm (A)",
      """
      A matrix whose square is A, by the Schur form.

      >> sqrtm ([4 0; 0 9])
      ans =

         2   0
         0   3

      """, sqrtm),
    Builtin(
      "y = mpower (x, y)",
      """
      x ^ y

      >> mpower ([1 1; 0 1], 3)
      ans =

         1   3
         0   1

      """, mpower),
  ]

  private struct Exponential: MatrixVisitor {
    func visit<E: FactorElement & ValueElement>(_ a: NDArray<E>) throws(RuntimeError) -> Value {
      .make(try RuntimeError.converting { () throws(ArrayError) in try a.exponential() })
    }
  }

  static func expm(_ call: inout Call) throws(RuntimeError) -> Value {
    try MatrixArgument.requireSquare(call)
    if call[0].isEmpty { return call[0] }
    if case .number(let x) = call[0] { return .number(Glibc.exp(x)) }
    if let result = try ofDiagonal(call[0], ThetaNumeric.Exponential.expFunction) { return result }
    let result = try MatrixArgument.visit(call, 0, Exponential())
    return MatrixArgument.rounded(result, isSingle: call[0].isSingle)
  }

  /// A function of a diagonal matrix is that of its entries; nil for other matrices.
  private static func ofDiagonal(_ value: Value, _ function: ElementFunction) throws(RuntimeError) -> Value? {
    guard let z = value.complexArray, isDiagonal(z) else { return nil }
    let n = z.shape.rows
    let entries = value.full.gathered((0..<n).map { $0 * (n + 1) }, Shape(n, 1))
    let result = try function.apply(entries, name: "diagonal")
    return n == 1
      ? result : .diagonal(DiagonalMatrix(rows: n, columns: n, entries: result.reshapedValue(Shape(n, 1))))
  }

  private static func isDiagonal(_ z: NDArray<ComplexDouble>) -> Bool {
    for j in 0..<z.shape.columns {
      for i in 0..<z.shape.rows where i != j && z[i, j] != ComplexDouble(0) { return false }
    }
    return true
  }

  static func mpower(_ call: inout Call) throws(RuntimeError) -> Value {
    try Operators.binary(.power, call[0], call[1])
  }

  /// The complex Schur form.
  private static func schur(
    _ value: Value
  ) throws(RuntimeError) -> (u: NDArray<ComplexDouble>, t: NDArray<ComplexDouble>) {
    let z = value.complexArray ?? NDArray(zeros: .empty)
    let (u, s) = try RuntimeError.converting { () throws(ArrayError) in try z.schurFactors() }
    return (u, s)
  }

  /// u t u'
  private static func restored(
    _ u: NDArray<ComplexDouble>, _ t: NDArray<ComplexDouble>
  ) throws(RuntimeError) -> NDArray<ComplexDouble> {
    try RuntimeError.converting { () throws(ArrayError) in
      try .product(.product(u, t), u.conjugateTransposed())
    }
  }

  /// The square root of an upper triangular matrix (Björck and Hammarling, 1983).
  private static func triangularRoot(_ t: NDArray<ComplexDouble>) -> NDArray<ComplexDouble> {
    let n = t.shape.rows
    let r = NDArray<ComplexDouble>(zeros: t.shape)
    for j in 0..<n {
      r[j, j] = .applying(.sqrt, t[j, j])
      for i in stride(from: j - 1, through: 0, by: -1) {
        var sum = t[i, j]
        for k in (i + 1)..<max(j, i + 1) { sum = sum - r[i, k] * r[k, j] }
        let divisor = r[i, i] + r[j, j]
        r[i, j] = sum == ComplexDouble(0) ? ComplexDouble(0) : sum / divisor
      }
    }
    return r
  }

  /// Drops imaginary parts that are rounding errors of a real result.
  private static func simplified(_ z: NDArray<ComplexDouble>, of source: Value) -> Value {
    if !source.isComplex {
      let size = z.vectorNorm(1)
      let imaginary: NDArray<Double> = z.imaginaryParts()
      if imaginary.vectorNorm(1) <= 10 * Double(max(1, z.shape.rows)) * Double.ulpOfOne * size {
        return .make(z.realParts() as NDArray<Double>)
      }
    }
    return .make(z)
  }

  static func sqrtm(_ call: inout Call) throws(RuntimeError) -> Value {
    try MatrixArgument.requireSquare(call)
    if case .diagonal = call[0], let result = try ofDiagonal(call[0], ThetaNumeric.Exponential.sqrtFunction) {
      return result
    }
    let (u, t) = try schur(call[0])
    return simplified(try restored(u, triangularRoot(t)), of: call[0])
  }

  static func logm(_ call: inout Call) throws(RuntimeError) -> Value {
    try MatrixArgument.requireSquare(call)
    if call[0].count > 1, let result = try ofDiagonal(call[0], ThetaNumeric.Exponential.logFunction) {
      return result
    }
    var (u, t) = try schur(call[0])
    let n = t.shape.rows
    if n == 0 { return call[0] }
    var isNegative = false
    for i in 0..<n where t[i, i].real < 0 && Swift.abs(t[i, i].imaginary) < 1e-15 { isNegative = true }
    if isNegative {
      try call.context.warn(
        "logm: principal matrix logarithm is not defined for matrices with negative eigenvalues; computing non-principal logarithm"
      )
    }
    // Square roots until the matrix is near the identity, then Gauss-Legendre quadrature of the integral of the logarithm.
    var halvings = 0
    func distance() -> Double {
      let d = t.copy()
      for i in 0..<n { d[i, i] = d[i, i] - ComplexDouble(1) }
      return d.vectorNorm(2)
    }
    while distance() > 0.25, halvings < 100 {
      t = triangularRoot(t)
      halvings += 1
    }
    let x = t.copy()
    for i in 0..<n { x[i, i] = x[i, i] - ComplexDouble(1) }
    let sum = NDArray<ComplexDouble>(zeros: t.shape)
    for (node, weight) in legendreNodes {
      // (I + node x) \ x · weight
      let system = x.map { $0 * ComplexDouble(node) }
      for i in 0..<n { system[i, i] = system[i, i] + ComplexDouble(1) }
      let part = try RuntimeError.converting { () throws(ArrayError) in try system.solve(x).value }
      for k in 0..<sum.count { sum[k] = sum[k] + part[k] * ComplexDouble(weight) }
    }
    let scale = Glibc.ldexp(1, Int32(halvings))
    let log = sum.map { $0 * ComplexDouble(scale) }
    return simplified(try restored(u, log), of: call[0])
  }

  /// Nodes and weights of eight-point Gauss-Legendre quadrature on [0, 1].
  private static let legendreNodes: [(Double, Double)] = {
    let points: [(Double, Double)] = [
      (0.1834346424956498, 0.3626837833783620), (0.5255324099163290, 0.3137066458778873),
      (0.7966664774136267, 0.2223810344533745), (0.9602898564975363, 0.1012285362903763),
    ]
    var result: [(Double, Double)] = []
    for (node, weight) in points {
      result.append((0.5 - node / 2, weight / 2))
      result.append((0.5 + node / 2, weight / 2))
    }
    return result
  }()
}
