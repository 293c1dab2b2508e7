// Reductions and cumulative operations along one dimension, counted from zero. Elements are combined strictly
// in their order, one after another, so results have the same bits as a plain loop; only sums of long columns go by
// blocks (ColumnSums.swift). A dimension without elements reduces to the starting value. Minima and maxima are in
// Extremes.swift.

import CKernels

extension NDArray {
  /// Combines the elements along a dimension, from the first on, starting from a value.
  @inlinable
  public func folded<Result>(
    along dimension: Int, from initial: Result, _ combine: (Result, Element) -> Result
  ) -> NDArray<Result> {
    let (inner, length, outer) = shape.split(at: dimension)
    let result = NDArray<Result>(shape.replacing(dimension, with: 1), repeating: initial)
    let (out, source) = (result.base, base)
    if inner == 1 {
      for k in 0..<outer {
        var value = initial
        let column = source + k * length
        for i in 0..<length { value = combine(value, column[i]) }
        out[k] = value
      }
      return result
    }
    for k in 0..<outer {
      let row = out + k * inner
      for i in 0..<length {
        let slice = source + (k * length + i) * inner
        for j in 0..<inner { row[j] = combine(row[j], slice[j]) }
      }
    }
    return result
  }

  /// The running combination along a dimension: the first element, then each combined with what came before.
  @inlinable
  public func scanned(along dimension: Int, _ combine: (Element, Element) -> Element) -> NDArray {
    let (inner, length, outer) = shape.split(at: dimension)
    let result = NDArray(uninitialized: shape)
    let (out, source) = (result.base, base)
    if length == 0 { return result }
    if inner == 1 {
      for k in 0..<outer {
        let start = k * length
        var value = source[start]
        (out + start).initialize(to: value)
        for i in start + 1..<start + length {
          value = combine(value, source[i])
          (out + i).initialize(to: value)
        }
      }
      return result
    }
    for k in 0..<outer {
      let start = k * length * inner
      for j in start..<start + inner { (out + j).initialize(to: source[j]) }
      for j in start + inner..<start + length * inner {
        (out + j).initialize(to: combine(out[j - inner], source[j]))
      }
    }
    return result
  }

  /// Whether the predicate holds for some element along a dimension.
  @inlinable
  public func any(along dimension: Int, _ predicate: (Element) -> Bool) -> NDArray<Bool> {
    folded(along: dimension, from: false) { $0 || predicate($1) }
  }

  /// Whether the predicate holds for every element along a dimension.
  @inlinable
  public func all(along dimension: Int, _ predicate: (Element) -> Bool) -> NDArray<Bool> {
    folded(along: dimension, from: true) { $0 && predicate($1) }
  }

  /// The number of elements along a dimension for which the predicate holds.
  @inlinable
  public func count(along dimension: Int, where predicate: (Element) -> Bool) -> NDArray<Double> {
    folded(along: dimension, from: 0.0) { predicate($1) ? $0 + 1 : $0 }
  }
}

extension NDArray where Element: BinaryFloatingPoint {
  /// Sums are added in the element's own precision.
  @inlinable
  public func sum(along dimension: Int) -> NDArray { folded(along: dimension, from: 0) { $0 + $1 } }

  @inlinable
  public func product(along dimension: Int) -> NDArray { folded(along: dimension, from: 1) { $0 * $1 } }

  @inlinable
  public func sumOfSquares(along dimension: Int) -> NDArray {
    folded(along: dimension, from: 0) { $0 + $1 * $1 }
  }

  @inlinable
  public func cumulativeSum(along dimension: Int) -> NDArray { scanned(along: dimension) { $0 + $1 } }

  @inlinable
  public func cumulativeProduct(along dimension: Int) -> NDArray { scanned(along: dimension) { $0 * $1 } }
}

extension NDArray where Element == Double {
  public func sum(along dimension: Int) -> NDArray {
    if let sums = blockedSums(along: dimension, { Double.blockSum($0, $1) }) { return sums }
    return reduced(along: dimension, from: 0, theta_sum_columns, theta_accumulate_sum)
  }

  public func product(along dimension: Int) -> NDArray {
    reduced(along: dimension, from: 1, theta_product_columns, theta_accumulate_product)
  }

  public func sumOfSquares(along dimension: Int) -> NDArray {
    if let sums = blockedSums(along: dimension, { Double.blockSumOfSquares($0, $1) }) { return sums }
    return reduced(along: dimension, from: 0, theta_sum_squares_columns, theta_accumulate_sum_squares)
  }

  private func reduced(
    along dimension: Int, from initial: Double,
    _ columns: (UnsafeMutablePointer<Double>?, UnsafePointer<Double>?, Int, Int) -> Void,
    _ accumulate: (UnsafeMutablePointer<Double>?, UnsafePointer<Double>?, Int) -> Void
  ) -> NDArray {
    let (inner, length, outer) = shape.split(at: dimension)
    let result = NDArray(shape.replacing(dimension, with: 1), repeating: initial)
    let (out, source) = (result.base, base)
    if inner == 1 {
      Workers.parallel(outer, grain: Swift.max(8, (1 << 17) / Swift.max(1, length))) { range in
        columns(out + range.lowerBound, source + range.lowerBound * length, length, range.count)
      }
      return result
    }
    Workers.parallel(inner, grain: Swift.max(256, (1 << 17) / Swift.max(1, length))) { range in
      for k in 0..<outer {
        for i in 0..<length {
          accumulate(
            out + k * inner + range.lowerBound, source + (k * length + i) * inner + range.lowerBound,
            range.count)
        }
      }
    }
    return result
  }
}

extension NDArray where Element == Float {
  public func sum(along dimension: Int) -> NDArray {
    if let sums = blockedSums(along: dimension, { Float.blockSum($0, $1) }) { return sums }
    let (inner, length, outer) = shape.split(at: dimension)
    guard inner == 1 else { return folded(along: dimension, from: 0) { $0 + $1 } }
    let result = NDArray(shape.replacing(dimension, with: 1), repeating: 0)
    let (out, source) = (result.base, base)
    Workers.parallel(outer, grain: Swift.max(8, (1 << 17) / Swift.max(1, length))) { range in
      Float.addColumns(
        out + range.lowerBound, source + range.lowerBound * length, rows: length, columns: range.count)
    }
    return result
  }
}

extension NDArray where Element: KernelElement {
  /// The sums of columns that are long enough to be added by blocks; nil for others.
  fileprivate func blockedSums(
    along dimension: Int, _ block: (UnsafePointer<Element>, Int) -> Element
  ) -> NDArray? {
    guard shape[dimension] >= ColumnSums.blockedLength else { return nil }
    let (inner, length, outer) = shape.split(at: dimension)
    guard inner == 1 else { return nil }
    let result = NDArray(uninitialized: shape.replacing(dimension, with: 1))
    ColumnSums.blocked(base, length: length, columns: outer, into: result.base, block)
    return result
  }
}

extension NDArray {
  @inlinable
  public func sum<Part>(along dimension: Int) -> NDArray where Element == Complex<Part> {
    folded(along: dimension, from: .zero) { $0 + $1 }
  }

  @inlinable
  public func product<Part>(along dimension: Int) -> NDArray where Element == Complex<Part> {
    folded(along: dimension, from: Complex(1)) { $0 * $1 }
  }

  /// The squares of the moduli.
  @inlinable
  public func sumOfSquares<Part>(along dimension: Int) -> NDArray<Part> where Element == Complex<Part> {
    folded(along: dimension, from: 0) { $0 + ($1.real * $1.real + $1.imaginary * $1.imaginary) }
  }

  @inlinable
  public func cumulativeSum<Part>(along dimension: Int) -> NDArray where Element == Complex<Part> {
    scanned(along: dimension) { $0 + $1 }
  }

  @inlinable
  public func cumulativeProduct<Part>(along dimension: Int) -> NDArray where Element == Complex<Part> {
    scanned(along: dimension) { $0 * $1 }
  }
}

extension NDArray where Element: FixedWidthInteger {
  /// Sums in double precision.
  @inlinable
  public func sum(along dimension: Int) -> NDArray<Double> {
    folded(along: dimension, from: 0.0) { $0 + Double($1) }
  }

  @inlinable
  public func product(along dimension: Int) -> NDArray<Double> {
    folded(along: dimension, from: 1.0) { $0 * Double($1) }
  }

  @inlinable
  public func sumOfSquares(along dimension: Int) -> NDArray<Double> {
    folded(along: dimension, from: 0.0) { $0 + Double($1) * Double($1) }
  }

  /// Sums in the integer type; one that is outside its range stops at the end of the range.
  @inlinable
  public func saturatingSum(along dimension: Int) -> NDArray {
    folded(along: dimension, from: 0) { $0.addingSaturating($1) }
  }

  @inlinable
  public func saturatingCumulativeSum(along dimension: Int) -> NDArray {
    scanned(along: dimension) { $0.addingSaturating($1) }
  }
}

extension FixedWidthInteger {
  /// The sum, or the end of the type's range that it is beyond.
  @inlinable
  public func addingSaturating(_ other: Self) -> Self {
    let (sum, overflow) = addingReportingOverflow(other)
    return overflow ? (other < 0 ? .min : .max) : sum
  }
}

extension NDArray where Element == Bool {
  public func sum(along dimension: Int) -> NDArray<Double> { count(along: dimension) { $0 } }
  public func any(along dimension: Int) -> NDArray<Bool> { any(along: dimension) { $0 } }
  public func all(along dimension: Int) -> NDArray<Bool> { all(along: dimension) { $0 } }
}
