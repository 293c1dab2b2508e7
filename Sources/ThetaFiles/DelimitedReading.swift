import ThetaArrays
import ThetaDisplay
import ThetaRuntime
import ThetaText

/// `dlmread` and `csvread`: a matrix from a text file whose fields a separator divides. What is no number
/// counts as the empty value, short rows are filled with it.
enum DelimitedReading {
  static let table: [Builtin] = [
    Builtin(
      """
      DATA = dlmread (FILE)
      DATA = dlmread (FILE, SEP)
      DATA = dlmread (FILE, SEP, R0, C0)
      DATA = dlmread (FILE, SEP, RANGE)
      DATA = dlmread (FILE, SEP, R0, C0, "emptyvalue", EMPTYVAL)
      """,
      """
      The matrix in a text file, or in the rest of an open one. Fields are divided by SEP; without it, by the first of , : ; tab or
      blank that comes in the file. Blanks and tabs may come several at a time.

      R0, C0    the row and column to begin with, counted from 0
      RANGE     [R0, C0, R1, C1], or cells of a spreadsheet such as "B2..C4"
      EMPTYVAL  what stands for a missing field (default 0)

      >> file = tempname (); dlmwrite (file, [1 2; 3 4]); dlmread (file, ",", 1, 0)
      ans =

         3   4

      """, dlmread),
    Builtin(
      """
      X = csvread (FILENAME)
      X = csvread (FILENAME, DLM_OPT1, ...)
      """,
      """
      The matrix in a text file with commas between the numbers: dlmread (FILENAME, ",", …).

      >> file = tempname (); csvwrite (file, [1 2; 3 4]); csvread (file)
      ans =

         1   2
         3   4

      """, csvread),
  ]

  /// Rows and columns to keep, both ends included, counted from zero.
  private struct Window {
    var firstRow = 0
    var firstColumn = 0
    var lastRow = Int.max
    var lastColumn = Int.max
  }

  private static func dlmread(_ call: inout Call) throws(RuntimeError) -> Value {
    var position = 1
    var separator: [UInt8] = []
    if position < call.count, let text = call[position].textBytes, !call.isOption(position, "emptyvalue") {
      separator = FormattedPrint.processEscapes(text)
      position += 1
    }
    return try read(call, separator, from: position)
  }

  private static func csvread(_ call: inout Call) throws(RuntimeError) -> Value {
    try read(call, [UInt8(ascii: ",")], from: 1)
  }

  private static func read(_ call: Call, _ separator: [UInt8], from first: Int) throws(RuntimeError) -> Value
  {
    var position = first
    var window = Window()
    var emptyValue = 0.0
    var corner: [Int] = []
    while position < call.count {
      if call.isOption(position, "emptyvalue") {
        emptyValue = try call.real(position + 1)
        position += 2
      } else if let text = call[position].stringValue {
        window = try cells(text)
        position += 1
      } else if call[position].count == 4, let numbers = call[position].realArray {
        window = try Window(
          firstRow: index(numbers[0]), firstColumn: index(numbers[1]), lastRow: index(numbers[2]),
          lastColumn: index(numbers[3]))
        position += 1
      } else {
        guard let number = call[position].firstReal else { throw rangeError }
        corner.append(try index(number))
        position += 1
      }
    }
    if corner.count == 2 {
      (window.firstRow, window.firstColumn) = (corner[0], corner[1])
    } else if !corner.isEmpty {
      throw rangeError
    }
    return try matrix(try content(call), separator, window, emptyValue)
  }

  /// What a file holds; of an open one, what follows its position.
  private static func content(_ call: Call) throws(RuntimeError) -> [UInt8] {
    guard call[0].isText else { return try OpenFiles.readRest(call, 0) }
    let name = try call.string(0, "FILE argument must be a string or file id")
    do throws(FileError) {
      let path = FileLookup.locate(FileLookup.expandingHome(name), call.context) ?? name
      return try call.context.files.read(path)
    } catch { throw RuntimeError("dlmread: unable to open file '\(name)'") }
  }

  private static var rangeError: RuntimeError { RuntimeError("dlmread: error parsing RANGE") }

  private static func index(_ x: Double) throws(RuntimeError) -> Int {
    if x == .infinity { return Int.max }
    guard let n = Int(exactly: x.rounded(.towardZero)), n >= 0 else {
      throw RuntimeError("dlmread: left (R0) and top (C0) must be positive")
    }
    return n
  }

  /// `B2..C4`, `B2:C4` or `B2`
  private static func cells(_ text: String) throws(RuntimeError) -> Window {
    var corners: [(row: Int, column: Int)] = []
    for part in text.split(whereSeparator: { $0 == "." || $0 == ":" }) {
      var column = 0
      var row = 0
      for byte in part.utf8 {
        switch byte {
        case 0x41...0x5a where row == 0: column = column * 26 + Int(byte) - 0x40
        case 0x61...0x7a where row == 0: column = column * 26 + Int(byte) - 0x60
        case 0x30...0x39 where column > 0: row = row * 10 + Int(byte) - 0x30
        default: throw rangeError
        }
        guard column < 1 << 40, row < 1 << 40 else { throw rangeError }
      }
      guard row > 0, column > 0 else { throw rangeError }
      corners.append((row - 1, column - 1))
    }
    guard corners.count == 1 || corners.count == 2, let first = corners.first, let last = corners.last else {
      throw rangeError
    }
    return Window(
      firstRow: first.row, firstColumn: first.column, lastRow: last.row, lastColumn: last.column)
  }

  // MARK: - Lines and fields

  /// All fields of a text as a matrix.
  static func matrix(
    _ bytes: [UInt8], _ separator: [UInt8], emptyValue: Double
  ) throws(RuntimeError) -> Value {
    try matrix(bytes, separator, Window(), emptyValue)
  }

  private static func matrix(
    _ bytes: [UInt8], _ separator: [UInt8], _ window: Window, _ emptyValue: Double
  ) throws(RuntimeError) -> Value {
    var rows: [[ComplexDouble?]] = []
    var separator = separator
    var number = 0
    var isComplex = false
    bytes.withUnsafeBufferPointer { buffer in
      for line in bytes.split(whereSeparator: { $0 == 10 || $0 == 13 }) {
        if number > window.lastRow { break }
        defer { number += 1 }
        if separator.isEmpty, let found = Self.separator(of: line) { separator = [found] }
        if number < window.firstRow { continue }
        var fields: [ComplexDouble?] = []
        for (column, field) in split(line, separator).enumerated() where column >= window.firstColumn {
          if column > window.lastColumn { break }
          let value = value(buffer, field)
          if let value, value.imaginary != 0 { isComplex = true }
          fields.append(value)
        }
        rows.append(fields)
      }
    }
    let columns = rows.map(\.count).max() ?? 0
    guard columns > 0 else { return .emptyMatrix }
    // One long line in a long file is enough for a matrix that no memory holds.
    try Call.check(Shape(rows.count, columns), elementSize: MemoryLayout<ComplexDouble>.stride)
    let result = NDArray<ComplexDouble>(Shape(rows.count, columns), repeating: ComplexDouble(emptyValue))
    for (i, row) in rows.enumerated() {
      for (j, field) in row.enumerated() { if let field { result[i, j] = field } }
    }
    return isComplex ? .make(result) : .make(result.map { $0.real })
  }

  /// The separator that a line shows, or nil.
  static func separator(of line: ArraySlice<UInt8>) -> UInt8? {
    let text = line.drop { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
    guard let first = text.first(where: { ",:; \t".utf8.contains($0) }) else { return nil }
    // A blank before another separator is decoration: `1 , 2`.
    if first == UInt8(ascii: " ") || first == UInt8(ascii: "\t"),
      let other = text.first(where: { ",:;".utf8.contains($0) }),
      let blank = text.firstIndex(of: first), let place = text.firstIndex(of: other),
      text[blank..<place].allSatisfy({ $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") })
    {
      return other
    }
    return first
  }

  static func split(_ line: ArraySlice<UInt8>, _ separator: [UInt8]) -> [Range<Int>] {
    guard let first = separator.first else { return [line.indices] }
    let isBlank = separator.allSatisfy { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
    var fields: [Range<Int>] = []
    if isBlank {
      for field in line.split(whereSeparator: { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }) {
        fields.append(field.indices)
      }
      return fields
    }
    var start = line.startIndex
    var p = line.startIndex
    while p < line.endIndex {
      if line[p] == first, line[p...].starts(with: separator) {
        fields.append(start..<p)
        p += separator.count
        start = p
      } else {
        p += 1
      }
    }
    // A separator at the end of a line begins no field.
    if line[start...].contains(where: { $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: "\t") }) {
      fields.append(start..<line.endIndex)
    }
    return fields
  }

  /// The number with which a field begins, perhaps complex; nil when there is none.
  private static func value(_ bytes: UnsafeBufferPointer<UInt8>, _ field: Range<Int>) -> ComplexDouble? {
    var p = field.lowerBound
    while p < field.upperBound, bytes[p] == UInt8(ascii: " ") || bytes[p] == UInt8(ascii: "\t") { p += 1 }
    guard let (real, end) = NumberScanner.number(bytes, from: p, to: field.upperBound) else { return nil }
    func isUnit(_ place: Int) -> Bool {
      place < field.upperBound && (bytes[place] == UInt8(ascii: "i") || bytes[place] == UInt8(ascii: "j"))
    }
    if isUnit(end) { return ComplexDouble(0, real) }
    if end < field.upperBound, bytes[end] == UInt8(ascii: "+") || bytes[end] == UInt8(ascii: "-"),
      let (imaginary, last) = NumberScanner.number(bytes, from: end, to: field.upperBound), isUnit(last)
    {
      return ComplexDouble(real, imaginary)
    }
    return ComplexDouble(real)
  }
}
