import ThetaArrays
import ThetaRuntime

/// A number on a tape, as scripts hold it: it answers as the number does, and every operation on it is recorded.
final class Tracked: ObjectValue {
  /// The number: plain, or tracked on an outer tape.
  var value: Value
  let node: Node

  init(_ value: Value, _ node: Node) {
    self.value = value
    self.node = node
    node.tape.alive += 1
  }

  deinit { node.tape.alive -= 1 }

  override var className: String { value.className }
  override var shape: Shape { value.shape }
  override var plainValue: Value? { value }

  override func operate(
    _ operation: BinaryOperation, _ a: Value, _ b: Value
  ) throws(RuntimeError) -> Value? {
    if let result = Differentiation.scalars(operation, a, b) { return result }
    let (a, b) = (a.live, b.live)
    if a.tracked == nil, b.tracked == nil { return try Operators.binary(operation, a, b) }
    return try Differentiation.binary(operation, a, b)
  }

  override func operate(_ operation: UnaryOperation, _ a: Value) throws(RuntimeError) -> Value? {
    if node.tape.isOver { return try Operators.unary(operation, a.live) }
    if operation == .minus, case .number(let x) = value {
      return .object(Tracked(.number(-x), node.tape.node(.scalar, [Link(node: node, pull: .scale(-1))])))
    }
    return try Differentiation.unary(operation, a)
  }

  override func product(
    _ a: Value, hermitian hermitianA: Bool, _ b: Value, hermitian hermitianB: Bool
  ) throws(RuntimeError) -> Value? {
    let (a, b) = (a.live, b.live)
    if a.tracked == nil, b.tracked == nil {
      return try Operators.product(a, hermitian: hermitianA, b, hermitian: hermitianB)
    }
    return try Differentiation.product(a, hermitianA, b, hermitianB)
  }

  override func index(_ subscripts: [Value], name: String) throws(RuntimeError) -> Value? {
    if node.tape.isOver { return try node.tape.algebra.index(value.live, subscripts, name: name) }
    return try Differentiation.index(self, subscripts, name: name)
  }

  override func range(
    _ base: Value, _ increment: Value?, _ limit: Value, _ plain: Value
  ) throws(RuntimeError) -> Value? { try Differentiation.range(base.live, increment?.live, plain) }

  override func concatenate(_ rows: [[Value]]) throws(RuntimeError) -> Value? {
    let rows = rows.map { $0.map(\.live) }
    if rows.allSatisfy(Differentiation.arePlainArrays) { return try Concatenation.matrix(rows) }
    return try Differentiation.concatenate(rows)
  }

  override func concatenate(_ values: [Value], along dimension: Int) throws(RuntimeError) -> Value? {
    let values = values.map(\.live)
    if Differentiation.arePlainArrays(values) {
      return try Concatenation.along(dimension, values, function: "cat")
    }
    return try Differentiation.concatenate(values, along: dimension)
  }

  override func reshaped(to shape: Shape) throws(RuntimeError) -> Value? {
    try node.tape.algebra.reshape(Value.object(self).live, shape)
  }

  override class func assign(
    _ value: inout Value, _ subscripts: Arguments, _ new: Value, in context: Context?
  ) throws(RuntimeError) -> Bool {
    if value.isOver { value = value.live }
    guard new.isOver else { return try Differentiation.assign(&value, subscripts, new, in: context) }
    switch value {
    case .cell, .structure, .function: return false
    default: break
    }
    if value.tracked != nil {
      return try Differentiation.assign(&value, subscripts, new.live, in: context)
    }
    try Differentiation.store(&value, subscripts.map(\.plain), new.live, context)
    return true
  }

  override class func delete(
    _ value: inout Value, _ subscripts: Arguments
  ) throws(RuntimeError) -> Bool {
    if value.isOver { value = value.live }
    return try Differentiation.delete(&value, subscripts)
  }

  override func call(_ call: inout Call) throws(RuntimeError) -> [Value]? {
    try Differentiation.call(&call)
  }

  override func isEqual(to other: ObjectValue) -> Bool { self === other }
}

extension Value {
  /// Whether this is a number that a derivative is being taken of.
  package var isTracked: Bool { tracked != nil }

  var tracked: Tracked? {
    guard case .object(let object) = self, type(of: object) == Tracked.self else { return nil }
    return unsafeDowncast(object, to: Tracked.self)
  }

  /// A number of a tape that is over.
  fileprivate var isOver: Bool { tracked?.node.tape.isOver ?? false }

  /// The number itself, in the place of one whose tape is over.
  var live: Value {
    guard let tracked, tracked.node.tape.isOver else { return self }
    return tracked.value.live
  }
}
