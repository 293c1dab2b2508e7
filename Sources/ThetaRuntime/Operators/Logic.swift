import ThetaArrays

/// `&`, `|` and `!` element by element. NaN is an error: it is neither true nor false.
enum Logic {
  /// Nil when an operand is not numeric or the classes do not mix.
  static func apply(_ operation: BinaryOperation, _ a: Value, _ b: Value) throws(RuntimeError) -> Value? {
    guard let kindA = a.operandKind, let kindB = b.operandKind else { return nil }
    if case .integer(let x) = kindA, case .integer(let y) = kindB, x != y { return nil }
    if case .integer = kindA, kindB.isComplex { return nil }
    if case .integer = kindB, kindA.isComplex { return nil }
    // Of two scalars Octave tests only real ones for NaN.
    let isLenient =
      a.shape.isScalar && b.shape.isScalar && (kindA.isIntegerOrComplex || kindB.isIntegerOrComplex)
    guard let x = try truths(a, allowingNaN: isLenient), let y = try truths(b, allowingNaN: isLenient) else {
      return nil
    }
    let name = operation.conformanceName
    if operation == .and { return .make(try .zip(x, y, name) { (p: Bool, q: Bool) in p && q }) }
    return .make(try .zip(x, y, name) { (p: Bool, q: Bool) in p || q })
  }

  /// Which elements are nonzero; nil for what is no number.
  static func truths(_ value: Value, allowingNaN: Bool = false) throws(RuntimeError) -> Operand<Bool>? {
    switch value {
    case .logical(let b): return .scalar(b)
    case .boolean(let a): return .array(a)
    case .complex(let a): return try truths(a, allowingNaN)
    case .singleComplex(let a): return try truths(a, allowingNaN)
    case .diagonal, .permutation: return try truths(value.full)
    default:
      guard let numbers = Double.operand(value) else { return nil }
      if !allowingNaN, numbers.contains({ $0.isNaN }) { throw .logicalNaN }
      return numbers.map { $0 != 0 }
    }
  }

  private static func truths<Part: BinaryFloatingPoint>(
    _ array: NDArray<Complex<Part>>, _ allowingNaN: Bool
  ) throws(RuntimeError) -> Operand<Bool> {
    if !allowingNaN, array.containsElement(where: { $0.real.isNaN || $0.imaginary.isNaN }) {
      throw .logicalNaN
    }
    return Operand(array.map { $0.real != 0 || $0.imaginary != 0 })
  }

  /// `!a`
  static func not(_ value: Value) throws(RuntimeError) -> Value? {
    guard let truths = try truths(value) else { return nil }
    switch truths {
    case .scalar(let b): return .logical(!b)
    case .array(let a): return .make(a.map { !$0 })
    }
  }
}

extension Operators {
  /// The truth of values other than scalars.
  static func isTrueArray(_ value: Value) throws(RuntimeError) -> Bool {
    switch value {
    case .object(let object): return try object.plainValue.map(isTrue) ?? false
    case .undefined, .structure, .function: return false
    case .cell: throw RuntimeError("invalid conversion from cell array to logical value")
    case .boolean(let a): return a.count > 0 && a.allElements { $0 }
    case .text(let a, _): return a.count > 0 && a.allElements { $0 != 0 }
    case .real(let a): return try allNonzero(a)
    case .single(let a): return try allNonzero(a)
    case .complex(let a): return try allNonzero(a)
    case .singleComplex(let a): return try allNonzero(a)
    case .range(let r): return r.count > 0 && !hasZero(r)
    case .diagonal, .permutation:
      try value.checkStorable()
      return try isTrueArray(value.full)
    default:
      guard let truths = try Logic.truths(value) else { return false }
      return !truths.shape.isEmpty && !truths.contains { !$0 }
    }
  }

  /// Only an element next to where the range crosses zero can be zero.
  private static func hasZero(_ r: RangeValue) -> Bool {
    let crossing = (-r.base / r.increment).rounded()
    guard crossing >= -1, crossing <= Double(r.count), let near = Int(exactly: crossing) else { return false }
    return (max(0, near - 1)...max(0, near + 1)).contains { $0 < r.count && r[$0] == 0 }
  }

  private static func allNonzero<Part: BinaryFloatingPoint>(_ array: NDArray<Part>) throws(RuntimeError)
    -> Bool
  {
    if array.containsNaN { throw .logicalNaN }
    return array.count > 0 && array.allElements { $0 != 0 }
  }

  private static func allNonzero<Part: BinaryFloatingPoint>(
    _ array: NDArray<Complex<Part>>
  ) throws(RuntimeError) -> Bool {
    if array.containsElement(where: { $0.real.isNaN || $0.imaginary.isNaN }) { throw .logicalNaN }
    return array.count > 0 && array.allElements { $0.real != 0 || $0.imaginary != 0 }
  }
}
