import ThetaArrays
import ThetaCanvas
import ThetaRuntime

/// Draws the marks of one axes: lines, surfaces, images … into primitives. In space, what is drawn is collected with
/// its distance and put in order from far to near.
struct MarkPainter {
  let projection: Projection
  let scale: ColorScale
  let fontSize: Double
  /// In order, for plane axes.
  var items: [Scene.Item] = []
  /// With distances, for axes in space.
  var pieces: [(depth: Double, item: Scene.Item)] = []
  /// Places with ink, by which the legend finds a free corner.
  var occupied: [Point] = []
  /// True when surfaces stand among lines, so that lines are cut into pieces to pass behind them.
  var hasSurfaces = false

  init(_ projection: Projection, _ scale: ColorScale, fontSize: Double) {
    self.projection = projection
    self.scale = scale
    self.fontSize = fontSize
  }

  mutating func draw(_ object: GraphicsObject) {
    guard object.isVisible else { return }
    switch object.kind {
    case .line: line(object)
    case .stairs: stairs(object)
    case .scatter: scatter(object)
    case .image: image(object)
    case .patch: patch(object)
    case .surface: surface(object)
    case .bar: bars(object)
    case .contour: contour(object)
    case .errorbar: errorbars(object)
    case .quiver: arrows(object)
    case .stem: stems(object)
    case .area: area(object)
    case .rectangle: rectangle(object)
    case .group: for child in object.children { draw(child) }
    case .text: text(object)
    case .root, .figure, .axes, .legend, .colorbar, .light: break
    }
  }

  /// What was drawn in the end.
  func finished() -> [Scene.Item] {
    items + pieces.sorted { $0.depth > $1.depth }.map(\.item)
  }

  // MARK: - Putting down

  mutating func put(_ item: Scene.Item, depth: Double) {
    if projection.is3D { pieces.append((depth, item)) } else { items.append(item) }
  }

  mutating func occupy(_ p: Point) {
    if occupied.count < 20_000 { occupied.append(p) }
  }

  /// The pen of a mark: width in points, made a little stronger where nobody chose one.
  static func width(_ object: GraphicsObject, unset: Double = 1.25) -> Double {
    object.isSet("linewidth") ? bounded(object.number("linewidth") * 1.2, 0.4, 300) : unset
  }

  /// A size within what can be drawn; NaN counts as the least.
  static func bounded(_ x: Double, _ low: Double, _ high: Double) -> Double { x > low ? min(x, high) : low }

  /// The pen for the line of an object; nil when it has none.
  func pen(_ object: GraphicsObject, color name: String, unset: Double = 1.25) -> Stroke? {
    guard let color = object.color(name) else { return nil }
    let width = MarkPainter.width(object, unset: unset)
    guard let dash = Stroke.dash(object.text("linestyle"), width: width) else { return nil }
    return Stroke(color, width: width, dash: dash)
  }

  // MARK: - Lines

  mutating func line(_ object: GraphicsObject) {
    let (x, y, z) = (object.list("xdata"), object.list("ydata"), object.list("zdata"))
    let color = object.color("color") ?? .black
    polyline(x, y, z, pen(object, color: "color"))
    marks(object, x, y, z, color)
  }

  mutating func stairs(_ object: GraphicsObject) {
    let (x, y) = (object.list("xdata"), object.list("ydata"))
    var (sx, sy): ([Double], [Double]) = ([], [])
    for i in 0..<min(x.count, y.count) {
      if i > 0 {
        sx.append(x[i])
        sy.append(y[i - 1])
      }
      sx.append(x[i])
      sy.append(y[i])
    }
    polyline(sx, sy, [], pen(object, color: "color"))
    marks(object, x, y, [], object.color("color") ?? .black)
  }

  /// A line through points; a gap where one is NaN.
  mutating func polyline(_ x: [Double], _ y: [Double], _ z: [Double], _ pen: Stroke?) {
    let count = min(x.count, y.count)
    guard count > 0 else { return }
    let inSpace = projection.is3D
    var path = Path()
    var run = PolylineRun(reduces: count > 3000)
    var last: (Point, Double)?
    for i in 0..<count {
      let h = i < z.count ? z[i] : 0
      let p = projection(x[i], y[i], h)
      guard p.isFinite else {
        run.flush(into: &path)
        last = nil
        continue
      }
      let q = projection.clamped(p)
      occupyAlong(last?.0, q)
      if inSpace, hasSurfaces, let pen {
        let depth = projection.depth(x[i], y[i], h)
        if let last {
          var segment = Path()
          segment.segment(last.0, q)
          put(.path(segment, stroke: pen, fill: nil), depth: (last.1 + depth) / 2 - 1e-3)
        }
        last = (q, depth)
      } else {
        run.add(q, into: &path)
        last = (q, 0)
      }
    }
    run.flush(into: &path)
    guard let pen, !path.isEmpty else { return }
    let depth =
      inSpace ? projection.depth(x[count / 2], y[count / 2], count / 2 < z.count ? z[count / 2] : 0) : 0
    put(.path(path, stroke: pen, fill: nil), depth: depth.isFinite ? depth : 0)
  }

  private mutating func occupyAlong(_ a: Point?, _ b: Point) {
    occupy(b)
    guard let a, occupied.count < 20_000 else { return }
    let distance = max(abs(b.x - a.x), abs(b.y - a.y))
    guard distance > 12, distance < 2000 else { return }
    let steps = Int(distance / 8)
    for k in 1..<max(steps, 2) {
      let t = Double(k) / Double(steps)
      occupy(Point(a.x + (b.x - a.x) * t, a.y + (b.y - a.y) * t))
    }
  }

  /// The markers of a line-like object.
  mutating func marks(
    _ object: GraphicsObject, _ x: [Double], _ y: [Double], _ z: [Double], _ color: Color
  ) {
    guard let symbol = Symbol(marker: object.text("marker")) else { return }
    var points: [Point] = []
    var depths: [Double] = []
    let count = min(x.count, y.count)
    points.reserveCapacity(count)
    var seen: Set<Int> = []
    for i in 0..<count {
      let h = i < z.count ? z[i] : 0
      let p = projection(x[i], y[i], h)
      guard p.isFinite, abs(p.x) < 2e4, abs(p.y) < 2e4 else { continue }
      if count > 20_000 {
        // Marks at the same half pixel hide one another.
        guard seen.insert(Int(p.x * 2) &* 65_536 &+ Int(p.y * 2)).inserted else { continue }
      }
      points.append(p)
      occupy(p)
      if projection.is3D { depths.append(projection.depth(x[i], y[i], h)) }
    }
    guard !points.isEmpty else { return }
    let edge = object.text("markeredgecolor") == "none" ? nil : object.color("markeredgecolor") ?? color
    var fill: Color?
    switch object.text("markerfacecolor") {
    case "none": fill = nil
    case "auto": fill = color
    default: fill = object.color("markerfacecolor")
    }
    let marks = MarkPainter.marks(
      symbol, points, size: MarkPainter.bounded(object.number("markersize") * 1.2, 0.1, 600), edge: edge,
      fill: fill,
      width: object.isSet("linewidth") ? MarkPainter.width(object) : 1)
    if projection.is3D, hasSurfaces {
      for (point, depth) in zip(points, depths) {
        var one = marks
        one.points = [point]
        put(.marks(one), depth: depth - 2e-3)
      }
    } else {
      put(.marks(marks), depth: depths.isEmpty ? 0 : depths.reduce(0, +) / Double(depths.count))
    }
  }

  static func marks(
    _ symbol: Symbol, _ points: [Point], size: Double, edge: Color?, fill: Color?, width: Double
  ) -> Marks {
    var fill = fill
    if symbol == .dot { fill = edge }
    return Marks(
      symbol: symbol, points: points, sizes: [size],
      stroke: symbol == .dot ? nil : edge.map { Stroke($0, width: width, join: .miter) },
      fills: symbol.isOpen ? [] : fill.map { [$0] } ?? [])
  }
}

/// Collects the points of a line. Where very many fall into one column of pixels, the first, the lowest, the highest and
/// the last of them draw the same.
private struct PolylineRun {
  let reduces: Bool
  private var isOpen = false
  private var column = Int.min
  private var first: Point?
  private var extremes: [(Int, Point)] = []
  private var last: (Int, Point)?
  private var place = 0

  init(reduces: Bool) { self.reduces = reduces }

  mutating func add(_ p: Point, into path: inout Path) {
    guard reduces else { return emit(p, into: &path) }
    let c = Int((p.x * 2).rounded(.down))
    place += 1
    if c != column {
      drain(into: &path)
      column = c
      emit(p, into: &path)
      extremes = [(place, p), (place, p)]
      last = nil
    } else {
      if p.y < extremes[0].1.y { extremes[0] = (place, p) }
      if p.y > extremes[1].1.y { extremes[1] = (place, p) }
      last = (place, p)
    }
  }

  private mutating func drain(into path: inout Path) {
    guard let last, extremes.count == 2 else { return }
    var kept = extremes + [last]
    kept.sort { $0.0 < $1.0 }
    var previous = -1
    for (place, p) in kept where place != previous {
      emit(p, into: &path)
      previous = place
    }
    self.last = nil
  }

  private mutating func emit(_ p: Point, into path: inout Path) {
    if isOpen { path.line(p) } else { path.move(p) }
    isOpen = true
  }

  mutating func flush(into path: inout Path) {
    drain(into: &path)
    isOpen = false
    column = .min
  }
}
