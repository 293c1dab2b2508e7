import ThetaArrays
import ThetaNumeric
import ThetaRuntime

// Factorizations: LU, Cholesky, QR, singular values, eigenvalues, Schur, Hessenberg.

enum Factoring {
  static let table: [Builtin] = [
    Builtin(
      "[L, U, P] = lu (A, vector?)",
      """
      L U = P A with L unit lower and U upper triangular and P a permutation matrix ("vector": a row of indices). Two outputs
      give P' L and U; one the packed factors.

      >> [L, U, P] = lu ([1 2; 4 4]);  L * U
      ans =

         4   4
         1   2

      """, multiple: lu),
    Builtin(
      "[R, p] = chol (A, shape?)",
      """
      R with R' R = A for a positive definite matrix, read from its upper triangle ("lower": L with L L' = A, from the
      lower). p is 0, or the order at which A is not positive definite. Error "chol: input matrix must be positive definite".

      >> chol ([4 2; 2 5])
      ans =

         2   1
         0   2

      """, multiple: chol),
    Builtin(
      "y = cholinv (A)",
      """
      The inverse of a positive definite matrix by its Cholesky factor.

      >> cholinv ([4 0; 0 2])
      ans =

         0.2500        0
              0   0.5000

      """, cholinv),
    Builtin(
      "y = chol2inv (R)",
      """
      The inverse of R' R from its upper Cholesky factor R.

      >> chol2inv ([2 0; 0 1])
      ans =

         0.2500        0
              0   1.0000

      """, chol2inv),
    Builtin(
      "[Q, R, P] = qr (A, options...)\n[C, R] = qr (A, B, options...)",
      """
      Q R = A (with three outputs Q R = A P) with Q orthogonal and R upper triangular; 0 gives the economy size, "vector"
      P as a row of indices. With B the product C = Q' B comes in place of Q, so that R \\ C solves A X = B.

      >> [Q, R] = qr ([3 1; 4 2]);  abs (R)
      ans =

         5.0000   2.2000
              0   0.4000

      """, multiple: qr),
    Builtin(
      "[U, S, V] = svd (A, econ?)",
      """
      Singular values, largest first; with three outputs A = U S V' with S diagonal; 0 or "econ" gives the economy size.
      Error "svd: cannot take SVD of matrix containing Inf or NaN values".

      >> svd ([3 0; 0 4])
      ans =

         4
         3

      """, multiple: svd),
    Builtin(
      "[V, D, W] = eig (A, B?, options...)",
      """
      Eigenvalues as a column; with more outputs the right eigenvectors, the diagonal matrix of values, the left
      eigenvectors. With B the generalized problem A v = d B v. Options "vector", "matrix", "balance", "nobalance".

      >> eig ([2 1; 1 2])
      ans =

         1
         3

      """, multiple: eig),
    Builtin(
      "[U, S] = schur (A, option?)",
      """
      A = U S U' with S upper triangular (real A: with 2×2 blocks).

      >> schur ([1 2; 0 3])
      ans =

         1   2
         0   3

      """,
      multiple: schur),
    Builtin(
      "[P, H] = hess (A)",
      """
      A = P H P' with H zero below the first subdiagonal.

      >> hess ([1 2; 3 4])
      ans =

         1   2
         3   4

      """, multiple: hess),
    Builtin(
      "[D, B] = balance (A)\n[scale, order, B] = balance (A)",
      """
      B = D \\ A · D with rows and columns of similar size; one output gives B, three the scaling and the permutation apart.

      >> balance ([1 64; 1 1])
      ans =

         1   8
         8   1

      """, multiple: balance),
    Builtin(
      "[c, s] = givens (x, y)",
      """
      The rotation that turns (x, y)' into (r, 0)'; one output gives the matrix.

      >> givens (1, 1)
      ans =

         0.7071   0.7071
        -0.7071   0.7071

      """,
      multiple: givens),
  ]

  private struct LU: MatrixVisitor {
    var outputs: Int
    var vector: Bool
    func visit<E: FactorElement & ValueElement>(_ a: NDArray<E>) throws(RuntimeError) -> [Value] {
      let factors = try RuntimeError.converting { () throws(ArrayError) in try a.luFactors() }
      switch outputs {
      case 0, 1: return [.make(factors.packed)]
      case 2: return [.make(factors.permutedLower), .make(factors.upper)]
      default:
        let order = factors.permutation
        let p: Value =
          vector
          ? .column(order.map { Double($0 + 1) }) : .permutation(PermutationMatrix(columns: order))
        return [.make(factors.lower), .make(factors.upper), p]
      }
    }
  }

  static func lu(_ call: inout Call) throws(RuntimeError) -> [Value] {
    let vector = call.text(call.count - 1) == "vector" && call.count > 1
    let result = try MatrixArgument.visit(call, 0, LU(outputs: call.outputs, vector: vector))
    return MatrixArgument.rounded(result, isSingle: call[0].isSingle)
  }

  private struct Cholesky: MatrixVisitor {
    var triangle: Triangle
    func visit<E: FactorElement & ValueElement>(
      _ a: NDArray<E>
    ) throws(RuntimeError) -> (factor: Value, failedAt: Int) {
      let result = try RuntimeError.converting { () throws(ArrayError) in try a.cholesky(triangle) }
      return (.make(result.factor), result.failedAt)
    }
  }

  static func chol(_ call: inout Call) throws(RuntimeError) -> [Value] {
    if call[0].isEmpty, call[0].isNumeric { return [.emptyMatrix, .number(0)] }
    if call[0].isNumeric || call[0].isLogical {
      try MatrixArgument.requireSquare(call, "requires square matrix")
    }
    var triangle = Triangle.upper
    if call.outputs > 2 {
      throw call.error("using three output arguments, matrix A must be sparse")
    }
    for k in 1..<max(1, call.count) {
      switch call.text(k)?.lowercased() {
      case "lower": triangle = .lower
      case "upper", "vector": break
      default: throw call.error("optional arguments must be one of \"vector\", \"lower\", or \"upper\"")
      }
    }
    let (factor, failedAt) = try MatrixArgument.visit(call, 0, Cholesky(triangle: triangle))
    if failedAt != 0, call.outputs < 2 { throw call.error("input matrix must be positive definite") }
    return [MatrixArgument.rounded(factor, isSingle: call[0].isSingle), .integer(failedAt)]
  }

  private struct CholeskyInverse: MatrixVisitor {
    var isFactor: Bool
    func visit<E: FactorElement & ValueElement>(_ a: NDArray<E>) throws(RuntimeError) -> Value {
      var factor = a
      if !isFactor {
        let result = try RuntimeError.converting { () throws(ArrayError) in try a.cholesky(.upper) }
        guard result.failedAt == 0 else { throw RuntimeError("cholinv: A must be positive definite") }
        factor = result.factor
      }
      return .make(try RuntimeError.converting { () throws(ArrayError) in try factor.inverseFromCholesky() })
    }
  }

  static func cholinv(_ call: inout Call) throws(RuntimeError) -> Value {
    try MatrixArgument.requireSquare(call)
    return MatrixArgument.rounded(
      try MatrixArgument.visit(call, 0, CholeskyInverse(isFactor: false)), isSingle: call[0].isSingle)
  }
  static func chol2inv(_ call: inout Call) throws(RuntimeError) -> Value {
    try MatrixArgument.requireSquare(call, "R must be a square matrix")
    return MatrixArgument.rounded(
      try MatrixArgument.visit(call, 0, CholeskyInverse(isFactor: true)), isSingle: call[0].isSingle)
  }

  private struct QR: MatrixVisitor {
    var outputs: Int
    var economy: Bool
    var vector: Bool
    func visit<E: FactorElement & ValueElement>(_ a: NDArray<E>) throws(RuntimeError) -> [Value] {
      if outputs < 2 { return [.make(raw(a))] }
      let factors = try RuntimeError.converting { () throws(ArrayError) in
        try a.qrFactors(economy: economy, pivoting: outputs > 2)
      }
      var result: [Value] = [.make(factors.q), .make(factors.r)]
      if outputs > 2 {
        if vector {
          result.append(.row(factors.permutation.map { Double($0 + 1) }))
        } else {
          // Column j of A P is column permutation[j] of A.
          var columns = factors.permutation
          for (j, source) in factors.permutation.enumerated() { columns[source] = j }
          result.append(.permutation(PermutationMatrix(columns: columns)))
        }
      }
      return result
    }

    /// R with the reflectors scaled by their factors below it.
    private func raw<E: FactorElement>(_ a: NDArray<E>) -> NDArray<E> {
      let result = a.copy()
      let (m, n) = (a.shape.rows, a.shape.columns)
      let small = min(m, n)
      guard small > 0, let rows = Int32(exactly: m), let columns = Int32(exactly: n) else { return result }
      let tau = NDArray<E>(zeros: Shape(small, 1))
      _ = E.geqrf(rows, columns, result.base, tau.base)
      for j in 0..<small {
        let limit = j < small - 1 ? j : small - 1
        for i in (limit + 1)..<max(m, limit + 1) { result[i, j] = E.product(result[i, j], tau[j]) }
      }
      return result
    }
  }

  static func qr(_ call: inout Call) throws(RuntimeError) -> [Value] {
    var (economy, vector) = (false, false)
    var right: Value?
    for k in 1..<max(1, call.count) {
      switch call.text(k) {
      case "vector": vector = true
      case "matrix": vector = false
      case nil where call[k].firstReal == 0 && call[k].count == 1: (economy, vector) = (true, true)
      case nil
      where k == 1 && call[k].isNumeric && call[k].shape.rows == call[0].shape.rows && !call[k].isEmpty:
        right = call[k]
      case .some(let text): throw call.error("type for P must be 'matrix' or 'vector', not \(text)")
      default: throw call.error("B must be a vector or 0")
      }
    }
    var result = try MatrixArgument.visit(
      call, 0,
      QR(outputs: right == nil ? call.outputs : max(2, call.outputs), economy: economy, vector: vector))
    if let right { result[0] = try Formula.product(Formula.hermitian(result[0]), right) }
    return MatrixArgument.rounded(result, isSingle: call[0].isSingle)
  }

  private struct SVD: MatrixVisitor {
    var economy: Bool
    func visit<E: FactorElement & ValueElement>(_ a: NDArray<E>) throws(RuntimeError) -> [Value] {
      let factors: SVDFactors<E>
      do { factors = try a.singularFactors(economy: economy) } catch {
        if error == .notFinite {
          throw RuntimeError("svd: cannot take SVD of matrix containing Inf or NaN values")
        }
        throw RuntimeError(error)
      }
      let s = MatrixArgument.diagonal(factors.values, factors.u.shape.columns, factors.v.shape.columns)
      return [.make(factors.u), s, .make(factors.v)]
    }
  }

  static func svd(_ call: inout Call) throws(RuntimeError) -> [Value] {
    guard call[0].shape.is2D else { throw call.error("A must be a 2-D matrix") }
    if call.outputs < 2 {
      let values = Value.make(try MatrixArgument.visit(call, 0, Solving.SingularValues()))
      return [MatrixArgument.rounded(values, isSingle: call[0].isSingle)]
    }
    let result = try MatrixArgument.visit(call, 0, SVD(economy: call.count > 1))
    return MatrixArgument.rounded(result, isSingle: call[0].isSingle)
  }

  private struct Eigen: MatrixVisitor {
    var other: Value?
    var outputs: Int
    var balanced: Bool
    func visit<E: FactorElement & ValueElement>(_ a: NDArray<E>) throws(RuntimeError) -> EigenFactors {
      let vectors: EigenVectors = outputs < 2 ? .none : outputs == 2 ? .right : .both
      do {
        guard let other else { return try a.eigenFactors(vectors, balanced: balanced) }
        if !other.isComplex || E.isComplex,
          let b = other.realArray as? NDArray<E> ?? other.complexArray as? NDArray<E>
        {
          return try a.generalizedEigenFactors(b, vectors)
        }
        let b = other.complexArray ?? NDArray(zeros: .empty)
        return try a.asComplex().generalizedEigenFactors(b, vectors)
      } catch {
        if error == .notFinite { throw RuntimeError("EIG: matrix contains Inf or NaN values") }
        throw RuntimeError(error)
      }
    }
  }

  static func eig(_ call: inout Call) throws(RuntimeError) -> [Value] {
    var other: Value?
    var (vector, balanced) = (call.outputs < 2, true)
    for k in 1..<max(1, call.count) {
      switch call.text(k) {
      case "vector": vector = true
      case "matrix": vector = false
      case "balance", "chol": break
      case "nobalance", "qz": balanced = false
      case nil where call[k].isNumeric || call[k].isLogical: other = call[k]
      default: throw call.error("invalid option for type of eigenvalue computation")
      }
    }
    if call[0].isEmpty, call[0].isNumeric { return [.emptyMatrix, .emptyMatrix, .emptyMatrix] }
    if call[0].isNumeric || call[0].isLogical { try MatrixArgument.requireSquare(call) }
    if let other {
      guard other.shape.isSquare else { throw call.error("B must be a square matrix") }
      guard other.shape == call[0].shape else {
        throw RuntimeError(
          "nonconformant matrices", identifier: "Octave:nonconformant-args")
      }
    }
    let factors = try MatrixArgument.visit(
      call, 0, Eigen(other: other, outputs: call.outputs, balanced: balanced))
    let n = call[0].shape.rows
    let values: Value = vector ? .make(factors.values) : diagonal(factors.values, n)
    if call.outputs < 2 { return [MatrixArgument.rounded(values, isSingle: call[0].isSingle)] }
    var result: [Value] = [.make(factors.right ?? NDArray(zeros: .empty)), values]
    if let left = factors.left { result.append(.make(left)) }
    return MatrixArgument.rounded(result, isSingle: call[0].isSingle)
  }

  private static func diagonal(_ entries: NDArray<ComplexDouble>, _ n: Int) -> Value {
    if entries.isReal() { return MatrixArgument.diagonal(entries.realParts(), n, n) }
    return MatrixArgument.diagonal(entries, n, n)
  }

  private struct Schur: MatrixVisitor {
    func visit<E: FactorElement & ValueElement>(_ a: NDArray<E>) throws(RuntimeError) -> [Value] {
      let (u, s) = try RuntimeError.converting { () throws(ArrayError) in try a.schurFactors() }
      return [.make(u), .make(s)]
    }
  }

  static func schur(_ call: inout Call) throws(RuntimeError) -> [Value] {
    try MatrixArgument.requireSquare(call, "argument must be a square matrix")
    let isComplex = call.text(1)?.lowercased().hasPrefix("c") ?? false
    let result: [Value]
    if isComplex, let z = call[0].complexArray {
      result = try Schur().visit(z)
    } else {
      result = try MatrixArgument.visit(call, 0, Schur())
    }
    return MatrixArgument.rounded(call.outputs < 2 ? [result[1]] : result, isSingle: call[0].isSingle)
  }

  private struct Hessenberg: MatrixVisitor {
    func visit<E: FactorElement & ValueElement>(_ a: NDArray<E>) throws(RuntimeError) -> [Value] {
      let (p, h) = try RuntimeError.converting { () throws(ArrayError) in try a.hessenbergFactors() }
      return [.make(p), .make(h)]
    }
  }

  static func hess(_ call: inout Call) throws(RuntimeError) -> [Value] {
    try MatrixArgument.requireSquare(call, "argument must be a square matrix")
    let result = try MatrixArgument.visit(call, 0, Hessenberg())
    return MatrixArgument.rounded(call.outputs < 2 ? [result[1]] : result, isSingle: call[0].isSingle)
  }

  private struct Balance: MatrixVisitor {
    /// Whether to give scaling and order apart rather than as one matrix.
    var apart: Bool
    func visit<E: FactorElement & ValueElement>(_ a: NDArray<E>) throws(RuntimeError) -> [Value] {
      let (matrix, scaling, order) = try RuntimeError.converting { () throws(ArrayError) in try a.balanced() }
      let n = a.shape.rows
      if apart {
        return [.column(Array(scaling)), .column(order.map { Double($0 + 1) }), .make(matrix)]
      }
      let d = NDArray<Double>(zeros: a.shape)
      for i in 0..<n { d[order[i], i] = scaling[i] }
      return [.make(d), .make(matrix)]
    }
  }

  static func balance(_ call: inout Call) throws(RuntimeError) -> [Value] {
    try MatrixArgument.requireSquare(call, "argument must be a square matrix")
    let result = try MatrixArgument.visit(call, 0, Balance(apart: call.outputs > 2))
    return MatrixArgument.rounded(call.outputs < 2 ? [result[1]] : result, isSingle: call[0].isSingle)
  }

  static func givens(_ call: inout Call) throws(RuntimeError) -> [Value] {
    guard call[0].count == 1, call[1].count == 1, let x = call[0].complexArray?[0],
      let y = call[1].complexArray?[0]
    else { throw call.error("X and Y must be scalars") }
    // A real cosine, and a sine with the difference of the angles.
    let (size, other) = (x.modulus, y.modulus)
    let r = (size * size + other * other).squareRoot()
    let phase = size == 0 ? ComplexDouble(1) : x / ComplexDouble(size)
    let c = other == 0 ? 1 : size / r
    let s = other == 0 ? ComplexDouble(0) : phase * y.conjugate / ComplexDouble(r)
    let isSingle = call[0].isSingle || call[1].isSingle
    func value(_ entries: [ComplexDouble], _ shape: Shape) -> Value {
      let array = NDArray(shape, entries)
      let value: Value = call[0].isComplex || call[1].isComplex ? .make(array) : .make(array.map { $0.real })
      return MatrixArgument.rounded(value, isSingle: isSingle)
    }
    if call.outputs > 1 { return [.number(c), value([s], .scalar)] }
    return [value([ComplexDouble(c), -s.conjugate, s, ComplexDouble(c)], Shape(2, 2))]
  }
}
