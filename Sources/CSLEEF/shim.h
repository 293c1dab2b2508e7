// SLEEF is called from CKernels, which declares the vector functions of each processor itself: the library's own
// header only shows those of the processor that the compiler was told to compile for.
