import ThetaArrays
import ThetaCanvas
import ThetaRuntime

// Contours, plain and filled, with the heights written on them, and text in axes.

extension MarkPainter {
  mutating func contour(_ object: GraphicsObject) {
    guard let z = object.array("zdata"), z.shape.is2D else { return }
    let grid = ContourLines(
      x: object.list("xdata"), y: object.list("ydata"), z: z.list, rows: z.shape.rows,
      columns: z.shape.columns)
    guard grid.x.count == grid.columns || grid.x.count == z.count,
      grid.y.count == grid.rows || grid.y.count == z.count
    else { return }
    let levels = object.list("levellist").sorted()
    let isRaised = object.text("zlevelmode") == "auto"
    let base = object.isSet("zlevel") ? object.number("zlevel") : projection.z.low
    let scale = levelScale(levels)

    if object.flag("fill") { fill(grid, levels, scale) }
    let word = object.text("linecolor")
    guard word != "none" else { return }
    let width = MarkPainter.width(object, unset: object.flag("fill") ? 0.7 : 1.2)
    let dash = Stroke.dash(object.text("linestyle"), width: width) ?? []
    guard object.text("linestyle") != "none" else { return }
    let labels = Set(
      object.flag("showtext") ? (object.isSet("textlist") ? object.list("textlist") : levels) : [])
    for level in levels {
      let ink = object.color("linecolor") ?? scale.scaled(level)
      let height = isRaised ? level : base
      for line in grid.lines(at: level) {
        let points = line.points.map { projection($0.x, $0.y, height) }
        guard labels.contains(level), labelled(points, level, ink, width, dash) else {
          polyline(
            line.points.map(\.x), line.points.map(\.y), Array(repeating: height, count: line.points.count),
            Stroke(ink, width: width, dash: dash))
          continue
        }
      }
    }
  }

  /// One level of its own colour still needs a range.
  private func levelScale(_ levels: [Double]) -> ColorScale {
    var scale = scale
    if scale.low == scale.high { (scale.low, scale.high) = (scale.low - 1, scale.high + 1) }
    return scale
  }

  private mutating func fill(_ grid: ContourLines, _ levels: [Double], _ scale: ColorScale) {
    guard let lowest = grid.z.filter(\.isFinite).min() else { return }
    var bounds = levels
    if let first = levels.first, lowest < first { bounds.insert(-.infinity, at: 0) }
    for (k, low) in bounds.enumerated() {
      let high = k + 1 < bounds.count ? bounds[k + 1] : Double.infinity
      let ink = scale.scaled(low.isFinite ? low : lowest)
      var path = Path()
      for polygon in grid.bands(from: low, to: high) {
        for (i, p) in polygon.enumerated() {
          let q = projection.clamped(projection(p.x, p.y, projection.z.low))
          if i == 0 { path.move(q) } else { path.line(q) }
        }
        path.close()
      }
      if !path.isEmpty { put(.path(path, stroke: Stroke(ink, width: 0.6), fill: ink), depth: 0) }
    }
  }

  /// A line with its height written into a gap. False when the line is too short for that.
  private mutating func labelled(
    _ points: [Point], _ level: Double, _ ink: Color, _ width: Double, _ dash: [Double]
  ) -> Bool {
    let text = NumberLabel.typographic(NumberLabel.general(level))
    let size = fontSize * 0.82
    let gap = TextMetrics.width(of: text, size: size) + 6
    var lengths = [0.0]
    for (a, b) in zip(points, points.dropFirst()) {
      let d = ((b.x - a.x) * (b.x - a.x) + (b.y - a.y) * (b.y - a.y)).squareRoot()
      lengths.append((lengths.last ?? 0) + d)
    }
    guard let total = lengths.last, total.isFinite, total > gap * 2.2 else { return false }
    let from = total * 0.4 - gap / 2
    let until = from + gap
    func at(_ s: Double) -> Point {
      var k = 1
      while k < lengths.count - 1, lengths[k] < s { k += 1 }
      let t = lengths[k] > lengths[k - 1] ? (s - lengths[k - 1]) / (lengths[k] - lengths[k - 1]) : 0
      let (a, b) = (points[k - 1], points[k])
      return Point(a.x + (b.x - a.x) * t, a.y + (b.y - a.y) * t)
    }
    let (p, q) = (at(from), at(until))
    guard projection.is3D || projection.box.contains(Point((p.x + q.x) / 2, (p.y + q.y) / 2)) else {
      return false
    }
    let first = zip(points, lengths).filter { $0.1 < from }.map(\.0) + [p]
    let second = [q] + zip(points, lengths).filter { $0.1 > until }.map(\.0)
    for part in [first, second] where part.count > 1 {
      var path = Path()
      for (i, point) in part.enumerated() {
        if i == 0 { path.move(projection.clamped(point)) } else { path.line(projection.clamped(point)) }
      }
      put(.path(path, stroke: Stroke(ink, width: width, dash: dash), fill: nil), depth: 0)
    }
    var angle = -atan2(q.y - p.y, q.x - p.x) * 180 / .pi
    if angle > 90 { angle -= 180 }
    if angle < -90 { angle += 180 }
    let middle = Point((p.x + q.x) / 2, (p.y + q.y) / 2)
    let drop = size * 0.35
    let position = Point(
      middle.x + drop * sine(degrees: angle), middle.y + drop * cosine(degrees: angle))
    put(
      .text(
        Text(
          runs: [TextRun(text: text)], position: position, anchor: .middle, size: size,
          color: ink.mixed(with: .black, 0.35), rotation: angle)), depth: -1e3)
    return true
  }

  // MARK: - Text

  mutating func text(_ object: GraphicsObject) {
    let position = object.list("position")
    guard position.count >= 2 else { return }
    let p: Point
    switch object.text("units") {
    case "normalized":
      p = Point(
        projection.box.x + position[0] * projection.box.width,
        projection.box.bottom - position[1] * projection.box.height)
    case "pixels", "points", "inches", "centimeters":
      p = Point(projection.box.x + position[0], projection.box.bottom - position[1])
    default: p = projection(position[0], position[1], position.count > 2 ? position[2] : 0)
    }
    guard p.isFinite, abs(p.x) < 1e4, abs(p.y) < 1e4 else { return }
    let block = TextBlock(object)
    for item in block.items(at: p) { put(item, depth: -1e6) }
    let size = block.extent
    occupy(p)
    occupy(Point(p.x + size.x / 2, p.y))
  }
}
