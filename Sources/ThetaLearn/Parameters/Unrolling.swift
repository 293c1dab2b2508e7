import ThetaArrays
import ThetaDisplay
import ThetaGradients
import ThetaRuntime

/// Weights of several layers as one column, which is what optimizers want, and back.
enum Unrolling {
  static let table: [Builtin] = [
    Builtin(
      "[theta, layout] = unroll (Theta1, Thetas...)",
      """
      All elements of the arguments in one column, in the order of Theta1(:), Theta2(:), and so on.

      Theta1  numbers of any shape, or cells and structs of them, to any depth
      theta   n×1, single when all parts are single, else double
      layout  what reroll needs to make the arguments again: a struct with the sizes of each argument under its
              name (layout.Theta1 is [25 401]), or a cell when the arguments are not all variables

      >> unroll ([1 2; 3 4], 5)'
      ans =

         1   3   2   4   5

      """, multiple: unroll),
    Builtin(
      "[Theta1, Thetas...] = reroll (theta, layout, name?)",
      """
      The arrays that unroll made one column of.

      theta   as many numbers as the layout has places, a column or a row
      layout  the second output of unroll, or the sizes of the matrices, one a row: [25 401; 10 26]; or a struct of
              sizes: struct ("Theta1", [25 401], "Theta2", [10 26])
      name    one part only, by its name or number

      Error when theta has more or fewer elements than the layout; it says what was expected and which matrix is
      most likely off.

      >> [A, B] = reroll (1:8, [2 3; 1 2])
      A =

         1   3   5
         2   4   6

      B =

         7   8

      """, multiple: reroll),
    Builtin(
      "[S, ...] = layersummary (theta, layout)",
      """
      One line for each array of parameters: name, size, the elements of theta that it takes, mean, standard
      deviation, norm, smallest and largest element. With an output, a struct array with the fields name, size, first,
      last, mean, std, norm, min, max.
      """, multiple: summary),
  ]

  // MARK: - unroll

  /// What has been collected of the arguments: plain numbers, or, when one of them is tracked, columns.
  private struct Collector {
    var numbers: [Double] = []
    var columns: [Value] = []
    var isSingle = true
    var isTracked = false

    mutating func add(_ value: Value, _ array: NDArray<Double>) throws(RuntimeError) {
      if !value.plain.isSingle { isSingle = false }
      if case .object(let object) = value {
        if !isTracked, !numbers.isEmpty { columns.append(.column(numbers)) }
        isTracked = true
        if let column = try object.reshaped(to: Shape(array.count, 1)) { columns.append(column) }
      } else if isTracked {
        columns.append(.make(array.reshaped(Shape(array.count, 1))))
      } else {
        numbers.append(contentsOf: array.list)
      }
    }
  }

  private static func unroll(_ call: inout Call) throws(RuntimeError) -> [Value] {
    var collector = Collector()
    var layouts: [Value] = []
    for i in 0..<call.count {
      layouts.append(try flatten(call[i], part: "argument \(i + 1)", into: &collector, depth: 0))
    }
    let theta: Value
    if collector.isTracked {
      theta = try Concatenation.matrix(collector.columns.map { [$0] })
    } else if collector.isSingle, !collector.numbers.isEmpty {
      theta = .make(NDArray(column: collector.numbers.map { Float($0) }))
    } else {
      theta = .column(collector.numbers)
    }
    if call.outputs < 2 { return [theta] }
    let names = call.context.invoker.argumentTexts(depth: 0)
    if names.count == layouts.count, !names.isEmpty, Set(names).count == names.count,
      names.allSatisfy(isName)
    {
      return [theta, .structure(Array(zip(names, layouts)))]
    }
    return [theta, .cell(Shape(1, layouts.count), layouts)]
  }

  private static func isName(_ text: String) -> Bool {
    guard let first = text.unicodeScalars.first, first == "_" || first.properties.isAlphabetic else {
      return false
    }
    return text.unicodeScalars.allSatisfy {
      $0 == "_" || $0.properties.isAlphabetic || $0.properties.numericType != nil
    }
  }

  /// Collects the numbers of a value and returns its layout.
  private static func flatten(
    _ value: Value, part: String, into collector: inout Collector, depth: Int
  ) throws(RuntimeError) -> Value {
    guard depth < 64 else { throw RuntimeError("unroll: \(part) is nested too deeply") }
    switch value {
    case .cell(let cells):
      var layouts: [Value] = []
      for (i, cell) in cells.enumerated() {
        layouts.append(try flatten(cell, part: "\(part){\(i + 1)}", into: &collector, depth: depth + 1))
      }
      return .cell(cells.shape, layouts)
    case .structure(let s):
      guard s.count == 1 else {
        throw RuntimeError("unroll: \(part) is a \(s.shape) struct array; only 1x1 structs can be unrolled")
      }
      let layout = StructArray()
      for (name, field) in zip(s.names, s.values) {
        layout.setField(name, try flatten(field, part: "\(part).\(name)", into: &collector, depth: depth + 1))
      }
      return .structure(layout)
    default:
      let plain = value.plain
      guard !plain.isComplex, !plain.isText, let array = plain.full.realArray else {
        throw RuntimeError("unroll: \(part) must be real numbers, not \(plain.typeName)")
      }
      try collector.add(value, array)
      return .row(array.shape.sizes.map(Double.init))
    }
  }

  // MARK: - reroll

  /// The parameters as a vector of real numbers, its tracking kept.
  static func vector(_ call: Call, _ position: Int) throws(RuntimeError) -> Value {
    let plain = call[position].plain
    guard !plain.isComplex, !plain.isCell, !plain.isText, plain.full.realArray != nil,
      plain.shape.isVector || plain.count == 0
    else { throw call.error("theta must be a real vector, not \(plain.typeName)") }
    return call[position].full
  }

  static func layout(_ call: Call, _ position: Int) throws(RuntimeError) -> Layout {
    guard let layout = try Layout(call[position]) else {
      throw call.error(
        "layout must be the second output of unroll, or sizes, one matrix a row, such as [25 401; 10 26]")
    }
    return layout
  }

  private static func reroll(_ call: inout Call) throws(RuntimeError) -> [Value] {
    let theta = try vector(call, 0)
    let layout = try layout(call, 1)
    guard layout.count == theta.count else { throw call.error(layout.mismatch(theta.count)) }
    let numbers = !theta.isTracked ? theta.realArray : nil
    var position = 0
    var results: [Value] = []
    for part in layout.parts { results.append(try rebuild(part.layout, from: theta, numbers, at: &position)) }
    guard let choice = call.optional(2) else {
      if call.outputs > results.count {
        throw call.error("\(call.outputs) outputs asked for, but the layout has \(results.count) parts")
      }
      return results
    }
    if let name = choice.stringValue {
      guard let i = layout.parts.firstIndex(where: { $0.name == name }) else {
        let known = layout.parts.map(\.name).joined(separator: ", ")
        throw call.error("the layout has no part '\(name)'; it has \(known)")
      }
      return [results[i]]
    }
    let i = try call.integer(2)
    guard i >= 1, i <= results.count else {
      throw call.error("part \(i) asked for, but the layout has \(results.count) parts")
    }
    return [results[i - 1]]
  }

  private static func rebuild(
    _ layout: Value, from theta: Value, _ numbers: NDArray<Double>?, at position: inout Int
  ) throws(RuntimeError) -> Value {
    switch layout {
    case .cell(let cells):
      var values: [Value] = []
      for cell in cells { values.append(try rebuild(cell, from: theta, numbers, at: &position)) }
      return .cell(cells.shape, values)
    case .structure(let s):
      let result = StructArray()
      for (name, value) in zip(s.names, s.values) {
        result.setField(name, try rebuild(value, from: theta, numbers, at: &position))
      }
      return .structure(result)
    default:
      let shape = Layout.shape(of: layout) ?? .empty
      let start = position
      position += shape.count
      guard let numbers else { return try slice(theta, start, shape) }
      if theta.isSingle {
        return .make(
          NDArray<Float>(shape) { buffer in
            for i in buffer.indices { buffer.initializeElement(at: i, to: Float(numbers[start + i])) }
          })
      }
      let result = NDArray<Double>(zeros: shape)
      for i in 0..<shape.count { result[i] = numbers[start + i] }
      return .make(result)
    }
  }

  /// A part of a tracked vector.
  private static func slice(_ theta: Value, _ start: Int, _ shape: Shape) throws(RuntimeError) -> Value {
    guard case .object(let object) = theta, shape.count > 0 else {
      return .make(NDArray<Double>(zeros: shape))
    }
    let range = RangeValue(
      base: Double(start + 1), increment: 1, limit: Double(start + shape.count), count: shape.count)
    let part =
      try object.index([shape.count == 1 ? .integer(start + 1) : .range(range)], name: "theta") ?? theta
    guard case .object(let column) = part, let result = try column.reshaped(to: shape) else { return part }
    return result
  }

  // MARK: - Summary

  private static func summary(_ call: inout Call) throws(RuntimeError) -> [Value] {
    let theta = try vector(call, 0)
    let layout = try layout(call, 1)
    guard layout.count == theta.count else { throw call.error(layout.mismatch(theta.count)) }
    guard let numbers = theta.plain.realArray else { throw call.invalid }
    let names = ["name", "size", "first", "last", "mean", "std", "norm", "min", "max"]
    var values: [Value] = []
    var lines: [[Value]] = []
    for block in layout.blocks {
      let n = Double(max(1, block.shape.count))
      var (sum, squares, least, most) = (0.0, 0.0, Double.infinity, -Double.infinity)
      for i in block.start..<block.end {
        let x = numbers[i]
        (sum, squares) = (sum + x, squares + x * x)
        (least, most) = (min(least, x), max(most, x))
      }
      let mean = sum / n
      var deviations = 0.0
      for i in block.start..<block.end { deviations += (numbers[i] - mean) * (numbers[i] - mean) }
      let deviation = (deviations / max(1, n - 1)).squareRoot()
      let fields: [Value] = [
        .string(block.name), .row(block.shape.sizes.map(Double.init)), .integer(block.start + 1),
        .integer(block.end), .number(mean), .number(deviation), .number(squares.squareRoot()),
        .number(least), .number(most),
      ]
      values += fields
      lines.append([fields[0], .string(block.shape.description)] + fields[2...])
    }
    if call.outputs > 0 {
      return [.structure(StructArray(Shape(1, layout.blocks.count), names: names, values: values))]
    }
    let head = try FormattedPrint.format(
      template: .string("%-12s %-10s %7s %7s %11s %11s %11s %11s %11s\\n"),
      arguments: names.map { .string($0) }, function: call.name)
    call.context.console.write(head)
    for line in lines {
      call.context.console.write(
        try FormattedPrint.format(
          template: .string("%-12s %-10s %7d %7d %11.4g %11.4g %11.4g %11.4g %11.4g\\n"),
          arguments: line, function: call.name))
    }
    return []
  }
}
