import ThetaRuntime

/// The builtins of cells, functions, system and figures.
public enum GeneralLibrary {
  public static let tables: [[Builtin]] = [
    Errors.table, Warnings.table, Calling.table, Calling.classes, Names.table,
    CellArrays.table, CellMapping.table, Structs.table,
    Time.table, Time.more, SessionEnvironment.table, SessionEnvironment.session, Profiling.table,
    FileNames.table,
    FileNames.more, FileStatus.table,
    Maps.table, Reports.table, InputParsers.table, Assertions.table, Validation.table,
  ]
}
