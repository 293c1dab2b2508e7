/// Lines of equal height through a grid, by marching squares: each cell's crossings are found and joined into lines
/// from cell to cell.
package struct ContourLines {
  package struct Line {
    package var level: Double
    package var points: [(x: Double, y: Double)]
    package var isClosed: Bool
  }

  /// Column and row coordinates: one for each column and row, or one for each point of the grid.
  let x: [Double]
  let y: [Double]
  /// By columns.
  let z: [Double]
  let rows: Int
  let columns: Int

  package init(x: [Double], y: [Double], z: [Double], rows: Int, columns: Int) {
    self.x = x
    self.y = y
    self.z = z
    self.rows = rows
    self.columns = columns
  }

  private func coordinate(_ i: Int, _ j: Int) -> (x: Double, y: Double) {
    (x.count == columns ? x[j] : x[i + j * rows], y.count == rows ? y[i] : y[i + j * rows])
  }

  /// The number of an edge of the grid: along a column (`isDown`: from row i to i + 1), or along a row.
  private func edge(_ i: Int, _ j: Int, _ isDown: Bool) -> Int { 2 * (i + j * rows) + (isDown ? 1 : 0) }

  private func crossing(_ edge: Int, _ level: Double) -> (x: Double, y: Double) {
    let (i, j) = ((edge / 2) % rows, edge / 2 / rows)
    let (k, l) = edge % 2 == 1 ? (i + 1, j) : (i, j + 1)
    let (a, b) = (z[i + j * rows], z[k + l * rows])
    let t = a == b ? 0.5 : (level - a) / (b - a)
    let (p, q) = (coordinate(i, j), coordinate(k, l))
    return (p.x + (q.x - p.x) * t, p.y + (q.y - p.y) * t)
  }

  /// The lines at a level. A corner exactly at the level counts as above it.
  package func lines(at level: Double) -> [Line] {
    guard rows > 1, columns > 1 else { return [] }
    // The one or two neighbours of each crossed edge.
    var links: [Int: (Int, Int)] = [:]
    var order: [Int] = []
    func join(_ a: Int, _ b: Int) {
      for (p, q) in [(a, b), (b, a)] {
        if let old = links[p] {
          if old.1 < 0 { links[p] = (old.0, q) }
        } else {
          links[p] = (q, -1)
          order.append(p)
        }
      }
    }
    for j in 0..<columns - 1 {
      for i in 0..<rows - 1 {
        let (a, b) = (z[i + j * rows], z[i + 1 + j * rows])
        let (c, d) = (z[i + 1 + (j + 1) * rows], z[i + (j + 1) * rows])
        guard a.isFinite, b.isFinite, c.isFinite, d.isFinite else { continue }
        let code = (a >= level ? 1 : 0) + (b >= level ? 2 : 0) + (c >= level ? 4 : 0) + (d >= level ? 8 : 0)
        if code == 0 || code == 15 { continue }
        let (left, right) = (edge(i, j, true), edge(i, j + 1, true))
        let (top, bottom) = (edge(i, j, false), edge(i + 1, j, false))
        switch code {
        case 1, 14: join(left, top)
        case 2, 13: join(left, bottom)
        case 3, 12: join(top, bottom)
        case 4, 11: join(bottom, right)
        case 6, 9: join(left, right)
        case 7, 8: join(top, right)
        default:
          // A saddle: the height of the middle tells which corners belong together.
          let isHigh = (a + b + c + d) / 4 >= level
          if (code == 5) == isHigh {
            join(left, bottom)
            join(top, right)
          } else {
            join(left, top)
            join(bottom, right)
          }
        }
      }
    }
    var used: Set<Int> = []
    var result: [Line] = []
    func walk(_ start: Int, closed: Bool) {
      var points = [crossing(start, level)]
      used.insert(start)
      var current = start
      while let (p, q) = links[current] {
        let next = !used.contains(p) ? p : q >= 0 && !used.contains(q) ? q : -1
        if next < 0 { break }
        used.insert(next)
        points.append(crossing(next, level))
        current = next
      }
      if closed { points.append(points[0]) }
      if points.count > 1 { result.append(Line(level: level, points: points, isClosed: closed)) }
    }
    for edge in order where links[edge]?.1 == -1 && !used.contains(edge) { walk(edge, closed: false) }
    for edge in order where !used.contains(edge) { walk(edge, closed: true) }
    return result
  }

  /// The part of the grid between two levels, as one polygon for each cell that has a part of it.
  func bands(from low: Double, to high: Double) -> [[(x: Double, y: Double)]] {
    guard rows > 1, columns > 1 else { return [] }
    var result: [[(x: Double, y: Double)]] = []
    for j in 0..<columns - 1 {
      for i in 0..<rows - 1 {
        let places = [(i, j), (i + 1, j), (i + 1, j + 1), (i, j + 1)]
        let heights = places.map { z[$0.0 + $0.1 * rows] }
        guard heights.allSatisfy(\.isFinite) else { continue }
        if heights.allSatisfy({ $0 < low }) || heights.allSatisfy({ $0 >= high }) { continue }
        var polygon = zip(places, heights).map { (coordinate($0.0, $0.1), $1) }
        polygon = ContourLines.clip(polygon, at: low, keepsAbove: true)
        polygon = ContourLines.clip(polygon, at: high, keepsAbove: false)
        if polygon.count > 2 { result.append(polygon.map(\.0)) }
      }
    }
    return result
  }

  private static func clip(
    _ polygon: [((x: Double, y: Double), Double)], at level: Double, keepsAbove: Bool
  ) -> [((x: Double, y: Double), Double)] {
    guard level.isFinite else { return polygon }
    var result: [((x: Double, y: Double), Double)] = []
    for k in polygon.indices {
      let (a, b) = (polygon[k], polygon[(k + 1) % polygon.count])
      let isInside = keepsAbove ? a.1 >= level : a.1 <= level
      let nextInside = keepsAbove ? b.1 >= level : b.1 <= level
      if isInside { result.append(a) }
      if isInside != nextInside {
        let t = (level - a.1) / (b.1 - a.1)
        result.append(((a.0.x + (b.0.x - a.0.x) * t, a.0.y + (b.0.y - a.0.y) * t), level))
      }
    }
    return result
  }
}
