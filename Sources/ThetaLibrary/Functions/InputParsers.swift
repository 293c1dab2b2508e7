import ThetaArrays
import ThetaNumeric
import ThetaRuntime
import ThetaText

/// `inputParser`: declares the arguments of a function and reads them. A handle.
final class InputParserObject: ObjectValue {
  private struct Argument {
    var name: String
    var fallback: Value
    var validator: Value?
  }

  private unowned let invoker: any Invoker
  private var required: [Argument] = []
  private var optional: [Argument] = []
  private var parameters: [Argument] = []
  private var switches: [Argument] = []
  private var settings: [String: Value] = [
    "CaseSensitive": .logical(false), "FunctionName": .string(""), "KeepUnmatched": .logical(false),
    "PartialMatching": .logical(false), "StructExpand": .logical(true),
  ]
  private var results = StructArray()
  private var unmatched = StructArray()
  private var defaults: [String] = []

  init(_ invoker: any Invoker) { self.invoker = invoker }

  override var className: String { "inputParser" }

  override func property(_ name: String) throws(RuntimeError) -> Value? {
    switch name {
    case "Results": return .structure(results)
    case "Unmatched": return .structure(unmatched)
    case "UsingDefaults": return .rowCell(defaults.map { .string($0) })
    case "Parameters":
      return .rowCell((required + optional + (parameters + switches)).map { .string($0.name) })
    case "addRequired", "addOptional", "addParameter", "addParamValue", "addSwitch", "parse", "disp",
      "delete":
      return nil
    default:
      if let value = settings[name] { return value }
      throw RuntimeError("subsref: unknown method or property: \(name)")
    }
  }

  override func setProperty(_ name: String, _ value: Value) throws(RuntimeError) -> Bool {
    guard settings[name] != nil else { return false }
    settings[name] = value
    return true
  }

  override func callMethod(
    _ name: String, _ arguments: [Value], outputs: Int
  ) throws(RuntimeError) -> [Value]? {
    if name == "parse" {
      try parse(arguments)
      return []
    }
    guard ["addRequired", "addOptional", "addParameter", "addParamValue", "addSwitch"].contains(name) else {
      return nil
    }
    guard let argument = arguments.first?.stringValue else {
      throw RuntimeError("inputParser.\(name): ARGNAME must be a string")
    }
    switch name {
    case "addRequired":
      required.append(
        Argument(name: argument, fallback: .emptyMatrix, validator: arguments.dropFirst().first))
    case "addSwitch": switches.append(Argument(name: argument, fallback: .logical(false)))
    default:
      guard arguments.count >= 2 else { throw RuntimeError("Invalid call to \(name)") }
      let declared = Argument(
        name: argument, fallback: arguments[1], validator: arguments.count > 2 ? arguments[2] : nil)
      if name == "addOptional" { optional.append(declared) } else { parameters.append(declared) }
    }
    return []
  }

  private var prefix: String {
    let name = settings["FunctionName"]?.stringValue ?? ""
    return name.isEmpty ? "" : name + ": "
  }

  private func accepts(_ validator: Value?, _ value: Value) -> Bool {
    guard case .function(let function)? = validator else { return true }
    do {
      // A validator may return a truth value, or nothing and raise an error.
      guard let verdict = try invoker.invoke(function, [value], outputs: 1).first else { return true }
      return try Operators.isTrue(verdict)
    } catch {
      return error.message.contains("undefined") && error.identifier != "Octave:undefined-function"
    }
  }

  private func failure(_ argument: Argument) -> RuntimeError {
    var text = "\(prefix)failed validation of \(argument.name.uppercased())"
    if case .function(let function)? = argument.validator {
      switch function.kind {
      case .named(let name): text += ". Checked with \"\(name)\""
      case .anonymous: text += "\nValidation function: \(function.text)"
      }
    }
    return RuntimeError(text)
  }

  private func find(_ list: [Argument], _ name: String) -> Argument? {
    let isSensitive = settings["CaseSensitive"]?.firstReal == 1
    return list.first { isSensitive ? $0.name == name : $0.name.lowercased() == name.lowercased() }
  }

  private func parse(_ arguments: [Value]) throws(RuntimeError) {
    results = StructArray()
    unmatched = StructArray()
    defaults = []
    guard arguments.count >= required.count else {
      throw RuntimeError("\(prefix)not enough input arguments")
    }
    var next = 0
    for argument in required {
      guard accepts(argument.validator, arguments[next]) else { throw failure(argument) }
      results.setField(argument.name, arguments[next])
      next += 1
    }
    for argument in optional {
      guard next < arguments.count else { break }
      let value = arguments[next]
      if !accepts(argument.validator, value) {
        // A word that does not fit may be the name of a parameter.
        if value.isText { break }
        throw failure(argument)
      }
      if let word = value.stringValue, argument.validator == nil,
        find(parameters, word) != nil || find(switches, word) != nil
      {
        break
      }
      results.setField(argument.name, value)
      next += 1
    }
    while next < arguments.count {
      if let structure = arguments[next].structValue, structure.count == 1 {
        for name in structure.names { try set(name, structure.field(name) ?? .emptyMatrix) }
        next += 1
        continue
      }
      guard let name = arguments[next].stringValue else {
        throw RuntimeError("\(prefix)non-string for Parameter name or Switch")
      }
      next += 1
      if let found = find(switches, name) {
        results.setField(found.name, .logical(true))
        continue
      }
      guard next < arguments.count else {
        throw RuntimeError("\(prefix)no matching value for parameter '\(name.uppercased())'")
      }
      try set(name, arguments[next])
      next += 1
    }
    for argument in optional + parameters + switches where results.slot(of: argument.name) == nil {
      results.setField(argument.name, argument.fallback)
      defaults.append(argument.name)
    }
  }

  private func set(_ name: String, _ value: Value) throws(RuntimeError) {
    guard let found = find(parameters, name) else {
      guard settings["KeepUnmatched"]?.firstReal == 1 else {
        throw RuntimeError("\(prefix)argument '\(name.uppercased())' is not a valid parameter")
      }
      unmatched.setField(name, value)
      return
    }
    guard accepts(found.validator, value) else { throw failure(found) }
    results.setField(found.name, value)
  }

  override var displayText: String {
    func flag(_ name: String) -> String { settings[name]?.firstReal == 1 ? "true" : "false" }
    let names = (required + optional + (parameters + switches)).map(\.name).joined(separator: ", ")
    return "inputParser object with properties:\n\n   CaseSensitive   : \(flag("CaseSensitive"))\n"
      + "   FunctionName    : \"\(settings["FunctionName"]?.stringValue ?? "")\"\n"
      + "   KeepUnmatched   : \(flag("KeepUnmatched"))\n   PartialMatching : \(flag("PartialMatching"))\n"
      + "   StructExpand    : \(flag("StructExpand"))\n\nDefined parameters:\n\n   {\(names)}\n"
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
    .object(InputParserObject(call.context.invoker))
  }

  private static func method(_ call: inout Call) throws(RuntimeError) -> [Value] {
    guard case .object(let object) = call[0],
      let results = try object.callMethod(call.name, Array(call.arguments.dropFirst()), outputs: call.outputs)
    else { throw RuntimeError("'\(call.name)' undefined", identifier: "Octave:undefined-function") }
    return results
  }
}
