import ThetaArrays
import ThetaRuntime

// Determinants, pseudoinverses, eigenvalues and singular values.

extension Rules {
  static let spectra: [(String, Rule)] = [
    ("det", determinant), ("pinv", pseudoinverse), ("eig", eigenvalues), ("svd", singularValues),
  ]

  private static func determinant(_ a: Application) throws(RuntimeError) -> [Value] {
    let (x, value, algebra) = (a[0], try a.value(), a.algebra)
    // Where an inverse would be infinite or hold no right digit.
    if x.tracked == nil, let size = try algebra.call("rcond", x).firstReal, size < 1e-12 {
      let cofactors = try cofactors(a)
      return [
        try a.record(
          value, .whole { g throws(RuntimeError) in try algebra.times(.make(cofactors), g) })
      ]
    }
    return [
      try a.record(
        value,
        .whole { g throws(RuntimeError) in
          let inverse = try algebra.transpose(try algebra.call("inv", x))
          return try algebra.times(inverse, try algebra.times(g, value))
        })
    ]
  }

  /// The derivatives of the determinant of a singular matrix, which has no inverse: with U S V' = A they are
  /// det (U V) times U diag (products of the other singular values) V'.
  private static func cofactors(_ a: Application) throws(RuntimeError) -> NDArray<Double> {
    let parts = try a.algebra.run("svd", [a[0]], outputs: 3)
    guard parts.count == 3, let s = parts[1].full.realArray else { throw a.refusal("this matrix") }
    let n = s.shape.rows
    let others = NDArray<Double>(zeros: s.shape)
    for i in 0..<n {
      var product = 1.0
      for j in 0..<n where j != i { product *= s[j, j] }
      others[i, i] = product
    }
    let scaled = try a.algebra.product(parts[0].full, .make(others))
    let result = try a.algebra.product(scaled, false, parts[2].full, true)
    let sign = try a.algebra.times(try a.algebra.call("det", parts[0]), try a.algebra.call("det", parts[2]))
    guard let slopes = try a.algebra.times(result, sign).realArray else { throw a.refusal("this matrix") }
    return slopes
  }

  /// While the rank stays what it is (G. H. Golub and V. Pereyra, 1973): with P = pinv (A),
  /// dP = -P dA P + P P' dA' (I - A P) + (I - P A) dA' P' P.
  private static func pseudoinverse(_ a: Application) throws(RuntimeError) -> [Value] {
    guard a.count == 1 else { throw a.refusal("a tolerance") }
    let (x, algebra) = (a[0], a.algebra)
    if x.tracked != nil {
      // Differentiated twice: as the solution of a system, whose rules lead on.
      let identity = NDArray<Double>(zeros: Shape(x.shape.rows, x.shape.rows))
      for i in 0..<x.shape.rows { identity[i, i] = 1 }
      return [
        try Operators.binary(.leftDivide, a.arguments[0], .make(identity), in: algebra.context)
      ]
    }
    let p = try a.value()
    return [
      try a.record(
        p,
        .whole { g throws(RuntimeError) in
          let direct = try algebra.product(try algebra.product(p, true, g), false, p, true)
          let left = try algebra.product(try algebra.product(g, true, p), false, p, true)
          let right = try algebra.product(p, true, try algebra.product(p, false, g, true))
          let outside = try algebra.subtract(left, try algebra.product(x, try algebra.product(p, left)))
          let beside = try algebra.subtract(right, try algebra.product(try algebra.product(right, p), x))
          return try algebra.subtract(try algebra.add(outside, beside), direct)
        })
    ]
  }

  /// Of a symmetric matrix A = V D V': dA = V diag (g) V'.
  private static func eigenvalues(_ a: Application) throws(RuntimeError) -> [Value] {
    guard a.count == 1, a.outputs == 1 else { throw a.refusal("eig with eigenvectors") }
    guard a[0].plain.full.realArray?.isHermitian == true else {
      throw a.refusal("eig of a matrix that is not symmetric")
    }
    guard a[0].tracked == nil else { throw a.refusal("eig, a second time,") }
    let (value, algebra) = (try a.value(), a.algebra)
    let parts = try algebra.run(a.builtin, [a[0]], outputs: 2)
    guard parts.count == 2 else { throw a.refusal("this form") }
    let vectors = parts[0].full
    return [
      try a.record(
        value,
        .whole { g throws(RuntimeError) in
          let scaled = try algebra.times(vectors, try algebra.transpose(g))
          return try algebra.product(scaled, false, vectors, true)
        })
    ]
  }

  /// Of A = U S V': dA = U diag (g) V'.
  private static func singularValues(_ a: Application) throws(RuntimeError) -> [Value] {
    guard a.count == 1, a.outputs == 1 else { throw a.refusal("svd with singular vectors") }
    guard a[0].tracked == nil else { throw a.refusal("svd, a second time,") }
    let (value, algebra) = (try a.value(), a.algebra)
    let parts = try algebra.run(a.builtin, [a[0], .string("econ")], outputs: 3)
    guard parts.count == 3 else { throw a.refusal("this form") }
    let (left, right) = (parts[0].full, parts[2].full)
    return [
      try a.record(
        value,
        .whole { g throws(RuntimeError) in
          let scaled = try algebra.times(left, try algebra.transpose(g))
          return try algebra.product(scaled, false, right, true)
        })
    ]
  }
}
