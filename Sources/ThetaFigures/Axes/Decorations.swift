import ThetaArrays
import ThetaGraphics
import ThetaRuntime

// Titles, labels, legends, colorbars, colormaps.

enum Decorations {
  static func label(_ call: inout Call) throws(RuntimeError) -> [Value] {
    var plot = PlotCall(call)
    // `ylabel (hcb, "text")`
    if let first = plot.arguments.first, let object = plot.store.object(first), object.kind == .colorbar {
      plot.axes = object
      plot.arguments.removeFirst()
    }
    guard plot.count > 0, plot.count % 2 == 1 else { throw call.invalid }
    let axes = plot.current()
    let object = plot.store.label(call.name, of: axes)
    let value = plot.arguments[0]
    object["string"] =
      value.isText || value.isCell ? value : .string(value.firstReal.map { NumberLabel.general($0) } ?? "")
    plot.store.changes += 1
    var i = 1
    while i + 1 < plot.count {
      guard let name = plot.arguments[i].stringValue else {
        throw RuntimeError("set: argument \(i + 1) must be a property name")
      }
      try plot.store.set(object, name, plot.arguments[i + 1])
      i += 2
    }
    return plot.result(object)
  }

  // MARK: - Legend

  private static let places: Set<String> = [
    "best", "bestoutside", "east", "eastoutside", "none", "north", "northeast", "northeastoutside",
    "northoutside",
    "northwest", "northwestoutside", "south", "southeast", "southeastoutside", "southoutside", "southwest",
    "southwestoutside", "west", "westoutside",
  ]

  static func legend(_ call: inout Call) throws(RuntimeError) -> [Value] {
    var plot = PlotCall(call)
    let store = plot.store
    if let first = plot.arguments.first, let object = store.object(first), object.kind == .legend {
      plot.axes = object.peer
      plot.arguments.removeFirst()
    }
    var arguments = plot.arguments
    let axes = plot.current()
    // Commands.
    if arguments.count == 1, let word = arguments[0].stringValue?.lowercased() {
      switch word {
      case "off", "deletelegend":
        if let legend = axes.axesState?.legend { store.delete(legend) }
        return []
      case "hide", "show", "toggle", "boxon", "boxoff":
        if word == "show", axes.axesState?.legend == nil { break }
        guard let legend = axes.axesState?.legend else { return [] }
        switch word {
        case "hide": legend["visible"] = .string("off")
        case "show": legend["visible"] = .string("on")
        case "toggle": legend["visible"] = .string(legend.isVisible ? "off" : "on")
        case "boxon": legend["box"] = .string("on")
        default: legend["box"] = .string("off")
        }
        store.changes += 1
        return []
      case "left", "right":
        axes.axesState?.legend?["textposition"] = .string(word)
        return []
      default: break
      }
      if word == "show" { arguments = [] }
    }
    var objects = axes.children.flatMap { $0.kind == .group ? $0.children : [$0] }.filter {
      $0.kind.hasLegendEntry
    }
    // Objects by handle come first.
    if let first = arguments.first, !first.isText, !first.isCell, let handles = first.realArray,
      handles.count > 0
    {
      let named = handles.list.compactMap { store.object($0) }
      if named.count == handles.count {
        objects = named
        arguments.removeFirst()
      }
    }
    if let first = arguments.first, !first.isText, !first.isCell, !first.isEmpty {
      throw call.error("single argument must be a string or cellstr", identifier: "Octave:invalid-fun-call")
    }
    // Texts, then properties.
    var texts: [String]?
    var pairs: [Value] = []
    var i = 0
    if let first = arguments.first {
      if first.isCell {
        guard let list = first.stringList else {
          throw call.error(
            "single argument must be a string or cellstr", identifier: "Octave:invalid-fun-call")
        }
        texts = list
        i = 1
      } else if let rows = first.textRows, rows.count > 1 {
        texts = rows.map { String(decoding: $0, as: UTF8.self) }.map { text in
          var text = Substring(text)
          while text.last == " " { text.removeLast() }
          return String(text)
        }
        i = 1
      }
    }
    var words: [String] = []
    while i < arguments.count {
      guard let word = arguments[i].stringValue else {
        if arguments[i].isCell, let list = arguments[i].stringList { words += list }
        i += 1
        continue
      }
      if [
        "location", "position", "orientation", "fontsize", "interpreter", "box", "textposition", "color",
        "edgecolor",
        "textcolor", "fontname", "fontweight", "autoupdate", "linewidth", "string", "title", "numcolumns",
      ].contains(word.lowercased()), i + 1 < arguments.count {
        pairs += [arguments[i], arguments[i + 1]]
        i += 2
        continue
      }
      words.append(word)
      i += 1
    }
    if !words.isEmpty { texts = (texts ?? []) + words }
    let existing = axes.axesState?.legend
    if texts == nil, existing == nil || !pairs.isEmpty && existing == nil {
      for (k, object) in objects.enumerated() where object.displayName.isEmpty {
        object["displayname"] = .string("data\(k + 1)")
      }
    }
    for k in stride(from: 0, to: pairs.count, by: 2) where pairs[k].stringValue?.lowercased() == "location" {
      guard places.contains(pairs[k + 1].stringValue?.lowercased() ?? "") else {
        throw call.error("unrecognized legend location")
      }
    }
    guard !objects.isEmpty || existing != nil else {
      try call.context.warn("legend: plot data is empty; setting key labels has no effect")
      return call.outputs > 0 ? [.emptyMatrix] : []
    }
    let legend = existing ?? makeLegend(axes, store)
    if let texts {
      for (object, text) in zip(objects, texts) { object["displayname"] = .string(text) }
      legend.entries = Array(objects.prefix(texts.count))
      if texts.count > objects.count {
        try call.context.warn("legend: ignoring extra labels.")
      }
    } else if existing == nil {
      legend.entries = objects
    }
    legend["visible"] = .string("on")
    for k in stride(from: 0, to: pairs.count, by: 2) {
      let name = (pairs[k].stringValue ?? "").lowercased()
      if name == "location" {
        let place = pairs[k + 1].stringValue?.lowercased() ?? ""
        legend["location"] = .string(place)
      } else if name == "title" {
        store.label("title", of: legend)["string"] = pairs[k + 1]
      } else if legend.kind.schema.resolve(name) != nil {
        try store.set(legend, name, pairs[k + 1])
      }
    }
    if call.outputs > 1 { return [.number(legend.handle), .column(legend.entries.map(\.handle))] }
    return call.outputs > 0 ? [.number(legend.handle)] : []
  }

  private static func makeLegend(_ axes: GraphicsObject, _ store: FigureStore) -> GraphicsObject {
    let legend = store.make(.legend, in: axes.parent ?? axes)
    legend.peer = axes
    axes.axesState?.legend = legend
    return legend
  }

  // MARK: - Colours

  static func colorbar(_ call: inout Call) throws(RuntimeError) -> [Value] {
    var plot = PlotCall(call)
    var i = 0
    while i + 1 < plot.count {
      if plot.arguments[i].stringValue?.lowercased() == "peer" {
        plot.axes = plot.store.object(plot.arguments[i + 1])
        plot.arguments.removeSubrange(i...i + 1)
      } else {
        i += 1
      }
    }
    let axes = plot.current()
    if let word = plot.arguments.first?.stringValue?.lowercased(), ["off", "delete", "hide"].contains(word) {
      if let bar = axes.axesState?.colorbar { plot.store.delete(bar) }
      return []
    }
    var arguments = plot.arguments
    var location: Value?
    if let word = arguments.first?.stringValue?.lowercased(),
      ObjectKind.colorbar.schema.property("location")?.words.contains(word) == true
    {
      location = .string(word)
      arguments.removeFirst()
    }
    guard arguments.count % 2 == 0 else { throw plot.error("PROP/VAL inputs must occur in pairs") }
    for k in stride(from: 0, to: arguments.count, by: 2)
    where arguments[k].stringValue?.lowercased() == "location" {
      let word = arguments[k + 1].stringValue?.lowercased() ?? ""
      guard ObjectKind.colorbar.schema.property("location")?.words.contains(word) == true else {
        throw plot.error("unrecognized colorbar location")
      }
    }
    let bar = axes.axesState?.colorbar ?? plot.store.make(.colorbar, in: axes.parent ?? axes)
    bar.peer = axes
    axes.axesState?.colorbar = bar
    if let location { bar["location"] = location }
    for k in stride(from: 0, to: arguments.count, by: 2) {
      try plot.store.set(bar, arguments[k].stringValue ?? "", arguments[k + 1])
    }
    return plot.result(bar)
  }

  static func colormap(_ call: inout Call) throws(RuntimeError) -> [Value] {
    let plot = PlotCall(call)
    var arguments = plot.arguments
    var holder = plot.axes
    if let first = arguments.first, let object = plot.store.object(first), object.kind == .figure,
      arguments.count > 1
    {
      holder = object
      arguments.removeFirst()
    }
    let target = holder ?? plot.store.needFigure()
    guard let value = arguments.first else { return [ColorScale.standard(target).value] }
    if let name = value.stringValue {
      if name.lowercased() == "list" {
        return [.cell(Shape(Colormaps.names.count, 1), Colormaps.names.map { .string($0) })]
      }
      if name.lowercased() == "default" {
        target.clear("colormap")
      } else {
        var map: Value?
        do throws(RuntimeError) {
          map = try call.context.invoker.invoke(named: name.lowercased(), [], outputs: 1).first
        } catch {
          if error.kind != .error { throw error }
        }
        guard let map, map.shape.columns == 3, map.realArray != nil else {
          throw plot.error("failed to set MAP <\(name)>")
        }
        set(map, target)
      }
    } else if value.isEmpty {
      target.clear("colormap")
    } else {
      guard value.shape.is2D, value.shape.columns == 3, let map = value.realArray else {
        throw plot.error("MAP must be a real-valued N x 3 ([R,G,B]) matrix")
      }
      guard map.list.allSatisfy({ $0 >= 0 && $0 <= 1 }) else {
        throw plot.error("all MAP values must be in the range [0,1]")
      }
      set(value, target)
    }
    plot.store.changes += 1
    return call.outputs > 0 ? [ColorScale.standard(target).value] : []
  }

  /// A new map counts for all axes of the figure, images with a map of their own included.
  private static func set(_ map: Value, _ target: GraphicsObject) {
    target["colormap"] = map
    if target.kind == .figure {
      for axes in target.children where axes.kind == .axes { axes.clear("colormap") }
    }
  }

  // MARK: - Annotations

  static func annotation(_ call: inout Call) throws(RuntimeError) -> [Value] {
    let plot = PlotCall(call)
    guard let kind = plot.arguments.first?.stringValue?.lowercased() else { throw call.invalid }
    let figure = plot.store.needFigure()
    var rest = plot.arguments.dropFirst()
    var numbers: [[Double]] = []
    while let value = rest.first, !value.isText, let list = value.realArray?.list {
      numbers.append(list)
      rest = rest.dropFirst()
    }
    guard ["line", "arrow", "doublearrow", "textarrow", "textbox", "rectangle", "ellipse"].contains(kind)
    else {
      throw plot.error("unknown annotation TYPE \(kind)")
    }
    let group = plot.store.make(.group, in: figure)
    let object: GraphicsObject
    switch kind {
    case "textbox", "rectangle", "ellipse":
      let p = numbers.first ?? [0.1, 0.1, 0.2, 0.1]
      guard p.count == 4 else { throw call.invalid }
      if kind == "textbox" {
        object = plot.store.make(.text, in: group)
        object["position"] = .row([p[0], p[1] + p[3], 0])
        object["verticalalignment"] = .string("top")
      } else {
        object = plot.store.make(.rectangle, in: group)
        object["position"] = .row(p)
        if kind == "ellipse" { object["curvature"] = .row([1, 1]) }
      }
    default:
      let x = numbers.first ?? [0.3, 0.7]
      let y = numbers.count > 1 ? numbers[1] : [0.3, 0.7]
      guard x.count == 2, y.count == 2 else { throw call.invalid }
      object = plot.store.make(.quiver, in: group)
      object["xdata"] = .number(x[0])
      object["ydata"] = .number(y[0])
      object["color"] = .row([0, 0, 0])
      object.extra = ["tipx": [x[1]], "tipy": [y[1]]]
      object["showarrowhead"] = .string(kind == "line" ? "off" : "on")
    }
    for k in stride(from: 0, to: rest.count - rest.count % 2, by: 2) {
      let list = Array(rest)
      let name = list[k].stringValue ?? ""
      if object.kind.schema.resolve(name) != nil { try plot.store.set(object, name, list[k + 1]) }
    }
    return plot.result(object)
  }
}
