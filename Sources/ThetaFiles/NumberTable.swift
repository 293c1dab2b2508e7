import ThetaArrays
import ThetaText

/// A text file that holds one matrix: numbers separated by blanks, tabs or commas, one row a line, with
/// comments from `%` or `#` on. Every row must have as many numbers.
enum NumberTable {
  enum Problem: Error {
    /// No number where the first one should be, or rows of different lengths.
    case noMatrix
    /// Something between the numbers that is none.
    case badNumber
  }

  static func read(_ bytes: [UInt8]) throws(Problem) -> NDArray<Double> {
    var values: [Double] = []
    var columns = 0
    var rows = 0
    var problem: Problem?
    bytes.withUnsafeBufferPointer { buffer in
      var p = 0
      let limit = buffer.count
      while p < limit, problem == nil {
        let before = values.count
        problem = readLine(buffer, &p, limit, &values)
        let found = values.count - before
        if problem != nil || found == 0 { continue }
        if rows == 0 { columns = found }
        if found != columns { problem = .noMatrix }
        rows += 1
      }
    }
    if let problem { throw rows == 0 && values.isEmpty ? .noMatrix : problem }
    guard rows > 0 else { throw .noMatrix }
    let table = NDArray<Double>(uninitialized: Shape(rows, columns))
    for i in 0..<rows {
      for j in 0..<columns { (table.base + i + j * rows).initialize(to: values[i * columns + j]) }
    }
    return table
  }

  /// Appends the numbers of one line and moves behind its end.
  private static func readLine(
    _ bytes: UnsafeBufferPointer<UInt8>, _ p: inout Int, _ limit: Int, _ values: inout [Double]
  ) -> Problem? {
    let start = values.count
    var needsNumber = false
    while p < limit {
      let byte = bytes[p]
      switch byte {
      case UInt8(ascii: "\n"), UInt8(ascii: "\r"):
        p += 1
        return nil
      case UInt8(ascii: "%"), UInt8(ascii: "#"), UInt8(ascii: ";"):
        while p < limit, bytes[p] != UInt8(ascii: "\n"), bytes[p] != UInt8(ascii: "\r") { p += 1 }
      case UInt8(ascii: " "), UInt8(ascii: "\t"): p += 1
      case UInt8(ascii: ","):
        // A comma may end a line, but stands neither first nor after another.
        if needsNumber || values.count == start { return .noMatrix }
        needsNumber = true
        p += 1
      default:
        guard let (value, end) = NumberScanner.number(bytes, from: p, to: limit) else { return .badNumber }
        if end < limit, !isSeparator(bytes[end]) { return .badNumber }
        values.append(value)
        needsNumber = false
        p = end
      }
    }
    return nil
  }

  private static func isSeparator(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "\n"),
      UInt8(ascii: "\r"), UInt8(ascii: "%"), UInt8(ascii: "#"):
      return true
    default: return false
    }
  }
}
