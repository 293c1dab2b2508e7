import ThetaArrays
import ThetaRuntime

// Random numbers: one source for each session, with Octave's streams for the same seed.

enum RandomNumbers {
  static let table: [Builtin] = [
    Builtin(
      "y = rand (sizes...)",
      """
      Uniform random numbers in (0, 1); sizes and class as in zeros. rand ("state", v), rand ("twister", v) and
      rand ("seed", x) start the generator; without v they return its state; "reset" starts it at random.

      >> size (rand (2, 3))
      ans =

         2   3

      """, multiple: rand),
    Builtin(
      "y = randn (sizes...)",
      """
      Normal random numbers of mean 0 and variance 1; arguments as in rand.

      >> size (randn (2, 3))
      ans =

         2   3

      """,
      multiple: randn),
    Builtin(
      "y = rande (sizes...)",
      """
      Exponential random numbers of mean 1; arguments as in rand.

      >> all (rande (1, 5) > 0)
      ans = 1
      """, multiple: rande),
    Builtin(
      "y = randg (a, sizes...)",
      """
      Gamma random numbers with shape a, a number or an array of the sizes.

      >> all (randg (2, 1, 5) > 0)
      ans = 1
      """,
      multiple: randg),
    Builtin(
      "y = randp (l, sizes...)",
      """
      Poisson random numbers of mean l, a number or an array of the sizes.

      >> size (randp (4, 1, 3))
      ans =

         1   3

      """,
      multiple: randp),
    Builtin(
      "y = randi (limits, sizes...)",
      """
      Random integers from 1 to imax, or from limits(1) to limits(2); sizes as in zeros and a class name at the end.
      Error "randi: require IMAX >= 1".

      >> all (randi (6, 1, 9) <= 6)
      ans = 1
      """, randi),
    Builtin(
      "y = randperm (n, m?)",
      """
      A random permutation of 1 … n, or its first m elements, as a row.

      >> sort (randperm (4))
      ans =

         1   2   3   4

      """, randperm),
  ]

  static func rand(_ call: inout Call) throws(RuntimeError) -> [Value] {
    try draw(call, .uniform, { $0.uniform($1) }, { $0.uniformSingle($1) })
  }
  static func randn(_ call: inout Call) throws(RuntimeError) -> [Value] {
    try draw(call, .normal, { $0.normal($1) }, { $0.normalSingle($1) })
  }
  static func rande(_ call: inout Call) throws(RuntimeError) -> [Value] {
    try draw(call, .exponential, { $0.exponential($1) }, { $0.exponentialSingle($1) })
  }

  private static func source(_ call: Call) -> RandomSource { call.context.state { RandomSource() } }

  private static func draw(
    _ call: Call, _ distribution: RandomSource.Distribution,
    _ doubles: (RandomSource, Shape) -> NDArray<Double>, _ singles: (RandomSource, Shape) -> NDArray<Float>
  ) throws(RuntimeError) -> [Value] {
    let random = source(call)
    if call.count == 0 { return [.make(doubles(random, .scalar))] }
    if let result = try seeding(call, distribution, random) { return result }
    var arguments = call.list[...]
    var single = false
    if let name = arguments.last?.stringValue, arguments.last?.isText == true {
      switch name {
      case "double": break
      case "single": single = true
      default: throw call.error("unrecognized string argument")
      }
      arguments.removeLast()
    }
    let shape = try sizes(call, arguments)
    return [single ? .make(singles(random, shape)) : .make(doubles(random, shape))]
  }

  private static func sizes(_ call: Call, _ arguments: ArraySlice<Value>) throws(RuntimeError) -> Shape {
    if let first = arguments.first, arguments.count == 1, !first.isNumeric, !first.isLogical {
      throw call.error("wrong type argument '\(Read.typeName(first))'")
    }
    if arguments.count == 1, let list = arguments.first?.realArray, list.count != 1 {
      guard list.shape.isVector, list.count > 0 else {
        throw call.error("dimensions must be a scalar or array of integers")
      }
    }
    return try Read.shape(arguments, of: call.name, type: "int64_t")
  }

  /// The forms that set or return the state; nil when the call asks for numbers.
  private static func seeding(
    _ call: Call, _ distribution: RandomSource.Distribution, _ random: RandomSource
  ) throws(RuntimeError) -> [Value]? {
    guard let key = call.text(0), call[0].isText, !["double", "single"].contains(key) else { return nil }
    switch key {
    case "seed":
      if call.count == 1 { return [.number(random.oldSeed)] }
      if call.text(1) == "reset" {
        random.seedOld(random.uniform() * 1e9)
      } else {
        random.seedOld(try call.real(1))
      }
      return []
    case "state", "twister":
      if call.count == 1 { return [.column(random.state(distribution))] }
      if call[1].isText {
        guard call.text(1) == "reset" else { throw call.error("unrecognized string argument") }
        random.reseed(distribution)
      } else {
        random.seed(distribution, try Read.list(call[1]))
      }
      return []
    default: throw call.error("unrecognized string argument")
    }
  }

  static func randg(_ call: inout Call) throws(RuntimeError) -> [Value] {
    try parametric(call, .gamma) { $0.gamma($1, .scalar)[0] }
  }
  static func randp(_ call: inout Call) throws(RuntimeError) -> [Value] {
    try parametric(call, .poisson) { $0.poisson($1, .scalar)[0] }
  }

  private static func parametric(
    _ call: Call, _ distribution: RandomSource.Distribution, _ next: (RandomSource, Double) -> Double
  ) throws(RuntimeError) -> [Value] {
    let random = source(call)
    if let result = try seeding(call, distribution, random) { return result }
    let parameters = try call.numbers(0)
    var arguments = call.list.dropFirst()
    var single = false
    if let name = arguments.last?.stringValue, arguments.last?.isText == true {
      single = name == "single"
      arguments.removeLast()
    }
    let shape = arguments.isEmpty ? parameters.shape : try sizes(call, arguments)
    guard parameters.shape.isScalar || parameters.shape == shape else {
      throw call.error("dimensions mismatch")
    }
    let result = NDArray<Double>(zeros: shape)
    for i in 0..<result.count { result[i] = next(random, parameters[parameters.count == 1 ? 0 : i]) }
    return [.converting(result, to: single ? "single" : "double")]
  }

  static func randi(_ call: inout Call) throws(RuntimeError) -> Value {
    let limits = try Read.list(call[0])
    guard limits.count == 1 || limits.count == 2 else {
      throw call.error("IMIN and IMAX must be integer bounds")
    }
    let low = limits.count == 2 ? limits[0] : 1
    let high = limits[limits.count - 1]
    guard low == low.rounded(), high == high.rounded() else {
      throw call.error("IMIN and IMAX must be integer bounds")
    }
    if limits.count == 1 {
      guard high >= 1 else { throw call.error("require IMAX >= 1") }
    } else {
      guard low <= high else { throw call.error("require IMIN <= IMAX") }
    }
    var arguments = call.list.dropFirst()
    var name = "double"
    if let text = arguments.last?.stringValue, arguments.last?.isText == true {
      name = text
      arguments.removeLast()
      guard NumericClass(rawValue: name) != nil, name != "char", name != "logical" else {
        throw call.error("unknown requested output CLASS '\(name)'")
      }
    }
    let shape = try sizes(call, arguments)
    let span = high - low + 1
    guard span <= 9_007_199_254_740_992 else {
      throw call.error("maximum integer range is 2^53-1")
    }
    let random = source(call)
    let numbers = random.uniform(shape).map { low + (span * $0).rounded(.down) }
    // Octave draws once more, which moves on what follows.
    _ = random.uniform()
    return .converting(numbers, to: name)
  }

  static func randperm(_ call: inout Call) throws(RuntimeError) -> Value {
    let n = try Read.integer(call[0])
    let m = call.count > 1 ? try Read.integer(call[1]) : n
    guard n >= 0, m >= 0 else { throw call.error("M and N must be non-negative") }
    guard m <= n else { throw call.error("M must be less than or equal to N") }
    try Call.check(Shape(1, n))
    return .row(source(call).permutation(n, taking: m).map { Double($0 + 1) })
  }
}
