import ThetaArrays

/// Conversions between the numeric classes, as the functions `double ()`, `int8 ()`, `logical ()`, … make
/// them.
public enum Conversions {
  /// The value in another class; nil for cells, structs, handles and objects, and for complex to integer. NaN
  /// cannot become a logical.
  public static func convert(_ value: Value, to numericClass: NumericClass) throws(RuntimeError) -> Value? {
    switch numericClass {
    case .double: return double(value)
    case .single: return value.numericClass == nil ? nil : single(value)
    case .logical: return try logical(value)
    case .char: return try character(value)
    case .int8: return integer(value, Int8.self)
    case .int16: return integer(value, Int16.self)
    case .int32: return integer(value, Int32.self)
    case .int64: return integer(value, Int64.self)
    case .uint8: return integer(value, UInt8.self)
    case .uint16: return integer(value, UInt16.self)
    case .uint32: return integer(value, UInt32.self)
    case .uint64: return integer(value, UInt64.self)
    }
  }

  /// Doubles stay what they are, ranges and special matrices included.
  static func double(_ value: Value) -> Value? {
    switch value {
    case .number, .real, .complex, .range, .permutation: return value
    case .diagonal(let d):
      return d.entries.isSingle ? double(d.entries).map { .diagonal(d.with(entries: $0)) } : value
    case .singleComplex: return value.complexArray.map { .complex($0) }
    default: return value.realArray.map { .make($0) }
    }
  }

  /// The nearest singles; what is no number comes back unchanged.
  static func single(_ value: Value) -> Value {
    switch value {
    case .single, .singleComplex: return value
    case .complex(let a): return .singleComplex(a.map { ComplexSingle(Float($0.real), Float($0.imaginary)) })
    case .diagonal(let d): return .diagonal(d.with(entries: single(d.entries)))
    case .int64(let a): return .single(a.map { Float($0) })
    case .uint64(let a): return .single(a.map { Float($0) })
    default: return value.realArray.map { .single($0.map { Float($0) }) } ?? value
    }
  }

  static func logical(_ value: Value) throws(RuntimeError) -> Value? {
    switch value {
    case .logical, .boolean: return value
    case .complex, .singleComplex, .text: return nil
    default:
      guard let numbers = value.realArray else { return nil }
      if numbers.containsNaN { throw RuntimeError("logical: NaN can't be converted to logical value") }
      return .make(numbers.map { $0 != 0 })
    }
  }

  /// The characters with these codes, rounded; nil for complex values and what is no number. NUL for codes
  /// that no character has, an error for NaN.
  static func character(_ value: Value) throws(RuntimeError) -> Value? {
    if case .text = value { return value }
    guard let codes = value.realArray else { return nil }
    if codes.containsNaN { throw RuntimeError("invalid conversion from NaN to character") }
    return .text(
      codes.map { code in
        let whole = code.rounded(.toNearestOrAwayFromZero)
        return whole >= 0 && whole <= 255 ? UInt8(whole) : 0
      }, .single)
  }

  /// Numbers beside text in a matrix: cut to whole numbers, and only their last eight bits count.
  static func joinedCharacter(_ value: Value) -> Value? {
    if case .text = value { return value }
    guard let codes = value.realArray ?? value.complexArray?.map({ $0.real }) else { return nil }
    return .text(codes.map { abs($0) < 0x1p31 ? UInt8(truncatingIfNeeded: Int($0)) : 0 }, .single)
  }

  static func integer<Element: IntegerClass>(_ value: Value, _ type: Element.Type) -> Value? {
    if let own = Element.array(in: value) { return .make(own) }
    switch value {
    // Between 64-bit classes a double would lose digits.
    case .int64(let a): return .make(a.map { Element(clamping: $0) })
    case .uint64(let a): return .make(a.map { Element(clamping: $0) })
    case .complex, .singleComplex: return nil
    default: return value.realArray.map { .make($0.map { Element(saturating: $0) }) }
    }
  }
}
