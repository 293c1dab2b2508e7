import CEdit
import Theta

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The interactive session: line editing and history by libedit, blocks over several lines, errors that do not
/// end it.
struct REPL {
  let session: Session
  let console: StandardConsole

  private static let prompt = ">> "
  private static let continuationPrompt = ".. "

  /// Runs until the end of the input, or until the script asks to leave.
  func run() -> ExitStatus {
    // Without the user's locale the line editor takes ASCII only.
    setlocale(LC_CTYPE, "")
    loadHistory()
    defer { saveHistory() }
    console.lineEditor = { REPL.edit(prompt: $0) }
    console.write("Theta \(Session.version). Type 'exit' or Control-D to leave.\n")
    while true {
      guard let text = readBlock() else {
        if Interrupts.takeInterrupt() {
          console.write("\n")
          continue
        }
        break
      }
      _ = Interrupts.takeInterrupt()
      if text.allSatisfy(\.isWhitespace) { continue }
      add_history(text)
      if case .exit(let code) = session.runInteractive(text) { return .exit(code) }
    }
    console.write("\n")
    return .done
  }

  /// One line, or as many as it takes to close the blocks and brackets that it opens.
  private func readBlock() -> String? {
    console.flush()
    guard var text = REPL.edit(prompt: REPL.prompt) else { return nil }
    while Session.isIncomplete(text), let line = REPL.edit(prompt: REPL.continuationPrompt) {
      text += "\n" + line
    }
    return text
  }

  private static func edit(prompt: String) -> String? {
    guard let line = readline(prompt) else { return nil }
    defer { free(line) }
    return String(cString: line)
  }

  private var historyFile: String? {
    if let path = getenv("THETA_HISTORY") { return String(cString: path) }
    guard let home = getenv("HOME") else { return nil }
    return String(cString: home) + "/.theta_history"
  }

  private func loadHistory() {
    using_history()
    if let historyFile { read_history(historyFile) }
  }

  private func saveHistory() {
    stifle_history(1000)
    if let historyFile { write_history(historyFile) }
  }
}
