#ifndef THETA_KERNELS_H
#define THETA_KERNELS_H

#include <stddef.h>

// Vector loops over contiguous doubles. `out` may be one of the inputs.
void theta_exp(double *out, const double *x, size_t count);

#endif
