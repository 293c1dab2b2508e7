#ifndef THETA_KERNELS_H
#define THETA_KERNELS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// Vector loops over contiguous numbers. `out` may be one of the inputs. Every result is that of the plain
// scalar operation, bit for bit: no contraction, no reassociation. Only the functions named `vector` differ from
// the C library's, by at most one unit in the last place.

// Binary operations: a stride is 1 for an array and 0 for one number used throughout.
#define THETA_BINARY(T, suffix, name)                                                               \
  void theta_##name##suffix(T *out, const T *a, ptrdiff_t stride_a, const T *b, ptrdiff_t stride_b, \
                            size_t count);
#define THETA_COMPARISON(T, suffix, name)                                                              \
  void theta_##name##suffix(bool *out, const T *a, ptrdiff_t stride_a, const T *b, ptrdiff_t stride_b, \
                            size_t count);
#define THETA_UNARY(T, suffix, name) void theta_##name##suffix(T *out, const T *x, size_t count);

#define THETA_BINARY_LIST(T, s)                                                                       \
  THETA_BINARY(T, s, add) THETA_BINARY(T, s, subtract) THETA_BINARY(T, s, multiply)                   \
  THETA_BINARY(T, s, divide) THETA_BINARY(T, s, power) THETA_BINARY(T, s, atan2)                      \
  THETA_BINARY(T, s, hypot) THETA_BINARY(T, s, remainder) THETA_BINARY(T, s, modulo)                  \
  THETA_BINARY(T, s, minimum) THETA_BINARY(T, s, maximum)

#define THETA_COMPARISON_LIST(T, s)                                                                   \
  THETA_COMPARISON(T, s, equal) THETA_COMPARISON(T, s, not_equal) THETA_COMPARISON(T, s, less)        \
  THETA_COMPARISON(T, s, less_equal) THETA_COMPARISON(T, s, greater)                                  \
  THETA_COMPARISON(T, s, greater_equal)

#define THETA_UNARY_LIST(T, s)                                                                        \
  THETA_UNARY(T, s, negate) THETA_UNARY(T, s, absolute) THETA_UNARY(T, s, square)                     \
  THETA_UNARY(T, s, exp) THETA_UNARY(T, s, expm1) THETA_UNARY(T, s, log) THETA_UNARY(T, s, log1p)     \
  THETA_UNARY(T, s, log2) THETA_UNARY(T, s, log10) THETA_UNARY(T, s, sqrt) THETA_UNARY(T, s, cbrt)    \
  THETA_UNARY(T, s, sin) THETA_UNARY(T, s, cos) THETA_UNARY(T, s, tan) THETA_UNARY(T, s, asin)        \
  THETA_UNARY(T, s, acos) THETA_UNARY(T, s, atan) THETA_UNARY(T, s, sinh) THETA_UNARY(T, s, cosh)     \
  THETA_UNARY(T, s, tanh) THETA_UNARY(T, s, asinh) THETA_UNARY(T, s, acosh) THETA_UNARY(T, s, atanh)  \
  THETA_UNARY(T, s, floor) THETA_UNARY(T, s, ceil) THETA_UNARY(T, s, round) THETA_UNARY(T, s, trunc)  \
  THETA_UNARY(T, s, sign) THETA_UNARY(T, s, gamma) THETA_UNARY(T, s, lgamma) THETA_UNARY(T, s, erf)   \
  THETA_UNARY(T, s, erfc) THETA_UNARY(T, s, sigmoid)

THETA_BINARY_LIST(double, )
THETA_BINARY_LIST(float, _f)
THETA_COMPARISON_LIST(double, )
THETA_COMPARISON_LIST(float, _f)
THETA_UNARY_LIST(double, )
THETA_UNARY_LIST(float, _f)

// Elementary functions for long arrays.
#define THETA_VECTOR_LIST(T, s)                                                                       \
  THETA_UNARY(T, s, vector_exp) THETA_UNARY(T, s, vector_expm1) THETA_UNARY(T, s, vector_log)         \
  THETA_UNARY(T, s, vector_log1p) THETA_UNARY(T, s, vector_sin) THETA_UNARY(T, s, vector_cos)         \
  THETA_UNARY(T, s, vector_tan) THETA_UNARY(T, s, vector_tanh) THETA_UNARY(T, s, vector_atan)         \
  THETA_UNARY(T, s, vector_sigmoid) THETA_BINARY(T, s, vector_power)
THETA_VECTOR_LIST(double, )
THETA_VECTOR_LIST(float, _f)

// Inside fused expressions truth is a number: 0 or 1.
#define THETA_MASK_LIST(T, s)                                                                         \
  THETA_BINARY(T, s, mask_equal) THETA_BINARY(T, s, mask_not_equal) THETA_BINARY(T, s, mask_less)     \
  THETA_BINARY(T, s, mask_less_equal) THETA_BINARY(T, s, mask_greater)                                \
  THETA_BINARY(T, s, mask_greater_equal) THETA_BINARY(T, s, mask_and) THETA_BINARY(T, s, mask_or)     \
  THETA_UNARY(T, s, mask_not) THETA_UNARY(T, s, cube)                                                 \
  void theta_widen##s(T *out, const bool *flags, size_t count);                                       \
  void theta_narrow##s(bool *out, const T *x, size_t count);                                          \
  bool theta_any_below##s(const T *x, size_t count, T limit);
THETA_MASK_LIST(double, )
THETA_MASK_LIST(float, _f)

// The sum of a block, and of its squares, in sixteen running sums that are added in pairs.
double theta_block_sum(const double *x, size_t count);
float theta_block_sum_f(const float *x, size_t count);
double theta_block_sum_squares(const double *x, size_t count);
float theta_block_sum_squares_f(const float *x, size_t count);

// Sums of the columns of a column-major block, each column added from its first element on. `sums` holds the
// starting values.
void theta_sum_columns(double *sums, const double *x, size_t rows, size_t columns);
void theta_sum_columns_f(float *sums, const float *x, size_t rows, size_t columns);
void theta_sum_squares_columns(double *sums, const double *x, size_t rows, size_t columns);
void theta_product_columns(double *products, const double *x, size_t rows, size_t columns);
// sums[i] += x[i], sums[i] += x[i] * x[i], products[i] *= x[i]
void theta_accumulate_sum(double *sums, const double *x, size_t count);
void theta_accumulate_sum_squares(double *sums, const double *x, size_t count);
void theta_accumulate_product(double *products, const double *x, size_t count);

// Sorting without NaN and negative zeros, which `sortable` rules out: keys in the order of the numbers (`scratch` has
// room for as many), and numbers in order from two sorted lists of keys.
bool theta_sortable(const double *x, size_t count);
void theta_sort_keys(uint64_t *keys, const double *x, uint64_t *scratch, size_t count);
void theta_merge_keys(double *out, const uint64_t *a, size_t count_a, const uint64_t *b, size_t count_b);

// Rows first ..< last of a column-major matrix as columns of its transpose.
void theta_transpose(double *out, const double *x, size_t rows, size_t columns, size_t first, size_t last);
void theta_transpose_f(float *out, const float *x, size_t rows, size_t columns, size_t first, size_t last);
// The number of flags that are set, and the elements beside them, `selected` in number.
size_t theta_count(const bool *flags, size_t count);
void theta_compress(double *out, const double *x, const bool *flags, size_t count, size_t selected);
// The largest and smallest number, NaN when there is none; the sign of a zero is any that occurs.
double theta_maximum_of(const double *x, size_t count);
double theta_minimum_of(const double *x, size_t count);

// Products of large column-major matrices. To be called only where theta_has_wide_products () is true.
// theta_wide_pack lays out op (b), inner by columns, for theta_wide_rows: slivers first ..< last of the
// theta_slivers (columns) there are. theta_wide_rows calculates rows first ..< last of c = a op (b); `panels` has room for
// THETA_PANEL_DEPTH * THETA_PANEL_ROWS numbers. theta_wide_columns calculates columns first ..< last of c = a' b.
// A number of the result does not depend on how its matrix is divided among calls.
enum { THETA_PANEL_DEPTH = 512, THETA_PANEL_ROWS = 144 };
bool theta_has_wide_products(void);
size_t theta_slivers(size_t columns);
#define THETA_WIDE_PRODUCTS(T, s)                                                                     \
  void theta_wide_pack##s(size_t first, size_t last, size_t columns, size_t inner, const T *b,        \
                          size_t ldb, bool transposed, T *packed);                                    \
  void theta_wide_rows##s(size_t first, size_t last, size_t columns, size_t inner, const T *a,        \
                          size_t lda, const T *packed, T *c, size_t ldc, T *panels);                  \
  void theta_wide_columns##s(size_t rows, size_t first, size_t last, size_t inner, const T *a,        \
                             size_t lda, const T *b, size_t ldb, T *c, size_t ldc);
THETA_WIDE_PRODUCTS(double, )
THETA_WIDE_PRODUCTS(float, _f)

// Complex functions over pairs (real, imaginary), as the C library computes them.
#define THETA_COMPLEX_UNARY(name) void theta_complex_##name(double *out, const double *z, size_t count);
THETA_COMPLEX_UNARY(exp) THETA_COMPLEX_UNARY(log) THETA_COMPLEX_UNARY(sqrt) THETA_COMPLEX_UNARY(sin)
THETA_COMPLEX_UNARY(cos) THETA_COMPLEX_UNARY(tan) THETA_COMPLEX_UNARY(asin) THETA_COMPLEX_UNARY(acos)
THETA_COMPLEX_UNARY(atan) THETA_COMPLEX_UNARY(sinh) THETA_COMPLEX_UNARY(cosh) THETA_COMPLEX_UNARY(tanh)
THETA_COMPLEX_UNARY(asinh) THETA_COMPLEX_UNARY(acosh) THETA_COMPLEX_UNARY(atanh)
// One pair each.
void theta_complex_divide(double *out, const double *a, const double *b);
void theta_complex_power(double *out, const double *a, const double *b);

#endif
