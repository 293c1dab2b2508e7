import ThetaArrays

/// The inverse of the matrix of second derivatives, as BFGS learns it from steps and changes of the gradient: a full
/// matrix for a moderate number of variables, else the last steps.
struct InverseHessian {
  private let size: Int
  /// Column-major, size×size; empty when the last steps stand for it.
  private var matrix: [Double]
  private var pairs: [(step: NDArray<Double>, change: NDArray<Double>, curvature: Double)] = []
  private let isDense: Bool
  /// Nothing has been learned since the start or the last reset: the identity.
  private(set) var isFresh = true

  init(_ size: Int) {
    self.size = size
    isDense = size <= QuasiNewton.denseLimit
    matrix = []
  }

  mutating func reset() {
    isFresh = true
    pairs = []
  }

  /// Learns from a step and the change of the gradient over it; a step along which the function is not convex
  /// teaches nothing.
  mutating func update(step: NDArray<Double>, change: NDArray<Double>) {
    var curvature = 0.0
    var squared = 0.0
    for k in 0..<size {
      curvature += step[k] * change[k]
      squared += change[k] * change[k]
    }
    guard curvature > 0, squared > 0, (curvature / squared).isFinite, (1 / curvature).isFinite else { return }
    if isDense {
      if isFresh { setDiagonal(curvature / squared) }
      updateMatrix(step, change, curvature)
    } else {
      pairs.append((step, change, curvature))
      if pairs.count > QuasiNewton.memory { pairs.removeFirst() }
    }
    isFresh = false
  }

  private mutating func setDiagonal(_ value: Double) {
    matrix = Array(repeating: 0, count: size * size)
    for k in 0..<size { matrix[k * size + k] = value }
  }

  /// H + (1 + y'Hy / s'y) ss'/s'y - (Hys' + sy'H) / s'y
  private mutating func updateMatrix(
    _ step: NDArray<Double>, _ change: NDArray<Double>, _ curvature: Double
  ) {
    let product = timesMatrix(change)
    var yHy = 0.0
    for k in 0..<size { yHy += change[k] * product[k] }
    let factor = (1 + yHy / curvature) / curvature
    for j in 0..<size {
      let (sj, pj) = (step[j], product[j])
      for i in 0..<size {
        matrix[j * size + i] += factor * step[i] * sj - (product[i] * sj + step[i] * pj) / curvature
      }
    }
  }

  /// The inverse applied to a vector.
  func times(_ vector: NDArray<Double>) -> NDArray<Double> {
    if isFresh { return vector }
    return isDense ? timesMatrix(vector) : timesFromPairs(vector)
  }

  private func timesMatrix(_ vector: NDArray<Double>) -> NDArray<Double> {
    let result = NDArray<Double>(zeros: vector.shape)
    for j in 0..<size {
      let x = vector[j]
      for i in 0..<size { result[i] += matrix[j * size + i] * x }
    }
    return result
  }

  /// The two loops of L-BFGS.
  private func timesFromPairs(_ vector: NDArray<Double>) -> NDArray<Double> {
    let result = vector.copy()
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
}
