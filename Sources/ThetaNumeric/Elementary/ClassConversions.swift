import ThetaArrays
import ThetaRuntime

// Conversions between numeric classes, and views of the same bytes in another class.

package enum ClassConversions {
  static let table: [Builtin] = [
    Builtin(
      "y = double (x)",
      """
      x in class double.

      >> double ("a")
      ans = 97
      """, double),
    Builtin(
      "y = single (x)",
      """
      x in class single.

      >> class (single (1))
      ans = single
      """, single),
    Builtin(
      "y = logical (x)",
      """
      True where x is nonzero. Error for NaN.

      >> logical ([1 0 2])
      ans =

        1  0  1

      """, logical),
    Builtin(
      "y = int8 (x)",
      """
      x rounded and kept within -128 … 127; NaN becomes 0.

      >> int8 (200)
      ans = 127
      """, integer),
    Builtin(
      "y = int16 (x)",
      """
      x rounded and kept within the range of int16; NaN becomes 0.

      >> int16 (2.5)
      ans = 3
      """, integer),
    Builtin(
      "y = int32 (x)",
      """
      x rounded and kept within the range of int32; NaN becomes 0.

      >> int32 (-2.5)
      ans = -3
      """, integer),
    Builtin(
      "y = int64 (x)",
      """
      x rounded and kept within the range of int64; NaN becomes 0.

      >> int64 (7)
      ans = 7
      """, integer),
    Builtin(
      "y = uint8 (x)",
      """
      x rounded and kept within 0 … 255; NaN becomes 0.

      >> uint8 (-5)
      ans = 0
      """, integer),
    Builtin(
      "y = uint16 (x)",
      """
      x rounded and kept within the range of uint16; NaN becomes 0.

      >> uint16 (70000)
      ans = 65535
      """, integer),
    Builtin(
      "y = uint32 (x)",
      """
      x rounded and kept within the range of uint32; NaN becomes 0.

      >> uint32 (1.4)
      ans = 1
      """, integer),
    Builtin(
      "y = uint64 (x)",
      """
      x rounded and kept within the range of uint64; NaN becomes 0.

      >> uint64 (7)
      ans = 7
      """, integer),
    Builtin(
      "y = cast (x, class)",
      """
      x converted to a class by name.

      >> cast (3.7, "int8")
      ans = 4
      """, cast),
    Builtin(
      "y = typecast (x, class)",
      """
      The bytes of a vector seen as elements of another class.
      Error "typecast: incorrect number of input values to make output value".

      >> typecast (single (1), "uint32")
      ans = 1065353216
      """, typecast),
  ]

  static func double(_ call: inout Call) throws(RuntimeError) -> Value {
    try floating(call[0], single: false)
  }
  static func single(_ call: inout Call) throws(RuntimeError) -> Value { try floating(call[0], single: true) }

  private static func floating(_ value: Value, single: Bool) throws(RuntimeError) -> Value {
    switch value {
    case .number, .real, .range, .permutation:
      return single ? .converting(value.realArray ?? NDArray(zeros: .empty), to: "single") : value
    case .complex(let z):
      return single ? .make(z.map { ComplexSingle(Float($0.real), Float($0.imaginary)) }) : .make(z)
    case .single: return single ? value : .make(value.realArray ?? NDArray(zeros: .empty))
    case .singleComplex(let z):
      return single ? .make(z) : .make(value.complexArray ?? NDArray(zeros: .empty))
    case .diagonal(let d):
      return .diagonal(
        DiagonalMatrix(rows: d.rows, columns: d.columns, entries: try floating(d.entries, single: single)))
    default:
      guard let a = value.realArray else {
        throw RuntimeError("invalid conversion from \(value.typeName) to \(single ? "single" : "double")")
      }
      return .converting(a, to: single ? "single" : "double")
    }
  }

  static func logical(_ call: inout Call) throws(RuntimeError) -> Value { try logical(call[0]) }

  static func logical(_ value: Value) throws(RuntimeError) -> Value {
    if value.isLogical { return value }
    guard value.isNumeric else {
      throw RuntimeError("logical: wrong type argument '\(Read.typeName(value))'")
    }
    if value.isComplex, let z = value.complexArray {
      guard z.allElements({ !$0.real.isNaN && !$0.imaginary.isNaN }) else {
        throw RuntimeError("invalid conversion from NaN to logical")
      }
      return .make(z.map { $0.real != 0 || $0.imaginary != 0 })
    }
    let real = value.realArray ?? NDArray(zeros: .empty)
    if real.containsNaN { throw RuntimeError("invalid conversion from NaN to logical") }
    return .make(real.map { $0 != 0 })
  }

  private struct ToInteger<Target: RealElement & FixedWidthInteger>: RealVisitor {
    func visit<E: RealElement>(_ array: NDArray<E>) throws(RuntimeError) -> Value {
      if let same = array as? NDArray<Target> { return .make(same) }
      if let wide = array as? NDArray<Int64> { return .make(wide.map { Target(clamping: $0) }) }
      if let wide = array as? NDArray<UInt64> { return .make(wide.map { Target(clamping: $0) }) }
      return .make(array.map { Target(saturating: $0.double) })
    }
  }

  static func integer(_ call: inout Call) throws(RuntimeError) -> Value {
    try integer(call[0], call.name)
  }

  static func integer(_ value: Value, _ name: String) throws(RuntimeError) -> Value {
    let result: Value?
    switch name {
    case "int8": result = try value.visitReal(ToInteger<Int8>())
    case "int16": result = try value.visitReal(ToInteger<Int16>())
    case "int32": result = try value.visitReal(ToInteger<Int32>())
    case "int64": result = try value.visitReal(ToInteger<Int64>())
    case "uint8": result = try value.visitReal(ToInteger<UInt8>())
    case "uint16": result = try value.visitReal(ToInteger<UInt16>())
    case "uint32": result = try value.visitReal(ToInteger<UInt32>())
    default: result = try value.visitReal(ToInteger<UInt64>())
    }
    guard let result else {
      throw RuntimeError("invalid conversion from \(Read.typeName(value)) to \(name)")
    }
    return result
  }

  static func cast(_ call: inout Call) throws(RuntimeError) -> Value {
    let value = call[0]
    guard let name = call.text(1) else { throw call.error("TYPE must be a string") }
    guard value.isNumeric || value.isLogical || value.isText else {
      throw call.error("type conversion from '\(value.className)' is not supported")
    }
    guard let result = try converted(value, to: name) else {
      throw call.error("type conversion to '\(name)' is not supported")
    }
    return result
  }

  /// A number, logical or text in a class by name; nil for names of other classes.
  package static func converted(_ value: Value, to name: String) throws(RuntimeError) -> Value? {
    switch name {
    case "double", "single": try floating(value, single: name == "single")
    case "logical": try logical(value)
    case "char":
      .text((value.realArray ?? NDArray(zeros: .empty)).map { UInt8(saturating: $0) }, .single)
    case "int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64":
      try integer(value, name)
    default: nil
    }
  }

  // MARK: - Bytes

  private static func bytes(_ value: Value) -> [UInt8]? {
    func raw<Element>(_ array: NDArray<Element>) -> [UInt8] {
      Array(UnsafeRawBufferPointer(array.elements))
    }
    switch value {
    case .number(let x): return raw(NDArray(scalar: x))
    case .real(let a): return raw(a)
    case .logical(let b): return [b ? 1 : 0]
    case .boolean(let a): return a.map { $0 ? 1 : 0 }
    case .text(let a, _): return raw(a)
    case .complex(let a): return raw(a)
    case .single(let a): return raw(a)
    case .singleComplex(let a): return raw(a)
    case .int8(let a): return raw(a)
    case .int16(let a): return raw(a)
    case .int32(let a): return raw(a)
    case .int64(let a): return raw(a)
    case .uint8(let a): return raw(a)
    case .uint16(let a): return raw(a)
    case .uint32(let a): return raw(a)
    case .uint64(let a): return raw(a)
    case .range, .diagonal, .permutation: return bytes(value.full)
    default: return nil
    }
  }

  static func typecast(_ call: inout Call) throws(RuntimeError) -> Value {
    guard let bytes = bytes(call[0]) else {
      throw call.error("invalid input CLASS: \(call[0].className)")
    }
    guard let name = call.text(1) else { throw call.error("TYPE must be a string") }
    let isRow = call[0].shape.isRow
    func make<Element: ArrayElement>(_ type: Element.Type) throws(RuntimeError) -> NDArray<Element> {
      let size = MemoryLayout<Element>.stride
      guard bytes.count % size == 0 else {
        throw call.error("incorrect number of input values to make output value")
      }
      let count = bytes.count / size
      let result = NDArray<Element>(zeros: isRow ? Shape(1, count) : Shape(count, 1))
      UnsafeMutableRawBufferPointer(result.mutableElements).copyBytes(from: bytes)
      return result
    }
    switch name {
    case "double": return .make(try make(Double.self))
    case "single": return .make(try make(Float.self))
    case "int8": return .make(try make(Int8.self))
    case "int16": return .make(try make(Int16.self))
    case "int32": return .make(try make(Int32.self))
    case "int64": return .make(try make(Int64.self))
    case "uint8": return .make(try make(UInt8.self))
    case "uint16": return .make(try make(UInt16.self))
    case "uint32": return .make(try make(UInt32.self))
    case "uint64": return .make(try make(UInt64.self))
    case "char": return .text(try make(UInt8.self), .single)
    case "logical": return .make(try make(UInt8.self).map { $0 != 0 })
    case "double complex": return .complex(try make(ComplexDouble.self))
    case "single complex": return .singleComplex(try make(ComplexSingle.self))
    default: throw call.error("cannot convert to \(name) class")
    }
  }
}
