import Glibc
import ThetaArrays
import ThetaNumeric
import ThetaRuntime

// Variance, standard deviation and the higher moments.

enum Spread {
  static let table: [Builtin] = [
    Builtin(
      "y = var (x, w?, dim?)",
      """
      The variance along a dimension, divided by n - 1 (w = 0), n (w = 1), or weighted by a vector w; 0 for one element.

      >> var ([1 2 3 4])
      ans = 1.6667
      """, variance),
    Builtin(
      "y = std (x, w?, dim?)",
      """
      The standard deviation, sqrt (var (x, w, dim)).

      >> std ([1 3])
      ans = 1.4142
      """, deviation),
    Builtin(
      "y = meansq (x, dim?)",
      """
      The mean of the squares along a dimension.

      >> meansq ([3 4])
      ans = 12.500
      """, meansq),
    Builtin(
      "y = center (x, dim?)",
      """
      x minus its mean along a dimension.

      >> center ([1 2 3])
      ans =

        -1   0   1

      """, center),
    Builtin(
      "[z, mu, sigma] = zscore (x, opt?, dim?)",
      """
      x minus its mean, divided by its standard deviation (by 1 where that is 0).

      >> zscore ([1 2 3])
      ans =

        -1   0   1

      """, multiple: zscore),
    Builtin(
      "y = skewness (x, flag?, dim?)",
      """
      The skewness along a dimension; flag 0 corrects for bias.

      >> skewness ([1 2 3])
      ans = 0
      """, skewness),
    Builtin(
      "y = kurtosis (x, flag?, dim?)",
      """
      The kurtosis along a dimension; flag 0 corrects for bias.

      >> kurtosis ([1 2 3])
      ans = 1.5000
      """, kurtosis),
    Builtin(
      "y = mad (x, opt?, dim?)",
      """
      The mean (opt 0) or median (opt 1) absolute deviation along a dimension.

      >> mad ([1 2 6])
      ans = 2
      """,
      mad),
  ]

  static func variance(_ call: inout Call) throws(RuntimeError) -> Value { try variance(call) }

  static func deviation(_ call: inout Call) throws(RuntimeError) -> Value {
    try Exponential.sqrtFunction.apply(variance(call), name: "sqrt")
  }

  private static func variance(_ call: Call) throws(RuntimeError) -> Value {
    guard call[0].isNumeric || call[0].isLogical else {
      throw RuntimeError("var: X must be a numeric vector or matrix")
    }
    var weights: [Double] = [0]
    if let w = call.optional(1), !w.isEmpty {
      weights = try Read.list(w)
      let isFlag = weights.count == 1 && (weights[0] == 0 || weights[0] == 1)
      guard isFlag || (weights.count > 1 && w.shape.isVector && weights.allSatisfy { $0 >= 0 }) else {
        throw RuntimeError("var: W must be 0, 1, or a vector of positive integers")
      }
    }
    var x = Averages.floating(call[0])
    var dimension = x.shape.firstNonSingleton
    if let d = call.optional(2) {
      if d.stringValue == "all" {
        x = x.reshapedValue(Shape(x.count, 1))
        dimension = 0
      } else {
        var dimensions: [Int] = []
        for n in try Read.list(d) {
          guard n >= 1, let i = Int(exactly: n), i < 1024 else {
            throw RuntimeError("var: DIM must be a positive integer scalar, vector, or 'all'")
          }
          if !dimensions.contains(i - 1) { dimensions.append(i - 1) }
        }
        guard let first = dimensions.first else {
          throw RuntimeError("var: DIM must be a positive integer scalar, vector, or 'all'")
        }
        dimension = first
        if dimensions.count > 1 { return try variance(x, weights, over: dimensions) }
      }
    }
    return try variance(x, weights, dimension)
  }

  static func variance(
    _ x: Value, _ weights: [Double] = [0], _ dimension: Int
  ) throws(RuntimeError) -> Value {
    let length = x.shape[dimension]
    if x.isEmpty {
      let shape =
        x.shape == .empty ? Shape.scalar : x.shape.replacing(dimension, with: 1)
      return .converting(NDArray(shape, repeating: .nan), to: x.isSingle ? "single" : "double")
    }
    if weights.count > 1 {
      guard weights.count == length else {
        throw RuntimeError(
          "var: the length of W must be equal to the size of X in the dimension along which variance is calculated"
        )
      }
      let shape = Shape([Int](repeating: 1, count: dimension) + [weights.count, 1])
      let w = Value.make(NDArray(shape, weights))
      let total = Value.number(weights.reduce(0, +))
      let mu = try Sums.sum(w * x, along: dimension) / total
      let deviation = try x - mu
      return try Sums.sum(w * (deviation * deviation), along: dimension) / total
    }
    if length == 1 {
      guard let a = x.realArray else {
        return .make(NDArray<Double>(zeros: x.shape))
      }
      return .converting(a.map { $0.isFinite ? 0 : .nan }, to: x.isSingle ? "single" : "double")
    }
    let centered = try x - Averages.mean(x, along: dimension)
    return try Sums.sumOfSquares(centered, along: dimension) / .number(Double(length) - 1 + weights[0])
  }

  /// Over several dimensions taken as one.
  private static func variance(
    _ x: Value, _ weights: [Double], over dimensions: [Int]
  ) throws(RuntimeError) -> Value {
    let count = max(x.shape.dimensionCount, (dimensions.max() ?? 0) + 1)
    let rest = (0..<count).filter { !dimensions.contains($0) }
    let moved = try x.transformed(Reshaping.Permute(order: dimensions + rest))
    let merged = dimensions.reduce(1) { $0 * x.shape[$1] }
    let flat = moved.reshapedValue(Shape([merged] + rest.map { x.shape[$0] } + [1]))
    var shape = x.shape
    for d in dimensions { shape[d] = 1 }
    return try variance(flat, weights, 0).reshapedOrEmpty(shape)
  }

  static func meansq(_ call: inout Call) throws(RuntimeError) -> Value {
    guard call[0].isNumeric || call[0].isLogical else {
      throw call.error("X must be a numeric vector or matrix")
    }
    let x = Averages.floating(call[0])
    let dimension =
      call.count > 1
      ? try call.dimension(1, "DIM must be an integer and a valid dimension")
      : Averages.longDimension(x.shape)
    let shaped = x.shape == .empty ? x.reshapedValue(Shape(0, 1)) : x
    return try Sums.sumOfSquares(shaped, along: dimension) / .integer(x.shape[dimension])
  }

  static func center(_ call: inout Call) throws(RuntimeError) -> Value {
    guard call[0].isNumeric || call[0].isLogical else {
      throw call.error("X must be a numeric vector or matrix")
    }
    let x = Averages.floating(call[0])
    if x.isEmpty { return x }
    let dimension =
      call.count > 1
      ? try call.dimension(1, "DIM must be an integer and a valid dimension")
      : Averages.longDimension(x.shape)
    return try x - Averages.mean(x, along: dimension)
  }

  static func zscore(_ call: inout Call) throws(RuntimeError) -> [Value] {
    guard call[0].isNumeric || call[0].isLogical else {
      throw call.error("X must be a numeric vector or matrix")
    }
    let x = Averages.floating(call[0])
    if x.isEmpty { return [x, .emptyMatrix, .emptyMatrix] }
    let option = try call.real(1, default: 0)
    guard option == 0 || option == 1 else { throw call.error("normalization OPT must be empty, 0, or 1") }
    let dimension =
      call.count > 2
      ? try call.dimension(2, "DIM must be an integer and a valid dimension")
      : Averages.longDimension(x.shape)
    let mu = try Averages.mean(x, along: dimension)
    let sigma = try Exponential.sqrtFunction.apply(variance(x, [option], dimension), name: "sqrt")
    var divisor = sigma
    if let s = sigma.realArray {
      divisor = .converting(s.map { $0 == 0 ? 1 : $0 }, to: sigma.isSingle ? "single" : "double")
    }
    return [try (x - mu) / divisor, mu, sigma]
  }

  /// Central moments of order two and `order`, with the length.
  private static func moments(
    _ call: Call, _ order: Double
  ) throws(RuntimeError) -> (second: Value, higher: Value, length: Double) {
    guard call[0].isNumeric || call[0].isLogical else {
      throw call.error("X must be a numeric vector or matrix")
    }
    let x = Averages.floating(call[0])
    let dimension =
      call.count > 2
      ? try call.dimension(2, "DIM must be an integer and a valid dimension")
      : Averages.longDimension(x.shape)
    let centered = try x - Averages.mean(x, along: dimension)
    let power = try Operators.binary(.elementPower, centered, .number(order))
    return (
      try Averages.mean(centered * centered, along: dimension), try Averages.mean(power, along: dimension),
      Double(x.shape[dimension])
    )
  }

  /// The flag of skewness and kurtosis: 0 corrects the bias of a sample.
  private static func correctsBias(_ call: Call) throws(RuntimeError) -> Bool {
    let flag = try call.real(1, default: 1)
    guard flag == 0 || flag == 1 else { throw call.error("FLAG must be 0 or 1") }
    return flag == 0
  }

  static func skewness(_ call: inout Call) throws(RuntimeError) -> Value {
    let unbiased = try correctsBias(call)
    let (second, third, n) = try moments(call, 3)
    let s = try Exponential.sqrtFunction.apply(second, name: "sqrt")
    let y = try third / (s * s * s)
    if unbiased, n > 2 {
      return try y * .number(Glibc.sqrt(n * (n - 1)) / (n - 2))
    }
    return y
  }

  static func kurtosis(_ call: inout Call) throws(RuntimeError) -> Value {
    let unbiased = try correctsBias(call)
    let (second, fourth, n) = try moments(call, 4)
    let y = try fourth / (second * second)
    if unbiased, n > 3 {
      let factor = (n - 1) / ((n - 2) * (n - 3))
      return try .number(3) + .number(factor) * (.number(n + 1) * y - .number(3 * (n - 1)))
    }
    return y
  }

  static func mad(_ call: inout Call) throws(RuntimeError) -> Value {
    guard call[0].isNumeric || call[0].isLogical else {
      throw call.error("X must be a numeric vector or matrix")
    }
    let x = Averages.floating(call[0])
    let dimension =
      call.count > 2
      ? try call.dimension(2, "DIM must be an integer and a valid dimension")
      : Averages.longDimension(x.shape)
    let option = try call.real(1, default: 0)
    guard option == 0 || option == 1 else { throw call.error("OPT must be 0 or 1") }
    let useMedian = option == 1
    func middle(_ value: Value) throws(RuntimeError) -> Value {
      if useMedian { return try value.visitReal(Averages.Median(dimension: dimension)) ?? value }
      return try Averages.mean(value, along: dimension)
    }
    let deviations = try ElementFunction(.absolute).apply(x - middle(x), name: "abs")
    return try middle(deviations)
  }
}
