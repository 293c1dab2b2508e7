import ThetaRuntime

/// The builtins of figures.
public enum FigureLibrary {
  public static let tables: [[Builtin]] = MarkTables.all + AxesTables.all + [Colormaps.table]
}
