// Elementary functions in vectors of 256 bits, for processors with AVX2; CKernels asks the processor first.
#if defined(__AVX2__)
#define WIDTH middle
#define DOUBLE_VECTOR __m256d
#define SINGLE_VECTOR __m256
#define SLEEF_D(name) Sleef_##name##d4_u10avx2
#define SLEEF_F(name) Sleef_##name##f8_u10avx2
#include "../CKernels/vector-loops.h"
#endif
