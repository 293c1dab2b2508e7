import ThetaArrays

// Assignment into cells and structs.

enum CellAssignment {
  /// `c(subscripts) = cells`; a variable without a value starts as an empty cell.
  static func store(_ value: inout Value, _ s: [Subscript], _ right: NDArray<Value>) throws(RuntimeError) {
    var cells = Value.takeCell(&value) ?? NDArray<Value>(zeros: .empty)
    do {
      try ThetaRuntime.assign(&cells, s, right)
      value = .cell(cells)
    } catch {
      value = .cell(cells)
      throw error
    }
  }
}

enum StructAssignment {
  /// Where an element of the new array comes from: an old one, one of the right side after them, or nowhere.
  private struct Slot: ArrayElement {
    var index: Int
    static var zero: Slot { Slot(index: -1) }
  }

  /// `s(subscripts) = right`; a variable without a value takes the fields of the right side.
  static func store(_ value: inout Value, _ s: [Subscript], _ right: StructArray) throws(RuntimeError) {
    let order = try fieldOrder(of: right, in: value)
    if storeOne(&value, s, right, order) || append(&value, s, right, order) { return }
    let left: StructArray
    if case .structure(let own) = value {
      // Structs without any fields take on those of what they get.
      left = own.names.isEmpty ? StructArray(own.shape, names: right.names) : own
    } else {
      left = StructArray(.empty, names: right.names)
    }
    let width = left.names.count
    let target = try NDArray<Slot>.target(left.shape, s, right.shape)
    try Call.check(target, elementSize: (width + 1) * MemoryLayout<Value>.stride)
    var slots = NDArray(left.shape, (0..<left.count).map { Slot(index: $0) })
    let supplied = NDArray(right.shape, (0..<right.count).map { Slot(index: left.count + $0) })
    try ThetaRuntime.assign(&slots, s, supplied)
    var values: [Value] = []
    values.reserveCapacity(slots.count * width)
    for slot in slots {
      if slot.index < 0 {
        for _ in 0..<width { values.append(.emptyMatrix) }
      } else if slot.index < left.count {
        values.append(contentsOf: left.values[slot.index * width..<(slot.index + 1) * width])
      } else {
        let start = (slot.index - left.count) * width
        for place in order { values.append(right.values[start + place]) }
      }
    }
    value = .structure(StructArray(slots.shape, names: left.names, values: values))
  }

  /// One existing element replaced in place.
  private static func storeOne(
    _ value: inout Value, _ s: [Subscript], _ right: StructArray, _ order: [Int]
  ) -> Bool {
    guard s.count == 1, s[0].isScalar, right.count == 1, value.isStructure, s[0][0] < value.count,
      var own = Value.takeStructure(&value)
    else { return false }
    // The fields are those of the right side when the struct has none.
    guard own.names.count == order.count else {
      value = .structure(own)
      return false
    }
    if !isKnownUniquelyReferenced(&own) { own = own.copy() }
    let start = s[0][0] * own.names.count
    for (k, place) in order.enumerated() { own.values[start + k] = right.values[place] }
    value = .structure(own)
    return true
  }

  /// One element right behind the last of a row or column, in place.
  private static func append(
    _ value: inout Value, _ s: [Subscript], _ right: StructArray, _ order: [Int]
  ) -> Bool {
    guard s.count == 1, s[0].isScalar, right.count == 1, value.isStructure, s[0][0] == value.count,
      value.shape.isVector, var own = Value.takeStructure(&value)
    else { return false }
    defer { value = .structure(own) }
    guard own.names.count == order.count, isKnownUniquelyReferenced(&own) else { return false }
    let n = own.count + 1
    own.append(order.map { right.values[$0] }, shape: own.shape.rows == 1 ? Shape(1, n) : Shape(n, 1))
    return true
  }

  private static func fieldOrder(of right: StructArray, in value: Value) throws(RuntimeError) -> [Int] {
    guard case .structure(let left) = value, !left.names.isEmpty else {
      return Array(right.names.indices)
    }
    guard let order = order(of: right, in: left) else {
      throw RuntimeError("incompatible fields in struct assignment")
    }
    return order
  }

  /// For each field of the left side, its slot in the right one; nil when the fields differ.
  private static func order(of right: StructArray, in left: StructArray) -> [Int]? {
    guard left.names.count == right.names.count else { return nil }
    if left.names == right.names { return Array(left.names.indices) }
    var order: [Int] = []
    for name in left.names {
      guard let slot = right.slot(of: name) else { return nil }
      order.append(slot)
    }
    return order
  }
}

extension Indexing {
  /// `c{subscripts} = new`
  public static func assignBrace(
    _ value: inout Value, _ subscripts: Arguments, _ new: Value, name: String
  ) throws(RuntimeError) {
    if !value.isCell && !value.isUndefinedValue {
      if value.isFunction { throw .functionAssignment }
      guard value.isEmpty, !value.isStructure else { throw .cannotIndex(value, with: "{") }
      value = .cell(NDArray<Value>(zeros: value.shape))
    }
    if value.isCell, let offset = offset(subscripts, value.shape) {
      setCell(&value, offset, new)
      return
    }
    if subscripts.count == 0 { throw RuntimeError("invalid empty index list") }
    let s = try Subscript.all(subscripts, name: name)
    let shape = value.isCell ? value.shape : .empty
    let sizes = shape.folded(to: s.count)
    let selected = s.indices.reduce(1) { $0 * (s[$1].isColon ? sizes[$1] : s[$1].count(in: sizes[$1])) }
    // The list on the left has one place for one value.
    guard selected == 1 else { throw .severalPlaces }
    try CellAssignment.store(&value, s, NDArray(scalar: new))
  }

  private static func setCell(_ value: inout Value, _ offset: Int, _ new: Value) {
    guard var cells = Value.takeCell(&value) else { return }
    if !isKnownUniquelyReferenced(&cells) { cells = cells.copy() }
    cells[offset] = new
    value = .cell(cells)
  }

  /// `s.field = new`
  public static func assignField(
    _ value: inout Value, _ field: String, _ new: Value
  ) throws(RuntimeError) {
    if value.isStructure {
      guard value.count == 1, var own = Value.takeStructure(&value) else { throw .severalPlaces }
      if !isKnownUniquelyReferenced(&own) { own = own.copy() }
      own.setField(field, new)
      value = .structure(own)
      return
    }
    switch value {
    case .undefined: value = .structure([(field, new)])
    case .object(let object):
      guard try object.setProperty(field, new) else {
        throw RuntimeError("invalid use of a \(object.className) object: no property '\(field)'")
      }
    case .function: throw .functionAssignment
    // A 0×0 array of any class becomes a struct.
    default:
      if value.shape == .empty {
        value = .structure([(field, new)])
      } else {
        throw value.shape.isScalar ? .cannotIndex(value, with: ".") : .severalPlaces
      }
    }
  }
}

extension RuntimeError {
  /// Octave's words when the left side of `=` is a list of several places or none.
  public static var severalPlaces: RuntimeError {
    RuntimeError(
      "invalid dot name structure assignment because the structure array is empty.  "
        + "Specify a subscript on the structure array to resolve.")
  }
}
