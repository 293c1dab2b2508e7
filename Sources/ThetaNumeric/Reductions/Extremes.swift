import CKernels
import ThetaArrays
import ThetaRuntime

// Minima and maxima: along a dimension with their places, of two arrays, and running.

enum ExtremeValues {
  static let table: [Builtin] = [
    Builtin(
      "[m, im] = max (x, y?, dim?)",
      """
      The largest element along a dimension and its place; with x and y the larger of each pair, with broadcasting. NaN
      counts only where there is nothing else; complex numbers are compared by modulus, then argument.
      max (x, [], dim) chooses the dimension. Error "max: DIM must be a valid dimension".

      >> [m, im] = max ([1 5 3])
      m = 5
      im = 2
      """, multiple: max),
    Builtin(
      "[m, im] = min (x, y?, dim?)",
      """
      The smallest element; arguments as in max.

      >> min ([1 5; 0 7])
      ans =

         0   5

      """, multiple: min),
    Builtin(
      "[m, im] = cummax (x, dim?)",
      """
      The running maximum along a dimension and where it is.

      >> cummax ([1 3 2 5])
      ans =

         1   3   3   5

      """, multiple: cummax
    ),
    Builtin(
      "[m, im] = cummin (x, dim?)",
      """
      The running minimum along a dimension and where it is.

      >> cummin ([3 4 1 2])
      ans =

         3   3   1   1

      """, multiple: cummin
    ),
    Builtin(
      "y = range (x, dim?)",
      """
      The largest minus the smallest element along a dimension.

      >> range ([1 5 3])
      ans = 4
      """, range),
    Builtin(
      "[s, l] = bounds (x, dim?, nanflag?)",
      """
      The smallest and the largest element along a dimension; with nanflag "includenan" NaN where an element is NaN.

      >> [s, l] = bounds ([3 1 2])
      s = 1
      l = 3
      """, multiple: bounds),
  ]

  struct Extreme: OrderedVisitor {
    var dimension: Int
    var largest: Bool
    var cumulative = false

    func visit<E: ValueElement & OrderedElement>(
      _ array: NDArray<E>
    ) throws(RuntimeError) -> (values: Value, places: Value) {
      let result: (values: NDArray<E>, places: NDArray<Int>)
      switch (largest, cumulative) {
      case (true, false): result = array.maximum(along: dimension)
      case (false, false): result = array.minimum(along: dimension)
      case (true, true): result = array.cumulativeMaximum(along: dimension)
      case (false, true): result = array.cumulativeMinimum(along: dimension)
      }
      return (.make(result.values), .make(result.places.map { Double($0 + 1) }))
    }
  }

  static func max(_ call: inout Call) throws(RuntimeError) -> [Value] { try extreme(&call, largest: true) }
  static func min(_ call: inout Call) throws(RuntimeError) -> [Value] { try extreme(&call, largest: false) }

  private static func extreme(_ call: inout Call, largest: Bool) throws(RuntimeError) -> [Value] {
    if call.count == 2 { return [try pairwise(call[0], call[1], call.name, largest: largest)] }
    var dimension: Int?
    if call.count == 3 {
      dimension = try call.wholeDimension(2, "DIM must be a valid dimension")
      if !call[1].isEmpty { try call.context.warn("\(call.name): second argument is ignored") }
    }
    return try reduce(call, dimension, Extreme(dimension: 0, largest: largest))
  }

  private static func reduce(
    _ call: Call, _ dimension: Int?, _ visitor: Extreme
  ) throws(RuntimeError) -> [Value] {
    var visitor = visitor
    visitor.dimension = dimension ?? call[0].shape.firstNonSingleton
    if call.outputs <= 1, !visitor.cumulative, case .real(let array) = call[0],
      let values = array.extremeValues(along: visitor.dimension, largest: visitor.largest)
    {
      return [.make(values)]
    }
    // Characters are compared as numbers.
    let value: Value = call[0].isText ? .make(try call.numbers(0)) : call[0]
    guard let (values, places) = try value.visitOrdered(visitor) else { throw call.wrongType(0) }
    return call.outputs > 1 ? [values, places] : [values]
  }

  /// The extreme of a value along a dimension, for formulas of other builtins.
  static func along(_ value: Value, _ dimension: Int, largest: Bool) throws(RuntimeError) -> Value {
    try value.visitOrdered(Extreme(dimension: dimension, largest: largest))?.values ?? value
  }

  static func cummax(_ call: inout Call) throws(RuntimeError) -> [Value] {
    if call[0].isText { throw call.error("wrong type argument '\(call[0].indexedTypeName)'") }
    let dimension = call.count > 1 ? try call.wholeDimension(1, "DIM must be a valid dimension") : nil
    return try reduce(call, dimension, Extreme(dimension: 0, largest: true, cumulative: true))
  }

  static func cummin(_ call: inout Call) throws(RuntimeError) -> [Value] {
    if call[0].isText { throw call.error("wrong type argument '\(call[0].indexedTypeName)'") }
    let dimension = call.count > 1 ? try call.wholeDimension(1, "DIM must be a valid dimension") : nil
    return try reduce(call, dimension, Extreme(dimension: 0, largest: false, cumulative: true))
  }

  static func range(_ call: inout Call) throws(RuntimeError) -> Value {
    let dimension = call.count > 1 ? try call.dimension(1) : call[0].shape.firstNonSingleton
    guard call[0].isNumeric || call[0].isLogical else {
      throw call.error("X must be a numeric vector or matrix")
    }
    return try along(call[0], dimension, largest: true) - along(call[0], dimension, largest: false)
  }

  static func bounds(_ call: inout Call) throws(RuntimeError) -> [Value] {
    guard call[0].isNumeric || call[0].isLogical else {
      throw call.error("X must be a numeric vector or matrix")
    }
    let hasDimension = call.count > 1 && !call[1].isText
    var includesNaN = false
    if call.count > 1, call[call.count - 1].isText {
      switch call.text(call.count - 1)?.lowercased() {
      case "includenan": includesNaN = true
      case "omitnan": break
      default: throw call.error("NANFLAG must be either \"omitnan\" or \"includenan\"")
      }
    }
    let dimension =
      hasDimension
      ? try call.dimension(1, "DIM must be a valid dimension") : call[0].shape.firstNonSingleton
    let (least, most) = (
      try along(call[0], dimension, largest: false), try along(call[0], dimension, largest: true)
    )
    guard includesNaN, call[0].isFloat else { return [least, most] }
    // A sum is NaN where an element is; Inf - Inf is none of the input's, hence the zeros.
    let marks = Sums.sum(.make(try call.numbers(0).map { $0.isNaN ? $0 : 0 }), along: dimension)
    return [try least + marks, try most + marks]
  }

  // MARK: - Pairs

  private struct Pair: RealVisitor {
    var other: Value
    var largest: Bool
    var name: String

    /// `array` has the class of the result; the other operand is converted to it.
    func visit<E: RealElement>(_ array: NDArray<E>) throws(RuntimeError) -> Value {
      let second: NDArray<E>
      if let converted = try other.visitReal(Conversion<E>()) { second = converted } else { return other }
      let largest = self.largest
      return .make(
        try ExtremeValues.broadcast(name) { () throws(ArrayError) -> NDArray<E> in
          try NDArray<E>.zip(array, second) { a, b in
            if a.isNaN { return b }
            if b.isNaN { return a }
            return largest ? (a >= b ? a : b) : (a <= b ? a : b)
          }
        })
    }
  }

  struct Conversion<Target: RealElement>: RealVisitor {
    func visit<E: RealElement>(_ array: NDArray<E>) throws(RuntimeError) -> NDArray<Target> {
      if let same = array as? NDArray<Target> { return same }
      return array.map { Target(saturating: $0.double) }
    }
  }

  /// Runs array code on two shapes and names the function when they do not fit.
  static func broadcast<Result>(
    _ name: String, _ body: () throws(ArrayError) -> Result
  ) throws(RuntimeError) -> Result {
    do { return try body() } catch {
      if case .nonconformant(let a, let b) = error {
        throw RuntimeError(
          "\(name): nonconformant arguments (op1 is \(a), op2 is \(b))",
          identifier: "Octave:nonconformant-args")
      }
      throw RuntimeError(error)
    }
  }

  static func pairwise(
    _ a: Value, _ b: Value, _ name: String, largest: Bool
  ) throws(RuntimeError) -> Value {
    let kernel: BinaryKernel = largest ? .maximum : .minimum
    switch (a, b) {
    case (.number(let x), .number(let y)): return .number(scalarPair(x, y, largest))
    case (.real(let x), .number(let y)): return .make(.applying(kernel, x, y))
    case (.number(let x), .real(let y)): return .make(.applying(kernel, x, y))
    case (.real(let x), .real(let y)):
      return .make(
        try broadcast(name) { () throws(ArrayError) -> NDArray<Double> in try .applying(kernel, x, y) })
    default: break
    }
    var (a, b) = (a, b)
    if a.isText, b.isText {
      if let x = a.realArray, let y = b.realArray { (a, b) = (.make(x), .make(y)) }
    }
    guard a.isNumeric || a.isLogical, b.isNumeric || b.isLogical else {
      throw RuntimeError("\(name): cannot compute \(name) (\(Read.typeName(a)), \(Read.typeName(b)))")
    }
    if a.isComplex || b.isComplex { return try complexPair(a, b, name, largest: largest) }
    if a.isInteger, b.isInteger, a.className != b.className {
      // Of two integer classes the one later in the order of classes.
      let order = ["int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64"]
      let (p, q) = (order.firstIndex(of: a.className) ?? 0, order.firstIndex(of: b.className) ?? 0)
      let name = order[p > q ? p : q]
      (a, b) = (try ClassConversions.integer(a, name), try ClassConversions.integer(b, name))
    }
    if a.isLogical, b.isLogical {
      let pair = Pair(other: .make(b.realArray ?? NDArray(zeros: .empty)), largest: largest, name: name)
      let result = try pair.visit(a.realArray ?? NDArray(zeros: .empty))
      return .make((result.realArray ?? NDArray(zeros: .empty)).map { $0 != 0 })
    }
    // The class of the result: integer before single before double.
    if b.isInteger && !a.isInteger || (b.isSingle && !a.isSingle && !a.isInteger) {
      guard let converted = try b.visitReal(LikeFirst(other: a, largest: largest, name: name)) else {
        return a
      }
      return converted
    }
    return try a.visitReal(Pair(other: b, largest: largest, name: name)) ?? a
  }

  /// As `Pair`, where the visited array is the second operand.
  private struct LikeFirst: RealVisitor {
    var other: Value
    var largest: Bool
    var name: String
    func visit<E: RealElement>(_ array: NDArray<E>) throws(RuntimeError) -> Value {
      guard let first = try other.visitReal(Conversion<E>()) else { return other }
      return try Pair(other: .make(array), largest: largest, name: name).visit(first)
    }
  }

  static func scalarPair(_ x: Double, _ y: Double, _ largest: Bool) -> Double {
    if x.isNaN { return y }
    if y.isNaN { return x }
    return largest ? (x >= y ? x : y) : (x <= y ? x : y)
  }

  private static func complexPair(
    _ a: Value, _ b: Value, _ name: String, largest: Bool
  ) throws(RuntimeError) -> Value {
    guard let x = a.complexArray, let y = b.complexArray else { return a }
    let result = try broadcast(name) { () throws(ArrayError) -> NDArray<ComplexDouble> in
      try NDArray<ComplexDouble>.zip(x, y) { p, q in
        if p.isUnordered { return q }
        if q.isUnordered { return p }
        return largest ? (p.modulus >= q.modulus ? p : q) : (p.modulus <= q.modulus ? p : q)
      }
    }
    if a.isSingle || b.isSingle {
      return .make(result.map { ComplexSingle(Float($0.real), Float($0.imaginary)) })
    }
    return .make(result)
  }
}
