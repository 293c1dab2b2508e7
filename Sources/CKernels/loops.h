// What every kernel file shares: loops that the compiler may vectorise although `out` may be an input
// (always at the same index, so there is no dependence between iterations), in a version for each CPU.
#ifndef THETA_LOOPS_H
#define THETA_LOOPS_H

#include "kernels.h"

// A fused multiply-add would round once where the plain code rounds twice.
#pragma STDC FP_CONTRACT OFF
// Not every version can vectorise every loop: the oldest processors have no vector floor.
#pragma clang diagnostic ignored "-Wpass-failed"

#if defined(__x86_64__) && defined(__linux__)
#define THETA_CLONES __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#else
#define THETA_CLONES
#endif

// A file whose loops call the C library defines THETA_CALLS: nothing in them can be vectorised.
#ifdef THETA_CALLS
#define THETA_LOOP for (size_t i = 0; i < count; i++)
#else
#define THETA_LOOP _Pragma("clang loop vectorize(assume_safety)") for (size_t i = 0; i < count; i++)
#endif

// `expression` is in terms of the numbers x and y.
#define DEFINE_BINARY(ATTRIBUTE, T, R, suffix, name, expression)                                      \
  ATTRIBUTE void theta_##name##suffix(R *out, const T *a, ptrdiff_t stride_a, const T *b,             \
                                      ptrdiff_t stride_b, size_t count) {                             \
    if (stride_a != 0 && stride_b != 0) {                                                             \
      THETA_LOOP { const T x = a[i], y = b[i]; out[i] = (expression); }                               \
    } else if (stride_b == 0 && count > 0) {                                                          \
      const T y = *b;                                                                                 \
      THETA_LOOP { const T x = a[i]; out[i] = (expression); }                                         \
    } else if (count > 0) {                                                                           \
      const T x = *a;                                                                                 \
      THETA_LOOP { const T y = b[i]; out[i] = (expression); }                                         \
    }                                                                                                 \
  }

#define DEFINE_UNARY(ATTRIBUTE, T, suffix, name, expression)                                          \
  ATTRIBUTE void theta_##name##suffix(T *out, const T *v, size_t count) {                             \
    THETA_LOOP { const T x = v[i]; out[i] = (expression); }                                           \
  }

#endif
