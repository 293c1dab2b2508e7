import ThetaArrays
import ThetaRuntime

// Comparing strings and cells of strings: strcmp and its family, prefixes and suffixes.

enum StringComparison {
  static let table: [Builtin] = [
    Builtin(
      "tf = strcmp (s1, s2)",
      """
      True where two strings are the same; cells element by element.

      >> strcmp ({"one", "two"}, "two")
      ans =

        0  1

      """, strcmp),
    Builtin(
      "tf = strcmpi (s1, s2)",
      """
      strcmp without regard to case.

      >> strcmpi ("One", "oNE")
      ans = 1

      """, strcmpi),
    Builtin(
      "tf = strncmp (s1, s2, n)",
      """
      True where the first n characters are the same.

      >> strncmp ("abcd", "abxy", 2)
      ans = 1

      """, strncmp),
    Builtin(
      "tf = strncmpi (s1, s2, n)",
      """
      strncmp without regard to case.

      >> strncmpi ("ABcd", "abxy", 2)
      ans = 1

      """, strncmpi),
    Builtin(
      "tf = startsWith (str, pattern, option?, ignore?)",
      """
      True where a string starts with one of the patterns.

      >> startsWith ({"theta", "gamma"}, "th")
      ans =

        1  0

      """, startsWith),
    Builtin(
      "tf = endsWith (str, pattern, option?, ignore?)",
      """
      True where a string ends with one of the patterns.

      >> endsWith ("theta.nn", {".m", ".nn"})
      ans = 1

      """, endsWith),
    Builtin(
      "s = validatestring (str, options, extra...)",
      """
      The option that a string abbreviates.

      >> validatestring ("app", {"apple", "pear"})
      ans = apple

      """, validatestring),
  ]

  private static func compare(
    _ call: inout Call, _ equal: (Value, Value) -> Bool
  ) throws(RuntimeError) -> Value {
    let (a, b) = (call[0], call[1])
    switch (a, b) {
    case (.cell(let x), .cell(let y)):
      if x.shape.isScalar { return .make(y.map { equal(x[0], $0) }) }
      if y.shape.isScalar { return .make(x.map { equal($0, y[0]) }) }
      guard x.shape == y.shape else { throw call.error("nonconformant cell arrays") }
      let result = NDArray<Bool>(zeros: x.shape)
      for i in 0..<x.count { result[i] = equal(x[i], y[i]) }
      return .make(result)
    case (.cell(let x), .text): return compareRows(x, b, equal)
    case (.text, .cell(let y)): return compareRows(y, a, equal)
    default: return .logical(equal(a, b))
    }
  }

  /// A cell against text: each element against the whole string, or the rows of a matrix one by one.
  private static func compareRows(
    _ cells: NDArray<Value>, _ text: Value, _ equal: (Value, Value) -> Bool
  ) -> Value {
    if text.shape.rows > 1, text.shape.rows == cells.count {
      let rows = (text.textRows ?? []).map { Value.bytes($0) }
      let result = NDArray<Bool>(zeros: cells.shape)
      for i in 0..<cells.count where i < rows.count { result[i] = equal(cells[i], rows[i]) }
      return .make(result)
    }
    return .make(cells.map { equal($0, text) })
  }

  private static func strcmp(_ call: inout Call) throws(RuntimeError) -> Value {
    try compare(&call) { a, b in
      guard case .text(let x, _) = a, case .text(let y, _) = b else { return false }
      return x == y
    }
  }

  private static func strcmpi(_ call: inout Call) throws(RuntimeError) -> Value {
    try compare(&call) { a, b in
      guard case .text(let x, _) = a, case .text(let y, _) = b, x.shape == y.shape else { return false }
      for i in 0..<x.count where x[i].lowered != y[i].lowered { return false }
      return true
    }
  }

  private static func prefixLength(_ call: Call) throws(RuntimeError) -> Int {
    guard call[2].firstReal != nil, !call[2].isText else {
      throw RuntimeError("octave_base_value::int64_value (): wrong type argument '\(call[2].typeName)'")
    }
    let n = Int(exactly: try call.real(2).rounded(.towardZero)) ?? .max
    guard n > 0 else { throw call.error("N must be greater than 0") }
    return n
  }

  private static func strncmp(_ call: inout Call) throws(RuntimeError) -> Value {
    let n = try prefixLength(call)
    return try compare(&call) { a, b in
      guard case .text(let x, _) = a, case .text(let y, _) = b,
        min(x.count, n) == min(y.count, n)
      else { return false }
      for i in 0..<min(x.count, n) where x[i] != y[i] { return false }
      return true
    }
  }

  private static func strncmpi(_ call: inout Call) throws(RuntimeError) -> Value {
    let n = try prefixLength(call)
    return try compare(&call) { a, b in
      guard case .text(let x, _) = a, case .text(let y, _) = b,
        min(x.count, n) == min(y.count, n)
      else { return false }
      for i in 0..<min(x.count, n) where x[i].lowered != y[i].lowered { return false }
      return true
    }
  }

  private static func affix(_ call: inout Call, atEnd: Bool) throws(RuntimeError) -> Value {
    guard call[0].isText || call[0].isCellOfStrings, var strings = call[0].byteStrings else {
      throw call.error("STR must be a string or cell array of strings")
    }
    guard var patterns = call[1].byteStrings else {
      throw call.error("PATTERN must be a string or cell array of strings")
    }
    var ignoresCase = false
    if call.count == 3 { throw call.invalid }
    if call.count == 4 {
      guard call.isOption(2, "IgnoreCase") else {
        throw call.error("third input must be \"IgnoreCase\"")
      }
      ignoresCase = try call.flag(3, "IGNORE_CASE value must be a logical scalar")
    }
    // A character array loses its blanks at the end, as its rows do in a cell.
    if call[0].isText { strings = strings.map(\.deblanked) }
    if call[1].isText { patterns = patterns.map(\.deblanked) }
    if ignoresCase { patterns = patterns.map(\.lowered) }
    let results = strings.map { string -> Bool in
      let string = ignoresCase ? string.lowered : string
      return patterns.contains { string.matches($0, at: atEnd ? string.count - $0.count : 0) }
    }
    let shape = call[0].isCell ? call[0].shape : Shape(results.count, 1)
    return .make(NDArray(shape, results))
  }

  private static func startsWith(_ call: inout Call) throws(RuntimeError) -> Value {
    try affix(&call, atEnd: false)
  }

  private static func endsWith(_ call: inout Call) throws(RuntimeError) -> Value {
    try affix(&call, atEnd: true)
  }

  private static func quoted(_ words: [Bytes]) -> String {
    words.map { "'\($0.text)'" }.joined(separator: ", ")
  }

  private static func validatestring(_ call: inout Call) throws(RuntimeError) -> Value {
    guard call[0].isText, let string = call[0].textBytes else {
      throw call.error("STR must be a single character string")
    }
    guard call[1].isCellOfStrings, let options = call[1].byteStrings else {
      throw call.error("STRARRAY must be a cellstr")
    }
    var position: Int?
    var names: [String] = []
    for i in 2..<max(2, call.count) {
      if let name = call[i].stringValue { names.append(name) } else { position = call[i].integerScalar }
    }
    var prefix = names.first.map { $0 + ": " } ?? "validatestring: "
    prefix += "'\(string.text)' "
    switch (names.count > 1 ? names[1] : nil, position) {
    case (let name?, let position?): prefix += "(variable \(name), argument #\(position)) "
    case (let name?, nil): prefix += "(variable \(name)) "
    case (nil, let position?): prefix += "(argument #\(position)) "
    case (nil, nil): break
    }
    let lowered = string.lowered
    let found = options.filter { $0.lowered.matches(lowered, at: 0) }
    if let exact = found.first(where: { $0.lowered == lowered }) { return .bytes(exact) }
    if found.count == 1 { return .bytes(found[0]) }
    if found.isEmpty {
      throw RuntimeError(prefix + "does not match any of\n" + quoted(options))
    }
    // Several options of which each abbreviates the next mean the shortest.
    let shortest = found.min { $0.count < $1.count } ?? found[0]
    if found.allSatisfy({ $0.lowered.matches(shortest.lowered, at: 0) }) { return .bytes(shortest) }
    throw RuntimeError(
      prefix + "matches multiple possible values:\n" + quoted(found))
  }
}
