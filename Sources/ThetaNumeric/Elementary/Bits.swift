import ThetaArrays
import ThetaRuntime

// Bit operations on whole numbers and integer division with a choice of rounding.

enum Bits {
  static let table: [Builtin] = [
    Builtin(
      "y = bitand (x, y)",
      """
      The bits set in both whole numbers; of doubles, the lower 53.

      >> bitand (12, 10)
      ans = 8
      """, bitand),
    Builtin(
      "y = bitor (x, y)",
      """
      The bits set in either.

      >> bitor (12, 10)
      ans = 14
      """, bitor),
    Builtin(
      "y = bitxor (x, y)",
      """
      The bits set in just one.

      >> bitxor (12, 10)
      ans = 6
      """, bitxor),
    Builtin(
      "y = bitshift (x, n, mask?)",
      """
      x shifted by n bits to the left, to the right for negative n.

      >> bitshift (1, 3)
      ans = 8
      """, bitshift),
    Builtin(
      "y = bitcmp (x)",
      """
      All bits of x inverted.

      >> bitcmp (uint8 (5))
      ans = 250
      """, bitcmp),
    Builtin(
      "y = bitget (x, n)",
      """
      Bit n of x, counted from 1.

      >> bitget (10, 1:4)
      ans =

        0  1  0  1

      """, bitget),
    Builtin(
      "y = bitset (x, n, value?)",
      """
      x with bit n, counted from 1, set to 1 (or to value).

      >> bitset (10, 1)
      ans = 11
      """, bitset),
    Builtin(
      "y = idivide (x, y, rounding?)",
      """
      The quotient of integers, rounded by "fix" (default), "ceil", "round" or "floor".

      >> idivide (int8 (7), int8 (2), "ceil")
      ans = 4
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
    guard value.isNumeric || value.isLogical else { return nil }
    // Of complex numbers the real part counts.
    if value.isComplex, let z = value.complexArray { return z.map { UInt64(saturating: $0.real) } }
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
    var (a, b) = (call[0], call[1])
    let name: String
    if a.isInteger || b.isInteger {
      guard !a.isInteger || !b.isInteger || a.className == b.className else {
        throw call.error("must have matching operand types")
      }
      name = a.isInteger ? a.className : b.className
      // Beside an integer a number becomes one of its class, kept within bounds.
      if a.isFloat { a = try ClassConversions.converted(a, to: name) ?? a }
      if b.isFloat { b = try ClassConversions.converted(b, to: name) ?? b }
    } else if a.isLogical && b.isLogical {
      name = "logical"
    } else {
      name = a.isSingle || b.isSingle ? "single" : "double"
    }
    guard let x = try words(a), let y = try words(b) else { throw call.error("invalid operand type") }
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
    guard call[0].isNumeric, let x = try words(call[0]) else {
      throw call.error("not defined for \(call[0].className) objects")
    }
    let name = call[0].className
    let shifts = try call.numbers(1)
    // Of a negative double the magnitude is shifted; a negative integer keeps its sign on the way to the right.
    let isSigned = name.hasPrefix("int")
    let numbers = isSigned ? nil : call[0].complexArray?.map { $0.real }
    let digits = isSigned ? width(name) - 1 : min(64, width(name))
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
    var negative: [Bool] = []
    for i in 0..<result.count {
      guard let n = Int(exactly: shifts[shifts.count == 1 ? 0 : i]) else {
        throw call.error("K must be a scalar or array of integers")
      }
      let place = x.count == 1 ? 0 : i
      if let numbers, call[0].isFloat {
        let number = numbers[place]
        let word = number.magnitude < 0x1p63 ? UInt64(number.magnitude) : 0
        let shifted = (n >= 0 ? word << UInt64(n) : word >> n.magnitude) & mask
        negative.append(number < 0)
        result[i] = shifted
      } else if n >= 0 {
        result[i] = n >= digits && isSigned ? 0 : (x[place] << UInt64(n)) & mask
      } else if isSigned {
        result[i] = UInt64(bitPattern: Int64(bitPattern: x[place]) >> n.magnitude) & mask
      } else {
        result[i] = (x[place] >> n.magnitude) & mask
      }
    }
    if negative.contains(true) {
      let signed = NDArray(
        result.shape, (0..<result.count).map { (negative[$0] ? -1 : 1) * Double(result[$0]) })
      return .converting(signed, to: name)
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
    let x = try numericWords(call)
    let name = call[0].className
    let bits = width(name)
    let mask: UInt64 = bits >= 64 ? .max : (1 << UInt64(bits)) - 1
    return value(x.map { ~$0 & mask }, name)
  }

  private static func numericWords(_ call: Call) throws(RuntimeError) -> NDArray<UInt64> {
    guard call[0].isNumeric, let x = try words(call[0]) else {
      throw call.error("invalid class \(call[0].className)")
    }
    return x
  }

  private static func positions(
    _ call: Call, most: Int, mismatch: RuntimeError
  ) throws(RuntimeError) -> NDArray<Double> {
    let n = try call.numbers(1)
    guard n.count == 1 || call[0].count == 1 || n.shape == call[0].shape else { throw mismatch }
    guard n.allElements({ $0 >= 1 && $0 <= Double(most) && $0 == $0.rounded() }) else {
      throw call.error("N must be in the range [1,\(most)]")
    }
    return n
  }

  static func bitget(_ call: inout Call) throws(RuntimeError) -> Value {
    let x = try numericWords(call)
    let n = try positions(
      call, most: width(call[0].className),
      mismatch: RuntimeError("bitand: size of X and Y must match, or one operand must be a scalar"))
    let result = NDArray<UInt64>(zeros: x.count == 1 ? n.shape : x.shape)
    for i in 0..<result.count {
      result[i] = x[x.count == 1 ? 0 : i] >> UInt64(n[n.count == 1 ? 0 : i] - 1) & 1
    }
    return .make(result.map { $0 != 0 })
  }

  static func bitset(_ call: inout Call) throws(RuntimeError) -> Value {
    let x = try numericWords(call)
    if let numbers = call[0].realArray, numbers.containsElement(where: { $0 < 0 }) {
      throw call.error("A must be >= 0")
    }
    let mismatch = call.error("A, N, and VAL must be the same size or scalar")
    let name = call[0].className
    let n = try positions(
      call, most: name.hasPrefix("int") ? width(name) - 1 : width(name), mismatch: mismatch)
    let flags = call.count > 2 ? try call.numbers(2) : NDArray(scalar: 1)
    guard flags.count > 0 else { throw mismatch }
    let result = NDArray<UInt64>(zeros: x.count == 1 ? n.shape : x.shape)
    for i in 0..<result.count {
      let bit: UInt64 = 1 << UInt64(n[n.count == 1 ? 0 : i] - 1)
      let word = x[x.count == 1 ? 0 : i]
      result[i] = flags[flags.count == 1 ? 0 : min(i, flags.count - 1)] != 0 ? word | bit : word & ~bit
    }
    return value(result, call[0].className)
  }

  /// The quotient of 64-bit integers, for which doubles are not exact enough; nil for everything else.
  private static func exactQuotient(_ a: Value, _ b: Value, _ mode: String) throws(RuntimeError) -> Value? {
    func divide<E: FixedWidthInteger & ArrayElement>(_ x: NDArray<E>, _ y: NDArray<E>) throws(RuntimeError)
      -> NDArray<E>
    {
      try ExtremeValues.broadcast("quotient") { () throws(ArrayError) in
        try NDArray<E>.zip(x, y) { p, q in
          if q == 0 { return p == 0 ? 0 : p > 0 ? .max : .min }
          let (quotient, overflow) = p.dividedReportingOverflow(by: q)
          if overflow { return .max }
          let rest = p % q
          if rest == 0 { return quotient }
          let isNegative = (p < 0) != (q < 0)
          switch mode {
          case "ceil": return isNegative ? quotient : quotient + 1
          case "round":
            return rest.magnitude >= q.magnitude - rest.magnitude
              ? (isNegative ? quotient - 1 : quotient + 1) : quotient
          default: return isNegative ? quotient - 1 : quotient
          }
        }
      }
    }
    switch (a, b) {
    case (.int64(let x), .int64(let y)): return .make(try divide(x, y))
    case (.uint64(let x), .uint64(let y)): return .make(try divide(x, y))
    case (.int64(let x), _):
      guard let y = b.realArray, y.allElements({ Int64(exactly: $0) != nil }) else { return nil }
      return .make(try divide(x, y.map { Int64(exactly: $0) ?? 0 }))
    case (.uint64(let x), _):
      guard let y = b.realArray, y.allElements({ UInt64(exactly: $0) != nil }) else { return nil }
      return .make(try divide(x, y.map { UInt64(exactly: $0) ?? 0 }))
    default: return nil
    }
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
    if let exact = try exactQuotient(a, b, mode) { return exact }
    let quotient = try ExtremeValues.broadcast("quotient") { () throws(ArrayError) in
      try NDArray<Double>.zip(x, y) { ($0 / $1).rounded(rule) }
    }
    return .converting(quotient, to: name)
  }
}
