import ThetaRuntime

/// The builtins that load and save variables and tables of numbers.
public enum FileLibrary {
  public static let tables: [[Builtin]] = [
    Loading.table, Images.table, Saving.table, DelimitedReading.table, DelimitedWriting.table,
    WholeFiles.table,
  ]
}
