import ThetaArrays
import ThetaRuntime

/// The format of `textscan` and its relatives: conversions and literal text; blanks between them mean nothing.
struct ColumnFormat {
  enum Item {
    case literal(Bytes)
    case conversion(Conversion)
  }

  struct Conversion {
    /// f (also n), d, u, s, q, c or [
    var kind: UInt8
    var width = 0
    /// Digits after the point, for `%5.2f`
    var digits: Int?
    var bits = 0
    var isSkipped = false
    var set: Set<UInt8> = []

    var isText: Bool { "sqc[".utf8.contains(kind) }
  }

  var items: [Item] = []

  /// Nil for a conversion that there is not.
  init?(_ text: Bytes) {
    var i = 0
    var literal: Bytes = []
    func number() -> Int? {
      let start = i
      while i < text.count, text[i].isDigitByte { i += 1 }
      return Int(Array(text[start..<i]).text)
    }
    while i < text.count {
      let byte = text[i]
      i += 1
      if byte.isSpaceByte || byte == UInt8(ascii: "%") && i < text.count && text[i] != byte {
        if !literal.isEmpty { items.append(.literal(literal)) }
        literal = []
      }
      if byte.isSpaceByte { continue }
      if byte != UInt8(ascii: "%") || i >= text.count {
        literal.append(byte)
        continue
      }
      if text[i] == byte {
        literal.append(byte)
        i += 1
        continue
      }
      var conversion = Conversion(kind: 0)
      if text[i] == UInt8(ascii: "*") {
        conversion.isSkipped = true
        i += 1
      }
      conversion.width = min(number() ?? 0, 1_000_000)
      if i < text.count, text[i] == UInt8(ascii: ".") {
        i += 1
        conversion.digits = number() ?? 0
      }
      guard i < text.count else { return nil }
      conversion.kind = text[i] == UInt8(ascii: "n") ? UInt8(ascii: "f") : text[i]
      i += 1
      switch conversion.kind {
      case UInt8(ascii: "f"), UInt8(ascii: "d"), UInt8(ascii: "u"):
        conversion.bits = number() ?? (conversion.kind == UInt8(ascii: "f") ? 64 : 32)
      case UInt8(ascii: "s"), UInt8(ascii: "q"), UInt8(ascii: "c"): break
      case UInt8(ascii: "["): conversion.set = Scanner.parseSet(text, &i)
      default: return nil
      }
      items.append(.conversion(conversion))
    }
    if !literal.isEmpty { items.append(.literal(literal)) }
    if items.isEmpty { return nil }
  }

  /// As many columns of numbers.
  init(numbers count: Int) {
    items = Array(repeating: .conversion(Conversion(kind: UInt8(ascii: "f"), bits: 64)), count: count)
  }
}
