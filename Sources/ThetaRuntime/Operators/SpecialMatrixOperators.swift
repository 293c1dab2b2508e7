import ThetaArrays

/// The operations under which diagonal and permutation matrices stay what they are, and those that use their
/// structure. Everything else sees them as full matrices.
enum SpecialMatrices {
  /// Nil when neither operand is special or the operation has no special form.
  static func apply(_ operation: BinaryOperation, _ a: Value, _ b: Value) throws(RuntimeError) -> Value? {
    switch (a, b) {
    case (.diagonal(let x), .diagonal(let y)): return try diagonals(operation, x, y)
    case (.permutation(let x), .permutation(let y)): return try permutations(operation, x, y)
    case (.permutation(let p), _): return try permutationLeft(operation, p, b)
    case (_, .permutation(let p)): return try permutationRight(operation, a, p)
    case (.diagonal(let d), _): return try diagonalLeft(operation, d, b)
    case (_, .diagonal(let d)): return try diagonalRight(operation, a, d)
    default: return nil
    }
  }

  // MARK: - Diagonal

  private static func diagonals(
    _ operation: BinaryOperation, _ a: DiagonalMatrix, _ b: DiagonalMatrix
  ) throws(RuntimeError) -> Value? {
    guard a.entries.isSingle == b.entries.isSingle else { return nil }
    switch operation {
    case .add, .subtract:
      guard a.rows == b.rows, a.columns == b.columns else {
        throw .nonconformant("operator \(operation.rawValue)", a.shape, b.shape)
      }
      return try .diagonal(a.with(entries: Operators.binary(operation, a.entries, b.entries)))
    case .multiply:
      guard a.columns == b.rows else { throw .nonconformant("operator *", a.shape, b.shape) }
      return diagonal(a.rows, b.columns, try combine(.hadamard, a.entries, b.entries, min(a.rows, b.columns)))
    case .divide:
      guard a.columns == b.columns else { throw .nonconformant("operator /", a.shape, b.shape) }
      return diagonal(a.rows, b.rows, try quotient(a.entries, b.entries, min(a.rows, b.rows)))
    case .leftDivide:
      guard a.rows == b.rows else { throw .nonconformant("operator \\", a.shape, b.shape) }
      return diagonal(a.columns, b.columns, try quotient(b.entries, a.entries, min(a.columns, b.columns)))
    default: return nil
    }
  }

  private static func diagonalLeft(
    _ operation: BinaryOperation, _ d: DiagonalMatrix, _ b: Value
  ) throws(RuntimeError) -> Value? {
    guard b.isDoubleKind, !d.entries.isSingle || b.isSingle else { return nil }
    if b.shape.isScalar {
      switch operation {
      case .multiply: return try scaled(d, .hadamard, b)
      case .divide: return try scaled(d, .elementDivide, b)
      case .power:
        guard d.rows == d.columns else { return nil }
        return try scaled(d, .elementPower, b)
      default: return nil
      }
    }
    switch operation {
    case .add, .subtract:
      try checkSame(operation, d, b, d.shape, Division.flattened(b.shape))
      return nil
    case .multiply:
      let shape = Division.flattened(b.shape)
      guard d.columns == shape.rows else { throw .nonconformant("operator *", d.shape, shape) }
      return try rowsScaled(b.flattened, d.entries, rows: d.rows, .hadamard)
    case .leftDivide:
      guard b.shape.is2D, d.rows == b.shape.rows else {
        throw .nonconformant("operator \\", d.shape, b.shape)
      }
      return try rowsScaled(b, d.entries, rows: d.columns, .elementDivide)
    default: return nil
    }
  }

  private static func diagonalRight(
    _ operation: BinaryOperation, _ a: Value, _ d: DiagonalMatrix
  ) throws(RuntimeError) -> Value? {
    guard a.isDoubleKind, !d.entries.isSingle || a.isSingle else { return nil }
    if a.shape.isScalar {
      switch operation {
      case .multiply: return try scaled(d, .hadamard, a)
      case .leftDivide: return try scaled(d, .elementDivide, a)
      default: return nil
      }
    }
    switch operation {
    case .add, .subtract:
      try checkSame(operation, d, a, Division.flattened(a.shape), d.shape)
      return nil
    case .multiply:
      let shape = Division.flattened(a.shape)
      guard shape.columns == d.rows else { throw .nonconformant("operator *", shape, d.shape) }
      return try transposed(rowsScaled(transposed(a.flattened), d.entries, rows: d.columns, .hadamard))
    case .divide:
      guard a.shape.is2D, a.shape.columns == d.columns else {
        throw .nonconformant("operator /", Division.flattened(a.shape), d.shape)
      }
      return try transposed(rowsScaled(transposed(a), d.entries, rows: d.rows, .elementDivide))
    default: return nil
    }
  }

  /// A sum with a diagonal matrix does not broadcast.
  private static func checkSame(
    _ operation: BinaryOperation, _ d: DiagonalMatrix, _ other: Value, _ left: Shape, _ right: Shape
  ) throws(RuntimeError) {
    guard d.entries.isSingle == other.isSingle, left != right else { return }
    throw .nonconformant("operator \(operation.rawValue)", left, right)
  }

  private static func transposed(_ a: Value) throws(RuntimeError) -> Value {
    try Operators.unary(.transpose, a)
  }

  /// The entries scaled. A scalar of another precision makes the whole matrix full.
  private static func scaled(
    _ d: DiagonalMatrix, _ operation: BinaryOperation, _ scalar: Value
  ) throws(RuntimeError) -> Value? {
    guard d.entries.isSingle == scalar.isSingle else { return nil }
    return .diagonal(d.with(entries: try Operators.binary(operation, d.entries, scalar)))
  }

  private static func diagonal(_ rows: Int, _ columns: Int, _ entries: Value) -> Value {
    .diagonal(DiagonalMatrix(rows: rows, columns: columns, entries: entries))
  }

  /// The entry-wise operation on the first entries, filled with zeros to `count`.
  private static func combine(
    _ operation: BinaryOperation, _ a: Value, _ b: Value, _ count: Int
  ) throws(RuntimeError) -> Value {
    let common = min(a.count, b.count, count)
    return try Operators.binary(operation, resized(a, common), resized(b, common)).resizedColumn(count)
  }

  /// As `combine` with division, except that dividing by zero gives zero.
  private static func quotient(_ a: Value, _ b: Value, _ count: Int) throws(RuntimeError) -> Value {
    let common = min(a.count, b.count, count)
    let (x, y) = (resized(a, common), resized(b, common))
    return try withoutZeroDivisors(Operators.binary(.elementDivide, x, y), y).resizedColumn(count)
  }

  private static func resized(_ entries: Value, _ count: Int) -> Value { entries.resizedColumn(count) }

  /// Zeros where the divisor is zero, which broadcasts along the columns.
  private static func withoutZeroDivisors(_ quotient: Value, _ divisor: Value) throws(RuntimeError) -> Value {
    guard let zero = try Logic.truths(divisor)?.map({ !$0 }), zero.contains({ $0 }) else { return quotient }
    let mask = zero.asArray
    func cleared<Element: ValueElement>(_ array: NDArray<Element>) -> Value {
      let result = array.copy()
      for j in 0..<array.shape.columns {
        for i in 0..<array.shape.rows where mask[i] { result[i, j] = .zero }
      }
      return .make(result)
    }
    switch quotient {
    case .complex(let a): return cleared(a)
    case .single(let a): return cleared(a)
    case .singleComplex(let a): return cleared(a)
    default: return quotient.realArray.map(cleared) ?? quotient
    }
  }

  /// Row i of the result is row i of the matrix times or over entry i; rows beyond the entries are zero.
  private static func rowsScaled(
    _ matrix: Value, _ entries: Value, rows: Int, _ operation: BinaryOperation
  ) throws(RuntimeError) -> Value {
    let common = min(entries.count, matrix.shape.rows, rows)
    let scale = resized(entries, common)
    let top = matrix.resizedRows(common)
    var result = try Operators.binary(operation, top, scale)
    if operation == .elementDivide { result = try withoutZeroDivisors(result, scale) }
    return result.resizedRows(rows)
  }

  // MARK: - Permutation

  private static func permutations(
    _ operation: BinaryOperation, _ a: PermutationMatrix, _ b: PermutationMatrix
  ) throws(RuntimeError) -> Value? {
    guard [.multiply, .divide, .leftDivide].contains(operation) else { return nil }
    guard a.size == b.size else {
      throw .nonconformant("operator \(operation.rawValue)", Shape(a.size, a.size), Shape(b.size, b.size))
    }
    let (left, right) = (operation == .leftDivide ? a.inverse : a, operation == .divide ? b.inverse : b)
    return .permutation(PermutationMatrix(columns: left.columns.map { right.columns[$0] }))
  }

  private static func permutationLeft(
    _ operation: BinaryOperation, _ p: PermutationMatrix, _ b: Value
  ) throws(RuntimeError) -> Value? {
    if operation == .power, b.shape.isScalar, let exponent = b.firstReal, !b.isComplex, b.isDoubleKind {
      guard let n = Int32(exactly: exponent) else { return nil }
      return .permutation(p.power(Int(n)))
    }
    guard operation == .multiply || operation == .leftDivide, b.isDoubleKind, !b.shape.isScalar else {
      return nil
    }
    let size = Shape(p.size, p.size)
    guard b.shape.is2D, b.shape.rows == p.size else {
      throw .nonconformant("operator *", size, Division.flattened(b.shape))
    }
    return rowsPermuted(b.full, operation == .multiply ? p.columns : p.inverse.columns)
  }

  private static func permutationRight(
    _ operation: BinaryOperation, _ a: Value, _ p: PermutationMatrix
  ) throws(RuntimeError) -> Value? {
    guard operation == .multiply || operation == .divide, a.isDoubleKind, !a.shape.isScalar else {
      return nil
    }
    let size = Shape(p.size, p.size)
    guard a.shape.is2D, a.shape.columns == p.size else {
      throw .nonconformant("operator *", Division.flattened(a.shape), size)
    }
    let order = operation == .multiply ? p.inverse.columns : p.columns
    return try transposed(rowsPermuted(transposed(a.full), order) ?? a)
  }

  /// Row i of the result is row `order[i]`.
  private static func rowsPermuted(_ matrix: Value, _ order: [Int]) -> Value? {
    func permuted<Element: ValueElement>(_ a: NDArray<Element>) -> Value {
      let result = NDArray<Element>(uninitialized: a.shape)
      let rows = a.shape.rows
      for j in 0..<a.shape.columns {
        for i in 0..<rows { (result.base + (i + j * rows)).initialize(to: a[order[i], j]) }
      }
      return .make(result)
    }
    switch matrix {
    case .complex(let a): return permuted(a)
    case .single(let a): return permuted(a)
    case .singleComplex(let a): return permuted(a)
    default: return matrix.realArray.map(permuted)
    }
  }
}

extension DiagonalMatrix {
  var shape: Shape { Shape(rows, columns) }
}

extension PermutationMatrix {
  /// The power; negative ones are those of the inverse.
  func power(_ n: Int) -> PermutationMatrix {
    var factor = n < 0 ? inverse.columns : columns
    var result = Array(0..<size)
    var remaining = n.magnitude
    while remaining > 0 {
      if remaining & 1 == 1 { result = result.map { factor[$0] } }
      factor = factor.map { factor[$0] }
      remaining >>= 1
    }
    return PermutationMatrix(columns: result)
  }
}

extension Value {
  /// Floats, logicals and characters: what diagonal and permutation matrices multiply without becoming full
  /// first.
  fileprivate var isDoubleKind: Bool {
    switch operandKind {
    case .real, .complex, .single, .singleComplex: true
    default: false
    }
  }

  /// A float array as the matrix that its first dimension and the others together make.
  fileprivate var flattened: Value {
    if shape.is2D { return self }
    let shape = Division.flattened(self.shape)
    switch full {
    case .complex(let a): return .complex(a.reshaped(shape))
    case .single(let a): return .single(a.reshaped(shape))
    case .singleComplex(let a): return .singleComplex(a.reshaped(shape))
    default: return realArray.map { .make($0.reshaped(shape)) } ?? self
    }
  }

  /// A column cut or filled with zeros to a length.
  fileprivate func resizedColumn(_ count: Int) -> Value { count == self.count ? self : resizedRows(count) }

  /// A float matrix cut or filled with rows of zeros.
  fileprivate func resizedRows(_ rows: Int) -> Value {
    if shape.rows == rows { return self }
    func resized<Element: ValueElement>(_ a: NDArray<Element>) -> Value {
      let result = NDArray<Element>(zeros: Shape(rows, a.shape.columns))
      for j in 0..<a.shape.columns {
        for i in 0..<min(rows, a.shape.rows) { result[i, j] = a[i, j] }
      }
      return .make(result)
    }
    switch self {
    case .complex(let a): return resized(a)
    case .single(let a): return resized(a)
    case .singleComplex(let a): return resized(a)
    default: return realArray.map(resized) ?? self
    }
  }
}
