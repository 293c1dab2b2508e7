// The command `theta`: reads the command line, runs one session, and ends with its status.

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif
import Theta

let console = StandardConsole()

/// Ends the process after everything that was printed has been written.
func finish(_ status: ExitStatus) -> Never {
  console.flush()
  exit(status.code)
}

do {
  let arguments = try Arguments(Array(CommandLine.arguments.dropFirst()), isTerminal: isatty(STDIN_FILENO) == 1)
  switch arguments.task {
  case .help:
    console.write(Array(Arguments.help.utf8))
    finish(.done)
  case .version:
    console.write(Array("theta \(Session.version)\n".utf8))
    finish(.done)
  case .interactive:
    let session = Session(console: console)
    finish(REPL(session: session, console: console).run())
  case .run, .evaluate, .standardInput:
    let session = Session(console: console, arguments: arguments.scriptArguments)
    let program: Session.Program =
      switch arguments.task {
      case .run(let path): .file(path)
      case .evaluate(let code): .text(code, name: "-e")
      default: .bytes(console.readAll(), name: "-")
      }
    finish(arguments.dumpsBytecode ? session.disassemble(program) : session.run(program))
  }
} catch {
  console.writeError(Array("theta: \(error.message)\nTry 'theta --help'.\n".utf8))
  finish(.unreadable)
}
