import ThetaArrays
import ThetaRuntime

/// The two-dimensional pages of an N-d array, in the order of its elements.
struct Pages {
  let shape: Shape
  let count: Int

  init(_ shape: Shape) {
    self.shape = shape
    count = shape.higher.reduce(1) { $0 * $1 }
  }

  /// `ans(:,:,2,1)`
  func name(_ page: Int) -> String {
    var rest = page
    var name = "ans(:,:"
    for size in shape.higher where size > 0 {
      name += ",\(rest % size + 1)"
      rest /= size
    }
    return name + ")"
  }

  func slice(_ value: Value, _ page: Int) -> Value {
    switch value {
    case .real(let a): .make(slice(a, page))
    case .boolean(let a): .make(slice(a, page))
    case .text(let a, let quotes): .text(slice(a, page), quotes)
    case .complex(let a): .make(slice(a, page))
    case .single(let a): .single(slice(a, page))
    case .singleComplex(let a): .make(slice(a, page))
    default: value
    }
  }

  func slice<Element>(_ array: NDArray<Element>, _ page: Int) -> NDArray<Element> {
    let flat = Shape(shape.rows, shape.columns)
    let start = page * flat.count
    return NDArray(flat, (start..<start + flat.count).map { array[$0] })
  }
}
