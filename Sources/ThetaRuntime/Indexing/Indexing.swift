import ThetaArrays

/// Reading, writing and deleting parts of values. `name` is the variable's name for error messages, empty for
/// an unnamed value. `context` receives warnings; without one they are dropped.
public enum Indexing {
  /// `a(subscripts)`; a text value `:` is the whole dimension. Never for function handles.
  public static func element(
    _ value: Value, _ subscripts: Arguments, name: String, in context: Context? = nil
  ) throws(RuntimeError) -> Value {
    if let result = scalarElement(value, subscripts) { return result }
    if let result = column(value, subscripts) { return result }
    if subscripts.count == 1, case .boolean(let mask) = subscripts[0], case .real(let a) = value,
      a.shape.is2D,
      mask.shape == a.shape
    {
      // A row keeps its direction, all else gives a column.
      return .make(a.compressed(by: mask) { a.shape.rows == 1 ? Shape(1, $0) : Shape($0, 1) })
    }
    if case .object(let object) = value {
      guard let result = try object.index(Array(subscripts), name: name) else {
        throw .cannotIndex(value, with: "(")
      }
      return result
    }
    if case .function = value { throw .cannotIndex(value, with: "(") }
    if subscripts.count == 0 {
      let kind = value.isCell ? "cell array" : value.isStructure ? "struct" : "matrix"
      try context?.warn("'\(kind)' object indexed with empty index list")
      return value
    }
    return try select(value, try Subscript.all(subscripts, name: name), name: name)
  }

  /// `a(subscripts)` for subscripts that a function made.
  public static func element(_ value: Value, at subscripts: [Value]) throws(RuntimeError) -> Value {
    var subscripts = subscripts
    let count = subscripts.count
    return try subscripts.withUnsafeMutableBufferPointer { buffer throws(RuntimeError) in
      guard let base = buffer.baseAddress else { return value }
      return try element(value, Arguments(base: base, count: count), name: "")
    }
  }

  /// One element under plain numbers, without making subscripts; nil when anything is out of the ordinary.
  @inline(__always)
  private static func scalarElement(_ value: Value, _ subscripts: Arguments) -> Value? {
    switch value {
    case .real(let a): offset(subscripts, a.shape).map { .number(a.base[$0]) }
    case .boolean(let a): offset(subscripts, a.shape).map { .logical(a.base[$0]) }
    case .structure(let s):
      offset(subscripts, s.shape).map { .structure(s.selecting([$0], shape: .scalar)) }
    case .range(let r):
      if subscripts.count == 1, case .number(let x) = subscripts[0], x >= 1, x <= Double(r.count),
        let i = Int(exactly: x)
      {
        .number(r[i - 1])
      } else {
        nil
      }
    default: nil
    }
  }

  /// `a(:, j)` of a real matrix; nil for everything else.
  private static func column(_ value: Value, _ subscripts: Arguments) -> Value? {
    guard case .real(let a) = value, let j = columnNumber(subscripts, a.shape) else { return nil }
    let rows = a.shape.rows
    let result = NDArray<Double>(uninitialized: Shape(rows, 1))
    result.base.initialize(from: a.base + j * rows, count: rows)
    return .make(result)
  }

  /// The column that `(:, j)` names when it lies within bounds.
  static func columnNumber(_ subscripts: Arguments, _ shape: Shape) -> Int? {
    guard subscripts.count == 2, shape.is2D, case .number(let y) = subscripts[1], y >= 1,
      y <= Double(shape.columns), let j = Int(exactly: y), subscripts[0].isColon
    else { return nil }
    return j - 1
  }

  /// The offset that whole numbers within bounds mean; nil otherwise.
  @inline(__always)
  static func offset(_ subscripts: Arguments, _ shape: @autoclosure () -> Shape) -> Int? {
    switch subscripts.count {
    case 1:
      guard case .number(let x) = subscripts[0], let i = Int(exactly: x), i >= 1, i <= shape().count else {
        return nil
      }
      return i - 1
    case 2:
      let shape = shape()
      guard shape.is2D, case .number(let x) = subscripts[0], case .number(let y) = subscripts[1],
        let i = Int(exactly: x), let j = Int(exactly: y), i >= 1, i <= shape.rows, j >= 1, j <= shape.columns
      else { return nil }
      return (i - 1) + (j - 1) * shape.rows
    case 0: return nil
    default: return offset(ofMany: subscripts, shape())
    }
  }

  /// The offset under as many subscripts as there are dimensions.
  private static func offset(ofMany subscripts: Arguments, _ shape: Shape) -> Int? {
    guard subscripts.count == shape.dimensionCount else { return nil }
    var (offset, stride) = (0, 1)
    for d in 0..<subscripts.count {
      guard case .number(let x) = subscripts[d], let i = Int(exactly: x), i >= 1, i <= shape[d] else {
        return nil
      }
      offset += (i - 1) * stride
      stride *= shape[d]
    }
    return offset
  }

  static func select(_ value: Value, _ s: [Subscript], name: String) throws(RuntimeError) -> Value {
    switch value {
    case .number(let x): return .make(try NDArray(scalar: x).selecting(s, name: name))
    case .logical(let b): return .make(try NDArray(scalar: b).selecting(s, name: name))
    case .real(let a): return .make(try a.selecting(s, name: name))
    case .boolean(let a): return .make(try a.selecting(s, name: name))
    case .text(let a, let quotes): return .text(try a.selecting(s, name: name), quotes)
    case .complex(let a): return .make(try a.selecting(s, name: name))
    case .single(let a): return .make(try a.selecting(s, name: name))
    case .singleComplex(let a): return .make(try a.selecting(s, name: name))
    case .int8(let a): return .make(try a.selecting(s, name: name))
    case .int16(let a): return .make(try a.selecting(s, name: name))
    case .int32(let a): return .make(try a.selecting(s, name: name))
    case .int64(let a): return .make(try a.selecting(s, name: name))
    case .uint8(let a): return .make(try a.selecting(s, name: name))
    case .uint16(let a): return .make(try a.selecting(s, name: name))
    case .uint32(let a): return .make(try a.selecting(s, name: name))
    case .uint64(let a): return .make(try a.selecting(s, name: name))
    case .range(let r): return try select(r, s, name: name)
    case .diagonal(let d): return try SpecialSelection.select(d, s, name: name)
    case .permutation(let p): return try SpecialSelection.select(p, s, name: name)
    case .cell(let a): return .cell(try a.selecting(s, name: name))
    case .structure(let a):
      let offsets = NDArray(a.shape, Array(0..<a.count))
      let picked = try offsets.selecting(s, name: name)
      return .structure(a.selecting(Array(picked), shape: picked.shape))
    case .undefined, .function, .object: throw .cannotIndex(value, with: "(")
    }
  }

  /// Parts of a range, without its other elements.
  private static func select(_ r: RangeValue, _ s: [Subscript], name: String) throws(RuntimeError) -> Value {
    let shape = Shape(1, r.count)
    if s.count == 1 {
      try NDArray<Int>.check(s, within: shape, name: name)
      let target = NDArray<Double>.shape(of: s[0], in: shape)
      return .make(
        NDArray<Double>(target) { buffer in
          for i in buffer.indices { buffer.initializeElement(at: i, to: r[s[0][i]]) }
        })
    }
    try Value.range(r).checkStorable()
    return .make(try r.array.selecting(s, name: name))
  }

  // MARK: - Comma-separated lists

  /// `c{subscripts}`: a comma-separated list.
  public static func brace(
    _ value: Value, _ subscripts: Arguments, name: String
  ) throws(RuntimeError) -> [Value] {
    if case .object(let object) = value, let refusal = object.refusal(of: .brace) { throw refusal }
    guard case .cell(let cells) = value else { throw .cannotIndex(value, with: "{") }
    if let offset = offset(subscripts, cells.shape) { return [cells[offset]] }
    if subscripts.count == 0 { throw RuntimeError("invalid empty index expression {}, use {:} instead") }
    return Array(try cells.selecting(try Subscript.all(subscripts, name: name), name: name))
  }

  /// `s.field`: one value for each element.
  public static func field(_ value: Value, _ field: String) throws(RuntimeError) -> [Value] {
    switch value {
    case .structure(let s):
      if s.count == 1, let result = s.field(field) { return [result] }
      guard let column = s.column(field) else {
        throw RuntimeError("structure has no member '\(field)'", identifier: "Octave:invalid-indexing")
      }
      return column
    case .object(let object):
      guard let result = try object.property(field) else {
        throw RuntimeError("invalid use of a \(object.className) object: no property '\(field)'")
      }
      return [result]
    default: throw .cannotIndex(value, with: ".")
    }
  }

  // MARK: - end

  /// What `end` means as subscript `position` (from zero) of `count` into a value.
  public static func end(_ value: Value, position: Int, count: Int) throws(RuntimeError) -> Int {
    if count == 1, case .object(let object) = value { return object.elementCount }
    let shape = value.shape
    if count == 1 { return shape.count }
    if position < count - 1 { return shape[position] }
    return (position..<max(shape.dimensionCount, position + 1)).reduce(1) { $0 * shape[$1] }
  }
}

extension Value {
  /// The text `:`, a whole dimension as a subscript.
  var isColon: Bool {
    guard case .text(let codes, _) = self else { return false }
    return codes.count == 1 && codes.base[0] == UInt8(ascii: ":")
  }
}
