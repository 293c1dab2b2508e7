import ThetaArrays
import ThetaRuntime

// Reading places, and places that take several values at once (`[s.x] = …`, `[c{1:3}] = …`).

extension Machine {
  // MARK: - Reading places

  /// The value at a place, without changing its subscripts; `.undefined` when the variable has none.
  func read(_ r: Registers, _ place: Place) throws(RuntimeError) -> Value {
    var value = r[place.base]
    for step in try steps(r, place) {
      if value.isUndefined { return value }
      switch step {
      case .paren(let arguments) where value.isFunction:
        // `f (1) += 2` calls the function; that its place cannot be assigned to is found later.
        guard case .function(let function) = value else { return value }
        value = try invoke(function, arguments, outputs: 1).first ?? .undefined
      case .paren(var subscripts):
        let current = value
        value = try subscripts.withArguments { arguments throws(RuntimeError) in
          try self.element(current, arguments, place.name)
        }
      case .brace(var subscripts):
        let current = value
        let values = try subscripts.withArguments { arguments throws(RuntimeError) in
          try Indexing.brace(current, arguments, name: place.name)
        }
        value = ValueList.wrap(values)
      case .field(let name):
        value = try field(of: value, name)
      }
    }
    return value
  }

  @inline(never)
  func loadPlace(_ r: Registers, _ d: Register, _ place: Place) throws(RuntimeError) {
    if place.steps.count == 1, case .paren(let first, let count, false) = place.steps[0],
      !r[place.base].isUndefined, !r[place.base].isFunction
    {
      r[d] = try element(r[place.base], r.window(first, count), place.name)
      return
    }
    let value = try read(r, place)
    if value.isUndefined {
      throw RuntimeError("in computed assignment A(index) OP= X, A must be defined first")
    }
    if let list = value.list, list.values.count != 1 { throw RuntimeError.severalPlaces }
    r[d] = value
  }

  // MARK: - Several values

  @inline(never)
  func countPlace(_ r: Registers, _ d: Register, _ place: Place) throws(RuntimeError) {
    guard let last = place.steps.last else {
      r[d] = .number(1)
      return
    }
    var prefix = place
    prefix.steps.removeLast()
    let value: Value
    do throws(RuntimeError) { value = try read(r, prefix) } catch { value = .undefined }
    switch last {
    case .brace(let first, let count, let spreads):
      let subscripts = subscripts(r, first, count, spreads)
      try checkExists(value, subscripts)
      r[d] = .integer(try selected(subscripts, in: value))
    case .field, .dynamicField:
      if case .structure(let fields) = value {
        r[d] = .integer(fields.count)
      } else if case .paren(let first, let count, let spreads)? = prefix.steps.last {
        // Elements that are yet to be made.
        r[d] = .integer(try selected(subscripts(r, first, count, spreads), in: .undefined))
      } else {
        r[d] = .number(1)
      }
    case .paren:
      r[d] = .number(1)
    }
  }

  /// How many elements subscripts name together, which a list of values has to fit into memory for.
  private func selected(_ subscripts: [Value], in target: Value) throws(RuntimeError) -> Int {
    let counts = subscripts.indices.map {
      selected(subscripts[$0], in: target, position: $0, of: subscripts.count)
    }
    // Each value is in the list, in the results of the function, and in the variable.
    try Call.check(Shape(counts), elementSize: 4 * MemoryLayout<Value>.stride)
    return counts.reduce(1, *)
  }

  /// How many elements a subscript names.
  func selected(_ value: Value, in target: Value, position: Int, of count: Int) -> Int {
    if value.isColon {
      guard !target.isUndefined else { return 0 }
      return (try? Indexing.end(target, position: position, count: count)) ?? 0
    }
    if case .boolean(let mask) = value { return mask.reduce(0) { $0 + ($1 ? 1 : 0) } }
    if case .logical(let flag) = value { return flag ? 1 : 0 }
    return value.count
  }

  @inline(never)
  func storeMany(_ r: Registers, _ place: Place?, _ list: Register, _ c: Register) throws(RuntimeError) {
    guard case .number(let wanted) = r[c], let count = Int(exactly: wanted) else { return }
    let values: ValueList
    if let list = r[list].list {
      values = list
    } else {
      values = ValueList(r[list].isUndefined ? [] : [r[list]])
      r[list] = .object(values)
    }
    let start = values.position
    values.position += count
    guard let place else { return }
    guard start + count <= values.values.count else {
      let missing = max(start, values.values.count) + 1
      if missing == 1 { throw RuntimeError.undefinedRightSide }
      throw RuntimeError("element number \(missing) undefined in return list")
    }
    let taken = Array(values.values[start..<start + count])
    if count == 1 { try change(r, place, .store(taken[0])) } else { try change(r, place, .storeMany(taken)) }
  }

  /// `[s.field] = …`
  func assignFields(_ target: inout Value, _ field: String, _ values: [Value]) throws(RuntimeError) {
    guard case .structure(var fields) = target, fields.count == values.count else {
      throw RuntimeError("some elements undefined in argument list")
    }
    target = .undefined
    if !isKnownUniquelyReferenced(&fields) { fields = fields.copy() }
    for (element, value) in values.enumerated() { fields.setField(field, value, at: element) }
    target = .structure(fields)
  }

  /// `[s(1:2).field] = …`, making the elements that are not there.
  func storeFields(
    _ target: inout Value, _ subscripts: [Value], _ field: String, _ values: [Value], _ name: String
  ) throws(RuntimeError) {
    guard case .structure(let fields) = target else { return }
    var subscripts = subscripts
    var grown = target
    if subscripts.count == 1, let last = subscripts[0].realArray?.max(), last > Double(fields.count) {
      var end: [Value] = [.number(last)]
      let blank = Value.structure(StructArray(.scalar, names: fields.names))
      try end.withArguments { arguments throws(RuntimeError) in
        try Indexing.assign(&grown, arguments, blank, name: name)
      }
    }
    if case .structure(let known) = grown, known.slot(of: field) == nil {
      let own = known.copy()
      own.addField(field)
      grown = .structure(own)
    }
    var child = try subscripts.withArguments { arguments throws(RuntimeError) in
      try self.element(grown, arguments, name)
    }
    try assignFields(&child, field, values)
    try subscripts.withArguments { arguments throws(RuntimeError) in
      try Indexing.assign(&grown, arguments, child, name: name)
    }
    target = grown
  }
}
