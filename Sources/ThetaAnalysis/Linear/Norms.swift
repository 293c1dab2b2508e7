import Glibc
import ThetaArrays
import ThetaNumeric
import ThetaRuntime

// Norms of vectors and matrices.

enum Norms {
  static let table: [Builtin] = [
    Builtin(
      "y = norm (A, p?, opt?)",
      """
      A norm of a vector (p any number, Inf, -Inf, 0) or a matrix (1, 2, Inf, "fro", other p ≥ 1); 2 by default. opt "rows"
      or "columns" gives the norm of each.

      >> norm ([3 4])
      ans = 5
      """, norm),
    Builtin(
      "y = vecnorm (A, p?, dim?)",
      """
      The p-norm of each vector along a dimension.

      >> vecnorm ([3 0; 4 1])
      ans =

         5   1

      """, vecnorm),
  ]

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
    return MatrixArgument.rounded(.number(try powerNorm(x, p)), isSingle: x.isSingle)
  }

  /// The p-norm of a matrix by Boyd's power method (1974) from several starts, since it may stop at a local maximum.
  private static func powerNorm(_ value: Value, _ p: Double) throws(RuntimeError) -> Double {
    guard let a = value.complexArray else { return .nan }
    let n = a.shape.columns
    let q = p / (p - 1)
    func length(_ v: NDArray<ComplexDouble>, _ p: Double) -> Double {
      Glibc.pow(v.reduce(0) { $0 + Glibc.pow($1.modulus, p) }, 1 / p)
    }
    /// The vector of unit q-norm whose product with `v` is the p-norm of v.
    func dual(_ v: NDArray<ComplexDouble>, _ p: Double, _ q: Double) -> NDArray<ComplexDouble> {
      let w = v.map { z -> ComplexDouble in
        let size = z.modulus
        return size == 0 ? z : z * ComplexDouble(Glibc.pow(size, p - 2))
      }
      let size = length(w, q)
      return size == 0 ? w : w.map { $0 / ComplexDouble(size) }
    }
    var best = 0.0
    for start in 0..<n {
      var x = NDArray(column: (0..<n).map { ComplexDouble($0 == start ? 1 : 1e-3) })
      let size = length(x, p)
      x = x.map { $0 / ComplexDouble(size) }
      var estimate = 0.0
      for _ in 0..<500 {
        let (y, z) = try RuntimeError.converting { () throws(ArrayError) in
          let y = try NDArray<ComplexDouble>.product(a, x)
          return (y, try NDArray<ComplexDouble>.product(a, .conjugateTransposed, dual(y, p, q), .plain))
        }
        let next = length(y, p)
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
