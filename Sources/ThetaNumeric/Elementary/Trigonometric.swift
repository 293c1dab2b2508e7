import CKernels
import Glibc
import ThetaArrays
import ThetaRuntime

// Circular and hyperbolic functions, in radians.

enum Trigonometric {
  static let table: [Builtin] = [
    Builtin(
      "y = sin (x)",
      """
      The sine of each element, in radians.

      >> sin ([0 pi/2])
      ans =

         0   1

      """, sin, scalar: { Glibc.sin($0) }),
    Builtin(
      "y = cos (x)",
      """
      The cosine of each element, in radians.

      >> cos ([0 pi])
      ans =

         1  -1

      """, cos, scalar: { Glibc.cos($0) }),
    Builtin(
      "y = tan (x)",
      """
      The tangent of each element, in radians.

      >> tan (pi / 4)
      ans = 1.0000
      """, tan, scalar: { Glibc.tan($0) }),
    Builtin(
      "y = asin (x)",
      """
      The inverse sine; complex for abs (x) > 1.

      >> asin (1)
      ans = 1.5708
      """, asin),
    Builtin(
      "y = acos (x)",
      """
      The inverse cosine; complex for abs (x) > 1.

      >> acos (1)
      ans = 0
      """, acos),
    Builtin(
      "y = atan (x)",
      """
      The inverse tangent.

      >> atan (1)
      ans = 0.7854
      """, atan, scalar: { Glibc.atan($0) }),
    Builtin(
      "y = sinh (x)",
      """
      The hyperbolic sine.

      >> sinh (1)
      ans = 1.1752
      """, sinh, scalar: { Glibc.sinh($0) }),
    Builtin(
      "y = cosh (x)",
      """
      The hyperbolic cosine.

      >> cosh (0)
      ans = 1
      """, cosh, scalar: { Glibc.cosh($0) }),
    Builtin(
      "y = tanh (x)",
      """
      The hyperbolic tangent.

      >> tanh ([0 1])
      ans =

              0   0.7616

      """, tanh, scalar: { Glibc.tanh($0) }),
    Builtin(
      "y = asinh (x)",
      """
      The inverse hyperbolic sine.

      >> asinh (0)
      ans = 0
      """, asinh, scalar: { Glibc.asinh($0) }),
    Builtin(
      "y = acosh (x)",
      """
      The inverse hyperbolic cosine; complex for x < 1.

      >> acosh (1)
      ans = 0
      """, acosh),
    Builtin(
      "y = atanh (x)",
      """
      The inverse hyperbolic tangent; complex for abs (x) > 1.

      >> atanh (0.5)
      ans = 0.5493
      """, atanh),
    Builtin(
      "y = deg2rad (x)",
      """
      Degrees to radians. x is double or single.

      >> deg2rad (180)
      ans = 3.1416
      """, deg2rad),
    Builtin(
      "y = rad2deg (x)",
      """
      Radians to degrees. x is double or single.

      >> rad2deg (pi)
      ans = 180
      """, rad2deg),
  ]

  static let reciprocals: [Builtin] = [
    Builtin(
      "y = sec (x)",
      """
      1 ./ cos (x)

      >> sec (0)
      ans = 1
      """, sec),
    Builtin(
      "y = csc (x)",
      """
      1 ./ sin (x)

      >> csc (pi / 2)
      ans = 1
      """, csc),
    Builtin(
      "y = cot (x)",
      """
      1 ./ tan (x)

      >> cot (pi / 4)
      ans = 1.0000
      """, cot),
    Builtin(
      "y = sech (x)",
      """
      1 ./ cosh (x)

      >> sech (0)
      ans = 1
      """, sech),
    Builtin(
      "y = csch (x)",
      """
      1 ./ sinh (x)

      >> csch (1)
      ans = 0.8509
      """, csch),
    Builtin(
      "y = coth (x)",
      """
      1 ./ tanh (x)

      >> coth (1)
      ans = 1.3130
      """, coth),
    Builtin(
      "y = asec (x)",
      """
      acos (1 ./ x)

      >> asec (1)
      ans = 0
      """, asec),
    Builtin(
      "y = acsc (x)",
      """
      asin (1 ./ x)

      >> acsc (1)
      ans = 1.5708
      """, acsc),
    Builtin(
      "y = acot (x)",
      """
      atan (1 ./ x)

      >> acot (1)
      ans = 0.7854
      """, acot),
    Builtin(
      "y = asech (x)",
      """
      acosh (1 ./ x)

      >> asech (1)
      ans = 0
      """, asech),
    Builtin(
      "y = acsch (x)",
      """
      asinh (1 ./ x)

      >> acsch (1)
      ans = 0.8814
      """, acsch),
    Builtin(
      "y = acoth (x)",
      """
      atanh (1 ./ x)

      >> acoth (2)
      ans = 0.5493
      """, acoth),
    Builtin(
      "y = asind (x)",
      """
      The inverse sine in degrees.

      >> asind (1)
      ans = 90
      """, asind),
    Builtin(
      "y = acosd (x)",
      """
      The inverse cosine in degrees.

      >> acosd (0)
      ans = 90
      """, acosd),
    Builtin(
      "y = atand (x)",
      """
      The inverse tangent in degrees.

      >> atand (1)
      ans = 45
      """, atand),
  ]

  private static let sinFunction = ElementFunction(.sin, complex: { theta_complex_sin($0, $1, $2) })
  private static let cosFunction = ElementFunction(.cos, complex: { theta_complex_cos($0, $1, $2) })
  private static let tanFunction = ElementFunction(.tan, complex: { theta_complex_tan($0, $1, $2) })
  private static let atanFunction = ElementFunction(.atan, complex: { theta_complex_atan($0, $1, $2) })
  private static let sinhFunction = ElementFunction(.sinh, complex: { theta_complex_sinh($0, $1, $2) })
  private static let coshFunction = ElementFunction(.cosh, complex: { theta_complex_cosh($0, $1, $2) })
  private static let tanhFunction = ElementFunction(.tanh, complex: { theta_complex_tanh($0, $1, $2) })
  private static let asinhFunction = ElementFunction(.asinh, complex: { theta_complex_asinh($0, $1, $2) })
  private static let acoshFunction = ElementFunction(
    .acosh, domain: { !($0 < 1) }, complex: { theta_complex_acosh($0, $1, $2) })
  private static let atanhFunction = ElementFunction(
    .atanh, domain: { !(Swift.abs($0) > 1) }, complex: { theta_complex_atanh($0, $1, $2) })
  private static let asinFunction = ElementFunction(
    .asin, domain: { !(Swift.abs($0) > 1) },
    complex: { theta_complex_asin($0, $1, $2) })
  private static let acosFunction = ElementFunction(
    .acos, domain: { !(Swift.abs($0) > 1) },
    complex: { theta_complex_acos($0, $1, $2) })

  static func sin(_ call: inout Call) throws(RuntimeError) -> Value { try sinFunction(&call) }
  static func cos(_ call: inout Call) throws(RuntimeError) -> Value { try cosFunction(&call) }
  static func tan(_ call: inout Call) throws(RuntimeError) -> Value { try tanFunction(&call) }
  static func asin(_ call: inout Call) throws(RuntimeError) -> Value { try asinFunction(&call) }
  static func acos(_ call: inout Call) throws(RuntimeError) -> Value { try acosFunction(&call) }
  static func atan(_ call: inout Call) throws(RuntimeError) -> Value { try atanFunction(&call) }
  static func sinh(_ call: inout Call) throws(RuntimeError) -> Value { try sinhFunction(&call) }
  static func cosh(_ call: inout Call) throws(RuntimeError) -> Value { try coshFunction(&call) }
  static func tanh(_ call: inout Call) throws(RuntimeError) -> Value { try tanhFunction(&call) }
  static func asinh(_ call: inout Call) throws(RuntimeError) -> Value { try asinhFunction(&call) }
  static func acosh(_ call: inout Call) throws(RuntimeError) -> Value { try acoshFunction(&call) }
  static func atanh(_ call: inout Call) throws(RuntimeError) -> Value { try atanhFunction(&call) }

  static func deg2rad(_ call: inout Call) throws(RuntimeError) -> Value {
    guard call[0].isFloat else { throw call.error("DEG must be a floating point class (double or single)") }
    return try call[0] * .number(.pi / 180)
  }

  static func rad2deg(_ call: inout Call) throws(RuntimeError) -> Value {
    guard call[0].isFloat else { throw call.error("RAD must be a floating point class (double or single)") }
    return try call[0] * .number(180 / .pi)
  }

  private static func reciprocal(_ value: Value) throws(RuntimeError) -> Value { try .number(1) / value }

  static func sec(_ call: inout Call) throws(RuntimeError) -> Value {
    try reciprocal(cosFunction.apply(call[0], name: "cos"))
  }
  static func csc(_ call: inout Call) throws(RuntimeError) -> Value {
    try reciprocal(sinFunction.apply(call[0], name: "sin"))
  }
  static func cot(_ call: inout Call) throws(RuntimeError) -> Value {
    try reciprocal(tanFunction.apply(call[0], name: "tan"))
  }
  static func sech(_ call: inout Call) throws(RuntimeError) -> Value {
    try reciprocal(coshFunction.apply(call[0], name: "cosh"))
  }
  static func csch(_ call: inout Call) throws(RuntimeError) -> Value {
    try reciprocal(sinhFunction.apply(call[0], name: "sinh"))
  }
  static func coth(_ call: inout Call) throws(RuntimeError) -> Value {
    try reciprocal(tanhFunction.apply(call[0], name: "tanh"))
  }
  static func asec(_ call: inout Call) throws(RuntimeError) -> Value {
    try acosFunction.apply(reciprocal(call[0]), name: "asec")
  }
  static func acsc(_ call: inout Call) throws(RuntimeError) -> Value {
    try asinFunction.apply(reciprocal(call[0]), name: "acsc")
  }
  static func acot(_ call: inout Call) throws(RuntimeError) -> Value {
    try atanFunction.apply(reciprocal(call[0]), name: "acot")
  }
  static func asech(_ call: inout Call) throws(RuntimeError) -> Value {
    try acoshFunction.apply(reciprocal(call[0]), name: "asech")
  }
  static func acsch(_ call: inout Call) throws(RuntimeError) -> Value {
    try asinhFunction.apply(reciprocal(call[0]), name: "acsch")
  }
  static func acoth(_ call: inout Call) throws(RuntimeError) -> Value {
    try atanhFunction.apply(reciprocal(call[0]), name: "acoth")
  }

  // Whole multiples of 180° (sine) or odd multiples of 90° (cosine) give exact zeros.
  static func asind(_ call: inout Call) throws(RuntimeError) -> Value {
    try asinFunction(&call) * .number(180) / .number(.pi)
  }
  static func acosd(_ call: inout Call) throws(RuntimeError) -> Value {
    try acosFunction(&call) * .number(180) / .number(.pi)
  }
  static func atand(_ call: inout Call) throws(RuntimeError) -> Value {
    try .number(180 / .pi) * atanFunction(&call)
  }
}
