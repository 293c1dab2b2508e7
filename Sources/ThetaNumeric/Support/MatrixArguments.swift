import ThetaArrays
import ThetaRuntime

// How the matrix functions read their arguments and give back results: real or complex, in double; single matrices are
// computed in double and rounded.

/// Code that runs on a real or complex matrix.
public protocol MatrixVisitor {
  associatedtype Output
  func visit<Element: FactorElement & ValueElement>(_ a: NDArray<Element>) throws(RuntimeError) -> Output
}

public enum MatrixArgument {
  /// A numeric argument's matrix passed to a visitor.
  @inlinable
  public static func visit<Visitor: MatrixVisitor>(
    _ call: Call, _ position: Int = 0, _ visitor: Visitor
  ) throws(RuntimeError) -> Visitor.Output {
    let value = call[position]
    if value.isText { throw RuntimeError("invalid conversion from string to real matrix") }
    guard value.isNumeric || value.isLogical else {
      throw call.error("wrong type argument '\(Read.typeName(value))'")
    }
    return try visit(value, visitor)
  }

  @inlinable
  public static func visit<Visitor: MatrixVisitor>(
    _ value: Value, _ visitor: Visitor
  ) throws(RuntimeError) -> Visitor.Output {
    if value.isComplex, let z = value.complexArray { return try visitor.visit(z) }
    return try visitor.visit(value.realArray ?? NDArray(zeros: .empty))
  }

  /// Rounds to single when `isSingle`.
  public static func rounded(_ value: Value, isSingle: Bool) -> Value {
    guard isSingle else { return value }
    switch value {
    case .complex(let z): return .make(z.map { ComplexSingle(Float($0.real), Float($0.imaginary)) })
    case .diagonal(let d):
      return .diagonal(
        DiagonalMatrix(rows: d.rows, columns: d.columns, entries: rounded(d.entries, isSingle: true)))
    case .number, .real: return .converting(value.realArray ?? NDArray(zeros: .empty), to: "single")
    default: return value
    }
  }

  public static func rounded(_ values: [Value], isSingle: Bool) -> [Value] {
    isSingle ? values.map { rounded($0, isSingle: true) } : values
  }

  /// `f: A must be a square matrix`
  public static func requireSquare(_ call: Call, _ message: String = "A must be a square matrix")
    throws(RuntimeError)
  {
    guard call[0].shape.isSquare else { throw call.error(message) }
  }

  /// A diagonal matrix value from a column of entries.
  public static func diagonal<Element: ValueElement>(
    _ entries: NDArray<Element>, _ rows: Int, _ columns: Int
  )
    -> Value
  {
    let value = Value.make(entries)
    if rows == 1 && columns == 1 || rows == 0 || columns == 0 {
      return value.reshapedOrEmpty(Shape(rows, columns))
    }
    return .diagonal(DiagonalMatrix(rows: rows, columns: columns, entries: value))
  }

  public static func warnSingular(_ context: Context, rcond: Double) throws(RuntimeError) {
    if rcond == 0 {
      try context.warn("matrix singular to machine precision", identifier: "Octave:singular-matrix")
    } else {
      try context.warn(
        "matrix singular to machine precision, rcond = \(NumberText.general(rcond))",
        identifier: "Octave:nearly-singular-matrix")
    }
  }
}

extension Value {
  /// Reshaped when the counts agree, else an empty array of the shape.
  public func reshapedOrEmpty(_ shape: Shape) -> Value {
    shape.count == count ? reshapedValue(shape) : .make(NDArray<Double>(zeros: shape))
  }
}
