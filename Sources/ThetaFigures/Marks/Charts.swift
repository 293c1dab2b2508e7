import ThetaArrays
import ThetaCanvas
import ThetaGraphics
import ThetaRuntime

// Bars, histograms, stems, stairs, areas, pies.

enum Charts {
  static func bar(_ call: inout Call) throws(RuntimeError) -> [Value] { try bars(call, isHorizontal: false) }
  static func barh(_ call: inout Call) throws(RuntimeError) -> [Value] { try bars(call, isHorizontal: true) }

  private static func bars(_ call: Call, isHorizontal: Bool) throws(RuntimeError) -> [Value] {
    let plot = PlotCall(call)
    guard let first = plot.arguments.first else {
      throw RuntimeError(
        "varargin(1): out of bound 0 (dimensions are 0x0)", identifier: "Octave:index-out-of-bounds")
    }
    func numeric(_ value: Value) throws(RuntimeError) -> NDArray<Double> {
      guard !value.isText, let array = value.realArray, array.shape.is2D else {
        throw plot.error("Y must be numeric")
      }
      return array
    }
    var y = try numeric(first)
    var x: [Double]?
    var rest = plot.arguments.dropFirst()
    var width: Double?
    if let second = rest.first, !second.isText {
      let array = try numeric(second)
      // `bar (y, width)` and `bar (x, y)`
      if array.count == 1, y.count != 1 {
        width = array[0]
      } else {
        x = y.list
        y = array
      }
      rest = rest.dropFirst()
      if width == nil, let third = rest.first, !third.isText {
        width = third.firstReal
        rest = rest.dropFirst()
      }
    }
    if y.shape.isVector { y = NDArray(column: y.list) }
    var stacked = false
    var style = ""
    var color: Color?
    while let word = rest.first?.stringValue?.lowercased() {
      if word == "grouped" || word == "stacked" {
        stacked = word == "stacked"
      } else if word == "hist" || word == "histc" {
        style = word
      } else if rest.count % 2 == 1, let format = LineFormat(word), let chosen = format.color {
        color = chosen
      } else {
        break
      }
      rest = rest.dropFirst()
    }
    let positions = x ?? (1...max(y.shape.rows, 1)).prefix(y.shape.rows).map { Double($0) }
    guard positions.count == y.shape.rows else { throw plot.error("length of X and Y must be equal") }
    guard Set(positions).count == positions.count else { throw plot.error("X vector values must be unique") }
    let axes = plot.target()
    let objects = try makeBars(
      plot, axes, positions, y, width: width ?? (style.isEmpty ? 0.8 : 1), stacked: stacked,
      isHorizontal: isHorizontal,
      isLeft: style == "histc", color: color, rest)
    return plot.result(objects)
  }

  static func makeBars(
    _ plot: PlotCall, _ axes: GraphicsObject, _ x: [Double], _ y: NDArray<Double>, width: Double,
    stacked: Bool,
    isHorizontal: Bool, isLeft: Bool = false, color: Color? = nil, _ pairs: ArraySlice<Value>
  ) throws(RuntimeError) -> [GraphicsObject] {
    let groups = y.shape.columns
    let sorted = x.sorted()
    let gaps = zip(sorted, sorted.dropFirst()).map { $1 - $0 }
    // A lone bar is twice as wide, as in Octave.
    let step = gaps.min() ?? 2
    let whole = step * (stacked || groups == 1 ? width : min(width, 0.8))
    let each = stacked ? whole : whole / Double(max(groups, 1))
    var above = Array(repeating: 0.0, count: x.count)
    var below = above
    var objects: [GraphicsObject] = []
    for g in 0..<groups {
      let bar = plot.store.make(.bar, in: axes)
      objects.append(bar)
      let ink = color ?? plot.store.nextColor(axes)
      bar["facecolor"] = ink.value
      bar["horizontal"] = .string(isHorizontal ? "on" : "off")
      bar["barlayout"] = .string(stacked ? "stacked" : "grouped")
      bar["barwidth"] = .number(width)
      bar["xdata"] = .column(x)
      let column = (0..<x.count).map { y[$0, g] }
      bar["ydata"] = .column(column)
      let offset = stacked ? -each / 2 : isLeft ? 0 : -whole / 2 + Double(g) * each
      bar.extra["left"] = x.map { $0 + offset }
      bar.extra["right"] = x.map { $0 + (offset + each) }
      do { try plot.apply(pairs, to: bar) } catch {
        for object in objects where !object.isDeleted { plot.store.delete(object) }
        throw error
      }
      let base = bar.number("basevalue")
      var (feet, tops): ([Double], [Double]) = ([], [])
      for (i, value) in column.enumerated() {
        if stacked {
          if value >= 0 {
            feet.append(above[i])
            above[i] += value
            tops.append(above[i])
          } else {
            feet.append(below[i])
            below[i] += value
            tops.append(below[i])
          }
        } else {
          feet.append(base)
          tops.append(value)
        }
      }
      bar.extra["base"] = feet
      bar.extra["top"] = tops
    }
    if !isLeft, x.count <= 15, x.allSatisfy({ $0 == $0.rounded() }), axes.axesState?.isHeld != true {
      plot.store.fix(axes, isHorizontal ? "ytick" : "xtick", sorted)
    }
    return objects
  }

  // MARK: - Stems, stairs, areas

  static func stem(_ call: inout Call) throws(RuntimeError) -> [Value] { try stems(call, inSpace: false) }
  static func stem3(_ call: inout Call) throws(RuntimeError) -> [Value] { try stems(call, inSpace: true) }

  private static func stems(_ call: Call, inSpace: Bool) throws(RuntimeError) -> [Value] {
    let plot = PlotCall(call)
    guard plot.count > 0 else { throw call.invalid }
    var data: [NDArray<Double>] = []
    var rest = plot.arguments[...]
    while let value = rest.first, !value.isText, data.count < (inSpace ? 3 : 2) {
      guard let array = value.realArray else { throw plot.error("X and Y must be numeric") }
      data.append(array)
      rest = rest.dropFirst()
    }
    guard !data.isEmpty, !inSpace || data.count == 3 else { throw call.invalid }
    let (format, isFilled) = PlotCall.takeStyle(&rest)
    guard let last = data.last else { throw call.invalid }
    let columns = PlotCall.columns(last)
    let x = data.count > 1 ? data[0].list : (0..<(columns.first?.count ?? 0)).map { Double($0 + 1) }
    guard x.count == columns.first?.count || x.count == last.count, !inSpace || data[1].count == x.count
    else {
      throw plot.error("inconsistent sizes for X and Y")
    }
    let axes = plot.target(box: !inSpace)
    if inSpace { LinePlots.turnToSpace(axes) }
    var objects: [GraphicsObject] = []
    for (k, column) in columns.enumerated() {
      let stem = plot.store.make(.stem, in: axes)
      objects.append(stem)
      let color = format?.color ?? plot.store.nextColor(axes)
      format?.apply(to: stem, color: color)
      stem["color"] = color.value
      if stem.text("linestyle") == "none" { stem["linestyle"] = .string("-") }
      if stem.text("marker") == "none" { stem["marker"] = .string("o") }
      stem["markeredgecolor"] = stem["color"]
      if isFilled { stem["markerfacecolor"] = stem["color"] }
      stem["xdata"] = .column(
        x.count == column.count ? x : Array(x[k * column.count..<(k + 1) * column.count]))
      stem["ydata"] = .column(inSpace ? data[1].list : column)
      if inSpace { stem["zdata"] = .column(column) }
      try plot.apply(rest, to: stem)
    }
    return plot.result(objects)
  }

  static func stairs(_ call: inout Call) throws(RuntimeError) -> [Value] {
    let plot = PlotCall(call)
    guard plot.count > 0 else { throw call.invalid }
    guard !plot.arguments[0].isText, var y = plot.arguments[0].realArray else {
      throw plot.error("Y must be a numeric 2-D vector or matrix")
    }
    var rest = plot.arguments.dropFirst()
    var x: [Double]?
    if let second = rest.first, !second.isText, let array = second.realArray {
      x = y.list
      y = array
      rest = rest.dropFirst()
    }
    let columns = PlotCall.columns(y)
    let length = columns.first?.count ?? 0
    let places = x ?? (0..<length).map { Double($0 + 1) }
    guard places.count == length || places.count == y.count else {
      throw plot.error("X and Y sizes must match")
    }
    if call.outputs > 1 {
      var (sx, sy): ([Double], [Double]) = ([], [])
      let column = columns.first ?? []
      for i in column.indices {
        if i > 0 {
          sx.append(places[i])
          sy.append(column[i - 1])
        }
        sx.append(places[i])
        sy.append(column[i])
      }
      return [.column(sx), .column(sy)]
    }
    var format: LineFormat?
    if let word = rest.first?.stringValue, let found = LineFormat(word) {
      format = found
      rest = rest.dropFirst()
    }
    let axes = plot.target()
    var objects: [GraphicsObject] = []
    for (k, column) in columns.enumerated() {
      let stairs = plot.store.make(.stairs, in: axes)
      objects.append(stairs)
      let color = format?.color ?? plot.store.nextColor(axes)
      stairs["color"] = color.value
      format?.apply(to: stairs, color: color)
      stairs["xdata"] = .row(
        places.count == length ? places : Array(places[k * length..<(k + 1) * length]))
      stairs["ydata"] = .row(column)
      try plot.apply(rest, to: stairs)
    }
    return plot.result(objects)
  }

  static func area(_ call: inout Call) throws(RuntimeError) -> [Value] {
    let plot = PlotCall(call)
    guard plot.count > 0 else { throw call.invalid }
    var data: [NDArray<Double>] = []
    var rest = plot.arguments[...]
    while let value = rest.first, !value.isText {
      guard let array = value.realArray else { throw plot.error("X and Y must be real vectors or matrices") }
      data.append(array)
      rest = rest.dropFirst()
    }
    guard data.count <= 3 else { throw call.invalid }
    var level = 0.0
    if data.count == 3 { level = data[2].list.first ?? 0 }
    if data.count == 2, data[1].count == 1, data[0].count != 1 {
      level = data[1][0]
      data.removeLast()
    }
    guard let y = data.count > 1 ? data[1] : data.first else { throw call.invalid }
    let columns = PlotCall.columns(y)
    let length = columns.first?.count ?? 0
    let x = data.count > 1 ? data[0].list : (0..<length).map { Double($0 + 1) }
    guard x.count == length else { throw plot.error("X and Y must be real vectors or matrices") }
    let axes = plot.target()
    var base = Array(repeating: level, count: length)
    var objects: [GraphicsObject] = []
    for (k, column) in columns.enumerated() {
      let area = plot.store.make(.area, in: axes)
      objects.append(area)
      let color = plot.store.nextColor(axes)
      area["facecolor"] = color.value
      area["xdata"] = .row(x)
      let top = k == 0 ? column : zip(base, column).map { $0 + $1 }
      area["ydata"] = .row(top)
      area["basevalue"] = .number(level)
      area.extra["base"] = base
      base = top
      try plot.apply(rest, to: area)
    }
    return plot.result(objects)
  }

  // MARK: - Pies

  static func pie(_ call: inout Call) throws(RuntimeError) -> [Value] {
    let plot = PlotCall(call)
    guard plot.count > 0 else { throw call.invalid }
    if plot.arguments[0].isCell { throw RuntimeError("isfinite: not defined for cell") }
    guard let x = plot.arguments[0].realArray?.list else { throw call.invalid }
    guard plot.arguments[0].shape.isVector, !x.isEmpty else { throw plot.error("X must be a vector") }
    guard x.allSatisfy(\.isFinite) else { throw plot.error("all data in X must be finite") }
    var explode = Array(repeating: 0.0, count: x.count)
    var labels: [String]?
    for value in plot.arguments.dropFirst() {
      if let list = value.stringList, value.isCell || value.isText {
        labels = list.isEmpty ? nil : list
        guard list.isEmpty || list.count == x.count else {
          throw plot.error("mismatch in number of labels and data")
        }
      } else if let list = value.realArray?.list {
        guard list.count == x.count else {
          throw plot.error("mismatch in number of elements in explode and data")
        }
        explode = list.map { $0 != 0 ? 0.1 : 0 }
      }
    }
    let axes = plot.target(box: false)
    let shares = x.map { $0.isFinite && $0 > 0 ? $0 : 0 }
    let sum = shares.reduce(0, +)
    let total = sum < 1 && sum > 0 ? 1 : max(sum, 1e-300)
    var objects: [GraphicsObject] = []
    var angle = 90.0
    for (i, share) in shares.enumerated() where share > 0 {
      let sweep = share / total * 360
      let middle = angle + sweep / 2
      let shift = Point(explode[i] * cosine(degrees: middle), explode[i] * sine(degrees: middle))
      let steps = max(2, Int(sweep / 3))
      var (px, py) = ([shift.x], [shift.y])
      for k in 0...steps {
        let a = angle + sweep * Double(k) / Double(steps)
        px.append(shift.x + cosine(degrees: a))
        py.append(shift.y + sine(degrees: a))
      }
      let slice = plot.store.make(.patch, in: axes)
      let color = Palette.lines[i % Palette.lines.count]
      slice["facecolor"] = color.value
      slice["edgecolor"] = .row([1, 1, 1])
      slice["linewidth"] = .number(1)
      slice["xdata"] = .column(px)
      slice["ydata"] = .column(py)
      let text = plot.store.make(.text, in: axes)
      text["position"] = .row([
        shift.x + 1.15 * cosine(degrees: middle), shift.y + 1.15 * sine(degrees: middle), 0,
      ])
      let label = labels.map { $0[min(i, $0.count - 1)] } ?? "\(Int((share / total * 100).rounded()))%"
      text["string"] = .string(label)
      let c = cosine(degrees: middle)
      text["horizontalalignment"] = .string(c > 0.1 ? "left" : c < -0.1 ? "right" : "center")
      objects += [slice, text]
      angle += sweep
    }
    for name in ["xlim", "ylim"] { plot.store.fix(axes, name, [-1.5, 1.5]) }
    axes["visible"] = .string("off")
    axes.axesState?.aspect = .equal
    return plot.result(objects)
  }
}
