// Products of large matrices for processors with AVX-512; theta_has_wide_products tells whether this is one.
#include "../CKernels/include/kernels.h"

size_t theta_slivers(size_t columns) { return (columns + 7) / 8; }

#if defined(__AVX512F__)
#include <string.h>

#pragma STDC FP_CONTRACT ON  // One rounding for a product and its sum, as in every BLAS.

enum {
  DEPTH = THETA_PANEL_DEPTH,          // of the inner size in one block; a sliver of it is in the first cache
  ROWS_OF_BLOCK = THETA_PANEL_ROWS,   // a multiple of 48; a block of rows is in the second cache
  DEPTH_OF_DOTS = 1024,
  COLUMNS_OF_BLOCK = 40,   // of the left operand, in the second cache
};

// The inner size in blocks of nearly the same depth, the columns of the right operand in slivers of 5 to 8.
static size_t blocks(size_t inner) { return (inner + DEPTH - 1) / DEPTH; }
static size_t start(size_t block, size_t inner) { return inner * block / blocks(inner); }
static size_t edge(size_t sliver, size_t columns) { return columns * sliver / theta_slivers(columns); }

#define ELEMENT double
#define LANES 8
#define NAMED(x) x
#include "product-loops.h"

#define ELEMENT float
#define LANES 16
#define NAMED(x) x##_f
#include "product-loops.h"

#else  // Never called here.
#define NOTHING(T, s)                                                                                             \
  void theta_wide_pack##s(size_t first, size_t last, size_t columns, size_t inner, const T *b, size_t ldb,       \
                          bool transposed, T *packed) {}                                                         \
  void theta_wide_rows##s(size_t first, size_t last, size_t columns, size_t inner, const T *a, size_t lda,       \
                          const T *packed, T *c, size_t ldc, T *panels) {}                                       \
  void theta_wide_columns##s(size_t rows, size_t first, size_t last, size_t inner, const T *a, size_t lda,       \
                             const T *b, size_t ldb, T *c, size_t ldc) {}
NOTHING(double, )
NOTHING(float, _f)
#endif
