import ThetaArrays
import ThetaRuntime

/// The data of a `printf`, flattened over all arguments and handed out one conversion at a time.
struct FormatArguments {
  /// One element of an argument.
  enum Datum {
    case number(Double)
    /// Too long for a double.
    case integer(Int64)
    case unsigned(UInt64)
    case complex(Double)

    var double: Double {
      switch self {
      case .number(let x), .complex(let x): x
      case .integer(let n): Double(n)
      case .unsigned(let n): Double(n)
      }
    }

    /// The byte that this element is as a character.
    var byte: UInt8? { UInt8(exactly: double) }
  }

  enum Argument {
    case data([Datum])
    /// Handles have no elements; asked for text they are an error.
    case handle
  }

  private let arguments: [Argument]
  private var argument = 0
  private var element = 0

  var isEmpty: Bool { arguments.isEmpty }
  /// Whether everything has been handed out.
  var isExhausted: Bool { argument >= arguments.count }

  init(_ values: [Value], function: String) throws(RuntimeError) {
    var list: [Argument] = []
    list.reserveCapacity(values.count)
    for value in values { list.append(try Self.argument(value, function: function)) }
    arguments = list
  }

  private static func argument(_ value: Value, function: String) throws(RuntimeError) -> Argument {
    switch value {
    case .number(let x): return .data([.number(x)])
    case .function: return .handle
    case .int64(let a): return .data(a.map { .integer($0) })
    case .uint64(let a): return .data(a.map { .unsigned($0) })
    case .complex(let a): return .data(a.map { .complex($0.real) })
    case .singleComplex(let a): return .data(a.map { .complex(Double($0.real)) })
    case .text(let a, _): return .data(a.map { .number(Double($0)) })
    default:
      if let array = value.realArray { return .data(array.map { .number($0) }) }
      if let array = value.complexArray { return .data(array.map { .complex($0.real) }) }
      throw RuntimeError("\(function): wrong type argument '\(value.typeName)'")
    }
  }

  /// What a number conversion gets: nil inside when an empty argument stands in its place.
  mutating func next() -> Datum?? {
    guard argument < arguments.count else { return nil }
    guard case .data(let data) = arguments[argument], element < data.count else {
      skipArgument()
      return .some(nil)
    }
    defer { advance(by: 1, in: data) }
    return .some(data[element])
  }

  /// What `%s` gets.
  enum TextDatum {
    case text([UInt8])
    case number(Datum)
  }

  /// The characters that follow in the current argument, all of them; or one element that is not a character.
  mutating func nextText() throws(RuntimeError) -> TextDatum? {
    guard argument < arguments.count else { return nil }
    guard case .data(let data) = arguments[argument] else {
      throw RuntimeError("octave_base_value::array_value(): wrong type argument 'function handle'")
    }
    if data.isEmpty {
      skipArgument()
      return .text([])
    }
    var bytes: [UInt8] = []
    for datum in data[element...] {
      guard let byte = datum.byte else { break }
      bytes.append(byte)
    }
    if bytes.isEmpty {
      defer { advance(by: 1, in: data) }
      return .number(data[element])
    }
    advance(by: bytes.count, in: data)
    return .text(bytes)
  }

  private mutating func skipArgument() {
    argument += 1
    element = 0
  }

  private mutating func advance(by count: Int, in data: [Datum]) {
    element += count
    if element >= data.count { skipArgument() }
  }
}
