import ThetaArrays

/// The class that values take on when they are joined: text over everything, then the first integer class,
/// single, double, logical; a cell takes all others in as elements; structs join structs.
enum ConcatenationClass {
  case numeric(NumericClass)
  case char(QuoteStyle)
  case cell
  case structure

  var isSingle: Bool { if case .numeric(.single) = self { true } else { false } }

  /// Throws when the values do not mix. `rows` counts the rows of a literal.
  init(_ values: [Value], _ context: Context?, rows: Int = 0) throws(RuntimeError) {
    if let handles = try ConcatenationClass.containers(values) {
      self = handles
      return
    }
    let classes = values.compactMap(\.numericClass)
    if classes.contains(.char) {
      if classes.contains(where: { $0 != .char }) {
        try context?.warn("implicit conversion from numeric to char", identifier: "Octave:num-to-str")
      }
      for value in values where value.isComplex && value.shape.isScalar {
        throw RuntimeError("octave_base_value::char_array_value(): wrong type argument '\(value.typeName)'")
      }
      let allDouble = values.allSatisfy { if case .text(_, .double) = $0 { true } else { false } }
      self = .char(allDouble ? .double : .single)
    } else if let integer = classes.first(where: \.isInteger) {
      let isScalarRow = rows == 1 && values.allSatisfy(\.shape.isScalar)
      for value in values where value.isComplex && (rows <= 1 || !value.isEmpty) {
        throw RuntimeError(
          "octave_base_value::\(integer.rawValue)_\(isScalarRow ? "scalar" : "array")_value(): wrong type argument '\(value.typeName)'"
        )
      }
      self = .numeric(integer)
    } else if classes.contains(.single) {
      self = .numeric(.single)
    } else {
      self = .numeric(classes.allSatisfy { $0 == .logical } ? .logical : .double)
    }
  }

  /// The class when cells, structs, handles or objects take part; nil for numbers and text only.
  private static func containers(_ values: [Value]) throws(RuntimeError) -> ConcatenationClass? {
    if values.allSatisfy({ $0.numericClass != nil }) { return nil }
    if values.contains(where: \.isCell) {
      if case .structure = values[0] {
        throw RuntimeError("octave_base_value::cell_value(): wrong type argument '\(values[0].typeName)'")
      }
      return .cell
    }
    if case .function = values[0] { throw .handleConcatenation }
    for value in values.dropFirst() where value.isFunction {
      if values[0].shape == .empty { throw .handleConcatenation }
      throw notImplemented(values[0], value)
    }
    if values.contains(where: { $0.isText && $0.isEmpty }),
      let structure = values.first(where: \.isStructure)
    {
      throw RuntimeError(
        "octave_base_value::convert_to_str_internal (): wrong type argument '\(structure.typeName)'")
    }
    var fields: StructArray?
    for value in values {
      switch value {
      case .structure(let s):
        if let fields, Set(fields.names) != Set(s.names) {
          throw RuntimeError("cat: field names mismatch in concatenating structs")
        }
        fields = fields ?? s
      case _ where value.isEmpty && value.isNumeric: continue
      default:
        if case .structure = values[0], value.operandTypeName == "matrix" {
          throw RuntimeError("invalid concatenation of structure with matrix")
        }
        if case .structure = value {
        } else {
          guard case .structure = values[0] else {
            throw notImplemented(value, values.first(where: \.isStructure) ?? values[0])
          }
          throw RuntimeError(
            "concatenation operator not implemented for 'struct' by '\(value.operandTypeName)' operations")
        }
      }
    }
    return .structure
  }

  private static func notImplemented(_ a: Value, _ b: Value) -> RuntimeError {
    var left = a.operandTypeName
    if a.isStructure {
      left = "struct"
    } else if left == "scalar" {
      left = "matrix"
    } else if left.hasSuffix(" scalar") {
      left = left.dropLast(6) + "matrix"
    }
    return RuntimeError(
      "concatenation operator not implemented for '\(left)' by '\(b.operandTypeName)' operations")
  }

  /// A value as this class.
  func convert(_ value: Value, keepingEmpty: Bool = false) throws(RuntimeError) -> Value {
    switch self {
    case .cell:
      if value.isCell { return value }
      guard value.isEmpty && value.numericClass != nil else { return .cell(.scalar, [value]) }
      return .cell(keepingEmpty ? value.shape : .empty, [])
    case .structure:
      // An empty matrix among structs adds nothing.
      if case .structure = value { return value }
      return .structure(StructArray(.empty, names: []))
    case .char: return Conversions.joinedCharacter(value) ?? value
    case .numeric(let c):
      switch c {
      case .double: return Conversions.double(value.full) ?? value
      case .logical, .char: return value
      case .single: return Conversions.single(value.full)
      default: return try Conversions.convert(value, to: c) ?? value
      }
    }
  }
}

/// Text matrices: rows of strings, the shorter ones filled with blanks.
enum TextRows {
  static func matrix(_ rows: [[Value]], _ quotes: QuoteStyle) throws(RuntimeError) -> Value {
    var lines: [NDArray<UInt8>] = []
    for row in rows {
      let parts = row.compactMap { value -> NDArray<UInt8>? in
        if case .text(let a, _) = value { a } else { nil }
      }
      let (shape, kept) = try Concatenation.plan(parts.map(\.shape), along: 1, style: .horizontal)
      lines.append(try joined(kept.map { parts[$0] }, shape, along: 1))
    }
    if lines.count == 1 { return .text(lines[0], quotes) }
    let filled = lines.filter { $0.shape.rows > 0 || $0.shape.columns > 0 }
    let width = filled.map(\.shape.columns).max() ?? 0
    if filled.allSatisfy({ $0.shape.is2D }), filled.contains(where: { $0.shape.columns != width }) {
      lines = filled.filter { $0.count > 0 }.map { widened($0, to: width) }
    }
    if lines.isEmpty { return .text(NDArray(zeros: .empty), quotes) }
    let (shape, kept) = try Concatenation.plan(lines.map(\.shape), along: 0, style: .vertical)
    return .text(try joined(kept.map { lines[$0] }, shape, along: 0), quotes)
  }

  private static func joined(
    _ parts: [NDArray<UInt8>], _ shape: Shape, along dimension: Int
  ) throws(RuntimeError) -> NDArray<UInt8> {
    if parts.count == 1, parts[0].shape == shape { return parts[0] }
    return try RuntimeError.converting { () throws(ArrayError) in
      try NDArray.concatenated(parts, along: dimension)
    }
  }

  private static func widened(_ text: NDArray<UInt8>, to width: Int) -> NDArray<UInt8> {
    if text.shape.columns == width { return text }
    let result = NDArray<UInt8>(Shape(text.shape.rows, width), repeating: UInt8(ascii: " "))
    result.base.update(from: text.base, count: text.count)
    return result
  }
}
