import ThetaRuntime

/// The builtins that learn: minimizers for many variables with gradients.
enum LearningOptimizers {
  static let table: [Builtin] = [
    Builtin(
      "[theta, J, exitflag, output, grad] = fminlbfgs (f, theta, options?, P...)",
      """
      Minimizes a function of many variables by L-BFGS with a line search for the strong Wolfe conditions.

      f        [J, grad] = f (theta, P1, P2, …); when it returns only J, the gradient comes from valgrad
      options  from optimset, or names and values before P: MaxIter (400), MaxFunEvals, TolFun (largest element of
               the gradient, 1e-7), TolX (1e-12), HistorySize (100), Display ("off", "final", "iter"), OutputFcn,
               CheckpointFile, CheckpointEvery
      exitflag 1 the gradient is almost zero, 2 the steps are small, 3 the cost hardly falls, 0 out of iterations,
               -1 stopped by OutputFcn or Ctrl-C, -3 no better point can be found
      output   a struct: iterations, funcCount, firstorderopt, costs (after each iteration), message

      OutputFcn (theta, state, "iter") is called after every iteration, state having iter, funccount and fval; the
      search stops when it returns true. With CheckpointFile the state is written every CheckpointEvery iterations,
      and a later call with the same file goes on from there, bit for bit; a run that has come to its end gives its result
      again. After an error in f the best parameters are in besttheta ().

      >> theta = fminlbfgs (@(t) sum ((t - [1 2]) .^ 2), [0 0]); printf ("%.4f\\n", theta)
      1.0000
      2.0000
      """, multiple: DescentMethod.fminlbfgs),
    Builtin(
      "[theta, J, exitflag, output, grad] = minFunc (f, theta, options?, P...)",
      """
      Minimizes a function of many variables along directions that the option Method chooses: "lbfgs" (default), "cg"
      (conjugate gradients), "sd" (steepest descent).

      f        [J, grad] = f (theta, P1, P2, …)
      options  a struct with Method, MaxIter (500), MaxFunEvals, optTol (largest element of the gradient, 1e-7),
               progTol (1e-12), Corr (steps remembered, 100), Display ("off" unless given), and those of fminlbfgs
      """, multiple: DescentMethod.minFunc),
    Builtin(
      "[theta, J, exitflag, output, grad] = fmintnc (f, theta, options?, P...)",
      """
      Minimizes a function of many variables, within bounds if wanted, by a truncated Newton method.

      f        [J, grad] = f (theta, P1, P2, …); when it returns only J, gradient and second derivatives are exact
      options  from optimset, or names and values before P: LowerBound, UpperBound (one number or one for each
               variable), MaxIter (400), TolFun (largest element of the gradient, 1e-8), TolX, and those of fminlbfgs

      >> theta = fmintnc (@(t) sum ((t - [1 2]) .^ 2), [0 0], "UpperBound", 1.5); printf ("%.4f\\n", theta)
      1.0000
      1.5000
      """, multiple: TruncatedNewton.fmintnc),
    Builtin(
      "[theta, J, exitflag, output, grad] = gradientDescent (f, theta, options?, P...)",
      """
      Gradient descent on the whole cost: theta = theta - LearningRate * grad, MaxIter times (100).

      options  from optimset, or names and values before P: LearningRate (0.01) and the others of sgd
      """, multiple: StochasticGradient.gradientDescent),
    Builtin(
      "[theta, J, exitflag, output, grad] = sgd (f, theta, options?, P...)",
      """
      Gradient descent on mini-batches of the data.

      f        [J, grad] = f (theta, P1, P2, …), J being a mean over the examples it is given; when it returns only J,
               the gradient comes from valgrad
      P        the data, such as X and y, examples in rows: P1 and all others with as many rows are cut into
               batches; what has another size (lambda) is passed on as it is
      options  from optimset, or names and values before P:
               LearningRate   0.01
               BatchSize      32
               MaxIter        passes over the data, 100 (also MaxEpochs)
               Schedule       "constant"; "step": times Decay (0.5) every DecayEvery (10) passes; "exponential": times
                              Decay (0.95) every pass; "inverse": / (1 + Decay (0.01) * pass); "cosine": down to zero;
                              or a handle @(pass, rate)
               Shuffle        true: a new order every pass, drawn from Seed (0)
               Examples       "rows", or "columns"
               Validation     {Xval, yval}: stops when the cost on these has not fallen for Patience (5) passes, with
                              the parameters that were best there (exitflag 5)
               TolFun         stops when the cost changes less than this part of it in a pass; 0
               TolX           stops when no element of theta changes more than this in a pass; 0
               Display        "iter", "final", "off";  OutputFcn, CheckpointFile, CheckpointEvery as for fminlbfgs
      J        the mean cost of the batches in the last pass
      output   iterations, funcCount, costs, message, and validation (the costs on the validation set)

      >> X = (1:8)'; y = 3 * X; f = @(t, X, y) mean ((X * t - y) .^ 2);
      >> t = sgd (f, 0, "BatchSize", 4, "LearningRate", 0.02, "Display", "off", X, y); printf ("%.4f\\n", t)
      3.0000
      """, multiple: StochasticGradient.sgd),
    Builtin(
      "[theta, J, exitflag, output, grad] = momentum (f, theta, options?, P...)",
      """
      Gradient descent with a velocity: v = Momentum * v - LearningRate * grad, theta = theta + v. Momentum is 0.9; the
      other options are those of sgd.
      """, multiple: StochasticGradient.momentum),
    Builtin(
      "[theta, J, exitflag, output, grad] = nesterov (f, theta, options?, P...)",
      """
      Gradient descent with a velocity, the gradient being that of the place where the velocity leads (Nesterov, 1983).
      Momentum is 0.9; the other options are those of sgd.
      """, multiple: StochasticGradient.nesterov),
    Builtin(
      "[theta, J, exitflag, output, grad] = rmsprop (f, theta, options?, P...)",
      """
      Steps divided by the root of the running mean of the squared gradients (Tieleman and Hinton, 2012). Beta2 is 0.9,
      Epsilon 1e-8, LearningRate 0.001; the other options are those of sgd.
      """, multiple: StochasticGradient.rmsprop),
    Builtin(
      "[theta, J, exitflag, output, grad] = adam (f, theta, options?, P...)",
      """
      Steps from running means of the gradients and of their squares (Kingma and Ba, 2015). Beta1 is 0.9, Beta2 0.999,
      Epsilon 1e-8, LearningRate 0.001; the other options are those of sgd.
      """, multiple: StochasticGradient.adam),
    Builtin(
      "[theta, J] = besttheta ()",
      """
      The best parameters that the last optimizer had found, and their cost: also after an error in its cost function.
      [] when none has run.
      """, multiple: besttheta),
  ]

  private static func besttheta(_ call: inout Call) throws(RuntimeError) -> [Value] {
    guard let best = call.context.state({ LastRun() }).best else { return [.emptyMatrix, .emptyMatrix] }
    return [.make(best.x), .number(best.cost)]
  }
}
