import ThetaArrays
import ThetaDisplay
import ThetaRuntime

// regexp, regexpi, regexprep.

enum Regexp {
  static let table: [Builtin] = [
    Builtin(
      """
      [tok, names, ...] = regexp (str, pat, options...)
      """,
      """
      Matches of a regular expression: start, end, token extents, matches, tokens, names, split, in this order or in
      that of the options "start", "end", "tokenExtents", "match", "tokens", "names", "split". "once" wants the first only.

      >> [tok, mat] = regexp ("ab12", '([a-z]+)(\\d+)', "tokens", "match"); tok{1}
      ans =
      {
        [1,1] = ab
        [1,2] = 12
      }

      """, multiple: regexp),
    Builtin(
      "[tok, names, ...] = regexpi (str, pat, options...)",
      """
      regexp without regard to case.

      >> regexpi ("ABC", "b", "match")
      ans =
      {
        [1,1] = B
      }

      """, multiple: regexpi),
    Builtin(
      "outstr = regexprep (string, pat, repstr, options...)",
      """
      Every match of a pattern replaced; $1 … stand for its tokens.

      >> regexprep ("hello world", '(\\w+) (\\w+)', '$2 $1')
      ans = world hello

      """, regexprep),
  ]

  private static func regexp(_ call: inout Call) throws(RuntimeError) -> [Value] {
    try search(&call, ignoresCase: false)
  }

  private static func regexpi(_ call: inout Call) throws(RuntimeError) -> [Value] {
    try search(&call, ignoresCase: true)
  }

  private static let order = ["start", "end", "tokenextents", "match", "tokens", "names", "split"]

  private static func search(_ call: inout Call, ignoresCase: Bool) throws(RuntimeError) -> [Value] {
    var options = RegexOptions()
    options.ignoresCase = ignoresCase
    var selected: [Int] = []
    for i in 2..<max(2, call.count) {
      let option = try call.string(i, "optional arguments must be strings").lowercased()
      if applyFlag(option, &options) { continue }
      guard let place = order.firstIndex(of: option) else {
        throw call.error("unrecognized option")
      }
      selected.append(place)
    }
    // The outputs that were not asked for by name follow in the usual order.
    let places = selected + (0..<7).filter { !selected.contains($0) }
    let wanted = max(1, call.outputs)
    guard call[0].isCell || call[1].isCell else {
      let text = call[0].isText ? try call.firstRow(0) : []
      let all = try one(text, subject(call[1]) ?? [], options, call.name)
      return places.prefix(wanted).map { all[$0] }
    }
    return try overCells(call, places: Array(places.prefix(wanted)), options)
  }

  /// The text to search or to search for: of a character matrix the first row.
  private static func subject(_ value: Value) -> Bytes? {
    guard case .text(let array, _) = value else { return nil }
    return array.shape.rows > 1 ? value.textRows?.first : array.list
  }

  static func applyFlag(_ option: String, _ options: inout RegexOptions) -> Bool {
    switch option {
    case "once": options.once = true
    case "ignorecase": options.ignoresCase = true
    case "matchcase": options.ignoresCase = false
    case "lineanchors": options.lineAnchors = true
    case "stringanchors": options.lineAnchors = false
    case "dotexceptnewline": options.dotExceptNewline = true
    case "dotall": options.dotExceptNewline = false
    case "freespacing": options.freeSpacing = true
    case "literalspacing": options.freeSpacing = false
    case "emptymatch": options.emptyMatches = true
    case "noemptymatch": options.emptyMatches = false
    default: return false
    }
    return true
  }

  private static func overCells(
    _ call: Call, places: [Int], _ options: RegexOptions
  ) throws(RuntimeError) -> [Value] {
    let texts = call[0].cellElements ?? [call[0]]
    let patterns = call[1].cellElements ?? [call[1]]
    let shape: Shape
    if call[0].isCell, call[1].isCell {
      if patterns.count == 1 {
        shape = call[0].shape
      } else if texts.count == 1 {
        shape = call[1].shape
      } else {
        guard texts.count == patterns.count else {
          throw RuntimeError("regexp: cell array arguments must be scalar or equal size")
        }
        shape = call[0].shape
      }
    } else {
      shape = call[0].isCell ? call[0].shape : call[1].shape
    }
    var columns = [[Value]](repeating: [], count: places.count)
    for i in 0..<shape.count {
      guard let text = subject(texts[texts.count == 1 ? 0 : i]),
        let pattern = subject(patterns[patterns.count == 1 ? 0 : i])
      else { throw call.error("all cells must be strings") }
      let all = try one(text, pattern, options, call.name)
      for (j, place) in places.enumerated() { columns[j].append(all[place]) }
    }
    return columns.map { .cell(shape, $0) }
  }

  /// All seven outputs for one string.
  private static func one(
    _ text: Bytes, _ pattern: Bytes, _ options: RegexOptions, _ function: String
  ) throws(RuntimeError) -> [Value] {
    let regex = try RegularExpression(pattern, options, function: function)
    let matches = try regex.matches(in: text, once: options.once)
    func slice(_ range: Range<Int>) -> Value { .bytes(Array(text[range])) }
    func tokens(_ match: RegexMatch) -> [Value] {
      match.groups.compactMap { $0.map(slice) }
    }
    func extents(_ match: RegexMatch) -> Value {
      let ranges = match.groups.compactMap { $0 }
      let result = NDArray<Double>(zeros: Shape(ranges.count, 2))
      for (i, range) in ranges.enumerated() {
        result[i, 0] = Double(range.lowerBound + 1)
        result[i, 1] = Double(range.upperBound)
      }
      return .make(result)
    }
    var pieces: [Value] = []
    var start = 0
    for match in matches {
      pieces.append(slice(start..<max(start, match.range.lowerBound)))
      start = match.range.upperBound
    }
    pieces.append(slice(start..<text.count))
    let split = Value.rowCell(pieces)
    let names = namesOutput(regex, matches, slice)
    if options.once {
      guard let match = matches.first else {
        return [
          .emptyMatrix, .emptyMatrix, .emptyMatrix, .string(""), .cell(.empty, []), names, .bytes(text),
        ]
      }
      return [
        .integer(match.range.lowerBound + 1), .integer(match.range.upperBound), extents(match),
        slice(match.range), regex.groupCount == 0 ? .cell(.empty, []) : .columnCell(tokens(match)), names,
        split,
      ]
    }
    return [
      .row(matches.map { Double($0.range.lowerBound + 1) }),
      .row(matches.map { Double($0.range.upperBound) }),
      .rowCell(matches.map(extents)), .rowCell(matches.map { slice($0.range) }),
      .rowCell(matches.map { .rowCell(tokens($0)) }), names, split,
    ]
  }

  /// One struct for each match, with a field for each name.
  private static func namesOutput(
    _ regex: RegularExpression, _ matches: [RegexMatch], _ slice: (Range<Int>) -> Value
  ) -> Value {
    if matches.isEmpty { return .structure(StructArray(.empty, names: regex.names.map { $0.name })) }
    var values: [Value] = []
    for match in matches {
      for (_, groups) in regex.names {
        let range = groups.compactMap { match.groups[$0 - 1] }.last
        values.append(range.map(slice) ?? .string(""))
      }
    }
    return .structure(
      StructArray(Shape(1, matches.count), names: regex.names.map { $0.name }, values: values))
  }

  // MARK: regexprep

  private static func regexprep(_ call: inout Call) throws(RuntimeError) -> Value {
    var options = RegexOptions()
    for i in 3..<max(3, call.count) {
      let option = try call.string(i, "all optional arguments must be strings").lowercased()
      // "warnings" is accepted for compatibility.
      if !applyFlag(option, &options), option != "warnings" {
        throw call.error("unrecognized option")
      }
    }
    guard let patterns = call[1].isCell ? call[1].byteStrings : call[1].textBytes.map({ [$0] }),
      let replacements = call[2].isCell ? call[2].cellElements : [call[2]],
      replacements.allSatisfy({ $0.isText })
    else { throw call.error("all cells must be strings") }
    guard replacements.count == 1 || replacements.count == patterns.count else {
      throw call.error("inconsistent cell array dimensions")
    }
    var compiled: [(RegularExpression, [Piece])] = []
    for (i, pattern) in patterns.enumerated() {
      let replacement = replacements[replacements.count == 1 ? 0 : i]
      compiled.append(
        (try RegularExpression(pattern, options, function: "regexprep"), pieces(of: replacement)))
    }
    func replaceAll(_ text: Bytes) throws(RuntimeError) -> Bytes {
      var text = text
      for (regex, replacement) in compiled {
        text = try replace(text, regex, replacement, once: options.once)
      }
      return text
    }
    if case .cell(let cells) = call[0] {
      var result: [Value] = []
      for cell in cells {
        guard let text = subject(cell) else { throw call.error("all cells must be strings") }
        result.append(.bytes(try replaceAll(text)))
      }
      return .cell(cells.shape, result)
    }
    guard let text = call[0].isText ? try call.firstRow(0) : nil else {
      throw call.error("all input arguments must be strings or cell arrays of strings")
    }
    let result = try replaceAll(text)
    return result == text ? call[0] : .bytes(result)
  }

  /// A part of a replacement text: bytes as they are, or a token.
  private enum Piece {
    case bytes(Bytes)
    case token(Int)
  }

  /// `$1` is a token and `\$` a dollar. The escapes of single-quoted text are processed first, as `regexprep` does.
  private static func pieces(of value: Value) -> [Piece] {
    var text = value.textBytes ?? []
    let backslash = UInt8(ascii: "\\")
    if case .text(_, .single) = value {
      var kept: Bytes = []
      var i = 0
      while i < text.count {
        // `\$` must survive the processing of escapes.
        if text[i] == backslash, i + 1 < text.count, text[i + 1] == UInt8(ascii: "$") {
          kept += [backslash, backslash, UInt8(ascii: "$")]
          i += 2
        } else if text[i] == backslash, i + 1 < text.count {
          kept += [backslash, text[i + 1]]
          if text[i + 1] == backslash { kept += [backslash, backslash] }
          i += 2
        } else {
          kept.append(text[i])
          i += 1
        }
      }
      text = FormattedPrint.processEscapes(kept)
    }
    var result: [Piece] = []
    var run: Bytes = []
    var i = 0
    while i < text.count {
      if text[i] == backslash, i + 1 < text.count {
        let next = text[i + 1]
        if next == UInt8(ascii: "$") || next == backslash {
          run.append(next)
          i += 2
          continue
        }
      }
      if text[i] == UInt8(ascii: "$"), i + 1 < text.count, text[i + 1].isDigitByte {
        var end = i + 1
        if end < text.count { end += 1 }
        if !run.isEmpty { result.append(.bytes(run)) }
        run = []
        result.append(.token(Int(String(decoding: text[(i + 1)..<end], as: UTF8.self)) ?? 0))
        i = end
        continue
      }
      run.append(text[i])
      i += 1
    }
    if !run.isEmpty { result.append(.bytes(run)) }
    return result
  }

  private static func replace(
    _ text: Bytes, _ regex: RegularExpression, _ replacement: [Piece], once: Bool
  ) throws(RuntimeError) -> Bytes {
    let matches = try regex.matches(in: text, once: once)
    if matches.isEmpty { return text }
    var result: Bytes = []
    var start = 0
    for match in matches {
      if match.range.lowerBound > start { result += text[start..<match.range.lowerBound] }
      for piece in replacement {
        switch piece {
        case .bytes(let bytes): result += bytes
        case .token(0): result += text[match.range]
        case .token(let n):
          if n <= match.groups.count, let range = match.groups[n - 1] { result += text[range] }
        }
      }
      start = match.range.upperBound
    }
    result += text[start...]
    return result
  }
}
