import ThetaArrays
import ThetaRuntime

/// The builtins that differentiate functions of the language.
public enum GradientFunctions {
  public static let table: [Builtin] = [
    Builtin(
      "[J, grad] = valgrad (f, theta, P...)",
      """
      The value of a function of the language and its exact gradient, by reverse-mode automatic differentiation.

      f      a handle or name; J = f (theta, P1, P2, …) is one real number; its further outputs are not asked for
      theta  real numbers of any shape, or a cell or struct of them, nested or not
      grad   the derivatives of J, in the shape or structure of theta

      f is ordinary code: operators with broadcasting, `*`, `'`, `\\`, indexing and indexed assignment, loops, branches,
      functions, closures, cells and structs, and the functions of mathematics and linear algebra that have
      derivatives. A branch is differentiated as it was taken. At a kink (abs at 0, max of two equals) the gradient is the
      mean of those beside it; that of relu is 0 at 0. Error "…: this function cannot be differentiated" for a function on the
      way from theta to J that has no derivative rule, such as floor.

      The time is a small multiple of that of f; the memory grows with the number of operations.

      >> [J, grad] = valgrad (@(t) sum (t .^ 2), [1 2 3])
      J = 14
      grad =

         2   4   6

      """, multiple: valgrad),
    Builtin(
      "costfn = withgrad (f)",
      """
      A handle to a function that returns the gradient of f as its second output: [J, grad] = costfn (theta, P1, …), as
      optimizers want it. The gradient comes from valgrad.

      >> costfn = withgrad (@(t) t ^ 3); [J, grad] = costfn (2)
      J = 8
      grad = 12

      """, withgrad),
    Builtin(
      "[A, y] = jacobian (f, theta, P...)",
      """
      The exact first derivatives of all elements of y = f (theta, P1, P2, …): A(i, j) is that of y(i) with
      respect to theta(j), elements counted by columns (of cells and structs one after the other).

      >> A = jacobian (@(t) [t(1) * t(2); t(1) ^ 2], [3; 5])
      A =

         5   3
         6   0

      """, multiple: jacobian),
    Builtin(
      "Hv = hessvec (f, theta, v, P...)",
      """
      The matrix of second derivatives of J = f (theta, P1, P2, …) times the vector v, exact and without making the
      matrix: the gradient is differentiated once more. v and Hv have the shape or structure of theta.

      >> hessvec (@(t) t(1) ^ 2 * t(2), [1; 2], [1; 0])
      ans =

         4
         2

      """, hessvec),
  ]

  private static func rest(_ call: Call, from position: Int) -> [Value] {
    call.count > position ? (position..<call.count).map { call[$0] } : []
  }

  private static func valgrad(_ call: inout Call) throws(RuntimeError) -> [Value] {
    let (cost, gradient) = try Gradient(context: call.context, name: call.name)
      .evaluate(try call.function(0), call[1], rest(call, from: 2))
    return [cost, gradient]
  }

  private static func withgrad(_ call: inout Call) throws(RuntimeError) -> Value {
    var function = try call.function(0)
    if function.isText { function = .function(FunctionValue(named: try function.string(of: call.name))) }
    let maker = try call.context.invoker.makeFunction("@(f) @(varargin) valgrad (f, varargin{:})")
    guard let result = try call.context.invoker.invoke(maker, [function], outputs: 1).first else {
      throw call.invalid
    }
    return result
  }

  private static func jacobian(_ call: inout Call) throws(RuntimeError) -> [Value] {
    let (value, matrix) = try Gradient(context: call.context, name: call.name)
      .jacobian(try call.function(0), call[1], rest(call, from: 2))
    return [matrix, value]
  }

  private static func hessvec(_ call: inout Call) throws(RuntimeError) -> Value {
    try Gradient(context: call.context, name: call.name)
      .hessianProduct(try call.function(0), call[1], call[2], rest(call, from: 3))
  }
}
