import ThetaArrays
import ThetaDisplay
import ThetaRuntime

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

// num2str, int2str, mat2str and the number bases.

enum NumbersToText {
  static let table: [Builtin] = [
    Builtin(
      "str = num2str (x, format?)",
      """
      A number or matrix as text, with up to 5 digits after the largest place, or by a precision or a
      template.

      >> num2str ([pi; 10], 4)
      ans =

      3.142
         10

      """, num2str),
    Builtin(
      "str = int2str (n)",
      """
      Numbers rounded and written as text.

      >> int2str (2.7)
      ans = 3

      """, int2str),
    Builtin(
      """
      s = mat2str (x, n?, class?)
      """,
      """
      A matrix as text that evaluates to it, with n significant digits (15 by default).

      >> mat2str ([1 2; 3 pi], 4)
      ans = [1 2;3 3.142]

      """, mat2str),
  ]

  // MARK: num2str

  private static func num2str(_ call: inout Call) throws(RuntimeError) -> Value {
    let value = call[0]
    if value.isText { return value }
    guard value.numericClass != nil else {
      throw call.error("X must be a numeric, logical, or character array")
    }
    var precision: Int?
    if call.count > 1 {
      if call[1].isText { return try withTemplate(value, call[1]) }
      guard let n = call[1].integerScalar, n >= 0, n <= 400 else {
        throw call.error("PRECISION must be a scalar integer >= 0")
      }
      precision = n
    }
    return try text(value, precision: precision)
  }

  /// `num2str (value)`, `num2str (value, precision)`.
  static func text(_ value: Value, precision: Int? = nil) throws(RuntimeError) -> Value {
    if value.isText { return value }
    if value.isEmpty { return .string("") }
    if value.isComplex, let array = value.complexArray { return complexText(array, precision) }
    guard let array = value.realArray else {
      throw RuntimeError("num2str: X must be a numeric, logical, or character array")
    }
    var style = Style(Array(array), precision)
    if let precision, value.isLogical || value.isInteger {
      // A precision is the width of integers.
      style = Style(Array(array), nil)
      style.width = precision
    }
    if array.shape.isScalar { return .string(style.text(array[0])) }
    return matrix(array.shape) { x, line in style.append(array[x], to: &line) }
  }

  /// How the elements of a matrix are written: as integers, or with a number of significant digits.
  private struct Style {
    var isInteger: Bool
    var digits: Int
    var width: Int

    init(_ elements: [Double], _ precision: Int?, isComplex: Bool = false) {
      let finite = elements.lazy.filter { $0.isFinite }.map { abs($0) }
      let largest = finite.max() ?? 0
      let exponent = largest > 0 ? Int(floor(log10(largest))) : 0
      if let precision {
        (isInteger, digits, width) = (false, precision, precision + 7)
        return
      }
      let isWhole = elements.allSatisfy { !$0.isFinite || $0 == $0.rounded() }
      if isWhole && exponent < 16 {
        let hasSpecial = elements.contains { !$0.isFinite }
        digits = max(exponent + 1, hasSpecial && !isComplex ? 3 : 1)
        (isInteger, width) = (true, digits + 2)
      } else {
        digits = min(max(exponent + 5, 5), 16)
        (isInteger, width) = (false, digits + 7)
      }
    }

    func text(_ x: Double, plus: Bool = false) -> String {
      isInteger
        ? NumberFormatting.integer(x, plus: plus) : NumberFormatting.general(x, digits, plus: plus)
    }

    /// Appends a number at the right of its width.
    func append(_ x: Double, to line: inout Bytes) {
      let start = line.count
      if !isInteger, x.isFinite {
        NumeralText.append(x, "g", precision: min(digits, 500), to: &line)
      } else {
        line += text(x).utf8
      }
      let missing = width - (line.count - start)
      if missing > 0 { line.insert(contentsOf: repeatElement(32, count: missing), at: start) }
    }
  }

  /// Rows of texts without the blanks that all rows share at their ends; pages lie side by side.
  private static func matrix(_ shape: Shape, _ element: (Int, inout Bytes) -> Void) -> Value {
    let rows = shape.rows
    let columns = rows == 0 ? 0 : shape.count / rows
    let lines = (0..<rows).map { i -> Bytes in
      var line: Bytes = []
      for j in 0..<columns { element(i + j * rows, &line) }
      return line
    }
    return trimmed(lines)
  }

  private static func trimmed(_ lines: [Bytes]) -> Value {
    let leading = lines.map { line in line.prefix { $0.isBlankByte }.count }.min() ?? 0
    let width = lines.map { line in (line.lastIndex { !$0.isBlankByte } ?? -1) + 1 }.max() ?? 0
    let cut = lines.map { line -> Bytes in
      let end = min(line.count, width)
      return leading < end ? Array(line[leading..<end]) : []
    }
    return cut.count == 1 ? .bytes(cut[0]) : .characterMatrix(cut)
  }

  private static func complexText(_ array: NDArray<ComplexDouble>, _ precision: Int?) -> Value {
    let style = Style(array.flatMap { [$0.real, $0.imaginary] }, precision, isComplex: true)
    return matrix(array.shape) { offset, line in
      let z = array[offset]
      style.append(z.real, to: &line)
      line += NumberFormatting.padRight(style.text(z.imaginary, plus: true) + "i", style.width + 1).utf8
    }
  }

  private static func withTemplate(_ value: Value, _ template: Value) throws(RuntimeError) -> Value {
    if value.isEmpty { return .string("") }
    let shape = value.shape
    let columns = max(1, shape.count / max(1, shape.rows))
    let one = template.textBytes ?? []
    var repeated: Bytes = []
    for _ in 0..<columns { repeated += one }
    if value.isComplex, let array = value.complexArray { return try complexText(array, template) }
    var arguments: [Value] = []
    var template = template
    if let array = value.realArray {
      for i in 0..<shape.rows {
        for j in 0..<columns { arguments.append(.number(array[i + j * shape.rows])) }
      }
    }
    if case .text(_, let quotes) = template {
      template = .bytes(repeated + (quotes == .single ? Bytes(ascii: "\\n") : [10]), quotes)
    }
    var bytes = try FormattedPrint.format(template: template, arguments: arguments, function: "num2str")
    while bytes.last == 10 { bytes.removeLast() }
    return trimmed(bytes.lines(at: 10))
  }

  /// The template writes the real part, and with a sign the imaginary one, whose blanks follow the `i`.
  private static func complexText(
    _ array: NDArray<ComplexDouble>, _ template: Value
  ) throws(RuntimeError) -> Value {
    var signed = template.textBytes ?? []
    if let percent = signed.firstIndex(of: UInt8(ascii: "%")) {
      signed.insert(UInt8(ascii: "+"), at: percent + 1)
    }
    var texts: [String] = []
    for z in array {
      let real = try FormattedPrint.format(
        template: template, arguments: [.number(z.real)], function: "num2str")
      let imaginary = try FormattedPrint.format(
        template: .bytes(signed), arguments: [.number(z.imaginary)], function: "num2str")
      let digits = imaginary.filter { !$0.isBlankByte }
      let end = (real.lastIndex { !$0.isBlankByte } ?? -1) + 1
      let blanks = Bytes(repeating: UInt8(ascii: " "), count: imaginary.count - digits.count)
      texts.append((Bytes(real[..<end]) + digits + Bytes(ascii: "i") + blanks).text)
    }
    return matrix(array.shape) { offset, line in line += texts[offset].utf8 }
  }

  private static func int2str(_ call: inout Call) throws(RuntimeError) -> Value {
    let value = call[0]
    if value.isText { return value }
    guard value.numericClass != nil else {
      throw call.error("N must be a numeric, logical, or character array")
    }
    if value.isComplex, let array = value.complexArray {
      return wholeText(array.map { $0.real })
    }
    guard let array = value.realArray else { throw call.invalid }
    return wholeText(array)
  }

  /// Rounded numbers with all their digits, however large.
  private static func wholeText(_ array: NDArray<Double>) -> Value {
    if array.shape.isEmpty { return .string("") }
    let whole = array.map { $0.rounded(.toNearestOrAwayFromZero) }
    let texts = whole.map { NumberFormatting.integer($0) }
    if array.shape.isScalar { return .string(texts[0]) }
    let digits = whole.map { $0.isFinite ? NumberFormatting.integer(abs($0)).utf8.count : 3 }
    let width = (digits.max() ?? 1) + 2
    return matrix(array.shape) { offset, line in line += NumberFormatting.padLeft(texts[offset], width).utf8 }
  }

  // MARK: mat2str

  private static func mat2str(_ call: inout Call) throws(RuntimeError) -> Value {
    let value = call[0]
    guard let numericClass = value.numericClass, !value.isText else { throw call.invalid }
    guard value.shape.is2D else { throw call.error("X must be two dimensional") }
    var precision = (15, 15)
    var withClass = false
    for i in 1..<max(1, call.count) {
      if call[i].isText {
        withClass = call[i].stringValue == "class"
      } else if let digits = call[i].realArray, digits.count > 0 {
        let first = Int(exactly: digits[0].rounded()) ?? 15
        precision = (first, digits.count > 1 ? Int(exactly: digits[1].rounded()) ?? first : first)
      }
    }
    let shape = value.shape
    let isBracketed = !shape.isScalar
    var body: Bytes = isBracketed ? [UInt8(ascii: "[")] : []
    let append = elementWriter(value, precision)
    for i in 0..<(value.isEmpty ? 0 : shape.rows) {
      if i > 0 { body.append(UInt8(ascii: ";")) }
      for j in 0..<shape.columns {
        if j > 0 { body.append(32) }
        append(i + j * shape.rows, &body)
      }
    }
    if isBracketed { body.append(UInt8(ascii: "]")) }
    if withClass { body = Array("\(numericClass.rawValue)(".utf8) + body + [UInt8(ascii: ")")] }
    return .bytes(body)
  }

  private static func elementWriter(
    _ value: Value, _ precision: (Int, Int)
  ) -> (Int, inout Bytes) -> Void {
    if value.isComplex, let array = value.complexArray {
      return { i, out in
        NumberFormatting.append(array[i].real, precision.0, to: &out)
        NumberFormatting.append(array[i].imaginary, precision.1, plus: true, to: &out)
        out.append(UInt8(ascii: "i"))
      }
    }
    let array = value.realArray ?? NDArray(zeros: .empty)
    if value.isLogical { return { i, out in out += (array[i] != 0 ? "true" : "false").utf8 } }
    return { i, out in NumberFormatting.append(array[i], precision.0, to: &out) }
  }
}
