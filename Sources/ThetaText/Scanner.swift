import ThetaArrays
import ThetaDisplay
import ThetaRuntime

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The template engine of `sscanf` and `fscanf`.
struct Scanner {
  enum Item {
    case space
    case literal(UInt8)
    /// `%5d`, `%*s`, `%[a-z]`: `set` belongs to `[`.
    case conversion(kind: UInt8, width: Int, isSkipped: Bool, set: Set<UInt8>)

    var takesData: Bool { if case .conversion(_, _, let skipped, _) = self { !skipped } else { false } }
  }

  /// What one conversion read.
  enum Piece {
    case number(Double)
    case text(Bytes)
  }

  let items: [Item]
  private(set) var position: Int
  private let text: Bytes

  /// Reads from an offset of the text on. Nil for a conversion that there is not.
  init?(_ template: Bytes, _ text: Bytes, start: Int = 0) {
    guard let items = Scanner.parse(template) else { return nil }
    self.items = items
    self.text = text
    position = start
  }

  private static func parse(_ template: Bytes) -> [Item]? {
    var items: [Item] = []
    var i = 0
    while i < template.count {
      let byte = template[i]
      i += 1
      if byte.isSpaceByte {
        if case .space? = items.last { continue }
        items.append(.space)
        continue
      }
      guard byte == UInt8(ascii: "%"), i < template.count else {
        items.append(.literal(byte))
        continue
      }
      if template[i] == UInt8(ascii: "%") {
        items.append(.literal(byte))
        i += 1
        continue
      }
      var skipped = false
      if template[i] == UInt8(ascii: "*") {
        skipped = true
        i += 1
      }
      var width = 0
      while i < template.count, template[i].isDigitByte {
        width = min(width * 10 + Int(template[i] - 48), 1_000_000)
        i += 1
      }
      var modifier: UInt8 = 0
      if i < template.count, "lhL".utf8.contains(template[i]) {
        modifier = template[i]
        i += 1
      }
      guard i < template.count, allows(modifier, template[i]) else { return nil }
      let kind = template[i]
      i += 1
      var set: Set<UInt8> = []
      if kind == UInt8(ascii: "[") { set = parseSet(template, &i) }
      items.append(.conversion(kind: kind, width: width, isSkipped: skipped, set: set))
    }
    return items
  }

  /// Which length modifiers go with a letter; 0 is none. They change nothing: every number has one size here.
  private static func allows(_ modifier: UInt8, _ letter: UInt8) -> Bool {
    switch modifier {
    case 0: "diuoxXeEfgGncs[".utf8.contains(letter)
    case UInt8(ascii: "h"): "diuoxX".utf8.contains(letter)
    case UInt8(ascii: "L"): "eEfgG".utf8.contains(letter)
    default: "diuoxXeEfgG".utf8.contains(letter)
    }
  }

  static func parseSet(_ template: Bytes, _ i: inout Int) -> Set<UInt8> {
    var set: Set<UInt8> = []
    var negated = false
    if i < template.count, template[i] == UInt8(ascii: "^") {
      negated = true
      i += 1
    }
    var isFirst = true
    while i < template.count, isFirst || template[i] != UInt8(ascii: "]") {
      isFirst = false
      if i + 2 < template.count, template[i + 1] == UInt8(ascii: "-"), template[i + 2] != UInt8(ascii: "]"),
        template[i] <= template[i + 2]
      {
        set.formUnion(template[i]...template[i + 2])
        i += 3
      } else {
        set.insert(template[i])
        i += 1
      }
    }
    if i < template.count { i += 1 }
    return negated ? Set(0...255).subtracting(set) : set
  }

  var isAtEnd: Bool { position >= text.count }

  mutating func skipSpace() {
    while position < text.count, text[position].isSpaceByte { position += 1 }
  }

  /// Matches one item. Nil when the text does not match; `.some (nil)` when there is nothing to keep.
  mutating func match(_ item: Item) -> Piece?? {
    switch item {
    case .space:
      skipSpace()
      return .some(nil)
    case .literal(let byte):
      guard position < text.count, text[position] == byte else { return nil }
      position += 1
      return .some(nil)
    case .conversion(let kind, let width, let skipped, let set):
      guard let piece = convert(kind, width, set) else { return nil }
      return skipped ? .some(nil) : .some(piece)
    }
  }

  private mutating func convert(_ kind: UInt8, _ width: Int, _ set: Set<UInt8>) -> Piece? {
    switch kind {
    case UInt8(ascii: "d"): return integer(width, base: 10)
    case UInt8(ascii: "u"):
      guard case .number(let x)? = integer(width, base: 10) else { return nil }
      // Read as unsigned, 32 bits.
      return .number(x < 0 ? x + 4_294_967_296 : x)
    case UInt8(ascii: "i"): return integer(width, base: 0)
    case UInt8(ascii: "x"), UInt8(ascii: "X"): return integer(width, base: 16)
    case UInt8(ascii: "o"): return integer(width, base: 8)
    case UInt8(ascii: "f"), UInt8(ascii: "e"), UInt8(ascii: "g"), UInt8(ascii: "E"), UInt8(ascii: "G"),
      UInt8(ascii: "n"):
      return float(width)
    case UInt8(ascii: "s"):
      skipSpace()
      return run(width) { !$0.isSpaceByte }
    case UInt8(ascii: "["): return run(width) { set.contains($0) }
    case UInt8(ascii: "c"):
      let count = max(1, width)
      guard position < text.count else { return nil }
      let end = min(text.count, position + count)
      defer { position = end }
      return .text(Array(text[position..<end]))
    default: return nil
    }
  }

  private mutating func run(_ width: Int, _ accepts: (UInt8) -> Bool) -> Piece? {
    let limit = width > 0 ? min(text.count, position + width) : text.count
    var end = position
    while end < limit, accepts(text[end]) { end += 1 }
    guard end > position else { return nil }
    defer { position = end }
    return .text(Array(text[position..<end]))
  }

  private mutating func integer(_ width: Int, base: Int) -> Piece? {
    skipSpace()
    let limit = width > 0 ? min(text.count, position + width) : text.count
    var i = position
    var negative = false
    if i < limit, text[i] == UInt8(ascii: "-") || text[i] == UInt8(ascii: "+") {
      negative = text[i] == UInt8(ascii: "-")
      i += 1
    }
    var base = base
    let hasPrefix = i + 1 < limit && text[i] == 48 && text[i + 1] | 32 == UInt8(ascii: "x")
    if base == 0 { base = hasPrefix ? 16 : (i < limit && text[i] == 48 ? 8 : 10) }
    if base == 16, hasPrefix { i += 2 }
    var value = 0.0
    let start = i
    while i < limit {
      let byte = text[i].lowered
      let digit: Int
      if byte.isDigitByte {
        digit = Int(byte - 48)
      } else if byte.isLowerByte {
        digit = Int(byte) - 87
      } else {
        break
      }
      guard digit < base else { break }
      value = value * Double(base) + Double(digit)
      i += 1
    }
    guard i > start else {
      // A sign alone has been read when the text ends there.
      if i > position, i == text.count { position = i }
      return nil
    }
    position = i
    // Octave reads into 32 bits.
    return .number(min(max(negative ? -value : value, -2_147_483_648), 2_147_483_647))
  }

  private mutating func float(_ width: Int) -> Piece? {
    skipSpace()
    let limit = width > 0 ? min(text.count, position + width) : text.count
    let window = Array(text[position..<limit].prefix(400))
    var i = 0
    var negative = false
    if i < window.count, window[i] == UInt8(ascii: "-") || window[i] == UInt8(ascii: "+") {
      negative = window[i] == UInt8(ascii: "-")
      i += 1
    }
    guard let value = TextToNumbers.number(window, &i) ?? TextToNumbers.special(window, &i) else {
      // A sign alone has been read when the text ends there.
      if i > 0, position + i == text.count { position += i }
      return nil
    }
    if i < window.count, window[i] | 32 == UInt8(ascii: "e"), window[i - 1].isDigitByte || window[i - 1] == 46
    {
      // An exponent without digits spoils the number.
      if position + i + 1 == text.count { position = text.count }
      return nil
    }
    position += i
    return .number(negative ? -value : value)
  }
}
