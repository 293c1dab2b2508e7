import ThetaRuntime

/// `optimset` and `optimget`: the options that all optimizers share, as a struct.
enum OptimizerOptions {
  static let table: [Builtin] = [
    Builtin(
      """
      optimset ()
      OPTIONS = optimset ()
      OPTIONS = optimset (PAR, VAL, ...)
      OPTIONS = optimset (OLD, PAR, VAL, ...)
      OPTIONS = optimset (OLD, NEW)
      """,
      """
      A struct of options for fmincg, fminunc, fminsearch, fminbnd and fzero, from names and values, or
      from an old struct with some options changed. Names may be in any case and cut short where that is
      unique. An unknown name is kept, with a warning. Without arguments and outputs, prints all names;
      with the name of an optimizer, returns its defaults.

      >> options = optimset ("GradObj", "on", "MaxIter", 50)
      options =

        scalar structure containing the fields:

          GradObj = on
          MaxIter = 50

      """, multiple: optimset),
    Builtin(
      """
      value = optimget (OPTIONS, PARNAME)
      value = optimget (OPTIONS, PARNAME, DEFAULT)
      """,
      """
      The option named PARNAME of a struct made by optimset; DEFAULT (or []) when it is not there or is empty.

      >> optimget (optimset ("MaxIter", 50), "MaxIter")
      ans = 50

      """, optimget),
  ]

  /// All names, sorted.
  static let names = [
    "AutoScaling", "ComplexEqn", "Display", "FinDiffType", "FunValCheck", "GradObj", "Jacobian",
    "MaxFunEvals",
    "MaxIter", "OutputFcn", "TolFun", "TolX", "TypicalX", "Updating",
  ]

  /// Options of Theta's own optimizers and of minFunc, which `optimset` takes without listing them.
  static let more = [
    "BatchSize", "Beta1", "Beta2", "CheckpointEvery", "CheckpointFile", "Corr", "Decay", "DecayEvery",
    "Epsilon",
    "Examples", "HistorySize", "LearningRate", "LowerBound", "MaxEpochs", "Method", "Momentum", "Patience",
    "Schedule", "Seed", "Shuffle", "UpperBound", "Validation", "optTol", "progTol",
  ]

  /// The option of this name in any case, or nil.
  static func known(_ name: String) -> String? {
    let lower = name.lowercased()
    return names.first { $0.lowercased() == lower } ?? more.first { $0.lowercased() == lower }
  }

  /// The error for a name that is no option, in the place of the first one or where it looks like one; nil when it
  /// may be an argument of the cost function.
  static func refusal(of name: String, _ call: Call, isFirst: Bool) -> RuntimeError? {
    let close = Suggestions.closest(to: name, among: names + more)
    guard isFirst || close != nil else { return nil }
    return call.error("unknown option '\(name)'" + (close.map { "; did you mean \($0)?" } ?? ""))
  }

  private static func optimset(_ call: inout Call) throws(RuntimeError) -> [Value] {
    if call.count == 0 {
      if call.outputs > 0 { return [.structure(names.map { ($0, Value.emptyMatrix) })] }
      let list = names.map { "  \($0)\n" }.joined()
      call.context.console.write("\nAll possible optimization options:\n\n\(list)\n")
      return []
    }
    if call.count == 1, !call[0].isStructure {
      guard let name = call[0].stringValue else { throw call.invalid }
      guard let defaults = defaults(of: name) else {
        throw call.error("no defaults for function '\(name)'")
      }
      return [defaults]
    }
    let result: StructArray
    var first = 0
    if case .structure(let old) = call[0], old.count == 1 {
      result = old.copy()
      first = 1
      if call.count == 2, case .structure(let new) = call[1], new.count == 1 {
        for (name, value) in zip(new.names, new.values) { try set(name, value, in: result, call) }
        return [.structure(result)]
      }
    } else {
      result = StructArray()
    }
    guard (call.count - first) % 2 == 0 else { throw call.invalid }
    for position in stride(from: first, to: call.count, by: 2) {
      guard let name = call[position].stringValue else { throw call.invalid }
      try set(name, call[position + 1], in: result, call)
    }
    return [.structure(result)]
  }

  private static func set(
    _ name: String, _ value: Value, in options: StructArray, _ call: Call
  ) throws(RuntimeError) {
    options.setField(try fullName(name, call), value)
  }

  /// The option that a name stands for: the same in another case, or the only one that begins with it. Warns
  /// and returns the name itself when there is none or more than one.
  private static func fullName(_ name: String, _ call: Call) throws(RuntimeError) -> String {
    let lower = name.lowercased()
    if let own = more.first(where: { $0.lowercased() == lower }) { return own }
    let matches = names.filter { $0.lowercased().hasPrefix(lower) }
    if let exact = matches.first(where: { $0.lowercased() == lower }) { return exact }
    if matches.count == 1 { return matches[0] }
    if matches.isEmpty {
      try call.context.warn("\(call.name): unrecognized option: \(name)")
    } else {
      try call.context.warn(
        "\(call.name): ambiguous option: \(name) (\(matches.joined(separator: ", ")))")
    }
    return name
  }

  private static func optimget(_ call: inout Call) throws(RuntimeError) -> Value {
    guard case .structure(let options) = call[0], options.count == 1, let name = call[1].stringValue else {
      throw call.invalid
    }
    let value = options.field(try fullName(name, call)) ?? .emptyMatrix
    return value.isEmpty ? call.optional(2) ?? .emptyMatrix : value
  }

  /// What an optimizer does when an option is not given.
  private static func defaults(of function: String) -> Value? {
    let none = Value.emptyMatrix
    switch function {
    case "fminunc":
      return .structure([
        ("AutoScaling", .string("off")), ("FunValCheck", .string("off")), ("FinDiffType", .string("forward")),
        ("GradObj", .string("off")), ("MaxFunEvals", none), ("MaxIter", .number(400)), ("OutputFcn", none),
        ("TolFun", .number(1e-6)), ("TolX", .number(1e-6)), ("TypicalX", none),
      ])
    case "fminsearch":
      return .structure([
        ("Display", .string("notify")), ("FunValCheck", .string("off")), ("MaxFunEvals", none),
        ("MaxIter", none), ("OutputFcn", none), ("TolFun", .number(1e-4)), ("TolX", .number(1e-4)),
      ])
    case "fzero":
      return .structure([
        ("Display", .string("notify")), ("FunValCheck", .string("off")), ("MaxFunEvals", .number(.infinity)),
        ("MaxIter", .number(.infinity)), ("OutputFcn", none), ("TolX", .number(Double.ulpOfOne)),
      ])
    case "fminbnd":
      return .structure([
        ("Display", .string("notify")), ("FunValCheck", .string("off")), ("MaxFunEvals", .number(500)),
        ("MaxIter", .number(500)), ("OutputFcn", none), ("TolX", .number(1e-4)),
      ])
    case "fmincg":
      return .structure([("MaxIter", .number(100))])
    default: return nil
    }
  }
}

/// The options an optimizer was given, read leniently: what is missing or empty has the default.
struct OptimizerSettings {
  private let fields: StructArray?

  /// From the argument that holds options; `[]` and a missing one mean none.
  init(_ value: Value?, function: String) throws(RuntimeError) {
    switch value {
    case .structure(let s) where s.count == 1: fields = s
    case nil: fields = nil
    case .some(let other) where other.isEmpty: fields = nil
    default: throw RuntimeError("\(function): OPTIONS must be a struct made by optimset")
    }
  }

  func value(_ name: String) -> Value? {
    guard let fields else { return nil }
    var value = fields.field(name)
    if value == nil {
      // minFunc's own names are written differently: maxIter, display.
      let lower = name.lowercased()
      if let other = fields.names.first(where: { $0.lowercased() == lower }) { value = fields.field(other) }
    }
    guard let value, !value.isEmpty else { return nil }
    return value
  }

  func number(_ name: String, default fallback: Double) -> Double { value(name)?.firstReal ?? fallback }

  /// An option that counts something. Anything from a million million on is as good as infinite.
  func count(_ name: String, default fallback: Int) -> Int {
    guard let x = value(name)?.firstReal, !x.isNaN else { return fallback }
    return x >= 1e12 ? 1_000_000_000_000 : x <= 0 ? 0 : Int(x.rounded(.up))
  }

  /// `"on"`, `true` or `1`.
  func isOn(_ name: String) -> Bool {
    guard let value = value(name) else { return false }
    if let text = value.stringValue { return text.lowercased() == "on" }
    return value.firstReal.map { $0 != 0 } ?? false
  }

  /// `Display`, in lower case.
  var display: String { value("Display")?.stringValue?.lowercased() ?? "notify" }
}
