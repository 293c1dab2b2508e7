// The sorted values alone, of long columns of doubles: halves are sorted side by side by the digits of their bits, then
// merged.

import CKernels

extension NDArray where Element == Double {
  /// The elements in order along the first dimension when columns are long and hold neither NaN nor negative zeros; nil
  /// otherwise.
  public func sortedValues(along dimension: Int, descending: Bool) -> NDArray? {
    let (inner, length, outer) = shape.split(at: dimension)
    guard inner == 1, length >= 2048, theta_sortable(base, count) else { return nil }
    let result = NDArray(uninitialized: shape)
    let keys = NDArray<UInt64>(uninitialized: Shape(length, 1))
    let scratch = NDArray<UInt64>(uninitialized: Shape(length, 1))
    let (out, from, key, other) = (result.base, base, keys.base, scratch.base)
    let half = length / 2
    for column in 0..<outer {
      let start = column * length
      Workers.parallel(2, grain: length >= 1 << 15 ? 1 : 2) { range in
        for part in range {
          let (first, count) = part == 0 ? (0, half) : (half, length - half)
          theta_sort_keys(key + first, from + start + first, other + first, count)
        }
      }
      merge(key, half, key + half, length - half, into: out + start)
      if descending {
        var (i, j) = (start, start + length - 1)
        while i < j {
          swap(&out[i], &out[j])
          i += 1
          j -= 1
        }
      }
    }
    return result
  }

  /// Two sorted lists in two stretches that do not depend on each other, cut where the first list is half through.
  private func merge(
    _ a: UnsafePointer<UInt64>, _ countA: Int, _ b: UnsafePointer<UInt64>, _ countB: Int,
    into out: UnsafeMutablePointer<Double>
  ) {
    let cutA = countA / 2
    var (low, high) = (0, countB)
    while low < high {
      let middle = (low + high) / 2
      if b[middle] < a[cutA] { low = middle + 1 } else { high = middle }
    }
    let cutB = low
    Workers.parallel(2, grain: countA + countB >= 1 << 15 ? 1 : 2) { range in
      for part in range {
        if part == 0 {
          theta_merge_keys(out, a, cutA, b, cutB)
        } else {
          theta_merge_keys(out + cutA + cutB, a + cutA, countA - cutA, b + cutB, countB - cutB)
        }
      }
    }
  }
}
