import Glibc
import ThetaArrays
import ThetaRuntime

// Functions of two real numbers, with broadcasting: remainders, angles, hypotenuses, roots.

enum PairFunctions {
  static let table: [Builtin] = [
    Builtin(
      "z = mod (x, y)",
      """
      x - y · floor (x / y), with the sign of y; x when y is 0. Integers give their class.
      Error "mod: nonconformant arguments (op1 is 1x2, op2 is 1x3)".

      >> mod (-1, 3)
      ans = 2
      """, mod, scalar2: { modulo($0, $1) }),
    Builtin(
      "z = rem (x, y)",
      """
      x - y · fix (x / y), with the sign of x; NaN when y is 0.

      >> rem (-1, 3)
      ans = -1
      """, rem,
      scalar2: { remainder($0, $1) }),
    Builtin(
      "z = atan2 (y, x)",
      """
      The angle of the point (x, y) in radians, in [-pi, pi].

      >> atan2 (1, 1)
      ans = 0.7854
      """, atan2,
      scalar2: { Glibc.atan2($0, $1) }),
    Builtin(
      "z = hypot (x, y, z...)",
      """
      sqrt (x² + y² + …) without overflow.

      >> hypot (3, 4)
      ans = 5
      """, hypot,
      scalar2: { Glibc.hypot($0, $1) }),
    Builtin(
      "y = nthroot (x, n)",
      """
      The real n-th root; negative x needs an odd n.

      >> nthroot (-32, 5)
      ans = -2
      """, nthroot),
    Builtin(
      "y = realsqrt (x)",
      """
      sqrt (x), an error when the result is complex.

      >> realsqrt ([4 9])
      ans =

         2   3

      """, realsqrt),
    Builtin(
      "y = reallog (x)",
      """
      log (x), an error when the result is complex.

      >> reallog (1)
      ans = 0
      """, reallog),
    Builtin(
      "z = realpow (x, y)",
      """
      x .^ y, an error when the result is complex.

      >> realpow (2, 3)
      ans = 8
      """, realpow),
    Builtin(
      "z = beta (a, b)",
      """
      The beta function of positive numbers.

      >> beta (1, 2)
      ans = 0.5000
      """, beta),
    Builtin(
      "z = betaln (a, b)",
      """
      The logarithm of the beta function.

      >> betaln (1, 1)
      ans = 0
      """, betaln),
  ]

  /// As the kernel `modulo`.
  @Sendable static func modulo(_ x: Double, _ y: Double) -> Double {
    if y == 0 { return x }
    let q = x / y
    let nearest = q.rounded(.toNearestOrAwayFromZero)
    var result = 0.0
    let isFraction = y.rounded(.toNearestOrAwayFromZero) != y
    if !(isFraction && Swift.abs((q - nearest) / nearest) < Double.ulpOfOne) {
      result = x - y * q.rounded(.down)
    }
    return x != y ? Glibc.copysign(result, y) : result
  }

  /// As the kernel `remainder`.
  @Sendable static func remainder(_ x: Double, _ y: Double) -> Double {
    if y == 0 { return .nan }
    let q = x / y
    let nearest = q.rounded(.toNearestOrAwayFromZero)
    var result = 0.0
    let isFraction = y.rounded(.toNearestOrAwayFromZero) != y
    if !(isFraction && Swift.abs((q - nearest) / nearest) < Double.ulpOfOne) {
      result = x - y * q.rounded(.towardZero)
    }
    return x != y ? Glibc.copysign(result, x) : result
  }

  private static func requireNumbers(_ call: Call) throws(RuntimeError) {
    for k in 0..<min(2, call.count) {
      guard call[k].isNumeric else { throw call.wrongType(k) }
    }
  }

  private static func kernel(
    _ call: Call, _ kernel: BinaryKernel, _ a: Value, _ b: Value
  ) throws(RuntimeError) -> Value {
    if a.isSingle || b.isSingle {
      let x = try a.visitReal(ExtremeValues.Conversion<Float>()) ?? NDArray(zeros: .empty)
      let y = try b.visitReal(ExtremeValues.Conversion<Float>()) ?? NDArray(zeros: .empty)
      return .make(
        try ExtremeValues.broadcast(call.name) { () throws(ArrayError) in
          try NDArray<Float>.applying(kernel, x, y)
        })
    }
    guard let x = a.realArray, let y = b.realArray else { throw call.wrongType(0) }
    return .make(
      try ExtremeValues.broadcast(call.name) { () throws(ArrayError) in
        try NDArray<Double>.applying(kernel, x, y)
      })
  }

  private struct IntegerRemainder: RealVisitor {
    var other: Value
    var isModulo: Bool
    var name: String

    func visit<E: RealElement>(_ x: NDArray<E>) throws(RuntimeError) -> Value {
      guard let y = try other.visitReal(ExtremeValues.Conversion<E>()) else { return other }
      return try combine(x, y)
    }

    func combine<E: RealElement>(_ x: NDArray<E>, _ y: NDArray<E>) throws(RuntimeError) -> Value {
      let isModulo = self.isModulo
      return .make(
        try ExtremeValues.broadcast(name) { () throws(ArrayError) in
          try NDArray<E>.zip(x, y) { a, b in
            let zero = E.zero
            if b == zero { return isModulo ? a : zero }
            let rest = a.remainder(dividingBy: b)
            if isModulo, rest != zero, (rest < zero) != (b < zero) { return rest.adding(b) }
            return rest
          }
        })
    }
  }

  /// As `IntegerRemainder` where the visited array is the second operand.
  private struct SecondRemainder: RealVisitor {
    var first: Value
    var isModulo: Bool
    var name: String
    func visit<E: RealElement>(_ y: NDArray<E>) throws(RuntimeError) -> Value {
      guard let x = try first.visitReal(ExtremeValues.Conversion<E>()) else { return first }
      return try IntegerRemainder(other: .make(y), isModulo: isModulo, name: name).combine(x, y)
    }
  }

  private static func remainder(_ call: Call, isModulo: Bool) throws(RuntimeError) -> Value {
    let (a, b) = (call[0], call[1])
    try requireNumbers(call)
    if a.isComplex || b.isComplex { throw call.error("not defined for complex numbers") }
    if a.isInteger || b.isInteger {
      if a.isInteger, b.isInteger, a.className != b.className {
        throw call.error("cannot combine \(a.className) and \(b.className)")
      }
      if a.isInteger {
        return try a.visitReal(IntegerRemainder(other: b, isModulo: isModulo, name: call.name)) ?? a
      }
      return try b.visitReal(SecondRemainder(first: a, isModulo: isModulo, name: call.name)) ?? a
    }
    return try kernel(call, isModulo ? .modulo : .remainder, a, b)
  }

  static func mod(_ call: inout Call) throws(RuntimeError) -> Value { try remainder(call, isModulo: true) }
  static func rem(_ call: inout Call) throws(RuntimeError) -> Value { try remainder(call, isModulo: false) }

  static func atan2(_ call: inout Call) throws(RuntimeError) -> Value {
    try requireNumbers(call)
    if call[0].isComplex || call[1].isComplex { throw call.error("not defined for complex numbers") }
    return try kernel(call, .atan2, call[0], call[1])
  }

  static func hypot(_ call: inout Call) throws(RuntimeError) -> Value {
    guard call.count >= 2 else { throw call.invalid }
    var result = call[0]
    for k in 0..<call.count {
      guard call[k].isNumeric else { throw call.wrongType(k) }
      let magnitude =
        call[k].isComplex
        ? Value.make((call[k].complexArray ?? NDArray(zeros: .empty)).moduli() as NDArray<Double>) : call[k]
      result = k == 0 ? magnitude : try kernel(call, .hypot, result, magnitude)
    }
    return result
  }

  static func nthroot(_ call: inout Call) throws(RuntimeError) -> Value {
    if call[0].isComplex { throw call.error("X must not contain complex values") }
    guard call[1].shape.isScalar, !call[1].isComplex, let n = call[1].firstReal, n != 0 else {
      throw call.error("N must be a real nonzero scalar")
    }
    if call[0].isText { throw RuntimeError("\(n == 3 ? "cbrt" : "nthroot"): argument must be numeric") }
    let isOdd = n == n.rounded() && n.truncatingRemainder(dividingBy: 2) != 0
    let x = try call.numbers(0)
    if !isOdd, x.containsNegative {
      throw call.error("N must be an odd integer if X contains negative values")
    }
    let root = x.map { x -> Double in
      if n == 3 { return Glibc.cbrt(x) }
      if n == -3 { return 1 / Glibc.cbrt(x) }
      var y = n < 0 ? 1 / Glibc.pow(Swift.abs(x), -1 / n) : Glibc.pow(Swift.abs(x), 1 / n)
      // One correction by Newton's method.
      if n == n.rounded(), n > 0, y.isFinite, y != 0, x.isFinite {
        let power = Glibc.pow(y, n - 1)
        let corrected = y - (y - Swift.abs(x) / power) / n
        if corrected.isFinite { y = corrected }
      }
      return x < 0 ? -y : y
    }
    return .converting(root, to: call[0].isSingle ? "single" : "double")
  }

  private static func realOnly(_ call: Call, _ result: Value) throws(RuntimeError) -> Value {
    if call[0].isComplex || result.isComplex { throw call.error("produced complex result") }
    return result
  }

  static func realsqrt(_ call: inout Call) throws(RuntimeError) -> Value {
    try realOnly(call, Exponential.sqrtFunction.apply(call[0], name: "realsqrt"))
  }
  static func reallog(_ call: inout Call) throws(RuntimeError) -> Value {
    try realOnly(call, Exponential.logFunction.apply(call[0], name: "reallog"))
  }
  static func realpow(_ call: inout Call) throws(RuntimeError) -> Value {
    try realOnly(call, Operators.binary(.elementPower, call[0], call[1]))
  }

  /// The sign of the gamma function.
  private static func gammaSign(_ x: Double) -> Double {
    guard x < 0, x.isFinite, x != x.rounded(.down) else { return 1 }
    return x.rounded(.down).truncatingRemainder(dividingBy: 2) == 0 ? 1 : -1
  }

  private static func logBeta(_ call: Call) throws(RuntimeError) -> NDArray<Double> {
    guard let a = call[0].realArray, let b = call[1].realArray else {
      throw call.error("A and B must be real")
    }
    guard a.shape == b.shape || a.shape.isScalar || b.shape.isScalar else {
      throw call.error("A and B must have consistent sizes")
    }
    return try ExtremeValues.broadcast(call.name) { () throws(ArrayError) in
      try NDArray<Double>.zip(a, b) { Glibc.lgamma($0) + Glibc.lgamma($1) - Glibc.lgamma($0 + $1) }
    }
  }

  static func beta(_ call: inout Call) throws(RuntimeError) -> Value {
    let sizes = try logBeta(call).map { Glibc.exp($0) }
    let (a, b) = (try call.numbers(0), try call.numbers(1))
    let signs = try ExtremeValues.broadcast(call.name) { () throws(ArrayError) in
      try NDArray<Double>.zip(a, b) { gammaSign($0) * gammaSign($1) * gammaSign($0 + $1) }
    }
    let isSingle = call[0].isSingle || call[1].isSingle
    return try MatrixArgument.rounded(.make(sizes) * .make(signs), isSingle: isSingle)
  }
  static func betaln(_ call: inout Call) throws(RuntimeError) -> Value {
    MatrixArgument.rounded(.make(try logBeta(call)), isSingle: call[0].isSingle || call[1].isSingle)
  }
}
