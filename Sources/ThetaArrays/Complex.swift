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
    let real = a.real * b.real - a.imaginary * b.imaginary
    let imaginary = a.real * b.imaginary + a.imaginary * b.real
    if real.isNaN && imaginary.isNaN { return infiniteProduct(a, b) }
    return Complex(real, imaginary)
  }

  /// The product where the plain formula gives NaN twice: an infinity in either factor makes it infinite, as C
  /// has it (ISO C99, annex G).
  @inline(never) @usableFromInline
  static func infiniteProduct(_ a: Complex, _ b: Complex) -> Complex {
    /// A part that is infinite becomes one, any other zero, with its sign.
    func boxed(_ z: Complex) -> Complex {
      Complex(
        Part(signOf: z.real, magnitudeOf: z.real.isInfinite ? 1 : 0),
        Part(signOf: z.imaginary, magnitudeOf: z.imaginary.isInfinite ? 1 : 0))
    }
    /// A NaN becomes a zero with its sign.
    func cleared(_ z: Complex) -> Complex {
      Complex(
        z.real.isNaN ? Part(signOf: z.real, magnitudeOf: 0) : z.real,
        z.imaginary.isNaN ? Part(signOf: z.imaginary, magnitudeOf: 0) : z.imaginary)
    }
    var (x, y) = (a, b)
    var infinite = false
    if x.real.isInfinite || x.imaginary.isInfinite {
      (x, y) = (boxed(x), cleared(y))
      infinite = true
    }
    if y.real.isInfinite || y.imaginary.isInfinite {
      (x, y) = (cleared(x), boxed(y))
      infinite = true
    }
    let products = [x.real * y.real, x.imaginary * y.imaginary, x.real * y.imaginary, x.imaginary * y.real]
    if !infinite, products.contains(where: { $0.isInfinite }) {
      (x, y) = (cleared(x), cleared(y))
      infinite = true
    }
    if !infinite { return Complex(.nan, .nan) }
    return Complex(
      .infinity * (x.real * y.real - x.imaginary * y.imaginary),
      .infinity * (x.real * y.imaginary + x.imaginary * y.real))
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
