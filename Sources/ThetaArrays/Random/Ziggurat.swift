// Normal and exponential random numbers by the ziggurat method of Marsaglia and Tsang (2000): 256 layers of
// equal area, of which most draws need one table look-up and one multiplication.

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The layers under a decreasing density: a draw below `limits[i]`, times `widths[i]`, is inside layer i at
/// once.
struct Ziggurat: @unchecked Sendable {
  // Made once, never changed or freed: pointers, because a look-up should cost nothing else.
  let limits: UnsafePointer<UInt64>
  let widths: UnsafePointer<Double>
  let heights: UnsafePointer<Double>
  /// Where the tail begins.
  let edge: Double

  static let normal = Ziggurat(
    edge: 3.6541528853610088, area: 0.00492867323399, scale: 0x1p53, density: { exp(-0.5 * $0 * $0) },
    inverse: { (-2 * log($0)).squareRoot() })
  static let exponential = Ziggurat(
    edge: 7.69711747013104972, area: 0.0039496598225815571993, scale: 0x1p53, density: { exp(-$0) },
    inverse: { -log($0) })
  static let normalSingle = Ziggurat(
    edge: 3.6541528853610088, area: 0.00492867323399, scale: 0x1p31, density: { exp(-0.5 * $0 * $0) },
    inverse: { (-2 * log($0)).squareRoot() })
  static let exponentialSingle = Ziggurat(
    edge: 7.69711747013104972, area: 0.0039496598225815571993, scale: 0x1p32, density: { exp(-$0) },
    inverse: { -log($0) })

  private init(
    edge: Double, area: Double, scale: Double, density: (Double) -> Double, inverse: (Double) -> Double
  ) {
    let limits = UnsafeMutablePointer<UInt64>.allocate(capacity: 256)
    let widths = UnsafeMutablePointer<Double>.allocate(capacity: 256)
    let heights = UnsafeMutablePointer<Double>.allocate(capacity: 256)
    limits.initialize(repeating: 0, count: 256)
    widths.initialize(repeating: 0, count: 256)
    heights.initialize(repeating: 0, count: 256)
    // The singles keep their tables in single precision.
    let narrow = scale < 0x1p40
    func kept(_ value: Double) -> Double { narrow ? Double(Float(value)) : value }
    var outer = edge
    widths[255] = kept(outer / scale)
    heights[255] = kept(density(outer))
    limits[0] = UInt64(outer * heights[255] / area * scale)
    widths[0] = kept(area / heights[255] / scale)
    heights[0] = 1
    for i in stride(from: 254, to: 0, by: -1) {
      let x = inverse(area / outer + heights[i + 1])
      limits[i + 1] = UInt64(x / outer * scale)
      widths[i] = kept(x / scale)
      heights[i] = kept(density(x))
      outer = x
    }
    self.limits = UnsafePointer(limits)
    self.widths = UnsafePointer(widths)
    self.heights = UnsafePointer(heights)
    self.edge = edge
  }
}

extension Ziggurat {
  /// u ^ (1 / parameter) where u is the uniform number whose negative logarithm is given.
  static func powerOfUniform(_ exponential: Double, _ parameter: Double) -> Double {
    exp(-exponential / parameter)
  }
}

extension MersenneTwister {
  /// Mean zero, variance one.
  public mutating func nextNormal() -> Double {
    let z = Ziggurat.normal
    while true {
      let low = UInt64(next32())
      let bits = UInt64(next32() & 0x3f_ffff) << 32 | low
      let size = bits >> 1
      let i = Int(size & 0xff)
      let x = (bits & 1 == 1 ? -Double(size) : Double(size)) * z.widths[i]
      if size < z.limits[i] { return x }
      if i == 0 {
        let tail = normalTail(z.edge)
        return size & 0x100 != 0 ? -tail : tail
      }
      if (z.heights[i - 1] - z.heights[i]) * nextDouble() + z.heights[i] < exp(-0.5 * x * x) { return x }
    }
  }

  public mutating func nextNormalSingle() -> Float {
    let z = Ziggurat.normalSingle
    while true {
      let bits = Int32(bitPattern: next32())
      let size = UInt64(bits.magnitude & 0x7fff_ffff)
      let i = Int(bits & 0xff)
      let x = Float(bits) * Float(z.widths[i])
      if size < z.limits[i] { return x }
      if i == 0 {
        let inverse = 1 / Float(z.edge)
        while true {
          let tail = -inverse * logf(nextSingle())
          let y = -logf(nextSingle())
          if y + y > tail * tail { return (bits & 0x100 != 0 ? -1 : 1) * (Float(z.edge) + tail) }
        }
      }
      let (above, below) = (Float(z.heights[i - 1]), Float(z.heights[i]))
      if (above - below) * nextSingle() + below < expf(-0.5 * x * x) { return x }
    }
  }

  /// Mean one.
  public mutating func nextExponential() -> Double {
    let z = Ziggurat.exponential
    while true {
      let low = UInt64(next32())
      let bits = UInt64(next32() & 0x1f_ffff) << 32 | low
      let i = Int(bits & 0xff)
      let x = Double(bits) * z.widths[i]
      if bits < z.limits[i] { return x }
      if i == 0 { return z.edge - log(nextDouble()) }
      if (z.heights[i - 1] - z.heights[i]) * nextDouble() + z.heights[i] < exp(-x) { return x }
    }
  }

  public mutating func nextExponentialSingle() -> Float {
    let z = Ziggurat.exponentialSingle
    while true {
      let bits = next32()
      let i = Int(bits & 0xff)
      let x = Float(bits) * Float(z.widths[i])
      if UInt64(bits) < z.limits[i] { return x }
      if i == 0 { return Float(z.edge) - logf(nextSingle()) }
      let (above, below) = (Float(z.heights[i - 1]), Float(z.heights[i]))
      if (above - below) * nextSingle() + below < expf(-x) { return x }
    }
  }

  private mutating func normalTail(_ edge: Double) -> Double {
    while true {
      let x = -(1 / edge) * log(nextDouble())
      let y = -log(nextDouble())
      if y + y > x * x { return edge + x }
    }
  }

  /// Gamma with shape at least one (Marsaglia and Tsang, 2000).
  mutating func nextGamma(shape: Double) -> Double {
    let d = shape - 1.0 / 3
    let c = 1 / (9 * d).squareRoot()
    while true {
      var (x, v) = (0.0, 0.0)
      repeat {
        x = nextNormal()
        v = 1 + c * x
        v *= v * v
      } while v <= 0
      let u = nextDouble()
      let square = x * x
      if u >= 1 - 0.0331 * square * square, log(u) >= 0.5 * square + d * (1 - v + log(v)) { continue }
      return d * v
    }
  }

  /// Poisson: by multiplication of uniforms when the mean is small, by transformed rejection (Hörmann, 1993)
  /// when it is large, by a rounded normal when it is huge.
  mutating func nextPoisson(mean: Double) -> Double {
    if mean == 0 { return 0 }
    if mean >= 1e8 { return max(0, (nextNormal() * mean.squareRoot() + mean).rounded()) }
    if mean < 12 {
      let limit = exp(-mean)
      var (product, k) = (nextDouble(), 0.0)
      while product > limit {
        product *= nextDouble()
        k += 1
      }
      return k
    }
    let b = 0.931 + 2.53 * mean.squareRoot()
    let a = -0.059 + 0.02483 * b
    let inverse = 1.1239 + 1.1328 / (b - 3.4)
    let squeeze = 0.9277 - 3.6224 / (b - 2)
    while true {
      let u = nextDouble() - 0.5
      let v = nextDouble()
      let side = 0.5 - abs(u)
      let k = ((2 * a / side + b) * u + mean + 0.43).rounded(.down)
      if side >= 0.07, v <= squeeze { return k }
      if k < 0 || (side < 0.013 && v > side) { continue }
      let density = k * log(mean) - mean - lgamma(k + 1)
      if log(v) + log(inverse) - log(a / (side * side) + b) <= density { return k }
    }
  }
}
