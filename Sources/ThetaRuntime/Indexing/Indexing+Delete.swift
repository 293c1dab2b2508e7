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
    try value.checkStorable()
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
    case .cut(let gone, let shape):
      if cut(&value, gone, shape) { return }
      let offsets = Array(0..<gone.lowerBound) + Array(gone.upperBound..<value.count)
      value = remaining(value.full, offsets, shape)
    }
  }

  /// Takes neighbours out of an array that nobody else holds, so that a stack or a queue need not be copied at every
  /// step. False when the elements must be copied: another variable holds them, or little of the memory would remain
  /// in use.
  private static func cut(_ value: inout Value, _ gone: Range<Int>, _ shape: Shape) -> Bool {
    switch kind(of: value) {
    case .real: cut(&value, gone, shape, Value.takeReal) { .make($0) }
    case .boolean: cut(&value, gone, shape, Value.takeBoolean) { .make($0) }
    case .cell: cut(&value, gone, shape, Value.takeCell) { .cell($0) }
    case .text(let quotes): cut(&value, gone, shape, Value.takeText) { .text($0, quotes) }
    case .structure: cutStructure(&value, gone, shape)
    case nil: false
    }
  }

  /// What can be cut in place. Found out in a function of its own: a switch over the value would hold a second
  /// reference to its array.
  private enum Kind {
    case real
    case boolean
    case cell
    case text(QuoteStyle)
    case structure
  }

  private static func kind(of value: Value) -> Kind? {
    switch value {
    case .real: .real
    case .boolean: .boolean
    case .cell: .cell
    case .text(_, let quotes): .text(quotes)
    case .structure: .structure
    default: nil
    }
  }

  private static func cut<Element>(
    _ value: inout Value, _ gone: Range<Int>, _ shape: Shape, _ take: (inout Value) -> NDArray<Element>?,
    _ wrap: (NDArray<Element>) -> Value
  ) -> Bool {
    guard var array = take(&value) else { return false }
    guard shape.count > 1, 2 * shape.count >= array.capacity, isKnownUniquelyReferenced(&array) else {
      value = wrap(array)
      return false
    }
    array.remove(gone, shape: shape)
    value = wrap(array)
    return true
  }

  private static func cutStructure(_ value: inout Value, _ gone: Range<Int>, _ shape: Shape) -> Bool {
    guard var own = Value.takeStructure(&value) else { return false }
    let isSingle = isKnownUniquelyReferenced(&own)
    if isSingle { own.remove(gone, shape: shape) }
    value = .structure(own)
    return isSingle
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
