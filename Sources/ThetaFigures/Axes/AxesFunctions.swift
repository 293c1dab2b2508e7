import ThetaArrays
import ThetaGraphics
import ThetaRuntime

// axis, limits, hold, grid, box, view, subplot: how axes stand and what they show.

enum AxesFunctions {
  // MARK: - axis

  static func axis(_ call: inout Call) throws(RuntimeError) -> [Value] {
    let plot = PlotCall(call)
    let axes = plot.current()
    for value in plot.arguments {
      if let word = value.stringValue {
        if word.lowercased() == "state" { continue }
        try option(word.lowercased(), axes, call)
      } else {
        guard let list = value.realArray?.list, value.isNumeric || value.isLogical else {
          throw plot.error("expecting no args, or a numeric vector with 2, 4, 6, or 8 elements")
        }
        try limits(list, axes, plot)
      }
    }
    if call.outputs == 0, plot.count > 0 { return [] }
    let model = AxesModel(axes)
    var result = [model.limits("xlim"), model.limits("ylim")]
    if model.is3D { result.append(model.limits("zlim")) }
    return [.row(result.flatMap { [$0.0, $0.1] })]
  }

  private static func limits(_ list: [Double], _ axes: GraphicsObject, _ plot: PlotCall) throws(RuntimeError)
  {
    guard [2, 4, 6, 8].contains(list.count) else {
      throw plot.error("LIMITS vector must have 2, 4, 6, or 8 elements")
    }
    for k in stride(from: 0, to: list.count, by: 2) where list[k] >= list[k + 1] {
      throw plot.error("LIMITS(\(k + 1)) must be less than LIMITS(\(k + 2))")
    }
    for (k, name) in ["xlim", "ylim", "zlim", "clim"].enumerated() where 2 * k + 1 < list.count {
      try plot.store.set(axes, name, .row([list[2 * k], list[2 * k + 1]]))
    }
  }

  private static func option(_ word: String, _ axes: GraphicsObject, _ call: Call) throws(RuntimeError) {
    guard let state = axes.axesState else { return }
    func free(_ names: [String]) {
      for name in names {
        axes.clear(name)
        axes[name + "mode"] = .string("auto")
      }
    }
    let store = FigureStore.of(call.context)
    func tighten() {
      free(["xlim", "ylim", "zlim"])
      state.isTight = true
      if !AxesModel(axes).marks.isEmpty { store.tighten(axes, ["xlim", "ylim", "zlim"]) }
    }
    switch word {
    case "auto", "normal":
      if word == "auto" { free(["xlim", "ylim", "zlim"]) }
      state.aspect = .free
      axes.clear("dataaspectratio")
      axes["dataaspectratiomode"] = .string("auto")
      if word == "auto" { state.isTight = false }
    case "autox", "auto x": free(["xlim"])
    case "autoy", "auto y": free(["ylim"])
    case "autoz", "auto z": free(["zlim"])
    case "manual": store.fix(axes, ["xlim", "ylim", "zlim"])
    case "tight": tighten()
    case "equal": state.aspect = .equal
    case "image":
      tighten()
      state.aspect = .equal
    case "square": state.aspect = .square
    case "vis3d", "fill": break
    case "on": axes["visible"] = .string("on")
    case "off": axes["visible"] = .string("off")
    case "ij": axes["ydir"] = .string("reverse")
    case "xy": axes["ydir"] = .string("normal")
    case "tic", "label": break
    case "nolabel", "labely", "labelx", "labelz":
      for letter in ["x", "y", "z"] where !word.hasSuffix(letter) {
        axes[letter + "ticklabel"] = .cell(.empty, [])
      }
    case _ where word.hasPrefix("tic"): break
    default: try call.context.warn("axis: unknown option '\(word)'")
    }
  }

  // MARK: - Limits

  static func limit(_ call: inout Call) throws(RuntimeError) -> [Value] {
    let plot = PlotCall(call)
    let name = call.name == "caxis" ? "clim" : call.name
    let axes = plot.current()
    if let value = plot.arguments.first {
      if let word = value.stringValue {
        switch word.lowercased() {
        case "auto":
          axes.clear(name)
          axes[name + "mode"] = .string("auto")
        case "manual": plot.store.fix(axes, [name])
        case "mode": return [.string(axes.text(name + "mode"))]
        default:
          if name == "clim" { throw plot.error("invalid mode '\(word)'") }
        }
        return []
      }
      guard let list = value.realArray?.list, list.count == 2 else {
        throw plot.error(
          name == "clim"
            ? "LIMITS must be a numeric 2-element vector where LIM1 < LIM2"
            : "LIMITS must be a 2-element vector")
      }
      guard list[0] < list[1] || list[0].isNaN || list[1].isNaN else {
        throw plot.error(
          name == "clim"
            ? "LIMITS must be a numeric 2-element vector where LIM1 < LIM2" : "axis limits must be increasing"
        )
      }
      try plot.store.set(axes, name, .row(list))
      if call.outputs == 0 { return [] }
    }
    let (low, high) = AxesModel(axes).limits(name)
    return [.row([low, high])]
  }

  static func ticks(_ call: inout Call) throws(RuntimeError) -> [Value] {
    let plot = PlotCall(call)
    let isLabel = call.name.hasSuffix("labels")
    let name = String(call.name.prefix(1)) + (isLabel ? "ticklabel" : "tick")
    let axes = plot.current()
    guard let value = plot.arguments.first else { return [plot.store.get(axes, name) ?? .emptyMatrix] }
    if let word = value.stringValue, !isLabel || ["auto", "manual", "mode"].contains(word) {
      switch word {
      case "auto":
        axes.clear(name)
        axes[name + "mode"] = .string("auto")
      case "manual": if let now = plot.store.get(axes, name) { try plot.store.set(axes, name, now) }
      case "mode": return [.string(axes.text(name + "mode"))]
      default: throw plot.error("invalid option: \(word)")
      }
      return []
    }
    if value.isCell && !isLabel { throw call.invalid }
    try plot.store.set(axes, name, value)
    return []
  }

  static func ratio(_ call: inout Call) throws(RuntimeError) -> [Value] {
    let plot = PlotCall(call)
    let axes = plot.current()
    let name = call.name == "daspect" ? "dataaspectratio" : "plotboxaspectratio"
    if let value = plot.arguments.first {
      if let word = value.stringValue {
        switch word {
        case "mode": return [.string(axes.text(name + "mode"))]
        case "auto":
          axes.axesState?.aspect = .free
          axes.clear(name)
          axes[name + "mode"] = .string("auto")
        case "manual": axes[name + "mode"] = .string("manual")
        default: throw plot.error("Invalid MODE <\(word)>")
        }
        return []
      }
      guard let list = value.realArray?.list, list.count >= 2, list.allSatisfy({ $0 > 0 && $0.isFinite })
      else {
        throw plot.error("\(name.uppercased()) must be a 3-element vector")
      }
      axes[name] = .row(list)
      axes[name + "mode"] = .string("manual")
      axes.axesState?.aspect = name == "dataaspectratio" ? .equal : .square
      if call.outputs == 0 { return [] }
    }
    return [axes[name]]
  }

  // MARK: - Switches

  static func hold(_ call: inout Call) throws(RuntimeError) -> [Value] {
    let plot = PlotCall(call)
    let axes = plot.current()
    guard let value = plot.arguments.first else {
      axes.axesState?.isHeld.toggle()
      return []
    }
    switch value.stringValue?.lowercased() {
    case "on", "all": axes.axesState?.isHeld = true
    case "off": axes.axesState?.isHeld = false
    default: throw plot.error("invalid hold STATE")
    }
    return []
  }

  static func ishold(_ call: inout Call) throws(RuntimeError) -> Value {
    let store = FigureStore.of(call.context)
    if let value = call.optional(0) {
      guard let object = store.object(value), object.kind == .axes || object.kind == .figure else {
        throw call.error("H must be an axes or figure graphics handle")
      }
      let axes = object.kind == .axes ? object : store.currentAxes(of: object)
      return .logical(axes?.axesState?.isHeld ?? false)
    }
    return .logical(store.currentFigure.flatMap { store.currentAxes(of: $0) }?.axesState?.isHeld ?? false)
  }

  static func grid(_ call: inout Call) throws(RuntimeError) -> [Value] {
    let plot = PlotCall(call)
    let axes = plot.current()
    func set(_ suffix: String, _ isOn: Bool) {
      for letter in ["x", "y", "z"] { axes[letter + suffix] = .string(isOn ? "on" : "off") }
    }
    guard let value = plot.arguments.first else {
      set("grid", !axes.flag("xgrid"))
      return []
    }
    guard let word = value.stringValue else {
      throw plot.error("argument 1 must be an axis handle or a string")
    }
    switch word.lowercased() {
    case "on": set("grid", true)
    case "off":
      set("grid", false)
      set("minorgrid", false)
    case "minor":
      let state = plot.count > 1 ? plot.arguments[1].stringValue?.lowercased() : nil
      let isOn = state.map { $0 == "on" } ?? !axes.flag("xminorgrid")
      set("minorgrid", isOn)
      if isOn { set("grid", true) }
    default: throw call.invalid
    }
    return []
  }

  static func box(_ call: inout Call) throws(RuntimeError) -> [Value] {
    let plot = PlotCall(call)
    let axes = plot.current()
    guard let value = plot.arguments.first else {
      axes["box"] = .string(AxesModel(axes).hasBox ? "off" : "on")
      return []
    }
    guard let word = value.stringValue?.lowercased(), word == "on" || word == "off" else {
      throw plot.error("argument must be \"on\" or \"off\"")
    }
    axes["box"] = .string(word)
    return []
  }

  static func view(_ call: inout Call) throws(RuntimeError) -> [Value] {
    let plot = PlotCall(call)
    let axes = plot.current()
    if plot.count == 0 {
      let view = AxesModel(axes).view
      return call.outputs < 2
        ? [.row([view.azimuth, view.elevation])] : [.number(view.azimuth), .number(view.elevation)]
    }
    if plot.count > 2 { throw call.invalid }
    var numbers: [Double] = []
    for value in plot.arguments {
      if value.isCell {
        throw RuntimeError("binary operator '==' not implemented for 'cell' by 'scalar' operations")
      }
      guard !value.isText, let list = value.realArray?.list else { throw call.invalid }
      numbers += list
    }
    switch numbers.count {
    case 1 where numbers[0] == 2: axes["view"] = .row([0, 90])
    case 1 where numbers[0] == 3: axes["view"] = .row([-37.5, 30])
    case 2: axes["view"] = .row(numbers)
    case 3:
      let (x, y, z) = (numbers[0], numbers[1], numbers[2])
      let azimuth = atan2(y, x) * 180 / .pi + 90
      let elevation = atan2(z, (x * x + y * y).squareRoot()) * 180 / .pi
      axes["view"] = .row([azimuth > 180 ? azimuth - 360 : azimuth, elevation])
    default: throw call.invalid
    }
    return []
  }

  // MARK: - Places

  static func subplot(_ call: inout Call) throws(RuntimeError) -> [Value] {
    let store = FigureStore.of(call.context)
    guard call.count > 0 else { throw call.invalid }
    if call.count == 1, let axes = store.object(call[0]), axes.kind == .axes {
      store.makeCurrent(axes)
      return call.outputs > 0 ? [.number(axes.handle)] : []
    }
    if call.isOption(0, "position"), call.count > 1 {
      let axes = store.makeAxes(in: store.needFigure())
      do { try store.set(axes, "position", call[1]) } catch {
        store.delete(axes)
        throw error
      }
      return call.outputs > 0 ? [.number(axes.handle)] : []
    }
    if call[0].isText { throw RuntimeError("rem: wrong type argument 'sq_string'") }
    let bad = call.error("INDEX value must be >= 1 and <= ROWS*COLS")
    var numbers: [[Double]] = []
    var next = 0
    while next < call.count, next < 3, !call[next].isText, let list = call[next].realArray?.list {
      numbers.append(list)
      next += 1
    }
    if numbers.count == 1, let code = numbers[0].first, code >= 111, code <= 999, code == code.rounded() {
      let n = Int(code)
      numbers = [[Double(n / 100)], [Double(n / 10 % 10)], [Double(n % 10)]]
      next = 1
    }
    guard numbers.count == 3, let r = numbers[0].first, let c = numbers[1].first, !numbers[2].isEmpty else {
      throw bad
    }
    guard r >= 1, c >= 1, r <= 1000, c <= 1000, r == r.rounded(), c == c.rounded() else { throw bad }
    let (rows, columns) = (Int(r), Int(c))
    var indices: [Int] = []
    for index in numbers[2] {
      guard index >= 1, index <= Double(rows * columns) else { throw bad }
      indices.append(Int(index) - 1)
    }
    let (rowPlaces, columnPlaces) = (indices.map { $0 / columns }, indices.map { $0 % columns })
    let cell = AxesState.Cell(
      rows: rows, columns: columns, top: rowPlaces.min() ?? 0, bottom: rowPlaces.max() ?? 0,
      left: columnPlaces.min() ?? 0, right: columnPlaces.max() ?? 0)
    let figure = store.needFigure()
    var replaces = false
    var pairs: [Value] = []
    while next < call.count {
      switch call[next].stringValue?.lowercased() {
      case "replace": replaces = true
      case "align", "": break
      default: pairs.append(call[next])
      }
      next += 1
    }
    guard pairs.count % 2 == 0 else {
      throw RuntimeError("__go_axes__: set: invalid number of arguments, unable to create graphics handle")
    }
    let axes = place(cell, in: figure, store, replaces: replaces)
    let plot = PlotCall(call)
    try plot.apply(pairs, to: axes)
    return call.outputs > 0 ? [.number(axes.handle)] : []
  }

  /// The axes in a cell; those that it would cover go.
  private static func place(
    _ cell: AxesState.Cell, in figure: GraphicsObject, _ store: FigureStore, replaces: Bool
  ) -> GraphicsObject {
    let all = figure.children.filter { $0.kind == .axes }
    if let found = all.first(where: { $0.axesState?.cell == cell }) {
      if replaces { store.clear(found) }
      figure["currentaxes"] = .number(found.handle)
      return found
    }
    func span(_ c: AxesState.Cell) -> (Double, Double, Double, Double) {
      (
        Double(c.left) / Double(c.columns), Double(c.right + 1) / Double(c.columns),
        Double(c.top) / Double(c.rows),
        Double(c.bottom + 1) / Double(c.rows)
      )
    }
    let new = span(cell)
    for axes in all {
      let old = axes.axesState?.cell.map { span($0) } ?? (0, 1, 0, 1)
      guard !axes.isSet("position") else { continue }
      let overlaps =
        old.0 < new.1 - 1e-9 && new.0 < old.1 - 1e-9 && old.2 < new.3 - 1e-9 && new.2 < old.3 - 1e-9
      if overlaps { store.delete(axes) }
    }
    let axes = store.makeAxes(in: figure)
    axes.axesState?.cell = cell
    return axes
  }
}
