import ThetaArrays

/// The operators on values. `rawValue` is the spelling in error messages.
public enum BinaryOperation: String, CaseIterable, Sendable {
  case add = "+"
  case subtract = "-"
  case multiply = "*"
  case divide = "/"
  case leftDivide = "\\"
  case power = "^"
  case hadamard = ".*"
  case elementDivide = "./"
  case elementLeftDivide = ".\\"
  case elementPower = ".^"
  case less = "<"
  case lessOrEqual = "<="
  case equal = "=="
  case notEqual = "!="
  case greaterOrEqual = ">="
  case greater = ">"
  case and = "&"
  case or = "|"
}

public enum UnaryOperation: String, CaseIterable, Sendable {
  case plus = "+"
  case minus = "-"
  case not = "!"
  case hermitian = "'"
  case transpose = ".'"
}

/// The one place where operators meet classes. `context` receives warnings (a singular matrix, an odd range
/// limit); without one they are dropped.
public enum Operators {
  public static func binary(
    _ operation: BinaryOperation, _ a: Value, _ b: Value, in context: Context? = nil
  ) throws(RuntimeError) -> Value {
    if case .number(let x) = a, case .number(let y) = b, let result = scalars(operation, x, y) {
      return result
    }
    return try general(operation, a, b, context)
  }

  /// Two real scalars; nil for what needs more care.
  @inline(__always)
  private static func scalars(_ operation: BinaryOperation, _ x: Double, _ y: Double) -> Value? {
    switch operation {
    case .add: .number(x + y)
    case .subtract: .number(x - y)
    case .multiply, .hadamard: .number(x * y)
    case .divide, .elementDivide: .number(x / y)
    case .leftDivide, .elementLeftDivide: .number(y / x)
    case .power, .elementPower: ElementPower.scalars(x, y)
    case .less: .logical(x < y)
    case .lessOrEqual: .logical(x <= y)
    case .equal: .logical(x == y)
    case .notEqual: .logical(x != y)
    case .greaterOrEqual: .logical(x >= y)
    case .greater: .logical(x > y)
    case .and, .or: nil
    }
  }

  private static func general(
    _ operation: BinaryOperation, _ a: Value, _ b: Value, _ context: Context?
  ) throws(RuntimeError) -> Value {
    if let result = smallArrays(operation, a, b) { return result }
    if case .object(let object) = a, let result = try object.operate(operation, a, b) { return result }
    if case .object(let object) = b, let result = try object.operate(operation, a, b) { return result }
    if let result = OneElement.apply(operation, a, b) { return result }
    if case .function(let x) = a, case .function(let y) = b, operation == .equal || operation == .notEqual {
      return .logical(Equality.isSame(x, y) == (operation == .equal))
    }
    if let result = try SpecialMatrices.apply(operation, a, b) { return result }
    try a.checkRoom()
    try b.checkRoom()
    let result: Value?
    switch operation {
    case .add: result = try Arithmetic.apply(.add, a, b)
    case .subtract: result = try Arithmetic.apply(.subtract, a, b)
    case .hadamard: result = try Arithmetic.apply(.multiply, a, b)
    case .elementDivide: result = try Arithmetic.apply(.divide, a, b)
    case .elementLeftDivide: result = try Arithmetic.apply(.divide, b, a)
    case .elementPower: result = try ElementPower.apply(a, b)
    case .multiply: result = try MatrixProduct.apply(a, .plain, b, .plain)
    case .divide: result = try Division.right(a, b, context)
    case .leftDivide: result = try Division.left(a, b, context)
    case .power: result = try MatrixPower.apply(a, b, context)
    case .less, .lessOrEqual, .equal, .notEqual, .greaterOrEqual, .greater:
      result = try Comparison.apply(operation, a, b)
    case .and, .or: result = try Logic.apply(operation, a, b)
    }
    guard let result else { throw .notImplemented(operation, a, b) }
    return result
  }

  /// Small real arrays of one shape, or one and a number, without the general machinery: what loops over rows and examples
  /// spend their time on. The kernels are those of the general way. Nil for everything else.
  private static func smallArrays(_ operation: BinaryOperation, _ a: Value, _ b: Value) -> Value? {
    switch (a, b) {
    case (.real(let x), .real(let y)):
      guard x.count < 4096, x.shape == y.shape, let kernel = kernel(operation, scaling: false) else {
        return nil
      }
      let result = NDArray<Double>(uninitialized: x.shape)
      Double.kernel(kernel)(result.base, x.base, 1, y.base, 1, x.count)
      return .real(result)
    case (.real(let x), .number(var y)):
      guard x.count < 4096, let kernel = kernel(operation, scaling: true) else { return nil }
      let result = NDArray<Double>(uninitialized: x.shape)
      Double.kernel(kernel)(result.base, x.base, 1, &y, 0, x.count)
      return .real(result)
    case (.number(var x), .real(let y)):
      guard y.count < 4096, operation != .divide, let kernel = kernel(operation, scaling: true) else {
        return nil
      }
      let result = NDArray<Double>(uninitialized: y.shape)
      Double.kernel(kernel)(result.base, &x, 0, y.base, 1, y.count)
      return .real(result)
    default: return nil
    }
  }

  /// The kernel of an arithmetic operation; with `scaling` that of `*` and `/` too.
  private static func kernel(_ operation: BinaryOperation, scaling: Bool) -> BinaryKernel? {
    switch operation {
    case .add: .add
    case .subtract: .subtract
    case .hadamard: .multiply
    case .elementDivide: .divide
    case .multiply where scaling: .multiply
    case .divide where scaling: .divide
    default: nil
    }
  }

  public static func unary(_ operation: UnaryOperation, _ a: Value) throws(RuntimeError) -> Value {
    if case .object(let object) = a, let result = try object.operate(operation, a) { return result }
    switch a {
    case .diagonal where operation != .not, .permutation where operation != .not && operation != .minus: break
    default: try a.checkRoom()
    }
    let result: Value?
    switch operation {
    case .plus: result = Unary.plus(a)
    case .minus: result = Unary.negated(a)
    case .not: result = try Logic.not(a)
    case .hermitian: result = try Unary.transposed(a, conjugating: true)
    case .transpose: result = try Unary.transposed(a, conjugating: false)
    }
    guard let result else { throw .notImplemented(operation, a) }
    return result
  }

  /// `a * b` with either side transposed (`A' * B`, `A * B'`) without building the transpose.
  public static func product(
    _ a: Value, hermitian hermitianA: Bool, _ b: Value, hermitian hermitianB: Bool
  ) throws(RuntimeError) -> Value {
    if a.isPlainMatrix, b.isPlainMatrix,
      let result = try MatrixProduct.apply(
        a, hermitianA ? .conjugateTransposed : .plain, b, hermitianB ? .conjugateTransposed : .plain)
    {
      return result
    }
    for case .object(let object) in [a, b] {
      if let result = try object.product(a, hermitian: hermitianA, b, hermitian: hermitianB) { return result }
    }
    return try binary(
      .multiply, hermitianA ? unary(.hermitian, a) : a, hermitianB ? unary(.hermitian, b) : b)
  }

  /// `base : increment : limit`
  public static func range(
    _ base: Value, _ increment: Value?, _ limit: Value, in context: Context? = nil
  ) throws(RuntimeError) -> Value {
    let plain = try Ranges.make(base.plain, increment?.plain, limit.plain, in: context)
    if case .object(let object) = base, let result = try object.range(base, increment, limit, plain) {
      return result
    }
    if case .object(let object)? = increment, let result = try object.range(base, increment, limit, plain) {
      return result
    }
    return plain
  }

  /// What `if` and `while` make of a value: true when it is not empty and all elements are nonzero.
  public static func isTrue(_ value: Value) throws(RuntimeError) -> Bool {
    switch value {
    case .logical(let b): return b
    case .number(let x):
      if x.isNaN { throw .logicalNaN }
      return x != 0
    default: return try isTrueArray(value)
    }
  }
}

extension Value {
  /// A float matrix, neither scalar nor lazy, in two dimensions: what a transposed product can read in place.
  fileprivate var isPlainMatrix: Bool {
    switch self {
    case .real(let a): a.shape.is2D
    case .complex(let a): a.shape.is2D && !a.shape.isScalar
    case .single(let a): a.shape.is2D && !a.shape.isScalar
    case .singleComplex(let a): a.shape.is2D && !a.shape.isScalar
    default: false
    }
  }
}
