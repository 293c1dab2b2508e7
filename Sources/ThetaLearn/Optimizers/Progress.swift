import ThetaArrays
import ThetaDisplay
import ThetaRuntime

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// What optimizers print: on a terminal one live line, elsewhere the lines of the course; nothing, or only the end,
/// where the option `Display` says so.
struct Progress {
  enum Display {
    case off
    case final
    case iterations
  }

  private let call: Call
  private let display: Display
  private let total: Int
  private let started: Double
  private let isLive: Bool
  private let word: String
  private var hasPrinted = false

  init(
    _ call: Call, _ settings: OptimizerSettings, default fallback: Display, total: Int,
    word: String = "Iteration"
  ) {
    self.call = call
    self.total = total
    self.word = word
    started = Progress.now
    isLive = call.context.console.isTerminal
    switch settings.value("Display").map({
      $0.stringValue?.lowercased() ?? ($0.firstReal == 0 ? "off" : "iter")
    }) {
    case "off", "none": display = .off
    case "final", "notify", "final-detailed", "notify-detailed": display = .final
    case "iter", "on", "full", "excessive", "iter-detailed": display = .iterations
    default: display = fallback
    }
  }

  private static var now: Double {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
  }

  mutating func report(_ iteration: Int, _ point: Point, _ rate: Double?) throws(RuntimeError) {
    guard display == .iterations else { return }
    hasPrinted = true
    let console = call.context.console
    // The template of the lines is the course's.
    var line = try FormattedPrint.format(
      template: .string("\(word)  %4i | Cost: %4.6e"),
      arguments: [.integer(iteration), .number(point.cost)], function: call.name)
    if isLive {
      line += try FormattedPrint.format(
        template: .string(" | Gradient: %.3e"), arguments: [.number(point.steepness)], function: call.name)
      if let rate {
        line += try FormattedPrint.format(
          template: .string(" | Rate: %.3g"), arguments: [.number(rate)], function: call.name)
      }
      line += Array(" | \(timeLeft(iteration))".utf8)
      console.write(Array("\r".utf8) + line + Array("\u{1B}[K".utf8))
    } else {
      console.write(line + Array("\r".utf8))
    }
    console.flush()
  }

  /// Closes the lines after an error.
  mutating func end() {
    if hasPrinted { call.context.console.write("\n") }
    hasPrinted = false
  }

  mutating func end(_ point: Point, _ iteration: Int, _ flag: Int) {
    let console = call.context.console
    switch display {
    case .off: break
    case .iterations: console.write("\n")
    case .final:
      let cost = NumberText.general(point.cost)
      console.write("\(call.name): cost \(cost) after \(iteration) iterations (exit flag \(flag))\n")
    }
    console.flush()
  }

  private func timeLeft(_ iteration: Int) -> String {
    let seconds = (Progress.now - started) / Double(max(1, iteration)) * Double(max(0, total - iteration))
    guard seconds.isFinite, seconds < 1e7 else { return "" }
    let whole = Int(seconds.rounded())
    if whole >= 3600 { return "\(whole / 3600) h \(whole % 3600 / 60) min left" }
    if whole >= 60 { return "\(whole / 60) min \(whole % 60) s left" }
    return "\(whole) s left"
  }
}
