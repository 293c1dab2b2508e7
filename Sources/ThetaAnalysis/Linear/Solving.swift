import ThetaArrays
import ThetaNumeric
import ThetaRuntime

// Determinants, inverses, ranks, condition numbers and Kronecker products.

enum Solving {
  static let table: [Builtin] = [
    Builtin(
      "[d, rcond] = det (A)",
      """
      The determinant of a square matrix; 1 when empty.

      >> det ([1 2; 3 4])
      ans = -2
      """, multiple: det),
    Builtin(
      "[x, rcond] = inv (A)",
      """
      The inverse of a square matrix, Inf with the warning "matrix singular to machine precision" when there is none.
      Error "inverse: A must be a square matrix".

      >> inv ([2 0; 0 4])
      ans =

         0.5000        0
              0   0.2500

      """, multiple: inv),
    Builtin(
      "[x, rcond] = inverse (A)",
      """
      The inverse of a square matrix; see inv.

      >> inverse ([2 0; 0 4])
      ans =

         0.5000        0
              0   0.2500

      """, multiple: inv),
    Builtin(
      "x = pinv (A, tol?)",
      """
      The Moore-Penrose pseudoinverse; singular values up to tol (max (size (A)) · norm (A) · eps) count as zero.

      >> pinv ([1; 1])
      ans =

         0.5000   0.5000

      """, pinv),
    Builtin(
      "k = rank (A, tol?)",
      """
      The number of singular values above tol.

      >> rank ([1 2; 2 4])
      ans = 1
      """, rank),
    Builtin(
      "t = trace (A)",
      """
      The sum of the diagonal of a matrix.

      >> trace ([1 2; 3 4])
      ans = 5
      """, trace),
    Builtin(
      "c = cond (A, p?)",
      """
      The condition number norm (A, p) · norm (inv (A), p); by default from singular values.

      >> cond ([2 0; 0 1])
      ans = 2
      """, cond),
    Builtin(
      "c = rcond (A)",
      """
      The reciprocal of the condition number in the 1-norm, estimated.

      >> rcond ([2 0; 0 1])
      ans = 0.5000
      """, rcond),
    Builtin(
      "C = kron (A, B...)",
      """
      Each element of A times the whole of B, in its place.

      >> kron ([1 2], [1; 1])
      ans =

         1   2
         1   2

      """, kron),
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
      return call.outputs < 2 ? [.diagonal(inverse)] : [.diagonal(inverse), try inverseCondition(value)]
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
    let length = min(shape.rows, shape.columns)
    let diagonal = call[0].gathered((0..<length).map { $0 * (shape.rows + 1) }, Shape(length, 1))
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
    return try Norms.norm(call[0], call[1], name: "norm") * Norms.norm(inverse, call[1], name: "norm")
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
}
