// LAPACK for real matrices: linear systems and orthogonal factors. Spectral routines are in
// Lapack+RealSpectra.swift.

import COpenBLAS

extension Double {
  public init(real: Double) { self = real }
  public var realPart: Double { self }
  public var imaginaryPart: Double { 0 }
  public var isFiniteNumber: Bool { isFinite }
  public var magnitudeValue: Double { magnitude }
  public static var isComplex: Bool { false }
  public static func sum(_ a: Double, _ b: Double) -> Double { a + b }
  public static func product(_ a: Double, _ b: Double) -> Double { a * b }
  public static func quotient(_ a: Double, _ b: Double) -> Double { a / b }
  public static func scaled(_ a: Double, by factor: Double) -> Double { a * factor }

  public static func getrf(_ m: Int32, _ n: Int32, _ a: Matrix, _ pivots: Integers) -> Int32 {
    var (m, n, lda, info) = (m, n, max(1, m), Int32(0))
    dgetrf_(&m, &n, a, &lda, pivots, &info)
    return info
  }

  public static func getri(_ n: Int32, _ a: Matrix, _ pivots: Integers) -> Int32 {
    var (n, lda, info) = (n, max(1, n), Int32(0))
    withWorkspace { work, size in
      var size = size
      dgetri_(&n, a, &lda, pivots, work, &size, &info)
    }
    return info
  }

  public static func getrs(
    _ transform: MatrixTransform, _ n: Int32, _ columns: Int32, _ a: Matrix, _ pivots: Integers, _ b: Matrix
  ) -> Int32 {
    var (n, columns, lda, info) = (n, columns, max(1, n), Int32(0))
    dgetrs_(transform.mode, &n, &columns, a, &lda, pivots, b, &lda, &info, 1)
    return info
  }

  public static func potrf(_ triangle: Triangle, _ n: Int32, _ a: Matrix) -> Int32 {
    var (n, lda, info) = (n, max(1, n), Int32(0))
    dpotrf_(triangle.mode, &n, a, &lda, &info, 1)
    return info
  }

  public static func potri(_ triangle: Triangle, _ n: Int32, _ a: Matrix) -> Int32 {
    var (n, lda, info) = (n, max(1, n), Int32(0))
    dpotri_(triangle.mode, &n, a, &lda, &info, 1)
    return info
  }

  public static func potrs(
    _ triangle: Triangle, _ n: Int32, _ columns: Int32, _ a: Matrix, _ b: Matrix
  ) -> Int32 {
    var (n, columns, lda, info) = (n, columns, max(1, n), Int32(0))
    dpotrs_(triangle.mode, &n, &columns, a, &lda, b, &lda, &info, 1)
    return info
  }

  public static func trtrs(
    _ triangle: Triangle, _ transform: MatrixTransform, _ n: Int32, _ columns: Int32, _ a: Matrix, _ b: Matrix
  ) -> Int32 {
    var (n, columns, lda, info) = (n, columns, max(1, n), Int32(0))
    dtrtrs_(triangle.mode, transform.mode, "N", &n, &columns, a, &lda, b, &lda, &info, 1, 1, 1)
    return info
  }

  public static func trtri(_ triangle: Triangle, _ n: Int32, _ a: Matrix) -> Int32 {
    var (n, lda, info) = (n, max(1, n), Int32(0))
    dtrtri_(triangle.mode, "N", &n, a, &lda, &info, 1, 1)
    return info
  }

  public static func gecon(_ n: Int32, _ a: Matrix, norm: Double) -> Double {
    var (n, lda, norm, rcond, info) = (n, max(1, n), norm, 0.0, Int32(0))
    withScratch(Self.self, 4 * Int(n), zero: .zero) { work in
      withScratch(Int32.self, Int(n), zero: 0) {
        dgecon_("1", &n, a, &lda, &norm, &rcond, work, $0, &info, 1)
      }
    }
    return rcond
  }

  public static func pocon(_ triangle: Triangle, _ n: Int32, _ a: Matrix, norm: Double) -> Double {
    var (n, lda, norm, rcond, info) = (n, max(1, n), norm, 0.0, Int32(0))
    withScratch(Self.self, 3 * Int(n), zero: .zero) { work in
      withScratch(Int32.self, Int(n), zero: 0) {
        dpocon_(triangle.mode, &n, a, &lda, &norm, &rcond, work, $0, &info, 1)
      }
    }
    return rcond
  }

  public static func trcon(_ triangle: Triangle, _ n: Int32, _ a: Matrix) -> Double {
    var (n, lda, rcond, info) = (n, max(1, n), 0.0, Int32(0))
    withScratch(Self.self, 3 * Int(n), zero: .zero) { work in
      withScratch(Int32.self, Int(n), zero: 0) {
        dtrcon_("1", triangle.mode, "N", &n, a, &lda, &rcond, work, $0, &info, 1, 1, 1)
      }
    }
    return rcond
  }

  public static func geqrf(_ m: Int32, _ n: Int32, _ a: Matrix, _ tau: Matrix) -> Int32 {
    var (m, n, lda, info) = (m, n, max(1, m), Int32(0))
    withWorkspace { work, size in
      var size = size
      dgeqrf_(&m, &n, a, &lda, tau, work, &size, &info)
    }
    return info
  }

  public static func orgqr(_ m: Int32, _ n: Int32, _ k: Int32, _ a: Matrix, _ tau: Matrix) -> Int32 {
    var (m, n, k, lda, info) = (m, n, k, max(1, m), Int32(0))
    withWorkspace { work, size in
      var size = size
      dorgqr_(&m, &n, &k, a, &lda, tau, work, &size, &info)
    }
    return info
  }

  public static func gebal(
    _ job: String, _ n: Int32, _ a: Matrix, _ low: Integers, _ high: Integers, _ scale: Reals
  ) -> Int32 {
    var (n, lda, info) = (n, max(1, n), Int32(0))
    dgebal_(job, &n, a, &lda, low, high, scale, &info, 1)
    return info
  }

  public static func gehrd(_ n: Int32, _ low: Int32, _ high: Int32, _ a: Matrix, _ tau: Matrix) -> Int32 {
    var (n, low, high, lda, info) = (n, low, high, max(1, n), Int32(0))
    withWorkspace { work, size in
      var size = size
      dgehrd_(&n, &low, &high, a, &lda, tau, work, &size, &info)
    }
    return info
  }

  public static func orghr(_ n: Int32, _ low: Int32, _ high: Int32, _ a: Matrix, _ tau: Matrix) -> Int32 {
    var (n, low, high, lda, info) = (n, low, high, max(1, n), Int32(0))
    withWorkspace { work, size in
      var size = size
      dorghr_(&n, &low, &high, a, &lda, tau, work, &size, &info)
    }
    return info
  }

  public static func geqp3(_ m: Int32, _ n: Int32, _ a: Matrix, _ pivots: Integers, _ tau: Matrix) -> Int32 {
    var (m, n, lda, info) = (m, n, max(1, m), Int32(0))
    withWorkspace { work, size in
      var size = size
      dgeqp3_(&m, &n, a, &lda, pivots, tau, work, &size, &info)
    }
    return info
  }
}
