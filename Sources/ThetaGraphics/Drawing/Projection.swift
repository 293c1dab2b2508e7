import ThetaCanvas

/// From the numbers of data to places in the picture, for plane axes and for those seen from a direction.
struct Projection {
  let x: AxesModel.Axis
  let y: AxesModel.Axis
  let z: AxesModel.Axis
  let is3D: Bool
  /// Where the axes stand; for axes in space the whole of their place.
  let box: Rect
  private var cosA = 1.0
  private var sinA = 0.0
  private var cosE = 0.0
  private var sinE = 1.0
  /// Lengths of the edges of the box in space.
  private var edges = (1.0, 1.0, 1.0)
  private var scale = Point(1, 1)
  private var offset = Point(0, 0)
  let elevation: Double

  /// Plane axes.
  init(_ x: AxesModel.Axis, _ y: AxesModel.Axis, _ z: AxesModel.Axis, box: Rect) {
    self.x = x
    self.y = y
    self.z = z
    self.box = box
    is3D = false
    elevation = 90
  }

  /// Axes in space, seen from a direction, fitted into a box. With `isUniform` the units are as long on all axes.
  init(
    _ x: AxesModel.Axis, _ y: AxesModel.Axis, _ z: AxesModel.Axis, box: Rect,
    view: (azimuth: Double, elevation: Double), isUniform: Bool
  ) {
    self.x = x
    self.y = y
    self.z = z
    self.box = box
    is3D = true
    elevation = view.elevation
    (cosA, sinA) = (cosine(degrees: view.azimuth), sine(degrees: view.azimuth))
    (cosE, sinE) = (cosine(degrees: view.elevation), sine(degrees: view.elevation))
    if isUniform {
      let ranges = (x.high - x.low, y.high - y.low, z.high - z.low)
      let most = max(ranges.0, ranges.1, ranges.2)
      if most > 0, most.isFinite { edges = (ranges.0 / most, ranges.1 / most, ranges.2 / most) }
    }
    var low = Point(.infinity, .infinity)
    var high = Point(-.infinity, -.infinity)
    for corner in 0..<8 {
      let p = turned(
        (Double(corner & 1) - 0.5) * edges.0, (Double(corner >> 1 & 1) - 0.5) * edges.1,
        (Double(corner >> 2) - 0.5) * edges.2)
      low = Point(min(low.x, p.x), min(low.y, p.y))
      high = Point(max(high.x, p.x), max(high.y, p.y))
    }
    let span = Point(max(high.x - low.x, 1e-9), max(high.y - low.y, 1e-9))
    var fit = Point(box.width / span.x, box.height / span.y)
    // The box may be stretched to its place a little, not out of shape.
    let most = isUniform ? 1 : 1.45
    fit.x = min(fit.x, fit.y * most)
    fit.y = min(fit.y, fit.x * most)
    scale = Point(fit.x, -fit.y)
    offset = Point(
      box.center.x - (low.x + high.x) / 2 * scale.x, box.center.y - (low.y + high.y) / 2 * scale.y)
  }

  /// Rotated: across, upwards, and away from the eye.
  private func turned(_ a: Double, _ b: Double, _ c: Double) -> (x: Double, y: Double, depth: Double) {
    let across = a * cosA + b * sinA
    let along = -a * sinA + b * cosA
    return (across, along * sinE + c * cosE, along * cosE - c * sinE)
  }

  /// The place of a point of the data.
  func callAsFunction(_ px: Double, _ py: Double, _ pz: Double = 0) -> Point {
    if !is3D {
      return Point(box.x + x.place(px) * box.width, box.bottom - y.place(py) * box.height)
    }
    let t = turned(
      (x.place(px) - 0.5) * edges.0, (y.place(py) - 0.5) * edges.1, (z.place(pz) - 0.5) * edges.2)
    return Point(offset.x + t.x * scale.x, offset.y + t.y * scale.y)
  }

  /// How far from the eye a point is; only differences mean something.
  func depth(_ px: Double, _ py: Double, _ pz: Double) -> Double {
    turned((x.place(px) - 0.5) * edges.0, (y.place(py) - 0.5) * edges.1, (z.place(pz) - 0.5) * edges.2).depth
  }

  /// Keeps far-off places within what every canvas can take.
  func clamped(_ p: Point) -> Point { Point(min(max(p.x, -2e4), 2e4), min(max(p.y, -2e4), 2e4)) }
}
