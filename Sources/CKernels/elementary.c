// Elementary functions: one call of the C library for each element, so that results are those of every other
// program that uses it.
#include <math.h>

#define THETA_CALLS
#include "loops.h"

#define ONE(name, call)                          \
  DEFINE_UNARY(, double, , name, call(x))        \
  DEFINE_UNARY(, float, _f, name, call##f(x))

ONE(exp, exp)
ONE(expm1, expm1)
ONE(log, log)
ONE(log1p, log1p)
ONE(log2, log2)
ONE(log10, log10)
ONE(cbrt, cbrt)
ONE(sin, sin)
ONE(cos, cos)
ONE(tan, tan)
ONE(asin, asin)
ONE(acos, acos)
ONE(atan, atan)
ONE(sinh, sinh)
ONE(cosh, cosh)
ONE(tanh, tanh)
ONE(asinh, asinh)
ONE(acosh, acosh)
ONE(atanh, atanh)
ONE(round, round)
ONE(erf, erf)
ONE(erfc, erfc)

// The C library's tgamma and lgamma with the values at the poles that mathematical software gives:
// gamma (0) = Inf with the sign of zero, gamma of a negative integer = Inf, gamma (-Inf) = Inf.
static double gamma_of(double x) {
  if (x == 0) return signbit(x) ? -INFINITY : INFINITY;
  if ((x < 0 && trunc(x) == x) || x == -INFINITY) return INFINITY;
  if (isnan(x)) return NAN;
  return tgamma(x);
}
static double log_gamma_of(double x) {
  int sign;
  return lgamma_r(x, &sign);
}
DEFINE_UNARY(, double, , gamma, gamma_of(x))
DEFINE_UNARY(, float, _f, gamma, (float)gamma_of(x))
DEFINE_UNARY(, double, , lgamma, log_gamma_of(x))
DEFINE_UNARY(, float, _f, lgamma, (float)log_gamma_of(x))

DEFINE_UNARY(, double, , sigmoid, 1.0 / (1.0 + exp(-x)))
DEFINE_UNARY(, float, _f, sigmoid, 1.0f / (1.0f + expf(-x)))

DEFINE_BINARY(, double, double, , atan2, atan2(x, y))
DEFINE_BINARY(, float, float, _f, atan2, atan2f(x, y))
DEFINE_BINARY(, double, double, , hypot, hypot(x, y))
DEFINE_BINARY(, float, float, _f, hypot, hypotf(x, y))

// A matrix to a whole power: squares and cubes as products, the reciprocal as a division.
#define DEFINE_POWER(T, suffix, pow)                                                                  \
  void theta_power##suffix(T *out, const T *a, ptrdiff_t stride_a, const T *b, ptrdiff_t stride_b,    \
                           size_t count) {                                                            \
    if (stride_a != 0 && stride_b != 0) {                                                             \
      THETA_LOOP out[i] = pow(a[i], b[i]);                                                            \
    } else if (stride_b == 0 && count > 0) {                                                          \
      const T y = *b;                                                                                 \
      if (y == 2) {                                                                                   \
        THETA_LOOP out[i] = a[i] * a[i];                                                              \
      } else if (y == 3) {                                                                            \
        THETA_LOOP out[i] = a[i] * a[i] * a[i];                                                       \
      } else if (y == -1) {                                                                           \
        THETA_LOOP out[i] = 1 / a[i];                                                                 \
      } else {                                                                                        \
        THETA_LOOP out[i] = pow(a[i], y);                                                             \
      }                                                                                               \
    } else if (count > 0) {                                                                           \
      const T x = *a;                                                                                 \
      THETA_LOOP out[i] = pow(x, b[i]);                                                               \
    }                                                                                                 \
  }
DEFINE_POWER(double, , pow)
DEFINE_POWER(float, _f, powf)

// Remainders: x - y * n with n = x / y rounded towards zero (remainder) or down (modulo). When y is not whole
// and x / y is whole up to rounding, the result is zero. The sign is that of x, or of y.
#define DEFINE_REMAINDERS(T, suffix, f, epsilon)                                                      \
  static T remainder_of##suffix(T x, T y) {                                                           \
    T result;                                                                                         \
    if (y == 0) return (T)NAN;                                                                        \
    const T q = x / y;                                                                                \
    const T nearest = round##f(q);                                                                    \
    if (round##f(y) != y && fabs##f((q - nearest) / nearest) < epsilon) {                             \
      result = 0;                                                                                     \
    } else {                                                                                          \
      const volatile T product = y * trunc##f(q);                                                     \
      result = x - product;                                                                           \
    }                                                                                                 \
    return x != y ? copysign##f(result, x) : result;                                                  \
  }                                                                                                   \
  static T modulo_of##suffix(T x, T y) {                                                              \
    T result;                                                                                         \
    if (y == 0) return x;                                                                             \
    const T q = x / y;                                                                                \
    const T nearest = round##f(q);                                                                    \
    if (round##f(y) != y && fabs##f((q - nearest) / nearest) < epsilon) {                             \
      result = 0;                                                                                     \
    } else {                                                                                          \
      const volatile T product = y * floor##f(q);                                                     \
      result = x - product;                                                                           \
    }                                                                                                 \
    return x != y ? copysign##f(result, y) : result;                                                  \
  }                                                                                                   \
  DEFINE_BINARY(, T, T, suffix, remainder, remainder_of##suffix(x, y))                                \
  DEFINE_BINARY(, T, T, suffix, modulo, modulo_of##suffix(x, y))
DEFINE_REMAINDERS(double, , , 2.220446049250313e-16)
DEFINE_REMAINDERS(float, _f, f, 1.1920929e-7f)
