/// How two arrays combine element by element when their sizes differ: runs of elements in each of which an
/// operand either advances with the result or stays at one element.
///
/// Dimensions of size one disappear and neighbours that advance alike are merged, so that the runs are as
/// long as they can be: equal shapes and scalars are one run.
public struct BroadcastPlan: Sendable {
  /// The shape of the result.
  public let shape: Shape
  /// Elements in a run, at least one unless the result is empty.
  public let runLength: Int
  /// Whether an operand advances within a run: 1, or 0 when it stays.
  public let strideA: Int
  public let strideB: Int
  /// The dimensions outside a run: size, and how far each operand moves for a step.
  public let outer: [(size: Int, a: Int, b: Int)]

  /// Fails with `nonconformant` when a size differs and neither is one, and with `tooLarge`.
  public init(_ a: Shape, _ b: Shape, elementSize: Int = 8) throws(ArrayError) {
    guard let shape = a.broadcast(with: b) else { throw .nonconformant(a, b) }
    _ = try shape.checkedCount(elementSize: elementSize)
    self.shape = shape
    var dimensions: [(size: Int, a: Int, b: Int)] = []
    var (stepA, stepB) = (1, 1)
    for d in 0..<shape.dimensionCount {
      let (size, sizeA, sizeB) = (shape[d], a[d], b[d])
      if size == 1 { continue }
      let entry = (size: size, a: sizeA == 1 ? 0 : stepA, b: sizeB == 1 ? 0 : stepB)
      if let last = dimensions.last, entry.a == last.a * last.size, entry.b == last.b * last.size {
        dimensions[dimensions.count - 1].size = last.size * size
      } else {
        dimensions.append(entry)
      }
      stepA *= sizeA
      stepB *= sizeB
    }
    runLength = dimensions.first?.size ?? 1
    strideA = dimensions.first?.a ?? 1
    strideB = dimensions.first?.b ?? 1
    outer = Array(dimensions.dropFirst())
  }

  /// Calls the body once for each run with the offsets of its first elements in the result and the operands.
  @inlinable
  public func forEachRun<E: Error>(
    _ body: (_ result: Int, _ a: Int, _ b: Int) throws(E) -> Void
  ) throws(E) {
    if shape.isEmpty { return }
    if outer.isEmpty { return try body(0, 0, 0) }
    if outer.count == 1 {
      let (size, a, b) = outer[0]
      for k in 0..<size { try body(k * runLength, k * a, k * b) }
      return
    }
    var index = [Int](repeating: 0, count: outer.count)
    var (result, a, b) = (0, 0, 0)
    while true {
      try body(result, a, b)
      result += runLength
      var d = 0
      while true {
        index[d] += 1
        a += outer[d].a
        b += outer[d].b
        if index[d] < outer[d].size { break }
        a -= outer[d].a * outer[d].size
        b -= outer[d].b * outer[d].size
        index[d] = 0
        d += 1
        if d == outer.count { return }
      }
    }
  }
}
