import Glibc
import ThetaArrays
import ThetaNumeric
import ThetaRuntime

// Filters, two-dimensional convolution and Fourier transforms.

enum Filtering {
  static let table: [Builtin] = [
    Builtin(
      "[y, sf] = filter (b, a, x, si?, dim?)",
      """
      The solution of a(1) y(n) = Σ b(k+1) x(n-k) - Σ a(k+1) y(n-k) along a dimension; si and sf are the states before and
      after. Error "filter: a(1) must be nonzero".

      >> filter (1, [1 -0.5], [1 1 1])
      ans =

         1.0000   1.5000   1.7500

      """, multiple: filter),
    Builtin(
      "y = conv2 (a, b, shape?)\ny = conv2 (column, row, m, shape?)",
      """
      The two-dimensional convolution; shape "full", "same" or "valid".

      >> conv2 ([1 2; 3 4], [1 1])
      ans =

         1   3   2
         3   7   4

      """, conv2),
    Builtin(
      "y = fft (x, n?, dim?)",
      """
      The discrete Fourier transform along a dimension, of length n.

      >> fft ([1 2 3 4])
      ans =

         10 +  0i   -2 +  2i   -2 +  0i   -2 -  2i

      """, fft),
    Builtin(
      "y = ifft (x, n?, dim?)",
      """
      The inverse discrete Fourier transform along a dimension.

      >> ifft ([10 -2 2 -2])
      ans =

         2   2   4   2

      """, ifft),
    Builtin(
      "y = fft2 (x, m?, n?)",
      """
      The two-dimensional discrete Fourier transform.

      >> fft2 ([1 2; 3 4])
      ans =

         10   -2
         -4    0

      """, fft2),
    Builtin(
      "y = ifft2 (x, m?, n?)",
      """
      The inverse two-dimensional discrete Fourier transform.

      >> ifft2 ([10 -2; -4 0])
      ans =

         1   2
         3   4

      """, ifft2),
    Builtin(
      "y = fftshift (x, dim?)",
      """
      The halves of each dimension exchanged, so that zero frequency is in the middle.

      >> fftshift (1:5)
      ans =

         4   5   1   2   3

      """, fftshift),
    Builtin(
      "y = ifftshift (x, dim?)",
      """
      The inverse of fftshift.

      >> ifftshift (1:5)
      ans =

         3   4   5   1   2

      """, ifftshift),
  ]

  static func filter(_ call: inout Call) throws(RuntimeError) -> [Value] {
    for k in 0..<3 {
      guard call[k].isNumeric || call[k].isLogical else { throw call.error("invalid argument") }
    }
    let isComplex = (0..<3).contains { call[$0].isComplex } || call.optional(3)?.isComplex == true
    return isComplex ? try filter(call, \.complexArray) : try filter(call, \.realArray)
  }

  private static func filter<E: FactorElement & ValueElement & Equatable>(
    _ call: Call, _ elements: (Value) -> NDArray<E>?
  ) throws(RuntimeError) -> [Value] {
    let empty = NDArray<E>(zeros: .empty)
    let (b, a, x) = (
      elements(call[0]) ?? empty, elements(call[1]) ?? empty, elements(call[2]) ?? empty
    )
    let dimension = try call.dimension(4, for: x.shape, "DIM must be a valid dimension")
    if a.count == 0 {
      // Nothing divides: as by zero.
      return [.make(x.map { _ in E(real: .infinity) }), .emptyMatrix]
    }
    guard a[0] != .zero else { throw call.error("the first element of A must be nonzero") }
    guard dimension < x.shape.dimensionCount else { throw call.error("DIM must be a valid dimension") }
    let states = max(a.count, b.count) - 1
    let (inner, _, outer) = x.shape.split(at: dimension)
    var initial: NDArray<E>?
    if let si = call.optional(3), !si.isEmpty, let z = elements(si) {
      guard z.count == states || z.count == states * inner * outer else {
        throw call.error("first dimension of SI must be of length max (length (a), length (b)) - 1")
      }
      initial =
        z.count == states * inner * outer
        ? z : NDArray(Shape(states, inner * outer), (0..<inner * outer).flatMap { _ in Array(z) })
    }
    let numerator = b.count > 0 ? b : NDArray(scalar: .zero)
    let (y, final) = x.filtered(numerator: numerator, denominator: a, along: dimension, state: initial)
    let isSingle = call[0].isSingle || call[1].isSingle || call[2].isSingle
    var slices = x.shape.sizes
    slices.remove(at: dimension)
    return [
      MatrixArgument.rounded(.make(y), isSingle: isSingle),
      MatrixArgument.rounded(.make(final.reshaped(Shape([states] + slices))), isSingle: isSingle),
    ]
  }

  static func conv2(_ call: inout Call) throws(RuntimeError) -> Value {
    let isComplex = (0..<min(3, call.count)).contains { call[$0].isComplex }
    return isComplex ? try conv2(call, \.complexArray) : try conv2(call, \.realArray)
  }

  private static func conv2<E: FactorElement & ValueElement>(
    _ call: Call, _ elements: (Value) -> NDArray<E>?
  ) throws(RuntimeError) -> Value {
    func argument(_ k: Int) throws(RuntimeError) -> NDArray<E> {
      guard let array = elements(call[k]) else {
        let name = Read.typeName(call[k])
        throw RuntimeError("octave_base_value::matrix_value(): wrong type argument '\(name)'")
      }
      return array
    }
    var shapeName = "full"
    var (a, b) = (try argument(0), try argument(1))
    if let name = call.text(2) {
      shapeName = name
    } else if call.count > 2 {
      // conv2 (column, row, matrix)
      let (column, row) = (NDArray(column: Array(a)), NDArray(row: Array(b)))
      b = try RuntimeError.converting { () throws(ArrayError) in try NDArray.convolution2D(column, row) }
      a = try argument(2)
      shapeName = call.text(3) ?? "full"
    }
    guard a.shape.is2D, b.shape.is2D else { throw call.error("A and B must be 1-D vectors or 2-D matrices") }
    if a.count == 0 || b.count == 0 { return .emptyMatrix }
    let (am, an, bm, bn) = (a.shape.rows, a.shape.columns, b.shape.rows, b.shape.columns)
    let (row, column, shape): (Int, Int, Shape)
    switch shapeName {
    case "full": (row, column, shape) = (0, 0, Shape(am + bm - 1, an + bn - 1))
    case "same": (row, column, shape) = (bm / 2, bn / 2, a.shape)
    case "valid": (row, column, shape) = (bm - 1, bn - 1, Shape(max(0, am - bm + 1), max(0, an - bn + 1)))
    default: throw call.error("SHAPE type not valid")
    }
    let (rows, columns) = (row..<row + shape.rows, column..<column + shape.columns)
    let result = try RuntimeError.converting { () throws(ArrayError) in
      try NDArray.convolution2D(a, b, rows: rows, columns: columns)
    }
    return MatrixArgument.rounded(.make(result), isSingle: call[0].isSingle || call[1].isSingle)
  }

  // MARK: - Fourier

  static func transform(
    _ x: NDArray<ComplexDouble>, _ length: Int?, _ dimension: Int, inverse: Bool
  ) throws(RuntimeError) -> NDArray<ComplexDouble> {
    let result = try RuntimeError.converting { () throws(ArrayError) in
      try x.fourierTransformed(along: dimension, length: length, inverse: inverse)
    }
    // The inverse of what has conjugate symmetry is real; rounding may leave traces.
    if inverse, length == nil || length == x.shape[dimension], isConjugate(x, dimension) {
      return result.map { ComplexDouble($0.real, 0) }
    }
    return result
  }

  private static func isConjugate(_ x: NDArray<ComplexDouble>, _ dimension: Int) -> Bool {
    let (inner, n, outer) = x.shape.split(at: dimension)
    for o in 0..<outer {
      for k in 0..<n {
        for i in 0..<inner {
          let (a, b) = (x[i + inner * (k + n * o)], x[i + inner * ((n - k) % n + n * o)])
          if a != b.conjugate { return false }
        }
      }
    }
    return true
  }

  private static func numbers(_ call: Call) throws(RuntimeError) -> NDArray<ComplexDouble> {
    if call[0].isText { throw RuntimeError("invalid conversion from string to real N-D array") }
    guard let x = call[0].complexArray else { throw call.wrongType(0) }
    return x
  }

  private static func fourier(_ call: Call, inverse: Bool) throws(RuntimeError) -> Value {
    let x = try numbers(call)
    var length: Int?
    if let n = call.optional(1), !n.isEmpty {
      let size = try call.real(1)
      guard !size.isNaN, size >= 0, let n = Int(exactly: size.rounded(.toNearestOrAwayFromZero)) else {
        throw call.error("number of points (N) must be greater than zero")
      }
      length = n
    }
    let dimension = try call.dimension(
      2, for: x.shape, "DIM must be a valid dimension along which to perform FFT")
    if x.count == 0 { return length == nil ? call[0] : .make(NDArray<Double>(zeros: x.shape)) }
    return try value(transform(x, length, dimension, inverse: inverse), call)
  }

  private static func value(_ z: NDArray<ComplexDouble>, _ call: Call) throws(RuntimeError) -> Value {
    MatrixArgument.rounded(.make(z), isSingle: call[0].isSingle)
  }

  static func fft(_ call: inout Call) throws(RuntimeError) -> Value { try fourier(call, inverse: false) }
  static func ifft(_ call: inout Call) throws(RuntimeError) -> Value { try fourier(call, inverse: true) }

  private static func fourier2(_ call: Call, inverse: Bool) throws(RuntimeError) -> Value {
    let x = try numbers(call)
    let m = call.count > 1 ? try call.integer(1) : nil
    let n = call.count > 2 ? try call.integer(2) : nil
    guard (m ?? 0) >= 0, (n ?? 0) >= 0 else {
      throw call.error("number of rows (M) and columns (N) cannot be NaN or negative")
    }
    return try value(transform(transform(x, m, 0, inverse: inverse), n, 1, inverse: inverse), call)
  }

  static func fft2(_ call: inout Call) throws(RuntimeError) -> Value { try fourier2(call, inverse: false) }
  static func ifft2(_ call: inout Call) throws(RuntimeError) -> Value { try fourier2(call, inverse: true) }

  private static func shifted(_ call: Call, _ amount: (Int) -> Int) throws(RuntimeError) -> Value {
    var value = call[0]
    let dimensions =
      call.count > 1
      ? [try call.dimension(1)] : Array(0..<value.shape.dimensionCount)
    for d in dimensions {
      let n = value.shape[d]
      if n < 2 { continue }
      let shift = amount(n)
      value = value.gatheredAlong(d, count: n) { ($0 + shift) % n }
    }
    return value
  }

  static func fftshift(_ call: inout Call) throws(RuntimeError) -> Value {
    try shifted(call) { ($0 + 1) / 2 }
  }
  static func ifftshift(_ call: inout Call) throws(RuntimeError) -> Value { try shifted(call) { $0 / 2 } }
}
