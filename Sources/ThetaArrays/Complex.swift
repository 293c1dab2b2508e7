/// A complex number with its parts side by side, as C, Fortran and LAPACK store it.
@frozen
public struct Complex<Part: BinaryFloatingPoint & Sendable>: Equatable, Sendable {
  public var real: Part
  public var imaginary: Part

  @inlinable
  public init(_ real: Part, _ imaginary: Part = 0) {
    self.real = real
    self.imaginary = imaginary
  }

  @inlinable public var conjugate: Complex { Complex(real, -imaginary) }

  @inlinable public static prefix func - (z: Complex) -> Complex { Complex(-z.real, -z.imaginary) }

  @inlinable
  public static func + (a: Complex, b: Complex) -> Complex {
    Complex(a.real + b.real, a.imaginary + b.imaginary)
  }

  @inlinable
  public static func - (a: Complex, b: Complex) -> Complex {
    Complex(a.real - b.real, a.imaginary - b.imaginary)
  }

  @inlinable
  public static func * (a: Complex, b: Complex) -> Complex {
    Complex(a.real * b.real - a.imaginary * b.imaginary, a.real * b.imaginary + a.imaginary * b.real)
  }

  /// Smith's method (1962): scales by the larger part of the divisor, so that it does not overflow early.
  @inlinable
  public static func / (a: Complex, b: Complex) -> Complex {
    if b.imaginary == 0 { return Complex(a.real / b.real, a.imaginary / b.real) }
    if abs(b.real) >= abs(b.imaginary) {
      let ratio = b.imaginary / b.real
      let denominator = b.real + b.imaginary * ratio
      return Complex(
        (a.real + a.imaginary * ratio) / denominator, (a.imaginary - a.real * ratio) / denominator)
    }
    let ratio = b.real / b.imaginary
    let denominator = b.real * ratio + b.imaginary
    return Complex((a.real * ratio + a.imaginary) / denominator, (a.imaginary * ratio - a.real) / denominator)
  }
}

public typealias ComplexDouble = Complex<Double>
public typealias ComplexSingle = Complex<Float>

extension Complex: ArrayElement {
  @inlinable public static var zero: Complex { Complex(0, 0) }
}
