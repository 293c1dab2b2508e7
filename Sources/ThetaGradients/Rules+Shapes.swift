import ThetaArrays
import ThetaRuntime

// Functions that arrange elements anew: shapes, selections, cells, joining.

extension Rules {
  static let shapes: [(String, Rule)] = [
    ("reshape", reshape), ("squeeze", reshape), ("vec", reshape),
    ("horzcat", { a throws(RuntimeError) in try join(a.arguments, 1, a) }),
    ("vertcat", { a throws(RuntimeError) in try join(a.arguments, 0, a) }),
    ("cat", catenation), ("linspace", linearSpace), ("accumarray", accumulation),
    ("merge", choice), ("ifelse", choice), ("num2cell", cellsOfNumbers), ("mat2cell", cellsOfBlocks),
    ("colon", range),
  ]

  /// Every element of the result is one of the argument, or zero: the function itself, applied to the numbers of
  /// the elements, says which.
  static let selections: [(String, Rule)] = [
    "permute", "ipermute", "repmat", "flip", "fliplr", "flipud", "rot90", "rotdim", "circshift", "diag",
    "triu",
    "tril", "resize", "postpad", "prepad", "shiftdim", "vech", "repelem", "sort", "shift", "blkdiag",
    "toeplitz", "hankel",
  ].map { ($0, selection) }

  private static func reshape(_ a: Application) throws(RuntimeError) -> [Value] {
    let (algebra, shape) = (a.algebra, a[0].shape)
    guard a.isTracked(0) else {
      return try algebra.run(a.builtin, a.arguments.map(\.plain), outputs: a.outputs)
    }
    return [
      try a.record(try a.value(), .whole { g throws(RuntimeError) in try algebra.reshape(g, shape) })
    ]
  }

  private static func selection(_ a: Application) throws(RuntimeError) -> [Value] {
    let algebra = a.algebra
    let isPadding = ["postpad", "prepad"].contains(a.builtin.name)
    if isPadding { try a.refuseTracking(of: 2, "a number to pad with") }
    if a.builtin.name == "blkdiag", a.count > 1 { return [try blocks(a)] }
    if ["toeplitz", "hankel"].contains(a.builtin.name), a.count > 1 { throw a.refusal("this form") }
    guard a.isTracked(0) else {
      // Only a size or a dimension is tracked.
      return try algebra.run(a.builtin, a.arguments.map(\.plain), outputs: a.outputs)
    }
    if a.builtin.name == "sort" { return try sorted(a) }
    let shape = a[0].shape
    var arguments = a.operands.values.map(\.plain)
    // What is padded with is no element of the argument.
    if isPadding, a.count > 2 { arguments[2] = .number(0) }
    arguments[0] = .make(NDArray(shape, (0..<shape.count).map { Double($0 + 1) }))
    let chosen = try algebra.run(a.builtin, arguments, outputs: 1)
    guard let places = chosen.first?.realArray else { throw a.refusal("this form") }
    let offsets = places.map { (Int(exactly: $0) ?? 0) - 1 }.list
    let value = try algebra.run(a.builtin, a.operands.values, outputs: 1).first ?? .emptyMatrix
    return [
      try a.record(
        value, .into { g, target throws(RuntimeError) in try algebra.scatter(g, offsets, into: &target) })
    ]
  }

  /// `blkdiag (A, B, …)`, each block put in its place.
  private static func blocks(_ a: Application) throws(RuntimeError) -> Value {
    var result = try a.algebra.run(a.builtin, a.arguments.map(\.plain), outputs: 1).first ?? .emptyMatrix
    var (row, column) = (0, 0)
    for block in a.arguments {
      let (rows, columns) = (block.shape.rows, block.shape.columns)
      if block.tracked != nil, !block.isEmpty {
        var place: [Value] = [
          .row((0..<rows).map { Double(row + $0 + 1) }), .row((0..<columns).map { Double(column + $0 + 1) }),
        ]
        try place.withArguments { window throws(RuntimeError) in
          try Indexing.assign(&result, window, block, name: "")
        }
      }
      row += rows
      column += columns
    }
    return result
  }

  private static func sorted(_ a: Application) throws(RuntimeError) -> [Value] {
    let results = try a.algebra.run(a.builtin, a.operands.values.map(\.plain), outputs: 2)
    let hasDimension = a.count > 1 && !a[1].isText
    return try picked(
      a, results, along: hasDimension ? try a.dimension(1, of: a[0].shape) : a[0].shape.firstNonSingleton)
  }

  private static func join(_ values: [Value], _ dimension: Int, _ a: Application) throws(RuntimeError)
    -> [Value]
  {
    guard let result = try Differentiation.concatenate(values, along: dimension) else {
      throw a.refusal("joining numbers with cells")
    }
    return [result]
  }

  private static func catenation(_ a: Application) throws(RuntimeError) -> [Value] {
    guard let d = Int(exactly: a[0].plain.firstReal ?? 0), d >= 1 else {
      throw RuntimeError("cat: DIM must be a valid dimension")
    }
    return try join(Array(a.arguments.dropFirst()), d - 1, a)
  }

  private static func range(_ a: Application) throws(RuntimeError) -> [Value] {
    let hasIncrement = a.count > 2
    return [
      try Operators.range(
        a.arguments[0], hasIncrement ? a.arguments[1] : nil, a.arguments[hasIncrement ? 2 : 1])
    ]
  }

  private static func linearSpace(_ a: Application) throws(RuntimeError) -> [Value] {
    let (algebra, low) = (a.algebra, a.arguments[0])
    // The ordinary function knows how many there are; one number alone is the upper end.
    let n = try a.value().shape.columns
    let last = Double(n - 1)
    let steps = Value.row((0..<n).map { last == 0 ? 1 : Double($0) / last })
    let width = try algebra.subtract(a.arguments[1], low)
    return [try algebra.add(low, try algebra.times(width, steps))]
  }

  /// `accumarray (subs, vals, size?, f?)`: with sums, or with a function of the values that go to one place.
  private static func accumulation(_ a: Application) throws(RuntimeError) -> [Value] {
    guard a.count <= 4, !a.isTracked(0) else { throw a.refusal("this form") }
    let value = try a.value()
    let (algebra, own, shape) = (a.algebra, a[1].shape, value.shape)
    guard let places = a[0].plain.realArray else { throw a.refusal("this form") }
    let columns = places.shape.columns
    let subscripts: [Value] =
      columns == 1 || places.shape.rows == 1 && places.count > 0 && shape.isColumn
      ? [.make(places)]
      : (0..<columns).map { j in
        .make(NDArray(column: (0..<places.shape.rows).map { places[$0, j] }))
      }
    let offsets: [Int]
    if subscripts.count == 1 {
      offsets = try Differentiation.offsets(subscripts, in: shape)
    } else {
      var all: [Int] = []
      for i in 0..<places.shape.rows {
        var (offset, stride) = (0, 1)
        for j in 0..<columns {
          offset += ((Int(exactly: places[i, j]) ?? 1) - 1) * stride
          stride *= shape[j]
        }
        all.append(offset)
      }
      offsets = all
    }
    if a.count > 3, !a[3].isEmpty { return [try gathered(a, offsets, shape)] }
    return [
      try a.record(
        value,
        [
          (
            1,
            .whole { g throws(RuntimeError) in
              if own.isScalar {
                return try algebra.total(try algebra.gather(g, offsets, Shape(offsets.count, 1)))
              }
              return try algebra.gather(g, offsets, own)
            }
          )
        ])
    ]
  }

  /// The function of each group of values, in its place among what the ordinary function puts elsewhere.
  private static func gathered(
    _ a: Application, _ offsets: [Int], _ shape: Shape
  ) throws(RuntimeError) -> Value {
    guard case .function(let function) = a[3] else { throw a.refusal("this form") }
    var groups: [Int: [Double]] = [:]
    for (position, offset) in offsets.enumerated() {
      groups[offset, default: []].append(Double(position + 1))
    }
    let places = groups.keys.sorted()
    var values: [Value] = []
    for place in places {
      let members = try a.algebra.index(a.arguments[1], .column(groups[place] ?? []))
      guard let one = try a.algebra.context.invoker.invoke(function, [members], outputs: 1).first else {
        throw a.refusal("this form")
      }
      values.append(one)
    }
    guard let column = try Differentiation.concatenate(values, along: 0) else {
      throw a.refusal("this form")
    }
    guard let rest = try a.value().realArray?.copy() else { throw a.refusal("this form") }
    for place in places { rest[place] = 0 }
    return try a.algebra.add(.make(rest), try a.algebra.scatter(column, places, shape))
  }

  /// `merge (mask, a, b)`
  private static func choice(_ a: Application) throws(RuntimeError) -> [Value] {
    let algebra = a.algebra
    let mask = a[0].plain
    let value = try algebra.run(a.builtin, [mask, a[1], a[2]], outputs: 1).first ?? .emptyMatrix
    // One truth value takes one side as it is, whatever the size of the other.
    if mask.shape.isScalar { return [a.arguments[try Operators.isTrue(mask) ? 1 : 2]] }
    let (full, shapeX, shapeY) = (value.shape, a[1].shape, a[2].shape)
    let toX = try algebra.mask(.notEqual, mask, .number(0))
    let toY = try algebra.mask(.equal, mask, .number(0))
    func side(_ weights: Value, _ shape: Shape) -> Link.Pull {
      .elementwise { g throws(RuntimeError) in
        try algebra.reduce(try algebra.times(g, weights), from: full, to: shape)
      }
    }
    return [try a.record(value, [(1, side(toX, shapeX)), (2, side(toY, shapeY))])]
  }

  // MARK: - Cells

  private static func cellsOfNumbers(_ a: Application) throws(RuntimeError) -> [Value] {
    guard a.count == 1 else { throw a.refusal("this form") }
    let shape = a[0].shape
    var cells: [Value] = []
    for i in 0..<shape.count { cells.append(try a.algebra.index(a.arguments[0], .integer(i + 1))) }
    return [.cell(shape, cells)]
  }

  private static func cellsOfBlocks(_ a: Application) throws(RuntimeError) -> [Value] {
    guard a.count <= 3, a[0].shape.is2D, let rows = a[1].plain.realArray else { throw a.refusal("this form") }
    let columns =
      a.count > 2 ? a[2].plain.realArray : NDArray<Double>(scalar: Double(a[0].shape.columns))
    guard let columns else { throw a.refusal("this form") }
    // The ordinary function checks the sizes.
    _ = try a.algebra.run(a.builtin, a.arguments.map(\.plain), outputs: 1)
    var cells: [Value] = []
    var left = 1.0
    for width in columns {
      var top = 1.0
      for height in rows {
        let block = [
          try Operators.range(.number(top), nil, .number(top + height - 1)),
          try Operators.range(.number(left), nil, .number(left + width - 1)),
        ]
        cells.append(try a.algebra.index(a.arguments[0], block))
        top += height
      }
      left += width
    }
    return [.cell(Shape(rows.count, columns.count), cells)]
  }
}
