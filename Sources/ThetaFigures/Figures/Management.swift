import ThetaArrays
import ThetaGraphics
import ThetaRuntime

// Figures and objects by handle: making, finding, changing, closing.

enum Management {
  static func figure(_ call: inout Call) throws(RuntimeError) -> [Value] {
    let store = FigureStore.of(call.context)
    var pairs = Array(call.arguments)
    var number: Int?
    if let first = pairs.first, !first.isText, !first.isStructure {
      if first.isCell { throw RuntimeError("__go_figure__: unable to create figure handle") }
      guard let n = first.integerScalar, n > 0 else {
        throw call.error("N must be figure handle or figure number")
      }
      number = n
      pairs.removeFirst()
    }
    guard pairs.count % 2 == 0 || pairs.first?.isStructure == true else {
      // `figure 2`
      if pairs.count == 1, let n = pairs[0].stringValue.flatMap({ Int($0) }), n > 0 {
        let figure = store.show(figure: n)
        return call.outputs > 0 ? [.number(figure.handle)] : []
      }
      throw RuntimeError("__go_figure__: unable to create figure handle")
    }
    for k in stride(from: 0, to: pairs.count - 1, by: 2) {
      guard let name = pairs[k].stringValue, ObjectKind.figure.schema.resolve(name) != nil else {
        throw RuntimeError("__go_figure__: unable to create figure handle")
      }
    }
    let figure = store.show(figure: number)
    for k in stride(from: 0, to: pairs.count - 1, by: 2) {
      try store.set(figure, pairs[k].stringValue ?? "", pairs[k + 1])
    }
    return call.outputs > 0 ? [.number(figure.handle)] : []
  }

  static func close(_ call: inout Call) throws(RuntimeError) -> [Value] {
    let store = FigureStore.of(call.context)
    if call.count > 1, !call.isOption(1, "hidden"), !call.isOption(1, "force") {
      throw call.error("second argument must be \"hidden\" or \"force\"")
    }
    guard let value = call.optional(0) else {
      if let figure = store.currentFigure { store.delete(figure) }
      return call.outputs > 0 ? [.number(1)] : []
    }
    if let word = value.stringValue {
      for figure in store.figures where word.lowercased() == "all" || figure.text("name") == word {
        store.delete(figure)
      }
    } else {
      let handles = value.realArray?.list ?? []
      for handle in handles {
        guard let figure = store.object(handle), figure.kind == .figure else {
          throw call.error("first argument must be \"all\", a figure handle, or a figure name")
        }
        store.delete(figure)
      }
    }
    return call.outputs > 0 ? [.number(1)] : []
  }

  static func clf(_ call: inout Call) throws(RuntimeError) -> [Value] {
    let store = FigureStore.of(call.context)
    var figure = store.needFigure()
    for k in 0..<call.count {
      if call.isOption(k, "reset") { continue }
      guard k == 0, let object = store.object(call[k]), object.kind == .figure else { throw call.invalid }
      figure = object
    }
    for child in figure.children { store.delete(child) }
    figure["currentaxes"] = .emptyMatrix
    figure.clear("colormap")
    return call.outputs > 0 ? [.number(figure.handle)] : []
  }

  static func cla(_ call: inout Call) throws(RuntimeError) -> [Value] {
    let plot = PlotCall(call)
    guard plot.count == 0 || plot.arguments[0].stringValue?.lowercased() == "reset" else {
      throw call.invalid
    }
    let axes = plot.current()
    let isHeld = axes.axesState?.isHeld ?? false
    plot.store.clear(axes)
    axes.axesState?.isHeld = isHeld
    return []
  }

  static func axes(_ call: inout Call) throws(RuntimeError) -> [Value] {
    let store = FigureStore.of(call.context)
    if call.count == 1, let object = store.object(call[0]), object.kind == .axes {
      store.makeCurrent(object)
      return call.outputs > 0 ? [.number(object.handle)] : []
    }
    var pairs = Array(call.arguments)
    var figure = store.needFigure()
    if let first = pairs.first, let object = store.object(first), object.kind == .figure {
      figure = object
      pairs.removeFirst()
    }
    let axes = store.makeAxes(in: figure)
    try PlotCall(call).apply(pairs, to: axes)
    return call.outputs > 0 ? [.number(axes.handle)] : []
  }

  static func newplot(_ call: inout Call) throws(RuntimeError) -> [Value] {
    let plot = PlotCall(call)
    return plot.result(plot.target())
  }

  static func gca(_ call: inout Call) throws(RuntimeError) -> Value {
    .number(FigureStore.of(call.context).needAxes().handle)
  }

  static func gcf(_ call: inout Call) throws(RuntimeError) -> Value {
    .number(FigureStore.of(call.context).needFigure().handle)
  }

  // MARK: - get and set

  static func get(_ call: inout Call) throws(RuntimeError) -> [Value] {
    let store = FigureStore.of(call.context)
    let objects = try handles(call, store)
    if objects.isEmpty { return [.emptyMatrix] }
    if let value = call.optional(1) {
      let names: [String]
      if let name = value.stringValue {
        names = [name]
      } else if let list = value.stringList {
        names = list
      } else {
        throw call.error("second argument must be property name or cell array of property names")
      }
      var results: [Value] = []
      for object in objects {
        for name in names {
          if object.kind == .root, name.lowercased().hasPrefix("default") {
            results.append(store.defaults[String(name.lowercased().dropFirst(7))] ?? .emptyMatrix)
            continue
          }
          guard let found = store.get(object, name) else {
            throw RuntimeError("get: unknown \(object.kind.typeName) property \(name)")
          }
          results.append(found)
        }
      }
      if value.isText, objects.count == 1 { return [results[0]] }
      // Row by row of objects.
      let shape = Shape(objects.count, names.count)
      var cells: [Value] = []
      for j in 0..<names.count { for i in 0..<objects.count { cells.append(results[i * names.count + j]) } }
      return [.cell(shape, cells)]
    }
    let object = objects[0]
    let fields = object.kind.schema.properties.map { ($0.name, store.get(object, $0.name) ?? .emptyMatrix) }
    return [.structure(fields)]
  }

  private static func handles(_ call: Call, _ store: FigureStore) throws(RuntimeError) -> [GraphicsObject] {
    let value = call[0]
    guard !value.isText, let list = value.realArray?.list else {
      throw call.error("H must be a graphics handle")
    }
    var objects: [GraphicsObject] = []
    for handle in list {
      guard let object = store.object(handle) else {
        throw call.error("invalid handle (= \(NumberLabel.general(handle, digits: 6)))")
      }
      objects.append(object)
    }
    return objects
  }

  static func set(_ call: inout Call) throws(RuntimeError) -> [Value] {
    let store = FigureStore.of(call.context)
    let objects = try handles(call, store)
    if call.count <= 2, !(call.optional(1)?.isStructure ?? false) { return list(call, objects) }
    var i = 1
    while i < call.count {
      if case .structure(let fields) = call[i] {
        for object in objects {
          for name in fields.names {
            if let value = fields.field(name) { try store.set(object, name, value) }
          }
        }
        i += 1
        continue
      }
      if let names = call[i].stringList, call[i].isCell, i + 1 < call.count,
        case .cell(let values) = call[i + 1]
      {
        for (k, object) in objects.enumerated() {
          for (j, name) in names.enumerated() {
            let place = values.shape.rows == objects.count ? k + j * objects.count : j
            guard place < values.count else {
              throw call.error("number of names must match number of values")
            }
            try store.set(object, name, values[place])
          }
        }
        i += 2
        continue
      }
      guard let name = call[i].stringValue else {
        throw call.error("argument \(i - 1) must be a property name")
      }
      guard i + 1 < call.count else { throw call.error("invalid number of arguments") }
      for object in objects { try store.set(object, name, call[i + 1]) }
      i += 2
    }
    return []
  }

  /// `set (h, "linestyle")`: the words that a property takes.
  private static func list(_ call: Call, _ objects: [GraphicsObject]) -> [Value] {
    guard let object = objects.first else { return [] }
    func words(_ property: PropertySchema.Property) -> Value {
      .cell(Shape(property.words.count, property.words.isEmpty ? 0 : 1), property.words.map { .string($0) })
    }
    if let name = call.optional(1)?.stringValue, let property = object.kind.schema.resolve(name) {
      return [words(property)]
    }
    guard call.outputs > 0 else { return [] }
    return [.structure(object.kind.schema.properties.filter { !$0.isReadOnly }.map { ($0.name, words($0)) })]
  }

  static func hggroup(_ call: inout Call) throws(RuntimeError) -> [Value] {
    let plot = PlotCall(call)
    guard plot.count % 2 == 0 else {
      throw RuntimeError("__go_hggroup__: set: invalid number of arguments, unable to create graphics handle")
    }
    let group = plot.store.make(.group, in: plot.current())
    try plot.apply(plot.arguments, to: group)
    return plot.result(group)
  }

  static func light(_ call: inout Call) throws(RuntimeError) -> [Value] {
    let plot = PlotCall(call)
    let light = plot.store.make(.light, in: plot.current())
    try plot.apply(plot.arguments, to: light)
    return plot.result(light)
  }

  static func linkaxes(_ call: inout Call) throws(RuntimeError) -> [Value] {
    let store = FigureStore.of(call.context)
    let axes = (call[0].realArray?.list ?? []).compactMap { store.object($0) }.filter { $0.kind == .axes }
    guard axes.count > 1 else { throw call.error("HAX must contain at least 2 handles") }
    let which = call.count > 1 ? try call.string(1) : "xy"
    guard which != "off" else { return [] }
    for letter in ["x", "y", "z"] where which.contains(letter) && letter != "z" {
      let limits = axes.map { AxesModel($0).limits(letter + "lim") }
      let low = limits.map(\.0).min() ?? 0
      let high = limits.map(\.1).max() ?? 1
      for one in axes { try store.set(one, letter + "lim", .row([low, high])) }
    }
    return []
  }

  // MARK: - Without effect on paper

  static func quiet(_ call: inout Call) throws(RuntimeError) -> [Value] { [] }

  static func drawnow(_ call: inout Call) throws(RuntimeError) -> [Value] {
    if let word = call.optional(0) {
      guard let text = word.stringValue else { throw call.error("first argument must be a string") }
      guard text == "expose" || call.count > 1 else {
        throw call.error("invalid argument, 'expose' is only valid option")
      }
    }
    return []
  }

  static func refresh(_ call: inout Call) throws(RuntimeError) -> [Value] {
    if let value = call.optional(0) {
      guard let object = FigureStore.of(call.context).object(value), object.kind == .figure else {
        throw call.error("H must be a valid figure handle")
      }
    }
    return []
  }

  static func press(_ call: inout Call) throws(RuntimeError) -> Value { .number(0) }

  static func toolkit(_ call: inout Call) throws(RuntimeError) -> [Value] {
    call.count == 0 || call.outputs > 0 ? [.string("theta")] : []
  }
}
