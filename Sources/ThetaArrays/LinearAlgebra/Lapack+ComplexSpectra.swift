// LAPACK for complex matrices: singular values, least squares, eigenvalues, Schur form.

import COpenBLAS

extension Complex: FactorElement where Part == Double {
  public static func gesvd(
    _ job: String, _ m: Int32, _ n: Int32, _ a: Matrix, _ s: Reals, _ u: Matrix, _ ldu: Int32, _ vt: Matrix,
    _ ldvt: Int32
  ) -> Int32 {
    var (m, n, lda, ldu, ldvt, info) = (m, n, max(1, m), max(1, ldu), max(1, ldvt), Int32(0))
    withScratch(Double.self, 5 * Int(min(m, n)), zero: 0) { real in
      withWorkspace { work, size in
        var size = size
        zgesvd_(job, job, &m, &n, a, &lda, s, u, &ldu, vt, &ldvt, work, &size, real, &info, 1, 1)
      }
    }
    return info
  }

  public static func gelsd(
    _ m: Int32, _ n: Int32, _ columns: Int32, _ a: Matrix, _ b: Matrix, _ ldb: Int32, _ s: Reals,
    _ rank: Integers
  ) -> Int32 {
    var (m, n, columns, lda, ldb, info) = (m, n, columns, max(1, m), max(1, ldb), Int32(0))
    var tolerance = -1.0
    // The real workspace's size comes from a first call.
    var wanted = 0.0
    var (asking, integer) = (Int32(-1), Int32(0))
    withScratch(Self.self, 1, zero: .zero) { work in
      zgelsd_(
        &m, &n, &columns, a, &lda, b, &ldb, s, &tolerance, rank, work, &asking, &wanted, &integer, &info)
    }
    let reals = max(1, Int(exactly: wanted.rounded(.up)) ?? 1)
    withScratch(Double.self, reals, zero: 0) { real in
      withScratch(Int32.self, gelsdIntegers(min(m, n)), zero: 0) { integers in
        withWorkspace { work, size in
          var size = size
          zgelsd_(&m, &n, &columns, a, &lda, b, &ldb, s, &tolerance, rank, work, &size, real, integers, &info)
        }
      }
    }
    return info
  }

  public static func syev(vectors: Bool, _ n: Int32, _ a: Matrix, _ w: Reals) -> Int32 {
    var (n, lda, info) = (n, max(1, n), Int32(0))
    withScratch(Double.self, 3 * Int(n), zero: 0) { real in
      withWorkspace { work, size in
        var size = size
        zheev_(vectors ? "V" : "N", "U", &n, a, &lda, w, work, &size, real, &info, 1, 1)
      }
    }
    return info
  }

  public static func geevx(
    balanced: Bool, _ n: Int32, _ a: Matrix, _ w: Complexes, _ left: Complexes?, _ right: Complexes?
  ) -> Int32 {
    let size = Int(n)
    var (n, lda, low, high, norm, info) = (n, max(1, n), Int32(0), Int32(0), 0.0, Int32(0))
    withScratch(Double.self, 5 * size, zero: 0) { memory in
      withWorkspace { work, amount in
        var amount = amount
        zgeevx_(
          balanced ? "B" : "N", left == nil ? "N" : "V", right == nil ? "N" : "V", "N", &n, a, &lda, w,
          left ?? w, &lda, right ?? w, &lda, &low, &high, memory, &norm, memory + size, memory + 2 * size,
          work,
          &amount, memory + 3 * size, &info, 1, 1, 1, 1)
      }
    }
    return info
  }

  public static func sygv(vectors: Bool, _ n: Int32, _ a: Matrix, _ b: Matrix, _ w: Reals) -> Int32 {
    var (n, lda, info, type) = (n, max(1, n), Int32(0), Int32(1))
    withScratch(Double.self, 3 * Int(n), zero: 0) { real in
      withWorkspace { work, size in
        var size = size
        zhegv_(&type, vectors ? "V" : "N", "U", &n, a, &lda, b, &lda, w, work, &size, real, &info, 1, 1)
      }
    }
    return info
  }

  public static func ggev(
    _ n: Int32, _ a: Matrix, _ b: Matrix, _ alpha: Complexes, _ beta: Complexes, _ left: Complexes?,
    _ right: Complexes?
  ) -> Int32 {
    var (n, lda, info) = (n, max(1, n), Int32(0))
    withScratch(Double.self, 8 * Int(n), zero: 0) { real in
      withWorkspace { work, amount in
        var amount = amount
        zggev_(
          left == nil ? "N" : "V", right == nil ? "N" : "V", &n, a, &lda, b, &lda, alpha, beta, left ?? alpha,
          &lda, right ?? alpha, &lda, work, &amount, real, &info, 1, 1)
      }
    }
    return info
  }

  public static func gees(_ n: Int32, _ a: Matrix, _ w: Complexes, _ vectors: Matrix?) -> Int32 {
    var (n, lda, found, info) = (n, max(1, n), Int32(0), Int32(0))
    withScratch(Double.self, Int(n), zero: 0) { real in
      withScratch(Int32.self, Int(n), zero: 0) { flags in
        withWorkspace { work, amount in
          var amount = amount
          zgees_(
            vectors == nil ? "N" : "V", "N", nil, &n, a, &lda, &found, w, vectors ?? w, &lda, work, &amount,
            real,
            flags, &info, 1, 1)
        }
      }
    }
    return info
  }
}
