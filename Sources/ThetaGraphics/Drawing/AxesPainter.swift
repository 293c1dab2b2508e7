import ThetaArrays
import ThetaCanvas
import ThetaRuntime

/// Draws one axes: the frame, ticks, labels, grid, marks, legend and colorbar.
struct AxesPainter {
  let axes: GraphicsObject
  let model: AxesModel
  private let x: AxesModel.Axis
  private let y: AxesModel.Axis
  private let z: AxesModel.Axis
  var items: [Scene.Item] = []
  let fontSize: Double
  let isShown: Bool
  /// The whole place of the axes with everything around them, as far as it is known before the layout.
  let cell: Rect

  init(_ axes: GraphicsObject, cell: Rect) {
    self.axes = axes
    self.cell = cell
    model = AxesModel(axes)
    (x, y, z) = (model.axis("x"), model.axis("y"), model.axis("z"))
    fontSize = MarkPainter.bounded(axes.number("fontsize"), 1, 400) * TextBlock.pixelsPerPoint
    isShown = axes.isVisible
  }

  static let tickGap = 4.5

  /// A title or label, its letters as large as the axes' unless chosen.
  func label(_ name: String) -> TextBlock? {
    guard let object = axes.labels[name], object.isVisible else { return nil }
    let copy = GraphicsObject(.text, handle: 0, parent: axes)
    for property in ["string", "interpreter", "fontname", "fontangle", "color", "rotation", "fontweight"]
    where object.isSet(property) { copy[property] = object[property] }
    let factor =
      name == "title" ? axes.number("titlefontsizemultiplier") : axes.number("labelfontsizemultiplier")
    copy["fontsize"] = .number(
      object.isSet("fontsize") ? object.number("fontsize") : axes.number("fontsize") * factor)
    if name == "title", !object.isSet("fontweight") { copy["fontweight"] = axes["titlefontweight"] }
    if name == "ylabel", !model.is3D, !object.isSet("rotation") { copy["rotation"] = .number(90) }
    copy["horizontalalignment"] = .string("center")
    copy["verticalalignment"] = .string("middle")
    let block = TextBlock(copy)
    if block.isEmpty { return nil }
    // What is longer than its side of the axes goes on in another line.
    let isUpright = abs(sine(degrees: block.rotation)) > 0.7
    return model.is3D && name != "title"
      ? block : block.wrapped(to: 0.92 * (isUpright ? cell.height : cell.width))
  }

  func runs(_ text: String) -> [TextRun] {
    Markup.runs(text, interpret: axes.text("ticklabelinterpreter") != "none")
  }

  // MARK: - Room

  /// What is written around the box needs this much.
  func margins(withLegend: Bool = true, withColorbar: Bool = true) -> Place.Margins {
    var margins = Place.Margins(left: 10, right: 12, top: 10, bottom: 10)
    if model.is3D {
      let z = model.tickTexts("z", z).texts
      let width = z.map { TextMetrics.width(of: runs($0), size: fontSize) }.max() ?? 0
      let name = label("zlabel") == nil ? 0 : fontSize * 1.5
      margins = Place.Margins(left: max(26, width + 9 + name), right: 22, top: 8, bottom: 22)
      if label("xlabel") != nil || label("ylabel") != nil { margins.bottom += 8 }
    } else if isShown {
      let (xTexts, xPower) = model.tickTexts("x", x)
      let (yTexts, yPower) = model.tickTexts("y", y)
      let xWidths = xTexts.map { TextMetrics.width(of: runs($0), size: fontSize) }
      let yWidth = yTexts.map { TextMetrics.width(of: runs($0), size: fontSize) }.max() ?? 0
      let xAngle = xTickAngle(x, xTexts)
      let xHeight = xTickHeight(xTexts, xAngle)
      let yRoom = yWidth + AxesPainter.tickGap
      let xRoom = xHeight + AxesPainter.tickGap
      if axes.text("yaxislocation") == "right" { margins.right = yRoom + 4 } else { margins.left = yRoom + 4 }
      if axes.text("xaxislocation") == "top" { margins.top = xRoom + 2 } else { margins.bottom = xRoom + 2 }
      if let last = xWidths.last, xAngle == 0 {
        margins.right = max(margins.right, last / 2 + 3)
      }
      if yPower != 0 || axes.text("yaxislocation") == "right" { margins.top = max(margins.top, fontSize + 6) }
      if xPower != 0 { margins.right = max(margins.right, fontSize * 2.8) }
      if let label = label("ylabel") {
        let room = label.bounds.width + 5
        if axes.text("yaxislocation") == "right" { margins.right += room } else { margins.left += room }
      }
      // A lone plot stands a little freer.
      if axes.axesState?.cell == nil {
        margins.left = max(margins.left, 38)
        margins.bottom = max(margins.bottom, 26)
        margins.right = max(margins.right, 18)
        margins.top = max(margins.top, 16)
      }
    }
    if let label = label("xlabel"), !model.is3D {
      let room = label.bounds.height + 6
      if axes.text("xaxislocation") == "top" { margins.top += room } else { margins.bottom += room }
    }
    if let title = label("title") { margins.top = max(margins.top, 4) + title.bounds.height + 5 }
    if withColorbar, let bar = axes.axesState?.colorbar, bar.isVisible {
      ColorbarPainter(bar, self).reserve(&margins)
    }
    if withLegend, let legend = axes.axesState?.legend, legend.isVisible {
      LegendPainter(legend, self).reserve(&margins)
    }
    return margins
  }

  /// How far the numbers of the horizontal axis are turned. Names that a script chose and that would touch one another
  /// are turned unless it said otherwise.
  func xTickAngle(_ axis: AxesModel.Axis, _ texts: [String]) -> Double {
    let chosen = axes.number("xticklabelrotation")
    if axes.isSet("xticklabelrotation") { return abs(chosen) < 1e6 ? chosen : 0 }
    guard axes.isSet("xticklabel") else { return 0 }
    let room = cell.width * 0.85
    let shown = zip(axis.ticks, texts).filter { (0...1).contains(axis.place($0.0)) && !$0.1.isEmpty }
      .map { (axis.place($0) * room, TextMetrics.width(of: runs($1), size: fontSize)) }
    let touches = zip(shown, shown.dropFirst()).contains { a, b in abs(b.0 - a.0) < (a.1 + b.1) / 2 + 2 }
    return touches ? 30 : 0
  }

  private func xTickHeight(_ texts: [String], _ angle: Double) -> Double {
    guard angle != 0 else { return fontSize * 1.05 }
    let width = texts.map { TextMetrics.width(of: runs($0), size: fontSize) }.max() ?? 0
    return width * abs(sine(degrees: angle)) + fontSize * abs(cosine(degrees: angle))
  }

  // MARK: - Painting

  mutating func paint(in place: Rect, figure: Rect) {
    let (box, limits) = fitted(place)
    var (x, y) = (x, y)
    if let limits {
      if !axes.isSet("xlim") { x = widened(x, "x", limits.x) }
      if !axes.isSet("ylim") { y = widened(y, "y", limits.y) }
    }
    let projection =
      model.is3D
      ? Projection(
        x, y, z, box: box, view: model.view, isUniform: axes.axesState?.aspect == .equal)
      : Projection(x, y, z, box: box)
    if model.is3D {
      let frame = SpaceFrame(self, projection)
      if isShown { items += frame.back() }
      let marks = paintMarks(projection)
      if isShown { items += frame.front() }
      finish(box, marks, figure, frame.titleTop ?? box.y)
    } else {
      let frame = PlaneFrame(self, projection)
      if isShown { items += frame.back() }
      let marks = paintMarks(projection)
      if isShown { items += frame.front() }
      finish(box, marks, figure, box.y - frame.above)
    }
  }

  private func widened(_ axis: AxesModel.Axis, _ letter: String, _ limits: (Double, Double)) -> AxesModel.Axis
  {
    AxesModel.Axis(
      low: limits.0, high: limits.1, isLogarithmic: axis.isLogarithmic, isReversed: axis.isReversed,
      ticks: axes.isSet(letter + "tick") ? axis.ticks : Ticks.linear(limits.0, limits.1))
  }

  /// The box with the aspect that was asked for, and wider limits where those may give way.
  private func fitted(_ place: Rect) -> (Rect, (x: (Double, Double), y: (Double, Double))?) {
    guard let aspect = axes.axesState?.aspect, aspect != .free, !model.is3D else { return (place, nil) }
    var ratio = 1.0
    if aspect == .equal {
      let (w, h) = (x.high - x.low, y.high - y.low)
      let d = axes.list("dataaspectratio")
      let unit = d.count >= 2 && axes.isSet("dataaspectratio") && d[0] > 0 && d[1] > 0 ? d[1] / d[0] : 1
      ratio = w / h * unit
      guard ratio.isFinite, ratio > 0 else { return (place, nil) }
      let isFree =
        !axes.isSet("xlim") && !axes.isSet("ylim") && axes.axesState?.isTight != true
        && !model.marks.contains { $0.kind == .image }
      if isFree {
        let wanted = place.width / place.height
        if ratio < wanted {
          let extra = (h * wanted - w) / 2
          return (place, ((x.low - extra, x.high + extra), (y.low, y.high)))
        }
        let extra = (w / wanted - h) / 2
        return (place, ((x.low, x.high), (y.low - extra, y.high + extra)))
      }
    }
    var box = place
    if place.width / place.height > ratio {
      box.width = place.height * ratio
      box.x += (place.width - box.width) / 2
    } else {
      box.height = place.width / ratio
      box.y += (place.height - box.height) / 2
    }
    return (box, nil)
  }

  private mutating func paintMarks(_ projection: Projection) -> MarkPainter {
    var painter = MarkPainter(projection, model.colorScale, fontSize: fontSize)
    painter.hasSurfaces = projection.is3D && model.marks.contains { $0.kind == .surface || $0.kind == .patch }
    for child in axes.children where child.kind != .text { painter.draw(child) }
    let drawn = painter.finished()
    if !drawn.isEmpty {
      if projection.is3D {
        items += drawn
      } else {
        items += clipped(drawn, projection.box)
      }
    }
    var texts = MarkPainter(projection, model.colorScale, fontSize: fontSize)
    for child in axes.children where child.kind == .text { texts.draw(child) }
    items += texts.finished()
    painter.occupied += texts.occupied
    return painter
  }

  /// Everything is cut at the box but text and markers: those whose middle is inside show whole.
  private func clipped(_ drawn: [Scene.Item], _ box: Rect) -> [Scene.Item] {
    let edge = Rect(box.x - 0.5, box.y - 0.5, box.width + 1, box.height + 1)
    var result: [Scene.Item] = []
    var isClipping = false
    func switchTo(_ wanted: Bool) {
      if wanted == isClipping { return }
      result.append(wanted ? .beginClip(box) : .endClip)
      isClipping = wanted
    }
    for item in drawn {
      if case .text = item {
        switchTo(false)
        result.append(item)
        continue
      }
      guard case .marks(var marks) = item else {
        switchTo(true)
        result.append(item)
        continue
      }
      switchTo(false)
      marks.keep { edge.contains($0) }
      if !marks.points.isEmpty { result.append(.marks(marks)) }
    }
    switchTo(false)
    return result
  }

  /// Title, colorbar and legend.
  private mutating func finish(_ box: Rect, _ marks: MarkPainter, _ figure: Rect, _ top: Double) {
    var top = top
    if let bar = axes.axesState?.colorbar, bar.isVisible {
      let painter = ColorbarPainter(bar, self)
      items += painter.items(box, top: top)
      top -= painter.roomAbove
    }
    if let title = label("title") {
      // Over the middle of the box, but inside the figure.
      let half = title.bounds.width / 2 + 4
      let x = max(min(box.center.x, figure.right - half), figure.x + half)
      items += title.items(at: Point(x, top - 6 - title.bounds.height / 2))
    }
    if let legend = axes.axesState?.legend, legend.isVisible {
      items += LegendPainter(legend, self).items(box, occupied: marks.occupied, scale: marks.scale)
    }
  }
}
