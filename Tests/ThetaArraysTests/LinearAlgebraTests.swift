import Testing
import ThetaArrays

@Suite("Linear algebra")
struct LinearAlgebraTests {
  typealias Maker<E: FactorElement> = (Shape) -> NDArray<E>

  func adjoint<E: FactorElement>(_ a: NDArray<E>) -> NDArray<E> { a.transposed { $0.conjugated } }

  func factorizations<E: FactorElement>(_ make: Maker<E>) throws {
    for (m, n) in [(1, 1), (3, 3), (5, 3), (3, 5), (40, 40), (0, 3), (3, 0), (0, 0)] {
      let a = make(Shape(m, n))
      let lu = try a.luFactors()
      #expect(distance(naiveProduct(lu.permutedLower, lu.upper), a) < 1e-13)
      for economy in [false, true] {
        let qr = try a.qrFactors(economy: economy)
        #expect(distance(naiveProduct(qr.q, qr.r), a) < 1e-13)
        let inner = NDArray<E>.identity(qr.q.shape.columns, qr.q.shape.columns)
        #expect(distance(naiveProduct(adjoint(qr.q), qr.q), inner) < 1e-13)
        let svd = try a.singularFactors(economy: economy)
        let s = NDArray<E>(zeros: Shape(svd.u.shape.columns, svd.v.shape.columns))
        for i in 0..<svd.values.count { s[i, i] = E(real: svd.values[i]) }
        #expect(distance(naiveProduct(naiveProduct(svd.u, s), adjoint(svd.v)), a) < 1e-13)
      }
      let pivoted = try a.qrFactors(pivoting: true)
      let shuffled = NDArray<E>(zeros: a.shape)
      for (j, from) in pivoted.permutation.enumerated() { for i in 0..<m { shuffled[i, j] = a[i, from] } }
      #expect(distance(naiveProduct(pivoted.q, pivoted.r), shuffled) < 1e-13)
      let p = try a.pseudoinverse()
      #expect(p.shape == Shape(n, m))
      if a.count > 0 { #expect(distance(naiveProduct(naiveProduct(a, p), a), a) < 1e-11) }
    }
  }

  func square<E: FactorElement>(_ make: Maker<E>) throws {
    for n in [1, 2, 3, 8, 30] {
      let (a, b) = (make(Shape(n, n)), make(Shape(n, 2)))
      let one = NDArray<E>.identity(n, n)
      #expect(distance(naiveProduct(a, try a.inverse().value), one) < 1e-10)
      let positive = try NDArray.zip(naiveProduct(a, adjoint(a)), one) { E.sum($0, $1) }
      let r = try positive.cholesky().factor
      #expect(distance(naiveProduct(adjoint(r), r), positive) < 1e-12)
      let upper = try a.qrUpper()
      for matrix in [a, positive, upper, adjoint(upper)] {
        let x = try matrix.solve(b)
        #expect(x.singularities.isEmpty && distance(naiveProduct(matrix, x.value), b) < 1e-9)
        let y = try matrix.solveRight(adjoint(b))
        #expect(distance(naiveProduct(y.value, matrix), adjoint(b)) < 1e-9)
      }
      for matrix in [a, positive] {
        let eigen = try matrix.eigenFactors()
        let v = try #require(eigen.right)
        let left = naiveProduct(matrix.asComplex(), v)
        let right = NDArray<ComplexDouble>(v.shape, v.list.enumerated().map { $1 * eigen.values[$0 / n] })
        #expect(distance(left, right) < 1e-11)
        let general = try matrix.generalizedEigenFactors(positive)
        let w = try #require(general.right)
        let scaled = NDArray<ComplexDouble>(w.shape, w.list.enumerated().map { $1 * general.values[$0 / n] })
        #expect(
          distance(naiveProduct(matrix.asComplex(), w), naiveProduct(positive.asComplex(), scaled)) < 1e-10)
      }
      let schur = try a.schurFactors()
      #expect(distance(naiveProduct(naiveProduct(schur.u, schur.s), adjoint(schur.u)), a) < 1e-12)
      let hess = try a.hessenbergFactors()
      #expect(distance(naiveProduct(naiveProduct(hess.p, hess.h), adjoint(hess.p)), a) < 1e-12)
    }
  }

  @Test("real factorizations multiply back to the matrix")
  func real() throws {
    var dice = Dice(1)
    try factorizations { dice.array($0) }
    try square { dice.array($0) }
  }

  @Test("complex factorizations multiply back to the matrix")
  func complex() throws {
    var dice = Dice(2)
    try factorizations { dice.complexArray($0) }
    try square { dice.complexArray($0) }
  }

  @Test("a matrix that is not positive definite says where")
  func cholesky() throws {
    let a = NDArray<Double>(Shape(3, 3), [4, 2, 0, 2, 5, 0, 0, 0, -1])
    let (factor, failedAt) = try a.cholesky()
    #expect(failedAt == 3 && factor.list == [2, 0, 1, 2])
  }

  @Test("singular systems get a warning and the shortest solution")
  func singular() throws {
    let b = NDArray<Double>(column: [1, 2])
    let a = try NDArray<Double>(Shape(2, 2), [1, 2, 2, 4]).solve(b)
    #expect(a.singularities == [0] && distance(a.value, NDArray(column: [0.2, 0.4])) < 1e-15)
    let t = try NDArray<Double>(Shape(2, 2), [1, 0, 2, 0]).solve(b)
    #expect(t.singularities == [0] && distance(t.value, NDArray(column: [0.2, 0.4])) < 1e-15)
    let inverse = try NDArray<Double>(Shape(2, 2), [1, 2, 2, 4]).inverse()
    #expect(inverse.rcond == 0 && inverse.value.list == [.infinity, .infinity, .infinity, .infinity])
  }

  @Test("determinants do not overflow on the way")
  func determinant() throws {
    #expect(try NDArray<Double>(Shape(2, 2), [1, 3, 2, 4]).determinant().value == -2)
    #expect(try NDArray<Double>(zeros: .empty).determinant().value == 1)
    let d = NDArray<Double>(zeros: Shape(4, 4))
    for (i, value) in [1e200, 1e200, 1e-200, 1e-200].enumerated() { d[i, i] = value }
    #expect(abs(try d.determinant().value - 1) < 1e-14)
  }

  @Test("the exponential of a matrix")
  func exponential() throws {
    let rotation = NDArray<Double>(Shape(2, 2), [0, -1, 1, 0])
    let e = try rotation.exponential()
    #expect(abs(e[0, 0] - 0.5403023058681398) < 1e-15 && abs(e[0, 1] - 0.8414709848078965) < 1e-15)
    var dice = Dice(3)
    for scale in [1e-3, 0.1, 0.7, 2, 5, 40] {
      let a = dice.array(Shape(4, 4)).map { $0 * scale / 4 }
      let product = naiveProduct(try a.exponential(), try a.map { -$0 }.exponential())
      #expect(distance(product, .identity(4, 4)) < 1e-6)
    }
  }

  @Test("norms, powers, Kronecker products")
  func others() throws {
    let a = NDArray<Double>(Shape(2, 2), [1, 3, 2, 4])
    #expect(try a.norm(.order(1)) == 6 && (try a.norm(.order(.infinity))) == 7)
    #expect(abs((try a.norm() ?? 0) - 5.464985704219043) < 1e-14)
    #expect(abs(a.vectorNorm(3) - 4.641588833612779) < 1e-14)
    #expect(NDArray<Double>(row: [1e200, 1e200]).vectorNorm(2) == 1e200 * 2.0.squareRoot())
    #expect(try a.power(5).value.list == [1069, 2337, 1558, 3406])
    #expect(distance(naiveProduct(try a.power(-2).value, try a.power(2).value), .identity(2, 2)) < 1e-13)
    let k = try NDArray.kronecker(a, NDArray<Double>(row: [1, 10]))
    #expect(k.list == [1, 3, 10, 30, 2, 4, 20, 40])
    #expect(try a.rank() == 2)
  }

  @Test("what cannot be factored is an error")
  func errors() {
    let rectangular = NDArray<Double>(zeros: Shape(2, 3))
    #expect(throws: ArrayError.notSquare(Shape(2, 3))) { try rectangular.inverse() }
    #expect(throws: ArrayError.notFinite) { try NDArray<Double>(scalar: .nan).eigenFactors() }
    #expect(throws: ArrayError.notFinite) { try NDArray<Double>(scalar: .infinity).singularValues() }
  }
}
