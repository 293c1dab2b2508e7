// Command syntax: `hold on`, `close all`, `format long`. Whether a line is one is decided by the character
// after the white space that follows its first word, as Octave decides it.

extension Lexer {
  /// Names that Octave never takes for commands, because people write `pi -1`.
  private static let constants: Set<String> = [
    "pi", "e", "Inf", "inf", "NaN", "nan", "i", "j", "I", "J",
  ]

  /// Whether the words after a name that ends at the current position make it a command.
  func looksLikeCommand(_ name: String) -> Bool {
    guard isBlank(byte(position)) || startsContinuation(position) else { return false }
    var index = position
    while true {
      if isBlank(byte(index)) {
        index += 1
      } else if startsContinuation(index) {
        while index < bytes.count, bytes[index] != 10 { index += 1 }
        index += 1
      } else {
        break
      }
    }
    guard index < bytes.count, !Lexer.constants.contains(name) else { return false }
    switch bytes[index] {
    case 10, 13, UInt8(ascii: ";"), UInt8(ascii: ","), UInt8(ascii: "%"), UInt8(ascii: "#"),
      UInt8(ascii: "("), UInt8(ascii: "["), UInt8(ascii: "{"), UInt8(ascii: ")"), UInt8(ascii: "]"),
      UInt8(ascii: "}"):
      return false
    case UInt8(ascii: "="):
      return byte(index + 1) == UInt8(ascii: "=") && !isBlank(byte(index + 2))
    case UInt8(ascii: "."):
      // `a .5` and `a .b` are words, `a . b` is a field.
      return !isBlank(byte(index + operatorWidth(at: index)))
    default:
      let width = operatorWidth(at: index)
      return width == 0 || !isBlank(byte(index + width))
    }
  }

  /// The number of bytes of the operator at an offset; zero when there is none.
  private func operatorWidth(at offset: Int) -> Int {
    for spelling in Lexer.spellings where bytes[offset...].starts(with: spelling) {
      return spelling.count
    }
    return 0
  }

  /// Operators, longest first.
  private static let spellings: [[UInt8]] = [
    ".**=", ".**", "**=", ".*=", "./=", ".\\=", ".^=", ".+=", ".-=",
    "⊙=", "⊙", "**", ".*", "./", ".\\", ".^", ".'",
    "++", "--", "+=", "-=", "*=", "/=", "\\=", "^=", "|=", "&=", "==", "!=", "~=", "<=", ">=", "&&", "||",
    "+", "-", "*", "/", "\\", "^", "<", ">", "!", "~", "&", "|", ":", ".",
  ].map { Array($0.utf8) }

  /// Reads the words of a command up to the end of the statement.
  mutating func commandWords() -> [[UInt8]] {
    var words: [[UInt8]] = []
    var word: [UInt8] = []
    var isInWord = false
    var depth = 0
    scan: while position < bytes.count {
      let c = bytes[position]
      switch c {
      case 10, 13, UInt8(ascii: ";"), UInt8(ascii: "%"), UInt8(ascii: "#"):
        break scan
      case UInt8(ascii: ",") where depth == 0:
        break scan
      case 32, 9:
        position += 1
        if depth > 0 {
          word.append(c)
        } else if isInWord {
          words.append(word)
          word = []
          isInWord = false
        }
        continue
      case UInt8(ascii: "."), UInt8(ascii: "\\"):
        if startsContinuation(position) {
          if isInWord { words.append(word) }
          word = []
          isInWord = false
          skipContinuation()
          continue
        }
        word.append(c)
        position += 1
      case UInt8(ascii: "'"), UInt8(ascii: "\""):
        let quote: Quote = c == UInt8(ascii: "'") ? .single : .double
        let start = position
        let kind = quote == .single ? scanSingleQuoted() : scanDoubleQuoted()
        if kind == .invalid { break scan }
        word += string(SourceRange(start, position), quote) { _ in }
      default:
        if c == UInt8(ascii: "(") { depth += 1 }
        if c == UInt8(ascii: ")"), depth > 0 { depth -= 1 }
        word.append(c)
        position += 1
      }
      isInWord = true
    }
    if isInWord { words.append(word) }
    previousEndsValue = false
    previousIsDot = false
    return words
  }
}
