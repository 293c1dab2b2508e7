import ThetaArrays
import ThetaRuntime

/// Calculation with values of the language, for derivative rules: through the operators and builtins that scripts
/// use, so that it is recorded when an outer tape tracks an operand.
struct Algebra {
  let context: Context

  func add(_ a: Value, _ b: Value) throws(RuntimeError) -> Value { try Operators.binary(.add, a, b) }
  func subtract(_ a: Value, _ b: Value) throws(RuntimeError) -> Value {
    try Operators.binary(.subtract, a, b)
  }
  func times(_ a: Value, _ b: Value) throws(RuntimeError) -> Value { try Operators.binary(.hadamard, a, b) }
  func times(_ a: Value, _ b: Double) throws(RuntimeError) -> Value { try times(a, .number(b)) }
  func over(_ a: Value, _ b: Value) throws(RuntimeError) -> Value {
    try Operators.binary(.elementDivide, a, b)
  }
  func over(_ a: Double, _ b: Value) throws(RuntimeError) -> Value { try over(.number(a), b) }
  func power(_ a: Value, _ b: Value) throws(RuntimeError) -> Value {
    try Operators.binary(.elementPower, a, b)
  }
  func minus(_ a: Value) throws(RuntimeError) -> Value { try Operators.unary(.minus, a) }
  func square(_ a: Value) throws(RuntimeError) -> Value { try times(a, a) }
  func transpose(_ a: Value) throws(RuntimeError) -> Value { try Operators.unary(.transpose, a) }

  /// `a * b` with either side transposed, which no kernel builds.
  func product(_ a: Value, _ ta: Bool, _ b: Value, _ tb: Bool = false) throws(RuntimeError) -> Value {
    try Operators.product(a, hermitian: ta, b, hermitian: tb)
  }

  func product(_ a: Value, _ b: Value) throws(RuntimeError) -> Value { try product(a, false, b, false) }

  /// `a \ b`
  func solve(_ a: Value, _ b: Value) throws(RuntimeError) -> Value {
    try Operators.binary(.leftDivide, a, b, in: context)
  }

  /// A mask as zeros and ones.
  func mask(_ operation: BinaryOperation, _ a: Value, _ b: Value) throws(RuntimeError) -> Value {
    let mask = try Operators.binary(operation, a.plain, b.plain)
    return mask.realArray.map { .make($0) } ?? mask
  }

  /// A builtin by name, whatever functions of that name the user has.
  func call(_ name: String, _ arguments: Value...) throws(RuntimeError) -> Value {
    guard let value = try run(name, arguments, outputs: 1).first else { throw missing(name) }
    return value
  }

  func run(_ name: String, _ arguments: [Value], outputs: Int) throws(RuntimeError) -> [Value] {
    guard let builtin = context.invoker.builtin(name) else { throw missing(name) }
    return try run(builtin, arguments, outputs: outputs)
  }

  func run(_ builtin: Builtin, _ arguments: [Value], outputs: Int) throws(RuntimeError) -> [Value] {
    var arguments = arguments
    let context = context
    return try arguments.withArguments { window throws(RuntimeError) in
      var call = Call(builtin: builtin, arguments: window, outputs: outputs, context: context)
      if context.overriding > 0, let values = try call.overridden() { return values }
      return try builtin.call(&call)
    }
  }

  private func missing(_ name: String) -> RuntimeError { RuntimeError("'\(name)' undefined") }

  // MARK: - Shapes

  /// The sum along a dimension counted from zero.
  func sum(_ a: Value, along dimension: Int) throws(RuntimeError) -> Value {
    switch a {
    case .number: return a
    case .real(let array): return .make(array.sum(along: dimension))
    default: return try call("sum", a, .integer(dimension + 1))
    }
  }

  /// The sum of all elements.
  func total(_ a: Value) throws(RuntimeError) -> Value {
    if a.shape.isScalar { return a }
    return try sum(try reshape(a, Shape(a.count, 1)), along: 0)
  }

  func reshape(_ a: Value, _ shape: Shape) throws(RuntimeError) -> Value {
    if a.shape == shape { return a }
    switch a {
    case .real(let array): return .make(array.reshaped(shape))
    default: return try call("reshape", a, .row(shape.sizes.map(Double.init)))
    }
  }

  /// A value that broadcasts to a shape, in that shape.
  func expand(_ a: Value, to shape: Shape) throws(RuntimeError) -> Value {
    if a.shape == shape { return a }
    if case .number(let x) = a { return .make(NDArray(shape, repeating: x)) }
    return try add(.make(NDArray<Double>(zeros: shape)), a)
  }

  /// The gradient of an operand that was broadcast to `full`: sums over the dimensions in which it has one
  /// element. `a` may itself stand for an array of that shape by broadcasting.
  func reduce(_ a: Value, from full: Shape, to shape: Shape) throws(RuntimeError) -> Value {
    if shape == full { return a }
    var result = a
    var repeats = 1
    for d in 0..<full.dimensionCount where shape[d] == 1 && full[d] != 1 {
      if result.shape[d] == 1 { repeats *= full[d] } else { result = try sum(result, along: d) }
    }
    return repeats == 1 ? result : try times(result, Double(repeats))
  }

  /// `a(subscripts)`
  func index(_ a: Value, _ subscripts: Value...) throws(RuntimeError) -> Value {
    try index(a, subscripts)
  }

  func index(_ a: Value, _ subscripts: [Value], name: String = "") throws(RuntimeError) -> Value {
    var subscripts = subscripts
    return try subscripts.withArguments { window throws(RuntimeError) in
      try Indexing.element(a, window, name: name)
    }
  }

  /// The elements at offsets, in a shape.
  func gather(_ a: Value, _ offsets: [Int], _ shape: Shape) throws(RuntimeError) -> Value {
    if let array = a.realArray, !a.isSingle { return .make(gathered(array, offsets, shape)) }
    let picked = try reshape(
      try index(a, .make(NDArray(column: offsets.map { Double(max($0, 0) + 1) }))), shape)
    guard offsets.contains(where: { $0 < 0 }) else { return picked }
    return try times(picked, .make(NDArray(shape, offsets.map { $0 < 0 ? 0.0 : 1.0 })))
  }

  private func gathered(_ a: NDArray<Double>, _ offsets: [Int], _ shape: Shape) -> NDArray<Double> {
    NDArray(shape, offsets.map { $0 < 0 ? 0 : a[$0] })
  }

  /// Zeros of a shape with each element of `a` added at its offset; offsets below zero are left out.
  func scatter(_ a: Value, _ offsets: [Int], _ shape: Shape) throws(RuntimeError) -> Value {
    var result = Value.make(NDArray<Double>(zeros: shape))
    try scatter(a, offsets, into: &result)
    return result
  }

  /// Adds each element of `a` to `target` at its offset, in place where nobody else holds it.
  func scatter(_ a: Value, _ offsets: [Int], into target: inout Value) throws(RuntimeError) {
    if let operands = Operands([a]) {
      let shape = target.shape
      let plain = try operands.algebra.scatter(operands.values[0], offsets, shape)
      var links: [Link] = []
      if let node = operands.nodes[0] {
        let algebra = self
        let own = node.shape
        links.append(
          Link(node: node, pull: .whole { g throws(RuntimeError) in try algebra.gather(g, offsets, own) }))
      }
      target = try add(target, try operands.tape.record(plain, links, "scatter"))
      return
    }
    guard let source = a.realArray else { throw RuntimeError("a gradient must be numbers") }
    if target.tracked != nil {
      target = try add(target, try scatter(a, offsets, target.shape))
      return
    }
    guard var array = target.full.realArray else { throw RuntimeError("a gradient must be numbers") }
    let isScalar = source.count == 1
    guard isScalar || source.count == offsets.count, offsets.allSatisfy({ $0 < array.count }) else {
      throw RuntimeError("a gradient must have the shape of its number")
    }
    target = .undefined
    if !isKnownUniquelyReferenced(&array) { array = array.copy() }
    for (i, offset) in offsets.enumerated() where offset >= 0 { array[offset] += source[isScalar ? 0 : i] }
    target = .make(array)
  }
}
