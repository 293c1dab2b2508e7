import ThetaArrays
import ThetaRuntime

// Rearrangement: most functions that move elements about (permute, flip, repmat, sort by index, triu, …) are a list of
// source offsets in the order of the result.

extension Value {
  /// The elements at zero-based offsets, in a shape of as many elements; −1 stands for the fill value (zero, NUL, `[]`).
  /// Every class of value keeps its class.
  package func gathered(_ offsets: [Int], _ shape: Shape) -> Value {
    func pick<Element: ArrayElement>(_ source: NDArray<Element>) -> NDArray<Element> {
      NDArray(shape) { buffer in
        for (i, offset) in offsets.enumerated() {
          buffer.initializeElement(at: i, to: offset < 0 ? Element.zero : source[offset])
        }
      }
    }
    switch self {
    case .undefined, .function, .object: return self
    case .number(let x): return .make(pick(NDArray(scalar: x)))
    case .logical(let b): return .make(pick(NDArray(scalar: b)))
    case .real(let a): return .make(pick(a))
    case .boolean(let a): return .make(pick(a))
    case .text(let a, let quotes): return .text(pick(a), quotes)
    case .complex(let a): return .make(pick(a))
    case .single(let a): return .make(pick(a))
    case .singleComplex(let a): return .make(pick(a))
    case .int8(let a): return .make(pick(a))
    case .int16(let a): return .make(pick(a))
    case .int32(let a): return .make(pick(a))
    case .int64(let a): return .make(pick(a))
    case .uint8(let a): return .make(pick(a))
    case .uint16(let a): return .make(pick(a))
    case .uint32(let a): return .make(pick(a))
    case .uint64(let a): return .make(pick(a))
    case .cell(let a): return .make(pick(a))
    case .range, .diagonal, .permutation: return full.gathered(offsets, shape)
    case .structure(let s):
      let width = s.names.count
      var values: [Value] = []
      values.reserveCapacity(offsets.count * width)
      for offset in offsets {
        if offset < 0 {
          values.append(contentsOf: repeatElement(.emptyMatrix, count: width))
        } else {
          values.append(contentsOf: s.values[offset * width..<(offset + 1) * width])
        }
      }
      return .structure(StructArray(shape, names: s.names, values: values))
    }
  }

  /// The same elements in another shape of the same count.
  package func reshapedValue(_ shape: Shape) -> Value {
    if shape == self.shape { return full }
    switch self {
    case .real(let a): return .make(a.reshaped(shape))
    case .boolean(let a): return .make(a.reshaped(shape))
    case .text(let a, let quotes): return .text(a.reshaped(shape), quotes)
    case .complex(let a): return .complex(a.reshaped(shape))
    case .single(let a): return .single(a.reshaped(shape))
    case .singleComplex(let a): return .singleComplex(a.reshaped(shape))
    case .cell(let a): return .cell(a.reshaped(shape))
    case .object(let object):
      guard let result = try? object.reshaped(to: shape) else { return self }
      return result
    default: return gathered(Array(0..<shape.count), shape)
    }
  }

  /// Repeats the rearrangement that `body` states for each block along one dimension: for every (outer, inner)
  /// pair the result has `count` elements, element `k` from position `body (k)` of the slice (−1: fill).
  package func gatheredAlong(_ dimension: Int, count: Int, _ body: (Int) -> Int) -> Value {
    let shape = self.shape
    let positions = (0..<count).map(body)
    if !positions.contains(where: { $0 < 0 }),
      let moved = try? transformed(SliceGather(positions: positions, dimension: dimension))
    {
      return moved
    }
    let (inner, length, outer) = shape.split(at: dimension)
    var offsets: [Int] = []
    offsets.reserveCapacity(inner * count * outer)
    for o in 0..<outer {
      for position in positions {
        for i in 0..<inner {
          offsets.append(position < 0 ? -1 : i + inner * (position + length * o))
        }
      }
    }
    return gathered(offsets, shape.replacing(dimension, with: count))
  }
}

private struct SliceGather: ArrayTransform {
  var positions: [Int]
  var dimension: Int
  func callAsFunction<E: ArrayElement>(_ array: NDArray<E>) throws(RuntimeError) -> NDArray<E> {
    array.gathered(positions, along: dimension)
  }
}
