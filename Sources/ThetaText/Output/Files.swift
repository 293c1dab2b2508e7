import ThetaArrays
import ThetaRuntime

// Files opened by number: fopen and what reads and writes through it.

package enum FileAccess {
  static let table: [Builtin] = [
    Builtin(
      "[fid, msg] = fopen (name, mode?, arch?, encoding?)\n[name, mode, arch] = fopen (fid)",
      "Opens a file; -1 when it cannot. With the number of an open file, its name, mode and order of bytes.",
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

  static func file(_ call: Call) throws(RuntimeError) -> OpenFile {
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
      let isPlain = file.mode.contains("b")
      return [
        .string(file.name),
        .string(isPlain ? file.mode : String(file.mode.prefix(1)) + "b" + file.mode.dropFirst()),
        .string(file.isBigEndian ? "ieee-be" : "ieee-le"),
      ]
    }
    let mode = (call.count > 1 ? try call.string(1, "file mode must be a string") : "r").filter { $0 != "t" }
    guard let first = mode.first, "rwa".contains(first), mode.allSatisfy({ "rwab+".contains($0) }) else {
      throw RuntimeError("invalid mode specified")
    }
    var bytes: Bytes = []
    if first != "w" {
      do { bytes = try call.context.files.read(name) } catch {
        if first == "r" { return [.number(-1), .string(capitalized(error.reason))] }
      }
    }
    let file = OpenFile(name: name, mode: mode, bytes: bytes, position: first == "a" ? bytes.count : 0)
    if call.count > 2, let big = try ByteOrder.isBig(call[2], call) { file.isBigEndian = big }
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
      if id <= 2 { throw call.error("invalid stream number = \(id)") }
      try table.close(id, call.context)
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
    guard file.canRead else { return [.number(-1), .number(0)] }
    var limit = Int.max
    if call.count > 1, let n = call[1].firstReal, let whole = Int(exactly: n), whole >= 0 { limit = whole }
    let start = file.position
    guard let line = file.readLine(keepingEnd: keepingEnd, limit: limit) else {
      return [.number(-1), .number(0)]
    }
    if file.position >= file.bytes.count { file.metEnd = true }
    // The end of the line does not count for fgetl.
    return [.bytes(line), .integer(keepingEnd ? file.position - start : line.count)]
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
    var origin = -1
    if call.count > 2 {
      origin =
        call[2].isText ? ["bof": -1, "cof": 0, "eof": 1][try call.string(2)] ?? 2 : try call.integer(2)
    }
    let bases = [0, file.position, file.bytes.count]
    guard (-1...1).contains(origin) else { throw call.error("invalid value for origin") }
    let (target, overflow) = bases[origin + 1].addingReportingOverflow(offset)
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

  private static func seekSet(_ call: inout Call) throws(RuntimeError) -> Value { .number(-1) }
  private static func seekCurrent(_ call: inout Call) throws(RuntimeError) -> Value { .number(0) }
  private static func seekEnd(_ call: inout Call) throws(RuntimeError) -> Value { .number(1) }

  private static func isValid(_ call: inout Call) throws(RuntimeError) -> Value {
    guard let id = call[0].integerScalar else { return .logical(false) }
    return .logical((0...2).contains(id) || OpenFiles.of(call.context).find(id) != nil)
  }
}
