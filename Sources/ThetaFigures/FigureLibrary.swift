import ThetaRuntime

/// The builtins of figures.
public enum FigureLibrary {
  public static let tables: [[Builtin]] =
    LineTables.all + ChartTables.all + GridTables.all + AxesTables.all + FigureTables.all + ObjectTables.all
    + [Colormaps.table]
}
