import ThetaArrays

// What can be asked of any value: class, shape, kind.

extension Value {
  /// `class (x)`
  public var className: String {
    switch self {
    case .undefined: "<undefined>"
    case .number, .real, .complex, .range, .diagonal, .permutation: diagonalIsSingle ? "single" : "double"
    case .logical, .boolean: "logical"
    case .text: "char"
    case .single, .singleComplex: "single"
    case .int8: "int8"
    case .int16: "int16"
    case .int32: "int32"
    case .int64: "int64"
    case .uint8: "uint8"
    case .uint16: "uint16"
    case .uint32: "uint32"
    case .uint64: "uint64"
    case .cell: "cell"
    case .structure: "struct"
    case .function: "function_handle"
    case .object(let object): object.className
    }
  }

  private var diagonalIsSingle: Bool {
    if case .diagonal(let matrix) = self { return matrix.entries.isSingle }
    return false
  }

  public var shape: Shape {
    switch self {
    case .undefined, .number, .logical, .function: .scalar
    case .real(let a): a.shape
    case .boolean(let a): a.shape
    case .text(let a, _): a.shape
    case .complex(let a): a.shape
    case .single(let a): a.shape
    case .singleComplex(let a): a.shape
    case .int8(let a): a.shape
    case .int16(let a): a.shape
    case .int32(let a): a.shape
    case .int64(let a): a.shape
    case .uint8(let a): a.shape
    case .uint16(let a): a.shape
    case .uint32(let a): a.shape
    case .uint64(let a): a.shape
    case .range(let r): Shape(1, r.count)
    case .diagonal(let d): Shape(d.rows, d.columns)
    case .permutation(let p): Shape(p.size, p.size)
    case .cell(let a): a.shape
    case .structure(let s): s.shape
    case .object(let object): object.shape
    }
  }

  public var count: Int { shape.count }
  public var isEmpty: Bool { shape.isEmpty }

  public var isText: Bool { if case .text = self { true } else { false } }
  public var isCell: Bool { if case .cell = self { true } else { false } }
  public var isStructure: Bool { if case .structure = self { true } else { false } }
  public var isFunction: Bool { if case .function = self { true } else { false } }

  public var isLogical: Bool {
    switch self {
    case .logical, .boolean: true
    default: false
    }
  }

  /// Of the classes int8 … uint64.
  public var isInteger: Bool {
    switch self {
    case .int8, .int16, .int32, .int64, .uint8, .uint16, .uint32, .uint64: true
    default: false
    }
  }

  public var isSingle: Bool {
    switch self {
    case .single, .singleComplex: true
    default: diagonalIsSingle
    }
  }

  public var isComplex: Bool {
    switch self {
    case .complex, .singleComplex: true
    case .diagonal(let d): d.entries.isComplex
    default: false
    }
  }

  /// double or single, real or complex.
  public var isFloat: Bool {
    switch self {
    case .number, .real, .complex, .single, .singleComplex, .range, .diagonal, .permutation: true
    default: false
    }
  }

  /// `isnumeric`: floats and integers, not logical or char.
  public var isNumeric: Bool { isFloat || isInteger }
}
