/// A tree of element-by-element operations, and perhaps a sum over its value, as a list of steps: an operation comes
/// after those whose results it takes, and what occurs twice is one step. `evaluate` runs all steps block by block, so
/// that only operands and the result touch memory.
///
/// It says nothing about classes and sizes: those are looked at on every evaluation, which declines what it does not
/// cover. The results are those of the operations one after another, bit for bit.
public struct FusedProgram: Sendable {
  public enum Operation: Sendable, Hashable {
    case unary(UnaryKernel)
    case binary(BinaryKernel)
    case compare(ComparisonKernel)
    /// `a * b`, where a or b is one number.
    case scale
    /// `a / b`, where b is one number.
    case shrink
    /// Of truth values only.
    case and, or, not
  }

  public enum Source: Sendable, Hashable {
    case operand(Int)
    case constant(Double)
    case step(Int)

    /// Zeros of either sign are different numbers here: one divided by them is.
    public static func == (a: Source, b: Source) -> Bool {
      switch (a, b) {
      case (.operand(let x), .operand(let y)), (.step(let x), .step(let y)): x == y
      case (.constant(let x), .constant(let y)): x.bitPattern == y.bitPattern
      default: false
      }
    }

    public func hash(into hasher: inout Hasher) {
      switch self {
      case .operand(let k), .step(let k): hasher.combine(k)
      case .constant(let x): hasher.combine(x.bitPattern)
      }
    }
  }

  public struct Step: Sendable, Hashable {
    public var operation: Operation
    public var a: Source
    /// The same as `a` for operations on one number.
    public var b: Source

    public init(_ operation: Operation, _ a: Source, _ b: Source) {
      self.operation = operation
      self.a = a
      self.b = b
    }
  }

  /// What becomes of the value of the last step: sums and means go along the first dimension that is not one.
  public enum Reduction: Sendable, Equatable {
    case sum, mean
  }

  public var steps: [Step]
  public var operandCount: Int
  public var reduction: Reduction?

  public init(steps: [Step], operandCount: Int, reduction: Reduction? = nil) {
    self.steps = steps
    self.operandCount = operandCount
    self.reduction = reduction
  }

  /// What a program can take and give.
  public enum Operand {
    case number(Double)
    case truth(Bool)
    case real(NDArray<Double>)
    case single(NDArray<Float>)
    case boolean(NDArray<Bool>)
    /// All elements as one column: `a(:)`.
    case column(NDArray<Double>)

    /// The shape that counts.
    var shape: Shape {
      switch self {
      case .number, .truth: .scalar
      case .real(let a): a.shape
      case .single(let a): a.shape
      case .boolean(let a): a.shape
      case .column(let a): Shape(a.count, 1)
      }
    }
  }

  /// Elements in a block: a handful of blocks fits into the first cache.
  static let blockSize = 1024

  /// The value for some operands, or nil when there is a class, a combination of sizes or a number outside a function's
  /// real domain that the program does not cover; nothing has changed then.
  /// - Parameter reusable: operands, by bit, whose memory the result may take: nobody else holds them, not even the
  ///   caller's register.
  public func evaluate(_ operands: [Operand], reusable: UInt64 = 0) -> Operand? {
    var isSingle = false
    for operand in operands { if case .single = operand { isSingle = true } }
    return isSingle
      ? run(Float.self, operands, reusable) : run(Double.self, operands, reusable)
  }

  private func run<Element: FusedElement>(
    _ type: Element.Type, _ operands: [Operand], _ reusable: UInt64
  ) -> Operand? {
    guard let plan = FusedPlan<Element>(self, operands) else { return nil }
    if let reduction { return plan.reduced(reduction) }
    return plan.elements(operands, reusable)
  }
}

/// `Double` and `Float` as elements of fused arrays.
protocol FusedElement: KernelElement {
  static func array(in operand: FusedProgram.Operand) -> NDArray<Self>?
  static func operand(_ array: NDArray<Self>) -> FusedProgram.Operand
}

extension Double: FusedElement {
  static func array(in operand: FusedProgram.Operand) -> NDArray<Double>? {
    switch operand {
    case .real(let array), .column(let array): array
    default: nil
    }
  }
  static func operand(_ array: NDArray<Double>) -> FusedProgram.Operand { .real(array) }
}

extension Float: FusedElement {
  static func array(in operand: FusedProgram.Operand) -> NDArray<Float>? {
    if case .single(let array) = operand { array } else { nil }
  }
  static func operand(_ array: NDArray<Float>) -> FusedProgram.Operand { .single(array) }
}
