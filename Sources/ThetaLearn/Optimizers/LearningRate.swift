import ThetaArrays
import ThetaRuntime

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// How the learning rate changes from epoch to epoch (option `Schedule`).
struct LearningRate {
  private let first: Double
  private let schedule: Value
  private let decay: Double
  private let every: Double
  private let total: Int
  private let context: Context
  private let name: String

  init(_ settings: OptimizerSettings, default fallback: Double, total: Int, _ call: Call) throws(RuntimeError)
  {
    first = settings.number("LearningRate", default: fallback)
    guard first.isFinite, first > 0 else {
      throw call.error("LearningRate must be a positive number, not \(NumberText.general(first))")
    }
    schedule = settings.value("Schedule") ?? .string("constant")
    if let word = schedule.stringValue {
      guard ["constant", "step", "exponential", "inverse", "cosine"].contains(word.lowercased()) else {
        throw call.error(
          "unknown Schedule '\(word)'; there are constant, step, exponential, inverse, cosine, and handles")
      }
    } else if !schedule.isFunction {
      throw call.error("Schedule must be a word or a handle @(epoch, rate)")
    }
    let word = schedule.stringValue?.lowercased()
    decay = settings.number("Decay", default: word == "step" ? 0.5 : word == "exponential" ? 0.95 : 0.01)
    every = max(1, settings.number("DecayEvery", default: 10))
    self.total = total
    context = call.context
    name = call.name
  }

  /// In an epoch counted from one.
  func rate(_ epoch: Int) throws(RuntimeError) -> Double {
    let passed = Double(epoch - 1)
    if case .function(let handle) = schedule {
      let answer = try context.invoker.invoke(handle, [.integer(epoch), .number(first)], outputs: 1)
      guard let rate = answer.first, rate.isNumeric, rate.shape.isScalar, let x = rate.firstReal, x.isFinite
      else {
        throw RuntimeError(
          "\(name): Schedule must return one finite number, not \(answer.first?.typeName ?? "nothing")")
      }
      return x
    }
    switch schedule.stringValue?.lowercased() {
    case "step": return first * pow(decay, (passed / every).rounded(.down))
    case "exponential": return first * pow(decay, passed)
    case "inverse": return first / (1 + decay * passed)
    case "cosine": return first * 0.5 * (1 + cos(Double.pi * min(1, passed / Double(max(1, total)))))
    default: return first
    }
  }
}
