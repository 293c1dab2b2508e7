import ThetaArrays
import ThetaRuntime

// One step down from a value to the part that an assignment goes on with: a field, an element of a struct array, a place
// of a cell. A part that is not there is made first, so that an error leaves everything as it was.

extension Machine {
  /// `target.field` and on.
  func changeField(
    _ target: inout Value, _ field: String, _ rest: ArraySlice<Step>, _ change: Change, _ name: String
  ) throws(RuntimeError) {
    if case .object(let object) = target {
      guard var child = try object.property(field) else {
        throw RuntimeError("invalid use of a \(object.className) object: unknown property '\(field)'")
      }
      try self.change(&child, rest, change, name)
      _ = try object.setProperty(field, child)
      return
    }
    if target.isUndefined || target.isEmptyPlace {
      let child = try made(rest, change, name)
      target = .structure([(field, child)])
      return
    }
    guard case .structure(var fields) = target else { throw RuntimeError.cannotAssign(target, ".") }
    guard fields.count == 1 else { throw RuntimeError("invalid use of a N_-D array in indexed assignment") }
    let child = fields.slot(of: field) == nil ? try made(rest, change, name) : nil
    target = .undefined
    if !isKnownUniquelyReferenced(&fields) { fields = fields.copy() }
    if let child {
      fields.setField(field, child)
      target = .structure(fields)
    } else {
      try changeField(of: fields, field, at: 0, &target, rest, change, name)
    }
  }

  /// What a change makes of a part that is not there yet. It is made before anything around it changes, so that an error
  /// leaves the variable as it was.
  private func made(
    _ rest: ArraySlice<Step>, _ change: Change, _ name: String
  ) throws(RuntimeError) -> Value {
    var child = Value.undefined
    try self.change(&child, rest, change, name)
    return child.isUndefined ? .emptyMatrix : child
  }

  /// The field, which is there, of one element of a struct array that is out of `target` and goes back there.
  private func changeField(
    of fields: StructArray, _ field: String, at element: Int, _ target: inout Value,
    _ rest: ArraySlice<Step>, _ change: Change, _ name: String
  ) throws(RuntimeError) {
    let slot = fields.addField(field)
    var child = fields.takeField(slot, at: element)
    defer {
      fields.setField(field, child.isUndefined ? .emptyMatrix : child, at: element)
      target = .structure(fields)
    }
    try self.change(&child, rest, change, name)
  }

  /// `target(subscripts).field` and on: an element of a struct array, made when it is not there.
  func changeElementField(
    _ target: inout Value, _ subscripts: [Value], _ field: String, _ rest: ArraySlice<Step>, _ change: Change,
    _ name: String
  ) throws(RuntimeError) {
    var subscripts = subscripts
    if case .object = target {
      var child = try subscripts.withArguments { arguments throws(RuntimeError) in
        try self.element(target, arguments, name)
      }
      try self.change(&child, [.field(field)] + rest, change, name)
      return try subscripts.withArguments { arguments throws(RuntimeError) in
        try self.assign(&target, arguments, child, name)
      }
    }
    let isNew = target.isUndefined || target.isEmptyPlace
    guard isNew || target.isStructure else { throw RuntimeError.notLastIndex(target) }
    if rest.isEmpty, case .storeMany(let values) = change {
      if isNew { target = .structure(StructArray(.empty, names: [])) }
      return try storeFields(&target, subscripts, field, values, name)
    }
    var child: Value?
    if isNew || !Machine.hasField(target, field, subscripts) {
      child = try made(rest, change, name)
      if isNew { target = .structure(StructArray(.empty, names: [])) }
      try makeElement(&target, subscripts, field, name)
    }
    guard case .structure(var fields) = target, let offset = Machine.offset(subscripts, in: fields.shape)
    else {
      throw RuntimeError("invalid use of a N_-D array in indexed assignment")
    }
    target = .undefined
    if !isKnownUniquelyReferenced(&fields) { fields = fields.copy() }
    if let child {
      fields.setField(field, child, at: offset)
      target = .structure(fields)
    } else {
      try changeField(of: fields, field, at: offset, &target, rest, change, name)
    }
  }

  /// Whether scalar subscripts name an element that is there, and has the field.
  private static func hasField(_ target: Value, _ field: String, _ subscripts: [Value]) -> Bool {
    guard case .structure(let fields) = target else { return false }
    return fields.slot(of: field) != nil && offset(subscripts, in: fields.shape) != nil
  }

  /// Gives a struct array a field, and an element with empty fields where the subscripts lie beyond its end.
  private func makeElement(
    _ target: inout Value, _ subscripts: [Value], _ field: String, _ name: String
  ) throws(RuntimeError) {
    if let blank = Machine.blankElement(of: target, beyondEndFor: subscripts) {
      var subscripts = subscripts
      try subscripts.withArguments { arguments throws(RuntimeError) in
        try Indexing.assign(&target, arguments, blank, name: name)
      }
    }
    guard var fields = Machine.takeStructure(&target) else { return }
    if fields.slot(of: field) == nil {
      if !isKnownUniquelyReferenced(&fields) { fields = fields.copy() }
      fields.addField(field)
    }
    target = .structure(fields)
  }

  /// An element with empty fields, when scalar subscripts name none that is there. A function of its own, so that no
  /// binding holds the array while it grows.
  private static func blankElement(of target: Value, beyondEndFor subscripts: [Value]) -> Value? {
    guard case .structure(let known) = target, offset(subscripts, in: known.shape) == nil else { return nil }
    return .structure(StructArray(.scalar, names: known.names))
  }

  private static func takeStructure(_ value: inout Value) -> StructArray? {
    guard case .structure(let fields) = value else { return nil }
    value = .undefined
    return fields
  }

  /// `target{subscripts}` and on.
  func changeBrace(
    _ target: inout Value, _ subscripts: [Value], _ rest: ArraySlice<Step>, _ change: Change, _ name: String
  ) throws(RuntimeError) {
    let isNew = target.isUndefined || target.isEmptyPlace
    guard isNew || target.isCellPlace else { throw RuntimeError.cannotAssign(target, "{") }
    guard let offset = Machine.offset(subscripts, in: target.shape), case .cell(var cell) = target else {
      let child = try made(rest, change, name)
      if isNew { target = .cell(NDArray<Value>(zeros: .empty)) }
      var subscripts = subscripts
      return try subscripts.withArguments { arguments throws(RuntimeError) in
        try Indexing.assignBrace(&target, arguments, child, name: name)
      }
    }
    target = .undefined
    if !isKnownUniquelyReferenced(&cell) { cell = cell.copy() }
    var child = cell[offset]
    cell[offset] = .undefined
    defer {
      cell[offset] = child.isUndefined ? .emptyMatrix : child
      target = .cell(cell)
    }
    try self.change(&child, rest, change, name)
  }

  /// The zero-based offset that scalar subscripts name, or nil when they are not scalars or lie outside.
  static func offset(_ subscripts: [Value], in shape: Shape) -> Int? {
    var offset = 0
    var stride = 1
    for (position, value) in subscripts.enumerated() {
      guard let x = value.onePlace, x >= 1, x == x.rounded(), x < 1e15 else { return nil }
      let size: Int
      if position < subscripts.count - 1 {
        size = shape[position]
      } else {
        size = (position..<max(shape.dimensionCount, position + 1)).reduce(1) { $0 * shape[$1] }
      }
      guard Int(x) <= size else { return nil }
      offset += (Int(x) - 1) * stride
      stride *= size
    }
    return subscripts.isEmpty ? nil : offset
  }
}
