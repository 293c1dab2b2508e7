import ThetaArrays
import ThetaDisplay
import ThetaRuntime

// Classes of characters, case, and escapes.

enum Characters {
  static let table: [Builtin] = [
    Builtin(
      "y = toupper (s)",
      """
      Letters in upper case; numbers stay, cells go element by element.

      >> toupper ("theta 1")
      ans = THETA 1

      """, toupper),
    Builtin(
      "y = upper (s)",
      """
      Letters in upper case; the same as toupper.

      >> upper ({"a", "b"}){2}
      ans = B

      """, toupper),
    Builtin(
      "y = tolower (s)",
      """
      Letters in lower case; numbers stay, cells go element by element.

      >> tolower ("THETA")
      ans = theta

      """, tolower),
    Builtin(
      "y = lower (s)",
      """
      Letters in lower case; the same as tolower.

      >> lower ("THETA")
      ans = theta

      """, tolower),
    Builtin(
      "y = do_string_escapes (string)",
      """
      The string with backslash escapes replaced.

      >> double (do_string_escapes ('a\\n'))
      ans =

         97   10

      """, doEscapes),
    Builtin(
      "y = undo_string_escapes (string)",
      """
      The string with special characters escaped.

      >> undo_string_escapes ("a\\nb")
      ans = a\\nb

      """, undoEscapes),
  ]

  /// Which characters are of a class.
  static let classes: [Builtin] = [
    predicate(
      "tf = isalpha (s)",
      """
      True where a character is a letter; cell by cell for cells.

      >> isalpha ("a1b")
      ans =

        1  0  1

      """
    ) { $0.isAlphaByte },
    predicate(
      "tf = isletter (s)",
      """
      True where a character is a letter; the same as isalpha.

      >> isletter ("a1b")
      ans =

        1  0  1

      """
    ) { $0.isAlphaByte },
    predicate(
      "tf = isdigit (s)",
      """
      True where a character is a decimal digit.

      >> isdigit ("a1b")
      ans =

        0  1  0

      """
    ) { $0.isDigitByte },
    predicate(
      "tf = isalnum (s)",
      """
      True where a character is a letter or a digit.

      >> isalnum ("a-1")
      ans =

        1  0  1

      """
    ) { $0.isAlnumByte },
    predicate(
      "tf = isupper (s)",
      """
      True where a character is an upper case letter.

      >> isupper ("aB")
      ans =

        0  1

      """
    ) { $0.isUpperByte },
    predicate(
      "tf = islower (s)",
      """
      True where a character is a lower case letter.

      >> islower ("aB")
      ans =

        1  0

      """
    ) { $0.isLowerByte },
    predicate(
      "tf = isspace (s)",
      """
      True where a character is white space.

      >> isspace ("a b")
      ans =

        0  1  0

      """
    ) { $0.isSpaceByte },
    predicate(
      "tf = ispunct (s)",
      """
      True where a character is punctuation.

      >> ispunct ("a!")
      ans =

        0  1

      """
    ) { $0.isPunctByte },
    predicate(
      "tf = iscntrl (s)",
      """
      True where a character is a control character.

      >> iscntrl ("a\\n")
      ans =

        0  1

      """
    ) { $0.isControlByte },
    predicate(
      "tf = isxdigit (s)",
      """
      True where a character is a hexadecimal digit.

      >> isxdigit ("fg")
      ans =

        1  0

      """
    ) { $0.isHexByte },
    predicate(
      "tf = isgraph (s)",
      """
      True where a character is printable and no space.

      >> isgraph ("a b")
      ans =

        1  0  1

      """
    ) { $0 > 32 && $0 < 127 },
    predicate(
      "tf = isprint (s)",
      """
      True where a character is printable.

      >> isprint ("a\\n")
      ans =

        1  0

      """
    ) { $0 >= 32 && $0 < 127 },
    predicate(
      "tf = isascii (s)",
      """
      True where a character is an ASCII character.

      >> isascii ("ab")
      ans =

        1  1

      """
    ) { $0 < 128 },
  ]

  private static func predicate(
    _ usage: StaticString, _ documentation: StaticString, _ holds: @escaping @Sendable (UInt8) -> Bool
  ) -> Builtin {
    Builtin(usage, documentation) { (call) throws(RuntimeError) in try test(call[0], call.name, holds) }
  }

  private static func test(
    _ value: Value, _ name: String, _ predicate: (UInt8) -> Bool
  ) throws(RuntimeError) -> Value {
    switch value {
    case .text(let array, _): return .make(array.map { predicate($0) })
    case .cell(let cells):
      var result: [Value] = []
      for cell in cells { result.append(try test(cell, name, predicate)) }
      return .cell(cells.shape, result)
    default:
      guard let numbers = value.realArray else {
        throw RuntimeError("\(name): not defined for \(value.typeName)")
      }
      if numbers.contains(where: { $0.isNaN }) {
        throw RuntimeError("invalid conversion from NaN to character")
      }
      return .make(numbers.map { x in UInt8(exactly: x.rounded(.down)).map(predicate) ?? false })
    }
  }

  private static func mapCase(
    _ value: Value, _ name: String, _ transform: (UInt8) -> UInt8,
    _ mapping: (Unicode.Scalar.Properties) -> String
  ) throws(RuntimeError) -> Value {
    switch value {
    case .text(let array, let quotes):
      if array.shape.is2D, array.containsElement(where: { $0 > 127 }) {
        let rows = (value.textRows ?? []).map { beyondASCII($0, mapping) ?? $0.map(transform) }
        return rows.count == 1 ? .bytes(rows[0], quotes) : .characterMatrix(rows)
      }
      return .text(array.map { transform($0) }, quotes)
    case .cell(let cells):
      return try cells.mapValues { cell throws(RuntimeError) in
        try mapCase(cell, name, transform, mapping)
      }
    case .structure, .function, .object, .undefined:
      throw RuntimeError("\(name): not defined for \(value.typeName)")
    default: return value
    }
  }

  private static func toupper(_ call: inout Call) throws(RuntimeError) -> Value {
    try mapCase(call[0], "toupper", \.uppered, \.uppercaseMapping)
  }

  private static func tolower(_ call: inout Call) throws(RuntimeError) -> Value {
    try mapCase(call[0], "tolower", \.lowered, \.lowercaseMapping)
  }

  /// UTF-8 with its letters mapped; nil when it is none, or when its length would change, as a character array's must not.
  private static func beyondASCII(
    _ text: Bytes, _ mapping: (Unicode.Scalar.Properties) -> String
  ) -> Bytes? {
    guard let string = String(validating: text, as: UTF8.self) else { return nil }
    let mapped = string.unicodeScalars.flatMap { Array(mapping($0.properties).utf8) }
    return mapped.count == text.count ? mapped : nil
  }

  private static func doEscapes(_ call: inout Call) throws(RuntimeError) -> Value {
    .bytes(FormattedPrint.processEscapes(try call.firstRow(0, "STRING argument must be of type string")))
  }

  private static func undoEscapes(_ call: inout Call) throws(RuntimeError) -> Value {
    .bytes(FormattedPrint.undoEscapes(try call.firstRow(0, "S argument must be a string")))
  }
}
