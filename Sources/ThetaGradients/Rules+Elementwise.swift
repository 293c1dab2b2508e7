import ThetaArrays
import ThetaRuntime

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

// Functions of one number: what the gradient is multiplied by, from the argument x and the result y.

extension Rules {
  private static func logarithm(_ x: Double) -> Double { log(x) }

  static let elementwiseFactors: [(String, Factor)] = [
    ("exp", { a, x, y throws(RuntimeError) in y }),
    ("expm1", { a, x, y throws(RuntimeError) in try a.add(y, .number(1)) }),
    ("log", { a, x, y throws(RuntimeError) in try a.over(1, x) }),
    ("log2", { a, x, y throws(RuntimeError) in try a.over(1 / logarithm(2), x) }),
    ("log10", { a, x, y throws(RuntimeError) in try a.over(1 / logarithm(10), x) }),
    ("log1p", { a, x, y throws(RuntimeError) in try a.over(1, try a.add(x, .number(1))) }),
    ("sqrt", { a, x, y throws(RuntimeError) in try a.over(0.5, y) }),
    ("realsqrt", { a, x, y throws(RuntimeError) in try a.over(0.5, y) }),
    ("reallog", { a, x, y throws(RuntimeError) in try a.over(1, x) }),
    ("cbrt", { a, x, y throws(RuntimeError) in try a.over(1.0 / 3, try a.square(y)) }),
    ("sin", { a, x, y throws(RuntimeError) in try a.call("cos", x) }),
    ("cos", { a, x, y throws(RuntimeError) in try a.minus(try a.call("sin", x)) }),
    ("tan", { a, x, y throws(RuntimeError) in try a.add(try a.square(y), .number(1)) }),
    ("asin", { a, x, y throws(RuntimeError) in try a.over(1, try rootOfRest(a, x)) }),
    ("acos", { a, x, y throws(RuntimeError) in try a.over(-1, try rootOfRest(a, x)) }),
    ("atan", { a, x, y throws(RuntimeError) in try a.over(1, try a.add(try a.square(x), .number(1))) }),
    ("sinh", { a, x, y throws(RuntimeError) in try a.call("cosh", x) }),
    ("cosh", { a, x, y throws(RuntimeError) in try a.call("sinh", x) }),
    ("tanh", { a, x, y throws(RuntimeError) in try a.subtract(.number(1), try a.square(y)) }),
  ]

  static let moreElementwiseFactors: [(String, Factor)] = [
    (
      "asinh",
      { a, x, y throws(RuntimeError) in
        try a.over(1, try a.call("sqrt", try a.add(try a.square(x), .number(1))))
      }
    ),
    (
      "acosh",
      { a, x, y throws(RuntimeError) in
        try a.over(1, try a.call("sqrt", try a.subtract(try a.square(x), .number(1))))
      }
    ),
    ("atanh", { a, x, y throws(RuntimeError) in try a.over(1, try a.subtract(.number(1), try a.square(x))) }),
    ("abs", { a, x, y throws(RuntimeError) in try a.call("sign", x.plain) }),
    ("erf", { a, x, y throws(RuntimeError) in try bell(a, x, 2 / Double.pi.squareRoot()) }),
    ("erfc", { a, x, y throws(RuntimeError) in try bell(a, x, -2 / Double.pi.squareRoot()) }),
    (
      "erfinv",
      { a, x, y throws(RuntimeError) in
        try a.times(try a.call("exp", try a.square(y)), 0.5 * Double.pi.squareRoot())
      }
    ),
    ("gamma", { a, x, y throws(RuntimeError) in try a.times(y, try digamma(x)) }),
    ("lgamma", { a, x, y throws(RuntimeError) in try digamma(x) }),
    ("gammaln", { a, x, y throws(RuntimeError) in try digamma(x) }),
    ("deg2rad", { a, x, y throws(RuntimeError) in .number(Double.pi / 180) }),
    ("rad2deg", { a, x, y throws(RuntimeError) in .number(180 / Double.pi) }),
    ("real", { a, x, y throws(RuntimeError) in .number(1) }),
    ("conj", { a, x, y throws(RuntimeError) in .number(1) }),
    ("double", { a, x, y throws(RuntimeError) in .number(1) }),
    ("single", { a, x, y throws(RuntimeError) in .number(1) }),
    ("full", { a, x, y throws(RuntimeError) in .number(1) }),
    ("sigmoid", { a, x, y throws(RuntimeError) in try a.times(y, try a.subtract(.number(1), y)) }),
    (
      "sigmoidGradient",
      { a, x, y throws(RuntimeError) in
        try a.times(y, try a.subtract(.number(1), try a.times(try a.call("sigmoid", x), 2)))
      }
    ),
    ("relu", { a, x, y throws(RuntimeError) in try a.mask(.greater, x, .number(0)) }),
  ]

  /// sqrt (1 - x^2)
  private static func rootOfRest(_ a: Algebra, _ x: Value) throws(RuntimeError) -> Value {
    try a.call("sqrt", try a.subtract(.number(1), try a.square(x)))
  }

  /// factor * exp (-x^2)
  private static func bell(_ a: Algebra, _ x: Value, _ factor: Double) throws(RuntimeError) -> Value {
    try a.times(try a.call("exp", try a.minus(try a.square(x))), factor)
  }

  /// The derivative of lgamma, from its asymptotic series at arguments of at least 10.
  private static func digamma(_ x: Value) throws(RuntimeError) -> Value {
    guard let array = x.realArray else {
      throw RuntimeError(
        "gamma: second derivatives are not supported", identifier: "Theta:not-differentiable")
    }
    return .make(array.map(digamma))
  }

  private static func digamma(_ x: Double) -> Double {
    if x <= 0 {
      if x == x.rounded() { return .nan }
      return digamma(1 - x) - Double.pi / tan(Double.pi * x)
    }
    var (x, shift) = (x, 0.0)
    while x < 10 {
      shift -= 1 / x
      x += 1
    }
    let s = 1 / (x * x)
    let series = s * (1.0 / 12 - s * (1.0 / 120 - s * (1.0 / 252 - s * (1.0 / 240 - s / 132))))
    return shift + log(x) - 0.5 / x - series
  }
}
