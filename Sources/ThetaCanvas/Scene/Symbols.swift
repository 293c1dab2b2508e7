#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

extension Symbol {
  /// The outline around the origin for a symbol of a size in pixels.
  package func outline(size: Double) -> Path {
    let r = size / 2
    var path = Path()
    switch self {
    case .circle: return .ellipse(in: Rect(-r, -r, size, size))
    case .dot: return .ellipse(in: Rect(-r / 2, -r / 2, r, r))
    case .plus:
      path.segment(Point(-r, 0), Point(r, 0))
      path.segment(Point(0, -r), Point(0, r))
    case .cross:
      let d = r * 0.78
      path.segment(Point(-d, -d), Point(d, d))
      path.segment(Point(-d, d), Point(d, -d))
    case .asterisk:
      let d = r * 0.7071
      path.segment(Point(-r, 0), Point(r, 0))
      path.segment(Point(0, -r), Point(0, r))
      path.segment(Point(-d, -d), Point(d, d))
      path.segment(Point(-d, d), Point(d, -d))
    case .bar: path.segment(Point(0, -r), Point(0, r))
    case .dash: path.segment(Point(-r, 0), Point(r, 0))
    case .square:
      let d = r * 0.88
      return Path(rect: Rect(-d, -d, 2 * d, 2 * d))
    case .diamond:
      return Path(polygon: [Point(0, -r), Point(r, 0), Point(0, r), Point(-r, 0)])
    case .up: return Symbol.star(3, outer: r * 1.1, inner: r * 0.55, turn: 0)
    case .down: return Symbol.star(3, outer: r * 1.1, inner: r * 0.55, turn: .pi)
    case .right: return Symbol.star(3, outer: r * 1.1, inner: r * 0.55, turn: .pi / 2)
    case .left: return Symbol.star(3, outer: r * 1.1, inner: r * 0.55, turn: -.pi / 2)
    case .pentagram: return Symbol.star(5, outer: r * 1.15, inner: r * 0.44, turn: 0)
    case .hexagram: return Symbol.star(6, outer: r * 1.1, inner: r * 0.635, turn: 0)
    }
    return path
  }

  /// A star whose first tip points upwards, turned clockwise.
  private static func star(_ tips: Int, outer: Double, inner: Double, turn: Double) -> Path {
    Path(
      polygon: (0..<2 * tips).map { i in
        let angle = turn + .pi * Double(i) / Double(tips)
        let radius = i % 2 == 0 ? outer : inner
        return Point(radius * sin(angle), -radius * cos(angle))
      })
  }
}
