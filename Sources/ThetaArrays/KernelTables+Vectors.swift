// Which function in C carries out the kernels for long arrays and for fused expressions.

import CKernels

/// Kernels that only long arrays and fused expressions use.
public protocol VectorElement: ArrayElement {
  typealias Binary = (
    UnsafeMutablePointer<Self>?, UnsafePointer<Self>?, Int, UnsafePointer<Self>?, Int, Int
  ) -> Void
  typealias Unary = (UnsafeMutablePointer<Self>?, UnsafePointer<Self>?, Int) -> Void

  /// The function through vector instructions, within one unit in the last place; nil when there is none.
  static func vectorKernel(_ function: UnaryKernel) -> Unary?
  static var vectorPower: Binary { get }
  /// The comparison with the numbers 0 and 1 as results.
  static func maskKernel(_ comparison: ComparisonKernel) -> Binary
  static var maskAnd: Binary { get }
  static var maskOr: Binary { get }
  static var maskNot: Unary { get }
  static var cube: Unary { get }
  static func widen(_ out: UnsafeMutablePointer<Self>, _ flags: UnsafePointer<Bool>, _ count: Int)
  static func narrow(_ out: UnsafeMutablePointer<Bool>, _ x: UnsafePointer<Self>, _ count: Int)
  static func isAnyBelow(_ x: UnsafePointer<Self>, _ count: Int, _ limit: Self) -> Bool
  /// The sum of a block in a fixed arrangement of partial sums.
  static func blockSum(_ x: UnsafePointer<Self>, _ count: Int) -> Self
  static func blockSumOfSquares(_ x: UnsafePointer<Self>, _ count: Int) -> Self
  /// Adds the rows of each column, in their order, to its sum.
  static func addColumns(
    _ sums: UnsafeMutablePointer<Self>, _ x: UnsafePointer<Self>, rows: Int, columns: Int)
}

extension Double: VectorElement {
  public static func vectorKernel(_ function: UnaryKernel) -> Unary? {
    switch function {
    case .exp: theta_vector_exp
    case .expm1: theta_vector_expm1
    case .log: theta_vector_log
    case .log1p: theta_vector_log1p
    case .sin: theta_vector_sin
    case .cos: theta_vector_cos
    case .tan: theta_vector_tan
    case .tanh: theta_vector_tanh
    case .atan: theta_vector_atan
    case .sigmoid: theta_vector_sigmoid
    default: nil
    }
  }

  public static var vectorPower: Binary { theta_vector_power }

  public static func maskKernel(_ comparison: ComparisonKernel) -> Binary {
    switch comparison {
    case .equal: theta_mask_equal
    case .notEqual: theta_mask_not_equal
    case .less: theta_mask_less
    case .lessOrEqual: theta_mask_less_equal
    case .greater: theta_mask_greater
    case .greaterOrEqual: theta_mask_greater_equal
    }
  }

  public static var maskAnd: Binary { theta_mask_and }
  public static var maskOr: Binary { theta_mask_or }
  public static var maskNot: Unary { theta_mask_not }
  public static var cube: Unary { theta_cube }
  public static func widen(_ out: UnsafeMutablePointer<Double>, _ flags: UnsafePointer<Bool>, _ count: Int) {
    theta_widen(out, flags, count)
  }
  public static func narrow(_ out: UnsafeMutablePointer<Bool>, _ x: UnsafePointer<Double>, _ count: Int) {
    theta_narrow(out, x, count)
  }
  public static func isAnyBelow(_ x: UnsafePointer<Double>, _ count: Int, _ limit: Double) -> Bool {
    theta_any_below(x, count, limit)
  }
  public static func blockSum(_ x: UnsafePointer<Double>, _ count: Int) -> Double {
    theta_block_sum(x, count)
  }
  public static func blockSumOfSquares(_ x: UnsafePointer<Double>, _ count: Int) -> Double {
    theta_block_sum_squares(x, count)
  }
  public static func addColumns(
    _ sums: UnsafeMutablePointer<Double>, _ x: UnsafePointer<Double>, rows: Int, columns: Int
  ) {
    theta_sum_columns(sums, x, rows, columns)
  }
}

extension Float: VectorElement {
  public static func vectorKernel(_ function: UnaryKernel) -> Unary? {
    switch function {
    case .exp: theta_vector_exp_f
    case .expm1: theta_vector_expm1_f
    case .log: theta_vector_log_f
    case .log1p: theta_vector_log1p_f
    case .sin: theta_vector_sin_f
    case .cos: theta_vector_cos_f
    case .tan: theta_vector_tan_f
    case .tanh: theta_vector_tanh_f
    case .atan: theta_vector_atan_f
    case .sigmoid: theta_vector_sigmoid_f
    default: nil
    }
  }

  public static var vectorPower: Binary { theta_vector_power_f }

  public static func maskKernel(_ comparison: ComparisonKernel) -> Binary {
    switch comparison {
    case .equal: theta_mask_equal_f
    case .notEqual: theta_mask_not_equal_f
    case .less: theta_mask_less_f
    case .lessOrEqual: theta_mask_less_equal_f
    case .greater: theta_mask_greater_f
    case .greaterOrEqual: theta_mask_greater_equal_f
    }
  }

  public static var maskAnd: Binary { theta_mask_and_f }
  public static var maskOr: Binary { theta_mask_or_f }
  public static var maskNot: Unary { theta_mask_not_f }
  public static var cube: Unary { theta_cube_f }
  public static func widen(_ out: UnsafeMutablePointer<Float>, _ flags: UnsafePointer<Bool>, _ count: Int) {
    theta_widen_f(out, flags, count)
  }
  public static func narrow(_ out: UnsafeMutablePointer<Bool>, _ x: UnsafePointer<Float>, _ count: Int) {
    theta_narrow_f(out, x, count)
  }
  public static func isAnyBelow(_ x: UnsafePointer<Float>, _ count: Int, _ limit: Float) -> Bool {
    theta_any_below_f(x, count, limit)
  }
  public static func blockSum(_ x: UnsafePointer<Float>, _ count: Int) -> Float {
    theta_block_sum_f(x, count)
  }
  public static func blockSumOfSquares(_ x: UnsafePointer<Float>, _ count: Int) -> Float {
    theta_block_sum_squares_f(x, count)
  }
  public static func addColumns(
    _ sums: UnsafeMutablePointer<Float>, _ x: UnsafePointer<Float>, rows: Int, columns: Int
  ) {
    theta_sum_columns_f(sums, x, rows, columns)
  }
}
