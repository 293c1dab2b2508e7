import ThetaArrays
import ThetaRuntime

// Sums and products along a dimension, plain and cumulative. Elements are added in order, so results have the
// bits of a plain loop. Integers are summed as doubles unless "native" is asked for.

package enum Sums {
  static let table: [Builtin] = [
    Builtin(
      "y = sum (x, dim?, type?)",
      """
      The sum of the elements of x along dimension dim (default: the first that is not 1); 0 for no elements. Logical, char
      and integer values are added as doubles; type "native" adds in the class of x, "double" in double.
      Errors "sum: invalid dimension DIM = 0", "sum: wrong type argument 'cell'".

      >> sum ([1 2; 3 4])
      ans =

         4   6

      """, sum),
    Builtin(
      "y = prod (x, dim?, type?)",
      """
      The product along a dimension; 1 for no elements. Arguments as in sum.

      >> prod ([1 2; 3 4])
      ans =

         3   8

      """,
      prod),
    Builtin(
      "y = sumsq (x, dim?)",
      """
      The sum of squares (of moduli, for complex x) along a dimension.

      >> sumsq ([3 4])
      ans = 25
      """, sumsq),
    Builtin(
      "y = cumsum (x, dim?, type?)",
      """
      The running sum along a dimension; the shape of x.

      >> cumsum ([1 2 3])
      ans =

         1   3   6

      """, cumsum),
    Builtin(
      "y = cumprod (x, dim?)",
      """
      The running product along a dimension; the shape of x.

      >> cumprod ([1 2 3])
      ans =

         1   2   6

      """, cumprod),
    Builtin(
      "t = any (x, dim?)",
      """
      True where some element along the dimension is nonzero; false for no elements.

      >> any ([0 0; 0 1])
      ans =

        0  1

      """, any),
    Builtin(
      "t = all (x, dim?)",
      """
      True where every element along the dimension is nonzero; true for no elements.

      >> all ([1 1; 0 1])
      ans =

        0  1

      """, all),
    Builtin(
      "n = nnz (x)",
      """
      The number of nonzero elements.

      >> nnz ([1 0 2])
      ans = 2
      """, nnz),
  ]

  /// The dimension along which to work and the value with the shape it counts as: 0×0 counts as 0×1, so that sum ([])
  /// is 0.
  static func reducible(_ value: Value, _ dimension: Int?) -> (value: Value, dimension: Int) {
    if value.shape == .empty { return (value.reshapedValue(Shape(0, 1)), dimension ?? 0) }
    return (value, dimension ?? value.shape.firstNonSingleton)
  }

  /// Splits trailing type names off the arguments: the dimension, if any, and the type.
  private static func options(_ call: Call) throws(RuntimeError) -> (dimension: Int?, type: String) {
    var count = call.count
    var type = ""
    while count > 1, let text = call.text(count - 1) {
      guard ["native", "double", "extra"].contains(text) else {
        throw call.error("unrecognized type argument '\(text)'")
      }
      type = text
      count -= 1
    }
    guard count <= 2 else { throw call.invalid }
    return (count > 1 ? try call.dimension(1) : nil, type)
  }

  /// Integer sums and products that saturate in their class.
  private struct Native: RealVisitor {
    var dimension: Int
    var isProduct: Bool
    func visit<E: RealElement>(_ array: NDArray<E>) throws(RuntimeError) -> Value {
      if isProduct { return .make(array.folded(along: dimension, from: E.one) { $0.multiplying($1) }) }
      return .make(array.folded(along: dimension, from: E.zero) { $0.adding($1) })
    }
  }

  static func sum(_ call: inout Call) throws(RuntimeError) -> Value {
    if call.count == 1, case .real(let a) = call[0], a.shape != .empty {
      return .make(a.sum(along: a.shape.firstNonSingleton))
    }
    let (wanted, type) = try options(call)
    let (value, dimension) = reducible(call[0], wanted)
    if type == "native" {
      if value.isInteger {
        return try value.visitReal(Native(dimension: dimension, isProduct: false)) ?? value
      }
      if value.isLogical { return .make(try truth(value, call).any(along: dimension) { $0 }) }
    }
    switch value {
    case .complex(let a): return .make(a.sum(along: dimension))
    case .singleComplex(let a): return .make(a.sum(along: dimension))
    case .single(let a) where type != "double": return .make(a.sum(along: dimension))
    case .boolean(let a): return .make(a.sum(along: dimension))
    default:
      if value.isComplex, let z = value.complexArray { return .make(z.sum(along: dimension)) }
      guard let a = value.realArray else { throw call.wrongType(0) }
      let result = a.sum(along: dimension)
      return value.isSingle && type != "double" ? .converting(result, to: "single") : .make(result)
    }
  }

  /// The sum of a value along a dimension, for formulas of other builtins.
  package static func sum(_ value: Value, along dimension: Int) -> Value {
    switch value {
    case .complex(let a): return .make(a.sum(along: dimension))
    case .singleComplex(let a): return .make(a.sum(along: dimension))
    case .single(let a): return .make(a.sum(along: dimension))
    default: return .make((value.realArray ?? NDArray(zeros: .empty)).sum(along: dimension))
    }
  }

  package static func sumOfSquares(_ value: Value, along dimension: Int) -> Value {
    switch value {
    case .complex(let a): return .make(a.sumOfSquares(along: dimension))
    case .singleComplex(let a): return .make(a.sumOfSquares(along: dimension))
    case .single(let a): return .make(a.sumOfSquares(along: dimension))
    default: return .make((value.realArray ?? NDArray(zeros: .empty)).sumOfSquares(along: dimension))
    }
  }

  static func prod(_ call: inout Call) throws(RuntimeError) -> Value {
    let (wanted, type) = try options(call)
    let (value, dimension) = reducible(call[0], wanted)
    if type == "native" {
      if value.isInteger {
        return try value.visitReal(Native(dimension: dimension, isProduct: true)) ?? value
      }
      if value.isLogical { return .make(try truth(value, call).all(along: dimension) { $0 }) }
    }
    switch value {
    case .complex(let a): return .make(a.product(along: dimension))
    case .singleComplex(let a): return .make(a.product(along: dimension))
    case .single(let a) where type != "double": return .make(a.product(along: dimension))
    default:
      if value.isComplex, let z = value.complexArray { return .make(z.product(along: dimension)) }
      guard let a = value.realArray else { throw call.wrongType(0) }
      return .make(a.product(along: dimension))
    }
  }

  static func sumsq(_ call: inout Call) throws(RuntimeError) -> Value {
    let (value, dimension) = reducible(call[0], call.count > 1 ? try call.dimension(1) : nil)
    guard value.realArray != nil || value.isComplex else { throw call.wrongType(0) }
    return sumOfSquares(value, along: dimension)
  }

  private struct NativeScan: RealVisitor {
    var dimension: Int
    func visit<E: RealElement>(_ array: NDArray<E>) throws(RuntimeError) -> Value {
      .make(array.scanned(along: dimension) { $0.adding($1) })
    }
  }

  static func cumsum(_ call: inout Call) throws(RuntimeError) -> Value {
    let (wanted, type) = try scanOptions(call)
    let value = call[0]
    let dimension = wanted ?? value.shape.firstNonSingleton
    if value.isText { throw call.error("wrong type argument '\(value.indexedTypeName)'") }
    if type == "native", value.isInteger {
      return try value.visitReal(NativeScan(dimension: dimension)) ?? value
    }
    switch value {
    case .complex(let a): return .make(a.cumulativeSum(along: dimension))
    case .singleComplex(let a): return .make(a.cumulativeSum(along: dimension))
    case .single(let a): return .make(a.cumulativeSum(along: dimension))
    default:
      guard let a = value.realArray else { throw call.wrongType(0) }
      return .make(a.cumulativeSum(along: dimension))
    }
  }

  static func cumprod(_ call: inout Call) throws(RuntimeError) -> Value {
    let (wanted, _) = try scanOptions(call)
    let value = call[0]
    let dimension = wanted ?? value.shape.firstNonSingleton
    switch value {
    case .complex(let a): return .make(a.cumulativeProduct(along: dimension))
    case .singleComplex(let a): return .make(a.cumulativeProduct(along: dimension))
    case .single(let a): return .make(a.cumulativeProduct(along: dimension))
    default:
      if value.isText { throw RuntimeError("invalid conversion from string to real N-D array") }
      guard let a = value.realArray else { throw call.wrongType(0) }
      return .make(a.cumulativeProduct(along: dimension))
    }
  }

  private static func scanOptions(_ call: Call) throws(RuntimeError) -> (dimension: Int?, type: String) {
    if call.name == "cumprod", call.count == 2, call[1].firstReal == 0 { return (nil, "") }
    if call.count > 1, !call[1].isText, let x = call[1].firstReal, x < 0 || (x < 1 && call.name == "cumsum") {
      throw call.error("invalid dimension argument = \(Int(exactly: x.rounded(.towardZero)) ?? 0)")
    }
    return try options(call)
  }

  // MARK: - Truth

  /// The elements as truth values: nonzero is true.
  static func truth(
    _ value: Value, _ call: Call, ofNaN: Bool = true
  ) throws(RuntimeError) -> NDArray<Bool> {
    switch value {
    case .logical(let b): return NDArray(scalar: b)
    case .boolean(let a): return a
    case .number(let x): return NDArray(scalar: x != 0 && (ofNaN || !x.isNaN))
    default:
      if value.isComplex, let z = value.complexArray {
        return z.map {
          ($0.real != 0 || $0.imaginary != 0) && (ofNaN || !($0.real.isNaN || $0.imaginary.isNaN))
        }
      }
      guard let a = value.realArray else {
        throw call.error("wrong type argument '\(Read.typeName(value))'")
      }
      return a.map { $0 != 0 && (ofNaN || !$0.isNaN) }
    }
  }

  /// What any and all say of values that hold no numbers.
  private static func withoutTruth(_ value: Value) -> Value? {
    switch value {
    case .cell: .make(NDArray<Bool>(zeros: .empty))
    case .structure, .function, .object: .logical(false)
    default: nil
    }
  }

  static func any(_ call: inout Call) throws(RuntimeError) -> Value {
    if let result = withoutTruth(call[0]) { return result }
    if call.count == 1, case .real(let a) = call[0], a.shape.isVector, !a.isEmptyArray {
      return .logical(a.containsElement { $0 != 0 && !$0.isNaN })
    }
    let (value, dimension) = reducible(call[0], call.count > 1 ? try truthDimension(call) : nil)
    return .make(try truth(value, call, ofNaN: false).any(along: dimension) { $0 })
  }

  static func all(_ call: inout Call) throws(RuntimeError) -> Value {
    if let result = withoutTruth(call[0]) { return result }
    if call.count == 1, case .real(let a) = call[0], a.shape.isVector, !a.isEmptyArray {
      return .logical(a.allElements { $0 != 0 })
    }
    let (value, dimension) = reducible(call[0], call.count > 1 ? try truthDimension(call) : nil)
    return .make(try truth(value, call).all(along: dimension) { $0 })
  }

  private static func truthDimension(_ call: Call) throws(RuntimeError) -> Int? {
    guard let x = call[1].firstReal else { throw call.wrongType(1) }
    // Octave reads a whole number here, so 0.5 is 0 and means the default too.
    if x > -1, x < 1 { return nil }
    guard x > 0, x <= 65_536, let d = Int(exactly: x.rounded(.towardZero)) else {
      throw call.error("invalid dimension argument = \(Int(exactly: x.rounded(.towardZero)) ?? 0)")
    }
    return d - 1
  }

  static func nnz(_ call: inout Call) throws(RuntimeError) -> Value {
    switch call[0] {
    case .cell: throw call.error("wrong type argument 'cell array'")
    case .structure, .function, .object: throw call.wrongType(0)
    default: return .integer(try truth(call[0], call).countElements { $0 })
    }
  }
}

extension NDArray {
  var isEmptyArray: Bool { count == 0 }
}
