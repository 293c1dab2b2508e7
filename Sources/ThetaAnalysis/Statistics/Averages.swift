import ThetaArrays
import ThetaNumeric
import ThetaRuntime

// Mean, median and mode.

enum Averages {
  static let table: [Builtin] = [
    Builtin(
      "y = mean (x, dim?, opt?, outtype?)",
      """
      The mean along a dimension (default: the first longer than 1); opt "a" arithmetic, "g" geometric, "h" harmonic;
      outtype "double", "native" or "default". Integer and logical x give a double.
      Error "mean: X must be a numeric vector or matrix".

      >> mean ([1 2; 3 4])
      ans =

         2   3

      """, mean),
    Builtin(
      "y = median (x, dim?)",
      """
      The middle element along a dimension, the mean of the two middle ones for an even number; NaN where one is NaN.

      >> median ([1 5 2])
      ans = 2
      """, median),
    Builtin(
      "[m, f, c] = mode (x, dim?)",
      """
      The most frequent element along a dimension (the smallest of them), how often it occurs, and a cell with all of them.

      >> mode ([1 2 2 3])
      ans = 2
      """, multiple: mode),
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
  static func floating(_ value: Value) -> Value {
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
        if call[k].count > 1 { throw call.invalid }
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
    if type == "native", call[0].isInteger, let a = result.realArray {
      result = .converting(a, to: call[0].className)
    }
    return result
  }

  struct Median: RealVisitor {
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

  private static func integerDimension(_ call: Call, _ message: String) throws(RuntimeError) -> Int {
    if let x = call[1].firstReal, x != x.rounded() { throw call.error(message) }
    return try call.dimension(1, message)
  }

  static func median(_ call: inout Call) throws(RuntimeError) -> Value {
    try requireNumbers(call)
    if call[0].isEmpty { throw call.error("X cannot be an empty matrix") }
    if call.count > 1, call[1].isText { throw call.error("DIM must be an integer and a valid dimension") }
    let dimension =
      call.count > 1
      ? try integerDimension(call, "DIM must be an integer and a valid dimension")
      : longDimension(call[0].shape)
    if call[0].isComplex, let z = call[0].complexArray {
      return MatrixArgument.rounded(.make(complexMedian(z, dimension)), isSingle: call[0].isSingle)
    }
    guard let result = try call[0].visitReal(Median(dimension: dimension)) else { throw call.wrongType(0) }
    // Half-way between false and true is true.
    return call[0].isLogical ? .make((result.realArray ?? .init(zeros: .empty)).map { $0 != 0 }) : result
  }

  /// Complex numbers go by modulus, then argument; NaN where one is.
  private static func complexMedian(_ z: NDArray<ComplexDouble>, _ dimension: Int) -> NDArray<ComplexDouble> {
    let sorted = z.sorted(along: dimension)
    let (inner, length, outer) = z.shape.split(at: dimension)
    let result = NDArray<ComplexDouble>(zeros: z.shape.replacing(dimension, with: 1))
    for o in 0..<outer {
      for i in 0..<inner {
        func at(_ k: Int) -> ComplexDouble { sorted[i + inner * (k + length * o)] }
        let upper = at(length / 2)
        if at(length - 1).isUnordered {
          result[i + inner * o] = ComplexDouble(.nan)
        } else if length % 2 == 1 {
          result[i + inner * o] = upper
        } else {
          let sum = at(length / 2 - 1) + upper
          result[i + inner * o] = ComplexDouble(sum.real / 2, sum.imaginary / 2)
        }
      }
    }
    return result
  }

  private struct Mode: OrderedVisitor {
    var dimension: Int
    func visit<E: ValueElement & OrderedElement>(_ array: NDArray<E>) throws(RuntimeError) -> [Value] {
      let sorted = array.sorted(along: dimension)
      let (inner, length, outer) = array.shape.split(at: dimension)
      let shape = array.shape.replacing(dimension, with: 1)
      // Nothing has no mode: NaN, in the classes that have one.
      let modes = NDArray<E>(shape, repeating: length == 0 ? missing(E.self) : E.zero)
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
            while end < length, !E.precedes(at(k), at(end)), !at(k).isUnordered { end += 1 }
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

    private func missing<E: ArrayElement>(_: E.Type) -> E {
      (Double.nan as? E) ?? (Float.nan as? E) ?? E.zero
    }
  }

  static func mode(_ call: inout Call) throws(RuntimeError) -> [Value] {
    try requireNumbers(call)
    let dimension =
      call.count > 1
      ? try integerDimension(call, "DIM must be an integer and a valid dimension")
      : longDimension(call[0].shape)
    guard let result = try call[0].visitOrdered(Mode(dimension: dimension)) else { throw call.wrongType(0) }
    return result
  }
}
