import ThetaArrays
import ThetaDisplay
import ThetaRuntime

// Questions about the class and the elements of values.

enum Predicates {
  static let table: [Builtin] = [
    Builtin(
      "t = isnan (x)",
      """
      True where an element is NaN (NA included); false for char and integers.

      >> isnan ([1 NaN])
      ans =

        0  1

      """, isnan),
    Builtin(
      "t = isinf (x)",
      """
      True where an element is infinite.

      >> isinf ([1 -Inf])
      ans =

        0  1

      """, isinf),
    Builtin(
      "t = isfinite (x)",
      """
      True where an element is neither infinite nor NaN.

      >> isfinite ([1 Inf NaN])
      ans =

        1  0  0

      """, isfinite),
    Builtin(
      "t = isna (x)",
      """
      True where an element is the missing value NA.

      >> isna ([NA NaN])
      ans =

        1  0

      """, isna),
    Builtin(
      "t = isnumeric (x)",
      """
      True for numbers: double, single and integers, not logical or char.

      >> isnumeric ("a")
      ans = 0
      """, isnumeric),
    Builtin(
      "t = isreal (x)",
      """
      True for real numbers, logical and char values.

      >> isreal (1i)
      ans = 0
      """, isreal),
    Builtin(
      "t = iscomplex (x)",
      """
      True for complex numbers.

      >> iscomplex (1i)
      ans = 1
      """, iscomplex),
    Builtin(
      "t = islogical (x)",
      """
      True for logical values.

      >> islogical (true)
      ans = 1
      """, islogical),
    Builtin(
      "t = isbool (x)",
      """
      True for logical values.

      >> isbool (1)
      ans = 0
      """, islogical),
    Builtin(
      "t = isfloat (x)",
      """
      True for double and single values.

      >> isfloat (int8 (1))
      ans = 0
      """, isfloat),
    Builtin(
      "t = isinteger (x)",
      """
      True for values of the integer classes.

      >> isinteger (int8 (1))
      ans = 1
      """, isinteger),
  ]

  static let matrices: [Builtin] = [
    Builtin(
      "t = isdiag (A)",
      """
      True for a matrix with nonzero elements on its diagonal only.

      >> isdiag ([1 0; 0 2])
      ans = 1
      """, isdiag),
    Builtin(
      "t = istril (A)",
      """
      True for a matrix without nonzero elements above its diagonal.

      >> istril ([1 0; 2 3])
      ans = 1
      """, istril),
    Builtin(
      "t = istriu (A)",
      """
      True for a matrix without nonzero elements below its diagonal.

      >> istriu ([1 0; 2 3])
      ans = 0
      """, istriu),
    Builtin(
      "t = isbanded (A, lower, upper)",
      """
      True for a matrix with at most so many bands below and above its diagonal.

      >> isbanded ([1 1; 0 1], 0, 1)
      ans = 1
      """, isbanded),
    Builtin(
      "t = issymmetric (A, tol?)",
      """
      True when a square matrix equals its transpose, within a relative tolerance if one is given; "skew" for -A.

      >> issymmetric ([1 2; 2 1])
      ans = 1
      """, issymmetric),
    Builtin(
      "t = ishermitian (A, tol?)",
      """
      True when a square matrix equals its conjugate transpose.

      >> ishermitian ([1 1i; -1i 1])
      ans = 1
      """, ishermitian),
    Builtin(
      "t = isdefinite (A, tol?)",
      """
      True when a matrix is Hermitian and positive definite within a tolerance.

      >> isdefinite ([2 1; 1 2])
      ans = 1
      """,
      isdefinite),
    Builtin(
      "t = isequal (x...)",
      """
      True when all arguments have the same sizes and equal elements, whatever their numeric class; NaN equals nothing.

      >> isequal ([1 2], [1 2], [1 3])
      ans = 0
      """, isequal),
    Builtin(
      "t = isequaln (x...)",
      """
      As isequal, with NaN equal to NaN.

      >> isequaln (NaN, NaN)
      ans = 1
      """, isequaln),
    Builtin(
      "n = sizeof (x)",
      """
      The bytes that the elements of x take.

      >> sizeof ([1 2 3])
      ans = 24
      """, sizeof),
  ]

  private struct FloatTest: Sendable {
    var test: @Sendable (Double) -> Bool
    /// The answer for classes that are always finite.
    var other: Bool
    /// Both parts of a complex number must pass rather than either.
    var both = false
  }

  private static func elements(_ call: Call, _ test: FloatTest) throws(RuntimeError) -> Value {
    let value = call[0]
    switch value {
    case .number(let x): return .logical(test.test(x))
    case .real(let a): return .make(a.map { test.test($0) })
    case .single(let a): return .make(a.map { test.test(Double($0)) })
    case .complex, .singleComplex:
      let z = value.complexArray ?? NDArray(zeros: .empty)
      return .make(
        z.map {
          test.both
            ? test.test($0.real) && test.test($0.imaginary) : test.test($0.real) || test.test($0.imaginary)
        })
    case .range, .diagonal, .permutation:
      return .make((value.realArray ?? NDArray(zeros: .empty)).map { test.test($0) })
    case .cell, .structure, .function, .object, .undefined:
      throw call.error("not defined for \(Read.typeName(value))")
    default: return .make(NDArray(value.shape, repeating: test.other))
    }
  }

  static func isnan(_ call: inout Call) throws(RuntimeError) -> Value {
    try elements(call, FloatTest(test: { $0.isNaN }, other: false))
  }
  static func isinf(_ call: inout Call) throws(RuntimeError) -> Value {
    try elements(call, FloatTest(test: { $0.isInfinite }, other: false))
  }
  static func isfinite(_ call: inout Call) throws(RuntimeError) -> Value {
    try elements(call, FloatTest(test: { $0.isFinite }, other: true, both: true))
  }
  static func isna(_ call: inout Call) throws(RuntimeError) -> Value {
    try elements(
      call, FloatTest(test: { NumeralText.isMissing($0) }, other: false))
  }
  static func isnumeric(_ call: inout Call) throws(RuntimeError) -> Value { .logical(call[0].isNumeric) }
  static func isreal(_ call: inout Call) throws(RuntimeError) -> Value {
    let value = call[0]
    return .logical((value.isNumeric && !value.isComplex) || value.isLogical || value.isText)
  }
  static func iscomplex(_ call: inout Call) throws(RuntimeError) -> Value { .logical(call[0].isComplex) }
  static func islogical(_ call: inout Call) throws(RuntimeError) -> Value { .logical(call[0].isLogical) }
  static func isfloat(_ call: inout Call) throws(RuntimeError) -> Value { .logical(call[0].isFloat) }
  static func isinteger(_ call: inout Call) throws(RuntimeError) -> Value { .logical(call[0].isInteger) }

  // MARK: - Structure

  private static func banded(_ value: Value, _ lower: Int, _ upper: Int) -> Bool {
    guard value.isNumeric || value.isLogical, value.shape.is2D, !value.isEmpty || value.shape == .empty,
      let z = value.complexArray
    else { return false }
    let (m, n) = (z.shape.rows, z.shape.columns)
    for j in 0..<n {
      for i in 0..<m where i - j > lower || j - i > upper {
        if z[i, j] != ComplexDouble(0) { return false }
      }
    }
    return true
  }

  static func isdiag(_ call: inout Call) throws(RuntimeError) -> Value { .logical(banded(call[0], 0, 0)) }
  static func istril(_ call: inout Call) throws(RuntimeError) -> Value { .logical(banded(call[0], .max, 0)) }
  static func istriu(_ call: inout Call) throws(RuntimeError) -> Value { .logical(banded(call[0], 0, .max)) }
  static func isbanded(_ call: inout Call) throws(RuntimeError) -> Value {
    let (lower, upper) = (try call.integer(1), try call.integer(2))
    guard lower >= 0, upper >= 0 else { throw call.error("LOWER and UPPER must be non-negative integers") }
    return .logical(banded(call[0], lower, upper))
  }

  private static func symmetric(_ call: Call, conjugating: Bool) throws(RuntimeError) -> Value {
    let value = call[0]
    guard value.isNumeric || value.isLogical || value.isText else {
      throw call.error("A must be a numeric, logical, or character matrix")
    }
    guard value.shape.isSquare, let z = value.complexArray else { return .logical(false) }
    var tolerance = 0.0
    var skew = false
    for k in 1..<max(1, call.count) {
      switch call.text(k) {
      case "skew": skew = true
      case "nonskew": skew = false
      case .some: throw call.error("SKEWOPT must be \"skew\" or \"nonskew\"")
      case nil: tolerance = try call.real(k)
      }
    }
    let n = z.shape.rows
    let difference = NDArray<ComplexDouble>(zeros: z.shape)
    var isExact = true
    for j in 0..<n {
      for i in 0..<n {
        let mirrored = conjugating ? z[j, i].conjugate : z[j, i]
        difference[i, j] = skew ? z[i, j] + mirrored : z[i, j] - mirrored
        if difference[i, j] != ComplexDouble(0) { isExact = false }
      }
    }
    if tolerance == 0 { return .logical(isExact) }
    let size = try RuntimeError.converting { () throws(ArrayError) in
      (try difference.norm(.order(.infinity)) ?? 0, try z.norm(.order(.infinity)) ?? 0)
    }
    return .logical(size.1 == 0 || size.0 / size.1 <= tolerance)
  }

  static func issymmetric(_ call: inout Call) throws(RuntimeError) -> Value {
    try symmetric(call, conjugating: false)
  }
  static func ishermitian(_ call: inout Call) throws(RuntimeError) -> Value {
    try symmetric(call, conjugating: true)
  }

  static func isdefinite(_ call: inout Call) throws(RuntimeError) -> Value {
    guard call[0].shape.isSquare, call[0].isFloat, let z = call[0].complexArray else {
      return .logical(false)
    }
    guard z.isHermitian else { return .logical(false) }
    let scale = try RuntimeError.converting { () throws(ArrayError) in try z.norm(.frobenius) ?? 0 }
    let tolerance = call.count > 1 ? try call.real(1) : 100 * Double.ulpOfOne * scale
    let shifted = z.copy()
    for i in 0..<z.shape.rows { shifted[i, i] = shifted[i, i] - ComplexDouble(tolerance) }
    let result = try RuntimeError.converting { () throws(ArrayError) in try shifted.cholesky(.upper) }
    return .logical(result.failedAt == 0)
  }

  // MARK: - Equality

  static func isequal(_ call: inout Call) throws(RuntimeError) -> Value {
    try allEqual(call, nanEqual: false)
  }
  static func isequaln(_ call: inout Call) throws(RuntimeError) -> Value {
    try allEqual(call, nanEqual: true)
  }

  private static func allEqual(_ call: Call, nanEqual: Bool) throws(RuntimeError) -> Value {
    guard call.count >= 2 else { throw call.invalid }
    for k in 1..<call.count where !Equality.isEqual(call[0], call[k], nanEqual: nanEqual) {
      return .logical(false)
    }
    return .logical(true)
  }

  static func sizeof(_ call: inout Call) throws(RuntimeError) -> Value { .integer(bytes(call[0])) }

  private static func bytes(_ value: Value) -> Int {
    switch value {
    case .cell(let cells): return cells.reduce(0) { $0 + bytes($1) }
    case .structure(let s): return s.values.reduce(0) { $0 + bytes($1) }
    case .range: return 24
    case .logical, .boolean, .text, .int8, .uint8: return value.count
    case .int16, .uint16: return 2 * value.count
    case .single, .int32, .uint32: return 4 * value.count
    case .complex: return 16 * value.count
    case .diagonal(let d): return bytes(d.entries)
    default: return 8 * value.count
    }
  }
}
