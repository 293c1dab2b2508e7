import Theta
import ThetaRuntime

/// A console that keeps what was printed.
final class Recorder: Console {
  private(set) var output: [UInt8] = []
  func write(_ bytes: [UInt8]) { output += bytes }
  func writeError(_ bytes: [UInt8]) {}
  func flush() {}
  func readLine(prompt: String) -> String? { nil }
}

/// Runs code in a session of its own: what it printed, and the message of the error that ended it.
func run(_ code: String) -> (text: String, error: String?) {
  let console = Recorder()
  let session = Session(console: console)
  session.run(.text(code, name: "test"))
  let error = session.lastUncaughtError?.message
  return (String(decoding: console.output, as: UTF8.self), error)
}
