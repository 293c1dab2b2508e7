// LAPACK for real matrices: singular values, least squares, eigenvalues, Schur form. Complex results that
// LAPACK returns as pairs of real numbers become complex numbers here.

import COpenBLAS

extension Double: FactorElement {
  public static func gesvd(
    _ job: String, _ m: Int32, _ n: Int32, _ a: Matrix, _ s: Reals, _ u: Matrix, _ ldu: Int32, _ vt: Matrix,
    _ ldvt: Int32
  ) -> Int32 {
    var (m, n, lda, ldu, ldvt, info) = (m, n, max(1, m), max(1, ldu), max(1, ldvt), Int32(0))
    withWorkspace { work, size in
      var size = size
      dgesvd_(job, job, &m, &n, a, &lda, s, u, &ldu, vt, &ldvt, work, &size, &info, 1, 1)
    }
    return info
  }

  public static func gelsd(
    _ m: Int32, _ n: Int32, _ columns: Int32, _ a: Matrix, _ b: Matrix, _ ldb: Int32, _ s: Reals,
    _ rank: Integers
  ) -> Int32 {
    var (m, n, columns, lda, ldb, info) = (m, n, columns, max(1, m), max(1, ldb), Int32(0))
    var tolerance = -1.0
    withScratch(Int32.self, gelsdIntegers(min(m, n)), zero: 0) { integers in
      withWorkspace { work, size in
        var size = size
        dgelsd_(&m, &n, &columns, a, &lda, b, &ldb, s, &tolerance, rank, work, &size, integers, &info)
      }
    }
    return info
  }

  public static func syev(vectors: Bool, _ n: Int32, _ a: Matrix, _ w: Reals) -> Int32 {
    var (n, lda, info) = (n, max(1, n), Int32(0))
    withWorkspace { work, size in
      var size = size
      dsyev_(vectors ? "V" : "N", "U", &n, a, &lda, w, work, &size, &info, 1, 1)
    }
    return info
  }

  public static func geevx(
    balanced: Bool, _ n: Int32, _ a: Matrix, _ w: Complexes, _ left: Complexes?, _ right: Complexes?
  ) -> Int32 {
    let size = Int(n)
    var (n, lda, low, high, norm, info) = (n, max(1, n), Int32(0), Int32(0), 0.0, Int32(0))
    // Real and imaginary parts, scale, two condition arrays; then the two sets of vectors.
    withScratch(Double.self, 5 * size + 2 * size * size, zero: 0) { memory in
      let (wr, wi, scale) = (memory, memory + size, memory + 2 * size)
      let (rconde, rcondv) = (memory + 3 * size, memory + 4 * size)
      let (vl, vr) = (memory + 5 * size, memory + 5 * size + size * size)
      withScratch(Int32.self, 2 * size, zero: 0) { integers in
        withWorkspace { work, amount in
          var amount = amount
          dgeevx_(
            balanced ? "B" : "N", left == nil ? "N" : "V", right == nil ? "N" : "V", "N", &n, a, &lda, wr, wi,
            vl, &lda, vr, &lda, &low, &high, scale, &norm, rconde, rcondv, work, &amount, integers, &info, 1,
            1, 1,
            1)
        }
      }
      for i in 0..<size { w[i] = Complex(wr[i], wi[i]) }
      if let left { unpackVectors(size, wi, vl, left) }
      if let right { unpackVectors(size, wi, vr, right) }
    }
    return info
  }

  public static func sygv(vectors: Bool, _ n: Int32, _ a: Matrix, _ b: Matrix, _ w: Reals) -> Int32 {
    var (n, lda, info, type) = (n, max(1, n), Int32(0), Int32(1))
    withWorkspace { work, size in
      var size = size
      dsygv_(&type, vectors ? "V" : "N", "U", &n, a, &lda, b, &lda, w, work, &size, &info, 1, 1)
    }
    return info
  }

  public static func ggev(
    _ n: Int32, _ a: Matrix, _ b: Matrix, _ alpha: Complexes, _ beta: Complexes, _ left: Complexes?,
    _ right: Complexes?
  ) -> Int32 {
    let size = Int(n)
    var (n, lda, info) = (n, max(1, n), Int32(0))
    withScratch(Double.self, 3 * size + 2 * size * size, zero: 0) { memory in
      let (ar, ai, scale) = (memory, memory + size, memory + 2 * size)
      let (vl, vr) = (memory + 3 * size, memory + 3 * size + size * size)
      withWorkspace { work, amount in
        var amount = amount
        dggev_(
          left == nil ? "N" : "V", right == nil ? "N" : "V", &n, a, &lda, b, &lda, ar, ai, scale, vl, &lda,
          vr,
          &lda, work, &amount, &info, 1, 1)
      }
      for i in 0..<size {
        alpha[i] = Complex(ar[i], ai[i])
        beta[i] = Complex(scale[i], 0)
      }
      if let left { unpackVectors(size, ai, vl, left) }
      if let right { unpackVectors(size, ai, vr, right) }
    }
    return info
  }

  public static func gees(_ n: Int32, _ a: Matrix, _ w: Complexes, _ vectors: Matrix?) -> Int32 {
    let size = Int(n)
    var (n, lda, found, info) = (n, max(1, n), Int32(0), Int32(0))
    withScratch(Double.self, 2 * size + 1, zero: 0) { memory in
      withScratch(Int32.self, size, zero: 0) { flags in
        withWorkspace { work, amount in
          var amount = amount
          dgees_(
            vectors == nil ? "N" : "V", "N", nil, &n, a, &lda, &found, memory, memory + size,
            vectors ?? memory + 2 * size, &lda, work, &amount, flags, &info, 1, 1)
        }
      }
      for i in 0..<size { w[i] = Complex(memory[i], memory[size + i]) }
    }
    return info
  }

  /// LAPACK keeps the vectors of a conjugate pair as the real and the imaginary part of one of them.
  private static func unpackVectors(_ n: Int, _ imaginary: Reals, _ packed: Reals, _ out: Complexes) {
    var j = 0
    while j < n {
      if imaginary[j] == 0 || j + 1 == n {
        for i in 0..<n { out[j * n + i] = Complex(packed[j * n + i], 0) }
        j += 1
      } else {
        for i in 0..<n {
          let z = Complex(packed[j * n + i], packed[(j + 1) * n + i])
          out[j * n + i] = z
          out[(j + 1) * n + i] = z.conjugate
        }
        j += 2
      }
    }
  }
}

/// Integers of workspace that gelsd wants for a matrix whose smaller size is this.
func gelsdIntegers(_ smaller: Int32) -> Int {
  var levels = 0
  var size = Double(smaller) / 26
  while size > 1 {
    size /= 2
    levels += 1
  }
  let n = Int(max(1, smaller))
  return 3 * n * (levels + 1) + 11 * n
}
