// The discrete Fourier transform of one length: Stockham's algorithm with a pass for each prime factor (fours
// before twos), and Bluestein's convolution for lengths with a large one.

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The tables for transforms of one length. Making it costs about as much as one transform.
public struct FourierPlan: Sendable {
  public let length: Int
  private let factors: [Int]
  /// exp (-2 pi i k / length)
  private let roots: [ComplexDouble]
  private let bluestein: Bluestein?

  /// Factors larger than this make Bluestein's way faster.
  private static let largestFactor = 31

  public init(_ length: Int) {
    self.length = length
    let factors = Self.factored(length)
    if let largest = factors.max(), largest > Self.largestFactor {
      self.factors = []
      roots = []
      bluestein = Bluestein(length)
    } else {
      self.factors = factors
      roots = (0..<length).map { Self.root($0, length) }
      bluestein = nil
    }
  }

  /// Transforms `length` numbers from one place to another, which may be the same; `inverse` includes
  /// 1/length.
  public func transform(
    _ input: UnsafePointer<ComplexDouble>, _ output: UnsafeMutablePointer<ComplexDouble>, inverse: Bool
  ) {
    if length == 0 { return }
    // The inverse is the conjugate of the transform of the conjugates.
    var data = (0..<length).map { inverse ? input[$0].conjugate : input[$0] }
    if let bluestein { data = bluestein.transform(data) } else { stockham(&data) }
    let scale = 1 / Double(length)
    for i in 0..<length {
      output[i] = inverse ? Complex(data[i].real * scale, -data[i].imaginary * scale) : data[i]
    }
  }

  fileprivate func transformed(_ data: [ComplexDouble]) -> [ComplexDouble] {
    var data = data
    stockham(&data)
    return data
  }

  private func stockham(_ data: inout [ComplexDouble]) {
    var other = [ComplexDouble](repeating: .zero, count: length)
    var (n, s) = (length, 1)
    for radix in factors {
      let m = n / radix
      data.withUnsafeBufferPointer { x in
        other.withUnsafeMutableBufferPointer { y in
          roots.withUnsafeBufferPointer { roots in
            pass(radix, m, s, x, y, roots)
          }
        }
      }
      swap(&data, &other)
      n = m
      s *= radix
    }
  }

  private func pass(
    _ radix: Int, _ m: Int, _ s: Int, _ x: UnsafeBufferPointer<ComplexDouble>,
    _ y: UnsafeMutableBufferPointer<ComplexDouble>, _ roots: UnsafeBufferPointer<ComplexDouble>
  ) {
    for p in 0..<m {
      for q in 0..<s {
        let (from, to, step) = (q + s * p, q + s * radix * p, s * m)
        switch radix {
        case 2:
          let (a, b) = (x[from], x[from + step])
          y[to] = a + b
          y[to + s] = (a - b) * roots[p * s]
        case 4:
          let (a, b, c, d) = (x[from], x[from + step], x[from + 2 * step], x[from + 3 * step])
          let (e, f, g) = (a + c, a - c, b + d)
          let h = Complex(b.imaginary - d.imaginary, d.real - b.real)  // -i (b - d)
          y[to] = e + g
          y[to + s] = (f + h) * roots[p * s]
          y[to + 2 * s] = (e - g) * roots[2 * p * s]
          y[to + 3 * s] = (f - h) * roots[3 * p * s]
        default:
          for k in 0..<radix {
            var sum = x[from]
            for j in 1..<radix { sum = sum + x[from + j * step] * roots[(j * k % radix) * (length / radix)] }
            y[to + k * s] = sum * roots[p * k * s]
          }
        }
      }
    }
  }

  private static func factored(_ length: Int) -> [Int] {
    var (rest, result) = (length, [Int]())
    while rest > 1, rest % 4 == 0 {
      result.append(4)
      rest /= 4
    }
    var prime = 2
    while rest > 1 {
      if prime * prime > rest { prime = rest }
      while rest % prime == 0 {
        result.append(prime)
        rest /= prime
      }
      prime += 1
    }
    return result
  }

  /// exp (-2 pi i k / n), from an angle in the first octant, so that symmetric roots are exactly so.
  fileprivate static func root(_ k: Int, _ n: Int) -> ComplexDouble {
    let eighths = 8 * (k % n)
    let octant = eighths / n
    // The distance, in eighths, from the nearest multiple of a quarter turn.
    let rest = octant % 2 == 0 ? eighths - octant * n : (octant + 1) * n - eighths
    let angle = Double(rest) * (Double.pi / 4) / Double(n)
    let (c, s) = (cos(angle), sin(angle))
    switch octant {
    case 0: return Complex(c, -s)
    case 1: return Complex(s, -c)
    case 2: return Complex(-s, -c)
    case 3: return Complex(-c, -s)
    case 4: return Complex(-c, s)
    case 5: return Complex(-s, c)
    case 6: return Complex(s, c)
    default: return Complex(c, s)
    }
  }

  /// A transform of any length as a convolution with a chirp, by transforms of a power of two (Bluestein,
  /// 1970).
  private final class Bluestein: Sendable {
    private let length: Int
    private let plan: FourierPlan
    /// exp (-pi i k^2 / length)
    private let chirp: [ComplexDouble]
    private let kernel: [ComplexDouble]

    init(_ length: Int) {
      self.length = length
      var size = 1
      while size < 2 * length - 1 { size *= 2 }
      plan = FourierPlan(size)
      var chirp: [ComplexDouble] = []
      var square = 0
      for k in 0..<length {
        chirp.append(FourierPlan.root(square, 2 * length))
        // (k + 1)^2 - k^2 = 2 k + 1
        square = (square + 2 * k + 1) % (2 * length)
      }
      self.chirp = chirp
      var wrapped = [ComplexDouble](repeating: .zero, count: size)
      for k in 0..<length {
        wrapped[k] = chirp[k].conjugate
        if k > 0 { wrapped[size - k] = chirp[k].conjugate }
      }
      kernel = plan.transformed(wrapped)
    }

    func transform(_ data: [ComplexDouble]) -> [ComplexDouble] {
      var padded = [ComplexDouble](repeating: .zero, count: plan.length)
      for k in 0..<length { padded[k] = data[k] * chirp[k] }
      padded = plan.transformed(padded)
      // The product's conjugate goes forward, which is the inverse up to a conjugate and the length.
      for k in padded.indices { padded[k] = (padded[k] * kernel[k]).conjugate }
      padded = plan.transformed(padded)
      let scale = 1 / Double(plan.length)
      return (0..<length).map {
        chirp[$0] * Complex(padded[$0].real * scale, -padded[$0].imaginary * scale)
      }
    }
  }
}

extension NDArray where Element == ComplexDouble {
  /// The discrete Fourier transform of each slice along a dimension counted from zero, cut or padded with
  /// zeros to `length` when that is given. The inverse includes the factor 1/length.
  public func fourierTransformed(
    along dimension: Int, length: Int? = nil, inverse: Bool = false
  ) throws(ArrayError) -> NDArray {
    let (inner, own, outer) = shape.split(at: dimension)
    let size = length ?? own
    let target = shape.replacing(dimension, with: size)
    _ = try target.checkedCount(elementSize: 16)
    let result = NDArray(zeros: target)
    if result.count == 0 { return result }
    let plan = FourierPlan(size)
    let used = Swift.min(size, own)
    withScratch(ComplexDouble.self, size, zero: .zero) { slice in
      for k in 0..<outer {
        for j in 0..<inner {
          for i in 0..<size { slice[i] = i < used ? base[(k * own + i) * inner + j] : .zero }
          plan.transform(slice, slice, inverse: inverse)
          for i in 0..<size { result[(k * size + i) * inner + j] = slice[i] }
        }
      }
    }
    return result
  }
}
