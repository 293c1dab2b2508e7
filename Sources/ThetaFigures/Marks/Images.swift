import ThetaArrays
import ThetaGraphics
import ThetaRuntime

// Images, patches and rectangles.

enum Images {
  static func imagesc(_ call: inout Call) throws(RuntimeError) -> [Value] {
    let plot = PlotCall(call)
    guard plot.count > 0 else { throw call.invalid }
    var data = Array(plot.arguments.prefix { !$0.isText })
    var pairs = plot.arguments.dropFirst(data.count)
    var limits: [Double]?
    // The limits may stand behind the properties, too.
    if pairs.count % 2 == 1, let last = pairs.last, !last.isText {
      data.append(last)
      pairs = pairs.dropLast()
    }
    if data.count == 2 || data.count == 4 {
      let last = data.removeLast()
      guard let list = last.realArray?.list, list.count == 2, list[0] <= list[1] else {
        throw plot.error("CLIMITS must be in form [lo, hi]")
      }
      limits = list
    }
    let (object, axes) = try make(plot, data, pairs)
    object["cdatamapping"] = .string("scaled")
    if let limits, limits[0] < limits[1] { plot.store.fix(axes, "clim", limits) }
    try plot.apply(pairs, to: object)
    return plot.result(object)
  }

  static func image(_ call: inout Call) throws(RuntimeError) -> [Value] {
    let plot = PlotCall(call)
    let data = Array(plot.arguments.prefix { !$0.isText })
    let pairs = plot.arguments.dropFirst(data.count)
    let (object, _) = try make(plot, data, pairs)
    try plot.apply(pairs, to: object)
    return plot.result(object)
  }

  private static func make(
    _ plot: PlotCall, _ data: [Value], _ pairs: ArraySlice<Value>
  ) throws(RuntimeError) -> (GraphicsObject, GraphicsObject) {
    guard data.count != 2, data.count <= 3 else { throw plot.call.invalid }
    let cdata = data.last
    if let cdata {
      let shape = cdata.shape
      guard cdata.realArray != nil, !cdata.isText, shape.is2D || shape.dimensionCount == 3 && shape[2] == 3
      else {
        throw RuntimeError(
          "__go_image__: invalid value for array property \"cdata\", unable to create graphics handle")
      }
    }
    let isHeld = plot.current().axesState?.isHeld == true && !plot.current().children.isEmpty
    let axes = plot.target()
    if !isHeld {
      axes["ydir"] = .string("reverse")
      axes["layer"] = .string("top")
    }
    let object = plot.store.make(.image, in: axes)
    if let cdata {
      object["cdata"] = cdata
      let (rows, columns) = (cdata.shape.rows, cdata.shape.columns)
      func ends(_ value: Value?, _ count: Int) -> Value {
        guard let list = value?.realArray?.list, let first = list.first, let last = list.last else {
          return .row([1, Double(max(count, 1))])
        }
        return list.count == 1 ? .row([first, first + Double(max(count - 1, 0))]) : .row([first, last])
      }
      object["xdata"] = ends(data.count == 3 ? data[0] : nil, columns)
      object["ydata"] = ends(data.count == 3 ? data[1] : nil, rows)
    } else {
      object["cdata"] = .make(NDArray(Shape(64, 64), (0..<4096).map { Double($0 % 64 + 1) }))
      object["xdata"] = .row([1, 64])
      object["ydata"] = .row([1, 64])
    }
    if !isHeld { plot.store.tighten(axes) }
    return (object, axes)
  }

  static func imshow(_ call: inout Call) throws(RuntimeError) -> [Value] {
    let plot = PlotCall(call)
    guard plot.count > 0 else { throw call.invalid }
    var first = plot.arguments[0]
    var map: Value?
    if first.isText {
      let read = try call.context.invoker.invoke(named: "imread", [first], outputs: 2)
      guard let image = read.first else { throw call.invalid }
      first = image
      if read.count > 1, !read[1].isEmpty { map = read[1] }
    }
    guard let array = first.realArray else {
      throw plot.error("IM must be an image or the FILENAME of an image")
    }
    let shape = first.shape
    guard shape.is2D || shape.dimensionCount == 3 && shape[2] == 3 else {
      throw plot.error("image must be MxN or MxNx3 matrix")
    }
    var limits: [Double]?
    var i = 1
    while i < plot.count {
      let value = plot.arguments[i]
      if let word = value.stringValue?.lowercased() {
        guard i + 1 < plot.count else { throw plot.error("argument number \(i + 1) is invalid") }
        if word == "displayrange" { limits = plot.arguments[i + 1].realArray?.list }
        if word == "colormap" { map = plot.arguments[i + 1] }
        i += 2
        continue
      }
      if value.isEmpty {
        limits = []
      } else if value.count == 2, let list = value.realArray?.list {
        guard list[0] < list[1] else {
          throw RuntimeError("imagesc: CLIMITS must be in form [lo, hi]")
        }
        limits = list
      } else if value.shape.columns == 3 {
        map = value
      } else {
        throw plot.error("argument number \(i + 1) is invalid")
      }
      i += 1
    }
    let (object, axes) = try make(plot, [first], [])
    object["cdatamapping"] = .string(map == nil ? "scaled" : "direct")
    if shape.is2D, map == nil {
      var (low, high) = (0.0, 1.0)
      switch first {
      case .uint8: high = 255
      case .uint16: high = 65_535
      default: break
      }
      if let limits {
        let finite = array.list.filter(\.isFinite)
        (low, high) = limits.count == 2 ? (limits[0], limits[1]) : (finite.min() ?? 0, finite.max() ?? 1)
        if !(low < high) { high = low + 1 }
      }
      plot.store.fix(axes, "clim", [low, high])
      map = .make(NDArray(Shape(256, 3), (0..<768).map { Double($0 % 256) / 255 }))
    }
    if let map { axes["colormap"] = map }
    axes["visible"] = .string("off")
    axes.axesState?.aspect = .equal
    return plot.result(object)
  }

  // MARK: - Patches

  static func patch(_ call: inout Call) throws(RuntimeError) -> [Value] {
    let plot = PlotCall(call)
    let data = Array(plot.arguments.prefix { !$0.isText && !$0.isStructure })
    if data.count == 1 { throw call.invalid }
    if data.count == 2, plot.count == 2 {
      throw RuntimeError(
        "varargin(3): out of bound 2 (dimensions are 1x2)", identifier: "Octave:index-out-of-bounds")
    }
    var rest = plot.arguments.dropFirst(data.count)
    var color = data.count == 3 || data.count == 4 ? data.last : nil
    var coordinates = color == nil ? data : Array(data.dropLast())
    if data.count == 2 || data.count == 3 && rest.count % 2 == 1, let word = rest.first, word.isText {
      coordinates = data
      color = word
      rest = rest.dropFirst()
    }
    guard data.count <= 4 else {
      throw RuntimeError("__go_patch__: set: invalid number of arguments, unable to create graphics handle")
    }
    let axes = plot.current()
    let object = plot.store.make(.patch, in: axes)
    if coordinates.isEmpty, rest.isEmpty { coordinates = [.row([0, 1, 0]), .row([1, 1, 0])] }
    for (name, value) in zip(["xdata", "ydata", "zdata"], coordinates) {
      guard let array = value.realArray else {
        plot.store.delete(object)
        throw call.invalid
      }
      object[name] = array.shape.isVector ? .column(array.list) : .make(array)
    }
    if coordinates.count == 3 { LinePlots.turnToSpace(axes) }
    if let color { colorize(object, color) }
    try plot.apply(rest, to: object)
    if object.isSet("facevertexcdata"), !object.isSet("facecolor") { object["facecolor"] = .string("flat") }
    return plot.result(object)
  }

  private static func colorize(_ object: GraphicsObject, _ value: Value) {
    if let color = ColorNames.color(value), value.isText || object.array("xdata")?.shape.isVector != false,
      value.isText || value.count == 3 && object["xdata"].count != 3
    {
      object["facecolor"] = color.value
    } else if !value.isText {
      object["cdata"] = value
      object["facecolor"] = .string("flat")
    }
  }

  static func fill(_ call: inout Call) throws(RuntimeError) -> [Value] { try fill(call, dimensions: 2) }
  static func fill3(_ call: inout Call) throws(RuntimeError) -> [Value] { try fill(call, dimensions: 3) }

  private static func fill(_ call: Call, dimensions n: Int) throws(RuntimeError) -> [Value] {
    let plot = PlotCall(call)
    var groups: [([NDArray<Double>], Value)] = []
    var i = 0
    while i + n < plot.count, !plot.arguments[i].isText {
      var arrays: [NDArray<Double>] = []
      for k in 0..<n { if let array = plot.arguments[i + k].realArray { arrays.append(array) } }
      guard arrays.count == n else { break }
      let rows = arrays.map { $0.shape.isVector ? $0.count : $0.shape.rows }
      guard rows.allSatisfy({ $0 == rows[0] }) else {
        throw plot.error("\(n == 2 ? "X and Y" : "X, Y, and Z") must have same number of rows")
      }
      let color = plot.arguments[i + n]
      if color.isText, ColorNames.value(color) == nil { throw call.invalid }
      groups.append((arrays, color))
      i += n + 1
    }
    guard !groups.isEmpty else {
      if plot.count > 0, plot.arguments[0].realArray != nil, !plot.arguments[0].isText {
        throw RuntimeError(
          "varargin(3): out of bound \(plot.count) (dimensions are 1x\(plot.count))",
          identifier: "Octave:index-out-of-bounds")
      }
      throw RuntimeError(
        "iargs(0): subscripts must be either integers 1 to (2^63)-1 or logicals",
        identifier: "Octave:invalid-index")
    }
    let axes = plot.target(box: n == 2)
    if n == 3 { LinePlots.turnToSpace(axes, grid: true) }
    var objects: [GraphicsObject] = []
    for (arrays, color) in groups {
      let object = plot.store.make(.patch, in: axes)
      objects.append(object)
      for (k, array) in arrays.enumerated() { object[["xdata", "ydata", "zdata"][k]] = .make(array) }
      colorize(object, color)
      try plot.apply(plot.arguments[i...], to: object)
    }
    return plot.result(objects)
  }

  static func rectangle(_ call: inout Call) throws(RuntimeError) -> [Value] {
    let plot = PlotCall(call)
    for k in stride(from: 0, to: plot.count, by: 2) where k + 1 < plot.count {
      if plot.arguments[k].stringValue?.lowercased() == "position", plot.arguments[k + 1].count != 4 {
        throw plot.error("position must be a 4-element vector")
      }
      if let name = plot.arguments[k].stringValue, ObjectKind.rectangle.schema.resolve(name) == nil {
        throw RuntimeError(
          "__go_patch__: set: unknown patch property \(name), unable to create graphics handle")
      }
    }
    if plot.count % 2 == 1 {
      throw RuntimeError("__go_patch__: set: invalid number of arguments, unable to create graphics handle")
    }
    for k in stride(from: 0, to: plot.count, by: 2)
    where plot.arguments[k].stringValue?.lowercased() == "curvature" {
      let value = plot.arguments[k + 1]
      guard !value.isText, let list = value.realArray?.list, (1...2).contains(list.count) else {
        throw plot.error("curvature must be a 2-element vector or a scalar")
      }
      guard list.allSatisfy({ $0 >= 0 && $0 <= 1 }) else {
        throw plot.error("curvature values must be between 0 and 1")
      }
    }
    let object = plot.store.make(.rectangle, in: plot.current())
    try plot.apply(plot.arguments, to: object)
    return plot.result(object)
  }

  static func text(_ call: inout Call) throws(RuntimeError) -> [Value] {
    let plot = PlotCall(call)
    let coordinates = plot.arguments.prefix { !$0.isText && !$0.isCell }
    var arrays: [[Double]] = []
    for value in coordinates.prefix(3) { if let list = value.realArray?.list { arrays.append(list) } }
    var rest = plot.arguments.dropFirst(coordinates.count)
    var string: Value = .string("")
    if coordinates.isEmpty, plot.count == 0 || plot.count % 2 == 0 && plot.arguments[0].isText {
      arrays = [[0], [0]]
    } else {
      guard coordinates.count >= 2, coordinates.count <= 3, arrays.count == coordinates.count else {
        if coordinates.count >= 3, rest.isEmpty {
          throw plot.error("STRING must be a character string or cell array of character strings")
        }
        throw call.invalid
      }
      guard let given = rest.first else {
        if coordinates.count == 3 {
          throw plot.error("STRING must be a character string or cell array of character strings")
        }
        throw RuntimeError(
          "__go_text__: set: argument 0 must be a property name, unable to create graphics handle")
      }
      string = given
      rest = rest.dropFirst()
      guard arrays.allSatisfy({ $0.count == arrays[0].count }) else {
        throw plot.error("number of X, Y, and Z coordinates must match")
      }
    }
    let axes = plot.current()
    var objects: [GraphicsObject] = []
    let texts: [Value]
    if case .cell(let cells) = string, arrays[0].count > 1, cells.count == arrays[0].count {
      texts = cells.list
    } else if let rows = string.textRows, rows.count > 1, rows.count == arrays[0].count {
      texts = rows.map { .bytes($0) }
    } else {
      texts = arrays[0].map { _ in string }
    }
    for k in arrays[0].indices {
      let object = plot.store.make(.text, in: axes)
      objects.append(object)
      object["position"] = .row([arrays[0][k], arrays[1][k], arrays.count > 2 ? arrays[2][k] : 0])
      object["string"] = texts[k]
      try plot.apply(rest, to: object)
    }
    return plot.result(objects)
  }
}
