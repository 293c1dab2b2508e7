import ThetaArrays
import ThetaRuntime

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Functions that a unit applies to what it receives, and their derivatives.
enum Activations {
  static let table: [Builtin] = [
    Builtin(
      "g = sigmoid (z)",
      """
      The logistic function 1 ./ (1 + exp (-z)) of every element of z.

      z  numbers of any shape; singles stay single
      g  the shape of z, every element from 0 to 1

      >> sigmoid ([-1 0 1])
      ans =

         0.2689   0.5000   0.7311

      """, sigmoid, scalar: { 1 / (1 + exp(-$0)) }),
    Builtin(
      "g = sigmoidGradient (z)",
      """
      The derivative of the logistic function, sigmoid (z) .* (1 - sigmoid (z)), at every element of z.

      z  numbers of any shape; singles stay single
      g  the shape of z, every element from 0 to 0.25

      >> sigmoidGradient ([-1 0 1])
      ans =

         0.1966   0.2500   0.1966

      """, sigmoidGradient,
      scalar: {
        let s = 1 / (1 + exp(-$0))
        return s * (1 - s)
      }),
    Builtin(
      "a = relu (z)",
      """
      The larger of zero and each element of z. NaN stays NaN.

      z  real numbers of any shape and class
      a  the shape and class of z

      >> relu ([-2 0 3])
      ans =

         0   0   3

      """, relu),
    Builtin(
      "p = softmax (z, dim?)",
      """
      exp (z) divided by its sums along dimension dim: probabilities that add up to one.
      The largest element is subtracted first, so that large elements do not overflow.

      z    real numbers; one example a column for dim 1, a row for dim 2
      dim  default: the first dimension that is not 1
      p    the shape of z

      >> softmax ([1 1; 2 3], 2)
      ans =

         0.5000   0.5000
         0.2689   0.7311

      """, softmax),
    Builtin(
      "a = leakyrelu (z, slope?)",
      """
      Each element of z where it is positive, slope times it elsewhere.

      z      real numbers of any shape
      slope  a number, default 0.01

      >> leakyrelu ([-2 0 3])
      ans =

        -0.0200        0   3.0000

      """, leakyrelu),
    Builtin(
      "a = elu (z, alpha?)",
      """
      Each element of z where it is positive, alpha .* (exp (z) - 1) elsewhere.

      z      real numbers of any shape
      alpha  a number, default 1

      >> elu ([-1 0 2])
      ans =

        -0.6321        0   2.0000

      """, elu),
    Builtin(
      "a = softplus (z)",
      """
      log (1 + exp (z)) of every element, without overflow for large z.

      z  real numbers of any shape

      >> softplus ([-1000 0 1000])
      ans =

         0.0000e+00   6.9315e-01   1.0000e+03

      """, softplus),
    Builtin(
      "y = logsumexp (z, dim?)",
      """
      log (sum (exp (z), dim)), without overflow: the largest element is taken out first.

      z    real numbers
      dim  default: the first dimension that is not 1
      y    the shape of z with one element along dim; -Inf where there is nothing to add

      >> logsumexp ([1000 1000])
      ans = 1000.7

      """, logsumexp),
  ]

  private static func sigmoid(_ call: inout Call) throws(RuntimeError) -> Value {
    switch call[0] {
    case .number(let x): return .number(1 / (1 + exp(-x)))
    case .real: return .make(applied(.sigmoid, to: &call))
    case .single(let a): return .make(a.applying(.sigmoid))
    case .complex, .singleComplex: return try complexSigmoid(call)
    default:
      guard let array = call[0].full.realArray else { throw wrongType(call) }
      return .make(array.applying(.sigmoid))
    }
  }

  private static func sigmoidGradient(_ call: inout Call) throws(RuntimeError) -> Value {
    switch call[0] {
    case .real:
      let s = applied(.sigmoid, to: &call)
      s.transform { $0 * (1 - $0) }
      return .make(s)
    case .single(let a):
      let s = a.applying(.sigmoid)
      s.transform { $0 * (1 - $0) }
      return .make(s)
    case .complex, .singleComplex:
      let s = try complexSigmoid(call)
      return try Operators.binary(.hadamard, s, try Operators.binary(.subtract, .number(1), s))
    default:
      guard let array = call[0].full.realArray else { throw wrongType(call) }
      let s = array.applying(.sigmoid)
      s.transform { $0 * (1 - $0) }
      return .make(s)
    }
  }

  /// The function of a real argument, in place when nobody else holds the array. The result has no other
  /// owner.
  private static func applied(_ function: UnaryKernel, to call: inout Call) -> NDArray<Double> {
    var argument = call.take(0)
    guard case .real(var array) = argument else { return NDArray(zeros: .empty) }
    argument = .undefined
    if isKnownUniquelyReferenced(&array) { return array.applying(function, reusing: array) }
    return array.applying(function)
  }

  private static func complexSigmoid(_ call: Call) throws(RuntimeError) -> Value {
    let negative = try Operators.unary(.minus, call[0])
    let power = try call.context.invoker.invoke(named: "exp", [negative], outputs: 1)
    guard let power = power.first else { throw wrongType(call) }
    return try Operators.binary(.elementDivide, .number(1), try Operators.binary(.add, .number(1), power))
  }

  private static func wrongType(_ call: Call) -> RuntimeError {
    call.error("wrong type argument '\(call[0].typeName)'")
  }

  private static func relu(_ call: inout Call) throws(RuntimeError) -> Value {
    switch call[0] {
    case .number(let x): return .number(x < 0 ? 0 : x)
    case .real(let a): return .make(a.map { $0 < 0 ? 0 : $0 })
    case .single(let a): return .make(a.map { $0 < 0 ? 0 : $0 })
    case .int8(let a): return .make(a.map { max($0, 0) })
    case .int16(let a): return .make(a.map { max($0, 0) })
    case .int32(let a): return .make(a.map { max($0, 0) })
    case .int64(let a): return .make(a.map { max($0, 0) })
    case .uint8, .uint16, .uint32, .uint64: return call[0]
    default:
      guard let array = call[0].full.realArray else { throw wrongType(call) }
      return .make(array.map { $0 < 0 ? 0 : $0 })
    }
  }

  private static func softmax(_ call: inout Call) throws(RuntimeError) -> Value {
    guard let array = call[0].full.realArray else { throw wrongType(call) }
    let dimension = try call.dimension(1, for: array.shape)
    let result = softmax(array, along: dimension)
    return call[0].isSingle ? .make(result.map { Float($0) }) : .make(result)
  }

  /// Probabilities along a dimension counted from zero.
  static func softmax(_ z: NDArray<Double>, along dimension: Int) -> NDArray<Double> {
    let (inner, length, outer) = z.shape.split(at: dimension)
    let result = z.copy()
    guard z.count > 0 else { return result }
    for block in 0..<outer {
      for offset in 0..<inner {
        let first = block * length * inner + offset
        var largest = -Double.infinity
        for k in 0..<length { largest = max(largest, z[first + k * inner]) }
        // All -Inf, or an Inf: only the largest elements share the probability, and none would be 0/0.
        var sum = 0.0
        for k in 0..<length {
          let x = z[first + k * inner]
          let power = x == largest ? 1 : exp(x - largest)
          result[first + k * inner] = power
          sum += power
        }
        for k in 0..<length { result[first + k * inner] /= sum }
      }
    }
    return result
  }

  /// Real numbers transformed one by one; singles stay single.
  private static func mapped(_ call: Call, _ transform: (Double) -> Double) throws(RuntimeError) -> Value {
    guard !call[0].isComplex, let array = call[0].full.realArray else { throw wrongType(call) }
    let result = array.map(transform)
    return call[0].isSingle ? .make(result.map { Float($0) }) : .make(result)
  }

  private static func leakyrelu(_ call: inout Call) throws(RuntimeError) -> Value {
    let slope = try call.real(1, default: 0.01)
    return try mapped(call) { $0 > 0 ? $0 : slope * $0 }
  }

  private static func elu(_ call: inout Call) throws(RuntimeError) -> Value {
    let alpha = try call.real(1, default: 1)
    return try mapped(call) { $0 > 0 ? $0 : alpha * expm1($0) }
  }

  private static func softplus(_ call: inout Call) throws(RuntimeError) -> Value {
    try mapped(call) { $0 > 0 ? $0 + log1p(exp(-$0)) : log1p(exp($0)) }
  }

  private static func logsumexp(_ call: inout Call) throws(RuntimeError) -> Value {
    guard !call[0].isComplex, let z = call[0].full.realArray else { throw wrongType(call) }
    let dimension = try call.dimension(1, for: z.shape)
    let (inner, length, outer) = z.shape.split(at: dimension)
    let result = NDArray<Double>(zeros: z.shape.replacing(dimension, with: 1))
    for block in 0..<outer {
      for offset in 0..<inner {
        let first = block * length * inner + offset
        var largest = -Double.infinity
        for k in 0..<length {
          let x = z[first + k * inner]
          if x > largest || x.isNaN { largest = x }
        }
        var sum = 0.0
        // Of infinite elements only the sign is left.
        if largest.isFinite { for k in 0..<length { sum += exp(z[first + k * inner] - largest) } }
        result[block * inner + offset] = largest.isFinite ? largest + log(sum) : largest
      }
    }
    return call[0].isSingle ? .make(result.map { Float($0) }) : .make(result)
  }
}
