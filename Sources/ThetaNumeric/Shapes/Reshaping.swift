import ThetaArrays
import ThetaRuntime

// The same elements in another shape or order.

package enum Reshaping {
  static let table: [Builtin] = [
    Builtin(
      "y = reshape (x, sizes...)",
      """
      The elements of x in another shape of the same count: a vector of sizes, or one argument each, one of which may be []
      to be worked out. Errors "reshape: can't reshape 1x6 array to 4x2 array", "reshape: SIZE must be non-negative".

      >> reshape (1:6, 2, 3)
      ans =

         1   3   5
         2   4   6

      """, reshape),
    Builtin(
      "y = vec (x, dim?)",
      """
      All elements of x along dimension dim (1: a column).

      >> vec ([1 2; 3 4])
      ans =

         1
         3
         2
         4

      """, vec),
    Builtin(
      "y = squeeze (x)",
      """
      x without its dimensions of size 1; a matrix stays as it is.

      >> size (squeeze (ones (1, 1, 3)))
      ans =

         3   1

      """, squeeze),
    Builtin(
      "y = permute (x, order)",
      """
      The dimensions of x in another order: dimension k of y is order(k) of x.

      >> permute ([1 2; 3 4], [2 1])
      ans =

         1   3
         2   4

      """,
      permute),
    Builtin(
      "y = ipermute (x, order)",
      """
      The inverse of permute.

      >> size (ipermute (ones (4, 2, 3), [3 1 2]))
      ans =

         2   3   4

      """, ipermute),
    Builtin(
      "y = transpose (x)",
      """
      x.': rows and columns exchanged. Error for N-d arrays.

      >> transpose ([1 2])
      ans =

         1
         2

      """, transpose),
    Builtin(
      "y = ctranspose (x)",
      """
      x': the complex conjugate transpose.

      >> ctranspose ([1+1i 2])
      ans =

         1 - 1i
         2 - 0i

      """, ctranspose),
    Builtin(
      "y = repmat (x, m, n...)",
      """
      Copies of x, m down and n across (n = m with one number); a vector or more numbers for N-d.

      >> repmat ([1 2], 2, 2)
      ans =

         1   2   1   2
         1   2   1   2

      """, repmat),
    Builtin(
      "y = circshift (x, n, dim?)",
      """
      x with its elements moved on by n along dim (default: the first that is not 1), cyclically; a vector n moves several
      dimensions.

      >> circshift ([1 2 3 4], 1)
      ans =

         4   1   2   3

      """, circshift),
    Builtin(
      "y = flip (x, dim?)",
      """
      The elements in reverse order along a dimension.

      >> flip ([1 2 3])
      ans =

         3   2   1

      """, flip),
    Builtin(
      "y = fliplr (x)",
      """
      The columns in reverse order.

      >> fliplr ([1 2; 3 4])
      ans =

         2   1
         4   3

      """, fliplr),
    Builtin(
      "y = flipud (x)",
      """
      The rows in reverse order.

      >> flipud ([1 2; 3 4])
      ans =

         3   4
         1   2

      """, flipud),
    Builtin(
      "y = rot90 (x, k?)",
      """
      The matrix turned counterclockwise by k · 90°.

      >> rot90 ([1 2; 3 4])
      ans =

         2   4
         1   3

      """, rot90),
    Builtin(
      "y = rotdim (x, k?, plane?)",
      """
      The array turned by k · 90° in the plane of two dimensions.

      >> rotdim ([1 2; 3 4])
      ans =

         2   4
         1   3

      """, rotdim),
    Builtin(
      "y = cat (dim, x...)",
      """
      The arrays one after another along a dimension.

      >> cat (1, [1 2], [3 4])
      ans =

         1   2
         3   4

      """, cat),
    Builtin(
      "y = horzcat (x...)",
      """
      [x, …]: the arrays side by side.

      >> horzcat ([1 2], 3)
      ans =

         1   2   3

      """, horzcat),
    Builtin(
      "y = vertcat (x...)",
      """
      [x; …]: the arrays below one another.

      >> vertcat ([1 2], [3 4])
      ans =

         1   2
         3   4

      """, vertcat),
    Builtin(
      "y = colon (base, increment, limit?)",
      """
      base:increment:limit, or base:limit with two arguments.

      >> colon (1, 3)
      ans =

         1   2   3

      """, colon),
  ]

  static func reshape(_ call: inout Call) throws(RuntimeError) -> Value {
    var sizes: [Int] = []
    var unknown: Int?
    if call.count == 1 { throw call.invalid }
    if call.count == 2 {
      guard let list = call[1].realArray, !call[1].isText else {
        throw RuntimeError(
          "octave_base_value::array_value(): wrong type argument '\(Read.typeName(call[1]))'")
      }
      guard list.count >= 2 else { throw call.error("SIZE must have 2 or more dimensions") }
      for x in list { sizes.append(try size(x, call)) }
    } else {
      for k in 1..<call.count {
        if call[k].isEmpty, !call[k].isText {
          guard unknown == nil else { throw call.error("only a single dimension can be unknown") }
          unknown = k - 1
          sizes.append(1)
        } else {
          guard !call[k].isText, let x = call[k].firstReal else {
            throw RuntimeError(
              "octave_base_value::int64_value (): wrong type argument '\(Read.typeName(call[k]))'")
          }
          sizes.append(try size(x, call))
        }
      }
    }
    let count = call[0].count
    var product = 1
    for s in sizes {
      let (next, overflow) = product.multipliedReportingOverflow(by: s)
      product = overflow ? -1 : next
      if overflow { break }
    }
    if let unknown {
      if product == 0 {
        sizes[unknown] = 0
      } else {
        guard product > 0, count % product == 0 else {
          throw call.error("SIZE is not divisible by the product of known dimensions (= \(product))")
        }
        sizes[unknown] = count / product
        product = count
      }
    }
    guard product == count else {
      let wanted = sizes.map(String.init).joined(separator: "x")
      throw call.error("can't reshape \(call[0].shape) array to \(wanted) array")
    }
    var value = call.take(0)
    value.reshape(to: Shape(sizes))
    return value
  }

  private static func size(_ x: Double, _ call: Call) throws(RuntimeError) -> Int {
    guard !x.isNaN, let n = Int(exactly: x.rounded(.towardZero)) else {
      throw RuntimeError("conversion of \(x) to octave_idx_type value failed")
    }
    guard n >= 0 else { throw call.error("SIZE must be non-negative") }
    return n
  }

  static func vec(_ call: inout Call) throws(RuntimeError) -> Value {
    var dimension = 0
    if call.count > 1 {
      guard let d = call[1].firstReal, d >= 1, let n = Int(exactly: d), n < 65_536 else {
        throw call.error("DIM must be greater than zero")
      }
      dimension = n - 1
    }
    var value = call.take(0)
    value.reshape(to: Shape([Int](repeating: 1, count: dimension) + [value.count, 1]))
    return value
  }

  static func squeeze(_ call: inout Call) throws(RuntimeError) -> Value {
    var value = call.take(0)
    let shape = value.shape
    if shape.is2D { return value }
    var sizes = shape.sizes.filter { $0 != 1 }
    if sizes.count == 1 { sizes = [sizes[0], 1] }
    value.reshape(to: Shape(sizes))
    return value
  }

  package struct Permute: ArrayTransform {
    package init(order: [Int]) { self.order = order }

    var order: [Int]
    package func callAsFunction<E: ArrayElement>(_ array: NDArray<E>) throws(RuntimeError) -> NDArray<E> {
      array.permuted(order)
    }
  }

  private static func order(_ call: Call) throws(RuntimeError) -> [Int] {
    let list = try Read.list(call[1])
    guard list.count >= call[0].shape.dimensionCount else { throw call.invalid }
    var order: [Int] = []
    for x in list {
      guard let n = Int(exactly: x), n >= 1, n <= list.count else {
        throw call.error("permutation vector contains an invalid element")
      }
      guard !order.contains(n - 1) else {
        throw call.error("permutation vector cannot contain identical elements")
      }
      order.append(n - 1)
    }
    return order
  }

  static func permute(_ call: inout Call) throws(RuntimeError) -> Value {
    try call[0].transformed(Permute(order: order(call)))
  }

  static func ipermute(_ call: inout Call) throws(RuntimeError) -> Value {
    let order = try order(call)
    var inverse = order
    for (k, d) in order.enumerated() { inverse[d] = k }
    return try call[0].transformed(Permute(order: inverse))
  }

  static func transpose(_ call: inout Call) throws(RuntimeError) -> Value {
    try Operators.unary(.transpose, call[0])
  }
  static func ctranspose(_ call: inout Call) throws(RuntimeError) -> Value {
    try Operators.unary(.hermitian, call[0])
  }

  struct Repeat: ArrayTransform {
    var counts: [Int]
    func callAsFunction<E: ArrayElement>(_ array: NDArray<E>) throws(RuntimeError) -> NDArray<E> {
      try RuntimeError.converting { () throws(ArrayError) in try array.repeated(counts) }
    }
  }

  static func repmat(_ call: inout Call) throws(RuntimeError) -> Value {
    var counts: [Int] = []
    if call.count == 2, call[1].count == 1, let x = call[1].firstReal, !x.isNaN, !call[1].isText {
      guard try call.integer(1, type: "int64_t") >= 0 else { throw call.error("invalid dimensions") }
    }
    for k in 1..<call.count {
      if call[k].isText { throw call.error("invalid dimensions") }
      for x in try Read.list(call[k]) {
        guard x.isNaN || x == x.rounded() else {
          throw RuntimeError("conversion of \(NumberText.general(x)) to int64_t value failed")
        }
        counts.append(x.isNaN ? 0 : max(0, try Read.integer(.number(x))))
      }
    }
    if call.count == 2, counts.count == 1 { counts.append(counts[0]) }
    return try call[0].transformed(Repeat(counts: counts))
  }

  private struct Rotate: ArrayTransform {
    var shift: Int
    var dimension: Int
    func callAsFunction<E: ArrayElement>(_ array: NDArray<E>) throws(RuntimeError) -> NDArray<E> {
      array.rotated(by: shift, along: dimension)
    }
  }

  static func circshift(_ call: inout Call) throws(RuntimeError) -> Value {
    let value = call[0]
    if value.isEmpty { return value }
    let shifts = try Read.list(call[1])
    func whole(_ x: Double) throws(RuntimeError) -> Int {
      guard let n = Int(exactly: x) else { throw call.error("all values of N must be integers") }
      return n
    }
    if call.count == 3 {
      guard let x = call[2].firstReal else { throw call.error("DIM must be a valid dimension") }
      // Octave's number of the dimension is read from zero.
      guard x == x.rounded() else {
        throw RuntimeError("conversion of \(NumberText.general(x - 1)) to int64_t value failed")
      }
      let dimension = x < 1 ? 0 : try call.dimension(2, "DIM must be a valid dimension")
      guard shifts.count == 1, dimension < value.shape.dimensionCount else {
        throw call.error("N must be a vector, no longer than the number of dimensions in X")
      }
      return try value.transformed(Rotate(shift: whole(shifts[0]), dimension: dimension))
    }
    if shifts.count == 1 {
      return try value.transformed(Rotate(shift: whole(shifts[0]), dimension: value.shape.firstNonSingleton))
    }
    guard shifts.count <= value.shape.dimensionCount else {
      throw call.error("N must be a vector, no longer than the number of dimensions in X")
    }
    var result = value
    for (d, shift) in shifts.enumerated() {
      result = try result.transformed(Rotate(shift: whole(shift), dimension: d))
    }
    return result
  }

  private struct Reverse: ArrayTransform {
    var dimension: Int
    func callAsFunction<E: ArrayElement>(_ array: NDArray<E>) throws(RuntimeError) -> NDArray<E> {
      array.reversed(along: dimension)
    }
  }

  static func reversed(_ value: Value, along dimension: Int) throws(RuntimeError) -> Value {
    switch value {
    case .diagonal, .permutation:
      // As an index, which makes a permutation matrix of an identity.
      var subscripts = [Value.string(":"), .string(":")]
      let size = dimension < 2 ? value.shape[dimension] : 0
      if dimension < 2, size > 1 {
        subscripts[dimension] = .row((0..<size).map { Double(size - $0) })
        return try Indexing.element(value, at: subscripts)
      }
      return try value.transformed(Reverse(dimension: dimension))
    default: return try value.transformed(Reverse(dimension: dimension))
    }
  }

  static func flip(_ call: inout Call) throws(RuntimeError) -> Value {
    let dimension = try call.dimension(1, for: call[0].shape, "DIM must be a positive integer")
    return try reversed(call[0], along: dimension)
  }
  static func fliplr(_ call: inout Call) throws(RuntimeError) -> Value { try reversed(call[0], along: 1) }
  static func flipud(_ call: inout Call) throws(RuntimeError) -> Value { try reversed(call[0], along: 0) }

  static func rot90(_ call: inout Call) throws(RuntimeError) -> Value {
    guard let k = Int(exactly: try call.real(1, default: 1)) else {
      throw call.error("K must be a single real integer")
    }
    return try rotated(call[0], k, 0, 1)
  }

  static func rotdim(_ call: inout Call) throws(RuntimeError) -> Value {
    guard let k = Int(exactly: try call.real(1, default: 1)) else {
      throw call.error("K must be a scalar integer")
    }
    let shape = call[0].shape
    var plane = (0..<shape.dimensionCount).filter { shape[$0] != 1 }
    if plane.count < 2 { plane = [0, 1] }
    if call.count > 2 {
      let list = try Read.list(call[2])
      guard list.count == 2, let a = Int(exactly: list[0]), let b = Int(exactly: list[1]), a >= 1, b >= 1,
        a != b, max(a, b) <= shape.dimensionCount
      else { throw call.error("PLANE must be a 2 element vector defining a valid plane") }
      plane = [a - 1, b - 1]
    }
    return try rotated(call[0], k, plane[0], plane[1])
  }

  private static func rotated(_ value: Value, _ k: Int, _ a: Int, _ b: Int) throws(RuntimeError) -> Value {
    var order = Array(0..<value.shape.dimensionCount)
    order.swapAt(a, b)
    func turned(_ value: Value) throws(RuntimeError) -> Value {
      switch value {
      case .diagonal, .permutation: try Operators.unary(.transpose, value)
      default: try value.transformed(Permute(order: order))
      }
    }
    switch ((k % 4) + 4) % 4 {
    case 1: return try turned(reversed(value, along: b))
    case 2: return try reversed(reversed(value, along: a), along: b)
    case 3: return try reversed(turned(value), along: b)
    default: return value
    }
  }

  static func cat(_ call: inout Call) throws(RuntimeError) -> Value {
    if call[0].isText || call[0].isCell { throw call.error("DIM must be a valid dimension") }
    let dimension = try call.dimension(0, "DIM must be a valid dimension")
    if call.count == 1 { return .emptyMatrix }
    return try Concatenation.along(
      dimension, Array(call.arguments.dropFirst()), function: "cat", in: call.context)
  }
  static func horzcat(_ call: inout Call) throws(RuntimeError) -> Value {
    if call.count == 0 { return .emptyMatrix }
    return try Concatenation.along(1, call.list, function: "horzcat", in: call.context)
  }
  static func vertcat(_ call: inout Call) throws(RuntimeError) -> Value {
    if call.count == 0 { return .emptyMatrix }
    return try Concatenation.along(0, call.list, function: "vertcat", in: call.context)
  }

  static func colon(_ call: inout Call) throws(RuntimeError) -> Value {
    if call.count == 2 { return try Operators.range(call[0], nil, call[1]) }
    return try Operators.range(call[0], call[1], call[2])
  }
}
