import ThetaRuntime

/// Stands in for the machine while a session is being put together; nothing runs meanwhile.
final class DetachedInvoker: Invoker {
  private var refusal: RuntimeError { RuntimeError("the session has no machine") }

  func invoke(
    _ function: FunctionValue, _ arguments: [Value], outputs: Int
  ) throws(RuntimeError) -> [Value] { throw refusal }
  func invoke(named name: String, _ arguments: [Value], outputs: Int) throws(RuntimeError) -> [Value] {
    throw refusal
  }
  func evaluate(_ code: [UInt8], outputs: Int, depth: Int) throws(RuntimeError) -> [Value] { throw refusal }
  func makeFunction(_ code: String) throws(RuntimeError) -> FunctionValue { throw refusal }
  func runScript(_ path: String) throws(RuntimeError) { throw refusal }
  func resolve(_ name: String) -> ResolvedFunction? { nil }
  func workspace(depth: Int) -> any Workspace { EmptyWorkspace() }
  func resetFunctions(where isChosen: (String) -> Bool) {}
  var callStack: [RuntimeError.Frame] { [] }
  var searchPaths: [String] {
    get { [] }
    set {}
  }
}

struct EmptyWorkspace: Workspace {
  func variable(_ name: String) -> Value? { nil }
  func setVariable(_ name: String, _ value: Value) {}
  func clearVariable(_ name: String) {}
  var variableNames: [String] { [] }
  func isGlobal(_ name: String) -> Bool { false }
  func clearGlobal(_ name: String) {}
  func isOutputUsed(_ position: Int) -> Bool { true }
  var argumentCounts: (inputs: Int, outputs: Int) { (0, 0) }
}
