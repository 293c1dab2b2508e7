import ThetaArrays

/// `/` and `\`: by a scalar element by element, by a matrix the solution of a linear system.
enum Division {
  /// `a / b`; nil when the classes have no quotient.
  static func right(_ a: Value, _ b: Value, _ context: Context?) throws(RuntimeError) -> Value? {
    guard let kindA = a.operandKind, let kindB = b.operandKind else { return nil }
    if b.shape.isScalar { return try Arithmetic.apply(.divide, a, b) }
    if case .integer = kindA { return nil }
    if case .integer = kindB { return nil }
    let (shapeA, shapeB) = (flattened(a.shape), flattened(b.shape))
    guard shapeA.columns == shapeB.columns else { throw .nonconformant("operator /", shapeA, shapeB) }
    let isSingle = kindA.isSingle || kindB.isSingle
    if kindA.isComplex || kindB.isComplex {
      guard let x = matrix(a.complexArray), let y = matrix(b.complexArray) else { return nil }
      return try wrap(solve(context) { () throws(ArrayError) in try y.solveRight(x) }, isSingle)
    }
    guard let x = matrix(a.realArray), let y = matrix(b.realArray) else { return nil }
    return try wrap(solve(context) { () throws(ArrayError) in try y.solveRight(x) }, isSingle)
  }

  /// `a \ b`; nil when the classes have no quotient.
  static func left(_ a: Value, _ b: Value, _ context: Context?) throws(RuntimeError) -> Value? {
    guard let kindA = a.operandKind, let kindB = b.operandKind else { return nil }
    if a.shape.isScalar { return try Arithmetic.apply(.divide, b, a) }
    if case .integer = kindA { return nil }
    if case .integer = kindB { return nil }
    let (shapeA, shapeB) = (flattened(a.shape), flattened(b.shape))
    guard shapeA.rows == shapeB.rows else { throw .nonconformant("operator \\", shapeA, shapeB) }
    let isSingle = kindA.isSingle || kindB.isSingle
    if kindA.isComplex || kindB.isComplex {
      guard let x = matrix(a.complexArray), let y = matrix(b.complexArray) else { return nil }
      return try wrap(solve(context) { () throws(ArrayError) in try x.solve(y) }, isSingle)
    }
    guard let x = matrix(a.realArray), let y = matrix(b.realArray) else { return nil }
    return try wrap(solve(context) { () throws(ArrayError) in try x.solve(y) }, isSingle)
  }

  /// The shape that an N-d array has as a matrix: everything beyond the rows becomes columns.
  static func flattened(_ shape: Shape) -> Shape {
    shape.is2D ? shape : Shape(shape.rows, shape.higher.reduce(shape.columns, *))
  }

  private static func matrix<Element>(_ array: NDArray<Element>?) -> NDArray<Element>? {
    guard let array else { return nil }
    return array.shape.is2D ? array : array.reshaped(flattened(array.shape))
  }

  private static func solve<Element: FactorElement>(
    _ context: Context?, _ body: () throws(ArrayError) -> LinearSolution<Element>
  ) throws(RuntimeError) -> NDArray<Element> {
    let solution = try RuntimeError.converting(body)
    for rcond in solution.singularities { try warnSingular(rcond, context) }
    return solution.value
  }

  /// Octave's warning about a matrix that is singular to machine precision.
  static func warnSingular(_ rcond: Double, _ context: Context?) throws(RuntimeError) {
    if rcond == 0 {
      try context?.warn("matrix singular to machine precision", identifier: "Octave:singular-matrix")
    } else {
      try context?.warn(
        "matrix singular to machine precision, rcond = \(NumberText.general(rcond))",
        identifier: "Octave:nearly-singular-matrix")
    }
  }

  private static func wrap(_ array: NDArray<Double>, _ isSingle: Bool) -> Value {
    isSingle ? .single(array.map { Float($0) }) : .make(array)
  }

  private static func wrap(_ array: NDArray<ComplexDouble>, _ isSingle: Bool) -> Value {
    isSingle ? .make(array.map { ComplexSingle(Float($0.real), Float($0.imaginary)) }) : .make(array)
  }
}
