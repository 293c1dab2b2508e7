import ThetaArrays
import ThetaDisplay
import ThetaRuntime
import ThetaText

/// `dlmwrite` and `csvwrite`: a matrix as a text file with a separator between the numbers.
enum DelimitedWriting {
  static let table: [Builtin] = [
    Builtin(
      """
      dlmwrite (FILE, M)
      dlmwrite (FILE, M, DELIM, R, C)
      dlmwrite (FILE, M, KEY, VAL ...)
      dlmwrite (FILE, M, "-append", ...)
      """,
      """
      Writes the matrix M into a text file, or to an open one, one row a line.

      DELIM  between the numbers (default ",")
      R, C   empty rows before and empty columns left of the matrix
      KEY    "delimiter", "newline" ("unix", "pc", "mac" or the text itself), "roffset", "coffset", "precision" (a
             number of digits or a template such as "%.2f"), "append" ("on" or "off")

      >> dlmwrite (stdout, [1 2; 3 4], ";")
      1;2
      3;4

      """, multiple: dlmwrite),
    Builtin(
      """
      csvwrite (FILENAME, X)
      csvwrite (FILENAME, X, DLM_OPT1, ...)
      """,
      """
      Writes a matrix into a text file with commas between the numbers: dlmwrite (FILENAME, X, ",", …).

      >> csvwrite (stdout, [1 2; 3 4])
      1,2
      3,4

      """, multiple: csvwrite),
  ]

  private struct Style {
    var delimiter: [UInt8] = [UInt8(ascii: ",")]
    var newline: [UInt8] = [UInt8(ascii: "\n")]
    var rowOffset = 0
    var columnOffset = 0
    var template = "%.16g"
    var isAppending = false
  }

  private static func csvwrite(_ call: inout Call) throws(RuntimeError) -> [Value] {
    try write(call, delimiterIsKnown: true)
  }

  private static func dlmwrite(_ call: inout Call) throws(RuntimeError) -> [Value] {
    try write(call, delimiterIsKnown: false)
  }

  private static func write(_ call: Call, delimiterIsKnown: Bool) throws(RuntimeError) -> [Value] {
    var style = Style()
    if call.count > 1, call[1].isText { style.template = "%c" }
    var position = 2
    // How many of the arguments without keywords have come: delimiter, row offset, column offset.
    var plain = delimiterIsKnown ? 1 : 0
    while position < call.count {
      let word = call[position].stringValue?.lowercased()
      switch word {
      case "-append": style.isAppending = true
      case "append":
        position += 1
        style.isAppending = position < call.count && call.isOption(position, "on")
      case "delimiter":
        position += 1
        style.delimiter = FormattedPrint.processEscapes(try call.bytes(position))
      case "newline":
        position += 1
        style.newline = try newline(call.bytes(position))
      case "roffset":
        position += 1
        style.rowOffset = try offset(call, position)
      case "coffset":
        position += 1
        style.columnOffset = try offset(call, position)
      case "precision":
        position += 1
        if position < call.count, let text = call[position].stringValue {
          style.template = text
        } else {
          style.template = "%.\(max(0, min(100, try call.integer(position))))g"
        }
      default:
        switch plain {
        case 0: style.delimiter = FormattedPrint.processEscapes(try call.bytes(position))
        case 1: style.rowOffset = try offset(call, position)
        case 2: style.columnOffset = try offset(call, position)
        default: throw call.invalid
        }
        plain += 1
      }
      position += 1
    }
    return try write(call, style)
  }

  private static func offset(_ call: Call, _ position: Int) throws(RuntimeError) -> Int {
    guard position < call.count, !call[position].isText else { throw call.invalid }
    let n = try call.integer(position)
    guard n >= 0, n <= 1 << 20 else { throw call.error("offsets must be from 0 to \(1 << 20)") }
    return n
  }

  private static func newline(_ text: [UInt8]) throws(RuntimeError) -> [UInt8] {
    switch String(decoding: text, as: UTF8.self).lowercased() {
    case "unix": return [10]
    case "pc": return [13, 10]
    case "mac": return [13]
    default: return FormattedPrint.processEscapes(text)
    }
  }

  private static func write(_ call: Call, _ style: Style) throws(RuntimeError) -> [Value] {
    guard call[1].shape.is2D, let array = call[1].full.complexArray else {
      throw call.error("M must be a numeric matrix")
    }
    var bytes: [UInt8] = []
    for _ in 0..<style.rowOffset {
      for _ in 0..<max(0, array.shape.columns + style.columnOffset - 1) { bytes += style.delimiter }
      bytes += style.newline
    }
    if array.count == 0 { bytes += style.newline }
    for i in 0..<(array.count == 0 ? 0 : array.shape.rows) {
      for _ in 0..<style.columnOffset { bytes += style.delimiter }
      for j in 0..<array.shape.columns {
        if j > 0 { bytes += style.delimiter }
        bytes += try text(array[i, j], style.template, isComplex: call[1].isComplex)
      }
      bytes += style.newline
    }
    guard call[0].isText else {
      try OpenFiles.write(bytes, to: try OpenFiles.identifier(call[0], call), call)
      return []
    }
    let path = FileLookup.expandingHome(try call.string(0, "FILE argument must be a string"))
    do throws(FileError) {
      if style.isAppending, call.context.files.isFile(path) {
        bytes = try call.context.files.read(path) + bytes
      }
      try call.context.files.write(bytes, to: path)
    } catch {
      throw RuntimeError("dlmwrite: \(error.reason)")
    }
    return []
  }

  private static func text(
    _ z: ComplexDouble, _ template: String, isComplex: Bool
  ) throws(RuntimeError) -> [UInt8] {
    let real = try format(template, z.real)
    guard isComplex else { return real }
    let imaginary = try format(template, z.imaginary)
    let sign: [UInt8] = imaginary.first == UInt8(ascii: "-") ? [] : [UInt8(ascii: "+")]
    return real + sign + imaginary + [UInt8(ascii: "i")]
  }

  private static func format(_ template: String, _ x: Double) throws(RuntimeError) -> [UInt8] {
    if template == "%.16g" {
      var text: [UInt8] = []
      NumberFormatting.append(x, 16, to: &text)
      return text
    }
    return try FormattedPrint.format(
      template: .string(template), arguments: [.number(x)], function: "dlmwrite")
  }
}
