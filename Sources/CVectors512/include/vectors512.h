// What this target defines is declared in CKernels/vectors.c, the only place that calls it.
