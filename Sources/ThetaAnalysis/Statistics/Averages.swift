import Glibc
import ThetaArrays
import ThetaNumeric
import ThetaRuntime

// Mean, median, mode, variance and what is made of them.

enum Averages {
  static let table: [Builtin] = [
    Builtin(
      "y = mean (x, dim?, opt?, outtype?)",
      """
      The mean along a dimension (default: the first longer than 1); opt "a" arithmetic, "g" geometric, "h" harmonic;
      outtype "double", "native" or "default". Integer and logical x give a double.
      Error "mean: X must be a numeric vector or matrix".
      """, mean),
    Builtin(
      "y = median (x, dim?)",
      """
      The middle element along a dimension, the mean of the two middle ones for an even number; NaN where one is NaN.
      """, median),
    Builtin(
      "[m, f, c] = mode (x, dim?)",
      """
      The most frequent element along a dimension (the smallest of them), how often it occurs, and a cell with all of them.
      """, multiple: mode),
    Builtin(
      "y = var (x, w?, dim?)",
      """
      The variance along a dimension, divided by n - 1 (w = 0), n (w = 1), or weighted by a vector w; 0 for one element.
      """, variance),
    Builtin("y = std (x, w?, dim?)", "The standard deviation, sqrt (var (x, w, dim)).", deviation),
    Builtin("y = meansq (x, dim?)", "The mean of the squares along a dimension.", meansq),
    Builtin("y = center (x, dim?)", "x minus its mean along a dimension.", center),
    Builtin(
      "[z, mu, sigma] = zscore (x, opt?, dim?)",
      """
      x minus its mean, divided by its standard deviation (by 1 where that is 0).
      """, multiple: zscore),
    Builtin(
      "y = skewness (x, flag?, dim?)", "The skewness along a dimension; flag 0 corrects for bias.", skewness),
    Builtin(
      "y = kurtosis (x, flag?, dim?)", "The kurtosis along a dimension; flag 0 corrects for bias.", kurtosis),
    Builtin(
      "y = mad (x, opt?, dim?)", "The mean (opt 0) or median (opt 1) absolute deviation along a dimension.",
      mad),
  ]

  /// The first dimension longer than one, else the first.
  static func longDimension(_ shape: Shape) -> Int {
    (0..<shape.dimensionCount).first { shape[$0] > 1 } ?? 0
  }

  private static func requireNumbers(_ call: Call) throws(RuntimeError) {
    guard call[0].isNumeric || call[0].isLogical else {
      throw call.error("X must be a numeric vector or matrix")
    }
  }

  /// As double, unless single or complex.
  private static func floating(_ value: Value) -> Value {
    if value.isFloat { return value.full }
    return .make(value.realArray ?? NDArray(zeros: .empty))
  }

  /// The mean along a dimension of a floating value.
  static func mean(_ value: Value, along dimension: Int) throws(RuntimeError) -> Value {
    let shaped = value.shape == .empty ? value.reshapedValue(Shape(0, 1)) : value
    return try Sums.sum(shaped, along: dimension) / .integer(value.shape[dimension])
  }

  static func mean(_ call: inout Call) throws(RuntimeError) -> Value {
    try requireNumbers(call)
    var (option, type) = ("a", "default")
    var dimension: Int?
    for k in 1..<max(1, call.count) {
      if let text = call.text(k) {
        switch text {
        case "a", "g", "h": option = text
        case "double", "native", "default": type = text
        default: throw call.invalid
        }
      } else {
        guard let d = call[k].firstReal, d >= 1, let n = Int(exactly: d), n < 65_536 else {
          throw call.error("DIM must be an integer and a valid dimension")
        }
        dimension = n - 1
      }
    }
    let d = dimension ?? longDimension(call[0].shape)
    let x = floating(call[0])
    var result: Value
    switch option {
    case "g":
      let logs = try mean(Exponential.logFunction.apply(x, name: "log"), along: d)
      result = try Exponential.expFunction.apply(logs, name: "exp")
    case "h":
      let inverse = try .number(1) / x
      result = try .integer(x.shape[d]) / Sums.sum(inverse, along: d)
    default: result = try mean(x, along: d)
    }
    if type == "double", result.isSingle, let a = result.realArray { result = .make(a) }
    if type == "native", !call[0].isFloat, let a = result.realArray {
      result = .converting(a, to: call[0].className)
    }
    return result
  }

  private struct Median: RealVisitor {
    var dimension: Int
    func visit<E: RealElement>(_ array: NDArray<E>) throws(RuntimeError) -> Value {
      let (inner, length, outer) = array.shape.split(at: dimension)
      let result = NDArray<E>(zeros: array.shape.replacing(dimension, with: 1))
      var slice = [E](repeating: .zero, count: length)
      for o in 0..<outer {
        for i in 0..<inner {
          var missing: E?
          for k in 0..<length {
            let x = array[i + inner * (k + length * o)]
            if x.isNaN { missing = x }
            slice[k] = x
          }
          result[i + inner * o] = missing ?? Self.middle(&slice)
        }
      }
      return .make(result)
    }

    /// The middle of some numbers, the mean of the two for an even count; NaN for none. Reorders them.
    static func middle<E: RealElement>(_ slice: inout [E]) -> E {
      let half = slice.count / 2
      guard slice.count > 0 else { return E(saturating: .nan) }
      slice.withUnsafeMutableBufferPointer { $0.select(half) }
      let upper = slice[half]
      guard slice.count % 2 == 0, let lower = slice[..<half].max() else { return upper }
      let sum = lower.adding(upper)
      return E.isFloating && sum.isNaN ? sum : E(saturating: sum.double / 2)
    }
  }

  static func median(_ call: inout Call) throws(RuntimeError) -> Value {
    try requireNumbers(call)
    if call[0].isEmpty { throw call.error("X cannot be an empty matrix") }
    let dimension =
      call.count > 1
      ? try call.dimension(1, "DIM must be an integer and a valid dimension") : longDimension(call[0].shape)
    guard let result = try call[0].visitReal(Median(dimension: dimension)) else {
      throw call.error("X must be a real vector or matrix")
    }
    // Half-way between false and true is true.
    return call[0].isLogical ? .make((result.realArray ?? .init(zeros: .empty)).map { $0 != 0 }) : result
  }

  private struct Mode: RealVisitor {
    var dimension: Int
    func visit<E: RealElement>(_ array: NDArray<E>) throws(RuntimeError) -> [Value] {
      let sorted = array.sorted(along: dimension)
      let (inner, length, outer) = array.shape.split(at: dimension)
      let shape = array.shape.replacing(dimension, with: 1)
      let modes = NDArray<E>(shape, repeating: length == 0 ? E(saturating: .nan) : E.zero)
      let counts = NDArray<Double>(zeros: shape)
      var ties: [Value] = []
      for o in 0..<outer {
        for i in 0..<inner {
          func at(_ k: Int) -> E { sorted[i + inner * (k + length * o)] }
          var best = 0
          var all: [E] = []
          var k = 0
          while k < length {
            var end = k + 1
            while end < length, at(end) == at(k) { end += 1 }
            if end - k > best {
              best = end - k
              all = [at(k)]
            } else if end - k == best {
              all.append(at(k))
            }
            k = end
          }
          if let first = all.first { modes[i + inner * o] = first }
          counts[i + inner * o] = Double(best)
          ties.append(.make(NDArray(column: all)))
        }
      }
      return [.make(modes), .make(counts), .cell(shape, ties)]
    }
  }

  static func mode(_ call: inout Call) throws(RuntimeError) -> [Value] {
    try requireNumbers(call)
    let dimension =
      call.count > 1
      ? try call.dimension(1, "DIM must be an integer and a valid dimension") : longDimension(call[0].shape)
    guard var result = try call[0].visitReal(Mode(dimension: dimension)) else {
      throw call.error("X must be a numeric vector or matrix")
    }
    if call[0].isLogical, let a = result[0].realArray { result[0] = .make(a.map { $0 != 0 }) }
    return result
  }

  // MARK: - Variance

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
    var x = floating(call[0])
    var dimension = longDimension(x.shape)
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
        x.shape == .empty ? Shape.scalar : x.shape.replacing(emptyDimension(x.shape, dimension), with: 1)
      return .converting(NDArray(shape, repeating: .nan), to: x.isSingle ? "single" : "double")
    }
    if weights.count > 1 {
      guard weights.count == length else {
        throw RuntimeError("var: weight vector or array does not match X along DIM")
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
    let centered = try x - mean(x, along: dimension)
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

  private static func emptyDimension(_ shape: Shape, _ dimension: Int) -> Int {
    shape[dimension] == 0 ? dimension : (0..<shape.dimensionCount).first { shape[$0] == 0 } ?? dimension
  }

  static func meansq(_ call: inout Call) throws(RuntimeError) -> Value {
    guard call[0].isNumeric || call[0].isLogical else {
      throw call.error("X must be a numeric vector or matrix")
    }
    let x = floating(call[0])
    let dimension = call.count > 1 ? try call.dimension(1) : longDimension(x.shape)
    let shaped = x.shape == .empty ? x.reshapedValue(Shape(0, 1)) : x
    return try Sums.sumOfSquares(shaped, along: dimension) / .integer(x.shape[dimension])
  }

  static func center(_ call: inout Call) throws(RuntimeError) -> Value {
    guard call[0].isNumeric || call[0].isLogical else {
      throw call.error("X must be a numeric vector or matrix")
    }
    let x = floating(call[0])
    if x.isEmpty { return x }
    let dimension = call.count > 1 ? try call.dimension(1) : longDimension(x.shape)
    return try x - mean(x, along: dimension)
  }

  static func zscore(_ call: inout Call) throws(RuntimeError) -> [Value] {
    guard call[0].isNumeric || call[0].isLogical else {
      throw call.error("X must be a numeric vector or matrix")
    }
    let x = floating(call[0])
    if x.isEmpty { return [x, .emptyMatrix, .emptyMatrix] }
    let option = try call.real(1, default: 0)
    guard option == 0 || option == 1 else { throw call.error("normalization OPT must be empty, 0, or 1") }
    let dimension = call.count > 2 ? try call.dimension(2) : longDimension(x.shape)
    let mu = try mean(x, along: dimension)
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
    let x = floating(call[0])
    let dimension = call.count > 2 ? try call.dimension(2) : longDimension(x.shape)
    let centered = try x - mean(x, along: dimension)
    let power = try Operators.binary(.elementPower, centered, .number(order))
    return (
      try mean(centered * centered, along: dimension), try mean(power, along: dimension),
      Double(x.shape[dimension])
    )
  }

  static func skewness(_ call: inout Call) throws(RuntimeError) -> Value {
    let (second, third, n) = try moments(call, 3)
    let s = try Exponential.sqrtFunction.apply(second, name: "sqrt")
    let y = try third / (s * s * s)
    if try call.real(1, default: 1) == 0, n > 2 {
      return try y * .number(Glibc.sqrt(n * (n - 1)) / (n - 2))
    }
    return y
  }

  static func kurtosis(_ call: inout Call) throws(RuntimeError) -> Value {
    let (second, fourth, n) = try moments(call, 4)
    let y = try fourth / (second * second)
    if try call.real(1, default: 1) == 0, n > 3 {
      let factor = (n - 1) / ((n - 2) * (n - 3))
      return try .number(3) + .number(factor) * (.number(n + 1) * y - .number(3 * (n - 1)))
    }
    return y
  }

  static func mad(_ call: inout Call) throws(RuntimeError) -> Value {
    guard call[0].isNumeric || call[0].isLogical else {
      throw call.error("X must be a numeric vector or matrix")
    }
    let x = floating(call[0])
    let dimension = call.count > 2 ? try call.dimension(2) : longDimension(x.shape)
    let useMedian = try call.real(1, default: 0) != 0
    func middle(_ value: Value) throws(RuntimeError) -> Value {
      if useMedian { return try value.visitReal(Median(dimension: dimension)) ?? value }
      return try mean(value, along: dimension)
    }
    let deviations = try ElementFunction(.absolute).apply(x - middle(x), name: "abs")
    return try middle(deviations)
  }
}
