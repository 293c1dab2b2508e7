import CKernels
import ThetaArrays
import ThetaRuntime

// Applying a function of one number to every element of a value, with the language's rules: logical and integer
// classes count as doubles, single stays single, a real argument outside the real domain makes the result complex.

/// A function of one number.
package struct ElementFunction: Sendable {
  package typealias ComplexKernel =
    @Sendable (UnsafeMutablePointer<Double>?, UnsafePointer<Double>?, Int) -> Void

  /// The loop over real numbers.
  var kernel: UnaryKernel
  /// False for real numbers whose result is complex; nil when the result of a real number is real.
  var isInDomain: (@Sendable (Double) -> Bool)?
  /// The result for a real number outside the domain; nil to use the complex function.
  var outside: (@Sendable (Double) -> ComplexDouble)?
  /// The loop over complex numbers; nil when the function is not defined for them.
  var complex: ComplexKernel?
  /// Whether char arrays count as numbers (they do for absolute values, parts and rounding).
  var takesText = false
  /// Whether integers stay as they are (rounding) rather than becoming doubles.
  var keepsIntegers = false

  package init(
    _ kernel: UnaryKernel, domain: (@Sendable (Double) -> Bool)? = nil,
    outside: (@Sendable (Double) -> ComplexDouble)? = nil, complex: ComplexKernel? = nil,
    takesText: Bool = false, keepsIntegers: Bool = false
  ) {
    self.kernel = kernel
    isInDomain = domain
    self.outside = outside
    self.complex = complex
    self.takesText = takesText
    self.keepsIntegers = keepsIntegers
  }

  /// The function of the call's first argument.
  func callAsFunction(_ call: inout Call) throws(RuntimeError) -> Value {
    let name = call.name
    return try apply(call.take(0), name: name)
  }

  package func apply(_ value: consuming Value, name: String) throws(RuntimeError) -> Value {
    try value.checkRoom()
    switch value {
    case .number(let x):
      if let isInDomain, !isInDomain(x) { return .make(complexResult(NDArray(scalar: x))) }
      return .number(NDArray(scalar: x).applying(kernel)[0])
    case .real(let array):
      value = .undefined
      return real(array)
    case .single(let array):
      value = .undefined
      return single(array)
    case .complex(let array):
      guard complex != nil else { throw notDefined(name, .complex(array)) }
      return .make(mapComplex(array))
    case .singleComplex(let array):
      guard complex != nil else { throw notDefined(name, .singleComplex(array)) }
      let wide = NDArray<ComplexDouble>.mapping(array, 0) { z, _ in
        ComplexDouble(Double(z.real), Double(z.imaginary))
      }
      return .make(narrow(mapComplex(wide)))
    case .int8, .int16, .int32, .int64, .uint8, .uint16, .uint32, .uint64:
      if keepsIntegers { return value }
      return real(value.realArray ?? NDArray(zeros: .empty))
    case .logical, .boolean, .range, .permutation:
      return real(value.realArray ?? NDArray(zeros: .empty))
    case .diagonal(let d):
      guard ElementFunction.keepsDiagonal(name) else { return try apply(d.full, name: name) }
      return .diagonal(
        DiagonalMatrix(rows: d.rows, columns: d.columns, entries: try apply(d.entries, name: name)))
    case .text(let array, _):
      guard takesText else { throw RuntimeError("\(name): argument must be numeric") }
      return real(array.map { Double($0) })
    case .undefined, .cell, .structure, .function, .object: throw notDefined(name, value)
    }
  }

  /// Functions whose value for a diagonal matrix is one.
  private static func keepsDiagonal(_ name: String) -> Bool {
    switch name {
    case "abs", "real", "imag", "sqrt": true
    default: false
    }
  }

  private func notDefined(_ name: String, _ value: Value) -> RuntimeError {
    RuntimeError("\(name): not defined for \(Read.typeName(value))")
  }

  private func real(_ array: consuming NDArray<Double>) -> Value {
    if let isInDomain, !array.allElements(isInDomain) { return .make(complexResult(array)) }
    if isKnownUniquelyReferenced(&array) {
      let result = array.applying(kernel, reusing: array)
      return .make(result)
    }
    return .make(array.applying(kernel))
  }

  private func single(_ array: NDArray<Float>) -> Value {
    if let isInDomain, !array.allElements({ isInDomain(Double($0)) }) {
      return .make(narrow(complexResult(array.map { Double($0) })))
    }
    return .make(array.applying(kernel))
  }

  private func narrow(_ array: NDArray<ComplexDouble>) -> NDArray<ComplexSingle> {
    array.map { ComplexSingle(Float($0.real), Float($0.imaginary)) }
  }

  private func mapComplex(_ array: NDArray<ComplexDouble>) -> NDArray<ComplexDouble> {
    let result = array.copy()
    let count = array.count
    result.base.withMemoryRebound(to: Double.self, capacity: 2 * count) { complex?($0, $0, count) }
    return result
  }

  /// A real array some of whose elements lie outside the domain.
  private func complexResult(_ array: NDArray<Double>) -> NDArray<ComplexDouble> {
    let inside = array.applying(kernel)
    let result =
      outside == nil
      ? mapComplex(array.map { ComplexDouble($0) }) : NDArray<ComplexDouble>(zeros: array.shape)
    for i in 0..<array.count {
      let x = array[i]
      if isInDomain?(x) ?? true {
        result[i] = ComplexDouble(inside[i])
      } else if let outside {
        result[i] = outside(x)
      }
    }
    return result
  }
}

/// A complex loop from a function of one number.
func complexLoop(_ function: @escaping @Sendable (ComplexDouble) -> ComplexDouble)
  -> ElementFunction.ComplexKernel
{
  { out, z, count in
    guard let out, let z else { return }
    for i in 0..<count {
      let w = function(ComplexDouble(z[2 * i], z[2 * i + 1]))
      out[2 * i] = w.real
      out[2 * i + 1] = w.imaginary
    }
  }
}

/// One value of a complex kernel.
func complexValue(_ kernel: ElementFunction.ComplexKernel, _ z: ComplexDouble) -> ComplexDouble {
  var parts = (z.real, z.imaginary)
  withUnsafeMutablePointer(to: &parts) { pointer in
    pointer.withMemoryRebound(to: Double.self, capacity: 2) { kernel($0, $0, 1) }
  }
  return ComplexDouble(parts.0, parts.1)
}
