import ThetaCanvas
import ThetaSyntax

/// The comments of a cell as text: paragraphs, lists, indented code, `*bold*`, `_italic_`, `|code|`, formulas between
/// dollars. The lines come without the blanks that all of them begin with.
enum Prose {
  enum Block: Equatable {
    case paragraph(String)
    case list([String], isNumbered: Bool)
    case code(String)
  }

  static func blocks(_ lines: [String]) -> [Block] {
    var blocks: [Block] = []
    var text: [String] = []
    func flush() {
      if !text.isEmpty { blocks.append(.paragraph(text.joined(separator: " "))) }
      text = []
    }
    var isAfterBlank = true
    for line in lines {
      let trimmed = line.drop { $0 == " " || $0 == "\t" }
      if trimmed.isEmpty {
        flush()
        isAfterBlank = true
        continue
      }
      defer { isAfterBlank = false }
      if let item = listItem(trimmed) {
        flush()
        if case .list(let items, let numbered)? = blocks.last, numbered == item.isNumbered {
          blocks[blocks.count - 1] = .list(items + [item.text], isNumbered: numbered)
        } else {
          blocks.append(.list([item.text], isNumbered: item.isNumbered))
        }
      } else if !isAfterBlank, text.isEmpty, case .list(var items, let numbered)? = blocks.last,
        let last = items.popLast()
      {
        blocks[blocks.count - 1] = .list(items + [last + " " + trimmed], isNumbered: numbered)
      } else if text.isEmpty, line.hasPrefix("  ") || line.hasPrefix("\t") {
        if case .code(let code)? = blocks.last {
          blocks[blocks.count - 1] = .code(code + "\n" + line)
        } else {
          blocks.append(.code(line))
        }
      } else {
        text.append(String(trimmed))
      }
    }
    flush()
    return blocks
  }

  private static func listItem(_ line: Substring) -> (text: String, isNumbered: Bool)? {
    for mark in ["* ", "- ", "• "] where line.hasPrefix(mark) { return (String(line.dropFirst(2)), false) }
    if line.hasPrefix("# ") { return (String(line.dropFirst(2)), true) }
    let digits = line.prefix { $0.isNumber }
    let rest = line.dropFirst(digits.count)
    if !digits.isEmpty, digits.count < 3, rest.hasPrefix(". ") || rest.hasPrefix(") ") {
      return (String(rest.dropFirst(2)), true)
    }
    return nil
  }

  static func html(_ lines: [String]) -> String {
    blocks(lines).map { block in
      switch block {
      case .paragraph(let text): "<p>\(inline(text))</p>\n"
      case .code(let text): "<pre class=\"code\">\(ReportPage.escape(text))</pre>\n"
      case .list(let items, let isNumbered):
        (isNumbered ? "<ol>\n" : "<ul>\n") + items.map { "<li>\(inline($0))</li>\n" }.joined()
          + (isNumbered ? "</ol>\n" : "</ul>\n")
      }
    }.joined()
  }

  private static func inline(_ text: String) -> String {
    let tags: [Character: String] = ["*": "strong", "_": "em", "|": "code", "$": "var"]
    return pieces(text).map { piece in
      guard let mark = piece.mark, let tag = tags[mark] else { return ReportPage.escape(piece.text) }
      let inner = mark == "$" ? Formula.html(piece.text) : ReportPage.escape(piece.text)
      return "<\(tag)>\(inner)</\(tag)>"
    }.joined()
  }

  /// A text without its marks, for paper.
  static func plain(_ text: String) -> String {
    pieces(text).map { $0.mark == "$" ? Formula.plain($0.text) : $0.text }.joined()
  }

  /// What stands between marks inside a line (`*strong*`, `_emphasis_`, `|code|`, `$formula$`), and the rest. A mark
  /// counts where a word begins, and closes where one ends.
  private static func pieces(_ text: String) -> [(mark: Character?, text: String)] {
    let characters = Array(text)
    var result: [(mark: Character?, text: String)] = []
    var plain = ""
    var i = 0
    while i < characters.count {
      let c = characters[i]
      let opens =
        (i == 0 || !characters[i - 1].isLetter && !characters[i - 1].isNumber)
        && i + 1 < characters.count && characters[i + 1] != " "
      if "*_|$".contains(c), opens, let end = characters[(i + 1)...].firstIndex(of: c), end > i + 1,
        characters[end - 1] != " ",
        end + 1 == characters.count || !characters[end + 1].isLetter && !characters[end + 1].isNumber
      {
        result += [(nil, plain), (c, String(characters[(i + 1)..<end]))]
        plain = ""
        i = end + 1
      } else {
        plain.append(c)
        i += 1
      }
    }
    return result + [(nil, plain)]
  }
}

/// Formulas in prose: the names of symbols become symbols, indices and powers stand low and high.
enum Formula {
  static func html(_ text: String) -> String {
    MarkupText.pieces(text).map { piece in
      let text = ReportPage.escape(piece.text)
      return piece.rise > 0 ? "<sup>\(text)</sup>" : piece.rise < 0 ? "<sub>\(text)</sub>" : text
    }.joined()
  }

  /// In one line of letters: digits are raised and lowered, other powers and indices keep their sign.
  static func plain(_ text: String) -> String {
    MarkupText.pieces(text).map { piece in
      if piece.rise == 0 { return piece.text }
      let digits = Array(piece.rise > 0 ? "⁰¹²³⁴⁵⁶⁷⁸⁹" : "₀₁₂₃₄₅₆₇₈₉")
      let small = piece.text.compactMap { c in c.isASCII ? c.wholeNumberValue.map { digits[$0] } : nil }
      return small.count == piece.text.count ? String(small) : (piece.rise > 0 ? "^" : "_") + piece.text
    }.joined()
  }
}

/// Source text with comments, strings and keywords marked.
enum CodeColors {
  private static let keywords = Set(Keyword.allCases.map(\.rawValue))

  static func html(_ code: String) -> String {
    var result = ""
    var depth = 0
    for line in code.split(separator: "\n", omittingEmptySubsequences: false) {
      let word = line.filter { $0 != " " && $0 != "\t" }
      if word == "%{" || word == "#{" { depth += 1 }
      result += depth > 0 ? "<i>\(ReportPage.escape(String(line)))</i>\n" : self.line(Array(line)) + "\n"
      if depth > 0, word == "%}" || word == "#}" { depth -= 1 }
    }
    if result.hasSuffix("\n") { result.removeLast() }
    return result
  }

  private static func line(_ characters: [Character]) -> String {
    var result = ""
    var i = 0
    var previous: Character = " "
    func text(_ range: Range<Int>) -> String { ReportPage.escape(String(characters[range])) }
    while i < characters.count {
      let c = characters[i]
      if c == "%" || c == "#" { return result + "<i>" + text(i..<characters.count) + "</i>" }
      // A quote after a name, a number or a bracket is a transpose.
      let isTranspose = c == "'" && (previous.isLetter || previous.isNumber || ")]}'._".contains(previous))
      if c == "\"" || c == "'" && !isTranspose {
        var end = i + 1
        while end < characters.count {
          // A quote twice stands for itself.
          let isDoubled = characters[end] == c && end + 1 < characters.count && characters[end + 1] == c
          if characters[end] == c, !isDoubled { break }
          end += isDoubled || c == "\"" && characters[end] == "\\" ? 2 : 1
        }
        end = min(end + 1, characters.count)
        result += "<u>" + text(i..<end) + "</u>"
        previous = c
        i = end
      } else if c.isLetter || c == "_" {
        var end = i
        while end < characters.count,
          characters[end].isLetter || characters[end].isNumber || characters[end] == "_"
        {
          end += 1
        }
        let word = String(characters[i..<end])
        result += keywords.contains(word) && previous != "." ? "<b>\(word)</b>" : ReportPage.escape(word)
        previous = characters[end - 1]
        i = end
      } else {
        result += text(i..<i + 1)
        previous = c
        i += 1
      }
    }
    return result
  }
}
