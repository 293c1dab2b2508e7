import ThetaArrays
import ThetaCanvas
import ThetaRuntime

/// Makes the scene of a figure: places its axes so that nothing written around them is cut, and draws them in order.
package struct FigurePainter {
  private var scene: Scene
  private let figure: GraphicsObject

  /// The picture of a figure. The size is that of its window unless another is given.
  package static func scene(of figure: GraphicsObject, width: Double? = nil, height: Double? = nil) -> Scene {
    let size = FigurePainter.size(of: figure)
    var painter = FigurePainter(figure, width ?? size.x, height ?? size.y)
    painter.paint()
    return painter.scene
  }

  package static func size(of figure: GraphicsObject) -> Point {
    let position = figure.list("position")
    guard position.count == 4, figure.text("units") == "pixels" else { return Point(560, 420) }
    func bounded(_ x: Double, _ fallback: Double) -> Double {
      x.isFinite && x >= 40 ? min(x, 6000) : fallback
    }
    return Point(bounded(position[2], 560), bounded(position[3], 420))
  }

  private init(_ figure: GraphicsObject, _ width: Double, _ height: Double) {
    self.figure = figure
    scene = Scene(width: width, height: height, background: figure.color("color"))
  }

  private mutating func paint() {
    let all = figure.children.filter { $0.kind == .axes }
    let cells = all.map { Place.cell($0, width: scene.width, height: scene.height) }
    var painters = zip(all, cells).map { AxesPainter($0, cell: $1) }
    // Cells of one grid have the same room for numbers and labels, so that their boxes line up. A legend or a colorbar
    // takes its room from its own axes only.
    let plain = painters.map { $0.margins(withLegend: false, withColorbar: false) }
    var grids: [GridSize: Place.Margins] = [:]
    for (axes, margins) in zip(all, plain) {
      guard let size = GridSize(axes) else { continue }
      grids[size, default: margins].grow(to: margins)
    }
    for i in painters.indices {
      let box: Rect
      if let chosen = Place.chosen(all[i], width: scene.width, height: scene.height) {
        box = chosen
      } else {
        let shared = GridSize(all[i]).flatMap { grids[$0] } ?? plain[i]
        let m = shared + (painters[i].margins() - plain[i])
        // In a tiny cell the box keeps some size; what is missing comes from the room to its left, and half each from
        // that above and below.
        let (width, height) = (cells[i].width - m.left - m.right, cells[i].height - m.top - m.bottom)
        box = Rect(
          max(cells[i].x + m.left - max(14 - width, 0), 0),
          max(cells[i].y + m.top - max(20 - height, 0) / 2, 0),
          max(width, 14), max(height, 20))
      }
      painters[i].paint(in: box, figure: Rect(0, 0, scene.width, scene.height))
      scene.items += painters[i].items
    }
    for object in figure.children where object.kind == .group { annotate(object) }
    scene.description = FigureDescription.text(figure)
  }

  /// Annotations stand in a frame over the whole figure, from 0 to 1.
  private mutating func annotate(_ group: GraphicsObject) {
    let unit = AxesModel.Axis(low: 0, high: 1, isLogarithmic: false, isReversed: false, ticks: [])
    var painter = MarkPainter(
      Projection(unit, unit, unit, box: Rect(0, 0, scene.width, scene.height)), ColorScale([.black]),
      fontSize: 12)
    painter.draw(group)
    scene.items += painter.finished()
  }
}

/// The grid that the cell of axes belongs to.
private struct GridSize: Hashable {
  let rows: Int
  let columns: Int

  init?(_ axes: GraphicsObject) {
    guard let cell = axes.axesState?.cell else { return nil }
    rows = cell.rows
    columns = cell.columns
  }
}

/// A figure in words.
enum FigureDescription {
  static func text(_ figure: GraphicsObject) -> String {
    let parts = figure.children.filter { $0.kind == .axes }.map { axes in
      var words: [String] = []
      let kinds = axes.children.filter { $0.kind.isMark }.map { noun($0.kind) }
      var counted: [(String, Int)] = []
      for kind in kinds {
        if let k = counted.firstIndex(where: { $0.0 == kind }) {
          counted[k].1 += 1
        } else {
          counted.append((kind, 1))
        }
      }
      words.append(counted.map { $0.1 == 1 ? $0.0 : "\($0.1) × \($0.0)" }.joined(separator: ", "))
      if let title = plain(axes, "title") { words.insert(title + ":", at: 0) }
      for (name, word) in [("xlabel", "horizontal"), ("ylabel", "vertical")] {
        if let label = plain(axes, name) { words.append("\(word) \(label)") }
      }
      return words.filter { !$0.isEmpty }.joined(separator: " ")
    }
    let text = parts.filter { !$0.isEmpty }.joined(separator: "; ")
    return text.isEmpty ? "Empty figure" : text
  }

  static func plain(_ axes: GraphicsObject, _ name: String) -> String? {
    guard let label = axes.labels[name] else { return nil }
    let lines = TextBlock.lines(label["string"], interpreter: label.text("interpreter"))
    let text = lines.map { $0.map(\.text).joined() }.joined(separator: " ")
    return text.isEmpty ? nil : text
  }

  private static func noun(_ kind: ObjectKind) -> String {
    switch kind {
    case .scatter: "points"
    case .bar: "bars"
    case .contour: "contours"
    case .errorbar: "error bars"
    case .quiver: "arrows"
    case .stem: "stems"
    case .stairs: "steps"
    default: kind.rawValue
    }
  }
}
