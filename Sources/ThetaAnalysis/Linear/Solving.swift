import Glibc
import ThetaArrays
import ThetaNumeric
import ThetaRuntime

// Determinants, inverses, ranks, norms, condition numbers and linear systems.

enum Solving {
  static let table: [Builtin] = [
    Builtin("[d, rcond] = det (A)", "The determinant of a square matrix; 1 when empty.", multiple: det),
    Builtin(
      "[x, rcond] = inv (A)",
      """
      The inverse of a square matrix, Inf with the warning "matrix singular to machine precision" when there is none.
      Error "inverse: A must be a square matrix".
      """, multiple: inv),
    Builtin("[x, rcond] = inverse (A)", "The inverse of a square matrix; see inv.", multiple: inv),
    Builtin(
      "x = pinv (A, tol?)",
      """
      The Moore-Penrose pseudoinverse; singular values up to tol (max (size (A)) · norm (A) · eps) count as zero.
      """, pinv),
    Builtin("k = rank (A, tol?)", "The number of singular values above tol.", rank),
    Builtin("t = trace (A)", "The sum of the diagonal of a square matrix.", trace),
    Builtin(
      "c = cond (A, p?)",
      "The condition number norm (A, p) · norm (inv (A), p); by default from singular values.", cond),
    Builtin("c = rcond (A)", "The reciprocal of the condition number in the 1-norm, estimated.", rcond),
    Builtin("x = linsolve (A, b, options?)", "A \\ b; options.TRANSA solves with A' instead.", linsolve),
    Builtin(
      "x = lscov (A, b, v?)", "The least-squares solution of A x = b with weights or covariance v.", lscov),
    Builtin("C = kron (A, B...)", "Each element of A times the whole of B, in its place.", kron),
    Builtin("[y, e] = null (A, tol?)", "An orthonormal basis of the vectors with A x = 0.", nullSpace),
    Builtin("y = orth (A, tol?)", "An orthonormal basis of the range of A.", orth),
    Builtin(
      "y = norm (A, p?, opt?)",
      """
      A norm of a vector (p any number, Inf, -Inf, 0) or a matrix (1, 2, Inf, "fro", other p ≥ 1); 2 by default. opt "rows"
      or "columns" gives the norm of each.
      """, norm),
    Builtin("y = vecnorm (A, p?, dim?)", "The p-norm of each vector along a dimension.", vecnorm),
  ]

  // MARK: - Determinant and inverse

  private struct Determinant: MatrixVisitor {
    func visit<E: FactorElement & ValueElement>(_ a: NDArray<E>) throws(RuntimeError) -> [Value] {
      let result = try RuntimeError.converting { () throws(ArrayError) in try a.determinant() }
      return [.make(NDArray(scalar: result.value)), .number(result.rcond)]
    }
  }

  static func det(_ call: inout Call) throws(RuntimeError) -> [Value] {
    if call[0].isNumeric || call[0].isLogical { try MatrixArgument.requireSquare(call) }
    return MatrixArgument.rounded(
      try MatrixArgument.visit(call, 0, Determinant()), isSingle: call[0].isSingle)
  }

  private struct Inverse: MatrixVisitor {
    func visit<E: FactorElement & ValueElement>(
      _ a: NDArray<E>
    ) throws(RuntimeError) -> (value: Value, rcond: Double) {
      let result = try RuntimeError.converting { () throws(ArrayError) in try a.inverse() }
      return (.make(result.value), result.rcond)
    }
  }

  static func inv(_ call: inout Call) throws(RuntimeError) -> [Value] {
    let value = call[0]
    if value.isNumeric || value.isLogical {
      guard value.shape.isSquare else { throw RuntimeError("inverse: A must be a square matrix") }
    }
    switch value {
    case .number(let x): return [.number(1 / x), .number(x == 0 || !x.isFinite ? 0 : 1)]
    case .diagonal(let d):
      var entries = try .number(1) / d.entries
      // A zero on the diagonal makes every entry infinite.
      if try Operators.isTrue(Operators.binary(.notEqual, d.entries, .number(0))) == false {
        entries = .converting(NDArray(entries.shape, repeating: .infinity), to: entries.className)
      }
      let inverse = DiagonalMatrix(rows: d.columns, columns: d.rows, entries: entries)
      return [.diagonal(inverse), try inverseCondition(value)]
    case .permutation: return [try Operators.unary(.transpose, value), .number(1)]
    default: break
    }
    let (result, rcond) = try MatrixArgument.visit(call, 0, Inverse())
    if call.outputs < 2, value.count > 1, 1 + rcond == 1 {
      try MatrixArgument.warnSingular(call.context, rcond: rcond)
    }
    return MatrixArgument.rounded([result, .number(rcond)], isSingle: value.isSingle)
  }

  private static func inverseCondition(_ value: Value) throws(RuntimeError) -> Value {
    try MatrixArgument.visit(value, ReciprocalCondition())
  }

  private struct PseudoInverse: MatrixVisitor {
    var tolerance: Double?
    func visit<E: FactorElement & ValueElement>(_ a: NDArray<E>) throws(RuntimeError) -> Value {
      .make(
        try RuntimeError.converting { () throws(ArrayError) in try a.pseudoinverse(tolerance: tolerance) })
    }
  }

  static func pinv(_ call: inout Call) throws(RuntimeError) -> Value {
    var tolerance = call.count > 1 ? try call.real(1) : nil
    if let given = tolerance, given <= 0 { tolerance = nil }
    if call[0].isSingle, tolerance == nil, call[0].shape.count > 0 {
      let values = try MatrixArgument.visit(call, 0, SingularValues())
      let largest = values.count > 0 ? values[0] : 0
      tolerance = Double(max(call[0].shape.rows, call[0].shape.columns)) * largest * Double(Float.ulpOfOne)
    }
    if call[0].isEmpty {
      return .make(NDArray<Double>(zeros: Shape(call[0].shape.columns, call[0].shape.rows)))
    }
    let result = try MatrixArgument.visit(call, 0, PseudoInverse(tolerance: tolerance))
    return MatrixArgument.rounded(result, isSingle: call[0].isSingle)
  }

  struct SingularValues: MatrixVisitor {
    func visit<E: FactorElement & ValueElement>(_ a: NDArray<E>) throws(RuntimeError) -> NDArray<Double> {
      do { return try a.singularValues() } catch {
        if error == .notFinite {
          throw RuntimeError("svd: cannot take SVD of matrix containing Inf or NaN values")
        }
        throw RuntimeError(error)
      }
    }
  }

  static func rank(_ call: inout Call) throws(RuntimeError) -> Value {
    let values = try MatrixArgument.visit(call, 0, SingularValues())
    if values.count == 0 { return .number(0) }
    let shape = call[0].shape
    let epsilon = call[0].isSingle ? Double(Float.ulpOfOne) : Double.ulpOfOne
    let tolerance =
      call.count > 1
      ? try call.real(1) : Double(max(shape.rows, shape.columns)) * values[0] * epsilon
    return .integer(values.countElements { $0 > tolerance })
  }

  static func trace(_ call: inout Call) throws(RuntimeError) -> Value {
    let shape = call[0].shape
    guard shape.is2D else { throw call.error("only valid on 2-D objects") }
    if shape.isEmpty { return .number(0) }
    if shape.isVector { return call[0].gathered([0], .scalar) }
    guard shape.isSquare else { throw call.error("only valid on square matrix") }
    let diagonal = call[0].gathered((0..<shape.rows).map { $0 * (shape.rows + 1) }, Shape(shape.rows, 1))
    return Sums.sum(diagonal, along: 0)
  }

  // MARK: - Condition

  private struct ReciprocalCondition: MatrixVisitor {
    func visit<E: FactorElement & ValueElement>(_ a: NDArray<E>) throws(RuntimeError) -> Value {
      .number(try RuntimeError.converting { () throws(ArrayError) in try a.rcond() })
    }
  }

  static func rcond(_ call: inout Call) throws(RuntimeError) -> Value {
    guard call[0].shape.isSquare else { throw RuntimeError("matrix must be square") }
    return MatrixArgument.rounded(
      try MatrixArgument.visit(call, 0, ReciprocalCondition()), isSingle: call[0].isSingle)
  }

  static func cond(_ call: inout Call) throws(RuntimeError) -> Value {
    guard call[0].shape.is2D else { throw call.error("A must be a 2-D matrix") }
    if call.count == 1 || call.optional(1)?.firstReal == 2 && !call[1].isText {
      if call[0].isEmpty { return .number(0) }
      let isFinite = (call[0].complexArray ?? .init(zeros: .empty)).allElements {
        $0.real.isFinite && $0.imaginary.isFinite
      }
      guard isFinite else { throw call.error("A must not contain Inf or NaN values") }
      let values = try MatrixArgument.visit(call, 0, SingularValues())
      let smallest = values[values.count - 1]
      let result = Value.number(smallest == 0 ? .infinity : values[0] / smallest)
      return MatrixArgument.rounded(result, isSingle: call[0].isSingle)
    }
    guard call[0].shape.isSquare else { throw call.error("A must be a square matrix if P != 2") }
    let (inverse, rcond) = try MatrixArgument.visit(call, 0, Inverse())
    if 1 + rcond == 1 { try MatrixArgument.warnSingular(call.context, rcond: rcond) }
    return try norm(call[0], call[1], name: "norm") * norm(inverse, call[1], name: "norm")
  }

  // MARK: - Systems

  static func linsolve(_ call: inout Call) throws(RuntimeError) -> Value {
    guard call[0].isNumeric, call[1].isNumeric else { throw call.error("A and B must be numeric") }
    if let options = call.optional(2) {
      guard case .structure(let s) = options else { throw call.error("OPTS must be a structure") }
      if let flag = s.field("TRANSA"), try Operators.isTrue(flag) {
        return try Operators.binary(.leftDivide, Formula.hermitian(call[0]), call[1])
      }
    }
    return try Operators.binary(.leftDivide, call[0], call[1])
  }

  static func lscov(_ call: inout Call) throws(RuntimeError) -> Value {
    var (a, b) = (call[0], call[1])
    guard a.shape.rows == b.shape.rows else { throw call.error("A and B must have the same number of rows") }
    if let v = call.optional(2), !v.isEmpty {
      if v.shape.isVector {
        let root = try Exponential.sqrtFunction.apply(v.reshapedValue(Shape(v.count, 1)), name: "sqrt")
        a = try root * a
        b = try root * b
      } else {
        let factor = try RuntimeError.converting { () throws(ArrayError) in
          try (v.realArray ?? NDArray(zeros: .empty)).cholesky(.lower)
        }
        a = try Operators.binary(.leftDivide, .make(factor.factor), a)
        b = try Operators.binary(.leftDivide, .make(factor.factor), b)
      }
    }
    return try Operators.binary(.leftDivide, a, b)
  }

  private struct Kronecker: MatrixVisitor {
    var other: Value
    func visit<E: FactorElement & ValueElement>(_ a: NDArray<E>) throws(RuntimeError) -> Value {
      if E.isComplex || !other.isComplex,
        let b = other.realArray as? NDArray<E> ?? other.complexArray as? NDArray<E>
      {
        return .make(try RuntimeError.converting { () throws(ArrayError) in try NDArray<E>.kronecker(a, b) })
      }
      let x = a.map { ($0 as? ComplexDouble) ?? ComplexDouble($0.realPart) }
      let y = other.complexArray ?? NDArray(zeros: .empty)
      return .make(try RuntimeError.converting { () throws(ArrayError) in try .kronecker(x, y) })
    }
  }

  static func kron(_ call: inout Call) throws(RuntimeError) -> Value {
    guard call.count >= 2 else { throw call.invalid }
    var isSingle = false
    for value in call.arguments {
      if value.isText { throw RuntimeError("invalid conversion from string to real matrix") }
      guard value.isNumeric || value.isLogical else {
        throw RuntimeError(
          "octave_base_value::matrix_value(): wrong type argument '\(Read.typeName(value))'")
      }
      if value.isSingle { isSingle = true }
    }
    var result = call[0]
    for value in call.arguments.dropFirst() {
      result = try MatrixArgument.visit(result, Kronecker(other: value))
    }
    return MatrixArgument.rounded(result, isSingle: isSingle)
  }

  // MARK: - Bases

  private struct Basis: MatrixVisitor {
    var tolerance: Double?
    var isNull: Bool
    func visit<E: FactorElement & ValueElement>(_ a: NDArray<E>) throws(RuntimeError) -> Value {
      let factors = try RuntimeError.converting { () throws(ArrayError) in try a.singularFactors() }
      let values = factors.values
      let largest = values.count > 0 ? values[0] : 0
      let limit = tolerance ?? Double(max(a.shape.rows, a.shape.columns)) * largest * Double.ulpOfOne
      let rank = values.countElements { $0 > limit }
      let basis = isNull ? factors.v : factors.u
      let size = basis.shape.rows
      let range = isNull ? rank..<basis.shape.columns : 0..<rank
      let result = NDArray<E>(zeros: Shape(size, range.count))
      for (k, j) in range.enumerated() {
        for i in 0..<size {
          let x = basis[i, j]
          // What is below the precision is zero.
          result[i, k] =
            isNull
            ? (x.magnitudeValue < Double.ulpOfOne ? .zero : x) : E.scaled(x, by: -1)
        }
      }
      return .make(result)
    }
  }

  static func nullSpace(_ call: inout Call) throws(RuntimeError) -> Value {
    if call[0].isEmpty { return .emptyMatrix }
    let tolerance = call.count > 1 ? try call.real(1) : nil
    return MatrixArgument.rounded(
      try MatrixArgument.visit(call, 0, Basis(tolerance: tolerance, isNull: true)), isSingle: call[0].isSingle
    )
  }

  static func orth(_ call: inout Call) throws(RuntimeError) -> Value {
    if call[0].isEmpty { return .emptyMatrix }
    let tolerance = call.count > 1 ? try call.real(1) : nil
    return MatrixArgument.rounded(
      try MatrixArgument.visit(call, 0, Basis(tolerance: tolerance, isNull: false)),
      isSingle: call[0].isSingle)
  }

  // MARK: - Norms

  private struct Norm: MatrixVisitor {
    var kind: NormKind
    func visit<E: FactorElement & ValueElement>(_ a: NDArray<E>) throws(RuntimeError) -> Double? {
      if a.count == 0 { return 0 }
      return try RuntimeError.converting { () throws(ArrayError) in try a.norm(kind) }
    }
  }

  /// `nil` for the Frobenius norm.
  private static func order(_ value: Value, _ name: String) throws(RuntimeError) -> NormKind {
    if let text = value.stringValue, value.isText {
      switch text {
      case "inf", "Inf": return .order(.infinity)
      case "fro": return .frobenius
      default: throw RuntimeError("\(name): unrecognized option: \(text)")
      }
    }
    if value.isEmpty { return .order(2) }
    guard value.shape.isScalar, let p = value.firstReal else {
      throw RuntimeError("\(name): P must be a string or a scalar")
    }
    return .order(p)
  }

  static func norm(_ x: Value, _ p: Value, name: String) throws(RuntimeError) -> Value {
    let kind = try order(p, name)
    if kind == .order(2), !x.shape.isVector, x.count > 0, let z = x.complexArray,
      !z.allElements({ $0.real.isFinite && $0.imaginary.isFinite })
    {
      return MatrixArgument.rounded(.number(.nan), isSingle: x.isSingle)
    }
    if let result = try MatrixArgument.visit(x, Norm(kind: kind)) {
      return MatrixArgument.rounded(.number(result), isSingle: x.isSingle)
    }
    guard case .order(let p) = kind, p >= 1 else { throw RuntimeError("xnorm: p must be >= 1") }
    return MatrixArgument.rounded(.number(powerNorm(x, p)), isSingle: x.isSingle)
  }

  /// The p-norm of a real matrix by Boyd's power method.
  private static func powerNorm(_ value: Value, _ p: Double) -> Double {
    guard let a = value.realArray else { return .nan }
    let (m, n) = (a.shape.rows, a.shape.columns)
    let q = p / (p - 1)
    func length(_ v: [Double], _ p: Double) -> Double {
      Glibc.pow(v.reduce(0) { $0 + Glibc.pow(Swift.abs($1), p) }, 1 / p)
    }
    func dual(_ v: [Double], _ p: Double, _ q: Double) -> [Double] {
      let w = v.map { ($0 < 0 ? -1 : 1) * Glibc.pow(Swift.abs($0), p - 1) }
      let size = length(w, q)
      return size == 0 ? w : w.map { $0 / size }
    }
    var best = 0.0
    for start in 0..<min(n, 8) {
      var x = (0..<n).map { $0 == start ? 1 : 1e-3 }
      let size = length(x, p)
      x = x.map { $0 / size }
      var estimate = 0.0
      for _ in 0..<500 {
        let y = (0..<m).map { i in (0..<n).reduce(0) { $0 + a[i, $1] * x[$1] } }
        let next = length(y, p)
        let w = dual(y, p, q)
        let z = (0..<n).map { j in (0..<m).reduce(0) { $0 + a[$1, j] * w[$1] } }
        x = dual(z, q, p)
        if Swift.abs(next - estimate) <= 1e-16 * next { break }
        estimate = next
      }
      best = max(best, estimate)
    }
    return best
  }

  static func norm(_ call: inout Call) throws(RuntimeError) -> Value {
    let x = call[0]
    guard x.isFloat else { throw RuntimeError("xnorm: wrong type argument '\(Read.typeName(x))'") }
    guard x.shape.is2D else { throw call.error("only valid for 2-D objects") }
    var p = Value.number(2)
    var direction: Int?
    for k in 1..<max(1, call.count) {
      switch call.text(k) {
      case "cols", "columns": direction = 0
      case "rows": direction = 1
      default: p = call[k]
      }
    }
    guard let direction else { return try norm(x, p, name: "norm") }
    let kind = try order(p, "norm")
    return try vectorNorms(x, kind, direction)
  }

  private static func vectorNorms(
    _ x: Value, _ kind: NormKind, _ dimension: Int
  ) throws(RuntimeError) -> Value {
    let magnitudes: NDArray<Double>
    if x.isComplex, let z = x.complexArray {
      magnitudes = z.moduli()
    } else {
      magnitudes = x.realArray ?? NDArray(zeros: .empty)
    }
    var p = 2.0
    if case .order(let order) = kind { p = order }
    let (inner, length, outer) = magnitudes.shape.split(at: dimension)
    let result = NDArray<Double>(zeros: magnitudes.shape.replacing(dimension, with: 1))
    for o in 0..<outer {
      for i in 0..<inner {
        let slice = NDArray(column: (0..<length).map { magnitudes[i + inner * ($0 + length * o)] })
        result[i + inner * o] = slice.vectorNorm(p)
      }
    }
    return MatrixArgument.rounded(.make(result), isSingle: x.isSingle)
  }

  static func vecnorm(_ call: inout Call) throws(RuntimeError) -> Value {
    guard call[0].isFloat else { throw call.error("A must be numeric") }
    let p = call.count > 1 && !call[1].isEmpty ? call[1] : .number(2)
    let dimension = try call.dimension(2, for: call[0].shape, "DIM must be a positive integer")
    return try vectorNorms(call[0], order(p, "vecnorm"), dimension)
  }
}
