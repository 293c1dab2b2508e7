import ThetaArrays
import ThetaRuntime

// The operators under their function names.

enum OperatorFunctions {
  static let table: [Builtin] = [
    Builtin("z = plus (x, y...)", "x + y + …", plus),
    Builtin("z = minus (x, y)", "x - y", minus),
    Builtin("z = times (x, y...)", "x .* y .* …", times),
    Builtin("z = mtimes (x, y...)", "x * y * …", mtimes),
    Builtin("z = rdivide (x, y)", "x ./ y", rdivide),
    Builtin("z = ldivide (x, y)", "x .\\ y", ldivide),
    Builtin("z = mrdivide (x, y)", "x / y", mrdivide),
    Builtin("z = mldivide (x, y)", "x \\ y", mldivide),
    Builtin("z = power (x, y)", "x .^ y", power),
    Builtin("z = uminus (x)", "-x", uminus),
    Builtin("z = uplus (x)", "+x", uplus),
    Builtin("z = not (x)", "! x", not),
  ]

  static let comparisons: [Builtin] = [
    Builtin("z = and (x, y...)", "x & y & …", and),
    Builtin("z = or (x, y...)", "x | y | …", or),
    Builtin("z = xor (x, y...)", "True where just one of x and y is nonzero.", xor),
    Builtin("z = eq (x, y)", "x == y", eq),
    Builtin("z = ne (x, y)", "x != y", ne),
    Builtin("z = lt (x, y)", "x < y", lt),
    Builtin("z = le (x, y)", "x <= y", le),
    Builtin("z = gt (x, y)", "x > y", gt),
    Builtin("z = ge (x, y)", "x >= y", ge),
    Builtin("z = bsxfun (f, x, y)", "f applied to x and y with broadcasting.", bsxfun),
  ]

  private static func fold(_ call: Call, _ operation: BinaryOperation) throws(RuntimeError) -> Value {
    guard call.count >= 2 else { throw call.invalid }
    var result = try Operators.binary(operation, call[0], call[1])
    for k in 2..<max(2, call.count) { result = try Operators.binary(operation, result, call[k]) }
    return result
  }

  static func plus(_ call: inout Call) throws(RuntimeError) -> Value { try fold(call, .add) }
  static func minus(_ call: inout Call) throws(RuntimeError) -> Value { try fold(call, .subtract) }
  static func times(_ call: inout Call) throws(RuntimeError) -> Value { try fold(call, .hadamard) }
  static func mtimes(_ call: inout Call) throws(RuntimeError) -> Value { try fold(call, .multiply) }
  static func rdivide(_ call: inout Call) throws(RuntimeError) -> Value { try fold(call, .elementDivide) }
  static func ldivide(_ call: inout Call) throws(RuntimeError) -> Value { try fold(call, .elementLeftDivide) }
  static func mrdivide(_ call: inout Call) throws(RuntimeError) -> Value { try fold(call, .divide) }
  static func mldivide(_ call: inout Call) throws(RuntimeError) -> Value { try fold(call, .leftDivide) }
  static func power(_ call: inout Call) throws(RuntimeError) -> Value { try fold(call, .elementPower) }
  static func uminus(_ call: inout Call) throws(RuntimeError) -> Value {
    try Operators.unary(.minus, call[0])
  }
  static func uplus(_ call: inout Call) throws(RuntimeError) -> Value { try Operators.unary(.plus, call[0]) }
  static func not(_ call: inout Call) throws(RuntimeError) -> Value { try Operators.unary(.not, call[0]) }

  static func and(_ call: inout Call) throws(RuntimeError) -> Value { try fold(call, .and) }
  static func or(_ call: inout Call) throws(RuntimeError) -> Value { try fold(call, .or) }
  static func eq(_ call: inout Call) throws(RuntimeError) -> Value { try fold(call, .equal) }
  static func ne(_ call: inout Call) throws(RuntimeError) -> Value { try fold(call, .notEqual) }
  static func lt(_ call: inout Call) throws(RuntimeError) -> Value { try fold(call, .less) }
  static func le(_ call: inout Call) throws(RuntimeError) -> Value { try fold(call, .lessOrEqual) }
  static func gt(_ call: inout Call) throws(RuntimeError) -> Value { try fold(call, .greater) }
  static func ge(_ call: inout Call) throws(RuntimeError) -> Value { try fold(call, .greaterOrEqual) }

  static func xor(_ call: inout Call) throws(RuntimeError) -> Value {
    guard call.count >= 2 else { throw call.invalid }
    var result = try ClassConversions.logical(call[0])
    for k in 1..<call.count {
      let other = try ClassConversions.logical(call[k])
      guard result.shape.broadcast(with: other.shape) != nil else {
        throw call.error("X and Y must be of compatible size or scalars")
      }
      result = try Operators.binary(.notEqual, result, other)
    }
    return result
  }

  /// The function may itself broadcast; if not, it is called for each pair of columns.
  static func bsxfun(_ call: inout Call) throws(RuntimeError) -> Value {
    let (a, b) = (call[1], call[2])
    guard let shape = a.shape.broadcast(with: b.shape) else {
      throw call.error("nonconformant dimensions: \(a.shape) and \(b.shape)")
    }
    let x = try expanded(a, shape)
    let y = try expanded(b, shape)
    return try call.invokeForValue(call[0], [x, y])
  }

  private static func expanded(_ value: Value, _ shape: Shape) throws(RuntimeError) -> Value {
    if value.shape == shape { return value }
    try Call.check(shape)
    var offsets: [Int] = []
    offsets.reserveCapacity(shape.count)
    var index = [Int](repeating: 0, count: shape.dimensionCount)
    for _ in 0..<shape.count {
      var (offset, step) = (0, 1)
      for d in 0..<shape.dimensionCount {
        offset += (value.shape[d] == 1 ? 0 : index[d]) * step
        step *= value.shape[d]
      }
      offsets.append(offset)
      for d in 0..<shape.dimensionCount {
        index[d] += 1
        if index[d] < shape[d] { break }
        index[d] = 0
      }
    }
    return value.gathered(offsets, shape)
  }
}
