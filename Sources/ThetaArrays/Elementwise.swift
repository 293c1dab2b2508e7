// Element-by-element combination of two arrays with broadcasting, for any element types. The kernels for
// doubles and singles are in Elementwise+Kernels.swift.

extension NDArray {
  /// Combines two arrays element by element; a dimension of size one stretches to the other's size.
  /// Fails with `nonconformant` when the shapes do not fit together.
  @inlinable
  public static func zip<A, B>(
    _ a: NDArray<A>, _ b: NDArray<B>, _ combine: (A, B) -> Element
  ) throws(ArrayError) -> NDArray {
    if a.shape == b.shape {
      let result = NDArray(uninitialized: a.shape)
      let (out, x, y) = (result.base, a.base, b.base)
      for i in 0..<result.count { (out + i).initialize(to: combine(x[i], y[i])) }
      return result
    }
    if b.shape.isScalar { return mapping(a, b.base[0], combine) }
    if a.shape.isScalar { return mapping(a.base[0], b, combine) }
    let plan = try BroadcastPlan(a.shape, b.shape, elementSize: MemoryLayout<Element>.stride)
    let result = NDArray(uninitialized: plan.shape)
    let length = plan.runLength
    plan.forEachRun { (offset, offsetA, offsetB) in
      let out = result.base + offset
      let x = a.base + offsetA
      let y = b.base + offsetB
      if plan.strideA == 0 {
        let first = x.pointee
        for i in 0..<length { (out + i).initialize(to: combine(first, y[i])) }
      } else if plan.strideB == 0 {
        let second = y.pointee
        for i in 0..<length { (out + i).initialize(to: combine(x[i], second)) }
      } else {
        for i in 0..<length { (out + i).initialize(to: combine(x[i], y[i])) }
      }
    }
    return result
  }

  /// As `zip` with a combination that may fail, with any error: nonconformant shapes come as `ArrayError`.
  @inlinable
  public static func zipThrowing<A, B>(
    _ a: NDArray<A>, _ b: NDArray<B>, _ combine: (A, B) throws -> Element
  ) throws -> NDArray {
    let plan = try BroadcastPlan(a.shape, b.shape, elementSize: MemoryLayout<Element>.stride)
    let result = NDArray(reserving: plan.shape)
    // Runs come in the order of the result, so the initialised elements are always a prefix.
    try plan.forEachRun { (offset, offsetA, offsetB) throws in
      for i in 0..<plan.runLength {
        let value = try combine(a.base[offsetA + i * plan.strideA], b.base[offsetB + i * plan.strideB])
        (result.base + offset + i).initialize(to: value)
        result.setCount(offset + i + 1)
      }
    }
    return result
  }

  /// Combines one value with each element of an array.
  @inlinable
  public static func mapping<A, B>(
    _ scalar: A, _ array: NDArray<B>, _ combine: (A, B) -> Element
  ) -> NDArray {
    let result = NDArray(uninitialized: array.shape)
    let (out, y) = (result.base, array.base)
    for i in 0..<result.count { (out + i).initialize(to: combine(scalar, y[i])) }
    return result
  }

  /// Combines each element of an array with one value.
  @inlinable
  public static func mapping<A, B>(
    _ array: NDArray<A>, _ scalar: B, _ combine: (A, B) -> Element
  ) -> NDArray {
    let result = NDArray(uninitialized: array.shape)
    let (out, x) = (result.base, array.base)
    for i in 0..<result.count { (out + i).initialize(to: combine(x[i], scalar)) }
    return result
  }

  /// Transforms each element in place. Only for the owner of the single reference.
  @inlinable
  public func transform(_ change: (Element) -> Element) {
    let values = base
    for i in 0..<count { values[i] = change(values[i]) }
  }

  /// Whether the predicate holds for some element. Stops at the first.
  @inlinable
  public func containsElement(where predicate: (Element) -> Bool) -> Bool {
    for i in 0..<count where predicate(base[i]) { return true }
    return false
  }

  /// Whether the predicate holds for every element; true for an empty array.
  @inlinable
  public func allElements(_ predicate: (Element) -> Bool) -> Bool {
    for i in 0..<count where !predicate(base[i]) { return false }
    return true
  }

  /// The number of elements for which the predicate holds.
  @inlinable
  public func countElements(where predicate: (Element) -> Bool) -> Int {
    var total = 0
    for i in 0..<count where predicate(base[i]) { total += 1 }
    return total
  }
}

extension NDArray where Element: BinaryFloatingPoint {
  @inlinable public var containsNaN: Bool { containsElement { $0 != $0 } }
  @inlinable public var containsNegative: Bool { containsElement { $0 < 0 } }
  @inlinable public var isFinite: Bool { allElements { $0.isFinite } }
  /// Whether every element is a whole number; infinities and NaN are not.
  @inlinable public var isWhole: Bool { allElements { $0.rounded(.towardZero) == $0 && $0.isFinite } }
}
