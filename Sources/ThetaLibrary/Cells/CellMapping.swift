import ThetaArrays
import ThetaNumeric
import ThetaRuntime
import ThetaText

// cellfun, arrayfun, structfun: a function applied element by element.

enum CellMapping {
  static let table: [Builtin] = [
    Builtin(
      "[y, ...] = cellfun (fcn, C, more...)",
      """
      A function applied to the elements of cells. The results form an array unless "UniformOutput" is false, when they
      form a cell. "ErrorHandler" gives a function that is called when an element fails.
      """, multiple: cellfun),
    Builtin(
      "[y, ...] = arrayfun (fcn, A, more...)", "A function applied to the elements of arrays; see cellfun.",
      multiple: arrayfun),
    Builtin(
      "[y, ...] = structfun (fcn, S, options...)",
      "A function applied to the fields of a struct; see cellfun.",
      multiple: structfun),
  ]

  private struct Options {
    var uniform = true
    var errorHandler: Value?
    /// Number of arguments that are data.
    var end: Int
  }

  private static func options(_ call: Call) throws(RuntimeError) -> Options {
    var options = Options(end: call.count)
    while options.end >= 4 || (call.name == "structfun" && options.end >= 4) {
      guard let name = call[options.end - 2].stringValue?.lowercased() else { break }
      if name == "uniformoutput" {
        options.uniform = try call.flag(options.end - 1)
      } else if name == "errorhandler" {
        let handler = call[options.end - 1]
        guard handler.isFunction || handler.isText else {
          throw call.error("invalid function NAME: \(handler.className)")
        }
        options.errorHandler = handler
      } else {
        break
      }
      options.end -= 2
    }
    return options
  }

  // MARK: cellfun

  private static func cellfun(_ call: inout Call) throws(RuntimeError) -> [Value] {
    if call.count < 2 { throw call.invalid }
    guard call[1].isCell else { throw call.error("C must be a cell array") }
    if let name = call[0].stringValue, let quick = try legacy(name, call) { return [quick] }
    try checkFunction(call)
    try checkName(call)
    let options = try options(call)
    let inputs = try cells(call, options)
    return try run(call, options, inputs.shape) { i in
      inputs.cells.map { $0[$0.count == 1 ? 0 : i] }
    }
  }

  private static func checkFunction(_ call: Call) throws(RuntimeError) {
    if call[0].isFunction || call[0].isText { return }
    throw call.error(
      "argument NAME must be a string or function handle",
      identifier: call.name == "arrayfun" ? "Octave:invalid-fun-call" : "")
  }

  /// A function given by name must exist.
  private static func checkName(_ call: Call) throws(RuntimeError) {
    guard let name = call[0].stringValue, call.context.invoker.resolve(name) == nil else { return }
    throw call.error(
      "invalid function NAME: \(name)",
      identifier: call.name == "arrayfun" ? "Octave:invalid-input-arg" : "")
  }

  private static func cells(
    _ call: Call, _ options: Options
  ) throws(RuntimeError) -> (shape: Shape, cells: [NDArray<Value>]) {
    var result: [NDArray<Value>] = []
    for i in 1..<options.end {
      guard case .cell(let cells) = call[i] else { throw call.error("C must be a cell array") }
      result.append(cells)
    }
    // Single elements go with everything.
    let shape = result.first { $0.count != 1 }?.shape ?? .scalar
    for (i, cells) in result.enumerated() where cells.count != 1 && cells.shape != shape {
      throw RuntimeError(
        "cellfun: all the input arguments must have the same size and shape (arg 1 and arg \(i + 1))",
        identifier: "Octave:invalid-fun-call")
    }
    return (shape, result)
  }

  /// The names that `cellfun` knows by itself.
  private static func legacy(_ name: String, _ call: Call) throws(RuntimeError) -> Value? {
    guard case .cell(let cells) = call[1], call.count <= 3 else { return nil }
    switch name {
    case "isempty": return .make(cells.map { $0.isEmpty })
    case "islogical", "isbool": return .make(cells.map { $0.isLogical })
    case "isnumeric": return .make(cells.map { $0.isNumeric })
    case "isreal":
      return .make(cells.map { ($0.isNumeric || $0.isLogical || $0.isText) && !$0.isComplex })
    case "length": return .make(cells.map { $0.isEmpty ? 0 : Double($0.shape.sizes.max() ?? 0) })
    case "numel", "prodofsize": return .make(cells.map { Double($0.count) })
    case "ndims": return .make(cells.map { Double($0.shape.dimensionCount) })
    case "ischar": return .make(cells.map { $0.isText })
    case "size":
      guard call.count == 3 else { throw call.error("not enough arguments for \"size\"") }
      let dimension = try call.integer(2)
      guard dimension > 0 else { throw call.error("K must be a positive integer") }
      return .make(cells.map { Double($0.shape[dimension - 1]) })
    case "isclass":
      guard call.count == 3 else { throw call.error("not enough arguments for \"isclass\"") }
      let wanted = try call.string(2)
      return .make(cells.map { $0.className == wanted })
    default: return nil
    }
  }

  /// The loop that all three share.
  private static func run(
    _ call: Call, _ options: Options, _ shape: Shape, _ inputs: (Int) throws(RuntimeError) -> [Value]
  ) throws(RuntimeError) -> [Value] {
    let count = shape.count
    let wanted = max(1, call.outputs)
    var columns = [[Value]](repeating: [], count: wanted)
    for k in 0..<wanted { columns[k].reserveCapacity(count) }
    for i in 0..<count {
      let arguments = try inputs(i)
      var results: [Value]
      do {
        results = try call.invoke(call[0], arguments, outputs: call.outputs)
      } catch {
        guard let handler = options.errorHandler, error.kind == .error else { throw error }
        call.context.lastError = error
        let description = Value.structure([
          ("identifier", .string(error.identifier)), ("message", .string(error.message)),
          ("index", .integer(i + 1)),
        ])
        results = try call.invoke(handler, [description] + arguments, outputs: call.outputs)
      }
      if call.outputs > 0, results.count < call.outputs {
        throw call.error("function returned fewer than nargout values")
      }
      if call.outputs == 0, results.isEmpty {
        columns = []
        continue
      }
      for k in 0..<min(wanted, columns.count) where k < results.count { columns[k].append(results[k]) }
    }
    if call.outputs == 0, columns.isEmpty || columns[0].count < count || (count == 0 && options.uniform) {
      return []
    }
    var outputs: [Value] = []
    for column in columns {
      outputs.append(options.uniform ? try uniform(call, column, shape) : .cell(shape, column))
    }
    return outputs
  }

  /// Scalars of one class as an array.
  private static func uniform(_ call: Call, _ values: [Value], _ shape: Shape) throws(RuntimeError) -> Value {
    if values.isEmpty { return .make(NDArray<Double>(zeros: shape)) }
    var isNumber = true
    var isLogical = true
    for value in values {
      switch value {
      case .number: isLogical = false
      case .logical: isNumber = false
      default:
        isNumber = false
        isLogical = false
        guard value.count == 1, !value.isFunction else {
          let name = call.name == "arrayfun" ? "arrayfun" : "cellfun"
          throw RuntimeError(
            "\(name): all values must be scalars when UniformOutput = true",
            identifier: name == "arrayfun" ? "Octave:invalid-fun-call" : "")
        }
      }
    }
    if isNumber { return .make(NDArray(shape, values.map { $0.firstReal ?? 0 })) }
    if isLogical { return .make(NDArray(shape, values.map { $0.firstReal == 1 })) }
    // The class is that of the first value.
    var values = values
    if let wanted = values[0].numericClass {
      for k in values.indices where values[k].numericClass != wanted && !values[k].isComplex {
        guard let number = values[k].firstReal else { continue }
        values[k] = .converting(NDArray(scalar: number), to: wanted.rawValue)
      }
    }
    let row = try Concatenation.along(1, values, function: call.name)
    return try reshape(row, shape)
  }

  /// The elements of a row in another shape.
  static func reshape(_ value: Value, _ shape: Shape) throws(RuntimeError) -> Value {
    guard value.count == shape.count else { throw RuntimeError("cellfun: dimensions mismatch") }
    return value.reshapedValue(shape)
  }

  // MARK: arrayfun

  private static func arrayfun(_ call: inout Call) throws(RuntimeError) -> [Value] {
    if call.count < 2 { throw call.invalid }
    try checkFunction(call)
    try checkName(call)
    let options = try options(call)
    let inputs = (1..<options.end).map { call[$0] }
    let shape = inputs.first { $0.count != 1 }?.shape ?? .scalar
    for input in inputs where input.count != 1 && input.shape != shape {
      throw call.error("dimensions mismatch", identifier: "Octave:invalid-input-arg")
    }
    return try run(call, options, shape) { i throws(RuntimeError) in
      var arguments: [Value] = []
      for input in inputs { arguments.append(try CellArrays.element(input, input.count == 1 ? 0 : i)) }
      return arguments
    }
  }

  // MARK: structfun

  private static func structfun(_ call: inout Call) throws(RuntimeError) -> [Value] {
    if call.count < 2 { throw call.invalid }
    let options = try options(call)
    guard let structure = call[1].structValue, structure.count == 1 else {
      throw RuntimeError("struct2cell: argument S must be a structure")
    }
    let results = try run(call, options, Shape(structure.names.count, 1)) { [structure.values[$0]] }
    if options.uniform { return results }
    return results.map { result in
      .structure(StructArray(.scalar, names: structure.names, values: result.cellElements ?? []))
    }
  }
}
