import ThetaRuntime

/// The builtins of linear algebra, statistics, polynomials, interpolation, quadrature and filtering.
public enum AnalysisLibrary {
  public static let tables: [[Builtin]] = [
    Averages.table, Spread.table, Polynomials.table, Filtering.table, VectorCalculus.table,
    Accumulating.table, Quantiles.table, Correlation.table, Interpolation.table, Elimination.table,
    Solving.table, Bases.table, Norms.table, Factoring.table, FunctionsOfMatrices.table,
  ]
}
