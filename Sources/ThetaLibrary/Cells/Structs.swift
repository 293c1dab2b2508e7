import ThetaArrays
import ThetaNumeric
import ThetaRuntime
import ThetaText

// Structs: making, asking, changing.

enum Structs {
  static let table: [Builtin] = [
    Builtin(
      "s = struct (field_value_pairs...)",
      """
      A struct from names and values; cells make struct arrays.

      >> struct ("a", 1)
      ans =

        scalar structure containing the fields:

          a = 1

      """, make),
    Builtin(
      "names = fieldnames (s)",
      """
      The names of the fields as a cell column.

      >> fieldnames (struct ("a", 1, "b", 2))
      ans =
      {
        [1,1] = a
        [2,1] = b
      }

      """, fieldnames),
    Builtin(
      "tf = isfield (s, name)",
      """
      True when a struct has a field; name may be a cell.

      >> isfield (struct ("a", 1), "a")
      ans = 1
      """, isfield),
    Builtin(
      "s = rmfield (s, f)",
      """
      A struct without some fields.

      >> rmfield (struct ("a", 1, "b", 2), "a")
      ans =

        scalar structure containing the fields:

          b = 2

      """, rmfield),
    Builtin(
      "s = setfield (s, path...)",
      """
      A struct with a field set.

      >> setfield (struct ("a", 1), "a", 5)
      ans =

        scalar structure containing the fields:

          a = 5

      """, setfield),
    Builtin(
      "v = getfield (s, path...)",
      """
      The value of a field.

      >> getfield (struct ("a", 5), "a")
      ans = 5
      """, getfield),
    Builtin(
      "[s, p] = orderfields (s, order?)",
      """
      A struct with its fields in another order.

      >> orderfields (struct ("b", 1, "a", 2))
      ans =

        scalar structure containing the fields:

          a = 2
          b = 1

      """, multiple: orderfields),
    Builtin(
      "tf = isstruct (x)",
      """
      True for a struct or struct array.

      >> isstruct (struct ("a", 1))
      ans = 1
      """, isstruct),
    Builtin(
      "c = struct2cell (s)",
      """
      The values of the fields as a cell.

      >> struct2cell (struct ("a", 1, "b", "x"))
      ans =
      {
        [1,1] = 1
        [2,1] = x
      }

      """, struct2cell),
    Builtin(
      "s = cell2struct (cell, fields, dim?)",
      """
      A struct from values and names.

      >> cell2struct ({1; 2}, {"a"; "b"}, 1)
      ans =

        scalar structure containing the fields:

          a = 1
          b = 2

      """, cell2struct),
    Builtin(
      "n = numfields (s)",
      """
      The number of fields.

      >> numfields (struct ("a", 1, "b", 2))
      ans = 2
      """, numfields),
    Builtin(
      "s = substruct (type, subs, more...)",
      """
      A struct for subsref and subsasgn.

      >> substruct ("()", {1}).type
      ans = ()
      """, substruct),
    Builtin(
      "[v, ...] = subsref (val, idx)",
      """
      A part of a value, by a struct from substruct.

      >> subsref ([4 5 6], substruct ("()", {2}))
      ans = 5
      """, multiple: subsref),
    Builtin(
      "v = subsasgn (val, idx, rhs)",
      """
      A value with a part replaced, by a struct from substruct.

      >> subsasgn ([4 5 6], substruct ("()", {2}), 0)
      ans =

         4   0   6

      """, subsasgn),
  ]

  private static func make(_ call: inout Call) throws(RuntimeError) -> Value {
    if call.count == 0 { return .structure(StructArray()) }
    if call.count == 1 {
      if call[0].isStructure { return call[0] }
      if case .object = call[0] { return call[0] }
    }
    if call.count == 1, call[0].isEmpty, call[0].isNumeric {
      return .structure(StructArray(.empty, names: []))
    }
    let misuse = call.error("additional arguments must occur as \"field\", VALUE pairs")
    guard call.count % 2 == 0 else { throw misuse }
    var shape = Shape.scalar
    var decisive = 0
    for i in stride(from: 0, to: call.count, by: 2) {
      guard call[i].isText else { throw misuse }
      guard case .cell(let cells) = call[i + 1], !cells.shape.isScalar else { continue }
      if decisive == 0 {
        shape = cells.shape
        decisive = i + 2
      } else if shape != cells.shape {
        throw call.error("dimensions of parameter \(decisive) do not match those of parameter \(i + 2)")
      }
    }
    let result = StructArray(shape, names: [])
    for i in stride(from: 0, to: call.count, by: 2) {
      let name = try call.string(i)
      result.addField(name)
      for element in 0..<shape.count {
        let value: Value
        if case .cell(let cells) = call[i + 1] {
          value = cells[cells.shape.isScalar ? 0 : element]
        } else {
          value = call[i + 1]
        }
        result.setField(name, value, at: element)
      }
    }
    return .structure(result)
  }

  private static func fieldnames(_ call: inout Call) throws(RuntimeError) -> Value {
    if case .object = call[0] { return .columnCell([]) }
    guard let structure = call[0].structValue else { throw call.error("Invalid input argument") }
    return .columnCell(structure.names.map { .string($0) })
  }

  private static func isfield(_ call: inout Call) throws(RuntimeError) -> Value {
    let names = call[0].structValue?.names ?? []
    switch call[1] {
    case .cell(let cells):
      guard call[0].isStructure else { return .logical(false) }
      return .make(cells.map { value in value.stringValue.map { names.contains($0) } ?? false })
    case .text: return .logical(names.contains(try call.string(1)))
    default: return .logical(false)
    }
  }

  private static func rmfield(_ call: inout Call) throws(RuntimeError) -> Value {
    guard let structure = call[0].structValue else { throw call.error("first argument must be a struct") }
    guard let names = call[1].stringList else {
      throw call.error("second argument must be a cellstr or character string")
    }
    let result = structure.copy()
    for name in names {
      guard result.slot(of: name) != nil else {
        throw call.error("structure does not contain field \(name)")
      }
      result.removeField(name)
    }
    return .structure(result)
  }

  private static func isstruct(_ call: inout Call) throws(RuntimeError) -> Value {
    .logical(call[0].isStructure)
  }

  private static func numfields(_ call: inout Call) throws(RuntimeError) -> Value {
    guard let structure = call[0].structValue else { throw call.error("argument must be a struct") }
    return .integer(structure.names.count)
  }

  private static func struct2cell(_ call: inout Call) throws(RuntimeError) -> Value {
    guard let structure = call[0].structValue else { throw call.error("argument S must be a structure") }
    let shape = structure.shape
    if shape.isColumn { return .cell(Shape(structure.names.count, shape.rows), structure.values) }
    return .cell(Shape([structure.names.count] + shape.sizes), structure.values)
  }

  private static func cell2struct(_ call: inout Call) throws(RuntimeError) -> Value {
    guard case .cell(let cells) = call[0] else { throw call.error("argument CELL must be of type cell") }
    guard call[1].isCellOfStrings || (call[1].isText && call[1].shape.rows <= 1),
      let names = call[1].stringList
    else { throw call.error("FIELDS must be a cell array of strings or a scalar string") }
    let dimension = call.count > 2 ? try call.integer(2, "DIM must be a real scalar") - 1 : 0
    guard dimension >= 0 else { throw call.error("DIM must be a valid dimension") }
    let shape = cells.shape
    guard shape[dimension] == names.count else {
      throw call.error("number of FIELDS does not match dimension")
    }
    let (inner, length, outer) = shape.split(at: dimension)
    var sizes = (0..<shape.dimensionCount).filter { $0 != dimension }.map { shape[$0] }
    if sizes.count == 1 { sizes.append(1) }
    let result = StructArray(Shape(sizes), names: names)
    guard result.names.count == names.count else { throw call.error("FIELDS must be distinct") }
    for o in 0..<outer {
      for k in 0..<length {
        for i in 0..<inner {
          result.values[(o * inner + i) * length + k] = cells[(o * length + k) * inner + i]
        }
      }
    }
    return .structure(result)
  }

  // MARK: Paths

  /// A field path of getfield and setfield: names and cells of subscripts.
  private static func steps(_ call: Call, to end: Int) throws(RuntimeError) -> [Step] {
    var steps: [Step] = []
    for i in 1..<max(1, end) {
      switch call[i] {
      case .cell(let cells): steps.append(.parentheses(Array(cells)))
      case .text: steps.append(.field(try call.string(i)))
      default: throw call.error("invalid index")
      }
    }
    return steps
  }

  private enum Step {
    case parentheses([Value])
    case braces([Value])
    case field(String)
  }

  private static func read(_ value: Value, _ steps: [Step]) throws(RuntimeError) -> [Value] {
    var values = [value]
    for step in steps {
      guard values.count == 1 else {
        throw RuntimeError("a cs-list cannot be further indexed")
      }
      let value = values[0]
      switch step {
      case .field(let name):
        if case .object(let object) = value {
          guard let property = try object.property(name) else {
            throw RuntimeError("invalid use of a \(object.className) object")
          }
          values = [property]
        } else {
          values = try Indexing.field(value, name)
        }
      case .parentheses(var subscripts):
        if case .function = value { throw RuntimeError("function handle cannot be indexed with ()") }
        values = [
          try CellArrays.withArguments(&subscripts) { window throws(RuntimeError) in
            try Indexing.element(value, window, name: "")
          }
        ]
      case .braces(var subscripts):
        values = try CellArrays.withArguments(&subscripts) { window throws(RuntimeError) in
          try Indexing.brace(value, window, name: "")
        }
      }
    }
    return values
  }

  private static func written(
    _ value: Value, _ steps: ArraySlice<Step>, _ new: Value
  ) throws(RuntimeError) -> Value {
    guard let step = steps.first else { return new }
    let rest = steps.dropFirst()
    var result = value
    var inner = new
    if !rest.isEmpty {
      // What is not there yet starts from nothing.
      let old = (try? read(value, [step]))?.first ?? .undefined
      inner = try written(old, rest, new)
    }
    switch step {
    case .field(let name): try Indexing.assignField(&result, name, inner)
    case .parentheses(var subscripts):
      try CellArrays.withArguments(&subscripts) { window throws(RuntimeError) in
        try Indexing.assign(&result, window, inner, name: "")
      }
    case .braces(var subscripts):
      try CellArrays.withArguments(&subscripts) { window throws(RuntimeError) in
        try Indexing.assignBrace(&result, window, inner, name: "")
      }
    }
    return result
  }

  private static func getfield(_ call: inout Call) throws(RuntimeError) -> Value {
    if call.count < 2 { throw call.invalid }
    guard let value = try read(call[0], try steps(call, to: call.count)).first else {
      throw RuntimeError("invalid use of a N_-D array")
    }
    return value
  }

  private static func setfield(_ call: inout Call) throws(RuntimeError) -> Value {
    if call.count < 3 { throw call.invalid }
    let steps = try steps(call, to: call.count - 1)
    return try written(call[0], steps[...], call[call.count - 1])
  }

  private static func orderfields(_ call: inout Call) throws(RuntimeError) -> [Value] {
    guard let structure = call[0].structValue else { throw call.error("S1 must be a struct") }
    var order: [Int]
    if call.count == 1 {
      order = structure.names.indices.sorted { structure.names[$0] < structure.names[$1] }
    } else {
      let wanted: [String]
      switch call[1] {
      case .structure(let other): wanted = other.names
      case .cell where call[1].isCellOfStrings: wanted = call[1].stringList ?? []
      default:
        let places = try call.array(1).map { Int(exactly: $0) ?? 0 }
        guard places.sorted() == Array(1..<(structure.names.count + 1)) else {
          throw call.error("invalid permutation vector P")
        }
        wanted = places.map { structure.names[$0 - 1] }
      }
      order = []
      for name in wanted {
        guard let slot = structure.slot(of: name) else {
          throw call.error(
            call[1].isCell
              ? "CELLSTR list does not match structure fields" : "FIELDS must match between both structs")
        }
        order.append(slot)
      }
      guard order.count == structure.names.count else {
        throw call.error("FIELDS must match between both structs")
      }
    }
    let width = structure.names.count
    var values: [Value] = []
    for element in 0..<structure.count { values += order.map { structure.values[element * width + $0] } }
    let result = StructArray(structure.shape, names: order.map { structure.names[$0] }, values: values)
    return [.structure(result), .column(order.map { Double($0 + 1) })]
  }

  // MARK: subsref

  private static func substruct(_ call: inout Call) throws(RuntimeError) -> Value {
    guard call.count >= 2, call.count % 2 == 0 else { throw call.invalid }
    let result = StructArray(Shape(1, call.count / 2), names: ["type", "subs"])
    for i in 0..<(call.count / 2) {
      let type = try call.string(2 * i)
      guard ["()", "{}", "."].contains(type) else {
        throw call.error("TYPE must be one of \"()\", \"{}\", or \".\"")
      }
      let subs = call[2 * i + 1]
      guard subs.isCell || subs.isText else {
        throw call.error("for TYPE == \(type), SUBS must be a cell array or string")
      }
      result.setField("type", call[2 * i], at: i)
      result.setField("subs", subs, at: i)
    }
    return .structure(result)
  }

  private static func indexSteps(_ call: Call) throws(RuntimeError) -> [Step] {
    guard let structure = call[1].structValue, structure.slot(of: "type") != nil,
      structure.slot(of: "subs") != nil
    else { throw call.error("IDX must be a struct array with fields \"type\" and \"subs\"") }
    var steps: [Step] = []
    for i in 0..<structure.count {
      let subs = structure.field("subs", at: i) ?? .emptyMatrix
      let subscripts = subs.cellElements ?? [subs]
      switch structure.field("type", at: i)?.stringValue {
      case "()": steps.append(.parentheses(subscripts))
      case "{}": steps.append(.braces(subscripts))
      case ".": steps.append(.field(subs.stringValue ?? ""))
      default: throw call.error("type string must be one of \"()\", \"{}\", or \".\"")
      }
    }
    return steps
  }

  private static func subsref(_ call: inout Call) throws(RuntimeError) -> [Value] {
    let steps = try indexSteps(call)
    if case .function(let handle) = call[0], case .parentheses(let arguments)? = steps.first {
      return try call.context.invoker.invoke(handle, arguments, outputs: call.outputs)
    }
    return try read(call[0], steps)
  }

  private static func subsasgn(_ call: inout Call) throws(RuntimeError) -> Value {
    try written(call[0], try indexSteps(call)[...], call[2])
  }
}
