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

// Real numbers above one lie on a branch cut, where the C library lets the sign of the zero choose the side.
// Mathematical software takes the other one: acos (2) = 0 + 1.317i, asin (2) = 1.571 - 1.317i.
static bool on_cut(double complex z) { return cimag(z) == 0 && creal(z) > 1; }
static double complex cut_acos(double complex z) {
  const double complex w = cacos(z);
  return on_cut(z) ? conj(w) : w;
}
static double complex cut_asin(double complex z) {
  const double complex w = casin(z);
  return on_cut(z) ? conj(w) : w;
}

#define DEFINE_COMPLEX_AS(name, function)                                             \
  void theta_complex_##name(double *out, const double *z, size_t count) {             \
    for (size_t i = 0; i < count; i++) store(out + 2 * i, function(load(z + 2 * i))); \
  }

#define DEFINE_COMPLEX(name) DEFINE_COMPLEX_AS(name, c##name)

DEFINE_COMPLEX(exp)
DEFINE_COMPLEX(log)
DEFINE_COMPLEX(sqrt)
DEFINE_COMPLEX(sin)
DEFINE_COMPLEX(cos)
DEFINE_COMPLEX(tan)
DEFINE_COMPLEX_AS(asin, cut_asin)
DEFINE_COMPLEX_AS(acos, cut_acos)
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
