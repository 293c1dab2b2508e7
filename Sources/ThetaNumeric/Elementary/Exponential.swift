import CKernels
import Glibc
import ThetaArrays
import ThetaRuntime

// Exponentials, logarithms and roots.

package enum Exponential {
  static let table: [Builtin] = [
    Builtin(
      "y = exp (x)",
      """
      e raised to each element of x, real or complex.

      >> exp ([0 1])
      ans =

         1.0000   2.7183

      """, exp, scalar: { Glibc.exp($0) }),
    Builtin(
      "y = expm1 (x)",
      """
      exp (x) - 1, accurate for small x.

      >> expm1 (0)
      ans = 0
      """, expm1, scalar: { Glibc.expm1($0) }),
    Builtin(
      "y = log (x)",
      """
      The natural logarithm of each element; complex for negative numbers.

      >> log ([1 e])
      ans =

         0   1

      """, log),
    Builtin(
      "y = log1p (x)",
      """
      log (1 + x), accurate for small x; complex for x < -1.

      >> log1p (0)
      ans = 0
      """, log1p),
    Builtin(
      "y = log2 (x)\n[f, e] = log2 (x)",
      """
      The logarithm to base 2; complex for negative numbers. With two outputs x = f · 2^e with 0.5 ≤ |f| < 1.

      >> log2 (8)
      ans = 3
      """, multiple: log2),
    Builtin(
      "y = log10 (x)",
      """
      The logarithm to base 10; complex for negative numbers.

      >> log10 ([1 1000])
      ans =

         0   3

      """, log10),
    Builtin(
      "y = sqrt (x)",
      """
      The square root of each element; imaginary for negative numbers.

      >> sqrt ([4 -9])
      ans =

         2 + 0i   0 + 3i

      """, sqrt),
    Builtin(
      "y = cbrt (x)",
      """
      The real cube root of each element.

      >> cbrt (-8)
      ans = -2
      """, cbrt, scalar: { Glibc.cbrt($0) }),
    Builtin(
      "y = gamma (x)",
      """
      The gamma function; Inf at zero and at negative integers. Error "gamma: not defined for complex matrix".

      >> gamma (5)
      ans = 24
      """, gamma),
    Builtin(
      "y = lgamma (x)",
      """
      The logarithm of the gamma function; complex where gamma is negative.

      >> lgamma (3)
      ans = 0.6931
      """, lgamma),
    Builtin(
      "y = gammaln (x)",
      """
      The logarithm of the gamma function; complex where gamma is negative.

      >> gammaln (3)
      ans = 0.6931
      """, lgamma),
    Builtin(
      "y = erf (x)",
      """
      The error function 2 / sqrt (pi) · ∫ exp (-t²) dt from 0 to x.

      >> erf ([0 1])
      ans =

              0   0.8427

      """, erf,
      scalar: { Glibc.erf($0) }),
    Builtin(
      "y = erfc (x)",
      """
      1 - erf (x), accurate for large x.

      >> erfc ([0 1])
      ans =

         1.0000   0.1573

      """, erfc, scalar: { Glibc.erfc($0) }),
    Builtin(
      "y = erfinv (x)",
      """
      The inverse of the error function: NaN outside [-1, 1], ±Inf at the ends.

      >> erfinv ([0 1])
      ans =

           0   Inf

      """, erfinv),
    Builtin(
      "y = erfcinv (x)",
      """
      The inverse of erfc: NaN outside [0, 2].

      >> erfcinv (1)
      ans = 0
      """, erfcinv),
    Builtin(
      "y = pow2 (x, e?)",
      """
      2 to the power x, or x · 2^e.

      >> pow2 (3)
      ans = 8
      """, pow2),
    Builtin(
      "n = nextpow2 (x)",
      """
      The smallest integer n with 2^n ≥ abs (x); 0 for x = 0.

      >> nextpow2 (100)
      ans = 7
      """, nextpow2),
  ]

  package static let logFunction = ElementFunction(
    .log, domain: { !($0 < 0) }, outside: { ComplexDouble(Glibc.log(-$0), .pi) },
    complex: { theta_complex_log($0, $1, $2) })
  package static let sqrtFunction = ElementFunction(
    .sqrt, domain: { !($0 < 0) }, outside: { ComplexDouble(0, Glibc.sqrt(-$0)) },
    complex: { theta_complex_sqrt($0, $1, $2) })
  package static let expFunction = ElementFunction(.exp, complex: { theta_complex_exp($0, $1, $2) })
  private static let log2Function = ElementFunction(
    .log2, domain: { !($0 < 0) },
    outside: { ComplexDouble(Glibc.log2(-$0), .pi / 0.69314718055994530942) },
    complex: complexLoop {
      let w = complexLog($0)
      return ComplexDouble(w.real / 0.69314718055994530942, w.imaginary / 0.69314718055994530942)
    })
  private static let log10Function = ElementFunction(
    .log10, domain: { !($0 < 0) },
    outside: { ComplexDouble(Glibc.log10(-$0), .pi / 2.30258509299404568402) },
    complex: complexLoop {
      let w = complexLog($0)
      return ComplexDouble(w.real / 2.30258509299404568402, w.imaginary / 2.30258509299404568402)
    })
  private static let log1pFunction = ElementFunction(
    .log1p, domain: { !($0 < -1) }, outside: { ComplexDouble(Glibc.log(-(1 + $0)), .pi) },
    complex: complexLoop { z in
      let u = 2 * z.real + z.real * z.real + z.imaginary * z.imaginary
      if Swift.abs(u) < 0.5 {
        return ComplexDouble(Glibc.log1p(u) / 2, Glibc.atan2(z.imaginary, 1 + z.real))
      }
      return complexLog(ComplexDouble(1 + z.real, z.imaginary))
    })
  private static let expm1Function = ElementFunction(
    .expm1,
    complex: complexLoop { z in
      let im = z.imaginary
      let u = Glibc.expm1(z.real)
      let v = Glibc.sin(im / 2)
      let w = -2 * v * v
      return ComplexDouble(u * w + u + w, (u + 1) * Glibc.sin(im))
    })
  private static let lgammaFunction = ElementFunction(
    .lgamma, domain: { x in !(x < 0 && gammaIsNegative(x)) },
    outside: { ComplexDouble(Glibc.lgamma($0), .pi) })

  static func complexLog(_ z: ComplexDouble) -> ComplexDouble {
    complexValue({ theta_complex_log($0, $1, $2) }, z)
  }

  /// Whether gamma is negative at a negative number that is not whole.
  private static func gammaIsNegative(_ x: Double) -> Bool {
    guard x.isFinite, x != x.rounded(.down) else { return false }
    return x.rounded(.down).truncatingRemainder(dividingBy: 2) != 0
  }

  static func exp(_ call: inout Call) throws(RuntimeError) -> Value { try expFunction(&call) }
  static func expm1(_ call: inout Call) throws(RuntimeError) -> Value { try expm1Function(&call) }
  static func log(_ call: inout Call) throws(RuntimeError) -> Value {
    if case .number(let x) = call[0], x >= 0 { return .number(Glibc.log(x)) }
    return try logFunction(&call)
  }
  static func log1p(_ call: inout Call) throws(RuntimeError) -> Value { try log1pFunction(&call) }
  static func log10(_ call: inout Call) throws(RuntimeError) -> Value { try log10Function(&call) }
  static func sqrt(_ call: inout Call) throws(RuntimeError) -> Value {
    if case .number(let x) = call[0], x >= 0 { return .number(x.squareRoot()) }
    return try sqrtFunction(&call)
  }
  static func cbrt(_ call: inout Call) throws(RuntimeError) -> Value { try ElementFunction(.cbrt)(&call) }
  static func gamma(_ call: inout Call) throws(RuntimeError) -> Value { try ElementFunction(.gamma)(&call) }
  static func lgamma(_ call: inout Call) throws(RuntimeError) -> Value {
    try lgammaFunction.apply(call[0], name: "lgamma")
  }
  static func erf(_ call: inout Call) throws(RuntimeError) -> Value { try ElementFunction(.erf)(&call) }
  static func erfc(_ call: inout Call) throws(RuntimeError) -> Value { try ElementFunction(.erfc)(&call) }

  static func log2(_ call: inout Call) throws(RuntimeError) -> [Value] {
    if call.outputs < 2 { return [try log2Function(&call)] }
    if call[0].isText { throw RuntimeError("invalid conversion from string to real N-D array") }
    if call[0].isComplex, let z = call[0].complexArray {
      // The exponent is that of the larger part.
      let exponents = z.map { z -> Double in
        var exponent: Int32 = 0
        let size = Swift.max(Swift.abs(z.real), Swift.abs(z.imaginary))
        _ = Glibc.frexp(size, &exponent)
        return size.isFinite ? Double(exponent) : 0
      }
      let fractions = try Value.make(z) / Operators.binary(.elementPower, .number(2), .make(exponents))
      return MatrixArgument.rounded([fractions, .make(exponents)], isSingle: call[0].isSingle)
    }
    guard let x = call[0].realArray else { throw call.error("not defined for \(Read.typeName(call[0]))") }
    let fractions = NDArray<Double>(zeros: x.shape)
    let exponents = NDArray<Double>(zeros: x.shape)
    for i in 0..<x.count {
      var exponent: Int32 = 0
      fractions[i] = Glibc.frexp(x[i], &exponent)
      exponents[i] = x[i].isFinite ? Double(exponent) : 0
    }
    let name = call[0].isSingle ? "single" : "double"
    return [.converting(fractions, to: name), .converting(exponents, to: name)]
  }

  static func erfinv(_ call: inout Call) throws(RuntimeError) -> Value {
    try realMap(call) { inverseErf($0) }
  }

  static func erfcinv(_ call: inout Call) throws(RuntimeError) -> Value {
    try realMap(call) { x in
      if x < 0 || x > 2 || x.isNaN { return .nan }
      if x == 0 { return .infinity }
      if x == 2 { return -.infinity }
      // Newton on erfc where 1 - x would lose digits.
      var y = x > 1e-3 ? inverseErf(1 - x) : Glibc.sqrt(-Glibc.log(x * Glibc.sqrt(-Glibc.log(x) * .pi)))
      for _ in 0..<4 {
        let error = Glibc.erfc(y) - x
        let slope = -2 / Double.pi.squareRoot() * Glibc.exp(-y * y)
        if slope == 0 { break }
        y -= error / slope / (1 + y * error / slope)
      }
      return y
    }
  }

  /// Giles' approximation (2012) polished by two steps of Halley's method.
  static func inverseErf(_ x: Double) -> Double {
    if x.isNaN || Swift.abs(x) > 1 { return .nan }
    if Swift.abs(x) == 1 { return x * .infinity }
    if x == 0 { return x }
    let w = -Glibc.log((1 - x) * (1 + x))
    var y = x
    if w < 5 {
      let s = w - 2.5
      var p = 2.81022636e-08
      for c in [
        3.43273939e-07, -3.5233877e-06, -4.39150654e-06, 0.00021858087, -0.00125372503, -0.00417768164,
        0.246640727, 1.50140941,
      ] { p = c + p * s }
      y = p * x
    } else {
      let s = Glibc.sqrt(w) - 3
      var p = -0.000200214257
      for c in [
        0.000100950558, 0.00134934322, -0.00367342844, 0.00573950773, -0.0076224613, 0.00943887047,
        1.00167406, 2.83297682,
      ] { p = c + p * s }
      y = p * x
    }
    for _ in 0..<2 {
      let error =
        (Swift.abs(x) < 0.5 ? Glibc.erf(y) - x : (x > 0 ? (1 - x) - Glibc.erfc(y) : Glibc.erfc(-y) - (1 + x)))
      let slope = 2 / Double.pi.squareRoot() * Glibc.exp(-y * y)
      if slope == 0 { break }
      let step = error / slope
      y -= step / (1 + y * step)
    }
    return y
  }

  /// A function of real numbers that keeps singles single.
  static func realMap(
    _ call: Call, _ function: (Double) -> Double
  ) throws(RuntimeError) -> Value {
    guard !call[0].isText, let x = call[0].realArray else {
      throw call.error("not defined for \(Read.typeName(call[0]))")
    }
    return .converting(x.map { function($0) }, to: call[0].isSingle ? "single" : "double")
  }

  static func pow2(_ call: inout Call) throws(RuntimeError) -> Value {
    let two = Value.number(2)
    if call.count == 1 { return try Operators.binary(.elementPower, two, call[0]) }
    return try call[0] * Operators.binary(.elementPower, two, call[1])
  }

  static func nextpow2(_ call: inout Call) throws(RuntimeError) -> Value {
    guard call[0].isNumeric else { throw call.error("X must be numeric") }
    return try realMap(call) { x in
      let magnitude = Swift.abs(x)
      if magnitude == 0 { return 0 }
      if !magnitude.isFinite { return magnitude }
      var exponent: Int32 = 0
      let fraction = Glibc.frexp(magnitude, &exponent)
      return Double(fraction == 0.5 ? exponent - 1 : exponent)
    }
  }
}
