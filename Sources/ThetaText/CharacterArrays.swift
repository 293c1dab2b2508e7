import ThetaArrays
import ThetaRuntime

// Making character arrays and cells of strings from values, and trimming and justifying them.

enum CharacterArrays {
  static let table: [Builtin] = [
    Builtin(
      "c = char (x...)",
      """
      Characters from numbers, strings and cells, one string a row.

      >> char ({"one", "three"}, 65)
      ans =

      one
      three
      A

      """, char),
    Builtin(
      "c = strvcat (x...)",
      """
      Strings one below the other, empty ones left out.

      >> strvcat ("one", "", "three")
      ans =

      one
      three

      """, strvcat),
    Builtin(
      "c = cellstr (strmat)",
      """
      The rows of a character matrix as a cell column.

      >> cellstr (["one  "; "three"])
      ans =
      {
        [1,1] = one
        [2,1] = three
      }

      """, cellstr),
    Builtin(
      "tf = ischar (x)",
      """
      True for a character array.

      >> ischar ("abc")
      ans = 1

      """, ischar),
    Builtin(
      "tf = iscellstr (x)",
      """
      True for a cell whose elements are all strings.

      >> iscellstr ({"a", 1})
      ans = 0

      """, iscellstr),
    Builtin(
      "tf = isstring (x)",
      """
      False: Octave has no string arrays.

      >> isstring ("abc")
      ans = 0

      """, isstring),
    Builtin(
      "s = blanks (n)",
      """
      A string of n blanks.

      >> ["a" blanks(3) "b"]
      ans = a   b

      """, blanks),
    Builtin(
      "s = strtrim (s)",
      """
      Without white space and NULs at both ends; cells element by element.

      >> strtrim ("  two words ")
      ans = two words

      """, strtrim),
    Builtin(
      "s = deblank (s)",
      """
      Without white space and NULs at the end; cells element by element.

      >> deblank ("  word  ")
      ans =   word

      """, deblank),
    Builtin(
      "s = strjust (s, pos?)",
      """
      A character matrix justified "left", "right" or "center".

      >> strjust (["a  "; "bb "], "right")
      ans =

        a
       bb

      """, strjust),
    Builtin(
      "s = cstrcat (s...)",
      """
      Strings joined as they are.

      >> cstrcat ("a ", "b")
      ans = a b

      """, cstrcat),
    Builtin(
      "s = strcat (s...)",
      """
      Strings joined, blanks at the end of char arguments removed.

      >> strcat ({"a "}, "b")
      ans =
      {
        [1,1] = a b
      }

      """, strcat),
    Builtin(
      "s = untabify (t, tw?, deblank?)",
      """
      Tabs replaced by blanks up to columns of 8 or tw.

      >> untabify ("\\ta", 4)
      ans =     a

      """, untabify),
    Builtin(
      "s = substr (s, offset, len?)",
      """
      Characters from an offset on.

      >> substr ("hello", 2, 3)
      ans = ell

      """, substr),
  ]

  /// The rows that a value contributes to a character matrix.
  private static func rows(_ value: Value, _ function: String) throws(RuntimeError) -> [Bytes] {
    switch value {
    case .text(let array, _):
      if array.shape.isEmpty { return [[]] }
      return value.textRows ?? []
    case .cell(let cells):
      if cells.count == 0 { return [[]] }
      var result: [Bytes] = []
      for cell in cells {
        // A cell of one number is that number.
        let isNumber = cells.count == 1 && cell.isNumeric
        result += try rows(isNumber ? toText(cell) : cell, function)
      }
      return result
    default:
      guard value.numericClass != nil, !value.isComplex else {
        throw RuntimeError("\(function): unable to convert some args to strings")
      }
      guard value.realArray?.containsNaN != true else {
        throw RuntimeError("\(function): unable to convert some args to strings")
      }
      let text = try toText(value)
      if text.isEmpty { return [[]] }
      return text.textRows ?? []
    }
  }

  /// Numbers as characters of the same shape.
  static func toText(_ value: Value) throws(RuntimeError) -> Value {
    if value.isText { return value }
    guard let numbers = value.realArray else {
      throw RuntimeError(
        "octave_base_value::convert_to_str_internal (): wrong type argument '\(value.typeName)'")
    }
    if numbers.containsNaN { throw RuntimeError("invalid conversion from NaN to character") }
    return .text(
      numbers.map { (x: Double) -> UInt8 in UInt8(exactly: x.rounded()) ?? 0 }, .single)
  }

  private static func char(_ call: inout Call) throws(RuntimeError) -> Value {
    if call.count == 0 { return .text(NDArray(zeros: .empty), .single) }
    if call.count == 1, !call[0].isCell {
      let value = call[0]
      if value.numericClass != .char, let numbers = value.realArray,
        !numbers.containsNaN, numbers.contains(where: { !($0 >= 0 && $0 <= 255) })
      {
        try call.context.warn("range error for conversion to character value")
      }
      return try toText(value)
    }
    if call.count == 1, call[0].isEmpty { return .string("") }
    var lines: [Bytes] = []
    for value in call.arguments { lines += try rows(value, "char") }
    if lines.isEmpty { return .string("") }
    return .characterMatrix(lines)
  }

  private static func strvcat(_ call: inout Call) throws(RuntimeError) -> Value {
    if call.count == 0 { return .string("") }
    var lines: [Bytes] = []
    for value in call.arguments {
      if value.isCell {
        for element in value.cellElements ?? [] where !element.isEmpty {
          lines += try rows(element, "strvcat")
        }
      } else if !value.isEmpty {
        lines += try rows(value, "strvcat")
      }
    }
    return .characterMatrix(lines)
  }

  private static func cellstr(_ call: inout Call) throws(RuntimeError) -> Value {
    switch call[0] {
    case .cell where call[0].isCellOfStrings: return call[0]
    case .text(let array, _):
      guard array.shape.is2D else {
        throw call.error("argument STRING must be a 2-D character array")
      }
      if array.shape.rows == 0 { return .columnCell([.string("")]) }
      let lines = call[0].textRows ?? []
      return .columnCell(
        lines.map { line in
          let last = line.lastIndex { $0 != 32 && $0 != 0 }
          return .bytes(last.map { Array(line[...$0]) } ?? [])
        })
    default:
      if call[0].isEmpty { return .columnCell([.string("")]) }
      if case .cell(let cells) = call[0] {
        return .cell(cells.shape, cells.map { $0.isText ? $0 : ((try? toText($0)) ?? .string("")) })
      }
      guard let text = try? toText(call[0]), call[0].firstReal?.isNaN != true else {
        throw call.error("argument STRING must be a 2-D character array")
      }
      return .columnCell((text.textRows ?? []).map { .bytes($0) })
    }
  }

  private static func ischar(_ call: inout Call) throws(RuntimeError) -> Value { .logical(call[0].isText) }
  private static func iscellstr(_ call: inout Call) throws(RuntimeError) -> Value {
    .logical(call[0].isCellOfStrings)
  }
  private static func isstring(_ call: inout Call) throws(RuntimeError) -> Value { .logical(false) }

  private static func blanks(_ call: inout Call) throws(RuntimeError) -> Value {
    guard call[0].count == 1, let x = call[0].firstReal, let n = Int(exactly: x), n >= 0 else {
      throw call.error("N must be a non-negative integer")
    }
    try Call.check(Shape(1, n), elementSize: 1)
    return .text(NDArray(Shape(n == 0 ? 0 : 1, n), repeating: 32), .single)
  }

  /// The columns of a character matrix from `first` up to `last`, chosen by what every row has.
  private static func trimColumns(_ array: NDArray<UInt8>, left: Bool) -> Value {
    let shape = array.shape
    var first = 0
    var last = shape.columns - 1
    // strtrim keeps NULs, deblank does not.
    func isBlank(_ column: Int) -> Bool {
      (0..<shape.rows).allSatisfy { left ? array[$0, column].isSpaceByte : array[$0, column].isBlankByte }
    }
    while last >= 0, isBlank(last) { last -= 1 }
    if left { while first <= last, isBlank(first) { first += 1 } }
    if last < first { return .string("") }
    var result: Bytes = []
    for column in first...last { for row in 0..<shape.rows { result.append(array[row, column]) } }
    return .text(NDArray(Shape(shape.rows, last - first + 1), result), .single)
  }

  private static func trim(
    _ value: Value, _ function: String, left: Bool
  ) throws(RuntimeError) -> Value {
    switch value {
    case .text(let array, _):
      return array.shape.isEmpty && !left ? value : trimColumns(array, left: left)
    case .cell(let cells):
      var result: [Value] = []
      for cell in cells { result.append(try trim(cell, function, left: left)) }
      return .cell(cells.shape, result)
    default:
      if !left, value.isEmpty, value.isNumeric { return value }
      throw RuntimeError("\(function): S argument must be a string or cellstring")
    }
  }

  private static func strtrim(_ call: inout Call) throws(RuntimeError) -> Value {
    try trim(call[0], "strtrim", left: true)
  }

  private static func deblank(_ call: inout Call) throws(RuntimeError) -> Value {
    try trim(call[0], "deblank", left: false)
  }

  private static func strjust(_ call: inout Call) throws(RuntimeError) -> Value {
    guard case .text(let array, _) = call[0], array.shape.is2D else {
      throw call.error("S must be a string or 2-D character matrix")
    }
    if array.shape.isEmpty { return call[0] }
    let position = call.count > 1 ? try call.bytes(1).first?.lowered : UInt8(ascii: "r")
    let width = array.shape.columns
    let lines = (call[0].textRows ?? []).map { line -> Bytes in
      let leading = line.prefix { $0.isBlankByte }.count
      let trailing = line.reversed().prefix { $0.isBlankByte }.count
      if leading == width { return line }
      let body = Array(line[leading..<(width - trailing)])
      let room = width - body.count
      let before: Int
      switch position {
      case UInt8(ascii: "l"): before = 0
      case UInt8(ascii: "c"): before = room / 2
      default: before = room
      }
      return Bytes(repeating: 32, count: before) + body + Bytes(repeating: 32, count: room - before)
    }
    return .characterMatrix(lines)
  }

  private static func cstrcat(_ call: inout Call) throws(RuntimeError) -> Value {
    var parts: [Value] = []
    for value in call.arguments {
      guard value.isText else { throw call.error("arguments must be character strings") }
      parts.append(value)
    }
    if parts.isEmpty { return .string("") }
    return try Concatenation.matrix([parts])
  }

  private static func strcat(_ call: inout Call) throws(RuntimeError) -> Value {
    if call.count == 0 { return .string("") }
    if call.count == 1, call[0].isCell { return call[0] }
    let hasCell = call.arguments.contains { $0.isCell }
    if hasCell { return try strcatCells(&call) }
    var parts: [Value] = []
    var height = 1
    for value in call.arguments {
      guard value.isText || value.numericClass != nil else {
        throw call.error("inputs must be strings or cells of strings")
      }
      if let numbers = value.realArray, numbers.contains(where: { $0.isNaN }) {
        throw RuntimeError("invalid conversion from NaN to character")
      }
      let text = try toText(value)
      height = max(height, text.shape.rows)
      parts.append(text)
    }
    var lines = [Bytes](repeating: [], count: height)
    for part in parts {
      let rows = part.textRows ?? []
      if rows.isEmpty { continue }
      guard rows.count == 1 || rows.count == height else {
        throw call.error("arguments must be the same size, or be scalars")
      }
      let trimmed = rows.map(withoutBlanks)
      for i in 0..<height { lines[i] += trimmed[rows.count == 1 ? 0 : i] }
    }
    return height == 1 ? .rowText(lines[0]) : .characterMatrix(lines)
  }

  /// Without the blanks at the end, which `strcat` takes from text that stands in no cell; other white space stays.
  private static func withoutBlanks(_ text: Bytes) -> Bytes {
    Array(text.prefix((text.lastIndex { $0 != 32 } ?? -1) + 1))
  }

  private static func strcatCells(_ call: inout Call) throws(RuntimeError) -> Value {
    var shape = Shape.scalar
    for value in call.arguments where value.isCell && !value.shape.isScalar {
      if shape.isScalar {
        shape = value.shape
      } else if shape != value.shape {
        throw call.error("arguments must be the same size, or be scalars")
      }
    }
    var results = [Bytes](repeating: [], count: shape.count)
    for value in call.arguments {
      if case .cell(let cells) = value {
        for i in 0..<results.count {
          guard let bytes = try characters(cells[cells.shape.isScalar ? 0 : i]) else {
            throw call.error("inputs must be strings or cells of strings")
          }
          results[i] += bytes
        }
      } else {
        guard let bytes = try characters(value) else {
          throw call.error("inputs must be strings or cells of strings")
        }
        for i in 0..<results.count { results[i] += withoutBlanks(bytes) }
      }
    }
    return .cell(shape, results.map { .bytes($0) })
  }

  /// Text, or numbers as characters.
  private static func characters(_ value: Value) throws(RuntimeError) -> Bytes? {
    value.isText || value.numericClass != nil ? try toText(value).textBytes : nil
  }

  private static func untabify(_ call: inout Call) throws(RuntimeError) -> Value {
    let width = max(1, try call.integer(1, default: 8))
    guard width <= 1 << 16 else { throw call.error("TW is too large") }
    let trims = call.count > 2 ? try call.flag(2) : false
    func expand(_ line: Bytes) -> Bytes {
      var result: Bytes = []
      for byte in line {
        if byte == 9 {
          result += Bytes(repeating: 32, count: width - result.count % width)
        } else {
          result.append(byte)
        }
      }
      return trims ? result.deblanked : result
    }
    if case .cell(let cells) = call[0] {
      return .cell(cells.shape, cells.map { .bytes(expand($0.textBytes ?? [])) })
    }
    guard let lines = call[0].textRows else { throw call.error("T must be a string or cellstring") }
    return .characterMatrix(lines.map(expand))
  }

  private static func substr(_ call: inout Call) throws(RuntimeError) -> Value {
    if call[0].isText, let rows = call[0].textRows, rows.count > 1 {
      // Of a character matrix every row is cut.
      let width = rows[0].count
      let offset = try call.integer(1)
      guard offset >= 1, offset <= width else { throw call.error("OFFSET = \(offset) out of range") }
      let length = call.count > 2 ? try call.integer(2) : width - offset + 1
      guard length >= 0, length <= width - offset + 1 else {
        throw call.error("length LEN = \(length) out of range")
      }
      return .characterMatrix(rows.map { Array($0[(offset - 1)..<(offset - 1 + length)]) })
    }
    let text = try call.bytes(0, "S must be a string or string array")
    let offset = try call.integer(1)
    guard offset >= 1, offset <= text.count else { throw call.error("OFFSET = \(offset) out of range") }
    let length = call.count > 2 ? try call.integer(2) : text.count - offset + 1
    guard offset >= 1, length >= 0, offset - 1 <= text.count, length <= text.count - offset + 1 else {
      throw call.error("OFFSET and LEN must be within the bounds of the string")
    }
    return .bytes(Array(text[(offset - 1)..<(offset - 1 + length)]))
  }
}
