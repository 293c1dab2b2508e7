import ThetaArrays
import ThetaRuntime

/// How parameters of several layers lie in one column. What `unroll` returns and `reroll` reads: the sizes of an
/// array as a row, for a cell a cell of the layouts of its elements, for a struct a struct of those of its fields.
/// A matrix of sizes, one row a matrix, is a layout too.
struct Layout {
  /// One array of parameters.
  struct Block {
    /// `Theta1`, `net.W{2}`, or `part 1`.
    var name: String
    var shape: Shape
    /// The offset of its first element.
    var start: Int

    var end: Int { start + shape.count }
    /// `Theta1 25x401`
    var description: String { "\(name) \(shape)" }
  }

  /// The parts at the top, with names where they have them: the results of `reroll`.
  let parts: [(name: String, layout: Value)]
  /// All arrays in order.
  private(set) var blocks: [Block] = []
  private(set) var count = 0

  /// Nil when the value is no layout; throws when it is too large.
  init?(_ value: Value) throws(RuntimeError) {
    switch value {
    case .cell(let cells):
      parts = cells.enumerated().map { ("part \($0 + 1)", $1) }
    case .structure(let s) where s.count == 1:
      parts = Array(zip(s.names, s.values)).map { ($0, $1) }
    default:
      guard let sizes = value.full.realArray, sizes.shape.is2D, sizes.count > 0, sizes.shape.columns >= 2
      else {
        return nil
      }
      parts = (0..<sizes.shape.rows).map { i in
        ("part \(i + 1)", .row((0..<sizes.shape.columns).map { j in sizes[i, j] }))
      }
    }
    for (name, layout) in parts {
      guard try add(layout, name, depth: 0) else { return nil }
    }
  }

  private mutating func add(_ layout: Value, _ name: String, depth: Int) throws(RuntimeError) -> Bool {
    guard depth < 64 else { throw RuntimeError("reroll: layout is nested too deeply") }
    switch layout {
    case .cell(let cells):
      for (i, cell) in cells.enumerated() {
        guard try add(cell, "\(name){\(i + 1)}", depth: depth + 1) else { return false }
      }
      return true
    case .structure(let s) where s.count == 1:
      for (field, value) in zip(s.names, s.values) {
        guard try add(value, "\(name).\(field)", depth: depth + 1) else { return false }
      }
      return true
    default:
      guard let shape = Layout.shape(of: layout) else { return false }
      let size: Int
      do { size = try shape.checkedCount() } catch { throw RuntimeError(error) }
      let (sum, overflow) = count.addingReportingOverflow(size)
      if overflow { throw RuntimeError(.tooLarge) }
      blocks.append(Block(name: name, shape: shape, start: count))
      count = sum
      return true
    }
  }

  /// The shape that a row of sizes stands for, or nil.
  static func shape(of layout: Value) -> Shape? {
    guard let sizes = layout.full.realArray, sizes.shape.isRow, sizes.count >= 2 else { return nil }
    var whole: [Int] = []
    for size in sizes {
      guard let n = Int(exactly: size), n >= 0 else { return nil }
      whole.append(n)
    }
    return Shape(whole)
  }

  /// What is wrong with a theta of another length, with the array that is most likely off.
  func mismatch(_ actual: Int) -> String {
    let sum = blocks.map { "\($0.shape.count) (\($0.description))" }.joined(separator: " + ")
    let head = "theta has \(actual) elements, but the layout needs \(count)"
    let detail = blocks.count > 1 ? " = \(sum)" : blocks.first.map { " (\($0.description))" } ?? ""
    // One row or column more or less of one array explains many mistakes: a bias column forgotten or added twice.
    var likely: [String] = []
    for block in blocks where block.shape.is2D && actual != count {
      let (rows, columns) = (block.shape.rows, block.shape.columns)
      for (r, c) in [(rows, columns - 1), (rows, columns + 1), (rows - 1, columns), (rows + 1, columns)]
      where r >= 0 && c >= 0 && actual - count == r * c - rows * columns {
        likely.append("it would fit if \(block.name) were \(Shape(r, c))")
      }
    }
    if let first = likely.first, likely.count <= 2 { return "\(head)\(detail); \(first)" }
    if actual > count {
      let last = blocks.last.map { " after \($0.name)" } ?? ""
      return "\(head)\(detail); \(actual - count) are left over\(last)"
    }
    let short = blocks.first { $0.end > actual }
    return "\(head)\(detail)" + (short.map { "; \($0.name) is cut short" } ?? "")
  }

  /// The block that holds an offset.
  func block(at offset: Int) -> Block? { blocks.first { $0.start <= offset && offset < $0.end } }
}
