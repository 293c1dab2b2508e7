import ThetaArrays
import ThetaGraphics
import ThetaRuntime

/// Values of a function of the language on a grid, for fplot, ezplot and their kind.
enum FunctionSampler {
  static func grid(_ low: Double, _ high: Double, _ count: Int) -> [Double] {
    (0..<count).map { low + (high - low) * Double($0) / Double(max(count - 1, 1)) }
  }

  /// The first argument as something to call: a handle, a function's name, or an expression in text.
  static func function(_ plot: PlotCall, message: String) throws(RuntimeError) -> Value {
    let value = plot.arguments[0]
    switch value {
    case .function: return value
    case .text: return try fromText(plot.call, value.stringValue ?? "")
    default: throw plot.error(message)
    }
  }

  private static func fromText(_ call: Call, _ text: String) throws(RuntimeError) -> Value {
    let isName = text.first?.isLetter == true && text.allSatisfy { $0.isLetter || $0.isNumber || $0 == "_" }
    if isName, call.context.invoker.resolve(text) != nil { return .function(FunctionValue(named: text)) }
    // The letters that stand alone are the variables.
    var names: Set<String> = []
    var word = ""
    let characters = Array(text + " ")
    for (i, c) in characters.enumerated() {
      if c.isLetter || c == "_" || (!word.isEmpty && c.isNumber) {
        word.append(c)
      } else {
        let isCall = c == "(" || characters[i...].first { $0 != " " } == "("
        if word.count == 1, !isCall, word != "i", word != "j", word != "e" { names.insert(word) }
        word = ""
      }
    }
    let parameters = names.isEmpty ? ["x"] : names.sorted()
    return .function(
      try call.context.invoker.makeFunction("@(\(parameters.joined(separator: ", "))) " + elementwise(text)))
  }

  /// `x^2*y` as `x.^2.*y`.
  private static func elementwise(_ text: String) -> String {
    var result = ""
    var previous: Character = " "
    for c in text {
      if c == "*" || c == "/" || c == "^", previous != "." { result.append(".") }
      result.append(c)
      previous = c
    }
    return result
  }

  static func parameterCount(_ call: Call, _ function: Value) -> Int {
    guard case .function(let handle) = function else { return 1 }
    switch handle.kind {
    case .anonymous(let code): return code.parameterNames.count
    case .named(let name): return max(1, abs(call.context.invoker.resolve(name)?.inputs ?? 1))
    }
  }

  /// The function at every point: called with all points at once, and one by one where it cannot do that.
  static func values(_ call: Call, _ function: Value, _ arguments: [[Double]]) throws(RuntimeError)
    -> [Double]
  {
    let count = arguments.first?.count ?? 0
    func text(_ value: Value) -> [Double]? {
      let array =
        value.isComplex ? value.complexArray?.map { $0.imaginary == 0 ? $0.real : .nan } : value.realArray
      return array.flatMap { $0.count == count ? $0.list : nil }
    }
    do {
      if let value = try call.invoke(function, arguments.map { .column($0) }).first, let list = text(value) {
        return list
      }
    } catch {
      if error.kind != .error { throw error }
    }
    var result: [Double] = []
    for i in 0..<count {
      let value = try call.invokeForValue(function, arguments.map { .number($0[i]) })
      result.append(value.firstReal ?? .nan)
    }
    return result
  }
}
