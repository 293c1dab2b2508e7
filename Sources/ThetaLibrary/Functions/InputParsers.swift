import ThetaArrays
import ThetaNumeric
import ThetaRuntime
import ThetaText

/// `inputParser`: declares the arguments of a function and reads them. A handle.
final class InputParserObject: ObjectValue {
  private enum Kind: String {
    case required = "addRequired"
    case optional = "addOptional"
    case parameter = "addParameter"
    case word = "addSwitch"

    /// How many values may follow the name.
    var limit: Int {
      switch self {
      case .required: 1
      case .optional: 2
      case .parameter: .max
      case .word: 0
      }
    }
  }

  private struct Argument {
    var kind: Kind
    var name: String
    var fallback: Value
    var validator: Value?
  }

  private unowned let context: Context
  private var invoker: any Invoker { context.invoker }
  /// In the order of their declaration.
  private var declared: [Argument] = []
  private var settings: [String: Value] = [
    "CaseSensitive": .logical(false), "FunctionName": .string(""), "KeepUnmatched": .logical(false),
    "PartialMatching": .logical(false), "StructExpand": .logical(true),
  ]
  private var results = StructArray()
  private var unmatched = StructArray()
  private var defaults: [String] = []

  init(_ context: Context) { self.context = context }

  override var className: String { "inputParser" }

  private static let resultNames = ["Parameters", "Results", "Unmatched", "UsingDefaults"]
  private static let methodNames = [
    "addRequired", "addOptional", "addParameter", "addParamValue", "addSwitch", "parse", "disp", "delete",
  ]

  override func property(_ name: String) throws(RuntimeError) -> Value? {
    switch name {
    case "Results": return .structure(results)
    case "Unmatched": return .structure(unmatched)
    case "UsingDefaults": return Self.list(defaults)
    case "Parameters": return Self.list(declared.map(\.name))
    default:
      if Self.methodNames.contains(name) { return nil }
      if let value = settings[name] { return value }
      throw RuntimeError("subsref: unknown method or property: \(name)")
    }
  }

  private static func list(_ names: [String]) -> Value {
    names.isEmpty ? .cell(Shape(0, 0), []) : .rowCell(names.map { .string($0) })
  }

  override func setProperty(_ name: String, _ value: Value) throws(RuntimeError) -> Bool {
    if Self.resultNames.contains(name) {
      throw RuntimeError(
        "subsasgn: property '\(name)' has protected access and cannot be set in this context")
    }
    guard settings[name] != nil else { throw RuntimeError("subsasgn: unknown property: \(name)") }
    if name == "PartialMatching", try Operators.isTrue(value) {
      throw RuntimeError("inputParser: PartialMatching is not yet implemented")
    }
    settings[name] = value
    return true
  }

  override func index(_ subscripts: [Value], name: String) throws(RuntimeError) -> Value? {
    subscripts.allSatisfy { $0.firstReal == 1 && $0.count == 1 } ? .object(self) : nil
  }

  override func callMethod(
    _ name: String, _ arguments: [Value], outputs: Int
  ) throws(RuntimeError) -> [Value]? {
    guard Self.methodNames.contains(name) else { return nil }
    if outputs > 0, name != "disp" { throw RuntimeError.tooManyOutputs(name) }
    switch name {
    case "parse": try parse(arguments)
    case "disp":
      if outputs > 0 { return [.string(displayText)] }
      context.console.write(displayText)
    case "delete": break
    default: try declare(name, arguments)
    }
    return []
  }

  // MARK: - Declarations

  private func declare(_ method: String, _ arguments: [Value]) throws(RuntimeError) {
    guard let kind = method == "addParamValue" ? .parameter : Kind(rawValue: method) else { return }
    if arguments.count - 1 > kind.limit {
      throw RuntimeError(
        "\(method): function called with too many inputs", identifier: "Octave:invalid-fun-call")
    }
    let needsDefault = kind == .optional || kind == .parameter
    guard arguments.count > (needsDefault ? 1 : 0) else {
      throw RuntimeError("print_usage: '\(method)' not found")
    }
    let kinds = Set(declared.map(\.kind))
    if kind == .required, kinds.contains(where: { $0 != .required }) {
      throw RuntimeError(
        "inputParser.addRequired: can't have a Required argument after Optional, Parameter, or Switch")
    }
    if kind == .optional, kinds.contains(.parameter) || kinds.contains(.word) {
      throw RuntimeError(
        "inputParser.Optional: can't have Optional arguments after Parameter or Switch")
    }
    guard let name = arguments[0].stringValue, VariableName.isValid(Array(name.utf8)) else {
      throw RuntimeError("inputParser.\(kind.rawValue): ARGNAME must be a valid variable name")
    }
    guard !declared.contains(where: { isName(name, of: $0) }) else {
      throw RuntimeError("inputParser.\(kind.rawValue): argname '\(name)' has already been specified")
    }
    var rest = arguments.dropFirst()
    var fallback: Value = kind == .word ? .logical(false) : .emptyMatrix
    if needsDefault, let value = rest.popFirst() { fallback = value }
    declared.append(Argument(kind: kind, name: name, fallback: fallback, validator: rest.first))
  }

  private func isName(_ name: String, of argument: Argument) -> Bool {
    settings["CaseSensitive"]?.firstReal == 1
      ? argument.name == name : argument.name.lowercased() == name.lowercased()
  }

  private func find(_ kind: Kind, _ name: String) -> Argument? {
    declared.first { $0.kind == kind && isName(name, of: $0) }
  }

  // MARK: - Reading arguments

  private var prefix: String {
    let name = settings["FunctionName"]?.stringValue ?? ""
    return name.isEmpty ? "" : name + ": "
  }

  private enum Verdict {
    case accepted
    case refused
    /// The validator raised an error with this message.
    case failed(String)
  }

  /// - Parameter mayBeSilent: whether a validator without a result accepts what it raises no error for.
  private func verdict(
    of validator: Value?, on value: Value, mayBeSilent: Bool
  ) throws(RuntimeError) -> Verdict {
    guard let validator else { return .accepted }
    guard case .function(let function) = validator else {
      throw RuntimeError("func2str: FCN_HANDLE argument must be a function handle object")
    }
    do {
      guard let answer = try invoker.invoke(function, [value], outputs: 1).first else { return .accepted }
      return try Operators.isTrue(Operators.unary(.not, answer)) ? .refused : .accepted
    } catch {
      guard mayBeSilent, error.message.hasSuffix("called with too many outputs") else {
        return .failed(error.message)
      }
      // A check without a result, such as validateattributes, objects by an error.
      do {
        _ = try invoker.invoke(function, [value], outputs: 0)
        return .accepted
      } catch { return .failed(error.message) }
    }
  }

  private func check(_ argument: Argument, _ value: Value) throws(RuntimeError) {
    let reason: String
    switch try verdict(of: argument.validator, on: value, mayBeSilent: true) {
    case .accepted: return
    case .failed(let message): reason = message
    case .refused: reason = "Checked with \"\(Self.text(of: argument.validator))\""
    }
    throw RuntimeError("\(prefix)failed validation of \(argument.name.uppercased()). \(reason)")
  }

  private static func text(of validator: Value?) -> String {
    guard case .function(let function)? = validator else { return "" }
    if case .named(let name) = function.kind { return name }
    return function.text
  }

  private func parse(_ given: [Value]) throws(RuntimeError) {
    results = StructArray()
    unmatched = StructArray()
    defaults = []
    let required = declared.filter { $0.kind == .required }
    guard given.count >= required.count else {
      guard let name = settings["FunctionName"]?.stringValue, !name.isEmpty else {
        throw RuntimeError("inputParser.parse: not enough input arguments")
      }
      _ = try invoker.invoke(named: "print_usage", [.string(name)], outputs: 0)
      return
    }
    for (argument, value) in zip(required, given) {
      try check(argument, value)
      results.setField(argument.name, value)
    }
    let next = try parseOptional(given, from: required.count)
    try parseNamed(given, from: next)
    addMissing(.parameter)
    addMissing(.word)
  }

  /// Gives the optional arguments their values.
  /// - Returns: the position of the first value that belongs to none of them.
  private func parseOptional(_ given: [Value], from start: Int) throws(RuntimeError) -> Int {
    var next = start
    for argument in declared where argument.kind == .optional {
      guard next < given.count else { break }
      let value = given[next]
      if let word = value.stringValue,
        (next + 1 < given.count && find(.parameter, word) != nil) || find(.word, word) != nil
      {
        break
      }
      if case .accepted = try verdict(of: argument.validator, on: value, mayBeSilent: false) {
        results.setField(argument.name, value)
        next += 1
        continue
      }
      // A word that does not fit may be the name of a parameter.
      if value.isText { break }
      var text = Self.text(of: argument.validator)
      if case .function(let function)? = argument.validator, case .named = function.kind { text = "@" + text }
      throw RuntimeError(
        "\(prefix)failed validation of \(argument.name.uppercased())\nValidation function: \(text)")
    }
    for argument in declared where argument.kind == .optional && results.slot(of: argument.name) == nil {
      setDefault(argument)
    }
    return next
  }

  private func parseNamed(_ given: [Value], from start: Int) throws(RuntimeError) {
    var given = given
    var next = start
    while next < given.count {
      if let structure = given[next].structValue, structure.count == 1,
        settings["StructExpand"]?.firstReal == 1
      {
        let pairs = structure.names.flatMap { [.string($0), structure.field($0) ?? .emptyMatrix] }
        given.replaceSubrange(next...next, with: pairs)
        continue
      }
      guard let name = given[next].stringValue else {
        throw RuntimeError("\(prefix)non-string for Parameter name or Switch")
      }
      if let found = find(.parameter, name) {
        guard next + 1 < given.count else {
          throw RuntimeError(
            "varargin(\(next + 2)): out of bound \(given.count) (dimensions are 1x\(given.count))",
            identifier: "Octave:index-out-of-bounds")
        }
        try check(found, given[next + 1])
        results.setField(found.name, given[next + 1])
        next += 2
      } else if let found = find(.word, name) {
        results.setField(found.name, .logical(true))
        next += 1
      } else if settings["KeepUnmatched"]?.firstReal == 1, next + 1 < given.count {
        unmatched.setField(name, given[next + 1])
        next += 2
      } else {
        throw RuntimeError("\(prefix)argument '\(name.uppercased())' is not a valid parameter")
      }
    }
  }

  private func setDefault(_ argument: Argument) {
    results.setField(argument.name, argument.fallback)
    defaults.append(argument.name)
  }

  /// The named arguments that were not given take their defaults in alphabetical order.
  private func addMissing(_ kind: Kind) {
    let missing = declared.filter { $0.kind == kind && results.slot(of: $0.name) == nil }
    for argument in missing.sorted(by: { $0.name < $1.name }) { setDefault(argument) }
  }

  override var displayText: String {
    func flag(_ name: String) -> String { settings[name]?.firstReal == 1 ? "true" : "false" }
    // Octave tells only whether there is a function name.
    let hasName = settings["FunctionName"].map { $0.count > 0 } ?? false
    return "inputParser object with properties:\n\n   CaseSensitive   : \(flag("CaseSensitive"))\n"
      + "   FunctionName    : \(hasName)\n"
      + "   KeepUnmatched   : \(flag("KeepUnmatched"))\n   PartialMatching : \(flag("PartialMatching"))\n"
      + "   StructExpand    : \(flag("StructExpand"))\n\nDefined parameters:\n\n"
      + "   {\(declared.map(\.name).joined(separator: ", "))}\n"
  }
}

// inputParser and its methods in the function form.

enum InputParsers {
  static let table: [Builtin] = [
    Builtin("p = inputParser ()", "An object that reads the arguments of a function.", make),
    Builtin(
      "addRequired (p, name, validator?)", "Declares an argument that must be given.", multiple: method),
    Builtin(
      "addOptional (p, name, default, validator?)", "Declares an argument that may be left out.",
      multiple: method),
    Builtin("addParameter (p, name, default, validator?)", "Declares a named argument.", multiple: method),
    Builtin("addParamValue (p, name, default, validator?)", "Declares a named argument.", multiple: method),
    Builtin("addSwitch (p, name)", "Declares a word that may be given.", multiple: method),
    Builtin("parse (p, args...)", "Reads arguments.", multiple: method),
  ]

  private static func make(_ call: inout Call) throws(RuntimeError) -> Value {
    .object(InputParserObject(call.context))
  }

  private static func method(_ call: inout Call) throws(RuntimeError) -> [Value] {
    guard case .object(let object) = call[0],
      let results = try object.callMethod(call.name, Array(call.arguments.dropFirst()), outputs: call.outputs)
    else { throw RuntimeError("'\(call.name)' undefined", identifier: "Octave:undefined-function") }
    return results
  }
}
