// The C interface of BLAS, and the LAPACK routines that Theta calls, by their Fortran names: every argument is a
// pointer, and the length of every character argument follows at the end. Complex arrays are `void *`.
#ifndef THETA_OPENBLAS_SHIM_H
#define THETA_OPENBLAS_SHIM_H

#include <cblas.h>
#include <stddef.h>

typedef const int *theta_in;
typedef const char *theta_mode;

// T: the element.
#define THETA_LAPACK(p, T)                                                                                     \
  void p##getrf_(theta_in m, theta_in n, T *a, theta_in lda, int *ipiv, int *info);                            \
  void p##getri_(theta_in n, T *a, theta_in lda, theta_in ipiv, T *work, theta_in lwork, int *info);           \
  void p##getrs_(theta_mode trans, theta_in n, theta_in nrhs, const T *a, theta_in lda, theta_in ipiv, T *b,   \
                 theta_in ldb, int *info, size_t);                                                             \
  void p##potrf_(theta_mode uplo, theta_in n, T *a, theta_in lda, int *info, size_t);                          \
  void p##potri_(theta_mode uplo, theta_in n, T *a, theta_in lda, int *info, size_t);                          \
  void p##potrs_(theta_mode uplo, theta_in n, theta_in nrhs, const T *a, theta_in lda, T *b, theta_in ldb,     \
                 int *info, size_t);                                                                           \
  void p##trtrs_(theta_mode uplo, theta_mode trans, theta_mode diag, theta_in n, theta_in nrhs, const T *a,    \
                 theta_in lda, T *b, theta_in ldb, int *info, size_t, size_t, size_t);                         \
  void p##trtri_(theta_mode uplo, theta_mode diag, theta_in n, T *a, theta_in lda, int *info, size_t, size_t); \
  void p##geqrf_(theta_in m, theta_in n, T *a, theta_in lda, T *tau, T *work, theta_in lwork, int *info);

THETA_LAPACK(d, double)
THETA_LAPACK(z, void)

// Condition numbers, whose last workspace is integer for real matrices and real for complex ones.
void dgecon_(theta_mode norm, theta_in n, const double *a, theta_in lda, const double *anorm, double *rcond,
             double *work, int *iwork, int *info, size_t);
void zgecon_(theta_mode norm, theta_in n, const void *a, theta_in lda, const double *anorm, double *rcond,
             void *work, double *rwork, int *info, size_t);
void dpocon_(theta_mode uplo, theta_in n, const double *a, theta_in lda, const double *anorm, double *rcond,
             double *work, int *iwork, int *info, size_t);
void zpocon_(theta_mode uplo, theta_in n, const void *a, theta_in lda, const double *anorm, double *rcond,
             void *work, double *rwork, int *info, size_t);
void dtrcon_(theta_mode norm, theta_mode uplo, theta_mode diag, theta_in n, const double *a, theta_in lda,
             double *rcond, double *work, int *iwork, int *info, size_t, size_t, size_t);
void ztrcon_(theta_mode norm, theta_mode uplo, theta_mode diag, theta_in n, const void *a, theta_in lda,
             double *rcond, void *work, double *rwork, int *info, size_t, size_t, size_t);

// Orthogonal factors.
void dorgqr_(theta_in m, theta_in n, theta_in k, double *a, theta_in lda, const double *tau, double *work,
             theta_in lwork, int *info);
void zungqr_(theta_in m, theta_in n, theta_in k, void *a, theta_in lda, const void *tau, void *work,
             theta_in lwork, int *info);
void dgeqp3_(theta_in m, theta_in n, double *a, theta_in lda, int *jpvt, double *tau, double *work,
             theta_in lwork, int *info);
void zgeqp3_(theta_in m, theta_in n, void *a, theta_in lda, int *jpvt, void *tau, void *work, theta_in lwork,
             double *rwork, int *info);

// Singular values and least squares.
void dgesvd_(theta_mode jobu, theta_mode jobv, theta_in m, theta_in n, double *a, theta_in lda, double *s,
             double *u, theta_in ldu, double *vt, theta_in ldvt, double *work, theta_in lwork, int *info, size_t,
             size_t);
void zgesvd_(theta_mode jobu, theta_mode jobv, theta_in m, theta_in n, void *a, theta_in lda, double *s, void *u,
             theta_in ldu, void *vt, theta_in ldvt, void *work, theta_in lwork, double *rwork, int *info, size_t,
             size_t);
void dgelsd_(theta_in m, theta_in n, theta_in nrhs, double *a, theta_in lda, double *b, theta_in ldb, double *s,
             const double *rcond, int *rank, double *work, theta_in lwork, int *iwork, int *info);
void zgelsd_(theta_in m, theta_in n, theta_in nrhs, void *a, theta_in lda, void *b, theta_in ldb, double *s,
             const double *rcond, int *rank, void *work, theta_in lwork, double *rwork, int *iwork, int *info);

// Eigenvalues.
void dsyev_(theta_mode jobz, theta_mode uplo, theta_in n, double *a, theta_in lda, double *w, double *work,
            theta_in lwork, int *info, size_t, size_t);
void zheev_(theta_mode jobz, theta_mode uplo, theta_in n, void *a, theta_in lda, double *w, void *work,
            theta_in lwork, double *rwork, int *info, size_t, size_t);
void dgeevx_(theta_mode balanc, theta_mode jobvl, theta_mode jobvr, theta_mode sense, theta_in n, double *a,
             theta_in lda, double *wr, double *wi, double *vl, theta_in ldvl, double *vr, theta_in ldvr, int *ilo,
             int *ihi, double *scale, double *abnrm, double *rconde, double *rcondv, double *work, theta_in lwork,
             int *iwork, int *info, size_t, size_t, size_t, size_t);
void zgeevx_(theta_mode balanc, theta_mode jobvl, theta_mode jobvr, theta_mode sense, theta_in n, void *a,
             theta_in lda, void *w, void *vl, theta_in ldvl, void *vr, theta_in ldvr, int *ilo, int *ihi,
             double *scale, double *abnrm, double *rconde, double *rcondv, void *work, theta_in lwork,
             double *rwork, int *info, size_t, size_t, size_t, size_t);
void dsygv_(theta_in itype, theta_mode jobz, theta_mode uplo, theta_in n, double *a, theta_in lda, double *b,
            theta_in ldb, double *w, double *work, theta_in lwork, int *info, size_t, size_t);
void zhegv_(theta_in itype, theta_mode jobz, theta_mode uplo, theta_in n, void *a, theta_in lda, void *b,
            theta_in ldb, double *w, void *work, theta_in lwork, double *rwork, int *info, size_t, size_t);
void dggev_(theta_mode jobvl, theta_mode jobvr, theta_in n, double *a, theta_in lda, double *b, theta_in ldb,
            double *alphar, double *alphai, double *beta, double *vl, theta_in ldvl, double *vr, theta_in ldvr,
            double *work, theta_in lwork, int *info, size_t, size_t);
void zggev_(theta_mode jobvl, theta_mode jobvr, theta_in n, void *a, theta_in lda, void *b, theta_in ldb,
            void *alpha, void *beta, void *vl, theta_in ldvl, void *vr, theta_in ldvr, void *work, theta_in lwork,
            double *rwork, int *info, size_t, size_t);

// Schur, Hessenberg, balancing.
void dgees_(theta_mode jobvs, theta_mode sort, void *select, theta_in n, double *a, theta_in lda, int *sdim,
            double *wr, double *wi, double *vs, theta_in ldvs, double *work, theta_in lwork, int *bwork, int *info,
            size_t, size_t);
void zgees_(theta_mode jobvs, theta_mode sort, void *select, theta_in n, void *a, theta_in lda, int *sdim, void *w,
            void *vs, theta_in ldvs, void *work, theta_in lwork, double *rwork, int *bwork, int *info, size_t,
            size_t);
void dgebal_(theta_mode job, theta_in n, double *a, theta_in lda, int *ilo, int *ihi, double *scale, int *info,
             size_t);
void zgebal_(theta_mode job, theta_in n, void *a, theta_in lda, int *ilo, int *ihi, double *scale, int *info,
             size_t);
void dgehrd_(theta_in n, theta_in ilo, theta_in ihi, double *a, theta_in lda, double *tau, double *work,
             theta_in lwork, int *info);
void zgehrd_(theta_in n, theta_in ilo, theta_in ihi, void *a, theta_in lda, void *tau, void *work, theta_in lwork,
             int *info);
void dorghr_(theta_in n, theta_in ilo, theta_in ihi, double *a, theta_in lda, const double *tau, double *work,
             theta_in lwork, int *info);
void zunghr_(theta_in n, theta_in ilo, theta_in ihi, void *a, theta_in lda, const void *tau, void *work,
             theta_in lwork, int *info);

#endif
