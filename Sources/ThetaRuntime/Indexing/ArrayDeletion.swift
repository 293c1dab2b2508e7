import ThetaArrays

// Deleting parts of arrays. The plan is made from shapes alone, so that every kind of value shares it.

/// What remains after `a(subscripts) = []`.
enum Deletion {
  /// Nothing changes.
  case none
  /// Everything goes; the shape that remains.
  case all(Shape)
  /// A run of neighbours goes; the shape that remains.
  case cut(Range<Int>, Shape)
  /// These offsets, in this shape.
  case keep([Int], Shape)

  init(_ subscripts: [Subscript], from shape: Shape) throws(RuntimeError) {
    if subscripts.count == 1 {
      self = try Deletion.linear(subscripts[0], shape)
      return
    }
    let named = subscripts.indices.filter { !subscripts[$0].isColon }
    switch named.count {
    case 0: self = .all(shape.replacing(0, with: 0))
    case 1: self = try Deletion.slices(subscripts[named[0]], named[0], shape)
    default:
      guard Deletion.selectsNothing(subscripts, shape) else {
        throw RuntimeError("a null assignment can only have one non-colon index")
      }
      self = .none
    }
  }

  /// Harmless: a subscript selects nothing, and at most one before it selects less than all.
  private static func selectsNothing(_ subscripts: [Subscript], _ shape: Shape) -> Bool {
    var partial = 0
    for (d, s) in subscripts.enumerated() {
      if s.count(in: shape[d]) == 0 { return true }
      if !s.isColonEquivalent(in: shape[d]) { partial += 1 }
      if partial == 2 { return false }
    }
    return false
  }

  private static func linear(_ s: Subscript, _ shape: Shape) throws(RuntimeError) -> Deletion {
    if s.isColon { return .all(.empty) }
    let count = shape.count
    if s.count(in: count) == 0 { return .none }
    if s.extent > count { throw .deletionOutOfBound(linear: true, extent: s.extent, bound: count) }
    if s.isContiguous {
      let left = count - s.count(in: count)
      let shape = shape.vectorDimension.map { shape.replacing($0, with: left) } ?? Shape(1, left)
      return .cut(s[0]..<s[0] + s.count(in: count), shape)
    }
    var gone = [Bool](repeating: false, count: count)
    for i in 0..<s.count(in: count) { gone[s[i]] = true }
    let kept = (0..<count).filter { !gone[$0] }
    // A vector keeps its direction. Of a matrix a single gap leaves a row, a list of places a column.
    if let d = shape.vectorDimension { return .keep(kept, shape.replacing(d, with: kept.count)) }
    return .keep(kept, Shape(kept.count, 1))
  }

  private static func slices(_ s: Subscript, _ dimension: Int, _ shape: Shape) throws(RuntimeError)
    -> Deletion
  {
    guard dimension < shape.dimensionCount else { throw RuntimeError("invalid dimension in delete_elements") }
    let size = shape[dimension]
    if s.count(in: size) == 0 { return .none }
    if s.extent > size { throw .deletionOutOfBound(linear: false, extent: s.extent, bound: size) }
    let (inner, length, outer) = shape.split(at: dimension)
    if s.isContiguous, outer == 1 {
      let first = s[0] * inner
      return .cut(
        first..<first + s.count(in: size) * inner,
        shape.replacing(dimension, with: size - s.count(in: size)))
    }
    var gone = [Bool](repeating: false, count: size)
    for i in 0..<s.count(in: size) { gone[s[i]] = true }
    let keptSlices = (0..<size).filter { !gone[$0] }
    var kept: [Int] = []
    kept.reserveCapacity(inner * outer * keptSlices.count)
    for k in 0..<outer {
      for slice in keptSlices {
        let start = (k * length + slice) * inner
        kept.append(contentsOf: start..<start + inner)
      }
    }
    return .keep(kept, shape.replacing(dimension, with: keptSlices.count))
  }
}

extension NDArray {
  /// The elements at offsets, in a shape of that many.
  func picking(_ offsets: [Int], shape: Shape) -> NDArray {
    let result = NDArray(uninitialized: shape)
    for i in 0..<offsets.count { (result.base + i).initialize(to: self[offsets[i]]) }
    return result
  }
}
