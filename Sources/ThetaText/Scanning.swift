import ThetaArrays
import ThetaDisplay
import ThetaRuntime

// sscanf, fscanf, textscan, strread.

enum Scanning {
  static let table: [Builtin] = [
    Builtin(
      "[val, count, errmsg, pos] = sscanf (string, template, size?)\n[v1, v2, ...] = sscanf (string, template, \"C\")",
      """
      Values read from text by a template.

      >> sscanf ("3 4.5 x", "%f")'
      ans =

         3.0000   4.5000

      """, multiple: sscanf),
    Builtin(
      "[val, count, errmsg] = fscanf (fid, template, size?)\n[v1, v2, ...] = fscanf (fid, template, \"C\")",
      """
      Values read from a file by a template.

      >> fid = tmpfile (); fputs (fid, "1 2 3"); frewind (fid); fscanf (fid, "%d")'
      ans =

         1   2   3

      """, multiple: fscanf),
    Builtin(
      "C = textscan (fid_or_text, format?, options...)",
      """
      Columns read from text, a cell of them.

      >> textscan ("a 1\\nb 2", "%s %f"){2}
      ans =

         1
         2

      """, textscan),
    Builtin(
      "[a, ...] = strread (str, format?, options...)",
      """
      Columns read from text.

      >> [word, n] = strread ("a 1 b 2", "%s %f"); n
      n =

         1
         2

      """, multiple: strread),
    Builtin(
      "[a, ...] = textread (file, format?, options...)",
      """
      Columns read from a file.

      >> file = tempname (); dlmwrite (file, [1 2; 3 4], " "); [a, b] = textread (file, "%f %f"); b
      b =

         2
         4

      """, multiple: textread),
  ]

  private struct Outcome {
    var pieces: [Scanner.Piece] = []
    var count = 0
    var message = ""
    var position = 0
  }

  /// Runs a template over text again and again, up to a number of values.
  private static func scan(_ start: Scanner, limit: Int, once: Bool) -> Outcome {
    var scanner = start
    var outcome = Outcome()
    var values = 0
    let takesData = scanner.items.contains {
      if case .conversion = $0 { true } else { false }
    }
    outer: while true {
      let start = scanner.position
      for item in scanner.items {
        if case .conversion = item, values >= limit { break outer }
        guard let piece = scanner.match(item) else {
          var rest = scanner
          rest.skipSpace()
          if !rest.isAtEnd { outcome.message = "format failed to match" }
          break outer
        }
        guard let piece else { continue }
        outcome.pieces.append(piece)
        outcome.count += 1
        values += 1
      }
      if once || !takesData || scanner.isAtEnd || scanner.position == start { break }
    }
    outcome.position = scanner.position
    return outcome
  }

  /// Whether all that a template keeps is text; also when it has no conversions at all.
  private static func isTextOnly(_ scanner: Scanner) -> Bool {
    let conversions = scanner.items.filter { if case .conversion = $0 { true } else { false } }
    let kept = conversions.filter(\.takesData)
    return conversions.isEmpty
      || !kept.isEmpty
        && kept.allSatisfy {
          guard case .conversion(let kind, _, _, _) = $0 else { return false }
          return "sc[".utf8.contains(kind)
        }
  }

  private static func values(_ outcome: Outcome) -> [Double] {
    var result: [Double] = []
    for piece in outcome.pieces {
      switch piece {
      case .number(let x): result.append(x)
      case .text(let bytes): result += bytes.map { Double($0) }
      }
    }
    return result
  }

  private static func shaped(
    _ list: [Double], _ size: NDArray<Double>?, isText: Bool
  ) -> Value {
    var list = list
    var shape = Shape(list.count, 1)
    if let size, size.count >= 2 {
      let rows = Int(exactly: size[0].rounded()) ?? list.count
      var columns = rows > 0 ? (list.count + rows - 1) / rows : 0
      if !isText, let wanted = Int(exactly: size[1].rounded()) { columns = min(columns, max(0, wanted)) }
      let total = rows * columns
      while list.count < total { list.append(0) }
      list = Array(list.prefix(total))
      shape = Shape(rows, columns)
    } else if isText || size?.containsElement(where: { $0 == 0 }) == true {
      shape = Shape(list.isEmpty ? 0 : 1, list.count)
    } else if let rows = size?.first(where: { _ in true }).flatMap({ Int(exactly: $0) }), rows > 0,
      list.count > rows
    {
      // Strings may bring more elements than were asked for.
      let columns = (list.count + rows - 1) / rows
      list += [Double](repeating: 0, count: rows * columns - list.count)
      shape = Shape(rows, columns)
    }
    if isText { return .text(NDArray(shape, list.map { UInt8(exactly: $0) ?? 0 }), .single) }
    return .make(NDArray(shape, list))
  }

  private static func limit(_ size: NDArray<Double>?) -> Int {
    guard let size else { return .max }
    let product = size.reduce(1) { $0 * $1.rounded() }
    return product.isFinite ? Int(exactly: product) ?? .max : .max
  }

  /// Reads text from an offset on; `advance` is told where it stopped.
  private static func run(
    _ call: Call, _ text: Bytes, from start: Int = 0, _ advance: (Int) -> Void
  ) throws(RuntimeError) -> [Value] {
    guard let raw = call[1].textBytes else { throw call.error("format TEMPLATE must be a string") }
    var template = raw
    if case .text(_, .single) = call[1] { template = FormattedPrint.processEscapes(raw) }
    guard let scanner = Scanner(template, text, start: start) else {
      throw call.error("invalid format specified")
    }
    if call.count > 2, call[2].isText {
      guard call.isOption(2, "C") else { throw call.error("invalid SIZE specification") }
      let outcome = scan(scanner, limit: .max, once: true)
      advance(outcome.position)
      let wanted = scanner.items.filter(\.takesData).count
      var results: [Value] = outcome.pieces.map {
        switch $0 {
        case .number(let x): .number(x)
        case .text(let bytes): .bytes(bytes)
        }
      }
      while results.count < wanted { results.append(.emptyMatrix) }
      return results + [
        .integer(outcome.count), .string(outcome.message.isEmpty ? "" : "\(call.name): \(outcome.message)"),
      ]
    }
    if template.isEmpty {
      return [.emptyMatrix, .number(0), .string("\(call.name): internal format error"), .integer(start + 1)]
    }
    let size: NDArray<Double>? = call.count > 2 ? try call.array(2) : nil
    if let size {
      if size.count > 2 || size.count == 0 { throw call.error("invalid size specification (must be 2-D)") }
      for (i, n) in size.enumerated() {
        if n < 0 { throw call.error("negative value invalid as size specification") }
        if n.isNaN { throw call.error("NaN invalid as size specification") }
        if i == 0, size.count > 1, !n.isFinite {
          throw call.error("infinite value invalid as size specification")
        }
      }
    }
    let outcome = scan(scanner, limit: limit(size), once: false)
    advance(outcome.position)
    return [
      shaped(values(outcome), size, isText: isTextOnly(scanner)), .integer(outcome.count),
      .string(outcome.message.isEmpty ? "" : "\(call.name): \(outcome.message)"),
      .integer(outcome.position + 1),
    ]
  }

  private static func sscanf(_ call: inout Call) throws(RuntimeError) -> [Value] {
    guard let text = call[0].textBytes else { throw call.error("argument STRING must be a string") }
    return try run(call, text) { _ in }
  }

  private static func fscanf(_ call: inout Call) throws(RuntimeError) -> [Value] {
    let id = try OpenFiles.identifier(call[0], call)
    let file = try OpenFiles.of(call.context).file(id, call.name)
    let start = min(file.position, file.bytes.count)
    return try run(call, file.bytes, from: start) { end in
      file.position = end
      if file.position >= file.bytes.count { file.metEnd = true }
    }
  }

  // MARK: Columns

  private static func options(
    _ call: Call, from start: Int, _ returnsOnError: inout Bool
  ) throws(RuntimeError) -> ColumnReader.Options {
    var options = ColumnReader.Options()
    var i = start
    if i < call.count, !call[i].isText {
      if let n = call[i].firstReal, n >= 0, let count = Int(exactly: n) { options.rows = count }
      i += 1
    }
    func words(_ value: Value) -> [Bytes] {
      guard case .cell = value else {
        return FormattedPrint.processEscapes(value.textBytes ?? []).map { [$0] }
      }
      return (value.byteStrings ?? []).map { FormattedPrint.processEscapes($0) }
    }
    while i < call.count {
      guard let name = call[i].stringValue?.lowercased(), i + 1 < call.count else {
        throw call.error("unrecognized option '\(call[i].stringValue ?? "")'")
      }
      let value = call[i + 1]
      switch name {
      case "delimiter":
        options.delimiters = words(value)
        // The end of a line ends a field anyway.
        options.delimiters.removeAll { $0 == [10] }
        if options.delimiters.isEmpty, !value.isEmpty { options.delimiters = [[10]] }
      case "headerlines": options.headerLines = max(0, try call.integer(i + 1))
      case "collectoutput": options.collects = try call.flag(i + 1)
      case "multipledelimsasone": options.joinsDelimiters = try call.flag(i + 1)
      case "emptyvalue": options.emptyValue = try call.real(i + 1)
      case "treatasempty": options.emptyWords = value.byteStrings ?? []
      case "whitespace": options.whitespace = Set(FormattedPrint.processEscapes(value.textBytes ?? []))
      case "endofline":
        options.lineEnd = FormattedPrint.processEscapes(value.textBytes ?? [10])
        if options.lineEnd.isEmpty || options.lineEnd == [13, 10] { options.lineEnd = [10] }
      case "commentstyle": options.comments = comments(value)
      case "returnonerror": returnsOnError = try call.flag(i + 1)
      case "bufsize", "expchars", "datelocale": break
      default: throw call.error("unrecognized option '\(call[i].stringValue ?? "")'")
      }
      i += 2
    }
    return options
  }

  private static func comments(_ value: Value) -> [(start: Bytes, end: Bytes)] {
    let words = value.byteStrings ?? []
    if words.count > 1 { return [(words[0], words[1])] }
    switch words.first?.text ?? "" {
    case "shell": return [([UInt8(ascii: "#")], [10])]
    case "c": return [(Array("/*".utf8), Array("*/".utf8))]
    case "c++": return [(Array("//".utf8), [10])]
    case "matlab": return [([UInt8(ascii: "%")], [10])]
    case "": return []
    default: return [(words[0], [10])]
    }
  }

  /// Columns of text from an offset on, and where reading ended.
  private static func parsed(
    _ call: Call, _ text: Bytes, from start: Int = 0, isByWords: Bool
  ) throws(RuntimeError) -> (values: [Value], end: Int) {
    var next = 1
    var given: Bytes?
    if call.count > 1, let format = call[1].textBytes, isByWords == false || isFormat(format) {
      given = format
      next = 2
    } else if call.count > 1, !isByWords {
      throw call.error("FORMAT must be a string")
    }
    var returnsOnError = true
    var options = try options(call, from: next, &returnsOnError)
    options.isByWords = isByWords
    let format: ColumnFormat
    if let given, !given.isEmpty {
      guard isByWords || isFormat(given) else { throw call.error("no valid format conversion specifiers") }
      guard let read = ColumnFormat(FormattedPrint.processEscapes(given)) else {
        throw call.error("invalid format specifier")
      }
      format = read
    } else if given == nil {
      format = ColumnFormat(numbers: 1)
    } else {
      // Without conversions, as many columns as outputs, or as the first line has numbers.
      let count = isByWords ? max(1, call.outputs) : columns(text, options, from: start)
      guard count > 0 else { throw call.error("No conversions specified") }
      format = ColumnFormat(numbers: count)
    }
    var reader = ColumnReader(text, options, from: start)
    let values = reader.read(format)
    if let failure = reader.failure, !returnsOnError {
      throw call.error("Read error in field \(failure.field) of row \(failure.row)")
    }
    return (values, reader.position)
  }

  private static func isFormat(_ text: Bytes) -> Bool { text.isEmpty || text.contains(UInt8(ascii: "%")) }

  /// The number of numbers in the first line.
  private static func columns(_ text: Bytes, _ options: ColumnReader.Options, from start: Int) -> Int {
    let first = ColumnReader(text, options, from: start).position
    var end = first
    while end < text.count, !text.matches(options.lineEnd, at: end) { end += 1 }
    var line = options
    line.headerLines = 0
    line.collects = false
    var reader = ColumnReader(Array(text[first..<end]), line)
    return reader.read(ColumnFormat(numbers: 1)).first?.count ?? 0
  }

  private static func textscan(_ call: inout Call) throws(RuntimeError) -> Value {
    if let text = call[0].textBytes { return .rowCell(try parsed(call, text, isByWords: false).values) }
    let file = try OpenFiles.of(call.context).file(try OpenFiles.identifier(call[0], call), call.name)
    let start = min(file.position, file.bytes.count)
    let (values, end) = try parsed(call, file.bytes, from: start, isByWords: false)
    file.position = end
    if file.position >= file.bytes.count { file.metEnd = true }
    return .rowCell(values)
  }

  private static func strread(_ call: inout Call) throws(RuntimeError) -> [Value] {
    try parsed(call, try call.bytes(0, "STR and FORMAT arguments must be strings"), isByWords: true).values
  }

  private static func textread(_ call: inout Call) throws(RuntimeError) -> [Value] {
    let path = try call.string(0, "FILENAME must be a string")
    let text: Bytes
    do { text = try call.context.files.read(path) } catch {
      throw call.error("could not open '\(path)' for reading")
    }
    return try parsed(call, text, isByWords: true).values
  }
}
