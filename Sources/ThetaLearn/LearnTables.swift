import ThetaRuntime

/// The builtins for learning: activations, unrolling of weights, options and optimizers.
public enum LearnLibrary {
  public static let tables: [[Builtin]] = [
    Activations.table, Unrolling.table, OptimizerOptions.table, Optimizers.table,
    LearningOptimizers.table,
  ]
}
