import ThetaArrays
import ThetaCanvas
import ThetaRuntime

/// The text of an object: one or more lines with markup, aligned and turned about a point.
struct TextBlock {
  private(set) var lines: [[TextRun]]
  let size: Double
  let isBold: Bool
  let isItalic: Bool
  let isMonospaced: Bool
  let color: Color
  let horizontal: String
  let vertical: String
  let rotation: Double
  let background: Color?
  let edge: Color?
  let margin: Double

  /// Pixels for a point of letter height.
  static let pixelsPerPoint = 1.2

  init(_ object: GraphicsObject) {
    let points = MarkPainter.bounded(object.number("fontsize"), 0.5, 400)
    lines = TextBlock.lines(object["string"], interpreter: object.text("interpreter")).map { line in
      line.map { $0.sized(among: points) }
    }
    size = points * TextBlock.pixelsPerPoint
    isBold = object.text("fontweight") == "bold"
    isItalic = object.text("fontangle") == "italic"
    let font = object.text("fontname").lowercased()
    isMonospaced = font.contains("mono") || font.contains("courier")
    color = object.color("color") ?? .black
    horizontal = object.text("horizontalalignment")
    vertical = object.text("verticalalignment")
    let angle = object.number("rotation")
    rotation = abs(angle) < 1e6 ? angle : 0
    background = object.color("backgroundcolor")
    edge = object.color("edgecolor")
    margin = MarkPainter.bounded(object.number("margin"), 0, 200)
  }

  init(
    _ runs: [[TextRun]], size: Double, color: Color, isBold: Bool = false, horizontal: String = "center",
    vertical: String = "middle", rotation: Double = 0
  ) {
    lines = runs
    self.size = size
    self.color = color
    self.isBold = isBold
    isItalic = false
    isMonospaced = false
    self.horizontal = horizontal
    self.vertical = vertical
    self.rotation = rotation
    background = nil
    edge = nil
    margin = 0
  }

  /// A string, a matrix of characters, a cell of strings, or a number.
  static func lines(_ value: Value, interpreter: String) -> [[TextRun]] {
    var texts: [String]
    if let list = value.stringList {
      texts = list.flatMap { text in
        text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).map(String.init)
      }
    } else if case .cell(let cells) = value {
      texts = cells.list.map { $0.stringValue ?? $0.firstReal.map { NumberLabel.general($0) } ?? "" }
    } else {
      texts = value.realArray?.list.map { NumberLabel.general($0) } ?? []
    }
    if texts.allSatisfy(\.isEmpty) { return [] }
    texts = texts.map { text in
      var text = Substring(text)
      while text.last == " " && texts.count > 1 { text.removeLast() }
      return String(text)
    }
    if interpreter == "latex" {
      // Formulas between dollars read like markup.
      return texts.map { Markup.runs($0.filter { $0 != "$" }) }
    }
    return texts.map { Markup.runs($0, interpret: interpreter != "none") }
  }

  var isEmpty: Bool { lines.isEmpty }

  /// The same with lines broken between words where they are wider than a room.
  func wrapped(to room: Double) -> TextBlock {
    guard extent.x > room else { return self }
    var result = self
    result.lines = lines.flatMap { broken($0, room) }
    return result
  }

  private func broken(_ line: [TextRun], _ room: Double) -> [[TextRun]] {
    var result: [[TextRun]] = []
    var current: [TextRun] = []
    var used = 0.0
    for run in line {
      for (k, word) in run.text.split(separator: " ", omittingEmptySubsequences: false).enumerated() {
        var piece = run
        piece.text = (k > 0 ? " " : "") + word
        var width = TextMetrics.width(of: [piece], size: size, isBold: isBold)
        if k > 0, used > 0, used + width > room {
          result.append(current)
          (current, used) = ([], 0)
          piece.text = String(word)
          width = TextMetrics.width(of: [piece], size: size, isBold: isBold)
        }
        if k > 0, !current.isEmpty {
          current[current.count - 1].text += piece.text
        } else {
          current.append(piece)
        }
        used += width
      }
    }
    return result + [current]
  }

  /// Width and height without rotation.
  var extent: Point {
    let width = lines.map { TextMetrics.width(of: $0, size: size, isBold: isBold) }.max() ?? 0
    let tallest = lines.joined().map(\.scale).max() ?? 1
    let height = Double(lines.count - 1) * lineStep + size * max(tallest, 1)
    return Point(width, lines.isEmpty ? 0 : height)
  }

  /// From one baseline to the next; wider where `\fontsize` makes letters larger than the text.
  private var lineStep: Double {
    size * TextMetrics.lineHeight * max(lines.joined().map(\.scale).max() ?? 1, 1)
  }

  /// What the text covers around its point with rotation: distances to the left, right, top and bottom.
  var bounds: (width: Double, height: Double) {
    let e = extent
    let (c, s) = (abs(cosine(degrees: rotation)), abs(sine(degrees: rotation)))
    return (e.x * c + e.y * s, e.x * s + e.y * c)
  }

  /// The lines as primitives, the block's anchor at a point.
  func items(at point: Point) -> [Scene.Item] {
    guard !lines.isEmpty else { return [] }
    let step = lineStep
    let height = Double(lines.count - 1) * step
    // The first baseline below the point, before turning.
    let first: Double
    switch vertical {
    case "top": first = size * 0.82
    case "cap": first = size * TextMetrics.capHeight
    case "middle": first = size * TextMetrics.capHeight / 2 - height / 2
    case "bottom": first = -size * TextMetrics.descent - height
    default: first = -height
    }
    let anchor: Text.Anchor = horizontal == "left" ? .start : horizontal == "right" ? .end : .middle
    let (c, s) = (cosine(degrees: rotation), sine(degrees: rotation))
    func turned(_ x: Double, _ y: Double) -> Point { Point(point.x + x * c + y * s, point.y - x * s + y * c) }
    var items: [Scene.Item] = []
    if background != nil || edge != nil {
      let width = extent.x
      let pad = margin * 1.2
      let left = (anchor == .start ? 0 : anchor == .end ? -width : -width / 2) - pad
      let top = first - size * 0.8 - pad
      let bottom = first + height + size * 0.25 + pad
      let corners = [
        turned(left, top), turned(left + width + 2 * pad, top), turned(left + width + 2 * pad, bottom),
        turned(left, bottom),
      ]
      items.append(
        .path(
          Path(polygon: corners), stroke: edge.map { Stroke($0, width: 0.8, join: .miter) }, fill: background)
      )
    }
    for (k, runs) in lines.enumerated() where !runs.isEmpty {
      var text = Text(
        runs: runs, position: turned(0, first + Double(k) * step), anchor: anchor, size: size, color: color)
      text.isBold = isBold
      text.isItalic = isItalic
      text.isMonospaced = isMonospaced
      text.rotation = rotation
      items.append(.text(text))
    }
    return items
  }
}

extension TextRun {
  /// A run whose size is relative to a text of so many points, whatever `\fontsize` asked for.
  func sized(among text: Double) -> TextRun {
    guard let points else { return self }
    var run = self
    run.scale *= points / text
    run.rise *= points / text
    run.points = nil
    return run
  }
}
