import ThetaArrays
import ThetaRuntime

/// What operators do when an operand is tracked: the ordinary result, and the ways back.
enum Differentiation {
  static func binary(
    _ operation: BinaryOperation, _ a: Value, _ b: Value
  ) throws(RuntimeError) -> Value? {
    switch operation {
    case .less, .lessOrEqual, .equal, .notEqual, .greaterOrEqual, .greater, .and, .or:
      return try Operators.binary(operation, a.plain, b.plain)
    case .multiply:
      if a.shape.isScalar || b.shape.isScalar { return try elementwise(.hadamard, a, b) }
      return try product(a, false, b, false)
    case .divide:
      return try b.shape.isScalar ? elementwise(.elementDivide, a, b) : rightDivision(a, b)
    case .leftDivide:
      return try a.shape.isScalar ? elementwise(.elementDivide, b, a) : leftDivision(a, b)
    case .elementLeftDivide: return try elementwise(.elementDivide, b, a)
    case .power:
      if a.shape.isScalar, b.shape.isScalar { return try elementwise(.elementPower, a, b) }
      return try matrixPower(a, b)
    case .add, .subtract, .hadamard, .elementDivide, .elementPower:
      return try elementwise(operation, a, b)
    }
  }

  // MARK: - Element by element

  private static func elementwise(
    _ operation: BinaryOperation, _ a: Value, _ b: Value
  ) throws(RuntimeError) -> Value? {
    guard let operands = Operands([a, b]) else { return nil }
    let (x, y) = (operands.values[0], operands.values[1])
    let algebra = operands.algebra
    let value = try Operators.binary(operation, x, y)
    let (full, shapeX, shapeY) = (value.shape, x.shape, y.shape)
    var links: [Link] = []
    if let node = operands.nodes[0] {
      links.append(
        Link(
          node: node,
          pull: .elementwise { g throws(RuntimeError) in
            let own: Value
            switch operation {
            case .add, .subtract: own = g
            case .hadamard: own = try algebra.times(g, y)
            case .elementDivide: own = try algebra.over(g, y)
            default: own = try algebra.times(g, try powerFactor(algebra, x, y))
            }
            return try algebra.reduce(own, from: full, to: shapeX)
          }))
    }
    if let node = operands.nodes[1] {
      links.append(
        Link(
          node: node,
          pull: .elementwise { g throws(RuntimeError) in
            let own: Value
            switch operation {
            case .add: own = g
            case .subtract: own = try algebra.minus(g)
            case .hadamard: own = try algebra.times(g, x)
            case .elementDivide: own = try algebra.minus(try algebra.over(try algebra.times(g, value), y))
            default: own = try algebra.times(g, try exponentFactor(algebra, x, value))
            }
            return try algebra.reduce(own, from: full, to: shapeY)
          }))
    }
    return try operands.tape.record(value, links, "operator \(operation.rawValue)")
  }

  /// d x^p / dx; zero where p is, also at x = 0.
  private static func powerFactor(_ algebra: Algebra, _ x: Value, _ p: Value) throws(RuntimeError) -> Value {
    if case .number(let n) = p {
      if n == 2 { return try algebra.times(x, 2) }
      if n == 1 { return .number(1) }
      if n == 0 { return .number(0) }
      return try algebra.times(try algebra.power(x, .number(n - 1)), n)
    }
    // Where p is zero the power of x is to be x^0 too: 0 * 0^-1 would be NaN.
    let one = try algebra.mask(.notEqual, p, .number(0))
    return try algebra.times(p, try algebra.power(x, try algebra.subtract(p, one)))
  }

  /// d x^p / dp = x^p log (x), zero where x is.
  private static func exponentFactor(
    _ algebra: Algebra, _ x: Value, _ value: Value
  ) throws(RuntimeError) -> Value {
    guard let bases = x.plain.realArray, bases.contains(where: { $0 <= 0 }) else {
      return try algebra.times(value, try algebra.call("log", x))
    }
    if bases.contains(where: { $0 < 0 }) {
      throw RuntimeError(
        "operator .^: a power of a negative number has no derivative with respect to its exponent",
        identifier: "Theta:not-differentiable")
    }
    let isZero = try algebra.mask(.equal, x, .number(0))
    // log (1) in the place of log (0), so that no NaN arises.
    return try algebra.times(value, try algebra.call("log", try algebra.add(x, isZero)))
  }

  // MARK: - Unary

  static func unary(_ operation: UnaryOperation, _ a: Value) throws(RuntimeError) -> Value? {
    if operation == .not { return try Operators.unary(.not, a.plain) }
    guard let operands = Operands([a]), let node = operands.nodes[0] else { return nil }
    let algebra = operands.algebra
    let value = try Operators.unary(operation, operands.values[0])
    let pull: Link.Pull
    switch operation {
    case .minus: pull = .elementwise { g throws(RuntimeError) in try algebra.minus(g) }
    case .hermitian, .transpose: pull = .elementwise { g throws(RuntimeError) in try algebra.transpose(g) }
    default: pull = .elementwise { g throws(RuntimeError) in g }
    }
    return try operands.tape.record(value, [Link(node: node, pull: pull)], "operator \(operation.rawValue)")
  }

  // MARK: - Matrices

  static func product(
    _ a: Value, _ ta: Bool, _ b: Value, _ tb: Bool
  ) throws(RuntimeError) -> Value? {
    if a.shape.isScalar || b.shape.isScalar {
      let left = ta ? try Operators.unary(.hermitian, a) : a
      return try elementwise(.hadamard, left, tb ? Operators.unary(.hermitian, b) : b)
    }
    guard let operands = Operands([a, b]) else { return nil }
    let (x, y) = (operands.values[0], operands.values[1])
    let algebra = operands.algebra
    let value = try algebra.product(x, ta, y, tb)
    var links: [Link] = []
    // No transpose is ever built: every pullback is a product with transposed operands.
    if let node = operands.nodes[0] {
      links.append(
        Link(
          node: node,
          pull: .whole { g throws(RuntimeError) in
            ta ? try algebra.product(y, tb, g, true) : try algebra.product(g, false, y, !tb)
          }))
    }
    if let node = operands.nodes[1] {
      links.append(
        Link(
          node: node,
          pull: .whole { g throws(RuntimeError) in
            tb ? try algebra.product(g, true, x, ta) : try algebra.product(x, !ta, g, false)
          }))
    }
    return try operands.tape.record(value, links, "operator *")
  }

  /// `a \ b`: the solution of a square system, or the one of least squares (smallest norm when there are many).
  private static func leftDivision(_ a: Value, _ b: Value) throws(RuntimeError) -> Value? {
    guard let operands = Operands([a, b]) else { return nil }
    let (x, y) = (operands.values[0], operands.values[1])
    let algebra = operands.algebra
    let value = try algebra.solve(x, y)
    let (rows, columns) = (x.shape.rows, x.shape.columns)
    /// The solution of the adjoint system for a gradient.
    func adjoint(_ g: Value) throws(RuntimeError) -> Value {
      if rows == columns { return try algebra.solve(try algebra.transpose(x), g) }
      if rows > columns {
        return try algebra.product(x, try algebra.solve(try algebra.product(x, true, x), g))
      }
      return try algebra.solve(try algebra.product(x, false, x, true), try algebra.product(x, g))
    }
    var links: [Link] = []
    if let node = operands.nodes[0] {
      links.append(
        Link(
          node: node,
          pull: .whole { g throws(RuntimeError) in
            let v = try adjoint(g)
            let direct = try algebra.minus(try algebra.product(v, false, value, true))
            if rows == columns { return direct }
            if rows > columns {
              let w = try algebra.solve(try algebra.product(x, true, x), g)
              let rest = try algebra.subtract(y, try algebra.product(x, value))
              return try algebra.add(direct, try algebra.product(rest, false, w, true))
            }
            let u = try algebra.solve(try algebra.product(x, false, x, true), y)
            let change = try algebra.subtract(g, try algebra.product(x, true, v))
            return try algebra.add(direct, try algebra.product(u, false, change, true))
          }))
    }
    if let node = operands.nodes[1] {
      links.append(Link(node: node, pull: .whole { g throws(RuntimeError) in try adjoint(g) }))
    }
    return try operands.tape.record(value, links, "operator \\")
  }

  /// `a / b = (b' \ a')'`
  private static func rightDivision(_ a: Value, _ b: Value) throws(RuntimeError) -> Value? {
    let (left, right) = (try Operators.unary(.transpose, b), try Operators.unary(.transpose, a))
    guard let solution = try leftDivision(left, right) else { return nil }
    return try Operators.unary(.transpose, solution)
  }

  /// Whole powers of a matrix, by products.
  private static func matrixPower(_ a: Value, _ b: Value) throws(RuntimeError) -> Value? {
    guard case .number(let exponent) = b, var n = Int(exactly: exponent), abs(n) <= 1 << 20,
      let operands = Operands([a])
    else {
      throw RuntimeError(
        "operator ^: powers of matrices can be differentiated for whole exponents only",
        identifier: "Theta:not-differentiable")
    }
    let algebra = operands.algebra
    var base = n < 0 ? try algebra.call("inv", a) : a
    n = abs(n)
    var result: Value?
    while n > 0 {
      if n & 1 == 1 {
        if let sofar = result { result = try algebra.product(sofar, base) } else { result = base }
      }
      n >>= 1
      if n > 0 { base = try algebra.product(base, base) }
    }
    if let result { return result }
    return try Operators.binary(.power, a.plain, b)
  }
}
