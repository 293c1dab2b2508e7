import ThetaArrays
import ThetaGraphics
import ThetaRuntime

// Graphics objects by what they are and what their properties hold.

extension Management {
  static func isHandle(_ call: inout Call) throws(RuntimeError) -> Value { test(call) { _ in true } }
  static func isFigure(_ call: inout Call) throws(RuntimeError) -> Value { test(call) { $0.kind == .figure } }
  static func isAxes(_ call: inout Call) throws(RuntimeError) -> Value {
    test(call) { $0.kind.typeName == "axes" }
  }

  private static func test(_ call: Call, _ holds: (GraphicsObject) -> Bool) -> Value {
    let store = FigureStore.of(call.context)
    guard !call[0].isText, !call[0].isLogical, let array = call[0].realArray else { return .logical(false) }
    return .make(array.map { handle in store.object(handle).map(holds) ?? false })
  }

  static func findobj(_ call: inout Call) throws(RuntimeError) -> Value { try find(call, hidden: false) }
  static func findall(_ call: inout Call) throws(RuntimeError) -> Value { try find(call, hidden: true) }

  /// One test of `findobj`: a property with a value, with a pattern, or any value.
  private struct Test {
    enum Wanted {
      case value(Value)
      case pattern(Value)
      case any
    }

    var joins = "-and"
    var isNegated = false
    var name: String
    var wanted: Wanted
  }

  private static func find(_ call: Call, hidden: Bool) throws(RuntimeError) -> Value {
    let store = FigureStore.of(call.context)
    var roots = [store.root]
    var i = 0
    if let first = call.optional(0), !first.isText, let list = first.realArray?.list {
      roots = []
      for handle in list {
        guard let object = store.object(handle) else {
          throw call.error("invalid graphics handles in input HLIST")
        }
        roots.append(object)
      }
      i = 1
    }
    var depth = Int.max
    var tests: [Test] = []
    var (joins, isNegated) = ("-and", false)
    func next(_ k: Int) throws(RuntimeError) -> Value {
      guard let value = call.optional(k) else { throw call.error("inconsistent number of arguments") }
      return value
    }
    func add(_ name: Value, _ wanted: Test.Wanted) {
      tests.append(Test(joins: joins, isNegated: isNegated, name: name.stringValue ?? "", wanted: wanted))
      (joins, isNegated) = ("-and", false)
    }
    while i < call.count {
      guard let word = call[i].stringValue?.lowercased() else {
        throw call.error("inconsistent number of arguments")
      }
      i += 1
      switch word {
      case "flat": depth = 0
      case "-depth":
        depth = try next(i).integerScalar ?? Int.max
        i += 1
      case "-property":
        add(try next(i), .any)
        i += 1
      case "-and", "-or", "-xor": joins = word
      case "-not": isNegated = true
      case "-regexp":
        add(try next(i), .pattern(try next(i + 1)))
        i += 2
      default:
        add(call[i - 1], .value(try next(i)))
        i += 1
      }
    }
    var found: [Double] = []
    func visit(_ object: GraphicsObject, _ level: Int) throws(RuntimeError) {
      var matches = true
      for (k, test) in tests.enumerated() {
        let holds = try passes(object, test, call, store) != test.isNegated
        switch test.joins {
        case "-or" where k > 0: matches = matches || holds
        case "-xor" where k > 0: matches = matches != holds
        default: matches = matches && holds
        }
      }
      if matches { found.append(object.handle) }
      guard level < depth else { return }
      if hidden {
        for label in object.labels.values.sorted(by: { $0.handle > $1.handle }) {
          try visit(label, level + 1)
        }
      }
      for child in object.children.reversed() { try visit(child, level + 1) }
    }
    for root in roots { try visit(root, 0) }
    return found.isEmpty ? .make(NDArray<Double>(zeros: .empty)) : .column(found)
  }

  private static func passes(
    _ object: GraphicsObject, _ test: Test, _ call: Call, _ store: FigureStore
  ) throws(RuntimeError) -> Bool {
    guard let property = object.kind.schema.resolve(test.name), let value = store.get(object, property.name)
    else { return false }
    switch test.wanted {
    case .any: return true
    case .pattern(let pattern):
      guard value.isText else { return false }
      let match = try call.context.invoker.invoke(
        named: "regexp", [value, pattern, .string("once"), .string("match")], outputs: 1)
      return match.first?.isEmpty == false
    case .value(let wanted):
      if let a = value.stringValue, let b = wanted.stringValue { return a.lowercased() == b.lowercased() }
      return Equality.isEqual(value, wanted)
    }
  }

  static func allchild(_ call: inout Call) throws(RuntimeError) -> Value {
    let store = FigureStore.of(call.context)
    guard let object = store.object(call[0]) else { throw call.error("HANDLES must be graphics handles") }
    return .column(object.children.reversed().map(\.handle))
  }

  static func ancestor(_ call: inout Call) throws(RuntimeError) -> Value {
    let store = FigureStore.of(call.context)
    let types = try call.strings(1)
    var object = store.object(call[0])
    while let o = object {
      if types.contains(o.kind.typeName) { return .number(o.handle) }
      object = o.parent
    }
    return .emptyMatrix
  }

  static func isprop(_ call: inout Call) throws(RuntimeError) -> Value {
    let name = try call.string(1, "PROP must be a string")
    let object = FigureStore.of(call.context).object(call[0])
    return .logical(object.map { $0.kind.schema.property(name.lowercased()) != nil } ?? false)
  }
}
