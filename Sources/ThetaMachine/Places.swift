import ThetaArrays
import ThetaRuntime

// Assignment to parts of variables. The variable's value is taken out of its register, and on the way down every
// child out of its parent, so that each may be changed in place; on the way up they are put back, errors included.

extension Machine {
  @inline(never)
  func storeIndex1(_ r: Registers, _ a: Register, _ i: Register, _ v: Register) throws(RuntimeError) {
    var subscripts = [try defined(r, i)]
    try storeIndex(r, a, &subscripts, v)
  }

  @inline(never)
  func storeIndex2(
    _ r: Registers, _ a: Register, _ v: Register, _ i: UInt8, _ j: UInt8
  ) throws(RuntimeError) {
    var subscripts = [try defined(r, Register(i)), try defined(r, Register(j))]
    try storeIndex(r, a, &subscripts, v)
  }

  private func storeIndex(
    _ r: Registers, _ a: Register, _ subscripts: inout [Value], _ v: Register
  ) throws(RuntimeError) {
    let new = try source(r, v)
    let name = top.pointee.chunk.variableName(a)
    var value = r.take(a)
    defer { r[a] = value }
    try subscripts.withArguments { arguments throws(RuntimeError) in
      try self.assign(&value, arguments, new, name)
    }
  }

  /// The value to be stored; a temporary gives it away.
  func source(_ r: Registers, _ v: Register) throws(RuntimeError) -> Value {
    if v >= top.pointee.chunk.firstTemporary { return r.take(v) }
    return try defined(r, v)
  }

  @inline(never)
  func storeField(_ r: Registers, _ a: Register, _ v: Register, _ name: String) throws(RuntimeError) {
    let new = try source(r, v)
    var value = r.take(a)
    defer { r[a] = value }
    try assignField(&value, name, new)
  }

  @inline(never)
  func storePlace(_ r: Registers, _ place: Place, _ v: Register) throws(RuntimeError) {
    let new = try source(r, v)
    if storeInCell(r, place, new) || storeInInnerField(r, place, new) { return }
    if try storeInPart(r, place, new) { return }
    try change(r, place, .store(new))
  }

  /// `a(i, j, …) = v`, and `s.a(i) = v` and `c{k}(i) = v` for a field or a cell that is there, without making lists of
  /// the steps and their subscripts.
  private func storeInPart(_ r: Registers, _ place: Place, _ new: Value) throws(RuntimeError) -> Bool {
    guard case .paren(let first, let count, false)? = place.steps.last else { return false }
    if place.steps.count == 1 {
      var value = r.take(place.base)
      defer { r[place.base] = value }
      try assign(&value, r.window(first, count), new, place.name)
      return true
    }
    guard place.steps.count == 2 else { return false }
    switch place.steps[0] {
    case .field(let name):
      guard var fields = r.takeStructure(place.base) else { return false }
      defer { r[place.base] = .structure(fields) }
      guard fields.count == 1, let slot = fields.slot(of: name) else { return false }
      if !isKnownUniquelyReferenced(&fields) { fields = fields.copy() }
      var child = fields.takeField(slot)
      defer { fields.values[slot] = child }
      try assign(&child, r.window(first, count), new, place.name)
    case .brace(let k, 1, false):
      guard case .number(let x) = r[k], var cell = r.takeCell(place.base) else { return false }
      defer { r[place.base] = .cell(cell) }
      guard x >= 1, x <= Double(cell.count), x == x.rounded() else { return false }
      if !isKnownUniquelyReferenced(&cell) { cell = cell.copy() }
      var child = cell[Int(x) - 1]
      cell[Int(x) - 1] = .undefined
      defer { cell[Int(x) - 1] = child }
      try assign(&child, r.window(first, count), new, place.name)
    default: return false
    }
    return true
  }

  /// `c{i} = v` for an element that is there.
  private func storeInCell(_ r: Registers, _ place: Place, _ new: Value) -> Bool {
    guard place.steps.count == 1, case .brace(let first, 1, _) = place.steps[0],
      case .number(let x) = r[first],
      case .cell(var cell) = r[place.base]
    else { return false }
    r.clear(place.base)
    defer { r[place.base] = .cell(cell) }
    guard x >= 1, x <= Double(cell.count), x == x.rounded() else { return false }
    if !isKnownUniquelyReferenced(&cell) { cell = cell.copy() }
    cell[Int(x) - 1] = new
    return true
  }

  /// `s.a.b = v` for structs and a field `a` that are there.
  private func storeInInnerField(_ r: Registers, _ place: Place, _ new: Value) -> Bool {
    guard place.steps.count == 2, case .field(let outerName) = place.steps[0],
      case .field(let innerName) = place.steps[1], var outer = r.takeStructure(place.base)
    else { return false }
    if !isKnownUniquelyReferenced(&outer) { outer = outer.copy() }
    defer { r[place.base] = .structure(outer) }
    guard outer.count == 1, let slot = outer.slot(of: outerName),
      var inner = Machine.takeStructure(outer, slot)
    else { return false }
    if !isKnownUniquelyReferenced(&inner) { inner = inner.copy() }
    let isSingle = inner.count == 1
    if isSingle { inner.setField(innerName, new) }
    outer.values[slot] = .structure(inner)
    return isSingle
  }

  /// A struct out of a field, which is left without a value. A function of its own, so that no binding of a pattern
  /// keeps a second reference.
  @inline(__always)
  private static func takeStructure(_ fields: StructArray, _ slot: Int) -> StructArray? {
    guard case .structure(let inner) = fields.values[slot] else { return nil }
    fields.values[slot] = .undefined
    return inner
  }

  @inline(never)
  func deletePlace(_ r: Registers, _ place: Place) throws(RuntimeError) {
    try change(r, place, .delete)
  }

  /// What happens at the end of a place.
  enum Change {
    case store(Value)
    case delete
    /// Several values to the elements that the last step names.
    case storeMany([Value])
  }

  /// A step with its subscripts read from the registers.
  enum Step {
    case paren([Value])
    case brace([Value])
    case field(String)
  }

  func steps(_ r: Registers, _ place: Place) throws(RuntimeError) -> [Step] {
    var steps: [Step] = []
    steps.reserveCapacity(place.steps.count)
    for step in place.steps {
      switch step {
      case .paren(let first, let count, let spreads):
        steps.append(.paren(subscripts(r, first, count, spreads)))
      case .brace(let first, let count, let spreads):
        steps.append(.brace(subscripts(r, first, count, spreads)))
      case .field(let name): steps.append(.field(name))
      case .dynamicField(let register): steps.append(.field(try fieldName(r[register])))
      }
    }
    return steps
  }

  func subscripts(_ r: Registers, _ first: Register, _ count: Int, _ spreads: Bool) -> [Value] {
    var values: [Value] = []
    for offset in 0..<count {
      let value = r[first + Register(offset)]
      if spreads, let list = value.list { values += list.values } else { values.append(value) }
    }
    return values
  }

  func change(_ r: Registers, _ place: Place, _ change: Change) throws(RuntimeError) {
    let steps = try steps(r, place)
    var value = r.take(place.base)
    defer { r[place.base] = value }
    try self.change(&value, steps[...], change, place.name)
  }

  // MARK: - The walk down

  func change(
    _ target: inout Value, _ steps: ArraySlice<Step>, _ change: Change, _ name: String
  ) throws(RuntimeError) {
    guard let step = steps.first else {
      if case .store(let new) = change { target = new }
      return
    }
    let rest = steps.dropFirst()
    if !rest.isEmpty, case .object(let object) = target, let refusal = object.refusal(of: .nestedAssignment) {
      throw refusal
    }
    if case .store = change { try checkPlaces(target, step, rest) }
    if rest.isEmpty { return try finish(&target, step, change, name) }
    switch step {
    case .field(let field):
      try changeField(&target, field, rest, change, name)
    case .brace(let subscripts):
      try changeBrace(&target, subscripts, rest, change, name)
    case .paren(let subscripts):
      if case .field(let field)? = rest.first {
        try changeElementField(&target, subscripts, field, rest.dropFirst(), change, name)
      } else {
        guard target.isCellPlace || target.isObject else { throw RuntimeError.notLastIndex(target) }
        var subscripts = subscripts
        var child = try subscripts.withArguments { arguments throws(RuntimeError) in
          try self.element(target, arguments, name)
        }
        try self.change(&child, rest, change, name)
        try subscripts.withArguments { arguments throws(RuntimeError) in
          try self.assign(&target, arguments, child, name)
        }
      }
    }
  }

  private func finish(
    _ target: inout Value, _ step: Step, _ change: Change, _ name: String
  ) throws(RuntimeError) {
    switch (step, change) {
    case (.field(let field), .store(let new)):
      try assignField(&target, field, new)
    case (.paren(var subscripts), .store(let new)):
      try subscripts.withArguments { arguments throws(RuntimeError) in
        try self.assign(&target, arguments, new, name)
      }
    case (.brace(var subscripts), .store(let new)):
      if target.isCellPlace || target.isUndefined || target.isEmpty && !target.isStructure {
        try subscripts.withArguments { arguments throws(RuntimeError) in
          try Indexing.assignBrace(&target, arguments, new, name: name)
        }
      } else if case .object(let object) = target, let refusal = object.refusal(of: .braceAssignment) {
        throw refusal
      } else {
        throw RuntimeError.cannotAssign(target, "{")
      }
    case (.paren(var subscripts), .delete):
      try subscripts.withArguments { arguments throws(RuntimeError) in
        try Indexing.delete(&target, arguments, name: name)
      }
    case (.field(let field), .storeMany(let values)):
      try assignFields(&target, field, values)
    case (.brace(var subscripts), .storeMany(let values)):
      if case .object(let object) = target, let refusal = object.refusal(of: .braceAssignment) {
        throw refusal
      }
      if target.isUndefined || target.isEmptyPlace { target = .cell(NDArray<Value>(zeros: .empty)) }
      guard target.isCellPlace else { throw RuntimeError.cannotAssign(target, "{") }
      let shape = Shape(subscripts.map { selected($0, in: target, position: 0, of: subscripts.count) })
      let cell = Value.cell(
        NDArray(
          subscripts.count == 1
            ? Shape(1, values.count) : shape.count == values.count ? shape : Shape(1, values.count), values))
      try subscripts.withArguments { arguments throws(RuntimeError) in
        try Indexing.assign(&target, arguments, cell, name: name)
      }
    default:
      throw RuntimeError("invalid use of a N_-D array in indexed assignment")
    }
  }

  func assign(
    _ target: inout Value, _ subscripts: Arguments, _ new: Value, _ name: String
  ) throws(RuntimeError) {
    if let type = target.objectType, try type.assign(&target, subscripts, new, in: context) { return }
    if case .object(let object) = target {
      guard try object.setIndex(Array(subscripts), new) else {
        throw RuntimeError("'\(object.className)' object cannot be assigned with ()")
      }
      return
    }
    if case .function = target {
      throw RuntimeError("can't perform indexed assignment for function handle type")
    }
    try Indexing.assign(&target, subscripts, new, name: name, in: context)
  }

  private func assignField(_ target: inout Value, _ field: String, _ new: Value) throws(RuntimeError) {
    if case .structure(var fields) = target, fields.count == 1 {
      target = .undefined
      if !isKnownUniquelyReferenced(&fields) { fields = fields.copy() }
      fields.setField(field, new)
      target = .structure(fields)
      return
    }
    switch target {
    case .object(let object):
      guard try object.setProperty(field, new) else {
        throw RuntimeError("invalid use of a \(object.className) object: unknown property '\(field)'")
      }
    default: try Indexing.assignField(&target, field, new)
    }
  }
}

extension Value {
  /// An array without elements, which assignment into it turns into a struct or a cell.
  var isEmptyPlace: Bool {
    switch self {
    case .structure, .function, .object, .undefined: false
    default: isEmpty
    }
  }

  var isCellPlace: Bool { if case .cell = self { true } else { false } }
  var isObject: Bool { if case .object = self { true } else { false } }

  /// The one place that a subscript names, counted from one; nil for several, none, and what is no real number.
  var onePlace: Double? {
    switch self {
    case .number(let x): return x
    case .logical(let flag): return flag ? 1 : nil
    case .boolean(let mask):
      let places = (0..<mask.count).filter { mask[$0] }
      return places.count == 1 ? Double(places[0] + 1) : nil
    case .text(let codes, _):
      return codes.count == 1 && codes[0] != UInt8(ascii: ":") ? Double(codes[0]) : nil
    default: return isNumeric && shape.isScalar && !isComplex ? realArray?[0] : nil
    }
  }
}

extension RuntimeError {
  /// Octave's words for a value that is no struct or cell where one is assigned into.
  static func cannotAssign(_ value: Value, _ bracket: String) -> RuntimeError {
    if case .function = value {
      return RuntimeError("can't perform indexed assignment for function handle type")
    }
    return .cannotIndex(value, with: bracket)
  }

  /// `x(1)(2) = y` and `x(1).f = y` of what has no parts.
  static func notLastIndex(_ value: Value) -> RuntimeError {
    switch value {
    case .function: return .cannotAssign(value, "(")
    case .undefined: return RuntimeError("invalid assignment expression")
    case .cell: return .cannotIndex(value, with: ".")
    case .structure: return RuntimeError("invalid index for structure array assignment")
    case .range, .permutation:
      return RuntimeError("in indexed assignment of \(value.indexedTypeName), last rhs index must be ()")
    default:
      if value.isEmpty { return RuntimeError("invalid assignment expression") }
      let side = value.shape.isScalar && !value.isText ? "rhs" : "lhs"
      return RuntimeError("in indexed assignment of \(value.indexedTypeName), last \(side) index must be ()")
    }
  }
}
