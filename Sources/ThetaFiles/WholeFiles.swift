import ThetaArrays
import ThetaDisplay
import ThetaRuntime
import ThetaText

/// `fileread` and `importdata`: the content of a file at once.
enum WholeFiles {
  static let table: [Builtin] = [
    Builtin(
      "STR = fileread (FILENAME, OPTIONS...)",
      """
      The content of a file as a row of characters. The option "encoding" is accepted: bytes stay as they are.

      Error "fileread: cannot open file" when there is no such file.

      >> file = tempname (); dlmwrite (file, [1 2]); fileread (file)
      ans = 1,2

      """, fileread),
    Builtin(
      """
      A = importdata (FNAME)
      A = importdata (FNAME, DELIMITER)
      A = importdata (FNAME, DELIMITER, HEADER_ROWS)
      [A, DELIMITER, HEADER_ROWS] = importdata (...)
      """,
      """
      The data in a file: the variables of a MAT file as a struct; the numbers of a text file as a matrix; where text
      stands before or among them, a struct with the fields data (NA where there is no number), textdata, and
      colheaders and rowheaders when there are names for all columns or rows; else the lines as a cell.

      >> file = tempname (); dlmwrite (file, [1 2; 3 4]); importdata (file)
      ans =

         1   2
         3   4

      """, multiple: importdata),
    Builtin(
      "packed = __pack_bytes__ (bytes)",
      """
      Bytes (uint8) packed as gzip does.

      >> double (__pack_bytes__ (uint8 ("aaa"))(1:2))
      ans =

          31   139

      """, pack),
    Builtin(
      "bytes = __unpack_bytes__ (packed)",
      """
      What gzip packed, as uint8.

      >> char (__unpack_bytes__ (__pack_bytes__ (uint8 ("aaa"))))
      ans = aaa

      """, unpack),
  ]

  private static func pack(_ call: inout Call) throws(RuntimeError) -> Value {
    guard case .uint8(let bytes) = call[0], let packed = Zlib.shared?.deflated(bytes.list, gzip: true) else {
      throw RuntimeError("gzip: the library zlib, which this needs, is not installed")
    }
    return .make(NDArray(row: packed))
  }

  private static func unpack(_ call: inout Call) throws(RuntimeError) -> Value {
    guard case .uint8(let packed) = call[0], Gzip.isPacked(packed.list),
      let bytes = Zlib.shared?.inflated(packed.list[...])
    else { throw RuntimeError("unpack: the file is not in gzip format") }
    return .make(NDArray(row: bytes))
  }

  private static func content(
    _ name: String, _ call: Call
  ) throws(FileError) -> [UInt8] {
    let path = FileLookup.locate(FileLookup.expandingHome(name), call.context) ?? name
    return try call.context.files.read(path)
  }

  private static func fileread(_ call: inout Call) throws(RuntimeError) -> Value {
    let name = try call.string(0, "FILENAME argument must be a string")
    do { return .bytes(try content(name, call)) } catch { throw call.error("cannot open file") }
  }

  /// Lines without their ends.
  private static func lines(_ bytes: [UInt8]) -> [ArraySlice<UInt8>] {
    var lines = bytes.split(separator: 10, omittingEmptySubsequences: false).map {
      $0.last == 13 ? $0.dropLast() : $0
    }
    if lines.last?.isEmpty == true { lines.removeLast() }
    return lines
  }

  // MARK: - importdata

  private static func importdata(_ call: inout Call) throws(RuntimeError) -> [Value] {
    let name = try call.string(0, "FNAME must be a string")
    let bytes: [UInt8]
    do { bytes = try content(name, call) } catch { throw call.error(error.reason) }
    if MatVersion(of: bytes) != nil {
      let variables: [(String, Value)]
      do { variables = try Loading.variables(inMatFile: bytes) } catch {
        throw call.error("'\(name)' \(error.reason)")
      }
      return [.structure(variables), .string(""), .integer(0)]
    }
    if call.count > 3 { throw RuntimeError("importdata: function called with too many inputs") }
    let lines = lines(bytes)
    let separator = call.count > 1 ? FormattedPrint.processEscapes(try call.bytes(1)) : nil
    let fixedHeaders = call.count > 2 ? max(0, try call.integer(2)) : nil
    let table = ImportedTable(lines, separator: separator, headers: fixedHeaders)
    guard let table else {
      return [
        .cell(Shape(lines.count, 1), lines.map { .bytes(Array($0)) }), .string(""), .integer(lines.count),
      ]
    }
    return [try table.value(), .bytes(table.separator), .integer(table.headers.count)]
  }
}

/// A text file for `importdata`: header lines, then rows of fields that are numbers or text.
private struct ImportedTable {
  let headers: ArraySlice<ArraySlice<UInt8>>
  let separator: [UInt8]
  /// The fields of each row that is no header.
  private let rows: [[ArraySlice<UInt8>]]

  /// Nil when no line has the numbers that begin the data.
  init?(_ lines: [ArraySlice<UInt8>], separator given: [UInt8]?, headers fixed: Int?) {
    func separator(of line: ArraySlice<UInt8>) -> [UInt8] {
      given ?? [DelimitedReading.separator(of: line) ?? UInt8(ascii: " ")]
    }
    // With a delimiter named, one number in a line is enough; without, it must begin with one.
    let first =
      fixed
      ?? lines.firstIndex { line in
        let fields = ImportedTable.fields(line, separator(of: line))
        return given == nil
          ? fields.first.flatMap(Self.number) != nil : fields.contains { Self.number($0) != nil }
      }
    guard let first, first < lines.count else { return nil }
    headers = lines[..<first]
    let separator = separator(of: lines[first])
    self.separator = separator
    rows = lines[first...].map { Self.fields($0, separator) }
  }

  private static func isBlank(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t")
  }

  private static func fields(_ line: ArraySlice<UInt8>, _ separator: [UInt8]) -> [ArraySlice<UInt8>] {
    DelimitedReading.split(line, separator).map { line[$0] }
  }

  /// The number that a field is as a whole.
  private static func number(_ field: ArraySlice<UInt8>) -> ComplexDouble? {
    let text = Array(field.drop(while: isBlank))
    guard !text.isEmpty else { return nil }
    let value = TextToNumbers.parse(text)
    let isWord = ["nan", "na"].contains(text.lowered.trimmed.text)
    return value.real.isNaN && !isWord ? nil : value
  }

  func value() throws(RuntimeError) -> Value {
    let width = rows.map(\.count).max() ?? 0
    try Call.check(Shape(rows.count, width), elementSize: MemoryLayout<ComplexDouble>.stride)
    let numbers = NDArray<ComplexDouble>(
      Shape(rows.count, width), repeating: ComplexDouble(NumeralText.missing))
    var texts: [(row: Int, column: Int, text: Value)] = []
    for (i, row) in rows.enumerated() {
      for (j, field) in row.enumerated() {
        if let x = ImportedTable.number(field) {
          numbers[i, j] = x
        } else if !field.allSatisfy(ImportedTable.isBlank) {
          texts.append((i, j, .bytes(Array(field.drop(while: ImportedTable.isBlank)))))
        }
      }
    }
    // A first column of text alone names the rows.
    let namesRows = width > 1 && texts.count { $0.column == 0 } == rows.count
    let rowNames = namesRows ? texts.filter { $0.column == 0 }.map(\.text) : []
    let skipped = namesRows ? rows.count : 0
    let data = NDArray<ComplexDouble>(
      Shape(rows.count, width - (namesRows ? 1 : 0)), Array(numbers.list.dropFirst(skipped)))
    if headers.isEmpty, texts.isEmpty { return .make(data) }
    var lines = headers.map { [Value.bytes(Array($0))] }
    var lastRow = -1
    for text in texts {
      if text.row == lastRow {
        lines[lines.count - 1].append(text.text)
      } else {
        lines.append([text.text])
        lastRow = text.row
      }
    }
    let textWidth = lines.map(\.count).max() ?? 0
    var cells: [Value] = []
    for column in 0..<textWidth {
      for line in lines { cells.append(column < line.count ? line[column] : .string("")) }
    }
    var fields: [(String, Value)] = [
      ("data", .make(data)), ("textdata", .cell(Shape(lines.count, textWidth), cells)),
    ]
    if namesRows { fields.append(("rowheaders", .columnCell(rowNames))) }
    if let last = headers.last {
      let names = ImportedTable.fields(last, separator).map { Value.bytes(Array($0)) }
      if names.count == data.shape.columns { fields.append(("colheaders", .rowCell(names))) }
    }
    return .structure(fields)
  }
}
