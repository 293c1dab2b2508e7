import ThetaRuntime

// What the loop does with an error: on to the handler of `try` or `unwind_protect` around it, or out to the native caller.

extension Machine {
  /// Finds the handler of an error in the frames since `entry`, removing the frames inside it; the loop goes on
  /// there. Without one, all frames since `entry` are removed and the error goes to the native caller.
  @inline(never)
  func handle(_ error: RuntimeError, entry: Int) throws(RuntimeError) {
    let error = explained(located(error))
    while frameCount >= entry {
      let frame = top
      if let handler = frame.pointee.chunk.handler(at: frame.pointee.pc - 1),
        error.kind == .error
      {
        frame.pointee.pc = handler.target
        if handler.isCleanup {
          if let register = handler.register {
            frame.pointee.base[Int(register)] = .object(PendingError(error))
          }
        } else {
          context.lastError = error
          if let register = handler.register { frame.pointee.base[Int(register)] = error.structure }
        }
        return
      }
      popFrame()
    }
    throw error
  }
}
