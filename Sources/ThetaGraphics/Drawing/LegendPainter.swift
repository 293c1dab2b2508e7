import ThetaArrays
import ThetaCanvas
import ThetaRuntime

/// The legend of axes: where it stands, and what it looks like. Where the script leaves the place open the corner that
/// hides least is taken.
struct LegendPainter {
  private struct Row {
    let object: GraphicsObject
    let runs: [TextRun]
    let width: Double
  }

  private let legend: GraphicsObject
  private let axes: AxesPainter
  private let rows: [Row]
  private let size: Double
  private let isHorizontal: Bool
  private let padding: Double
  private let sample: Double
  private let gap: Double

  init(_ legend: GraphicsObject, _ axes: AxesPainter) {
    self.legend = legend
    self.axes = axes
    let isChosen = legend.isSet("fontsize")
    let wanted =
      max(isChosen ? legend.number("fontsize") : axes.axes.number("fontsize") * 0.95, 1)
      * TextBlock.pixelsPerPoint
    isHorizontal = legend.text("orientation") == "horizontal"
    let shrinking = isChosen ? 1 : LegendPainter.shrinking(legend, isHorizontal, wanted, axes.cell)
    size = wanted * shrinking
    padding = 7 * shrinking
    sample = 26 * shrinking
    gap = 6 * shrinking
    let isPlain = legend.text("interpreter") == "none"
    var rows: [Row] = []
    for entry in legend.entries where !entry.isDeleted && !entry.displayName.isEmpty {
      let runs = Markup.runs(entry.displayName, interpret: !isPlain)
      rows.append(Row(object: entry, runs: runs, width: TextMetrics.width(of: runs, size: size)))
    }
    self.rows = rows
  }

  /// In small cells of a grid a legend is drawn smaller, so that it leaves room for the data; at most by a third.
  private static func shrinking(
    _ legend: GraphicsObject, _ isHorizontal: Bool, _ size: Double, _ cell: Rect
  ) -> Double {
    let texts = legend.entries.filter { !$0.isDeleted && !$0.displayName.isEmpty }.map(\.displayName)
    let widths = texts.map { TextMetrics.width(of: Markup.runs($0), size: size) + 45 }
    let width = isHorizontal ? widths.reduce(0, +) : widths.max() ?? 0
    let height = Double(isHorizontal ? 1 : texts.count) * size * 1.35 + 10
    guard width > 0 else { return 1 }
    return max(2.0 / 3, min(1, cell.width * 0.45 / width, cell.height * 0.4 / height))
  }

  private var lineHeight: Double { size * 1.35 }

  private var title: TextBlock? {
    guard let object = legend.labels["title"] else { return nil }
    let lines = TextBlock.lines(object["string"], interpreter: object.text("interpreter"))
    return lines.isEmpty ? nil : TextBlock(lines, size: size, color: .black, isBold: true)
  }

  private var extent: Point {
    guard !rows.isEmpty else { return Point(0, 0) }
    let head = title.map { $0.bounds.height + 4 } ?? 0
    let titleWidth = title.map { $0.bounds.width + 2 * padding } ?? 0
    if isHorizontal {
      let width = rows.reduce(padding * 2) { $0 + sample + gap + $1.width } + Double(rows.count - 1) * 12
      return Point(max(width, titleWidth), lineHeight + padding + head)
    }
    let widest = rows.map(\.width).max() ?? 0
    return Point(
      max(padding * 2 + sample + gap + widest, titleWidth),
      Double(rows.count) * lineHeight + padding * 1.4 + head)
  }

  private var location: String { legend.text("location").lowercased() }

  /// Room for a legend outside the box.
  func reserve(_ margins: inout Place.Margins) {
    guard !rows.isEmpty, !legend.isSet("position") else { return }
    let e = extent
    switch location {
    case "eastoutside", "northeastoutside", "southeastoutside", "bestoutside": margins.right += e.x + 10
    case "westoutside", "northwestoutside", "southwestoutside": margins.left += e.x + 10
    case "northoutside": margins.top += e.y + 8
    case "southoutside": margins.bottom += e.y + 8
    default: break
    }
  }

  private func place(_ box: Rect, _ occupied: [Point]) -> Rect {
    let e = extent
    let m = 8.0
    let left = box.x + m
    let right = box.right - m - e.x
    let top = box.y + m
    let bottom = box.bottom - m - e.y
    let (cx, cy) = (box.center.x - e.x / 2, box.center.y - e.y / 2)
    func at(_ x: Double, _ y: Double) -> Rect { Rect(x, y, e.x, e.y) }
    switch location {
    case "northwest": return at(left, top)
    case "southwest": return at(left, bottom)
    case "southeast": return at(right, bottom)
    case "north": return at(cx, top)
    case "south": return at(cx, bottom)
    case "east": return at(right, cy)
    case "west": return at(left, cy)
    case let word where word.hasSuffix("outside"): return outside(word, box)
    case "northeast" where legend.isSet("location"): return at(right, top)
    default: break
    }
    let choices = [
      at(right, top), at(left, top), at(right, bottom), at(left, bottom), at(right, cy), at(left, cy),
      at(cx, top),
      at(cx, bottom),
    ]
    let scores = choices.enumerated().map { index, rect -> Double in
      let near = Rect(rect.x - 3, rect.y - 3, rect.width + 6, rect.height + 6)
      return Double(occupied.lazy.filter { near.contains($0) }.count) + Double(index) * 0.01
    }
    let best = scores.indices.min { scores[$0] < scores[$1] } ?? 0
    return choices[best]
  }

  /// Beyond everything else that is written around the box.
  private func outside(_ word: String, _ box: Rect) -> Rect {
    let e = extent
    let others = axes.margins(withLegend: false)
    let hasBar = axes.axes.axesState?.colorbar?.isVisible == true
    var x = box.center.x - e.x / 2
    var y = box.center.y - e.y / 2
    if word.contains("east") || word == "bestoutside" { x = box.right + (hasBar ? others.right + 6 : 10) }
    if word.contains("west"), word != "southoutside" { x = box.x - others.left - e.x - 4 }
    if word == "northoutside" { y = box.y - others.top - e.y - 2 }
    if word == "southoutside" { y = box.bottom + others.bottom + 2 }
    if word.hasPrefix("northeast") || word.hasPrefix("northwest") || word == "bestoutside" { y = box.y }
    if word.hasPrefix("southeast") || word.hasPrefix("southwest") { y = box.bottom - e.y }
    return Rect(x, y, e.x, e.y)
  }

  func items(_ box: Rect, occupied: [Point], scale: ColorScale) -> [Scene.Item] {
    guard !rows.isEmpty else { return [] }
    let rect = place(box, occupied)
    var items: [Scene.Item] = []
    if legend.text("box") != "off" || !legend.isSet("box") {
      let paper = legend.color("color") ?? .white
      items.append(
        .path(
          .rounded(rect, 2.5, 2.5),
          stroke: legend.color("edgecolor").map { Stroke($0.opacity(0.45), width: 0.7) },
          fill: paper.opacity(0.92)))
    }
    var top = rect.y + padding * 0.7
    if let title {
      items += title.items(at: Point(rect.center.x, top + title.bounds.height / 2))
      top += title.bounds.height + 4
    }
    var x = rect.x + padding
    for (k, row) in rows.enumerated() {
      let y = isHorizontal ? top + lineHeight / 2 : top + (Double(k) + 0.5) * lineHeight
      let textFirst = legend.text("textposition") == "left" && !isHorizontal
      let sampleX = textFirst ? rect.right - padding - sample : x
      items += swatch(row.object, Rect(sampleX, y - lineHeight / 2, sample, lineHeight), scale)
      let block = TextBlock(
        [row.runs], size: size, color: legend.color("textcolor") ?? .black, horizontal: "left")
      items += block.items(at: Point(textFirst ? rect.x + padding : x + sample + gap, y))
      if isHorizontal { x += sample + gap + row.width + 12 }
    }
    return items
  }

  /// A small picture of the mark.
  private func swatch(_ object: GraphicsObject, _ rect: Rect, _ scale: ColorScale) -> [Scene.Item] {
    let painter = MarkPainter(
      Projection(
        .unit, .unit, .unit, box: rect), scale, fontSize: size)
    var items: [Scene.Item] = []
    let middle = rect.center
    func stroke(_ pen: Stroke?) {
      guard let pen else { return }
      var path = Path()
      path.segment(Point(rect.x, middle.y), Point(rect.right, middle.y))
      items.append(.path(path, stroke: pen, fill: nil))
    }
    func mark(_ color: Color) {
      var painter = painter
      let copy = GraphicsObject(.line, handle: 0, parent: nil)
      for name in ["marker", "markersize", "markeredgecolor", "markerfacecolor", "linewidth"]
      where object.isSet(name) || name == "marker" { copy[name] = object[name] }
      copy["markersize"] = .number(min(copy.number("markersize"), 9))
      painter.marks(copy, [0.5], [0.5], [], color)
      items += painter.items
    }
    func block(_ fill: Color?, _ edge: Stroke?) {
      let r = Rect(rect.x + 2, middle.y - size * 0.36, rect.width - 4, size * 0.72)
      items.append(.path(Path(rect: r), stroke: edge, fill: fill))
    }
    switch object.kind {
    case .line, .stairs, .errorbar, .stem, .quiver:
      let color = object.color("color") ?? .black
      stroke(painter.pen(object, color: "color"))
      mark(color)
    case .scatter:
      let color = painter.pointColors(object["cdata"], count: object["xdata"].count).first ?? Palette.lines[0]
      var painter = painter
      let copy = GraphicsObject(.line, handle: 0, parent: nil)
      copy["marker"] = object["marker"]
      copy["markersize"] = .number(6)
      if object.text("markerfacecolor") != "none" {
        copy["markerfacecolor"] =
          object.color("markerfacecolor").map { $0.value } ?? .string("auto")
      }
      if let edge = object.color("markeredgecolor"), object["cdata"].isText || object.isSet("markeredgecolor")
      {
        copy["markeredgecolor"] = edge.value
      }
      painter.marks(copy, [0.5], [0.5], [], color)
      items += painter.items
    case .contour:
      let levels = object.list("levellist")
      let color = object.color("linecolor") ?? scale.scaled(levels.isEmpty ? 0 : levels[levels.count / 2])
      if object.flag("fill") {
        block(color, nil)
      } else {
        stroke(Stroke(color, width: MarkPainter.width(object, unset: 1.2)))
      }
    case .surface: block(scale.map[scale.map.count / 2], Stroke(.black, width: 0.5))
    default:
      let fill = object.color("facecolor") ?? scale.map[scale.map.count / 3]
      let alpha =
        object.kind.schema.property("facealpha") != nil && !object["facealpha"].isText
        ? object.number("facealpha") : 1
      block(
        object.text("facecolor") == "none" ? nil : fill.opacity(alpha),
        painter.pen(object, color: "edgecolor", unset: 0.6))
    }
    return items
  }
}

extension AxesModel.Axis {
  /// From 0 to 1.
  static let unit = AxesModel.Axis(low: 0, high: 1, isLogarithmic: false, isReversed: false, ticks: [])
}
