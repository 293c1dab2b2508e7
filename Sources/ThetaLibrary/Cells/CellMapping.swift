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

      >> cellfun (@numel, {"ab", "c"})
      ans =

         2   1

      """, multiple: cellfun),
    Builtin(
      "[y, ...] = arrayfun (fcn, A, more...)",
      """
      A function applied to the elements of arrays; see cellfun.

      >> arrayfun (@(x) x ^ 2, [1 2 3])
      ans =

         1   4   9

      """,
      multiple: arrayfun),
    Builtin(
      "[y, ...] = structfun (fcn, S, options...)",
      """
      A function applied to the fields of a struct; see cellfun.

      >> structfun (@(x) 2 * x, struct ("a", 1, "b", 2))
      ans =

         2
         4

      """,
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
    while options.end >= 4, let name = call[options.end - 2].stringValue {
      let value = call[options.end - 1]
      let word = name.lowercased()
      if word.count >= 4, "uniformoutput".hasPrefix(word) {
        guard !value.isText else {
          throw RuntimeError("octave_base_value::bool_value(): wrong type argument '\(Read.typeName(value))'")
        }
        options.uniform = try call.flag(options.end - 1)
      } else if word.count >= 4, "errorhandler".hasPrefix(word) {
        options.errorHandler = try handler(value, call)
      } else {
        throw call.name == "structfun"
          ? call.error("invalid options") : RuntimeError("cellfun: unrecognized parameter \(name)")
      }
      options.end -= 2
    }
    return options
  }

  private static func handler(_ value: Value, _ call: Call) throws(RuntimeError) -> Value {
    if value.isFunction { return value }
    guard let name = value.stringValue else {
      throw RuntimeError("cellfun: invalid value for 'ErrorHandler' function")
    }
    guard call.context.invoker.resolve(name) != nil else {
      throw RuntimeError("cellfun: invalid function NAME: \(name)")
    }
    return value
  }

  // MARK: cellfun

  private static func cellfun(_ call: inout Call) throws(RuntimeError) -> [Value] {
    if call.count < 2 { throw call.invalid }
    guard call[1].isCell else { throw call.error("C must be a cell array") }
    if let name = call[0].stringValue, let quick = try legacy(name, call) { return [quick] }
    let function = try function(call)
    let options = try options(call)
    let inputs = try cells(call, options)
    if call.outputs == 1, options.errorHandler == nil, inputs.cells.count == 1,
      case .function(let handle) = function
    {
      return [try map(call, handle, inputs.cells[0], options)]
    }
    return try run(call, function, options, inputs.shape) { i in
      inputs.cells.map { $0[$0.count == 1 ? 0 : i] }
    }
  }

  /// The function to apply: a handle, a name, or the text of an expression.
  private static func function(_ call: Call) throws(RuntimeError) -> Value {
    if call[0].isFunction { return call[0] }
    let isArray = call.name == "arrayfun"
    guard let name = call[0].stringValue else {
      throw RuntimeError(
        "\(isArray ? "arrayfun" : "cellfun"): argument NAME must be a string or function handle",
        identifier: isArray ? "Octave:invalid-fun-call" : "")
    }
    if call.context.invoker.resolve(name) != nil { return call[0] }
    if !VariableName.isValid(Array(name.utf8)) {
      let names = Names.freeVariables(Array(name.utf8)).joined(separator: ", ")
      return .function(try call.context.invoker.makeFunction("@(\(names)) \(name)"))
    }
    throw RuntimeError(
      "\(isArray ? "arrayfun" : "cellfun"): invalid function NAME: \(name)",
      identifier: isArray ? "Octave:invalid-input-arg" : "")
  }

  private static func cells(
    _ call: Call, _ options: Options
  ) throws(RuntimeError) -> (shape: Shape, cells: [NDArray<Value>]) {
    var result: [NDArray<Value>] = []
    for i in 1..<options.end {
      guard case .cell(let cells) = call[i] else { throw call.error("arguments must be cells") }
      result.append(cells)
    }
    // Single elements go with everything.
    let shape = result.first { $0.count != 1 }?.shape ?? .scalar
    if result.contains(where: { $0.count != 1 && $0.shape != shape }) {
      throw RuntimeError("cellfun: dimensions mismatch")
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

  /// One cell, one result: the common case, without lists of arguments and results.
  private static func map(
    _ call: Call, _ function: FunctionValue, _ cells: NDArray<Value>, _ options: Options
  ) throws(RuntimeError) -> Value {
    var results: [Value] = []
    results.reserveCapacity(cells.count)
    for i in 0..<cells.count {
      guard let result = try call.context.invoker.apply(function, to: cells[i]) else {
        throw call.error("function returned fewer than nargout values")
      }
      results.append(result)
    }
    return options.uniform
      ? try UniformResults.array(results, cells.shape, function: call.name) : .cell(cells.shape, results)
  }

  /// The loop that all three share.
  private static func run(
    _ call: Call, _ function: Value, _ options: Options, _ shape: Shape,
    _ inputs: (Int) throws(RuntimeError) -> [Value]
  ) throws(RuntimeError) -> [Value] {
    let count = shape.count
    // structfun is asked for a value even where none is wanted.
    let outputs = call.name == "structfun" ? max(1, call.outputs) : call.outputs
    let wanted = max(1, outputs)
    var columns = [[Value]](repeating: [], count: wanted)
    for k in 0..<wanted { columns[k].reserveCapacity(count) }
    for i in 0..<count {
      let arguments = try inputs(i)
      var results: [Value]
      do {
        results = try call.invoke(function, arguments, outputs: outputs)
      } catch {
        guard let handler = options.errorHandler, error.kind == .error else { throw error }
        call.context.lastError = error
        let description = Value.structure([
          ("identifier", .string(error.identifier)), ("message", .string(error.message)),
          ("index", .integer(i + 1)),
        ])
        results = try call.invoke(handler, [description] + arguments, outputs: outputs)
      }
      if outputs > 0, results.count < outputs {
        throw call.error(
          "function returned fewer than nargout values",
          identifier: call.name == "arrayfun" ? "Octave:invalid-fun-call" : "")
      }
      if outputs == 0, results.isEmpty {
        columns = []
        continue
      }
      for k in 0..<min(wanted, columns.count) where k < results.count { columns[k].append(results[k]) }
    }
    if outputs == 0, count == 0, options.uniform { return [] }
    if outputs == 0, columns.isEmpty || columns[0].count < count { return [] }
    var all: [Value] = []
    for column in columns {
      all.append(
        options.uniform
          ? try UniformResults.array(column, shape, function: call.name) : .cell(shape, column))
    }
    return all
  }

  // MARK: arrayfun

  private static func arrayfun(_ call: inout Call) throws(RuntimeError) -> [Value] {
    if call.count < 2 { throw call.invalid }
    let function = try function(call)
    let options = try options(call)
    let inputs = (1..<options.end).map { call[$0] }
    let shape = inputs.first { $0.count != 1 }?.shape ?? .scalar
    for input in inputs where input.count != 1 && input.shape != shape {
      throw call.error("dimensions mismatch", identifier: "Octave:invalid-input-arg")
    }
    return try run(call, function, options, shape) { i throws(RuntimeError) in
      var arguments: [Value] = []
      for input in inputs { arguments.append(try CellArrays.element(input, input.count == 1 ? 0 : i)) }
      return arguments
    }
  }

  // MARK: structfun

  private static func structfun(_ call: inout Call) throws(RuntimeError) -> [Value] {
    if call.count < 2 { throw call.invalid }
    let options = try options(call)
    guard case .structure(let structure) = call[1] else {
      throw RuntimeError("struct2cell: argument S must be a structure")
    }
    let function = try function(call)
    // A struct array has its elements along further dimensions, as in struct2cell.
    let shape =
      structure.count == 1
      ? Shape(structure.names.count, 1) : Shape([structure.names.count] + structure.shape.sizes)
    let results = try run(call, function, options, shape) { [structure.values[$0]] }
    if options.uniform { return results }
    return results.map { result in
      .structure(StructArray(structure.shape, names: structure.names, values: result.cellElements ?? []))
    }
  }
}
