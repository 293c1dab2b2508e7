import ThetaArrays
import ThetaRuntime
import ThetaText

/// `fileread`, `importdata` and `textread`: the content of a file at once.
enum WholeFiles {
  static let table: [Builtin] = [
    Builtin(
      "STR = fileread (FILENAME)",
      """
      The content of a file as a row of characters.

      Error "fileread: cannot open file" when there is no such file.
      """, fileread),
    Builtin(
      """
      A = importdata (FNAME)
      A = importdata (FNAME, DELIMITER)
      A = importdata (FNAME, DELIMITER, HEADER_ROWS)
      [A, DELIMITER, HEADER_ROWS] = importdata (...)
      """,
      """
      The data in a file: the variables of a MAT file as a struct; the numbers of a text file as a matrix,
      or, when
      lines of text stand before them, as a struct with the fields data, textdata and colheaders; else the
      lines as a
      cell.
      """, multiple: importdata),
    Builtin(
      """
      [A, ...] = textread (FILENAME)
      [A, ...] = textread (FILENAME, FORMAT)
      [A, ...] = textread (FILENAME, FORMAT, PROP1, VALUE1, ...)
      """,
      """
      Columns of a text file, one output for each conversion of FORMAT: %f and %n numbers, %d whole numbers
      (int32),
      %s words in a cell, %*f and the like skip a column. Properties: "delimiter" and "headerlines".
      """, multiple: textread),
  ]

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
    if MatImage.version(of: bytes) != nil {
      let variables: [(String, Value)]
      do { variables = try Loading.variables(inMatFile: bytes) } catch {
        throw call.error("'\(name)' \(error.reason)")
      }
      return [.structure(variables), .string(""), .integer(0)]
    }
    let lines = lines(bytes)
    var separator: [UInt8]?
    if call.count > 1 { separator = FormattedPrint.processEscapes(try call.bytes(1)) }
    let fixedHeaders = call.count > 2 ? max(0, try call.integer(2)) : nil
    let headers = min(lines.count, fixedHeaders ?? lines.firstIndex { startsWithNumber($0) } ?? lines.count)
    guard headers < lines.count else {
      return [
        .cell(Shape(lines.count, 1), lines.map { .bytes(Array($0)) }), .string(""), .integer(lines.count),
      ]
    }
    let found = separator ?? [DelimitedReading.separator(of: lines[headers]) ?? UInt8(ascii: " ")]
    let rest = Array(lines[headers...].joined(separator: [UInt8(10)]))
    let data = try DelimitedReading.matrix(rest, found, emptyValue: .nan)
    var result = data
    if headers > 0 {
      let text = lines[..<headers].map { Value.bytes(Array($0)) }
      var fields: [(String, Value)] = [("data", data), ("textdata", .cell(Shape(headers, 1), text))]
      let names = lines[headers - 1].split(separator: found.first ?? 44, omittingEmptySubsequences: false)
      if names.count == data.shape.columns {
        fields.append(("colheaders", .cell(Shape(1, names.count), names.map { .bytes(Array($0)) })))
      }
      result = .structure(fields)
    }
    return [result, .bytes(found), .integer(headers)]
  }

  private static func startsWithNumber(_ line: ArraySlice<UInt8>) -> Bool {
    let text = Array(line.drop { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") })
    return text.withUnsafeBufferPointer { NumberScanner.number($0, from: 0, to: $0.count) != nil }
  }

  // MARK: - textread

  private enum Conversion {
    case number(isWhole: Bool, isSkipped: Bool)
    case word(isSkipped: Bool)
  }

  private static func textread(_ call: inout Call) throws(RuntimeError) -> [Value] {
    let name = try call.string(0, "first argument must be a file name")
    let bytes: [UInt8]
    do { bytes = try content(name, call) } catch { throw call.error("could not open '\(name)' for reading") }
    var delimiters: [UInt8] = []
    var headers = 0
    var conversions: [Conversion] = []
    if call.count > 1 { conversions = try self.conversions(try call.string(1)) }
    for position in stride(from: 2, to: call.count - 1, by: 2) {
      switch try call.string(position).lowercased() {
      case "delimiter": delimiters = FormattedPrint.processEscapes(try call.bytes(position + 1))
      case "headerlines": headers = max(0, try call.integer(position + 1))
      case let other: throw call.error("unrecognized option '\(other)'")
      }
    }
    if conversions.isEmpty { conversions = [.number(isWhole: false, isSkipped: false)] }
    var columns: [[[UInt8]]] = Array(repeating: [], count: conversions.count)
    var next = 0
    for line in lines(bytes).dropFirst(headers) {
      let fields = line.split(omittingEmptySubsequences: delimiters.isEmpty) {
        delimiters.isEmpty ? $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") : delimiters.contains($0)
      }
      for field in fields {
        columns[next].append(Array(field.drop { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }))
        next = (next + 1) % conversions.count
      }
    }
    var results: [Value] = []
    for (conversion, fields) in zip(conversions, columns) {
      switch conversion {
      case .number(_, isSkipped: true), .word(isSkipped: true): continue
      case .word: results.append(.cell(Shape(fields.count, 1), fields.map { .bytes($0) }))
      case .number(let isWhole, _):
        let numbers = fields.map { field in
          field.withUnsafeBufferPointer { NumberScanner.number($0, from: 0, to: $0.count)?.value ?? .nan }
        }
        results.append(
          isWhole
            ? .make(NDArray(column: numbers.map { Int32(exactly: $0.rounded()) ?? 0 })) : .column(numbers))
      }
    }
    return results
  }

  private static func conversions(_ format: String) throws(RuntimeError) -> [Conversion] {
    var result: [Conversion] = []
    var rest = Substring(format)
    while let percent = rest.firstIndex(of: "%") {
      rest = rest[rest.index(after: percent)...]
      let isSkipped = rest.first == "*"
      if isSkipped { rest.removeFirst() }
      while let first = rest.first, first.isNumber || first == "." { rest.removeFirst() }
      guard let letter = rest.popFirst() else { break }
      switch letter {
      case "f", "n", "g", "e": result.append(.number(isWhole: false, isSkipped: isSkipped))
      case "d", "u": result.append(.number(isWhole: true, isSkipped: isSkipped))
      case "s", "q", "c": result.append(.word(isSkipped: isSkipped))
      default: throw RuntimeError("textread: the conversion %\(letter) is not known")
      }
    }
    return result
  }
}
