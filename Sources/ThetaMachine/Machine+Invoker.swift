import ThetaRuntime

extension Machine: Invoker {
  public func invoke(
    _ function: FunctionValue, _ arguments: [Value], outputs: Int
  ) throws(RuntimeError) -> [Value] { throw RuntimeError("the machine is not there yet") }

  public func invoke(
    named name: String, _ arguments: [Value], outputs: Int
  ) throws(RuntimeError) -> [Value] { throw RuntimeError("the machine is not there yet") }

  public func evaluate(_ code: [UInt8], outputs: Int, depth: Int) throws(RuntimeError) -> [Value] {
    throw RuntimeError("the machine is not there yet")
  }
  public func makeFunction(_ code: String) throws(RuntimeError) -> FunctionValue {
    throw RuntimeError("the machine is not there yet")
  }
  public func runScript(_ path: String) throws(RuntimeError) {
    throw RuntimeError("the machine is not there yet")
  }
  public func resolve(_ name: String) -> ResolvedFunction? { nil }
  public func workspace(depth: Int) -> any Workspace { EmptyWorkspace() }
  public var callStack: [RuntimeError.Frame] { [] }
}
