import ThetaArrays
import ThetaDisplay
import ThetaNumeric
import ThetaRuntime

/// `containers.Map`: values by key, all keys text or all numbers. A handle: copies share the same entries.
final class MapObject: ObjectValue {
  enum Key: Hashable, Comparable {
    case text(Bytes)
    case number(Double)

    /// Numbers before text, NaN after all numbers.
    static func < (a: Key, b: Key) -> Bool {
      switch (a, b) {
      case (.text(let x), .text(let y)): x.lexicographicallyPrecedes(y)
      case (.number(let x), .number(let y)): x < y || !x.isNaN && y.isNaN
      case (.number, .text): true
      case (.text, .number): false
      }
    }

    static func == (a: Key, b: Key) -> Bool {
      switch (a, b) {
      case (.text(let x), .text(let y)): x == y
      case (.number(let x), .number(let y)): x == y || x.isNaN && y.isNaN
      default: false
      }
    }

    func hash(into hasher: inout Hasher) {
      switch self {
      case .text(let bytes): hasher.combine(bytes)
      case .number(let x): hasher.combine(x.isNaN ? Double.nan.bitPattern : (x + 0).bitPattern)
      }
    }

    /// The key in the class of its map's keys.
    func value(_ type: String) -> Value {
      switch self {
      case .text(let bytes): .bytes(bytes)
      case .number(let x): type == "double" ? .number(x) : .converting(NDArray(scalar: x), to: type)
      }
    }
  }

  let keyType: String
  let valueType: String
  var entries: [Key: Value] = [:]

  init(keyType: String, valueType: String) {
    self.keyType = keyType
    self.valueType = valueType
  }

  static let keyTypes = ["char", "double", "single", "int32", "uint32", "int64", "uint64"]
  static let numericTypes = [
    "double", "single", "int8", "uint8", "int16", "uint16", "int32", "uint32", "int64", "uint64",
  ]

  override var className: String { "containers.Map" }
  override var shape: Shape { Shape(entries.count, 1) }
  override var elementCount: Int { 1 }

  var sortedKeys: [Key] { entries.keys.sorted() }

  private static func failure(_ text: String) -> RuntimeError { RuntimeError("containers.Map: \(text)") }

  // MARK: - Keys and values

  /// The key of a value, or nil when its type is not that of this map.
  func key(_ value: Value) -> Key? {
    if keyType == "char" { return value.textRows.map { .text($0.first ?? []) } }
    guard !value.isText, value.count == 1, value.numericClass != nil, let x = value.firstReal else {
      return nil
    }
    if keyType == "double" { return .number(x) }
    return Value.converting(NDArray(scalar: x), to: keyType).firstReal.map { .number($0) }
  }

  func checkedKey(_ value: Value) throws(RuntimeError) -> Key {
    guard let key = key(value) else {
      throw Self.failure("specified key type does not match the type of this container")
    }
    return key
  }

  /// A key as messages name it: text as it is, numbers as they are printed.
  static func text(of key: Value) -> String {
    key.stringValue ?? key.firstReal.map { Display.shortText($0) } ?? ""
  }

  func set(_ key: Value, _ value: Value) throws(RuntimeError) {
    let key = try checkedKey(key)
    if key == .text([]) {
      throw RuntimeError("cell2struct: FIELDS must be a cell array of strings or a scalar string")
    }
    entries[key] = try fitting(value)
  }

  /// The value in the type of this map's values.
  private func fitting(_ value: Value) throws(RuntimeError) -> Value {
    switch valueType {
    case "any": return value
    case "char": if value.isText { return value }
    default:
      if value.count == 1, value.isNumeric || value.isLogical,
        let converted = try ClassConversions.converted(value, to: valueType)
      {
        return converted
      }
    }
    throw Self.failure("specified value type does not match the type of this container")
  }

  // MARK: - Properties and methods

  override func property(_ name: String) throws(RuntimeError) -> Value? {
    switch name {
    case "Count": return .converting(NDArray(scalar: Double(entries.count)), to: "uint64")
    case "KeyType": return .string(keyType)
    case "ValueType": return .string(valueType)
    case "keys", "values", "isKey", "remove", "length", "isempty", "size": return nil
    default: throw Self.failure("unknown property '\(name)'")
    }
  }

  override func setProperty(_ name: String, _ value: Value) throws(RuntimeError) -> Bool {
    throw Self.failure("properties are read-only")
  }

  override func callMethod(
    _ name: String, _ arguments: [Value], outputs: Int
  ) throws(RuntimeError) -> [Value]? {
    switch name {
    case "keys": return [.rowCell(sortedKeys.map { $0.value(keyType) })]
    case "values": return [try values(arguments.first)]
    case "isKey": return [isKey(try keySet(arguments))]
    case "remove":
      for value in elements(try keySet(arguments)) {
        if let key = key(value) { entries[key] = nil }
      }
      return [.object(self)]
    case "length": return [.integer(entries.count)]
    case "isempty": return [.logical(entries.isEmpty)]
    case "size": return [.row([Double(entries.count), 1])]
    default: return nil
    }
  }

  private func keySet(_ arguments: [Value]) throws(RuntimeError) -> Value {
    guard let keys = arguments.first else { throw Self.failure("input argument 'KeySet' is missing") }
    return keys
  }

  /// The keys in a cell, in an array of numbers, or one alone.
  private func elements(_ keys: Value) -> [Value] {
    if let cells = keys.cellElements { return cells }
    if keys.count != 1, let array = keys.isText ? nil : keys.realArray { return array.map { .number($0) } }
    return [keys]
  }

  private func isKey(_ keys: Value) -> Value {
    let found = elements(keys).map { value in key(value).map { entries[$0] != nil } ?? false }
    guard keys.isCell || keys.count != 1 && !keys.isText else { return .logical(found.first ?? false) }
    return .make(NDArray(keys.shape, found))
  }

  private func values(_ keys: Value?) throws(RuntimeError) -> Value {
    guard let keys else { return .rowCell(sortedKeys.map { entries[$0] ?? .emptyMatrix }) }
    guard case .cell(let cells) = keys else {
      throw Self.failure("input argument 'keySet' must be a cell")
    }
    return try cells.mapValues { value throws(RuntimeError) in
      guard let found = key(value).flatMap({ entries[$0] }) else {
        throw Self.failure("key <\(Self.text(of: value))> does not exist")
      }
      return found
    }
  }

  // MARK: - Subscripts

  /// More subscripts than one are no error; the first counts.
  override func index(_ subscripts: [Value], name: String) throws(RuntimeError) -> Value? {
    guard let given = subscripts.first else { throw Self.failure("no key specified") }
    guard let value = entries[try checkedKey(given)] else {
      throw Self.failure("specified key <\(Self.text(of: given))> does not exist")
    }
    return value
  }

  override func setIndex(_ subscripts: [Value], _ value: Value) throws(RuntimeError) -> Bool {
    guard let key = subscripts.first else { throw RuntimeError("invalid empty index list") }
    try set(key, value)
    return true
  }

  override func refusal(of use: Use) -> RuntimeError? {
    switch use {
    case .brace: Self.failure("only '()' indexing is supported")
    case .braceAssignment: Self.failure("only '()' indexing is supported for assigning values")
    case .nestedAssignment: Self.failure("only one level of indexing is supported")
    }
  }

  // MARK: - Whole maps

  override func isEqual(to other: ObjectValue) -> Bool {
    guard let other = other as? MapObject, keyType == other.keyType, valueType == other.valueType,
      entries.count == other.entries.count
    else { return false }
    return entries.allSatisfy { key, value in
      other.entries[key].map { Equality.isEqual(value, $0) } ?? false
    }
  }

  /// `[m; n]`: the entries of both, those of the later map winning; its types are those of the first.
  override func concatenate(_ rows: [[Value]]) throws(RuntimeError) -> Value? {
    let isVertical = rows.count > 1
    let maps = rows.joined().map { value -> MapObject? in
      if case .object(let object) = value { object as? MapObject } else { nil }
    }
    let failure = RuntimeError("containers.Map/\(isVertical ? "vertcat" : "horzcat") method failed")
    guard let first = maps.first ?? nil else {
      if maps.contains(where: { $0 != nil }) { throw failure }
      return nil
    }
    let result = MapObject(
      keyType: first.keyType,
      valueType: maps.allSatisfy { $0?.valueType == first.valueType } ? first.valueType : "any")
    for map in maps {
      guard let map, (map.keyType == "char") == (first.keyType == "char") else {
        throw failure
      }
      for (key, value) in map.entries { result.entries[key] = value }
    }
    return .object(result)
  }

  override var displayText: String {
    "  containers.Map object with properties:\n\n    Count     : \(entries.count)\n    KeyType   : \(keyType)\n"
      + "    ValueType : \(valueType)\n\n"
  }

  override func nestedDisplayText(indent: Int) -> String {
    let margin = String(repeating: " ", count: indent)
    let rows = [
      "       Count: [1x1 uint64]", "     KeyType: \(keyType)", "   ValueType: \(valueType)",
      "         map: [1x1 struct]", "numeric_keys: \(keyType == "char" ? 0 : 1)",
    ]
    return "\(margin)  containers.Map object with properties:\n\n"
      + rows.map { "\(margin)      \($0)\n" }.joined()
  }
}
