import ThetaRuntime

extension Machine {
  /// The error that ends the running code, and an end of the request.
  @inline(never)
  func stopped() -> RuntimeError {
    let request = StopRequest(rawValue: stopRequest.pointee)
    stopRequest.pointee = 0
    switch request {
    case .timeLimit: return RuntimeError("the time limit was reached", kind: .limit)
    case .outputLimit: return RuntimeError("the output limit was reached", kind: .limit)
    case .interrupt, nil: return RuntimeError("interrupted", kind: .interrupt)
    }
  }
}
