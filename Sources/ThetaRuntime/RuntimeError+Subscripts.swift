import ThetaArrays

// What goes wrong with subscripts, in Octave's words.

extension RuntimeError {
  /// `A(3,_): out of bound 2 (dimensions are 2x2)`; `extent` is the largest subscript, counted from one.
  static func outOfBound(
    _ name: String, position: Int, of count: Int, extent: Int, bound: Int, shape: Shape
  ) -> RuntimeError {
    RuntimeError(
      "\(expression(name, position, count, String(extent))): out of bound \(bound) (dimensions are \(shape))",
      identifier: "Octave:index-out-of-bounds")
  }

  /// `A(_,1.5): subscripts must be either integers 1 to (2^63)-1 or logicals`
  static func badSubscript(_ name: String, position: Int, of count: Int, _ text: String) -> RuntimeError {
    RuntimeError(
      "\(expression(name, position, count, text)): subscripts must be either integers 1 to (2^63)-1 or logicals",
      identifier: "Octave:invalid-index")
  }

  static func complexSubscript(_ name: String, position: Int, of count: Int, _ text: String) -> RuntimeError {
    RuntimeError(
      "\(expression(name, position, count, text)): subscripts must be real (forgot to initialize i or j?)",
      identifier: "Octave:invalid-index")
  }

  /// `A(_,3)`, or `index (_,3)` for what has no name.
  private static func expression(_ name: String, _ position: Int, _ count: Int, _ text: String) -> String {
    var parts = [String](repeating: "_", count: max(count, position + 1))
    parts[position] = text
    return (name.isEmpty ? "index " : name) + "(" + parts.joined(separator: ",") + ")"
  }

  /// `matrix cannot be indexed with {`
  public static func cannotIndex(_ value: Value, with bracket: String) -> RuntimeError {
    if case .structure = value, bracket == "{" { return RuntimeError("struct cannot be indexed with {") }
    return RuntimeError("\(value.indexedTypeName) cannot be indexed with \(bracket)")
  }

  static var invalidResize: RuntimeError {
    RuntimeError(
      "Invalid resizing operation or ambiguous assignment to an out-of-bounds array element",
      identifier: "Octave:invalid-resize")
  }

  /// `A(I) = []: index out of bounds: value 5 out of bound 3`
  static func deletionOutOfBound(linear: Bool, extent: Int, bound: Int) -> RuntimeError {
    RuntimeError(
      "A(\(linear ? "I" : "..,I,..")) = []: index out of bounds: value \(extent) out of bound \(bound)",
      identifier: "Octave:index-out-of-bounds")
  }
}

extension Value {
  /// The type's name in messages about indexing.
  public var indexedTypeName: String {
    switch self {
    case .text(_, .single): "sq_string"
    case .range: "double_range"
    default: typeName
    }
  }
}

extension NumberText {
  /// A subscript that is no index. What would look whole gets the difference from the nearest whole number.
  static func subscriptText(_ x: Double) -> String {
    let text = general(x)
    let rest = x - x.rounded(.toNearestOrAwayFromZero)
    if !x.isFinite || rest == 0 || text.contains(".") { return whole(x) ?? text }
    return text + (rest > 0 ? "+" : "") + general(rest)
  }

  private static func whole(_ x: Double) -> String? {
    abs(x) < 1e15 ? Int(exactly: x).map(String.init) : nil
  }
}
