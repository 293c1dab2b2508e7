import ThetaArrays

/// `base : increment : limit`, kept as its three numbers until its elements are needed: `for` loops and
/// subscripts never make them. Always double, 1×count.
public final class RangeValue {
  public let base: Double
  public let increment: Double
  public let limit: Double
  public let count: Int

  /// `count` is the caller's business (`Ranges.make` computes it with Octave's tolerance and checks it).
  public init(base: Double, increment: Double, limit: Double, count: Int) {
    self.base = base
    self.increment = increment
    self.limit = limit
    self.count = count
  }

  /// The element at a zero-based offset. The last one never passes the limit.
  @inlinable
  public subscript(offset: Int) -> Double {
    // The sum would lose the sign of a base of -0.
    if offset == 0 { return base }
    let value = base + Double(offset) * increment
    if offset == count - 1, increment > 0 ? value > limit : value < limit { return limit }
    return value
  }

  /// The elements as a 1×n array.
  public var array: NDArray<Double> {
    NDArray(Shape(1, count)) { buffer in
      for i in buffer.indices { buffer.initializeElement(at: i, to: self[i]) }
    }
  }
}
