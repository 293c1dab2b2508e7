import ThetaArrays
import ThetaRuntime

// sscanf, fscanf, textscan, strread.

enum Scanning {
  static let table: [Builtin] = [
    Builtin(
      "[val, count, errmsg, pos] = sscanf (string, template, size?)\n[v1, v2, ...] = sscanf (string, template, \"C\")",
      "Values read from text by a template.", multiple: sscanf),
    Builtin(
      "[val, count, errmsg] = fscanf (fid, template, size?)\n[v1, v2, ...] = fscanf (fid, template, \"C\")",
      "Values read from a file by a template.", multiple: fscanf),
    Builtin(
      "C = textscan (fid_or_text, format?, options...)", "Columns read from text, a cell of them.", textscan),
    Builtin("[a, ...] = strread (str, format?, options...)", "Columns read from text.", multiple: strread),
    Builtin(
      "[a, ...] = textread (file, format?, options...)", "Columns read from a file.", multiple: textread),
  ]

  private struct Outcome {
    var pieces: [Scanner.Piece] = []
    var count = 0
    var message = ""
    var position = 0
  }

  /// Runs a template over text again and again, up to a number of values.
  private static func scan(_ template: Bytes, _ text: Bytes, limit: Int, once: Bool) -> Outcome {
    var scanner = Scanner(template, text)
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

  private static func isTextOnly(_ template: Bytes) -> Bool {
    let items = Scanner(template, []).items.filter(\.takesData)
    return !items.isEmpty
      && items.allSatisfy {
        guard case .conversion(let kind, _, _, _) = $0 else { return false }
        return kind == UInt8(ascii: "s") || kind == UInt8(ascii: "c") || kind == UInt8(ascii: "[")
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
      let rows = Int(exactly: size[0]) ?? list.count
      var columns = rows > 0 ? (list.count + rows - 1) / rows : 0
      if !isText, let wanted = Int(exactly: size[1]) { columns = min(columns, max(0, wanted)) }
      let total = rows * columns
      while list.count < total { list.append(0) }
      list = Array(list.prefix(total))
      shape = Shape(rows, columns)
    } else if isText {
      shape = Shape(1, list.count)
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
    let product = size.reduce(1, *)
    return product.isFinite ? Int(exactly: product) ?? .max : .max
  }

  private static func run(
    _ call: Call, _ text: Bytes, _ advance: (Int) -> Void
  ) throws(RuntimeError) -> [Value] {
    guard let raw = call[1].textBytes else { throw call.error("format TEMPLATE must be a string") }
    var template = raw
    if case .text(_, .single) = call[1] { template = FormattedPrint.processEscapes(raw) }
    if call.count > 2, call[2].isText {
      guard call.isOption(2, "C") else { throw call.error("invalid SIZE specification") }
      let outcome = scan(template, text, limit: .max, once: true)
      advance(outcome.position)
      let wanted = Scanner(template, []).items.filter(\.takesData).count
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
    let size: NDArray<Double>? = call.count > 2 && !call[2].isEmpty ? try call.array(2) : nil
    if let size {
      if size.count > 2 { throw call.error("invalid size specification (must be 2-D)") }
      for (i, n) in size.enumerated() {
        if n < 0 { throw call.error("negative value invalid as size specification") }
        if n.isNaN { throw call.error("NaN invalid as size specification") }
        if i == 0, size.count > 1, !n.isFinite {
          throw call.error("infinite value invalid as size specification")
        }
      }
    }
    let outcome = scan(template, text, limit: limit(size), once: false)
    advance(outcome.position)
    return [
      shaped(values(outcome), size, isText: isTextOnly(template)), .integer(outcome.count),
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
    return try run(call, Array(file.bytes[start...])) { used in
      file.position = start + used
      if file.position >= file.bytes.count { file.metEnd = true }
    }
  }

  // MARK: Columns

  private static func options(_ call: Call, from start: Int) throws(RuntimeError) -> ColumnReader.Options {
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
      case "returnonerror", "bufsize", "expchars", "dateLocale": break
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

  /// Columns of text, and how much of it was read.
  private static func parsed(_ call: Call, _ text: Bytes) throws(RuntimeError) -> (values: [Value], used: Int)
  {
    var format = ColumnFormat.plain
    var next = 1
    if call.count > 1, let given = call[1].textBytes, given.contains(UInt8(ascii: "%")) || given.isEmpty {
      if !given.isEmpty { format = ColumnFormat(FormattedPrint.processEscapes(given)) }
      next = 2
    }
    guard let format else { throw call.error("invalid format specifier") }
    var reader = ColumnReader(text, try options(call, from: next))
    let values = reader.read(format)
    return (values, reader.position)
  }

  private static func textscan(_ call: inout Call) throws(RuntimeError) -> Value {
    if let text = call[0].textBytes { return .rowCell(try parsed(call, text).values) }
    let file = try OpenFiles.of(call.context).file(try OpenFiles.identifier(call[0], call), call.name)
    let start = min(file.position, file.bytes.count)
    let (values, used) = try parsed(call, Array(file.bytes[start...]))
    file.position = start + used
    if file.position >= file.bytes.count { file.metEnd = true }
    return .rowCell(values)
  }

  private static func strread(_ call: inout Call) throws(RuntimeError) -> [Value] {
    try parsed(call, try call.bytes(0, "STR must be a string")).values
  }

  private static func textread(_ call: inout Call) throws(RuntimeError) -> [Value] {
    let path = try call.string(0, "FILENAME must be a string")
    let text: Bytes
    do { text = try call.context.files.read(path) } catch {
      throw call.error("could not open '\(path)' for reading")
    }
    return try parsed(call, text).values
  }
}
