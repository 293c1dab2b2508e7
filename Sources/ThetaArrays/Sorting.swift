// Stable sorting along a dimension, with where each element came from. NaN goes last in ascending order,
// first in descending order, and equal elements keep their order in both. Large arrays of doubles are sorted
// by the digits of their bits (Sorting+Radix.swift).

extension NDArray where Element: OrderedElement {
  /// The elements in order along a dimension counted from zero.
  @inlinable
  public func sorted(along dimension: Int, descending: Bool = false) -> NDArray {
    sortedWithPlaces(along: dimension, descending: descending).values
  }

  /// The elements in order along a dimension, and the place along it, from zero, that each had.
  @inlinable
  public func sortedWithPlaces(
    along dimension: Int, descending: Bool = false
  ) -> (values: NDArray, places: NDArray<Int>) {
    let (inner, length, outer) = shape.split(at: dimension)
    let values = NDArray(uninitialized: shape)
    let places = NDArray<Int>(uninitialized: shape)
    if shape.isEmpty { return (values, places) }
    if inner == 1 {
      for k in 0..<outer {
        let slice = UnsafeBufferPointer(start: base + k * length, count: length)
        let order = Self.stableOrder(of: slice, descending: descending)
        for i in 0..<length {
          (values.base + k * length + i).initialize(to: slice[order[i]])
          (places.base + k * length + i).initialize(to: order[i])
        }
      }
      return (values, places)
    }
    let gathered = UnsafeMutableBufferPointer<Element>.allocate(capacity: length)
    gathered.initialize(repeating: .zero)
    for k in 0..<outer {
      for j in 0..<inner {
        let start = k * length * inner + j
        for i in 0..<length { gathered[i] = base[start + i * inner] }
        let order = Self.stableOrder(of: UnsafeBufferPointer(gathered), descending: descending)
        for i in 0..<length {
          (values.base + start + i * inner).initialize(to: gathered[order[i]])
          (places.base + start + i * inner).initialize(to: order[i])
        }
      }
    }
    gathered.deinitialize()
    gathered.deallocate()
    return (values, places)
  }

  /// The offsets of all elements in sorted order.
  @inlinable
  public func sortedOrder(descending: Bool = false) -> [Int] {
    Self.stableOrder(of: elements, descending: descending)
  }

  /// Whether the elements, taken as one list, are in order; NaN counts as the largest.
  @inlinable
  public func isSorted(descending: Bool = false) -> Bool {
    for i in 1..<Swift.max(1, count) {
      let (a, b) = descending ? (base[i], base[i - 1]) : (base[i - 1], base[i])
      if Element.precedes(b, a) || (a.isUnordered && !b.isUnordered) { return false }
    }
    return true
  }

  @inlinable
  static func stableOrder(of slice: UnsafeBufferPointer<Element>, descending: Bool) -> [Int] {
    if Element.self == Double.self, slice.count > 1 {
      return slice.withMemoryRebound(to: Double.self) { DoubleOrder.order(of: $0, descending: descending) }
    }
    // NaN apart, so that the comparison is a strict order.
    var order: [Int] = []
    var unordered: [Int] = []
    order.reserveCapacity(slice.count)
    for i in 0..<slice.count {
      if slice[i].isUnordered { unordered.append(i) } else { order.append(i) }
    }
    if descending {
      order.sortStably { Element.precedes(slice[$1], slice[$0]) }
      return unordered + order
    }
    order.sortStably { Element.precedes(slice[$0], slice[$1]) }
    return order + unordered
  }
}

extension Array where Element == Int {
  /// Merge sort, bottom up from runs of eight: equal elements keep their order.
  @inlinable
  public mutating func sortStably(by precedes: (Int, Int) -> Bool) {
    let total = count
    var start = 0
    let run = 8
    while start < total {
      let end = Swift.min(total, start + run)
      for i in start + 1..<Swift.max(start + 1, end) {
        let item = self[i]
        var j = i
        while j > start, precedes(item, self[j - 1]) {
          self[j] = self[j - 1]
          j -= 1
        }
        self[j] = item
      }
      start = end
    }
    if total <= run { return }
    var (source, target) = (self, [Int](repeating: 0, count: total))
    var width = run
    while width < total {
      var low = 0
      while low < total {
        let (middle, high) = (Swift.min(total, low + width), Swift.min(total, low + 2 * width))
        var (i, j, out) = (low, middle, low)
        while i < middle, j < high {
          if precedes(source[j], source[i]) {
            target[out] = source[j]
            j += 1
          } else {
            target[out] = source[i]
            i += 1
          }
          out += 1
        }
        while i < middle {
          target[out] = source[i]
          i += 1
          out += 1
        }
        while j < high {
          target[out] = source[j]
          j += 1
          out += 1
        }
        low = high
      }
      swap(&source, &target)
      width *= 2
    }
    self = source
  }
}

extension NDArray {
  /// The offsets of all elements in the order of a strict comparison; equal elements keep their order.
  @inlinable
  public func sortedOrder(by precedes: (Element, Element) -> Bool) -> [Int] {
    var order = Array(0..<count)
    let values = base
    order.sortStably { precedes(values[$0], values[$1]) }
    return order
  }
}
