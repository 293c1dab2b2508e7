import ThetaArrays
import ThetaRuntime

/// The order of bytes as scripts name it.
enum ByteOrder {
  /// True for the big end first; nil for an empty argument.
  static func isBig(_ value: Value, _ call: Call) throws(RuntimeError) -> Bool? {
    if value.isEmpty { return nil }
    switch value.stringValue?.lowercased() {
    case "ieee-be", "b": return true
    case "ieee-le", "l", "native", "n": return false
    default: throw RuntimeError("invalid architecture type specified")
    }
  }
}

/// `fread` and `fwrite`: numbers as bytes of a file.
package enum BinaryFiles {
  static let table: [Builtin] = [
    Builtin(
      "[val, count] = fread (fid, size?, precision?, skip?, arch?)",
      """
      Binary numbers of a file: up to size of them (all without it; [m n] makes m×n, [m Inf] as many columns as there
      are), each read as precision says ("uint8" without it; "int16=>double", "*single" and "4*uint8" name the class
      of the result and blocks). After each number, or block, skip bytes are left out. arch is "ieee-le" or "ieee-be".
      """, multiple: fread),
    Builtin(
      "count = fwrite (fid, data, precision?, skip?, arch?)",
      "Writes numbers as bytes, in the precision named, with skip zeros before each.", multiple: fwrite),
  ]

  private static let kinds: [String: (name: String, size: Int)] = [
    "uint8": ("uint8", 1), "uchar": ("uint8", 1), "unsignedchar": ("uint8", 1), "int8": ("int8", 1),
    "schar": ("int8", 1), "signedchar": ("int8", 1), "integer*1": ("int8", 1), "char": ("char", 1),
    "char*1": ("char", 1), "int16": ("int16", 2), "short": ("int16", 2), "integer*2": ("int16", 2),
    "uint16": ("uint16", 2), "ushort": ("uint16", 2), "unsignedshort": ("uint16", 2), "int32": ("int32", 4),
    "int": ("int32", 4), "integer*4": ("int32", 4), "uint32": ("uint32", 4), "uint": ("uint32", 4),
    "unsignedint": ("uint32", 4),
  ]
  private static let wideKinds: [String: (name: String, size: Int)] = [
    "int64": ("int64", 8), "long": ("int64", 8), "integer*8": ("int64", 8), "uint64": ("uint64", 8),
    "ulong": ("uint64", 8), "unsignedlong": ("uint64", 8), "single": ("single", 4), "float": ("single", 4),
    "float32": ("single", 4), "real*4": ("single", 4), "double": ("double", 8), "float64": ("double", 8),
    "real*8": ("double", 8), "logical": ("logical", 1),
  ]

  private static func kind(_ name: String) -> (name: String, size: Int)? { kinds[name] ?? wideKinds[name] }

  /// What a precision says.
  private struct Precision {
    var source = (name: "uint8", size: 1)
    var target = "double"
    var block = 1
  }

  private static func precision(_ text: String) -> Precision? {
    var word = text.filter { $0 != " " }
    var result = Precision()
    var keeps = false
    if word.hasPrefix("*") {
      word.removeFirst()
      keeps = true
    } else if let star = word.firstIndex(of: "*"), let block = Int(word[..<star]), block > 0 {
      result.block = block
      word = String(word[star...].dropFirst())
    }
    var target = keeps ? word : "double"
    if let arrow = word.firstIndex(of: "=") {
      target = String(word[arrow...].dropFirst(2))
      word = String(word[..<arrow])
    }
    guard let source = kind(word), let output = kind(target)?.name else { return nil }
    result.source = source
    result.target = output
    return result
  }

  private static func fread(_ call: inout Call) throws(RuntimeError) -> [Value] {
    let file = try FileAccess.file(call)
    var next = 1
    var size: NDArray<Double> = NDArray(scalar: .infinity)
    if call.count > 1, !call[1].isText {
      size = call[1].isEmpty ? size : try call.array(1)
      next = 2
    }
    var form = Precision()
    if next < call.count {
      guard let given = precision(try call.string(next)) else {
        throw call.error("invalid PRECISION specified")
      }
      form = given
      next += 1
    }
    var skip = 0
    if next < call.count, !call[next].isText {
      skip = try call.integer(next, "SKIP must be an integer")
      next += 1
    }
    var isBig = file.isBigEndian
    if next < call.count, let given = try ByteOrder.isBig(call[next], call) { isBig = given }
    for n in size where n < 0 || n.isNaN { throw call.error("negative value invalid as size specification") }
    let wanted = size.reduce(1, *)
    let limit = wanted.isFinite ? Int(exactly: wanted.rounded()) ?? .max : .max
    let numbers = read(file, form, skip: max(0, skip), limit: limit, isBig: isBig)
    return [shaped(numbers, size, form.target), .integer(numbers.count)]
  }

  private static func read(
    _ file: OpenFile, _ form: Precision, skip: Int, limit: Int, isBig: Bool
  ) -> [Double] {
    var numbers: [Double] = []
    let width = form.source.size
    guard file.canRead else { return [] }
    var inBlock = 0
    while numbers.count < limit {
      guard file.position <= file.bytes.count - width else {
        file.position = max(file.position, file.bytes.count)
        file.metEnd = true
        break
      }
      var bits: UInt64 = 0
      for i in 0..<width {
        let byte = file.bytes[file.position + (isBig ? i : width - 1 - i)]
        bits = bits << 8 | UInt64(byte)
      }
      numbers.append(number(bits, form.source.name))
      file.position += width
      inBlock += 1
      if inBlock == form.block {
        inBlock = 0
        file.position = min(file.bytes.count, file.position.addingReportingOverflow(skip).partialValue)
      }
    }
    return numbers
  }

  private static func shaped(_ numbers: [Double], _ size: NDArray<Double>, _ target: String) -> Value {
    var numbers = numbers
    var shape = Shape(numbers.count, numbers.isEmpty ? 0 : 1)
    if size.count > 1 {
      let rows = Int(exactly: size[0]) ?? numbers.count
      let columns = rows > 0 ? (numbers.count + rows - 1) / rows : 0
      while numbers.count < rows * columns { numbers.append(0) }
      shape = Shape(columns == 0 ? 0 : rows, columns)
    }
    return converted(NDArray(shape, numbers), target)
  }

  /// Numbers in a class by name.
  package static func converted(_ array: NDArray<Double>, _ kind: String) -> Value {
    func cast<T: FixedWidthInteger & ValueElement>(_ type: T.Type) -> Value {
      .make(array.map { x in x.isNaN ? 0 : T(exactly: x.rounded()) ?? (x < 0 ? T.min : T.max) })
    }
    switch kind {
    case "char": return .text(array.map { UInt8(exactly: $0.rounded()) ?? 0 }, .single)
    case "single": return .make(array.map { Float($0) })
    case "logical": return .make(array.map { $0 != 0 })
    case "int8": return cast(Int8.self)
    case "uint8": return cast(UInt8.self)
    case "int16": return cast(Int16.self)
    case "uint16": return cast(UInt16.self)
    case "int32": return cast(Int32.self)
    case "uint32": return cast(UInt32.self)
    case "int64": return cast(Int64.self)
    case "uint64": return cast(UInt64.self)
    default: return .make(array)
    }
  }

  /// The bits of an element as a number.
  private static func number(_ bits: UInt64, _ kind: String) -> Double {
    switch kind {
    case "int8": return Double(Int8(truncatingIfNeeded: bits))
    case "int16": return Double(Int16(truncatingIfNeeded: bits))
    case "int32": return Double(Int32(truncatingIfNeeded: bits))
    case "int64": return Double(Int64(truncatingIfNeeded: bits))
    case "single": return Double(Float(bitPattern: UInt32(truncatingIfNeeded: bits)))
    case "double": return Double(bitPattern: bits)
    default: return Double(bits)
    }
  }

  private static func fwrite(_ call: inout Call) throws(RuntimeError) -> [Value] {
    let id = try OpenFiles.identifier(call[0], call)
    let data = try call.array(1)
    var form = Precision()
    if call.count > 2 {
      guard let given = precision(try call.string(2)) else { throw call.error("invalid PRECISION specified") }
      form = given
    }
    let hasSkip = call.count > 3 && !call[3].isText
    let skip = hasSkip ? max(0, min(1 << 20, try call.integer(3))) : 0
    var isBig = id > 2 ? try FileAccess.file(call).isBigEndian : false
    let last = hasSkip ? 4 : 3
    if call.count > last, let given = try ByteOrder.isBig(call[last], call) { isBig = given }
    var bytes: Bytes = []
    for (i, x) in data.enumerated() {
      if skip > 0, i % form.block == 0 { bytes += Bytes(repeating: 0, count: skip) }
      var bits = bits(of: x, form.source)
      var raw: Bytes = []
      for _ in 0..<form.source.size {
        raw.append(UInt8(truncatingIfNeeded: bits))
        bits >>= 8
      }
      bytes += isBig ? raw.reversed() : raw
    }
    try Printing.write(bytes, to: id, call)
    return [.integer(data.count)]
  }

  private static func bits(of x: Double, _ kind: (name: String, size: Int)) -> UInt64 {
    func saturated<T: FixedWidthInteger>(_ type: T.Type) -> UInt64 {
      UInt64(truncatingIfNeeded: x.isNaN ? 0 : T(exactly: x.rounded()) ?? (x < 0 ? T.min : T.max))
    }
    switch kind.name {
    case "single": return UInt64(Float(x).bitPattern)
    case "double": return x.bitPattern
    case "int8": return saturated(Int8.self)
    case "int16": return saturated(Int16.self)
    case "int32": return saturated(Int32.self)
    case "int64": return saturated(Int64.self)
    case "uint16": return saturated(UInt16.self)
    case "uint32": return saturated(UInt32.self)
    case "uint64": return saturated(UInt64.self)
    default: return saturated(UInt8.self)
    }
  }
}
