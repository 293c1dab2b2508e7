import ThetaArrays
import ThetaRuntime

// Cells and structs: their elements by name, two columns further in.

extension DisplayWriter {
  /// Cells inside one another beyond this are left out: each level is two columns further in.
  private static let deepest = 400

  mutating func cell(_ array: NDArray<Value>, indent: Int) {
    out.appendSpaces(indent)
    out.append("{\n")
    if depth > Self.deepest {
      out.appendSpaces(indent + 2)
      out.append("...\n")
      out.appendSpaces(indent)
      out.append("}\n")
      return
    }
    for column in 0..<array.shape.columns {
      for row in 0..<array.shape.rows {
        depth += 1
        named("[\(row + 1),\(column + 1)]", array[row, column], indent: indent + 2)
        depth -= 1
      }
    }
    out.appendSpaces(indent)
    out.append("}\n")
  }

  mutating func structure(_ array: StructArray, indent: Int, isNamed: Bool) {
    guard array.shape.isScalar else {
      out.appendSpaces(indent + 2)
      out.append("\(array.shape) struct array containing the fields:\n")
      blank()
      for name in array.names {
        out.appendSpaces(indent + 4)
        out.append(name)
        out.appendNewline()
      }
      return
    }
    if isNamed {
      out.appendSpaces(indent + 2)
      out.append("scalar structure containing the fields:\n")
      blank()
    }
    let isDeep = levels <= 0
    levels -= 1
    depth += 1
    for (slot, name) in array.names.enumerated() {
      let value = array.values[slot]
      if isDeep {
        out.appendSpaces(indent + 4)
        out.append("\(name): \(value.shape) \(value.displayTypeName)\n")
      } else {
        named(name, value, indent: indent + 4)
      }
    }
    depth -= 1
    levels += 1
  }
}

extension Value {
  /// The kind of a value as a struct too deep to show in full names it.
  fileprivate var displayTypeName: String {
    switch self {
    case .range: "double_range"
    case .text(_, .single): "sq_string"
    default: typeName
    }
  }
}
