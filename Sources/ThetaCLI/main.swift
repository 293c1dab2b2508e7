// The command `theta`: reads the command line, runs one session, and ends with its status.

import Theta
import ThetaTools

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Does what the command line asks for.
func perform(_ words: [String], console: StandardConsole) -> ExitStatus {
  do throws(Arguments.UsageError) {
    let arguments = try Arguments(words, isTerminal: isatty(STDIN_FILENO) == 1)
    if !arguments.usesThreads { setenv("THETA_NUM_THREADS", "1", 1) }
    if !arguments.usesWideProducts { setenv("THETA_WIDE_PRODUCTS", "0", 1) }
    if let bytes = arguments.memoryAllowed { setenv("THETA_MAX_MEMORY", String(bytes), 1) }
    let program: Session.Program
    switch arguments.task {
    case .help:
      console.write(Arguments.help)
      return .done
    case .version:
      console.write("theta \(Session.version)\n")
      return .done
    case .describe(let name):
      guard let text = Session(console: console).help(name) else {
        console.writeError("theta: there is no function '\(name ?? "")'\n")
        return .unreadable
      }
      console.write(text)
      return .done
    case .report(let path, let options):
      let outcome = Report.make(path, options)
      if !outcome.message.isEmpty { console.writeError(outcome.message) }
      if let path = outcome.path { console.writeError("theta: report in \(path)\n") }
      return outcome.status
    case .interactive:
      let session = Session(console: console)
      Report.install(in: session)
      session.figures = arguments.figures
      Interrupts.stop(session, afterSeconds: nil)
      return session.finish(REPL(session: session, console: console).run())
    case .run(let path): program = .file(path)
    case .evaluate(let code): program = .text(code, name: "-e")
    case .standardInput: program = .bytes(console.readAll(), name: "-")
    }
    let session = Session(console: console, arguments: arguments.scriptArguments)
    Report.install(in: session)
    if !arguments.dumpsBytecode { session.figures = arguments.figures }
    Interrupts.stop(session, afterSeconds: arguments.secondsAllowed)
    if let bytes = arguments.outputAllowed {
      console.limitOutput(to: bytes, stopRequest: session.stopRequest)
    }
    session.fusesExpressions = arguments.fusesExpressions
    session.reusesJoins = arguments.reusesJoins
    // The process ends with the session: its values are left to the system. Freeing them one by one takes time, and
    // a list nested a hundred thousand deep takes more stack than the main thread has.
    _ = Unmanaged.passRetained(session)
    if arguments.profiles { return session.finish(session.profile(program)) }
    return arguments.dumpsBytecode ? session.disassemble(program) : session.finish(session.run(program))
  } catch {
    console.writeError("theta: \(error.message)\nTry 'theta --help'.\n")
    return .unreadable
  }
}

let console = StandardConsole()
let status = perform(Array(CommandLine.arguments.dropFirst()), console: console)
console.flush()
exit(status.code)
