import ThetaArrays

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

// Products, quotients and order of complex numbers as C++ defines them, so that results agree with Octave's
// in the last bit and for infinities.

extension Complex where Part: RealPart {
  /// The product; when both parts come out as NaN although a factor is infinite, infinities of the right
  /// signs (C99, Annex G).
  @inline(__always)
  static func product(_ a: Complex, _ b: Complex) -> Complex {
    let plain = a * b
    if plain.real != plain.real && plain.imaginary != plain.imaginary { return recovered(a, b, plain) }
    return plain
  }

  @inline(never)
  private static func recovered(_ z: Complex, _ w: Complex, _ plain: Complex) -> Complex {
    var (a, b, c, d) = (z.real, z.imaginary, w.real, w.imaginary)
    var infinite = false
    func unit(_ x: Part) -> Part { Part(signOf: x, magnitudeOf: x.isInfinite ? 1 : 0) }
    func zeroed(_ x: Part) -> Part { x.isNaN ? Part(signOf: x, magnitudeOf: 0) : x }
    if a.isInfinite || b.isInfinite {
      (a, b, c, d) = (unit(a), unit(b), zeroed(c), zeroed(d))
      infinite = true
    }
    if c.isInfinite || d.isInfinite {
      (c, d, a, b) = (unit(c), unit(d), zeroed(a), zeroed(b))
      infinite = true
    }
    let products = [z.real * w.real, z.imaginary * w.imaginary, z.real * w.imaginary, z.imaginary * w.real]
    if !infinite && products.contains(where: { $0.isInfinite }) {
      (a, b, c, d) = (zeroed(a), zeroed(b), zeroed(c), zeroed(d))
      infinite = true
    }
    if !infinite { return plain }
    return Complex(Part.infinity * (a * c - b * d), Part.infinity * (a * d + b * c))
  }

  @inline(__always)
  static func scaled(_ a: Complex, by b: Part) -> Complex { Complex(a.real * b, a.imaginary * b) }

  @inline(__always)
  static func divided(_ a: Complex, by b: Part) -> Complex { Complex(a.real / b, a.imaginary / b) }

  /// The binary power, as the C++ library raises to a whole number.
  static func power(_ z: Complex, whole exponent: Int) -> Complex {
    var n = exponent.magnitude
    var x = z
    var result = n & 1 == 1 ? z : Complex(1)
    while n > 1 {
      n >>= 1
      x = product(x, x)
      if n & 1 == 1 { result = product(result, x) }
    }
    return exponent < 0 ? Complex(1).quotient(result) : result
  }
}

extension Complex where Part: RealPart {
  /// The quotient in the way of the C run-time library, which divides singles in double precision.
  func quotient(_ divisor: Complex) -> Complex {
    Complex(ComplexDouble.quotient(ComplexDouble(self), ComplexDouble(divisor)))
  }

  /// The principal logarithm.
  var logarithm: Complex { Complex(ComplexDouble.applying(.log, ComplexDouble(self))) }

  static func polar(_ radius: Part, _ angle: Part) -> Complex {
    Complex(radius * Part(cos(Double(angle))), radius * Part(sin(Double(angle))))
  }

  /// `z ^ x` for a real exponent.
  static func power(_ z: Complex, _ exponent: Part) -> Complex {
    if z.imaginary == 0 && z.real > 0 { return Complex(Part(pow(Double(z.real), Double(exponent)))) }
    let t = z.logarithm
    return polar(Part(exp(Double(exponent * t.real))), exponent * t.imaginary)
  }

  /// `x ^ z` for a real base.
  static func power(_ base: Part, _ z: Complex) -> Complex {
    if base > 0 {
      return polar(Part(pow(Double(base), Double(z.real))), z.imaginary * Part(log(Double(base))))
    }
    return power(Complex(base), z)
  }

  static func power(_ z: Complex, _ w: Complex) -> Complex {
    Complex(ComplexDouble.power(ComplexDouble(z), ComplexDouble(w)))
  }

  /// Octave's order of complex numbers: by absolute value, then by argument in (-pi, pi].
  @inline(__always)
  static func ordered(_ a: Complex, _ b: Complex, _ compare: (Part, Part) -> Bool) -> Bool {
    let x = a.modulus
    let y = b.modulus
    if x != y { return compare(x, y) }
    return compare(a.principalArgument, b.principalArgument)
  }

  /// The angle, with -pi read as pi.
  var principalArgument: Part {
    let angle = argument
    return angle == Part.arctangent(-0.0, -1) ? -angle : angle
  }

  fileprivate init(_ z: ComplexDouble) { self.init(Part(z.real), Part(z.imaginary)) }
}

extension ComplexDouble {
  fileprivate init<Other: BinaryFloatingPoint>(_ z: Complex<Other>) {
    self.init(Double(z.real), Double(z.imaginary))
  }
}
