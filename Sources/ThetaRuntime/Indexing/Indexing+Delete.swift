import ThetaArrays

extension Indexing {
  /// `a(subscripts) = []`
  public static func delete(
    _ value: inout Value, _ subscripts: Arguments, name: String
  ) throws(RuntimeError) {
    if let type = value.objectType, try type.delete(&value, subscripts) { return }
    switch value {
    case .function: throw .functionAssignment
    case .object: return try assign(&value, subscripts, .emptyMatrix, name: name)
    case .undefined: value = .emptyMatrix
    default: break
    }
    if subscripts.count == 0 { throw RuntimeError("invalid empty index list") }
    let s =
      value.isCell || value.isStructure
      ? try Subscript.all(subscripts, name: name) : try Subscript.forDeletion(subscripts, name: name)
    switch try Deletion(s, from: value.shape) {
    case .none:
      switch value {
      case .diagonal, .permutation: value = value.full
      default: return
      }
    case .all(let shape): value = remaining(value.full, [], shape)
    case .keep(let offsets, let shape): value = remaining(value.full, offsets, shape)
    }
  }

  private static func remaining(_ value: Value, _ offsets: [Int], _ shape: Shape) -> Value {
    switch value {
    case .number(let x): .make(NDArray(scalar: x).picking(offsets, shape: shape))
    case .logical(let b): .make(NDArray(scalar: b).picking(offsets, shape: shape))
    case .real(let a): .make(a.picking(offsets, shape: shape))
    case .boolean(let a): .make(a.picking(offsets, shape: shape))
    case .text(let a, let quotes): .text(a.picking(offsets, shape: shape), quotes)
    case .complex(let a): .make(a.picking(offsets, shape: shape))
    case .single(let a): .make(a.picking(offsets, shape: shape))
    case .singleComplex(let a): .make(a.picking(offsets, shape: shape))
    case .int8(let a): .make(a.picking(offsets, shape: shape))
    case .int16(let a): .make(a.picking(offsets, shape: shape))
    case .int32(let a): .make(a.picking(offsets, shape: shape))
    case .int64(let a): .make(a.picking(offsets, shape: shape))
    case .uint8(let a): .make(a.picking(offsets, shape: shape))
    case .uint16(let a): .make(a.picking(offsets, shape: shape))
    case .uint32(let a): .make(a.picking(offsets, shape: shape))
    case .uint64(let a): .make(a.picking(offsets, shape: shape))
    case .cell(let a): .cell(a.picking(offsets, shape: shape))
    case .structure(let s): .structure(s.selecting(offsets, shape: shape))
    case .undefined, .range, .diagonal, .permutation, .function, .object: value
    }
  }
}

extension Subscript {
  /// The subscripts of a deletion, whose errors write the subscript right after the name: `v1.5: …`.
  static func forDeletion(_ values: Arguments, name: String) throws(RuntimeError) -> [Subscript] {
    var result: [Subscript] = []
    for position in 0..<values.count {
      do {
        result.append(try Subscript(values[position], Place(name: "", position: 0, count: 1)))
      } catch {
        let text = error.message.dropFirst("index (".count)
        guard error.identifier == "Octave:invalid-index", let close = text.firstIndex(of: ")") else {
          throw error
        }
        throw RuntimeError(
          name + text[..<close] + text[text.index(after: close)...], identifier: error.identifier)
      }
    }
    return result
  }
}
