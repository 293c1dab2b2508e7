import ThetaRuntime

/// The builtins on numbers and arrays: construction, shapes, elementary functions, reductions, ordering, sets.
public enum NumericLibrary {
  public static let tables: [[Builtin]] = [
    FilledArrays.table, NumericLimits.table, RandomNumbers.table, Sequences.table, NamedMatrices.table,
    Sizes.table,
    Sums.table, ExtremeValues.table, Finding.table,
    SortingFunctions.table, SetFunctions.table,
    Predicates.table, Predicates.matrices, ClassConversions.table, Bits.table,
    OperatorFunctions.table, OperatorFunctions.comparisons, PairFunctions.table, NumberTheory.table,
    Reshaping.table, Parts.table,
    Exponential.table, Trigonometric.table, Trigonometric.reciprocals, Rounding.table,
  ]
}
