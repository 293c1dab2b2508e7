// Products of large matrices in vectors of 512 bits, for one type of number: ELEMENT, LANES of which are a vector;
// NAMED (x) is the name of function x for it. All matrices are column-major.
//
// A block of the result stays in registers while the inner size runs: 3 vectors of rows by at most 8 columns, or 5 by 5
// sums of products. This is the scheme of K. Goto and R. van de Geijn, "Anatomy of high-performance matrix
// multiplication", ACM TOMS 34 (2008): blocks of the left operand in the second cache, slivers of the right one in the first.

typedef ELEMENT NAMED (Vector) __attribute__((vector_size(64), aligned(sizeof(ELEMENT))));
#define Vector NAMED (Vector)
#define PANEL (3 * LANES)  // rows of the result that are kept in registers

// `rows` <= PANEL rows and `columns` columns of c from a panel of the left operand and a sliver of the right one.
#define DEFINE_TILE(columns)                                                                                       \
  static void NAMED (tile##columns)(size_t inner, const ELEMENT *restrict a, const ELEMENT *restrict b,            \
                                    ELEMENT *restrict c, size_t ldc, size_t rows, bool adding) {                   \
    Vector sums[columns][3] = {};                                                                                  \
    for (size_t p = 0; p < inner; p++, a += PANEL, b += columns) {                                                 \
      const Vector x = *(const Vector *)a, y = *(const Vector *)(a + LANES), z = *(const Vector *)(a + 2 * LANES); \
      _Pragma("clang loop unroll(full)") for (size_t j = 0; j < columns; j++) {                                    \
        const Vector w = (Vector){} + b[j];                                                                        \
        sums[j][0] += x * w;                                                                                       \
        sums[j][1] += y * w;                                                                                       \
        sums[j][2] += z * w;                                                                                       \
      }                                                                                                            \
    }                                                                                                              \
    for (size_t j = 0; j < columns; j++) {                                                                         \
      ELEMENT *out = c + j * ldc;                                                                                  \
      if (rows == PANEL) {                                                                                         \
        for (size_t v = 0; v < 3; v++) {                                                                           \
          Vector *t = (Vector *)(out + v * LANES);                                                                 \
          *t = adding ? *t + sums[j][v] : sums[j][v];                                                              \
        }                                                                                                          \
      } else {                                                                                                     \
        ELEMENT column[PANEL];                                                                                     \
        memcpy(column, sums[j], sizeof column);                                                                    \
        for (size_t i = 0; i < rows; i++) out[i] = adding ? out[i] + column[i] : column[i];                        \
      }                                                                                                            \
    }                                                                                                              \
  }
DEFINE_TILE(1) DEFINE_TILE(2) DEFINE_TILE(3) DEFINE_TILE(4)
DEFINE_TILE(5) DEFINE_TILE(6) DEFINE_TILE(7) DEFINE_TILE(8)
static void (*const NAMED (tiles)[])(size_t, const ELEMENT *, const ELEMENT *, ELEMENT *, size_t, size_t, bool) = {
    NULL,         NAMED (tile1), NAMED (tile2), NAMED (tile3), NAMED (tile4),
    NAMED (tile5), NAMED (tile6), NAMED (tile7), NAMED (tile8)};

// Slivers first ..< last of the right operand: each row of a sliver side by side, block after block of the inner size.
void NAMED (theta_wide_pack)(size_t first, size_t last, size_t columns, size_t inner, const ELEMENT *b, size_t ldb,
                             bool transposed, ELEMENT *packed) {
  for (size_t q = 0; q < blocks(inner); q++) {
    const size_t from = start(q, inner), depth = start(q + 1, inner) - from;
    for (size_t s = first; s < last; s++) {
      const size_t left = edge(s, columns), width = edge(s + 1, columns) - left;
      ELEMENT *out = packed + from * columns + left * depth;
      for (size_t p = from; p < from + depth; p++, out += width) {
        for (size_t j = 0; j < width; j++) out[j] = transposed ? b[p * ldb + left + j] : b[(left + j) * ldb + p];
      }
    }
  }
}

// Rows first ..< last of c = a b, b packed. `panels` has room for a block.
void NAMED (theta_wide_rows)(size_t first, size_t last, size_t columns, size_t inner, const ELEMENT *a, size_t lda,
                             const ELEMENT *packed, ELEMENT *c, size_t ldc, ELEMENT *panels) {
  const size_t height = ROWS_OF_BLOCK / PANEL * PANEL;
  for (size_t q = 0; q < blocks(inner); q++) {
    const size_t from = start(q, inner), depth = start(q + 1, inner) - from;
    for (size_t top = first; top < last; top += height) {
      const size_t bottom = top + height < last ? top + height : last;
      ELEMENT *out = panels;
      for (size_t i = top; i < bottom; i += PANEL) {
        const size_t rows = bottom - i < PANEL ? bottom - i : PANEL;
        for (size_t p = from; p < from + depth; p++, out += PANEL) {
          const ELEMENT *x = a + p * lda + i;
          if (rows == PANEL) {
            for (size_t v = 0; v < 3; v++) ((Vector *)out)[v] = ((const Vector *)x)[v];
          } else {
            memcpy(out, x, rows * sizeof(ELEMENT));
            memset(out + rows, 0, (PANEL - rows) * sizeof(ELEMENT));
          }
        }
      }
      for (size_t s = 0; s < theta_slivers(columns); s++) {
        const size_t left = edge(s, columns), width = edge(s + 1, columns) - left;
        const ELEMENT *sliver = packed + from * columns + left * depth, *panel = panels;
        for (size_t i = top; i < bottom; i += PANEL, panel += PANEL * depth) {
          NAMED (tiles)[width](depth, panel, sliver, c + left * ldc + i, ldc, bottom - i < PANEL ? bottom - i : PANEL,
                               q > 0);
        }
      }
    }
  }
}

// m by n sums of products of columns of a with columns of b.
#define DEFINE_DOTS(m, n)                                                                                          \
  static void NAMED (dots##m##n)(size_t inner, const ELEMENT *a, size_t lda, const ELEMENT *b, size_t ldb,         \
                                 ELEMENT *c, size_t ldc, bool adding) {                                            \
    Vector sums[m][n] = {};                                                                                        \
    size_t p = 0;                                                                                                  \
    for (; p + LANES <= inner; p += LANES) {                                                                       \
      Vector x[m];                                                                                                 \
      _Pragma("clang loop unroll(full)") for (size_t i = 0; i < m; i++) x[i] = *(const Vector *)(a + i * lda + p); \
      _Pragma("clang loop unroll(full)") for (size_t j = 0; j < n; j++) {                                          \
        const Vector y = *(const Vector *)(b + j * ldb + p);                                                       \
        _Pragma("clang loop unroll(full)") for (size_t i = 0; i < m; i++) sums[i][j] += x[i] * y;                  \
      }                                                                                                            \
    }                                                                                                              \
    for (size_t j = 0; j < n; j++) {                                                                               \
      for (size_t i = 0; i < m; i++) {                                                                             \
        ELEMENT sum = NAMED (added)(sums[i][j]);                                                                   \
        for (size_t r = p; r < inner; r++) sum += a[i * lda + r] * b[j * ldb + r];                                 \
        c[j * ldc + i] = adding ? c[j * ldc + i] + sum : sum;                                                      \
      }                                                                                                            \
    }                                                                                                              \
  }

static ELEMENT NAMED (added)(Vector sums) {
  ELEMENT parts[LANES];
  memcpy(parts, &sums, sizeof parts);
  for (size_t half = LANES / 2; half > 0; half /= 2) {
    for (size_t i = 0; i < half; i++) parts[i] += parts[i + half];
  }
  return parts[0];
}

DEFINE_DOTS(5, 5) DEFINE_DOTS(5, 1) DEFINE_DOTS(1, 5) DEFINE_DOTS(1, 1)

// Columns first ..< last of c = a' b.
void NAMED (theta_wide_columns)(size_t rows, size_t first, size_t last, size_t inner, const ELEMENT *a, size_t lda,
                                const ELEMENT *b, size_t ldb, ELEMENT *c, size_t ldc) {
  for (size_t from = 0; from < inner; from += DEPTH_OF_DOTS) {
    const size_t depth = inner - from < DEPTH_OF_DOTS ? inner - from : DEPTH_OF_DOTS;
    for (size_t top = 0; top < rows; top += COLUMNS_OF_BLOCK) {
      const size_t bottom = top + COLUMNS_OF_BLOCK < rows ? top + COLUMNS_OF_BLOCK : rows;
      for (size_t j = first, n; j < last; j += n) {
        n = last - j >= 5 ? 5 : 1;
        for (size_t i = top, m; i < bottom; i += m) {
          m = bottom - i >= 5 ? 5 : 1;
          (m == 5 ? n == 5 ? NAMED (dots55) : NAMED (dots51) : n == 5 ? NAMED (dots15) : NAMED (dots11))(
              depth, a + i * lda + from, lda, b + j * ldb + from, ldb, c + j * ldc + i, ldc, from > 0);
        }
      }
    }
  }
}

#undef ELEMENT
#undef LANES
#undef NAMED
#undef Vector
#undef PANEL
#undef DEFINE_TILE
#undef DEFINE_DOTS
