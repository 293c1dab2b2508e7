// Seeded random arrays and the naive model that the tests compare with.

import ThetaArrays

/// A stream of test data that is the same in every run.
struct Dice {
  var twister: MersenneTwister

  init(_ seed: UInt32) { twister = MersenneTwister(key: [seed]) }

  mutating func int(_ range: ClosedRange<Int>) -> Int {
    range.lowerBound + Int(twister.nextDouble() * Double(range.count))
  }

  mutating func real() -> Double { twister.nextNormal() }

  /// Numbers with many repetitions, infinities and NaN among them.
  mutating func awkward() -> Double {
    switch int(0...11) {
    case 0: .nan
    case 1: .infinity
    case 2: -.infinity
    case 3: -0.0
    case 4: real()
    default: Double(int(-3...3))
    }
  }

  mutating func array(_ shape: Shape, _ next: (inout Dice) -> Double = { $0.real() }) -> NDArray<Double> {
    NDArray(shape, (0..<shape.count).map { _ in next(&self) })
  }

  mutating func complexArray(_ shape: Shape) -> NDArray<ComplexDouble> {
    NDArray(shape, (0..<shape.count).map { _ in Complex(real(), real()) })
  }

  /// Up to four dimensions, some of them empty or one.
  mutating func shape() -> Shape {
    Shape((0..<int(2...4)).map { _ in int(0...9) == 0 ? 0 : int(1...5) })
  }
}

/// The subscripts of an offset.
func subscripts(_ offset: Int, _ shape: Shape, _ dimensions: Int) -> [Int] {
  var (rest, result) = (offset, [Int]())
  for d in 0..<dimensions {
    result.append(shape[d] == 0 ? 0 : rest % shape[d])
    rest /= max(1, shape[d])
  }
  return result
}

/// The offset of subscripts; a dimension of size one is at its only place whatever the subscript.
func offset(_ subscripts: [Int], _ shape: Shape) -> Int {
  var (step, result) = (1, 0)
  for (d, s) in subscripts.enumerated() {
    result += (shape[d] == 1 ? 0 : s) * step
    step *= shape[d]
  }
  return result
}

/// The same bits, or both NaN.
func same(_ a: Double, _ b: Double) -> Bool { a.bitPattern == b.bitPattern || (a.isNaN && b.isNaN) }

func same(_ a: NDArray<Double>, _ b: NDArray<Double>) -> Bool {
  a.shape == b.shape && zip(a.list, b.list).allSatisfy { same($0, $1) }
}

/// The largest difference, relative to the largest number.
func distance<E: FactorElement>(_ a: NDArray<E>, _ b: NDArray<E>) -> Double {
  guard a.shape == b.shape else { return .infinity }
  let scale = max(1, a.list.map(\.magnitudeValue).max() ?? 1)
  return zip(a.list, b.list).map { E.sum($0, E.scaled($1, by: -1)).magnitudeValue / scale }.max() ?? 0
}

/// The product by the definition.
func naiveProduct<E: FactorElement>(_ a: NDArray<E>, _ b: NDArray<E>) -> NDArray<E> {
  let result = NDArray<E>(zeros: Shape(a.shape.rows, b.shape.columns))
  for i in 0..<a.shape.rows {
    for j in 0..<b.shape.columns {
      for k in 0..<a.shape.columns { result[i, j] = E.sum(result[i, j], E.product(a[i, k], b[k, j])) }
    }
  }
  return result
}
