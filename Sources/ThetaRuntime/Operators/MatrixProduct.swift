import ThetaArrays

/// `*`: a scalar scales, two matrices multiply through BLAS.
enum MatrixProduct {
  /// Nil when the classes have no product. The transforms apply to matrices that are not scalars.
  static func apply(
    _ a: Value, _ ta: MatrixTransform, _ b: Value, _ tb: MatrixTransform
  ) throws(RuntimeError) -> Value? {
    guard let kindA = a.operandKind, let kindB = b.operandKind else { return nil }
    if a.shape.isScalar || b.shape.isScalar { return try Arithmetic.apply(.multiply, a, b) }
    switch (kindA, kindB) {
    case (.integer, _), (_, .integer): return nil
    default: break
    }
    if kindA.isSingle || kindB.isSingle {
      return try float(Float.self, a, kindA.isComplex, ta, b, kindB.isComplex, tb)
    }
    return try float(Double.self, a, kindA.isComplex, ta, b, kindB.isComplex, tb)
  }

  private static func float<Part: FloatClass>(
    _ type: Part.Type, _ a: Value, _ isComplexA: Bool, _ ta: MatrixTransform, _ b: Value, _ isComplexB: Bool,
    _ tb: MatrixTransform
  ) throws(RuntimeError) -> Value? {
    switch (isComplexA, isComplexB) {
    case (false, false):
      guard let x = Part.operand(a)?.asArray, let y = Part.operand(b)?.asArray else { return nil }
      return .make(try product(x, real(ta), y, real(tb)))
    case (true, true):
      guard let x = Part.complexOperand(a)?.asArray, let y = Part.complexOperand(b)?.asArray else {
        return nil
      }
      return .make(try product(x, ta, y, tb))
    case (true, false):
      guard let x = Part.complexOperand(a)?.asArray, let y = Part.operand(b)?.asArray else { return nil }
      // Two real products are cheaper than a complex one, unless the inner size is small.
      let outer = min(rows(x.shape, ta), columns(y.shape, tb))
      guard columns(x.shape, ta) > outer / 10 else {
        return .make(try product(x, ta, y.map { Complex($0) }, tb))
      }
      return .make(
        joined(
          try product(x.map { $0.real }, real(ta), y, real(tb)),
          try product(imaginary(x, ta), real(ta), y, real(tb))))
    case (false, true):
      guard let x = Part.operand(a)?.asArray, let y = Part.complexOperand(b)?.asArray else { return nil }
      let outer = min(rows(x.shape, ta), columns(y.shape, tb))
      guard columns(x.shape, ta) > outer / 10 else {
        return .make(try product(x.map { Complex($0) }, ta, y, tb))
      }
      return .make(
        joined(
          try product(x, real(ta), y.map { $0.real }, real(tb)),
          try product(x, real(ta), imaginary(y, tb), real(tb))))
    }
  }

  /// Real numbers are their own conjugates, and the plain transpose has more routines.
  private static func real(_ t: MatrixTransform) -> MatrixTransform { t.exchanges ? .transposed : .plain }

  private static func rows(_ shape: Shape, _ t: MatrixTransform) -> Int {
    t.exchanges ? shape.columns : shape.rows
  }
  private static func columns(_ shape: Shape, _ t: MatrixTransform) -> Int {
    t.exchanges ? shape.rows : shape.columns
  }

  /// The imaginary parts as they stand after the transform.
  private static func imaginary<Part: FloatClass>(
    _ a: NDArray<Complex<Part>>, _ t: MatrixTransform
  ) -> NDArray<Part> {
    t == .conjugateTransposed ? a.map { -$0.imaginary } : a.map { $0.imaginary }
  }

  private static func joined<Part: FloatClass>(
    _ real: NDArray<Part>, _ imaginary: NDArray<Part>
  ) -> NDArray<Complex<Part>> {
    let result = NDArray<Complex<Part>>(uninitialized: real.shape)
    for i in 0..<real.count { (result.base + i).initialize(to: Complex(real.base[i], imaginary.base[i])) }
    return result
  }

  static func product<Element: ProductElement>(
    _ a: NDArray<Element>, _ ta: MatrixTransform, _ b: NDArray<Element>, _ tb: MatrixTransform
  ) throws(RuntimeError) -> NDArray<Element> {
    do { return try .product(flat(a), ta, flat(b), tb) } catch { throw .operation("operator *", error) }
  }

  /// N-d arrays multiply as the matrix of their columns, which never conforms with anything but is what the
  /// message shows.
  private static func flat<Element>(_ a: NDArray<Element>) -> NDArray<Element> {
    a.shape.is2D ? a : a.reshaped(Division.flattened(a.shape))
  }
}
