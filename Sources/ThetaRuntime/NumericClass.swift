/// The classes that arrays of numbers, logicals and characters can have, by the names that scripts use.
public enum NumericClass: String, CaseIterable, Sendable {
  case double
  case single
  case int8
  case int16
  case int32
  case int64
  case uint8
  case uint16
  case uint32
  case uint64
  case logical
  case char

  /// int8 … uint64
  public var isInteger: Bool {
    switch self {
    case .double, .single, .logical, .char: false
    default: true
    }
  }
}

extension Value {
  /// Its numeric class; nil for cells, structs, handles and objects.
  public var numericClass: NumericClass? {
    switch self {
    case .number, .real, .complex, .range, .permutation: .double
    case .diagonal: isSingle ? .single : .double
    case .logical, .boolean: .logical
    case .text: .char
    case .single, .singleComplex: .single
    case .int8: .int8
    case .int16: .int16
    case .int32: .int32
    case .int64: .int64
    case .uint8: .uint8
    case .uint16: .uint16
    case .uint32: .uint32
    case .uint64: .uint64
    case .undefined, .cell, .structure, .function, .object: nil
    }
  }
}
