import ThetaArrays
import ThetaNumeric
import ThetaRuntime
import ThetaText

// warning and lastwarn.

enum Warnings {
  static let table: [Builtin] = [
    Builtin(
      "old = warning (template?, values...)\nold = warning (id, template, values...)\nold = warning (state, id, local?)",
      """
      Prints a warning, or switches warnings on, off or into errors, or asks for their state.

      >> warning ("off", "my:id")

      """,
      multiple: warning),
    Builtin(
      "[msg, msgid] = lastwarn (msg?, msgid?)",
      """
      The text of the last warning; or sets it.

      >> lastwarn ("oops");  lastwarn ()
      ans = oops
      """,
      multiple: lastwarn),
  ]

  private static func stateStruct(_ call: Call, _ identifier: String) -> Value {
    let state = identifier == "all" ? call.context.warnings.all : call.context.warnings.state(of: identifier)
    return .structure([("identifier", .string(identifier)), ("state", .string(state.rawValue))])
  }

  private static func allStates(_ call: Call) -> Value {
    let states = call.context.warnings
    let listed =
      [("all", states.all)] + states.byIdentifier.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    let result = StructArray(Shape(listed.count, 1), names: ["identifier", "state"])
    for (i, (identifier, state)) in listed.enumerated() {
      result.setField("identifier", .string(identifier), at: i)
      result.setField("state", .string(state.rawValue), at: i)
    }
    return .structure(result)
  }

  private static func set(_ context: Context, _ identifier: String, _ state: WarningStates.State) {
    if identifier == "all" {
      context.warnings.all = state
      context.warnings.byIdentifier = [:]
    } else {
      context.warnings.byIdentifier[identifier] = state
    }
  }

  private static func warning(_ call: inout Call) throws(RuntimeError) -> [Value] {
    let context = call.context
    if call.count == 0 {
      if call.outputs > 0 { return [allStates(call)] }
      context.console.write(
        "By default, warnings are \(context.warnings.all == .off ? "disabled" : "enabled").\n")
      return []
    }
    if let structure = call[0].structValue {
      for i in 0..<structure.count {
        if let identifier = structure.field("identifier", at: i)?.stringValue,
          let state = (structure.field("state", at: i)?.stringValue).flatMap({
            WarningStates.State(rawValue: $0)
          })
        {
          set(context, identifier, state)
        }
      }
      return call.outputs > 0 ? [call[0]] : []
    }
    if let word = call[0].stringValue, ["on", "off", "error", "query"].contains(word) {
      var identifier = call.count > 1 ? try call.string(1) : "all"
      if identifier == "last" { identifier = context.warnings.lastIdentifier }
      let old = stateStruct(call, identifier)
      guard let state = WarningStates.State(rawValue: word) else {
        if call.outputs > 0 { return [old] }
        context.console.write(
          "\"\(identifier)\" warning state is \"\(context.warnings.state(of: identifier).rawValue)\"\n")
        return []
      }
      let all = call.outputs > 0 && identifier == "all" ? allStates(call) : old
      set(context, identifier, state)
      return call.outputs > 0 ? [all] : []
    }
    if call.count == 1, call[0].isEmpty { return [] }
    let (identifier, bytes) = try Errors.message(call, from: 0)
    try context.warn(bytes.text, identifier: identifier)
    return []
  }

  private static func lastwarn(_ call: inout Call) throws(RuntimeError) -> [Value] {
    let old = call.context.warnings
    if call.count > 0 {
      call.context.warnings.lastMessage = try call.string(0)
      call.context.warnings.lastIdentifier = call.count > 1 ? try call.string(1) : ""
      if call.outputs == 0 { return [] }
    }
    return [.string(old.lastMessage), .string(old.lastIdentifier)]
  }
}
