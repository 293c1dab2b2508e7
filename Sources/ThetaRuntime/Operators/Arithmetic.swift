import ThetaArrays

// Element-wise `+ - .* ./` on doubles and singles, real and complex. Integers are in IntegerArithmetic.swift.

/// The four operations that every numeric class has; `.\` is `./` with its operands exchanged.
enum ArithmeticOperation {
  case add
  case subtract
  case multiply
  case divide

  var kernel: BinaryKernel {
    switch self {
    case .add: .add
    case .subtract: .subtract
    case .multiply: .multiply
    case .divide: .divide
    }
  }

  var conformanceName: String {
    switch self {
    case .add: "operator +"
    case .subtract: "operator -"
    case .multiply: "product"
    case .divide: "quotient"
    }
  }
}

enum Arithmetic {
  /// Two values of any numeric classes; nil when an operand is not numeric or the classes do not mix.
  static func apply(
    _ operation: ArithmeticOperation, _ a: Value, _ b: Value
  ) throws(RuntimeError) -> Value? {
    guard let kindA = a.operandKind, let kindB = b.operandKind else { return nil }
    switch (kindA, kindB) {
    case (.real, .real):
      return try real(operation, Double.operand(a), Double.operand(b))
    case (.integer, _), (_, .integer):
      return try IntegerArithmetic.apply(operation, a, kindA, b, kindB)
    default:
      if kindA.isSingle || kindB.isSingle { return try float(Float.self, operation, a, kindA, b, kindB) }
      return try float(Double.self, operation, a, kindA, b, kindB)
    }
  }

  static func real<Part: FloatClass>(
    _ operation: ArithmeticOperation, _ a: Operand<Part>?, _ b: Operand<Part>?
  ) throws(RuntimeError) -> Value? {
    guard let a, let b else { return nil }
    switch (a, b) {
    case (.scalar(let x), .scalar(let y)):
      switch operation {
      case .add: return .make(NDArray(scalar: x + y))
      case .subtract: return .make(NDArray(scalar: x - y))
      case .multiply: return .make(NDArray(scalar: x * y))
      case .divide: return .make(NDArray(scalar: x / y))
      }
    case (.scalar(let x), .array(let y)): return .make(.applying(operation.kernel, x, y))
    case (.array(let x), .scalar(let y)): return .make(.applying(operation.kernel, x, y))
    case (.array(let x), .array(let y)):
      do { return .make(try .applying(operation.kernel, x, y)) } catch {
        throw .operation(operation.conformanceName, error)
      }
    }
  }

  private static func float<Part: FloatClass>(
    _ type: Part.Type, _ operation: ArithmeticOperation, _ a: Value, _ kindA: OperandKind, _ b: Value,
    _ kindB: OperandKind
  ) throws(RuntimeError) -> Value? {
    typealias Number = Complex<Part>
    let name = operation.conformanceName
    switch (kindA.isComplex, kindB.isComplex) {
    case (false, false):
      return try real(operation, Part.operand(a), Part.operand(b))
    case (true, true):
      guard let x = Part.complexOperand(a), let y = Part.complexOperand(b) else { return nil }
      switch operation {
      case .add: return .make(try .zip(x, y, name) { (p: Number, q: Number) in p + q })
      case .subtract: return .make(try .zip(x, y, name) { (p: Number, q: Number) in p - q })
      case .multiply: return .make(try .zip(x, y, name) { Number.product($0, $1) })
      case .divide: return .make(try .zip(x, y, name) { (p: Number, q: Number) in p.quotient(q) })
      }
    case (true, false):
      guard let x = Part.complexOperand(a), let y = Part.operand(b) else { return nil }
      switch operation {
      case .add:
        return .make(try .zip(x, y, name) { (z: Number, r: Part) in Number(z.real + r, z.imaginary) })
      case .subtract:
        return .make(try .zip(x, y, name) { (z: Number, r: Part) in Number(z.real - r, z.imaginary) })
      case .multiply: return .make(try .zip(x, y, name) { Number.scaled($0, by: $1) })
      case .divide: return .make(try .zip(x, y, name) { Number.divided($0, by: $1) })
      }
    case (false, true):
      guard let x = Part.operand(a), let y = Part.complexOperand(b) else { return nil }
      switch operation {
      case .add:
        return .make(try .zip(x, y, name) { (r: Part, z: Number) in Number(r + z.real, z.imaginary) })
      case .subtract:
        return .make(try .zip(x, y, name) { (r: Part, z: Number) in Number(r - z.real, -z.imaginary) })
      case .multiply: return .make(try .zip(x, y, name) { (r: Part, z: Number) in Number.scaled(z, by: r) })
      case .divide: return .make(try .zip(x, y, name) { (r: Part, z: Number) in Number(r).quotient(z) })
      }
    }
  }
}
