import ThetaArrays
import ThetaRuntime

// The limits of the numeric classes, and identity matrices.

enum NumericLimits {
  static let table: [Builtin] = [
    Builtin(
      "y = eps (sizes...)",
      """
      The distance from 1 to the next larger double; with a number x the distance from abs (x) to the next larger number of
      its class (NaN for Inf and NaN); with several sizes or a class name an array, as in zeros.

      >> eps
      ans = 2.2204e-16
      """, eps),
    Builtin(
      "y = realmax (sizes...)",
      """
      The largest finite number of class double or single; sizes as in zeros.

      >> realmax
      ans = 1.7977e+308
      """,
      realmax),
    Builtin(
      "y = realmin (sizes...)",
      """
      The smallest normal number of class double or single; sizes as in zeros.

      >> realmin
      ans = 2.2251e-308
      """,
      realmin),
    Builtin(
      "y = intmax (type?)",
      """
      The largest value of an integer class, named or that of a number; "int32" by default.
      Error "intmax: not defined for 'double' objects".

      >> intmax ("int8")
      ans = 127
      """, intmax),
    Builtin(
      "y = intmin (type?)",
      """
      The smallest value of an integer class; see intmax.

      >> intmin ("int8")
      ans = -128
      """, intmin),
    Builtin(
      "y = flintmax (type?)",
      """
      The largest of the consecutive integers that "double" (2^53) or "single" (2^24) can hold.

      >> flintmax ("single")
      ans = 1.6777e+07
      """, flintmax),
    Builtin(
      "y = eye (n?, m?, class?)",
      """
      The n×m identity matrix, n×n with one size; a vector gives both. It is a diagonal matrix until something makes it full.

      >> eye (2)
      ans =

      Diagonal Matrix

         1   0
         0   1

      """, eye),
  ]

  static func eps(_ call: inout Call) throws(RuntimeError) -> Value {
    if call.count == 1, !call[0].isText {
      switch call[0] {
      case .single(let a): return .make(a.map { $0.isFinite ? spacing($0) : .nan })
      // Of a complex number the real part counts.
      case .complex(let z): return .make(z.map { $0.real.isFinite ? spacing($0.real) : .nan })
      case .number, .real, .range, .diagonal, .permutation:
        return .make(try call.numbers(0).map { $0.isFinite ? spacing($0) : .nan })
      default: throw call.error("X must be of a floating point type")
      }
    }
    return try constant(call, Double.ulpOfOne, Float.ulpOfOne)
  }

  /// The distance to the next number of greater magnitude.
  private static func spacing<F: BinaryFloatingPoint>(_ x: F) -> F {
    let magnitude = x.magnitude
    return magnitude < F.leastNormalMagnitude ? F.leastNonzeroMagnitude : magnitude.ulp
  }

  static func realmax(_ call: inout Call) throws(RuntimeError) -> Value {
    try constant(call, Double.greatestFiniteMagnitude, Float.greatestFiniteMagnitude)
  }

  static func realmin(_ call: inout Call) throws(RuntimeError) -> Value {
    try constant(call, Double.leastNormalMagnitude, Float.leastNormalMagnitude)
  }

  private static func constant(_ call: Call, _ double: Double, _ single: Float) throws(RuntimeError) -> Value
  {
    let (arguments, name) = try FilledArrays.sizesAndClass(call, ["double", "single"])
    let shape = try Read.shape(arguments, of: call.name)
    if name == "single" { return .single(NDArray(shape, repeating: single)) }
    return .make(NDArray(shape, repeating: double))
  }

  static func intmax(_ call: inout Call) throws(RuntimeError) -> Value {
    try integerLimit(call, largest: true)
  }
  static func intmin(_ call: inout Call) throws(RuntimeError) -> Value {
    try integerLimit(call, largest: false)
  }

  private static func integerLimit(_ call: Call, largest: Bool) throws(RuntimeError) -> Value {
    var name = "int32"
    if let argument = call.optional(0) {
      if let text = argument.stringValue {
        name = text
      } else if argument.isInteger {
        name = argument.className
      } else {
        throw call.error("argument must be a string or integer variable")
      }
    }
    func make<Element: RealElement & FixedWidthInteger>(_: Element.Type) -> Value {
      .make(NDArray(scalar: largest ? Element.max : Element.min))
    }
    switch name {
    case "int8": return make(Int8.self)
    case "int16": return make(Int16.self)
    case "int32": return make(Int32.self)
    case "int64": return make(Int64.self)
    case "uint8": return make(UInt8.self)
    case "uint16": return make(UInt16.self)
    case "uint32": return make(UInt32.self)
    case "uint64": return make(UInt64.self)
    default: throw call.error("not defined for '\(name)' objects")
    }
  }

  static func flintmax(_ call: inout Call) throws(RuntimeError) -> Value {
    var name = "double"
    if let argument = call.optional(0) { name = argument.stringValue ?? argument.className }
    switch name {
    case "double": return .number(9_007_199_254_740_992)
    case "single": return .single(NDArray(scalar: 16_777_216))
    default: throw call.error("not defined for class '\(name)'")
    }
  }

  static func eye(_ call: inout Call) throws(RuntimeError) -> Value {
    var arguments = call.list
    var name = "double"
    if let text = arguments.last?.stringValue {
      name = text
      arguments.removeLast()
    }
    guard arguments.count <= 2 else { throw call.invalid }
    guard let type = NumericClass(rawValue: name) else { throw RuntimeError("invalid data type specified") }
    guard type != .char else { throw call.error("invalid class name") }
    if arguments.isEmpty { return .converting(NDArray(scalar: 1), to: name) }
    var sizes: [Int] = []
    if arguments.count == 1, arguments[0].count == 2, let pair = arguments[0].realArray {
      for x in pair { sizes.append(try Read.integer(.number(x), type: "int64_t")) }
    } else {
      if arguments.count == 1, arguments[0].count != 1 || arguments[0].realArray == nil {
        throw RuntimeError("eye (A): use eye (size (A)) instead")
      }
      for argument in arguments { sizes.append(try Read.integer(argument, type: "int64_t")) }
      if sizes.count == 1 { sizes.append(sizes[0]) }
    }
    let shape = Shape(sizes)
    let length = min(shape.rows, shape.columns)
    let isDiagonal = name == "double" || name == "single"
    try Call.check(isDiagonal && !shape.isEmpty ? Shape(length, 1) : shape)
    if isDiagonal {
      if shape.isScalar || shape.isEmpty { return .converting(NDArray(shape, repeating: 1), to: name) }
      let entries = Value.converting(NDArray(Shape(length, 1), repeating: 1), to: name)
      return .diagonal(DiagonalMatrix(rows: shape.rows, columns: shape.columns, entries: entries))
    }
    let array = NDArray<Double>(zeros: shape)
    for k in 0..<length { array[k, k] = 1 }
    return .converting(array, to: name)
  }
}
