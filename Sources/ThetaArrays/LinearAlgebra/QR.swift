// QR factorization, with and without column pivoting.

/// A = Q R, or A(:, permutation) = Q R.
public struct QRFactors<Element: FactorElement> {
  public let q: NDArray<Element>
  public let r: NDArray<Element>
  /// Columns of A in the order of the factors, from zero. Without pivoting: 0, 1, 2, …
  public let permutation: [Int]
}

extension NDArray where Element: FactorElement {
  /// Full: Q is m×m and R is m×n. Economy: Q is m×min (m, n) and R is min (m, n)×n.
  @_specialize(where Element == Double)
  @_specialize(where Element == ComplexDouble)
  public func qrFactors(economy: Bool = false, pivoting: Bool = false) throws(ArrayError) -> QRFactors<
    Element
  > {
    let (m, n) = try matrixSizes()
    let (rows, columns) = (shape.rows, shape.columns)
    let small = Swift.min(rows, columns)
    let width = economy ? small : rows
    let (packed, tau, permutation) = try qrPacked(m, n, pivoting: pivoting)
    let r = NDArray(zeros: Shape(width, columns))
    for j in 0..<columns {
      for i in 0..<Swift.min(width, j + 1, rows) { r[i, j] = packed[i, j] }
    }
    _ = try Shape(rows, width).checkedCount(elementSize: MemoryLayout<Element>.stride)
    let q = NDArray(zeros: Shape(rows, width))
    for j in 0..<Swift.min(width, columns) {
      for i in 0..<rows { q[i, j] = packed[i, j] }
    }
    if rows > 0, width > 0 {
      if small == 0 {
        for i in 0..<width { q[i, i] = Element(real: 1) }
      } else {
        let info = Element.orgqr(m, Int32(width), Int32(small), q.base, tau.base)
        if info != 0 { throw .factorization(Int(info)) }
      }
    }
    return QRFactors(q: q, r: r, permutation: permutation)
  }

  /// R alone, without forming Q.
  @_specialize(where Element == Double)
  @_specialize(where Element == ComplexDouble)
  public func qrUpper(economy: Bool = false) throws(ArrayError) -> NDArray {
    let (m, n) = try matrixSizes()
    let (packed, _, _) = try qrPacked(m, n, pivoting: false)
    let width = economy ? Swift.min(shape.rows, shape.columns) : shape.rows
    let r = NDArray(zeros: Shape(width, shape.columns))
    for j in 0..<shape.columns {
      for i in 0..<Swift.min(width, j + 1) { r[i, j] = packed[i, j] }
    }
    return r
  }

  @_specialize(where Element == Double)
  @_specialize(where Element == ComplexDouble)
  private func qrPacked(
    _ m: Int32, _ n: Int32, pivoting: Bool
  ) throws(ArrayError) -> (packed: NDArray, tau: NDArray, permutation: [Int]) {
    let packed = copy()
    let small = Swift.min(shape.rows, shape.columns)
    let tau = NDArray(zeros: Shape(small, 1))
    var permutation = Array(0..<shape.columns)
    if small == 0 { return (packed, tau, permutation) }
    var info: Int32 = 0
    if pivoting {
      var pivots = [Int32](repeating: 0, count: shape.columns)
      pivots.withUnsafeMutableBufferPointer {
        if let start = $0.baseAddress { info = Element.geqp3(m, n, packed.base, start, tau.base) }
      }
      permutation = pivots.map { Int($0) - 1 }
    } else {
      info = Element.geqrf(m, n, packed.base, tau.base)
    }
    if info != 0 { throw .factorization(Int(info)) }
    return (packed, tau, permutation)
  }
}
