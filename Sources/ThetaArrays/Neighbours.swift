// What becomes of each pair of neighbours along one dimension: differences, sums for the trapezoidal rule.

extension NDArray {
  /// `combine (x[k], x[k + 1])` for every pair of neighbours along a dimension counted from zero.
  @inlinable
  public func neighbours(along dimension: Int, _ combine: (Element, Element) -> Element) -> NDArray {
    let (inner, length, outer) = shape.split(at: dimension)
    let pairs = Swift.max(0, length - 1)
    let result = NDArray(uninitialized: shape.replacing(dimension, with: pairs))
    for k in 0..<outer {
      let (out, from) = (result.base + k * pairs * inner, base + k * length * inner)
      for i in 0..<pairs * inner { (out + i).initialize(to: combine(from[i], from[i + inner])) }
    }
    return result
  }
}
