import ThetaRuntime

/// The builtins of text, printing and input.
public enum TextLibrary {
  public static let tables: [[Builtin]] = [
    Characters.table, Characters.classes, CharacterArrays.table, StringComparison.table, Splitting.table,
    Regexp.table,
    NumbersToText.table, TextToNumbers.table, Scanning.table, Rationals.table,
    Printing.table, FileAccess.table, BinaryFiles.table, Input.table, FormatSettings.table, Json.table,
    Hashing.table,
  ]
}
