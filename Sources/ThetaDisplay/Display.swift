import ThetaArrays
import ThetaRuntime

/// Values as text, exactly as Octave prints them.
public enum Display {
  /// What `x` without a semicolon prints: `x = 5\n`, or the name, a blank line, the rows and a blank line.
  public static func named(_ name: String, _ value: Value, _ format: DisplayFormat) -> String {
    String(decoding: namedBytes(name, value, format), as: UTF8.self)
  }

  /// What `disp (x)` prints.
  public static func disp(_ value: Value, _ format: DisplayFormat) -> String {
    String(decoding: dispBytes(value, format), as: UTF8.self)
  }

  /// The same as `named`, byte by byte: characters of the language need not be UTF-8.
  public static func namedBytes(_ name: String, _ value: Value, _ format: DisplayFormat) -> [UInt8] {
    var writer = DisplayWriter(format)
    writer.named(name, value.plain, indent: 0)
    return writer.out
  }

  /// The same as `disp`, byte by byte.
  public static func dispBytes(_ value: Value, _ format: DisplayFormat) -> [UInt8] {
    var writer = DisplayWriter(format)
    let value = value.plain
    if let line = writer.line(of: value) {
      writer.out.append(contentsOf: line)
      writer.out.appendNewline()
    } else {
      writer.block(value, indent: 0, isNamed: false)
    }
    return writer.out
  }

  /// A real number as `disp` writes it in a format, without a line end: `3.1416`.
  public static func shortText(_ x: Double, _ format: DisplayFormat = DisplayFormat()) -> String {
    let line = DisplayWriter(format).scalar(x, single: false)
    return String(decoding: line, as: UTF8.self)
  }
}

/// Collects the text of one display. Values are either one line behind `name = `, or a block of lines under
/// `name =`; containers print their elements by name, two columns further in.
struct DisplayWriter {
  var out: [UInt8] = []
  let format: DisplayFormat
  /// How many structs inside one another are still shown in full.
  var levels: Int
  /// How many names are open: only the outermost ends with a blank line in compact format.
  var depth = 0

  init(_ format: DisplayFormat) {
    self.format = format
    levels = format.structLevels
  }

  mutating func named(_ name: String, _ value: Value, indent: Int) {
    out.appendSpaces(indent)
    out.append(name)
    if let line = line(of: value) {
      out.append(" = ")
      out.append(contentsOf: line)
      out.appendNewline()
      return
    }
    if case .text(let array, _) = value, array.shape.rows == 1 {
      // Pages of a single row each follow the name on its line.
      out.append(" = ")
      pages(of: value, indent: indent, isTagged: true)
      return
    }
    out.append(" =")
    out.appendNewline()
    if !hasOwnFrame(value) { blank() }
    depth += 1
    block(value, indent: indent, isNamed: true)
    depth -= 1
    if depth == 0 { out.appendNewline() } else { blank() }
  }

  /// A line left empty, except in compact format.
  mutating func blank() {
    if !format.isCompact { out.appendNewline() }
  }

  private func hasOwnFrame(_ value: Value) -> Bool {
    if case .cell = value { return true }
    return false
  }

  /// The lines of a value that does not fit one.
  mutating func block(_ value: Value, indent: Int, isNamed: Bool) {
    if !value.shape.is2D {
      switch value {
      case .cell, .structure, .int8, .int16, .int32, .int64, .uint8, .uint16, .uint32, .uint64: break
      default:
        pages(of: value, indent: indent, isTagged: false)
        return
      }
    }
    switch value {
    case .text(let array, _): textRows(array)
    case .cell(let array): cell(array, indent: indent)
    case .structure(let array): structure(array, indent: indent, isNamed: isNamed)
    case .object(let object):
      // The name of an element is open besides the one of the object itself.
      out.append(
        depth > 1 || !isNamed && depth > 0 ? object.nestedDisplayText(indent: indent) : object.displayText)
    case .function(let function):
      out.append(function.text)
      out.appendNewline()
    default: numbers(value, indent: indent)
    }
  }

  /// An N-d array page by page, each under the name `ans(:,:,k)`.
  mutating func pages(of value: Value, indent: Int, isTagged: Bool) {
    if value.isEmpty {
      out.append(contentsOf: empty("[]", value.shape))
      out.appendNewline()
      return
    }
    let pages = Pages(value.shape)
    depth += 1
    for page in 0..<pages.count {
      named(pages.name(page), pages.slice(value, page), indent: isTagged && page == 0 ? 0 : indent)
    }
    depth -= 1
    // The blank line after the last page belongs to whoever asked for the pages.
    if out.suffix(2) == [10, 10] { out.removeLast() }
  }

  private mutating func textRows(_ array: NDArray<UInt8>) {
    // Rows without columns are empty lines; more of them than this nobody wants.
    let rows = array.shape.columns == 0 ? min(array.shape.rows, 1 << 20) : array.shape.rows
    for row in 0..<rows {
      for column in 0..<array.shape.columns { out.append(array[row, column]) }
      out.appendNewline()
    }
  }
}
