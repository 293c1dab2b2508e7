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
  /// Tracked numbers that exist.
  var alive = 0
  /// The run has ended. Numbers that the script has kept, say in a global variable, are plain ones from now on.
  private(set) var isOver = false

  init(_ context: Context) {
    self.context = context
    level = context.overriding
    context.overriding += 1
  }

  /// Ends the run: builtins no longer look for tracked numbers, unless an outer tape runs or the script has kept some.
  /// Called when the function that was differentiated and its results are gone.
  func end() {
    isOver = true
    let keepers = context.state { Keepers() }
    if alive == 0 || keepers.areWatched { context.overriding -= 1 } else { keepers.areWatched = true }
  }

  /// Whether numbers of tapes that are over exist in a session, so that builtins go on looking for them.
  private final class Keepers {
    var areWatched = false
  }

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
    let plain = value.plain
    guard plain.isFloat, !plain.isComplex else {
      let what = plain.isComplex ? "complex" : "of class \(plain.className)"
      throw RuntimeError(
        "\(operation()): the result is \(what) here, and gradients are of real floating-point numbers",
        identifier: plain.isComplex ? Gradient.complexResult : "Theta:not-differentiable")
    }
    return .object(Tracked(value, node(value.shape, links)))
  }

  // MARK: - Backwards

  /// The nodes that lead to a result, last first.
  func path(to result: Node) -> [Node] {
    var found = [Node?](repeating: nil, count: count + 1)
    var pending = [result]
    found[result.order] = result
    while let node = pending.popLast() {
      // By number: a link as a whole would have to be held, with its rule.
      for k in node.links.indices {
        let operand = node.links[k].node
        if found[operand.order] == nil {
          found[operand.order] = operand
          pending.append(operand)
        }
      }
    }
    return found.reversed().compactMap { $0 }
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
      for link in links { try pull(&gradient, of: node, through: link) }
    }
  }

  /// Adds what a result's gradient makes of an operand's.
  private func pull(_ gradient: inout Value, of result: Node, through link: Link) throws(RuntimeError) {
    let operand = link.node
    switch link.pull {
    case .scale(let factor):
      if case .number(let g) = gradient {
        try operand.add(.number(g * factor), algebra)
      } else {
        try operand.add(try algebra.times(gradient, factor), algebra)
      }
    case .element(let offset):
      let own = gradient
      try operand.change(algebra) { target throws(RuntimeError) in
        try algebra.scatter(own, [offset], into: &target)
      }
    case .place(let offset):
      gradient = try algebra.expand(gradient, to: result.shape)
      if case .real(let g) = gradient {
        try operand.add(.number(g[offset]), algebra)
      } else {
        try operand.add(try algebra.index(gradient, .integer(offset + 1)), algebra)
      }
    case .unplace(let offset, let shape):
      var own = try algebra.expand(gradient, to: result.shape)
      gradient = .undefined
      try Differentiation.unplace(&own, offset, shape, algebra)
      try operand.add(own, algebra)
    case .elementwise(let rule):
      try operand.add(try rule(gradient), algebra)
    case .whole(let rule):
      gradient = try algebra.expand(gradient, to: result.shape)
      try operand.add(try rule(gradient), algebra)
    case .into(let rule):
      let whole = try algebra.expand(gradient, to: result.shape)
      gradient = whole
      try operand.change(algebra) { target throws(RuntimeError) in try rule(whole, &target) }
    case .consuming(let rule):
      var own = try algebra.expand(gradient, to: result.shape)
      gradient = .undefined
      try rule(&own)
      try operand.add(own, algebra)
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
    /// The operand was put into a real array at an offset.
    case place(Int)
    /// What a real array was before an element was put in at an offset: an array of this shape, without that element
    /// when it was appended. Always the last link of a node.
    case unplace(Int, Shape)
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

  /// Changes the gradient, given in full, in place.
  fileprivate func change(
    _ algebra: Algebra, _ body: (inout Value) throws(RuntimeError) -> Void
  ) throws(RuntimeError) {
    var target = try wholeGradient(algebra)
    gradient = nil
    try body(&target)
    gradient = target
  }

  /// The gradient in the shape of the node; zeros when nothing has reached it.
  func wholeGradient(_ algebra: Algebra) throws(RuntimeError) -> Value {
    guard let gradient else { return .make(NDArray<Double>(zeros: shape)) }
    return try algebra.expand(gradient, to: shape)
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
