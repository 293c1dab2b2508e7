// Embeds Sources/ThetaLibrary/Library/*.nn. A new file needs its two entries here; a test checks that none is missing.
#include "library.h"

static const unsigned char angles[] = {
#embed "../ThetaLibrary/Library/angles.nn"
};
static const unsigned char arrays[] = {
#embed "../ThetaLibrary/Library/arrays.nn"
};
static const unsigned char bessel[] = {
#embed "../ThetaLibrary/Library/bessel.nn"
};
static const unsigned char checks[] = {
#embed "../ThetaLibrary/Library/checks.nn"
};
static const unsigned char equations[] = {
#embed "../ThetaLibrary/Library/equations.nn"
};
static const unsigned char factors[] = {
#embed "../ThetaLibrary/Library/factors.nn"
};
static const unsigned char files[] = {
#embed "../ThetaLibrary/Library/files.nn"
};
static const unsigned char geometry[] = {
#embed "../ThetaLibrary/Library/geometry.nn"
};
static const unsigned char gradients[] = {
#embed "../ThetaLibrary/Library/gradients.nn"
};
static const unsigned char grids[] = {
#embed "../ThetaLibrary/Library/grids.nn"
};
static const unsigned char images[] = {
#embed "../ThetaLibrary/Library/images.nn"
};
static const unsigned char incomplete[] = {
#embed "../ThetaLibrary/Library/incomplete.nn"
};
static const unsigned char integrals[] = {
#embed "../ThetaLibrary/Library/integrals.nn"
};
static const unsigned char matrices[] = {
#embed "../ThetaLibrary/Library/matrices.nn"
};
static const unsigned char moving[] = {
#embed "../ThetaLibrary/Library/moving.nn"
};
static const unsigned char network[] = {
#embed "../ThetaLibrary/Library/network.nn"
};
static const unsigned char piecewise[] = {
#embed "../ThetaLibrary/Library/piecewise.nn"
};
static const unsigned char plots[] = {
#embed "../ThetaLibrary/Library/plots.nn"
};
static const unsigned char polynomials[] = {
#embed "../ThetaLibrary/Library/polynomials.nn"
};
static const unsigned char quadrature[] = {
#embed "../ThetaLibrary/Library/quadrature.nn"
};
static const unsigned char session[] = {
#embed "../ThetaLibrary/Library/session.nn"
};
static const unsigned char signals[] = {
#embed "../ThetaLibrary/Library/signals.nn"
};
static const unsigned char solvers[] = {
#embed "../ThetaLibrary/Library/solvers.nn"
};
static const unsigned char sparse[] = {
#embed "../ThetaLibrary/Library/sparse.nn"
};
static const unsigned char special[] = {
#embed "../ThetaLibrary/Library/special.nn"
};
static const unsigned char statistics[] = {
#embed "../ThetaLibrary/Library/statistics.nn"
};
static const unsigned char strings[] = {
#embed "../ThetaLibrary/Library/strings.nn"
};

#define FILE_ROW(name) {#name ".nn", name, sizeof name}

static const unsigned char usage[] = {
#embed "data/usage.txt"
};

static const theta_library_file library_files[] = {
    FILE_ROW(angles),
    FILE_ROW(arrays),
    FILE_ROW(bessel),
    FILE_ROW(checks),
    FILE_ROW(equations),
    FILE_ROW(factors),
    FILE_ROW(files),
    FILE_ROW(geometry),
    FILE_ROW(gradients),
    FILE_ROW(grids),
    FILE_ROW(images),
    FILE_ROW(incomplete),
    FILE_ROW(integrals),
    FILE_ROW(matrices),
    FILE_ROW(moving),
    FILE_ROW(network),
    FILE_ROW(piecewise),
    FILE_ROW(plots),
    FILE_ROW(polynomials),
    FILE_ROW(quadrature),
    FILE_ROW(session),
    FILE_ROW(signals),
    FILE_ROW(solvers),
    FILE_ROW(sparse),
    FILE_ROW(special),
    FILE_ROW(statistics),
    FILE_ROW(strings),
};

const theta_library_file *theta_library_files(size_t *count) {
  *count = sizeof library_files / sizeof library_files[0];
  return library_files;
}

const unsigned char *theta_usage_forms(size_t *count) {
  *count = sizeof usage;
  return usage;
}
