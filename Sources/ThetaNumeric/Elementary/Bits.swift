import ThetaArrays
import ThetaRuntime

// Bit operations on whole numbers and integer division with a choice of rounding.

enum Bits {
  static let table: [Builtin] = [
    Builtin("y = bitand (x, y)", "The bits set in both whole numbers; of doubles, the lower 53.", bitand),
    Builtin("y = bitor (x, y)", "The bits set in either.", bitor),
    Builtin("y = bitxor (x, y)", "The bits set in just one.", bitxor),
    Builtin(
      "y = bitshift (x, n, mask?)", "x shifted by n bits to the left, to the right for negative n.", bitshift),
    Builtin("y = bitcmp (x)", "All bits of x inverted.", bitcmp),
    Builtin("y = bitget (x, n)", "Bit n of x, counted from 1.", bitget),
    Builtin("y = bitset (x, n, value?)", "x with bit n, counted from 1, set to 1 (or to value).", bitset),
    Builtin(
      "y = idivide (x, y, rounding?)",
      """
      The quotient of integers, rounded by "fix" (default), "ceil", "round" or "floor".
      """, idivide),
  ]

  static func bitand(_ call: inout Call) throws(RuntimeError) -> Value { try combine(call) { $0 & $1 } }
  static func bitor(_ call: inout Call) throws(RuntimeError) -> Value { try combine(call) { $0 | $1 } }
  static func bitxor(_ call: inout Call) throws(RuntimeError) -> Value { try combine(call) { $0 ^ $1 } }

  /// Whole numbers as 64 bits; fractions are dropped, negative numbers of floating classes count as zero.
  private struct Words: RealVisitor {
    func visit<E: RealElement>(_ array: NDArray<E>) throws(RuntimeError) -> NDArray<UInt64> {
      if let a = array as? NDArray<UInt64> { return a }
      if let a = array as? NDArray<Int64> { return a.map { UInt64(bitPattern: $0) } }
      return array.map { x in
        let value = x.double
        if !E.isFloating { return UInt64(bitPattern: Int64(value)) }
        return UInt64(saturating: value)
      }
    }
  }

  private static func words(_ value: Value) throws(RuntimeError) -> NDArray<UInt64>? {
    guard value.isNumeric || value.isLogical, !value.isComplex else { return nil }
    return try value.visitReal(Words())
  }

  private static func value(_ words: NDArray<UInt64>, _ name: String) -> Value {
    switch name {
    case "int8": return .make(words.map { Int8(truncatingIfNeeded: $0) })
    case "int16": return .make(words.map { Int16(truncatingIfNeeded: $0) })
    case "int32": return .make(words.map { Int32(truncatingIfNeeded: $0) })
    case "int64": return .make(words.map { Int64(truncatingIfNeeded: $0) })
    case "uint8": return .make(words.map { UInt8(truncatingIfNeeded: $0) })
    case "uint16": return .make(words.map { UInt16(truncatingIfNeeded: $0) })
    case "uint32": return .make(words.map { UInt32(truncatingIfNeeded: $0) })
    case "uint64": return .make(words)
    case "logical": return .make(words.map { $0 != 0 })
    case "single": return .make(words.map { Float($0) })
    default: return .make(words.map { Double($0) })
    }
  }

  private static func combine(
    _ call: Call, _ operation: (UInt64, UInt64) -> UInt64
  ) throws(RuntimeError) -> Value {
    let (a, b) = (call[0], call[1])
    guard let x = try words(a), let y = try words(b) else { throw call.error("invalid operand type") }
    let name: String
    if a.isInteger || b.isInteger {
      guard !a.isInteger || !b.isInteger || a.className == b.className else {
        throw call.error("must have matching operand types")
      }
      name = a.isInteger ? a.className : b.className
    } else if a.isLogical && b.isLogical {
      name = "logical"
    } else {
      name = a.isSingle || b.isSingle ? "single" : "double"
    }
    guard x.shape == y.shape || x.count == 1 || y.count == 1 else {
      throw call.error("size of X and Y must match, or one operand must be a scalar")
    }
    let shape = x.count == 1 ? y.shape : x.shape
    let result = NDArray<UInt64>(zeros: shape)
    for i in 0..<result.count {
      result[i] = operation(x[x.count == 1 ? 0 : i], y[y.count == 1 ? 0 : i])
    }
    return value(result, name)
  }

  static func bitshift(_ call: inout Call) throws(RuntimeError) -> Value {
    guard let x = try words(call[0]) else { throw call.error("not defined for \(call[0].className) objects") }
    let name = call[0].isLogical ? "double" : call[0].className
    let shifts = try call.numbers(1)
    var mask: UInt64 = name == "double" ? (1 << 53) - 1 : name == "single" ? (1 << 24) - 1 : .max
    if call.count > 2 {
      let n = try call.integer(2)
      guard n >= 0 else { throw call.error("N must be a scalar integer") }
      if n < 64 { mask &= n == 0 ? 0 : (1 << UInt64(n)) - 1 }
    }
    guard shifts.shape == x.shape || shifts.count == 1 || x.count == 1 else {
      throw call.error("size of A and N must match, or one operand must be a scalar")
    }
    let result = NDArray<UInt64>(zeros: x.count == 1 ? shifts.shape : x.shape)
    for i in 0..<result.count {
      guard let n = Int(exactly: shifts[shifts.count == 1 ? 0 : i]) else {
        throw call.error("K must be a scalar or array of integers")
      }
      let word = x[x.count == 1 ? 0 : i]
      result[i] = (n >= 0 ? word << UInt64(n) : word >> n.magnitude) & mask
    }
    return value(result, name)
  }

  private static func width(_ name: String) -> Int {
    switch name {
    case "int8", "uint8": 8
    case "int16", "uint16": 16
    case "int32", "uint32": 32
    case "single": 24
    case "double": 53
    default: 64
    }
  }

  static func bitcmp(_ call: inout Call) throws(RuntimeError) -> Value {
    guard let x = try words(call[0]) else { throw call.error("invalid operand type") }
    let name = call[0].className
    let bits = width(name)
    let mask: UInt64 = bits >= 64 ? .max : (1 << UInt64(bits)) - 1
    return value(x.map { ~$0 & mask }, name)
  }

  private static func positions(_ call: Call) throws(RuntimeError) -> NDArray<Double> {
    let n = try call.numbers(1)
    let most = width(call[0].className)
    guard n.allElements({ $0 >= 1 && $0 <= Double(most) && $0 == $0.rounded() }) else {
      throw call.error("N must be in the range [1,\(most)]")
    }
    return n
  }

  static func bitget(_ call: inout Call) throws(RuntimeError) -> Value {
    guard let x = try words(call[0]) else { throw call.error("invalid operand type") }
    let n = try positions(call)
    guard x.shape == n.shape || x.count == 1 || n.count == 1 else { throw call.error("size mismatch") }
    let result = NDArray<UInt64>(zeros: x.count == 1 ? n.shape : x.shape)
    for i in 0..<result.count {
      result[i] = x[x.count == 1 ? 0 : i] >> UInt64(n[n.count == 1 ? 0 : i] - 1) & 1
    }
    return value(result, call[0].className)
  }

  static func bitset(_ call: inout Call) throws(RuntimeError) -> Value {
    guard let x = try words(call[0]) else { throw call.error("invalid operand type") }
    let n = try positions(call)
    let flags = call.count > 2 ? try call.numbers(2) : NDArray(scalar: 1)
    guard x.shape == n.shape || x.count == 1 || n.count == 1, flags.count > 0 else {
      throw call.error("size mismatch")
    }
    let result = NDArray<UInt64>(zeros: x.count == 1 ? n.shape : x.shape)
    for i in 0..<result.count {
      let bit: UInt64 = 1 << UInt64(n[n.count == 1 ? 0 : i] - 1)
      let word = x[x.count == 1 ? 0 : i]
      result[i] = flags[flags.count == 1 ? 0 : min(i, flags.count - 1)] != 0 ? word | bit : word & ~bit
    }
    return value(result, call[0].className)
  }

  static func idivide(_ call: inout Call) throws(RuntimeError) -> Value {
    let (a, b) = (call[0], call[1])
    guard a.isInteger || b.isInteger else {
      throw call.error("at least one input (X or Y) must be an integer type")
    }
    if a.isInteger, b.isInteger, a.className != b.className {
      throw call.error("integer type of X (\(a.className)) must match integer type of Y (\(b.className))")
    }
    let name = a.isInteger ? a.className : b.className
    let mode = call.text(2) ?? "fix"
    guard let x = a.realArray, let y = b.realArray else { throw call.error("X and Y must be real") }
    // Octave 7 rounds down for "fix" too.
    let rule: FloatingPointRoundingRule
    switch mode {
    case "ceil": rule = .up
    case "round": rule = .toNearestOrAwayFromZero
    case "floor", "fix": rule = .down
    default: throw call.error("unrecognized rounding type \"\(mode)\"")
    }
    let quotient = try ExtremeValues.broadcast("operator ./") { () throws(ArrayError) in
      try NDArray<Double>.zip(x, y) { ($0 / $1).rounded(rule) }
    }
    return .converting(quotient, to: name)
  }
}
