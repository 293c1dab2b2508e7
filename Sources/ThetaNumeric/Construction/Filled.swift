import ThetaArrays
import ThetaDisplay
import ThetaRuntime

// Arrays filled with one value: zeros, ones, Inf, pi, … All read their sizes and class name alike.

enum FilledArrays {
  static let table: [Builtin] = [
    Builtin(
      "y = zeros (sizes...)",
      """
      An array of zeros. No size is a scalar, one number n an n×n matrix, a vector or several numbers the sizes; negative
      sizes count as zero. A class name ("single", "int8", …) or "like", x at the end sets the class.

      >> zeros (2, 3)
      ans =

         0   0   0
         0   0   0

      """, zeros),
    Builtin(
      "y = ones (sizes...)",
      """
      An array of ones; sizes and class as in zeros.

      >> ones (1, 3)
      ans =

         1   1   1

      """, ones),
    Builtin(
      "y = Inf (sizes...)",
      """
      Infinity, or an array of it; sizes as in zeros; class double or single.

      >> Inf (1, 2)
      ans =

         Inf   Inf

      """,
      infinity),
    Builtin(
      "y = inf (sizes...)",
      """
      Infinity, or an array of it; sizes as in zeros; class double or single.

      >> -inf
      ans = -Inf
      """,
      infinity),
    Builtin(
      "y = NaN (sizes...)",
      """
      Not a number, or an array of it; sizes as in zeros; class double or single.

      >> NaN (1, 2)
      ans =

         NaN   NaN

      """, nan
    ),
    Builtin(
      "y = nan (sizes...)",
      """
      Not a number, or an array of it; sizes as in zeros; class double or single.

      >> nan
      ans = NaN
      """, nan
    ),
    Builtin(
      "y = NA (sizes...)",
      """
      The missing value, a NaN that prints as NA; sizes as in zeros.

      >> NA
      ans =  NA
      """, missing),
    Builtin(
      "y = pi (sizes...)",
      """
      The ratio of a circle's circumference to its diameter; sizes as in zeros.

      >> pi
      ans = 3.1416
      """, pi),
    Builtin(
      "y = e (sizes...)",
      """
      The base of natural logarithms; sizes as in zeros.

      >> e
      ans = 2.7183
      """, euler),
    Builtin(
      "y = i (sizes...)",
      """
      The imaginary unit; sizes as in zeros.

      >> 3 + 2 * i
      ans =  3 + 2i
      """, imaginary),
    Builtin(
      "y = j (sizes...)",
      """
      The imaginary unit; sizes as in zeros.

      >> 3 + 2 * j
      ans =  3 + 2i
      """, imaginary),
    Builtin(
      "y = I (sizes...)",
      """
      The imaginary unit; sizes as in zeros.

      >> I ^ 2
      ans = -1
      """, imaginary),
    Builtin(
      "y = J (sizes...)",
      """
      The imaginary unit; sizes as in zeros.

      >> J ^ 2
      ans = -1
      """, imaginary),
    Builtin(
      "y = true (sizes...)",
      """
      Logical true, or an array of it; sizes as in zeros.

      >> true (1, 2)
      ans =

        1  1

      """, yes),
    Builtin(
      "y = false (sizes...)",
      """
      Logical false, or an array of it; sizes as in zeros.

      >> false
      ans = 0
      """, no),
  ]

  static func zeros(_ call: inout Call) throws(RuntimeError) -> Value {
    try filled(call, 0, classes: integerAndFloat)
  }

  static func ones(_ call: inout Call) throws(RuntimeError) -> Value {
    try filled(call, 1, classes: integerAndFloat)
  }

  static func infinity(_ call: inout Call) throws(RuntimeError) -> Value { try filled(call, .infinity) }
  static func nan(_ call: inout Call) throws(RuntimeError) -> Value { try filled(call, .nan) }
  static func pi(_ call: inout Call) throws(RuntimeError) -> Value { try filled(call, .pi) }
  static func euler(_ call: inout Call) throws(RuntimeError) -> Value { try filled(call, 2.718281828459045) }

  static func missing(_ call: inout Call) throws(RuntimeError) -> Value {
    let (arguments, name) = try sizesAndClass(call, ["double", "single"])
    let shape = try Read.shape(arguments, of: call.name)
    if name == "single" { return .single(NDArray(shape, repeating: NumeralText.missingSingle)) }
    return .make(NDArray(shape, repeating: NumeralText.missing))
  }

  static func imaginary(_ call: inout Call) throws(RuntimeError) -> Value {
    let (arguments, name) = try sizesAndClass(call, ["double", "single"])
    let shape = try Read.shape(arguments, of: call.name, elementSize: 16)
    if name == "single" { return .singleComplex(NDArray(shape, repeating: ComplexSingle(0, 1))) }
    return .complex(NDArray(shape, repeating: ComplexDouble(0, 1)))
  }

  static func yes(_ call: inout Call) throws(RuntimeError) -> Value { try logical(call, true) }
  static func no(_ call: inout Call) throws(RuntimeError) -> Value { try logical(call, false) }

  private static func logical(_ call: Call, _ value: Bool) throws(RuntimeError) -> Value {
    if call.count == 0 { return .logical(value) }
    if call.count > 1, let name = call.text(call.count - 1) {
      guard allClasses.contains(name) else { throw RuntimeError("invalid data type specified") }
      guard name == "logical" else { throw call.error("invalid data type '\(name)'") }
      let shape = try Read.shape(call.list.dropLast(), of: call.name, elementSize: 1)
      return .make(NDArray(shape, repeating: value))
    }
    let shape = try Read.shape(call.list[...], of: call.name, elementSize: 1)
    return .make(NDArray(shape, repeating: value))
  }

  private static let integerAndFloat = [
    "double", "single", "logical", "int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64",
  ]
  private static let allClasses = Set(integerAndFloat + ["char", "cell", "struct", "function_handle"])

  /// Splits the arguments into sizes and class name.
  static func sizesAndClass(
    _ call: Call, _ classes: [String]
  ) throws(RuntimeError) -> (sizes: ArraySlice<Value>, name: String) {
    let arguments = call.list
    var count = arguments.count
    var name = "double"
    if count >= 2, arguments[count - 2].stringValue == "like" {
      name = arguments[count - 1].className
      count -= 2
    } else if count > 0, let text = arguments[count - 1].stringValue {
      guard allClasses.contains(text) else { throw RuntimeError("invalid data type specified") }
      name = text
      count -= 1
    }
    guard classes.contains(name) else { throw call.error("invalid class name") }
    return (arguments[..<count], name)
  }

  private static func filled(
    _ call: Call, _ value: Double, classes: [String] = ["double", "single"]
  ) throws(RuntimeError) -> Value {
    if call.count == 0 { return .number(value) }
    let (arguments, name) = try sizesAndClass(call, classes)
    let shape = try Read.shape(arguments, of: call.name)
    if name == "double" { return .make(NDArray(shape, repeating: value)) }
    return fill(shape, value, name)
  }

  private static func fill(_ shape: Shape, _ value: Double, _ name: String) -> Value {
    func make<Element: RealElement>(_: Element.Type) -> Value {
      .make(NDArray(shape, repeating: Element(saturating: value)))
    }
    switch name {
    case "single": return make(Float.self)
    case "int8": return make(Int8.self)
    case "int16": return make(Int16.self)
    case "int32": return make(Int32.self)
    case "int64": return make(Int64.self)
    case "uint8": return make(UInt8.self)
    case "uint16": return make(UInt16.self)
    case "uint32": return make(UInt32.self)
    case "uint64": return make(UInt64.self)
    case "logical": return .make(NDArray(shape, repeating: value != 0))
    default: return make(Double.self)
    }
  }
}
