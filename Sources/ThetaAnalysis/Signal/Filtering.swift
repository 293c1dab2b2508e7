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
      """, multiple: filter),
    Builtin(
      "y = conv2 (a, b, shape?)", "The two-dimensional convolution; shape \"full\", \"same\" or \"valid\".",
      conv2),
    Builtin("y = fft (x, n?, dim?)", "The discrete Fourier transform along a dimension, of length n.", fft),
    Builtin("y = ifft (x, n?, dim?)", "The inverse discrete Fourier transform along a dimension.", ifft),
    Builtin("y = fft2 (x, m?, n?)", "The two-dimensional discrete Fourier transform.", fft2),
    Builtin("y = ifft2 (x, m?, n?)", "The inverse two-dimensional discrete Fourier transform.", ifft2),
    Builtin(
      "y = fftshift (x, dim?)",
      "The halves of each dimension exchanged, so that zero frequency is in the middle.", fftshift),
    Builtin("y = ifftshift (x, dim?)", "The inverse of fftshift.", ifftshift),
  ]

  static func filter(_ call: inout Call) throws(RuntimeError) -> [Value] {
    var isComplex = false
    for k in 0..<3 {
      guard call[k].isNumeric || call[k].isLogical else { throw call.error("invalid argument") }
      if call[k].isComplex { isComplex = true }
    }
    var b = Array(call[0].complexArray ?? .init(zeros: .empty))
    var a = Array(call[1].complexArray ?? .init(zeros: .empty))
    let x = call[2].complexArray ?? .init(zeros: .empty)
    let dimension = try call.dimension(4, for: x.shape, "DIM must be a valid dimension")
    guard let norm = a.first, norm != ComplexDouble(0) else {
      throw call.error("the first element of A must be nonzero")
    }
    let order = max(a.count, b.count)
    guard dimension < x.shape.dimensionCount else { throw call.error("DIM must be a valid dimension") }
    b += [ComplexDouble](repeating: ComplexDouble(0), count: order - b.count)
    a += [ComplexDouble](repeating: ComplexDouble(0), count: order - a.count)
    if norm != ComplexDouble(1) {
      a = a.map { $0 / norm }
      b = b.map { $0 / norm }
    }
    let (inner, length, outer) = x.shape.split(at: dimension)
    let states = max(0, order - 1)
    var initial: [ComplexDouble]?
    if let si = call.optional(3), !si.isEmpty, let z = si.complexArray {
      guard z.count == states || z.count == states * inner * outer else {
        throw call.error("first dimension of SI must be of length max (length (a), length (b)) - 1")
      }
      if si.isComplex { isComplex = true }
      initial = Array(z)
    }
    let y = NDArray<ComplexDouble>(zeros: x.shape)
    var final: [ComplexDouble] = []
    for o in 0..<outer {
      for i in 0..<inner {
        var state = [ComplexDouble](repeating: ComplexDouble(0), count: states)
        if let initial {
          let column = initial.count == states ? 0 : (i + inner * o) * states
          state = Array(initial[column..<column + states])
        }
        for k in 0..<length {
          let offset = i + inner * (k + length * o)
          let input = x[offset]
          guard states > 0 else {
            y[offset] = b[0] * input
            continue
          }
          let output = state[0] + b[0] * input
          for s in 0..<states - 1 { state[s] = state[s + 1] - a[s + 1] * output + b[s + 1] * input }
          state[states - 1] = b[states] * input - a[states] * output
          y[offset] = output
        }
        final += state
      }
    }
    let isSingle = call[0].isSingle || call[1].isSingle || call[2].isSingle
    let sf = NDArray(Shape(states, states == 0 ? 0 : final.count / max(1, states)), final)
    func value(_ z: NDArray<ComplexDouble>) -> Value {
      MatrixArgument.rounded(
        isComplex ? .make(z) : .make(z.realParts() as NDArray<Double>), isSingle: isSingle)
    }
    return [value(y), value(sf)]
  }

  static func conv2(_ call: inout Call) throws(RuntimeError) -> Value {
    guard !call[0].isComplex, !call[1].isComplex else {
      throw call.error("complex arguments are not supported")
    }
    var shapeName = "full"
    var (a, b) = (try call.numbers(0), try call.numbers(1))
    if let name = call.text(2) {
      shapeName = name
    } else if call.count > 2 {
      // conv2 (column, row, matrix)
      let column = NDArray(column: Array(a))
      let row = NDArray(row: Array(b))
      b = try RuntimeError.converting { () throws(ArrayError) in try NDArray<Double>.product(column, row) }
      a = try call.numbers(2)
      shapeName = call.text(3) ?? "full"
    }
    guard a.shape.is2D, b.shape.is2D else { throw call.error("A and B must be 1-D vectors or 2-D matrices") }
    let (am, an, bm, bn) = (a.shape.rows, a.shape.columns, b.shape.rows, b.shape.columns)
    let full = NDArray<Double>(zeros: Shape(max(0, am + bm - 1), max(0, an + bn - 1)))
    if !a.shape.isEmpty, !b.shape.isEmpty {
      for q in 0..<bn {
        for p in 0..<bm {
          let factor = b[p, q]
          for j in 0..<an {
            for i in 0..<am { full[i + p, j + q] += a[i, j] * factor }
          }
        }
      }
    }
    var (row, column, shape) = (0, 0, full.shape)
    switch shapeName {
    case "full": break
    case "same": (row, column, shape) = (bm / 2, bn / 2, a.shape)
    case "valid": (row, column, shape) = (bm - 1, bn - 1, Shape(max(0, am - bm + 1), max(0, an - bn + 1)))
    default: throw call.error("SHAPE type not valid")
    }
    let result = NDArray<Double>(zeros: shape)
    for j in 0..<shape.columns {
      for i in 0..<shape.rows { result[i, j] = full[i + row, j + column] }
    }
    return call[0].isSingle || call[1].isSingle ? .converting(result, to: "single") : .make(result)
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

  private static func fourier(_ call: Call, inverse: Bool) throws(RuntimeError) -> Value {
    guard call[0].isNumeric || call[0].isLogical, let x = call[0].complexArray else {
      throw call.wrongType(0)
    }
    var length: Int?
    if let n = call.optional(1), !n.isEmpty {
      let size = try call.integer(1)
      guard size >= 0 else { throw call.error("number of points (N) must be greater than zero and integer") }
      length = size
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
    guard call[0].isNumeric || call[0].isLogical, let x = call[0].complexArray else {
      throw call.wrongType(0)
    }
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
