import ThetaArrays

extension Indexing {
  /// The column-major offsets, counted from zero, that subscripts name in an array of this shape, in the order
  /// in which `a(subscripts)` has them. The subscripts lie within bounds.
  package static func offsets(_ subscripts: Arguments, in shape: Shape) throws(RuntimeError) -> [Int] {
    let parts = try Subscript.all(subscripts, name: "")
    if parts.count == 1 { return parts[0].offsets(in: shape.count) }
    let sizes = shape.folded(to: parts.count)
    var result = [0]
    // From the last dimension to the first, so that the first one runs fastest.
    for d in parts.indices.reversed() {
      let stride = sizes[..<d].reduce(1, *)
      let own = parts[d].offsets(in: sizes[d])
      var next: [Int] = []
      next.reserveCapacity(result.count * own.count)
      for outer in result {
        for offset in own { next.append(outer + offset * stride) }
      }
      result = next
    }
    return result
  }
}
