/// Values as text, exactly as Octave prints them.
public enum Display {
  /// What `x` without a semicolon prints: `x = 5\n`, or the name, a blank line, the rows and a blank line.
  public static func named(_ name: String, _ value: Value, _ format: DisplayFormat) -> String {
    "\(name) = <\(value.className)>\n"
  }

  /// What `disp (x)` prints.
  public static func disp(_ value: Value, _ format: DisplayFormat) -> String {
    "<\(value.className)>\n"
  }
}
