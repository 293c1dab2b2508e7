import ThetaArrays
import ThetaGraphics
import ThetaRuntime

// hist: counts of elements around centers.

enum Histograms {
  static func hist(_ call: inout Call) throws(RuntimeError) -> [Value] {
    var plot = PlotCall(call)
    if call.outputs == 0 {
      guard plot.count > 0 else { throw call.invalid }
      let data = Array(plot.arguments.prefix { !$0.isText })
      let pairs = plot.arguments.dropFirst(data.count)
      plot.arguments = data
      let (counts, centers, _) = try count(plot)
      let axes = plot.target()
      _ = try Charts.makeBars(
        plot, axes, centers, counts, width: 1, stacked: false, isHorizontal: false, pairs)
      return []
    }
    let (counts, centers, isRow) = try count(plot)
    if isRow { return [.row(counts.list), .row(centers)] }
    return [.make(counts), .column(centers)]
  }

  /// Counts by bin and column, the centers, and whether the data was a vector.
  static func count(_ plot: PlotCall) throws(RuntimeError) -> (NDArray<Double>, [Double], Bool) {
    let arguments = plot.arguments
    guard let first = arguments.first else { throw plot.call.invalid }
    guard let input = first.realArray else { throw plot.error("Y must be real-valued") }
    let y = input.shape.isVector ? NDArray(column: Array(input)) : input
    let rows = y.shape.rows
    let columns = rows > 0 ? y.count / rows : 0
    let finite = Array(y).filter(\.isFinite)
    let (low, high) = (finite.min() ?? 0, finite.max() ?? 0)
    var centers: [Double] = []
    if arguments.count > 1, !arguments[1].isText, !arguments[1].isEmpty || arguments[1].isCell {
      guard let bins = arguments[1].realArray else {
        throw plot.error("bin specification must be a numeric scalar or vector")
      }
      centers = bins.list
    }
    if centers.count > 1 {
      centers.sort()
    } else {
      let n = centers.first ?? 10
      guard n > 0, n < 10_000_000 else { throw plot.error("number of bins NBINS must be positive") }
      let count = max(1, Int(n))
      if low == high {
        // All the same: bins of width one around it.
        centers = (0..<count).map { low + Double($0 - (count - 1) / 2) }
      } else {
        let delta = (high - low) / Double(count) / 2
        centers = (0..<count).map { low + delta * Double(2 * $0 + 1) }
      }
    }
    let edges = zip(centers, centers.dropFirst()).map { ($0 + $1) / 2 }
    let counts = NDArray<Double>(zeros: Shape(centers.count, columns))
    for j in 0..<columns {
      for i in 0..<rows where !y[i, j].isNaN {
        // An element on an edge belongs to the lower bin.
        counts[place(of: y[i, j], in: edges) { $0 < $1 }, j] += 1
      }
    }
    if arguments.count > 2, !arguments[2].isText {
      guard let norm = arguments[2].realArray, norm.count == 1 || norm.count == columns else {
        throw plot.error("NORM must be scalar or vector of length 'columns (Y)'")
      }
      for j in 0..<columns {
        let total = (0..<centers.count).reduce(0.0) { $0 + counts[$1, j] }
        let factor = norm[norm.count == 1 ? 0 : min(j, norm.count - 1)]
        for i in 0..<centers.count where total > 0 { counts[i, j] = counts[i, j] / total * factor }
      }
    }
    return (counts, centers, input.shape.isVector)
  }

  /// How many of the rising edges stand before an element.
  private static func place(of x: Double, in edges: [Double], _ isBefore: (Double, Double) -> Bool) -> Int {
    var (a, b) = (0, edges.count)
    while a < b {
      let middle = (a + b) / 2
      if isBefore(edges[middle], x) { a = middle + 1 } else { b = middle }
    }
    return a
  }

  // MARK: - histogram

  /// `histogram (x)`: bars that touch, between edges at round numbers.
  static func histogram(_ call: inout Call) throws(RuntimeError) -> [Value] {
    let plot = PlotCall(call)
    guard let first = plot.arguments.first else { throw call.invalid }
    guard let data = first.realArray?.list.filter(\.isFinite), !first.isText else {
      throw plot.error("X must be real-valued")
    }
    var rest = plot.arguments.dropFirst()
    let (low, high) = (data.min() ?? 0, data.max() ?? 1)
    var edges: [Double] = []
    if let value = rest.first, !value.isText, let list = value.realArray?.list {
      rest = rest.dropFirst()
      if list.count == 1 {
        guard list[0] >= 1, list[0] < 1_000_000 else { throw plot.error("number of bins must be positive") }
        let n = Int(list[0])
        let width = high > low ? (high - low) / Double(n) : 1
        edges = (0...n).map { low + Double($0) * width }
      } else {
        edges = list.filter { !$0.isNaN }.sorted()
      }
    }
    if edges.isEmpty {
      // About as many bins as Scott's rule wants, of a round width.
      let mean = data.reduce(0, +) / Double(max(data.count, 1))
      let spread = (data.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(max(data.count - 1, 1)))
        .squareRoot()
      let wanted = spread > 0 ? 3.5 * spread / cubeRoot(Double(data.count)) : 1
      let width = Ticks.step(0, wanted * 5)
      let start = (low / width).rounded(.down)
      let wide = (high / width).rounded(.down) - start
      let count = wide.isFinite ? Int(max(0, min(wide, 9_999))) + 1 : 1
      edges = (0...count).map { (start + Double($0)) * width }
    }
    var counts = Array(repeating: 0.0, count: max(edges.count - 1, 0))
    for x in data {
      let after = place(of: x, in: edges) { $0 <= $1 }
      if after == edges.count {
        if x == edges.last, !counts.isEmpty { counts[counts.count - 1] += 1 }
      } else if after > 0 {
        counts[after - 1] += 1
      }
    }
    let axes = plot.target()
    let centers = zip(edges, edges.dropFirst()).map { ($0 + $1) / 2 }
    let bars = try Charts.makeBars(
      plot, axes, centers, NDArray(column: counts), width: 1, stacked: false, isHorizontal: false, rest)
    for bar in bars {
      bar.extra["left"] = Array(edges.dropLast())
      bar.extra["right"] = Array(edges.dropFirst())
    }
    axes.clear("xtick")
    return plot.result(bars)
  }
}
