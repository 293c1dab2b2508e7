import ThetaArrays
import ThetaRuntime

/// Weights of several layers as one column, which is what optimizers want, and back.
///
/// The layout says how to get back: for a numeric array its sizes as a row, for a cell a cell of the layouts
/// of its elements, for a struct a struct of the layouts of its fields; for the arguments of `unroll` a 1×n
/// cell.
enum Unrolling {
  static let table: [Builtin] = [
    Builtin(
      "[theta, layout] = unroll (Theta1, Thetas...)",
      """
      All elements of the arguments in one column, in the order of Theta1(:), Theta2(:), and so on.

      Theta1  numbers of any shape, or cells and structs of them, to any depth
      theta   n×1, single when all parts are single, else double
      layout  what reroll needs to make the arguments again

      >> unroll ([1 2; 3 4], 5)'
      ans =

         1   3   2   4   5

      """, multiple: unroll),
    Builtin(
      "[Theta1, Thetas...] = reroll (theta, layout)",
      """
      The arrays that unroll made one column of.

      theta   as many numbers as the layout has places, a column or a row
      layout  the second output of unroll

      Error when theta has more or fewer elements than the layout.

      >> [theta, layout] = unroll ([1 2; 3 4], 5); reroll (theta, layout)
      ans =

         1   2
         3   4

      """, multiple: reroll),
  ]

  private static func unroll(_ call: inout Call) throws(RuntimeError) -> [Value] {
    var numbers: [Double] = []
    var isSingle = call.count > 0
    var layouts: [Value] = []
    for i in 0..<call.count {
      layouts.append(
        try flatten(call[i], part: "argument \(i + 1)", into: &numbers, isSingle: &isSingle, depth: 0))
    }
    let theta: Value =
      isSingle && !numbers.isEmpty
      ? .make(NDArray(column: numbers.map { Float($0) })) : .column(numbers)
    return [theta, .cell(Shape(1, layouts.count), layouts)]
  }

  /// Appends the numbers of a value and returns its layout.
  private static func flatten(
    _ value: Value, part: String, into numbers: inout [Double], isSingle: inout Bool, depth: Int
  ) throws(RuntimeError) -> Value {
    guard depth < 64 else { throw RuntimeError("unroll: \(part) is nested too deeply") }
    switch value {
    case .cell(let cells):
      var layouts: [Value] = []
      for (i, cell) in cells.enumerated() {
        layouts.append(
          try flatten(
            cell, part: "\(part){\(i + 1)}", into: &numbers, isSingle: &isSingle, depth: depth + 1))
      }
      return .cell(cells.shape, layouts)
    case .structure(let s):
      guard s.count == 1 else {
        throw RuntimeError("unroll: \(part) is a \(s.shape) struct array; only 1x1 structs can be unrolled")
      }
      let layout = StructArray()
      for name in s.names {
        guard let field = s.field(name) else { continue }
        layout.setField(
          name,
          try flatten(field, part: "\(part).\(name)", into: &numbers, isSingle: &isSingle, depth: depth + 1))
      }
      return .structure(layout)
    default:
      guard !value.isComplex, let array = value.full.realArray else {
        throw RuntimeError("unroll: \(part) must be real numbers, not \(value.typeName)")
      }
      if !value.isSingle { isSingle = false }
      numbers.append(contentsOf: array.elements)
      withExtendedLifetime(array) {}
      return .row(array.shape.sizes.map(Double.init))
    }
  }

  private static func reroll(_ call: inout Call) throws(RuntimeError) -> [Value] {
    let theta = call[0]
    guard !theta.isComplex, let numbers = theta.full.realArray, numbers.shape.isVector || numbers.count == 0
    else { throw call.error("theta must be a real vector, not \(theta.typeName)") }
    guard case .cell(let layouts) = call[1] else {
      throw call.error("layout must be the second output of unroll")
    }
    var parts: [String] = []
    var needed = 0
    for layout in layouts { try measure(layout, total: &needed, parts: &parts, depth: 0) }
    guard needed == numbers.count else {
      throw call.error(
        "theta has \(numbers.count) elements, but the layout (\(parts.joined(separator: ", "))) has \(needed)"
      )
    }
    var position = 0
    var results: [Value] = []
    for layout in layouts {
      results.append(rebuild(layout, from: numbers, at: &position, isSingle: theta.isSingle))
    }
    return results
  }

  /// Adds up the elements of a layout and the sizes of its parts; throws for what is no layout. What it
  /// accepts, `rebuild` can build.
  private static func measure(
    _ layout: Value, total: inout Int, parts: inout [String], depth: Int
  ) throws(RuntimeError) {
    guard depth < 64 else { throw RuntimeError("reroll: layout is nested too deeply") }
    switch layout {
    case .cell(let cells):
      for cell in cells { try measure(cell, total: &total, parts: &parts, depth: depth + 1) }
    case .structure(let s) where s.count == 1:
      for value in s.values { try measure(value, total: &total, parts: &parts, depth: depth + 1) }
    default:
      guard let shape = shape(of: layout) else {
        throw RuntimeError("reroll: layout must be the second output of unroll")
      }
      let count: Int
      do { count = try shape.checkedCount() } catch { throw RuntimeError(error) }
      let (sum, overflow) = total.addingReportingOverflow(count)
      if overflow { throw RuntimeError(.tooLarge) }
      total = sum
      parts.append(shape.description)
    }
  }

  /// The shape that a row of sizes stands for, or nil.
  private static func shape(of layout: Value) -> Shape? {
    guard let sizes = layout.full.realArray, sizes.shape.isRow, sizes.count >= 2 else { return nil }
    var whole: [Int] = []
    for size in sizes {
      guard let n = Int(exactly: size), n >= 0 else { return nil }
      whole.append(n)
    }
    return Shape(whole)
  }

  private static func rebuild(
    _ layout: Value, from numbers: NDArray<Double>, at position: inout Int, isSingle: Bool
  ) -> Value {
    switch layout {
    case .cell(let cells):
      var values: [Value] = []
      for cell in cells { values.append(rebuild(cell, from: numbers, at: &position, isSingle: isSingle)) }
      return .cell(cells.shape, values)
    case .structure(let s):
      let result = StructArray()
      for (name, value) in zip(s.names, s.values) {
        result.setField(name, rebuild(value, from: numbers, at: &position, isSingle: isSingle))
      }
      return .structure(result)
    default:
      let shape = shape(of: layout) ?? .empty
      let start = position
      position += shape.count
      if isSingle {
        return .make(
          NDArray<Float>(shape) { buffer in
            for i in buffer.indices { buffer.initializeElement(at: i, to: Float(numbers[start + i])) }
          })
      }
      return .make(
        NDArray<Double>(shape) { buffer in
          for i in buffer.indices { buffer.initializeElement(at: i, to: numbers[start + i]) }
        })
    }
  }
}
