// Elementary functions in vectors of 512 bits, for processors with AVX-512; CKernels asks the processor first.
#if defined(__AVX512F__)
#define WIDTH wide
#define DOUBLE_VECTOR __m512d
#define SINGLE_VECTOR __m512
#define SLEEF_D(name) Sleef_##name##d8_u10avx512f
#define SLEEF_F(name) Sleef_##name##f16_u10avx512f
#include "../CKernels/vector-loops.h"
#endif
