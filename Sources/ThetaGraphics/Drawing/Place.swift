import ThetaArrays
import ThetaCanvas

/// Where axes stand in a figure: the place that Octave reports, and the place that leaves room for everything written
/// around the axes.
enum Place {
  /// `get (gca, "position")`: left, bottom, width, height as shares of the figure.
  static func nominal(_ axes: GraphicsObject) -> [Double] {
    var place = [0.13, 0.11, 0.775, 0.815]
    if let cell = axes.axesState?.cell {
      let gapX = cell.columns > 1 ? 0.2 / Double(cell.columns) + 12.0 / 560 : 0
      let gapY = cell.rows > 1 ? 0.2 / Double(cell.rows) + 12.0 / 420 : 0
      let width = (0.775 - Double(cell.columns - 1) * gapX) / Double(cell.columns)
      let height = (0.815 - Double(cell.rows - 1) * gapY) / Double(cell.rows)
      let right = Double(cell.columns - 1 - cell.right)
      place[0] = 0.13 + Double(cell.left) * (width + gapX)
      place[2] = 0.775 - Double(cell.left) * (width + gapX) - right * (width + gapX)
      place[1] = 0.11 + Double(cell.rows - 1 - cell.bottom) * (height + gapY)
      place[3] = Double(cell.bottom - cell.top + 1) * height + Double(cell.bottom - cell.top) * gapY
    }
    if axes.axesState?.colorbar != nil, axes.kind == .axes { place[2] *= 0.8 }
    return place
  }

  /// Room around the axes' box.
  struct Margins {
    var left = 0.0
    var right = 0.0
    var top = 0.0
    var bottom = 0.0

    static func + (a: Margins, b: Margins) -> Margins {
      Margins(
        left: a.left + b.left, right: a.right + b.right, top: a.top + b.top, bottom: a.bottom + b.bottom)
    }

    static func - (a: Margins, b: Margins) -> Margins {
      Margins(
        left: a.left - b.left, right: a.right - b.right, top: a.top - b.top, bottom: a.bottom - b.bottom)
    }

    mutating func grow(to other: Margins) {
      left = max(left, other.left)
      right = max(right, other.right)
      top = max(top, other.top)
      bottom = max(bottom, other.bottom)
    }
  }

  /// The whole cell of axes, their labels included.
  static func cell(_ axes: GraphicsObject, width: Double, height: Double) -> Rect {
    let edge = 7.0
    let area = Rect(edge, edge, width - 2 * edge, height - 2 * edge)
    guard let cell = axes.axesState?.cell else { return area }
    let gap = 10.0
    let w = (area.width - Double(cell.columns - 1) * gap) / Double(cell.columns)
    let h = (area.height - Double(cell.rows - 1) * gap) / Double(cell.rows)
    return Rect(
      area.x + Double(cell.left) * (w + gap), area.y + Double(cell.top) * (h + gap),
      Double(cell.right - cell.left + 1) * (w + gap) - gap,
      Double(cell.bottom - cell.top + 1) * (h + gap) - gap)
  }

  /// A place that the script set, in pixels of the picture.
  static func chosen(_ axes: GraphicsObject, width: Double, height: Double) -> Rect? {
    for name in ["position", "outerposition"] where axes.isSet(name) {
      let p = axes.list(name)
      guard p.count == 4, p.allSatisfy(\.isFinite), p[2] > 0, p[3] > 0 else { continue }
      let isNormalized = axes.text("units") == "normalized"
      let (sx, sy) = isNormalized ? (width, height) : (1, 1)
      return Rect(p[0] * sx, height - (p[1] + p[3]) * sy, p[2] * sx, p[3] * sy)
    }
    return nil
  }
}
