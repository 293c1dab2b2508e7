import Theta

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Signals that stop the running script: Control-C, and the alarm of `--max-time`. A handler does one store.
enum Interrupts {
  /// Where the session looks; of the process, as signals are.
  nonisolated(unsafe) private static var target: UnsafeMutablePointer<Int32>?

  static func stop(_ session: Session, afterSeconds seconds: Double?) {
    target = session.stopRequest
    install(SIGINT) { _ in Interrupts.target?.pointee = StopRequest.interrupt.rawValue }
    guard let seconds else { return }
    install(SIGALRM) { _ in Interrupts.target?.pointee = StopRequest.timeLimit.rawValue }
    var timer = itimerval()
    timer.it_value.tv_sec = time_t(seconds)
    timer.it_value.tv_usec = suseconds_t((seconds - seconds.rounded(.towardZero)) * 1e6)
    #if canImport(Glibc)
      setitimer(__itimer_which_t(ITIMER_REAL.rawValue), &timer, nil)
    #else
      setitimer(ITIMER_REAL, &timer, nil)
    #endif
  }

  /// System calls are not taken up again afterwards: a prompt that waits for a line gives up.
  private static func install(_ signal: Int32, _ handler: @escaping @convention(c) (Int32) -> Void) {
    var action = sigaction()
    #if canImport(Glibc)
      action.__sigaction_handler.sa_handler = handler
    #else
      action.__sigaction_u.__sa_handler = handler
    #endif
    sigaction(signal, &action, nil)
  }

  /// Whether Control-C was pressed; forgets it.
  static func takeInterrupt() -> Bool {
    guard let target, target.pointee == StopRequest.interrupt.rawValue else { return false }
    target.pointee = 0
    return true
  }
}
