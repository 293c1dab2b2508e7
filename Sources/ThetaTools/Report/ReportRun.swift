import Theta
import ThetaCanvas
import ThetaSyntax

/// What happened when a script ran cell by cell.
struct ReportRun {
  struct Step {
    var cell: ReportCell
    var output = ""
    var warnings = ""
    /// Name, size and class of variables that the cell made or changed.
    var variables: [(name: String, kind: String)] = []
    var pictures: [FigurePage.Picture] = []
    var seconds = 0.0
  }

  var name: String
  var steps: [Step] = []
  /// The error that ended the script, as a person reads it.
  var error: String?
  var status = ExitStatus.done
  var seconds = 0.0

  /// Every report starts its random numbers from this seed, so that it comes out the same each time.
  static let seed = 42

  /// Keeps what is printed.
  private final class Capture: Console {
    var output: [UInt8] = []
    var errors: [UInt8] = []

    func write(_ bytes: [UInt8]) { output += bytes }
    func writeError(_ bytes: [UInt8]) { errors += bytes }
    func flush() {}
    /// Nobody answers: `pause` goes on, `input` gets nothing.
    func readLine(prompt: String) -> String? { nil }

    func take() -> (output: String, errors: String) {
      defer { (output, errors) = ([], []) }
      return (
        TerminalText.shown(String(decoding: output, as: UTF8.self)),
        TerminalText.shown(String(decoding: errors, as: UTF8.self))
      )
    }
  }

  /// Runs a script. Nil, with the reason, when it cannot be read or parsed.
  static func of(_ path: String) -> (run: ReportRun?, problem: String) {
    let console = Capture()
    let session = Session(console: console)
    session.keepsFigures()
    var run = ReportRun(name: path.split(separator: "/").last.map(String.init) ?? path)
    session.run(.text("rand ('twister', \(seed)); randn ('twister', \(seed));", name: "seed"))
    _ = console.take()
    var cells: [ReportCell] = []
    var shown: [Int: Int] = [:]
    var known: [String: Value] = [:]
    for name in session.variableNames { known[name] = session.variable(name) }
    let clock = ContinuousClock()
    let start = clock.now
    var begin = start
    func finishStep(_ index: Int, _ errorText: String? = nil) {
      var step = Step(cell: cells[index])
      let (output, errors) = console.take()
      step.output = output
      step.warnings = errorText == nil ? errors : ""
      step.seconds = seconds(clock.now - begin)
      begin = clock.now
      step.pictures = session.changedFigures(since: &shown)
      for name in session.variableNames {
        guard let value = session.variable(name) else { continue }
        if let old = known[name], same(old, value) { continue }
        known[name] = value
        step.variables.append((name, "\(value.shape) \(value.className)"))
      }
      run.steps.append(step)
    }
    run.status = session.run(
      .file(path),
      split: { source, program in
        cells = ReportCell.split(source, statements: program.statements)
        return cells.map { $0.end }
      },
      finished: { finishStep($0) })
    if run.status == .unreadable { return (nil, console.take().errors) }
    if let error = session.lastUncaughtError {
      // What the cell printed before stays; the error ends the report.
      run.error = String(decoding: console.errors, as: UTF8.self)
      if run.error?.isEmpty != false { run.error = "error: " + error.message }
      if run.steps.count < cells.count { finishStep(run.steps.count, run.error) }
    } else if run.steps.count < cells.count, !cells.isEmpty {
      finishStep(run.steps.count)
    }
    session.finish(run.status)
    run.seconds = seconds(clock.now - start)
    return (run, "")
  }

  private static func seconds(_ duration: Duration) -> Double {
    Double(duration.components.seconds) + Double(duration.components.attoseconds) * 1e-18
  }

  private static func same(_ a: Value, _ b: Value) -> Bool {
    a.className == b.className && a.shape == b.shape && Equality.isEqual(a, b, nanEqual: true)
  }
}
