import ThetaRuntime

/// What the options of the learning optimizers may be. A value that makes no sense is an error that names the option;
/// otherwise a long run would end with parameters that are wrong, or not begin to move.
enum OptionChecks {
  /// What an option may be; the words are those of the error.
  private enum Kind: String {
    case positiveCount = "a whole number, one or more"
    case positive = "a positive number"
    case amount = "a number, zero or more"
    case part = "a number from 0 to below 1"
    case seed = "a whole number"
    case text = "a text"
    case function = "a function handle or a name"
    case display = "\"off\", \"final\" or \"iter\""
    case switchWord = "true or false"
    case direction = "\"rows\" or \"columns\""
    case numbers = "real numbers"
  }

  private static let kinds: [(String, Kind)] = [
    ("MaxIter", .amount), ("MaxEpochs", .amount), ("MaxFunEvals", .amount), ("TolFun", .amount),
    ("TolX", .amount), ("optTol", .amount), ("progTol", .amount), ("Decay", .amount),
    ("DecayEvery", .positive), ("Epsilon", .positive), ("LearningRate", .positive), ("Beta1", .part),
    ("Beta2", .part), ("Momentum", .part), ("Seed", .seed),
  ]
  private static let moreKinds: [(String, Kind)] = [
    ("BatchSize", .positiveCount), ("Patience", .positiveCount), ("HistorySize", .positiveCount),
    ("Corr", .positiveCount), ("CheckpointEvery", .positiveCount), ("CheckpointFile", .text),
    ("Display", .display), ("OutputFcn", .function), ("Method", .text), ("Shuffle", .switchWord),
    ("Examples", .direction), ("LowerBound", .numbers), ("UpperBound", .numbers),
  ]

  private static let displayWords: Set<String> = [
    "off", "none", "final", "notify", "iter", "on", "full", "excessive", "final-detailed", "notify-detailed",
    "iter-detailed",
  ]

  static func check(_ settings: OptimizerSettings, _ call: Call) throws(RuntimeError) {
    for (name, kind) in kinds + moreKinds {
      guard let value = settings.value(name), !isGood(value, kind) else { continue }
      let given =
        value.stringValue.map { "'\($0)'" } ?? value.firstReal.flatMap { x in
          value.shape.isScalar ? NumberText.general(x) : nil
        } ?? value.typeName
      throw call.error("\(name) must be \(kind.rawValue), not \(given)")
    }
  }

  private static func isGood(_ value: Value, _ kind: Kind) -> Bool {
    switch kind {
    case .text: return value.stringValue != nil
    case .function: return value.isFunction || value.stringValue != nil
    case .display:
      if let word = value.stringValue { return displayWords.contains(word.lowercased()) }
      return number(value) != nil
    case .switchWord:
      if let word = value.stringValue { return ["on", "off"].contains(word.lowercased()) }
      return number(value) != nil
    case .direction: return ["rows", "columns"].contains(value.stringValue?.lowercased() ?? "")
    case .numbers:
      return (value.isNumeric || value.isLogical) && value.full.realArray?.containsNaN == false
    case .positiveCount, .positive, .amount, .part, .seed: break
    }
    guard let x = number(value), !x.isNaN else { return false }
    let isWhole = x == x.rounded()
    switch kind {
    case .positiveCount: return x >= 1 && isWhole
    case .amount: return x >= 0
    case .positive: return x > 0
    case .part: return x >= 0 && x < 1
    default: return isWhole
    }
  }

  /// A real number, or a truth value as one.
  private static func number(_ value: Value) -> Double? {
    guard value.isNumeric || value.isLogical, !value.isComplex, value.shape.isScalar else { return nil }
    return value.firstReal
  }
}
