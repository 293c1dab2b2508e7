import Testing
import ThetaArrays

@Suite("Matrix products")
struct ProductTests {
  let transforms: [MatrixTransform] = [.plain, .transposed, .conjugateTransposed]

  func apply<E: FactorElement>(_ t: MatrixTransform, _ a: NDArray<E>) -> NDArray<E> {
    switch t {
    case .plain: a
    case .transposed: a.transposed()
    case .conjugateTransposed: a.transposed { $0.conjugated }
    }
  }

  func check<E: FactorElement>(_ make: (Shape) -> NDArray<E>) throws {
    for (m, k, n) in [
      (3, 4, 5), (1, 4, 1), (1, 4, 3), (3, 4, 1), (2, 0, 3), (0, 2, 3), (3, 1, 3), (20, 30, 10),
    ] {
      for ta in transforms {
        for tb in transforms {
          let a = make(ta.exchanges ? Shape(k, m) : Shape(m, k))
          let b = make(tb.exchanges ? Shape(n, k) : Shape(k, n))
          let expected = naiveProduct(apply(ta, a), apply(tb, b))
          #expect(distance(try NDArray.product(a, ta, b, tb), expected) < 1e-13)
        }
      }
    }
    for (rows, columns) in [(4, 3), (3, 4), (1, 5), (5, 1)] {
      let a = make(Shape(rows, columns))
      for t in transforms where t != .plain {
        #expect(distance(try .product(a, .plain, a, t), naiveProduct(a, apply(t, a))) < 1e-13)
        #expect(distance(try .product(a, t, a, .plain), naiveProduct(apply(t, a), a)) < 1e-13)
      }
    }
  }

  @Test("real products in every transposition")
  func real() throws {
    var dice = Dice(1)
    try check { dice.array($0) }
  }

  @Test("complex products in every transposition")
  func complex() throws {
    var dice = Dice(2)
    try check { dice.complexArray($0) }
  }

  @Test("single precision")
  func single() throws {
    let a = NDArray<Float>(Shape(2, 2), [1, 2, 3, 4])
    #expect(try NDArray.product(a, a).list == [7, 10, 15, 22])
    #expect(try NDArray.product(a, .transposed, a).list == [5, 11, 11, 25])
  }

  @Test("large products, exact on whole numbers, in every transposition and both precisions")
  func large() throws {
    var dice = Dice(3)
    for (m, k, n) in [
      (103, 401, 26), (97, 700, 17), (2000, 60, 9), (25, 5000, 11), (7, 300, 503), (30, 90, 401),
    ] {
      for (ta, tb) in [
        (MatrixTransform.plain, MatrixTransform.plain), (.plain, .transposed), (.transposed, .plain),
      ] {
        let a = dice.array(ta.exchanges ? Shape(k, m) : Shape(m, k)) { Double($0.int(-8...8)) }
        let b = dice.array(tb.exchanges ? Shape(n, k) : Shape(k, n)) { Double($0.int(-8...8)) }
        let expected = naiveProduct(apply(ta, a), apply(tb, b))
        #expect(same(try NDArray.product(a, ta, b, tb), expected))
        let single = try NDArray.product(a.map { Float($0) }, ta, b.map { Float($0) }, tb)
        #expect(same(single.map { Double($0) }, expected))
      }
    }
  }

  @Test("in large products, too, NaN and infinity stay in their rows")
  func largeSpecial() throws {
    let (m, k, n) = (104, 600, 18)
    let a = NDArray<Double>(Shape(m, k), repeating: 1)
    let b = NDArray<Double>(Shape(k, n), repeating: 2)
    a.base[103] = .nan
    a.base[0] = .infinity
    for c in [try NDArray.product(a, b), try .product(a.transposed(), .transposed, b)] {
      #expect(c[0, 5] == .infinity && c[103, 17].isNaN && c[102, 17] == 1200 && c[1, 0] == 1200)
    }
  }

  @Test("NaN and infinity come through")
  func special() throws {
    let a = NDArray<Double>(Shape(2, 2), [.nan, 0, 0, .infinity])
    let b = NDArray<Double>(Shape(2, 2), [0, 0, 1, 1])
    let c = try NDArray.product(a, b)
    #expect(c[0, 0].isNaN && c[1, 0].isNaN && c[0, 1].isNaN && c[1, 1] == .infinity)
  }

  @Test("inner sizes must agree")
  func nonconformant() {
    let (a, b) = (NDArray<Double>(zeros: Shape(2, 3)), NDArray<Double>(zeros: Shape(2, 4)))
    #expect(throws: ArrayError.nonconformant(Shape(2, 3), Shape(2, 4))) { try NDArray.product(a, b) }
    #expect(throws: ArrayError.nonconformant(Shape(2, 3), Shape(4, 2))) {
      try NDArray.product(a, .plain, b, .transposed)
    }
  }
}
