import ThetaArrays
import ThetaGraphics
import ThetaRuntime

// plot and its family: series of points joined by lines.

enum LinePlots {
  struct Series {
    var x: [Double]
    var y: [Double]
    var z: [Double] = []
    var format: LineFormat?
  }

  static func plot(_ call: inout Call) throws(RuntimeError) -> [Value] { try draw(call, nil, nil) }
  static func semilogx(_ call: inout Call) throws(RuntimeError) -> [Value] { try draw(call, "log", "linear") }
  static func semilogy(_ call: inout Call) throws(RuntimeError) -> [Value] { try draw(call, "linear", "log") }
  static func loglog(_ call: inout Call) throws(RuntimeError) -> [Value] { try draw(call, "log", "log") }

  private static func draw(_ call: Call, _ xScale: String?, _ yScale: String?) throws(RuntimeError) -> [Value]
  {
    let plot = PlotCall(call)
    guard plot.count > 0 else { throw call.invalid }
    let (series, pairs) = try read(plot)
    let axes = plot.target()
    if axes.axesState?.isHeld != true || axes.children.isEmpty {
      if let xScale { axes["xscale"] = .string(xScale) }
      if let yScale { axes["yscale"] = .string(yScale) }
    }
    return plot.result(try add(series, pairs, plot, axes))
  }

  /// Makes the lines; a bad property takes them all away again.
  static func add(
    _ series: [Series], _ pairs: ArraySlice<Value>, _ plot: PlotCall, _ axes: GraphicsObject
  ) throws(RuntimeError) -> [GraphicsObject] {
    var lines: [GraphicsObject] = []
    for one in series {
      let line = plot.store.make(.line, in: axes)
      lines.append(line)
      line["xdata"] = .row(one.x)
      line["ydata"] = .row(one.y)
      if !one.z.isEmpty { line["zdata"] = .row(one.z) }
      let format = one.format ?? LineFormat("")
      let color = format?.color ?? plot.store.nextColor(axes)
      format?.apply(to: line, color: color)
      do { try plot.apply(pairs, to: line) } catch {
        for line in lines where !line.isDeleted { plot.store.delete(line) }
        throw error
      }
    }
    return lines
  }

  /// `y`, `x, y`, `x, y, fmt`, any number of times, then properties.
  static func read(_ plot: PlotCall) throws(RuntimeError) -> ([Series], ArraySlice<Value>) {
    let arguments = plot.arguments
    var series: [Series] = []
    var i = 0
    while i < arguments.count {
      if arguments[i].isText {
        let pairs = arguments[i...]
        try plot.checkPairs(pairs)
        if series.isEmpty { throw RuntimeError("plot: no data to plot") }
        return (series, pairs)
      }
      let first = arguments[i]
      i += 1
      var second: Value?
      if i < arguments.count, !arguments[i].isText {
        second = arguments[i]
        i += 1
      }
      var format: LineFormat?
      if i < arguments.count, let text = arguments[i].stringValue, let found = LineFormat(text) {
        format = found
        i += 1
      }
      series += try pairUp(plot, first, second).map { Series(x: $0.0, y: $0.1, format: format) }
    }
    return (series, [])
  }

  /// The columns of the arguments, each with its x.
  private static func pairUp(
    _ plot: PlotCall, _ first: Value, _ second: Value?
  ) throws(RuntimeError) -> [([Double], [Double])] {
    if first.isCell { throw RuntimeError("plot: no data to plot") }
    guard let second else {
      if first.isComplex, let c = first.complexArray {
        return zip(PlotCall.columns(c.map { $0.real }), PlotCall.columns(c.map { $0.imaginary })).map {
          ($0, $1)
        }
      }
      let y = try numbers(plot, first)
      return PlotCall.columns(y).map { ((0..<$0.count).map { Double($0 + 1) }, $0) }
    }
    let (x, y) = (try numbers(plot, first), try numbers(plot, second))
    if x.shape.isVector && y.shape.isVector {
      if x.count == y.count { return [(x.list, y.list)] }
      if x.count == 1 { return y.list.map { ([x[0]], [$0]) } }
      if y.count == 1 { return x.list.map { ([$0], [y[0]]) } }
      throw RuntimeError("__plt2vv__: vector lengths must match")
    }
    if x.shape.isVector {
      if x.count == y.shape.rows { return PlotCall.columns(y).map { (x.list, $0) } }
      if x.count == y.shape.columns { return rows(y).map { (x.list, $0) } }
      if x.count == 1, y.isEmptyArray { return [] }
      throw RuntimeError("__plt2vm__: matrix dimensions must match")
    }
    if y.shape.isVector {
      if y.count == x.shape.rows { return PlotCall.columns(x).map { ($0, y.list) } }
      if y.count == x.shape.columns { return rows(x).map { ($0, y.list) } }
      throw RuntimeError("__plt2mv__: matrix dimensions must match")
    }
    guard x.shape == y.shape else { throw RuntimeError("__plt2mm__: matrix dimensions must match") }
    return zip(PlotCall.columns(x), PlotCall.columns(y)).map { ($0, $1) }
  }

  private static func rows(_ a: NDArray<Double>) -> [[Double]] {
    (0..<a.shape.rows).map { i in (0..<a.shape.columns).map { a[i, $0] } }
  }

  static func numbers(_ plot: PlotCall, _ value: Value) throws(RuntimeError) -> NDArray<Double> {
    if case .function = value {
      throw RuntimeError("unary operator '.'' not implemented for 'function handle' operands")
    }
    let array = value.isComplex ? value.complexArray?.map { $0.real } : value.realArray
    guard let array else {
      throw RuntimeError(
        "__go_line__: invalid value for array property \"ydata\", unable to create graphics handle")
    }
    guard array.shape.is2D else { throw plot.error("plot arrays must have less than 2 dimensions") }
    return array
  }

  // MARK: - In space

  static func plot3(_ call: inout Call) throws(RuntimeError) -> [Value] {
    let plot = PlotCall(call)
    guard plot.count > 0 else { throw call.invalid }
    var series: [Series] = []
    var i = 0
    let a = plot.arguments
    var pairs: ArraySlice<Value> = []
    while i < a.count {
      if a[i].isText {
        pairs = a[i...]
        try plot.checkPairs(pairs)
        break
      }
      var data: [NDArray<Double>] = []
      if a[i].isComplex, let c = a[i].complexArray {
        data = [
          c.map { $0.real }, c.map { $0.imaginary }, NDArray(column: (0..<c.count).map { Double($0 + 1) }),
        ]
        i += 1
      }
      while i < a.count, data.count < 3, !a[i].isText {
        guard let array = a[i].realArray else { throw plot.error("X, Y, and Z must have the same shape") }
        data.append(array)
        i += 1
      }
      if data.count == 1 { data = [data[0], NDArray(zeros: data[0].shape), NDArray(zeros: data[0].shape)] }
      if data.count == 2 {
        data = [NDArray(column: (0..<data[0].count).map { Double($0 + 1) }), data[0], data[1]]
      }
      var format: LineFormat?
      if i < a.count, let text = a[i].stringValue, let found = LineFormat(text) {
        format = found
        i += 1
      } else if i < a.count, a[i].isText, i + 1 >= a.count {
        throw plot.error("properties must appear followed by a value")
      }
      let parts = data.map { PlotCall.columns($0) }
      let columns = parts.map(\.count).max() ?? 0
      let length = parts.compactMap { $0.first?.count }.max() ?? 0
      for part in parts {
        guard part.count == columns || part.count == 1, part.allSatisfy({ $0.count == length }) else {
          throw plot.error("X, Y, and Z must have the same shape")
        }
      }
      for k in 0..<columns {
        func pick(_ p: Int) -> [Double] { parts[p][parts[p].count == 1 ? 0 : k] }
        series.append(Series(x: pick(0), y: pick(1), z: pick(2), format: format))
      }
    }
    let axes = plot.target(box: false)
    LinePlots.turnToSpace(axes)
    return plot.result(try add(series, pairs, plot, axes))
  }

  /// Axes that show a first thing in space are seen from the usual direction.
  static func turnToSpace(_ axes: GraphicsObject, grid: Bool = false) {
    guard axes.axesState?.isHeld != true || axes.children.isEmpty, !axes.isSet("view") else { return }
    axes["view"] = .row([-37.5, 30])
    if grid { for letter in ["x", "y", "z"] { axes[letter + "grid"] = .string("on") } }
  }

  static func line(_ call: inout Call) throws(RuntimeError) -> [Value] {
    let plot = PlotCall(call)
    var data: [NDArray<Double>] = []
    var i = 0
    while i < plot.count, i < 3, !plot.arguments[i].isText {
      data.append(try LinePlots.numbers(plot, plot.arguments[i]))
      i += 1
    }
    let pairs = plot.arguments[i...]
    if data.count == 1 || pairs.count % 2 != 0 {
      throw plot.error("invalid number of PROPERTY / VALUE pairs")
    }
    let axes = plot.current()
    guard !data.isEmpty else {
      let series = Series(x: [0, 1], y: [0, 1])
      let lines = try add([series], pairs, plot, axes)
      return plot.result(lines)
    }
    let parts = data.map { PlotCall.columns($0) }
    let length = parts[0].first?.count ?? 0
    let columns = parts.map(\.count).max() ?? 0
    for part in parts where part.first?.count ?? 0 != length {
      throw plot.error("number of X, Y, and Z points must be equal")
    }
    let series = (0..<columns).map { k -> Series in
      func pick(_ p: Int) -> [Double] { p < parts.count ? parts[p][min(k, parts[p].count - 1)] : [] }
      return Series(x: pick(0), y: pick(1), z: pick(2))
    }
    return plot.result(try add(series, pairs, plot, axes))
  }

  // MARK: - Functions

  static func fplot(_ call: inout Call) throws(RuntimeError) -> [Value] {
    let plot = PlotCall(call)
    guard plot.count > 0 else { throw call.invalid }
    let function = try FunctionSampler.function(
      plot, message: "FN must be a function handle, inline function, or string")
    var limits = [-5.0, 5.0]
    var rest = plot.arguments.dropFirst()
    if let value = rest.first, !value.isText {
      guard let list = value.realArray?.list, list.count == 2 || list.count == 4 else {
        throw plot.error("LIMITS must be a real vector with 2 or 4 elements")
      }
      limits = list
      rest = rest.dropFirst()
    }
    while let value = rest.first, !value.isText { rest = rest.dropFirst() }
    var format: LineFormat?
    if let text = rest.first?.stringValue, let found = LineFormat(text) {
      format = found
      rest = rest.dropFirst()
    }
    if rest.count == 1 { throw plot.error("bad input in position \(plot.count)") }
    let x = FunctionSampler.grid(limits[0], limits[1], 400)
    let y = try FunctionSampler.values(call, function, [x])
    if call.outputs > 1 { return [.column(x), .column(y)] }
    let axes = plot.target()
    let lines = try add([Series(x: x, y: y, format: format)], rest, plot, axes)
    if !axes.isSet("xlim"), axes.axesState?.isHeld != true {
      plot.store.fix(axes, "xlim", Array(limits.prefix(2)))
      if limits.count == 4 { plot.store.fix(axes, "ylim", Array(limits.suffix(2))) }
    }
    return plot.result(lines)
  }
}

extension NDArray {
  var isEmptyArray: Bool { count == 0 }
}
