import ThetaRuntime

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

// Operators on real scalars: their derivatives are numbers, known at once, so no closure need be kept. Loops over
// single elements spend their time here.

extension Differentiation {
  /// Nil when an operand is no real scalar, or the operator needs more care.
  static func scalars(_ operation: BinaryOperation, _ a: Value, _ b: Value) -> Value? {
    var (nodeA, nodeB): (Node?, Node?)
    guard let x = number(a, &nodeA), let y = number(b, &nodeB), let tape = nodeA?.tape ?? nodeB?.tape else {
      return nil
    }
    if tape.isOver { return nil }
    if let other = nodeB?.tape, other !== tape { return nil }
    let (value, slopeX, slopeY): (Double, Double, Double)
    switch operation {
    case .add: (value, slopeX, slopeY) = (x + y, 1, 1)
    case .subtract: (value, slopeX, slopeY) = (x - y, 1, -1)
    case .multiply, .hadamard: (value, slopeX, slopeY) = (x * y, y, x)
    case .divide, .elementDivide:
      let quotient = x / y
      (value, slopeX, slopeY) = (quotient, 1 / y, -quotient / y)
    case .power, .elementPower:
      guard nodeB == nil, x > 0 || y == 2,
        case .number(let power)? = try? Operators.binary(operation, .number(x), .number(y))
      else { return nil }
      (value, slopeX, slopeY) = (power, y == 2 ? 2 * x : y == 0 ? 0 : y * pow(x, y - 1), 0)
    default: return nil
    }
    var links: [Link] = []
    links.reserveCapacity(2)
    if let nodeA { links.append(Link(node: nodeA, pull: .scale(slopeX))) }
    if let nodeB { links.append(Link(node: nodeB, pull: .scale(slopeY))) }
    return .object(Tracked(.number(value), tape.node(.scalar, links)))
  }

  private static func number(_ value: Value, _ node: inout Node?) -> Double? {
    if case .number(let x) = value { return x }
    guard let tracked = value.tracked, case .number(let x) = tracked.value else { return nil }
    node = tracked.node
    return x
  }
}
