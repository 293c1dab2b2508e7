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

  static func whos(_ rows: [(String, String, Int, String, Int)]) -> String {
    let nameWidth = max(4, rows.map { $0.0.utf8.count }.max() ?? 0)
    let sizeWidth = max(4, rows.map { $0.1.utf8.count }.max() ?? 0)
    let bytesWidth = max(5, rows.map { String($0.2).utf8.count }.max() ?? 0)
    func center(_ text: String, _ width: Int) -> String { NumberFormatting.padLeft(text, width) }
    var result = "Variables visible from the current scope:\n\nvariables in scope: top scope\n\n"
    result +=
      "  Attr   \(NumberFormatting.padRight("Name", nameWidth))  \(center("Size", sizeWidth + 4))  \(center("Bytes", bytesWidth + 4))  Class\n"
    result +=
      "  ====   \(NumberFormatting.padRight("====", nameWidth))  \(center("====", sizeWidth + 4))  \(center("=====", bytesWidth + 4))  =====\n"
    for row in rows {
      result +=
        "         \(NumberFormatting.padRight(row.0, nameWidth))  \(center(row.1, sizeWidth + 4))  \(center(String(row.2), bytesWidth + 4))  \(row.3)\n"
    }
    let elements = rows.reduce(0) { $0 + $1.4 }
    let bytes = rows.reduce(0) { $0 + $1.2 }
    return result
      + "\nTotal is \(elements) element\(elements == 1 ? "" : "s") using \(bytes) byte\(bytes == 1 ? "" : "s")\n\n"
  }
}
