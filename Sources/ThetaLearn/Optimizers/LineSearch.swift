import ThetaArrays
import ThetaRuntime

/// A search along a descent direction for a point that satisfies the strong Wolfe conditions (J. Nocedal and S. J.
/// Wright, Numerical Optimization, 2006, algorithms 3.5 and 3.6), with cubic steps.
struct LineSearch {
  /// A step must gain this part of what the slope promises, …
  var gain = 1e-4
  /// … and leave at most this part of the slope.
  var slopeLeft = 0.9
  var most = 25

  private struct End {
    var length: Double
    var cost: Double
    var slope: Double
  }

  /// The point, or nil when nothing better than the start is found.
  func run(
    _ objective: inout Objective, from start: Point, _ direction: NDArray<Double>, slope: Double,
    first: Double
  ) throws(RuntimeError) -> Point? {
    var low = End(length: 0, cost: start.cost, slope: slope)
    var high: End?
    var length = first
    var best: Point?
    for _ in 0..<most {
      let x = start.x.adding(length, times: direction)
      let (cost, gradient) = try objective.costAndGradient(at: x)
      let end = End(length: length, cost: cost, slope: Vector.dot(gradient, direction))
      let isFinite = cost.isFinite && end.slope.isFinite
      let isEnough = cost <= start.cost + gain * length * slope
      if isFinite, isEnough, cost < (best?.cost ?? start.cost) || best == nil && cost <= start.cost {
        best = Point(x: x, cost: cost, gradient: gradient)
      }
      if !isFinite {
        // Back towards what is known to be good.
        high = nil
        length = low.length + 0.1 * (length - low.length)
        if length - low.length < 1e-16 * max(1, low.length) { break }
        continue
      }
      if !isEnough || cost >= low.cost && low.length > 0 {
        high = end
      } else {
        if abs(end.slope) <= -slopeLeft * slope { return Point(x: x, cost: cost, gradient: gradient) }
        if end.slope * ((high?.length ?? .infinity) - low.length) >= 0 { high = low }
        low = end
      }
      if let high {
        let span = high.length - low.length
        if abs(span) <= 1e-14 * max(abs(low.length), abs(high.length)) { break }
        let cubic = minimum(low, high)
        let (a, b) = (min(low.length, high.length), max(low.length, high.length))
        let margin = 0.1 * (b - a)
        length = cubic.isFinite ? min(max(cubic, a + margin), b - margin) : (a + b) / 2
      } else {
        length = min(10 * low.length, max(low.length * 2, extrapolation(end, start, slope)))
      }
    }
    return best
  }

  /// Where the cubic through both ends has its minimum.
  private func minimum(_ a: End, _ b: End) -> Double {
    let d1 = a.slope + b.slope - 3 * (a.cost - b.cost) / (a.length - b.length)
    let root = (d1 * d1 - a.slope * b.slope)
    guard root >= 0 else { return .nan }
    let d2 = root.squareRoot() * (b.length > a.length ? 1 : -1)
    return b.length - (b.length - a.length) * (b.slope + d2 - d1) / (b.slope - a.slope + 2 * d2)
  }

  /// Where the cubic through the start and an end that is not far enough has its minimum, or twice as far.
  private func extrapolation(_ end: End, _ start: Point, _ slope: Double) -> Double {
    let guess = minimum(End(length: 0, cost: start.cost, slope: slope), end)
    return guess.isFinite && guess > end.length ? guess : 2 * end.length
  }
}
