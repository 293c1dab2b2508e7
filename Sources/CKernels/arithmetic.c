// Arithmetic and comparisons: the processor's own operations, so every vector width gives the same bits.
#include <math.h>

#include "loops.h"

#define ARITHMETIC(T, s)                                         \
  DEFINE_BINARY(THETA_CLONES, T, T, s, add, x + y)               \
  DEFINE_BINARY(THETA_CLONES, T, T, s, subtract, x - y)          \
  DEFINE_BINARY(THETA_CLONES, T, T, s, multiply, x *y)           \
  DEFINE_BINARY(THETA_CLONES, T, T, s, divide, x / y)            \
  DEFINE_BINARY(THETA_CLONES, T, bool, s, equal, x == y)         \
  DEFINE_BINARY(THETA_CLONES, T, bool, s, not_equal, x != y)     \
  DEFINE_BINARY(THETA_CLONES, T, bool, s, less, x < y)           \
  DEFINE_BINARY(THETA_CLONES, T, bool, s, less_equal, x <= y)    \
  DEFINE_BINARY(THETA_CLONES, T, bool, s, greater, x > y)        \
  DEFINE_BINARY(THETA_CLONES, T, bool, s, greater_equal, x >= y) \
  DEFINE_UNARY(THETA_CLONES, T, s, negate, -x)                   \
  DEFINE_UNARY(THETA_CLONES, T, s, square, x *x)

ARITHMETIC(double, )
ARITHMETIC(float, _f)

// A NaN loses against a number.
DEFINE_BINARY(THETA_CLONES, double, double, , minimum, y != y ? x : (x <= y ? x : y))
DEFINE_BINARY(THETA_CLONES, double, double, , maximum, y != y ? x : (x >= y ? x : y))
DEFINE_BINARY(THETA_CLONES, float, float, _f, minimum, y != y ? x : (x <= y ? x : y))
DEFINE_BINARY(THETA_CLONES, float, float, _f, maximum, y != y ? x : (x >= y ? x : y))
DEFINE_UNARY(THETA_CLONES, double, , absolute, fabs(x))
DEFINE_UNARY(THETA_CLONES, float, _f, absolute, fabsf(x))
DEFINE_UNARY(THETA_CLONES, double, , sqrt, sqrt(x))
DEFINE_UNARY(THETA_CLONES, float, _f, sqrt, sqrtf(x))
DEFINE_UNARY(THETA_CLONES, double, , floor, floor(x))
DEFINE_UNARY(THETA_CLONES, float, _f, floor, floorf(x))
DEFINE_UNARY(THETA_CLONES, double, , ceil, ceil(x))
DEFINE_UNARY(THETA_CLONES, float, _f, ceil, ceilf(x))
DEFINE_UNARY(THETA_CLONES, double, , trunc, trunc(x))
DEFINE_UNARY(THETA_CLONES, float, _f, trunc, truncf(x))
DEFINE_UNARY(THETA_CLONES, double, , sign, x > 0 ? 1.0 : (x < 0 ? -1.0 : (x == 0 ? 0.0 : x)))
DEFINE_UNARY(THETA_CLONES, float, _f, sign, x > 0 ? 1.0f : (x < 0 ? -1.0f : (x == 0 ? 0.0f : x)))
