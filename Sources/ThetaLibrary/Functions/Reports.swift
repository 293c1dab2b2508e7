import ThetaArrays
import ThetaDisplay
import ThetaNumeric
import ThetaRuntime
import ThetaText

// Small reports: cells shown by element, the stack, names in columns.

enum Reports {
  static let table: [Builtin] = [
    Builtin(
      "celldisp (c, name?)",
      """
      Shows the elements of a cell one by one.

      >> celldisp ({1, 2}, "c")
      c{1} = 

      1

      c{2} = 

      2

      """, multiple: celldisp),
    Builtin(
      "[stack, idx] = dbstack (args...)",
      """
      The active calls as structs.
      """, multiple: dbstack),
    Builtin(
      "s = list_in_columns (arg, width?, prefix?)",
      """
      Strings in columns, as ls shows them.

      >> list_in_columns ({"a", "b"}, 20)
      ans = a  b

      """, listInColumns),
    Builtin(
      "s = terminal_size ()",
      """
      Rows and columns of the terminal.

      >> numel (terminal_size ())
      ans = 2
      """, terminalSize),
    Builtin(
      "s = usage (words...)",
      """
      An error with a usage text.
      """, usage),
  ]

  private static func celldisp(_ call: inout Call) throws(RuntimeError) -> [Value] {
    guard case .cell(let cells) = call[0] else {
      throw call.error("argument must be a cell array")
    }
    let text = call.context.invoker.argumentTexts(depth: 0).first ?? ""
    let name = call.count > 1 ? try call.string(1) : (VariableName.isValid(Array(text.utf8)) ? text : "")
    try show(cells, name, call.context)
    return []
  }

  private static func show(_ cells: NDArray<Value>, _ name: String, _ context: Context) throws(RuntimeError) {
    for i in 0..<cells.count {
      let place: String
      if cells.shape.isVector {
        place = "\(name){\(i + 1)}"
      } else {
        var rest = i
        var places: [String] = []
        for size in cells.shape.sizes {
          places.append(String(rest % max(1, size) + 1))
          rest /= max(1, size)
        }
        place = "\(name){\(places.joined(separator: ","))}"
      }
      if case .cell(let inner) = cells[i], inner.count > 0 {
        try show(inner, place, context)
      } else if cells[i].isEmpty {
        context.console.write("\(place) = [](\(cells[i].shape))\n")
      } else {
        context.console.write("\(place) = \n\n")
        context.console.write(Display.dispBytes(cells[i], context.format) + [10])
      }
    }
  }

  private static func dbstack(_ call: inout Call) throws(RuntimeError) -> [Value] {
    let frames = call.context.invoker.callStack
    if call.outputs == 0 {
      if frames.isEmpty { return [] }
      call.context.console.write("stopped in:\n\n")
      for (i, frame) in frames.enumerated() {
        call.context.console.write(
          (i == 0 ? "  --> " : "      ") + "\(frame.function) at line \(frame.line) [\(frame.file)]\n")
      }
      return []
    }
    let stack = StructArray(Shape(frames.count, 1), names: ["file", "name", "line", "column"])
    for (i, frame) in frames.enumerated() {
      stack.setField("file", .string(frame.file), at: i)
      stack.setField("name", .string(frame.function), at: i)
      stack.setField("line", .integer(frame.line), at: i)
      stack.setField("column", .integer(frame.column), at: i)
    }
    return [.structure(stack), .number(1)]
  }

  private static func listInColumns(_ call: inout Call) throws(RuntimeError) -> Value {
    guard let names = call[0].stringList else { throw call.error("ARG must be a cellstr or char array") }
    let width = call.count > 1 && !call[1].isEmpty ? try call.integer(1) : call.context.format.width
    let prefix = call.count > 2 ? try call.string(2) : ""
    let text = Columns.text(names, width: max(1, width - prefix.utf8.count))
    if prefix.isEmpty { return .string(text) }
    return .string(text.split(separator: "\n").map { prefix + $0 + "\n" }.joined())
  }

  private static func terminalSize(_ call: inout Call) throws(RuntimeError) -> Value {
    .row([24, Double(call.context.format.width)])
  }

  private static func usage(_ call: inout Call) throws(RuntimeError) -> Value {
    throw RuntimeError(call.count > 0 ? try call.string(0) : "Invalid call")
  }
}
