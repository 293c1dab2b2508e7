import ThetaArrays
import ThetaNumeric
import ThetaRuntime
import ThetaText

/// `containers.Map`: values by key, all keys text or all numbers. A handle: copies share the same entries.
final class MapObject: ObjectValue {
  enum Key: Hashable, Comparable {
    case text(Bytes)
    case number(Double)

    static func < (a: Key, b: Key) -> Bool {
      switch (a, b) {
      case (.text(let x), .text(let y)): x.lexicographicallyPrecedes(y)
      case (.number(let x), .number(let y)): x < y
      case (.number, .text): true
      case (.text, .number): false
      }
    }

    /// The key in the class of its map's keys.
    func value(_ type: String) -> Value {
      switch self {
      case .text(let bytes): .bytes(bytes)
      case .number(let x): type == "double" ? .number(x) : BinaryFiles.converted(NDArray(scalar: x), type)
      }
    }

    var text: String {
      switch self {
      case .text(let bytes): bytes.text
      case .number(let x): NumberFormatting.general(x, 5)
      }
    }
  }

  var keyType: String
  var valueType: String
  var entries: [Key: Value] = [:]

  init(keyType: String, valueType: String) {
    self.keyType = keyType
    self.valueType = valueType
  }

  static let numericTypes = [
    "double", "single", "int8", "uint8", "int16", "uint16", "int32", "uint32", "int64", "uint64",
  ]

  override var className: String { "containers.Map" }
  override var shape: Shape { Shape(entries.count, 1) }

  var sortedKeys: [Key] { entries.keys.sorted() }

  /// The key of a value, or nil when its type is not that of this map.
  func key(_ value: Value) -> Key? {
    if keyType == "char" { return value.textBytes.map { .text($0) } }
    guard !value.isText, value.count == 1, value.numericClass != nil, let x = value.firstReal else {
      return nil
    }
    return .number(x)
  }

  func checkedKey(_ value: Value) throws(RuntimeError) -> Key {
    guard let key = key(value) else {
      throw RuntimeError(
        "containers.Map: specified key type does not match the type of this container",
        identifier: "Octave:error")
    }
    return key
  }

  func set(_ key: Key, _ value: Value) throws(RuntimeError) {
    switch valueType {
    case "any": break
    case "char": guard value.isText else { throw MapObject.wrongValue }
    case "logical":
      guard value.count == 1, value.numericClass != nil, !value.isText else { throw MapObject.wrongValue }
    default: guard value.count == 1, value.isNumeric || value.isLogical else { throw MapObject.wrongValue }
    }
    entries[key] = value
  }

  static var wrongValue: RuntimeError {
    RuntimeError("containers.Map: specified value type does not match the type of this container")
  }

  override func property(_ name: String) throws(RuntimeError) -> Value? {
    switch name {
    case "Count": return .integer(entries.count)
    case "KeyType": return .string(keyType)
    case "ValueType": return .string(valueType)
    case "keys", "values", "isKey", "remove", "length", "numel", "isempty", "isobject": return nil
    default: throw RuntimeError("containers.Map: unknown property '\(name)'")
    }
  }

  override func setProperty(_ name: String, _ value: Value) throws(RuntimeError) -> Bool {
    throw RuntimeError("containers.Map: properties are read-only")
  }

  override func callMethod(
    _ name: String, _ arguments: [Value], outputs: Int
  ) throws(RuntimeError) -> [Value]? {
    switch name {
    case "keys": return [.rowCell(sortedKeys.map { $0.value(keyType) })]
    case "values": return [try values(arguments.first)]
    case "isKey":
      guard let argument = arguments.first else { throw RuntimeError("Invalid call to isKey") }
      if case .cell(let cells) = argument {
        return [.make(cells.map { value in key(value).map { entries[$0] != nil } ?? false })]
      }
      return [.logical(key(argument).map { entries[$0] != nil } ?? false)]
    case "remove":
      for value in arguments.first?.cellElements ?? arguments { entries[try checkedKey(value)] = nil }
      return [.object(self)]
    case "length", "numel", "Count": return [.integer(entries.count)]
    case "isempty": return [.logical(entries.isEmpty)]
    case "isobject": return [.logical(true)]
    default: return nil
    }
  }

  private func values(_ keys: Value?) throws(RuntimeError) -> Value {
    guard let keys else { return .rowCell(sortedKeys.map { entries[$0] ?? .emptyMatrix }) }
    guard case .cell(let cells) = keys else {
      throw RuntimeError("containers.Map: input argument 'KeySet' must be a cell")
    }
    return try cells.mapValues { value throws(RuntimeError) in
      let key = try checkedKey(value)
      guard let found = entries[key] else {
        throw RuntimeError("containers.Map: key <\(key.text)> does not exist")
      }
      return found
    }
  }

  override func index(_ subscripts: [Value]) throws(RuntimeError) -> Value? {
    guard subscripts.count == 1 else {
      throw RuntimeError("containers.Map: only '()' indexing with exactly one key is supported")
    }
    let key = try checkedKey(subscripts[0])
    guard let value = entries[key] else {
      throw RuntimeError("containers.Map: specified key <\(key.text)> does not exist")
    }
    return value
  }

  override func setIndex(_ subscripts: [Value], _ value: Value) throws(RuntimeError) -> Bool {
    guard subscripts.count == 1 else {
      throw RuntimeError("containers.Map: only '()' indexing with exactly one key is supported")
    }
    try set(try checkedKey(subscripts[0]), value)
    return true
  }

  override var displayText: String {
    "  containers.Map object with properties:\n\n    Count     : \(entries.count)\n    KeyType   : \(keyType)\n"
      + "    ValueType : \(valueType)\n\n"
  }
}

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
      "A map from keys to values; a handle. Options: \"KeyType\", \"ValueType\", \"UniformValues\".", map),
    Builtin("p = containers ()", "The package of containers.Map.", containers),
    Builtin("k = keys (m)", "The keys of a map, sorted, as a cell.", method),
    Builtin("v = values (m, keys?)", "The values of a map in the order of the keys.", method),
    Builtin("tf = isKey (m, key)", "True when a map has a key.", method),
    Builtin("m = remove (m, key)", "The map without a key.", method),
    Builtin("tf = isobject (x)", "True for objects such as containers.Map.", isobject),
    Builtin("c = methods (x)", "The names of an object's methods.", methods),
    Builtin("tf = ismethod (x, name)", "True when an object has a method.", ismethod),
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

  private static func methods(_ call: inout Call) throws(RuntimeError) -> Value {
    .columnCell(["Map", "isKey", "keys", "length", "numel", "remove", "values"].map { .string($0) })
  }

  private static func ismethod(_ call: inout Call) throws(RuntimeError) -> Value {
    guard case .object = call[0], let name = call[1].stringValue else { return .logical(false) }
    return .logical(["isKey", "keys", "length", "numel", "remove", "values"].contains(name))
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

  static func make(_ arguments: [Value]) throws(RuntimeError) -> Value {
    func option(_ position: Int) -> String? {
      position < arguments.count ? arguments[position].stringValue?.lowercased() : nil
    }
    if arguments.isEmpty { return .object(MapObject(keyType: "char", valueType: "any")) }
    let first = option(0)
    if first == "keytype" || first == "valuetype" {
      return .object(try fromTypes(arguments))
    }
    guard arguments.count >= 2 else { return .object(try filled(arguments[0], nil, isUniform: true)) }
    var isUniform = true
    if arguments.count == 4, option(2) == "uniformvalues" { isUniform = arguments[3].firstReal != 0 }
    return .object(try filled(arguments[0], arguments[1], isUniform: isUniform))
  }

  private static func fromTypes(_ arguments: [Value]) throws(RuntimeError) -> MapObject {
    let map = MapObject(keyType: "char", valueType: "any")
    var i = 0
    while i + 1 < arguments.count {
      let value = arguments[i + 1].stringValue ?? ""
      switch arguments[i].stringValue?.lowercased() {
      case "keytype":
        guard value == "char" || MapObject.numericTypes.contains(value) else {
          throw RuntimeError("containers.Map: unsupported KeyType")
        }
        map.keyType = value
      case "valuetype":
        guard
          value == "any" || value == "char" || value == "logical" || MapObject.numericTypes.contains(value)
        else {
          throw RuntimeError("containers.Map: unsupported ValueType")
        }
        map.valueType = value
      case "uniformvalues": break
      default: throw RuntimeError("containers.Map: missing option value")
      }
      i += 2
    }
    return map
  }

  private static func filled(
    _ keys: Value, _ values: Value?, isUniform: Bool
  ) throws(RuntimeError) -> MapObject {
    var keyList: [Value] = []
    var valueList: [Value] = []
    if case .cell(let cells) = keys {
      keyList = Array(cells)
      if case .cell(let elements)? = values, cells.count != 1 || elements.count == 1 {
        valueList = Array(elements)
      } else if let values, cells.count == 1 {
        valueList = [values]
      } else if let values {
        for i in 0..<values.count { valueList.append(try CellArrays.element(values, i)) }
      }
    } else if keys.isText || keys.count == 1 {
      keyList = [keys]
      if let values {
        if case .cell(let elements) = values, elements.count == 1 {
          valueList = Array(elements)
        } else {
          valueList = [values]
        }
      }
    } else {
      for i in 0..<keys.count { keyList.append(try CellArrays.element(keys, i)) }
      if case .cell(let elements)? = values {
        valueList = Array(elements)
      } else if let values {
        for i in 0..<values.count { valueList.append(try CellArrays.element(values, i)) }
      }
    }
    if values == nil { valueList = Array(repeating: .emptyMatrix, count: keyList.count) }
    guard keyList.count == valueList.count else {
      throw RuntimeError("containers.Map: the number of keys and values must match")
    }
    if keyList.isEmpty { throw RuntimeError("containers.Map: empty keys are not allowed") }
    let allText = keyList.allSatisfy(\.isText)
    let allNumbers = keyList.allSatisfy { !$0.isText && $0.count == 1 && $0.numericClass != nil }
    guard allText || allNumbers else {
      throw RuntimeError("containers.Map: when using multiple keys, all keys must have the same type")
    }
    let classes = Set(keyList.map(\.className))
    let keyType =
      allText
      ? "char"
      : (classes.count == 1 ? classes.first.map { $0 == "logical" ? "double" : $0 } ?? "double" : "double")
    var valueType = "any"
    if isUniform, values != nil {
      if valueList.allSatisfy({ $0.isText && $0.shape.rows <= 1 }) {
        valueType = "char"
      } else if valueList.allSatisfy({ $0.isLogical && $0.count == 1 }) {
        valueType = "logical"
      } else if valueList.allSatisfy({ $0.isNumeric && $0.count == 1 }) {
        let kinds = Set(valueList.map(\.className))
        valueType = kinds.count == 1 ? kinds.first ?? "any" : "any"
      }
    }
    let map = MapObject(keyType: keyType, valueType: valueType)
    for (key, value) in zip(keyList, valueList) { map.entries[try map.checkedKey(key)] = value }
    return map
  }
}
