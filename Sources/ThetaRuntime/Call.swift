/// One call of a builtin: its arguments, how many outputs are wanted, and the session around it.
public struct Call {
  public let builtin: Builtin
  public var arguments: Arguments
  /// `nargout`: zero when the value is not used, and then a function still may return one (for `ans`).
  public let outputs: Int
  public let context: Context

  public init(builtin: Builtin, arguments: Arguments, outputs: Int, context: Context) {
    self.builtin = builtin
    self.arguments = arguments
    self.outputs = outputs
    self.context = context
  }

  public var name: String { builtin.name }
  public var count: Int { arguments.count }

  public subscript(position: Int) -> Value { arguments[position] }

  /// An argument that may have been left out.
  public func optional(_ position: Int) -> Value? { position < arguments.count ? arguments[position] : nil }

  /// Moves an argument out for in-place work.
  public mutating func take(_ position: Int) -> Value { arguments.take(position) }

  /// Calls a function handle, or the function that a string names.
  public func invoke(
    _ function: Value, _ arguments: [Value], outputs: Int = 1
  ) throws(RuntimeError) -> [Value] {
    switch function {
    case .function(let handle):
      return try context.invoker.invoke(handle, arguments, outputs: outputs)
    case .text:
      return try context.invoker.invoke(named: try function.string(of: name), arguments, outputs: outputs)
    default:
      throw RuntimeError("\(name): argument must be a function handle or the name of a function")
    }
  }

  /// Octave's usage error for this builtin, for argument lists that its code refuses.
  public var invalid: RuntimeError { .invalidCall(builtin) }

  /// An error whose message starts with the builtin's name.
  public func error(_ message: String, identifier: String = "") -> RuntimeError {
    RuntimeError("\(name): \(message)", identifier: identifier)
  }
}
