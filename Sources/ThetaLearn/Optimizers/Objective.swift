import ThetaArrays
import ThetaGradients
import ThetaRuntime

/// A cost function of the language as optimizers call it: with X in its own shape, and with further
/// arguments. A function that returns only the cost is differentiated.
struct Objective {
  let function: Value
  /// Further arguments of the function. Mini-batches exchange the data among them.
  var more: [Value]
  let shape: Shape
  let context: Context
  /// The optimizer's name, for messages.
  let name: String
  private(set) var evaluations = 0
  private var source: GradientSource
  /// A function that cannot be differentiated gets its gradient from differences.
  private let allowsDifferences: Bool

  /// Where gradients come from. A function without a second output is differentiated.
  enum GradientSource: Int {
    case function, differentiation, differences
  }

  var isDifferentiated: Bool { source == .differentiation }

  init(
    _ call: Call, function: Value, shape: Shape, more: [Value] = [], source: GradientSource = .function,
    allowsDifferences: Bool = false
  ) {
    self.source = source
    self.allowsDifferences = allowsDifferences
    self.function = function
    self.more = more
    self.shape = shape
    context = call.context
    name = call.name
  }

  private mutating func results(at x: NDArray<Double>, outputs: Int) throws(RuntimeError) -> [Value] {
    evaluations += 1
    let arguments = [Value.make(x)] + more
    switch function {
    case .function(let handle):
      return try context.invoker.invoke(handle, arguments, outputs: outputs)
    default:
      return try context.invoker.invoke(
        named: try function.string(of: name), arguments, outputs: outputs)
    }
  }

  /// What decides how further calls go.
  mutating func archive(_ archive: inout Archive) {
    archive.visit("evaluations", &evaluations)
    var code = source.rawValue
    archive.visit("gradients", &code)
    source = GradientSource(rawValue: code) ?? source
  }

  /// The cost alone.
  mutating func cost(at x: NDArray<Double>) throws(RuntimeError) -> Double {
    guard let result = try results(at: x, outputs: 1).first else {
      throw RuntimeError("\(name): the cost function must return a number")
    }
    return try number(result)
  }

  /// The one real number that a cost is. Numbers that turn complex on the way (the logarithm of a negative one) are as
  /// bad as NaN, from which searches turn back; at the start they are a mistake.
  private func number(_ result: Value) throws(RuntimeError) -> Double {
    if case .object(let object) = result, object.plainValue != nil {
      throw RuntimeError(
        "\(name): this function cannot be differentiated", identifier: "Theta:not-differentiable")
    }
    guard result.isNumeric || result.isLogical, result.count == 1, let cost = result.firstReal else {
      throw notOneNumber(result)
    }
    guard result.isComplex else { return cost }
    if evaluations > 1 { return .nan }
    throw notOneNumber(result)
  }

  private func notOneNumber(_ result: Value) -> RuntimeError {
    let what = result.isComplex ? "complex" : result.typeName
    return RuntimeError("\(name): the cost must be one real number, not \(what) of size \(result.shape)")
  }

  /// The cost and its gradient, which has as many elements as X and takes X's shape here.
  mutating func costAndGradient(
    at x: NDArray<Double>
  ) throws(RuntimeError) -> (cost: Double, gradient: NDArray<Double>) {
    let results = try costAndGradientValues(at: x)
    let cost = try number(results[0])
    guard results[1].isNumeric || results[1].isLogical, !results[1].isComplex,
      let gradient = results[1].full.realArray
    else {
      throw RuntimeError("\(name): the gradient must be real numbers, not \(results[1].typeName)")
    }
    guard gradient.count == x.count else {
      throw RuntimeError(
        "\(name): the gradient has \(gradient.count) elements (\(gradient.shape)), but X has \(x.count)"
          + " (\(x.shape))")
    }
    return (cost, gradient.shape == shape ? gradient : gradient.reshaped(shape))
  }

  private mutating func costAndGradientValues(at x: NDArray<Double>) throws(RuntimeError) -> [Value] {
    if source == .function {
      do {
        let results = try results(at: x, outputs: 2)
        if results.count >= 2, !results[1].isUndefined { return results }
      } catch {
        guard isMissingGradient(error) else { throw error }
      }
      source = .differentiation
      evaluations -= 1
    }
    if source == .differentiation {
      do {
        evaluations += 1
        let result = try Gradient(context: context, name: name).evaluate(function, .make(x), more)
        return [result.cost, result.gradient]
      } catch  where allowsDifferences && error.identifier == "Theta:not-differentiable" {
        source = .differences
        evaluations -= 1
      } catch  where error.identifier == Gradient.complexResult && evaluations > 1 {
        return [.number(.nan), .make(NDArray<Double>(x.shape, repeating: .nan))]
      }
    }
    return [.number(try cost(at: x)), .make(try differences(at: x))]
  }

  /// The gradient by central differences, with the step that balances rounding and curvature.
  private mutating func differences(at x: NDArray<Double>) throws(RuntimeError) -> NDArray<Double> {
    let gradient = NDArray<Double>(zeros: x.shape)
    for k in 0..<x.count {
      let size = 6e-6 * max(abs(x[k]), 1)
      let (up, down) = (x.copy(), x.copy())
      up[k] += size
      down[k] -= size
      gradient[k] = (try cost(at: up) - cost(at: down)) / (up[k] - down[k])
    }
    return gradient
  }

  /// The function has one output only: it says so itself, or the anonymous function around it does. The same error from
  /// deeper inside is a mistake in what the function does.
  private func isMissingGradient(_ error: RuntimeError) -> Bool {
    guard
      error.message.hasSuffix("called with too many outputs")
        || error.message.hasPrefix("element number 2 undefined")
        || error.message.hasPrefix("some elements undefined in argument list")
    else { return false }
    let name: String?
    switch function {
    case .function(let handle): name = if case .named(let name) = handle.kind { name } else { nil }
    default: name = function.stringValue
    }
    if let name { return error.message.hasPrefix("\(name): ") }
    return error.stack.first?.function == "@<anonymous>"
  }
}

extension Value {
  fileprivate var isUndefined: Bool { if case .undefined = self { true } else { false } }
}

extension Objective {
  /// Calls the option `OutputFcn` with the point and the state of the search; it may ask to stop.
  func isStopped(
    _ settings: OptimizerSettings, iteration: Int, _ x: NDArray<Double>, _ cost: Double,
    _ direction: NDArray<Double>
  ) throws(RuntimeError) -> Bool {
    guard let observer = settings.value("OutputFcn") else { return false }
    let handle: FunctionValue
    switch observer {
    case .function(let function): handle = function
    case .text: handle = FunctionValue(named: try observer.string(of: name))
    default: return false
    }
    let state = Value.structure([
      ("iter", .integer(iteration)), ("funccount", .integer(evaluations)), ("fval", .number(cost)),
      ("searchdirection", .make(direction)),
    ])
    let answer = try context.invoker.invoke(handle, [.make(x), state, .string("iter")], outputs: 1)
    return (answer.first?.firstReal ?? 0) != 0
  }
}

/// Sums of products that are rounded as the language's own `a' * b` is, so that optimizers step as scripts
/// would.
enum Dot {
  /// `a' * b`
  static func product(_ a: NDArray<Double>, _ b: NDArray<Double>) throws(RuntimeError) -> Double {
    try number(Operators.product(column(a), hermitian: true, column(b), hermitian: false))
  }

  /// `a' * a`. Its own function because the product of a matrix with itself may be summed in another order.
  static func square(_ a: NDArray<Double>) throws(RuntimeError) -> Double {
    let a = column(a)
    return try number(Operators.product(a, hermitian: true, a, hermitian: false))
  }

  private static func column(_ a: NDArray<Double>) -> Value {
    .make(a.shape.columns == 1 && a.shape.is2D ? a : a.reshaped(Shape(a.count, 1)))
  }

  private static func number(_ value: Value) throws(RuntimeError) -> Double {
    guard let x = value.firstReal else { throw RuntimeError("the product of two vectors must be a number") }
    return x
  }
}

extension NDArray where Element == Double {
  /// `self + factor * other`, each product rounded before it is added.
  func adding(_ factor: Double, times other: NDArray<Double>) -> NDArray<Double> {
    NDArray(shape) { buffer in
      for i in buffer.indices { buffer.initializeElement(at: i, to: self[i] + factor * other[i]) }
    }
  }
}
