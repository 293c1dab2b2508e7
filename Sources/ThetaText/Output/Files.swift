import ThetaArrays
import ThetaRuntime

// Files opened by number: fopen and what reads and writes through it.

package enum FileAccess {
  static let table: [Builtin] = [
    Builtin(
      "[fid, msg] = fopen (name, mode?, arch?, encoding?)", "Opens a file; -1 when it cannot.",
      multiple: fopen),
    Builtin("status = fclose (fid)", "Closes a file, or \"all\".", multiple: fclose),
    Builtin(
      "[str, len] = fgetl (fid, len?)", "The next line without its end; -1 at the end of the file.",
      multiple: fgetl),
    Builtin(
      "[str, len] = fgets (fid, len?)", "The next line with its end; -1 at the end of the file.",
      multiple: fgets),
    Builtin("nlines = fskipl (fid, count?)", "Skips lines.", fskipl),
    Builtin("status = feof (fid)", "True when a read met the end of the file.", feof),
    Builtin(
      "[val, count] = fread (fid, size?, precision?, skip?, arch?)", "Binary numbers of a file.",
      multiple: fread),
    Builtin(
      "count = fwrite (fid, data, precision?, skip?, arch?)", "Writes binary numbers.", multiple: fwrite),
    Builtin("pos = ftell (fid)", "The position in a file.", ftell),
    Builtin("status = fseek (fid, offset, origin?)", "Moves the position in a file.", fseek),
    Builtin("frewind (fid)", "Moves to the start of a file.", multiple: frewind),
    Builtin("err = fclear (fid)", "Forgets the error state of a file.", multiple: fclear),
    Builtin("[err, msg] = ferror (fid, clear?)", "The error state of a file: none.", multiple: ferror),
    Builtin("str = fileread (filename, options...)", "A whole file as text.", fileread),
    Builtin("origin = SEEK_SET ()", "The start of a file.", seekSet),
    Builtin("origin = SEEK_CUR ()", "The position in a file.", seekCurrent),
    Builtin("origin = SEEK_END ()", "The end of a file.", seekEnd),
    Builtin("tf = is_valid_file_id (fid)", "True for an open file.", isValid),
  ]

  private static func file(_ call: Call) throws(RuntimeError) -> OpenFile {
    let id = try OpenFiles.identifier(call[0], call)
    return try OpenFiles.of(call.context).file(id, call.name)
  }

  private static func fopen(_ call: inout Call) throws(RuntimeError) -> [Value] {
    let table = OpenFiles.of(call.context)
    if call.count == 1, call.isOption(0, "all") {
      let numbers = table.numbers
      return [numbers.isEmpty ? .emptyMatrix : .column(numbers.map { Double($0) })]
    }
    guard let name = call[0].stringValue else {
      let id = try OpenFiles.identifier(call[0], call)
      let names = ["stdin", "stdout", "stderr"]
      if id < 3 { return [.string(names[id]), .string(id == 0 ? "r" : "w"), .string("ieee-le")] }
      let file = try table.file(id, "fopen")
      return [.string(file.name), .string(file.mode), .string("ieee-le")]
    }
    let mode = (call.count > 1 ? try call.string(1, "file mode must be a string") : "r").filter { $0 != "t" }
    guard let first = mode.first, "rwa".contains(first), mode.allSatisfy({ "rwab+".contains($0) }) else {
      throw call.error("invalid MODE specified")
    }
    var bytes: Bytes = []
    if first != "w" {
      do { bytes = try call.context.files.read(name) } catch {
        if first == "r" { return [.number(-1), .string(capitalized(error.reason))] }
      }
    }
    let file = OpenFile(name: name, mode: mode, bytes: bytes, position: first == "a" ? bytes.count : 0)
    if first == "w" {
      // The file is there from now on, empty.
      do { try call.context.files.write([], to: name) } catch {
        return [.number(-1), .string(capitalized(error.reason))]
      }
    }
    return [.integer(table.add(file)), .string("")]
  }

  private static func capitalized(_ text: String) -> String { text.prefix(1).uppercased() + text.dropFirst() }

  private static func fclose(_ call: inout Call) throws(RuntimeError) -> [Value] {
    let table = OpenFiles.of(call.context)
    if call.isOption(0, "all") {
      for number in table.numbers { try table.close(number, call.context) }
    } else {
      let id = try OpenFiles.identifier(call[0], call)
      if id > 2 { try table.close(id, call.context) }
    }
    return call.outputs > 0 || call.count > 0 ? [.number(0)] : []
  }

  private static func line(_ call: Call, keepingEnd: Bool) throws(RuntimeError) -> [Value] {
    let id = try OpenFiles.identifier(call[0], call)
    if id == 0 {
      guard let text = call.context.console.readLine(prompt: "") else { return [.number(-1), .number(0)] }
      return [.string(keepingEnd ? text + "\n" : text), .integer(text.utf8.count + 1)]
    }
    let file = try OpenFiles.of(call.context).file(id, call.name)
    guard file.canRead else { throw call.error("stream not open for reading") }
    var limit = Int.max
    if call.count > 1, let n = call[1].firstReal, let whole = Int(exactly: n), whole >= 0 { limit = whole }
    let start = file.position
    guard let line = file.readLine(keepingEnd: keepingEnd, limit: limit) else {
      return [.number(-1), .number(0)]
    }
    if file.position >= file.bytes.count { file.metEnd = true }
    return [.bytes(line), .integer(file.position - start)]
  }

  private static func fgetl(_ call: inout Call) throws(RuntimeError) -> [Value] {
    try line(call, keepingEnd: false)
  }

  private static func fgets(_ call: inout Call) throws(RuntimeError) -> [Value] {
    try line(call, keepingEnd: true)
  }

  private static func fskipl(_ call: inout Call) throws(RuntimeError) -> Value {
    let file = try file(call)
    let wanted = call.count > 1 ? try call.real(1) : 1
    var count = 0.0
    while count < wanted, let line = file.readLine(keepingEnd: true) {
      if line.last == 10 { count += 1 }
    }
    return .number(count)
  }

  private static func feof(_ call: inout Call) throws(RuntimeError) -> Value {
    let id = try OpenFiles.identifier(call[0], call)
    if id < 3 { return .logical(false) }
    return .logical(try file(call).metEnd)
  }

  private static func ftell(_ call: inout Call) throws(RuntimeError) -> Value {
    .integer(try file(call).position)
  }

  private static func frewind(_ call: inout Call) throws(RuntimeError) -> [Value] {
    let file = try file(call)
    file.position = 0
    file.metEnd = false
    return call.outputs > 0 ? [.number(0)] : []
  }

  private static func fseek(_ call: inout Call) throws(RuntimeError) -> Value {
    let file = try file(call)
    let offset = try call.integer(1)
    var origin = 0
    if call.count > 2 {
      if call[2].isText {
        origin = ["bof": 0, "cof": 1, "eof": 2][try call.string(2)] ?? -2
      } else {
        origin = try call.integer(2)
        if origin == -1 { origin = 0 }
      }
    }
    let bases = [0, file.position, file.bytes.count]
    guard bases.indices.contains(origin) else { throw call.error("invalid value for origin") }
    let (target, overflow) = bases[origin].addingReportingOverflow(offset)
    guard !overflow, target >= 0, target <= file.bytes.count else { return .number(-1) }
    file.position = target
    file.metEnd = false
    return .number(0)
  }

  private static func fclear(_ call: inout Call) throws(RuntimeError) -> [Value] {
    try file(call).metEnd = false
    return []
  }

  private static func ferror(_ call: inout Call) throws(RuntimeError) -> [Value] {
    _ = try OpenFiles.identifier(call[0], call)
    return [.string(""), .number(0)]
  }

  private static func fileread(_ call: inout Call) throws(RuntimeError) -> Value {
    let name = try call.string(0, "FILENAME argument must be a string")
    do { return .bytes(try call.context.files.read(name)) } catch {
      throw call.error("cannot open file \(name)")
    }
  }

  private static func seekSet(_ call: inout Call) throws(RuntimeError) -> Value { .number(0) }
  private static func seekCurrent(_ call: inout Call) throws(RuntimeError) -> Value { .number(1) }
  private static func seekEnd(_ call: inout Call) throws(RuntimeError) -> Value { .number(2) }

  private static func isValid(_ call: inout Call) throws(RuntimeError) -> Value {
    guard let id = call[0].integerScalar else { return .logical(false) }
    return .logical((0...2).contains(id) || OpenFiles.of(call.context).find(id) != nil)
  }

  // MARK: Binary

  private static let kinds: [String: (name: String, size: Int)] = [
    "uint8": ("uint8", 1), "uchar": ("uint8", 1), "unsigned char": ("uint8", 1), "int8": ("int8", 1),
    "schar": ("int8", 1), "signed char": ("int8", 1), "integer*1": ("int8", 1), "char": ("char", 1),
    "char*1": ("char", 1), "int16": ("int16", 2), "short": ("int16", 2), "integer*2": ("int16", 2),
    "uint16": ("uint16", 2), "ushort": ("uint16", 2), "int32": ("int32", 4), "int": ("int32", 4),
    "integer*4": ("int32", 4), "uint32": ("uint32", 4), "uint": ("uint32", 4), "int64": ("int64", 8),
    "long": ("int64", 8), "integer*8": ("int64", 8), "uint64": ("uint64", 8), "ulong": ("uint64", 8),
    "single": ("single", 4), "float": ("single", 4), "float32": ("single", 4), "real*4": ("single", 4),
    "double": ("double", 8), "float64": ("double", 8), "real*8": ("double", 8),
  ]

  private static func fread(_ call: inout Call) throws(RuntimeError) -> [Value] {
    let file = try file(call)
    var position = 1
    var size: NDArray<Double> = NDArray(scalar: .infinity)
    if call.count > 1, !call[1].isText {
      size = try call.array(1)
      position = 2
    }
    let precision = (position < call.count ? try call.string(position) : "uint8").filter { $0 != " " }
    let isBig =
      call.count > 0 && (call[call.count - 1].stringValue?.contains("be") ?? false) && call.count > 3
    var source = precision
    var target = "double"
    if precision.hasPrefix("*") {
      source = String(precision.dropFirst())
      target = source
    } else if let arrow = precision.firstIndex(of: "=") {
      source = String(precision[..<arrow])
      target = String(precision[arrow...].dropFirst(2))
    }
    guard let kind = kinds[source], let output = kinds[target]?.name else {
      throw call.error("invalid PRECISION specified")
    }
    let wanted = size.reduce(1, *)
    let available = (file.bytes.count - min(file.position, file.bytes.count)) / kind.size
    let count = wanted.isFinite ? min(Int(exactly: wanted.rounded()) ?? 0, available) : available
    var numbers: [Double] = []
    numbers.reserveCapacity(max(0, count))
    for i in 0..<max(0, count) {
      let start = file.position + i * kind.size
      var raw = Array(file.bytes[start..<(start + kind.size)])
      if isBig { raw.reverse() }
      numbers.append(number(raw, kind.name))
    }
    file.position += max(0, count) * kind.size
    if file.position + kind.size > file.bytes.count, wanted > Double(count) { file.metEnd = true }
    var shape = Shape(numbers.count, numbers.isEmpty ? 0 : 1)
    if size.count > 1 {
      let rows = Int(exactly: size[0]) ?? 1
      let columns = rows > 0 ? (numbers.count + rows - 1) / rows : 0
      while numbers.count < rows * columns { numbers.append(0) }
      shape = Shape(rows, columns)
    }
    let array = NDArray(shape, numbers)
    return [converted(array, output), .integer(count)]
  }

  /// Numbers in a class by name.
  package static func converted(_ array: NDArray<Double>, _ kind: String) -> Value {
    func cast<T: FixedWidthInteger & ValueElement>(_ type: T.Type) -> Value {
      .make(array.map { x in T(exactly: x.rounded()) ?? (x < 0 ? T.min : T.max) })
    }
    switch kind {
    case "char": return .text(array.map { UInt8(exactly: $0.rounded()) ?? 0 }, .single)
    case "single": return .make(array.map { Float($0) })
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

  /// Little-endian bytes as a number.
  private static func number(_ raw: Bytes, _ kind: String) -> Double {
    var bits: UInt64 = 0
    for (i, byte) in raw.enumerated() { bits |= UInt64(byte) << UInt64(8 * i) }
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
    let precision = call.count > 2 ? try call.string(2) : "uint8"
    guard let kind = kinds[precision] else { throw call.error("invalid PRECISION specified") }
    let isBig = call.count > 4 && (call[4].stringValue?.contains("be") ?? false)
    var bytes: Bytes = []
    for x in data {
      var bits: UInt64
      switch kind.name {
      case "single": bits = UInt64(Float(x).bitPattern)
      case "double": bits = x.bitPattern
      default:
        if x < 0 {
          bits = UInt64(bitPattern: Int64(exactly: x.rounded()) ?? Int64.min)
        } else {
          bits = UInt64(exactly: x.rounded()) ?? (x.isNaN ? 0 : UInt64.max)
        }
      }
      var raw: Bytes = []
      for _ in 0..<kind.size {
        raw.append(UInt8(truncatingIfNeeded: bits))
        bits >>= 8
      }
      bytes += isBig ? raw.reversed() : raw
    }
    try Printing.write(bytes, to: id, call)
    return [.integer(data.count)]
  }
}
