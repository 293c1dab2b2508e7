// Schur and Hessenberg forms, and balancing.

extension NDArray where Element: FactorElement {
  /// A = U S U' with U unitary and S upper triangular; for a real matrix with 2×2 blocks on the diagonal for
  /// pairs of complex eigenvalues.
  @_specialize(where Element == Double)
  @_specialize(where Element == ComplexDouble)
  public func schurFactors() throws(ArrayError) -> (u: NDArray, s: NDArray) {
    let n = try squareSize()
    let (s, u) = (copy(), NDArray(zeros: shape))
    guard isFiniteMatrix else {
      // LAPACK may not come back from these.
      for j in 0..<Int(n) {
        for i in 0..<Int(n) {
          s[i, j] = i <= j ? Element(real: .nan) : .zero
          u[i, j] = Element(real: .nan)
        }
      }
      return (u, s)
    }
    if n == 0 { return (u, s) }
    let values = NDArray<ComplexDouble>(zeros: Shape(Int(n), 1))
    if Element.gees(n, s.base, values.base, u.base) != 0 { throw .notConverged }
    return (u, s)
  }

  /// A = P H P' with P unitary and H zero below the first subdiagonal.
  @_specialize(where Element == Double)
  @_specialize(where Element == ComplexDouble)
  public func hessenbergFactors() throws(ArrayError) -> (p: NDArray, h: NDArray) {
    let n = try squareSize()
    let h = copy()
    if n <= 1 { return (.identity(Int(n), Int(n)), h) }
    let tau = NDArray(zeros: Shape(Int(n) - 1, 1))
    if Element.gehrd(n, 1, n, h.base, tau.base) != 0 { throw .notConverged }
    let p = h.copy()
    if Element.orghr(n, 1, n, p.base, tau.base) != 0 { throw .notConverged }
    for j in 0..<Int(n) {
      for i in Swift.min(Int(n), j + 2)..<Int(n) { h[i, j] = .zero }
    }
    return (p, h)
  }

  /// D \ A D with D diagonal up to a permutation, such that rows and columns have similar sizes.
  /// `scaling` is n×1 and `order[i]` says which index of A came to place i; D(order[i], i) = scaling[i].
  @_specialize(where Element == Double)
  @_specialize(where Element == ComplexDouble)
  public func balanced() throws(ArrayError) -> (matrix: NDArray, scaling: NDArray<Double>, order: [Int]) {
    let n = try squareSize()
    let result = copy()
    let size = Int(n)
    let scaling = NDArray<Double>(Shape(size, 1), repeating: 1)
    var order = Array(0..<size)
    if n == 0 { return (result, scaling, order) }
    var (low, high): (Int32, Int32) = (1, n)
    let info = Element.gebal("B", n, result.base, &low, &high, scaling.base)
    if info != 0 { throw .factorization(Int(info)) }
    // LAPACK keeps the permutation where there is no scaling: exchanges from the end, then from the start.
    let places = scaling.map { Int(exactly: $0) ?? 0 }
    func exchange(_ i: Int) {
      let other = places[i, 0] - 1
      if order.indices.contains(other) { order.swapAt(i, other) }
      scaling[i, 0] = 1
    }
    for i in stride(from: size - 1, to: Int(high) - 1, by: -1) { exchange(i) }
    for i in 0..<Int(low) - 1 { exchange(i) }
    return (result, scaling, order)
  }
}
