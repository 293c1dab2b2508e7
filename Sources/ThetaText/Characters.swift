import ThetaArrays
import ThetaRuntime

// Classes of characters, case, and escapes.

enum Characters {
  static let table: [Builtin] = [
    Builtin("tf = isalpha (s)", "True where a character is a letter; cell by cell for cells.", isalpha),
    Builtin("tf = isletter (s)", "True where a character is a letter; the same as isalpha.", isalpha),
    Builtin("tf = isdigit (s)", "True where a character is a decimal digit.", isdigit),
    Builtin("tf = isalnum (s)", "True where a character is a letter or a digit.", isalnum),
    Builtin("tf = isupper (s)", "True where a character is an upper case letter.", isupper),
    Builtin("tf = islower (s)", "True where a character is a lower case letter.", islower),
    Builtin("tf = isspace (s)", "True where a character is white space.", isspace),
    Builtin("tf = ispunct (s)", "True where a character is punctuation.", ispunct),
    Builtin("tf = iscntrl (s)", "True where a character is a control character.", iscntrl),
    Builtin("tf = isxdigit (s)", "True where a character is a hexadecimal digit.", isxdigit),
    Builtin("tf = isgraph (s)", "True where a character is printable and no space.", isgraph),
    Builtin("tf = isprint (s)", "True where a character is printable.", isprint),
    Builtin("tf = isascii (s)", "True where a character is an ASCII character.", isascii),
    Builtin("y = toupper (s)", "Letters in upper case; numbers stay, cells go element by element.", toupper),
    Builtin("y = upper (s)", "Letters in upper case; the same as toupper.", toupper),
    Builtin("y = tolower (s)", "Letters in lower case; numbers stay, cells go element by element.", tolower),
    Builtin("y = lower (s)", "Letters in lower case; the same as tolower.", tolower),
    Builtin("y = do_string_escapes (string)", "The string with backslash escapes replaced.", doEscapes),
    Builtin("y = undo_string_escapes (string)", "The string with special characters escaped.", undoEscapes),
  ]

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
      return .make(numbers.map { x in UInt8(exactly: x).map(predicate) ?? false })
    }
  }

  private static func isalpha(_ call: inout Call) throws(RuntimeError) -> Value {
    try test(call[0], call.name, \.isAlphaByte)
  }
  private static func isdigit(_ call: inout Call) throws(RuntimeError) -> Value {
    try test(call[0], call.name, \.isDigitByte)
  }
  private static func isalnum(_ call: inout Call) throws(RuntimeError) -> Value {
    try test(call[0], call.name, \.isAlnumByte)
  }
  private static func isupper(_ call: inout Call) throws(RuntimeError) -> Value {
    try test(call[0], call.name, \.isUpperByte)
  }
  private static func islower(_ call: inout Call) throws(RuntimeError) -> Value {
    try test(call[0], call.name, \.isLowerByte)
  }
  private static func isspace(_ call: inout Call) throws(RuntimeError) -> Value {
    try test(call[0], call.name, \.isSpaceByte)
  }
  private static func ispunct(_ call: inout Call) throws(RuntimeError) -> Value {
    try test(call[0], call.name, \.isPunctByte)
  }
  private static func iscntrl(_ call: inout Call) throws(RuntimeError) -> Value {
    try test(call[0], call.name, \.isControlByte)
  }
  private static func isxdigit(_ call: inout Call) throws(RuntimeError) -> Value {
    try test(call[0], call.name, \.isHexByte)
  }
  private static func isgraph(_ call: inout Call) throws(RuntimeError) -> Value {
    try test(call[0], call.name) { $0 > 32 && $0 < 127 }
  }
  private static func isprint(_ call: inout Call) throws(RuntimeError) -> Value {
    try test(call[0], call.name) { $0 >= 32 && $0 < 127 }
  }
  private static func isascii(_ call: inout Call) throws(RuntimeError) -> Value {
    try test(call[0], call.name) { $0 < 128 }
  }

  private static func mapCase(
    _ value: Value, _ name: String, _ transform: (UInt8) -> UInt8
  ) throws(RuntimeError) -> Value {
    switch value {
    case .text(let array, let quotes): return .text(array.map { transform($0) }, quotes)
    case .cell(let cells):
      var result: [Value] = []
      for cell in cells { result.append(try mapCase(cell, name, transform)) }
      return .cell(cells.shape, result)
    case .structure, .function, .object, .undefined:
      throw RuntimeError("\(name): not defined for \(value.typeName)")
    default: return value
    }
  }

  private static func toupper(_ call: inout Call) throws(RuntimeError) -> Value {
    try mapCase(call[0], "toupper", \.uppered)
  }

  private static func tolower(_ call: inout Call) throws(RuntimeError) -> Value {
    try mapCase(call[0], "tolower", \.lowered)
  }

  private static func doEscapes(_ call: inout Call) throws(RuntimeError) -> Value {
    .bytes(FormattedPrint.processEscapes(try call.bytes(0, "STRING argument must be of type string")))
  }

  private static func undoEscapes(_ call: inout Call) throws(RuntimeError) -> Value {
    .bytes(escaped(try call.bytes(0, "S argument must be a string")))
  }

  /// Special characters as backslash sequences.
  static func escaped(_ bytes: Bytes) -> Bytes {
    var result: Bytes = []
    let backslash = UInt8(ascii: "\\")
    for byte in bytes {
      switch byte {
      case 0: break
      case 7: result += [backslash, UInt8(ascii: "a")]
      case 8: result += [backslash, UInt8(ascii: "b")]
      case 9: result += [backslash, UInt8(ascii: "t")]
      case 10: result += [backslash, UInt8(ascii: "n")]
      case 11: result += [backslash, UInt8(ascii: "v")]
      case 12: result += [backslash, UInt8(ascii: "f")]
      case 13: result += [backslash, UInt8(ascii: "r")]
      case UInt8(ascii: "\\"), UInt8(ascii: "\""): result += [backslash, byte]
      default: result.append(byte)
      }
    }
    return result
  }
}
