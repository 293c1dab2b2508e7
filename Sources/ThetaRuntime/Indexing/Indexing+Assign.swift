import ThetaArrays

// `a(subscripts) = new`. The class of the result follows from both sides; when it is the class that the
// variable already has and nobody else holds the array, the write is in place.

extension Indexing {
  /// `a(subscripts) = new`, in place when `value` is the only reference; `.undefined` starts from nothing.
  public static func assign(
    _ value: inout Value, _ subscripts: Arguments, _ new: Value, name: String, in context: Context? = nil
  ) throws(RuntimeError) {
    if case .number(let x) = new, assignNumber(&value, subscripts, x) { return }
    if case .real(let vector) = new,
      assignColumn(&value, subscripts, vector) || assignRow(&value, subscripts, vector)
    {
      return
    }
    if ScalarAssignment.store(&value, subscripts, new) { return }
    if let type = value.objectType ?? new.objectType, try type.assign(&value, subscripts, new, in: context) {
      return
    }
    if case .object(let object) = value {
      guard try object.setIndex(Array(subscripts), new) else { throw .cannotIndex(value, with: "(") }
      return
    }
    if value.isFunction { throw .functionAssignment }
    if subscripts.count == 0 { throw RuntimeError("invalid empty index list") }
    switch new {
    case .cell, .structure, .function, .object:
      if !value.isCell, !value.isStructure, !value.isUndefinedValue {
        throw .noConversion(from: new, to: value)
      }
    default: break
    }
    if case .boolean = value, new.isText {
      throw RuntimeError(
        "octave_base_value::bool_array_value(): wrong type argument '\(new.indexedTypeName)'")
    }
    if value.isStructure, !new.isStructure { throw RuntimeError("invalid structure assignment") }
    let s = try Subscript.all(subscripts, name: name)
    // Not a switch over both: the tuple would hold a second reference to the variable's array.
    let isUndefined = value.isUndefinedValue
    switch new {
    case .cell(let cells) where value.isCell || isUndefined: try CellAssignment.store(&value, s, cells)
    case _ where value.isCell: try CellAssignment.store(&value, s, NDArray(scalar: new))
    case .structure(let right) where value.isStructure || isUndefined:
      try StructAssignment.store(&value, s, right)
    case .function where isUndefined: throw .functionAssignment
    case .cell, .structure, .function, .object: throw .noConversion(from: new, to: value)
    case _ where value.isFloat && value.shape.isScalar && new.isInteger && !new.shape.isScalar:
      do { try NumericAssignment.store(&value, s, new, context) } catch {
        throw .noConversion(from: new, to: value)
      }
    default: try NumericAssignment.store(&value, s, new, context)
    }
  }

  /// A real number into a real array: in place, or appended. False when anything is out of the ordinary.
  @inline(__always)
  private static func assignNumber(_ value: inout Value, _ subscripts: Arguments, _ x: Double) -> Bool {
    guard let offset = writableOffset(value, subscripts), var array = value.takeReal() else { return false }
    if !isKnownUniquelyReferenced(&array) { array = array.copy() }
    if offset < array.count {
      array.base[offset] = x
    } else {
      let n = array.count + 1
      array.append(x, shape: array.shape.isRow ? Shape(1, n) : Shape(n, 1))
    }
    value = .real(array)
    return true
  }

  /// `a(:, j) = column` for real matrices whose sizes fit. False when anything is out of the ordinary.
  private static func assignColumn(
    _ value: inout Value, _ subscripts: Arguments, _ column: NDArray<Double>
  ) -> Bool {
    guard subscripts.count == 2, let j = writableColumn(value, subscripts, column.shape),
      var array = value.takeReal()
    else { return false }
    if !isKnownUniquelyReferenced(&array) { array = array.copy() }
    array.base.advanced(by: j * column.count).update(from: column.base, count: column.count)
    value = .real(array)
    return true
  }

  private static func writableColumn(_ value: Value, _ subscripts: Arguments, _ column: Shape) -> Int? {
    guard case .real(let array) = value, column.isVector, column.count == array.shape.rows else { return nil }
    return columnNumber(subscripts, array.shape)
  }

  /// `a(i, :) = row`, under the same conditions.
  private static func assignRow(
    _ value: inout Value, _ subscripts: Arguments, _ row: NDArray<Double>
  ) -> Bool {
    guard subscripts.count == 2, let i = writableRow(value, subscripts, row.shape),
      var array = value.takeReal()
    else { return false }
    if !isKnownUniquelyReferenced(&array) { array = array.copy() }
    let rows = array.shape.rows
    let place = array.base + i
    for j in 0..<row.count { place[j * rows] = row.base[j] }
    value = .real(array)
    return true
  }

  private static func writableRow(_ value: Value, _ subscripts: Arguments, _ row: Shape) -> Int? {
    guard case .real(let array) = value, array.shape.is2D, row.isVector, row.count == array.shape.columns,
      case .number(let x) = subscripts[0], let i = Int(exactly: x), i >= 1, i <= array.shape.rows,
      subscripts[1].isColon
    else { return nil }
    return i - 1
  }

  /// The offset of an element of a real array, or the place right after a row or column of at least two
  /// elements; nil for everything else. A function of its own, so that no binding holds the array while it is
  /// written.
  @inline(__always)
  private static func writableOffset(_ value: Value, _ subscripts: Arguments) -> Int? {
    guard case .real(let array) = value else { return nil }
    if let offset = offset(subscripts, array.shape) { return offset }
    guard subscripts.count == 1, case .number(let position) = subscripts[0], array.shape.isVector,
      array.count > 1,
      position == Double(array.count + 1)
    else { return nil }
    return array.count
  }
}

extension RuntimeError {
  package static var functionAssignment: RuntimeError {
    RuntimeError("can't perform indexed assignment for function handle type")
  }

  package static func noConversion(from new: Value, to value: Value) -> RuntimeError {
    RuntimeError(
      "operator =: no conversion for assignment of '\(new.operandTypeName)' to indexed '\(value.operandTypeName)'"
    )
  }
}

/// Assignment between numbers, logicals and characters.
enum NumericAssignment {
  static func store(
    _ value: inout Value, _ s: [Subscript], _ new: Value, _ context: Context?
  ) throws(RuntimeError) {
    if try keepsDiagonal(&value, s, new) { return }
    try value.checkStorable()
    try new.checkStorable()
    switch try target(value, new) {
    case .double(let complex):
      if complex {
        try write(&value, s, new.complexArray, Value.takeComplex, \.complexArray) { array in
          hasImaginaryScalar(new) && array.count > 0 && s.allSatisfy { $0.isColon || $0.extent > 0 }
            ? .complex(array) : .make(array)
        }
      } else {
        try write(&value, s, new.realArray, Value.takeReal, \.realArray) { .make($0) }
      }
    case .single(let complex):
      if complex {
        try write(
          &value, s, Float.complexOperand(new)?.asArray, Value.takeSingleComplex,
          { Float.complexOperand($0)?.asArray }, { .make($0) })
      } else {
        try write(
          &value, s, Float.operand(new)?.asArray, Value.takeSingle, { Float.operand($0)?.asArray },
          { .make($0) })
      }
    case .logical:
      try write(
        &value, s, try truths(new, context), Value.takeBoolean, { try? Logic.truths($0)?.asArray },
        { .make($0) })
    case .char(let quotes):
      guard case .text(let codes, _)? = try Conversions.character(new) else {
        throw .noConversion(from: new, to: value)
      }
      try write(&value, s, codes, Value.takeText, { _ in nil }, { .text($0, quotes) })
    case .integer(let c):
      switch c {
      case .int8: try integers(Int8.self, &value, s, new)
      case .int16: try integers(Int16.self, &value, s, new)
      case .int32: try integers(Int32.self, &value, s, new)
      case .int64: try integers(Int64.self, &value, s, new)
      case .uint8: try integers(UInt8.self, &value, s, new)
      case .uint16: try integers(UInt16.self, &value, s, new)
      case .uint32: try integers(UInt32.self, &value, s, new)
      default: try integers(UInt64.self, &value, s, new)
      }
    }
  }

  private enum Target {
    case double(complex: Bool)
    case single(complex: Bool)
    case logical
    case char(QuoteStyle)
    case integer(NumericClass)
  }

  /// The class of the variable afterwards. A variable without a value takes the class of what it gets.
  private static func target(_ value: Value, _ new: Value) throws(RuntimeError) -> Target {
    guard let right = new.numericClass else { throw .noConversion(from: new, to: value) }
    let complex = value.isComplex || new.isComplex
    var left = value.numericClass ?? right
    if case .undefined = value { left = right }
    switch left {
    case .double: return .double(complex: complex)
    case .single: return .single(complex: complex)
    case .logical:
      if new.isComplex || right == .single { return .double(complex: complex) }
      return .logical
    case .char:
      if right == .char || right == .logical || right == .double && !new.isComplex {
        if case .text(_, let quotes) = value { return .char(quotes) }
        if case .text(_, let quotes) = new { return .char(quotes) }
      }
      return .double(complex: complex)
    default:
      if new.isComplex { return right == .single ? .single(complex: true) : .double(complex: true) }
      return .integer(left)
    }
  }

  private static func integers<Element: IntegerClass>(
    _ type: Element.Type, _ value: inout Value, _ s: [Subscript], _ new: Value
  ) throws(RuntimeError) {
    let right = Conversions.integer(new, type).flatMap { Element.array(in: $0) }
    try write(
      &value, s, right, { Element.take(&$0) },
      { Conversions.integer($0, type).flatMap { Element.array(in: $0) } },
      { .make($0) })
  }

  /// Writes and puts the array back, also when the write fails.
  private static func write<Element: ArrayElement>(
    _ value: inout Value, _ s: [Subscript], _ right: NDArray<Element>?,
    _ take: (inout Value) -> NDArray<Element>?,
    _ convert: (Value) -> NDArray<Element>?, _ wrap: (NDArray<Element>) -> Value
  ) throws(RuntimeError) {
    guard let right else { throw RuntimeError("invalid assignment") }
    if var own = take(&value) {
      do {
        try ThetaRuntime.assign(&own, s, right)
        value = wrap(own)
      } catch {
        value = wrap(own)
        throw error
      }
      return
    }
    var array = NDArray<Element>(zeros: .empty)
    if case .undefined = value {} else { array = convert(value) ?? array }
    try ThetaRuntime.assign(&array, s, right)
    value = wrap(array)
  }

  private static func hasImaginaryScalar(_ new: Value) -> Bool {
    if case .complex(let a) = new, a.count == 1 { return a[0].imaginary != 0 }
    return false
  }

  private static func truths(_ new: Value, _ context: Context?) throws(RuntimeError) -> NDArray<Bool>? {
    if !new.isLogical, let numbers = new.realArray,
      numbers.containsElement(where: { $0 != 0 && $0 != 1 && $0 == $0 })
    {
      try context?.warn("value not equal to 1 or 0 converted to logical 1")
    }
    return try Logic.truths(new)?.asArray
  }

  /// The entry that one or two scalar subscripts name; nil off the diagonal.
  private static func diagonalPlace(_ s: [Subscript], _ d: DiagonalMatrix) -> Int? {
    guard s.allSatisfy(\.isScalar), d.rows > 0 else { return nil }
    let (i, j): (Int, Int)
    switch s.count {
    case 1: (j, i) = s[0][0].quotientAndRemainder(dividingBy: d.rows)
    case 2: (i, j) = (s[0][0], s[1][0])
    default: return nil
    }
    return i == j && i < min(d.rows, d.columns) ? i : nil
  }

  /// An element on the diagonal of a diagonal matrix replaced by a number.
  private static func keepsDiagonal(_ value: inout Value, _ s: [Subscript], _ new: Value) throws(RuntimeError)
    -> Bool
  {
    guard case .diagonal(let d) = value, let place = diagonalPlace(s, d), new.shape.isScalar,
      new.numericClass != nil, !new.isComplex || d.entries.isComplex
    else { return false }
    var entries = d.entries
    try store(&entries, [Subscript(offset: place)], new.isComplex ? new : .number(new.firstReal ?? 0), nil)
    value = .diagonal(d.with(entries: entries))
    return true
  }
}
