import ThetaArrays
import ThetaNumeric
import ThetaRuntime
import ThetaText

// validateattributes.

enum Validation {
  static let table: [Builtin] = [
    Builtin(
      "validateattributes (A, classes, attributes, arg...)",
      """
      An error unless a value is of one of the classes and has all the attributes.

      >> validateattributes (5, {"numeric"}, {"positive"})

      """, multiple: validate)
  ]

  private static func validate(_ call: inout Call) throws(RuntimeError) -> [Value] {
    guard call.count >= 3 else { throw call.invalid }
    let value = call[0]
    guard call[1].isCell, let classes = call[1].stringList else {
      throw call.error("CLASSES must be a cell array of strings", identifier: "Octave:invalid-type")
    }
    guard let attributes = call[2].cellElements else {
      throw call.error("ATTRIBUTES must be a cell array", identifier: "Octave:invalid-type")
    }
    var subject = "input"
    var prefix = ""
    if call.count > 3, let name = call[3].stringValue {
      if !name.isEmpty { prefix = name + ": " }
      if call.count > 4, let variable = call[4].stringValue, !variable.isEmpty { subject = variable }
      if call.count > 5, let position = call[5].integerScalar { subject += " (argument #\(position))" }
    } else if call.count > 3, let position = call[3].integerScalar {
      subject = "input (argument #\(position))"
    }
    if !classes.isEmpty, !classes.contains(where: { isOf(value, $0) }) {
      throw RuntimeError(
        "\(prefix)\(subject) must be of class:\n\n  \(members(of: classes).joined(separator: " "))\n\n"
          + "but was of class \(value.className)",
        identifier: "Octave:invalid-type")
    }
    var i = 0
    while i < attributes.count {
      guard let name = attributes[i].stringValue else {
        throw call.error("ATTRIBUTES must be strings")
      }
      i += 1
      var parameter: Value = .emptyMatrix
      if parameterized.contains(name) {
        guard i < attributes.count else { throw call.error("missing value of attribute '\(name)'") }
        parameter = attributes[i]
        i += 1
      }
      if let problem = try problem(value, name.lowercased(), parameter, call) {
        throw RuntimeError(
          "\(prefix)\(subject) must \(problem)", identifier: "Octave:\(identifier(name.lowercased()))")
      }
    }
    return []
  }

  private static let parameterized: Set<String> = [
    "size", "numel", "ncols", "nrows", "ndims", ">", ">=", "<", "<=",
  ]

  /// The end of the identifier of an attribute's error.
  private static func identifier(_ attribute: String) -> String {
    switch attribute {
    case "size", "numel": "incorrect-\(attribute)"
    case "ncols": "incorrect-numcols"
    case "nrows": "incorrect-numrows"
    case "ndims": "incorrect-numdims"
    case ">": "expected-greater"
    case ">=": "expected-greater-equal"
    case "<": "expected-less"
    case "<=": "expected-less-equal"
    default: "expected-\(attribute)"
    }
  }

  /// Classes by name, groups spelled out.
  private static func members(of classes: [String]) -> [String] {
    var names: Set<String> = []
    for name in classes {
      switch name {
      case "float": names.formUnion(["double", "single"])
      case "numeric": names.formUnion(MapObject.numericTypes)
      default: names.insert(name)
      }
    }
    return names.sorted()
  }

  static func isOf(_ value: Value, _ name: String) -> Bool {
    switch name {
    case "float": return value.isFloat
    case "numeric": return value.isNumeric
    case "integer": return value.isInteger
    default: return value.className == name
    }
  }

  /// What a value fails to do, or nil.
  private static func problem(
    _ value: Value, _ name: String, _ parameter: Value, _ call: Call
  ) throws(RuntimeError) -> String? {
    let shape = value.shape
    let elements = value.realArray.map { Array($0) } ?? []
    func unless(_ holds: Bool, _ text: String) -> String? { holds ? nil : text }
    func neighbours(_ holds: (Double, Double) -> Bool) -> Bool {
      zip(elements, elements.dropFirst()).allSatisfy(holds) && !elements.contains { $0.isNaN }
    }
    let limit = parameter.firstReal ?? 0
    let shown = NumberFormatting.fixed(limit)
    switch name {
    case "2d": return unless(shape.is2D, "be 2d")
    case "3d": return unless(shape.dimensionCount <= 3, "be 3d")
    case "column": return unless(shape.isColumn, "be column")
    case "row": return unless(shape.isRow, "be row")
    case "scalar": return unless(shape.isScalar, "be scalar")
    case "vector": return unless(shape.isVector && shape.count >= 1, "be vector")
    case "square": return unless(shape.isSquare, "be square")
    case "diag":
      let isDiagonal = elements.indices.allSatisfy { elements[$0] == 0 || $0 % shape.rows == $0 / shape.rows }
      return unless(shape.is2D && isDiagonal, "be diag")
    case "nonempty": return unless(!shape.isEmpty, "be nonempty")
    case "nonsparse": return nil
    case "binary": return unless(!value.isComplex && elements.allSatisfy { $0 == 0 || $0 == 1 }, "be binary")
    case "even" where value.isComplex: throw RuntimeError("rem: not defined for complex numbers")
    case "odd" where value.isComplex: throw RuntimeError("mod: not defined for complex numbers")
    case "even": return unless(elements.allSatisfy { $0.remainder(dividingBy: 2) == 0 }, "be even")
    case "odd": return unless(elements.allSatisfy { abs($0.remainder(dividingBy: 2)) == 1 }, "be odd")
    case "integer":
      return unless(
        !value.isComplex && elements.allSatisfy { $0 == $0.rounded() }, "be integer")
    case "real": return unless(!value.isComplex, "be real")
    case "finite": return unless(elements.allSatisfy(\.isFinite), "be finite")
    case "nonnan": return unless(!elements.contains { $0.isNaN }, "be nonnan")
    case "nonnegative": return unless(!elements.contains { $0 < 0 }, "be nonnegative")
    case "nonzero": return unless(elements.allSatisfy { $0 != 0 }, "be nonzero")
    case "positive": return unless(!elements.contains { $0 <= 0 }, "be positive")
    case "decreasing": return unless(neighbours { $1 < $0 }, "be decreasing")
    case "increasing": return unless(neighbours { $1 > $0 }, "be increasing")
    case "nondecreasing": return unless(neighbours { $1 >= $0 }, "be nondecreasing")
    case "nonincreasing": return unless(neighbours { $1 <= $0 }, "be nonincreasing")
    case "size":
      let wanted = parameter.realArray.map { Array($0) } ?? []
      let matches =
        wanted.count == shape.dimensionCount
        && zip(wanted, shape.sizes).allSatisfy { $0.isNaN || $0 == Double($1) }
      let text = wanted.map { $0.isNaN ? "N" : NumberFormatting.integer($0) }.joined(separator: "x")
      return unless(matches, "be of size \(text) but was \(shape)")
    case "numel":
      return unless(Double(shape.count) == limit, "have \(NumberFormatting.integer(limit)) elements")
    case "ncols":
      return unless(Double(shape.columns) == limit, "have \(NumberFormatting.integer(limit)) columns")
    case "nrows": return unless(Double(shape.rows) == limit, "have \(NumberFormatting.integer(limit)) rows")
    case "ndims":
      return unless(
        Double(shape.dimensionCount) == limit, "have \(NumberFormatting.integer(limit)) dimensions")
    case ">": return unless(elements.allSatisfy { $0 > limit }, "be greater than \(shown)")
    case ">=": return unless(elements.allSatisfy { $0 >= limit }, "be greater than or equal to \(shown)")
    case "<": return unless(elements.allSatisfy { $0 < limit }, "be less than \(shown)")
    case "<=": return unless(elements.allSatisfy { $0 <= limit }, "be less than or equal to \(shown)")
    default: throw call.error("unknown ATTRIBUTE \(name)", identifier: "Octave:invalid-input-arg")
    }
  }
}
