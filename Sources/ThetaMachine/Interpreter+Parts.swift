import ThetaArrays
import ThetaDisplay
import ThetaRuntime

// Parts of values: subscripts, braces, fields, `end`, literals, and what becomes of lists.

extension Machine {
  // MARK: - Lists

  /// An assignment takes the first value of a list.
  @inline(never)
  func single(_ r: Registers, _ d: Register, _ a: Register) throws(RuntimeError) {
    guard let list = r[a].list else {
      if d != a { r[d] = r.take(a) }
      return
    }
    guard let first = list.values.first else {
      r.clear(a)
      throw RuntimeError("invalid number of elements on RHS of assignment")
    }
    r.clear(a)
    r[d] = first
  }

  @inline(never)
  func unpack(_ r: Registers, _ first: Register, _ a: Register, _ count: Int) {
    let value = r.take(a)
    let values = value.list?.values ?? [value]
    for index in 0..<count { r[first + Register(index)] = index < values.count ? values[index] : .undefined }
  }

  private func refuseList(_ value: Value) throws(RuntimeError) {
    if case .object(let object) = value, object is ValueList {
      throw RuntimeError("a cs-list cannot be further indexed")
    }
  }

  // MARK: - Subscripts

  /// `value(subscripts)` for values that are no functions.
  func element(_ value: Value, _ subscripts: Arguments, _ name: String) throws(RuntimeError) -> Value {
    if case .object(let object) = value {
      try refuseList(value)
      guard let result = try object.index(Array(subscripts), name: name) else {
        throw RuntimeError("'\(object.className)' object cannot be indexed with ()")
      }
      return result
    }
    return try Indexing.element(value, subscripts, name: name, in: context)
  }

  /// `a(i)`; the subscript's register may be a variable.
  @inline(never)
  func index1(_ r: Registers, _ d: Register, _ a: Register, _ i: Register) throws(RuntimeError) -> Bool {
    switch r[a] {
    case .number(let x):
      if case .number(1) = r[i] {
        r[d] = .number(x)
        return false
      }
    case .range(let range):
      if case .number(let x) = r[i], x >= 1, x <= Double(range.count), x == x.rounded() {
        r[d] = .number(range[Int(x) - 1])
        return false
      }
    case .real(let array):
      if case .range(let range) = r[i], let part = array.part(range) {
        if i >= top.pointee.chunk.firstTemporary { r.clear(i) }
        r[d] = part
        return false
      }
    default: break
    }
    return try withSpread([try defined(r, i)]) { subscripts, count throws(RuntimeError) in
      try self.index(r, d, a, subscripts, count)
    }
  }

  @inline(never)
  func index2(_ r: Registers, _ d: Register, _ a: Register, _ i: UInt8, _ j: UInt8) throws(RuntimeError)
    -> Bool
  {
    let subscripts = [try defined(r, Register(i)), try defined(r, Register(j))]
    return try withSpread(subscripts) { subscripts, count throws(RuntimeError) in
      try self.index(r, d, a, subscripts, count)
    }
  }

  /// `a(first …)`, the subscripts being in registers of their own.
  @inline(never)
  func index(
    _ r: Registers, _ d: Register, _ a: Register, _ first: Register, _ count: Int
  ) throws(RuntimeError) -> Bool {
    if count == 1, fuse(r) { return false }
    if count == 2, case .real(let array) = r[a], let part = array.part(r[first], r[first + 1]) {
      r.clear(first, 2)
      consume(r, a, except: d)
      r[d] = part
      return false
    }
    if let spread = spreadList(r, first, count) {
      return try withSpread(spread) { subscripts, count throws(RuntimeError) in
        try self.index(r, d, a, subscripts, count)
      }
    }
    return try index(r, d, a, r.base + Int(first), count)
  }

  private func index(
    _ r: Registers, _ d: Register, _ a: Register, _ arguments: UnsafeMutablePointer<Value>, _ count: Int
  ) throws(RuntimeError) -> Bool {
    let chunk = top.pointee.chunk
    let name = chunk.variableName(a)
    switch r[a] {
    case .undefined:
      guard !name.isEmpty else { throw RuntimeError.undefinedRightSide }
      var values: [Value] = []
      for index in 0..<count { values.append(arguments[index]) }
      if let value = variable(name, at: frameCount - 1) {
        r[d] = try values.withArguments { arguments throws(RuntimeError) in
          try self.element(value, arguments, name)
        }
        return false
      }
      guard !chunk.signature.declares(a), let callee = try find(name) else {
        throw undefined(name)
      }
      guard let value = try call(callee, name, values, outputs: 1).first else {
        throw RuntimeError.undefinedRightSide
      }
      r[d] = value
      return false
    case .function(let function):
      return try call(function, 1, 0, r.base + Int(d), arguments, count)
    default:
      let result = try element(r[a], Arguments(base: arguments, count: count), name)
      for index in 0..<count { arguments[index] = .undefined }
      if a >= chunk.firstTemporary, a != d { r.clear(a) }
      r[d] = result
      return false
    }
  }

  @inline(never)
  func brace(
    _ r: Registers, _ d: Register, _ a: Register, _ first: Register, _ count: Int
  ) throws(RuntimeError) {
    if count == 1, case .cell(let cell) = r[a], case .number(let x) = r[first], x >= 1,
      x <= Double(cell.count), x == x.rounded()
    {
      consume(r, a, except: d)
      r[d] = cell[Int(x) - 1]
      return
    }
    let value = try defined(r, a)
    try refuseList(value)
    let name = top.pointee.chunk.variableName(a)
    let values: [Value]
    if var spread = spreadList(r, first, count) {
      values = try spread.withArguments { subscripts throws(RuntimeError) in
        try Indexing.brace(value, subscripts, name: name)
      }
    } else {
      values = try Indexing.brace(value, r.window(first, count), name: name)
      r.clear(first, count)
    }
    consume(r, a, except: d)
    r[d] = ValueList.wrap(values)
  }

  @inline(never)
  func field(_ r: Registers, _ d: Register, _ a: Register, _ name: String) throws(RuntimeError) {
    if case .structure(let fields) = r[a], fields.count == 1, let slot = fields.slot(of: name) {
      consume(r, a, except: d)
      r[d] = fields.values[slot]
      return
    }
    let result = try field(of: try defined(r, a), name)
    consume(r, a, except: d)
    r[d] = result
  }

  @inline(never)
  func dynamicField(_ r: Registers, _ d: Register, _ a: Register, _ b: Register) throws(RuntimeError) {
    let result = try field(of: try defined(r, a), try fieldName(try defined(r, b)))
    consume(r, a, except: d)
    consume(r, b, except: d)
    r[d] = result
  }

  func fieldName(_ value: Value) throws(RuntimeError) -> String {
    guard let name = value.stringValue else {
      throw RuntimeError("dynamic structure field names must be strings")
    }
    return name
  }

  /// `value.name`: one value or a list.
  func field(of value: Value, _ name: String) throws(RuntimeError) -> Value {
    switch value {
    case .object(let object):
      try refuseList(value)
      if let property = try object.property(name) { return property }
      if let results = try object.callMethod(name, [], outputs: 1) { return ValueList.wrap(results) }
      throw RuntimeError("invalid use of a \(object.className) object: unknown property '\(name)'")
    default:
      return ValueList.wrap(try Indexing.field(value, name))
    }
  }

  /// `a.name (arguments)`, with the arguments after d.
  @inline(never)
  func method(
    _ r: Registers, _ d: Register, _ a: Register, _ site: UnsafeMutablePointer<CallSite>
  ) throws(RuntimeError) -> Bool {
    let name = site.pointee.name
    let count = site.pointee.count
    let first = d + 1
    let value = try defined(r, a)
    try refuseList(value)
    if case .object(let object) = value, try object.property(name) == nil {
      let arguments = spreadList(r, first, count) ?? (0..<count).map { r.take(first + Register($0)) }
      guard let results = try object.callMethod(name, arguments, outputs: site.pointee.outputs) else {
        throw RuntimeError("invalid use of a \(object.className) object: unknown method '\(name)'")
      }
      r[d] = results.first ?? .undefined
      return false
    }
    let part = try field(of: value, name)
    try refuseList(part)
    consume(r, a, except: d)
    r[d] = part
    if case .function(let function) = part {
      if var spread = spreadList(r, first, count) {
        let values = try invoke(function, spread, outputs: site.pointee.outputs)
        spread = []
        if values.isEmpty, site.pointee.outputs == 1 { throw RuntimeError.undefinedRightSide }
        r[d] = values.first ?? .undefined
        return false
      }
      return try call(function, site.pointee.outputs, 0, r.base + Int(d), r.base + Int(first), count)
    }
    // The base variable's name is the one that Octave mentions.
    let base = top.pointee.chunk.variableName(a)
    if var spread = spreadList(r, first, count) {
      r[d] = try spread.withArguments { subscripts throws(RuntimeError) in
        try self.element(part, subscripts, base)
      }
    } else {
      r[d] = try element(part, r.window(first, count), base)
      r.clear(first, count)
    }
    return false
  }

  // MARK: - end

  static var invalidEnd: RuntimeError {
    RuntimeError("invalid use of 'end': may only be used to index existing value")
  }

  @inline(never)
  func end(_ r: Registers, _ d: Register, _ a: Register, _ position: Int, _ count: Int) throws(RuntimeError) {
    let value = r[a]
    if value.isUndefined { throw Machine.invalidEnd }
    r[d] = .integer(try Indexing.end(value, position: position, count: count))
  }

  @inline(never)
  func endOfPlace(_ r: Registers, _ d: Register, _ end: EndOfPlace) throws(RuntimeError) {
    let value = try read(r, end.place)
    if value.isUndefined { throw Machine.invalidEnd }
    r[d] = .integer(try Indexing.end(value, position: end.position, count: end.count))
  }

  // MARK: - Literals

  private func rows(_ r: Registers, _ first: Register, _ layout: Layout) throws(RuntimeError) -> [[Value]] {
    var next = first
    var rows: [[Value]] = []
    rows.reserveCapacity(layout.rows.count)
    for count in layout.rows {
      var row: [Value] = []
      row.reserveCapacity(count)
      for _ in 0..<count {
        let value = r.take(next)
        if layout.spreads, let list = value.list {
          row += list.values
        } else if value.isUndefined {
          throw RuntimeError.undefinedRightSide
        } else {
          row.append(value)
        }
        next += 1
      }
      rows.append(row)
    }
    return rows
  }

  @inline(never)
  func matrix(_ r: Registers, _ d: Register, _ first: Register, _ layout: Layout) throws(RuntimeError) {
    if let result = scalarRows(r, first, layout) {
      r[d] = result
    } else if let result = joinedReals(r, first, layout) {
      r.clear(first, layout.rows.reduce(0, +))
      r[d] = result
    } else {
      r[d] = try Concatenation.matrix(try rows(r, first, layout), in: context)
    }
  }

  /// A matrix all of whose elements are real scalars.
  private func scalarRows(_ r: Registers, _ first: Register, _ layout: Layout) -> Value? {
    guard let columns = layout.rows.first, columns > 0 else { return nil }
    for count in layout.rows where count != columns { return nil }
    let total = columns * layout.rows.count
    for offset in 0..<total {
      guard case .number = r[first + Register(offset)] else { return nil }
    }
    let array = NDArray<Double>(zeros: Shape(layout.rows.count, columns))
    var next = first
    for row in 0..<layout.rows.count {
      for column in 0..<columns {
        if case .number(let x) = r[next] { array[row, column] = x }
        next += 1
      }
    }
    return .make(array)
  }

  /// Real matrices and numbers side by side (`[ones(m,1) X]`), or columns one under another (`[1; a2]`). Nil for
  /// everything else, empty parts included.
  private func joinedReals(_ r: Registers, _ first: Register, _ layout: Layout) -> Value? {
    let isRow = layout.rows.count == 1
    guard isRow || layout.rows.allSatisfy({ $0 == 1 }) else { return nil }
    let parts = isRow ? layout.rows[0] : layout.rows.count
    var (rows, total) = (0, 0)
    for offset in 0..<parts {
      let shape: Shape
      switch r[first + Register(offset)] {
      case .number: shape = .scalar
      case .real(let a): shape = a.shape
      default: return nil
      }
      guard shape.is2D, shape.count > 0, isRow || shape.columns == 1 else { return nil }
      if offset == 0 { rows = shape.rows } else if isRow, shape.rows != rows { return nil }
      let (sum, overflow) = total.addingReportingOverflow(shape.count)
      if overflow { return nil }
      total = sum
    }
    let shape = isRow ? Shape(rows, total / max(rows, 1)) : Shape(total, 1)
    guard parts > 0, (try? shape.checkedCount()) != nil else { return nil }
    let isLarge = total >= JoinMemory.smallest && reusesJoins
    let arrays = isLarge ? (0..<parts).compactMap { r[first + Register($0)].realArray } : []
    if isLarge, let earlier = joins.recall(arrays, shape) { return .real(earlier) }
    let result = NDArray<Double>(uninitialized: shape)
    var out = result.base
    for offset in 0..<parts {
      switch r[first + Register(offset)] {
      case .number(let x):
        out.initialize(to: x)
        out += 1
      case .real(let a):
        NDArray<Double>.copy(a.base, to: out, count: a.count)
        out += a.count
      default: break
      }
    }
    if isLarge { joins.note(arrays, result) }
    return .make(result)
  }

  @inline(never)
  func cell(_ r: Registers, _ d: Register, _ first: Register, _ layout: Layout) throws(RuntimeError) {
    r[d] = try Concatenation.cell(try rows(r, first, layout))
  }

  // MARK: - Results

  @inline(never)
  func display(_ r: Registers, _ a: Register, _ name: String) throws(RuntimeError) {
    let value = r[a]
    if value.isUndefined { return }
    if case .range = value { try value.checkStorable() }
    context.console.write(Display.namedBytes(name, value, context.format))
  }

  /// Sets and prints `ans`; each value of a list in turn.
  @inline(never)
  func answer(_ r: Registers, _ d: Register, _ a: Register, printing: Bool) throws(RuntimeError) {
    let value = a >= top.pointee.chunk.firstTemporary ? r.take(a) : r[a]
    for value in value.list?.values ?? [value] {
      r[d] = value
      if printing { context.console.write(Display.namedBytes("ans", value, context.format)) }
    }
  }
}
