import ThetaArrays
import ThetaRuntime

/// The gradient of a cost function of the language, by reverse-mode differentiation.
package struct Gradient {
  /// The identifier of the error for complex numbers on the way to the cost.
  package static let complexResult = "Theta:complex-result"

  let context: Context
  /// The builtin that asks, for messages.
  let name: String

  package init(context: Context, name: String) {
    self.context = context
    self.name = name
  }

  /// The function's value and its derivatives with respect to `theta`, in theta's structure: numbers, or cells and
  /// structs of them. The value may have one element only.
  package func evaluate(
    _ function: Value, _ theta: Value, _ more: [Value]
  ) throws(RuntimeError) -> (cost: Value, gradient: Value) {
    let tape = Tape(context)
    defer { tape.end() }
    return try evaluate(function, theta, more, on: tape)
  }

  private func evaluate(
    _ function: Value, _ theta: Value, _ more: [Value], on tape: Tape
  ) throws(RuntimeError) -> (cost: Value, gradient: Value) {
    var leaves: [Node] = []
    let tracked = try track(theta, on: tape, &leaves, "theta", 0)
    let result = try invoke(function, [tracked] + more)
    guard result.count == 1, result.plain.isNumeric || result.plain.isLogical else {
      throw RuntimeError(
        "\(name): the cost must be one real number, not \(result.plain.typeName) of size \(result.shape)")
    }
    var next = 0
    guard let end = result.tracked, end.node.tape === tape else {
      return (result, try collect(theta, leaves, &next, tape.algebra))
    }
    let path = tape.path(to: end.node)
    try tape.pull(.number(1), along: path)
    return (end.value, try collect(theta, leaves, &next, tape.algebra))
  }

  /// The value of a function and the matrix of its derivatives, one row for each element of the value.
  func jacobian(
    _ function: Value, _ theta: Value, _ more: [Value]
  ) throws(RuntimeError) -> (value: Value, jacobian: Value) {
    let tape = Tape(context)
    defer { tape.end() }
    return try jacobian(function, theta, more, on: tape)
  }

  private func jacobian(
    _ function: Value, _ theta: Value, _ more: [Value], on tape: Tape
  ) throws(RuntimeError) -> (value: Value, jacobian: Value) {
    var leaves: [Node] = []
    let tracked = try track(theta, on: tape, &leaves, "theta", 0)
    let result = try invoke(function, [tracked] + more)
    let columns = leaves.reduce(0) { $0 + $1.shape.count }
    let rows = result.count
    try Call.check(Shape(rows, columns))
    guard let end = result.tracked, end.node.tape === tape else {
      return (result, .make(NDArray<Double>(zeros: Shape(rows, columns))))
    }
    let path = tape.path(to: end.node)
    var lines: [Value] = []
    let algebra = tape.algebra
    for i in 0..<rows {
      let seed = NDArray<Double>(zeros: result.shape)
      seed[i] = 1
      try tape.pull(.make(seed), along: path, keepingLinks: true)
      var parts: [Value] = []
      for leaf in leaves {
        let part = try leaf.wholeGradient(algebra)
        parts.append(try algebra.reshape(part, Shape(1, part.count)))
      }
      lines.append(parts.count == 1 ? parts[0] : try Concatenation.matrix([parts]))
    }
    if lines.isEmpty { return (end.value, .make(NDArray<Double>(zeros: Shape(0, columns)))) }
    return (end.value, try Concatenation.matrix(lines.map { [$0] }))
  }

  /// The matrix of second derivatives times `direction`: the gradient of the gradient's product with it, exact.
  package func hessianProduct(
    _ function: Value, _ theta: Value, _ direction: Value, _ more: [Value]
  ) throws(RuntimeError) -> Value {
    let outer = Tape(context)
    defer { outer.end() }
    return try hessianProduct(function, theta, direction, more, on: outer)
  }

  private func hessianProduct(
    _ function: Value, _ theta: Value, _ direction: Value, _ more: [Value], on outer: Tape
  ) throws(RuntimeError) -> Value {
    var leaves: [Node] = []
    let tracked = try track(theta, on: outer, &leaves, "theta", 0)
    let algebra = outer.algebra
    let gradient = try evaluate(function, tracked, more).gradient
    var sum: Value = .number(0)
    try pair(gradient, direction) { part, way throws(RuntimeError) in
      sum = try algebra.add(sum, try algebra.total(try algebra.times(part, way)))
    }
    if let end = sum.tracked { try outer.pull(.number(1), along: outer.path(to: end.node)) }
    var next = 0
    return try collect(theta, leaves, &next, algebra)
  }

  // MARK: - Structures of parameters

  private func invoke(_ function: Value, _ arguments: [Value]) throws(RuntimeError) -> Value {
    let results: [Value]
    do {
      results = try invoke(function, arguments, outputs: 1)
    } catch  where error.message.hasPrefix("deal: nargin > 1") {
      // `@(theta) deal (J, grad)` insists on both outputs.
      results = try invoke(function, arguments, outputs: 2)
    }
    guard let result = results.first else {
      throw RuntimeError("\(name): the function returned no value")
    }
    return result
  }

  private func invoke(_ function: Value, _ arguments: [Value], outputs: Int) throws(RuntimeError) -> [Value] {
    if case .function(let handle) = function {
      return try context.invoker.invoke(handle, arguments, outputs: outputs)
    }
    return try context.invoker.invoke(named: try function.string(of: name), arguments, outputs: outputs)
  }

  /// The parameters with every number in them tracked.
  private func track(
    _ theta: Value, on tape: Tape, _ leaves: inout [Node], _ part: String, _ depth: Int
  ) throws(RuntimeError) -> Value {
    guard depth < 64 else { throw RuntimeError("\(name): \(part) is nested too deeply") }
    switch theta {
    case .cell(let cells):
      var values: [Value] = []
      for (i, cell) in cells.enumerated() {
        values.append(try track(cell, on: tape, &leaves, "\(part){\(i + 1)}", depth + 1))
      }
      return .cell(cells.shape, values)
    case .structure(let s) where s.count == 1:
      let result = StructArray()
      for (field, value) in zip(s.names, s.values) {
        result.setField(field, try track(value, on: tape, &leaves, "\(part).\(field)", depth + 1))
      }
      return .structure(result)
    default:
      let number = theta.full
      guard number.plain.isFloat, !number.plain.isComplex else {
        throw RuntimeError(
          "\(name): \(part) must be real floating-point numbers, not \(theta.plain.typeName)")
      }
      let variable = tape.variable(number)
      leaves.append(variable.node)
      return .object(variable)
    }
  }

  /// The gradients of the leaves in the structure of the parameters.
  private func collect(
    _ theta: Value, _ leaves: [Node], _ next: inout Int, _ algebra: Algebra
  ) throws(RuntimeError) -> Value {
    switch theta {
    case .cell(let cells):
      var values: [Value] = []
      for cell in cells { values.append(try collect(cell, leaves, &next, algebra)) }
      return .cell(cells.shape, values)
    case .structure(let s) where s.count == 1:
      let result = StructArray()
      for (field, value) in zip(s.names, s.values) {
        result.setField(field, try collect(value, leaves, &next, algebra))
      }
      return .structure(result)
    default:
      let gradient = try leaves[next].wholeGradient(algebra)
      next += 1
      if theta.plain.isSingle, !gradient.plain.isSingle { return try algebra.call("single", gradient) }
      return gradient
    }
  }

  /// Walks two structures of the same form.
  private func pair(
    _ a: Value, _ b: Value, _ visit: (Value, Value) throws(RuntimeError) -> Void
  ) throws(RuntimeError) {
    switch (a, b) {
    case (.cell(let x), .cell(let y)) where x.count == y.count:
      for (p, q) in zip(x, y) { try pair(p, q, visit) }
    case (.structure(let x), .structure(let y)) where x.names == y.names && x.count == 1 && y.count == 1:
      for (p, q) in zip(x.values, y.values) { try pair(p, q, visit) }
    default:
      guard a.shape == b.shape || a.count == b.count && b.isNumeric else {
        throw RuntimeError("\(name): the direction has size \(b.shape), but theta has size \(a.shape)")
      }
      let algebra = Algebra(context: context)
      try visit(a, try algebra.reshape(b, a.shape))
    }
  }
}
