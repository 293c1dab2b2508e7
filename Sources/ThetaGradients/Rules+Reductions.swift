import ThetaArrays
import ThetaRuntime

// Sums, products, averages, norms; and the operators by their names as functions.

extension Rules {
  static let operators: [(String, Rule)] = [
    ("plus", chain(.add)), ("minus", binary(.subtract)), ("times", chain(.hadamard)),
    ("rdivide", binary(.elementDivide)), ("ldivide", binary(.elementLeftDivide)),
    ("power", binary(.elementPower)), ("mpower", binary(.power)), ("mtimes", chain(.multiply)),
    ("mrdivide", binary(.divide)), ("mldivide", binary(.leftDivide)),
    ("uminus", unary(.minus)), ("uplus", unary(.plus)),
    ("transpose", unary(.transpose)), ("ctranspose", unary(.hermitian)),
  ]

  private static func binary(_ operation: BinaryOperation) -> Rule {
    { a throws(RuntimeError) in [try Operators.binary(operation, a.arguments[0], a.arguments[1])] }
  }

  private static func chain(_ operation: BinaryOperation) -> Rule {
    { a throws(RuntimeError) in
      var result = a.arguments[0]
      for more in a.arguments.dropFirst() { result = try Operators.binary(operation, result, more) }
      return [result]
    }
  }

  private static func unary(_ operation: UnaryOperation) -> Rule {
    { a throws(RuntimeError) in [try Operators.unary(operation, a.arguments[0])] }
  }

  static let reductions: [(String, Rule)] = [
    ("sum", sum), ("mean", mean), ("sumsq", sumsq), ("prod", product), ("cumsum", cumulativeSum),
    ("cumprod", cumulativeProduct), ("var", variance),
    ("std", deviation), ("norm", norm), ("dot", dot), ("trapz", trapezoids), ("diff", difference),
  ]

  static let moreReductions: [(String, Rule)] = [
    ("vecnorm", vectorNorms), ("meansq", meanOfSquares), ("center", centred), ("bsxfun", broadcastFunction),
  ]

  private static func sum(_ a: Application) throws(RuntimeError) -> [Value] {
    // The gradient of a sum broadcasts to its argument.
    [try a.record(try a.value(), .elementwise { g throws(RuntimeError) in g })]
  }

  private static func mean(_ a: Application) throws(RuntimeError) -> [Value] {
    // "g" and "h" are other means.
    try a.refuseOptions(from: 1)
    let value = try a.value()
    let factor = Double(value.count) / Double(max(1, a[0].count))
    let algebra = a.algebra
    return [
      try a.record(value, .elementwise { g throws(RuntimeError) in try algebra.times(g, factor) })
    ]
  }

  private static func sumsq(_ a: Application) throws(RuntimeError) -> [Value] {
    let (x, algebra) = (a[0], a.algebra)
    return [
      try a.record(
        try a.value(),
        .elementwise { g throws(RuntimeError) in try algebra.times(x, try algebra.times(g, 2)) })
    ]
  }

  private static func meanOfSquares(_ a: Application) throws(RuntimeError) -> [Value] {
    let value = try a.value()
    let factor = 2 * Double(value.count) / Double(max(1, a[0].count))
    let (x, algebra) = (a[0], a.algebra)
    return [
      try a.record(
        value, .elementwise { g throws(RuntimeError) in try algebra.times(x, try algebra.times(g, factor)) })
    ]
  }

  private static func product(_ a: Application) throws(RuntimeError) -> [Value] {
    let (x, value, algebra) = (a[0], try a.value(), a.algebra)
    let dimension = try a.dimension(1, of: x.shape)
    return [
      try a.record(
        value,
        .elementwise { g throws(RuntimeError) in
          if let array = x.realArray {
            return try algebra.times(g, .make(others(array, along: dimension)))
          }
          if x.plain.realArray?.contains(0) == true {
            throw a.refusal("a product over zeros, a second time,")
          }
          return try algebra.over(try algebra.times(g, value), x)
        })
    ]
  }

  /// For each element, the product of the others along a dimension.
  private static func others(_ x: NDArray<Double>, along dimension: Int) -> NDArray<Double> {
    let (inner, length, outer) = x.shape.split(at: dimension)
    let result = NDArray<Double>(x.shape, repeating: 1)
    for block in 0..<outer {
      for offset in 0..<inner {
        let first = block * length * inner + offset
        var before = 1.0
        for k in 0..<length {
          result[first + k * inner] = before
          before *= x[first + k * inner]
        }
        var after = 1.0
        for k in (0..<length).reversed() {
          result[first + k * inner] *= after
          after *= x[first + k * inner]
        }
      }
    }
    return result
  }

  private static func cumulativeSum(_ a: Application) throws(RuntimeError) -> [Value] {
    let algebra = a.algebra
    let dimension = try a.dimension(1, of: a[0].shape)
    return [
      try a.record(
        try a.value(), .whole { g throws(RuntimeError) in try sumsFromTheEnd(g, dimension, algebra) })
    ]
  }

  /// total - cumsum + g
  private static func sumsFromTheEnd(
    _ g: Value, _ dimension: Int, _ algebra: Algebra
  ) throws(RuntimeError) -> Value {
    if case .real(let array) = g {
      let result = array.copy()
      let (inner, length, outer) = array.shape.split(at: dimension)
      for block in 0..<outer {
        let last = (block * length + length - 1) * inner
        for k in stride(from: 1, to: length, by: 1) {
          let row = last - k * inner
          for i in row..<row + inner { result[i] += result[i + inner] }
        }
      }
      return .real(result)
    }
    let flipped = try algebra.call("flip", g, .integer(dimension + 1))
    let sums = try algebra.call("cumsum", flipped, .integer(dimension + 1))
    return try algebra.call("flip", sums, .integer(dimension + 1))
  }

  private static func cumulativeProduct(_ a: Application) throws(RuntimeError) -> [Value] {
    let (x, value, algebra) = (a[0], try a.value(), a.algebra)
    let dimension = try a.dimension(1, of: x.shape)
    return [
      try a.record(
        value,
        .whole { g throws(RuntimeError) in
          if x.plain.realArray?.contains(0) == true {
            guard let weights = g.realArray, let factors = x.realArray else {
              throw a.refusal("a product over zeros, a second time,")
            }
            return .make(runningProductSlopes(factors, weights, along: dimension))
          }
          return try algebra.over(try sumsFromTheEnd(try algebra.times(g, value), dimension, algebra), x)
        })
    ]
  }

  /// The gradient of running products by their definition, for factors among which there are zeros: that of factor k
  /// takes the products of all others up to each place from k on.
  private static func runningProductSlopes(
    _ x: NDArray<Double>, _ g: NDArray<Double>, along dimension: Int
  ) -> NDArray<Double> {
    let (inner, length, outer) = x.shape.split(at: dimension)
    let result = NDArray<Double>(zeros: x.shape)
    for block in 0..<outer {
      for offset in 0..<inner {
        let first = block * length * inner + offset
        var before = 1.0
        for k in 0..<length {
          var (product, sum) = (before, 0.0)
          for j in k..<length {
            if j > k { product *= x[first + j * inner] }
            if product == 0 { break }
            sum += g[first + j * inner] * product
          }
          result[first + k * inner] = sum
          before *= x[first + k * inner]
        }
      }
    }
    return result
  }

  // MARK: - Statistics

  /// The dimension and the divisor of a variance: n - 1, or n with option 1.
  private static func varianceForm(_ a: Application) throws(RuntimeError) -> (Int, Double) {
    try a.refuseOptions(from: 1)
    if a.count > 2, a[2].count > 1 { throw a.refusal("a variance over several dimensions") }
    let dimension = try a.dimension(2, of: a[0].shape)
    let n = Double(a[0].shape[dimension])
    guard a.count > 1, !a[1].isEmpty else { return (dimension, max(1, n - 1)) }
    guard a[1].shape.isScalar else { throw a.refusal("a weighted variance") }
    return (dimension, a[1].plain.firstReal == 1 ? n : max(1, n - 1))
  }

  private static func deviations(_ x: Value, _ dimension: Int, _ algebra: Algebra) throws(RuntimeError)
    -> Value
  {
    let n = Double(max(1, x.shape[dimension]))
    let mean = try algebra.times(try algebra.sum(x, along: dimension), 1 / n)
    return try algebra.subtract(x, mean)
  }

  private static func variance(_ a: Application) throws(RuntimeError) -> [Value] {
    let (x, algebra) = (a[0], a.algebra)
    let (dimension, divisor) = try varianceForm(a)
    return [
      try a.record(
        try a.value(),
        .elementwise { g throws(RuntimeError) in
          try algebra.times(try deviations(x, dimension, algebra), try algebra.times(g, 2 / divisor))
        })
    ]
  }

  private static func deviation(_ a: Application) throws(RuntimeError) -> [Value] {
    let (x, algebra, value) = (a[0], a.algebra, try a.value())
    let (dimension, divisor) = try varianceForm(a)
    return [
      try a.record(
        value,
        .elementwise { g throws(RuntimeError) in
          // Zero where all elements are equal.
          let safe = try algebra.add(value, try algebra.mask(.equal, value, .number(0)))
          let scaled = try algebra.over(try algebra.times(g, 1 / divisor), safe)
          return try algebra.times(try deviations(x, dimension, algebra), scaled)
        })
    ]
  }

  private static func centred(_ a: Application) throws(RuntimeError) -> [Value] {
    [try deviations(a.arguments[0], try a.dimension(1, of: a[0].shape), a.algebra)]
  }

  // MARK: - Norms and products of vectors

  private static func norm(_ a: Application) throws(RuntimeError) -> [Value] {
    let (x, algebra) = (a[0], a.algebra)
    try a.refuseTracking(of: 1, "a norm")
    if let along = a.count > 1 ? a[a.count - 1].plain.stringValue?.lowercased() : nil,
      ["rows", "columns", "cols"].contains(along), a.count == 2 || a[1].plain.firstReal == 2
    {
      let squares = try algebra.call("sumsq", a.arguments[0], .integer(along == "rows" ? 2 : 1))
      return [try algebra.call("sqrt", squares)]
    }
    if a.count > 2 { throw a.refusal("the norms of rows or columns") }
    if x.isEmpty { return [try a.value()] }
    let kind = a.count > 1 ? a[1].plain : .number(2)
    let isVector = x.shape.isVector
    let name = kind.stringValue?.lowercased()
    let p = name == "inf" ? Double.infinity : kind.isText ? nil : kind.firstReal
    if name == "fro" || isVector && p == 2 {
      let value = try a.value()
      return [
        try a.record(
          value,
          .elementwise { g throws(RuntimeError) in
            if value.plain.firstReal == 0 { return .make(NDArray<Double>(zeros: x.shape)) }
            return try algebra.times(x, try algebra.over(g, value))
          })
      ]
    }
    let magnitudes = try algebra.call("abs", a.arguments[0])
    guard let p else { throw a.refusal("this norm") }
    if isVector {
      let column = try algebra.reshape(magnitudes, Shape(x.count, 1))
      if p == .infinity { return [try algebra.call("max", column)] }
      if p == 1 { return [try algebra.call("sum", column)] }
      if p == 0 || p == -.infinity { throw a.refusal("this norm") }
      let sum = try algebra.call("sum", try algebra.power(column, .number(p)))
      return [try algebra.power(sum, .number(1 / p))]
    }
    if p == 1 || p == .infinity {
      let sums = try algebra.call("sum", magnitudes, .integer(p == 1 ? 1 : 2))
      return [try algebra.call("max", try algebra.reshape(sums, Shape(sums.count, 1)))]
    }
    guard p == 2, x.tracked == nil else { throw a.refusal("this norm") }
    let parts = try algebra.run("svd", [x], outputs: 3)
    guard parts.count == 3 else { throw a.refusal("this norm") }
    let (left, right) = (
      try algebra.index(parts[0], .string(":"), .number(1)),
      try algebra.index(parts[2], .string(":"), .number(1))
    )
    let direction = try algebra.product(left, false, right, true)
    return [
      try a.record(
        try a.value(), .elementwise { g throws(RuntimeError) in try algebra.times(direction, g) })
    ]
  }

  /// `vecnorm (x, 2, dim)`
  private static func vectorNorms(_ a: Application) throws(RuntimeError) -> [Value] {
    if a.count > 1, !a[1].isEmpty, a[1].plain.firstReal != 2 { throw a.refusal("this norm") }
    let (x, algebra, value) = (a[0], a.algebra, try a.value())
    return [
      try a.record(
        value,
        .elementwise { g throws(RuntimeError) in
          // Zero for a vector of zeros.
          let safe = try algebra.add(value, try algebra.mask(.equal, value, .number(0)))
          return try algebra.times(x, try algebra.over(g, safe))
        })
    ]
  }

  private static func dot(_ a: Application) throws(RuntimeError) -> [Value] {
    let (x, y) = (a.arguments[0], a.arguments[1])
    if x.shape.isVector, y.shape.isVector {
      guard x.count == y.count else { throw RuntimeError("dot: sizes of X and Y must match") }
      let column = Shape(x.count, 1)
      return [
        try a.algebra.product(
          try a.algebra.reshape(x, column), true, try a.algebra.reshape(y, column), false)
      ]
    }
    let dimension = try a.dimension(2, of: x.shape)
    return [try a.algebra.call("sum", try a.algebra.times(x, y), .integer(dimension + 1))]
  }

  private static func trapezoids(_ a: Application) throws(RuntimeError) -> [Value] {
    let algebra = a.algebra
    guard a.count <= 2, let y = a.arguments.last, y.shape.isVector, y.count > 1 else {
      throw a.refusal("this form")
    }
    let n = y.count
    let column = try algebra.reshape(y, Shape(n, 1))
    let (low, high) = (NDArray(column: (1..<n).map(Double.init)), NDArray(column: (2...n).map(Double.init)))
    let heights = try algebra.times(
      try algebra.add(try algebra.index(column, .make(low)), try algebra.index(column, .make(high))), 0.5)
    if a.count == 1 { return [try algebra.call("sum", heights)] }
    let x = try algebra.reshape(a.arguments[0], Shape(n, 1))
    let widths = try algebra.subtract(
      try algebra.index(x, .make(high)), try algebra.index(x, .make(low)))
    return [try algebra.call("sum", try algebra.times(widths, heights))]
  }

  private static func difference(_ a: Application) throws(RuntimeError) -> [Value] {
    var x = a.arguments[0]
    let order = a.count > 1 && !a[1].isEmpty ? Int(exactly: a[1].plain.firstReal ?? 1) ?? 1 : 1
    let dimension = try a.dimension(2, of: x.shape)
    guard order < x.shape[dimension] else {
      let value = try a.value()
      if value.isEmpty { return [value.plain] }
      throw a.refusal("differences of a higher order than there are elements")
    }
    for _ in 0..<max(0, order) {
      let n = x.shape[dimension]
      var places: [Value] = (0..<max(x.shape.dimensionCount, dimension + 1)).map { _ in .string(":") }
      places[dimension] = .make(NDArray(row: (2...n).map(Double.init)))
      let high = try a.algebra.index(x, places)
      places[dimension] = .make(NDArray(row: (1..<n).map(Double.init)))
      x = try a.algebra.subtract(high, try a.algebra.index(x, places))
    }
    return [x]
  }

  /// Functions of two arguments broadcast by themselves.
  private static func broadcastFunction(_ a: Application) throws(RuntimeError) -> [Value] {
    let invoker = a.algebra.context.invoker
    let arguments = Array(a.arguments.dropFirst())
    switch a.arguments[0] {
    case .function(let function): return try invoker.invoke(function, arguments, outputs: 1)
    case let name: return try invoker.invoke(named: try name.string(of: "bsxfun"), arguments, outputs: 1)
    }
  }
}
