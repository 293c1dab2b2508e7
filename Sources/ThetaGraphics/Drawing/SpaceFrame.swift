import ThetaArrays
import ThetaCanvas

/// The frame of axes in space: the three far walls with their grid, and numbers along three near edges.
struct SpaceFrame {
  let painter: AxesPainter
  let projection: Projection
  private let xFar: Double
  private let yFar: Double
  private let zFar: Double
  private(set) var titleTop: Double?

  init(_ painter: AxesPainter, _ projection: Projection) {
    self.painter = painter
    self.projection = projection
    let (x, y, z) = (projection.x, projection.y, projection.z)
    let (mx, my, mz) = (SpaceFrame.middle(x), SpaceFrame.middle(y), SpaceFrame.middle(z))
    xFar = projection.depth(x.low, my, mz) > projection.depth(x.high, my, mz) ? x.low : x.high
    yFar = projection.depth(mx, y.low, mz) > projection.depth(mx, y.high, mz) ? y.low : y.high
    zFar = projection.depth(mx, my, z.low) >= projection.depth(mx, my, z.high) ? z.low : z.high
    let corners = [x.low, x.high].flatMap { a in
      [y.low, y.high].flatMap { b in [z.low, z.high].map { projection(a, b, $0).y } }
    }
    titleTop = corners.min().map { $0 - 4 }
  }

  private static func middle(_ axis: AxesModel.Axis) -> Double {
    axis.isLogarithmic ? (axis.low * axis.high).squareRoot() : (axis.low + axis.high) / 2
  }

  private static func other(_ axis: AxesModel.Axis, _ end: Double) -> Double {
    end == axis.low ? axis.high : axis.low
  }

  private func wall(_ a: Point, _ b: Point, _ c: Point, _ d: Point, _ fill: Color) -> Scene.Item {
    .path(Path(polygon: [a, b, c, d]), stroke: nil, fill: fill)
  }

  func back() -> [Scene.Item] {
    let axes = painter.axes
    let (x, y, z) = (projection.x, projection.y, projection.z)
    var items: [Scene.Item] = []
    let paper = axes.color("color") ?? .white
    let ink = Color(0.955, 0.955, 0.965)
    let walls = axes.color("color") == nil ? nil : paper == .white ? ink : paper
    if let walls {
      items.append(
        wall(
          projection(xFar, y.low, z.low), projection(xFar, y.high, z.low), projection(xFar, y.high, z.high),
          projection(xFar, y.low, z.high), walls.mixed(with: .white, 0.25)))
      items.append(
        wall(
          projection(x.low, yFar, z.low), projection(x.high, yFar, z.low), projection(x.high, yFar, z.high),
          projection(x.low, yFar, z.high), walls))
      items.append(
        wall(
          projection(x.low, y.low, zFar), projection(x.high, y.low, zFar), projection(x.high, y.high, zFar),
          projection(x.low, y.high, zFar), walls.mixed(with: .black, 0.02)))
    }
    var grid = Path()
    if axes.flag("xgrid") {
      for t in x.ticks where t >= x.low && t <= x.high {
        grid.segment(projection(t, y.low, zFar), projection(t, y.high, zFar))
        grid.segment(projection(t, yFar, z.low), projection(t, yFar, z.high))
      }
    }
    if axes.flag("ygrid") {
      for t in y.ticks where t >= y.low && t <= y.high {
        grid.segment(projection(x.low, t, zFar), projection(x.high, t, zFar))
        grid.segment(projection(xFar, t, z.low), projection(xFar, t, z.high))
      }
    }
    if axes.flag("zgrid") {
      for t in z.ticks where t >= z.low && t <= z.high {
        grid.segment(projection(xFar, y.low, t), projection(xFar, y.high, t))
        grid.segment(projection(x.low, yFar, t), projection(x.high, yFar, t))
      }
    }
    if !grid.isEmpty {
      let color = (axes.color("gridcolor") ?? Palette.ink).opacity(axes.number("gridalpha"))
      items.append(.path(grid, stroke: Stroke(color, width: 0.8), fill: nil))
    }
    // The edges where the walls meet.
    var edges = Path()
    edges.segment(projection(xFar, yFar, z.low), projection(xFar, yFar, z.high))
    edges.segment(projection(xFar, y.low, zFar), projection(xFar, y.high, zFar))
    edges.segment(projection(x.low, yFar, zFar), projection(x.high, yFar, zFar))
    items.append(.path(edges, stroke: Stroke(Palette.ink.opacity(0.35), width: 0.7), fill: nil))
    return items
  }

  func front() -> [Scene.Item] {
    let (x, y, z) = (projection.x, projection.y, projection.z)
    let xNear = SpaceFrame.other(x, xFar)
    let yNear = SpaceFrame.other(y, yFar)
    var items: [Scene.Item] = []
    let isFlat = abs(projection.elevation) >= 89.9
    items += axis(
      "x", x, from: projection(x.low, yNear, zFar), until: projection(x.high, yNear, zFar),
      at: { projection($0, yNear, zFar) }, away: projection(SpaceFrame.middle(x), yFar, zFar))
    items += axis(
      "y", y, from: projection(xNear, y.low, zFar), until: projection(xNear, y.high, zFar),
      at: { projection(xNear, $0, zFar) }, away: projection(xFar, SpaceFrame.middle(y), zFar))
    if !isFlat {
      // The upright edge that stands furthest to the left.
      let edges = [(xNear, yFar), (xFar, yNear)]
      let left = projection(edges[0].0, edges[0].1, z.low).x <= projection(edges[1].0, edges[1].1, z.low).x
      let e = left ? edges[0] : edges[1]
      items += axis(
        "z", z, from: projection(e.0, e.1, z.low), until: projection(e.0, e.1, z.high),
        at: { projection(e.0, e.1, $0) }, away: projection(xFar, yFar, SpaceFrame.middle(z)))
    }
    if painter.axes.flag("box") {
      var rest = Path()
      let zNear = SpaceFrame.other(z, zFar)
      rest.segment(projection(xNear, y.low, zNear), projection(xNear, y.high, zNear))
      rest.segment(projection(x.low, yNear, zNear), projection(x.high, yNear, zNear))
      rest.segment(projection(xNear, yNear, z.low), projection(xNear, yNear, z.high))
      items.append(.path(rest, stroke: Stroke(Palette.ink, width: 0.7), fill: nil))
    }
    return items
  }

  private func isNearCorner(_ p: Point) -> Bool {
    let corner = projection(SpaceFrame.other(projection.x, xFar), SpaceFrame.other(projection.y, yFar), zFar)
    return abs(p.x - corner.x) < 8 && abs(p.y - corner.y) < 6
  }

  /// The number at a tick of an edge.
  private struct Number {
    let middle: Point
    let runs: [TextRun]
    let width: Double
    let reach: Double
    let isZero: Bool
  }

  /// The numbers that do not touch one another: all, every second, every third, …, with zero among them.
  private static func withRoom(_ all: [Number], _ size: Double) -> [Number] {
    func touch(_ a: Number, _ b: Number) -> Bool {
      abs(a.middle.x - b.middle.x) < (a.width + b.width) / 2 + 2 && abs(a.middle.y - b.middle.y) < size
    }
    guard all.count > 1 else { return all }
    let zero = all.firstIndex(where: \.isZero) ?? 0
    for step in 1..<all.count {
      let kept = stride(from: zero % step, to: all.count, by: step).map { all[$0] }
      if !zip(kept, kept.dropFirst()).contains(where: { touch($0, $1) }) { return kept }
    }
    return [all[zero]]
  }

  /// One edge with ticks, numbers and its label, on the side away from a point.
  private func axis(
    _ letter: String, _ axis: AxesModel.Axis, from a: Point, until b: Point, at place: (Double) -> Point,
    away inner: Point
  ) -> [Scene.Item] {
    let size = painter.fontSize
    let ink = painter.axes.color(letter + "color") ?? Palette.ink
    var items: [Scene.Item] = []
    var path = Path()
    path.segment(a, b)
    // Outwards: square to the edge, away from the inside.
    let d = Point(b.x - a.x, b.y - a.y)
    let length = max((d.x * d.x + d.y * d.y).squareRoot(), 1e-6)
    // An axis that points at the eye has no room for numbers.
    if length < 14 { return [.path(path, stroke: Stroke(ink, width: 0.8), fill: nil)] }
    var out = Point(-d.y / length, d.x / length)
    let middle = Point((a.x + b.x) / 2, (a.y + b.y) / 2)
    if (middle.x - inner.x) * out.x + (middle.y - inner.y) * out.y < 0 { out = Point(-out.x, -out.y) }
    let (texts, power) = painter.model.tickTexts(letter, axis)
    var widest = 0.0
    var numbers: [Number] = []
    for (tick, text) in zip(axis.ticks, texts) {
      guard axis.place(tick) >= -1e-9, axis.place(tick) <= 1 + 1e-9 else { continue }
      let p = place(tick)
      path.segment(p, Point(p.x + out.x * 4, p.y + out.y * 4))
      let runs = painter.runs(text)
      let width = TextMetrics.width(of: runs, size: size)
      let far = 7 + (abs(out.x) * width + abs(out.y) * size) / 2
      let c = Point(p.x + out.x * far, p.y + out.y * far)
      // At the corner where two edges meet, only one of them has its number.
      if letter == "y", isNearCorner(p) { continue }
      numbers.append(Number(middle: c, runs: runs, width: width, reach: far * 2 - 7, isZero: tick == 0))
    }
    for number in SpaceFrame.withRoom(numbers, size) {
      widest = max(widest, number.reach)
      items += TextBlock([number.runs], size: size, color: ink).items(at: number.middle)
    }
    items.insert(.path(path, stroke: Stroke(ink, width: 0.8), fill: nil), at: 0)
    if power != 0 {
      let runs = Markup.runs("×10^{\(NumberLabel.typographic(String(power)))}")
      items += TextBlock([runs], size: size * 0.95, color: ink, vertical: "bottom").items(
        at: Point(b.x, b.y - (letter == "z" ? 8 : 0)))
    }
    if var label = painter.label(letter + "label") {
      if letter == "z", !painter.axes.labels["zlabel", default: painter.axes].isSet("rotation") {
        label = TextBlock(
          label.lines, size: label.size, color: label.color, isBold: label.isBold, rotation: 90)
      }
      let far =
        9 + widest * max(0.55, abs(out.x)) + label.bounds.height / 2 * abs(out.y) + label.bounds.width / 2
        * abs(out.x)
      items += label.items(at: Point(middle.x + out.x * far, middle.y + out.y * far))
    }
    return items
  }
}
