import ThetaArrays
import ThetaRuntime

// jsonencode and jsondecode, and the names that variables may have.

enum Json {
  static let table: [Builtin] = [
    Builtin(
      "JSON_TXT = jsonencode (object, options...)",
      """
      A value as JSON text: arrays as arrays of their rows, structs and maps as objects, cells as arrays. NaN and
      infinities become null unless the option "ConvertInfAndNaN" is false. "PrettyPrint" is accepted.

      >> jsonencode (struct ("a", [1 2]))
      ans = {"a":[1,2]}
      """, encode),
    Builtin(
      "object = jsondecode (JSON_TXT, options...)",
      """
      JSON text as a value: arrays of numbers as columns and matrices (null is NaN there), objects as structs,
      other arrays as cells. Names of fields are made valid; "makeValidName", false leaves them, "ReplacementStyle"
      and "Prefix" say how.

      >> jsondecode ("[1, 2, null]")'
      ans =

           1     2   NaN

      """, decode),
    Builtin(
      "[names, changed] = __make_valid_name__ (text, options...)",
      """
      Names that variables may have.

      >> __make_valid_name__ ("a b")
      ans = aB

      """, multiple: makeValidName),
  ]

  private static func encode(_ call: inout Call) throws(RuntimeError) -> Value {
    guard call.count % 2 == 1, call.count <= 5 else { throw call.invalid }
    var converts = true
    for i in stride(from: 1, to: call.count, by: 2) {
      guard let word = call[i].stringValue else { throw call.error("option must be a string") }
      guard case .logical(let flag) = call[i + 1] else {
        throw call.error("option value must be a logical scalar")
      }
      switch word.lowercased() {
      case "convertinfandnan": converts = flag
      case "prettyprint": break
      default: throw call.error("Valid options are \"ConvertInfAndNaN\" and \"PrettyPrint\"")
      }
    }
    var writer = JsonWriter(convertsSpecial: converts)
    try writer.write(try plain(call[0], call))
    return .bytes(writer.bytes)
  }

  /// Maps as structs, wherever they stand.
  private static func plain(_ value: Value, _ call: Call) throws(RuntimeError) -> Value {
    switch value {
    case .object where value.className == "containers.Map":
      let keys = try call.invoke(.string("keys"), [value]).first?.cellElements ?? []
      let values = try call.invoke(.string("values"), [value]).first?.cellElements ?? []
      let result = StructArray()
      for (key, element) in zip(keys, values) {
        var name = key.stringValue
        if name == nil, let number = key.firstReal {
          let digits = String(number.bitPattern, radix: 16)
          name = String(repeating: "0", count: 16 - digits.count) + digits
        }
        result.setField(name ?? "", try plain(element, call))
      }
      return .structure(result)
    case .cell(let cells): return try cells.mapValues { value throws(RuntimeError) in try plain(value, call) }
    case .structure(let array):
      var values: [Value] = []
      for value in array.values { values.append(try plain(value, call)) }
      return .structure(StructArray(array.shape, names: array.names, values: values))
    default: return value
    }
  }

  private static func decode(_ call: inout Call) throws(RuntimeError) -> Value {
    guard call.count % 2 == 1 else { throw call.invalid }
    guard let text = call[0].textBytes else { throw call.error("JSON_TXT must be a character string") }
    var options: [Value] = []
    var makesValid = true
    for i in stride(from: 1, to: call.count, by: 2) {
      if call.isOption(i, "makeValidName") {
        makesValid = try call.flag(i + 1, "'makeValidName' value must be a bool")
      } else {
        options += [call[i], call[i + 1]]
      }
    }
    let names = try ValidNames(options, call)
    var reader = JsonReader(text) { makesValid ? names.name(of: $0) : $0 }
    return try reader.document()
  }

  private static func makeValidName(_ call: inout Call) throws(RuntimeError) -> [Value] {
    let names = try ValidNames(Array(call.arguments.dropFirst()), call)
    if let text = call[0].stringValue {
      let name = names.name(of: text)
      return [.string(name), .logical(name != text)]
    }
    guard case .cell(let cells) = call[0], call[0].isCellOfStrings else {
      throw RuntimeError("makeValidName: STR must be a string or cellstr")
    }
    let made = cells.map { cell in names.name(of: cell.stringValue ?? "") }
    return [
      .cell(cells.shape, made.map { .string($0) }),
      .make(NDArray(cells.shape, zip(cells, made).map { $0.stringValue != $1 })),
    ]
  }
}
