import ThetaArrays
import ThetaRuntime

/// A rearrangement of arrays of any element type.
public protocol ArrayTransform {
  func callAsFunction<Element: ArrayElement>(_ array: NDArray<Element>) throws(RuntimeError) -> NDArray<
    Element
  >
}

extension Value {
  /// The value with its array rearranged, in its own class.
  @inlinable
  public func transformed<Transform: ArrayTransform>(_ transform: Transform) throws(RuntimeError) -> Value {
    switch self {
    case .undefined, .function, .object: return self
    case .number(let x): return .make(try transform(NDArray(scalar: x)))
    case .logical(let b): return .make(try transform(NDArray(scalar: b)))
    case .real(let a): return .make(try transform(a))
    case .boolean(let a): return .make(try transform(a))
    case .text(let a, let quotes): return .text(try transform(a), quotes)
    case .complex(let a): return .complex(try transform(a))
    case .single(let a): return .make(try transform(a))
    case .singleComplex(let a): return .singleComplex(try transform(a))
    case .int8(let a): return .make(try transform(a))
    case .int16(let a): return .make(try transform(a))
    case .int32(let a): return .make(try transform(a))
    case .int64(let a): return .make(try transform(a))
    case .uint8(let a): return .make(try transform(a))
    case .uint16(let a): return .make(try transform(a))
    case .uint32(let a): return .make(try transform(a))
    case .uint64(let a): return .make(try transform(a))
    case .cell(let a): return .make(try transform(a))
    case .range, .diagonal, .permutation: return try full.transformed(transform)
    case .structure(let s):
      let offsets = NDArray(s.shape, (0..<s.count).map { Int64($0) })
      let moved = try transform(offsets)
      return .structure(s.selecting(moved.map { Int($0) }, shape: moved.shape))
    }
  }
}

extension Value {
  /// Gives the value another shape of the same count; in place when nobody else holds its array of doubles.
  public mutating func reshape(to shape: Shape) {
    guard case .real(var array) = self else {
      self = reshapedValue(shape)
      return
    }
    self = .undefined
    if isKnownUniquelyReferenced(&array) {
      array.reshape(to: shape)
      self = .make(array)
    } else {
      self = .make(array.reshaped(shape))
    }
  }
}
