import ThetaArrays

// Reading parts of arrays of any element type.

extension NDArray {
  /// The elements under checked subscripts; throws when one lies outside. `name` is for the message.
  func selecting(_ subscripts: [Subscript], name: String) throws(RuntimeError) -> NDArray {
    try NDArray<Int>.check(subscripts, within: shape, name: name)
    switch subscripts.count {
    case 1: return selecting(subscripts[0])
    case 2: return try selecting(subscripts[0], subscripts[1])
    default: return try selectingBlock(subscripts)
    }
  }

  /// The shape of what a linear subscript selects: a vector keeps its direction under a vector; otherwise the
  /// subscript decides.
  static func shape(of s: Subscript, in shape: Shape) -> Shape {
    if s.isColon { return Shape(shape.count, 1) }
    let count = s.count(in: shape.count)
    if shape.count != 1, count != 1, s.shape.vectorDimension != nil, let d = shape.vectorDimension {
      return Shape(1, 1).replacing(d, with: count)
    }
    return s.shape
  }

  private func selecting(_ s: Subscript) -> NDArray {
    let target = NDArray.shape(of: s, in: shape)
    let result = NDArray(uninitialized: target)
    let (to, from) = (result.base, base)
    switch s.kind {
    case .colon: to.initialize(from: from, count: count)
    case .scalar(let offset): to.initialize(to: from[offset])
    case .range(let start, let step, let n):
      if step == 1 {
        to.initialize(from: from + start, count: n)
      } else {
        for i in 0..<n { (to + i).initialize(to: from[start + i * step]) }
      }
    case .list(let offsets):
      offsets.withUnsafeBufferPointer { offsets in
        for i in 0..<offsets.count { (to + i).initialize(to: from[offsets[i]]) }
      }
    }
    return result
  }

  private func selecting(_ rows: Subscript, _ columns: Subscript) throws(RuntimeError) -> NDArray {
    let sizes = shape.folded(to: 2)
    let (m, n) = (rows.count(in: sizes[0]), columns.count(in: sizes[1]))
    try Call.check(Shape(m, n), elementSize: MemoryLayout<Element>.stride)
    let result = NDArray(uninitialized: Shape(m, n))
    if m == 0 || n == 0 { return result }
    let stride = sizes[0]
    for j in 0..<n {
      let from = base + columns[j] * stride
      let to = result.base + j * m
      switch rows.kind {
      case .colon: to.initialize(from: from, count: m)
      case .scalar(let offset): to.initialize(to: from[offset])
      case .range(let start, let step, _):
        if step == 1 {
          to.initialize(from: from + start, count: m)
        } else {
          for i in 0..<m { (to + i).initialize(to: from[start + i * step]) }
        }
      case .list(let offsets):
        offsets.withUnsafeBufferPointer { offsets in
          for i in 0..<m { (to + i).initialize(to: from[offsets[i]]) }
        }
      }
    }
    return result
  }

  private func selectingBlock(_ subscripts: [Subscript]) throws(RuntimeError) -> NDArray {
    let sizes = shape.folded(to: subscripts.count)
    let counts = subscripts.indices.map { subscripts[$0].count(in: sizes[$0]) }
    try Call.check(Shape(counts), elementSize: MemoryLayout<Element>.stride)
    let result = NDArray(uninitialized: Shape(counts))
    var written = 0
    NDArray<Int>.forEachOffset(subscripts, sizes, counts) { offset in
      (result.base + written).initialize(to: base[offset])
      written += 1
    }
    return result
  }
}

extension NDArray where Element == Int {
  /// Throws for the first subscript that lies outside.
  static func check(_ subscripts: [Subscript], within shape: Shape, name: String) throws(RuntimeError) {
    if subscripts.count == 1 {
      let bound = shape.count
      if subscripts[0].extent > bound {
        throw .outOfBound(name, position: 0, of: 1, extent: subscripts[0].extent, bound: bound, shape: shape)
      }
      return
    }
    let sizes = shape.folded(to: subscripts.count)
    for d in subscripts.indices where subscripts[d].extent > sizes[d] {
      throw .outOfBound(
        name, position: d, of: subscripts.count, extent: subscripts[d].extent, bound: sizes[d], shape: shape)
    }
  }

  /// Calls the body with the offset of every selected place, the first subscript running fastest. `sizes` are
  /// those of the array under so many subscripts, `counts` the numbers of selected places.
  static func forEachOffset(
    _ subscripts: [Subscript], _ sizes: [Int], _ counts: [Int], _ body: (Int) -> Void
  ) {
    if counts.contains(0) { return }
    var strides = [Int](repeating: 1, count: sizes.count)
    for d in sizes.indices.dropFirst() { strides[d] = strides[d - 1] * sizes[d - 1] }
    var index = [Int](repeating: 0, count: sizes.count)
    while true {
      var offset = 0
      for d in sizes.indices.dropFirst() { offset += subscripts[d][index[d]] * strides[d] }
      for i in 0..<counts[0] { body(offset + subscripts[0][i]) }
      var d = 1
      while d < sizes.count {
        index[d] += 1
        if index[d] < counts[d] { break }
        index[d] = 0
        d += 1
      }
      if d >= sizes.count { return }
    }
  }
}
