import ThetaArrays

/// One subscript, checked and counted from zero. The shape it was written in decides the shape of what a
/// linear subscript selects.
struct Subscript {
  enum Kind {
    /// `:`
    case colon
    case scalar(Int)
    /// `count` offsets from `start` in steps; at least two.
    case range(start: Int, step: Int, count: Int)
    case list([Int])
  }

  let kind: Kind
  /// Of the subscript as written; of a mask, of the places it selects.
  let shape: Shape
  /// One more than the largest offset; zero for a colon and for an empty subscript.
  let extent: Int

  static let colon = Subscript(kind: .colon, shape: .empty, extent: 0)

  init(offset: Int) {
    kind = .scalar(offset)
    shape = .scalar
    extent = offset + 1
  }

  private init(kind: Kind, shape: Shape, extent: Int) {
    self.kind = kind
    self.shape = shape
    self.extent = extent
  }

  init(_ offsets: [Int], shape: Shape) {
    if offsets.count == 1 && shape.isScalar {
      self.init(offset: offsets[0])
    } else {
      self.init(kind: .list(offsets), shape: shape, extent: (offsets.max() ?? -1) + 1)
    }
  }

  var isColon: Bool { if case .colon = kind { true } else { false } }
  var isScalar: Bool { if case .scalar = kind { true } else { false } }

  /// How many places it selects in a dimension.
  func count(in size: Int) -> Int {
    switch kind {
    case .colon: size
    case .scalar: 1
    case .range(_, _, let count): count
    case .list(let offsets): offsets.count
    }
  }

  /// The size that a dimension must have.
  func extent(in size: Int) -> Int { isColon ? size : max(size, extent) }

  /// Whether it selects a whole dimension in order.
  func isColonEquivalent(in size: Int) -> Bool {
    switch kind {
    case .colon: true
    case .scalar(let offset): size == 1 && offset == 0
    case .range(let start, let step, let count): start == 0 && step == 1 && count == size
    case .list: false
    }
  }

  @inline(__always)
  subscript(_ i: Int) -> Int {
    switch kind {
    case .colon: i
    case .scalar(let offset): offset
    case .range(let start, let step, _): start + i * step
    case .list(let offsets): offsets[i]
    }
  }

  /// Written as one place or as a range of neighbours.
  var isContiguous: Bool {
    switch kind {
    case .colon, .scalar: true
    case .range(_, let step, _): step == 1
    case .list: false
    }
  }

  /// The offsets in a dimension.
  func offsets(in size: Int) -> [Int] {
    if case .list(let offsets) = kind { return offsets }
    return (0..<count(in: size)).map { self[$0] }
  }
}

// MARK: - From values

extension Subscript {
  /// Where a subscript stands, for its errors.
  struct Place {
    var name: String
    var position: Int
    var count: Int

    func bad(_ text: String) -> RuntimeError { .badSubscript(name, position: position, of: count, text) }
  }

  /// All subscripts of one access.
  static func all(_ values: Arguments, name: String) throws(RuntimeError) -> [Subscript] {
    var result: [Subscript] = []
    result.reserveCapacity(values.count)
    for position in 0..<values.count {
      result.append(
        try Subscript(values[position], Place(name: name, position: position, count: values.count)))
    }
    return result
  }

  init(_ value: Value, _ place: Place) throws(RuntimeError) {
    switch value {
    case .number(let x): self.init(offset: try Subscript.offset(x, place))
    case .text(let a, _):
      if a.count == 1, a[0] == UInt8(ascii: ":") {
        self = .colon
      } else {
        self.init(try Subscript.offsets(a, place) { Double($0) }, shape: a.shape)
      }
    case .logical(let b): self.init(b ? [0] : [], shape: b ? .scalar : .empty)
    case .boolean(let mask): self.init(mask: mask)
    case .range(let r): self = try Subscript.range(r, place)
    case .real(let a): self.init(try Subscript.offsets(a, place) { $0 }, shape: a.shape)
    case .single(let a): self.init(try Subscript.offsets(a, place) { Double($0) }, shape: a.shape)
    case .int8(let a): self.init(try Subscript.offsets(a, place) { Double($0) }, shape: a.shape)
    case .int16(let a): self.init(try Subscript.offsets(a, place) { Double($0) }, shape: a.shape)
    case .int32(let a): self.init(try Subscript.offsets(a, place) { Double($0) }, shape: a.shape)
    case .int64(let a): self.init(try Subscript.offsets(a, place) { Double($0) }, shape: a.shape)
    case .uint8(let a): self.init(try Subscript.offsets(a, place) { Double($0) }, shape: a.shape)
    case .uint16(let a): self.init(try Subscript.offsets(a, place) { Double($0) }, shape: a.shape)
    case .uint32(let a): self.init(try Subscript.offsets(a, place) { Double($0) }, shape: a.shape)
    case .uint64(let a): self.init(try Subscript.offsets(a, place) { Double($0) }, shape: a.shape)
    case .diagonal(let d) where !d.entries.isComplex:
      try value.checkStorable()
      try self.init(value.full, place)
    case .permutation:
      try value.checkStorable()
      try self.init(value.full, place)
    case .complex, .singleComplex:
      guard value.shape.isScalar, let z = value.complexArray?[0] else {
        throw place.bad("<\(value.typeName)>")
      }
      let sign = z.imaginary < 0 ? "" : "+"
      throw .complexSubscript(
        place.name, position: place.position, of: place.count,
        NumberText.general(z.real) + sign + NumberText.general(z.imaginary) + "i")
    case .object(let object) where object.plainValue != nil: try self.init(value.plain, place)
    case .undefined, .diagonal, .cell, .structure, .function, .object:
      throw place.bad("<\(value.typeName)>")
    }
  }

  /// A mask selects the places that are true.
  private init(mask: NDArray<Bool>) {
    // Every offset is written; those of false places are written over.
    let offsets = [Int](unsafeUninitializedCapacity: mask.count) { buffer, count in
      for i in 0..<mask.count {
        buffer[count] = i
        count += mask.base[i] ? 1 : 0
      }
    }
    // A mask that is a vector keeps its direction; that of a matrix gives a column.
    var shape = Shape(offsets.count, 1)
    let long = (0..<mask.shape.dimensionCount).filter { mask.shape[$0] != 1 }
    if long.count == 1 { shape = mask.shape.replacing(long[0], with: offsets.count) }
    // The first places of all, without a gap, are a range; deletion tells the two apart.
    let extent = (offsets.last ?? -1) + 1
    let isPrefix = extent == offsets.count
    self.init(
      kind: isPrefix ? .range(start: 0, step: 1, count: extent) : .list(offsets), shape: shape, extent: extent
    )
  }

  @inline(__always)
  static func offset(_ x: Double, _ place: @autoclosure () -> Place) throws(RuntimeError) -> Int {
    // Larger offsets than 2^62 exist in no array, and keep sums of them from overflowing.
    guard x >= 1, x < 0x1p62, let i = Int(exactly: x) else { throw place().bad(NumberText.subscriptText(x)) }
    return i - 1
  }

  private static func offsets<Element>(
    _ array: NDArray<Element>, _ place: Place, _ number: (Element) -> Double
  ) throws(RuntimeError) -> [Int] {
    var result: [Int] = []
    result.reserveCapacity(array.count)
    for i in 0..<array.count { result.append(try offset(number(array.base[i]), place)) }
    return result
  }

  private static func range(_ r: RangeValue, _ place: Place) throws(RuntimeError) -> Subscript {
    guard r.count > 1, let step = Int(exactly: r.increment), Int(exactly: r.base) != nil else {
      try Value.range(r).checkStorable()
      return try Subscript(.make(r.array.map { $0.rounded(.toNearestOrAwayFromZero) }), place)
    }
    // Of a wrong range the first wrong element is told, or the last one, which is the smallest.
    let start = try offset(r.base, place)
    let last = try offset(r[r.count - 1], place)
    return Subscript(
      kind: .range(start: start, step: step, count: r.count), shape: Shape(1, r.count),
      extent: max(start, last) + 1)
  }
}

extension Shape {
  /// The shape as `count` subscripts see it: the last one spans what remains.
  func folded(to count: Int) -> [Int] {
    var sizes = (0..<count).map { self[$0] }
    if count < dimensionCount, count > 0 {
      for d in count..<dimensionCount { sizes[count - 1] *= self[d] }
    }
    return sizes
  }

  /// The only dimension that is not one, of a vector in any direction.
  var vectorDimension: Int? {
    var found: Int?
    for d in 0..<dimensionCount where self[d] != 1 {
      if found != nil { return nil }
      found = d
    }
    return found
  }
}
