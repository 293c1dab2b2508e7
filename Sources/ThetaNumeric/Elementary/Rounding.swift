import Glibc
import ThetaArrays
import ThetaRuntime

// Rounding, sign, absolute value and the parts of complex numbers. Integers keep their class.

enum Rounding {
  static let table: [Builtin] = [
    Builtin(
      "y = floor (x)",
      """
      Each element rounded down; the parts of a complex number apart.

      >> floor ([1.5 -1.5])
      ans =

         1  -2

      """, floor,
      scalar: { $0.rounded(.down) }),
    Builtin(
      "y = ceil (x)",
      """
      Each element rounded up.

      >> ceil ([1.5 -1.5])
      ans =

         2  -1

      """, ceil, scalar: { $0.rounded(.up) }),
    Builtin(
      "y = round (x)",
      """
      Each element rounded to the nearest integer, halves away from zero.

      >> round ([2.5 -2.5])
      ans =

         3  -3

      """, round,
      scalar: { $0.rounded(.toNearestOrAwayFromZero) }),
    Builtin(
      "y = fix (x)",
      """
      Each element rounded towards zero.

      >> fix ([1.5 -1.5])
      ans =

         1  -1

      """, fix, scalar: { $0.rounded(.towardZero) }),
    Builtin(
      "y = abs (x)",
      """
      The absolute value, or the modulus of a complex number.

      >> abs ([-3 3+4i])
      ans =

         3   5

      """, abs, scalar: { Swift.abs($0) }
    ),
    Builtin(
      "y = sign (x)",
      """
      -1, 0 or 1 by the sign of x; z / abs (z) for complex numbers.

      >> sign ([-2 0 5])
      ans =

        -1   0   1

      """, sign, scalar: signOf),
    Builtin(
      "y = real (z)",
      """
      The real part.

      >> real (3 + 4i)
      ans = 3
      """, real, scalar: { $0 }),
    Builtin(
      "y = imag (z)",
      """
      The imaginary part.

      >> imag (3 + 4i)
      ans = 4
      """, imag, scalar: { _ in 0 }),
    Builtin(
      "y = conj (z)",
      """
      The complex conjugate.

      >> conj (3 + 4i)
      ans =  3 - 4i
      """, conj, scalar: { $0 }),
    Builtin(
      "y = arg (z)",
      """
      The angle of a complex number in radians, in (-pi, pi].

      >> arg (-1)
      ans = 3.1416
      """, arg),
    Builtin(
      "y = angle (z)",
      """
      The angle of a complex number in radians, in (-pi, pi].

      >> angle (1i)
      ans = 1.5708
      """, arg),
    Builtin(
      "z = complex (re, im?)",
      """
      A complex value from its parts, which stays complex even when the imaginary part is zero.

      >> complex (1, 0)
      ans =  1 + 0i
      """, complex),
    Builtin(
      "t = signbit (x)",
      """
      True where the sign bit of x is set, also for -0.

      >> signbit ([-1 1])
      ans =

        1  0

      """, signbit),
  ]

  @Sendable private static func signOf(_ x: Double) -> Double { x > 0 ? 1 : x < 0 ? -1 : x.isNaN ? x : 0 }

  private static func parts(_ kernel: UnaryKernel, _ part: @escaping @Sendable (Double) -> Double)
    -> ElementFunction
  {
    ElementFunction(
      kernel, complex: complexLoop { ComplexDouble(part($0.real), part($0.imaginary)) }, takesText: true,
      keepsIntegers: true)
  }

  private static let floorFunction = parts(.floor) { $0.rounded(.down) }
  private static let ceilFunction = parts(.ceil) { $0.rounded(.up) }
  private static let roundFunction = parts(.round) { $0.rounded(.toNearestOrAwayFromZero) }
  private static let fixFunction = parts(.trunc) { $0.rounded(.towardZero) }

  static func floor(_ call: inout Call) throws(RuntimeError) -> Value { try floorFunction(&call) }
  static func ceil(_ call: inout Call) throws(RuntimeError) -> Value { try ceilFunction(&call) }
  static func round(_ call: inout Call) throws(RuntimeError) -> Value { try roundFunction(&call) }
  static func fix(_ call: inout Call) throws(RuntimeError) -> Value { try fixFunction(&call) }

  private struct IntegerMap: RealVisitor {
    var isSign: Bool
    func visit<E: RealElement>(_ array: NDArray<E>) throws(RuntimeError) -> Value {
      let zero = E.zero
      if isSign {
        return .make(array.map { $0 > zero ? E.one : $0 < zero ? zero.subtracting(E.one) : zero })
      }
      return .make(array.map { $0 < zero ? zero.subtracting($0) : $0 })
    }
  }

  static func abs(_ call: inout Call) throws(RuntimeError) -> Value {
    if case .diagonal(let d) = call[0] {
      return try onDiagonal(d) { entries throws(RuntimeError) in try absolute(entries) }
    }
    return try absolute(call.take(0))
  }

  /// `abs`, `real`, `imag` and `conj` of a diagonal matrix are diagonal.
  private static func onDiagonal(
    _ d: DiagonalMatrix, _ function: (Value) throws(RuntimeError) -> Value
  ) throws(RuntimeError) -> Value {
    .diagonal(DiagonalMatrix(rows: d.rows, columns: d.columns, entries: try function(d.entries)))
  }

  private static func absolute(_ value: Value) throws(RuntimeError) -> Value {
    switch value {
    case .complex(let a): return .make(a.map { Glibc.hypot($0.real, $0.imaginary) })
    case .singleComplex(let a): return .make(a.map { Glibc.hypotf($0.real, $0.imaginary) })
    case _ where value.isInteger: return try value.visitReal(IntegerMap(isSign: false)) ?? value
    default: return try ElementFunction(.absolute, takesText: true).apply(value, name: "abs")
    }
  }

  static func sign(_ call: inout Call) throws(RuntimeError) -> Value {
    let value = call.take(0)
    switch value {
    case .complex(let a):
      return .make(
        a.map { z in
          let length = Glibc.hypot(z.real, z.imaginary)
          return length == 0 ? ComplexDouble(0) : ComplexDouble(z.real / length, z.imaginary / length)
        })
    case .singleComplex(let a):
      return .make(
        a.map { z in
          let length = Glibc.hypotf(z.real, z.imaginary)
          return length == 0 ? ComplexSingle(0) : ComplexSingle(z.real / length, z.imaginary / length)
        })
    case .text: throw RuntimeError("signum: argument must be numeric")
    case _ where value.isInteger: return try value.visitReal(IntegerMap(isSign: true)) ?? value
    default: return try ElementFunction(.sign).apply(value, name: "signum")
    }
  }

  /// A value that is already real: logical and char become double.
  private static func realPart(
    _ call: Call, name: String? = nil, takesText: Bool = true
  ) throws(RuntimeError) -> Value {
    let value = call[0]
    let name = name ?? call.name
    if !takesText, value.isText { throw RuntimeError("\(name): argument must be numeric") }
    switch value {
    case .number, .real, .single, .range, .diagonal: return value
    case .permutation: return value.full
    case _ where value.isInteger: return value
    case .logical, .boolean, .text: return .make(try call.numbers(0))
    default: throw RuntimeError("\(name): not defined for \(Read.typeName(value))")
    }
  }

  static func real(_ call: inout Call) throws(RuntimeError) -> Value {
    switch call[0] {
    case .complex(let a): return .make(a.map { $0.real })
    case .singleComplex(let a): return .make(a.map { $0.real })
    case .diagonal(let d):
      guard d.entries.isComplex, let entries = d.entries.complexArray else { return call[0] }
      let real = Value.make(entries.map { $0.real })
      return try onDiagonal(d) { _ throws(RuntimeError) in
        d.entries.isSingle ? .converting(real.realArray ?? .init(zeros: .empty), to: "single") : real
      }
    default: return try realPart(call)
    }
  }

  static func imag(_ call: inout Call) throws(RuntimeError) -> Value {
    switch call[0] {
    case .complex(let a): return .make(a.map { $0.imaginary })
    case .singleComplex(let a): return .make(a.map { $0.imaginary })
    case .diagonal(let d):
      let parts = d.entries.complexArray.map { $0.map { $0.imaginary } }
      return try onDiagonal(d) { entries throws(RuntimeError) in
        .converting(parts ?? NDArray(entries.shape, repeating: 0), to: entries.className)
      }
    default:
      let value = try realPart(call)
      return .converting(NDArray(value.shape, repeating: 0), to: value.className)
    }
  }

  static func conj(_ call: inout Call) throws(RuntimeError) -> Value {
    switch call[0] {
    case .complex(let a): return .complex(a.map { $0.conjugate })
    case .singleComplex(let a): return .singleComplex(a.map { $0.conjugate })
    case .diagonal(let d) where call[0].isComplex:
      return try onDiagonal(d) { entries throws(RuntimeError) in
        switch entries {
        case .complex(let a): .complex(a.map { $0.conjugate })
        case .singleComplex(let a): .singleComplex(a.map { $0.conjugate })
        default: entries
        }
      }
    default: return try realPart(call, takesText: false)
    }
  }

  static func arg(_ call: inout Call) throws(RuntimeError) -> Value {
    switch call[0] {
    case .complex(let a): return .make(a.map { Glibc.atan2($0.imaginary, $0.real) })
    case .singleComplex(let a): return .make(a.map { Glibc.atan2f($0.imaginary, $0.real) })
    default:
      let value = try realPart(call, name: "arg", takesText: false)
      let angles = (value.realArray ?? NDArray(zeros: .empty)).map { $0 < 0 ? Double.pi : 0 }
      return .converting(angles, to: value.isSingle ? "single" : "double")
    }
  }

  static func complex(_ call: inout Call) throws(RuntimeError) -> Value {
    if call.count == 1 {
      if call[0].isComplex { return call[0] }
      let x = try parts(call, 0)
      let z = x.map { ComplexDouble($0, 0) }
      return call[0].isSingle ? .singleComplex(z.map { ComplexSingle(Float($0.real), 0) }) : .complex(z)
    }
    let re = try parts(call, 0)
    let im = try parts(call, 1)
    guard re.shape == im.shape || re.shape.isScalar || im.shape.isScalar else {
      throw call.error("dimension mismatch")
    }
    let z: NDArray<ComplexDouble> = try RuntimeError.converting { () throws(ArrayError) in
      try NDArray<ComplexDouble>.zip(re, im) { ComplexDouble($0, $1) }
    }
    if call[0].isSingle || call[1].isSingle {
      return .singleComplex(z.map { ComplexSingle(Float($0.real), Float($0.imaginary)) })
    }
    return .complex(z)
  }

  private static func parts(_ call: Call, _ position: Int) throws(RuntimeError) -> NDArray<Double> {
    if call[position].isText || call[position].isCell, call.count == 1 {
      throw call.error("invalid conversion")
    }
    if call[position].isText { throw RuntimeError("invalid conversion from string to real scalar") }
    if let array = call[position].realArray { return array }
    if let z = call[position].complexArray { return z.map { $0.real } }
    if call[position].isCell {
      throw RuntimeError("octave_base_value::double_value (): wrong type argument 'cell'")
    }
    throw call.error("invalid conversion")
  }

  static func signbit(_ call: inout Call) throws(RuntimeError) -> Value {
    if call[0].isText { throw call.error("argument must be numeric") }
    guard let x = call[0].realArray else { throw call.error("not defined for \(Read.typeName(call[0]))") }
    return .make(x.map { $0.sign == .minus })
  }
}
