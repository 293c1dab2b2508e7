import ThetaArrays
import ThetaCanvas
import ThetaRuntime

// Marks of statistics and series: points, bars, stems, areas, error bars, arrows, rectangles.

extension MarkPainter {
  mutating func scatter(_ object: GraphicsObject) {
    let (x, y, z) = (object.list("xdata"), object.list("ydata"), object.list("zdata"))
    guard let symbol = Symbol(marker: object.text("marker")) else { return }
    let count = min(x.count, y.count)
    let colors = pointColors(object["cdata"], count: count)
    let areas = object.list("sizedata")
    let face = object.text("markerfacecolor")
    let isFilled = symbol.isOpen == false && face != "none"
    let fixedFace = object.color("markerfacecolor")
    let fixedEdge = object.color("markeredgecolor")
    let hasEdge = object.text("markeredgecolor") != "none"
    var marks = Marks(symbol: symbol, points: [], sizes: [], stroke: nil, fills: [])
    var depths: [Double] = []
    var edges: [Color] = []
    for i in 0..<count {
      let h = i < z.count ? z[i] : 0
      let p = projection(x[i], y[i], h)
      guard p.isFinite, abs(p.x) < 2e4, abs(p.y) < 2e4 else { continue }
      let area = areas.isEmpty ? 36 : areas[areas.count == 1 ? 0 : min(i, areas.count - 1)]
      guard area > 0 else { continue }
      marks.points.append(p)
      marks.sizes.append(MarkPainter.bounded(area.squareRoot() * 1.2, 0.1, 600))
      let own = colors.isEmpty ? Palette.lines[0] : colors[colors.count == 1 ? 0 : i]
      edges.append(fixedEdge ?? own)
      if isFilled || symbol == .dot { marks.fills.append(fixedFace ?? own) }
      occupy(p)
      if projection.is3D { depths.append(projection.depth(x[i], y[i], h)) }
    }
    guard !marks.points.isEmpty else { return }
    if Set(marks.sizes).count == 1 { marks.sizes = [marks.sizes[0]] }
    if Set(marks.fills).count == 1 { marks.fills = [marks.fills[0]] }
    if hasEdge, symbol != .dot {
      marks.stroke = Stroke(edges[0], width: MarkPainter.width(object, unset: 1), join: .miter)
      if Set(edges).count > 1 { marks.edges = edges }
    }
    guard projection.is3D else { return put(.marks(marks), depth: 0) }
    for i in marks.points.indices {
      var one = marks
      one.points = [marks.points[i]]
      one.sizes = [marks.sizes[marks.sizes.count == 1 ? 0 : i]]
      if !marks.edges.isEmpty {
        one.edges = []
        one.stroke?.color = marks.edges[i]
      }
      if !marks.fills.isEmpty { one.fills = [marks.fills[marks.fills.count == 1 ? 0 : i]] }
      put(.marks(one), depth: depths[i])
    }
  }

  /// One colour, one for each point, or colours by number.
  func pointColors(_ value: Value, count: Int) -> [Color] {
    if let color = ColorNames.color(value), value.isText || count != 3 || value.shape.rows == 1 && count != 3
    {
      return [color]
    }
    guard let array = value.realArray, !value.isText, array.count > 0 else { return [] }
    if array.shape.columns == 3, array.shape.rows == count {
      return ColorNames.rows(array)
    }
    if array.count == count { return array.list.map { scale.scaled($0) } }
    return ColorNames.color(value).map { [$0] } ?? []
  }

  // MARK: - Bars

  mutating func bars(_ object: GraphicsObject) {
    let left = object.extra["left"] ?? []
    let right = object.extra["right"] ?? []
    let base = object.extra["base"] ?? []
    let top = object.extra["top"] ?? []
    let isHorizontal = object.flag("horizontal")
    let edge = pen(object, color: "edgecolor", unset: 0.6)
    let fill: Color?
    switch object.text("facecolor") {
    case "none": fill = nil
    case "flat", "interp": fill = scale.map[scale.map.count / 3]
    default: fill = object.color("facecolor")
    }
    var path = Path()
    for i in 0..<min(left.count, min(right.count, min(base.count, top.count))) {
      let isLogarithmic = isHorizontal ? projection.x.isLogarithmic : projection.y.isLogarithmic
      let foot =
        isLogarithmic && base[i] <= 0 ? (isHorizontal ? projection.x.low : projection.y.low) : base[i]
      let a = isHorizontal ? projection(foot, left[i]) : projection(left[i], foot)
      let b = isHorizontal ? projection(top[i], right[i]) : projection(right[i], top[i])
      guard a.isFinite, b.isFinite else { continue }
      let (p, q) = (projection.clamped(a), projection.clamped(b))
      let rect = Rect(min(p.x, q.x), min(p.y, q.y), abs(q.x - p.x), abs(q.y - p.y))
      path.add(rect)
      for k in 0...4 {
        let t = Double(k) / 4
        for s in [0, 0.5, 1] { occupy(Point(rect.x + rect.width * s, rect.y + rect.height * t)) }
      }
    }
    if !path.isEmpty { put(.path(path, stroke: edge.map { sharp($0) }, fill: fill), depth: 0) }
    if object.flag("showbaseline"), !left.isEmpty {
      let value = object.number("basevalue")
      let axis = isHorizontal ? projection.x : projection.y
      if value > axis.low, value < axis.high {
        let a = isHorizontal ? projection(value, projection.y.low) : projection(projection.x.low, value)
        let b = isHorizontal ? projection(value, projection.y.high) : projection(projection.x.high, value)
        var path = Path()
        path.segment(a, b)
        put(.path(path, stroke: Stroke(Palette.ink, width: 0.7), fill: nil), depth: 0)
      }
    }
  }

  private func sharp(_ stroke: Stroke) -> Stroke {
    var stroke = stroke
    stroke.join = .miter
    return stroke
  }

  mutating func rectangle(_ object: GraphicsObject) {
    let p = object.list("position")
    guard p.count == 4 else { return }
    let a = projection(p[0], p[1])
    let b = projection(p[0] + p[2], p[1] + p[3])
    guard a.isFinite, b.isFinite else { return }
    let (c, d) = (projection.clamped(a), projection.clamped(b))
    let rect = Rect(min(c.x, d.x), min(c.y, d.y), abs(d.x - c.x), abs(d.y - c.y))
    let curvature = object.list("curvature")
    let cx = min(max(curvature.first ?? 0, 0), 1)
    let cy = curvature.count > 1 ? min(max(curvature[1], 0), 1) : cx
    let path: Path
    if cx == 0 || cy == 0 {
      path = Path(rect: rect)
    } else if curvature.count > 1 {
      path = .rounded(rect, cx * rect.width / 2, cy * rect.height / 2)
    } else {
      let radius = cx * min(rect.width, rect.height) / 2
      path = .rounded(rect, radius, radius)
    }
    put(
      .path(path, stroke: pen(object, color: "edgecolor"), fill: object.color("facecolor")), depth: 0)
  }

  // MARK: - Areas, stems, steps

  mutating func area(_ object: GraphicsObject) {
    let (x, y) = (object.list("xdata"), object.list("ydata"))
    let base = object.extra["base"] ?? []
    let count = min(x.count, min(y.count, base.count))
    guard count > 0 else { return }
    var outline: [Point] = []
    for i in 0..<count { outline.append(projection(x[i], y[i])) }
    for i in (0..<count).reversed() { outline.append(projection(x[i], base[i])) }
    outline = outline.filter(\.isFinite).map { projection.clamped($0) }
    for p in outline { occupy(p) }
    let fill = object.color("facecolor")?.opacity(object.number("facealpha"))
    put(
      .path(Path(polygon: outline), stroke: pen(object, color: "edgecolor", unset: 0.8), fill: fill), depth: 0
    )
  }

  mutating func stems(_ object: GraphicsObject) {
    let (x, y, z) = (object.list("xdata"), object.list("ydata"), object.list("zdata"))
    let base = object.number("basevalue")
    let color = object.color("color") ?? .black
    var path = Path()
    for i in 0..<min(x.count, y.count) {
      let a = z.isEmpty ? projection(x[i], base) : projection(x[i], y[i], base)
      let b = z.isEmpty ? projection(x[i], y[i]) : projection(x[i], y[i], i < z.count ? z[i] : 0)
      guard a.isFinite, b.isFinite else { continue }
      path.segment(projection.clamped(a), projection.clamped(b))
      occupy(b)
      occupy(Point((a.x + b.x) / 2, (a.y + b.y) / 2))
    }
    if let pen = pen(object, color: "color"), !path.isEmpty {
      put(.path(path, stroke: pen, fill: nil), depth: 0)
    }
    if object.flag("showbaseline"), z.isEmpty, base > projection.y.low, base < projection.y.high {
      var foot = Path()
      foot.segment(projection(projection.x.low, base), projection(projection.x.high, base))
      put(.path(foot, stroke: Stroke(Palette.ink, width: 0.7), fill: nil), depth: 0)
    }
    marks(object, x, y, z, color)
  }

  // MARK: - Error bars and arrows

  mutating func errorbars(_ object: GraphicsObject) {
    let (x, y) = (object.list("xdata"), object.list("ydata"))
    let color = object.color("color") ?? .black
    polyline(x, y, [], pen(object, color: "color"))
    let (below, above) = (object.list("ldata"), object.list("udata"))
    let (before, after) = (object.list("xldata"), object.list("xudata"))
    let cap = 3.5
    var path = Path()
    /// The end of a bar that a logarithmic axis cannot show stands at the axis's end.
    func visible(_ x: Double, _ axis: AxesModel.Axis) -> Double {
      axis.isLogarithmic && x <= 0 ? axis.low : x
    }
    func add(_ a: Point, _ b: Point, _ isUpright: Bool) {
      guard a.isFinite, b.isFinite else { return }
      let (p, q) = (projection.clamped(a), projection.clamped(b))
      path.segment(p, q)
      for end in [p, q] {
        if isUpright {
          path.segment(Point(end.x - cap, end.y), Point(end.x + cap, end.y))
        } else {
          path.segment(Point(end.x, end.y - cap), Point(end.x, end.y + cap))
        }
      }
    }
    for i in 0..<min(x.count, y.count) {
      if i < below.count, i < above.count {
        let low = visible(y[i] - below[i], projection.y)
        add(projection(x[i], low), projection(x[i], y[i] + above[i]), true)
      }
      if i < before.count, i < after.count {
        let low = visible(x[i] - before[i], projection.x)
        add(projection(low, y[i]), projection(x[i] + after[i], y[i]), false)
      }
    }
    for p in path.points { occupy(p) }
    put(.path(path, stroke: Stroke(color, width: MarkPainter.width(object)), fill: nil), depth: 0)
    marks(object, x, y, [], color)
  }

  mutating func arrows(_ object: GraphicsObject) {
    let (x, y, z) = (object.list("xdata"), object.list("ydata"), object.list("zdata"))
    let (tx, ty, tz) = (object.extra["tipx"] ?? [], object.extra["tipy"] ?? [], object.extra["tipz"] ?? [])
    let color = object.color("color") ?? .black
    var path = Path()
    for i in 0..<min(min(x.count, y.count), min(tx.count, ty.count)) {
      let a = projection(x[i], y[i], i < z.count ? z[i] : 0)
      let b = projection(tx[i], ty[i], i < tz.count ? tz[i] : 0)
      guard a.isFinite, b.isFinite else { continue }
      let (p, q) = (projection.clamped(a), projection.clamped(b))
      occupy(p)
      occupy(q)
      let length = ((q.x - p.x) * (q.x - p.x) + (q.y - p.y) * (q.y - p.y)).squareRoot()
      guard length > 0.01 else { continue }
      path.segment(p, q)
      guard object.flag("showarrowhead") else { continue }
      let head = min(length * 0.35, 9)
      let ux = (q.x - p.x) / length
      let uy = (q.y - p.y) / length
      path.move(Point(q.x - head * ux + head * 0.4 * uy, q.y - head * uy - head * 0.4 * ux))
      path.line(q)
      path.line(Point(q.x - head * ux - head * 0.4 * uy, q.y - head * uy + head * 0.4 * ux))
    }
    if let pen = pen(object, color: "color", unset: 1), !path.isEmpty {
      put(.path(path, stroke: pen, fill: nil), depth: 0)
    }
    marks(object, x, y, z, color)
  }
}
