import ThetaArrays

// Moving a payload out of a value, so that an array whose only owner was the variable can be changed in
// place. A binding of a pattern holds a second reference; here it ends with the function. What was taken is
// put back by the caller.

extension Value {
  var isUndefinedValue: Bool { if case .undefined = self { true } else { false } }

  /// A real array without elements, which assignment may turn into a cell.
  var isEmptyReal: Bool { if case .real(let a) = self { a.count == 0 } else { false } }

  /// The quotes that a text was written in.
  var quotes: QuoteStyle? { if case .text(_, let quotes) = self { quotes } else { nil } }

  mutating func takeReal() -> NDArray<Double>? {
    guard case .real(let array) = self else { return nil }
    self = .undefined
    return array
  }

  static func takeReal(_ value: inout Value) -> NDArray<Double>? {
    guard case .real(let array) = value else { return nil }
    value = .undefined
    return array
  }

  static func takeComplex(_ value: inout Value) -> NDArray<ComplexDouble>? {
    guard case .complex(let array) = value else { return nil }
    value = .undefined
    return array
  }

  static func takeSingle(_ value: inout Value) -> NDArray<Float>? {
    guard case .single(let array) = value else { return nil }
    value = .undefined
    return array
  }

  static func takeSingleComplex(_ value: inout Value) -> NDArray<ComplexSingle>? {
    guard case .singleComplex(let array) = value else { return nil }
    value = .undefined
    return array
  }

  static func takeBoolean(_ value: inout Value) -> NDArray<Bool>? {
    guard case .boolean(let array) = value else { return nil }
    value = .undefined
    return array
  }

  static func takeText(_ value: inout Value) -> NDArray<UInt8>? {
    guard case .text(let array, _) = value else { return nil }
    value = .undefined
    return array
  }

  static func takeCell(_ value: inout Value) -> NDArray<Value>? {
    guard case .cell(let array) = value else { return nil }
    value = .undefined
    return array
  }

  static func takeStructure(_ value: inout Value) -> StructArray? {
    guard case .structure(let s) = value else { return nil }
    value = .undefined
    return s
  }
}

extension IntegerClass {
  static func take(_ value: inout Value) -> NDArray<Self>? {
    guard let array = array(in: value) else { return nil }
    value = .undefined
    return array
  }
}
