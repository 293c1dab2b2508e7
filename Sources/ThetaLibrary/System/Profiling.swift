import ThetaRuntime

// The profiler as functions. `theta profile FILE` does the same around a whole script.

enum Profiling {
  static let table: [Builtin] = [
    Builtin(
      "profile (what)",
      """
      Measures where time goes. profile on starts anew, profile resume goes on, profile off stops, profile clear forgets.
      profile report prints calls and seconds by function, and seconds by line, the costliest first. Seconds are found
      by looking at what runs a thousand times a second; calls are counted.
      """, multiple: profile),
    Builtin("profshow ()", "Prints the report of the profiler, as profile report does.", multiple: show),
  ]

  private static func profile(_ call: inout Call) throws(RuntimeError) -> [Value] {
    let invoker = call.context.invoker
    switch call.text(0) {
    case "on":
      invoker.clearProfile()
      invoker.setProfiling(true)
    case "resume": invoker.setProfiling(true)
    case "off": invoker.setProfiling(false)
    case "clear": invoker.clearProfile()
    case "report": return try show(&call)
    case let option:
      throw call.error("Unknown option '\(option ?? "")'; it is one of on, off, resume, clear, report")
    }
    return []
  }

  private static func show(_ call: inout Call) throws(RuntimeError) -> [Value] {
    guard let report = call.context.invoker.profileReport else {
      throw call.error("nothing has been profiled: start with 'profile on'")
    }
    call.context.console.write(Array(report.text.utf8))
    return []
  }
}
