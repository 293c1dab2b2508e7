/// A builtin function, declared once: its usage lines (which give name and arity), one paragraph of
/// documentation with shapes, units and errors, and the code.
///
///     Builtin("y = sum (x, dim?)", """
///       Sum of the elements of x along dimension dim …
///       """, sum)
public final class Builtin: Sendable {
  /// Code with one result.
  public typealias Single = @Sendable (inout Call) throws(RuntimeError) -> Value
  /// Code with any number of results, none included. It may return fewer or more than were asked for.
  public typealias Multiple = @Sendable (inout Call) throws(RuntimeError) -> [Value]

  public enum Code: Sendable {
    case single(Single)
    case multiple(Multiple)
  }

  public let signature: Signature
  public let documentation: StaticString
  public let code: Code
  /// The same function on a real scalar when the result is a real scalar for every input: called by the machine
  /// without making a `Call`.
  public let scalar: (@Sendable (Double) -> Double)?
  public let scalar2: (@Sendable (Double, Double) -> Double)?

  public var name: String { signature.name }

  public init(
    _ usage: StaticString, _ documentation: StaticString, _ code: @escaping Single,
    scalar: (@Sendable (Double) -> Double)? = nil,
    scalar2: (@Sendable (Double, Double) -> Double)? = nil
  ) {
    signature = Signature(usage.description)
    self.documentation = documentation
    self.code = .single(code)
    self.scalar = scalar
    self.scalar2 = scalar2
  }

  public init(_ usage: StaticString, _ documentation: StaticString, multiple code: @escaping Multiple) {
    signature = Signature(usage.description)
    self.documentation = documentation
    self.code = .multiple(code)
    scalar = nil
    scalar2 = nil
  }

  /// Checks the number of arguments and outputs and runs the code.
  public func call(_ call: inout Call) throws(RuntimeError) -> [Value] {
    try check(arguments: call.arguments.count, outputs: call.outputs)
    switch code {
    case .single(let body): return [try body(&call)]
    case .multiple(let body): return try body(&call)
    }
  }

  public func check(arguments: Int, outputs: Int) throws(RuntimeError) {
    // A function without outputs may stand where outputs are wanted: `error` never comes to return them.
    if let most = signature.maximumOutputs, most > 0, outputs > most, !isOctaveBuiltin {
      throw .tooManyOutputs(name)
    }
    if signature.maximumOutputs == 0, outputs > 0, name != "print_usage", UsageForms.isFile(name) {
      throw .tooManyOutputs(name)
    }
    if arguments < signature.minimumInputs { throw .invalidCall(self) }
    if let most = signature.maximumInputs, arguments > most {
      if UsageForms.named(name)?.kind == .fixed { throw .tooManyInputs(name) }
      throw .invalidCall(self)
    }
  }

  /// Octave does not count the outputs of its builtins: those that are missing are missed where they are assigned.
  private var isOctaveBuiltin: Bool { UsageForms.named(name)?.kind == .builtin }
}

extension RuntimeError {
  /// `Invalid call to sum.  Correct usage is: …`
  public static func invalidCall(_ builtin: Builtin) -> RuntimeError {
    let forms = UsageForms.named(builtin.name)
    let octave = forms?.lines ?? []
    return .invalidCall(
      octave.isEmpty ? builtin.name : forms?.name ?? builtin.name,
      octave.isEmpty ? builtin.signature.lines.map { Substring($0) } : octave)
  }

  public static func invalidCall(_ name: String, _ forms: [Substring]) -> RuntimeError {
    RuntimeError(
      "Invalid call to \(name).  Correct usage is:\n" + forms.map { "\n -- \($0)" }.joined(),
      identifier: "Octave:invalid-fun-call")
  }

  public static func tooManyInputs(_ name: String) -> RuntimeError {
    RuntimeError("\(name): function called with too many inputs", identifier: "Octave:invalid-fun-call")
  }

  public static func tooManyOutputs(_ name: String) -> RuntimeError {
    RuntimeError("\(name): function called with too many outputs", identifier: "Octave:invalid-fun-call")
  }
}

/// The builtins of a session by name.
public struct BuiltinTable: Sendable {
  private var byName: [String: Builtin] = [:]

  public init(_ tables: [[Builtin]]) {
    byName.reserveCapacity(1024)
    for table in tables {
      for builtin in table { byName[builtin.name] = builtin }
    }
  }

  public subscript(name: String) -> Builtin? { byName[name] }
  public var names: [String] { Array(byName.keys) }
}
