// Minima and maxima along a dimension, with where they are, and running ones. Among equals the first wins. A
// NaN counts only where there is nothing else. A dimension of size zero stays so.

/// A type whose values have an order for minima, maxima and sorting. NaN is outside it: `precedes` is false.
public protocol OrderedElement: ArrayElement {
  static func precedes(_ a: Self, _ b: Self) -> Bool
  /// Whether the value is NaN.
  var isUnordered: Bool { get }
}

extension OrderedElement where Self: Comparable {
  @inlinable public static func precedes(_ a: Self, _ b: Self) -> Bool { a < b }
  @inlinable public var isUnordered: Bool { false }
}

extension Double: OrderedElement {
  @inlinable public var isUnordered: Bool { self != self }
}
extension Float: OrderedElement {
  @inlinable public var isUnordered: Bool { self != self }
}
extension Int8: OrderedElement {}
extension Int16: OrderedElement {}
extension Int32: OrderedElement {}
extension Int64: OrderedElement {}
extension UInt8: OrderedElement {}
extension UInt16: OrderedElement {}
extension UInt32: OrderedElement {}
extension UInt64: OrderedElement {}
extension Bool: OrderedElement {
  @inlinable public static func precedes(_ a: Bool, _ b: Bool) -> Bool { !a && b }
  @inlinable public var isUnordered: Bool { false }
}
/// By modulus, then by argument in (-pi, pi].
extension Complex: OrderedElement where Part: RealPart {
  @inlinable
  public static func precedes(_ a: Complex, _ b: Complex) -> Bool {
    let (x, y) = (a.modulus, b.modulus)
    if x == y {
      let (p, q) = (a.argument, b.argument)
      // -pi, the argument of a negative number with imaginary part -0, counts as pi.
      return (p == -Part.pi ? Part.pi : p) < (q == -Part.pi ? Part.pi : q)
    }
    return x < y
  }
  @inlinable public var isUnordered: Bool { real != real || imaginary != imaginary }
}

extension NDArray where Element: OrderedElement {
  /// The smallest element along a dimension and its place in it, from zero.
  @inlinable
  public func minimum(along dimension: Int) -> (values: NDArray, places: NDArray<Int>) {
    extreme(along: dimension) { Element.precedes($0, $1) }
  }

  /// The largest element along a dimension and its place in it, from zero.
  @inlinable
  public func maximum(along dimension: Int) -> (values: NDArray, places: NDArray<Int>) {
    extreme(along: dimension) { Element.precedes($1, $0) }
  }

  @inlinable
  public func cumulativeMinimum(along dimension: Int) -> (values: NDArray, places: NDArray<Int>) {
    cumulativeExtreme(along: dimension) { Element.precedes($0, $1) }
  }

  @inlinable
  public func cumulativeMaximum(along dimension: Int) -> (values: NDArray, places: NDArray<Int>) {
    cumulativeExtreme(along: dimension) { Element.precedes($1, $0) }
  }

  @inlinable
  func extreme(
    along dimension: Int, _ isBetter: (Element, Element) -> Bool
  ) -> (values: NDArray, places: NDArray<Int>) {
    let (inner, length, outer) = shape.split(at: dimension)
    let target = length == 0 ? shape : shape.replacing(dimension, with: 1)
    let values = NDArray(uninitialized: target)
    let places = NDArray<Int>(target, repeating: 0)
    if target.isEmpty { return (values, places) }
    let (source, best, place) = (base, values.base, places.base)
    for k in 0..<outer {
      let (slice, row) = (k * length * inner, k * inner)
      if inner == 1 {
        var value = source[slice]
        var index = 0
        for i in 1..<Swift.max(1, length) {
          let candidate = source[slice + i]
          if isBetter(candidate, value) || (value.isUnordered && !candidate.isUnordered) {
            value = candidate
            index = i
          }
        }
        (best + row).initialize(to: value)
        place[row] = index
        continue
      }
      (best + row).initialize(from: source + slice, count: inner)
      for i in 1..<Swift.max(1, length) {
        for j in 0..<inner {
          let (candidate, value) = (source[slice + i * inner + j], best[row + j])
          if isBetter(candidate, value) || (value.isUnordered && !candidate.isUnordered) {
            best[row + j] = candidate
            place[row + j] = i
          }
        }
      }
    }
    return (values, places)
  }

  @inlinable
  func cumulativeExtreme(
    along dimension: Int, _ isBetter: (Element, Element) -> Bool
  ) -> (values: NDArray, places: NDArray<Int>) {
    let (inner, length, outer) = shape.split(at: dimension)
    let values = NDArray(uninitialized: shape)
    let places = NDArray<Int>(shape, repeating: 0)
    if shape.isEmpty { return (values, places) }
    let place = places.base
    for k in 0..<outer {
      for j in 0..<inner {
        let start = k * length * inner + j
        var value = base[start]
        var index = 0
        for i in 0..<length {
          let candidate = base[start + i * inner]
          if isBetter(candidate, value) || (value.isUnordered && !candidate.isUnordered) {
            value = candidate
            index = i
          }
          (values.base + start + i * inner).initialize(to: value)
          place[start + i * inner] = index
        }
      }
    }
    return (values, places)
  }
}
