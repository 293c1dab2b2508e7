import ThetaArrays

extension Value {
  /// The name of the representation that Octave's messages use (`typeinfo`): `matrix`, `complex scalar`, `bool`,
  /// `int8 matrix`, `scalar struct`, `function handle`, …
  public var typeName: String {
    let isScalar = shape.isScalar
    switch self {
    case .undefined: return "<unknown type>"
    case .number: return "scalar"
    case .real: return "matrix"
    case .logical: return "bool"
    case .boolean: return "bool matrix"
    case .text: return "string"
    case .complex: return isScalar ? "complex scalar" : "complex matrix"
    case .single: return isScalar ? "float scalar" : "float matrix"
    case .singleComplex: return isScalar ? "float complex scalar" : "float complex matrix"
    case .int8, .int16, .int32, .int64, .uint8, .uint16, .uint32, .uint64:
      return className + (isScalar ? " scalar" : " matrix")
    case .range: return "range"
    case .diagonal(let d):
      return (d.entries.isSingle ? "float " : "") + (d.entries.isComplex ? "complex " : "")
        + "diagonal matrix"
    case .permutation: return "permutation matrix"
    case .cell: return "cell"
    case .structure: return isScalar ? "scalar struct" : "struct"
    case .function: return "function handle"
    case .object: return "object"
    }
  }
}
