/// The generator MT19937 of Matsumoto and Nishimura (1998), seeded from a key as their reference does. Its
/// streams are those that Octave has for the same state.
public struct MersenneTwister: Sendable {
  private static let size = 624
  private var words: [UInt32]
  /// Words of the current block that have been used; `size` when a new block is due.
  private var used = MersenneTwister.size

  /// From a key of any length; an empty one counts as zero.
  public init(key: [UInt32]) {
    let key = key.isEmpty ? [0] : key
    let size = Self.size
    words = [UInt32](repeating: 19_650_218, count: size)
    for i in 1..<size { words[i] = 1_812_433_253 &* (words[i - 1] ^ (words[i - 1] >> 30)) &+ UInt32(i) }
    var (i, j) = (1, 0)
    func mixed(_ words: [UInt32], _ i: Int, _ factor: UInt32) -> UInt32 {
      words[i] ^ ((words[i - 1] ^ (words[i - 1] >> 30)) &* factor)
    }
    for _ in 0..<max(size, key.count) {
      words[i] = mixed(words, i, 1_664_525) &+ key[j] &+ UInt32(j)
      i += 1
      j = j + 1 == key.count ? 0 : j + 1
      if i == size {
        words[0] = words[size - 1]
        i = 1
      }
    }
    for _ in 1..<size {
      words[i] = mixed(words, i, 1_566_083_941) &- UInt32(i)
      i += 1
      if i == size {
        words[0] = words[size - 1]
        i = 1
      }
    }
    words[0] = 0x8000_0000
  }

  /// From numbers as a user gives them: 625 of them with a sensible last one are a state as `state` returns
  /// it; any others are a key. They are rounded and kept within 32 bits; what is not finite counts as zero.
  public init(numbers: [Double]) {
    let key = numbers.prefix(Self.size + 1).map { value -> UInt32 in
      value.isFinite ? UInt32(min(max(value.rounded(.toNearestOrAwayFromZero), 0), 4_294_967_295)) : 0
    }
    self.init(key: key)
    if numbers.count == Self.size + 1, let left = key.last, left > 0, left <= Self.size {
      words = Array(key.prefix(Self.size))
      used = Self.size + 1 - Int(left)
    }
  }

  /// From the system's entropy.
  public init() {
    var system = SystemRandomNumberGenerator()
    self.init(key: (0..<Self.size).map { _ in system.next() })
  }

  /// 624 words and how many calls are left before a new block.
  public var state: [Double] { words.map(Double.init) + [Double(Self.size + 1 - used)] }

  @inline(__always)
  public mutating func next32() -> UInt32 {
    if used >= Self.size { refill() }
    var y = words[used]
    used += 1
    y ^= y >> 11
    y ^= (y << 7) & 0x9d2c_5680
    y ^= (y << 15) & 0xefc6_0000
    return y ^ (y >> 18)
  }

  @inline(never)
  private mutating func refill() {
    let (size, step) = (Self.size, 397)
    words.withUnsafeMutableBufferPointer { w in
      /// The lowest bit chooses without a branch, which half of the time would be guessed wrong.
      func twist(_ k: Int, _ next: Int, _ other: Int) {
        let y = (w[k] & 0x8000_0000) | (w[next] & 0x7fff_ffff)
        w[k] = w[other] ^ (y >> 1) ^ ((0 &- (y & 1)) & 0x9908_b0df)
      }
      for k in 0..<size - step { twist(k, k + 1, k + step) }
      for k in size - step..<size - 1 { twist(k, k + 1, k + step - size) }
      twist(size - 1, 0, step - 1)
    }
    used = 0
  }

  /// A multiple of 2^-53 in (0, 1).
  @inline(__always)
  public mutating func nextDouble() -> Double {
    while true {
      let high = next32() >> 5
      let low = next32() >> 6
      let value = (Double(high) * 67_108_864 + Double(low)) / 9_007_199_254_740_992
      if value != 0 { return value }
    }
  }

  /// A multiple of 2^-24 in (0, 1).
  public mutating func nextSingle() -> Float {
    while true {
      let value = Float(next32() & 0xff_ffff) / 16_777_216
      if value != 0 { return value }
    }
  }
}
