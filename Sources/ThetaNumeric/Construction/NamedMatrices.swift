import ThetaArrays
import ThetaRuntime

// The matrices with names.

enum NamedMatrices {
  static let table: [Builtin] = [
    Builtin(
      "y = magic (n)",
      """
      An n×n magic square: rows, columns and diagonals have equal sums.

      >> magic (3)
      ans =

         8   1   6
         3   5   7
         4   9   2

      """, magic),
    Builtin(
      "y = vander (c, n?)",
      """
      The Vandermonde matrix of a vector: powers n - 1 … 0 of each element.

      >> vander ([2 3 4])
      ans =

          4    2    1
          9    3    1
         16    4    1

      """, vander),
    Builtin(
      "y = hilb (n)",
      """
      The Hilbert matrix 1 / (i + j - 1).

      >> hilb (2)
      ans =

         1.0000   0.5000
         0.5000   0.3333

      """, hilb),
    Builtin(
      "y = invhilb (n)",
      """
      The inverse of the Hilbert matrix, in whole numbers.

      >> invhilb (2)
      ans =

          4   -6
         -6   12

      """, invhilb),
    Builtin(
      "y = toeplitz (c, r?)",
      """
      The matrix with constant diagonals, first column c and first row r.

      >> toeplitz ([1 2 3])
      ans =

         1   2   3
         2   1   2
         3   2   1

      """, toeplitz),
    Builtin(
      "y = hankel (c, r?)",
      """
      The matrix with constant antidiagonals, first column c and last row r.

      >> hankel ([1 2 3])
      ans =

         1   2   3
         2   3   0
         3   0   0

      """, hankel),
    Builtin(
      "y = pascal (n, t?)",
      """
      The symmetric matrix of binomial coefficients.

      >> pascal (3)
      ans =

         1   1   1
         1   2   3
         1   3   6

      """, pascal),
    Builtin(
      "y = rosser ()",
      """
      Rosser's 8×8 eigenvalue test matrix.

      >> rosser ()(1, 1:3)
      ans =

         611   196  -192

      """, rosser),
    Builtin(
      "y = wilkinson (n)",
      """
      Wilkinson's tridiagonal eigenvalue test matrix.

      >> wilkinson (3)
      ans =

         1   1   0
         1   0   1
         0   1   1

      """, wilkinson),
    Builtin(
      "y = hadamard (n)",
      """
      The Hadamard matrix of order n, a power of 2.

      >> hadamard (2)
      ans =

         1   1
         1  -1

      """, hadamard),
  ]

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
    guard call[0].count == 1, call.optional(1)?.count ?? 1 == 1 else {
      throw call.error("N and T must be scalars")
    }
    let n = try max(0, call.integer(0))
    let kind = try call.integer(1, default: 0)
    guard (-1...2).contains(kind) else {
      throw call.error("T must be -1, 0, 1, or 2, found \(kind)")
    }
    try Call.check(Shape(n, n))
    if kind == 0 {
      let result = NDArray<Double>(Shape(n, n), repeating: 1)
      for i in 1..<max(1, n) {
        for j in 1..<n { result[i, j] = result[i - 1, j] + result[i, j - 1] }
      }
      return .make(result)
    }
    // The triangle of the coefficients, a row each; from 1 on with alternating signs of the columns.
    let triangle = NDArray<Double>(zeros: Shape(n, n))
    for i in 0..<n {
      triangle[i, 0] = 1
      for j in 1..<max(1, i + 1) { triangle[i, j] = triangle[i - 1, j - 1] + triangle[i - 1, j] }
    }
    if kind > 0 {
      for j in 0..<n where j % 2 == 1 {
        for i in j..<n { triangle[i, j] = -triangle[i, j] }
      }
    }
    guard kind == 2 else { return .make(triangle) }
    // Turned a quarter, it is a cube root of the identity.
    let sign: Double = n % 2 == 1 ? 1 : -1
    return try square(n) { i, j in sign * triangle[n - 1 - j, i] }
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
    guard call[0].shape.isScalar, let x = call[0].firstReal, x >= 0, x == x.rounded() else {
      throw call.error("N must be a non-negative integer")
    }
    let n = try call.integer(0)
    return try square(n) { i, j in
      if i == j { return Swift.abs(Double(i) - Double(n - 1) / 2) }
      return Swift.abs(i - j) == 1 ? 1 : 0
    }
  }

  static func hadamard(_ call: inout Call) throws(RuntimeError) -> Value {
    let refusal = call.error("N must be 2^k*p, for p = 1, 12, 20 or 28")
    guard let n = Int(exactly: try call.real(0)), n > 0 else { throw refusal }
    let odd = n >> n.trailingZeroBitCount
    // The order of the kernel that Sylvester's construction doubles.
    let kernel = odd == 1 ? 1 : 4 * odd
    guard n >= kernel, let block = hadamardKernel(kernel) else { throw refusal }
    return try square(n) { i, j in
      let sign: Double = ((i / kernel) & (j / kernel)).nonzeroBitCount % 2 == 0 ? 1 : -1
      return sign * block(i % kernel, j % kernel)
    }
  }

  /// Hadamard matrices of order 1, 12, 20 and 28, as functions of row and column. Those of order 12 and 20 have a core whose
  /// rows are the first one moved by a place each (Paley, 1933).
  private static func hadamardKernel(_ order: Int) -> ((Int, Int) -> Double)? {
    switch order {
    case 1: return { _, _ in 1 }
    case 12:
      let core = signs("--+---+++-+")
      return { i, j in i == 0 || j == 0 ? 1 : core[(j - i + 11) % 11] }
    case 20:
      let core = signs("--++++-+-+----++--+")
      return { i, j in i == 0 || j == 0 ? 1 : core[(i + j - 2) % 19] }
    case 28: return { i, j in williamson[i] >> (27 - j) & 1 == 1 ? 1 : -1 }
    default: return nil
    }
  }

  private static func signs(_ text: String) -> [Double] { text.map { $0 == "+" ? 1 : -1 } }

  /// The matrix of order 28: a row each, the first column in the highest bit, set for 1.
  private static let williamson: [Int] = [
    0xfffffff, 0xc047dea, 0xa16435f, 0x91f7c05, 0x89be3a8, 0x8598c7e, 0x828bbd5,
    0xbc8709e, 0x9f045e5, 0xf03a0e7, 0xb858d99, 0x9c69b26, 0x8e73079, 0xf981a69,
    0xdab4952, 0xd2e06bc, 0xd7ca10b, 0xd55d2d0, 0xabe94c2, 0xeb4e834, 0xca1d60f,
    0xe73198c, 0xcd22e93, 0xa6d4aa3, 0xecd2744, 0xb62ee48, 0xe4ad531, 0xb313732,
  ]
}
