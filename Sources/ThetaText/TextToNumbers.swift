import ThetaArrays
import ThetaRuntime

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

// str2double, str2num, and numbers in other bases.

enum TextToNumbers {
  static let table: [Builtin] = [
    Builtin("d = str2double (str)", "Text as a number, NaN where it is none.", str2double),
    Builtin("[val, state] = str2num (s)", "The value of text as an expression.", multiple: str2num),
    Builtin("str = dec2base (d, base, len?)", "Integers in a base, or with digits of one's own.", dec2base),
    Builtin("str = dec2bin (d, len?)", "Integers in binary; negative ones as two's complement.", dec2bin),
    Builtin(
      "str = dec2hex (d, len?)", "Integers in hexadecimal; negative ones as two's complement.", dec2hex),
    Builtin("d = base2dec (str, base)", "Text in a base as numbers, NaN where it is none.", base2dec),
    Builtin("d = bin2dec (str)", "Binary text as numbers, NaN where it is none.", bin2dec),
    Builtin("d = hex2dec (str)", "Hexadecimal text as numbers, NaN where it is none.", hex2dec),
  ]

  // MARK: str2double

  /// Reads a number at an offset as C does, without hexadecimal, `inf` and `nan`. Nil when there is none.
  static func number(_ text: Bytes, _ i: inout Int) -> Double? {
    let start = i
    var digits = 0
    while i < text.count, text[i].isDigitByte {
      i += 1
      digits += 1
    }
    if i < text.count, text[i] == UInt8(ascii: ".") {
      i += 1
      while i < text.count, text[i].isDigitByte {
        i += 1
        digits += 1
      }
    }
    guard digits > 0 else {
      i = start
      return nil
    }
    if i < text.count, text[i] | 32 == UInt8(ascii: "e") {
      var j = i + 1
      if j < text.count, text[j] == UInt8(ascii: "+") || text[j] == UInt8(ascii: "-") { j += 1 }
      if j < text.count, text[j].isDigitByte {
        while j < text.count, text[j].isDigitByte { j += 1 }
        i = j
      }
    }
    return strtod(String(decoding: text[start..<i], as: UTF8.self), nil)
  }

  private static func special(_ text: Bytes, _ i: inout Int) -> Double? {
    for (word, value) in [("inf", Double.infinity), ("nan", Double.nan), ("na", NumeralText.missing)]
    where text.count >= i + word.utf8.count
      && Array(text[i..<(i + word.utf8.count)]).lowered == Array(word.utf8)
    {
      i += word.utf8.count
      return value
    }
    return nil
  }

  static func parse(_ raw: Bytes) -> ComplexDouble {
    let failed = ComplexDouble(.nan)
    let text = raw.filter { $0 != UInt8(ascii: ",") }.trimmed
    var i = 0
    func skip() { while i < text.count, text[i].isSpaceByte { i += 1 } }
    func isUnit() -> Bool {
      guard i < text.count, text[i] == UInt8(ascii: "i") || text[i] == UInt8(ascii: "j") else { return false }
      return i + 1 >= text.count || !text[i + 1].isAlphaByte
    }
    var real: Double?
    var imaginary: Double?
    var isFirst = true
    while i < text.count {
      skip()
      var negative = false
      var signs = 0
      while i < text.count, text[i] == UInt8(ascii: "+") || text[i] == UInt8(ascii: "-") {
        if text[i] == UInt8(ascii: "-") { negative.toggle() }
        signs += 1
        i += 1
        skip()
      }
      if !isFirst, signs == 0 { return failed }
      isFirst = false
      var value = 1.0
      var isImaginary = false
      if isUnit() {
        i += 1
        isImaginary = true
        skip()
        if i < text.count, text[i] == UInt8(ascii: "*") {
          i += 1
          skip()
          guard let factor = number(text, &i) ?? special(text, &i) else { return failed }
          value = factor
        }
      } else {
        guard let found = number(text, &i) ?? special(text, &i) else { return failed }
        value = found
        skip()
        if i < text.count, text[i] == UInt8(ascii: "*") {
          i += 1
          skip()
          guard isUnit() else { return failed }
        }
        if isUnit() {
          isImaginary = true
          i += 1
        }
      }
      if negative { value = -value }
      if isImaginary {
        if imaginary != nil { return failed }
        imaginary = value
      } else {
        if real != nil { return failed }
        real = value
      }
      skip()
    }
    if real == nil && imaginary == nil { return failed }
    return ComplexDouble(real ?? 0, imaginary ?? 0)
  }

  private static func str2double(_ call: inout Call) throws(RuntimeError) -> Value {
    switch call[0] {
    case .text(let array, _):
      if array.shape.isEmpty { return .number(.nan) }
      let rows = call[0].textRows ?? []
      return .make(NDArray(column: rows.map(parse)))
    case .cell(let cells):
      return .make(
        cells.map { value -> ComplexDouble in
          guard value.shape.rows == 1, let bytes = value.textBytes else { return ComplexDouble(.nan) }
          return parse(bytes)
        })
    default: return .number(.nan)
    }
  }

  private static func str2num(_ call: inout Call) throws(RuntimeError) -> [Value] {
    guard call[0].isText, let rows = call[0].textRows else {
      throw call.error("S must be a string or string array")
    }
    // Each row is a row of the result.
    let code = Bytes(ascii: "[") + Bytes(rows.joined(separator: Bytes(ascii: ";"))) + Bytes(ascii: "]")
    do {
      let values = try call.context.invoker.evaluate(code, outputs: 1)
      return [values.first ?? .emptyMatrix, .logical(true)]
    } catch {
      guard error.kind == .error else { throw error }
      return [.emptyMatrix, .logical(false)]
    }
  }

  // MARK: Bases

  private static let digits = Bytes(ascii: "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ")

  private static func numbers(_ value: Value) -> [Double]? {
    if case .cell(let cells) = value {
      var result: [Double] = []
      for cell in cells {
        guard let x = cell.firstReal else { return nil }
        result.append(x)
      }
      return result
    }
    return value.realArray.map { Array($0) }
  }

  private static func write(_ numbers: [Double], _ symbols: Bytes, _ length: Int) -> Value {
    let base = Double(symbols.count)
    let lines = numbers.map { number -> Bytes in
      var rest = number
      var line: Bytes = []
      repeat {
        let digit = Int(exactly: fmod(rest, base)) ?? 0
        line.append(symbols[digit])
        rest = floor(rest / base)
      } while rest > 0 && line.count < 1100
      return line.reversed()
    }
    let width = max(length, lines.map(\.count).max() ?? 0)
    return .characterMatrix(lines.map { Bytes(repeating: symbols[0], count: width - $0.count) + $0 })
  }

  private static func length(_ call: Call, _ position: Int) throws(RuntimeError) -> Int {
    guard position < call.count else { return 0 }
    guard let n = call[position].integerScalar, n >= 0, n <= 1100 else {
      throw RuntimeError("dec2base: LEN must be a non-negative integer")
    }
    return n
  }

  private static func dec2base(_ call: inout Call) throws(RuntimeError) -> Value {
    guard let numbers = numbers(call[0]),
      numbers.allSatisfy({ $0 >= 0 && $0 == $0.rounded() && $0.isFinite })
    else { throw call.error("input must be real non-negative integers") }
    var symbols: Bytes
    if let text = call[1].textBytes {
      symbols = text
      if Set(symbols).count != symbols.count {
        throw call.error("symbols representing digits must be unique")
      }
      if symbols.count < 2 { throw call.error("symbols representing digits must be unique") }
    } else {
      guard let base = call[1].integerScalar, (2...36).contains(base) else {
        throw call.error("BASE must be an integer between 2 and 36, or a string of symbols")
      }
      symbols = Array(digits.prefix(base))
    }
    return write(numbers, symbols, try length(call, 2))
  }

  /// Negative numbers as two's complement of 8, 16, 32 or 64 bits.
  private static func complemented(_ call: Call) throws(RuntimeError) -> [Double] {
    guard !call[0].isText, let numbers = numbers(call[0]),
      numbers.allSatisfy({ $0 == $0.rounded() && $0.isFinite })
    else { throw RuntimeError("dec2bin: input must be integers") }
    return numbers.map { x in
      if x >= 0 { return x }
      if x >= -128 { return x + 256 }
      if x >= -32768 { return x + 65536 }
      if x >= -2_147_483_648 { return x + 4_294_967_296 }
      return x + 18_446_744_073_709_551_616
    }
  }

  private static func dec2bin(_ call: inout Call) throws(RuntimeError) -> Value {
    write(try complemented(call), Array(digits.prefix(2)), try length(call, 1))
  }

  private static func dec2hex(_ call: inout Call) throws(RuntimeError) -> Value {
    write(try complemented(call), Array(digits.prefix(16)), try length(call, 1))
  }

  private static func read(_ call: Call, _ symbols: Bytes, ignoresCase: Bool) throws(RuntimeError) -> Value {
    guard let rows = call[0].byteStrings, call[0].isText || call[0].isCell else {
      throw RuntimeError("base2dec: S must be a string or cellstring")
    }
    let base = Double(symbols.count)
    let numbers = rows.map { row -> Double in
      var value = 0.0
      var count = 0
      for byte in row where byte != 32 && byte != 0 {
        guard let digit = symbols.firstIndex(of: ignoresCase ? byte.uppered : byte) else { return .nan }
        value = value * base + Double(digit)
        count += 1
      }
      return count > 0 ? value : .nan
    }
    return .make(NDArray(column: numbers))
  }

  private static func base2dec(_ call: inout Call) throws(RuntimeError) -> Value {
    if let symbols = call[1].textBytes {
      guard symbols.count >= 2, Set(symbols).count == symbols.count else {
        throw call.error("symbols representing digits must be unique")
      }
      return try read(call, symbols, ignoresCase: false)
    }
    guard let base = call[1].integerScalar, (2...36).contains(base) else {
      throw call.error("cannot convert from base \(NumberFormatting.general(call[1].firstReal ?? .nan, 5))")
    }
    return try read(call, Array(digits.prefix(base)), ignoresCase: true)
  }

  private static func bin2dec(_ call: inout Call) throws(RuntimeError) -> Value {
    try read(call, Array(digits.prefix(2)), ignoresCase: true)
  }

  private static func hex2dec(_ call: inout Call) throws(RuntimeError) -> Value {
    try read(call, Array(digits.prefix(16)), ignoresCase: true)
  }
}
