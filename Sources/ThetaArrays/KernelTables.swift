// Which function in C carries out each kernel, for doubles and for singles.

import CKernels

extension Double: KernelElement {
  public static func kernel(_ operation: BinaryKernel) -> Binary {
    switch operation {
    case .add: theta_add
    case .subtract: theta_subtract
    case .multiply: theta_multiply
    case .divide: theta_divide
    case .power: theta_power
    case .atan2: theta_atan2
    case .hypot: theta_hypot
    case .remainder: theta_remainder
    case .modulo: theta_modulo
    case .minimum: theta_minimum
    case .maximum: theta_maximum
    }
  }

  public static func kernel(_ comparison: ComparisonKernel) -> Comparison {
    switch comparison {
    case .equal: theta_equal
    case .notEqual: theta_not_equal
    case .less: theta_less
    case .lessOrEqual: theta_less_equal
    case .greater: theta_greater
    case .greaterOrEqual: theta_greater_equal
    }
  }

  public static func kernel(_ function: UnaryKernel) -> Unary {
    switch function {
    case .negate: theta_negate
    case .absolute: theta_absolute
    case .square: theta_square
    case .sqrt: theta_sqrt
    case .floor: theta_floor
    case .ceil: theta_ceil
    case .trunc: theta_trunc
    case .sign: theta_sign
    case .exp: theta_exp
    case .expm1: theta_expm1
    case .log: theta_log
    case .log1p: theta_log1p
    case .log2: theta_log2
    case .log10: theta_log10
    case .cbrt: theta_cbrt
    case .sin: theta_sin
    case .cos: theta_cos
    case .tan: theta_tan
    case .asin: theta_asin
    case .acos: theta_acos
    case .atan: theta_atan
    case .sinh: theta_sinh
    case .cosh: theta_cosh
    case .tanh: theta_tanh
    case .asinh: theta_asinh
    case .acosh: theta_acosh
    case .atanh: theta_atanh
    case .round: theta_round
    case .gamma: theta_gamma
    case .lgamma: theta_lgamma
    case .erf: theta_erf
    case .erfc: theta_erfc
    case .sigmoid: theta_sigmoid
    }
  }
}

extension Float: KernelElement {
  public static func kernel(_ operation: BinaryKernel) -> Binary {
    switch operation {
    case .add: theta_add_f
    case .subtract: theta_subtract_f
    case .multiply: theta_multiply_f
    case .divide: theta_divide_f
    case .power: theta_power_f
    case .atan2: theta_atan2_f
    case .hypot: theta_hypot_f
    case .remainder: theta_remainder_f
    case .modulo: theta_modulo_f
    case .minimum: theta_minimum_f
    case .maximum: theta_maximum_f
    }
  }

  public static func kernel(_ comparison: ComparisonKernel) -> Comparison {
    switch comparison {
    case .equal: theta_equal_f
    case .notEqual: theta_not_equal_f
    case .less: theta_less_f
    case .lessOrEqual: theta_less_equal_f
    case .greater: theta_greater_f
    case .greaterOrEqual: theta_greater_equal_f
    }
  }

  public static func kernel(_ function: UnaryKernel) -> Unary {
    switch function {
    case .negate: theta_negate_f
    case .absolute: theta_absolute_f
    case .square: theta_square_f
    case .sqrt: theta_sqrt_f
    case .floor: theta_floor_f
    case .ceil: theta_ceil_f
    case .trunc: theta_trunc_f
    case .sign: theta_sign_f
    case .exp: theta_exp_f
    case .expm1: theta_expm1_f
    case .log: theta_log_f
    case .log1p: theta_log1p_f
    case .log2: theta_log2_f
    case .log10: theta_log10_f
    case .cbrt: theta_cbrt_f
    case .sin: theta_sin_f
    case .cos: theta_cos_f
    case .tan: theta_tan_f
    case .asin: theta_asin_f
    case .acos: theta_acos_f
    case .atan: theta_atan_f
    case .sinh: theta_sinh_f
    case .cosh: theta_cosh_f
    case .tanh: theta_tanh_f
    case .asinh: theta_asinh_f
    case .acosh: theta_acosh_f
    case .atanh: theta_atanh_f
    case .round: theta_round_f
    case .gamma: theta_gamma_f
    case .lgamma: theta_lgamma_f
    case .erf: theta_erf_f
    case .erfc: theta_erfc_f
    case .sigmoid: theta_sigmoid_f
    }
  }
}
