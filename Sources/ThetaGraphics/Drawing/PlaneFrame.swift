import ThetaArrays
import ThetaCanvas

/// The frame of plane axes: background, grid, box, ticks, numbers and labels.
struct PlaneFrame {
  let painter: AxesPainter
  let projection: Projection
  /// What stands above the box, under the title.
  private(set) var above = 0.0

  init(_ painter: AxesPainter, _ projection: Projection) {
    self.painter = painter
    self.projection = projection
    let axes = painter.axes
    if axes.text("xaxislocation") == "top" {
      above = painter.fontSize * 1.05 + AxesPainter.tickGap
      if let label = painter.label("xlabel") { above += label.bounds.height + 6 }
    }
    if painter.model.tickTexts("y", projection.y).exponent != 0 { above = max(above, painter.fontSize + 3) }
  }

  private var axes: GraphicsObject { painter.axes }
  private var box: Rect { projection.box }

  func back() -> [Scene.Item] {
    var items: [Scene.Item] = []
    if let color = axes.color("color"), color != .white {
      items.append(.path(Path(rect: box), stroke: nil, fill: color))
    }
    let grid = axes.color("gridcolor") ?? Palette.ink
    let alpha = axes.number("gridalpha")
    let dash = Stroke.dash(axes.text("gridlinestyle"), width: 0.8) ?? []
    for letter in ["x", "y"] {
      let axis = letter == "x" ? projection.x : projection.y
      if axes.flag(letter + "minorgrid") {
        lines(letter, minor(axis), Stroke(grid.opacity(alpha * 0.6), width: 0.6, dash: [1, 2]), &items)
      }
      if axes.flag(letter + "grid") {
        lines(letter, axis.ticks, Stroke(grid.opacity(alpha), width: 0.8, dash: dash), &items)
      }
    }
    return items
  }

  private func lines(_ letter: String, _ ticks: [Double], _ stroke: Stroke, _ items: inout [Scene.Item]) {
    var path = Path()
    for tick in ticks {
      let axis = letter == "x" ? projection.x : projection.y
      let place = axis.place(tick)
      guard place > 0.001, place < 0.999 else { continue }
      if letter == "x" {
        let x = box.x + place * box.width
        path.segment(Point(x, box.y), Point(x, box.bottom))
      } else {
        let y = box.bottom - place * box.height
        path.segment(Point(box.x, y), Point(box.right, y))
      }
    }
    if !path.isEmpty { items.append(.path(path, stroke: stroke, fill: nil)) }
  }

  /// Places between the ticks.
  private func minor(_ axis: AxesModel.Axis) -> [Double] {
    if axis.isLogarithmic {
      if axis.ticks.count > 1, axis.ticks[1] > axis.ticks[0] * 11 {
        let decades = Ticks.logarithmic(axis.low, axis.high, all: true)
        return decades.count <= 80 ? decades : []
      }
      return Ticks.logarithmic(axis.low / 10, axis.high, all: true).flatMap { p in
        (2...9).map { Double($0) * p }
      }
    }
    guard axis.ticks.count > 1 else { return [] }
    let step = (axis.ticks[1] - axis.ticks[0]) / 5
    guard step > 0, (axis.high - axis.low) / step < 500 else { return [] }
    let first = (axis.low / step).rounded(.up)
    return stride(from: first * step, through: axis.high, by: step).map { $0 }
  }

  func front() -> [Scene.Item] {
    var items: [Scene.Item] = []
    let width = MarkPainter.bounded(axes.number("linewidth") * 1.4, 0.5, 100)
    let xInk = axes.color("xcolor") ?? Palette.ink
    let yInk = axes.color("ycolor") ?? Palette.ink
    let isTop = axes.text("xaxislocation") == "top"
    let isRight = axes.text("yaxislocation") == "right"
    let originY = axes.text("xaxislocation") == "origin" ? clampedPlace(projection.y, 0) : nil
    let originX = axes.text("yaxislocation") == "origin" ? clampedPlace(projection.x, 0) : nil
    let xLine = originY.map { box.bottom - $0 * box.height } ?? (isTop ? box.y : box.bottom)
    let yLine = originX.map { box.x + $0 * box.width } ?? (isRight ? box.right : box.x)

    var xPath = Path()
    var yPath = Path()
    xPath.segment(Point(box.x, xLine), Point(box.right, xLine))
    yPath.segment(Point(yLine, box.bottom), Point(yLine, box.y))
    let hasBox = painter.model.hasBox
    if hasBox {
      xPath.segment(Point(box.x, box.y + box.bottom - xLine), Point(box.right, box.y + box.bottom - xLine))
      yPath.segment(Point(box.x + box.right - yLine, box.bottom), Point(box.x + box.right - yLine, box.y))
    }
    let length = max(axes.list("ticklength").first ?? 0.01, 0) * max(box.width, box.height)
    let out = axes.text("tickdir") == "out"
    addTicks("x", length, out, hasBox, xLine, &xPath)
    addTicks("y", length, out, hasBox, yLine, &yPath)
    items.append(.path(xPath, stroke: Stroke(xInk, width: width, join: .miter), fill: nil))
    items.append(.path(yPath, stroke: Stroke(yInk, width: width, join: .miter), fill: nil))
    items += numbers(xLine, yLine, isTop, isRight, out ? length : 0, xInk, yInk)
    return items
  }

  private func clampedPlace(_ axis: AxesModel.Axis, _ x: Double) -> Double {
    let place = axis.place(x)
    return place.isFinite ? min(max(place, 0), 1) : 0
  }

  private func addTicks(
    _ letter: String, _ length: Double, _ out: Bool, _ hasBox: Bool, _ line: Double, _ path: inout Path
  ) {
    let axis = letter == "x" ? projection.x : projection.y
    let hasMinor = axes.flag(letter + "minortick") || axis.isLogarithmic && !axes.isSet(letter + "tick")
    let sets = [(axis.ticks, length)] + (hasMinor ? [(minor(axis), length * 0.55)] : [])
    for (ticks, length) in sets {
      for tick in ticks {
        let place = axis.place(tick)
        guard place >= -1e-9, place <= 1 + 1e-9 else { continue }
        if letter == "x" {
          let x = box.x + place * box.width
          let inward = line == box.y ? length : -length
          path.segment(Point(x, line), Point(x, line + (out ? -inward : inward)))
          if hasBox, !out {
            let far = box.y + box.bottom - line
            path.segment(Point(x, far), Point(x, far - inward))
          }
        } else {
          let y = box.bottom - place * box.height
          let inward = line == box.right ? -length : length
          path.segment(Point(line, y), Point(line + (out ? -inward : inward), y))
          if hasBox, !out {
            let far = box.x + box.right - line
            path.segment(Point(far, y), Point(far - inward, y))
          }
        }
      }
    }
  }

  /// The numbers of the horizontal axis that have room, with their places and widths: every one, every second, …; among
  /// ticks that a script chose those that do not touch the one before.
  private func shownNumbers(_ texts: [String], isTurned: Bool) -> [(
    x: Double, runs: [TextRun], width: Double
  )] {
    var all: [(x: Double, runs: [TextRun], width: Double)] = []
    for (tick, text) in zip(projection.x.ticks, texts) {
      let place = projection.x.place(tick)
      guard place >= -1e-9, place <= 1 + 1e-9, !text.isEmpty else { continue }
      let runs = painter.runs(text)
      all.append(
        (box.x + place * box.width, runs, TextMetrics.width(of: runs, size: painter.fontSize)))
    }
    func touch(_ i: Int, _ j: Int) -> Bool {
      abs(all[i].x - all[j].x) < (all[i].width + all[j].width) / 2 + 2
    }
    if isTurned || all.count < 3 { return all }
    if axes.isSet("xtick") {
      var kept: [Int] = []
      for i in all.indices {
        if let last = kept.last, touch(last, i) { continue }
        kept.append(i)
      }
      return kept.map { all[$0] }
    }
    for step in 1..<all.count {
      let kept = Array(stride(from: 0, to: all.count, by: step))
      if !zip(kept, kept.dropFirst()).contains(where: { touch($0, $1) }) { return kept.map { all[$0] } }
    }
    return [all[0]]
  }

  /// The numbers of the vertical axis that have room, with their places: every one, every second, …; all that a script
  /// chose.
  private func shownHeights(_ texts: [String]) -> [(y: Double, runs: [TextRun])] {
    var all: [(y: Double, runs: [TextRun])] = []
    for (tick, text) in zip(projection.y.ticks, texts) {
      let place = projection.y.place(tick)
      guard place >= -1e-9, place <= 1 + 1e-9, !text.isEmpty else { continue }
      all.append((box.bottom - place * box.height, painter.runs(text)))
    }
    if axes.isSet("ytick") || all.count < 3 { return all }
    for step in 1..<all.count {
      let kept = stride(from: 0, to: all.count, by: step).map { all[$0] }
      let isTight = zip(kept, kept.dropFirst()).contains { abs($0.y - $1.y) < painter.fontSize * 0.8 }
      if !isTight { return kept }
    }
    return [all[0]]
  }

  private func numbers(
    _ xLine: Double, _ yLine: Double, _ isTop: Bool, _ isRight: Bool, _ reach: Double, _ xInk: Color,
    _ yInk: Color
  ) -> [Scene.Item] {
    var items: [Scene.Item] = []
    let size = painter.fontSize
    let gap = AxesPainter.tickGap + reach
    let (xTexts, xPower) = painter.model.tickTexts("x", projection.x)
    let (yTexts, yPower) = painter.model.tickTexts("y", projection.y)
    let angle = painter.xTickAngle(projection.x, xTexts)
    var xHeight = size * 1.05
    for (x, runs, width) in shownNumbers(xTexts, isTurned: angle != 0) {
      let block: TextBlock
      if angle == 0 {
        block = TextBlock([runs], size: size, color: xInk, vertical: isTop ? "bottom" : "top")
      } else {
        let side = (angle > 0) == isTop ? "left" : "right"
        block = TextBlock([runs], size: size, color: xInk, horizontal: side, rotation: angle)
        xHeight = max(xHeight, width * abs(sine(degrees: angle)) + size * abs(cosine(degrees: angle)))
      }
      items += block.items(at: Point(x, isTop ? xLine - gap : xLine + gap - (angle == 0 ? 1 : 0)))
    }
    var yWidth = 0.0
    for (y, runs) in shownHeights(yTexts) {
      yWidth = max(yWidth, TextMetrics.width(of: runs, size: size))
      let block = TextBlock([runs], size: size, color: yInk, horizontal: isRight ? "left" : "right")
      items += block.items(at: Point(isRight ? yLine + gap : yLine - gap, y))
    }
    func power(_ exponent: Int, _ ink: Color, _ horizontal: String, _ vertical: String, _ at: Point) {
      let runs = Markup.runs("×10^{\(NumberLabel.typographic(String(exponent)))}")
      items += TextBlock([runs], size: size * 0.95, color: ink, horizontal: horizontal, vertical: vertical)
        .items(at: at)
    }
    if xPower != 0 { power(xPower, xInk, "left", "middle", Point(box.right + 4, xLine - 1)) }
    if yPower != 0 { power(yPower, yInk, isRight ? "right" : "left", "bottom", Point(yLine, box.y - 2)) }

    if let label = painter.label("xlabel") {
      let distance = gap + xHeight + 3 + label.bounds.height / 2
      items += label.items(at: Point(box.center.x, isTop ? box.y - distance : box.bottom + distance))
    }
    if let label = painter.label("ylabel") {
      let distance = gap + yWidth + 4 + label.bounds.width / 2
      items += label.items(at: Point(isRight ? box.right + distance : box.x - distance, box.center.y))
    }
    return items
  }
}
