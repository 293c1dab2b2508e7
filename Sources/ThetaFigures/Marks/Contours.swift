import ThetaArrays
import ThetaGraphics
import ThetaRuntime

// Lines of equal height.

enum Contours {
  static func contour(_ call: inout Call) throws(RuntimeError) -> [Value] { try draw(call, isFilled: false) }
  static func contourf(_ call: inout Call) throws(RuntimeError) -> [Value] { try draw(call, isFilled: true) }
  static func contour3(_ call: inout Call) throws(RuntimeError) -> [Value] {
    try draw(call, isFilled: false, inSpace: true)
  }

  private struct Field {
    var x: NDArray<Double>
    var y: NDArray<Double>
    var z: NDArray<Double>
    var levels: [Double]?
  }

  private static func read(_ plot: PlotCall, _ data: [Value], _ prefix: String) throws(RuntimeError) -> Field
  {
    var arrays: [NDArray<Double>] = []
    for value in data {
      if !value.shape.is2D { throw RuntimeError("\(prefix): Z must be a 2-D matrix") }
      guard let array = value.realArray else {
        throw RuntimeError("contourc: Z data must have at least 2 rows and 2 columns")
      }
      arrays.append(array)
    }
    let z = arrays.count >= 3 ? arrays[2] : arrays[0]
    guard z.shape.rows > 1, z.shape.columns > 1 else {
      throw RuntimeError("contourc: Z data must have at least 2 rows and 2 columns")
    }
    var x = NDArray(row: (0..<z.shape.columns).map { Double($0 + 1) })
    var y = NDArray(column: (0..<z.shape.rows).map { Double($0 + 1) })
    if arrays.count >= 3 {
      (x, y) = (arrays[0], arrays[1])
      guard x.count == z.shape.columns || x.shape == z.shape else {
        throw RuntimeError("\(prefix): size of X must match number of columns in Z")
      }
      guard y.count == z.shape.rows || y.shape == z.shape else {
        throw RuntimeError("\(prefix): size of Y must match number of rows in Z")
      }
    }
    var levels: [Double]?
    if arrays.count == 2 || arrays.count == 4 {
      let list = arrays[arrays.count - 1].list
      if list.count == 1 {
        let n = list[0] >= 1 && list[0] < 10_000 ? Int(list[0]) : 10
        levels = spread(z, n)
      } else if !list.isEmpty {
        // `[v v]` asks for the one level v.
        levels = Array(Set(list)).sorted()
      }
    }
    return Field(x: x, y: y, z: z, levels: levels)
  }

  /// So many levels inside the range of heights.
  private static func spread(_ z: NDArray<Double>, _ count: Int) -> [Double] {
    let finite = z.list.filter(\.isFinite)
    guard let low = finite.min(), let high = finite.max() else { return [] }
    guard high > low else { return [low] }
    return (1...count).map { low + (high - low) * Double($0) / Double(count + 1) }
  }

  /// Octave's own choice: eleven, the first at the lowest place.
  private static func standard(_ z: NDArray<Double>) -> [Double] {
    let finite = z.list.filter(\.isFinite)
    guard let low = finite.min(), let high = finite.max() else { return [] }
    guard high > low else { return [low] }
    return (0...10).map { low + (high - low) * Double($0) / 11 }
  }

  static func make(
    _ plot: PlotCall, _ axes: GraphicsObject, _ x: NDArray<Double>, _ y: NDArray<Double>,
    _ z: NDArray<Double>,
    levels: [Double]?
  ) -> GraphicsObject {
    let object = plot.store.make(.contour, in: axes)
    let list = levels ?? standard(z)
    object["xdata"] = .make(x)
    object["ydata"] = y.shape.isVector ? .row(y.list) : .make(y)
    object["zdata"] = .make(z)
    object["levellist"] = .row(list)
    object["levellistmode"] = .string(levels == nil ? "auto" : "manual")
    return object
  }

  private static func draw(_ call: Call, isFilled: Bool, inSpace: Bool = false) throws(RuntimeError)
    -> [Value]
  {
    let plot = PlotCall(call)
    let data = Array(plot.arguments.prefix { !$0.isText })
    guard !data.isEmpty || plot.count == 0 else {
      throw RuntimeError("__contour__: Uneven number of PROP/VAL pairs")
    }
    guard !data.isEmpty, data.count <= 4 else {
      throw RuntimeError(
        "varargin(3): out of bound 2 (dimensions are 1x2)", identifier: "Octave:index-out-of-bounds")
    }
    var rest = plot.arguments.dropFirst(data.count)
    let field = try read(plot, data, "__contour__")
    var format: LineFormat?
    if rest.count % 2 == 1, let word = rest.first?.stringValue {
      guard let found = LineFormat(word) else {
        throw RuntimeError("__contour__: Uneven number of PROP/VAL pairs")
      }
      format = found
      rest = rest.dropFirst()
    }
    let axes = plot.target()
    if inSpace { LinePlots.turnToSpace(axes, grid: true) }
    let object = make(plot, axes, field.x, field.y, field.z, levels: field.levels)
    object["fill"] = .string(isFilled ? "on" : "off")
    if isFilled { object["linecolor"] = .row([0, 0, 0]) }
    if inSpace { object["zlevelmode"] = .string("auto") }
    if let color = format?.color { object["linecolor"] = color.value }
    if let style = format?.style { object["linestyle"] = .string(style) }
    try plot.apply(rest, to: object)
    let matrix = self.matrix(field, object.list("levellist"))
    object["contourmatrix"] = matrix
    if !isFilled { object.extra["drawn"] = levels(of: matrix) }
    plot.store.tighten(axes)
    return call.outputs > 0 ? [matrix, .number(object.handle)] : []
  }

  /// The lines as Octave's matrix: level and length, then the points, one line after another.
  private static func matrix(_ field: Field, _ levels: [Double]) -> Value {
    let grid = ContourLines(
      x: field.x.list, y: field.y.list, z: field.z.list, rows: field.z.shape.rows,
      columns: field.z.shape.columns)
    var elements: [Double] = []
    for level in levels.sorted() {
      for line in grid.lines(at: level) {
        elements += [level, Double(line.points.count)]
        for point in line.points { elements += [point.x, point.y] }
      }
    }
    return .make(NDArray(Shape(2, elements.count / 2), elements))
  }

  /// The levels that have a line.
  private static func levels(of matrix: Value) -> [Double] {
    guard let list = matrix.realArray?.list else { return [] }
    var result: [Double] = []
    var k = 0
    while k + 1 < list.count, let count = Int(exactly: list[k + 1]) {
      result.append(list[k])
      k += 2 * (count + 1)
    }
    return result
  }

  static func contourc(_ call: inout Call) throws(RuntimeError) -> [Value] {
    let plot = PlotCall(call)
    guard (1...4).contains(plot.count) else { throw call.invalid }
    let field = try read(plot, plot.arguments, "contourc")
    let levels = field.levels ?? spread(field.z, 10)
    return [matrix(field, levels), .row(levels)]
  }

  /// Heights written on the lines of a contour plot.
  static func clabel(_ call: inout Call) throws(RuntimeError) -> [Value] {
    let plot = PlotCall(call)
    guard plot.count > 0 else { throw call.invalid }
    guard plot.count > 1, let object = plot.store.object(plot.arguments[1]), object.kind == .contour else {
      for child in plot.current().children where child.kind == .contour { child["showtext"] = .string("on") }
      return call.outputs > 0 ? [.emptyMatrix] : []
    }
    object["showtext"] = .string("on")
    if plot.count > 2, let levels = plot.arguments[2].realArray, !plot.arguments[2].isText {
      object["textlist"] = .row(levels.list)
    }
    return call.outputs > 0 ? [.emptyMatrix] : []
  }

  // MARK: - Functions

  static func ezplot(_ call: inout Call) throws(RuntimeError) -> [Value] {
    let plot = PlotCall(call)
    guard plot.count > 0 else { throw call.invalid }
    let message = "F must be a string or function handle"
    let function = try FunctionSampler.function(plot, message: message)
    var domain: [Double]?
    if plot.count > 1, !plot.arguments[1].isText, let list = plot.arguments[1].realArray?.list,
      list.count >= 2
    {
      domain = list
    }
    let axes: GraphicsObject
    let objects: [GraphicsObject]
    let text: String
    if case .function(let handle) = function { text = handle.text } else { text = "" }
    let shown =
      plot.arguments[0].isText
      ? plot.arguments[0].stringValue ?? ""
      : text.hasPrefix("@") ? String(text.drop { $0 != ")" }.dropFirst(2)) : text
    if FunctionSampler.parameterCount(call, function) > 1 {
      let d = domain ?? [-2 * .pi, 2 * .pi]
      let ends = d.count >= 4 ? d : [d[0], d[1], d[0], d[1]]
      let (x, y) = (FunctionSampler.grid(ends[0], ends[1], 150), FunctionSampler.grid(ends[2], ends[3], 150))
      let z = try field(call, function, x, y)
      axes = plot.target()
      let object = make(plot, axes, NDArray(row: x), NDArray(column: y), z, levels: [0])
      plot.store.tighten(axes)
      object["linecolor"] = .row([0, 0.447, 0.741])
      objects = [object]
      plot.store.label("ylabel", of: axes)["string"] = .string("y")
      plot.store.label("title", of: axes)["string"] = .string(shown + " = 0")
    } else {
      let d = domain ?? [-2 * .pi, 2 * .pi]
      let x = FunctionSampler.grid(d[0], d[1], 500)
      let y = try FunctionSampler.values(call, function, [x])
      axes = plot.target()
      objects = try LinePlots.add([LinePlots.Series(x: x, y: y)], [], plot, axes)
      plot.store.fix(axes, "xlim", [d[0], d[1]])
      plot.store.label("title", of: axes)["string"] = .string(shown)
    }
    plot.store.label("xlabel", of: axes)["string"] = .string("x")
    plot.store.label("title", of: axes)["interpreter"] = .string("none")
    return plot.result(objects)
  }

  static func field(
    _ call: Call, _ function: Value, _ x: [Double], _ y: [Double]
  ) throws(RuntimeError) -> NDArray<Double> {
    let xs = x.flatMap { value in y.map { _ in value } }
    let ys = x.flatMap { _ in y }
    return NDArray(Shape(y.count, x.count), try FunctionSampler.values(call, function, [xs, ys]))
  }

  static func ezcontour(_ call: inout Call) throws(RuntimeError) -> [Value] { try ez(call, "contour") }
  static func ezcontourf(_ call: inout Call) throws(RuntimeError) -> [Value] { try ez(call, "contourf") }
  static func ezsurf(_ call: inout Call) throws(RuntimeError) -> [Value] { try ez(call, "surf") }
  static func ezmesh(_ call: inout Call) throws(RuntimeError) -> [Value] { try ez(call, "mesh") }

  private static func ez(_ call: Call, _ name: String) throws(RuntimeError) -> [Value] {
    let plot = PlotCall(call)
    guard plot.count > 0 else { throw call.invalid }
    let function = try FunctionSampler.function(plot, message: "F must be a string or function handle")
    var ends = [-2 * Double.pi, 2 * .pi, -2 * .pi, 2 * .pi]
    if plot.count > 1, let list = plot.arguments[1].realArray?.list, !plot.arguments[1].isText {
      if list.count == 2 { ends = list + list } else if list.count == 4 { ends = list }
    }
    let (x, y) = (FunctionSampler.grid(ends[0], ends[1], 60), FunctionSampler.grid(ends[2], ends[3], 60))
    let z = try field(call, function, x, y)
    let first: [Value] = plot.axes.map { [.number($0.handle)] } ?? []
    let arguments: [Value] = first + [.row(x), .column(y), .make(z)]
    return try call.context.invoker.invoke(named: name, arguments, outputs: call.outputs)
  }
}
