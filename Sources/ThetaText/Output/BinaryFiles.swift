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

      >> [fid, name] = mkstemp (fullfile (tempdir (), "XXXXXX"), true); fwrite (fid, [1 2 3]); frewind (fid); fread (fid)'
      ans =

         1   2   3

      """, multiple: fread),
    Builtin(
      "count = fwrite (fid, data, precision?, skip?, arch?)",
      """
      Writes numbers as bytes, in the precision named, with skip zeros before each.

      >> [fid, name] = mkstemp (fullfile (tempdir (), "XXXXXX"), true); fwrite (fid, [1 2 3], "int16")
      ans = 3

      """, multiple: fwrite),
  ]

  /// What numbers are in a file.
  private enum Kind: String {
    case uint8, int8, char, logical, int16, uint16, int32, uint32, single, int64, uint64, double

    /// Bytes of one number.
    var size: Int {
      switch self {
      case .uint8, .int8, .char, .logical: 1
      case .int16, .uint16: 2
      case .int32, .uint32, .single: 4
      case .int64, .uint64, .double: 8
      }
    }

    /// By its own name, and by the names that C, Fortran and MATLAB have for it.
    init?(name: String) {
      switch name {
      case "uchar", "unsignedchar": self = .uint8
      case "schar", "signedchar", "integer*1": self = .int8
      case "char*1": self = .char
      case "short", "integer*2": self = .int16
      case "ushort", "unsignedshort": self = .uint16
      case "int", "integer*4": self = .int32
      case "uint", "unsignedint": self = .uint32
      case "long", "integer*8": self = .int64
      case "ulong", "unsignedlong": self = .uint64
      case "float", "float32", "real*4": self = .single
      case "float64", "real*8": self = .double
      default: self.init(rawValue: name)
      }
    }
  }

  /// What a precision says.
  private struct Precision {
    var source = Kind.uint8
    var target = Kind.double
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
    guard let source = Kind(name: word), let output = Kind(name: target) else { return nil }
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
    let limit = wanted.isFinite ? Int(exactly: wanted.rounded(.up)) ?? .max : .max
    let places = try places(file, form, skip: max(0, skip), limit: limit, call)
    let shape = try shape(places.count, size)
    return [numbers(file.bytes, places, shape, form, isBig: isBig), .integer(places.count)]
  }

  /// Where numbers lie in a file: blocks of them, with bytes that are skipped between the blocks.
  private struct Places {
    var start: Int
    var count: Int
    var width: Int
    var block: Int
    var skip: Int

    subscript(i: Int) -> Int { start + i * width + (skip == 0 ? 0 : i / block * skip) }
  }

  /// The numbers from the position of a file on, up to `limit` of them; moves the position behind them.
  private static func places(
    _ file: OpenFile, _ form: Precision, skip: Int, limit: Int, _ call: Call
  ) throws(RuntimeError) -> Places {
    let width = form.source.size
    let (start, block) = (file.position, form.block)
    guard file.canRead else { return Places(start: start, count: 0, width: width, block: block, skip: skip) }
    let rest = max(0, file.bytes.count - start)
    // A block that does not fit is the last one, and its length does not matter.
    let (length, overflow) = block.multipliedReportingOverflow(by: width)
    let (stride, beyond) = length.addingReportingOverflow(skip)
    let fits: Int
    if overflow || beyond {
      fits = min(rest / width, block)
    } else {
      fits = rest / stride * block + min(block, rest % stride / width)
    }
    let places = Places(start: start, count: min(limit, fits), width: width, block: block, skip: skip)
    if places.count < limit {
      file.position = max(start, file.bytes.count)
      file.metEnd = true
    } else if places.count > 0 {
      let end = places[places.count - 1] + width
      let isBlock = places.count % block == 0
      file.position = isBlock ? min(file.bytes.count, end.addingReportingOverflow(skip).partialValue) : end
    }
    return places
  }

  /// The shape that a size makes of so many numbers; the last column is filled up with zeros.
  private static func shape(_ count: Int, _ size: NDArray<Double>) throws(RuntimeError) -> Shape {
    guard size.count > 1 else { return Shape(count, count == 0 ? 0 : 1) }
    let rows = Int(exactly: size[0].rounded(.up)) ?? count
    let columns = rows > 0 ? count / rows + (count % rows == 0 ? 0 : 1) : 0
    let shape = Shape(columns == 0 ? 0 : rows, columns)
    try Call.check(shape)
    return shape
  }

  private static func numbers(
    _ bytes: Bytes, _ places: Places, _ shape: Shape, _ form: Precision, isBig: Bool
  ) -> Value {
    /// The numbers with their bytes as an integer of their width.
    func stored<Stored: FixedWidthInteger, Element: ArrayElement>(
      _: Stored.Type, _ convert: (Stored) -> Element
    ) -> NDArray<Element> {
      bytes.withUnsafeBytes { bytes in
        NDArray<Element>(shape) { out in
          for i in 0..<places.count {
            let raw = bytes.loadUnaligned(fromByteOffset: places[i], as: Stored.self)
            let value = isBig ? Stored(bigEndian: raw) : Stored(littleEndian: raw)
            out.initializeElement(at: i, to: convert(value))
          }
          for i in places.count..<out.count { out.initializeElement(at: i, to: .zero) }
        }
      }
    }
    func whole<Stored: FixedWidthInteger>(_ type: Stored.Type) -> Value {
      switch form.target {
      case .double: return .make(stored(type) { Double($0) })
      case .int64: return .make(stored(type) { Int64(clamping: $0) })
      case .uint64: return .make(stored(type) { UInt64(clamping: $0) })
      case .uint8: return .make(stored(type) { UInt8(clamping: $0) })
      default: return converted(stored(type) { Double($0) }, form.target.rawValue)
      }
    }
    switch form.source {
    case .int8: return whole(Int8.self)
    case .int16: return whole(Int16.self)
    case .uint16: return whole(UInt16.self)
    case .int32: return whole(Int32.self)
    case .uint32: return whole(UInt32.self)
    case .int64: return whole(Int64.self)
    case .uint64: return whole(UInt64.self)
    case .single:
      return converted(stored(UInt32.self) { Double(Float(bitPattern: $0)) }, form.target.rawValue)
    case .double: return converted(stored(UInt64.self) { Double(bitPattern: $0) }, form.target.rawValue)
    default: return whole(UInt8.self)
    }
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

  private static func fwrite(_ call: inout Call) throws(RuntimeError) -> [Value] {
    let id = try OpenFiles.identifier(call[0], call)
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
    let bytes: Bytes
    switch call[1] {
    // Beyond 2^53 not every integer is a double.
    case .int64(let data): bytes = written(data, form, skip, isBig) { whole(clamping: $0, form.source) }
    case .uint64(let data): bytes = written(data, form, skip, isBig) { whole(clamping: $0, form.source) }
    default: bytes = written(try call.array(1), form, skip, isBig) { bits(of: $0, form.source) }
    }
    try OpenFiles.write(bytes, to: id, call)
    return [.integer(call[1].count)]
  }

  private static func written<Element>(
    _ data: NDArray<Element>, _ form: Precision, _ skip: Int, _ isBig: Bool, _ bits: (Element) -> UInt64
  ) -> Bytes {
    var bytes: Bytes = []
    let width = form.source.size
    bytes.reserveCapacity(data.count * width + (skip > 0 ? data.count / form.block * skip : 0))
    for (i, x) in data.enumerated() {
      if skip > 0, i % form.block == 0 { bytes += Bytes(repeating: 0, count: skip) }
      let bits = bits(x)
      for k in 0..<width {
        bytes.append(UInt8(truncatingIfNeeded: bits >> UInt64(8 * (isBig ? width - 1 - k : k))))
      }
    }
    return bytes
  }

  /// The bits of a number in a precision; integers are rounded and stop at the ends of their range.
  private static func bits(of x: Double, _ kind: Kind) -> UInt64 {
    switch kind {
    case .single: return UInt64(Float(x).bitPattern)
    case .double: return x.bitPattern
    case .uint64: return x.isNaN ? 0 : UInt64(exactly: x.rounded()) ?? (x < 0 ? 0 : .max)
    default:
      return whole(clamping: x.isNaN ? 0 : Int64(exactly: x.rounded()) ?? (x < 0 ? .min : .max), kind)
    }
  }

  private static func whole(clamping x: some BinaryInteger, _ kind: Kind) -> UInt64 {
    switch kind {
    case .single: return UInt64(Float(x).bitPattern)
    case .double: return Double(x).bitPattern
    case .int8: return UInt64(truncatingIfNeeded: Int8(clamping: x))
    case .int16: return UInt64(truncatingIfNeeded: Int16(clamping: x))
    case .int32: return UInt64(truncatingIfNeeded: Int32(clamping: x))
    case .int64: return UInt64(truncatingIfNeeded: Int64(clamping: x))
    case .uint16: return UInt64(UInt16(clamping: x))
    case .uint32: return UInt64(UInt32(clamping: x))
    case .uint64: return UInt64(clamping: x)
    default: return UInt64(UInt8(clamping: x))
    }
  }
}
