// Sums and products of columns. A column is added strictly in order, so that the result does not depend on the
// machine; several columns go side by side, which hides the latency of the additions.
#include "loops.h"

#define DEFINE_COLUMNS(T, name, step)                                                                  \
  THETA_CLONES void name(T *results, const T *x, size_t rows, size_t columns) {                       \
    size_t j = 0;                                                                                     \
    for (; j + 8 <= columns; j += 8) {                                                                \
      const T *c = x + j * rows;                                                                      \
      T r[8];                                                                                         \
      for (int k = 0; k < 8; k++) r[k] = results[j + k];                                              \
      for (size_t i = 0; i < rows; i++) {                                                             \
        for (int k = 0; k < 8; k++) {                                                                 \
          const T v = c[i + k * rows];                                                                \
          r[k] = r[k] step;                                                                           \
        }                                                                                             \
      }                                                                                               \
      for (int k = 0; k < 8; k++) results[j + k] = r[k];                                              \
    }                                                                                                 \
    for (; j < columns; j++) {                                                                        \
      const T *c = x + j * rows;                                                                      \
      T r = results[j];                                                                               \
      for (size_t i = 0; i < rows; i++) {                                                             \
        const T v = c[i];                                                                             \
        r = r step;                                                                                   \
      }                                                                                               \
      results[j] = r;                                                                                 \
    }                                                                                                 \
  }

DEFINE_COLUMNS(double, theta_sum_columns, +v)
DEFINE_COLUMNS(float, theta_sum_columns_f, +v)
DEFINE_COLUMNS(double, theta_sum_squares_columns, +v * v)
DEFINE_COLUMNS(double, theta_product_columns, *v)

THETA_CLONES void theta_accumulate_sum(double *sums, const double *x, size_t count) {
  THETA_LOOP sums[i] += x[i];
}
THETA_CLONES void theta_accumulate_sum_squares(double *sums, const double *x, size_t count) {
  THETA_LOOP sums[i] += x[i] * x[i];
}
THETA_CLONES void theta_accumulate_product(double *products, const double *x, size_t count) {
  THETA_LOOP products[i] *= x[i];
}
