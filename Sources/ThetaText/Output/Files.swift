import ThetaArrays
import ThetaRuntime

// Files opened by number: fopen and what reads and writes through it.

package enum FileAccess {
  static let table: [Builtin] = [
    Builtin(
      "[fid, msg] = fopen (name, mode?, arch?, encoding?)\n[name, mode, arch, encoding] = fopen (fid)",
      """
      Opens a file; -1 when it cannot. With the number of an open file, its name, mode and order of bytes.

      >> fopen ("no such file")
      ans = -1

      """, multiple: fopen),
    Builtin(
      "status = fclose (fid)",
      """
      Closes a file, or "all".

      >> fclose (tmpfile ())
      ans = 0

      """, multiple: fclose),
    Builtin(
      "[str, len] = fgetl (fid, len?)",
      """
      The next line without its end; -1 at the end of the file.

      >> fid = tmpfile (); fputs (fid, "one\\ntwo\\n"); frewind (fid); fgetl (fid)
      ans = one

      """, multiple: fgetl),
    Builtin(
      "[str, len] = fgets (fid, len?)",
      """
      The next line with its end; -1 at the end of the file.

      >> fid = tmpfile (); fputs (fid, "one\\ntwo\\n"); frewind (fid); double (fgets (fid))
      ans =

         111   110   101    10

      """, multiple: fgets),
    Builtin(
      "nlines = fskipl (fid, count?)",
      """
      Skips lines.

      >> fid = tmpfile (); fputs (fid, "one\\ntwo\\n"); frewind (fid); fskipl (fid); fgetl (fid)
      ans = two

      """, fskipl),
    Builtin(
      "status = feof (fid)",
      """
      True when a read met the end of the file.

      >> fid = tmpfile (); fgetl (fid); feof (fid)
      ans = 1

      """, feof),
    Builtin(
      "pos = ftell (fid)",
      """
      The position in a file.

      >> fid = tmpfile (); fputs (fid, "abc"); ftell (fid)
      ans = 3

      """, ftell),
    Builtin(
      "status = fseek (fid, offset, origin?)",
      """
      Moves the position in a file.

      >> fid = tmpfile (); fputs (fid, "abc"); fseek (fid, 1, SEEK_SET); fgetl (fid)
      ans = bc

      """, fseek),
    Builtin(
      "frewind (fid)",
      """
      Moves to the start of a file.

      >> fid = tmpfile (); fputs (fid, "abc"); frewind (fid); ftell (fid)
      ans = 0

      """, multiple: frewind),
    Builtin(
      "err = fclear (fid)",
      """
      Forgets the error state of a file.

      >> fid = tmpfile (); fgetl (fid); fclear (fid); feof (fid)
      ans = 0

      """, multiple: fclear),
    Builtin(
      "[err, msg] = ferror (fid, clear?)",
      """
      The error state of a file: none.

      >> ferror (tmpfile ())
      ans =

      """, multiple: ferror),
    Builtin(
      "origin = SEEK_SET ()",
      """
      The start of a file.

      >> SEEK_SET
      ans = -1

      """, seekSet),
    Builtin(
      "origin = SEEK_CUR ()",
      """
      The position in a file.

      >> SEEK_CUR
      ans = 0

      """, seekCurrent),
    Builtin(
      "origin = SEEK_END ()",
      """
      The end of a file.

      >> SEEK_END
      ans = 1

      """, seekEnd),
    Builtin(
      "tf = is_valid_file_id (fid)",
      """
      True for an open file.

      >> is_valid_file_id (stdout)
      ans = 1

      """, isValid),
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
      return [
        .string(file.name), .string(file.mode), .string(file.isBigEndian ? "ieee-be" : "ieee-le"),
        .string("utf-8"),
      ]
    }
    let given = call.count > 1 ? try call.string(1, "file mode must be a string") : "r"
    // Text is what bytes are here; "t" is kept for the name of the mode only.
    guard let first = given.first, "rwa".contains(first),
      given.dropFirst().allSatisfy({ "bt+z".contains($0) })
    else { throw RuntimeError("invalid mode specified") }
    let plain = given.filter { $0 != "t" && $0 != "z" }
    let mode =
      plain.contains("b") || given.contains("t") ? plain : String(first) + "b" + plain.dropFirst()
    if name.isEmpty { return [.number(-1), .string("No such file or directory")] }
    var bytes: Bytes = []
    if first != "w" {
      do { bytes = try call.context.files.read(name) } catch {
        // A file to append to need not be there, but what is there must not be lost.
        if call.context.files.isDirectory(name) { return [.number(-1), .string("invalid stream object")] }
        if first == "r" || call.context.files.isFile(name) {
          return [.number(-1), .string(capitalized(error.reason))]
        }
      }
    }
    let start = first == "a" && !mode.contains("+") ? bytes.count : 0
    let file = OpenFile(name: name, mode: mode, bytes: bytes, position: start)
    if call.count > 2, let big = try ByteOrder.isBig(call[2], call) { file.isBigEndian = big }
    if first == "w" {
      // The file is there from now on, empty.
      if call.context.files.isDirectory(name) { return [.number(-1), .string("invalid stream object")] }
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

  private static func seekSet(_ call: inout Call) throws(RuntimeError) -> Value { .number(-1) }
  private static func seekCurrent(_ call: inout Call) throws(RuntimeError) -> Value { .number(0) }
  private static func seekEnd(_ call: inout Call) throws(RuntimeError) -> Value { .number(1) }

  private static func isValid(_ call: inout Call) throws(RuntimeError) -> Value {
    guard let id = call[0].integerScalar else { return .logical(false) }
    return .logical((0...2).contains(id) || OpenFiles.of(call.context).find(id) != nil)
  }
}
