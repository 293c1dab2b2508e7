// Loops of SLEEF's functions over whole vectors, and a padded one at the end. Included once for each width of vectors,
// in a file that is compiled for processors that have it: only then do vectors travel in registers, as SLEEF expects.
//
// The file defines WIDTH (the name of the width), DOUBLES (numbers in a vector), DOUBLE_VECTOR, SINGLE_VECTOR, and
// SLEEF_D and SLEEF_F (the library's name of a function).
#include <immintrin.h>
#include <stddef.h>
#include <string.h>

#define JOINED(width, name) theta_##width##_##name
#define NAMED(width, name) JOINED(width, name)

#define LOOP(T, VECTOR, EXPRESSION)                      \
  enum { LANES = sizeof(VECTOR) / sizeof(T) };           \
  VECTOR x;                                              \
  size_t i = 0;                                          \
  for (; i + LANES <= count; i += LANES) {               \
    memcpy(&x, v + i, sizeof x);                         \
    const VECTOR result = EXPRESSION;                    \
    memcpy(out + i, &result, sizeof x);                  \
  }                                                      \
  if (i < count) {                                       \
    memset(&x, 0, sizeof x);                             \
    memcpy(&x, v + i, (count - i) * sizeof(T));          \
    const VECTOR result = EXPRESSION;                    \
    memcpy(out + i, &result, (count - i) * sizeof(T));   \
  }

#define UNARY(name)                                                               \
  DOUBLE_VECTOR SLEEF_D(name)(DOUBLE_VECTOR);                                     \
  SINGLE_VECTOR SLEEF_F(name)(SINGLE_VECTOR);                                     \
  void NAMED(WIDTH, name)(double *out, const double *v, size_t count) {           \
    LOOP(double, DOUBLE_VECTOR, SLEEF_D(name)(x))                                 \
  }                                                                               \
  void NAMED(WIDTH, name##_f)(float *out, const float *v, size_t count) {         \
    LOOP(float, SINGLE_VECTOR, SLEEF_F(name)(x))                                  \
  }

UNARY(exp)
UNARY(expm1)
UNARY(log)
UNARY(log1p)
UNARY(sin)
UNARY(cos)
UNARY(tan)
UNARY(tanh)
UNARY(atan)

// 1 / (1 + exp (-x)), each step rounded as in the expression.
void NAMED(WIDTH, sigmoid)(double *out, const double *v, size_t count) {
  LOOP(double, DOUBLE_VECTOR, 1.0 / (1.0 + SLEEF_D(exp)(-x)))
}
void NAMED(WIDTH, sigmoid_f)(float *out, const float *v, size_t count) {
  LOOP(float, SINGLE_VECTOR, 1.0f / (1.0f + SLEEF_F(exp)(-x)))
}

DOUBLE_VECTOR SLEEF_D(pow)(DOUBLE_VECTOR, DOUBLE_VECTOR);
SINGLE_VECTOR SLEEF_F(pow)(SINGLE_VECTOR, SINGLE_VECTOR);
void NAMED(WIDTH, power)(double *out, const double *v, double exponent, size_t count) {
  const DOUBLE_VECTOR y = exponent - (DOUBLE_VECTOR){0};
  LOOP(double, DOUBLE_VECTOR, SLEEF_D(pow)(x, y))
}
void NAMED(WIDTH, power_f)(float *out, const float *v, float exponent, size_t count) {
  const SINGLE_VECTOR y = exponent - (SINGLE_VECTOR){0};
  LOOP(float, SINGLE_VECTOR, SLEEF_F(pow)(x, y))
}
