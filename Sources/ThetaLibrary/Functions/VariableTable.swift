import ThetaArrays
import ThetaNumeric
import ThetaRuntime
import ThetaText

/// The table of variables that `whos` prints.
enum VariableTable {
  /// The bytes that Octave counts for a value.
  static func bytes(of value: Value) -> Int {
    switch value {
    case .cell(let cells): return cells.reduce(0) { $0 + bytes(of: $1) }
    case .structure(let s): return s.values.reduce(0) { $0 + bytes(of: $1) }
    case .range: return 24
    case .function, .object, .undefined: return 0
    case .diagonal(let d): return d.entries.count * (d.entries.isComplex ? 16 : 8)
    default:
      switch value.numericClass {
      case .single: return value.count * (value.isComplex ? 8 : 4)
      case .int8, .uint8, .logical, .char: return value.count
      case .int16, .uint16: return value.count * 2
      case .int32, .uint32: return value.count * 4
      default: return value.count * (value.isComplex ? 16 : 8)
      }
    }
  }

  /// One line of the table: marks, name, sizes, bytes, class and number of elements.
  struct Row {
    var name: String
    var shape: Shape
    var bytes: Int
    var className: String
    var isComplex = false
    var isGlobal = false

    var count: Int { shape.count }
    /// The rows of the size, and the rest of it.
    fileprivate var sizes: (rows: String, rest: String) {
      let text = "\(shape)"
      let rows = String(text.prefix { $0 != "x" })
      return (rows, String(text.dropFirst(rows.count)))
    }
  }

  /// The line above names or tables: of the caller's variables, or of a file's.
  static func title(file: String?) -> String {
    file.map { "Variables in the file \($0):\n\n\n" } ?? "Variables visible from the current scope:\n\n"
  }

  /// Sizes stand with the x below one another; their column is at least sixteen wide.
  static func whos(_ rows: [Row], scope: String) -> String {
    let nameWidth = max(6, rows.map { $0.name.utf8.count }.max() ?? 0)
    let front = max(5, rows.map { $0.sizes.rows.count }.max() ?? 0)
    // From the x of the size to the end of the bytes
    let tail = 18 + max(11, rows.map { $0.sizes.rest.count }.max() ?? 0)
    func pad(_ count: Int) -> String { String(repeating: " ", count: max(0, count)) }
    func heading(_ mark: String, _ name: String, _ size: String, _ bytes: String, _ kind: String) -> String {
      "  \(mark)   \(NumberFormatting.padRight(name, nameWidth))\(pad(front + 1))\(size)"
        + "\(NumberFormatting.padLeft(bytes, tail - 3))  \(kind)\n"
    }
    var result = "variables in scope: \(scope)\n\n"
    result +=
      heading("Attr", "Name", "Size", "Bytes", "Class") + heading("====", "====", "====", "=====", "===== ")
    for row in rows {
      let (lead, rest) = row.sizes
      result += "  \(row.isComplex ? "c" : " ")  \(row.isGlobal ? "g" : " ")   "
      result += NumberFormatting.padRight(row.name, nameWidth) + pad(2 + front - lead.count) + lead + rest
      result += NumberFormatting.padLeft(String(row.bytes), tail - rest.count) + "  \(row.className)\n"
    }
    let elements = rows.reduce(0) { $0 + $1.count }
    let bytes = rows.reduce(0) { $0 + $1.bytes }
    return result
      + "\nTotal is \(elements) element\(elements == 1 ? "" : "s") using \(bytes) byte\(bytes == 1 ? "" : "s")\n\n"
  }
}
