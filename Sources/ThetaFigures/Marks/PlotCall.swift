import ThetaArrays
import ThetaCanvas
import ThetaGraphics
import ThetaRuntime

/// The arguments of a plotting function: the axes that may come first, and what follows.
struct PlotCall {
  let call: Call
  let store: FigureStore
  /// The axes that were named.
  var axes: GraphicsObject?
  var arguments: [Value]

  init(_ call: Call) {
    self.call = call
    store = FigureStore.of(call.context)
    arguments = Array(call.arguments)
    if let first = arguments.first, let object = store.object(first), object.kind == .axes,
      first.isFloat
    {
      axes = object
      arguments.removeFirst()
    }
    // plot (…, "parent", hax)
    var i = 0
    while axes == nil, i + 1 < arguments.count {
      if arguments[i].stringValue?.lowercased() == "parent", let object = store.object(arguments[i + 1]),
        object.kind == .axes
      {
        axes = object
        arguments.removeSubrange(i...i + 1)
      }
      i += 1
    }
  }

  var name: String { call.name }
  var count: Int { arguments.count }

  func error(_ message: String) -> RuntimeError { call.error(message) }

  /// The axes for a new plot, emptied unless held. A fresh one gets a frame all around where the function gives one.
  func target(box: Bool = true) -> GraphicsObject {
    let axes = store.axesForPlot(axes)
    if box, axes.axesState?.isHeld != true || axes.children.isEmpty, !axes.isSet("box") {
      axes["box"] = .string("on")
    }
    return axes
  }

  /// Axes to be changed, not emptied.
  func current() -> GraphicsObject { axes ?? store.needAxes() }

  /// `h = …` gives the handles as a column; a statement gives nothing.
  func result(_ objects: [GraphicsObject]) -> [Value] {
    call.outputs > 0 ? [.column(objects.map(\.handle))] : []
  }

  func result(_ object: GraphicsObject) -> [Value] { call.outputs > 0 ? [.number(object.handle)] : [] }

  /// Sets property pairs on a new object; what is wrong is told as Octave tells it, and the object is gone again.
  func apply(_ pairs: some Collection<Value>, to object: GraphicsObject) throws(RuntimeError) {
    let list = Array(pairs)
    var i = 0
    while i < list.count {
      if case .structure(let fields) = list[i] {
        for name in fields.names {
          if let value = fields.field(name) { try set(object, name, value) }
        }
        i += 1
        continue
      }
      guard let name = list[i].stringValue else {
        throw creation(object, RuntimeError("set: argument \(i) must be a property name"))
      }
      guard i + 1 < list.count else {
        throw creation(object, RuntimeError("set: invalid number of arguments"))
      }
      try set(object, name, list[i + 1])
      i += 2
    }
  }

  private func set(_ object: GraphicsObject, _ name: String, _ value: Value) throws(RuntimeError) {
    do { try store.set(object, name, value) } catch { throw creation(object, error) }
  }

  private func creation(_ object: GraphicsObject, _ error: RuntimeError) -> RuntimeError {
    let kind = object.kind
    store.delete(object)
    if kind.typeName == "hggroup" || kind == .scatter { return error }
    return RuntimeError("__go_\(kind.typeName)__: \(error.message), unable to create graphics handle")
  }

  /// Property pairs must be a name and a value each.
  func checkPairs(_ pairs: some Collection<Value>) throws(RuntimeError) {
    let list = Array(pairs)
    for i in stride(from: 0, to: list.count, by: 2) {
      guard list[i].isText, i + 1 < list.count else {
        throw error("properties must appear followed by a value")
      }
    }
  }

  /// What may follow the data of points, stems and arrows, in any order: a format, and "filled".
  static func takeStyle(_ rest: inout ArraySlice<Value>) -> (format: LineFormat?, isFilled: Bool) {
    var format: LineFormat?
    var isFilled = false
    while let word = rest.first?.stringValue {
      if ["filled", "fill"].contains(word.lowercased()) {
        isFilled = true
      } else if let found = LineFormat(word) {
        format = found
      } else {
        break
      }
      rest = rest.dropFirst()
    }
    return (format, isFilled)
  }

  /// Columns of numbers.
  static func columns(_ array: NDArray<Double>) -> [[Double]] {
    if array.shape.isVector { return [array.list] }
    let rows = array.shape.rows
    guard rows > 0 else { return [] }
    let list = array.list
    return (0..<list.count / rows).map { Array(list[$0 * rows..<($0 + 1) * rows]) }
  }
}

/// Colour, marker and line style of a format such as "r--o".
struct LineFormat {
  var color: Color?
  var marker: String?
  var style: String?
  var label: String?

  /// Nil when the text is no format.
  init?(_ text: String) {
    var rest = Substring(text)
    if let open = rest.firstIndex(of: ";"), let close = rest[rest.index(after: open)...].firstIndex(of: ";") {
      label = String(rest[rest.index(after: open)..<close])
      rest = Substring(String(rest[..<open]) + String(rest[rest.index(after: close)...]))
    }
    if rest.count > 1, let named = Color.named(String(rest)), rest.allSatisfy(\.isLetter) {
      color = named
      return
    }
    while let c = rest.first {
      if rest.hasPrefix("--") || rest.hasPrefix("-.") {
        style = String(rest.prefix(2))
        rest = rest.dropFirst(2)
        continue
      }
      switch c {
      case "-", ":": style = String(c)
      case "r", "g", "b", "c", "m", "y", "k", "w": color = Color.named(String(c))
      case "o", "+", "*", ".", "x", "|", "_", "s", "d", "^", "v", ">", "<", "p", "h": marker = String(c)
      default: return nil
      }
      rest = rest.dropFirst()
    }
  }

  /// Sets what the format says; a marker alone means no line.
  func apply(to object: GraphicsObject, color fallback: Color) {
    let color = color ?? fallback
    object["color"] = color.value
    if let marker { object["marker"] = .string(marker) }
    if let style {
      object["linestyle"] = .string(style)
    } else if marker != nil {
      object["linestyle"] = .string("none")
    }
    if let label { object["displayname"] = .string(label) }
  }
}
