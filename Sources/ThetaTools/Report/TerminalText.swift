/// What a terminal shows of printed text: a carriage return starts the line anew, a backspace steps back, sequences that
/// set colours leave nothing.
enum TerminalText {
  static func shown(_ text: String) -> String {
    guard text.unicodeScalars.contains(where: { $0.value < 32 && $0 != "\n" && $0 != "\t" }) else {
      return text
    }
    // By scalars: a carriage return and a line feed are one character of a String.
    return text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false).map { line($0) }
      .joined(separator: "\n")
  }

  private static func line(_ text: Substring.UnicodeScalarView) -> String {
    var cells: [Unicode.Scalar] = []
    var place = 0
    var rest = text
    while let c = rest.popFirst() {
      switch c {
      case "\r": place = 0
      case "\u{8}": place = max(0, place - 1)
      case "\u{1B}" where rest.first == "[":
        // Up to the letter that ends the sequence.
        while let next = rest.popFirst() { if next != "[", (0x40...0x7E).contains(next.value) { break } }
      case _ where c.value < 32 && c != "\t": break
      default:
        if place < cells.count { cells[place] = c } else { cells.append(c) }
        place += 1
      }
    }
    var result = ""
    result.unicodeScalars.append(contentsOf: cells)
    return result
  }
}
