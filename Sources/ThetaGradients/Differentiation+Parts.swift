import ThetaArrays
import ThetaRuntime

// Parts of tracked numbers: reading and writing elements, deleting them, joining.

extension Differentiation {
  /// `a(subscripts)`
  static func index(_ a: Tracked, _ subscripts: [Value], name: String) throws(RuntimeError) -> Value {
    if case .real(let array) = a.value, let offset = scalarOffset(subscripts, array.shape) {
      let node = a.node.tape.node(.scalar, [Link(node: a.node, pull: .element(offset))])
      return .object(Tracked(.number(array[offset]), node))
    }
    let subscripts = subscripts.map(\.plain)
    let tape = a.node.tape
    let algebra = tape.algebra
    let value = try algebra.index(a.value, subscripts, name: name)
    let shape = a.shape
    let link = Link(
      node: a.node,
      pull: .into { g, target throws(RuntimeError) in
        try algebra.scatter(g, try offsets(subscripts, in: shape), into: &target)
      })
    return try tape.record(value, [link], "index")
  }

  /// The offset that one or two whole numbers within bounds mean; nil otherwise.
  private static func scalarOffset(_ subscripts: [Value], _ shape: Shape) -> Int? {
    guard case .number(let x)? = subscripts.first, let i = Int(exactly: x), i >= 1 else { return nil }
    if subscripts.count == 1 { return i <= shape.count ? i - 1 : nil }
    guard subscripts.count == 2, shape.is2D, case .number(let y) = subscripts[1], let j = Int(exactly: y),
      j >= 1,
      i <= shape.rows, j <= shape.columns
    else { return nil }
    return (j - 1) * shape.rows + i - 1
  }

  static func offsets(_ subscripts: [Value], in shape: Shape) throws(RuntimeError) -> [Int] {
    if subscripts.count == 1, case .number(let x) = subscripts[0], let i = Int(exactly: x) { return [i - 1] }
    if subscripts.count == 2, case .number(let x) = subscripts[0], case .number(let y) = subscripts[1],
      let i = Int(exactly: x), let j = Int(exactly: y)
    {
      return [(j - 1) * shape.rows + i - 1]
    }
    var subscripts = subscripts
    return try subscripts.withArguments { window throws(RuntimeError) in
      try Indexing.offsets(window, in: shape)
    }
  }

  /// `value(subscripts) = new`
  static func assign(
    _ value: inout Value, _ subscripts: Arguments, _ new: Value, in context: Context?
  ) throws(RuntimeError) -> Bool {
    switch value {
    case .cell, .structure, .function: return false
    default: break
    }
    let subscripts = subscripts.map(\.plain)
    if assignElement(&value, subscripts, new) { return true }
    var wasUndefined = false
    if case .undefined = value { wasUndefined = true }
    guard var operands = Operands([wasUndefined ? .emptyMatrix : value, new]) else { return false }
    let algebra = operands.algebra
    let before = operands.values[0].shape
    if new.isEmpty, before.isEmpty { return false }
    let node = operands.nodes[0]
    var result: Value
    if node != nil {
      operands.values[0] = .undefined
      result = takeNumber(&value)
    } else {
      result = operands.values[0]
      operands.values[0] = .undefined
      value = .undefined
    }
    do {
      try store(&result, subscripts, operands.values[1], context)
    } catch {
      if !wasUndefined { value = node.map { .object(Tracked(result, $0)) } ?? result }
      throw error
    }
    let after = result.shape
    let offsets = try offsets(subscripts, in: after)
    var links: [Link] = []
    if let node = operands.nodes[1] {
      let own = operands.values[1].shape
      let kept = keepingLast(offsets)
      links.append(
        Link(
          node: node,
          pull: .whole { g throws(RuntimeError) in
            if own.isScalar {
              return try algebra.total(try algebra.gather(g, kept, Shape(kept.count, 1)))
            }
            return try algebra.gather(g, kept, own)
          }))
    }
    if let node {
      links.append(
        Link(
          node: node,
          pull: .consuming { g throws(RuntimeError) in
            try clear(&g, offsets, algebra)
            if before == after { return }
            // The array has grown: what was there lies in its first rows and columns.
            if before.isEmpty {
              g = .make(NDArray<Double>(zeros: before))
            } else if before.isVector, after.isVector {
              g = try algebra.reshape(try algebra.index(g, firstElements(before.count)), before)
            } else {
              g = try algebra.index(g, (0..<after.dimensionCount).map { firstElements(before[$0]) })
            }
          }))
    }
    value = try operands.tape.record(result, links, "indexed assignment")
    return true
  }

  /// Offsets with -1 in the place of those that come again later: of several values assigned to one element the last
  /// stays.
  private static func keepingLast(_ offsets: [Int]) -> [Int] {
    if zip(offsets, offsets.dropFirst()).allSatisfy({ $0 < $1 }) { return offsets }
    var result = offsets
    var seen: Set<Int> = []
    for k in offsets.indices.reversed() where !seen.insert(offsets[k]).inserted { result[k] = -1 }
    return result
  }

  /// A real number into a real array, at an element that is there or right behind a vector: what loops do. False when
  /// anything is out of the ordinary.
  private static func assignElement(_ value: inout Value, _ subscripts: [Value], _ new: Value) -> Bool {
    guard case .number(let x) = new.tracked?.value ?? new else { return false }
    let (old, own) = (value.tracked?.node, new.tracked?.node)
    guard let tape = own?.tape ?? old?.tape, old.map({ $0.tape === tape }) ?? true,
      let (offset, before) = place(value, subscripts)
    else { return false }
    var number = takeNumber(&value)
    guard var array = number.realArray else { return false }
    (number, value) = (.undefined, .undefined)
    if !isKnownUniquelyReferenced(&array) { array = array.copy() }
    if offset < array.count {
      array[offset] = x
    } else {
      let n = array.count + 1
      array.append(x, shape: before.rows == 1 ? Shape(1, n) : Shape(n, 1))
    }
    var links: [Link] = []
    links.reserveCapacity(2)
    if let own { links.append(Link(node: own, pull: .place(offset))) }
    if let old { links.append(Link(node: old, pull: .unplace(offset, before))) }
    value = .object(Tracked(.real(array), tape.node(array.shape, links)))
    return true
  }

  /// Where in a real array a number goes, and the shape of the array. A function of its own, so that no binding holds
  /// the array while it is written.
  private static func place(_ value: Value, _ subscripts: [Value]) -> (Int, Shape)? {
    guard case .real(let array) = value.tracked?.value ?? value else { return nil }
    if let offset = scalarOffset(subscripts, array.shape) { return (offset, array.shape) }
    guard subscripts.count == 1, case .number(let x) = subscripts[0], x == Double(array.count + 1),
      array.count > 1, array.shape.isVector
    else { return nil }
    return (array.count, array.shape)
  }

  /// The gradient of an array from that of the array in which an element was replaced or appended, in place.
  static func unplace(
    _ g: inout Value, _ offset: Int, _ before: Shape, _ algebra: Algebra
  ) throws(RuntimeError) {
    guard case .real = g, var array = g.realArray else {
      try clear(&g, [offset], algebra)
      if g.shape != before {
        g = try algebra.reshape(try algebra.index(g, firstElements(before.count)), before)
      }
      return
    }
    g = .undefined
    if !isKnownUniquelyReferenced(&array) { array = array.copy() }
    if array.count > before.count {
      array.remove(offset..<offset + 1, shape: before)
    } else {
      array[offset] = 0
    }
    g = .real(array)
  }

  private static func firstElements(_ n: Int) -> Value {
    n == 1 ? .number(1) : .range(RangeValue(base: 1, increment: 1, limit: Double(n), count: n))
  }

  /// The number in a tracked value: taken out of it when no other variable has it, so that it can be changed in
  /// place.
  private static func takeNumber(_ value: inout Value) -> Value {
    guard var tracked = value.tracked else { return value }
    value = .undefined
    let number = tracked.value
    if isKnownUniquelyReferenced(&tracked) { tracked.value = .undefined }
    return number
  }

  static func store(
    _ target: inout Value, _ subscripts: [Value], _ new: Value, _ context: Context?
  ) throws(RuntimeError) {
    var subscripts = subscripts
    try subscripts.withArguments { window throws(RuntimeError) in
      try Indexing.assign(&target, window, new, name: "A", in: context)
    }
  }

  /// Puts zeros at offsets of a gradient.
  private static func clear(
    _ g: inout Value, _ offsets: [Int], _ algebra: Algebra
  ) throws(RuntimeError) {
    if g.tracked != nil {
      let mask = NDArray<Double>(g.shape, repeating: 1)
      for offset in offsets { mask[offset] = 0 }
      g = try algebra.times(g, .make(mask))
      return
    }
    guard var array = g.realArray else { return }
    g = .undefined
    if !isKnownUniquelyReferenced(&array) { array = array.copy() }
    for offset in offsets { array[offset] = 0 }
    g = .make(array)
  }

  /// `value(subscripts) = []`
  static func delete(_ value: inout Value, _ subscripts: Arguments) throws(RuntimeError) -> Bool {
    guard let tracked = value.tracked else { return false }
    let count = tracked.shape.count
    var places = Value.make(NDArray(tracked.shape, (0..<count).map { Double($0 + 1) }))
    var plain = subscripts.map(\.plain)
    try plain.withArguments { window throws(RuntimeError) in
      try Indexing.delete(&places, window, name: "")
    }
    if places.isEmpty {
      value = places
    } else {
      value = try tracked.node.tape.algebra.index(value, places)
      value = try tracked.node.tape.algebra.reshape(value, places.shape)
    }
    return true
  }

  /// `base:increment:limit` whose numbers are `plain`: each is the base and so many times the increment. Where it ends
  /// is as little a matter of derivatives as the size of an array.
  static func range(_ base: Value, _ increment: Value?, _ plain: Value) throws(RuntimeError) -> Value? {
    guard let operands = Operands([base, increment ?? .number(1)]) else { return nil }
    let algebra = operands.algebra
    let steps = Value.row((0..<plain.count).map(Double.init))
    var links: [Link] = []
    if let node = operands.nodes[0] {
      links.append(Link(node: node, pull: .whole { g throws(RuntimeError) in try algebra.total(g) }))
    }
    if let node = operands.nodes[1] {
      links.append(
        Link(
          node: node,
          pull: .whole { g throws(RuntimeError) in try algebra.total(try algebra.times(g, steps)) }))
    }
    var value = plain.full
    if operands.values[0].tracked != nil || operands.values[1].tracked != nil {
      // An outer tape follows the same numbers.
      value = try algebra.add(operands.values[0], try algebra.times(operands.values[1], steps))
    }
    return try operands.tape.record(value, links, "range")
  }

  // MARK: - Joining

  /// `[a, b; c, d]`
  static func concatenate(_ rows: [[Value]]) throws(RuntimeError) -> Value? {
    if rows.count == 1 { return try concatenate(rows[0], along: 1) }
    var lines: [Value] = []
    for row in rows { lines.append(try Concatenation.matrix([row])) }
    return try concatenate(lines, along: 0)
  }

  static func arePlainArrays(_ values: [Value]) -> Bool {
    !values.contains { $0.tracked != nil || $0.isCell || $0.isStructure }
  }

  static func concatenate(_ values: [Value], along dimension: Int) throws(RuntimeError) -> Value? {
    if values.contains(where: { $0.isCell || $0.isStructure }) { return nil }
    guard let operands = Operands(values) else { return nil }
    let algebra = operands.algebra
    let value: Value
    switch dimension {
    case 0: value = try Concatenation.matrix(operands.values.map { [$0] })
    case 1: value = try Concatenation.matrix([operands.values])
    default: value = try Concatenation.along(dimension, operands.values, function: "cat")
    }
    var links: [Link] = []
    var start = 0
    for (i, part) in operands.values.enumerated() {
      let shape = part.shape
      // An empty matrix takes no room, whatever its sizes.
      if shape.isEmpty { continue }
      let first = start
      let length = shape[dimension]
      start += length
      guard let node = operands.nodes[i] else { continue }
      links.append(
        Link(
          node: node,
          pull: .whole { g throws(RuntimeError) in
            try block(of: g, along: dimension, first, length, shape, algebra)
          }))
    }
    return try operands.tape.record(value, links, "concatenation")
  }

  private static func block(
    of g: Value, along dimension: Int, _ first: Int, _ length: Int, _ shape: Shape, _ algebra: Algebra
  ) throws(RuntimeError) -> Value {
    if case .real(let array) = g {
      let (inner, whole, outer) = array.shape.split(at: dimension)
      let result = NDArray<Double>(zeros: shape)
      let run = inner * length
      for k in 0..<outer {
        let source = (k * whole + first) * inner
        for i in 0..<run { result[k * run + i] = array[source + i] }
      }
      return .make(result)
    }
    var subscripts: [Value] = (0..<max(g.shape.dimensionCount, dimension + 1)).map { _ in .string(":") }
    subscripts[dimension] =
      length == 1
      ? .integer(first + 1)
      : .range(
        RangeValue(base: Double(first + 1), increment: 1, limit: Double(first + length), count: length))
    return try algebra.index(g, subscripts)
  }
}
