import ThetaArrays
import ThetaRuntime

/// A comma-separated list that does not have exactly one value, on its way from `c{:}` or `s.x` to the instruction
/// that spreads it or refuses it. Lives in temporaries only; no variable and no builtin ever sees one.
final class ValueList: ObjectValue {
  var values: [Value]
  /// How many have been handed out (`storeMany`).
  var position = 0

  init(_ values: [Value]) {
    self.values = values
    super.init()
  }

  override var className: String { "cs-list" }

  /// One value as itself, any other number as a list.
  static func wrap(_ values: [Value]) -> Value {
    values.count == 1 ? values[0] : .object(ValueList(values))
  }
}

extension Value {
  /// The list in a temporary, if it holds one.
  var list: ValueList? {
    guard case .object(let object) = self else { return nil }
    return object as? ValueList
  }
}

/// An error that waits for the clean-up code of `unwind_protect` to end.
final class PendingError: ObjectValue {
  let error: RuntimeError

  init(_ error: RuntimeError) {
    self.error = error
    super.init()
  }
}

/// A struct, or an array of structs, being walked by `for [value, key] = s`.
final class FieldWalk: ObjectValue {
  let fields: StructArray

  /// A field of one struct is itself, those of an array are a cell of its shape.
  func value(_ slot: Int) -> Value {
    if fields.count == 1 { return fields.values[slot] }
    return .cell(fields.shape, (0..<fields.count).map { fields.values[$0 * fields.names.count + slot] })
  }

  init(_ fields: StructArray) {
    self.fields = fields
    super.init()
  }
}

/// The code and the captured values of `@(x) …`.
final class Closure: AnonymousFunction {
  let template: ClosureTemplate
  let captured: [Value]

  init(_ template: ClosureTemplate, captured: [Value]) {
    self.template = template
    self.captured = captured
  }

  var text: String { template.text }
  var parameterNames: [String] { template.parameterNames }

  var captures: [(String, Value)] {
    zip(template.captures, captured).compactMap { capture, value in
      value.isUndefined ? nil : (capture.name, value)
    }
  }
}
