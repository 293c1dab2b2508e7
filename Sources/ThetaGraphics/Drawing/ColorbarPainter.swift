import ThetaArrays
import ThetaCanvas
import ThetaRuntime

/// The bar that tells which number has which colour.
struct ColorbarPainter {
  private let bar: GraphicsObject
  private let axes: AxesPainter
  private let scale: ColorScale
  private let axis: AxesModel.Axis
  private let texts: [String]
  private let power: Int
  private let size: Double

  init(_ bar: GraphicsObject, _ axes: AxesPainter) {
    self.bar = bar
    self.axes = axes
    scale = axes.model.colorScale
    size = axes.fontSize
    let model = AxesModel(bar)
    let letter = ColorbarPainter.isUpright(bar) ? "y" : "x"
    var ticks = Ticks.linear(scale.low, scale.high)
    for name in ["ytick", "xtick"] where bar.isSet(name) { ticks = bar.list(name) }
    axis = AxesModel.Axis(
      low: scale.low, high: scale.high, isLogarithmic: false, isReversed: false, ticks: ticks)
    (texts, power) = model.tickTexts(
      bar.isSet("yticklabel") ? "y" : bar.isSet("xticklabel") ? "x" : letter, axis)
  }

  private static func isUpright(_ bar: GraphicsObject) -> Bool {
    !bar.text("location").hasPrefix("north") && !bar.text("location").hasPrefix("south")
  }

  private var isUpright: Bool { ColorbarPainter.isUpright(bar) }
  private let thickness = 14.0
  private let distance = 10.0

  private var label: TextBlock? {
    for name in ["ylabel", "xlabel", "title"] {
      guard let object = bar.labels[name] else { continue }
      let lines = TextBlock.lines(object["string"], interpreter: object.text("interpreter"))
      if !lines.isEmpty {
        return TextBlock(
          lines, size: size, color: Palette.ink, rotation: isUpright && name != "title" ? 90 : 0)
      }
    }
    return nil
  }

  private var textWidth: Double {
    texts.map { TextMetrics.width(of: axes.runs($0), size: size) }.max() ?? 0
  }

  private var room: Double {
    let text = isUpright ? textWidth + AxesPainter.tickGap : size + AxesPainter.tickGap
    return distance + thickness + text
      + (label.map { 4 + (isUpright ? $0.bounds.width : $0.bounds.height) } ?? 0)
  }

  func reserve(_ margins: inout Place.Margins) {
    switch bar.text("location") {
    case "eastoutside": margins.right = max(margins.right, 6) + room
    case "westoutside": margins.left += room
    case "northoutside": margins.top += room
    case "southoutside": margins.bottom += room
    default: break
    }
    if power != 0 { margins.top = max(margins.top, size + 6) }
  }

  /// What the bar takes above the box.
  var roomAbove: Double { bar.text("location") == "northoutside" ? room : 0 }

  /// The bar beside a box, or in it. What the axes write above the box begins at `top`.
  func items(_ box: Rect, top: Double) -> [Scene.Item] {
    let rect: Rect
    var isAfter = true
    let others = axes.margins(withLegend: false, withColorbar: false)
    switch bar.text("location") {
    case "westoutside":
      rect = Rect(box.x - others.left - thickness, box.y, thickness, box.height)
      isAfter = false
    case "northoutside":
      rect = Rect(box.x, top - distance - thickness, box.width, thickness)
      isAfter = false
    case "southoutside": rect = Rect(box.x, box.bottom + others.bottom + 2, box.width, thickness)
    case "east": rect = Rect(box.right - distance - thickness, box.y + 12, thickness, box.height - 24)
    case "west": rect = Rect(box.x + distance, box.y + 12, thickness, box.height - 24)
    case "north": rect = Rect(box.x + 12, box.y + distance, box.width - 24, thickness)
    case "south":
      rect = Rect(box.x + 12, box.bottom - distance - thickness, box.width - 24, thickness)
      isAfter = false
    default: rect = Rect(box.right + distance, box.y, thickness, box.height)
    }
    let count = scale.map.count
    var raster = Raster(columns: isUpright ? 1 : count, rows: isUpright ? count : 1, pixels: [])
    for k in 0..<count {
      let color = scale.map[isUpright ? count - 1 - k : k]
      raster.pixels += [
        UInt8(color.red * 255 + 0.5), UInt8(color.green * 255 + 0.5), UInt8(color.blue * 255 + 0.5), 255,
      ]
    }
    var items: [Scene.Item] = [.image(raster, rect)]
    var path = Path(rect: rect)
    var numbers: [Scene.Item] = []
    for (tick, text) in zip(axis.ticks, texts) {
      let place = axis.place(tick)
      guard place >= -1e-9, place <= 1 + 1e-9 else { continue }
      let runs = axes.runs(text)
      if isUpright {
        let y = rect.bottom - place * rect.height
        let edge = isAfter ? rect.right : rect.x
        path.segment(Point(edge, y), Point(edge + (isAfter ? -3 : 3), y))
        numbers += TextBlock([runs], size: size, color: Palette.ink, horizontal: isAfter ? "left" : "right")
          .items(
            at: Point(edge + (isAfter ? 1 : -1) * AxesPainter.tickGap, y))
      } else {
        let x = rect.x + place * rect.width
        let edge = isAfter ? rect.bottom : rect.y
        path.segment(Point(x, edge), Point(x, edge + (isAfter ? -3 : 3)))
        numbers += TextBlock([runs], size: size, color: Palette.ink, vertical: isAfter ? "top" : "bottom")
          .items(
            at: Point(x, edge + (isAfter ? 1 : -1) * AxesPainter.tickGap))
      }
    }
    items.append(.path(path, stroke: Stroke(Palette.ink, width: 0.7, join: .miter), fill: nil))
    items += numbers
    if power != 0 {
      let runs = Markup.runs("×10^{\(NumberLabel.typographic(String(power)))}")
      items += TextBlock(
        [runs], size: size * 0.95, color: Palette.ink, horizontal: "left", vertical: "bottom"
      ).items(
        at: Point(rect.x, rect.y - 3))
    }
    if let label {
      let gap = AxesPainter.tickGap + 4
      let point: Point
      if isUpright {
        let away = gap + textWidth + label.bounds.width / 2
        point = Point(isAfter ? rect.right + away : rect.x - away, rect.center.y)
      } else {
        let away = gap + size + label.bounds.height / 2
        point = Point(rect.center.x, isAfter ? rect.bottom + away : rect.y - away)
      }
      items += label.items(at: point)
    }
    return items
  }
}
