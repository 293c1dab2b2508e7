// Points, rectangles, colours and paths of a picture. The unit is the pixel of a figure of the usual 560×420; y
// grows downwards.

package struct Point: Equatable, Sendable {
  package var x: Double
  package var y: Double

  package init(_ x: Double, _ y: Double) {
    self.x = x
    self.y = y
  }

  package var isFinite: Bool { x.isFinite && y.isFinite }
}

package struct Rect: Equatable, Sendable {
  package var x: Double
  package var y: Double
  package var width: Double
  package var height: Double

  package init(_ x: Double, _ y: Double, _ width: Double, _ height: Double) {
    self.x = x
    self.y = y
    self.width = width
    self.height = height
  }

  package var right: Double { x + width }
  package var bottom: Double { y + height }
  package var center: Point { Point(x + width / 2, y + height / 2) }

  func inset(by margin: Double) -> Rect {
    Rect(x + margin, y + margin, max(0, width - 2 * margin), max(0, height - 2 * margin))
  }

  package func contains(_ p: Point) -> Bool { p.x >= x && p.x <= right && p.y >= y && p.y <= bottom }
}

/// Red, green, blue and opacity, each from 0 to 1.
package struct Color: Hashable, Sendable {
  package var red: Double
  package var green: Double
  package var blue: Double
  package var alpha: Double

  package init(_ red: Double, _ green: Double, _ blue: Double, _ alpha: Double = 1) {
    self.red = Color.clamp(red)
    self.green = Color.clamp(green)
    self.blue = Color.clamp(blue)
    self.alpha = Color.clamp(alpha)
  }

  private static func clamp(_ x: Double) -> Double { x.isNaN ? 0 : min(max(x, 0), 1) }

  package static let black = Color(0, 0, 0)
  package static let white = Color(1, 1, 1)

  package func opacity(_ alpha: Double) -> Color { Color(red, green, blue, self.alpha * alpha) }

  package func mixed(with other: Color, _ share: Double) -> Color {
    Color(
      red + (other.red - red) * share, green + (other.green - green) * share,
      blue + (other.blue - blue) * share, alpha)
  }
}

/// Lines and curves, in pieces that each begin with a move.
package struct Path: Sendable {
  package enum Step: UInt8, Sendable {
    case move
    case line
    /// Takes three points: two controls and the end.
    case curve
    case close
  }

  package private(set) var steps: [Step] = []
  package private(set) var points: [Point] = []

  package init() {}

  package init(polygon points: [Point]) {
    for (i, point) in points.enumerated() {
      if i == 0 { move(point) } else { line(point) }
    }
    if !points.isEmpty { close() }
  }

  package init(rect: Rect) { add(rect) }

  package var isEmpty: Bool { steps.isEmpty }

  /// The same path with its points moved.
  func mapped(_ transform: (Point) -> Point) -> Path {
    var result = self
    result.points = points.map(transform)
    return result
  }

  package mutating func move(_ p: Point) {
    steps.append(.move)
    points.append(p)
  }

  package mutating func line(_ p: Point) {
    steps.append(.line)
    points.append(p)
  }

  package mutating func curve(_ a: Point, _ b: Point, _ end: Point) {
    steps.append(.curve)
    points.append(a)
    points.append(b)
    points.append(end)
  }

  package mutating func close() { steps.append(.close) }

  package mutating func segment(_ a: Point, _ b: Point) {
    move(a)
    line(b)
  }

  package mutating func add(_ rect: Rect) {
    move(Point(rect.x, rect.y))
    line(Point(rect.right, rect.y))
    line(Point(rect.right, rect.bottom))
    line(Point(rect.x, rect.bottom))
    close()
  }

  /// An ellipse as four curves.
  package static func ellipse(in rect: Rect) -> Path {
    let k = 0.552284749830793
    let (cx, cy, a, b) = (rect.center.x, rect.center.y, rect.width / 2, rect.height / 2)
    var path = Path()
    path.move(Point(cx + a, cy))
    path.curve(Point(cx + a, cy + k * b), Point(cx + k * a, cy + b), Point(cx, cy + b))
    path.curve(Point(cx - k * a, cy + b), Point(cx - a, cy + k * b), Point(cx - a, cy))
    path.curve(Point(cx - a, cy - k * b), Point(cx - k * a, cy - b), Point(cx, cy - b))
    path.curve(Point(cx + k * a, cy - b), Point(cx + a, cy - k * b), Point(cx + a, cy))
    path.close()
    return path
  }

  /// A rectangle whose corners are quarters of ellipses.
  package static func rounded(_ r: Rect, _ a: Double, _ b: Double) -> Path {
    let k = 1 - 0.552284749830793
    var path = Path()
    path.move(Point(r.x + a, r.y))
    path.line(Point(r.right - a, r.y))
    path.curve(Point(r.right - k * a, r.y), Point(r.right, r.y + k * b), Point(r.right, r.y + b))
    path.line(Point(r.right, r.bottom - b))
    path.curve(
      Point(r.right, r.bottom - k * b), Point(r.right - k * a, r.bottom), Point(r.right - a, r.bottom))
    path.line(Point(r.x + a, r.bottom))
    path.curve(Point(r.x + k * a, r.bottom), Point(r.x, r.bottom - k * b), Point(r.x, r.bottom - b))
    path.line(Point(r.x, r.y + b))
    path.curve(Point(r.x, r.y + k * b), Point(r.x + k * a, r.y), Point(r.x + a, r.y))
    path.close()
    return path
  }
}
