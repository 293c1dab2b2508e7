// Largest and smallest values of doubles along a dimension without their places: vector loops on all threads.

import CKernels

extension NDArray where Element == Double {
  /// The extremes along a dimension; a NaN counts only where there is nothing else. Nil for an empty array.
  public func extremeValues(along dimension: Int, largest: Bool) -> NDArray? {
    let (inner, length, outer) = shape.split(at: dimension)
    guard count > 0 else { return nil }
    let result = NDArray(uninitialized: shape.replacing(dimension, with: 1))
    let (out, source) = (result.base, base)
    if inner == 1 {
      Workers.parallel(outer, grain: Swift.max(1, (1 << 17) / length)) { range in
        for k in range {
          let column = source + k * length
          let value = largest ? theta_maximum_of(column, length) : theta_minimum_of(column, length)
          // Of zeros, and of what has no number, the first one.
          out[k] = value == 0 || value != value ? NDArray.first(column, length, equalTo: value) : value
        }
      }
      return result
    }
    let kernel = Double.kernel(largest ? BinaryKernel.maximum : .minimum)
    Workers.parallel(inner, grain: Swift.max(256, (1 << 17) / length)) { range in
      for k in 0..<outer {
        let best = out + k * inner + range.lowerBound
        let slice = source + k * length * inner + range.lowerBound
        best.initialize(from: slice, count: range.count)
        for i in 1..<Swift.max(1, length) { kernel(best, best, 1, slice + i * inner, 1, range.count) }
      }
    }
    return result
  }

  private static func first(_ x: UnsafePointer<Double>, _ count: Int, equalTo value: Double) -> Double {
    for i in 0..<count where x[i] == value { return x[i] }
    return x[0]
  }

  /// The elements beside flags that are set, in a shape of as many; flags and elements are equal in number.
  public func compressed(by flags: NDArray<Bool>, _ shape: (Int) -> Shape) -> NDArray {
    precondition(flags.count == count, "a flag for each element")
    let pieces = count < 1 << 17 ? 1 : Workers.count * 4
    let size = (count + pieces - 1) / pieces
    var starts = [Int](repeating: 0, count: pieces + 1)
    let (source, mask, total) = (base, flags.base, count)
    starts.withUnsafeMutableBufferPointer { starts in
      let starts = starts
      Workers.parallel(pieces, grain: 1) { range in
        for piece in range {
          let first = Swift.min(total, piece * size)
          starts[piece + 1] = theta_count(mask + first, Swift.min(size, total - first))
        }
      }
    }
    for piece in 0..<pieces { starts[piece + 1] += starts[piece] }
    let result = NDArray(uninitialized: shape(starts[pieces]))
    let out = result.base
    starts.withUnsafeBufferPointer { starts in
      Workers.parallel(pieces, grain: 1) { range in
        for piece in range {
          let first = Swift.min(total, piece * size)
          theta_compress(
            out + starts[piece], source + first, mask + first, Swift.min(size, total - first),
            starts[piece + 1] - starts[piece])
        }
      }
    }
    return result
  }
}
