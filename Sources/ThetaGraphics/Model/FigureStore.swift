import ThetaArrays
import ThetaCanvas
import ThetaRuntime

/// The figures of a session: every graphics object by its handle, the current figure and axes.
package final class FigureStore {
  package let root: GraphicsObject
  private var byHandle: [Double: GraphicsObject] = [:]
  private var made = 0
  /// `set (0, "defaultlinelinewidth", 2)`: values by kind and property, without "default".
  package var defaults: [String: Value] = [:]
  /// Pictures of figures that were closed, or replaced after the script waited for its reader.
  var archive: [FigurePage.Picture] = []
  /// True where somebody will ask for the pictures.
  var keepsPictures = false
  /// Figures that the reader looked at (`pause`) and that nothing has replaced since.
  fileprivate var lookedAt: Set<Double> = []
  /// At which change figures were printed.
  package var printed: [Double: Int] = [:]
  /// Bumped whenever something may look different.
  package var changes = 0

  init() {
    root = GraphicsObject(.root, handle: 0, parent: nil)
    byHandle[0] = root
  }

  /// The session's figures. The first use also tells `delete` and `pause` that there are figures.
  package static func of(_ context: Context) -> FigureStore {
    context.state {
      let store = FigureStore()
      context.graphics = store
      return store
    }
  }

  /// The open figures by number.
  package var figures: [GraphicsObject] { root.children.sorted { $0.handle < $1.handle } }

  package func object(_ handle: Double) -> GraphicsObject? { byHandle[handle] }

  package func object(_ value: Value) -> GraphicsObject? {
    guard !value.isText, value.count == 1, let handle = value.firstReal else { return nil }
    return byHandle[handle]
  }

  // MARK: - Making

  /// Handles of what is not a figure are negative and have a fraction, as in Octave.
  private func freshHandle() -> Double {
    made += 1
    let x = Double(made) * 0.6180339887498949
    return -Double(made) - (x - x.rounded(.down)) * 0.9 - 0.05
  }

  package func make(_ kind: ObjectKind, in parent: GraphicsObject) -> GraphicsObject {
    let object = GraphicsObject(kind, handle: freshHandle(), parent: parent)
    byHandle[object.handle] = object
    parent.children.append(object)
    applyDefaults(object)
    changes += 1
    return object
  }

  private func applyDefaults(_ object: GraphicsObject) {
    let prefix = object.kind.typeName
    for (key, value) in defaults where key.hasPrefix(prefix) {
      let name = String(key.dropFirst(prefix.count))
      if object.kind.schema.property(name) != nil { try? set(object, name, value) }
    }
  }

  /// The title or a label of axes, made when it is first asked for.
  package func label(_ name: String, of axes: GraphicsObject) -> GraphicsObject {
    if let label = axes.labels[name] { return label }
    let label = GraphicsObject(.text, handle: freshHandle(), parent: axes)
    byHandle[label.handle] = label
    label["handlevisibility"] = .string("off")
    label["horizontalalignment"] = .string("center")
    if name == "title", axes.kind == .axes { label["fontweight"] = .string("bold") }
    axes.labels[name] = label
    applyDefaults(label)
    return label
  }

  // MARK: - Figures and axes

  package var currentFigure: GraphicsObject? {
    object(root["currentfigure"]).flatMap { $0.kind == .figure ? $0 : nil }
  }

  /// Makes a figure current; a new one with the next free number when none is given.
  @discardableResult
  package func show(figure number: Int? = nil) -> GraphicsObject {
    var wanted = number ?? 1
    if number == nil { while byHandle[Double(wanted)] != nil { wanted += 1 } }
    let figure: GraphicsObject
    if let existing = byHandle[Double(wanted)] {
      figure = existing
    } else {
      figure = GraphicsObject(.figure, handle: Double(wanted), parent: root)
      byHandle[figure.handle] = figure
      root.children.append(figure)
      applyDefaults(figure)
      changes += 1
    }
    root["currentfigure"] = .number(figure.handle)
    return figure
  }

  package func needFigure() -> GraphicsObject { currentFigure ?? show() }

  package func currentAxes(of figure: GraphicsObject) -> GraphicsObject? {
    object(figure["currentaxes"]).flatMap { $0.kind == .axes ? $0 : nil }
  }

  package func needAxes() -> GraphicsObject {
    let figure = needFigure()
    return currentAxes(of: figure) ?? makeAxes(in: figure)
  }

  package func makeAxes(in figure: GraphicsObject) -> GraphicsObject {
    let axes = make(.axes, in: figure)
    figure["currentaxes"] = .number(axes.handle)
    return axes
  }

  package func makeCurrent(_ axes: GraphicsObject) {
    guard let figure = axes.figure else { return }
    figure["currentaxes"] = .number(axes.handle)
    root["currentfigure"] = .number(figure.handle)
  }

  /// The axes that a new plot goes to, emptied unless they are held.
  package func axesForPlot(_ axes: GraphicsObject? = nil) -> GraphicsObject {
    let axes = axes ?? needAxes()
    if axes.axesState?.isHeld != true { clear(axes) }
    return axes
  }

  /// Gives axes limits, or ticks, that what is drawn later does not move.
  package func fix(_ axes: GraphicsObject, _ name: String, _ values: [Double]) {
    axes[name] = .row(values)
    axes[name + "mode"] = .string("manual")
  }

  /// Fixes limits as they are found now.
  package func fix(_ axes: GraphicsObject, _ names: [String]) {
    let model = AxesModel(axes)
    for name in names {
      let (low, high) = model.limits(name)
      fix(axes, name, [low, high])
    }
  }

  /// Fixes limits that just hold what is drawn now: `axis tight`, and what contours and images do.
  package func tighten(_ axes: GraphicsObject, _ names: [String] = ["xlim", "ylim"]) {
    for name in names { axes.clear(name) }
    let wasTight = axes.axesState?.isTight == true
    axes.axesState?.isTight = true
    fix(axes, names)
    axes.axesState?.isTight = wasTight
  }

  // MARK: - Removing

  package func delete(_ object: GraphicsObject) {
    guard object.kind != .root else { return }
    if object.kind == .figure { keep(object) }
    changes += 1
    for child in object.children { delete(child) }
    for label in object.labels.values { delete(label) }
    object.isDeleted = true
    byHandle[object.handle] = nil
    object.parent?.children.removeAll { $0 === object }
    if object.kind == .figure, currentFigure == nil {
      root["currentfigure"] = root.children.last.map { .number($0.handle) } ?? .emptyMatrix
    }
    if object.kind == .axes {
      if let legend = object.axesState?.legend { delete(legend) }
      if let bar = object.axesState?.colorbar { delete(bar) }
      if let figure = object.parent, figure.kind == .figure, currentAxes(of: figure) == nil {
        let rest = figure.children.last { $0.kind == .axes }
        figure["currentaxes"] = rest.map { .number($0.handle) } ?? .emptyMatrix
      }
    }
  }

  /// `cla`, and what `plot` does to axes that are not held: they stay where they are, with their aspect and fonts
  /// forgotten as `newplot` forgets them.
  package func clear(_ axes: GraphicsObject) {
    if let figure = axes.figure, !axes.children.isEmpty, lookedAt.remove(figure.handle) != nil {
      keep(figure)
    }
    for child in axes.children { delete(child) }
    axes.children = []
    for label in axes.labels.values { delete(label) }
    axes.labels = [:]
    if let legend = axes.axesState?.legend { delete(legend) }
    if let bar = axes.axesState?.colorbar { delete(bar) }
    let kept = ["position", "outerposition", "units", "parent", "tag", "userdata", "visible", "colormap"]
    let old = kept.compactMap { name in axes.isSet(name) ? (name, axes[name]) : nil }
    axes.reset()
    for (name, value) in old where name != "visible" { axes[name] = value }
    let state = AxesState()
    state.cell = axes.axesState?.cell
    axes.axesState = state
    applyDefaults(axes)
    changes += 1
  }

  /// The next colour of the axes' colour order.
  package func nextColor(_ axes: GraphicsObject) -> Color {
    guard let state = axes.axesState else { return .black }
    let order = axes.isSet("colororder") ? axes.array("colororder") : nil
    let colors = order.map { ColorNames.rows($0) } ?? []
    let list = colors.isEmpty ? Palette.lines : colors
    defer {
      state.nextColor += 1
      axes["colororderindex"] = .integer(state.nextColor % list.count + 1)
    }
    return list[state.nextColor % list.count]
  }
}

extension FigureStore: GraphicsHost {
  package func willWait() { lookedAt.formUnion(root.children.map(\.handle)) }

  package func deleteObjects(_ handles: Value) -> Bool {
    guard !handles.isText, let list = handles.realArray?.list else { return false }
    let objects = list.compactMap { object($0) }
    guard objects.count == list.count else { return false }
    for object in objects where !object.isDeleted { delete(object) }
    return true
  }
}
