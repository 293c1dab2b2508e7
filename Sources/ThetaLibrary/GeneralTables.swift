import ThetaRuntime

/// The builtins of text, cells, functions, output, system and figures.
public enum GeneralLibrary {
  public static let tables: [[Builtin]] = [
    Characters.table, CharacterArrays.table, StringComparison.table, Splitting.table, Regexp.table,
    NumbersToText.table, Printing.table, Errors.table, Warnings.table, Calling.table, Calling.classes,
    Names.table,
    CellArrays.table, CellMapping.table, Structs.table,
    TextToNumbers.table, Scanning.table, FileAccess.table, Input.table, FormatSettings.table,
    Time.table, Time.more, SessionEnvironment.table, SessionEnvironment.session, FileNames.table,
    FileNames.more,
    Maps.table, Reports.table, InputParsers.table, Assertions.table, Validation.table, Rationals.table,
    NoDisplay.lines, NoDisplay.shapes, NoDisplay.decorations, NoDisplay.management, Colormaps.table,
    Histograms.table,
  ]
}
