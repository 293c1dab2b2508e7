import ThetaArrays
import ThetaDisplay
import ThetaRuntime

/// Reads rows of fields by a `ColumnFormat`: the engine of `textscan`, `strread` and `textread`. A field ends at a delimiter or at
/// the end of a line; an empty one is `emptyValue`. Reading stops where the text does not fit.
struct ColumnReader {
  struct Options {
    var delimiters: [Bytes] = []
    var whitespace: Set<UInt8> = [32, 8, 9]
    var joinsDelimiters = false
    var emptyValue = Double.nan
    var emptyWords: [Bytes] = []
    var comments: [(start: Bytes, end: Bytes)] = []
    var lineEnd: Bytes = [10]
    var headerLines = 0
    var collects = false
    var rows = Int.max
    /// As `strread` reads: empty lines mean nothing, and what is no number is NaN. Otherwise, as for `textscan`, the end
    /// of a line divides fields as a delimiter does, and reading stops at what is no number.
    var isByWords = false
  }

  private struct Column {
    let conversion: ColumnFormat.Conversion
    var numbers: [ComplexDouble] = []
    var texts: [Bytes] = []
  }

  private let text: Bytes
  private let options: Options
  private(set) var position: Int
  /// The row and the field, counted from one, whose text did not fit.
  private(set) var failure: (row: Int, field: Int)?
  private var columns: [Column] = []

  /// Reads from an offset of the text on.
  init(_ text: Bytes, _ options: Options, from start: Int = 0) {
    self.text = text
    self.options = options
    position = start
    for _ in 0..<options.headerLines { skipLine() }
  }

  private mutating func skipLine() {
    while position < text.count, lineEnd == 0 { position += 1 }
    position += lineEnd
  }

  /// How many bytes the end of a line takes here, 0 when there is none.
  private var lineEnd: Int {
    if text.matches(options.lineEnd, at: position) { return options.lineEnd.count }
    guard options.lineEnd == [10] else { return 0 }
    return text.matches([13, 10], at: position) ? 2 : 0
  }

  private func delimiter(at place: Int) -> Int {
    for word in options.delimiters where !word.isEmpty && text.matches(word, at: place) { return word.count }
    return 0
  }

  private mutating func skipComment() -> Bool {
    for (start, end) in options.comments where text.matches(start, at: position) {
      position += start.count
      while position < text.count, !text.matches(end, at: position) { position += 1 }
      // For words the end of the line stays: it ends one.
      if end != [10] || !options.isByWords { position = min(text.count, position + end.count) }
      return true
    }
    return false
  }

  private mutating func skipBlanks(lines: Bool) {
    while position < text.count {
      if skipComment() { continue }
      let end = lineEnd
      if end > 0 {
        guard lines else { return }
        position += end
      } else if options.whitespace.contains(text[position]) || text[position] == 13,
        text[position] == 32 || delimiter(at: position) == 0
      {
        position += 1
      } else {
        return
      }
    }
  }

  /// Reads all rows and gives a value for each column that is kept.
  mutating func read(_ format: ColumnFormat) -> [Value] {
    for case .conversion(let conversion) in format.items where !conversion.isSkipped {
      columns.append(Column(conversion: conversion))
    }
    var row = 0
    rows: while row < options.rows {
      skipBlanks(lines: options.isByWords)
      if position >= text.count { break }
      let start = position
      var column = 0
      for (i, item) in format.items.enumerated() {
        switch item {
        case .literal(let bytes):
          skipBlanks(lines: i == 0)
          guard text.matches(bytes, at: position) else { break rows }
          position += bytes.count
        case .conversion(let conversion):
          skipBlanks(
            lines: options.isByWords && options.delimiters.isEmpty && conversion.kind != UInt8(ascii: "["))
          if i > 0, position >= text.count, !endsWithSeparator, !conversion.isSkipped { break rows }
          let isLast = i + 1 == format.items.count
          var nextIsLiteral = false
          if !isLast, case .literal = format.items[i + 1] { nextIsLiteral = true }
          guard field(conversion, column, isWord: options.isByWords && !nextIsLiteral) else {
            failure = (row + 1, i + 1)
            break rows
          }
          if !conversion.isSkipped { column += 1 }
          if !nextIsLiteral { separate() }
        }
      }
      row += 1
      if position == start { break }
    }
    return options.collects ? collected() : columns.map(value)
  }

  /// Whether what stands before the position divides fields: one is to follow, though it may be empty.
  private var endsWithSeparator: Bool {
    if !options.isByWords, text.matches(options.lineEnd, at: position - options.lineEnd.count) { return true }
    return options.delimiters.contains { !$0.isEmpty && text.matches($0, at: position - $0.count) }
  }

  /// Skips what stands between two fields: a delimiter, or the end of a line.
  private mutating func separate() {
    skipBlanks(lines: false)
    var length = delimiter(at: position)
    if length > 0 {
      position += length
      while options.joinsDelimiters, position < text.count {
        skipBlanks(lines: false)
        length = delimiter(at: position)
        if length == 0 { break }
        position += length
      }
    } else {
      position += lineEnd
    }
    if options.joinsDelimiters, !options.isByWords { skipBlanks(lines: true) }
  }

  // MARK: Fields

  private mutating func field(
    _ conversion: ColumnFormat.Conversion, _ column: Int, isWord: Bool
  ) -> Bool {
    if conversion.isText {
      guard let bytes = string(conversion) else { return false }
      if !conversion.isSkipped { columns[column].texts.append(bytes) }
      return true
    }
    let start = position
    var number = number(conversion)
    if isWord, number == nil || !isEndOfWord {
      // A word that is no number, from its beginning on.
      position = start
      while !isEndOfWord { position += 1 }
      number = position > start ? ComplexDouble(.nan) : nil
    }
    guard let number else { return false }
    if !conversion.isSkipped { columns[column].numbers.append(number) }
    return true
  }

  /// True where a field has no characters.
  private var isEmptyField: Bool {
    position >= text.count || delimiter(at: position) > 0 || lineEnd > 0
  }

  private var isEndOfWord: Bool { isEmptyField || options.whitespace.contains(text[position]) }

  private mutating func string(_ conversion: ColumnFormat.Conversion) -> Bytes? {
    let limit = conversion.width > 0 ? min(text.count, position + conversion.width) : text.count
    let start = position
    switch conversion.kind {
    case UInt8(ascii: "c"):
      let count = max(1, conversion.width)
      guard position < text.count else { return nil }
      position = min(text.count, position + count)
    case UInt8(ascii: "["):
      while position < limit, conversion.set.contains(text[position]) { position += 1 }
      if position == start, !conversion.isSkipped { return nil }
    case UInt8(ascii: "q") where position < text.count && text[position] == UInt8(ascii: "\""):
      position += 1
      var bytes: Bytes = []
      while position < text.count {
        if text[position] == UInt8(ascii: "\"") {
          position += 1
          guard position < text.count, text[position] == UInt8(ascii: "\"") else { return bytes }
        }
        bytes.append(text[position])
        position += 1
      }
      return bytes
    default:
      while position < limit, !isEmptyField {
        if options.delimiters.isEmpty,
          options.whitespace.contains(text[position]) || text[position].isSpaceByte
        {
          break
        }
        position += 1
      }
    }
    return Array(text[start..<position])
  }

  private mutating func number(_ conversion: ColumnFormat.Conversion) -> ComplexDouble? {
    if isEmptyField { return ComplexDouble(options.emptyValue, 0) }
    for word in options.emptyWords where text.matches(word, at: position) {
      let kept = position
      position += word.count
      if isEndOfWord {
        return ComplexDouble(options.emptyValue, 0)
      }
      position = kept
    }
    let limit = conversion.width > 0 ? min(text.count, position + conversion.width) : text.count
    var window = Array(text[position..<min(limit, position + 400)])
    if let digits = conversion.digits, let point = window.firstIndex(of: UInt8(ascii: ".")) {
      window = Array(window.prefix(point + 1 + digits))
    }
    // Fortran's exponents
    for k in window.indices.dropFirst() where window[k] | 32 == UInt8(ascii: "d") && window[k - 1].isDigitByte
    {
      window[k] = UInt8(ascii: "e")
    }
    var i = 0
    guard let first = ColumnReader.signed(window, &i) else { return nil }
    var result = ComplexDouble(first, 0)
    func isUnit(_ k: Int) -> Bool {
      k < window.count && (window[k] == UInt8(ascii: "i") || window[k] == UInt8(ascii: "j"))
    }
    if isUnit(i) {
      result = ComplexDouble(0, first)
      i += 1
    } else if i < window.count, window[i] == UInt8(ascii: "+") || window[i] == UInt8(ascii: "-") {
      var j = i
      if let second = ColumnReader.signed(window, &j), isUnit(j) {
        result = ComplexDouble(first, second)
        i = j + 1
      }
    }
    position += i
    return result
  }

  private static func signed(_ window: Bytes, _ i: inout Int) -> Double? {
    var k = i
    var isNegative = false
    if k < window.count, window[k] == UInt8(ascii: "-") || window[k] == UInt8(ascii: "+") {
      isNegative = window[k] == UInt8(ascii: "-")
      k += 1
    }
    var value = TextToNumbers.number(window, &k)
    if value == nil {
      let words: [(Bytes, Double)] = [
        (Bytes(ascii: "Inf"), .infinity), (Bytes(ascii: "inf"), .infinity), (Bytes(ascii: "NaN"), .nan),
        (Bytes(ascii: "nan"), .nan), (Bytes(ascii: "NA"), NumeralText.missing),
      ]
      if let (word, special) = words.first(where: { window.matches($0.0, at: k) }) {
        value = special
        k += word.count
      }
    }
    guard let value else { return nil }
    i = k
    return isNegative ? -value : value
  }

  // MARK: Results

  private func value(_ column: Column) -> Value {
    let conversion = column.conversion
    if conversion.isText { return .columnCell(column.texts.map { .bytes($0) }) }
    let array = NDArray(Shape(column.numbers.count, 1), column.numbers)
    if conversion.kind == UInt8(ascii: "f") {
      if conversion.bits == 32 { return .make(array.map { Float($0.real) }) }
      return .make(array)
    }
    // strread knows no unsigned class.
    let isUnsigned = conversion.kind == UInt8(ascii: "u") && !options.isByWords
    let kind = (isUnsigned ? "uint" : "int") + String(conversion.bits)
    return BinaryFiles.converted(array.map { $0.real }, kind)
  }

  /// Neighbouring columns of one class as one matrix, short ones filled up.
  private func collected() -> [Value] {
    let most = columns.map { max($0.numbers.count, $0.texts.count) }.max() ?? 0
    var groups: [(kind: String, values: [Value])] = []
    for column in columns {
      var filled = column
      if column.conversion.isText {
        filled.texts += Array(repeating: [], count: most - column.texts.count)
      } else {
        filled.numbers += Array(
          repeating: ComplexDouble(options.emptyValue, 0), count: most - column.numbers.count)
      }
      let value = value(filled)
      if let last = groups.indices.last, groups[last].kind == value.className {
        groups[last].values.append(value)
      } else {
        groups.append((value.className, [value]))
      }
    }
    return groups.map { group in
      (try? Concatenation.along(1, group.values, function: "horzcat")) ?? group.values[0]
    }
  }
}
