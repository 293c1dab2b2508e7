/// AST back to text, such that `parse (print (ast)) == ast`. Expressions are spaced as Octave prints
/// anonymous functions (`@(x) x + 1`, `f (a, b)`, `[1, 2; 3, 4]`).
public enum SourcePrinter {
  public static func print(_ expression: Expression) -> String { "" }
  public static func print(_ program: Program) -> String { "" }
}
