import ThetaArrays
import ThetaRuntime

/// JSON text as values: arrays of numbers become columns and matrices, arrays of objects with the same names struct
/// arrays, all other arrays cells. Errors say the place, counted from one.
struct JsonReader {
  private let text: Bytes
  private var position = 0
  private var depth = 0
  private let fieldName: (String) -> String

  init(_ text: Bytes, fieldName: @escaping (String) -> String) {
    self.text = text
    self.fieldName = fieldName
  }

  private func failure(_ message: String, at place: Int? = nil) -> RuntimeError {
    RuntimeError("jsondecode: parse error at offset \((place ?? position) + 1): \(message)")
  }

  private var next: UInt8? { position < text.count ? text[position] : nil }

  private mutating func skipSpace() {
    while let byte = next, byte == 32 || byte == 9 || byte == 10 || byte == 13 { position += 1 }
  }

  mutating func document() throws(RuntimeError) -> Value {
    skipSpace()
    guard next != nil else { throw failure("The document is empty.") }
    let value = try value()
    skipSpace()
    guard next == nil else { throw failure("The document root must not be followed by other values.") }
    return value.loaded
  }

  /// One value; null is told apart until its array is made.
  private enum Node {
    case null
    case value(Value)
    /// An array, whatever it became: `[2]` is a number to the language, not to the array it stands in.
    case array(Value)

    var loaded: Value {
      switch self {
      case .null: .emptyMatrix
      case .value(let value), .array(let value): value
      }
    }
  }

  private mutating func value() throws(RuntimeError) -> Node {
    guard let byte = next else { throw failure("Invalid value.") }
    guard depth < 500 else { throw failure("Too many nested arrays and objects.") }
    switch byte {
    case UInt8(ascii: "{"):
      depth += 1
      defer { depth -= 1 }
      return .value(try object())
    case UInt8(ascii: "["):
      depth += 1
      defer { depth -= 1 }
      return .array(try array())
    case UInt8(ascii: "\""): return .value(.bytes(try string()))
    case UInt8(ascii: "t"):
      try word("true")
      return .value(.logical(true))
    case UInt8(ascii: "f"):
      try word("false")
      return .value(.logical(false))
    case UInt8(ascii: "n"):
      try word("null")
      return .null
    default: return .value(.number(try number()))
    }
  }

  private mutating func word(_ word: StaticString) throws(RuntimeError) {
    for byte in Bytes(ascii: word) {
      guard next == byte else { throw failure("Invalid value.") }
      position += 1
    }
  }

  private mutating func number() throws(RuntimeError) -> Double {
    let start = position
    var isNegative = false
    if next == UInt8(ascii: "-") {
      isNegative = true
      position += 1
    }
    if next == UInt8(ascii: "N") {
      try word("NaN")
      return .nan
    }
    if next == UInt8(ascii: "I") {
      try word("Inf")
      if next == UInt8(ascii: "i") { try word("inity") }
      return isNegative ? -.infinity : .infinity
    }
    guard let first = next, first.isDigitByte else { throw failure("Invalid value.") }
    position += 1
    if first != 48 { while next?.isDigitByte ?? false { position += 1 } }
    if next == UInt8(ascii: ".") {
      position += 1
      guard next?.isDigitByte ?? false else { throw failure("Miss fraction part in number.") }
      while next?.isDigitByte ?? false { position += 1 }
    }
    if let byte = next, byte | 32 == UInt8(ascii: "e") {
      position += 1
      if next == UInt8(ascii: "+") || next == UInt8(ascii: "-") { position += 1 }
      guard next?.isDigitByte ?? false else { throw failure("Miss exponent in number.") }
      while next?.isDigitByte ?? false { position += 1 }
    }
    var begin = isNegative ? start + 1 : start
    guard let x = TextToNumbers.number(text, &begin), x.isFinite else {
      throw failure("Number too big to be stored in double.", at: start)
    }
    return isNegative ? -x : x
  }

  private mutating func string() throws(RuntimeError) -> Bytes {
    position += 1
    var result: Bytes = []
    while let byte = next {
      let start = position
      position += 1
      switch byte {
      case UInt8(ascii: "\""): return result
      case UInt8(ascii: "\\"):
        guard let escape = next else { throw failure("Invalid escape character in string.", at: start) }
        position += 1
        switch escape {
        case UInt8(ascii: "n"): result.append(10)
        case UInt8(ascii: "t"): result.append(9)
        case UInt8(ascii: "r"): result.append(13)
        case UInt8(ascii: "b"): result.append(8)
        case UInt8(ascii: "f"): result.append(12)
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): result.append(escape)
        case UInt8(ascii: "u"): result += try unicode(start)
        default: throw failure("Invalid escape character in string.", at: start)
        }
      case 0..<32: throw failure("Invalid encoding in string.", at: start)
      default: result.append(byte)
      }
    }
    throw failure("Missing a closing quotation mark in string.")
  }

  private mutating func unicode(_ start: Int) throws(RuntimeError) -> Bytes {
    func code() -> UInt32? {
      guard position + 4 <= text.count, text[position..<(position + 4)].allSatisfy({ $0.isHexByte }) else {
        return nil
      }
      return UInt32(Array(text[position..<(position + 4)]).text, radix: 16)
    }
    guard var unit = code() else {
      throw failure("Incorrect hex digit after \\u escape in string.", at: start)
    }
    position += 4
    if (0xD800..<0xDC00).contains(unit) {
      guard position + 6 <= text.count, text[position] == UInt8(ascii: "\\"),
        text[position + 1] == UInt8(ascii: "u")
      else { throw failure("The surrogate pair in string is invalid.", at: start) }
      position += 2
      guard let low = code(), (0xDC00..<0xE000).contains(low) else {
        throw failure("The surrogate pair in string is invalid.", at: start)
      }
      position += 4
      unit = 0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00)
    }
    guard let scalar = Unicode.Scalar(unit) else {
      throw failure("The surrogate pair in string is invalid.", at: start)
    }
    return Array(String(Character(scalar)).utf8)
  }

  private mutating func object() throws(RuntimeError) -> Value {
    position += 1
    let result = StructArray()
    skipSpace()
    if next == UInt8(ascii: "}") {
      position += 1
      return .structure(result)
    }
    while true {
      skipSpace()
      guard next == UInt8(ascii: "\"") else { throw failure("Missing a name for object member.") }
      let name = try string().text
      skipSpace()
      guard next == UInt8(ascii: ":") else {
        throw failure("Missing a colon after a name of object member.")
      }
      position += 1
      skipSpace()
      result.setField(fieldName(name), try value().loaded)
      skipSpace()
      if next == UInt8(ascii: "}") {
        position += 1
        return .structure(result)
      }
      guard next == UInt8(ascii: ",") else {
        throw failure("Missing a comma or '}' after an object member.")
      }
      position += 1
    }
  }

  private mutating func array() throws(RuntimeError) -> Value {
    position += 1
    var nodes: [Node] = []
    skipSpace()
    if next == UInt8(ascii: "]") {
      position += 1
      return .emptyMatrix
    }
    var holdsArrays = true
    while true {
      skipSpace()
      holdsArrays = holdsArrays && next == UInt8(ascii: "[")
      nodes.append(try value())
      skipSpace()
      if next == UInt8(ascii: "]") { break }
      guard next == UInt8(ascii: ",") else {
        throw failure("Missing a comma or ']' after an array element.")
      }
      position += 1
    }
    position += 1
    return holdsArrays ? JsonReader.joined(nodes.map(\.loaded)) : JsonReader.collected(nodes)
  }

  /// The elements of one array that holds no arrays alone.
  private static func collected(_ nodes: [Node]) -> Value {
    var numbers: [Double] = []
    var flags: [Bool] = []
    var structs: [StructArray] = []
    for node in nodes {
      switch node {
      case .null: numbers.append(.nan)
      case .value(.number(let x)): numbers.append(x)
      case .value(.logical(let x)): flags.append(x)
      case .value(.structure(let s)): structs.append(s)
      default: break
      }
    }
    if numbers.count == nodes.count { return .column(numbers) }
    if flags.count == nodes.count { return .make(NDArray(column: flags)) }
    if structs.count == nodes.count, let names = structs.first?.names,
      structs.allSatisfy({ $0.names == names && $0.count == 1 })
    {
      return .structure(
        StructArray(Shape(structs.count, 1), names: names, values: structs.flatMap { $0.values }))
    }
    return .columnCell(nodes.map(\.loaded))
  }

  /// Arrays of one class and size as one array with a dimension more in front; else a cell.
  private static func joined(_ parts: [Value]) -> Value {
    guard let shape = parts.first?.shape, shape.count > 0, parts.allSatisfy({ $0.shape == shape }) else {
      return .columnCell(parts)
    }
    var sizes = shape.sizes
    while sizes.count > 1, sizes.last == 1 { sizes.removeLast() }
    if sizes == [1] { sizes = [] }
    let whole = Shape([parts.count] + (sizes.isEmpty ? [1] : sizes))
    func interleaved<Element>(_ lists: [[Element]]) -> [Element] {
      (0..<shape.count).flatMap { j in lists.map { $0[j] } }
    }
    let doubles = parts.compactMap { part -> [Double]? in
      switch part {
      case .number(let x): [x]
      case .real(let array): Array(array)
      default: nil
      }
    }
    if doubles.count == parts.count { return .make(NDArray(whole, interleaved(doubles))) }
    let flags = parts.compactMap { part -> [Bool]? in
      switch part {
      case .logical(let x): [x]
      case .boolean(let array): Array(array)
      default: nil
      }
    }
    if flags.count == parts.count { return .make(NDArray(whole, interleaved(flags))) }
    let structs = parts.compactMap(\.structValue)
    if structs.count == parts.count, let names = structs.first?.names,
      structs.allSatisfy({ $0.names == names })
    {
      let width = names.count
      let elements = structs.map { s in
        (0..<s.count).map { Array(s.values[($0 * width)..<(($0 + 1) * width)]) }
      }
      return .structure(StructArray(whole, names: names, values: interleaved(elements).flatMap { $0 }))
    }
    return .columnCell(parts)
  }
}
