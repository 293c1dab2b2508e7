import ThetaArrays
import ThetaGraphics
import ThetaRuntime

// Polar plots, box plots, plots with two vertical axes, sparsity patterns.

enum SpecialCharts {
  static func polar(_ call: inout Call) throws(RuntimeError) -> [Value] {
    let plot = PlotCall(call)
    guard plot.count > 0 else { throw call.invalid }
    var data: [[Double]] = []
    var rest = plot.arguments[...]
    if let first = rest.first, first.isComplex, let c = first.complexArray {
      data = [
        c.list.map { atan2($0.imaginary, $0.real) },
        c.list.map { ($0.real * $0.real + $0.imaginary * $0.imaginary).squareRoot() },
      ]
      rest = rest.dropFirst()
    }
    while data.count < 2, let value = rest.first, !value.isText {
      guard let list = value.realArray?.list else {
        throw RuntimeError("real: not defined for \(value.className)")
      }
      data.append(list)
      rest = rest.dropFirst()
    }
    guard data.count == 2 else { throw call.invalid }
    guard data[0].count == data[1].count else {
      throw RuntimeError("__plr2__: vector lengths must match")
    }
    var format: LineFormat?
    if let word = rest.first?.stringValue, let found = LineFormat(word) {
      format = found
      rest = rest.dropFirst()
    }
    let axes = plot.target(box: false)
    if axes.axesState?.isPolar != true { frame(plot, axes, data[1]) }
    let x = zip(data[0], data[1]).map { $1 * cosine(degrees: $0 * 180 / .pi) }
    let y = zip(data[0], data[1]).map { $1 * sine(degrees: $0 * 180 / .pi) }
    return plot.result(try LinePlots.add([LinePlots.Series(x: x, y: y, format: format)], rest, plot, axes))
  }

  /// Circles and rays with their numbers.
  private static func frame(_ plot: PlotCall, _ axes: GraphicsObject, _ radii: [Double]) {
    axes.axesState?.isPolar = true
    let (_, limit) = Ticks.limits(0, max(radii.filter(\.isFinite).map(abs).max() ?? 1, 1e-300))
    axes["visible"] = .string("off")
    axes.axesState?.aspect = .equal
    for name in ["xlim", "ylim"] { plot.store.fix(axes, name, [-limit * 1.1, limit * 1.1]) }
    let group = plot.store.make(.group, in: axes)
    group["handlevisibility"] = .string("off")
    func line(_ x: [Double], _ y: [Double]) {
      let object = plot.store.make(.line, in: group)
      object["xdata"] = .row(x)
      object["ydata"] = .row(y)
      object["color"] = .row([0.8, 0.8, 0.8])
      object["linewidth"] = .number(0.6)
    }
    func text(_ x: Double, _ y: Double, _ string: String, _ align: String) {
      let object = plot.store.make(.text, in: group)
      object["position"] = .row([x, y, 0])
      object["string"] = .string(string)
      object["horizontalalignment"] = .string(align)
      object["color"] = .row([0.3, 0.3, 0.3])
    }
    let angles = (0...120).map { Double($0) * 3 }
    let ticks = Ticks.linear(0, limit).filter { $0 > 0 }
    for r in ticks {
      line(angles.map { r * cosine(degrees: $0) }, angles.map { r * sine(degrees: $0) })
      text(r * cosine(degrees: 80), r * sine(degrees: 80), NumberLabel.general(r), "center")
    }
    for a in stride(from: 0.0, to: 360, by: 30) {
      line([0, limit * cosine(degrees: a)], [0, limit * sine(degrees: a)])
      let c = cosine(degrees: a)
      text(
        limit * 1.06 * c, limit * 1.08 * sine(degrees: a), NumberLabel.general(a),
        c > 0.1 ? "left" : c < -0.1 ? "right" : "center")
    }
  }

  // MARK: - Box plots

  /// Median, quartiles, whiskers to 1.5 interquartile ranges, and the points beyond.
  static func boxplot(_ call: inout Call) throws(RuntimeError) -> [Value] {
    let plot = PlotCall(call)
    guard let first = plot.arguments.first else { throw call.invalid }
    var columns: [[Double]] = []
    if case .cell(let cells) = first {
      for cell in cells { columns.append(cell.realArray?.list ?? []) }
    } else if let array = first.realArray, !first.isText {
      columns = PlotCall.columns(array)
    } else {
      throw plot.error("numerical array or cell array containing data expected")
    }
    let axes = plot.target()
    var objects: [GraphicsObject] = []
    func line(_ x: [Double], _ y: [Double], _ color: [Double], _ marker: String? = nil, _ style: String = "-")
    {
      let object = plot.store.make(.line, in: axes)
      object["xdata"] = .row(x)
      object["ydata"] = .row(y)
      object["color"] = .row(color)
      object["linestyle"] = .string(style)
      if let marker { object["marker"] = .string(marker) }
      objects.append(object)
    }
    let blue = [0, 0.447, 0.741]
    let red = [0.85, 0.325, 0.098]
    for (k, column) in columns.enumerated() {
      let sorted = column.filter(\.isFinite).sorted()
      guard !sorted.isEmpty else { continue }
      func quantile(_ p: Double) -> Double {
        let place = min(max(p * Double(sorted.count) - 0.5, 0), Double(sorted.count - 1))
        let i = Int(place)
        let next = min(i + 1, sorted.count - 1)
        return sorted[i] + (sorted[next] - sorted[i]) * (place - Double(i))
      }
      let (q1, q2, q3) = (quantile(0.25), quantile(0.5), quantile(0.75))
      let reach = 1.5 * (q3 - q1)
      let low = sorted.first { $0 >= q1 - reach } ?? q1
      let high = sorted.last { $0 <= q3 + reach } ?? q3
      let x = Double(k + 1)
      let (a, b) = (x - 0.25, x + 0.25)
      line([a, b, b, a, a], [q1, q1, q3, q3, q1], blue)
      line([a, b], [q2, q2], red)
      line([x, x], [q3, high], [0.2, 0.2, 0.2], nil, "--")
      line([x, x], [q1, low], [0.2, 0.2, 0.2], nil, "--")
      line([x - 0.12, x + 0.12], [high, high], [0.2, 0.2, 0.2])
      line([x - 0.12, x + 0.12], [low, low], [0.2, 0.2, 0.2])
      let beyond = sorted.filter { $0 < low || $0 > high }
      if !beyond.isEmpty { line(beyond.map { _ in x }, beyond, red, "+", "none") }
    }
    plot.store.fix(axes, "xlim", [0.5, Double(max(columns.count, 1)) + 0.5])
    plot.store.fix(axes, "xtick", (0..<max(columns.count, 1)).map { Double($0 + 1) })
    return plot.result(objects)
  }

  // MARK: - Two axes

  static func plotyy(_ call: inout Call) throws(RuntimeError) -> [Value] {
    let plot = PlotCall(call)
    guard plot.count >= 4 else { throw call.invalid }
    let left = plot.target()
    let figure = left.figure ?? plot.store.needFigure()
    let right = plot.store.makeAxes(in: figure)
    right["color"] = .string("none")
    right["yaxislocation"] = .string("right")
    right["box"] = .string("off")
    left["box"] = .string("off")
    right.axesState?.cell = left.axesState?.cell
    right.axesState?.nextColor = 1
    var handles: [GraphicsObject] = []
    for (axes, k) in [(left, 0), (right, 2)] {
      guard let x = plot.arguments[k].realArray?.list, let y = plot.arguments[k + 1].realArray?.list,
        x.count == y.count
      else {
        plot.store.delete(right)
        throw RuntimeError("__plt2vv__: vector lengths must match")
      }
      let lines = try LinePlots.add([LinePlots.Series(x: x, y: y)], [], plot, axes)
      handles += lines
      if let color = lines.first?["color"] { axes["ycolor"] = color }
    }
    for axes in [left, right] where axes["position"].isEmpty == false {
      // Both have the same place, with room on either side.
      axes["position"] = .row([0.12, 0.12, 0.76, 0.8])
    }
    plot.store.makeCurrent(left)
    guard call.outputs > 0 else { return [] }
    return [.row([left.handle, right.handle]), .number(handles[0].handle), .number(handles[1].handle)]
  }

  static func spy(_ call: inout Call) throws(RuntimeError) -> [Value] {
    let plot = PlotCall(call)
    guard let array = plot.arguments.first?.realArray else { throw call.invalid }
    var (x, y): ([Double], [Double]) = ([], [])
    for j in 0..<array.shape.columns {
      for i in 0..<array.shape.rows where array[i, j] != 0 {
        x.append(Double(j + 1))
        y.append(Double(i + 1))
      }
    }
    let axes = plot.target()
    let lines = try LinePlots.add([LinePlots.Series(x: x, y: y, format: LineFormat("."))], [], plot, axes)
    axes["ydir"] = .string("reverse")
    plot.store.fix(axes, "xlim", [0, Double(array.shape.columns + 1)])
    plot.store.fix(axes, "ylim", [0, Double(array.shape.rows + 1)])
    axes.axesState?.aspect = .equal
    plot.store.label("xlabel", of: axes)["string"] = .string("nnz = \(x.count)")
    return plot.result(lines)
  }
}
