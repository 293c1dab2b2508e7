import Glibc
import ThetaArrays
import ThetaRuntime

// Evenly spaced sequences and the coordinates of grids.

enum Sequences {
  static let table: [Builtin] = [
    Builtin(
      "y = linspace (start, end, n?)",
      """
      n (default 100) equally spaced numbers from start to end as a row; columns give one row each. One number gives end.

      >> linspace (0, 1, 5)
      ans =

              0   0.2500   0.5000   0.7500   1.0000

      """, linspace),
    Builtin(
      "y = logspace (a, b, n?)",
      """
      n (default 50) numbers from 10^a to 10^b (to pi when b is pi), equally spaced in the exponent.

      >> logspace (0, 2, 3)
      ans =

           1    10   100

      """,
      logspace),
    Builtin(
      "[xx, yy, zz] = meshgrid (x, y?, z?)",
      """
      The coordinates of a grid: xx has x along its rows, yy has y down its columns.

      >> [xx, yy] = meshgrid (1:2, 1:2);  xx
      xx =

         1   2
         1   2

      """, multiple: meshgrid),
    Builtin(
      "[y1, ...] = ndgrid (x...)",
      """
      The coordinates of a grid: output k varies along dimension k.

      >> [a, b] = ndgrid (1:2, 1:2);  a
      a =

         1   1
         2   2

      """,
      multiple: ndgrid),
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
      let (a, b) = (
        call[0].complexArray ?? .init(zeros: .empty), call[1].complexArray ?? .init(zeros: .empty)
      )
      let re = try spaced(a.map { $0.real }, b.map { $0.real }, n, isSingle: isSingle, call)
      let im = try spaced(a.map { $0.imaginary }, b.map { $0.imaginary }, n, isSingle: isSingle, call)
      let z = try RuntimeError.converting { () throws(ArrayError) in
        try NDArray<ComplexDouble>.zip(re, im) { ComplexDouble($0, $1) }
      }
      return MatrixArgument.rounded(.make(z), isSingle: isSingle)
    }
    let result = try spaced(try call.numbers(0), try call.numbers(1), n, isSingle: isSingle, call)
    return isSingle ? .converting(result, to: "single") : .make(result)
  }

  /// A row of `n` numbers for each pair of starts and ends; one of them may be a single number.
  private static func spaced(
    _ a: NDArray<Double>, _ b: NDArray<Double>, _ n: Int, isSingle: Bool, _ call: Call
  ) throws(RuntimeError) -> NDArray<Double> {
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
    return result
  }

  static func logspace(_ call: inout Call) throws(RuntimeError) -> Value {
    guard call.count >= 2 else { throw call.invalid }
    guard call[0].count == 1, call[1].count == 1, call.optional(2)?.count ?? 1 == 1 else {
      throw call.error("arguments A, B, and N must be scalars")
    }
    let n = try count(call, 2, default: 50)
    try Call.check(Shape(1, n), elementSize: 16)
    let ten = Value.number(10)
    let isSingle = call[0].isSingle || call[1].isSingle
    if call[0].isComplex || call[1].isComplex {
      let (a, b) = (call[0].complexArray?[0] ?? .zero, call[1].complexArray?[0] ?? .zero)
      let exponents = NDArray<ComplexDouble>(zeros: Shape(1, n))
      fill(a.real, b.real, n) { exponents[$0].real = $1 }
      fill(a.imaginary, b.imaginary, n) { exponents[$0].imaginary = $1 }
      let powers = try Operators.binary(.elementPower, ten, .make(exponents))
      return MatrixArgument.rounded(powers, isSingle: isSingle)
    }
    let (a, b) = (try call.real(0), try call.real(1))
    let exponents = NDArray<Double>(zeros: Shape(1, n))
    // A limit of pi is meant as it is, not as an exponent.
    let end = b == .pi || (isSingle && b == Double(Float.pi)) ? Glibc.log10(Double.pi) : b
    fill(a, end, n) { exponents[$0] = $1 }
    return MatrixArgument.rounded(.make(exponents.map { Glibc.pow(10, $0) }), isSingle: isSingle)
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
    var result = [
      try repeated(x.reshapedValue(Shape(1, nx)), [ny, 1, nz]),
      try repeated(y.reshapedValue(Shape(ny, 1)), [1, nx, nz]),
    ]
    if let z { result.append(try repeated(z.reshapedValue(Shape([1, 1, nz])), [ny, nx, 1])) }
    return result
  }

  private static func repeated(_ value: Value, _ counts: [Int]) throws(RuntimeError) -> Value {
    try value.transformed(Reshaping.Repeat(counts: counts))
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
    var result: [Value] = []
    for (k, axis) in axes.enumerated() {
      // Along dimension k alone, then repeated along the others.
      var counts = shape.sizes
      counts[k] = 1
      let line = Shape([Int](repeating: 1, count: k) + [axis.count, 1])
      result.append(try repeated(axis.reshapedValue(line), counts))
    }
    return result
  }
}
