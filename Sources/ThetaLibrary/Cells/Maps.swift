import ThetaArrays
import ThetaNumeric
import ThetaRuntime
import ThetaText

/// `containers`, so that `containers.Map (…)` is a call of its method.
final class ContainersPackage: ObjectValue {
  override var className: String { "package" }

  override func property(_ name: String) throws(RuntimeError) -> Value? {
    name == "Map" ? try Maps.make([]) : nil
  }

  override func callMethod(
    _ name: String, _ arguments: [Value], outputs: Int
  ) throws(RuntimeError) -> [Value]? {
    name == "Map" ? [try Maps.make(arguments)] : nil
  }
}

// containers.Map and the functions that its objects answer.

enum Maps {
  static let table: [Builtin] = [
    Builtin(
      "m = containers.Map (keys?, values?, options...)",
      """
      A map from keys to values; a handle. Keys are text, or numbers of one class, as a cell, an array or one alone; values a
      cell, an array or one alone. Options: "UniformValues", or "KeyType" with "ValueType" for a map without entries.
      Errors "containers.Map: the number of keys and values must match", "… unsupported KeyType".

      >> m = containers.Map ({"a", "b"}, [1 2]);  m("b")
      ans = 2
      """, map),
    Builtin(
      "p = containers ()",
      """
      The package of containers.Map.

      >> m = containers.Map ("k", 5);  m("k")
      ans = 5
      """, containers),
    Builtin(
      "k = keys (m)",
      """
      The keys of a map, sorted, as a cell.

      >> keys (containers.Map ({"b", "a"}, [1 2]))
      ans =
      {
        [1,1] = a
        [1,2] = b
      }

      """, method),
    Builtin(
      "v = values (m, keys?)",
      """
      The values of a map in the order of the keys.

      >> values (containers.Map ({"b", "a"}, [1 2]))
      ans =
      {
        [1,1] = 2
        [1,2] = 1
      }

      """, method),
    Builtin(
      "tf = isKey (m, key?)",
      """
      True when a map has a key; for a cell or an array, of each.

      >> isKey (containers.Map ("a", 1), "a")
      ans = 1
      """, method),
    Builtin(
      "m = remove (m, key?)",
      """
      The map without a key, or without those in a cell or an array.

      >> m = containers.Map ({"a", "b"}, [1 2]);  remove (m, "a");  keys (m)
      ans =
      {
        [1,1] = b
      }

      """, method),
    Builtin(
      "tf = isobject (x)",
      """
      True for objects such as containers.Map.

      >> isobject (containers.Map ())
      ans = 1
      """, isobject),
    Builtin(
      "c = methods (x)",
      """
      The names of an object's methods; shown when no output is taken.

      >> numel (methods ("containers.Map")) > 0
      ans = 1
      """, multiple: methods
    ),
    Builtin(
      "tf = ismethod (x, name)",
      """
      True when an object has a method.

      >> ismethod (containers.Map (), "keys")
      ans = 1
      """, ismethod),
    Builtin("tf = isprop (x, name)", "True when an object has a property.", isprop),
  ]

  /// What `methods` lists.
  private static let methodNames = [
    "Map", "check_types", "decode_keys", "delete", "disp", "encode_keys", "horzcat", "isKey", "isempty",
    "keys",
    "length", "remove", "size", "sort_keys", "subsasgn", "subsref", "values", "vertcat",
  ]

  private static func map(_ call: inout Call) throws(RuntimeError) -> Value {
    try make(Array(call.arguments))
  }

  private static func containers(_ call: inout Call) throws(RuntimeError) -> Value {
    .object(ContainersPackage())
  }

  private static func isobject(_ call: inout Call) throws(RuntimeError) -> Value {
    if case .object = call[0] { return .logical(true) }
    return .logical(false)
  }

  /// Whether a value is a map or the name of the class.
  private static func isMap(_ value: Value) -> Bool {
    if case .object(let object) = value { return object is MapObject }
    return value.stringValue == "containers.Map"
  }

  private static func methods(_ call: inout Call) throws(RuntimeError) -> [Value] {
    guard isMap(call[0]) else { throw call.error("invalid input argument") }
    if call.outputs > 0 { return [.columnCell(methodNames.map { .string($0) })] }
    call.context.console.write("Methods for class containers.Map:\n\(inColumns(methodNames))\n")
    return []
  }

  /// Names in columns, read downwards, as wide as a terminal.
  private static func inColumns(_ names: [String]) -> String {
    let width = (names.map(\.count).max() ?? 0) + 2
    let columns = max(1, 80 / width)
    let rows = (names.count + columns - 1) / columns
    var text = ""
    for row in 0..<rows {
      let line = stride(from: row, to: names.count, by: rows).map { names[$0] }
      for (position, name) in line.enumerated() {
        text += name
        if position < line.count - 1 { text += String(repeating: " ", count: width - name.count) }
      }
      text += "\n"
    }
    return text
  }

  private static func ismethod(_ call: inout Call) throws(RuntimeError) -> Value {
    guard let name = call[1].stringValue else { throw call.error("second argument must be a method name") }
    return .logical(isMap(call[0]) && methodNames.contains(name))
  }

  private static func isprop(_ call: inout Call) throws(RuntimeError) -> Value {
    guard let name = call[1].stringValue else { throw call.error("PNAME must be a string") }
    return .logical(isMap(call[0]) && ["Count", "KeyType", "ValueType"].contains(name))
  }

  private static func method(_ call: inout Call) throws(RuntimeError) -> Value {
    guard case .object(let object) = call[0] else {
      throw RuntimeError(
        "'\(call.name)' undefined", identifier: "Octave:undefined-function")
    }
    guard let result = try object.callMethod(call.name, Array(call.arguments.dropFirst()), outputs: 1)?.first
    else {
      throw call.invalid
    }
    return result
  }

  // MARK: - Construction

  private static func failure(_ text: String) -> RuntimeError { RuntimeError("containers.Map: \(text)") }

  static func make(_ arguments: [Value]) throws(RuntimeError) -> Value {
    func option(_ position: Int) -> String? {
      position < arguments.count ? arguments[position].stringValue?.lowercased() : nil
    }
    switch arguments.count {
    case 0: return .object(MapObject(keyType: "char", valueType: "any"))
    case 2: return .object(try filled(arguments[0], arguments[1], isUniform: nil))
    case 4 where option(2) == "uniformvalues":
      let flag = arguments[3]
      guard flag.count == 1, !flag.isText, let isUniform = flag.firstReal else {
        throw failure("'UniformValues' must be a logical scalar")
      }
      return .object(try filled(arguments[0], arguments[1], isUniform: isUniform != 0))
    case 4:
      let types: (key: Value, value: Value)
      switch (option(0), option(2)) {
      case ("keytype", "valuetype"): types = (arguments[1], arguments[3])
      case ("valuetype", "keytype"): types = (arguments[3], arguments[1])
      default: throw failure("missing parameter name 'KeyType' or 'ValueType'")
      }
      guard let keyType = types.key.stringValue, MapObject.keyTypes.contains(keyType) else {
        throw failure("unsupported KeyType")
      }
      guard let valueType = types.value.stringValue,
        ["any", "char", "logical"].contains(valueType) || MapObject.numericTypes.contains(valueType)
      else { throw failure("unsupported ValueType") }
      return .object(MapObject(keyType: keyType, valueType: valueType))
    default: throw failure("incorrect number of inputs specified")
    }
  }

  private static func filled(
    _ keys: Value, _ values: Value, isUniform: Bool?
  ) throws(RuntimeError) -> MapObject {
    let keyList = try elements(keys, isSplit: true)
    if keyList.isEmpty || keys.isText && keys.isEmpty { throw failure("empty keys are not allowed") }
    let valueList = try elements(values, isSplit: keyList.count > 1)
    guard keyList.count == valueList.count else {
      throw failure("the number of keys and values must match")
    }
    let map = MapObject(
      keyType: try keyType(keyList), valueType: try valueType(valueList, isUniform: isUniform))
    for (key, value) in zip(keyList, valueList) { try map.set(key, value) }
    return map
  }

  /// The elements of a cell, of an array of numbers where arrays are split, or the value alone.
  private static func elements(_ value: Value, isSplit: Bool) throws(RuntimeError) -> [Value] {
    if case .cell(let cells) = value { return Array(cells) }
    guard isSplit, value.isNumeric || value.isLogical else { return [value] }
    var result: [Value] = []
    for i in 0..<value.count { result.append(try CellArrays.element(value, i)) }
    return result
  }

  private static func keyType(_ keys: [Value]) throws(RuntimeError) -> String {
    if keys.allSatisfy(\.isText) { return "char" }
    let classes = Set(keys.map(\.className))
    if classes.count > 1, !keys.allSatisfy({ $0.isNumeric || $0.isLogical }) {
      throw failure("when using multiple key types, all types must be numeric")
    }
    guard keys.allSatisfy({ ($0.isNumeric || $0.isLogical) && $0.count == 1 && !$0.isComplex }) else {
      throw failure("keys must be real scalar numeric values or char vectors")
    }
    if classes.count == 1, let only = classes.first, MapObject.keyTypes.contains(only) { return only }
    return "double"
  }

  private static func valueType(_ values: [Value], isUniform: Bool?) throws(RuntimeError) -> String {
    if isUniform == false { return "any" }
    if values.allSatisfy(\.isText) { return "char" }
    let classes = Set(values.map(\.className))
    let areUniform = classes.count == 1 && values.allSatisfy { $0.count == 1 }
    if isUniform == true, !areUniform {
      throw failure("when 'UniformValues' is true, all values must be scalars of the same data type")
    }
    guard areUniform, let only = classes.first,
      only == "logical" || MapObject.numericTypes.contains(only)
    else { return "any" }
    return only
  }
}
