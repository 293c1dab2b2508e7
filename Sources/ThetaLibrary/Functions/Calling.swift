import ThetaArrays
import ThetaNumeric
import ThetaRuntime
import ThetaText

// Handles and calls: feval, func2str, str2func, functions, nargin, deal, eval and what it leads to.

enum Calling {
  static let classes: [Builtin] = [
    Builtin(
      "name = class (x)",
      """
      The class of a value.

      >> class (int8 (1))
      ans = int8
      """, className),
    Builtin(
      "tf = isa (x, classname)",
      """
      True when a value is of a class or of a group of classes.

      >> isa (single (1), "float")
      ans = 1
      """, isa),
  ]

  static let table: [Builtin] = [
    Builtin(
      "[y, ...] = feval (f, x...)",
      """
      Calls a function by handle or name.

      >> feval (@plus, 1, 2)
      ans = 3
      """, multiple: feval),
    Builtin(
      "str = func2str (fcn_handle)",
      """
      The text of a function handle.

      >> func2str (@(x) x + 1)
      ans = @(x) x + 1
      """, func2str),
    Builtin(
      "h = str2func (fcn_name, global?)",
      """
      A function handle from a name or the text of an anonymous function.

      >> f = str2func ("@(x) x + 1");  f(2)
      ans = 3
      """, str2func),
    Builtin(
      "tf = is_function_handle (x)",
      """
      True for a function handle.

      >> is_function_handle (@sin)
      ans = 1
      """, isFunctionHandle),
    Builtin(
      "s = functions (fcn_handle)",
      """
      What a function handle is, as a struct.

      >> functions (@sin).function
      ans = sin
      """, functions),
    Builtin(
      "n = nargin (fcn?)",
      """
      The number of arguments of the caller, or that a function declares.

      >> nargin ("size_equal")

      """, nargin),
    Builtin(
      "n = nargout (fcn?)",
      """
      The number of outputs wanted of the caller, or that a function declares.

      >> nargout (@(a) a)
      ans = 1
      """,
      nargout),
    Builtin(
      "[r1, r2, ...] = deal (a...)",
      """
      One value for all outputs, or one for each.

      >> [a, b] = deal (1, 2)
      a = 1
      b = 2
      """, multiple: deal),
    Builtin(
      "[y, ...] = nthargout (n, ntot_or_func, args...)",
      """
      The n-th output of a function.

      >> nthargout (2, @max, [1 5 3])
      ans = 2
      """, multiple: nthargout
    ),
    Builtin(
      "[y, ...] = eval (try, catch?)",
      """
      Runs text as code; the second text when the first fails.

      >> eval ("1 + 1")
      ans = 2
      """,
      multiple: eval),
    Builtin(
      "s = evalc (try, catch?)",
      """
      Runs text as code and returns what it printed.

      >> evalc ("disp (5)")
      ans = 5

      """, evalc),
    Builtin(
      "[y, ...] = evalin (context, try, catch?)",
      """
      Runs text as code in "caller" or "base".

      >> f = @() evalin ("base", "1 + 1");  f()
      ans = 2
      """,
      multiple: evalin),
    Builtin(
      "assignin (context, varname, value)",
      """
      Sets a variable in "caller" or "base".

      >> assignin ("base", "n", 3);  n
      n = 3
      """, multiple: assignin),
    Builtin(
      "tf = isargout (k)",
      """
      False for outputs that the caller ignores.

      >> isargout (1)
      ans = 1
      """, isargout),
    Builtin(
      "name = inputname (n, ids_only?)",
      "The text of an argument of the caller; empty unless it is a variable.", inputname),
    Builtin("x = onCleanup (f)", "An object that calls a function when it goes away.", onCleanup),
    Builtin(
      "f = inline (expr, args...)",
      """
      A function from the text of an expression.

      >> f = inline ("x ^ 2");  f(3)
      ans = 9
      """, inline),
    Builtin("run (script)", "Runs a script file.", multiple: run),
    Builtin("source (file)", "Runs a script file.", multiple: run),
  ]

  private static func className(_ call: inout Call) throws(RuntimeError) -> Value {
    .string(call[0].className)
  }

  private static func isa(_ call: inout Call) throws(RuntimeError) -> Value {
    let value = call[0]
    func matches(_ name: String) -> Bool {
      if name == "handle", case .object = value { return true }
      return Validation.isOf(value, name)
    }
    switch call[1] {
    case .text:
      let names = call[1].textRows ?? []
      return .make(NDArray(Shape(names.count, 1), names.map { matches($0.text) }))
    case .cell(let cells) where call[1].isCellOfStrings:
      return .make(cells.map { matches($0.stringValue ?? "") })
    default: throw call.error("CLASSNAME must be a string or cell array of strings")
    }
  }

  private static func feval(_ call: inout Call) throws(RuntimeError) -> [Value] {
    if call.count == 0 { throw call.invalid }
    let rest = Array(call.arguments.dropFirst())
    switch call[0] {
    case .function(let handle): return try call.context.invoker.invoke(handle, rest, outputs: call.outputs)
    case .text:
      let name = try call.string(0)
      guard call.context.invoker.resolve(name) != nil else {
        throw RuntimeError("feval: function '\(name)' not found")
      }
      return try call.context.invoker.invoke(named: name, rest, outputs: call.outputs)
    default:
      throw call.error("first argument must be a string, inline function, or a function handle")
    }
  }

  private static func func2str(_ call: inout Call) throws(RuntimeError) -> Value {
    guard case .function(let handle) = call[0] else {
      throw call.error("FCN_HANDLE argument must be a function handle object")
    }
    return .string(handle.text)
  }

  private static func str2func(_ call: inout Call) throws(RuntimeError) -> Value {
    let name = try call.string(0, "FCN_NAME must be a string")
    if name.utf8.first(where: { !$0.isSpaceByte }) == UInt8(ascii: "@") {
      return .function(try call.context.invoker.makeFunction(name))
    }
    return .function(FunctionValue(named: name))
  }

  private static func isFunctionHandle(_ call: inout Call) throws(RuntimeError) -> Value {
    .logical(call[0].isFunction)
  }

  private static func functions(_ call: inout Call) throws(RuntimeError) -> Value {
    guard case .function(let handle) = call[0] else {
      throw call.error("FCN_HANDLE argument must be a function handle object")
    }
    switch handle.kind {
    case .named(let name):
      return .structure([("function", .string(name)), ("type", .string("simple")), ("file", .string(""))])
    case .anonymous(let function):
      return .structure([
        ("function", .string(function.text)), ("type", .string("anonymous")), ("file", .string("")),
        ("workspace", .rowCell([.structure(function.captures)])), ("within_file_path", .string("")),
      ])
    }
  }

  private static func declared(
    _ call: Call, _ kind: String
  ) throws(RuntimeError) -> (inputs: Int, outputs: Int) {
    var name = ""
    switch call[0] {
    case .function(let handle):
      switch handle.kind {
      case .anonymous(let function):
        let names = function.parameterNames
        // How many outputs its expression gives is not known before it runs.
        return (names.last == "varargin" ? -names.count : names.count, -1)
      case .named(let known): name = known
      }
    case .text: name = try call.string(0)
    default: throw call.error("FCN must be a string or function handle")
    }
    guard let function = call.context.invoker.resolve(name) else {
      throw call.error("invalid function name: \(name)")
    }
    if function.source == .builtin, !UsageForms.isFile(name) {
      throw call.error("number of \(kind) arguments unavailable for built-in function objects")
    }
    return (function.inputs, function.outputs)
  }

  private static func nargin(_ call: inout Call) throws(RuntimeError) -> Value {
    if call.count == 1 { return .integer(try declared(call, "input").inputs) }
    return .integer(call.context.invoker.workspace(depth: 0).argumentCounts.inputs)
  }

  private static func nargout(_ call: inout Call) throws(RuntimeError) -> Value {
    if call.count == 1 { return .integer(try declared(call, "output").outputs) }
    return .integer(call.context.invoker.workspace(depth: 0).argumentCounts.outputs)
  }

  private static func deal(_ call: inout Call) throws(RuntimeError) -> [Value] {
    if call.count == 0 { throw call.invalid }
    if call.outputs == 0, call.count == 1 { return [] }
    let wanted = max(1, call.outputs)
    if call.count == 1 { return Array(repeating: call[0], count: wanted) }
    guard call.count == wanted else { throw call.error("nargin > 1 and nargin != nargout") }
    return Array(call.arguments)
  }

  private static func nthargout(_ call: inout Call) throws(RuntimeError) -> [Value] {
    let places = try call.array(0).map { Int(exactly: $0) ?? 0 }
    guard places.allSatisfy({ $0 > 0 }), let most = places.max() else {
      throw call.error("N and NTOT must consist of positive integers")
    }
    var position = 1
    var total = most
    if !call[1].isFunction, !call[1].isText {
      total = try call.integer(1)
      position = 2
    }
    guard position < call.count, total >= most, total < 10_000 else { throw call.invalid }
    let results = try call.invoke(
      call[position], Array(call.arguments.dropFirst(position + 1)), outputs: total)
    guard results.count >= total else { throw call.error("Too many output arguments: \(total)") }
    guard results.count >= most else { throw call.error("Too many output arguments: \(most)") }
    if places.count == 1 { return [results[most - 1]] }
    return [.rowCell(places.map { results[$0 - 1] })]
  }

  // MARK: eval

  /// Runs code, and the other code when it fails with an ordinary error.
  private static func evaluate(
    _ call: Call, _ position: Int, depth: Int, outputs: Int
  ) throws(RuntimeError) -> [Value] {
    let invoker = call.context.invoker
    guard let code = call[position].textBytes, call[position].shape.rows <= 1 else {
      throw RuntimeError("\(call.name == "evalin" ? "evalin" : "eval"): TRY must be a string")
    }
    guard position + 1 < call.count else { return try invoker.evaluate(code, outputs: outputs, depth: depth) }
    let other = try call.bytes(position + 1, "CATCH must be a string")
    do {
      return try invoker.evaluate(code, outputs: outputs, depth: depth)
    } catch {
      guard error.kind == .error else { throw error }
      call.context.lastError = error
      return try invoker.evaluate(other, outputs: outputs, depth: depth)
    }
  }

  private static func eval(_ call: inout Call) throws(RuntimeError) -> [Value] {
    try evaluate(call, 0, depth: 0, outputs: call.outputs)
  }

  private static func evalc(_ call: inout Call) throws(RuntimeError) -> Value {
    let capture = CapturingConsole(call.context.console)
    let console = call.context.console
    call.context.console = capture
    defer { call.context.console = console }
    _ = try evaluate(call, 0, depth: 0, outputs: 0)
    return .bytes(capture.bytes)
  }

  private static func depth(_ call: Call) throws(RuntimeError) -> Int {
    switch try call.string(0, "CONTEXT must be a string") {
    case "caller": return 1
    case "base": return Int.max
    default: throw call.error("CONTEXT must be \"caller\" or \"base\"")
    }
  }

  private static func evalin(_ call: inout Call) throws(RuntimeError) -> [Value] {
    try evaluate(call, 1, depth: try depth(call), outputs: call.outputs)
  }

  private static func assignin(_ call: inout Call) throws(RuntimeError) -> [Value] {
    let name = try call.string(1, "VARNAME must be a string")
    guard VariableName.isValid(Array(name.utf8)) else { throw call.error("invalid variable name '\(name)'") }
    call.context.invoker.workspace(depth: try depth(call)).setVariable(name, call[2])
    return []
  }

  private static func isargout(_ call: inout Call) throws(RuntimeError) -> Value {
    let workspace = call.context.invoker.workspace(depth: 0)
    let places = try call.array(0)
    let wanted = max(workspace.argumentCounts.outputs, 1)
    for k in places where !(k >= 1 && k == k.rounded()) { throw call.error("K must be a positive integer") }
    return .make(
      places.map { k in
        guard let place = Int(exactly: k) else { return false }
        return place <= wanted && workspace.isOutputUsed(place - 1)
      })
  }

  private static func inputname(_ call: inout Call) throws(RuntimeError) -> Value {
    let n = try call.integer(0)
    guard n >= 1 else { throw call.error("N must be a positive integer") }
    let texts = call.context.invoker.argumentTexts(depth: 1)
    guard n <= texts.count else { return .string("") }
    let onlyNames = call.count > 1 ? try call.flag(1) : true
    let text = texts[n - 1]
    return .string(!onlyNames || VariableName.isValid(Array(text.utf8)) ? text : "")
  }

  private static func onCleanup(_ call: inout Call) throws(RuntimeError) -> Value {
    guard case .function(let handle) = call[0] else {
      throw call.error("argument must be a function handle")
    }
    return .object(CleanupObject(handle, call.context))
  }

  private static func inline(_ call: inout Call) throws(RuntimeError) -> Value {
    let code = try call.bytes(0, "STR argument must be a string")
    var names: [String] = []
    for i in 1..<max(1, call.count) { names.append(try call.string(i)) }
    if names.isEmpty { names = Names.freeVariables(code) }
    return .function(
      try call.context.invoker.makeFunction("@(\(names.joined(separator: ", "))) \(code.text)"))
  }

  private static func run(_ call: inout Call) throws(RuntimeError) -> [Value] {
    var path = try call.string(0)
    let files = call.context.files
    for suffix in ["", ".nn", ".m"] where files.isFile(path + suffix) {
      path += suffix
      try call.context.invoker.runScript(path)
      return []
    }
    throw call.error("file SCRIPT must exist and be a valid Octave scriptfile")
  }
}

/// Keeps what is written, for `evalc`.
final class CapturingConsole: Console {
  private let other: any Console
  private(set) var bytes: Bytes = []

  init(_ other: any Console) { self.other = other }

  func write(_ bytes: [UInt8]) { self.bytes += bytes }
  func writeError(_ bytes: [UInt8]) { self.bytes += bytes }
  func flush() {}
  func readLine(prompt: String) -> String? { other.readLine(prompt: prompt) }
}

/// Calls a function when the last reference to it goes away.
final class CleanupObject: ObjectValue {
  private let function: FunctionValue
  private weak var invoker: (any Invoker)?
  private let console: any Console

  init(_ function: FunctionValue, _ context: Context) {
    self.function = function
    invoker = context.invoker
    console = context.console
  }

  deinit {
    guard let invoker else { return }
    do { _ = try invoker.invoke(function, [], outputs: 0) } catch {
      console.flush()
      console.writeError(
        "warning: onCleanup: error caught while executing cleanup function:\n\(error.message)\n")
    }
  }

  override var className: String { "onCleanup" }
  override var displayText: String { "onCleanup (\(function.text))\n" }
}
