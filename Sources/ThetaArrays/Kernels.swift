// The operations on doubles and singles that have a kernel in C, and how to run one: over equal shapes, a
// scalar and an array, or with broadcasting; into a new array or in place; on several threads when large.

import CKernels

/// Operations on two real numbers.
public enum BinaryKernel: Sendable, CaseIterable {
  case add, subtract, multiply, divide
  /// Real power: NaN for a negative base and an exponent that is not whole.
  case power
  case atan2, hypot
  /// `rem`: the sign of the first operand. `mod`: that of the second.
  case remainder, modulo
  /// The smaller or larger; NaN only when both are.
  case minimum, maximum

  /// Whether an element costs a few cycles only, so that threads pay for large arrays only.
  var isCheap: Bool {
    switch self {
    case .add, .subtract, .multiply, .divide, .minimum, .maximum: true
    case .power, .atan2, .hypot, .remainder, .modulo: false
    }
  }
}

/// Comparisons of two real numbers.
public enum ComparisonKernel: Sendable, CaseIterable {
  case equal, notEqual, less, lessOrEqual, greater, greaterOrEqual
}

/// Functions of one real number; NaN outside their real domain.
public enum UnaryKernel: Sendable, CaseIterable {
  case negate, absolute, square, sqrt, floor, ceil, trunc, sign
  case exp, expm1, log, log1p, log2, log10, cbrt
  case sin, cos, tan, asin, acos, atan, sinh, cosh, tanh, asinh, acosh, atanh
  /// Half away from zero.
  case round
  case gamma, lgamma, erf, erfc
  /// 1 / (1 + exp (-x))
  case sigmoid

  var isCheap: Bool {
    switch self {
    case .negate, .absolute, .square, .sqrt, .floor, .ceil, .trunc, .sign: true
    default: false
    }
  }
}

/// A type of number that has kernels: `Double` and `Float`.
public protocol KernelElement: VectorElement, BinaryFloatingPoint & Sendable {
  typealias Comparison = (
    UnsafeMutablePointer<Bool>?, UnsafePointer<Self>?, Int, UnsafePointer<Self>?, Int, Int
  ) -> Void

  static func kernel(_ operation: BinaryKernel) -> Binary
  static func kernel(_ comparison: ComparisonKernel) -> Comparison
  static func kernel(_ function: UnaryKernel) -> Unary
}

extension KernelElement {
  /// The loop for so many elements: short arrays get the C library's functions, as every other program does,
  /// long ones vector functions, which may differ in the last bit.
  @inlinable
  static func kernel(_ function: UnaryKernel, count: Int) -> Unary {
    if count >= VectorThreshold.count, let fast = vectorKernel(function) { return fast }
    return kernel(function)
  }

  @inlinable
  static func kernel(_ operation: BinaryKernel, count: Int) -> Binary {
    operation == .power && count >= VectorThreshold.count ? vectorPower : kernel(operation)
  }
}

/// Where vector functions begin.
@usableFromInline
enum VectorThreshold {
  /// Elements of the result.
  @usableFromInline static let count = 256
}

/// Elements below which one thread is faster: cheap operations wait for memory, the others for the processor.
func grain(cheap: Bool) -> Int { cheap ? 1 << 16 : 1 << 13 }

extension NDArray where Element: KernelElement {
  /// The function of every element. `reusing` may be the array itself, whose elements are then replaced: only
  /// for the owner of the single reference.
  @_specialize(where Element == Double)
  @_specialize(where Element == Float)
  public func applying(_ function: UnaryKernel, reusing out: NDArray? = nil) -> NDArray {
    let result = out ?? NDArray(uninitialized: shape)
    precondition(result.count == count, "the result has the shape of the operand")
    let kernel = Element.kernel(function, count: count)
    let (to, from) = (result.base, base)
    Workers.parallel(count, grain: grain(cheap: function.isCheap)) { range in
      kernel(to + range.lowerBound, from + range.lowerBound, range.count)
    }
    return result
  }

  /// The operation on two arrays with broadcasting. `reusing` may be an operand that has the shape of the
  /// result and no other owner, which then receives it; it is ignored when its shape is another. Fails with
  /// `nonconformant`.
  @_specialize(where Element == Double)
  @_specialize(where Element == Float)
  public static func applying(
    _ operation: BinaryKernel, _ a: NDArray, _ b: NDArray, reusing out: NDArray? = nil
  ) throws(ArrayError) -> NDArray {
    // A broadcast may be larger than its operands: it is as large as the rule for one expression needs.
    let kernel = Element.kernel(operation, count: Swift.max(a.count, b.count))
    return try combine(a, b, reusing: out, grain: grain(cheap: operation.isCheap)) {
      kernel($0, $1, $2, $3, $4, $5)
    }
  }

  /// The operation on each element and one number.
  @_specialize(where Element == Double)
  @_specialize(where Element == Float)
  public static func applying(
    _ operation: BinaryKernel, _ a: NDArray, _ b: Element, reusing out: NDArray? = nil
  ) -> NDArray {
    let result = out ?? NDArray(uninitialized: a.shape)
    precondition(result.count == a.count, "the result has the shape of the operand")
    let kernel = Element.kernel(operation, count: a.count)
    let (to, from) = (result.base, a.base)
    Workers.parallel(a.count, grain: grain(cheap: operation.isCheap)) { range in
      withUnsafePointer(to: b) {
        kernel(to + range.lowerBound, from + range.lowerBound, 1, $0, 0, range.count)
      }
    }
    return result
  }

  /// The operation on one number and each element.
  @_specialize(where Element == Double)
  @_specialize(where Element == Float)
  public static func applying(
    _ operation: BinaryKernel, _ a: Element, _ b: NDArray, reusing out: NDArray? = nil
  ) -> NDArray {
    let result = out ?? NDArray(uninitialized: b.shape)
    precondition(result.count == b.count, "the result has the shape of the operand")
    let kernel = Element.kernel(operation, count: b.count)
    let (to, from) = (result.base, b.base)
    Workers.parallel(b.count, grain: grain(cheap: operation.isCheap)) { range in
      withUnsafePointer(to: a) {
        kernel(to + range.lowerBound, $0, 0, from + range.lowerBound, 1, range.count)
      }
    }
    return result
  }

  /// The comparison of two arrays with broadcasting. Fails with `nonconformant`.
  @_specialize(where Element == Double)
  @_specialize(where Element == Float)
  public static func comparing(
    _ comparison: ComparisonKernel, _ a: NDArray, _ b: NDArray
  ) throws(ArrayError) -> NDArray<Bool> {
    let kernel = Element.kernel(comparison)
    return try NDArray<Bool>.combine(a, b, reusing: nil, grain: grain(cheap: true)) {
      kernel($0, $1, $2, $3, $4, $5)
    }
  }

  @_specialize(where Element == Double)
  @_specialize(where Element == Float)
  public static func comparing(_ comparison: ComparisonKernel, _ a: NDArray, _ b: Element) -> NDArray<Bool> {
    let result = NDArray<Bool>(uninitialized: a.shape)
    let kernel = Element.kernel(comparison)
    withUnsafePointer(to: b) { kernel(result.base, a.base, 1, $0, 0, a.count) }
    return result
  }

  @_specialize(where Element == Double)
  @_specialize(where Element == Float)
  public static func comparing(_ comparison: ComparisonKernel, _ a: Element, _ b: NDArray) -> NDArray<Bool> {
    let result = NDArray<Bool>(uninitialized: b.shape)
    let kernel = Element.kernel(comparison)
    withUnsafePointer(to: a) { kernel(result.base, $0, 0, b.base, 1, b.count) }
    return result
  }
}

extension NDArray {
  /// Runs a kernel over the runs of a broadcast.
  fileprivate static func combine<Operand>(
    _ a: NDArray<Operand>, _ b: NDArray<Operand>, reusing out: NDArray?, grain: Int,
    _ kernel: (
      UnsafeMutablePointer<Element>, UnsafePointer<Operand>, Int, UnsafePointer<Operand>, Int, Int
    ) -> Void
  ) throws(ArrayError) -> NDArray {
    if a.shape == b.shape {
      let result = out ?? NDArray(uninitialized: a.shape)
      precondition(result.count == a.count, "the result has the shape of the operands")
      let (to, x, y) = (result.base, a.base, b.base)
      Workers.parallel(a.count, grain: grain) { range in
        let start = range.lowerBound
        kernel(to + start, x + start, 1, y + start, 1, range.count)
      }
      return result
    }
    let plan = try BroadcastPlan(a.shape, b.shape, elementSize: MemoryLayout<Element>.stride)
    let result: NDArray
    if let out, out.shape == plan.shape { result = out } else { result = NDArray(uninitialized: plan.shape) }
    let (to, x, y) = (result.base, a.base, b.base)
    if plan.outer.count == 1 {
      let (size, stepA, stepB) = plan.outer[0]
      let length = plan.runLength
      Workers.parallel(size, grain: Swift.max(1, grain / Swift.max(1, length))) { range in
        for k in range {
          kernel(to + k * length, x + k * stepA, plan.strideA, y + k * stepB, plan.strideB, length)
        }
      }
    } else {
      plan.forEachRun { (offset, offsetA, offsetB) in
        kernel(to + offset, x + offsetA, plan.strideA, y + offsetB, plan.strideB, plan.runLength)
      }
    }
    return result
  }
}
