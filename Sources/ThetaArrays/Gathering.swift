// Rearranging whole slices along one dimension.

extension NDArray {
  /// The slices at `positions` (from zero, each within the length) along a dimension, in that order.
  @inlinable
  public func gathered(_ positions: [Int], along dimension: Int) -> NDArray {
    let (inner, length, outer) = shape.split(at: dimension)
    for position in positions { precondition(position >= 0 && position < length, "a slice that exists") }
    let result = NDArray(uninitialized: shape.replacing(dimension, with: positions.count))
    var out = result.base
    positions.withUnsafeBufferPointer { positions in
      for o in 0..<outer {
        let from = base + o * length * inner
        for position in positions {
          out.initialize(from: from + position * inner, count: inner)
          out += inner
        }
      }
    }
    return result
  }
}
