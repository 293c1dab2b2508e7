import ThetaArrays

// `x += y` and its like on an array that only the variable holds: Octave then computes in place, and says so when the
// result would not fit.

extension Operators {
  /// The error of `target op= other` when the array of `target` is in nobody else's hands, both are of one class, and
  /// the result would have another shape; nil when the operation is an ordinary one.
  public static func refusalInPlace(
    _ operation: BinaryOperation, _ target: inout Value, _ other: Value
  ) -> RuntimeError? {
    let (shape, right) = (target.shape, other.shape)
    if shape == right || shape.isScalar || right.isScalar { return nil }
    let fits = (0..<max(shape.dimensionCount, right.dimensionCount)).allSatisfy {
      right[$0] == 1 || right[$0] == shape[$0]
    }
    let name: String
    switch operation {
    case .add, .subtract, .hadamard, .elementDivide:
      if fits { return nil }
      if case .boolean = target { return nil }
      name = operation.rawValue + "="
    case .and, .or:
      guard case .boolean = target, case .boolean = other, !fits else { return nil }
      name = "operator " + operation.rawValue + "="
    default: return nil
    }
    return isOwnArray(&target, like: other) ? .nonconformant(name, shape, right) : nil
  }

  /// Both hold arrays of one class, and nobody else holds that of `target`.
  private static func isOwnArray(_ target: inout Value, like other: Value) -> Bool {
    func test<Element>(
      _ take: (inout Value) -> NDArray<Element>?, _ wrap: (NDArray<Element>) -> Value
    ) -> Bool {
      guard var array = take(&target) else { return false }
      let isOwn = isKnownUniquelyReferenced(&array)
      target = wrap(array)
      return isOwn
    }
    switch other {
    case .real: return test(Value.takeReal, { .real($0) })
    case .boolean: return test(Value.takeBoolean, { .boolean($0) })
    case .single: return test(Value.takeSingle, { .single($0) })
    case .int8: return test({ Int8.take(&$0) }, { .int8($0) })
    case .int16: return test({ Int16.take(&$0) }, { .int16($0) })
    case .int32: return test({ Int32.take(&$0) }, { .int32($0) })
    case .int64: return test({ Int64.take(&$0) }, { .int64($0) })
    case .uint8: return test({ UInt8.take(&$0) }, { .uint8($0) })
    case .uint16: return test({ UInt16.take(&$0) }, { .uint16($0) })
    case .uint32: return test({ UInt32.take(&$0) }, { .uint32($0) })
    case .uint64: return test({ UInt64.take(&$0) }, { .uint64($0) })
    default: return false
    }
  }
}
