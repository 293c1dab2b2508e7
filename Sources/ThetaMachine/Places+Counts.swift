import ThetaArrays
import ThetaRuntime

// How many places the left side of an assignment names. One value goes to one place; Octave counts before it looks at the
// subscripts themselves.

extension Machine {
  /// Throws when `target` under a step, before the steps that follow, is not one place.
  func checkPlaces(_ target: Value, _ step: Step, _ rest: ArraySlice<Step>) throws(RuntimeError) {
    switch step {
    case .field:
      if case .structure(let fields) = target {
        if fields.count != 1 { throw refusal(rest) }
      } else if rest.isEmpty, !target.isUndefined, target.shape != .empty, target.shape.count != 1 {
        if case .object = target { return }
        throw RuntimeError.severalPlaces
      }
    case .brace(let subscripts):
      guard target.isCellPlace || target.isUndefined || target.isEmpty else { return }
      try check(subscripts, in: target, rest)
    case .paren(let subscripts):
      guard case .field? = rest.first else { return }
      guard target.isStructure || target.isUndefined || target.isEmptyPlace else { return }
      try check(subscripts, in: target, rest.dropFirst())
    }
  }

  private func check(
    _ subscripts: [Value], in target: Value, _ rest: ArraySlice<Step>
  ) throws(RuntimeError) {
    if subscripts.count == 1, case .number = subscripts[0] { return }
    try checkExists(target, subscripts, rest)
    var count = 1
    for (position, subscript_) in subscripts.enumerated() {
      switch subscript_ {
      case .cell, .structure, .function:
        throw RuntimeError(
          "dims_to_numel: invalid index index <\(subscript_.typeName)>: "
            + "subscripts must be either integers 1 to (2^63)-1 or logicals")
      default: break
      }
      let (product, overflow) = count.multipliedReportingOverflow(
        by: selected(subscript_, in: target, position: position, of: subscripts.count))
      count = overflow ? Int.max : product
    }
    if count != 1 { throw refusal(rest) }
  }

  /// A colon asks for a size, which a variable without a value does not have.
  func checkExists(
    _ target: Value, _ subscripts: [Value], _ rest: ArraySlice<Step> = []
  ) throws(RuntimeError) {
    guard target.isUndefined, subscripts.contains(where: \.isColon) else { return }
    throw RuntimeError(
      rest.isEmpty
        ? "invalid dimension inquiry of a non-existent value" : "a cs-list cannot be further indexed")
  }

  private func refusal(_ rest: ArraySlice<Step>) -> RuntimeError {
    switch rest.first {
    case nil, .field?: RuntimeError.severalPlaces
    default: RuntimeError("a cs-list cannot be further indexed")
    }
  }
}
