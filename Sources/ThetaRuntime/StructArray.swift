import ThetaArrays

/// A struct or an array of structs that share their field names, which keep the order of their making.
/// Values lie element by element, so that a 1×1 struct is one short array.
///
/// Invariant: `values.count == shape.count * names.count`.
public final class StructArray {
  public private(set) var shape: Shape
  public private(set) var names: [String]
  public var values: [Value]

  /// 1×1 without fields.
  public init() {
    shape = .scalar
    names = []
    values = []
  }

  /// An array whose fields are all `[]`.
  public init(_ shape: Shape, names: [String]) {
    self.shape = shape
    self.names = names
    values = Array(repeating: .emptyMatrix, count: shape.count * names.count)
  }

  /// From values that lie element by element.
  public init(_ shape: Shape, names: [String], values: [Value]) {
    precondition(values.count == shape.count * names.count, "values do not fill the struct array")
    self.shape = shape
    self.names = names
    self.values = values
  }

  public func copy() -> StructArray { StructArray(shape, names: names, values: values) }

  public var count: Int { shape.count }

  /// The slot of a field in every element, or nil. Linear: structs have few fields, and short names compare
  /// as two machine words.
  public func slot(of name: String) -> Int? {
    names.firstIndex(of: name)
  }

  /// The field of one element (zero-based), or nil when there is no such field.
  public func field(_ name: String, at element: Int = 0) -> Value? {
    guard let slot = slot(of: name), element < count else { return nil }
    return values[element * names.count + slot]
  }

  /// A field of all elements, or nil when there is no such field.
  public func column(_ name: String) -> [Value]? {
    guard let slot = slot(of: name) else { return nil }
    return (0..<count).map { values[$0 * names.count + slot] }
  }

  /// Sets a field of one element, adding the field to all when it is new. Only for the owner of the single reference.
  public func setField(_ name: String, _ value: Value, at element: Int = 0) {
    let slot = addField(name)
    values[element * names.count + slot] = value
  }

  /// Takes a field's value out, leaving `.undefined` in its place, so that the caller can change it in place
  /// and put it back with `setField`. Only for the owner of the single reference.
  public func takeField(_ slot: Int, at element: Int = 0) -> Value {
    let place = element * names.count + slot
    let value = values[place]
    values[place] = .undefined
    return value
  }

  /// The slot of a field, made with `[]` in every element when it is new. Only for the owner of the single reference.
  @discardableResult
  public func addField(_ name: String) -> Int {
    if let slot = slot(of: name) { return slot }
    let width = names.count
    names.append(name)
    if count == 1 {
      values.append(.emptyMatrix)
    } else {
      var wider: [Value] = []
      wider.reserveCapacity(count * (width + 1))
      for element in 0..<count {
        wider.append(contentsOf: values[element * width..<(element + 1) * width])
        wider.append(.emptyMatrix)
      }
      values = wider
    }
    return width
  }

  /// Removes a field from every element. Only for the owner of the single reference.
  public func removeField(_ name: String) {
    guard let slot = slot(of: name) else { return }
    let width = names.count
    values = values.enumerated().filter { $0.offset % width != slot }.map(\.element)
    names.remove(at: slot)
  }

  /// The elements at zero-based offsets, in a new shape of the same count.
  public func selecting(_ offsets: [Int], shape: Shape) -> StructArray {
    var picked: [Value] = []
    picked.reserveCapacity(offsets.count * names.count)
    for offset in offsets {
      picked.append(contentsOf: values[offset * names.count..<(offset + 1) * names.count])
    }
    return StructArray(shape, names: names, values: picked)
  }

  /// Adds one element with these fields, in the order of the names; `shape` is what the array becomes. Only for the
  /// owner of the single reference.
  public func append(_ fields: [Value], shape: Shape) {
    precondition(fields.count == names.count && shape.count == count + 1, "an append adds one element")
    values.append(contentsOf: fields)
    self.shape = shape
  }

  /// Takes neighbouring elements out. Only for the owner of the single reference.
  public func remove(_ elements: Range<Int>, shape: Shape) {
    precondition(shape.count == count - elements.count, "the elements to remove lie in the array")
    values.removeSubrange(elements.lowerBound * names.count..<elements.upperBound * names.count)
    self.shape = shape
  }

  /// Changes the shape in place; the number of elements stays. Only for the owner of the single reference.
  public func reshape(to shape: Shape) {
    precondition(shape.count == self.shape.count, "a reshape keeps the number of elements")
    self.shape = shape
  }
}
