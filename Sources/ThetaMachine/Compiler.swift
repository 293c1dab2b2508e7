import ThetaRuntime
import ThetaSyntax

/// AST to bytecode, one function, script or anonymous function at a time. Temporaries are handed out like a stack:
/// each statement starts with none, and an expression leaves at most one, its result. Statements, assignments,
/// calls and expressions are in `Compiler+*.swift`.
struct Compiler {
  var parts: ChunkParts
  var scope: Scope
  /// The next free temporary.
  var next = 0
  var pinned: [UInt64: Register] = [:]
  var loops: [Loop] = []
  var protections: [Protection] = []
  /// What `end` refers to, innermost last.
  var endContexts: [EndContext] = []

  /// Registers and tables are counted in 16 bits, with some room for the states of loops.
  static let registerLimit = 65_000

  struct Loop {
    var breaks: [Int] = []
    var continues: [Int] = []
    /// Protections that were active where the loop began.
    var protectionDepth: Int
  }

  /// A `try` or `unwind_protect` body being compiled.
  struct Protection {
    /// Nil for `try`.
    var cleanup: [Statement]?
    /// Finished stretches of protected code; code that leaves the body is not protected.
    var segments: [(start: Int, end: Int)] = []
    var openedAt: Int
  }

  struct EndContext {
    enum Base {
      /// A variable or a temporary that certainly is the indexed value.
      case value(Register)
      /// A name that may turn out to be a variable.
      case possibleVariable(Register)
      case place(Place)
    }
    var base: Base
    var position: Int
    var count: Int
  }

  // MARK: - Entry points

  static func compile(_ function: UserFunction) throws(RuntimeError) -> Chunk {
    let definition = function.definition
    var scope = Scope()
    for parameter in definition.parameters {
      if let name = parameter.name { scope.assign(name) }
    }
    for output in definition.outputs { scope.assign(output) }
    for parameter in definition.parameters {
      if let value = parameter.defaultValue { scope.visit(value) }
    }
    scope.visit(definition.body)
    if scope.isDynamic { scope.declareMentioned() }
    var compiler = try Compiler(name: definition.name, unit: function.unit, kind: .function, scope: scope)
    compiler.declareSignature(definition)
    try compiler.defaults(definition.parameters)
    try compiler.statements(definition.body)
    compiler.emit(.returnOutputs, definition.range)
    return try compiler.finish()
  }

  static func compileScript(_ unit: SourceUnit, name: String) throws(RuntimeError) -> Chunk {
    var scope = Scope()
    scope.visit(unit.program.statements)
    scope.declareMentioned()
    var compiler = try Compiler(name: name, unit: unit, kind: .script, scope: scope)
    try compiler.statements(unit.program.statements)
    compiler.emit(.returnOutputs, SourceRange(unit.source.bytes.count, unit.source.bytes.count))
    return try compiler.finish()
  }

  /// Code for the value or the values of an expression, as `x = eval ("…")` wants them.
  static func compileExpression(
    _ expression: Expression, unit: SourceUnit, name: String
  ) throws(RuntimeError) -> Chunk {
    var scope = Scope()
    scope.visit(expression)
    scope.declareMentioned()
    var compiler = try Compiler(name: name, unit: unit, kind: .script, scope: scope)
    let result = try compiler.values(expression)
    compiler.emit(.returnValue(a: result), expression.range)
    return try compiler.finish()
  }

  /// The template of an anonymous function inside the code being compiled.
  func closure(
    _ parameters: [Parameter], _ body: Expression, text: String
  ) throws(RuntimeError) -> ClosureTemplate {
    var inner = Scope()
    for parameter in parameters {
      if let name = parameter.name { inner.assign(name) }
    }
    for parameter in parameters {
      if let value = parameter.defaultValue { inner.visit(value) }
    }
    inner.visit(body)
    var captures: [(Register, String)] = []
    for name in inner.mentioned where !inner.isAssigned(name) {
      guard let register = scope.slots[name] else { continue }
      captures.append((register, name))
      if scope.isAssigned(name) { inner.assign(name) } else { inner.declare(name) }
    }
    var compiler = try Compiler(name: "@<anonymous>", unit: parts.unit, kind: .anonymous, scope: inner)
    compiler.declareParameters(parameters)
    compiler.parts.signature.captures = captures.compactMap { inner.slots[$0.1] }
    try compiler.defaults(parameters)
    let result = try compiler.values(body.unparenthesized)
    compiler.emit(.returnValue(a: result), body.range)
    return ClosureTemplate(
      chunk: try compiler.finish(), text: text, parameterNames: parameters.map { $0.name ?? "~" },
      captures: captures)
  }

  private init(name: String, unit: SourceUnit, kind: Chunk.Kind, scope: Scope) throws(RuntimeError) {
    self.scope = scope
    parts = ChunkParts(name: name, unit: unit, kind: kind)
    guard scope.names.count + scope.loopConstants.count < Compiler.registerLimit else {
      throw Compiler.tooLarge
    }
    parts.variables = scope.names
    parts.slots = scope.slots
    parts.answer = scope.slots["ans"]
    for (index, constant) in scope.loopConstants.enumerated() {
      let register = Register(scope.names.count + index)
      pinned[constant.bitPattern] = register
      emit(.loadConstant(d: register, k: try self.constant(.number(constant))), SourceRange(0, 0))
    }
    next = scope.names.count + scope.loopConstants.count
    parts.firstTemporary = Register(next)
    parts.registerCount = next
  }

  /// A mistake of the compiler itself: an error of the script that met it rather than the end of the process.
  static func fault(_ what: String) -> RuntimeError {
    RuntimeError("internal error of the compiler: \(what)")
  }

  static var tooLarge: RuntimeError { RuntimeError("the function is too large to be compiled") }

  private mutating func declareParameters(_ parameters: [Parameter]) {
    for (index, parameter) in parameters.enumerated() {
      let register = parameter.name.flatMap { scope.slots[$0] }
      if parameter.name == "varargin", index == parameters.count - 1 {
        parts.signature.rest = register
      } else {
        parts.signature.parameters.append(register)
      }
    }
  }

  private mutating func declareSignature(_ definition: FunctionDefinition) {
    declareParameters(definition.parameters)
    for (index, output) in definition.outputs.enumerated() {
      guard let register = scope.slots[output] else { continue }
      if output == "varargout", index == definition.outputs.count - 1 {
        parts.signature.restOutputs = register
      } else {
        parts.signature.outputs.append(register)
      }
    }
  }

  private mutating func defaults(_ parameters: [Parameter]) throws(RuntimeError) {
    for parameter in parameters {
      guard let name = parameter.name, let register = scope.slots[name], let value = parameter.defaultValue
      else { continue }
      let toDefault = jump(.branchUndefined(target: 0, a: register), parameter.range)
      let toEnd = jump(.jump(target: 0), parameter.range)
      land(toDefault)
      try compile(value, to: register)
      land(toEnd)
      next = Int(parts.firstTemporary)
    }
  }

  private consuming func finish() throws(RuntimeError) -> Chunk {
    let chunk = Chunk(parts)
    #if DEBUG
      if let problem = Verifier.check(chunk) {
        throw RuntimeError("internal error: \(problem) in \(chunk.name)\n\(Disassembler.text(of: chunk))")
      }
    #endif
    return chunk
  }

  // MARK: - Emission

  @discardableResult
  mutating func emit(_ instruction: Instruction, _ range: SourceRange) -> Int {
    parts.code.append(instruction)
    parts.ranges.append(range)
    return parts.code.count - 1
  }

  /// Emits a jump whose target is set by `land`.
  mutating func jump(_ instruction: Instruction, _ range: SourceRange) -> Int { emit(instruction, range) }

  /// Makes a jump lead to the next instruction.
  mutating func land(_ index: Int) { land(index, at: parts.code.count) }

  mutating func land(_ index: Int, at target: Int) {
    let target = Int32(clamping: target)
    switch parts.code[index] {
    case .jump: parts.code[index] = .jump(target: target)
    case .branch(_, let a): parts.code[index] = .branch(target: target, a: a)
    case .branchNot(_, let a): parts.code[index] = .branchNot(target: target, a: a)
    case .branchUndefined(_, let a): parts.code[index] = .branchUndefined(target: target, a: a)
    case .conditionOperand(_, let a, let isOr):
      parts.code[index] = .conditionOperand(target: target, a: a, isOr: isOr)
    case .declare(_, let k): parts.code[index] = .declare(target: target, k: k)
    default: preconditionFailure("not a jump")
    }
  }

  mutating func temporary() throws(RuntimeError) -> Register { try temporaries(1) }

  mutating func temporaries(_ count: Int) throws(RuntimeError) -> Register {
    guard next + count < Compiler.registerLimit else { throw Compiler.tooLarge }
    let first = next
    next += count
    parts.registerCount = max(parts.registerCount, next)
    return Register(first)
  }

  func isTemporary(_ register: Register) -> Bool { register >= parts.firstTemporary }

  private func index(_ count: Int) throws(RuntimeError) -> UInt16 {
    guard let index = UInt16(exactly: count) else { throw Compiler.tooLarge }
    return index
  }

  mutating func constant(_ value: Value) throws(RuntimeError) -> UInt16 {
    if case .number(let x) = value {
      for (k, other) in parts.constants.enumerated().prefix(256) {
        if case .number(let y) = other, x.bitPattern == y.bitPattern { return UInt16(k) }
      }
    }
    parts.constants.append(value)
    return try index(parts.constants.count - 1)
  }

  mutating func name(_ name: String) throws(RuntimeError) -> UInt16 {
    if let k = parts.names.firstIndex(of: name) { return try index(k) }
    parts.names.append(name)
    return try index(parts.names.count - 1)
  }

  mutating func site(_ site: CallSite) throws(RuntimeError) -> UInt16 {
    parts.sites.append(site)
    return try index(parts.sites.count - 1)
  }

  mutating func place(_ place: Place) throws(RuntimeError) -> UInt16 {
    parts.places.append(place)
    return try index(parts.places.count - 1)
  }

  mutating func end(_ end: EndOfPlace) throws(RuntimeError) -> UInt16 {
    parts.ends.append(end)
    return try index(parts.ends.count - 1)
  }

  mutating func layout(_ layout: Layout) throws(RuntimeError) -> UInt16 {
    parts.layouts.append(layout)
    return try index(parts.layouts.count - 1)
  }

  mutating func template(_ template: ClosureTemplate) throws(RuntimeError) -> UInt16 {
    parts.closures.append(template)
    return try index(parts.closures.count - 1)
  }

  mutating func declaration(_ declaration: SharedDeclaration) throws(RuntimeError) -> UInt16 {
    parts.declarations.append(declaration)
    return try index(parts.declarations.count - 1)
  }
}
