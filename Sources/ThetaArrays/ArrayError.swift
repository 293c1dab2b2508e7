/// What can be wrong with arrays as such. `ThetaRuntime` words these for the language.
public enum ArrayError: Error, Equatable, Sendable {
  /// More elements or bytes than an array may have.
  case tooLarge
  /// Two shapes that an operation cannot combine.
  case nonconformant(Shape, Shape)
  /// A factorization met a matrix that it cannot factor; the payload is LAPACK's `info`.
  case factorization(Int)
  /// An iteration did not converge.
  case notConverged
  /// An infinity or NaN where the operation needs numbers.
  case notFinite
  /// The operation is defined for two-dimensional square arrays only.
  case notSquare(Shape)
}
