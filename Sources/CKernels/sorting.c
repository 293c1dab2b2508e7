// Sorting numbers by the digits of their bits. NaN and negative zero, whose order bits do not tell, are the caller's.
#include <stdint.h>
#include <string.h>

#include "kernels.h"

enum { DIGITS = 6, BITS = 11, RADIX = 1 << BITS };

// Keys whose unsigned order is that of the numbers.
static uint64_t key_of(uint64_t bits) { return bits >> 63 ? ~bits : bits | (1ull << 63); }
static uint64_t bits_of(uint64_t key) { return key >> 63 ? key & ~(1ull << 63) : ~key; }

bool theta_sortable(const double *x, size_t count) {
  const uint64_t *bits = (const uint64_t *)x;
  unsigned odd = 0;
  for (size_t i = 0; i < count; i++) odd |= (x[i] != x[i]) | (bits[i] == 1ull << 63);
  return odd == 0;
}

void theta_sort_keys(uint64_t *keys, const double *x, uint64_t *scratch, size_t count) {
  static const size_t radix = RADIX;
  size_t counts[DIGITS][RADIX];
  memset(counts, 0, sizeof counts);
  for (size_t i = 0; i < count; i++) {
    uint64_t bits;
    memcpy(&bits, x + i, sizeof bits);
    const uint64_t key = key_of(bits);
    keys[i] = key;
    for (int d = 0; d < DIGITS; d++) counts[d][(key >> (d * BITS)) & (RADIX - 1)]++;
  }
  uint64_t *from = keys, *to = scratch;
  for (int d = 0; d < DIGITS; d++) {
    size_t *slots = counts[d];
    const int shift = d * BITS;
    if (count == 0 || slots[(from[0] >> shift) & (RADIX - 1)] == count) continue;
    size_t sum = 0;
    for (size_t k = 0; k < radix; k++) {
      const size_t number = slots[k];
      slots[k] = sum;
      sum += number;
    }
    for (size_t i = 0; i < count; i++) {
      const uint64_t key = from[i];
      to[slots[(key >> shift) & (RADIX - 1)]++] = key;
    }
    uint64_t *other = from;
    from = to;
    to = other;
  }
  if (from != keys) memcpy(keys, from, count * sizeof *keys);
}

void theta_merge_keys(double *out, const uint64_t *a, size_t count_a, const uint64_t *b, size_t count_b) {
  size_t i = 0, j = 0, k = 0;
  while (i < count_a && j < count_b) {
    const bool first = a[i] <= b[j];
    const uint64_t bits = bits_of(first ? a[i] : b[j]);
    i += first;
    j += !first;
    memcpy(out + k++, &bits, sizeof bits);
  }
  for (; i < count_a; i++) {
    const uint64_t bits = bits_of(a[i]);
    memcpy(out + k++, &bits, sizeof bits);
  }
  for (; j < count_b; j++) {
    const uint64_t bits = bits_of(b[j]);
    memcpy(out + k++, &bits, sizeof bits);
  }
}
