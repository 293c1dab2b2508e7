import ThetaArrays
import ThetaRuntime

// The operators under their function names.

enum OperatorFunctions {
  static let table: [Builtin] = [
    Builtin(
      "z = plus (x, y...)",
      """
      x + y + …

      >> plus (1, 2, 3)
      ans = 6
      """, plus),
    Builtin(
      "z = minus (x, y)",
      """
      x - y

      >> minus (5, 3)
      ans = 2
      """, minus),
    Builtin(
      "z = times (x, y...)",
      """
      x .* y .* …

      >> times ([1 2], [3 4])
      ans =

         3   8

      """, times),
    Builtin(
      "z = mtimes (x, y...)",
      """
      x * y * …

      >> mtimes ([1 2], [3; 4])
      ans = 11
      """, mtimes),
    Builtin(
      "z = rdivide (x, y)",
      """
      x ./ y

      >> rdivide ([2 6], 2)
      ans =

         1   3

      """, rdivide),
    Builtin(
      "z = ldivide (x, y)",
      """
      x .\\ y

      >> ldivide (2, [2 6])
      ans =

         1   3

      """, ldivide),
    Builtin(
      "z = mrdivide (x, y)",
      """
      x / y

      >> mrdivide (6, 3)
      ans = 2
      """, mrdivide),
    Builtin(
      "z = mldivide (x, y)",
      """
      x \\ y

      >> mldivide (2, 6)
      ans = 3
      """, mldivide),
    Builtin(
      "z = power (x, y)",
      """
      x .^ y

      >> power (2, [1 2 3])
      ans =

         2   4   8

      """, power),
    Builtin(
      "z = uminus (x)",
      """
      -x

      >> uminus (3)
      ans = -3
      """, uminus),
    Builtin(
      "z = uplus (x)",
      """
      +x

      >> uplus (3)
      ans = 3
      """, uplus),
    Builtin(
      "z = not (x)",
      """
      ! x

      >> not ([true false])
      ans =

        0  1

      """, not),
  ]

  static let comparisons: [Builtin] = [
    Builtin(
      "z = and (x, y...)",
      """
      x & y & …

      >> and (true, [true false])
      ans =

        1  0

      """, and),
    Builtin(
      "z = or (x, y...)",
      """
      x | y | …

      >> or (false, [true false])
      ans =

        1  0

      """, or),
    Builtin(
      "z = xor (x, y...)",
      """
      True where just one of x and y is nonzero.

      >> xor (true, [true false])
      ans =

        0  1

      """, xor),
    Builtin(
      "z = eq (x, y)",
      """
      x == y

      >> eq ([1 2], [1 3])
      ans =

        1  0

      """, eq),
    Builtin(
      "z = ne (x, y)",
      """
      x != y

      >> ne ([1 2], [1 3])
      ans =

        0  1

      """, ne),
    Builtin(
      "z = lt (x, y)",
      """
      x < y

      >> lt ([1 2], 2)
      ans =

        1  0

      """, lt),
    Builtin(
      "z = le (x, y)",
      """
      x <= y

      >> le ([1 2], 1)
      ans =

        1  0

      """, le),
    Builtin(
      "z = gt (x, y)",
      """
      x > y

      >> gt ([1 2], 1)
      ans =

        0  1

      """, gt),
    Builtin(
      "z = ge (x, y)",
      """
      x >= y

      >> ge ([1 2], 2)
      ans =

        0  1

      """, ge),
    Builtin(
      "z = bsxfun (f, x, y)",
      """
      f applied to x and y with broadcasting: dimensions of size 1 stretch to those of the other. Operators and functions that
      broadcast by themselves are called once, any other f once for each pair of columns.

      >> bsxfun (@minus, [1 2; 3 4], [1 2])
      ans =

         0   0
         2   2

      """, bsxfun),
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

  /// Builtins that broadcast, so that one call does.
  private static let broadcasting: Set<String> = [
    "plus", "minus", "times", "rdivide", "ldivide", "power", "eq", "ne", "lt", "le", "gt", "ge", "and", "or",
    "xor",
    "max", "min", "rem", "mod", "atan2", "hypot",
  ]

  static func bsxfun(_ call: inout Call) throws(RuntimeError) -> Value {
    let (function, a, b) = (call[0], call[1], call[2])
    guard let shape = a.shape.broadcast(with: b.shape) else {
      throw call.error("nonconformant dimensions: \(a.shape) and \(b.shape)")
    }
    try Call.check(shape)
    if let name = builtinName(function, call), broadcasting.contains(name) {
      return try call.invokeForValue(function, [a, b])
    }
    if shape.isEmpty || (shape == a.shape && shape == b.shape && shape.isColumn) {
      return try call.invokeForValue(function, [a, b])
    }
    // The column of each operand that belongs to a column of the result.
    let columns = shape.count / max(1, shape.rows)
    let (columnsA, columnsB) = (Columns(a, in: shape), Columns(b, in: shape))
    var results: [Value] = []
    results.reserveCapacity(columns)
    for k in 0..<columns {
      let result = try call.invokeForValue(function, [columnsA[k], columnsB[k]])
      // Octave fills the column with what there is.
      results.append(result.count == shape.rows ? result : Parts.cut(result, Shape(shape.rows, 1)))
    }
    return try Concatenation.along(1, results, function: "horzcat").reshapedOrEmpty(shape)
  }

  /// The name of the builtin that a handle or string stands for; nil when a function of the user has that name.
  private static func builtinName(_ function: Value, _ call: Call) -> String? {
    let name: String
    switch function {
    case .function(let handle):
      guard case .named(let text) = handle.kind else { return nil }
      name = text
    default:
      guard let text = function.stringValue else { return nil }
      name = text
    }
    return call.context.invoker.resolve(name)?.source == .builtin ? name : nil
  }

  /// The columns of an array as they come when it is stretched to a shape.
  private struct Columns {
    let array: Value
    let shape: Shape

    init(_ array: Value, in shape: Shape) {
      self.array = array.full
      self.shape = shape
    }

    subscript(column: Int) -> Value {
      let own = array.shape
      var (rest, offset, step) = (column, 0, own.rows)
      for d in 1..<shape.dimensionCount {
        if own[d] != 1 { offset += rest % shape[d] * step }
        rest /= shape[d]
        step *= own[d]
      }
      return array.gathered(Array(offset..<offset + own.rows), Shape(own.rows, 1))
    }
  }
}
