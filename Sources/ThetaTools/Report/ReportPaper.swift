import Theta
import ThetaCanvas

/// A report as pages of A4 for PDF.
struct ReportPaper {
  private let width = 595.0
  private let height = 842.0
  private let margin = 56.0
  private var pages: [Scene] = []
  private var page: Scene
  private var y: Double

  static func pdf(_ run: ReportRun, showsTimes: Bool) throws(CairoCanvas.Problem) -> [UInt8] {
    var paper = ReportPaper()
    let first = run.steps.firstIndex { !$0.cell.title.isEmpty }
    let heading = first.map { run.steps[$0].cell.title } ?? run.name
    paper.text(run.name, size: 9, gray: true)
    paper.text(heading, size: 20, isBold: true, after: 8)
    for (k, step) in run.steps.enumerated() {
      if !step.cell.title.isEmpty, k != first {
        paper.space(12)
        paper.text(step.cell.title, size: 14, isBold: true, after: 4, keeps: 60)
      }
      for block in Prose.blocks(step.cell.prose) {
        switch block {
        case .paragraph(let text): paper.text(Prose.plain(text), size: 10.5, after: 5)
        case .code(let text): paper.block(text, background: Color(0.96, 0.97, 0.98))
        case .list(let items, let isNumbered):
          for (k, item) in items.enumerated() {
            paper.text(
              (isNumbered ? "\(k + 1). " : "• ") + Prose.plain(item), size: 10.5, indent: 12, after: 2)
          }
          paper.space(3)
        }
      }
      if !step.cell.code.isEmpty { paper.block(step.cell.code, background: Color(0.96, 0.97, 0.98)) }
      let output = ReportPage.withoutEdges(step.output)
      if !output.isEmpty { paper.block(output, background: nil) }
      let warnings = ReportPage.withoutEdges(step.warnings)
      if !warnings.isEmpty { paper.block(warnings, background: Color(1, 0.96, 0.84)) }
      for picture in step.pictures { paper.figure(picture.scene) }
      let variables = step.variables.map { "\($0.name) \($0.kind)" }.joined(separator: ", ")
      if !variables.isEmpty { paper.text("Variables: " + variables, size: 8.5, gray: true, after: 4) }
      if showsTimes { paper.text(ReportPage.time(step.seconds), size: 8.5, gray: true, after: 4) }
    }
    if let error = run.error {
      paper.text("The run ended with an error", size: 14, isBold: true, after: 4)
      paper.block(ReportPage.withoutEdges(error), background: Color(1, 0.92, 0.91))
    }
    paper.space(10)
    let times = showsTimes ? " · \(ReportPage.time(run.seconds)) in all" : ""
    paper.text(
      "Theta \(Session.version) · random numbers from seed \(ReportRun.seed)" + times, size: 8.5, gray: true)
    return try CairoCanvas.pdf(paper.pages + [paper.page], scale: 1)
  }

  private init() {
    page = Scene(width: width, height: height, background: Color(1, 1, 1))
    y = margin
  }

  private mutating func turn() {
    pages.append(page)
    page = Scene(width: width, height: height, background: Color(1, 1, 1))
    y = margin
  }

  private mutating func need(_ room: Double) {
    if y + room > height - margin, y > margin { turn() }
  }

  private mutating func space(_ room: Double) { y += room }

  private mutating func put(
    _ line: String, x: Double, size: Double, isBold: Bool = false, isMonospaced: Bool = false,
    gray: Bool = false
  ) {
    let ink = gray ? Color(0.4, 0.43, 0.46) : Color(0.12, 0.14, 0.16)
    var text = Text(
      runs: [TextRun(text: line)], position: Point(x, y + size * 0.8), anchor: .start, size: size, color: ink)
    text.isBold = isBold
    text.isMonospaced = isMonospaced
    page.items.append(.text(text))
  }

  /// A paragraph, broken between words.
  private mutating func text(
    _ text: String, size: Double, isBold: Bool = false, gray: Bool = false, indent: Double = 0,
    after: Double = 2,
    keeps: Double = 0
  ) {
    let room = width - 2 * margin - indent
    var line = ""
    need(size * 1.45 + keeps)
    func widthOf(_ text: String) -> Double { TextWidth.of(text, size: size, isBold: isBold) }
    for word in text.split(separator: " ").flatMap({ pieces($0, room, widthOf) }) {
      let longer = line.isEmpty ? String(word) : line + " " + word
      if !line.isEmpty, widthOf(longer) > room {
        need(size * 1.45)
        put(line, x: margin + indent, size: size, isBold: isBold, gray: gray)
        y += size * 1.45
        line = String(word)
      } else {
        line = longer
      }
    }
    if !line.isEmpty {
      need(size * 1.45)
      put(line, x: margin + indent, size: size, isBold: isBold, gray: gray)
      y += size * 1.45
    }
    y += after
  }

  /// A word in pieces that fit into a line.
  private func pieces(_ word: Substring, _ room: Double, _ widthOf: (String) -> Double) -> [Substring] {
    guard widthOf(String(word)) > room, word.count > 1 else { return [word] }
    let middle = word.index(word.startIndex, offsetBy: word.count / 2)
    return pieces(word[..<middle], room, widthOf) + pieces(word[middle...], room, widthOf)
  }

  /// Lines in the fixed face; long ones are cut into several.
  private mutating func block(_ text: String, background: Color?) {
    let size = 8.4
    let step = size * 1.4
    let most = Int((width - 2 * margin - 16) / (size * 0.602))
    y += 3
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      var rest = Substring(line.map { $0 == "\t" ? "    " : String($0) }.joined())
      repeat {
        need(step)
        if let background {
          var path = Path()
          path.move(Point(margin, y - 1.5))
          path.line(Point(width - margin, y - 1.5))
          path.line(Point(width - margin, y + step - 1.2))
          path.line(Point(margin, y + step - 1.2))
          path.close()
          page.items.append(.path(path, stroke: nil, fill: background))
        }
        put(String(rest.prefix(most)), x: margin + 8, size: size, isMonospaced: true)
        rest = rest.dropFirst(most)
        y += step
      } while !rest.isEmpty
    }
    y += 7
  }

  private mutating func figure(_ scene: Scene) {
    let scale = min((width - 2 * margin) / scene.width, 300 / scene.height, 0.75)
    need(scene.height * scale + 8)
    page.items += scene.placed(at: Point(margin, y), scale: scale)
    y += scene.height * scale + 10
  }
}
