import ThetaArrays
import ThetaRuntime

/// One call of a builtin with tracked arguments, as its derivative rule sees it.
struct Application {
  let builtin: Builtin
  let outputs: Int
  /// As they were given, with their tracking.
  let arguments: [Value]
  let operands: Operands
  let algebra: Algebra

  var count: Int { operands.values.count }
  subscript(position: Int) -> Value { operands.values[position] }
  func isTracked(_ position: Int) -> Bool { position < count && operands.nodes[position] != nil }

  /// The ordinary results.
  func forward() throws(RuntimeError) -> [Value] {
    try algebra.run(builtin, operands.values, outputs: outputs)
  }

  func value() throws(RuntimeError) -> Value {
    guard let value = try algebra.run(builtin, operands.values, outputs: 1).first else {
      throw RuntimeError("\(builtin.name): no value")
    }
    return value
  }

  /// A result whose only tracked operand is the first argument.
  func record(_ value: Value, _ pull: Link.Pull) throws(RuntimeError) -> Value {
    try record(value, [(0, pull)])
  }

  /// A result with the ways back to arguments; those of untracked ones are left out.
  func record(_ value: Value, _ pulls: [(Int, Link.Pull)]) throws(RuntimeError) -> Value {
    var links: [Link] = []
    for (position, pull) in pulls where position < count {
      if let node = operands.nodes[position] { links.append(Link(node: node, pull: pull)) }
    }
    return try operands.tape.record(value, links, builtin.name)
  }

  /// The dimension argument, counted from zero, or the first that is not one.
  func dimension(_ position: Int, of shape: Shape) throws(RuntimeError) -> Int {
    guard position < count, let x = self[position].plain.firstReal else { return shape.firstNonSingleton }
    guard let d = Int(exactly: x), d >= 1 else {
      throw RuntimeError("\(builtin.name): invalid dimension DIM = \(x)")
    }
    return d - 1
  }

  /// Refuses forms of a function that an option names.
  func refuseOptions(from position: Int) throws(RuntimeError) {
    for k in position..<max(position, count) {
      if let option = self[k].plain.stringValue { throw refusal("the option \"\(option)\"") }
    }
  }

  /// Refuses a derivative with respect to an argument.
  func refuseTracking(of position: Int, _ what: String) throws(RuntimeError) {
    if isTracked(position) { throw refusal("\(what) that depends on the parameters") }
  }

  /// For forms of a function that have no rule.
  func refusal(_ form: String) -> RuntimeError {
    RuntimeError(
      "\(builtin.name): \(form) cannot be differentiated", identifier: "Theta:not-differentiable")
  }
}

/// The table of derivative rules for builtins.
enum Rules {
  typealias Rule = @Sendable (Application) throws(RuntimeError) -> [Value]
  /// The factor d y / d x of a function that works element by element.
  typealias Factor = @Sendable (Algebra, Value, Value) throws(RuntimeError) -> Value

  static let table: [String: Rule] = makeTable()

  private static func makeTable() -> [String: Rule] {
    var table: [String: Rule] = [:]
    for (name, factor) in elementwiseFactors + moreElementwiseFactors {
      table[name] = rule(factor)
    }
    for rows in [
      operators, reductions, moreReductions, extremes, shapes, selections, linear, spectra, signals, pairs,
      learning, composites, moreComposites,
    ] {
      for (name, rule) in rows { table[name] = rule }
    }
    return table
  }

  private static func rule(_ factor: @escaping Factor) -> Rule {
    { a throws(RuntimeError) in try elementwise(a, factor) }
  }

  /// A builtin with a tracked argument; nil when it runs as it is.
  static func call(_ call: inout Call) throws(RuntimeError) -> [Value]? {
    let name = call.name
    if !call.arguments.contains(where: { $0.live.tracked != nil }) {
      return try Algebra(context: call.context).run(
        call.builtin, call.arguments.map(\.live), outputs: call.outputs)
    }
    if let rule = table[name] {
      let arguments = call.arguments.map(\.live)
      guard let operands = Operands(arguments) else { return nil }
      return try rule(
        Application(
          builtin: call.builtin, outputs: max(1, call.outputs), arguments: arguments,
          operands: operands,
          algebra: operands.algebra))
    }
    if passing.contains(name) { return nil }
    let algebra = Algebra(context: call.context)
    if plain.contains(name) {
      return try algebra.run(call.builtin, call.arguments.map(\.plain), outputs: call.outputs)
    }
    throw RuntimeError(
      "\(name): this function cannot be differentiated", identifier: "Theta:not-differentiable",
      explanation:
        "valgrad has no derivative rule for it; values that do not depend on theta may pass through")
  }

  private static func elementwise(_ a: Application, _ factor: @escaping Factor) throws(RuntimeError)
    -> [Value]
  {
    let (x, y, algebra) = (a[0], try a.value(), a.algebra)
    return [
      try a.record(
        y,
        .elementwise { g throws(RuntimeError) in try algebra.times(g, try factor(algebra, x, y)) })
    ]
  }
}

extension Differentiation {
  static func call(_ call: inout Call) throws(RuntimeError) -> [Value]? { try Rules.call(&call) }
}
