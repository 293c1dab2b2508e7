import ThetaRuntime

/// A console that keeps what was printed and answers from a list of lines.
final class CaptureConsole: Console {
  private(set) var output: [UInt8] = []
  private(set) var errors: [UInt8] = []
  var input: [String]

  init(input: [String] = []) { self.input = input }

  func write(_ bytes: [UInt8]) { output += bytes }
  func writeError(_ bytes: [UInt8]) { errors += bytes }
  func flush() {}

  func readLine(prompt: String) -> String? {
    write(prompt)
    return input.isEmpty ? nil : input.removeFirst()
  }

  var outputText: String { String(decoding: output, as: UTF8.self) }
  var errorText: String { String(decoding: errors, as: UTF8.self) }
}
