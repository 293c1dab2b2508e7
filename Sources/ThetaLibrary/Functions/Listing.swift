import ThetaArrays
import ThetaRuntime

/// Patterns of file and variable names: `*`, `?`, `[…]`.
enum Glob {
  static func matches(_ pattern: Bytes, _ text: Bytes) -> Bool { matches(pattern[...], text[...]) }

  private static func matches(_ pattern: ArraySlice<UInt8>, _ text: ArraySlice<UInt8>) -> Bool {
    guard let first = pattern.first else { return text.isEmpty }
    let rest = pattern.dropFirst()
    switch first {
    case UInt8(ascii: "*"):
      var tail = text
      while true {
        if matches(rest, tail) { return true }
        if tail.isEmpty { return false }
        tail = tail.dropFirst()
      }
    case UInt8(ascii: "?"): return !text.isEmpty && matches(rest, text.dropFirst())
    case UInt8(ascii: "["):
      guard let end = rest.dropFirst().firstIndex(of: UInt8(ascii: "]")), let byte = text.first else {
        return false
      }
      var set = Array(rest[rest.startIndex..<end])
      let negated = set.first == UInt8(ascii: "!") || set.first == UInt8(ascii: "^")
      if negated { set.removeFirst() }
      var found = false
      var i = 0
      while i < set.count {
        if i + 2 < set.count, set[i + 1] == UInt8(ascii: "-") {
          if set[i] <= byte, byte <= set[i + 2] { found = true }
          i += 3
        } else {
          if set[i] == byte { found = true }
          i += 1
        }
      }
      return found != negated && matches(pattern[(end + 1)...], text.dropFirst())
    default: return text.first == first && matches(rest, text.dropFirst())
    }
  }
}

/// Names in columns, as `who` and `ls` print them, and the table of `whos`.
enum Columns {
  static func text(_ names: [String], width: Int) -> String {
    let longest = (names.map { $0.utf8.count }.max() ?? 0) + 2
    let perLine = max(1, width / longest)
    let rows = (names.count + perLine - 1) / perLine
    var result = ""
    for row in 0..<rows {
      var line = ""
      var column = row
      while column < names.count {
        let isLast = column + rows >= names.count
        line += isLast ? names[column] : NumberFormatting.padRight(names[column], longest)
        column += rows
      }
      result += line + "\n"
    }
    return result
  }

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

/// Parts of file names.
enum Paths {
  static func base(_ path: String) -> String {
    path.split(separator: "/", omittingEmptySubsequences: false).last.map(String.init) ?? path
  }

  static func directory(_ path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "" }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  static func withoutSuffix(_ path: String) -> String {
    let name = base(path)
    guard let dot = name.lastIndex(of: "."), dot != name.startIndex else { return path }
    return String(path.dropLast(name.distance(from: dot, to: name.endIndex)))
  }

  static func suffix(_ path: String) -> String {
    let name = base(path)
    guard let dot = name.lastIndex(of: ".") else { return "" }
    return String(name[dot...])
  }
}
