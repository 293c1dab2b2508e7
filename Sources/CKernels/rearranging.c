// Moving elements: transposition in tiles, and what a mask selects. Largest and smallest elements of columns.
#include <math.h>
#include <string.h>

#include "loops.h"

// Rows first ..< last of a matrix become columns. Tiles keep what is read and what is written in the first cache.
#define DEFINE_TRANSPOSE(T, s)                                                                        \
  THETA_CLONES void theta_transpose##s(T *out, const T *x, size_t rows, size_t columns, size_t first, \
                                       size_t last) {                                                 \
    enum { TILE = 16 };                                                                               \
    for (size_t i0 = first; i0 < last; i0 += TILE) {                                                  \
      const size_t i1 = i0 + TILE < last ? i0 + TILE : last;                                          \
      for (size_t j0 = 0; j0 < columns; j0 += TILE) {                                                 \
        const size_t j1 = j0 + TILE < columns ? j0 + TILE : columns;                                  \
        if (i1 - i0 == TILE && j1 - j0 == TILE) {                                                     \
          T tile[TILE][TILE];                                                                         \
          for (int j = 0; j < TILE; j++) {                                                            \
            for (int i = 0; i < TILE; i++) tile[i][j] = x[(j0 + j) * rows + i0 + i];                  \
          }                                                                                           \
          for (int i = 0; i < TILE; i++) {                                                            \
            memcpy(out + (i0 + i) * columns + j0, tile[i], sizeof tile[i]);                           \
          }                                                                                           \
        } else {                                                                                      \
          for (size_t i = i0; i < i1; i++) {                                                          \
            for (size_t j = j0; j < j1; j++) out[i * columns + j] = x[j * rows + i];                  \
          }                                                                                           \
        }                                                                                             \
      }                                                                                               \
    }                                                                                                 \
  }
DEFINE_TRANSPOSE(double, )
DEFINE_TRANSPOSE(float, _f)

THETA_CLONES size_t theta_count(const bool *flags, size_t count) {
  size_t total = 0;
  for (size_t i = 0; i < count; i++) total += flags[i];
  return total;
}

// Every element is written; the next one replaces it unless its flag is set. The last one is not written past the end.
void theta_compress(double *out, const double *x, const bool *flags, size_t count, size_t selected) {
  size_t k = 0;
  for (size_t i = 0; i < count && k < selected; i++) {
    out[k] = x[i];
    k += flags[i];
  }
}

// Sixteen running extremes; a NaN loses against a number.
#define DEFINE_EXTREME(name, better)                                                   \
  THETA_CLONES double theta_##name##_of(const double *x, size_t count) {               \
    double lanes[16];                                                                  \
    for (int k = 0; k < 16; k++) lanes[k] = NAN;                                       \
    size_t i = 0;                                                                      \
    for (; i + 16 <= count; i += 16) {                                                 \
      for (int k = 0; k < 16; k++) {                                                   \
        const double a = lanes[k], b = x[i + k];                                       \
        lanes[k] = b != b ? a : (a better b ? a : b);                                  \
      }                                                                                \
    }                                                                                  \
    for (; i < count; i++) {                                                           \
      const double a = lanes[0], b = x[i];                                             \
      lanes[0] = b != b ? a : (a better b ? a : b);                                    \
    }                                                                                  \
    for (int half = 8; half > 0; half /= 2) {                                          \
      for (int k = 0; k < half; k++) {                                                 \
        const double a = lanes[k], b = lanes[k + half];                                \
        lanes[k] = b != b ? a : (a better b ? a : b);                                  \
      }                                                                                \
    }                                                                                  \
    return lanes[0];                                                                   \
  }
DEFINE_EXTREME(maximum, >=)
DEFINE_EXTREME(minimum, <=)
