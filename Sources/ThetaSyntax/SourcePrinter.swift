// AST back to text, such that `parse (print (ast)) == ast`. Expressions are spaced as Octave prints anonymous
// functions (`@(x) x + 1`, `f (a, b)`, `[1, 2; 3, 4]`). Statements are in SourcePrinter+Statements.

/// Writes syntax trees as text.
public struct SourcePrinter {
  /// An expression in Octave's spacing. Numbers are copied from `source` when it is given (the text that the
  /// expression was parsed from), as Octave does: `0.10` stays `0.10`.
  public static func print(_ expression: Expression, source: SourceFile? = nil) -> String {
    var printer = SourcePrinter(source: source)
    printer.write(expression)
    return printer.text
  }

  /// An anonymous function as Octave displays it, which need not read back: quotation marks in strings stand alone,
  /// `- -x` is `--x`, and an empty cell shows its sizes.
  public static func handleText(_ expression: Expression, source: SourceFile) -> String {
    var printer = SourcePrinter(source: source)
    printer.isHandleText = true
    printer.write(expression)
    return printer.text
  }

  /// A whole program, indented by two spaces.
  public static func print(_ program: Program) -> String {
    var printer = SourcePrinter(source: nil)
    printer.write(program.statements)
    return printer.text
  }

  /// A whole program as bytes: the same as `print`, but strings that are no UTF-8 stay as they are.
  public static func bytes(_ program: Program) -> [UInt8] {
    var printer = SourcePrinter(source: nil)
    printer.write(program.statements)
    return printer.bytes
  }

  /// The text of a number that reads back as the same value.
  public static func print(_ number: Double) -> String {
    if number.isInfinite { return "1e999" }
    if number.rounded() == number, abs(number) < 1e15, let whole = Int64(exactly: number) {
      return String(whole)
    }
    var text = number.description
    if text.hasSuffix(".0") { text.removeLast(2) }
    return text
  }

  let source: SourceFile?
  var bytes: [UInt8] = []
  var indentation = 0
  /// Directly inside `[…]` or `{…}`, where a blank before `(` would begin a new element.
  private var isInMatrix = false
  /// Inside the body of an anonymous function.
  private var isNested = false
  private var isHandleText = false

  init(source: SourceFile?) { self.source = source }

  var text: String { String(decoding: bytes, as: UTF8.self) }

  mutating func put(_ text: String) { bytes += text.utf8 }

  // MARK: - Expressions

  mutating func write(_ expression: Expression) {
    switch expression.kind {
    case .number(let value): putNumber(SourcePrinter.print(value), expression.range)
    case .imaginary(let value): putNumber(SourcePrinter.print(value) + "i", expression.range)
    case .integer(let literal): putNumber(spelling(literal), expression.range)
    case .string(let value, let quote): write(value, quote)
    case .identifier(let name): put(name)
    case .colon: put(":")
    case .end: put("end")
    case .parenthesized(let inner):
      put("(")
      writeOutsideMatrix { $0.write(inner) }
      put(")")
    case .prefix(let operation, let operand): write(operation, operand)
    case .postfix(let operand, let operation):
      write(operand)
      put(operation.rawValue)
    case .binary(let operation, let left, let right): write(left, operation.rawValue, right)
    case .shortCircuit(let operation, let left, let right): write(left, operation.rawValue, right)
    case .range(let base, let increment, let limit):
      write(base)
      if let increment {
        put(":")
        write(increment)
      }
      put(":")
      write(limit)
    case .matrix(let rows): write(rows, "[", "]")
    case .cell(let rows): write(rows, "{", "}")
    case .call(let callee, let arguments):
      write(callee)
      put(isInMatrix ? "(" : " (")
      writeOutsideMatrix { $0.writeList(arguments) }
      put(")")
    case .brace(let object, let arguments):
      write(object)
      put(isInMatrix ? "{" : " {")
      writeOutsideMatrix { $0.writeList(arguments) }
      put("}")
    case .field(let object, let name):
      write(object)
      put("." + name)
    case .dynamicField(let object, let name):
      write(object)
      put(".(")
      writeOutsideMatrix { $0.write(name) }
      put(")")
    case .handle(let name): put("@" + name)
    case .anonymous(let parameters, let body):
      let outer = isNested
      put("@")
      write(parameters)
      // Octave leaves a blank only at the outermost level.
      if !isNested { put(" ") }
      isNested = true
      write(body)
      isNested = outer
    case .assignment(let targets, let operation, let value):
      write(targets)
      put(" \(operation?.rawValue ?? "")= ")
      write(value)
    }
  }

  private mutating func write(_ left: Expression, _ operation: String, _ right: Expression) {
    write(left)
    put(" \(operation) ")
    write(right)
  }

  private mutating func write(_ operation: PrefixOperator, _ operand: Expression) {
    put(operation.rawValue)
    // `- -x` must not become `--x`.
    if !isHandleText, case .prefix(let inner, _) = operand.kind, inner != .not, operation != .not { put(" ") }
    write(operand)
  }

  private mutating func write(_ rows: [[Expression]], _ open: String, _ close: String) {
    let outer = isInMatrix
    isInMatrix = true
    defer { isInMatrix = outer }
    put(open)
    defer { if isHandleText, open == "{", rows.allSatisfy(\.isEmpty) { put("(0x0)\n") } }
    for (index, row) in rows.enumerated() {
      if index > 0 { put("; ") }
      writeList(row)
    }
    put(close)
  }

  private mutating func writeOutsideMatrix(_ body: (inout SourcePrinter) -> Void) {
    let outer = isInMatrix
    isInMatrix = false
    defer { isInMatrix = outer }
    body(&self)
  }

  private mutating func writeList(_ elements: [Expression]) {
    for (index, element) in elements.enumerated() {
      if index > 0 { put(", ") }
      write(element)
    }
  }

  mutating func write(_ targets: [AssignmentTarget]) {
    if targets.count == 1, case .place(let place) = targets[0] {
      write(place)
      return
    }
    let outer = isInMatrix
    isInMatrix = true
    defer { isInMatrix = outer }
    put("[")
    for (index, target) in targets.enumerated() {
      if index > 0 { put(", ") }
      switch target {
      case .ignored: put("~")
      case .place(let place): write(place)
      }
    }
    put("]")
  }

  mutating func write(_ parameters: [Parameter]) {
    put("(")
    for (index, parameter) in parameters.enumerated() {
      if index > 0 { put(", ") }
      put(parameter.name ?? "~")
      if let value = parameter.defaultValue {
        put(" = ")
        write(value)
      }
    }
    put(")")
  }

  // MARK: - Literals

  private mutating func putNumber(_ canonical: String, _ range: SourceRange) {
    guard let source, range.end > range.start else { return put(canonical) }
    put(source.text(range))
  }

  private func spelling(_ literal: IntegerLiteral) -> String {
    "0x" + String(literal.bits, radix: 16, uppercase: true) + (literal.isSigned ? "s" : "u")
      + String(literal.width)
  }

  mutating func write(_ value: [UInt8], _ quote: Quote) {
    let mark: UInt8 = quote == .single ? UInt8(ascii: "'") : UInt8(ascii: "\"")
    bytes.append(mark)
    if quote == .single {
      for byte in value {
        if byte == mark, !isHandleText { bytes.append(byte) }
        bytes.append(byte)
      }
    } else {
      let reader = Lexer(bytes: value)
      var index = 0
      while index < value.count {
        let width = reader.scalar(at: index)?.1 ?? 0
        if width > 1 {
          bytes += value[index..<(index + width)]
        } else {
          writeEscaped(value[index], next: reader.byte(index + 1))
        }
        index += max(width, 1)
      }
    }
    bytes.append(mark)
  }

  /// One byte of a string in double quotes, which is no part of a longer UTF-8 sequence.
  private mutating func writeEscaped(_ byte: UInt8, next: UInt8) {
    switch byte {
    case 0 where !(48...55).contains(next): put("\\0")
    case 7: put("\\a")
    case 8: put("\\b")
    case 9: put("\\t")
    case 10: put("\\n")
    case 11: put("\\v")
    case 12: put("\\f")
    case 13: put("\\r")
    case UInt8(ascii: "\""): put("\\\"")
    case UInt8(ascii: "\\"): put("\\\\")
    case 32..<127: bytes.append(byte)
    default:
      let digits = String(byte, radix: 8)
      put("\\" + String(repeating: "0", count: 3 - digits.count) + digits)
    }
  }
}
