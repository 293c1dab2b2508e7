import ThetaArrays
import ThetaGraphics
import ThetaRuntime

// Points, error bars and arrows.

enum Points {
  static func scatter(_ call: inout Call) throws(RuntimeError) -> [Value] { try make(call, dimensions: 2) }
  static func scatter3(_ call: inout Call) throws(RuntimeError) -> [Value] { try make(call, dimensions: 3) }

  private static func make(_ call: Call, dimensions: Int) throws(RuntimeError) -> [Value] {
    let plot = PlotCall(call)
    guard plot.count >= dimensions, plot.arguments.prefix(dimensions).allSatisfy({ !$0.isText }) else {
      throw call.invalid
    }
    var data: [[Double]] = []
    for value in plot.arguments.prefix(dimensions) {
      guard let array = value.realArray else {
        throw RuntimeError("cast: type conversion from '\(value.className)' is not supported")
      }
      data.append(array.list)
    }
    let count = data[0].count
    for list in data where list.count != count {
      throw RuntimeError(
        "mx_el_or: nonconformant arguments (op1 is \(count)x1, op2 is \(list.count)x1)",
        identifier: "Octave:nonconformant-args")
    }
    var rest = plot.arguments.dropFirst(dimensions)
    var sizes: Value?
    var colors: Value?
    if let value = rest.first, !value.isText {
      if !value.isEmpty {
        guard value.count == 1 || value.count == count, value.realArray != nil else {
          throw plot.error("size of S must match X, Y, and Z")
        }
        sizes = value
      }
      rest = rest.dropFirst()
      if let value = rest.first, !value.isText {
        if !value.isEmpty {
          let isRows = value.shape.columns == 3 && (value.shape.rows == 1 || value.shape.rows == count)
          guard value.count == count || isRows, value.realArray != nil else {
            throw plot.error("number of colors in C must match number of points in X")
          }
          colors = value
        }
        rest = rest.dropFirst()
      }
    }
    let (format, isFilled) = PlotCall.takeStyle(&rest)
    let axes = plot.target(box: false)
    if dimensions == 3 { LinePlots.turnToSpace(axes, grid: true) }
    let object = plot.store.make(.scatter, in: axes)
    object["xdata"] = .column(data[0])
    object["ydata"] = .column(data[1])
    if dimensions == 3 { object["zdata"] = .column(data[2]) }
    if let sizes { object["sizedata"] = sizes }
    let next = format?.color ?? (colors == nil ? plot.store.nextColor(axes) : Palette.lines[0])
    object["cdata"] = colors ?? next.value
    object["markeredgecolor"] = .string("flat")
    if let marker = format?.marker { object["marker"] = .string(marker) }
    if let label = format?.label { object["displayname"] = .string(label) }
    if isFilled { object["markerfacecolor"] = .string("flat") }
    try plot.apply(rest, to: object)
    return plot.result(object)
  }

  // MARK: - Error bars

  static func errorbar(_ call: inout Call) throws(RuntimeError) -> [Value] { try errors(call, nil, nil) }
  static func semilogxerr(_ call: inout Call) throws(RuntimeError) -> [Value] {
    try errors(call, "log", "linear")
  }
  static func semilogyerr(_ call: inout Call) throws(RuntimeError) -> [Value] {
    try errors(call, "linear", "log")
  }
  static func loglogerr(_ call: inout Call) throws(RuntimeError) -> [Value] { try errors(call, "log", "log") }

  private static func errors(_ call: Call, _ xScale: String?, _ yScale: String?) throws(RuntimeError)
    -> [Value]
  {
    let plot = PlotCall(call)
    guard plot.count >= 2 else { throw call.invalid }
    var data: [NDArray<Double>] = []
    var rest = plot.arguments[...]
    while let value = rest.first, !value.isText {
      guard let array = value.realArray else { throw call.invalid }
      if let first = data.first, array.count != first.count, array.count != 1 {
        throw plot.error("size of argument \(data.count + 1) does not match others")
      }
      data.append(array)
      rest = rest.dropFirst()
    }
    guard data.count >= 2, data.count <= 6 else { throw call.invalid }
    var kind = "~"
    var format: LineFormat?
    if let word = rest.first?.stringValue, rest.count % 2 == 1 || LineFormat(word) != nil {
      var text = word
      for mark in ["~>", "#~>", "#~", "~", "#", ">"] where text.hasPrefix(mark) || text.hasSuffix(mark) {
        kind = mark
        text = text.replacing(mark)
        break
      }
      guard let found = LineFormat(text) else {
        let bad = text.first { LineFormat(String($0)) == nil } ?? " "
        throw RuntimeError("__do_errplot__: unrecognized format character: '\(bad)'")
      }
      format = found
      rest = rest.dropFirst()
    }
    let axes = plot.target()
    if let xScale { axes["xscale"] = .string(xScale) }
    if let yScale { axes["yscale"] = .string(yScale) }
    let length = data[0].shape.isVector ? data[0].count : data[0].shape.rows
    let series = length > 0 ? data[0].count / length : 0
    var objects: [GraphicsObject] = []
    for s in 0..<series {
      func column(_ k: Int) -> [Double] {
        data[k].count == 1 && length != 1
          ? Array(repeating: data[k][0], count: length) : (0..<length).map { data[k][s * length + $0] }
      }
      let object = plot.store.make(.errorbar, in: axes)
      objects.append(object)
      let color = format?.color ?? plot.store.nextColor(axes)
      object["color"] = color.value
      format?.apply(to: object, color: color)
      var (x, y): ([Double], [Double])
      var bars: [[Double]]
      if data.count == 2 {
        (x, y) = ((0..<length).map { Double($0 + 1) }, column(0))
        bars = [column(1), column(1)]
      } else {
        (x, y) = (column(0), column(1))
        bars = (2..<data.count).map { column($0) }
        if bars.count == 1 { bars.append(bars[0]) }
      }
      object["xdata"] = .column(x)
      object["ydata"] = .column(y)
      switch (kind, bars.count) {
      case (">", _):
        object["xldata"] = .column(bars[0])
        object["xudata"] = .column(bars[1])
      case ("~>", 4), ("#~>", 4), ("#", 4):
        object["xldata"] = .column(bars[0])
        object["xudata"] = .column(bars[1])
        object["ldata"] = .column(bars[2])
        object["udata"] = .column(bars[3])
      case ("~>", _), ("#~>", _):
        object["xldata"] = .column(bars[0])
        object["xudata"] = .column(bars[0])
        object["ldata"] = .column(bars[1])
        object["udata"] = .column(bars[1])
      default:
        object["ldata"] = .column(bars[0])
        object["udata"] = .column(bars[1])
      }
      try plot.apply(rest, to: object)
    }
    return plot.result(objects)
  }

  // MARK: - Arrows

  static func quiver(_ call: inout Call) throws(RuntimeError) -> [Value] { try arrows(call, dimensions: 2) }
  static func quiver3(_ call: inout Call) throws(RuntimeError) -> [Value] { try arrows(call, dimensions: 3) }

  private static func arrows(_ call: Call, dimensions n: Int) throws(RuntimeError) -> [Value] {
    let plot = PlotCall(call)
    var data: [NDArray<Double>] = []
    var rest = plot.arguments[...]
    while let value = rest.first, !value.isText {
      guard let array = value.realArray else { throw plot.error("U and V must be the same size") }
      data.append(array)
      rest = rest.dropFirst()
    }
    guard data.count >= 2 else { throw call.invalid }
    var factor = 0.9
    if data.count % n == 1 || data.count == 5 && n == 2 || data.count == 3 && n == 2,
      let last = data.popLast()
    {
      factor = last.list.first ?? 0.9
    }
    guard data.count == n || data.count == 2 * n else { throw call.invalid }
    let vectors = Array(data.suffix(n))
    let shape = vectors[0].shape
    guard vectors.allSatisfy({ $0.shape == shape }) else {
      throw plot.error("\(data.count > n && n == 2 ? "X, Y, U, and V" : "U and V") must be the same size")
    }
    var places: [[Double]] = []
    if data.count == n {
      let (r, c) = (shape.rows, max(shape.columns, 1))
      places = [
        (0..<r * c).map { Double($0 / max(r, 1) + 1) }, (0..<r * c).map { Double($0 % max(r, 1) + 1) },
        Array(repeating: 0, count: r * c),
      ]
    } else {
      let (r, c) = (shape.rows, shape.columns)
      for (k, array) in data.prefix(n).enumerated() {
        if array.count == shape.count {
          places.append(array.list)
        } else if k == 0, array.count == c {
          places.append((0..<r * c).map { array[$0 / max(r, 1)] })
        } else if k == 1, array.count == r {
          places.append((0..<r * c).map { array[$0 % max(r, 1)] })
        } else {
          throw plot.error("X, Y, U, and V must be the same size")
        }
      }
    }
    let (format, isFilled) = PlotCall.takeStyle(&rest)
    let axes = plot.target(box: n == 2)
    if n == 3 { LinePlots.turnToSpace(axes) }
    let object = plot.store.make(.quiver, in: axes)
    let color = format?.color ?? plot.store.nextColor(axes)
    object["color"] = color.value
    format?.apply(to: object, color: color)
    if object.text("linestyle") == "none" { object["linestyle"] = .string("-") }
    if isFilled { object["markerfacecolor"] = object["color"] }
    // The longest arrow reaches about to its neighbour.
    var scale = 1.0
    if factor > 0 {
      let lengths = vectors[0].list.indices.map { i in
        vectors.reduce(0.0) { $0 + $1[i] * $1[i] }.squareRoot()
      }
      let longest = lengths.filter(\.isFinite).max() ?? 0
      let across = max(1, Double(vectors[0].count).squareRoot())
      let spans = places.prefix(2).map { list in (list.max() ?? 0) - (list.min() ?? 0) }
      let cell = (spans.max() ?? 0) / max(across - 1, 1)
      if longest > 0, cell > 0 { scale = factor * cell / longest }
    }
    let names = ["x", "y", "z"]
    for k in 0..<n {
      object[names[k] + "data"] = .column(places[k])
      object[["u", "v", "w"][k] + "data"] = .make(vectors[k])
      object.extra["tip" + names[k]] = zip(places[k], vectors[k].list).map { $0 + $1 * scale }
    }
    try plot.apply(rest, to: object)
    return plot.result(object)
  }
}

extension String {
  /// Without the first place where a text stands.
  fileprivate func replacing(_ part: String) -> String {
    hasPrefix(part) ? String(dropFirst(part.count)) : hasSuffix(part) ? String(dropLast(part.count)) : self
  }
}
