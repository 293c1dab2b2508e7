// Products of large matrices by kernels of ours, on processors with AVX-512. Measured on one with two cores: 5000 × 401 by
// 401 × 25 in 0.8 ms, its counterpart in the gradient in 0.9; OpenBLAS 0.3.21, which does not know the processor and
// does not divide such shapes among threads, took 2.6 and 1.7. Small products stay with OpenBLAS: they agree with
// Octave's to the last bit.

import CKernels

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The kernels for one type of number; see `kernels.h`.
public struct WideKernels<Element>: Sendable {
  typealias In = UnsafePointer<Element>
  typealias Out = UnsafeMutablePointer<Element>
  let pack: @Sendable (Int, Int, Int, Int, In, Int, Bool, Out) -> Void
  let rows: @Sendable (Int, Int, Int, Int, In, Int, In, Out, Int, Out) -> Void
  let columns: @Sendable (Int, Int, Int, Int, In, Int, In, Int, Out, Int) -> Void
}

extension WideKernels<Double> {
  static let forDoubles =
    isWanted
    ? WideKernels(pack: theta_wide_pack, rows: theta_wide_rows, columns: theta_wide_columns) : nil
}
extension WideKernels<Float> {
  static let forSingles =
    isWanted
    ? WideKernels(pack: theta_wide_pack_f, rows: theta_wide_rows_f, columns: theta_wide_columns_f) : nil
}

/// THETA_WIDE_PRODUCTS=0 leaves every product to OpenBLAS.
private let isWanted = theta_has_wide_products() && getenv("THETA_WIDE_PRODUCTS").map { strcmp($0, "0") } != 0

extension WideKernels {
  /// Multiplications from which the kernels are used.
  static var smallest: Int { 1 << 20 }
  /// A thread is given at least this many multiplications.
  private static var grain: Int { 1 << 20 }

  /// op (a) op (b), or nil where OpenBLAS is the better choice. The matrices conform, and no size is zero.
  func product(
    _ a: NDArray<Element>, _ ta: MatrixTransform, _ b: NDArray<Element>, _ tb: MatrixTransform
  ) -> NDArray<Element>? where Element: ProductElement {
    let (m, k) = ta.exchanges ? (a.shape.columns, a.shape.rows) : (a.shape.rows, a.shape.columns)
    let n = tb.exchanges ? b.shape.rows : b.shape.columns
    guard
      m.multipliedReportingOverflow(by: n).partialValue.multipliedReportingOverflow(by: k).partialValue
        >= Self.smallest, m >= 4, n >= 4, k >= 8
    else { return nil }
    switch (ta.exchanges, tb.exchanges) {
    case (false, _) where m >= 96: return byRows(a, b, transposed: tb.exchanges, m, n, k)
    // Few rows and many columns: the transposed product has the better shape.
    case (false, true) where n >= 96: return byRows(b, a, transposed: true, n, m, k).transposed()
    case (true, false) where k >= 256: return byColumns(a, b, m, n, k)
    default: return nil
    }
  }

  private func byRows(
    _ a: NDArray<Element>, _ b: NDArray<Element>, transposed: Bool, _ m: Int, _ n: Int, _ k: Int
  ) -> NDArray<Element> where Element: ProductElement {
    let result = NDArray<Element>(uninitialized: Shape(m, n))
    let packed = NDArray<Element>(uninitialized: Shape(k, n))
    Workers.parallel(theta_slivers(n), grain: Swift.max(1, (1 << 15) / k)) { slivers in
      pack(slivers.lowerBound, slivers.upperBound, n, k, b.base, b.shape.rows, transposed, packed.base)
    }
    // Whole panels of rows for each thread: 48 rows are one of singles and two of doubles.
    let panel = 48
    Workers.parallel((m + panel - 1) / panel, grain: Swift.max(1, Self.grain / (panel * n * k))) { panels in
      let scratch = NDArray<Element>(uninitialized: Shape(THETA_PANEL_DEPTH, THETA_PANEL_ROWS))
      rows(
        panels.lowerBound * panel, Swift.min(m, panels.upperBound * panel), n, k, a.base, m, packed.base,
        result.base, m, scratch.base)
    }
    return result
  }

  private func byColumns(
    _ a: NDArray<Element>, _ b: NDArray<Element>, _ m: Int, _ n: Int, _ k: Int
  ) -> NDArray<Element> where Element: ProductElement {
    let result = NDArray<Element>(uninitialized: Shape(m, n))
    let tile = 5
    Workers.parallel((n + tile - 1) / tile, grain: Swift.max(1, Self.grain / (tile * m * k))) { tiles in
      columns(
        m, tiles.lowerBound * tile, Swift.min(n, tiles.upperBound * tile), k, a.base, k, b.base, k,
        result.base, m)
    }
    return result
  }
}
