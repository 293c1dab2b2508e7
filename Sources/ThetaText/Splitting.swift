import ThetaArrays
import ThetaDisplay
import ThetaRuntime

// Searching in strings, replacing, splitting, joining.

enum Splitting {
  static let table: [Builtin] = [
    Builtin(
      """
      [cstr, matches] = strsplit (str, sep?, options...)
      """,
      """
      The pieces of a string between separators. Runs of separators count once unless "CollapseDelimiters" is
      false.

      >> strsplit ("a,b", ",")
      ans =
      {
        [1,1] = a
        [1,2] = b
      }

      """, multiple: strsplit),
    Builtin(
      "cstr = ostrsplit (s, seps, strip_empty?)",
      """
      The pieces of a string between any of the characters of seps.

      >> ostrsplit ("a:b;c", ":;")
      ans =
      {
        [1,1] = a
        [1,2] = b
        [1,3] = c
      }

      """, ostrsplit),
    Builtin(
      "str = strjoin (cstr, delimiter?)",
      """
      Strings of a cell joined by a delimiter.

      >> strjoin ({"a", "b"}, ", ")
      ans = a, b

      """, strjoin),
    Builtin(
      "[tok, rem] = strtok (str, delim?)",
      """
      The first token of a string, and the rest.

      >> [tok, rest] = strtok ("hello world")
      tok = hello
      rest =  world

      """, multiple: strtok),
    Builtin(
      "newstr = strrep (str, ptn, rep, options...)",
      """
      Every occurrence of a string replaced.

      >> strrep ("banana", "an", "o")
      ans = booa

      """, strrep),
    Builtin(
      "idx = strfind (str, pattern, options...)",
      """
      Where a pattern starts in a string or in the strings of a cell. Options: "overlaps", false counts no place twice;
      "forcecelloutput", true gives a cell for a string too.

      >> strfind ("abracadabra", "abra")
      ans =

         1   8

      """, strfind),
    Builtin(
      "n = index (s, t, direction?)",
      """
      Where t occurs first (or last) in s; 0 when it does not.

      >> index ("banana", "an", "last")
      ans = 4

      """, index),
    Builtin(
      "n = rindex (s, t)",
      """
      Where t occurs last in s; 0 when it does not.

      >> rindex ("banana", "a")
      ans = 6

      """, rindex),
    Builtin(
      "[n, columns] = strchr (str, chars, n?, direction?)",
      """
      Where any of the characters occurs in a string; with two outputs, rows and columns.

      >> strchr ("banana", "nb")
      ans =

         1   3   5

      """, multiple: strchr),
    Builtin(
      "s = regexptranslate (op, s)",
      """
      A string as a pattern: "escape" or "wildcard".

      >> regexptranslate ("escape", "1.5")
      ans = 1\\.5

      """, regexptranslate),
  ]

  // MARK: strsplit

  private static func strsplit(_ call: inout Call) throws(RuntimeError) -> [Value] {
    guard let text = call[0].textBytes else { throw call.error("S and DEL must be string values") }
    guard call[0].shape.rows <= 1 else { throw call.error("S must be a char row vector") }
    var separators: [Bytes] = [[32]]
    var collapses = true
    var isRegular = false
    var next = 1
    if call.count > 1 {
      guard let list = call[1].isCell ? call[1].byteStrings : call[1].textBytes.map({ [$0] }) else {
        throw call.error("S and DEL must be string values")
      }
      separators = list.map { FormattedPrint.processEscapes($0) }
      next = 2
      // The old form: strsplit (s, sep, collapse).
      if call.count > 2, !call[2].isText {
        guard case .logical(let flag) = call[2] else {
          throw .invalidCall("strsplit", UsageForms.named("strsplit")?.lines ?? [])
        }
        collapses = flag
        next = 3
      }
      if !call[1].isCell, separators[0].isEmpty { separators = [] }
    }
    var rawSeparators = call.count > 1 ? (call[1].byteStrings ?? []) : []
    while next + 1 < call.count {
      let option = try call.string(next).lowercased()
      switch option {
      case "collapsedelimiters": collapses = try call.flag(next + 1)
      case "delimitertype":
        let type = try call.string(next + 1).lowercased()
        isRegular = "regularexpression".hasPrefix(type)
        guard isRegular || "simple".hasPrefix(type) || "legacy".hasPrefix(type) else {
          throw call.error("Invalid DELIMITERTYPE")
        }
      default:
        throw call.error(
          "invalid parameter name, '\(try call.string(next))'",
          identifier: "Octave:strsplit:invalid_parameter_name")
      }
      next += 2
    }
    if next < call.count {
      let name = call[next].stringValue ?? ""
      guard ["collapsedelimiters", "delimitertype"].contains(name.lowercased()) else {
        throw call.error("invalid parameter name, '\(name)'")
      }
      throw RuntimeError(
        "params(2): out of bound 1 (dimensions are 1x1)", identifier: "Octave:index-out-of-bounds")
    }
    let found: [Range<Int>]
    if isRegular {
      if rawSeparators.isEmpty { rawSeparators = [[32]] }
      var pattern = Bytes(rawSeparators.joined(separator: [UInt8(ascii: "|")]))
      if collapses { pattern = Bytes(ascii: "(") + pattern + Bytes(ascii: ")+") }
      let regex = try RegularExpression(pattern, RegexOptions(), function: "strsplit")
      found = try regex.matches(in: text).map { $0.range }
    } else {
      found = separatorRanges(text, separators, collapses: collapses)
    }
    var pieces: [Value] = []
    var matches: [Value] = []
    var start = 0
    for range in found {
      pieces.append(.bytes(Array(text[start..<range.lowerBound])))
      matches.append(.bytes(Array(text[range])))
      start = range.upperBound
    }
    pieces.append(.bytes(Array(text[start...])))
    return [.rowCell(pieces), .rowCell(matches)]
  }

  private static func separatorRanges(
    _ text: Bytes, _ separators: [Bytes], collapses: Bool
  ) -> [Range<Int>] {
    var result: [Range<Int>] = []
    var i = 0
    while i < text.count {
      guard let separator = separators.first(where: { !$0.isEmpty && text.matches($0, at: i) }) else {
        i += 1
        continue
      }
      let end = i + separator.count
      if collapses, let last = result.last, last.upperBound == i {
        result[result.count - 1] = last.lowerBound..<end
      } else {
        result.append(i..<end)
      }
      i = end
    }
    return result
  }

  private static func ostrsplit(_ call: inout Call) throws(RuntimeError) -> Value {
    guard call[0].isText, let rows = call[0].textRows else {
      throw call.error("S and SEP must be string values")
    }
    guard let separators = call[1].textBytes else { throw call.error("S and SEP must be string values") }
    if call[0].isEmpty { return .cell(.empty, []) }
    let strips = call.count > 2 ? try call.flag(2) : false
    var pieces: [Value] = []
    for row in rows {
      for piece in row.split(omittingEmptySubsequences: false, whereSeparator: { separators.contains($0) }) {
        if strips && piece.isEmpty { continue }
        pieces.append(.rowText(Array(piece)))
      }
    }
    return .rowCell(pieces)
  }

  // MARK: strjoin

  private static func strjoin(_ call: inout Call) throws(RuntimeError) -> Value {
    guard call[0].isCellOfStrings, let strings = call[0].byteStrings else { throw call.invalid }
    if strings.isEmpty { return .string("") }
    var result: Bytes = []
    if call.count > 1, let delimiters = call[1].cellElements {
      guard delimiters.count == strings.count - 1 else {
        throw call.error(
          "the number of delimiters does not match the number of strings",
          identifier: "Octave:strjoin:cellstring_delimiter_mismatch")
      }
      for (i, string) in strings.enumerated() {
        result += string
        if i < delimiters.count { result += delimiters[i].textBytes ?? [] }
      }
      return .bytes(result)
    }
    var delimiter: Bytes = [32]
    if call.count > 1 {
      guard let bytes = call[1].textBytes else { throw call.invalid }
      delimiter = FormattedPrint.processEscapes(bytes)
    }
    for (i, string) in strings.enumerated() {
      if i > 0 { result += delimiter }
      result += string
    }
    return .bytes(result)
  }

  // MARK: strtok

  private static func token(_ text: Bytes, _ delimiters: Bytes) -> (Bytes, Bytes) {
    guard let start = text.firstIndex(where: { !delimiters.contains($0) }) else { return ([], []) }
    let end = text[start...].firstIndex { delimiters.contains($0) } ?? text.count
    return (Array(text[start..<end]), Array(text[end...]))
  }

  private static func strtok(_ call: inout Call) throws(RuntimeError) -> [Value] {
    var delimiters: Bytes = [0, 9, 10, 11, 12, 13, 32]
    if call.count > 1 {
      delimiters =
        call[1].textBytes ?? (call[1].realArray ?? NDArray(zeros: .empty)).compactMap { UInt8(exactly: $0) }
    }
    switch call[0] {
    case .text(let array, _):
      if array.shape.rows > 1 { throw call.error("STR cannot be a 2-D character array") }
      let (token, rest) = token(call[0].textBytes ?? [], delimiters)
      return [array.count > 0 ? .rowText(token) : .bytes(token), .bytes(rest)]
    case .cell(let cells) where call[0].isCellOfStrings:
      let pairs = cells.map { token($0.textBytes ?? [], delimiters) }
      return [
        .cell(cells.shape, pairs.map { .bytes($0.0) }), .cell(cells.shape, pairs.map { .bytes($0.1) }),
      ]
    default: throw call.error("STR must be a string or cell array of strings")
    }
  }

  // MARK: Searching

  private static func strrep(_ call: inout Call) throws(RuntimeError) -> Value {
    guard let pattern = call[1].textBytes, let replacement = call[2].textBytes else {
      throw call.error("PTN and REP arguments must be strings or cell arrays of strings")
    }
    switch call[0] {
    case .text:
      if call[0].shape.rows > 1 {
        let rows = (call[0].textRows ?? []).map { $0.replacing(pattern, with: replacement) }
        return .characterMatrix(rows)
      }
      let bytes = call[0].textBytes ?? []
      let result = bytes.replacing(pattern, with: replacement)
      return result == bytes ? call[0] : .bytes(result)
    case .cell(let cells):
      var result: [Value] = []
      for cell in cells {
        guard let bytes = cell.textBytes else {
          throw call.error("each element of S must be a string")
        }
        result.append(.bytes(bytes.replacing(pattern, with: replacement)))
      }
      return .cell(cells.shape, result)
    default: throw call.error("S must be a string or cell array of strings")
    }
  }

  private static func positions(_ offsets: [Int]) -> Value {
    offsets.isEmpty ? .emptyMatrix : .row(offsets.map { Double($0 + 1) })
  }

  private static func strfind(_ call: inout Call) throws(RuntimeError) -> Value {
    var overlapping = true
    var givesCell = false
    guard call.count % 2 == 0 else { throw call.invalid }
    for i in stride(from: 2, to: call.count, by: 2) {
      switch try call.string(i).lowercased() {
      case "overlaps": overlapping = try call.flag(i + 1)
      case "forcecelloutput": givesCell = try call.flag(i + 1)
      default: throw call.error("unknown option: \(try call.string(i))")
      }
    }
    if case .cell(let patterns) = call[1], call[1].isCellOfStrings, let text = call[0].textBytes {
      return .cell(
        patterns.shape,
        patterns.map { positions(text.offsets(of: $0.textBytes ?? [], overlapping: overlapping)) })
    }
    guard let pattern = call[1].textBytes else {
      throw call.error("PATTERN must be a string or cell array of strings")
    }
    switch call[0] {
    case .text(let array, _):
      let found = positions(Array(array).offsets(of: pattern, overlapping: overlapping))
      return givesCell ? .rowCell([found]) : found
    case .cell(let cells):
      var result: [Value] = []
      for cell in cells {
        guard let bytes = cell.textBytes else {
          throw call.error("each element of CELLSTR must be a string")
        }
        result.append(positions(bytes.offsets(of: pattern, overlapping: overlapping)))
      }
      return .cell(cells.shape, result)
    default: throw call.error("first argument must be a string or cell array of strings")
    }
  }

  private static func search(_ call: Call, last: Bool) throws(RuntimeError) -> Value {
    guard let pattern = call[1].textBytes else {
      throw RuntimeError("strfind: PATTERN must be a string or cell array of strings")
    }
    func find(_ bytes: Bytes) -> Double {
      let offsets = bytes.offsets(of: pattern, overlapping: true)
      return Double(((last ? offsets.last : offsets.first) ?? -1) + 1)
    }
    switch call[0] {
    case .text:
      let rows = call[0].textRows ?? []
      return rows.isEmpty ? .number(0) : .make(NDArray(column: rows.map(find)))
    case .cell(let cells) where call[0].isCellOfStrings:
      return .make(cells.map { find($0.textBytes ?? []) })
    default: throw RuntimeError("index: S must be a string, string array, or cellstr")
    }
  }

  private static func index(_ call: inout Call) throws(RuntimeError) -> Value {
    var last = false
    if call.count > 2 {
      switch try call.string(2).lowercased() {
      case "first": last = false
      case "last": last = true
      default: throw call.error("DIRECTION must be either \"first\" or \"last\"")
      }
    }
    return try search(call, last: last)
  }

  private static func rindex(_ call: inout Call) throws(RuntimeError) -> Value {
    try search(call, last: true)
  }

  private static func strchr(_ call: inout Call) throws(RuntimeError) -> [Value] {
    let text = try call.bytes(0, "STR argument must be a string or string array")
    let characters = try call.bytes(1, "CHARS argument must be a string")
    var found = text.indices.filter { characters.contains(text[$0]) }
    if call.count > 2 {
      let n = max(0, try call.integer(2))
      found = call.isOption(3, "last") ? Array(found.suffix(n)) : Array(found.prefix(n))
    }
    // As find gives them: offsets, or rows and columns.
    let places = found.map { Double($0 + 1) }
    if call.outputs < 2 { return [.row(places)] }
    return [.row(places.map { _ in 1 }), .row(places)]
  }

  private static func regexptranslate(_ call: inout Call) throws(RuntimeError) -> Value {
    let text = try call.bytes(1, "S must be a string")
    switch try call.string(0, "operation OP must be a string").lowercased() {
    case "wildcard":
      var result: Bytes = []
      for byte in text {
        switch byte {
        case UInt8(ascii: "."): result += Bytes(ascii: "\\.")
        case UInt8(ascii: "*"): result += Bytes(ascii: ".*")
        case UInt8(ascii: "?"): result += Bytes(ascii: ".")
        default: result.append(byte)
        }
      }
      return .bytes(result)
    case "escape":
      let special = Bytes(ascii: "$.?[]^|*+{}()\\")
      return .bytes(text.flatMap { special.contains($0) ? [UInt8(ascii: "\\"), $0] : [$0] })
    default: throw call.error("invalid operation OP")
    }
  }
}
