import ThetaRuntime

/// The builtins that minimize a function or find its zero.
enum Optimizers {
  static let table: [Builtin] = [
    Builtin(
      "[X, fX, i, exitflag] = fmincg (f, X, options?, P...)",
      """
      Minimizes a differentiable function of many variables by conjugate gradients.

      f        [J, grad] = f (X, P1, P2, …): the cost and its gradient, which has as many elements as X; when it returns
               only J, the gradient comes from valgrad
      X        where to start; the result has its shape
      options  from optimset, or names and values before P: MaxIter, the number of line searches (default 100);
               Display, OutputFcn, CheckpointFile and CheckpointEvery as for fminlbfgs
      P        further arguments for f
      fX       a column with the cost after each successful line search
      i        the number of line searches done

      Prints the cost after each. Ends early when two line searches in a row find nothing better.
      """, multiple: ConjugateGradient.fmincg),
    Builtin(
      """
      fminunc (FCN, X0)
      fminunc (FCN, X0, OPTIONS)
      [X, FVAL, INFO, OUTPUT, GRAD, HESS] = fminunc (FCN, ...)
      """,
      """
      Minimizes a function of many variables by the quasi-Newton method of Broyden, Fletcher, Goldfarb
      and Shanno: within a trust region, over the points that Octave's fminunc visits; with more than 1000 variables by
      L-BFGS with a line search for the strong Wolfe conditions.

      FCN      FVAL = FCN (X); with the option GradObj "on", [FVAL, GRAD] = FCN (X). Without it the gradient is estimated
               by differences, and with more than 1000 variables comes from valgrad where it can
      OPTIONS  from optimset: GradObj, MaxIter (400), MaxFunEvals, TolFun (1e-7), TolX (1e-7), OutputFcn, CheckpointFile
               and CheckpointEvery
      INFO     1 the gradient is almost zero, 2 the step is small, 3 the cost hardly falls,
               0 out of iterations,
               -1 stopped by OutputFcn, -3 no better point can be found
      OUTPUT   a struct with the numbers of iterations, of successful ones, and of calls of FCN
      GRAD     the gradient at X
      HESS     the matrix of second derivatives as learned; [] for more than 1000 variables

      >> x = fminunc (@(x) (x - 3) ^ 2, 1); printf ("%.4f\\n", x)
      3.0000
      """, multiple: UnconstrainedMinimum.fminunc),
    Builtin(
      """
      X = fminsearch (FCN, X0)
      X = fminsearch (FCN, X0, OPTIONS)
      [X, FVAL, EXITFLAG, OUTPUT] = fminsearch (FCN, X0, OPTIONS, P...)
      """,
      """
      Minimizes a function of a few variables without derivatives, by the simplex method of Nelder and Mead.

      FCN       FVAL = FCN (X, P1, P2, …)
      OPTIONS   from optimset: TolX (1e-4), TolFun (1e-4), MaxIter and MaxFunEvals (200 for each variable)
      EXITFLAG  1 converged, 0 out of iterations or evaluations

      >> x = fminsearch (@(x) (x(1) - 5) ^ 2 + (x(2) - 8) ^ 4, [0 0]); printf ("%.1f\\n", x(1))
      5.0
      """, multiple: SimplexSearch.fminsearch),
    Builtin(
      """
      X = fminbnd (FCN, A, B)
      X = fminbnd (FCN, A, B, OPTIONS)
      [X, FVAL, INFO, OUTPUT] = fminbnd (FCN, A, B, ...)
      """,
      """
      A minimum of a function of one variable between A and B, by golden sections and parabolas (Brent's
      method).

      OPTIONS  from optimset: TolX (1e-4), MaxIter (500), MaxFunEvals (500)
      INFO     1 converged, 0 out of iterations or evaluations

      Error when A is greater than B.

      >> x = fminbnd (@cos, 3, 4); printf ("%.4f\\n", x)
      3.1416
      """, multiple: ScalarMinimum.fminbnd),
    Builtin(
      """
      fzero (FCN, X0)
      fzero (FCN, X0, OPTIONS)
      [X, FVAL, INFO, OUTPUT] = fzero (FCN, ...)
      """,
      """
      A zero of a function of one variable.

      X0       two points where FCN has different signs, or one point near which such a pair is looked for
      OPTIONS  from optimset: TolX (eps), MaxIter, MaxFunEvals
      INFO     1 converged, 0 out of iterations or evaluations, -5 the function seems to have a pole there

      Error "fzero: not a valid initial bracketing" when no pair with different signs is found.

      >> fzero (@cos, [0 3])
      ans = 1.5708
      """, multiple: ScalarZero.fzero),
  ]
}
