// Matrix products through BLAS, real and complex, double and single. A transposed operand is read in place.
// The routine is chosen by the shapes (inner product, matrix with vector, symmetric product of a matrix with
// itself, general) as mathematical software commonly does, so that results agree to the last bit.

import COpenBLAS

/// How an operand of a product is read.
public enum MatrixTransform: Sendable, Equatable {
  case plain, transposed
  /// The same as `transposed` for real numbers.
  case conjugateTransposed

  @inlinable public var exchanges: Bool { self != .plain }
  var blas: CBLAS_TRANSPOSE {
    switch self {
    case .plain: CblasNoTrans
    case .transposed: CblasTrans
    case .conjugateTransposed: CblasConjTrans
    }
  }
}

/// A number that BLAS multiplies: `Double`, `Float` and complex numbers of both.
public protocol ProductElement: ArrayElement {
  /// c = op (a) op (b), all column-major; m, n, k are the sizes of the product and the inner one.
  static func gemm(
    _ ta: MatrixTransform, _ tb: MatrixTransform, _ m: Int32, _ n: Int32, _ k: Int32,
    _ a: UnsafePointer<Self>, _ lda: Int32, _ b: UnsafePointer<Self>, _ ldb: Int32,
    _ c: UnsafeMutablePointer<Self>, _ ldc: Int32)
  /// y = op (a) x for an a of the given rows and columns.
  static func gemv(
    _ ta: MatrixTransform, _ rows: Int32, _ columns: Int32, _ a: UnsafePointer<Self>,
    _ x: UnsafePointer<Self>, _ y: UnsafeMutablePointer<Self>)
  /// The upper triangle of a' a when `first`, else of a a'; Hermitian when `conjugating`.
  static func syrk(
    first: Bool, conjugating: Bool, _ n: Int32, _ k: Int32, _ a: UnsafePointer<Self>, _ lda: Int32,
    _ c: UnsafeMutablePointer<Self>)
  /// The sum of products, the first factor conjugated when so told.
  static func dot(
    _ n: Int32, conjugating: Bool, _ x: UnsafePointer<Self>, _ y: UnsafePointer<Self>
  ) -> Self
  /// The complex conjugate; the number itself when real.
  var conjugated: Self { get }
  /// Kernels for large products, where this processor has them.
  static var wideKernels: WideKernels<Self>? { get }
}

extension NDArray where Element: ProductElement {
  /// op (a) op (b) for two matrices. Fails with `nonconformant`, which holds the shapes as they enter the
  /// product (after transposition), or with `tooLarge`. A zero inner size gives zeros.
  @_specialize(where Element == Double)
  @_specialize(where Element == Float)
  @_specialize(where Element == ComplexDouble)
  @_specialize(where Element == ComplexSingle)
  public static func product(
    _ a: NDArray, _ ta: MatrixTransform, _ b: NDArray, _ tb: MatrixTransform = .plain
  ) throws(ArrayError) -> NDArray {
    let left = ta.exchanges ? Shape(a.shape.columns, a.shape.rows) : a.shape
    let right = tb.exchanges ? Shape(b.shape.columns, b.shape.rows) : b.shape
    guard a.shape.is2D, b.shape.is2D, left.columns == right.rows else {
      throw .nonconformant(left, right)
    }
    let target = Shape(left.rows, right.columns)
    _ = try target.checkedCount(elementSize: MemoryLayout<Element>.stride)
    let (rows, columns, inner) = (left.rows, right.columns, left.columns)
    guard let m = Int32(exactly: rows), let n = Int32(exactly: columns), let k = Int32(exactly: inner)
    else { throw .tooLarge }
    if rows == 0 || columns == 0 || inner == 0 { return NDArray(zeros: target) }
    let isGram = a === b && ta.exchanges != tb.exchanges
    if !isGram, let large = Element.wideKernels?.product(a, ta, b, tb) { return large }
    let result = NDArray(uninitialized: target)
    if isGram {
      let conjugating = ta == .conjugateTransposed || tb == .conjugateTransposed
      Element.syrk(
        first: ta.exchanges, conjugating: conjugating, m, k, a.base, Int32(a.shape.rows), result.base)
      result.mirrorUpper(conjugating: conjugating)
      return result
    }
    let conjugateA = ta == .conjugateTransposed
    let conjugateB = tb == .conjugateTransposed
    if columns == 1, rows == 1, !(conjugateA && conjugateB) {
      // Of the two, the conjugated factor comes first.
      result.base.initialize(
        to: conjugateB
          ? Element.dot(k, conjugating: true, b.base, a.base)
          : Element.dot(k, conjugating: conjugateA, a.base, b.base))
      return result
    }
    if columns == 1, !conjugateB {
      result.base.initialize(repeating: .zero, count: rows)
      Element.gemv(ta, Int32(a.shape.rows), Int32(a.shape.columns), a.base, b.base, result.base)
      return result
    }
    if rows == 1, !conjugateA, !conjugateB {
      result.base.initialize(repeating: .zero, count: columns)
      Element.gemv(
        tb.exchanges ? .plain : .transposed, Int32(b.shape.rows), Int32(b.shape.columns), b.base, a.base,
        result.base)
      return result
    }
    if inner == 1, let outer = outerProduct(a, b, target) { return outer }
    Element.gemm(
      ta, tb, m, n, k, a.base, Int32(a.shape.rows), b.base, Int32(b.shape.rows), result.base, m)
    return result
  }

  /// A column times a row of reals: one multiplication for each element, with the zero that a sum of products starts from.
  private static func outerProduct(_ a: NDArray, _ b: NDArray, _ target: Shape) -> NDArray? {
    guard let x = a as? NDArray<Double>, let y = b as? NDArray<Double>, target.count < 1 << 16 else {
      return nil
    }
    let result = NDArray<Double>(uninitialized: target)
    let (rows, columns) = (target.rows, target.columns)
    for j in 0..<columns {
      let (factor, out) = (y.base[j], result.base + j * rows)
      for i in 0..<rows { out[i] = x.base[i] * factor + 0.0 }
    }
    return result as? NDArray
  }

  /// a b for two matrices. Fails with `nonconformant` and `tooLarge`.
  public static func product(_ a: NDArray, _ b: NDArray) throws(ArrayError) -> NDArray {
    try product(a, .plain, b, .plain)
  }

  /// Copies the strict upper triangle of a square matrix below the diagonal.
  func mirrorUpper(conjugating: Bool) {
    let n = shape.rows
    for j in 0..<n {
      for i in 0..<j {
        let value = base[j * n + i]
        base[i * n + j] = conjugating ? value.conjugated : value
      }
    }
  }
}

extension Double: ProductElement {
  public static func gemm(
    _ ta: MatrixTransform, _ tb: MatrixTransform, _ m: Int32, _ n: Int32, _ k: Int32,
    _ a: UnsafePointer<Double>, _ lda: Int32, _ b: UnsafePointer<Double>, _ ldb: Int32,
    _ c: UnsafeMutablePointer<Double>, _ ldc: Int32
  ) {
    cblas_dgemm(CblasColMajor, ta.blas, tb.blas, m, n, k, 1, a, lda, b, ldb, 0, c, ldc)
  }
  public static func gemv(
    _ ta: MatrixTransform, _ rows: Int32, _ columns: Int32, _ a: UnsafePointer<Double>,
    _ x: UnsafePointer<Double>, _ y: UnsafeMutablePointer<Double>
  ) {
    cblas_dgemv(CblasColMajor, ta.blas, rows, columns, 1, a, rows, x, 1, 0, y, 1)
  }
  public static func syrk(
    first: Bool, conjugating: Bool, _ n: Int32, _ k: Int32, _ a: UnsafePointer<Double>, _ lda: Int32,
    _ c: UnsafeMutablePointer<Double>
  ) {
    cblas_dsyrk(CblasColMajor, CblasUpper, first ? CblasTrans : CblasNoTrans, n, k, 1, a, lda, 0, c, n)
  }
  public static func dot(
    _ n: Int32, conjugating: Bool, _ x: UnsafePointer<Double>, _ y: UnsafePointer<Double>
  ) -> Double {
    blockedDot(n, x, y) { cblas_ddot($0, $1, 1, $2, 1) }
  }
  public var conjugated: Double { self }
  public static var wideKernels: WideKernels<Double>? { .forDoubles }
}

extension Float: ProductElement {
  public static func gemm(
    _ ta: MatrixTransform, _ tb: MatrixTransform, _ m: Int32, _ n: Int32, _ k: Int32,
    _ a: UnsafePointer<Float>, _ lda: Int32, _ b: UnsafePointer<Float>, _ ldb: Int32,
    _ c: UnsafeMutablePointer<Float>, _ ldc: Int32
  ) {
    cblas_sgemm(CblasColMajor, ta.blas, tb.blas, m, n, k, 1, a, lda, b, ldb, 0, c, ldc)
  }
  public static func gemv(
    _ ta: MatrixTransform, _ rows: Int32, _ columns: Int32, _ a: UnsafePointer<Float>,
    _ x: UnsafePointer<Float>, _ y: UnsafeMutablePointer<Float>
  ) {
    cblas_sgemv(CblasColMajor, ta.blas, rows, columns, 1, a, rows, x, 1, 0, y, 1)
  }
  public static func syrk(
    first: Bool, conjugating: Bool, _ n: Int32, _ k: Int32, _ a: UnsafePointer<Float>, _ lda: Int32,
    _ c: UnsafeMutablePointer<Float>
  ) {
    cblas_ssyrk(CblasColMajor, CblasUpper, first ? CblasTrans : CblasNoTrans, n, k, 1, a, lda, 0, c, n)
  }
  public static func dot(
    _ n: Int32, conjugating: Bool, _ x: UnsafePointer<Float>, _ y: UnsafePointer<Float>
  ) -> Float {
    blockedDot(n, x, y) { cblas_sdot($0, $1, 1, $2, 1) }
  }
  public var conjugated: Float { self }
  public static var wideKernels: WideKernels<Float>? { .forSingles }
}

extension Complex: ProductElement where Part: ProductPart {
  public static func gemm(
    _ ta: MatrixTransform, _ tb: MatrixTransform, _ m: Int32, _ n: Int32, _ k: Int32,
    _ a: UnsafePointer<Complex>, _ lda: Int32, _ b: UnsafePointer<Complex>, _ ldb: Int32,
    _ c: UnsafeMutablePointer<Complex>, _ ldc: Int32
  ) {
    let call = Part.isDouble ? cblas_zgemm : cblas_cgemm
    withOneAndZero { call(CblasColMajor, ta.blas, tb.blas, m, n, k, $0, a, lda, b, ldb, $1, c, ldc) }
  }
  public static func gemv(
    _ ta: MatrixTransform, _ rows: Int32, _ columns: Int32, _ a: UnsafePointer<Complex>,
    _ x: UnsafePointer<Complex>, _ y: UnsafeMutablePointer<Complex>
  ) {
    let call = Part.isDouble ? cblas_zgemv : cblas_cgemv
    withOneAndZero { call(CblasColMajor, ta.blas, rows, columns, $0, a, rows, x, 1, $1, y, 1) }
  }
  public static func syrk(
    first: Bool, conjugating: Bool, _ n: Int32, _ k: Int32, _ a: UnsafePointer<Complex>, _ lda: Int32,
    _ c: UnsafeMutablePointer<Complex>
  ) {
    if conjugating {
      let side = first ? CblasConjTrans : CblasNoTrans
      if Part.isDouble {
        cblas_zherk(CblasColMajor, CblasUpper, side, n, k, 1, a, lda, 0, c, n)
      } else {
        cblas_cherk(CblasColMajor, CblasUpper, side, n, k, 1, a, lda, 0, c, n)
      }
      return
    }
    let call = Part.isDouble ? cblas_zsyrk : cblas_csyrk
    withOneAndZero {
      call(CblasColMajor, CblasUpper, first ? CblasTrans : CblasNoTrans, n, k, $0, a, lda, $1, c, n)
    }
  }
  public static func dot(
    _ n: Int32, conjugating: Bool, _ x: UnsafePointer<Complex>, _ y: UnsafePointer<Complex>
  ) -> Complex {
    var result = Complex(0)
    withUnsafeMutablePointer(to: &result) { out in
      if Part.isDouble {
        (conjugating ? cblas_zdotc_sub : cblas_zdotu_sub)(n, x, 1, y, 1, out)
      } else {
        (conjugating ? cblas_cdotc_sub : cblas_cdotu_sub)(n, x, 1, y, 1, out)
      }
    }
    return result
  }
  /// The factors that BLAS wants by address.
  private static func withOneAndZero(_ body: (UnsafePointer<Complex>, UnsafePointer<Complex>) -> Void) {
    withUnsafePointer(to: Complex(1)) { one in withUnsafePointer(to: Complex(0)) { body(one, $0) } }
  }
  public var conjugated: Complex { conjugate }
  public static var wideKernels: WideKernels<Complex>? { nil }
}

/// The sum of products of long vectors, by blocks of a fixed size: BLAS would cut them into as many parts as it has
/// threads, and the last bits would depend on how many those are.
private func blockedDot<Element: KernelElement>(
  _ n: Int32, _ x: UnsafePointer<Element>, _ y: UnsafePointer<Element>,
  _ dot: (Int32, UnsafePointer<Element>, UnsafePointer<Element>) -> Element
) -> Element {
  // BLAS takes more threads from 10001 elements on.
  guard n > 10_000 else { return dot(n, x, y) }
  let (total, size) = (Int(n), 8192)
  let blocks = (total + size - 1) / size
  return withUnsafeTemporaryAllocation(of: Element.self, capacity: blocks) { parts in
    guard let part = parts.baseAddress else { return 0 }
    Workers.parallel(blocks, grain: 8) { range in
      for block in range {
        let first = block * size
        part[block] = dot(Int32(min(size, total - first)), x + first, y + first)
      }
    }
    return Element.blockSum(part, blocks)
  }
}

/// The precisions BLAS has complex numbers in.
public protocol ProductPart: BinaryFloatingPoint & Sendable {
  static var isDouble: Bool { get }
}
extension Double: ProductPart { public static var isDouble: Bool { true } }
extension Float: ProductPart { public static var isDouble: Bool { false } }
