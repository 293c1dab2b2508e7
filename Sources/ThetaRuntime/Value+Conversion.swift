import ThetaArrays

// Reading values as Swift and array types. Nil when the value has no such reading.

extension Value {
  /// The elements as real doubles, in the value's shape: any real number, logical or character. Nil for complex values,
  /// cells, structs, handles and objects.
  public var realArray: NDArray<Double>? {
    switch self {
    case .number(let x): NDArray(scalar: x)
    case .logical(let b): NDArray(scalar: b ? 1 : 0)
    case .real(let a): a
    case .boolean(let a): a.map { $0 ? 1 : 0 }
    case .text(let a, _): a.map { Double($0) }
    case .single(let a): a.map { Double($0) }
    case .int8(let a): a.map { Double($0) }
    case .int16(let a): a.map { Double($0) }
    case .int32(let a): a.map { Double($0) }
    case .int64(let a): a.map { Double($0) }
    case .uint8(let a): a.map { Double($0) }
    case .uint16(let a): a.map { Double($0) }
    case .uint32(let a): a.map { Double($0) }
    case .uint64(let a): a.map { Double($0) }
    case .range(let r): r.array
    case .diagonal(let d): d.full.realArray
    case .permutation(let p): p.full
    case .undefined, .complex, .singleComplex, .cell, .structure, .function, .object: nil
    }
  }

  /// The elements as complex doubles; nil for what is no number.
  public var complexArray: NDArray<ComplexDouble>? {
    switch self {
    case .complex(let a): return a
    case .singleComplex(let a): return a.map { ComplexDouble(Double($0.real), Double($0.imaginary)) }
    case .diagonal(let d): return d.full.complexArray
    default: return realArray?.map { ComplexDouble($0) }
    }
  }

  /// The first element as a real double, or nil when empty or not a number.
  public var firstReal: Double? {
    switch self {
    case .number(let x): return x
    case .logical(let b): return b ? 1 : 0
    case .range(let r): return r.count > 0 ? r[0] : nil
    case .complex(let a): return a.count > 0 ? a[0].real : nil
    case .singleComplex(let a): return a.count > 0 ? Double(a[0].real) : nil
    default:
      guard let array = realArray, array.count > 0 else { return nil }
      return array[0]
    }
  }

  /// A row of characters as a Swift string, of a matrix of characters the first row; nil for what is not text.
  public var stringValue: String? {
    guard case .text(let array, _) = self else { return nil }
    if array.shape.rows > 1, let row = textRows?.first { return String(decoding: row, as: UTF8.self) }
    return String(decoding: Array(array), as: UTF8.self)
  }

  /// The bytes of a char array in column-major order; nil for what is not text.
  public var textBytes: [UInt8]? {
    guard case .text(let array, _) = self else { return nil }
    return array.list
  }

  /// The rows of a char matrix; nil for what is not text.
  public var textRows: [[UInt8]]? {
    guard case .text(let array, _) = self else { return nil }
    return (0..<array.shape.rows).map { i in (0..<array.shape.columns).map { j in array[i, j] } }
  }

  /// The string, or the error of a builtin that wants one.
  public func string(of function: String) throws(RuntimeError) -> String {
    guard let text = stringValue else { throw RuntimeError("\(function): argument must be a string") }
    return text
  }

  /// The cell's strings, or a single string as a list of one; nil when an element is not text.
  public var stringList: [String]? {
    switch self {
    case .text: return (textRows ?? []).map { String(decoding: $0, as: UTF8.self) }
    case .cell(let cells):
      var result: [String] = []
      for value in cells {
        guard let text = value.stringValue else { return nil }
        result.append(text)
      }
      return result
    default: return nil
    }
  }

  /// The value without laziness: ranges, diagonal and permutation matrices become full arrays.
  public var full: Value {
    switch self {
    case .range(let r): .make(r.array)
    case .diagonal(let d): d.full
    case .permutation(let p): .make(p.full)
    default: self
    }
  }
}

extension DiagonalMatrix {
  /// As a full matrix.
  public var full: Value {
    let shape = Shape(rows, columns)
    func spread<Element: ValueElement>(_ entries: NDArray<Element>) -> Value {
      let result = NDArray<Element>(zeros: shape)
      for i in 0..<entries.count { result[i, i] = entries[i] }
      return .make(result)
    }
    switch entries {
    case .complex(let a): return spread(a)
    case .single(let a): return spread(a)
    case .singleComplex(let a): return spread(a)
    default: return spread(entries.realArray ?? NDArray(zeros: .empty))
    }
  }
}

extension PermutationMatrix {
  /// As a full matrix.
  public var full: NDArray<Double> {
    let result = NDArray<Double>(zeros: Shape(size, size))
    for (row, column) in columns.enumerated() { result[row, column] = 1 }
    return result
  }
}
