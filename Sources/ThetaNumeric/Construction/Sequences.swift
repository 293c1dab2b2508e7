import Glibc
import ThetaArrays
import ThetaRuntime

// Sequences, grids and the matrices with names.

enum Sequences {
  static let table: [Builtin] = [
    Builtin(
      "y = linspace (start, end, n?)",
      """
      n (default 100) equally spaced numbers from start to end as a row; columns give one row each. One number gives end.
      """, linspace),
    Builtin(
      "y = logspace (a, b, n?)",
      "n (default 50) numbers from 10^a to 10^b (to pi when b is pi), equally spaced in the exponent.",
      logspace),
    Builtin(
      "[xx, yy, zz] = meshgrid (x, y?, z?)",
      "The coordinates of a grid: xx has x along its rows, yy has y down its columns.", multiple: meshgrid),
    Builtin(
      "[y1, ...] = ndgrid (x...)", "The coordinates of a grid: output k varies along dimension k.",
      multiple: ndgrid),
    Builtin("y = magic (n)", "An n×n magic square: rows, columns and diagonals have equal sums.", magic),
    Builtin(
      "y = vander (c, n?)", "The Vandermonde matrix of a vector: powers n - 1 … 0 of each element.", vander),
    Builtin("y = hilb (n)", "The Hilbert matrix 1 / (i + j - 1).", hilb),
    Builtin("y = invhilb (n)", "The inverse of the Hilbert matrix, in whole numbers.", invhilb),
    Builtin(
      "y = toeplitz (c, r?)", "The matrix with constant diagonals, first column c and first row r.", toeplitz),
    Builtin(
      "y = hankel (c, r?)", "The matrix with constant antidiagonals, first column c and last row r.", hankel),
    Builtin("y = pascal (n, t?)", "The symmetric matrix of binomial coefficients.", pascal),
    Builtin("y = rosser ()", "Rosser's 8×8 eigenvalue test matrix.", rosser),
    Builtin("y = wilkinson (n)", "Wilkinson's tridiagonal eigenvalue test matrix.", wilkinson),
    Builtin("y = hadamard (n)", "The Hadamard matrix of order n, a power of 2.", hadamard),
  ]

  private static func count(_ call: Call, _ position: Int, default fallback: Int) throws(RuntimeError) -> Int
  {
    guard let argument = call.optional(position) else { return fallback }
    guard argument.count == 1 else { throw call.error("N must be a scalar") }
    let x = try call.real(position)
    if x.isNaN { return 0 }
    guard let n = Int(exactly: x.rounded(.towardZero)) else { throw RuntimeError(.tooLarge) }
    return max(0, n)
  }

  /// `n` numbers from `a` to `b`, exactly both at the ends, symmetric about the middle as Octave computes them.
  private static func fill<Real: BinaryFloatingPoint>(
    _ a: Real, _ b: Real, _ n: Int, _ put: (Int, Real) -> Void
  ) {
    if n == 0 { return }
    let delta = a == b ? 0 : (b - a) / Real(n - 1)
    put(0, a)
    if n > 1 {
      let half = (n + 1) / 2
      for k in 1..<max(1, half) {
        put(k, a + Real(k) * delta)
        put(n - 1 - k, b - Real(k) * delta)
      }
      if n % 2 == 1 {
        if a == -b {
          put(n / 2, 0)
        } else {
          put(n / 2, (a + b) / 2)
        }
      }
    }
    put(n - 1, b)
  }

  static func linspace(_ call: inout Call) throws(RuntimeError) -> Value {
    let n = try count(call, 2, default: 100)
    for k in 0..<2 {
      if call[k].isText { throw RuntimeError("invalid conversion from string to real N-D array") }
      guard call[k].isNumeric || call[k].isLogical else {
        throw RuntimeError(
          "octave_base_value::array_value(): wrong type argument '\(Read.typeName(call[k]))'")
      }
    }
    guard !call[0].isEmpty, !call[1].isEmpty else {
      throw call.error("START, END must be scalars or vectors")
    }
    let isSingle = call[0].isSingle || call[1].isSingle
    try Call.check(Shape(1, n), elementSize: 16)
    if call[0].isComplex || call[1].isComplex {
      let a = call[0].complexArray?[0] ?? .zero
      let b = call[1].complexArray?[0] ?? .zero
      let (re, im) = (NDArray<Double>(zeros: Shape(1, n)), NDArray<Double>(zeros: Shape(1, n)))
      fill(a.real, b.real, n) { re[$0] = $1 }
      fill(a.imaginary, b.imaginary, n) { im[$0] = $1 }
      let z = NDArray(Shape(1, n), (0..<n).map { ComplexDouble(re[$0], im[$0]) })
      return MatrixArgument.rounded(.make(z), isSingle: isSingle)
    }
    let (a, b) = (try call.numbers(0), try call.numbers(1))
    guard a.shape.isVector, b.shape.isVector else {
      throw call.error("START, END must be scalars or vectors")
    }
    let rows = max(a.count, b.count)
    guard a.count == b.count || a.count == 1 || b.count == 1 else {
      throw call.error("vectors must be of equal length")
    }
    try Call.check(Shape(rows, n))
    let result = NDArray<Double>(zeros: Shape(rows, n))
    for i in 0..<rows {
      let (start, end) = (a[a.count == 1 ? 0 : i], b[b.count == 1 ? 0 : i])
      if isSingle {
        fill(Float(start), Float(end), n) { k, x in result[i, k] = Double(x) }
      } else {
        fill(start, end, n) { k, x in result[i, k] = x }
      }
    }
    return isSingle ? .converting(result, to: "single") : .make(result)
  }

  static func logspace(_ call: inout Call) throws(RuntimeError) -> Value {
    guard call.count >= 2 else { throw call.invalid }
    guard call[0].count == 1, call[1].count == 1, call.optional(2)?.count ?? 1 == 1 else {
      throw call.error("arguments A, B, and N must be scalars")
    }
    let n = try count(call, 2, default: 50)
    let (a, b) = (try call.real(0), try call.real(1))
    try Call.check(Shape(1, n))
    let result = NDArray<Double>(zeros: Shape(1, n))
    fill(a, b == .pi ? Glibc.log10(Double.pi) : b, n) { result[$0] = Glibc.pow(10, $1) }
    return .make(result)
  }

  // MARK: - Grids

  static func meshgrid(_ call: inout Call) throws(RuntimeError) -> [Value] {
    let x = call[0]
    let y = call.optional(1) ?? x
    let isSolid = call.count == 3 || call.outputs >= 3
    for value in call.arguments where !value.shape.isVector {
      throw call.error(isSolid ? "X, Y, and Z must be vectors" : "X and Y must be vectors")
    }
    let (nx, ny) = (x.count, y.count)
    let z = call.optional(2) ?? (isSolid ? y : nil)
    let nz = z?.count ?? 1
    let shape = Shape([ny, nx, nz])
    try Call.check(shape)
    var (ix, iy, iz): ([Int], [Int], [Int]) = ([], [], [])
    for k in 0..<nz {
      for j in 0..<nx {
        for i in 0..<ny {
          ix.append(j)
          iy.append(i)
          iz.append(k)
        }
      }
    }
    var result = [x.gathered(ix, shape), y.gathered(iy, shape)]
    if let z { result.append(z.gathered(iz, shape)) }
    return result
  }

  static func ndgrid(_ call: inout Call) throws(RuntimeError) -> [Value] {
    if call.count == 0 { throw call.invalid }
    var axes = call.list
    if axes.count == 1 { axes = [Value](repeating: axes[0], count: max(1, call.outputs)) }
    guard axes.count >= call.outputs else { throw call.error("wrong number of input arguments") }
    for axis in axes where !axis.shape.isVector { throw call.error("arguments must be vectors") }
    let sizes = axes.map(\.count)
    let shape = Shape(sizes.count == 1 ? [sizes[0], 1] : sizes)
    try Call.check(shape)
    var step = 1
    var result: [Value] = []
    for (k, axis) in axes.enumerated() {
      let size = sizes[k]
      result.append(axis.gathered((0..<shape.count).map { $0 / step % max(1, size) }, shape))
      step *= size
    }
    return result
  }

  // MARK: - Named matrices

  private static func square(_ n: Int, _ element: (Int, Int) -> Double) throws(RuntimeError) -> Value {
    let shape = Shape(n, n)
    try Call.check(shape)
    let result = NDArray<Double>(zeros: shape)
    for j in 0..<n {
      for i in 0..<n { result[i, j] = element(i, j) }
    }
    return .make(result)
  }

  static func magic(_ call: inout Call) throws(RuntimeError) -> Value {
    guard let x = call[0].firstReal, let n = Int(exactly: x.rounded(.down)) else { throw call.invalid }
    guard n >= 0 else { throw call.error("N must be non-negative") }
    if n == 0 { return .emptyMatrix }
    if n == 1 { return .number(1) }
    if n == 2 { return .make(NDArray(Shape(2, 2), [4, 1, 3, 2])) }
    try Call.check(Shape(n, n))
    if n % 2 == 1 { return .make(oddMagic(n)) }
    let result = NDArray<Double>(zeros: Shape(n, n))
    if n % 4 == 0 {
      for i in 0..<n {
        for j in 0..<n {
          let value = Double(i * n + j + 1)
          let isOnDiagonal = (i % 4 == 0 || i % 4 == 3) == (j % 4 == 0 || j % 4 == 3)
          result[i, j] = isOnDiagonal ? Double(n * n + 1) - value : value
        }
      }
      return .make(result)
    }
    // n = 4k + 2: four odd squares, with some of their left columns exchanged.
    let m = n / 2
    let quarter = oddMagic(m)
    let area = Double(m * m)
    for i in 0..<m {
      for j in 0..<m {
        let value = quarter[i, j]
        result[i, j] = value
        result[i + m, j] = value + 3 * area
        result[i, j + m] = value + 2 * area
        result[i + m, j + m] = value + area
      }
    }
    let k = (m - 1) / 2
    func exchange(_ i: Int, _ j: Int) {
      let value = result[i, j]
      result[i, j] = result[i + m, j]
      result[i + m, j] = value
    }
    for i in 0..<m {
      if k > 1 {
        for j in Array(0..<k) + Array((n - k + 1)..<n) { exchange(i, j) }
      } else {
        exchange(i, 0)
      }
    }
    // The middle row takes its exchanged column one further in.
    exchange(k, 0)
    exchange(k, k)
    return .make(result)
  }

  /// The siamese method, in the arrangement that starts 8 1 6.
  private static func oddMagic(_ n: Int) -> NDArray<Double> {
    let result = NDArray<Double>(zeros: Shape(n, n))
    for i in 0..<n {
      for j in 0..<n {
        let a = (i + j + 1 + n / 2) % n
        let b = (i + 2 * j + 1) % n
        result[i, j] = Double(a * n + b + 1)
      }
    }
    return result
  }

  static func vander(_ call: inout Call) throws(RuntimeError) -> Value {
    guard call[0].shape.isVector, call[0].count > 0 else { throw call.error("polynomial C must be a vector") }
    let n = call.count > 1 ? try call.integer(1) : call[0].count
    guard call[0].isNumeric || call[0].isLogical else { throw call.error("polynomial C must be a vector") }
    try Call.check(Shape(call[0].count, max(0, n)))
    let column = call[0].reshapedValue(Shape(call[0].count, 1))
    return try Operators.binary(.elementPower, column, .row((0..<max(0, n)).reversed().map(Double.init)))
  }

  static func hilb(_ call: inout Call) throws(RuntimeError) -> Value {
    guard call[0].shape.isScalar else { throw call.error("N must be a scalar integer") }
    return try square(max(0, call.integer(0))) { 1 / Double($0 + $1 + 1) }
  }

  static func invhilb(_ call: inout Call) throws(RuntimeError) -> Value {
    guard call[0].shape.isScalar else { throw call.error("N must be a scalar integer") }
    let n = try max(0, call.integer(0))
    func binomial(_ n: Int, _ k: Int) -> Double {
      var value = 1.0
      for i in 0..<max(0, min(k, n - k)) { value = (value * Double(n - i) / Double(i + 1)).rounded() }
      return value
    }
    return try square(n) { i, j in
      let sign: Double = (i + j) % 2 == 0 ? 1 : -1
      let left = binomial(n + i, n - 1 - j) * binomial(n + j, n - 1 - i)
      let middle = binomial(i + j, i)
      return sign * Double(i + j + 1) * left * middle * middle
    }
  }

  static func toeplitz(_ call: inout Call) throws(RuntimeError) -> Value {
    let c = call[0]
    guard c.shape.isVector else {
      throw call.error(call.count == 1 ? "C must be a vector" : "C and R must be vectors")
    }
    try Call.check(Shape(c.count, call.optional(1)?.count ?? c.count), elementSize: 16)
    if call.count == 1 {
      if c.isComplex, let z = c.complexArray {
        let n = z.count
        let result = NDArray<ComplexDouble>(zeros: Shape(n, n))
        for j in 0..<n {
          for i in 0..<n { result[i, j] = i > j ? z[i - j].conjugate : z[j - i] }
        }
        return .make(result)
      }
      let n = c.count
      return c.gathered((0..<n * n).map { Swift.abs($0 % max(1, n) - $0 / max(1, n)) }, Shape(n, n))
    }
    let r = call[1]
    guard r.shape.isVector else { throw call.error("C and R must be vectors") }
    let (m, n) = (c.count, r.count)
    if m > 0, n > 0,
      try Operators.isTrue(Operators.binary(.notEqual, c.gathered([0], .scalar), r.gathered([0], .scalar)))
    {
      try call.context.warn("toeplitz: column wins diagonal conflict")
    }
    let all = try Concatenation.along(
      1, [c.reshapedValue(Shape(1, m)), r.reshapedValue(Shape(1, n))], function: "horzcat")
    var offsets: [Int] = []
    for j in 0..<n {
      for i in 0..<m { offsets.append(i >= j ? i - j : m + j - i) }
    }
    return all.gathered(offsets, Shape(m, n))
  }

  static func hankel(_ call: inout Call) throws(RuntimeError) -> Value {
    let c = call[0]
    guard c.shape.isVector else {
      throw call.error(call.count == 1 ? "C must be a vector" : "C and R must be vectors")
    }
    let m = c.count
    try Call.check(Shape(m, call.optional(1)?.count ?? m))
    var offsets: [Int] = []
    if call.count == 1 {
      for j in 0..<m {
        for i in 0..<m { offsets.append(i + j < m ? i + j : -1) }
      }
      return c.gathered(offsets, Shape(m, m))
    }
    let r = call[1]
    let n = r.count
    guard r.shape.isVector else { throw call.error("C and R must be vectors") }
    if m > 0, n > 0,
      try Operators.isTrue(
        Operators.binary(.notEqual, c.gathered([m - 1], .scalar), r.gathered([0], .scalar)))
    {
      try call.context.warn("hankel: column wins anti-diagonal conflict")
    }
    let all = try Concatenation.along(
      1, [c.reshapedValue(Shape(1, m)), r.reshapedValue(Shape(1, n))], function: "horzcat")
    for j in 0..<n {
      for i in 0..<m { offsets.append(i + j < m ? i + j : i + j + 1) }
    }
    return all.gathered(offsets, Shape(m, n))
  }

  static func pascal(_ call: inout Call) throws(RuntimeError) -> Value {
    let n = try max(0, call.integer(0))
    try Call.check(Shape(n, n))
    let result = NDArray<Double>(Shape(n, n), repeating: 1)
    for i in 1..<max(1, n) {
      for j in 1..<n { result[i, j] = result[i - 1, j] + result[i, j - 1] }
    }
    return .make(result)
  }

  static func rosser(_ call: inout Call) throws(RuntimeError) -> Value {
    .make(
      NDArray(
        Shape(8, 8),
        [
          611, 196, -192, 407, -8, -52, -49, 29, 196, 899, 113, -192, -71, -43, -8, -44, -192, 113, 899, 196,
          61, 49, 8, 52, 407, -192, 196, 611, 8, 44, 59, -23, -8, -71, 61, 8, 411, -599, 208, 208, -52, -43,
          49, 44, -599, 411, 208, 208, -49, -8, 8, 59, 208, 208, 99, -911, 29, -44, 52, -23, 208, 208, -911,
          99,
        ]))
  }

  static func wilkinson(_ call: inout Call) throws(RuntimeError) -> Value {
    let n = try max(0, call.integer(0))
    return try square(n) { i, j in
      if i == j { return Swift.abs(Double(i) - Double(n - 1) / 2) }
      return Swift.abs(i - j) == 1 ? 1 : 0
    }
  }

  static func hadamard(_ call: inout Call) throws(RuntimeError) -> Value {
    let n = try call.integer(0)
    guard n > 0, n & (n - 1) == 0 else { throw call.error("N must be 2^k*p, for p = 1, 12, 20 or 28") }
    return try square(n) { ($0 & $1).nonzeroBitCount % 2 == 0 ? 1 : -1 }
  }
}
