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
      roots = [ComplexDouble](unsafeUninitializedCapacity: length) { buffer, count in
        guard let table = buffer.baseAddress else { return }
        Workers.parallel(length, grain: 1 << 13) { range in
          for k in range { (table + k).initialize(to: Self.root(k, length)) }
        }
        count = length
      }
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
    for i in 0..<length { output[i] = inverse ? input[i].conjugate : input[i] }
    if let bluestein {
      let data = bluestein.transform(Array(UnsafeBufferPointer(start: output, count: length)))
      for i in 0..<length { output[i] = data[i] }
    } else {
      stockham(output)
    }
    if !inverse { return }
    let scale = 1 / Double(length)
    for i in 0..<length { output[i] = Complex(output[i].real * scale, 0 - output[i].imaginary * scale) }
  }

  fileprivate func transformed(_ data: [ComplexDouble]) -> [ComplexDouble] {
    var data = data
    data.withUnsafeMutableBufferPointer { data in
      if let start = data.baseAddress { stockham(start) }
    }
    return data
  }

  /// The passes go to and fro between the numbers and a second array.
  private func stockham(_ data: UnsafeMutablePointer<ComplexDouble>) {
    withScratch(ComplexDouble.self, length, zero: .zero) { scratch in
      roots.withUnsafeBufferPointer { roots in
        var (from, to) = (data, scratch)
        var (n, s) = (length, 1)
        for radix in factors {
          let m = n / radix
          let pass = Pass(radix: radix, m: m, s: s, length: length, roots: roots)
          // Passes write every place once, so that stretches of them are independent.
          Workers.parallel(m, grain: Swift.max(1, (1 << 14) / Swift.max(1, s * radix))) { range in
            pass.run(range, from, to)
          }
          swap(&from, &to)
          n = m
          s *= radix
        }
        if from != data { data.update(from: from, count: length) }
      }
    }
  }

  /// One pass of Stockham's algorithm: `m` groups of `s` butterflies of `radix` numbers.
  private struct Pass {
    let radix: Int
    let m: Int
    let s: Int
    let length: Int
    let roots: UnsafeBufferPointer<ComplexDouble>

    typealias Source = UnsafePointer<ComplexDouble>
    typealias Target = UnsafeMutablePointer<ComplexDouble>

    func run(_ groups: Range<Int>, _ x: Source, _ y: Target) {
      switch radix {
      case 2: two(groups, x, y)
      case 3: three(groups, x, y)
      case 4: four(groups, x, y)
      case 5: five(groups, x, y)
      default: general(groups, x, y)
      }
    }

    /// The product without C's care for infinities, which are none among roots of one.
    @inline(__always)
    private func times(_ a: ComplexDouble, _ w: ComplexDouble) -> ComplexDouble {
      Complex(a.real * w.real - a.imaginary * w.imaginary, a.real * w.imaginary + a.imaginary * w.real)
    }

    private func two(_ groups: Range<Int>, _ x: Source, _ y: Target) {
      let step = s * m
      for p in groups {
        let w = roots[p * s]
        let (from, to) = (x + s * p, y + 2 * s * p)
        for q in 0..<s {
          let (a, b) = (from[q], from[q + step])
          to[q] = a + b
          to[q + s] = times(a - b, w)
        }
      }
    }

    private func three(_ groups: Range<Int>, _ x: Source, _ y: Target) {
      let step = s * m
      let half = 0.75.squareRoot()
      for p in groups {
        let (w1, w2) = (roots[p * s], roots[2 * p * s])
        let (from, to) = (x + s * p, y + 3 * s * p)
        for q in 0..<s {
          let (a, b, c) = (from[q], from[q + step], from[q + 2 * step])
          let sum = b + c
          let middle = Complex(a.real - 0.5 * sum.real, a.imaginary - 0.5 * sum.imaginary)
          // -i sqrt (3) / 2 (b - c)
          let turn = Complex(half * (b.imaginary - c.imaginary), half * (c.real - b.real))
          to[q] = a + sum
          to[q + s] = times(middle + turn, w1)
          to[q + 2 * s] = times(middle - turn, w2)
        }
      }
    }

    private func four(_ groups: Range<Int>, _ x: Source, _ y: Target) {
      let step = s * m
      for p in groups {
        let (w1, w2, w3) = (roots[p * s], roots[2 * p * s], roots[3 * p * s])
        let (from, to) = (x + s * p, y + 4 * s * p)
        for q in 0..<s {
          let (a, b, c, d) = (from[q], from[q + step], from[q + 2 * step], from[q + 3 * step])
          let (e, f, g) = (a + c, a - c, b + d)
          let h = Complex(b.imaginary - d.imaginary, d.real - b.real)  // -i (b - d)
          to[q] = e + g
          to[q + s] = times(f + h, w1)
          to[q + 2 * s] = times(e - g, w2)
          to[q + 3 * s] = times(f - h, w3)
        }
      }
    }

    private func five(_ groups: Range<Int>, _ x: Source, _ y: Target) {
      let step = s * m
      let (r1, r2) = (FourierPlan.root(1, 5), FourierPlan.root(2, 5))
      for p in groups {
        let w = (roots[p * s], roots[2 * p * s], roots[3 * p * s], roots[4 * p * s])
        let (from, to) = (x + s * p, y + 5 * s * p)
        for q in 0..<s {
          let a = from[q]
          let (b, c, d, e) = (from[q + step], from[q + 2 * step], from[q + 3 * step], from[q + 4 * step])
          let (outer, inner) = (b + e, c + d)
          let (rise, fall) = (b - e, c - d)
          let first = Complex(
            a.real + r1.real * outer.real + r2.real * inner.real,
            a.imaginary + r1.real * outer.imaginary + r2.real * inner.imaginary)
          let second = Complex(
            a.real + r2.real * outer.real + r1.real * inner.real,
            a.imaginary + r2.real * outer.imaginary + r1.real * inner.imaginary)
          // i times the sines.
          let (s1, s2) = (r1.imaginary, r2.imaginary)
          let turn1 = Complex(-(s1 * rise.imaginary + s2 * fall.imaginary), s1 * rise.real + s2 * fall.real)
          let turn2 = Complex(-(s2 * rise.imaginary - s1 * fall.imaginary), s2 * rise.real - s1 * fall.real)
          to[q] = a + outer + inner
          to[q + s] = times(first + turn1, w.0)
          to[q + 2 * s] = times(second + turn2, w.1)
          to[q + 3 * s] = times(second - turn2, w.2)
          to[q + 4 * s] = times(first - turn1, w.3)
        }
      }
    }

    private func general(_ groups: Range<Int>, _ x: Source, _ y: Target) {
      let step = s * m
      let turns = (0..<radix).map { roots[$0 * (length / radix)] }
      for p in groups {
        let (from, to) = (x + s * p, y + radix * s * p)
        for q in 0..<s {
          for k in 0..<radix {
            var (sum, turn) = (from[q], 0)
            for j in 1..<radix {
              turn += k
              if turn >= radix { turn -= radix }
              sum = sum + times(from[q + j * step], turns[turn])
            }
            to[q + k * s] = times(sum, roots[p * k * s])
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
