import ThetaArrays
import ThetaNumeric
import ThetaRuntime

// Polynomials as vectors of coefficients, the highest power first.

enum Polynomials {
  static let table: [Builtin] = [
    Builtin(
      "[p, S, mu] = polyfit (x, y, n)",
      """
      The polynomial of degree n that fits the points best in least squares; S has the fit (yf, X, R, C, df, normr), mu the
      mean and deviation by which x was scaled. n may be a logical mask of the powers to use.
      Error "polyfit: X and Y must have the same number of points".

      >> polyfit ([0 1 2], [1 3 7], 2)
      ans =

         1   1   1

      """, multiple: polyfit),
    Builtin(
      "[y, dy] = polyval (p, x, S?, mu?)",
      """
      The polynomial at each element of x by Horner's rule.

      >> polyval ([1 2 3], 2)
      ans = 11
      """,
      multiple: polyval),
    Builtin(
      "y = polyvalm (c, X)",
      """
      The polynomial of a square matrix.

      >> polyvalm ([1 0 0], [1 1; 0 1])
      ans =

         1   2
         0   1

      """, polyvalm),
    Builtin(
      "r = roots (c)",
      """
      The roots of a polynomial as eigenvalues of its companion matrix, a column.

      >> roots ([1 -3 2])
      ans =

         2
         1

      """, roots),
    Builtin(
      "y = poly (x)",
      """
      The polynomial with roots x, or the characteristic polynomial of a square matrix.

      >> poly ([1 2])
      ans =

         1  -3   2

      """,
      poly),
    Builtin(
      "y = conv (a, b, shape?)",
      """
      The product of two polynomials, or the convolution of two vectors; shape "full", "same" or
      "valid".

      >> conv ([1 2], [1 3])
      ans =

         1   5   6

      """,
      conv),
  ]

  static func polyfit(_ call: inout Call) throws(RuntimeError) -> [Value] {
    guard call.count == 3 else { throw call.invalid }
    guard call[0].shape == call[1].shape || call[0].count == call[1].count else {
      throw call.error("X and Y must have the same number of points")
    }
    var powers: [Int]
    let degree: Int
    if call[2].isLogical, call[2].count > 1, let mask = call[2].realArray {
      degree = mask.count - 1
      powers = (0...degree).filter { mask[$0] != 0 }.map { degree - $0 }
    } else {
      guard call[2].shape.isScalar, let n = call[2].firstReal, n >= 0, let d = Int(exactly: n) else {
        throw call.error("N must be a non-negative integer")
      }
      degree = d
      try Call.check(Shape(call[0].count + 1, d < Int.max ? d + 1 : d))
      powers = Array((0...d).reversed())
    }
    guard !call[0].isComplex, !call[1].isComplex else { return try polyfitComplex(call, degree, powers) }
    var x = NDArray(column: Array(try call.numbers(0)))
    let y = NDArray(column: Array(try call.numbers(1)))
    let count = x.count
    var mu: [Double] = []
    if call.outputs > 2 {
      let column = Value.make(x)
      let mean = try Averages.mean(column, along: 0).firstReal ?? 0
      let deviation =
        try Exponential.sqrtFunction.apply(Spread.variance(column, [0], 0), name: "sqrt").firstReal ?? 1
      mu = [mean, deviation]
      x = x.map { ($0 - mean) / deviation }
    }
    let a = NDArray<Double>(Shape(count, powers.count), repeating: 1)
    for (j, power) in powers.enumerated() {
      for i in 0..<count {
        var value = 1.0
        for _ in 0..<power { value *= x[i] }
        a[i, j] = value
      }
    }
    let factors = try RuntimeError.converting { () throws(ArrayError) in
      try a.qrFactors(economy: true, pivoting: true)
    }
    let right = try RuntimeError.converting { () throws(ArrayError) in
      try NDArray<Double>.product(factors.q.transposed(), y)
    }
    let solution = try Operators.binary(.leftDivide, .make(factors.r), .make(right))
    let pivoted = solution.realArray ?? NDArray(zeros: .empty)
    let coefficients = NDArray<Double>(zeros: Shape(powers.count, 1))
    for (k, place) in factors.permutation.enumerated() where k < pivoted.count {
      coefficients[place] = pivoted[k]
    }
    let p = NDArray<Double>(zeros: Shape(1, degree + 1))
    for (k, power) in powers.enumerated() where k < coefficients.count { p[degree - power] = coefficients[k] }
    let isSingle = call[0].isSingle || call[1].isSingle
    var result = [MatrixArgument.rounded(.make(p), isSingle: isSingle)]
    if call.outputs > 1 {
      let fit = try RuntimeError.converting { () throws(ArrayError) in
        try NDArray<Double>.product(a, coefficients)
      }
      let residual = try RuntimeError.converting { () throws(ArrayError) in
        try NDArray<Double>.zip(fit, y) { $0 - $1 }
      }
      let inverse = try Formula.product(
        Operators.binary(.leftDivide, .make(factors.r), .diagonal(identity(powers.count))),
        Formula.transpose(Operators.binary(.leftDivide, .make(factors.r), .diagonal(identity(powers.count)))))
      var places = factors.permutation
      for (k, place) in factors.permutation.enumerated() { places[place] = k }
      let n = powers.count
      let covariance = inverse.gathered((0..<n * n).map { places[$0 % n] + n * places[$0 / n] }, Shape(n, n))
      result.append(
        .structure([
          ("yf", Value.make(fit).reshapedValue(call[1].shape)), ("X", .make(a)), ("R", .make(factors.r)),
          ("C", covariance), ("df", .integer(max(0, count - powers.count))),
          ("normr", .number(residual.vectorNorm(2))),
        ]))
    }
    if call.outputs > 2 { result.append(.row(mu)) }
    return result
  }

  private static func identity(_ n: Int) -> DiagonalMatrix {
    DiagonalMatrix(rows: n, columns: n, entries: .make(NDArray(Shape(n, 1), repeating: 1.0)))
  }

  private static func polyfitComplex(_ call: Call, _ degree: Int, _ powers: [Int]) throws(RuntimeError)
    -> [Value]
  {
    let x = call[0].reshapedValue(Shape(call[0].count, 1))
    let y = call[1].reshapedValue(Shape(call[1].count, 1))
    let a = try Operators.binary(.elementPower, x, .row(powers.map(Double.init)))
    let p = try Operators.binary(.leftDivide, a, y)
    var offsets = [Int](repeating: -1, count: degree + 1)
    for (k, power) in powers.enumerated() { offsets[degree - power] = k }
    return [p.gathered(offsets, Shape(1, degree + 1))]
  }

  static func polyval(_ call: inout Call) throws(RuntimeError) -> [Value] {
    let p = call[0]
    guard p.isFloat || p.isLogical, p.shape.isVector || p.isEmpty else {
      throw call.error("P must be a numeric floating point vector")
    }
    guard call[1].isFloat || call[1].isLogical else { throw call.error("X must be numeric floating point") }
    var x = call[1]
    if x.isEmpty { return [.emptyMatrix] }
    if p.isEmpty { return [.make(NDArray<Double>(zeros: x.shape))] }
    if let mu = call.optional(3), let list = mu.realArray, list.count == 2 {
      x = try (x - .number(list[0])) / .number(list[1])
    }
    var result = [try horner(p, x)]
    if call.outputs > 1, case .structure(let s)? = call.optional(2), let r = s.field("R"),
      let normr = s.field("normr"), let df = s.field("df")
    {
      let column = x.reshapedValue(Shape(x.count, 1))
      let powers = (0..<p.count).reversed().map(Double.init)
      let a = try Operators.binary(.elementPower, column, .row(powers))
      let e = try Operators.binary(.divide, a, r)
      let squares = Sums.sumOfSquares(e, along: 1)
      let root = try Exponential.sqrtFunction.apply(.number(1) + squares, name: "sqrt")
      let scale = try normr / Exponential.sqrtFunction.apply(df, name: "sqrt")
      result.append(try (root * scale).reshapedValue(x.shape))
    }
    return result
  }

  static func horner(_ p: Value, _ x: Value) throws(RuntimeError) -> Value {
    if !p.isComplex, !x.isComplex, !p.isSingle, !x.isSingle, let c = p.realArray, let a = x.realArray {
      return .make(
        a.map { x in
          var y = c[0]
          for k in 1..<max(1, c.count) { y = y * x + c[k] }
          return y
        })
    }
    var y = try p.gathered([0], .scalar) * (.number(1) + x * .number(0))
    for k in 1..<max(1, p.count) { y = try y * x + p.gathered([k], .scalar) }
    return y
  }

  static func polyvalm(_ call: inout Call) throws(RuntimeError) -> Value {
    let n = call[1].shape.rows
    guard call[1].shape.isSquare else { throw call.error("second argument must be a square matrix") }
    let unit = Value.diagonal(identity(n))
    var y = Value.make(NDArray<Double>(zeros: call[1].shape))
    for k in 0..<call[0].count {
      y = try Formula.product(y, call[1]) + Formula.product(call[0].gathered([k], .scalar), unit)
    }
    return y
  }

  static func roots(_ call: inout Call) throws(RuntimeError) -> Value {
    let c = call[0]
    if c.isEmpty { return .emptyMatrix }
    guard c.isNumeric || c.isLogical, c.shape.isVector, let z = c.complexArray else { throw call.invalid }
    guard z.allElements({ $0.real.isFinite && $0.imaginary.isFinite }) else {
      throw call.error("inputs must not contain Inf or NaN")
    }
    // Octave drops coefficients that vanish beside the largest.
    let largest = z.moduli().reduce(0.0) { max($0, $1) }
    if largest == 0 { return .emptyMatrix }
    var places = (0..<z.count).filter { z[$0].modulus / largest != 0 }
    guard let first = places.first, let last = places.last else { return .emptyMatrix }
    places = Array(first...last)
    let zeros = z.count - 1 - last
    let n = places.count - 1
    if n == 0 { return .make(NDArray<Double>(zeros: Shape(zeros, 1))) }
    try Call.check(Shape(n, n), elementSize: 16)
    let values: NDArray<ComplexDouble>
    if !c.isComplex {
      let a = NDArray<Double>(zeros: Shape(n, n))
      for j in 0..<n { a[0, j] = -z[first + 1 + j].real / z[first].real }
      for i in 1..<max(1, n) { a[i, i - 1] = 1 }
      values = try RuntimeError.converting { () throws(ArrayError) in try a.eigenFactors(.none).values }
    } else {
      let a = NDArray<ComplexDouble>(zeros: Shape(n, n))
      for j in 0..<n { a[0, j] = -(z[first + 1 + j] / z[first]) }
      for i in 1..<max(1, n) { a[i, i - 1] = ComplexDouble(1) }
      values = try RuntimeError.converting { () throws(ArrayError) in try a.eigenFactors(.none).values }
    }
    let all = Array(values) + [ComplexDouble](repeating: ComplexDouble(0), count: zeros)
    return .make(NDArray(column: all))
  }

  static func poly(_ call: inout Call) throws(RuntimeError) -> Value {
    let x = call[0]
    if x.isEmpty { return .number(1) }
    guard let z = x.complexArray else { throw call.wrongType(0) }
    var roots: [ComplexDouble]
    if x.shape.isVector {
      roots = Array(z)
    } else {
      guard x.shape.isSquare else { throw call.invalid }
      roots = Array(
        try RuntimeError.converting { () throws(ArrayError) in
          if !x.isComplex { return try (x.realArray ?? NDArray(zeros: .empty)).eigenFactors(.none).values }
          return try z.eigenFactors(.none).values
        })
    }
    var p = [ComplexDouble(1)] + [ComplexDouble](repeating: ComplexDouble(0), count: roots.count)
    for (k, root) in roots.enumerated() {
      for j in stride(from: k + 1, through: 1, by: -1) { p[j] = p[j] - root * p[j - 1] }
    }
    // Roots in conjugate pairs give a real polynomial.
    let positive = roots.filter { $0.imaginary > 0 }.map { [$0.real, $0.imaginary] }.sorted {
      $0.lexicographicallyPrecedes($1)
    }
    let negative = roots.filter { $0.imaginary < 0 }.map { [$0.real, -$0.imaginary] }.sorted {
      $0.lexicographicallyPrecedes($1)
    }
    if positive == negative { return .row(p.map(\.real)) }
    return .make(NDArray(row: p))
  }

  // MARK: - Products

  /// The full convolution of two vectors of numbers.
  static func convolution(_ a: Value, _ b: Value) throws(RuntimeError) -> Value {
    if a.isComplex || b.isComplex {
      let (x, y) = (a.complexArray ?? .init(zeros: .empty), b.complexArray ?? .init(zeros: .empty))
      return .make(try row(NDArray.convolution(y, x)))
    }
    let (x, y) = (a.realArray ?? .init(zeros: .empty), b.realArray ?? .init(zeros: .empty))
    let result = try row(NDArray.convolution(y, x))
    return a.isSingle || b.isSingle ? .converting(result, to: "single") : .make(result)
  }

  private static func row<E>(
    _ column: @autoclosure () throws(ArrayError) -> NDArray<E>
  ) throws(RuntimeError) -> NDArray<E> {
    let array = try RuntimeError.converting(column)
    return array.reshaped(Shape(1, array.count))
  }

  static func conv(_ call: inout Call) throws(RuntimeError) -> Value {
    let (a, b) = (call[0], call[1])
    guard a.shape.isVector, b.shape.isVector, !a.isEmpty, !b.isEmpty else {
      throw call.error("both arguments A and B must be vectors")
    }
    for value in [a, b] {
      if value.isText { throw RuntimeError("invalid conversion from string to real matrix") }
      guard value.isNumeric || value.isLogical else {
        throw RuntimeError("octave_base_value::matrix_value(): wrong type argument '\(Read.typeName(value))'")
      }
    }
    let full = try convolution(a, b)
    // The longer operand that is no scalar gives the orientation.
    let isRow =
      a.count >= 1 && (b.count == 1 || (a.count > 1 && b.count > 1)) ? orientation(a, b) : b.shape.isRow
    var places = Array(0..<full.count)
    switch call.text(2) {
    case nil, "full": break
    case "same":
      let start = (b.count - 1 + 1) / 2
      places = Array(start..<start + a.count)
    case "valid":
      let length = max(0, a.count - b.count + 1)
      places = length == 0 ? [] : Array(b.count - 1..<b.count - 1 + length)
    default: throw call.error("SHAPE argument must be \"full\", \"same\", or \"valid\"")
    }
    return full.gathered(places, isRow ? Shape(1, places.count) : Shape(places.count, 1))
  }

  /// Octave's `conv` filters the second operand for longer first ones: the shape follows the operand that is filtered.
  private static func orientation(_ a: Value, _ b: Value) -> Bool {
    if b.count == 1 { return a.shape.isRow }
    return a.count > b.count ? a.shape.isRow : b.shape.isRow
  }
}
