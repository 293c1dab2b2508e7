// Puts blanks, line ends and continuations between the words of a generated program.

struct Layout {
  let words: [ProgramGenerator.Word]
  var random: SeededGenerator
  /// True for brackets inside which blanks separate elements.
  private var brackets: [Bool] = []
  private var result = ""

  init(words: [ProgramGenerator.Word], random: SeededGenerator) {
    self.words = words
    self.random = random
  }

  private var isInMatrix: Bool { brackets.last ?? false }

  private mutating func flip(_ odds: Int) -> Bool { Int.random(in: 0..<odds, using: &random) == 0 }

  mutating func text() -> String {
    result = ""
    for index in words.indices { put(index) }
    return result
  }

  private func word(_ index: Int) -> ProgramGenerator.Word? {
    words.indices.contains(index) ? words[index] : nil
  }

  private mutating func put(_ index: Int) {
    var word = words[index]
    let next = self.word(index + 1)
    switch word.rule {
    case "BLANK" where self.word(index - 1)?.rule == "COMMAND_NAME" || self.word(index - 1)?.rule == "WORD":
      result += " "
      return
    case "BLANK":
      // `[a - -b]` would be one element.
      let sign = next?.text.first
      let collides = (sign == "+" || sign == "-") && self.word(index + 2)?.text.first == sign
      if collides { result += ", " } else { blank() }
      return
    case "WORD", "COMMAND_NAME":
      if word.rule == "COMMAND_NAME" { separate(word) }
      result += word.text
      return
    case "NEWLINE", "BLOCK_COMMENT":
      result += word.text
      return
    case "COMMENT":
      if flip(2) { result += "  " }
      result += word.text
      return
    default: break
    }
    // `'a''` would go on as a string.
    if word.text == "'", word.rule == "power", result.last == "'" { word.text = ".'" }

    separate(word)
    if isBinary(word) {
      let collides = "+-".contains(next?.text.first ?? " ")
      if collides || flip(2) {
        blank()
        result += word.text
        blank()
      } else {
        result += word.text
      }
      return
    }
    let isPrefix =
      ["prefix", "exponent"].contains(word.rule) || (word.rule == "increment" && word.isFirst)
    if isPrefix {
      result += word.text
      if word.text.first == next?.text.first, "+-".contains(word.text.first ?? " ") {
        result += " "
      } else if !isInMatrix, flip(5) {
        blank()
      }
      return
    }
    if !hugs(word), mayFollowBlank(word), flip(4) { blank() }
    result += word.text
    switch word.text {
    case "(" where word.rule != "STRING": brackets.append(false)
    case "[" where word.rule != "STRING": brackets.append(true)
    case "{": brackets.append(word.rule == "cell")
    case ")", "]", "}": if !brackets.isEmpty { brackets.removeLast() }
    default: break
    }
    if word.text.last?.isLetter == true, word.rule.first?.isLowercase == true,
      word.rule != "last"
    {
      result += " "
    }
  }

  /// Keeps two words apart that would run together.
  private mutating func separate(_ word: ProgramGenerator.Word) {
    guard let last = result.last, let first = word.text.first else { return }
    func isWord(_ character: Character) -> Bool {
      character.isLetter || character.isNumber || character == "_"
    }
    let isNumber = word.rule == "NUMBER"
    guard isWord(first) || isNumber else { return }
    if isWord(last) || (last == "." && (isNumber || !hugs(word))) {
      result += " "
    }
  }

  private func isBinary(_ word: ProgramGenerator.Word) -> Bool {
    switch word.rule {
    case "operation", "and_then", "or_each", "and_each", "comparison", "range", "sum", "product", "ASSIGN":
      true
    case "power": !word.text.hasSuffix("'")
    case "assignment", "parameter", "for", "declaration", "function": word.text == "="
    default: false
    }
  }

  /// Words that no blank may stand before.
  private func hugs(_ word: ProgramGenerator.Word) -> Bool {
    switch word.rule {
    case "power": word.text.hasSuffix("'")
    case "increment": !word.isFirst
    case "index": word.text == "." || (isInMatrix && word.text == "(") || result.last == "."
    case "brace_open": isInMatrix
    case "FIELD": true
    default: false
    }
  }

  private func mayFollowBlank(_ word: ProgramGenerator.Word) -> Bool {
    // The name of a function keeps to its dot, a statement's end to nothing.
    !result.isEmpty && result.last != "\n"
  }

  private var lastCharacter: Character? { result.last { $0 != " " && $0 != "\t" } }

  private mutating func blank() {
    switch Int.random(in: 0..<16, using: &random) {
    case 0: result += " ... what comes here is ignored\n  "
    case 1 where brackets.last == false && lastCharacter != "\\": result += "\n"
    case 2: result += "\t "
    default: result += " "
    }
  }
}
