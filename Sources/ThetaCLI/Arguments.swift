import Theta
import ThetaTools

/// The command line, read once: what to run and how.
struct Arguments {
  enum Task: Equatable {
    /// `theta FILE …`, `theta run FILE …`
    case run(String)
    /// `theta -e CODE …`
    case evaluate(String)
    /// `theta -`, or `theta` with its input not a terminal.
    case standardInput
    /// `theta` at a terminal.
    case interactive
    case help
    case version
    /// `theta help`, `theta help NAME`
    case describe(String?)
    /// `theta report FILE`
    case report(String, Report.Options)
  }

  var task: Task
  /// What the script sees as `argv ()`.
  var scriptArguments: [String] = []
  var dumpsBytecode = false
  /// Where figures go: `--figures DIR`, `--figures none`; a page in a temporary folder otherwise.
  var figures = FigureSink.page
  /// `--max-time`, in seconds.
  var secondsAllowed: Double?
  /// `--max-memory`, in bytes.
  var memoryAllowed: Int?
  /// `--max-output`, in bytes.
  var outputAllowed: Int?
  var fusesExpressions = true
  var usesThreads = true
  var usesWideProducts = true
  var reusesJoins = true
  /// `theta profile FILE`
  var profiles = false

  /// A command line that means nothing, in words.
  struct UsageError: Error, Equatable {
    var message: String
  }

  /// - Parameter isTerminal: whether standard input is one.
  init(_ words: [String], isTerminal: Bool) throws(UsageError) {
    var words = words[...]
    var dumpsBytecode = false
    var task: Task?
    var isAfterRun = false
    var secondsAllowed: Double?
    var outputAllowed: Int?
    func amount(_ option: String) throws(UsageError) -> Double {
      guard let word = words.popFirst(), let x = Double(word), x > 0, x < 1e15 else {
        throw UsageError(message: "\(option) needs a number greater than zero")
      }
      return x
    }

    while task == nil, let word = words.popFirst() {
      switch word {
      case "--help", "-h": task = .help
      case "--version", "-v": task = .version
      case "--dump-bytecode": dumpsBytecode = true
      case "--max-time": secondsAllowed = try amount(word)
      case "--max-memory": memoryAllowed = Int(try amount(word))
      case "--max-output": outputAllowed = Int(try amount(word))
      case "--no-fusion": fusesExpressions = false
      case "--no-threads": usesThreads = false
      case "--no-wide-products": usesWideProducts = false
      case "--no-reuse": reusesJoins = false
      case "-e", "--eval":
        // Several pieces of code run one after the other, as one program.
        var pieces: [String] = []
        repeat {
          guard let code = words.popFirst() else { throw UsageError(message: "-e needs code to run") }
          pieces.append(code)
        } while words.first.map({ $0 == "-e" || $0 == "--eval" }) == true && words.popFirst() != nil
        task = .evaluate(pieces.joined(separator: "\n"))
      case "--figures":
        guard let place = words.popFirst() else {
          throw UsageError(message: "--figures needs a folder, or none")
        }
        figures = place == "none" ? .none : .folder(place)
      case "-": task = .standardInput
      case "run" where !isAfterRun: isAfterRun = true
      case "help" where !isAfterRun: task = .describe(words.popFirst())
      case "report" where !isAfterRun:
        task = try Arguments.report(&words)
      case "profile" where !isAfterRun:
        isAfterRun = true
        profiles = true
      case "--":
        guard let file = words.popFirst() else { throw UsageError(message: "-- needs a file to run") }
        task = .run(file)
      case _ where word.hasPrefix("-"): throw UsageError(message: "unknown option '\(word)'")
      default: task = .run(word)
      }
    }
    if task == nil, isAfterRun {
      throw UsageError(message: "\(profiles ? "profile" : "run") needs a file to run")
    }
    // The option may also stand after the file: `theta run FILE --dump-bytecode`.
    if isAfterRun, let position = words.firstIndex(of: "--dump-bytecode") {
      words.remove(at: position)
      dumpsBytecode = true
    }
    if isAfterRun, let position = words.firstIndex(of: "--figures"), position + 1 < words.endIndex {
      let place = words[position + 1]
      figures = place == "none" ? .none : .folder(place)
      words.removeSubrange(position...position + 1)
    }
    self.task = task ?? (isTerminal ? .interactive : .standardInput)
    self.dumpsBytecode = dumpsBytecode
    self.secondsAllowed = secondsAllowed
    self.outputAllowed = outputAllowed
    scriptArguments = Array(words)
  }

  /// `theta report FILE [--pdf] [--times] [-o OUTPUT]`
  private static func report(_ words: inout ArraySlice<String>) throws(UsageError) -> Task {
    var file: String?
    var options = Report.Options()
    while let word = words.popFirst() {
      switch word {
      case "--pdf": options.makesPDF = true
      case "--times": options.showsTimes = true
      case "-o", "--output":
        guard let output = words.popFirst() else {
          throw UsageError(message: "\(word) needs a file to write")
        }
        options.output = output
      case _ where word.hasPrefix("-") && word != "-": throw UsageError(message: "unknown option '\(word)'")
      default:
        guard file == nil else { throw UsageError(message: "report takes one file") }
        file = word
      }
    }
    guard let file else { throw UsageError(message: "report needs a file to run") }
    return .report(file, options)
  }

  static let help = """
    Theta: an Octave-style language for neural networks.

    Usage:
      theta FILE [arguments]        run a script (.nn or .m)
      theta run FILE [arguments]    the same; with --dump-bytecode, show its instructions instead
      theta profile FILE            run a script, then tell where the time went, by function and line
      theta -e CODE [arguments]     run code given on the command line; more -e CODE may follow
      theta -                       run a script read from standard input
      theta                         start an interactive session
      theta report FILE             run a script and write FILE.html: text, output and figures on one page;
                                    with --pdf a PDF, with --times how long each part took, -o OUTPUT elsewhere
      theta --figures DIR FILE      keep the figures there as SVG and PNG; none draws nothing
      theta help [NAME]             describe a function; without a name, list all by topic
      theta --help | --version

    Options, before the file:
      --max-time SECONDS            stop the script after so many seconds
      --max-memory BYTES            arrays that would take more memory together are an error
      --max-output BYTES            stop the script after it has printed so much
      --no-fusion                   evaluate expressions over arrays operator by operator; the results are the same
      --no-threads                  use one thread; THETA_NUM_THREADS sets another number
      --no-wide-products            leave the products of large matrices to OpenBLAS, too
      --no-reuse                    join [ones(m,1) X] anew each time, for the same X, too

    Exit status: 0 done, 1 error in the script, 2 wrong usage or a file that cannot be read or parsed,
    3 a limit was reached, 130 Control-C.

    """
}
