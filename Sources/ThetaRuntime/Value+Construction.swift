import ThetaArrays

// How values are made from arrays and Swift values, in canonical form.

/// An element type that has a class in the language.
public protocol ValueElement: ArrayElement {
  /// Wraps an array of any shape in canonical form (a 1×1 double becomes `.number`).
  static func wrap(_ array: NDArray<Self>) -> Value
}

extension Double: ValueElement {
  public static func wrap(_ array: NDArray<Double>) -> Value {
    array.shape.isScalar ? .number(array[0]) : .real(array)
  }
}
extension Bool: ValueElement {
  public static func wrap(_ array: NDArray<Bool>) -> Value {
    array.shape.isScalar ? .logical(array[0]) : .boolean(array)
  }
}
extension Float: ValueElement { public static func wrap(_ array: NDArray<Float>) -> Value { .single(array) } }
extension Int8: ValueElement { public static func wrap(_ array: NDArray<Int8>) -> Value { .int8(array) } }
extension Int16: ValueElement { public static func wrap(_ array: NDArray<Int16>) -> Value { .int16(array) } }
extension Int32: ValueElement { public static func wrap(_ array: NDArray<Int32>) -> Value { .int32(array) } }
extension Int64: ValueElement { public static func wrap(_ array: NDArray<Int64>) -> Value { .int64(array) } }
/// Bytes wrap as `uint8`; characters are made with `Value.text`.
extension UInt8: ValueElement { public static func wrap(_ array: NDArray<UInt8>) -> Value { .uint8(array) } }
extension UInt16: ValueElement {
  public static func wrap(_ array: NDArray<UInt16>) -> Value { .uint16(array) }
}
extension UInt32: ValueElement {
  public static func wrap(_ array: NDArray<UInt32>) -> Value { .uint32(array) }
}
extension UInt64: ValueElement {
  public static func wrap(_ array: NDArray<UInt64>) -> Value { .uint64(array) }
}
extension Value: ValueElement { public static func wrap(_ array: NDArray<Value>) -> Value { .cell(array) } }

/// The part of a complex number that has a complex class in the language: double and single.
public protocol ComplexPart: ValueElement, BinaryFloatingPoint {
  static func wrapComplex(_ array: NDArray<Complex<Self>>) -> Value
}
extension Double: ComplexPart {
  public static func wrapComplex(_ array: NDArray<ComplexDouble>) -> Value { .complex(array) }
}
extension Float: ComplexPart {
  public static func wrapComplex(_ array: NDArray<ComplexSingle>) -> Value { .singleComplex(array) }
}

extension Complex: ValueElement where Part: ComplexPart {
  /// Narrows to real when no imaginary part is nonzero (a NaN counts as nonzero), as Octave's operators do.
  public static func wrap(_ array: NDArray<Complex<Part>>) -> Value {
    let isReal = !array.contains { !($0.imaginary == 0) }
    return isReal ? .make(array.map { $0.real }) : Part.wrapComplex(array)
  }
}

extension Value {
  /// An array in canonical form.
  public static func make<Element: ValueElement>(_ array: NDArray<Element>) -> Value { Element.wrap(array) }

  /// A 1×n row of doubles.
  public static func row(_ elements: [Double]) -> Value { .make(NDArray(row: elements)) }
  /// An n×1 column of doubles.
  public static func column(_ elements: [Double]) -> Value { .make(NDArray(column: elements)) }

  /// An integer as a double.
  public static func integer(_ value: Int) -> Value { .number(Double(value)) }

  /// `[]`, 0×0
  public static var emptyMatrix: Value { .zero }

  /// A row of characters; the empty string is 0×0, as `''` is.
  public static func string(_ text: String, _ quotes: QuoteStyle = .single) -> Value {
    .bytes(Array(text.utf8), quotes)
  }

  /// A row of characters from bytes; 0×0 when there are none.
  public static func bytes(_ bytes: [UInt8], _ quotes: QuoteStyle = .single) -> Value {
    .text(NDArray(Shape(bytes.isEmpty ? 0 : 1, bytes.count), bytes), quotes)
  }

  /// A character matrix, one string a row, padded with blanks to the longest.
  public static func characterMatrix(_ lines: [[UInt8]]) -> Value {
    let width = lines.map(\.count).max() ?? 0
    let array = NDArray<UInt8>(Shape(lines.count, width), repeating: UInt8(ascii: " "))
    for (i, line) in lines.enumerated() {
      for (j, byte) in line.enumerated() { array[i, j] = byte }
    }
    return .text(array, .single)
  }

  /// A cell of a shape.
  public static func cell(_ shape: Shape, _ values: [Value]) -> Value { .cell(NDArray(shape, values)) }

  /// A 1×1 struct.
  public static func structure(_ fields: [(String, Value)]) -> Value {
    let result = StructArray()
    for (name, value) in fields { result.setField(name, value) }
    return .structure(result)
  }
}
