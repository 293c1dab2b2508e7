import ThetaArrays
import ThetaRuntime

/// Values as JSON text. Arrays are written row by row, N-d arrays as arrays of arrays.
struct JsonWriter {
  /// Whether NaN and infinities become null.
  let convertsSpecial: Bool
  fileprivate(set) var bytes: Bytes = []

  init(convertsSpecial: Bool) { self.convertsSpecial = convertsSpecial }

  private mutating func put(_ text: String) { bytes += text.utf8 }

  /// What stands between brackets, with commas.
  private mutating func list(
    _ count: Int, _ element: (inout JsonWriter, Int) throws(RuntimeError) -> Void
  ) throws(RuntimeError) {
    put("[")
    for i in 0..<count {
      if i > 0 { put(",") }
      try element(&self, i)
    }
    put("]")
  }

  mutating func write(_ value: Value) throws(RuntimeError) {
    switch value.full {
    case .logical(let x): put(x ? "true" : "false")
    case .boolean(let array): array.nested(&self) { writer, x in writer.put(x ? "true" : "false") }
    case .text(let array, _): try text(array)
    case .cell(let cells):
      try list(cells.count) { writer, i throws(RuntimeError) in try writer.write(cells[i]) }
    case .structure(let array): try structure(array)
    case .object, .function, .undefined, .int64, .uint64, .singleComplex:
      throw RuntimeError("jsonencode: unsupported type")
    case let other:
      guard let array = other.realArray ?? other.complexArray?.map({ $0.real }) else {
        throw RuntimeError("jsonencode: unsupported type")
      }
      if other.isComplex, array.count == 1 {
        put("[")
        number(array[0])
        put("]")
      } else if array.count == 1, array.shape.is2D {
        number(array[0])
      } else {
        array.nested(&self) { writer, x in writer.number(x) }
      }
    }
  }

  /// Whole numbers of 32 bits as they are, all others with a point or an exponent and as few digits as tell them.
  private mutating func number(_ x: Double) {
    guard x.isFinite else {
      put(convertsSpecial ? "null" : x.isNaN ? "NaN" : x < 0 ? "-Infinity" : "Infinity")
      return
    }
    if x == x.rounded(), abs(x) <= 999_999 {
      put(String(Int(x)))
      return
    }
    let (digits, exponent) = JsonWriter.shortest(abs(x))
    if x < 0 { put("-") }
    let point = digits.count + exponent
    if exponent >= 0, point <= 21 {
      bytes += digits + Bytes(repeating: 48, count: exponent)
      put(".0")
    } else if point > 0, point <= 21 {
      bytes += digits[..<point]
      put(".")
      bytes += digits[point...]
    } else if point > -6, point <= 0 {
      put("0.")
      bytes += Bytes(repeating: 48, count: -point) + digits
    } else {
      bytes.append(digits[0])
      if digits.count > 1 { put(".") }
      bytes += digits[1...]
      put("e\(point - 1)")
    }
  }

  /// The fewest digits that give the number back, one at least, and the power of ten of the last one.
  private static func shortest(_ x: Double) -> (digits: Bytes, exponent: Int) {
    var digits: Bytes = []
    var exponent = 0
    var isFraction = false
    var power: Substring.UTF8View?
    let text = x.description
    for place in text.utf8.indices {
      let byte = text.utf8[place]
      if byte == UInt8(ascii: "e") {
        power = text.utf8[text.utf8.index(after: place)...]
        break
      }
      if byte == UInt8(ascii: ".") {
        isFraction = true
      } else {
        if byte != 48 || !digits.isEmpty { digits.append(byte) }
        if isFraction { exponent -= 1 }
      }
    }
    if let power { exponent += Int(String(Substring(power))) ?? 0 }
    while digits.count > 1, digits.last == 48 {
      digits.removeLast()
      exponent += 1
    }
    return (digits.isEmpty ? [48] : digits, exponent)
  }

  private mutating func text(_ array: NDArray<UInt8>) throws(RuntimeError) {
    if array.shape.is2D, array.shape.rows <= 1 || array.shape.columns <= 1 {
      quoted(Array(array))
      return
    }
    let rows = Value.text(array, .single).textRows ?? []
    try list(rows.count) { writer, i throws(RuntimeError) in writer.quoted(rows[i]) }
  }

  private mutating func quoted(_ text: Bytes) {
    put("\"")
    for byte in text {
      switch byte {
      case UInt8(ascii: "\""): put("\\\"")
      case UInt8(ascii: "\\"): put("\\\\")
      case 8: put("\\b")
      case 9: put("\\t")
      case 10: put("\\n")
      case 12: put("\\f")
      case 13: put("\\r")
      case 0..<32: put("\\u00" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true))
      default: bytes.append(byte)
      }
    }
    put("\"")
  }

  private mutating func structure(_ array: StructArray) throws(RuntimeError) {
    func one(_ writer: inout JsonWriter, _ element: Int) throws(RuntimeError) {
      writer.put("{")
      for (i, name) in array.names.enumerated() {
        if i > 0 { writer.put(",") }
        writer.quoted(Array(name.utf8))
        writer.put(":")
        try writer.write(array.values[element * array.names.count + i])
      }
      writer.put("}")
    }
    if array.count == 1 {
      try one(&self, 0)
    } else if array.count > 0 {
      try list(array.count) { writer, i throws(RuntimeError) in try one(&writer, i) }
    }
  }

  /// The pairs of a map, names first.
  mutating func object(_ pairs: [(name: Bytes, value: Value)]) throws(RuntimeError) {
    put("{")
    for (i, pair) in pairs.enumerated() {
      if i > 0 { put(",") }
      quoted(pair.name)
      put(":")
      try write(pair.value)
    }
    put("}")
  }
}

extension NDArray {
  /// A vector as one array; a matrix as an array of its rows; an N-d array as an array of what its first
  /// subscript selects, to the last dimension.
  fileprivate func nested(_ writer: inout JsonWriter, _ element: (inout JsonWriter, Element) -> Void) {
    let sizes = shape.sizes
    if count == 0 {
      writer.raw("[]")
      return
    }
    if sizes.filter({ $0 != 1 }).count <= 1, sizes.count == 2 || sizes.dropLast().allSatisfy({ $0 == 1 }) {
      writer.raw("[")
      for i in 0..<count {
        if i > 0 { writer.raw(",") }
        element(&writer, self[i])
      }
      writer.raw("]")
      return
    }
    func level(_ dimension: Int, _ offset: Int, _ stride: Int) {
      writer.raw("[")
      for i in 0..<sizes[dimension] {
        if i > 0 { writer.raw(",") }
        let place = offset + i * stride
        if dimension + 1 == sizes.count {
          element(&writer, self[place])
        } else {
          level(dimension + 1, place, stride * sizes[dimension])
        }
      }
      writer.raw("]")
    }
    level(0, 0, 1)
  }
}

extension JsonWriter {
  fileprivate mutating func raw(_ text: String) { bytes += text.utf8 }
}
