import ThetaRuntime

/// The builtins of linear algebra, statistics, polynomials, interpolation, quadrature and filtering.
public enum AnalysisLibrary {
  public static let tables: [[Builtin]] = [
    Averages.table, Polynomials.table, Filtering.table, VectorCalculus.table,
    Accumulating.table, Interpolation.table, Quadrature.table, Elimination.table,
    Solving.table, Factoring.table, FunctionsOfMatrices.table,
  ]
}
