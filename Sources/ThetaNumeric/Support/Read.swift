import ThetaArrays
import ThetaRuntime

// Arguments of the numeric builtins: sizes, dimensions, class names, in the words Octave uses.

public enum Read {
  /// An integer, or Octave's conversion error.
  public static func integer(_ value: Value, type: String = "octave_idx_type") throws(RuntimeError) -> Int {
    guard !value.isText, let x = value.firstReal else {
      throw RuntimeError("octave_base_value::int64_value (): wrong type argument '\(typeName(value))'")
    }
    guard let n = Int(exactly: x) else {
      throw RuntimeError("conversion of \(text(x)) to \(type) value failed")
    }
    return n
  }

  private static func text(_ x: Double) -> String {
    x.isNaN ? "nan" : x.isInfinite ? (x < 0 ? "-inf" : "inf") : "\(x)"
  }

  /// What Octave calls the type of a value in messages about wrong types.
  public static func typeName(_ value: Value) -> String {
    switch value {
    case .undefined: "<unknown type>"
    case .number: "scalar"
    case .logical: "bool"
    case .real: "matrix"
    case .boolean: "bool matrix"
    case .text(_, .single): "sq_string"
    case .text(_, .double): "string"
    case .complex(let a): a.shape.isScalar ? "complex scalar" : "complex matrix"
    case .single(let a): a.shape.isScalar ? "float scalar" : "float matrix"
    case .singleComplex(let a): a.shape.isScalar ? "float complex scalar" : "float complex matrix"
    case .range: "range"
    case .diagonal(let d): d.entries.isComplex ? "complex diagonal matrix" : "diagonal matrix"
    case .permutation: "permutation matrix"
    case .cell: "cell"
    case .structure(let s): s.shape.isScalar ? "scalar struct" : "struct"
    case .function: "function handle"
    case .object: "object"
    default: value.shape.isScalar ? "\(value.className) scalar" : "\(value.className) matrix"
    }
  }

  /// A dimension argument counted from one, returned counted from zero. `message` gets the number as given.
  public static func dimension(
    _ value: Value, of function: String, _ message: (String) -> String
  ) throws(RuntimeError) -> Int {
    guard let x = value.firstReal, x >= 1, let n = Int(exactly: x), n < 1 << 31 else {
      let given = value.firstReal.flatMap { Int(exactly: $0.rounded(.towardZero)) }.map(String.init) ?? "0"
      throw RuntimeError("\(function): \(message(given))")
    }
    return n - 1
  }

  /// `f: invalid dimension DIM = 0`, as reductions word it.
  public static func dimension(_ call: Call, _ position: Int) throws(RuntimeError) -> Int {
    try dimension(call[position], of: call.name) { "invalid dimension DIM = \($0)" }
  }

  /// A dimension for the functions that word it `f: DIM must be a valid dimension`.
  public static func validDimension(_ call: Call, _ position: Int) throws(RuntimeError) -> Int {
    let value = call[position]
    guard value.count == 1 else { throw call.error("DIM must be a valid dimension") }
    return try dimension(value, of: call.name) { _ in "DIM must be a valid dimension" }
  }

  /// The sizes of a constructor's arguments from `first` on: none is a scalar, one number is a square, one vector is
  /// the sizes, several are one size each. Negative sizes are zero; too many elements are an error.
  public static func shape(
    _ arguments: ArraySlice<Value>, of function: String, elementSize: Int = 8,
    type: String = "octave_idx_type"
  ) throws(RuntimeError) -> Shape {
    guard let first = arguments.first else { return .scalar }
    var sizes: [Int] = []
    if arguments.count == 1 {
      if first.isText { throw RuntimeError("invalid conversion from string to real N-D array") }
      guard let array = first.realArray else {
        throw RuntimeError("octave_base_value::array_value(): wrong type argument '\(typeName(first))'")
      }
      guard array.count > 0, array.shape.isVector else {
        throw RuntimeError("\(function) (A): use \(function) (size (A)) instead")
      }
      for x in array { sizes.append(try integer(.number(x), type: type)) }
      if sizes.count == 1 { sizes.append(sizes[0]) }
    } else {
      for argument in arguments {
        if argument.firstReal?.isInfinite == true, argument.count == 1 {
          throw RuntimeError(
            "out of memory or dimension too large for Octave's index type", identifier: "Octave:bad-alloc")
        }
        sizes.append(argument.isEmpty && argument.isNumeric ? 0 : try integer(argument, type: "int64_t"))
      }
    }
    let shape = Shape(sizes)
    try Call.check(shape, elementSize: elementSize)
    return shape
  }

  /// A real vector's elements, for builtins that take a list of numbers.
  public static func list(_ value: Value) throws(RuntimeError) -> [Double] {
    guard let array = value.realArray else {
      throw RuntimeError("octave_base_value::array_value(): wrong type argument '\(typeName(value))'")
    }
    return Array(array)
  }
}

extension Call {
  /// All arguments as an array.
  public var list: [Value] { Array(arguments) }

  /// A real array of doubles, or the error of a builtin that wants numbers.
  public func numbers(_ position: Int) throws(RuntimeError) -> NDArray<Double> {
    guard let array = self[position].realArray else { throw wrongType(position) }
    return array
  }

  /// `f: wrong type argument 'cell'`
  public func wrongType(_ position: Int) -> RuntimeError {
    error("wrong type argument '\(Read.typeName(self[position]))'")
  }

  /// A string argument, or nil when the argument is missing or no string.
  public func text(_ position: Int) -> String? { optional(position)?.stringValue }
}
