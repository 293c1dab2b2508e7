// Rearrangements of whole arrays: transpose, permutation of dimensions, tiling, concatenation, reversal.

import CKernels

extension NDArray {
  /// Rows and columns of a two-dimensional array exchanged; each element passes through `change`.
  @inlinable
  public func transposed<Result>(_ change: (Element) -> Result) -> NDArray<Result> {
    precondition(shape.is2D, "only a matrix has a transpose")
    let (rows, columns) = (shape.rows, shape.columns)
    let result = NDArray<Result>(uninitialized: Shape(columns, rows))
    let (out, source) = (result.base, base)
    if rows <= 1 || columns <= 1 {
      for i in 0..<count { (out + i).initialize(to: change(source[i])) }
      return result
    }
    // Square blocks keep both the rows read and the columns written in the cache.
    let block = 16
    var j0 = 0
    while j0 < columns {
      let j1 = Swift.min(columns, j0 + block)
      var i0 = 0
      while i0 < rows {
        let i1 = Swift.min(rows, i0 + block)
        for i in i0..<i1 {
          for j in j0..<j1 { (out + i * columns + j).initialize(to: change(source[j * rows + i])) }
        }
        i0 = i1
      }
      j0 = j1
    }
    return result
  }

  /// Rows and columns of a two-dimensional array exchanged.
  @inlinable
  public func transposed() -> NDArray {
    if Element.self == Double.self || Element.self == Float.self, let result = transposedNumbers() {
      return result
    }
    return transposed { $0 }
  }

  /// The transpose of a matrix of doubles or singles on all threads; nil for vectors, which are only copied.
  @usableFromInline
  func transposedNumbers() -> NDArray? {
    let (rows, columns) = (shape.rows, shape.columns)
    guard shape.is2D, rows > 1, columns > 1 else { return nil }
    let result = NDArray(uninitialized: Shape(columns, rows))
    let (out, source) = (UnsafeMutableRawPointer(result.base), UnsafeRawPointer(base))
    // Whole tiles for each thread, but for the last.
    let tiles = (rows + 15) / 16
    Workers.parallel(tiles, grain: Swift.max(1, (1 << 17) / (16 * columns))) { range in
      let (first, last) = (range.lowerBound * 16, Swift.min(rows, range.upperBound * 16))
      if Element.self == Double.self {
        theta_transpose(
          out.assumingMemoryBound(to: Double.self), source.assumingMemoryBound(to: Double.self), rows,
          columns,
          first, last)
      } else {
        theta_transpose_f(
          out.assumingMemoryBound(to: Float.self), source.assumingMemoryBound(to: Float.self), rows, columns,
          first, last)
      }
    }
    return result
  }

  /// The array whose dimension `k` is this one's dimension `order[k]`, counted from zero. `order` holds each
  /// of `0..<n` once and n is at least the number of dimensions.
  @inlinable
  public func permuted(_ order: [Int]) -> NDArray {
    precondition(order.count >= shape.dimensionCount && order.sorted() == Array(0..<order.count))
    if order.prefix(2) == [1, 0] && shape.is2D { return transposed() }
    var steps = [Int](repeating: 1, count: order.count)
    for d in 1..<order.count { steps[d] = steps[d - 1] * shape[d - 1] }
    let sizes = order.map { shape[$0] }
    let strides = order.map { steps[$0] }
    let result = NDArray(uninitialized: Shape(sizes))
    if count == 0 { return result }
    var index = [Int](repeating: 0, count: order.count)
    var (offset, written) = (0, 0)
    while true {
      for i in 0..<sizes[0] { (result.base + written + i).initialize(to: base[offset + i * strides[0]]) }
      written += sizes[0]
      var d = 1
      while d < order.count {
        index[d] += 1
        offset += strides[d]
        if index[d] < sizes[d] { break }
        offset -= strides[d] * sizes[d]
        index[d] = 0
        d += 1
      }
      if d == order.count { return result }
    }
  }

  /// Copies of the array side by side: `counts[d]` of them along dimension d; missing counts are one.
  @inlinable
  public func repeated(_ counts: [Int]) throws(ArrayError) -> NDArray {
    let dimensions = Swift.max(shape.dimensionCount, counts.count)
    let tiles = (0..<dimensions).map { $0 < counts.count ? Swift.max(0, counts[$0]) : 1 }
    var sizes: [Int] = []
    for d in 0..<dimensions {
      let (size, overflow) = shape[d].multipliedReportingOverflow(by: tiles[d])
      if overflow { throw .tooLarge }
      sizes.append(size)
    }
    let target = Shape(sizes)
    _ = try target.checkedCount(elementSize: MemoryLayout<Element>.stride)
    let result = NDArray(uninitialized: target)
    if result.count == 0 { return result }
    if count == 1 {
      result.base.initialize(repeating: base[0], count: result.count)
      return result
    }
    // The runs of columns first, then each dimension doubles up what the lower ones have laid out.
    var index = [Int](repeating: 0, count: dimensions)
    var steps = [Int](repeating: 1, count: dimensions)
    for d in 1..<dimensions { steps[d] = steps[d - 1] * shape[d - 1] }
    var written = 0
    while true {
      var source = 0
      for d in 1..<dimensions { source += (index[d] % shape[d]) * steps[d] }
      for _ in 0..<tiles[0] {
        (result.base + written).initialize(from: base + source, count: shape.rows)
        written += shape.rows
      }
      var d = 1
      while d < dimensions {
        index[d] += 1
        if index[d] < sizes[d] { break }
        index[d] = 0
        d += 1
      }
      if d == dimensions { return result }
    }
  }

  /// The arrays one after another along a dimension counted from zero. All other sizes are equal, else
  /// `nonconformant` names the first array and the one that does not fit. At least one array.
  @inlinable
  public static func concatenated(_ arrays: [NDArray], along dimension: Int) throws(ArrayError) -> NDArray {
    precondition(!arrays.isEmpty, "nothing to concatenate")
    var target = arrays[0].shape
    var length = 0
    for array in arrays {
      if array.shape.replacing(dimension, with: 1) != target.replacing(dimension, with: 1) {
        throw .nonconformant(arrays[0].shape, array.shape)
      }
      let (sum, overflow) = length.addingReportingOverflow(array.shape[dimension])
      if overflow { throw .tooLarge }
      length = sum
    }
    target[dimension] = length
    _ = try target.checkedCount(elementSize: MemoryLayout<Element>.stride)
    let result = NDArray(uninitialized: target)
    let (inner, _, outer) = target.split(at: dimension)
    let blocks = arrays.map { inner * $0.shape[dimension] }
    var out = result.base
    for k in 0..<outer {
      for (array, block) in Swift.zip(arrays, blocks) where block > 0 {
        out.initialize(from: array.base + k * block, count: block)
        out += block
      }
    }
    return result
  }

  /// The slices along a dimension in reverse order.
  @inlinable
  public func reversed(along dimension: Int) -> NDArray {
    let (inner, length, outer) = shape.split(at: dimension)
    let result = NDArray(uninitialized: shape)
    for k in 0..<outer {
      for i in 0..<length {
        let from = base + (k * length + i) * inner
        (result.base + (k * length + length - 1 - i) * inner).initialize(from: from, count: inner)
      }
    }
    return result
  }

  /// The slices along a dimension moved on by `shift` places, those that fall off the end first.
  @inlinable
  public func rotated(by shift: Int, along dimension: Int) -> NDArray {
    let (inner, length, outer) = shape.split(at: dimension)
    let result = NDArray(uninitialized: shape)
    if count == 0 { return result }
    let start = ((shift % length) + length) % length
    for k in 0..<outer {
      let (from, to) = (base + k * length * inner, result.base + k * length * inner)
      (to + start * inner).initialize(from: from, count: (length - start) * inner)
      to.initialize(from: from + (length - start) * inner, count: start * inner)
    }
    return result
  }
}

extension NDArray {
  /// The conjugate transpose of a matrix.
  @inlinable
  public func conjugateTransposed<Part>() -> NDArray where Element == Complex<Part> {
    transposed { $0.conjugate }
  }
}
