import ThetaArrays
import ThetaDisplay
import ThetaRuntime

// printf and its family, disp, and what flushes.

enum Printing {
  static let table: [Builtin] = [
    Builtin(
      "printf (template, values...)",
      """
      Writes values by a template.

      >> printf ("%d %s\\n", 5, "apples")
      5 apples

      """, multiple: printf),
    Builtin(
      "numbytes = fprintf (fid, template, values...)\nnumbytes = fprintf (template, values...)",
      """
      Writes values by a template to a file, or to the output when no file is given.

      >> fprintf (stdout, "%5.2f|", [pi; e]); fprintf ("\\n")
       3.14| 2.72|

      """, multiple: fprintf),
    Builtin(
      "str = sprintf (template, values...)",
      """
      Values written by a template, as a string.

      >> sprintf ("%d,", [1 2 3])
      ans = 1,2,3,

      """, sprintf),
    Builtin(
      "puts (string)",
      """
      Writes a string as it is.

      >> puts ("text\\n")
      text
      ans = 0

      """, multiple: puts),
    Builtin(
      "fputs (fid, string)",
      """
      Writes a string to a file as it is.

      >> fputs (stdout, "text\\n")
      text
      ans = 0

      """, multiple: fputs),
    Builtin(
      "fdisp (fid, x)",
      """
      Writes a value to a file as disp shows it.

      >> fdisp (stdout, [1 2])
         1   2

      """, multiple: fdisp),
    Builtin(
      "str = disp (x)",
      """
      Shows a value without its name, or returns that text.

      >> disp ([1 2])
         1   2

      """, multiple: disp),
    Builtin(
      "str = display (x)",
      """
      Shows a value.

      >> x = 5; display (x)
      x = 5

      """, multiple: display),
    Builtin(
      "status = fflush (fid)",
      """
      Writes out what a file still holds back.

      >> fflush (stdout);

      """, multiple: fflush),
    Builtin(
      "fid = stdout ()",
      """
      The number of the output stream: 1.

      >> stdout
      ans = 1

      """, stdout),
    Builtin(
      "fid = stderr ()",
      """
      The number of the error stream: 2.

      >> stderr
      ans = 2

      """, stderr),
    Builtin(
      "fid = stdin ()",
      """
      The number of the input stream: 0.

      >> stdin
      ans = 0

      """, stdin),
  ]

  private static func formatted(
    _ call: Call, template position: Int
  ) throws(RuntimeError) -> Bytes {
    guard call[position].isText else { throw call.error("format TEMPLATE must be a string") }
    return try FormattedPrint.format(
      template: call[position], arguments: Array(call.arguments.dropFirst(position + 1)), function: call.name)
  }

  private static func printf(_ call: inout Call) throws(RuntimeError) -> [Value] {
    let bytes = try formatted(call, template: 0)
    call.context.console.write(bytes)
    return call.outputs > 0 ? [.integer(bytes.count)] : []
  }

  private static func fprintf(_ call: inout Call) throws(RuntimeError) -> [Value] {
    if call.count == 0 { throw call.invalid }
    var file = 1
    var position = 0
    if !call[0].isText {
      if call.count == 1 { throw call.invalid }
      file = try OpenFiles.identifier(call[0], call)
      position = 1
    }
    let bytes = try formatted(call, template: position)
    let isWritten = try OpenFiles.write(bytes, to: file, call)
    return call.outputs > 0 ? [.integer(isWritten ? bytes.count : 0)] : []
  }

  private static func sprintf(_ call: inout Call) throws(RuntimeError) -> Value {
    let bytes = try formatted(call, template: 0)
    if case .text(_, let quotes) = call[0] { return .rowText(bytes, quotes) }
    return .rowText(bytes)
  }

  private static func puts(_ call: inout Call) throws(RuntimeError) -> [Value] {
    guard let bytes = call[0].textBytes else {
      return [.number(-1)]
    }
    call.context.console.write(bytes)
    return [.number(0)]
  }

  private static func fputs(_ call: inout Call) throws(RuntimeError) -> [Value] {
    guard let bytes = call[1].textBytes else { return [.number(-1)] }
    try OpenFiles.write(bytes, to: try OpenFiles.identifier(call[0], call), call)
    return [.number(0)]
  }

  private static func fdisp(_ call: inout Call) throws(RuntimeError) -> [Value] {
    let text = Display.dispBytes(call[1], call.context.format)
    try OpenFiles.write(text, to: try OpenFiles.identifier(call[0], call), call)
    return []
  }

  private static func disp(_ call: inout Call) throws(RuntimeError) -> [Value] {
    let text = Display.dispBytes(call[0], call.context.format)
    if call.outputs > 0 { return [.bytes(text, .double)] }
    call.context.console.write(text)
    return []
  }

  private static func display(_ call: inout Call) throws(RuntimeError) -> [Value] {
    // A variable is shown with its name.
    let name = call.context.invoker.argumentTexts(depth: 0).first ?? ""
    let text =
      VariableName.isValid(Array(name.utf8))
      ? Display.namedBytes(name, call[0], call.context.format)
      : Display.dispBytes(call[0], call.context.format)
    call.context.console.write(text)
    if call.outputs > 0 { throw RuntimeError.undefinedRightSide }
    return []
  }

  private static func fflush(_ call: inout Call) throws(RuntimeError) -> [Value] {
    let file = try OpenFiles.identifier(call[0], call)
    if file <= 2 {
      call.context.console.flush()
    } else {
      try OpenFiles.of(call.context).file(file, call.name).save(call.context)
    }
    return [.number(0)]
  }

  private static func stdout(_ call: inout Call) throws(RuntimeError) -> Value { .number(1) }
  private static func stderr(_ call: inout Call) throws(RuntimeError) -> Value { .number(2) }
  private static func stdin(_ call: inout Call) throws(RuntimeError) -> Value { .number(0) }
}
