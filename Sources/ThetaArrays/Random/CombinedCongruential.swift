/// The generator of P. L'Ecuyer (1988) that older programs seed with one number: two multiplicative
/// congruential generators, their difference scaled in single precision.
struct CombinedCongruential: Sendable {
  private static let moduli: (Int64, Int64) = (2_147_483_563, 2_147_483_399)
  private var first: Int64
  private var second: Int64

  /// The low and the high word of the seed's bits start the two generators.
  init(seed: Double) {
    let bits = seed.bitPattern
    first = Self.fitted(Int64(bits & 0xffff_ffff), Self.moduli.0)
    second = Self.fitted(Int64(bits >> 32), Self.moduli.1)
  }

  private static func fitted(_ word: Int64, _ modulus: Int64) -> Int64 {
    let value = word % modulus
    return value < 1 ? 1 : value
  }

  /// A number that starts the generator at this place.
  var seed: Double { Double(bitPattern: UInt64(second) << 32 | UInt64(first)) }

  /// In (0, 1), with single precision.
  mutating func next() -> Double {
    first = first * 40014 % Self.moduli.0
    second = second * 40692 % Self.moduli.1
    var z = first - second
    if z < 1 { z += Self.moduli.0 - 1 }
    return Double(Float(z) * 4.656613057e-10)
  }
}
