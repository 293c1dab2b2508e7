// Elementary functions over long arrays through SLEEF's vector functions, whose results are within one unit in the
// last place of the exact ones. The widest vectors that the processor has are chosen at run time. The result of an
// element does not depend on its place in the array.
#include <math.h>

#include "kernels.h"

#if defined(__x86_64__)
// Vectors of 128 bits, which every such processor has, are here; the others in targets that are compiled for them.
#define WIDTH narrow
#define DOUBLE_VECTOR __m128d
#define SINGLE_VECTOR __m128
#define SLEEF_D(name) Sleef_##name##d2_u10
#define SLEEF_F(name) Sleef_##name##f4_u10
#include "vector-loops.h"

typedef enum { UNKNOWN, NARROW, MIDDLE, WIDE } Width;

static Width width(void) {
  // Every thread that gets here at first finds the same answer.
  static _Atomic int known = UNKNOWN;
  int result = known;
  if (result == UNKNOWN) {
    result = __builtin_cpu_supports("avx512f") ? WIDE
             : __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") ? MIDDLE
                                                                                : NARROW;
    known = result;
  }
  return (Width)result;
}

#define CHOSEN(name, ...)                                                                     \
  const Width w = width();                                                                    \
  (w == WIDE ? theta_wide_##name : w == MIDDLE ? theta_middle_##name : theta_narrow_##name)(__VA_ARGS__);

#define VECTOR(name)                                                            \
  void theta_wide_##name(double *, const double *, size_t);                     \
  void theta_wide_##name##_f(float *, const float *, size_t);                   \
  void theta_middle_##name(double *, const double *, size_t);                   \
  void theta_middle_##name##_f(float *, const float *, size_t);                 \
  void theta_vector_##name(double *out, const double *x, size_t count) {        \
    CHOSEN(name, out, x, count)                                                 \
  }                                                                             \
  void theta_vector_##name##_f(float *out, const float *x, size_t count) {      \
    CHOSEN(name##_f, out, x, count)                                             \
  }

void theta_wide_power(double *, const double *, double, size_t);
void theta_wide_power_f(float *, const float *, float, size_t);
void theta_middle_power(double *, const double *, double, size_t);
void theta_middle_power_f(float *, const float *, float, size_t);
static void power(double *out, const double *x, double exponent, size_t count) {
  CHOSEN(power, out, x, exponent, count)
}
static void power_f(float *out, const float *x, float exponent, size_t count) {
  CHOSEN(power_f, out, x, exponent, count)
}

bool theta_has_wide_products(void) { return width() == WIDE; }

#else  // Other processors: the C library, one element at a time.

bool theta_has_wide_products(void) { return false; }

#define VECTOR(name)                                                       \
  void theta_vector_##name(double *out, const double *x, size_t count) {   \
    theta_##name(out, x, count);                                           \
  }                                                                        \
  void theta_vector_##name##_f(float *out, const float *x, size_t count) { \
    theta_##name##_f(out, x, count);                                       \
  }

static void power(double *out, const double *x, double exponent, size_t count) {
  theta_power(out, x, 1, &exponent, 0, count);
}
static void power_f(float *out, const float *x, float exponent, size_t count) {
  theta_power_f(out, x, 1, &exponent, 0, count);
}
#endif

VECTOR(exp)
VECTOR(expm1)
VECTOR(log)
VECTOR(log1p)
VECTOR(sin)
VECTOR(cos)
VECTOR(tan)
VECTOR(tanh)
VECTOR(atan)
VECTOR(sigmoid)

// Whole exponents stay with the C library, whose powers are exact where they can be.
void theta_vector_power(double *out, const double *a, ptrdiff_t stride_a, const double *b, ptrdiff_t stride_b,
                        size_t count) {
  if (stride_a == 0 || stride_b != 0 || count == 0 || trunc(*b) == *b || !isfinite(*b)) {
    theta_power(out, a, stride_a, b, stride_b, count);
  } else {
    power(out, a, *b, count);
  }
}
void theta_vector_power_f(float *out, const float *a, ptrdiff_t stride_a, const float *b, ptrdiff_t stride_b,
                          size_t count) {
  if (stride_a == 0 || stride_b != 0 || count == 0 || truncf(*b) == *b || !isfinite(*b)) {
    theta_power_f(out, a, stride_a, b, stride_b, count);
  } else {
    power_f(out, a, *b, count);
  }
}
