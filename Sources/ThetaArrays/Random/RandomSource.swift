/// The random numbers of one session: a generator for each distribution, so that seeding one does not change
/// another. Generators are seeded from the system on first use.
public final class RandomSource {
  public enum Distribution: Int, Sendable, CaseIterable {
    case uniform, normal, exponential, gamma, poisson
  }

  /// One for each distribution.
  private lazy var twisters = Distribution.allCases.map { _ in MersenneTwister() }
  private var congruential: CombinedCongruential?

  public init() {}

  // MARK: - State

  /// Starts a distribution's generator from a key or from a state that `state` returned.
  public func seed(_ distribution: Distribution, _ numbers: [Double]) {
    twisters[distribution.rawValue] = MersenneTwister(numbers: numbers)
    congruential = nil
  }

  /// Starts a distribution's generator from the system's entropy.
  public func reseed(_ distribution: Distribution) {
    twisters[distribution.rawValue] = MersenneTwister()
    congruential = nil
  }

  /// 625 numbers that bring the generator back to this point.
  public func state(_ distribution: Distribution) -> [Double] { twisters[distribution.rawValue].state }

  /// Makes all distributions draw from the old generator, started from one number.
  public func seedOld(_ seed: Double) { congruential = CombinedCongruential(seed: seed) }

  public var usesOldGenerator: Bool { congruential != nil }

  /// A number that brings the old generator back to this point.
  public var oldSeed: Double { congruential?.seed ?? 0 }

  private static let idle = MersenneTwister(key: [])

  /// Takes a generator out, so that it is changed in place, and puts it back.
  private func with<Result>(
    _ distribution: Distribution, _ body: (inout MersenneTwister) -> Result
  ) -> Result {
    // A local that nothing else can see is kept in registers. Its words have one owner meanwhile.
    var twister = twisters[distribution.rawValue]
    twisters[distribution.rawValue] = Self.idle
    defer { twisters[distribution.rawValue] = twister }
    return body(&twister)
  }

  // MARK: - Numbers

  /// Between zero and one, neither included.
  public func uniform() -> Double {
    if congruential != nil { return congruential?.next() ?? 0 }
    return with(.uniform) { $0.nextDouble() }
  }

  public func normal() -> Double {
    congruential == nil ? with(.normal) { $0.nextNormal() } : uniform(Shape(1, 12)).reduce(-6, +)
  }

  public func uniform(_ shape: Shape) -> NDArray<Double> {
    if var old = congruential {
      defer { congruential = old }
      return fill(shape) { old.next() }
    }
    return with(.uniform) { twister in fill(shape) { twister.nextDouble() } }
  }

  public func uniformSingle(_ shape: Shape) -> NDArray<Float> {
    if congruential != nil { return uniform(shape).map { Float($0) } }
    return with(.uniform) { twister in fill(shape) { twister.nextSingle() } }
  }

  public func normal(_ shape: Shape) -> NDArray<Double> {
    if congruential != nil { return fill(shape) { normal() } }
    return with(.normal) { twister in fill(shape) { twister.nextNormal() } }
  }

  public func normalSingle(_ shape: Shape) -> NDArray<Float> {
    with(.normal) { twister in fill(shape) { twister.nextNormalSingle() } }
  }

  public func exponential(_ shape: Shape) -> NDArray<Double> {
    with(.exponential) { twister in fill(shape) { twister.nextExponential() } }
  }

  public func exponentialSingle(_ shape: Shape) -> NDArray<Float> {
    with(.exponential) { twister in fill(shape) { twister.nextExponentialSingle() } }
  }

  /// Gamma with the given shape parameter and scale one; NaN unless it is positive and finite.
  public func gamma(_ parameter: Double, _ shape: Shape) -> NDArray<Double> {
    guard parameter > 0, parameter.isFinite else { return NDArray(shape, repeating: .nan) }
    return with(.gamma) { twister in
      let result = fill(shape) { twister.nextGamma(shape: parameter < 1 ? parameter + 1 : parameter) }
      // For a small parameter: a gamma of one more, times a uniform to the power of its inverse.
      if parameter < 1 {
        result.transform { $0 * Ziggurat.powerOfUniform(twister.nextExponential(), parameter) }
      }
      return result
    }
  }

  /// Poisson with the given mean; NaN when it is negative or NaN.
  public func poisson(_ mean: Double, _ shape: Shape) -> NDArray<Double> {
    guard mean >= 0, mean.isFinite else { return NDArray(shape, repeating: .nan) }
    return with(.poisson) { twister in fill(shape) { twister.nextPoisson(mean: mean) } }
  }

  /// The first `taken` places of a random order of `0..<total`: each place in turn takes one of what is left.
  public func permutation(_ total: Int, taking taken: Int) -> [Int] {
    let draws = uniform(Shape(1, taken))
    // A short choice from many does not lay all of them out.
    if taken < total / 5 {
      var moved: [Int: Int] = [:]
      return (0..<taken).map { i in
        let k = i + Int(draws[i] * Double(total - i))
        let chosen = moved[k] ?? k
        moved[k] = moved[i] ?? i
        return chosen
      }
    }
    var order = Array(0..<total)
    for i in 0..<taken { order.swapAt(i, i + Int(draws[i] * Double(total - i))) }
    return Array(order.prefix(taken))
  }

  private func fill<T>(_ shape: Shape, _ next: () -> T) -> NDArray<T> {
    NDArray(shape) { elements in
      for i in elements.indices { elements.initializeElement(at: i, to: next()) }
    }
  }
}
