/// The template engine of `printf`, `sprintf`, `fprintf`, `error`, `warning`.
public enum FormattedPrint {
  /// Applies a template to arguments: cycles through the template while arguments remain, stops output at the first
  /// conversion without data. Escapes in a single-quoted template are processed; in a double-quoted one the lexer did it.
  /// `function` is the name for error messages.
  public static func format(
    template: Value, arguments: [Value], function: String
  ) throws(RuntimeError) -> [UInt8] {
    throw RuntimeError("\(function) is not implemented")
  }

  /// Processes backslash escapes as `do_string_escapes` does.
  public static func processEscapes(_ text: [UInt8]) -> [UInt8] { text }
}
