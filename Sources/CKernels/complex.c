// Complex functions of the C library over pairs of doubles. Division and powers are here too because the
// language runtime's versions handle infinities and extreme scales.
#include <complex.h>
#include <math.h>

#include "kernels.h"

// Not real + imaginary * I, which would spoil infinities and the sign of zero.
static double complex load(const double *z) {
  double complex result;
  double *parts = (double *)&result;
  parts[0] = z[0];
  parts[1] = z[1];
  return result;
}

static void store(double *out, double complex z) {
  out[0] = creal(z);
  out[1] = cimag(z);
}

#define DEFINE_COMPLEX(name)                                                   \
  void theta_complex_##name(double *out, const double *z, size_t count) {      \
    for (size_t i = 0; i < count; i++) store(out + 2 * i, c##name(load(z + 2 * i))); \
  }

DEFINE_COMPLEX(exp)
DEFINE_COMPLEX(log)
DEFINE_COMPLEX(sqrt)
DEFINE_COMPLEX(sin)
DEFINE_COMPLEX(cos)
DEFINE_COMPLEX(tan)
DEFINE_COMPLEX(asin)
DEFINE_COMPLEX(acos)
DEFINE_COMPLEX(atan)
DEFINE_COMPLEX(sinh)
DEFINE_COMPLEX(cosh)
DEFINE_COMPLEX(tanh)
DEFINE_COMPLEX(asinh)
DEFINE_COMPLEX(acosh)
DEFINE_COMPLEX(atanh)

void theta_complex_divide(double *out, const double *a, const double *b) {
  store(out, load(a) / load(b));
}
void theta_complex_power(double *out, const double *a, const double *b) {
  store(out, cpow(load(a), load(b)));
}
