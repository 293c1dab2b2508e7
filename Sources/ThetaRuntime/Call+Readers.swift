import ThetaArrays

// Typed readers of arguments, with Octave's messages. `position` counts from zero. Where functions of Octave
// word the same misuse differently, the caller passes its own `message` (without the function's name).

extension Call {
  /// The error for an argument that is not what the function wants.
  func refusal(_ position: Int, _ expected: String, _ message: String?) -> RuntimeError {
    error(message ?? "argument \(position + 1) must be \(expected)")
  }

  /// A real number: the first element of a numeric, logical or char array.
  public func real(_ position: Int, _ message: String? = nil) throws(RuntimeError) -> Double {
    guard position < count else { throw invalid }
    if case .number(let x) = self[position] { return x }
    guard let x = self[position].firstReal else { throw refusal(position, "a real number", message) }
    return x
  }

  /// A real number, or `fallback` when the argument is left out or is `[]`.
  public func real(_ position: Int, default fallback: Double) throws(RuntimeError) -> Double {
    guard let value = optional(position), !value.isEmpty else { return fallback }
    return try real(position)
  }

  /// A number without a fraction. Octave's error otherwise: `conversion of 1.5 to int value failed`.
  public func integer(
    _ position: Int, _ message: String? = nil, type: String = "int"
  ) throws(RuntimeError) -> Int {
    let x = try real(position, message)
    guard let i = Int(exactly: x) else {
      if let message { throw error(message) }
      throw .integerConversion(x, type: type)
    }
    return i
  }

  /// An integer, or `fallback` when the argument is left out or is `[]`.
  public func integer(_ position: Int, default fallback: Int) throws(RuntimeError) -> Int {
    guard let value = optional(position), !value.isEmpty else { return fallback }
    return try integer(position)
  }

  /// A truth value: the first element is nonzero.
  public func flag(_ position: Int, _ message: String? = nil) throws(RuntimeError) -> Bool {
    try real(position, message) != 0
  }

  /// A row of characters.
  public func string(_ position: Int, _ message: String? = nil) throws(RuntimeError) -> String {
    String(decoding: try bytes(position, message), as: UTF8.self)
  }

  /// A row of characters as bytes.
  public func bytes(_ position: Int, _ message: String? = nil) throws(RuntimeError) -> [UInt8] {
    guard position < count else { throw invalid }
    guard let bytes = self[position].textBytes else { throw refusal(position, "a string", message) }
    return bytes
  }

  /// A string; of a character matrix its first row, with a warning.
  public func firstRow(_ position: Int, _ message: String? = nil) throws(RuntimeError) -> [UInt8] {
    let bytes = try self.bytes(position, message)
    guard self[position].shape.rows > 1, let rows = self[position].textRows else { return bytes }
    try context.warn(
      "multi-row character matrix converted to a string, only the first row is used",
      identifier: "Octave:charmat-truncated")
    return rows[0]
  }

  /// A string or a cell array of strings as a list.
  public func strings(_ position: Int, _ message: String? = nil) throws(RuntimeError) -> [String] {
    guard position < count else { throw invalid }
    guard let list = self[position].stringList else {
      throw refusal(position, "a string or cell array of strings", message)
    }
    return list
  }

  /// The elements as real doubles.
  public func array(_ position: Int, _ message: String? = nil) throws(RuntimeError) -> NDArray<Double> {
    guard position < count else { throw invalid }
    if case .real(let array) = self[position] { return array }
    guard let array = self[position].realArray else { throw refusal(position, "a real matrix", message) }
    return array
  }

  /// The elements as complex doubles.
  public func complexArray(
    _ position: Int, _ message: String? = nil
  ) throws(RuntimeError) -> NDArray<ComplexDouble> {
    guard position < count else { throw invalid }
    guard let array = self[position].complexArray else {
      throw refusal(position, "a numeric matrix", message)
    }
    return array
  }

  /// A cell array.
  public func cell(_ position: Int, _ message: String? = nil) throws(RuntimeError) -> NDArray<Value> {
    guard position < count else { throw invalid }
    guard case .cell(let cells) = self[position] else { throw refusal(position, "a cell array", message) }
    return cells
  }

  /// A struct or struct array.
  public func structure(_ position: Int, _ message: String? = nil) throws(RuntimeError) -> StructArray {
    guard position < count else { throw invalid }
    guard case .structure(let s) = self[position] else { throw refusal(position, "a struct", message) }
    return s
  }

  /// Something that `invoke` can call: a function handle or a function's name.
  public func function(_ position: Int, _ message: String? = nil) throws(RuntimeError) -> Value {
    guard position < count else { throw invalid }
    switch self[position] {
    case .function, .text: return self[position]
    default: throw refusal(position, "a function handle or name", message)
    }
  }

  /// A dimension, counted from zero. Octave's error otherwise: `sum: invalid dimension DIM = 0`; functions
  /// that say `max: DIM must be a valid dimension` pass that as `message`.
  public func dimension(_ position: Int, _ message: String? = nil) throws(RuntimeError) -> Int {
    guard position < count else { throw invalid }
    guard let x = self[position].firstReal else {
      if let message { throw error(message) }
      throw RuntimeError("octave_base_value::int_value (): wrong type argument '\(self[position].typeName)'")
    }
    guard x >= 1, x <= 64 * 1024, let d = Int(exactly: x.rounded(.towardZero)) else {
      if let message { throw error(message) }
      throw error("invalid dimension DIM = \(NumberText.general(x.rounded(.towardZero), precision: 17))")
    }
    return d - 1
  }

  /// A dimension for the functions that do not cut off a fraction: `conversion of 1.5 to int value failed`.
  public func wholeDimension(_ position: Int, _ message: String) throws(RuntimeError) -> Int {
    if position < count, let x = self[position].firstReal, x >= 1 { _ = try integer(position) }
    return try dimension(position, message)
  }

  /// The dimension argument, or the first dimension of a shape that is not one.
  public func dimension(
    _ position: Int, for shape: Shape, _ message: String? = nil
  ) throws(RuntimeError) -> Int {
    position < count ? try dimension(position, message) : shape.firstNonSingleton
  }

  /// One of a list of words, whatever its case.
  public func option(
    _ position: Int, among words: [String], _ message: String? = nil
  ) throws(RuntimeError) -> String {
    let word = try string(position, message)
    for candidate in words where candidate == word || candidate.lowercased() == word.lowercased() {
      return candidate
    }
    throw error(message ?? "unrecognized option \"\(word)\"")
  }

  /// True when the argument is this text, whatever its case.
  public func isOption(_ position: Int, _ word: String) -> Bool {
    guard position < count, let text = self[position].stringValue else { return false }
    return text.lowercased() == word.lowercased()
  }

  /// Calls a function for exactly one value.
  public func invokeForValue(_ function: Value, _ arguments: [Value]) throws(RuntimeError) -> Value {
    guard let value = try invoke(function, arguments, outputs: 1).first else {
      throw RuntimeError("value on the right hand side of the assignment not defined")
    }
    return value
  }
}

// MARK: - Sizes

extension Call {
  /// The size arguments from `position` on, up to `end` (default: all): `(2, 3)`, `([2 3])`, `(n)` for n×n,
  /// none for 1×1. Negative sizes count as zero. The shape is checked against the memory of the machine.
  public func size(
    from position: Int = 0, upTo end: Int? = nil, elementSize: Int = 8
  ) throws(RuntimeError) -> Shape {
    let end = min(end ?? count, count)
    var shape = Shape.scalar
    if end - position == 1 {
      shape = try sizeVector(self[position])
    } else if end > position {
      var sizes: [Int] = []
      for i in position..<end {
        let value = self[i]
        if value.isEmpty, value.numericClass != nil {
          sizes.append(0)
          continue
        }
        guard let x = value.firstReal else {
          throw RuntimeError("octave_base_value::int64_value (): wrong type argument '\(value.typeName)'")
        }
        guard let n = Int(exactly: x) else { throw .integerConversion(x, type: "int64_t") }
        sizes.append(n)
      }
      shape = Shape(sizes)
    }
    try Call.check(shape, elementSize: elementSize)
    return shape
  }

  /// Size arguments that a class name may end: `zeros (2, 3, "int8")`. Nil when no class is named.
  public func sizeAndClass(
    from position: Int = 0
  ) throws(RuntimeError) -> (shape: Shape, numericClass: NumericClass?) {
    guard count > position, let name = self[count - 1].stringValue else {
      return (try size(from: position), nil)
    }
    // `zeros (2, "like", x)`
    guard let numericClass = NumericClass(rawValue: name), numericClass != .char else {
      throw RuntimeError("invalid data type specified")
    }
    return (try size(from: position, upTo: count - 1), numericClass)
  }

  private func sizeVector(_ value: Value) throws(RuntimeError) -> Shape {
    guard let array = value.isComplex ? value.complexArray?.map({ $0.real }) : value.realArray else {
      throw RuntimeError("octave_base_value::array_value(): wrong type argument '\(value.typeName)'")
    }
    if value.isText { throw RuntimeError("invalid conversion from string to real N-D array") }
    guard array.shape.isVector, !array.shape.isEmpty else {
      throw RuntimeError("\(name) (A): use \(name) (size (A)) instead")
    }
    var sizes: [Int] = []
    for x in array {
      guard let n = Int(exactly: x) else { throw .integerConversion(x, type: "octave_idx_type") }
      sizes.append(n)
    }
    return sizes.count == 1 ? Shape([sizes[0], sizes[0]]) : Shape(sizes)
  }

  /// Throws when an array of this shape would not fit into memory.
  public static func check(_ shape: Shape, elementSize: Int = 8) throws(RuntimeError) {
    do { _ = try shape.checkedCount(elementSize: elementSize) } catch { throw RuntimeError(error) }
  }
}

extension RuntimeError {
  /// `conversion of 1.5 to int value failed`
  static func integerConversion(_ x: Double, type: String) -> RuntimeError {
    RuntimeError("conversion of \(NumberText.general(x)) to \(type) value failed")
  }
}
