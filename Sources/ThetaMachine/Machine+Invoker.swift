import ThetaArrays
import ThetaRuntime
import ThetaSyntax

extension Machine: Invoker {
  public func invoke(
    _ function: FunctionValue, _ arguments: [Value], outputs: Int
  ) throws(RuntimeError) -> [Value] {
    switch function.kind {
    case .named(let name):
      guard let callee = try callee(of: function, name) else { throw Machine.missing(handle: name) }
      return try call(callee, name, arguments, outputs: outputs)
    case .anonymous(let code):
      guard let closure = code as? Closure else { throw RuntimeError("invalid function handle") }
      return try withScratch(arguments) { arguments, count, base throws(RuntimeError) in
        try self.push(
          closure.template.chunk, nil, arguments, count, outputs: outputs, ignored: 0, base: base, .entry,
          captured: closure.captured)
        try self.interpret()
        return self.takeResults()
      }
    }
  }

  public func apply(_ function: FunctionValue, to argument: Value) throws(RuntimeError) -> Value? {
    let base = freeValues
    guard case .anonymous(let code) = function.kind, let closure = code as? Closure,
      base + 2 + 4096 < values + Machine.valueCapacity
    else { return try invoke(function, [argument], outputs: 1).first }
    // The argument, and behind it the place for the result.
    base.initialize(to: argument)
    (base + 1).initialize(to: .undefined)
    let saved = scratchTop
    scratchTop = base + 2
    defer {
      scratchTop = saved
      base.deinitialize(count: 2)
    }
    try push(
      closure.template.chunk, nil, base, 1, outputs: 1, ignored: 0, base: base + 2, .entryValue(base + 1),
      captured: closure.captured)
    try interpret()
    return base[1].isUndefined ? nil : base[1]
  }

  public func builtin(_ name: String) -> Builtin? { builtins[name] }

  static func missing(handle name: String) -> RuntimeError {
    RuntimeError("invalid function handle, unable to find function for @\(name)")
  }

  public func invoke(
    named name: String, _ arguments: [Value], outputs: Int
  ) throws(RuntimeError) -> [Value] {
    guard let callee = try find(name) else {
      throw RuntimeError("feval: function '\(name)' not found")
    }
    return try call(callee, name, arguments, outputs: outputs)
  }

  /// Calls from native code: the results come back as an array.
  func call(
    _ callee: Callee, _ name: String, _ arguments: [Value], outputs: Int
  ) throws(RuntimeError) -> [Value] {
    switch callee {
    case .builtin(let builtin):
      return try withScratch(arguments) { arguments, count, _ throws(RuntimeError) in
        try self.call(builtin, arguments, count, outputs: outputs)
      }
    case .user(let function):
      return try withScratch(arguments) { arguments, count, base throws(RuntimeError) in
        try self.push(function, arguments, count, outputs: outputs, ignored: 0, base: base, .entry)
        try self.interpret()
        return self.takeResults()
      }
    case .script(let script):
      try runScriptFile(script, arguments.count)
      return []
    }
  }

  func takeResults() -> [Value] {
    let taken = results
    results = []
    return taken
  }

  func runScriptFile(_ script: ScriptFile, _ arguments: Int) throws(RuntimeError) {
    if arguments > 0 { throw RuntimeError("invalid call to script \(script.unit.source.name)") }
    define(script.unit)
    try runScript(script.chunk, parent: frameCount - 1)
  }

  /// Lays arguments above the registers of the top frame while the body runs; the third argument of the body is
  /// the first value above them.
  private func withScratch(
    _ arguments: [Value],
    _ body: (UnsafeMutablePointer<Value>, Int, UnsafeMutablePointer<Value>) throws(RuntimeError) -> [Value]
  ) throws(RuntimeError) -> [Value] {
    let base = freeValues
    let count = arguments.count
    guard base + count + 4096 < values + Machine.valueCapacity else {
      throw RuntimeError("out of memory or dimension too large for Octave's index type")
    }
    for (index, value) in arguments.enumerated() { (base + index).initialize(to: value) }
    let saved = scratchTop
    scratchTop = base + count
    defer {
      scratchTop = saved
      base.deinitialize(count: count)
    }
    return try body(base, count, base + count)
  }

  /// Runs a builtin on values that lie somewhere in the stack.
  func call(
    _ builtin: Builtin, _ arguments: UnsafeMutablePointer<Value>, _ count: Int, outputs: Int
  ) throws(RuntimeError) -> [Value] {
    // `feval ("feval", "feval", …)` makes no frames that would count.
    guard nativeDepth < Machine.recursionLimit else { throw .recursionLimit }
    if stopRequest.pointee != 0 { throw stopped() }
    try checkArguments(builtin, arguments, count)
    nativeDepth += 1
    defer { nativeDepth -= 1 }
    var call = Call(
      builtin: builtin, arguments: Arguments(base: arguments, count: count), outputs: outputs,
      context: context)
    defer { afterBuiltin(builtin) }
    if context.overriding > 0, let values = try call.overridden() { return values }
    return try builtin.call(&call)
  }

  /// Builtins after which names may mean something else.
  func afterBuiltin(_ builtin: Builtin) {
    if Machine.movesLookup(builtin.name) { forgetResolutions() }
  }

  static func movesLookup(_ name: String) -> Bool {
    switch name {
    case "cd", "chdir", "rehash", "delete", "unlink", "rename", "movefile", "copyfile", "fclose", "clear":
      true
    default: false
    }
  }

  // MARK: - Evaluated text

  public func evaluate(_ code: [UInt8], outputs: Int, depth: Int) throws(RuntimeError) -> [Value] {
    let parent = frame(depth: depth)
    let chunks = try outputs > 0 ? expressionChunks(code) : [statementChunk(code)]
    for chunk in chunks {
      results = []
      try runScript(chunk, parent: parent, outputs: outputs)
    }
    return takeResults()
  }

  /// The text sees the functions of the text around it.
  private func evaluationUnit(_ code: [UInt8]) throws(RuntimeError) -> SourceUnit {
    let source = SourceFile(name: "", bytes: code)
    let unit = SourceUnit(source: source, program: try Lookup.parse(source), directory: currentUnit.directory)
    define(unit)
    unit.around = currentUnit
    return unit
  }

  private func statementChunk(_ code: [UInt8]) throws(RuntimeError) -> Chunk {
    if let chunk = evaluated[code], chunk.unit.around === currentUnit { return chunk }
    let unit = try evaluationUnit(code)
    let chunk = try Compiler.compileScript(unit, name: "")
    if evaluated.count > 500 { evaluated = [:] }
    if unit.functions.isEmpty { evaluated[code] = chunk }
    return chunk
  }

  /// Code for the values of an expression; of several, one on each line, the last gives the values.
  private func expressionChunks(_ code: [UInt8]) throws(RuntimeError) -> [Chunk] {
    if let chunks = evaluatedExpressions[code], chunks[0].unit.around === currentUnit { return chunks }
    let unit = try evaluationUnit(code)
    if unit.program.statements.isEmpty { return [try statementChunk(code)] }
    var chunks: [Chunk] = []
    var lastLine = 0
    for statement in unit.program.statements {
      let line = unit.source.position(of: Int(statement.range.start)).line
      guard case .expression(let expression) = statement.kind, line > lastLine else {
        throw RuntimeError("eval: invalid use of statement list")
      }
      lastLine = line
      chunks.append(try Compiler.compileExpression(expression, unit: unit, name: ""))
    }
    if evaluatedExpressions.count > 500 { evaluatedExpressions = [:] }
    evaluatedExpressions[code] = chunks
    return chunks
  }

  public func makeFunction(_ code: String) throws(RuntimeError) -> FunctionValue {
    let trimmed = String(code.drop { $0 == " " })
    if Lookup.isFunctionName(trimmed) { return FunctionValue(named: trimmed) }
    let values = try evaluate(Array(code.utf8), outputs: 1, depth: Int.max)
    guard case .function(let function)? = values.first else {
      throw RuntimeError("str2func: invalid function string")
    }
    return function
  }

  public func runScript(_ path: String) throws(RuntimeError) {
    let files = context.files
    for candidate in [path, path + ".nn", path + ".m"] where files.isFile(candidate) {
      switch try lookup.load(candidate, files) {
      case .script(let script): try runScriptFile(script, 0)
      case .user(let function): define(function.unit)
      case .builtin: break
      }
      return
    }
    throw RuntimeError("could not find file \(path)")
  }

  public func resolve(_ name: String) -> ResolvedFunction? {
    let callee: Callee?
    do throws(RuntimeError) {
      callee = try resolve(name, from: currentUnit)
    } catch {
      callee = nil
    }
    switch callee {
    case .builtin(let builtin):
      let signature = builtin.signature
      return ResolvedFunction(
        source: .builtin, inputs: signature.maximumInputs ?? -(signature.minimumInputs + 1),
        outputs: signature.maximumOutputs ?? -1, documentation: "\(builtin.documentation)")
    case .user(let function):
      let file = function.unit.source.name
      if function.unit.isLibrary {
        return ResolvedFunction(
          source: .builtin, inputs: function.declaredInputs, outputs: function.declaredOutputs,
          documentation: function.definition.documentation)
      }
      return ResolvedFunction(
        source: file.isEmpty || sessionFunctions[name] === function ? .script : .file(file),
        inputs: function.declaredInputs, outputs: function.declaredOutputs,
        documentation: function.definition.documentation)
    case .script(let script):
      return ResolvedFunction(
        source: .file(script.unit.source.name), inputs: 0, outputs: 0, documentation: "")
    case nil: return nil
    }
  }

  // MARK: - Frames by depth

  public func workspace(depth: Int) -> any Workspace {
    FrameWorkspace(machine: self, index: frame(depth: depth))
  }

  /// The frame `depth` calls out from the running one; the topmost that runs at the top level for large depths.
  func frame(depth: Int) -> Int {
    var index = frameCount - 1
    var left = depth
    while left > 0, frames[index].root > 0 {
      index = frames[index].root - 1
      left -= 1
    }
    return index
  }
}
