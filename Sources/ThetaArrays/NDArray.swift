/// An N-dimensional array in column-major order. A final class: sharing one is a retain. It is immutable
/// while it is shared; whoever holds the only reference (`isKnownUniquelyReferenced`) may change it in
/// place.
///
/// Invariants: `shape.count == count`, `count <= capacity`, and exactly the first `count` elements at `base`
/// are initialised. `base` is for kernels; everything else uses the subscript, which is checked.
public final class NDArray<Element> {
  public private(set) var shape: Shape
  public private(set) var count: Int
  /// Room for this many elements: more than `count` only after growth, so that appending is amortised O(1).
  public private(set) var capacity: Int
  public private(set) var base: UnsafeMutablePointer<Element>

  /// An array whose elements the closure writes, all of them, into uninitialised memory.
  @inlinable
  public convenience init(
    _ shape: Shape, initializing fill: (UnsafeMutableBufferPointer<Element>) -> Void
  ) {
    self.init(uninitialized: shape)
    fill(UnsafeMutableBufferPointer(start: base, count: count))
  }

  /// Memory without values: the caller initialises every element before anything else reads the array.
  public init(uninitialized shape: Shape) {
    self.shape = shape
    count = shape.count
    capacity = count
    base = BlockCache.allocate(count)
  }

  @inlinable
  public convenience init(_ shape: Shape, repeating value: Element) {
    self.init(uninitialized: shape)
    base.initialize(repeating: value, count: count)
  }

  /// From elements in column-major order; their number is that of the shape.
  @inlinable
  public convenience init(_ shape: Shape, _ elements: [Element]) {
    precondition(shape.count == elements.count, "elements do not fill the shape")
    self.init(uninitialized: shape)
    elements.withUnsafeBufferPointer { source in
      if let start = source.baseAddress { base.initialize(from: start, count: count) }
    }
  }

  /// 1×1
  @inlinable
  public convenience init(scalar value: Element) {
    self.init(uninitialized: .scalar)
    base.initialize(to: value)
  }

  /// 1×n
  @inlinable
  public convenience init(row elements: [Element]) {
    self.init(Shape(1, elements.count), elements)
  }

  /// n×1
  @inlinable
  public convenience init(column elements: [Element]) {
    self.init(Shape(elements.count, 1), elements)
  }

  deinit {
    base.deinitialize(count: count)
    BlockCache.free(base, capacity)
  }

  /// The element at a zero-based column-major offset. Only the owner of the single reference may set it.
  @inlinable
  public subscript(offset: Int) -> Element {
    get {
      precondition(UInt(bitPattern: offset) < UInt(bitPattern: count), "offset outside the array")
      return base[offset]
    }
    set {
      precondition(UInt(bitPattern: offset) < UInt(bitPattern: count), "offset outside the array")
      base[offset] = newValue
    }
  }

  /// The element at a zero-based row and column of a two-dimensional array.
  @inlinable
  public subscript(row: Int, column: Int) -> Element {
    get { self[row + column * shape.rows] }
    set { self[row + column * shape.rows] = newValue }
  }

  /// All elements in column-major order, valid only while the array lives: hold the array in a variable or
  /// with `withExtendedLifetime` meanwhile. For kernels; elsewhere iterate over the array itself.
  @inlinable
  public var elements: UnsafeBufferPointer<Element> { UnsafeBufferPointer(start: base, count: count) }

  @inlinable
  public var mutableElements: UnsafeMutableBufferPointer<Element> {
    UnsafeMutableBufferPointer(start: base, count: count)
  }

  /// All elements in column-major order as a list of their own.
  @inlinable
  public var list: [Element] { withExtendedLifetime(self) { Array(elements) } }

  /// A copy that nobody else holds.
  public func copy() -> NDArray {
    let result = NDArray(uninitialized: shape)
    NDArray.copy(base, to: result.base, count: count)
    return result
  }

  /// Copies elements into uninitialised memory, many numbers on several threads.
  public static func copy(
    _ source: UnsafePointer<Element>, to target: UnsafeMutablePointer<Element>, count: Int
  ) {
    let grain = (1 << 20) / MemoryLayout<Element>.stride
    guard count >= 2 * grain, _isPOD(Element.self) else {
      return target.initialize(from: source, count: count)
    }
    Workers.parallel(count, grain: grain) { range in
      (target + range.lowerBound).initialize(from: source + range.lowerBound, count: range.count)
    }
  }

  /// The same elements in another shape of the same count. Copies; see `reshape(to:)` for in place.
  public func reshaped(_ shape: Shape) -> NDArray {
    precondition(shape.count == count, "a reshape keeps the number of elements")
    let result = NDArray(uninitialized: shape)
    NDArray.copy(base, to: result.base, count: count)
    return result
  }

  /// Changes the shape in place; the number of elements stays. Only for the owner of the single reference.
  public func reshape(to shape: Shape) {
    precondition(shape.count == count, "a reshape keeps the number of elements")
    self.shape = shape
  }

  /// Appends to a vector or an empty array in amortised constant time; `shape` is what it becomes. Only for
  /// the owner of the single reference.
  public func append(_ value: Element, shape: Shape) {
    precondition(shape.count == count + 1, "an append adds one element")
    if count == capacity { makeRoom(for: count + 1) }
    (base + count).initialize(to: value)
    count += 1
    self.shape = shape
  }

  /// Adds copies of a value behind the elements, so that they fill a larger shape; amortised as `append` is. Only
  /// for the owner of the single reference.
  public func extend(to shape: Shape, with value: Element) {
    precondition(shape.count >= count, "an extension takes nothing away")
    if shape.count > capacity { makeRoom(for: shape.count) }
    (base + count).initialize(repeating: value, count: shape.count - count)
    count = shape.count
    self.shape = shape
  }

  /// Takes elements out; those behind them move up, and the memory stays. Only for the owner of the single reference.
  public func remove(_ range: Range<Int>, shape: Shape) {
    precondition(
      range.lowerBound >= 0 && range.upperBound <= count && shape.count == count - range.count,
      "the elements to remove lie in the array")
    (base + range.lowerBound).deinitialize(count: range.count)
    (base + range.lowerBound).moveInitialize(from: base + range.upperBound, count: count - range.upperBound)
    count = shape.count
    self.shape = shape
  }

  /// Moves the elements to a larger block, half as large again as it was, or as large as needed.
  private func makeRoom(for wanted: Int) {
    let grown = Swift.max(8, wanted, capacity + capacity / 2 + 1)
    let fresh: UnsafeMutablePointer<Element> = BlockCache.allocate(grown)
    fresh.moveInitialize(from: base, count: count)
    BlockCache.free(base, capacity)
    base = fresh
    capacity = grown
  }

  /// A new array of the same shape with each element transformed.
  @inlinable
  public func map<Result, E: Error>(_ transform: (Element) throws(E) -> Result) throws(E) -> NDArray<Result> {
    let result = NDArray<Result>(reserving: shape)
    let (out, source, total) = (result.base, base, count)
    var done = 0
    // The count follows the initialised prefix, so that a throwing transform leaves nothing half-made.
    defer { result.setCount(done) }
    while done < total {
      (out + done).initialize(to: try transform(source[done]))
      done += 1
    }
    return result
  }

  @usableFromInline
  func setCount(_ count: Int) { self.count = count }

  /// Room for a shape, no elements yet: `count` is zero until the maker raises it.
  @usableFromInline
  init(reserving shape: Shape) {
    self.shape = shape
    capacity = shape.count
    count = 0
    base = BlockCache.allocate(capacity)
  }
}

extension NDArray: Sequence {
  /// The elements in column-major order; holds the array while it runs.
  public struct Iterator: IteratorProtocol {
    @usableFromInline let array: NDArray
    @usableFromInline var offset = 0

    @inlinable
    init(_ array: NDArray) { self.array = array }

    @inlinable
    public mutating func next() -> Element? {
      guard offset < array.count else { return nil }
      defer { offset += 1 }
      return array.base[offset]
    }
  }

  @inlinable public var underestimatedCount: Int { count }
  @inlinable public func makeIterator() -> Iterator { Iterator(self) }
}

extension NDArray where Element: ArrayElement {
  /// Filled with the element's zero. The shape has been checked.
  @inlinable
  public convenience init(zeros shape: Shape) {
    self.init(shape, repeating: .zero)
  }

  /// Filled with the element's zero, or an error when the shape is too large.
  @inlinable
  public convenience init(checking shape: Shape) throws(ArrayError) {
    _ = try shape.checkedCount(elementSize: MemoryLayout<Element>.stride)
    self.init(shape, repeating: .zero)
  }
}

extension NDArray: Equatable where Element: Equatable {
  @inlinable
  public static func == (a: NDArray, b: NDArray) -> Bool {
    guard a.shape == b.shape else { return false }
    for i in 0..<a.count where a.base[i] != b.base[i] { return false }
    return true
  }
}
