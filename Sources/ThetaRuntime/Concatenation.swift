import ThetaArrays

/// `[ … ]`, `{ … }`, `cat`.
public enum Concatenation {
  /// `[a, b; c, d]`: rows of values, comma-separated lists already spread.
  public static func matrix(_ rows: [[Value]]) throws(RuntimeError) -> Value {
    throw RuntimeError("concatenation is not implemented")
  }

  /// `{a, b; c, d}`
  public static func cell(_ rows: [[Value]]) throws(RuntimeError) -> Value {
    throw RuntimeError("concatenation is not implemented")
  }

  /// `cat (dimension + 1, …)`; `function` is the name for error messages.
  public static func along(
    _ dimension: Int, _ values: [Value], function: String
  ) throws(RuntimeError) -> Value {
    throw RuntimeError("concatenation is not implemented")
  }
}
