// Functions of complex numbers: modulus and argument, and the elementary functions of the C library.

import CKernels

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The precisions a complex number may have.
public protocol RealPart: BinaryFloatingPoint & Sendable {
  static func hypotenuse(_ x: Self, _ y: Self) -> Self
  static func arctangent(_ y: Self, _ x: Self) -> Self
}

extension Double: RealPart {
  public static func hypotenuse(_ x: Double, _ y: Double) -> Double { hypot(x, y) }
  public static func arctangent(_ y: Double, _ x: Double) -> Double { atan2(y, x) }
}

extension Float: RealPart {
  public static func hypotenuse(_ x: Float, _ y: Float) -> Float { hypotf(x, y) }
  public static func arctangent(_ y: Float, _ x: Float) -> Float { atan2f(y, x) }
}

extension Complex where Part: RealPart {
  /// The absolute value.
  @inlinable public var modulus: Part { Part.hypotenuse(real, imaginary) }
  /// The angle from the positive real axis, in [-pi, pi].
  @inlinable public var argument: Part { Part.arctangent(imaginary, real) }
}

/// Functions of one complex number.
public enum ComplexKernel: Sendable, CaseIterable {
  case exp, log, sqrt, sin, cos, tan, asin, acos, atan, sinh, cosh, tanh, asinh, acosh, atanh

  fileprivate var function: (UnsafeMutablePointer<Double>?, UnsafePointer<Double>?, Int) -> Void {
    switch self {
    case .exp: theta_complex_exp
    case .log: theta_complex_log
    case .sqrt: theta_complex_sqrt
    case .sin: theta_complex_sin
    case .cos: theta_complex_cos
    case .tan: theta_complex_tan
    case .asin: theta_complex_asin
    case .acos: theta_complex_acos
    case .atan: theta_complex_atan
    case .sinh: theta_complex_sinh
    case .cosh: theta_complex_cosh
    case .tanh: theta_complex_tanh
    case .asinh: theta_complex_asinh
    case .acosh: theta_complex_acosh
    case .atanh: theta_complex_atanh
    }
  }
}

extension Complex where Part == Double {
  /// The principal value of an elementary function.
  public static func applying(_ kernel: ComplexKernel, _ z: Complex) -> Complex {
    withPair(z) { kernel.function($0, $1, 1) }
  }

  /// The quotient with the care of the C runtime for infinities and extreme scales.
  public static func quotient(_ a: Complex, _ b: Complex) -> Complex {
    withPair(a) { out, a in
      withUnsafePointer(to: b) { b in
        b.withMemoryRebound(to: Double.self, capacity: 2) { theta_complex_divide(out, a, $0) }
      }
    }
  }

  /// The principal value of a to the power of b.
  public static func power(_ a: Complex, _ b: Complex) -> Complex {
    withPair(a) { out, a in
      withUnsafePointer(to: b) { b in
        b.withMemoryRebound(to: Double.self, capacity: 2) { theta_complex_power(out, a, $0) }
      }
    }
  }

  private static func withPair(
    _ z: Complex, _ body: (UnsafeMutablePointer<Double>, UnsafePointer<Double>) -> Void
  ) -> Complex {
    var result = Complex(0, 0)
    withUnsafeMutablePointer(to: &result) { out in
      out.withMemoryRebound(to: Double.self, capacity: 2) { out in
        withUnsafePointer(to: z) { z in
          z.withMemoryRebound(to: Double.self, capacity: 2) { body(out, $0) }
        }
      }
    }
    return result
  }
}

extension NDArray where Element == ComplexDouble {
  /// The function of every element.
  public func applying(_ kernel: ComplexKernel) -> NDArray {
    let result = NDArray(uninitialized: shape)
    let (to, from) = (result.base, base)
    Workers.parallel(count, grain: 1 << 13) { range in
      (to + range.lowerBound).withMemoryRebound(to: Double.self, capacity: 2 * range.count) { out in
        (from + range.lowerBound).withMemoryRebound(to: Double.self, capacity: 2 * range.count) {
          kernel.function(out, $0, range.count)
        }
      }
    }
    return result
  }
}

extension NDArray {
  /// Real and imaginary parts, moduli and arguments.
  @inlinable
  public func realParts<Part: RealPart>() -> NDArray<Part> where Element == Complex<Part> { map { $0.real } }
  @inlinable
  public func imaginaryParts<Part: RealPart>() -> NDArray<Part> where Element == Complex<Part> {
    map { $0.imaginary }
  }
  @inlinable
  public func moduli<Part: RealPart>() -> NDArray<Part> where Element == Complex<Part> { map { $0.modulus } }
  @inlinable
  public func arguments<Part: RealPart>() -> NDArray<Part> where Element == Complex<Part> {
    map { $0.argument }
  }
  /// Whether every imaginary part is zero.
  @inlinable
  public func isReal<Part: RealPart>() -> Bool where Element == Complex<Part> {
    allElements { $0.imaginary == 0 }
  }
}
