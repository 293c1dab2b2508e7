import ThetaArrays

/// `[ … ]`, `{ … }`, `cat`. `context` receives warnings; without one they are dropped.
public enum Concatenation {
  /// `[a, b; c, d]`: rows of values, comma-separated lists already spread.
  public static func matrix(_ rows: [[Value]], in context: Context? = nil) throws(RuntimeError) -> Value {
    let rows = rows.filter { !$0.isEmpty }
    if let result = try reals(rows) { return result }
    let all = rows.flatMap { $0 }
    if all.isEmpty { return .emptyMatrix }
    for value in all { try value.checkStorable() }
    for value in all {
      if case .object(let object) = value, let result = try object.concatenate(rows) { return result }
    }
    if all.count == 1 { return try single(all[0]) }
    if !all.allSatisfy(\.isText) { try checkSizes(rows) }
    let target = try ConcatenationClass(all, context, rows: rows.count)
    if case .char(let quotes) = target, all.allSatisfy(\.isText) { return try TextRows.matrix(rows, quotes) }
    var lines: [Value] = []
    for row in rows {
      // Beside a cell an empty matrix disappears; in a row of its own it keeps its sizes.
      let keepsEmpty = !row.contains(where: \.isCell)
      let parts = try row.map { v throws(RuntimeError) in try target.convert(v, keepingEmpty: keepsEmpty) }
      lines.append(try join(parts, along: 1, style: .horizontal, target))
    }
    return try join(lines, along: 0, style: .vertical, target)
  }

  /// Real matrices and scalars that fit together and are not empty; nil for everything else.
  private static func reals(_ rows: [[Value]]) throws(RuntimeError) -> Value? {
    var (height, width) = (0, -1)
    for row in rows {
      var (rowHeight, rowWidth) = (-1, 0)
      for value in row {
        var size = (rows: 1, columns: 1)
        switch value {
        case .number: break
        case .real(let a) where a.shape.is2D && a.count > 0: size = (a.shape.rows, a.shape.columns)
        default: return nil
        }
        if rowHeight >= 0 && rowHeight != size.rows { return nil }
        rowHeight = size.rows
        rowWidth += size.columns
      }
      if width >= 0 && width != rowWidth { return nil }
      width = rowWidth
      height += rowHeight
    }
    guard width > 0, height > 0 else { return nil }
    try Call.check(Shape(height, width))
    let result = NDArray<Double>(uninitialized: Shape(height, width))
    var top = result.base
    for row in rows {
      var to = top
      for value in row {
        switch value {
        case .number(let x):
          to.initialize(to: x)
          to += height
        case .real(let a):
          let n = a.shape.rows
          for j in 0..<a.shape.columns { (to + j * height).initialize(from: a.base + j * n, count: n) }
          to += a.shape.columns * height
        default: break
        }
      }
      top += row[0].shape.rows
    }
    return .make(result)
  }

  /// Sizes are looked at before classes. Rows with cells come later, when what is beside them has become
  /// cells.
  private static func checkSizes(_ rows: [[Value]]) throws(RuntimeError) {
    var shapes: [Shape] = []
    var hasCells = false
    for row in rows {
      if row.contains(where: \.isCell) {
        hasCells = true
      } else {
        shapes.append(try plan(row.map(\.shape), along: 1, style: .horizontal).0)
      }
    }
    if !hasCells { _ = try plan(shapes, along: 0, style: .vertical) }
  }

  /// `[a]`
  private static func single(_ value: Value) throws(RuntimeError) -> Value {
    if case .function = value { throw .handleConcatenation }
    return value.full
  }

  /// `{a, b; c, d}`
  public static func cell(_ rows: [[Value]]) throws(RuntimeError) -> Value {
    guard let width = rows.first?.count else { return .cell(.empty, []) }
    if rows.count == 1 { return .cell(Shape(width == 0 ? 0 : 1, width), rows[0]) }
    guard rows.allSatisfy({ $0.count == width }) else { throw RuntimeError("number of columns must match") }
    if width == 0 { return .cell(.empty, []) }
    var values: [Value] = []
    values.reserveCapacity(rows.count * width)
    for j in 0..<width {
      for row in rows { values.append(row[j]) }
    }
    return .cell(Shape(rows.count, width), values)
  }

  /// `cat (dimension + 1, …)`; `function` is the name for error messages.
  public static func along(
    _ dimension: Int, _ values: [Value], function: String, in context: Context? = nil
  ) throws(RuntimeError) -> Value {
    if values.isEmpty { return .emptyMatrix }
    for value in values { try value.checkStorable() }
    if values.count == 1 { return try single(values[0]) }
    for value in values {
      if case .object(let object) = value,
        let result = try object.concatenate(values, along: dimension)
      {
        return result
      }
    }
    let target = try ConcatenationClass(values, context)
    let converted = try values.map { v throws(RuntimeError) in try target.convert(v) }
    return try join(converted, along: dimension, style: .function, target)
  }

  // MARK: - Joining values of one class

  enum Style {
    case horizontal
    case vertical
    case function

    func mismatch(_ a: Shape, _ b: Shape) -> RuntimeError {
      switch self {
      case .horizontal: RuntimeError("horizontal dimensions mismatch (\(a) vs \(b))")
      case .vertical: RuntimeError("vertical dimensions mismatch (\(a) vs \(b))")
      case .function: RuntimeError("cat: dimension mismatch")
      }
    }
  }

  /// Values of the target's class, one after another.
  private static func join(
    _ values: [Value], along dimension: Int, style: Style, _ target: ConcatenationClass
  ) throws(RuntimeError) -> Value {
    if values.count == 1 { return values[0] }
    let (shape, kept) = try plan(values.map(\.shape), along: dimension, style: style)
    let parts = kept.map { values[$0] }
    if parts.count == 1, parts[0].shape == shape { return parts[0] }
    if case .structure = target { return .structure(structures(parts, shape, dimension)) }
    switch target {
    case .numeric(.double), .numeric(.single):
      if parts.contains(where: \.isComplex) {
        return target.isSingle
          ? .make(try arrays(parts, shape, dimension) { Float.complexOperand($0)?.asArray })
          : .make(try arrays(parts, shape, dimension) { $0.complexArray })
      }
      return target.isSingle
        ? .make(try arrays(parts, shape, dimension) { Float.operand($0)?.asArray })
        : .make(try arrays(parts, shape, dimension) { Double.operand($0)?.asArray })
    case .numeric(.logical):
      return .make(try arrays(parts, shape, dimension) { try? Logic.truths($0)?.asArray })
    case .char(let quotes):
      let codes = try arrays(parts, shape, dimension) { value -> NDArray<UInt8>? in
        if case .text(let a, _) = value { a } else { nil }
      }
      return .text(codes, quotes)
    case .cell:
      let cells = try arrays(parts, shape, dimension) { value -> NDArray<Value>? in
        if case .cell(let a) = value { a } else { nil }
      }
      return .cell(cells)
    case .numeric(.int8): return .make(try arrays(parts, shape, dimension) { Int8.array(in: $0) })
    case .numeric(.int16): return .make(try arrays(parts, shape, dimension) { Int16.array(in: $0) })
    case .numeric(.int32): return .make(try arrays(parts, shape, dimension) { Int32.array(in: $0) })
    case .numeric(.int64): return .make(try arrays(parts, shape, dimension) { Int64.array(in: $0) })
    case .numeric(.uint8): return .make(try arrays(parts, shape, dimension) { UInt8.array(in: $0) })
    case .numeric(.uint16): return .make(try arrays(parts, shape, dimension) { UInt16.array(in: $0) })
    case .numeric(.uint32): return .make(try arrays(parts, shape, dimension) { UInt32.array(in: $0) })
    case .numeric(.uint64): return .make(try arrays(parts, shape, dimension) { UInt64.array(in: $0) })
    case .numeric(.char), .structure: return parts[0]
    }
  }

  /// The shape of the whole and which parts make it: empty parts that do not fit are passed over.
  static func plan(
    _ shapes: [Shape], along dimension: Int, style: Style
  ) throws(RuntimeError) -> (Shape, [Int]) {
    var shape = shapes[0]
    var kept = [0]
    func isThin(_ s: Shape) -> Bool { s.is2D && s.rows + s.columns == 1 && style != .function }
    for i in shapes.indices.dropFirst() {
      let next = shapes[i]
      if next.replacing(dimension, with: 1) == shape.replacing(dimension, with: 1) {
        let (sum, overflow) = shape[dimension].addingReportingOverflow(next[dimension])
        if overflow { throw RuntimeError(ArrayError.tooLarge) }
        shape[dimension] = sum
        kept.append(i)
      } else if shape == .empty || (next != .empty && next.is2D && !isThin(next) && isThin(shape)) {
        shape = next
        kept = [i]
      } else if next != .empty && !isThin(next) {
        throw style.mismatch(shape, next)
      }
    }
    return (shape, kept)
  }

  private static func arrays<Element: ArrayElement>(
    _ parts: [Value], _ shape: Shape, _ dimension: Int, _ read: (Value) -> NDArray<Element>?
  ) throws(RuntimeError) -> NDArray<Element> {
    try Call.check(shape, elementSize: MemoryLayout<Element>.stride)
    let sources = parts.compactMap(read)
    let result = NDArray<Element>(uninitialized: shape)
    if result.count == 0 { return result }
    let (inner, _, outer) = shape.split(at: dimension)
    var out = result.base
    for k in 0..<outer {
      for source in sources {
        let block = inner * source.shape[dimension]
        if block == 0 { continue }
        NDArray.copy(source.base + k * block, to: out, count: block)
        out += block
      }
    }
    return result
  }

  private static func structures(_ parts: [Value], _ shape: Shape, _ dimension: Int) -> StructArray {
    var sources: [StructArray] = []
    for part in parts {
      if case .structure(let s) = part { sources.append(s) }
    }
    let names = sources.first?.names ?? []
    var values: [Value] = []
    values.reserveCapacity(shape.count * names.count)
    let (inner, _, outer) = shape.split(at: dimension)
    for k in 0..<outer {
      for source in sources {
        let block = inner * source.shape[dimension]
        for element in k * block..<(k + 1) * block {
          for name in names { values.append(source.field(name, at: element) ?? .emptyMatrix) }
        }
      }
    }
    return StructArray(shape, names: names, values: values)
  }
}

extension RuntimeError {
  static var handleConcatenation: RuntimeError {
    RuntimeError("octave_base_value::resize (): wrong type argument 'function handle'")
  }
}
