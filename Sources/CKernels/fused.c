// What only fused expressions need: comparisons whose results are the numbers 0 and 1, logic on those, and sums of
// blocks in a fixed arrangement.
#include "loops.h"

#define MASKS(T, s)                                                       \
  DEFINE_BINARY(THETA_CLONES, T, T, s, mask_equal, (T)(x == y))           \
  DEFINE_BINARY(THETA_CLONES, T, T, s, mask_not_equal, (T)(x != y))       \
  DEFINE_BINARY(THETA_CLONES, T, T, s, mask_less, (T)(x < y))             \
  DEFINE_BINARY(THETA_CLONES, T, T, s, mask_less_equal, (T)(x <= y))      \
  DEFINE_BINARY(THETA_CLONES, T, T, s, mask_greater, (T)(x > y))          \
  DEFINE_BINARY(THETA_CLONES, T, T, s, mask_greater_equal, (T)(x >= y))   \
  DEFINE_BINARY(THETA_CLONES, T, T, s, mask_and, (T)((x != 0) & (y != 0))) \
  DEFINE_BINARY(THETA_CLONES, T, T, s, mask_or, (T)((x != 0) | (y != 0)))  \
  DEFINE_UNARY(THETA_CLONES, T, s, mask_not, (T)(x == 0))                 \
  DEFINE_UNARY(THETA_CLONES, T, s, cube, x *x *x)                         \
  THETA_CLONES void theta_widen##s(T *out, const bool *flags, size_t count) {  \
    THETA_LOOP out[i] = (T)flags[i];                                      \
  }                                                                       \
  THETA_CLONES void theta_narrow##s(bool *out, const T *x, size_t count) { \
    THETA_LOOP out[i] = x[i] != 0;                                        \
  }                                                                       \
  THETA_CLONES bool theta_any_below##s(const T *x, size_t count, T limit) { \
    unsigned found = 0;                                                   \
    for (size_t i = 0; i < count; i++) found |= x[i] < limit;             \
    return found != 0;                                                    \
  }

MASKS(double, )
MASKS(float, _f)

// Sixteen running sums, element i in the one numbered i modulo 16, then added in pairs.
#define DEFINE_BLOCK_SUM(T, s, name, term)                                \
  THETA_CLONES T name##s(const T *x, size_t count) {                      \
    T lanes[16] = {0};                                                    \
    size_t i = 0;                                                         \
    for (; i + 16 <= count; i += 16) {                                    \
      for (int k = 0; k < 16; k++) {                                      \
        const T v = x[i + k];                                             \
        lanes[k] += term;                                                 \
      }                                                                   \
    }                                                                     \
    for (int k = 0; i < count; i++, k++) {                                \
      const T v = x[i];                                                   \
      lanes[k] += term;                                                   \
    }                                                                     \
    for (int half = 8; half > 0; half /= 2) {                             \
      for (int k = 0; k < half; k++) lanes[k] += lanes[k + half];         \
    }                                                                     \
    return lanes[0];                                                      \
  }

DEFINE_BLOCK_SUM(double, , theta_block_sum, v)
DEFINE_BLOCK_SUM(float, _f, theta_block_sum, v)
DEFINE_BLOCK_SUM(double, , theta_block_sum_squares, v *v)
DEFINE_BLOCK_SUM(float, _f, theta_block_sum_squares, v *v)
