import ThetaArrays
import ThetaDisplay
import ThetaRuntime

// str2double, str2num, and numbers in other bases.

package enum TextToNumbers {
  static let table: [Builtin] = [
    Builtin(
      "d = str2double (str)",
      """
      Text as a number, NaN where it is none.

      >> str2double ({"1e3", "x"})
      ans =

         1000    NaN

      """, str2double),
    Builtin(
      "[val, state] = str2num (s)",
      """
      The value of text as an expression.

      >> str2num ("[1, 2]")
      ans =

         1   2

      """, multiple: str2num),
    Builtin(
      "str = dec2base (d, base, len?)",
      """
      Integers in a base, or with digits of one's own.

      >> dec2base (123, 3)
      ans = 11120

      """, dec2base),
    Builtin(
      "str = dec2bin (d, len?)",
      """
      Integers in binary; negative ones as two's complement.

      >> dec2bin (5, 8)
      ans = 00000101

      """, dec2bin),
    Builtin(
      "str = dec2hex (d, len?)",
      """
      Integers in hexadecimal; negative ones as two's complement.

      >> dec2hex (255)
      ans = FF

      """, dec2hex),
    Builtin(
      "d = base2dec (str, base)",
      """
      Text in a base as numbers, NaN where it is none.

      >> base2dec ("11120", 3)
      ans = 123

      """, base2dec),
    Builtin(
      "d = bin2dec (str)",
      """
      Binary text as numbers, NaN where it is none.

      >> bin2dec ("101")
      ans = 5

      """, bin2dec),
    Builtin(
      "d = hex2dec (str)",
      """
      Hexadecimal text as numbers, NaN where it is none.

      >> hex2dec ({"ff", "10"})
      ans =

         255
          16

      """, hex2dec),
  ]

  // MARK: str2double

  /// Reads a number at an offset as C does, without hexadecimal, `inf` and `nan`. Nil when there is none.
  static func number(_ text: Bytes, _ i: inout Int) -> Double? {
    let start = i
    guard
      let (value, end) = text.withUnsafeBufferPointer({
        NumberScanner.decimal($0, from: start, to: $0.count)
      })
    else { return nil }
    i = end
    return value
  }

  /// Reads `Inf`, `NaN` or `NA` in any case at an offset. Nil when there is none.
  static func special(_ text: Bytes, _ i: inout Int) -> Double? {
    for (word, value) in [("inf", Double.infinity), ("nan", Double.nan), ("na", NumeralText.missing)]
    where text.count >= i + word.utf8.count
      && Array(text[i..<(i + word.utf8.count)]).lowered == Array(word.utf8)
    {
      i += word.utf8.count
      return value
    }
    return nil
  }

  /// The number that a text is, NaN when it is none.
  package static func parse(_ raw: Bytes) -> ComplexDouble {
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
        let digits = number(text, &i)
        // What is too large for a number is none.
        guard let found = digits ?? special(text, &i), digits?.isFinite ?? true else { return failed }
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

  /// A number to be written in a base: as a double, and exactly where it is a whole number of 64 bits.
  private struct Whole {
    var double: Double
    var exact: UInt64?

    init(_ x: Double) {
      double = x
      exact = UInt64(exactly: x)
    }

    /// Negative numbers as two's complement of 8, 16, 32 or 64 bits.
    init(complementOf x: Int64) {
      double = Double(x)
      let bits = UInt64(bitPattern: x)
      exact = x >= -128 && x < 0 ? bits & 0xff : x >= -32768 && x < 0 ? bits & 0xffff : bits
      if x < -32768, x >= -2_147_483_648 { exact = bits & 0xffff_ffff }
    }

    init(_ x: UInt64) {
      double = Double(x)
      exact = x
    }
  }

  private static func numbers(_ value: Value) -> [Whole]? {
    switch value {
    case .cell(let cells):
      var result: [Whole] = []
      for cell in cells {
        guard !cell.isText, let x = cell.firstReal else { return nil }
        result.append(Whole(x))
      }
      return result
    case .uint64(let array): return array.map { Whole($0) }
    case .int64(let array):
      return array.map { $0 < 0 ? Whole(complementOf: $0) : Whole(UInt64($0)) }
    default: return value.realArray.map { $0.map { Whole($0) } }
    }
  }

  private static func write(_ numbers: [Whole], _ symbols: Bytes, _ length: Int) -> Value {
    let base = symbols.count
    let lines = numbers.map { number -> Bytes in
      var line: Bytes = []
      if var rest = number.exact {
        repeat {
          line.append(symbols[Int(rest % UInt64(base))])
          rest /= UInt64(base)
        } while rest > 0
      } else {
        var rest = number.double
        repeat {
          line.append(symbols[Int(exactly: rest.truncatingRemainder(dividingBy: Double(base))) ?? 0])
          rest = (rest / Double(base)).rounded(.down)
        } while rest > 0 && line.count < 1100
      }
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
      numbers.allSatisfy({ $0.double >= 0 && $0.double == $0.double.rounded() && $0.double.isFinite })
    else { throw call.error("input must be real non-negative integers") }
    var symbols: Bytes
    if let text = call[1].textBytes {
      symbols = text
      if Set(symbols).count != symbols.count {
        throw call.error("symbols representing digits must be unique")
      }
      if symbols.count < 2 { throw call.error("symbols representing digits must be unique") }
      if symbols.contains(where: \.isSpaceByte) {
        throw call.error("whitespace characters are not valid symbols")
      }
    } else {
      guard let base = call[1].integerScalar, (2...36).contains(base) else {
        throw call.error("BASE must be an integer between 2 and 36, or a string of symbols")
      }
      symbols = Array(digits.prefix(base))
    }
    return write(numbers, symbols, try length(call, 2))
  }

  private static func complemented(_ call: Call) throws(RuntimeError) -> [Whole] {
    guard !call[0].isText, !call[0].isLogical, let numbers = numbers(call[0]),
      numbers.allSatisfy({ $0.double == $0.double.rounded() && $0.double.isFinite })
    else { throw RuntimeError("dec2bin: input must be integers") }
    return numbers.map { number in
      guard number.double < 0, let x = Int64(exactly: number.double) else { return number }
      return Whole(complementOf: x)
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
      throw call.error("BASE must be between 2 and 36, or a string of symbols")
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
