import ThetaArrays

// Writing parts of arrays of any element type, with growth.

extension NDArray where Element: ArrayElement {
  /// The shape after an assignment of a right side of some shape, checked; the array itself has `shape`.
  /// Throws when the sides do not fit or the growth is ambiguous.
  static func target(
    _ shape: Shape, _ subscripts: [Subscript], _ right: Shape
  ) throws(RuntimeError) -> Shape {
    subscripts.count == 1
      ? try linearTarget(shape, subscripts[0], right) : try blockTarget(shape, subscripts, right)
  }

  private static func linearTarget(_ shape: Shape, _ s: Subscript, _ right: Shape) throws(RuntimeError)
    -> Shape
  {
    let length = s.count(in: shape.count)
    let supplied = right.count
    if supplied != 1 && supplied != length { throw .nonconformant("=", Shape(length, 1), right) }
    let extent = s.extent(in: shape.count)
    if extent == shape.count { return shape }
    // Everything but a column grows into a row, and a matrix does not grow under one subscript.
    guard shape.is2D else { throw .invalidResize }
    if shape.rows <= 1 { return Shape(1, extent) }
    if shape.columns == 1 { return Shape(extent, 1) }
    throw .invalidResize
  }

  private static func blockTarget(
    _ shape: Shape, _ subscripts: [Subscript], _ right: Shape
  ) throws(RuntimeError) -> Shape {
    let sizes = shape.folded(to: subscripts.count)
    var wanted = subscripts.indices.map { subscripts[$0].extent(in: sizes[$0]) }
    if (0..<shape.dimensionCount).allSatisfy({ shape[$0] == 0 }) { wanted = inquired(subscripts, right) }
    let counts = subscripts.indices.map { subscripts[$0].count(in: wanted[$0]) }
    let longRight = right.sizes.filter { $0 != 1 }
    if right.count != 1 && counts.filter({ $0 != 1 }) != longRight {
      // Nothing may be assigned to nothing, and then nothing happens.
      if counts.contains(0) && longRight.contains(0) { return shape }
      throw mismatch(counts, right)
    }
    if wanted == sizes { return shape }
    // Fewer subscripts than dimensions cannot say which of the folded ones grows.
    if subscripts.count < shape.dimensionCount { throw .invalidResize }
    return Shape(wanted)
  }

  private static func mismatch(_ counts: [Int], _ right: Shape) -> RuntimeError {
    if counts.count == 2 { return .nonconformant("=", Shape(counts), Shape(right.rows, right.columns)) }
    var long = right.sizes.filter { $0 != 1 }
    while long.count < 2 { long.append(1) }
    return .nonconformant("=", Shape(counts), Shape(long))
  }

  /// The sizes that an array without any takes on: a colon asks the right side.
  private static func inquired(_ subscripts: [Subscript], _ right: Shape) -> [Int] {
    if subscripts.allSatisfy(\.isColon) {
      var sizes = Array(right.sizes.prefix(subscripts.count))
      while sizes.count < subscripts.count { sizes.append(1) }
      return sizes
    }
    let open = subscripts.filter { !$0.isScalar }.count
    // As many open subscripts as dimensions match one to one; otherwise the dimensions of one are passed
    // over.
    var supply = open == right.dimensionCount ? right.sizes : right.sizes.filter { $0 != 1 }
    while supply.count < subscripts.count { supply.append(1) }
    var next = 0
    return subscripts.map { s in
      if s.isScalar { return s.extent }
      defer { next += 1 }
      return s.isColon ? (next < supply.count ? supply[next] : 1) : s.extent
    }
  }

  /// Whether every element keeps its offset in a larger shape: only the last dimension grows.
  func keepsOffsets(in target: Shape) -> Bool {
    guard count > 0, let d = (0..<target.dimensionCount).first(where: { shape[$0] != target[$0] }) else {
      return false
    }
    return (d + 1..<Swift.max(target.dimensionCount, d + 1)).allSatisfy { shape[$0] == 1 && target[$0] == 1 }
  }

  /// A copy in a larger shape, filled with the element's zero. Every size is at least what it was.
  func grown(to target: Shape) -> NDArray {
    if target == shape { return copy() }
    let result = NDArray(zeros: target)
    if count == 0 { return result }
    let columnLength = shape.rows
    let columns = count / Swift.max(1, columnLength)
    for k in 0..<columns {
      var rest = k
      var offset = 0
      var stride = target.rows
      for d in 1..<shape.dimensionCount {
        offset += (rest % shape[d]) * stride
        rest /= shape[d]
        stride *= target[d]
      }
      (result.base + offset).update(from: base + k * columnLength, count: columnLength)
    }
    return result
  }

  /// Writes the right side to the places of subscripts that fit. Only for the owner of the single reference.
  func write(_ subscripts: [Subscript], _ right: NDArray) {
    let from = right.base
    let isFill = right.count == 1
    let step = isFill ? 0 : 1
    if subscripts.count == 1 {
      let s = subscripts[0]
      let n = s.count(in: count)
      switch s.kind {
      case .colon:
        for i in 0..<n { base[i] = from[i * step] }
      case .scalar(let offset): base[offset] = from[0]
      case .range, .list:
        for i in 0..<n { base[s[i]] = from[i * step] }
      }
      return
    }
    let sizes = shape.folded(to: subscripts.count)
    let counts = subscripts.indices.map { subscripts[$0].count(in: sizes[$0]) }
    if counts.contains(0) || right.count == 0 { return }
    if subscripts.count == 2 {
      let (rows, columns) = (subscripts[0], subscripts[1])
      for j in 0..<counts[1] {
        let to = base + columns[j] * sizes[0]
        let source = from + j * counts[0] * step
        if case .colon = rows.kind, !isFill {
          to.update(from: source, count: counts[0])
        } else {
          for i in 0..<counts[0] { to[rows[i]] = source[i * step] }
        }
      }
      return
    }
    var next = 0
    NDArray<Int>.forEachOffset(subscripts, sizes, counts) { offset in
      base[offset] = from[next]
      next += step
    }
  }
}

/// Takes the array out of a variable, writes into it (into a copy when it is shared), and gives it back.
/// `array` is the caller's only reference to it.
func assign<Element: ArrayElement>(
  _ array: inout NDArray<Element>, _ subscripts: [Subscript], _ right: NDArray<Element>
) throws(RuntimeError) {
  let target = try NDArray<Element>.target(array.shape, subscripts, right.shape)
  if target == array.shape {
    // Writing into itself: the right side must not change under the loop.
    if !isKnownUniquelyReferenced(&array) { array = array.copy() }
  } else {
    try Call.check(target, elementSize: MemoryLayout<Element>.stride)
    if right.count == 1, subscripts.count == 1, subscripts[0].isScalar, target.count == array.count + 1,
      array.count > 0, isKnownUniquelyReferenced(&array)
    {
      array.append(right[0], shape: target)
      return
    }
    if array.keepsOffsets(in: target), isKnownUniquelyReferenced(&array) {
      array.extend(to: target, with: .zero)
    } else {
      array = array.grown(to: target)
    }
  }
  array.write(subscripts, right)
}
