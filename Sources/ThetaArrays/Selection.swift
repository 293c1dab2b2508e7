// The k-th smallest of some numbers without sorting them all.

extension UnsafeMutableBufferPointer where Element: Comparable {
  /// Moves the elements so that the one at `k` is where sorting would put it, none before it is greater and
  /// none after it is less (Hoare's selection; linear time on average). There is no NaN among them.
  @inlinable
  public func select(_ k: Int) {
    var (low, high) = (0, count - 1)
    while low < high {
      // The middle of three keeps sorted input from taking quadratic time.
      let middle = low + (high - low) / 2
      if self[middle] < self[low] { swapAt(middle, low) }
      if self[high] < self[low] { swapAt(high, low) }
      if self[high] < self[middle] { swapAt(high, middle) }
      let pivot = self[middle]
      var (i, j) = (low, high)
      while i <= j {
        while self[i] < pivot { i += 1 }
        while pivot < self[j] { j -= 1 }
        if i <= j {
          swapAt(i, j)
          i += 1
          j -= 1
        }
      }
      if k <= j {
        high = j
      } else if k >= i {
        low = i
      } else {
        return
      }
    }
  }
}
