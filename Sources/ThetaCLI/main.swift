// The command `theta`: reads the command line, runs one session, and ends with its status.

import Theta

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Does what the command line asks for.
func perform(_ words: [String], console: StandardConsole) -> ExitStatus {
  do throws(Arguments.UsageError) {
    let arguments = try Arguments(words, isTerminal: isatty(STDIN_FILENO) == 1)
    let program: Session.Program
    switch arguments.task {
    case .help:
      console.write(Arguments.help)
      return .done
    case .version:
      console.write("theta \(Session.version)\n")
      return .done
    case .interactive:
      let session = Session(console: console)
      session.figures = arguments.figures
      return session.finish(REPL(session: session, console: console).run())
    case .run(let path): program = .file(path)
    case .evaluate(let code): program = .text(code, name: "-e")
    case .standardInput: program = .bytes(console.readAll(), name: "-")
    }
    let session = Session(console: console, arguments: arguments.scriptArguments)
    if !arguments.dumpsBytecode { session.figures = arguments.figures }
    // The process ends with the session: its values are left to the system. Freeing them one by one takes time, and
    // a list nested a hundred thousand deep takes more stack than the main thread has.
    _ = Unmanaged.passRetained(session)
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
