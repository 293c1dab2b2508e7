import ThetaArrays

/// The inverse of the matrix of second derivatives, as BFGS learns it from the last steps and changes of the
/// gradient.
struct LimitedMemory {
  /// Steps that are remembered.
  let most: Int
  private var pairs: [(step: NDArray<Double>, change: NDArray<Double>, curvature: Double)] = []

  init(most: Int) { self.most = most }

  /// Nothing has been learned since the start or the last reset: the identity.
  var isFresh: Bool { pairs.isEmpty }

  mutating func reset() { pairs = [] }

  /// Learns from a step and the change of the gradient over it; a step along which the function is not convex
  /// teaches nothing.
  mutating func update(step: NDArray<Double>, change: NDArray<Double>) {
    var curvature = 0.0
    for k in 0..<step.count { curvature += step[k] * change[k] }
    guard curvature > 0, (1 / curvature).isFinite else { return }
    pairs.append((step, change, curvature))
    if pairs.count > most { pairs.removeFirst() }
  }

  /// The inverse applied to a vector, by the two loops of L-BFGS.
  func times(_ vector: NDArray<Double>) -> NDArray<Double> {
    let result = vector.copy()
    let size = vector.count
    var weights = Array(repeating: 0.0, count: pairs.count)
    for (k, pair) in pairs.enumerated().reversed() {
      var sum = 0.0
      for i in 0..<size { sum += pair.step[i] * result[i] }
      weights[k] = sum / pair.curvature
      for i in 0..<size { result[i] -= weights[k] * pair.change[i] }
    }
    if let last = pairs.last {
      var squared = 0.0
      for i in 0..<size { squared += last.change[i] * last.change[i] }
      let scale = last.curvature / squared
      result.transform { $0 * scale }
    }
    for (k, pair) in pairs.enumerated() {
      var sum = 0.0
      for i in 0..<size { sum += pair.change[i] * result[i] }
      let weight = weights[k] - sum / pair.curvature
      for i in 0..<size { result[i] += weight * pair.step[i] }
    }
    return result
  }

  mutating func archive(_ archive: inout Archive) {
    var count = pairs.count
    archive.visit("pairs", &count)
    if archive.isReading {
      pairs = (0..<max(0, min(count, most))).map { _ in
        (NDArray<Double>(zeros: .empty), NDArray<Double>(zeros: .empty), 0)
      }
    }
    for k in pairs.indices {
      archive.visit("step \(k)", &pairs[k].step)
      archive.visit("change \(k)", &pairs[k].change)
      archive.visit("curvature \(k)", &pairs[k].curvature)
    }
  }
}
