import ThetaArrays
import ThetaRuntime

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

// Asking the person at the terminal. At the end of the input all of these return at once.

enum Input {
  static let table: [Builtin] = [
    Builtin(
      "ans = input (prompt, how?)",
      """
      A line typed at a prompt, evaluated, or as text with "s".

      >> x = input ("a number: ")
      a number: x = [](0x0)

      """, input),
    Builtin(
      "keyboard (prompt?)",
      """
      Accepted; there is no debugger yet.

      >> keyboard ("debug> ")

      """, multiple: keyboard),
    Builtin(
      "pause (n?)",
      """
      Waits n seconds, or for a line.

      >> pause (0.01)

      """, multiple: pause),
    Builtin(
      "c = kbhit (wait?)",
      """
      The first character of a line typed.

      >> kbhit (1)
      ans =

      """, kbhit),
    Builtin(
      "tf = yes_or_no (prompt?)",
      """
      Asks a question for yes or no.

      >> yes_or_no ("Go on? ")
      Go on? (yes or no) ans = 0

      """, yesOrNo),
  ]

  private static func input(_ call: inout Call) throws(RuntimeError) -> Value {
    let prompt = try call.string(0, "PROMPT must be a string")
    call.context.console.flush()
    let line = call.context.console.readLine(prompt: prompt)
    if call.count > 1 { return .string(line ?? "") }
    guard let line, line.utf8.contains(where: { !$0.isSpaceByte }) else { return .emptyMatrix }
    return try call.context.invoker.evaluate(Array(line.utf8), outputs: 1).first ?? .emptyMatrix
  }

  private static func keyboard(_ call: inout Call) throws(RuntimeError) -> [Value] { [] }

  private static func pause(_ call: inout Call) throws(RuntimeError) -> [Value] {
    if call.count == 0 { call.context.graphics?.willWait() }
    call.context.console.flush()
    guard call.count > 0, !call[0].isText else {
      if call.count == 0 { _ = call.context.console.readLine(prompt: "") }
      return []
    }
    let seconds = try call.real(0)
    guard seconds >= 0 else { throw call.error("argument N must be a non-negative real scalar") }
    var rest = min(seconds, 1e7)
    while rest > 0 {
      let step = min(rest, 1)
      usleep(UInt32(step * 1e6))
      rest -= step
    }
    return []
  }

  private static func kbhit(_ call: inout Call) throws(RuntimeError) -> Value {
    call.context.console.flush()
    if call.count > 0 { return .string("") }
    guard let line = call.context.console.readLine(prompt: "") else { return .string("") }
    return .string(String(line.prefix(1)))
  }

  private static func yesOrNo(_ call: inout Call) throws(RuntimeError) -> Value {
    let prompt = (call.count > 0 ? try call.string(0) : "") + "(yes or no) "
    while let answer = call.context.console.readLine(prompt: prompt) {
      if answer == "yes" { return .logical(true) }
      if answer == "no" { return .logical(false) }
      call.context.console.write("Please answer yes or no.\n")
    }
    return .logical(false)
  }
}
