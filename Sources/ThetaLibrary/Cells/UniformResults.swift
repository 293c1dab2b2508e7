import ThetaArrays
import ThetaNumeric
import ThetaRuntime

/// The results of a function applied element by element, as one array: the class is that of the first result, and the
/// others are converted to it.
enum UniformResults {
  static func array(_ values: [Value], _ shape: Shape, function: String) throws(RuntimeError) -> Value {
    guard let first = values.first else { return .make(NDArray<Double>(zeros: shape)) }
    if let plain = scalars(values, shape) { return plain }
    for value in values where value.count != 1 {
      let name = function == "arrayfun" ? "arrayfun" : "cellfun"
      throw RuntimeError(
        "\(name): all values must be scalars when UniformOutput = true",
        identifier: name == "arrayfun" ? "Octave:invalid-fun-call" : "")
    }
    // Values that follow derivatives join as the numbers that they stand for.
    if values.contains(where: { if case .object(let object) = $0 { object.plainValue != nil } else { false } }
    ) {
      return try Concatenation.along(1, values, function: function).reshapedValue(shape)
    }
    switch first {
    case .cell:
      return .cell(shape, values.map { value in if case .cell(let cell) = value { cell[0] } else { value } })
    case .structure:
      for value in values where !value.isStructure { throw RuntimeError("invalid structure assignment") }
      return try structures(values).reshapedValue(shape)
    case .function, .object:
      throw RuntimeError("octave_base_value::resize (): wrong type argument '\(first.typeName)'")
    default: return try numbers(values, first, shape)
    }
  }

  /// All real doubles or all logical: most results are.
  private static func scalars(_ values: [Value], _ shape: Shape) -> Value? {
    var numbers: [Double] = []
    var flags: [Bool] = []
    for value in values {
      switch value {
      case .number(let x): numbers.append(x)
      case .logical(let x): flags.append(x)
      default: return nil
      }
    }
    if flags.isEmpty { return .make(NDArray(shape, numbers)) }
    return numbers.isEmpty ? .make(NDArray(shape, flags)) : nil
  }

  private static func structures(_ values: [Value]) throws(RuntimeError) -> Value {
    var result = Value.undefined
    for (index, value) in values.enumerated() {
      guard case .structure(let next) = value else { continue }
      if case .structure(let known) = result, Set(known.names) != Set(next.names) {
        throw RuntimeError("incompatible fields in struct assignment")
      }
      var subscripts: [Value] = [.integer(index + 1)]
      let count = subscripts.count
      try subscripts.withUnsafeMutableBufferPointer { buffer throws(RuntimeError) in
        guard let base = buffer.baseAddress else { return }
        try Indexing.assign(&result, Arguments(base: base, count: count), value, name: "")
      }
    }
    return result
  }

  private static func numbers(_ values: [Value], _ first: Value, _ shape: Shape) throws(RuntimeError) -> Value
  {
    for value in values where value.numericClass == nil && !value.isText && !value.isLogical {
      // The message names an array of the first value's class.
      let like = try Concatenation.along(
        1, [first.isText || first.isLogical ? .number(0) : first, first], function: "")
      throw RuntimeError.noConversion(from: value, to: like)
    }
    let name = try className(values, first)
    if values.contains(where: \.isComplex) {
      let elements = NDArray(shape, values.map { $0.complexArray?[0] ?? ComplexDouble(0) })
      return name == "single"
        ? .singleComplex(elements.map { ComplexSingle(Float($0.real), Float($0.imaginary)) })
        : .complex(elements)
    }
    if name == "int64" || name == "uint64" {
      // Not by way of doubles, which do not hold all of them.
      var converted: [Value] = []
      for value in values { converted.append(try ClassConversions.converted(value, to: name) ?? value) }
      return try Concatenation.along(1, converted, function: "").reshapedValue(shape)
    }
    return .converting(NDArray(shape, values.map { $0.firstReal ?? 0 }), to: name)
  }

  /// The class of the result: that of the first value, which text and logical values give up beside wider ones.
  private static func className(_ values: [Value], _ first: Value) throws(RuntimeError) -> String {
    if values.contains(where: \.isComplex) {
      if first.isSingle { return "single" }
      if first.isFloat { return "double" }
      return values.first(where: \.isComplex)?.isSingle == true ? "single" : "double"
    }
    let hasNaN = values.contains { $0.isFloat && $0.firstReal?.isNaN == true }
    if first.isLogical {
      if let text = values.first(where: \.isText) {
        throw RuntimeError(
          "octave_base_value::bool_array_value(): wrong type argument '\(Read.typeName(text))'")
      }
      if values.contains(where: \.isSingle) { return "double" }
      if hasNaN { throw RuntimeError("invalid conversion from NaN to logical") }
    }
    if first.isText {
      if values.contains(where: { $0.isSingle || $0.isInteger }) { return "double" }
      if hasNaN { throw RuntimeError("invalid conversion from NaN to character") }
    }
    return first.className
  }
}
