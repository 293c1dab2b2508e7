import ThetaArrays

/// Operators on two single values of one integer class or of class single, and on one of them with a double: the
/// machinery for arrays costs several times what these do.
enum OneElement {
  static func apply(_ operation: BinaryOperation, _ a: Value, _ b: Value) -> Value? {
    switch (a, b) {
    case (.single(let x), .single(let y)):
      guard let p = only(x), let q = only(y) else { return nil }
      return singles(operation, p, q)
    case (.single(let x), .number(let y)): return only(x).flatMap { singles(operation, $0, Float(y)) }
    case (.number(let x), .single(let y)): return only(y).flatMap { singles(operation, Float(x), $0) }
    case (.int32(let x), .int32(let y)): return integers(operation, x, y)
    case (.uint8(let x), .uint8(let y)): return integers(operation, x, y)
    case (.int8(let x), .int8(let y)): return integers(operation, x, y)
    case (.int16(let x), .int16(let y)): return integers(operation, x, y)
    case (.int64(let x), .int64(let y)): return integers(operation, x, y)
    case (.uint16(let x), .uint16(let y)): return integers(operation, x, y)
    case (.uint32(let x), .uint32(let y)): return integers(operation, x, y)
    case (.uint64(let x), .uint64(let y)): return integers(operation, x, y)
    case (.int32(let x), .number(let y)): return mixed(operation, x, y)
    case (.uint8(let x), .number(let y)): return mixed(operation, x, y)
    case (.int8(let x), .number(let y)): return mixed(operation, x, y)
    case (.int16(let x), .number(let y)): return mixed(operation, x, y)
    case (.uint16(let x), .number(let y)): return mixed(operation, x, y)
    case (.uint32(let x), .number(let y)): return mixed(operation, x, y)
    default: return nil
    }
  }

  @inline(__always)
  private static func only<Element>(_ array: NDArray<Element>) -> Element? {
    array.count == 1 && array.shape.is2D ? array[0] : nil
  }

  private static func singles(_ operation: BinaryOperation, _ p: Float, _ q: Float) -> Value? {
    switch operation {
    case .add: .single(NDArray(scalar: p + q))
    case .subtract: .single(NDArray(scalar: p - q))
    case .multiply, .hadamard: .single(NDArray(scalar: p * q))
    case .divide, .elementDivide: .single(NDArray(scalar: p / q))
    default: comparison(operation, p, q)
    }
  }

  private static func comparison<Element: Comparable>(
    _ operation: BinaryOperation, _ p: Element, _ q: Element
  ) -> Value? {
    switch operation {
    case .less: .logical(p < q)
    case .lessOrEqual: .logical(p <= q)
    case .equal: .logical(p == q)
    case .notEqual: .logical(p != q)
    case .greaterOrEqual: .logical(p >= q)
    case .greater: .logical(p > q)
    default: nil
    }
  }

  /// Sums, differences and products stay within the class.
  @inline(__always)
  private static func integers<Element: FixedWidthInteger & ValueElement>(
    _ operation: BinaryOperation, _ x: NDArray<Element>, _ y: NDArray<Element>
  ) -> Value? {
    guard let p = only(x), let q = only(y) else { return nil }
    switch operation {
    case .add:
      let (sum, overflow) = p.addingReportingOverflow(q)
      return .make(NDArray(scalar: overflow ? (q < 0 ? .min : .max) : sum))
    case .subtract:
      let (difference, overflow) = p.subtractingReportingOverflow(q)
      return .make(NDArray(scalar: overflow ? (q > 0 ? .min : .max) : difference))
    case .multiply, .hadamard:
      let (product, overflow) = p.multipliedReportingOverflow(by: q)
      return .make(NDArray(scalar: overflow ? ((p < 0) == (q < 0) ? .max : .min) : product))
    default: return comparison(operation, p, q)
    }
  }

  /// An integer of at most 32 bits with a double: in double, rounded, kept within the class.
  @inline(__always)
  private static func mixed<Element: FixedWidthInteger & ValueElement>(
    _ operation: BinaryOperation, _ x: NDArray<Element>, _ q: Double
  ) -> Value? {
    guard let element = only(x) else { return nil }
    let p = Double(element)
    let result: Double
    switch operation {
    case .add: result = p + q
    case .subtract: result = p - q
    case .multiply, .hadamard: result = p * q
    default: return comparison(operation, p, q)
    }
    let rounded = result.rounded(.toNearestOrAwayFromZero)
    return .make(
      NDArray(scalar: Element(exactly: rounded) ?? (rounded.isNaN ? 0 : rounded < 0 ? .min : .max)))
  }
}
