import ThetaArrays

/// Reading, writing and deleting parts of values. `name` is the variable's name for error messages, empty for an
/// unnamed value.
public enum Indexing {
  /// `a(subscripts)`; a text value `:` is the whole dimension. Never for function handles.
  public static func element(
    _ value: Value, _ subscripts: Arguments, name: String
  ) throws(RuntimeError) -> Value {
    throw RuntimeError("indexing is not implemented")
  }

  /// `c{subscripts}`: a comma-separated list.
  public static func brace(
    _ value: Value, _ subscripts: Arguments, name: String
  ) throws(RuntimeError) -> [Value] {
    throw RuntimeError("indexing is not implemented")
  }

  /// `s.field`: one value for each element.
  public static func field(_ value: Value, _ field: String) throws(RuntimeError) -> [Value] {
    throw RuntimeError("indexing is not implemented")
  }

  /// `a(subscripts) = new`, in place when `value` is the only reference; `.undefined` starts from nothing.
  public static func assign(
    _ value: inout Value, _ subscripts: Arguments, _ new: Value, name: String
  ) throws(RuntimeError) {
    throw RuntimeError("assignment is not implemented")
  }

  /// `c{subscripts} = new`
  public static func assignBrace(
    _ value: inout Value, _ subscripts: Arguments, _ new: Value, name: String
  ) throws(RuntimeError) {
    throw RuntimeError("assignment is not implemented")
  }

  /// `s.field = new`
  public static func assignField(
    _ value: inout Value, _ field: String, _ new: Value
  ) throws(RuntimeError) {
    throw RuntimeError("assignment is not implemented")
  }

  /// `a(subscripts) = []`
  public static func delete(
    _ value: inout Value, _ subscripts: Arguments, name: String
  ) throws(RuntimeError) {
    throw RuntimeError("deletion is not implemented")
  }

  /// What `end` means as subscript `position` (from zero) of `count` into a value.
  public static func end(_ value: Value, position: Int, count: Int) throws(RuntimeError) -> Int {
    let shape = value.shape
    if count == 1 { return shape.count }
    if position < count - 1 { return shape[position] }
    return (position..<max(shape.dimensionCount, position + 1)).reduce(1) { $0 * shape[$1] }
  }
}
