import ThetaArrays
import ThetaNumeric
import ThetaRuntime
import ThetaText

// hist: counts of elements around centers.

enum Histograms {
  static let table: [Builtin] = [
    Builtin(
      "[nn, xx] = hist (y, x?, norm?, options...)",
      "Counts of the elements of each column around centers; draws nothing when no counts are asked for.",
      multiple: hist)
  ]

  private static func hist(_ call: inout Call) throws(RuntimeError) -> [Value] {
    if call.outputs == 0 {
      _ = call.context.state { FigureState() }.need()
      return []
    }
    let input = try call.array(0, "Y must be real-valued")
    let y = input.shape.isVector ? NDArray(column: Array(input)) : input
    let rows = y.shape.rows
    let columns = rows > 0 ? y.count / rows : 0
    let finite = Array(y).filter(\.isFinite)
    let (low, high) = (finite.min() ?? 0, finite.max() ?? 0)
    var centers: [Double] = []
    if call.count > 1, !call[1].isText, call[1].count > 1 {
      centers = Array(try call.array(1)).sorted()
    } else {
      let n = call.count > 1 && !call[1].isText && !call[1].isEmpty ? try call.integer(1) : 10
      guard n > 0, n < 10_000_000 else { throw call.error("number of bins NBINS must be positive") }
      let delta = (high - low) / Double(n) / 2
      centers = (0..<n).map { low + delta * Double(2 * $0 + 1) }
    }
    let edges = zip(centers, centers.dropFirst()).map { ($0 + $1) / 2 }
    let counts = NDArray<Double>(zeros: Shape(centers.count, columns))
    for j in 0..<columns {
      for i in 0..<rows where !y[i, j].isNaN {
        // The bin is the number of edges below the element; an element on an edge belongs to the lower bin.
        var (a, b) = (0, edges.count)
        while a < b {
          let middle = (a + b) / 2
          if edges[middle] < y[i, j] { a = middle + 1 } else { b = middle }
        }
        counts[a, j] += 1
      }
    }
    if call.count > 2, !call[2].isText {
      let norm = try call.array(2)
      guard norm.count > 0 else { throw call.error("NORM must be a numeric constant or vector") }
      for j in 0..<columns {
        let total = (0..<centers.count).reduce(0.0) { $0 + counts[$1, j] }
        let factor = norm[norm.count == 1 ? 0 : min(j, norm.count - 1)]
        for i in 0..<centers.count where total > 0 { counts[i, j] = counts[i, j] / total * factor }
      }
    }
    let isRow = input.shape.isVector
    if isRow { return [.row(Array(counts)), .row(centers)] }
    return [.make(counts), .column(centers)]
  }
}
