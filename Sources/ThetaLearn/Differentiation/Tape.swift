import ThetaArrays
import ThetaRuntime

/// One run of reverse-mode differentiation. Operations on tracked numbers leave nodes behind, each with the
/// derivative rules that lead back to its operands; `gradients` walks them from the result to the start.
///
/// Tapes nest: numbers that are tracked on an inner tape may hold numbers tracked on an outer one, so the rules,
/// which calculate with values of the language, can be differentiated themselves.
final class Tape {
  let context: Context
  /// How many tapes were running when this one started. Operations belong to the innermost tape of their operands.
  let level: Int
  private var count = 0

  init(_ context: Context) {
    self.context = context
    level = context.overriding
    context.overriding += 1
  }

  /// Ends the run: builtins no longer look for tracked numbers unless an outer tape runs.
  func end() { context.overriding -= 1 }

  var algebra: Algebra { Algebra(context: context) }

  /// A number whose gradient is wanted.
  func variable(_ value: Value) -> Tracked { Tracked(value, node(value.shape, [])) }

  func node(_ shape: Shape, _ links: [Link]) -> Node {
    count += 1
    return Node(self, order: count, shape, links)
  }

  /// The result of an operation with the ways back to its tracked operands.
  func record(_ value: Value, _ links: [Link], _ operation: @autoclosure () -> String)
    throws(RuntimeError) -> Value
  {
    if links.isEmpty { return value }
    if value.plain.isComplex {
      throw RuntimeError(
        "\(operation()): the result is complex here, and gradients are of real numbers",
        identifier: "Theta:not-differentiable")
    }
    return .object(Tracked(value, node(value.shape, links)))
  }

  // MARK: - Backwards

  /// The nodes that lead to a result, last first.
  func path(to result: Node) -> [Node] {
    var nodes: [Node] = []
    var pending = [result]
    result.isReached = true
    while let node = pending.popLast() {
      nodes.append(node)
      for link in node.links where !link.node.isReached {
        link.node.isReached = true
        pending.append(link.node)
      }
    }
    for node in nodes { node.isReached = false }
    nodes.sort { $0.order > $1.order }
    return nodes
  }

  /// Walks a path backwards from a gradient of its first node; afterwards the variables on it hold theirs. With
  /// `keepingLinks`, the path can be walked again.
  func pull(_ seed: Value, along path: [Node], keepingLinks: Bool = false) throws(RuntimeError) {
    guard let result = path.first else { return }
    for node in path { node.gradient = nil }
    result.gradient = seed
    for node in path where !node.links.isEmpty {
      guard var gradient = node.gradient else { continue }
      node.gradient = nil
      let links = node.links
      if !keepingLinks { node.links = [] }
      for link in links {
        switch link.pull {
        case .scale(let factor):
          if case .number(let g) = gradient {
            try link.node.add(.number(g * factor), algebra)
          } else {
            try link.node.add(try algebra.times(gradient, factor), algebra)
          }
          continue
        case .element(let offset):
          var target = try link.node.wholeGradient(algebra)
          link.node.gradient = nil
          try algebra.scatter(gradient, [offset], into: &target)
          link.node.gradient = target
          continue
        case .elementwise(let rule):
          try link.node.add(try rule(gradient), algebra)
          continue
        default: gradient = try algebra.expand(gradient, to: node.shape)
        }
        switch link.pull {
        case .elementwise, .scale, .element: break
        case .whole(let rule): try link.node.add(try rule(gradient), algebra)
        case .into(let rule):
          var target = try link.node.wholeGradient(algebra)
          link.node.gradient = nil
          try rule(gradient, &target)
          link.node.gradient = target
        case .consuming(let rule):
          var own = gradient
          gradient = .undefined
          try rule(&own)
          try link.node.add(own, algebra)
        }
      }
    }
  }
}

/// A way back from a result to one of its operands.
struct Link {
  /// From the gradient of the result to that of the operand.
  enum Pull {
    /// A real scalar of a real scalar: the derivative.
    case scale(Double)
    /// The element of a real array at an offset.
    case element(Int)
    /// Works element by element: gradients that broadcast to the shape of the result will do, and the answer
    /// may itself be one that broadcasts to the operand's shape.
    case elementwise((Value) throws(RuntimeError) -> Value)
    /// Wants the gradient in the shape of the result.
    case whole((Value) throws(RuntimeError) -> Value)
    /// Adds to the operand's gradient, given in full, in place.
    case into((Value, inout Value) throws(RuntimeError) -> Void)
    /// Changes the gradient of the result into that of the operand, in place. Always the last link of a node.
    case consuming((inout Value) throws(RuntimeError) -> Void)
  }

  let node: Node
  let pull: Pull
}

/// One operation on a tape.
final class Node {
  let tape: Tape
  /// Operations are numbered as they happen; operands come before results.
  let order: Int
  let shape: Shape
  fileprivate(set) var links: [Link]
  fileprivate(set) var gradient: Value?
  fileprivate var isReached = false

  init(_ tape: Tape, order: Int, _ shape: Shape, _ links: [Link]) {
    self.tape = tape
    self.order = order
    self.shape = shape
    self.links = links
  }

  /// Chains are as long as scripts run, so they are released one by one and not each inside the next.
  deinit {
    var pending = links.map(\.node)
    links = []
    while var node = pending.popLast() {
      if isKnownUniquelyReferenced(&node) {
        pending.append(contentsOf: node.links.map(\.node))
        node.links = []
      }
    }
  }

  /// Adds to the gradient, in place where nobody else holds it.
  fileprivate func add(_ more: Value, _ algebra: Algebra) throws(RuntimeError) {
    if case .number(let x) = more {
      if gradient == nil {
        gradient = more
        return
      }
      if case .number(let y)? = gradient {
        gradient = .number(x + y)
        return
      }
    }
    if case .real(let b) = more, addInPlace(b) { return }
    gradient = try gradient.map { old throws(RuntimeError) in try algebra.add(old, more).full } ?? more.full
  }

  private func addInPlace(_ b: NDArray<Double>) -> Bool {
    guard case .real(var a)? = gradient, a.shape == b.shape else { return false }
    gradient = nil
    defer { gradient = .real(a) }
    guard isKnownUniquelyReferenced(&a) else { return false }
    return (try? NDArray.applying(.add, a, b, reusing: a)) != nil
  }

  /// The gradient in the shape of the node; zeros when nothing has reached it.
  func wholeGradient(_ algebra: Algebra) throws(RuntimeError) -> Value {
    guard let gradient else { return .make(NDArray<Double>(zeros: shape)) }
    return try algebra.expand(gradient, to: shape)
  }
}

/// A number on a tape, as scripts hold it: it answers as the number does, and every operation on it is recorded.
final class Tracked: ObjectValue {
  /// The number: plain, or tracked on an outer tape.
  var value: Value
  let node: Node

  init(_ value: Value, _ node: Node) {
    self.value = value
    self.node = node
  }

  override var className: String { value.className }
  override var shape: Shape { value.shape }
  override var plainValue: Value? { value }

  override func operate(
    _ operation: BinaryOperation, _ a: Value, _ b: Value
  ) throws(RuntimeError) -> Value? {
    if let result = Differentiation.scalars(operation, a, b) { return result }
    return try Differentiation.binary(operation, a, b)
  }

  override func operate(_ operation: UnaryOperation, _ a: Value) throws(RuntimeError) -> Value? {
    if operation == .minus, case .number(let x) = value {
      return .object(Tracked(.number(-x), node.tape.node(.scalar, [Link(node: node, pull: .scale(-1))])))
    }
    return try Differentiation.unary(operation, a)
  }

  override func product(
    _ a: Value, hermitian hermitianA: Bool, _ b: Value, hermitian hermitianB: Bool
  ) throws(RuntimeError) -> Value? { try Differentiation.product(a, hermitianA, b, hermitianB) }

  override func index(_ subscripts: [Value]) throws(RuntimeError) -> Value? {
    try Differentiation.index(self, subscripts)
  }

  override func concatenate(_ rows: [[Value]]) throws(RuntimeError) -> Value? {
    try Differentiation.concatenate(rows)
  }

  override func concatenate(_ values: [Value], along dimension: Int) throws(RuntimeError) -> Value? {
    try Differentiation.concatenate(values, along: dimension)
  }

  override func reshaped(to shape: Shape) throws(RuntimeError) -> Value? {
    try node.tape.algebra.reshape(.object(self), shape)
  }

  override class func assign(
    _ value: inout Value, _ subscripts: Arguments, _ new: Value, in context: Context?
  ) throws(RuntimeError) -> Bool { try Differentiation.assign(&value, subscripts, new, in: context) }

  override class func delete(
    _ value: inout Value, _ subscripts: Arguments
  ) throws(RuntimeError) -> Bool { try Differentiation.delete(&value, subscripts) }

  override func call(_ call: inout Call) throws(RuntimeError) -> [Value]? {
    try Differentiation.call(&call)
  }

  override func isEqual(to other: ObjectValue) -> Bool { self === other }
}

extension Value {
  var tracked: Tracked? {
    guard case .object(let object) = self, type(of: object) == Tracked.self else { return nil }
    return unsafeDowncast(object, to: Tracked.self)
  }
}

/// The operands of one operation as its tape sees them: without that tape's wrapping, and with the nodes of
/// those that it tracks.
struct Operands {
  let tape: Tape
  var values: [Value]
  var nodes: [Node?]

  /// Nil when nothing is tracked.
  init?(_ operands: [Value]) {
    var innermost: Tape?
    for value in operands {
      if let tape = value.tracked?.node.tape, tape.level > innermost?.level ?? -1 { innermost = tape }
    }
    guard let innermost else { return nil }
    tape = innermost
    values = operands
    nodes = Array(repeating: nil, count: operands.count)
    for (i, value) in operands.enumerated() {
      if let tracked = value.tracked, tracked.node.tape === innermost {
        values[i] = tracked.value
        nodes[i] = tracked.node
      }
    }
  }

  var algebra: Algebra { tape.algebra }
}
