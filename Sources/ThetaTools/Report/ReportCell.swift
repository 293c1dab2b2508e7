import ThetaSyntax

/// A part of a script between lines that begin with `%%`: a heading, the comment under it as prose, and code.
struct ReportCell {
  var title: String
  /// Comment lines under the heading, without their marks.
  var prose: [String]
  /// The code as it stands, blank lines at its ends left out.
  var code: String
  /// Byte offsets of the whole cell in the script.
  var start: Int
  var end: Int

  /// The cells of a script. Comments inside blocks do not split: a cell begins at the first column or after blanks,
  /// outside of any statement.
  static func split(_ source: SourceFile, statements: [Statement]) -> [ReportCell] {
    let spans = statements.map { (Int($0.range.start), Int($0.range.end)) }
    var starts: [Int] = [0]
    var lineStart = 0
    for (offset, byte) in (source.bytes + [UInt8(ascii: "\n")]).enumerated() where byte == UInt8(ascii: "\n")
    {
      let line = source.bytes[lineStart..<min(offset, source.bytes.count)]
      let text = line.drop { $0 == 32 || $0 == 9 }
      let isMark = text.starts(with: Array("%%".utf8)) || text.starts(with: Array("##".utf8))
      let isRule =
        text.allSatisfy { $0 == 37 || $0 == 35 || $0 == 61 || $0 == 45 || $0 == 32 || $0 == 13 }
        && text.count > 3
      let isInside = spans.contains { lineStart > $0.0 && lineStart < $0.1 }
      if isMark, !isRule, !isInside, lineStart > 0, text.count > 2,
        text[text.startIndex + 2] == 32 || text.count <= 3
      {
        if !startsProse(source, lineStart) { starts.append(lineStart) }
      }
      lineStart = offset + 1
    }
    return starts.enumerated().map { k, start in
      cell(source, start, k + 1 < starts.count ? starts[k + 1] : source.bytes.count)
    }
  }

  /// True for a `%%` line right under another one: it goes on with that one's text.
  private static func startsProse(_ source: SourceFile, _ offset: Int) -> Bool {
    var end = offset - 1
    guard end > 0 else { return false }
    var begin = end
    while begin > 0, source.bytes[begin - 1] != UInt8(ascii: "\n") { begin -= 1 }
    if end > begin, source.bytes[end - 1] == 13 { end -= 1 }
    return source.bytes[begin..<end].drop { $0 == 32 }.starts(with: Array("%%".utf8))
  }

  private static func cell(_ source: SourceFile, _ start: Int, _ end: Int) -> ReportCell {
    var lines = source.bytes[start..<end].split(
      separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false
    )
    .map { String(decoding: $0.last == UInt8(ascii: "\r") ? $0.dropLast() : $0, as: UTF8.self) }
    var title = ""
    var prose: [String] = []
    var isFirst = true
    while let line = lines.first {
      let text = line.drop { $0 == " " || $0 == "\t" }
      if text.isEmpty, prose.isEmpty || isFirst {
        lines.removeFirst()
        continue
      }
      guard text.hasPrefix("%") || text.hasPrefix("#"), !text.hasPrefix("%{"), !text.hasPrefix("#{") else {
        break
      }
      let isHeading = text.hasPrefix("%%") || text.hasPrefix("##")
      let indented = String(text.drop { $0 == "%" || $0 == "#" }).trimmedRight
      let rest = String(indented.drop { $0 == " " })
      lines.removeFirst()
      let isRule = !rest.isEmpty && rest.allSatisfy { "=-*_ ".contains($0) }
      if isRule { continue }
      if isHeading, title.isEmpty, prose.isEmpty { title = trimmedRule(rest) } else { prose.append(indented) }
      isFirst = false
    }
    while lines.last?.allSatisfy(\.isWhitespace) == true { lines.removeLast() }
    while prose.last?.isEmpty == true { prose.removeLast() }
    let margin = prose.filter { !$0.isEmpty }.map { $0.prefix { $0 == " " }.count }.min() ?? 0
    return ReportCell(
      title: title, prose: prose.map { String($0.dropFirst(margin)) }, code: lines.joined(separator: "\n"),
      start: start, end: end)
  }

  /// `==== Part 1 ====` is the heading "Part 1".
  private static func trimmedRule(_ text: String) -> String {
    var text = Substring(text)
    while let c = text.first, "=-* ".contains(c) { text.removeFirst() }
    while let c = text.last, "=-* ".contains(c) { text.removeLast() }
    return String(text)
  }
}

extension String {
  fileprivate var trimmedRight: String {
    var text = Substring(self)
    while text.last?.isWhitespace == true { text.removeLast() }
    return String(text)
  }
}
