import ThetaArrays
import ThetaDisplay
import ThetaNumeric
import ThetaRuntime
import ThetaText

// error, rethrow, lasterr, print_usage, and the checks of argument counts.

enum Errors {
  static let table: [Builtin] = [
    Builtin(
      "error (template, values...)\nerror (id, template, values...)\nerror (err)",
      """
      Ends the script (or the try block) with a message, made from a template as printf does.

      >> try, error ("no %d", 5), catch err, err.message, end
      ans = no 5
      """,
      multiple: error),
    Builtin(
      "rethrow (err)",
      """
      Raises an error again from a struct with message and identifier.

      >> try, rethrow (struct ("message", "no", "identifier", "a:b")), catch err, err.message, end
      ans = no
      """, multiple: rethrow),
    Builtin(
      "throw (err)",
      """
      Raises an error from a struct with message and identifier.

      >> try, throw (MException ("a:b", "no")), catch err, err.message, end
      ans = no
      """, multiple: rethrow),
    Builtin(
      "err = MException (id, template, values...)",
      """
      A struct that describes an error, for throw and rethrow.

      >> MException ("a:b", "no %d", 5).message
      ans = no 5
      """, exception),
    Builtin(
      "text = getReport (err)",
      """
      The text that an uncaught error prints.

      >> getReport (MException ("a:b", "no"))
      ans = error: no
      """, getReport),
    Builtin(
      "[msg, msgid] = lasterr (msg?, msgid?)",
      """
      The message of the last error; or sets it.

      >> try, error ("no"), catch, end;  lasterr ()
      ans = no
      """, multiple: lasterr
    ),
    Builtin(
      "lasterr = lasterror (err?)",
      """
      The last error as a struct; "reset" forgets it.

      >> lasterror ("reset");  lasterror ().message
      ans = 
      """, lasterror),
    Builtin(
      "print_usage (name?)",
      "The error for wrong arguments of the function that calls it, or of the one that is named.",
      multiple: printUsage),
    Builtin(
      "narginchk (minargs, maxargs)",
      """
      An error unless the caller got so many arguments.

      >> f = @(varargin) narginchk (0, 1);  f(1)

      """, multiple: narginchk
    ),
    Builtin(
      "nargoutchk (minargs, maxargs)", "An error unless so many outputs are wanted.", multiple: nargoutchk),
    Builtin(
      "msg = nargchk (minargs, maxargs, nargs, outtype?)", "A message when a count is out of bounds.", nargchk
    ),
  ]

  /// The message of `error` and `warning`: a template is formatted only when values follow it.
  /// - Returns: identifier and message; the message keeps a newline at its end.
  static func message(_ call: Call, from start: Int) throws(RuntimeError) -> (
    identifier: String, message: Bytes
  ) {
    var position = start
    var identifier = ""
    guard position < call.count else { throw call.invalid }
    if let first = call[position].textBytes, isIdentifier(first) {
      if position + 1 < call.count {
        identifier = first.text
        position += 1
      } else {
        return ("", Array("unspecified error".utf8))
      }
    }
    let template = call[position]
    if template.isText, position + 1 == call.count {
      let bytes = template.textBytes ?? []
      // A template alone is printed as it is when single-quoted, but `%%` and the like have no values anyway.
      return (identifier, identifier.isEmpty ? bytes : try formatted(call, position))
    }
    guard template.isText else {
      if call.count == start + 1 { return (identifier, []) }
      throw RuntimeError("sprintf: format TEMPLATE must be a string")
    }
    return (identifier, try formatted(call, position))
  }

  private static func formatted(_ call: Call, _ position: Int) throws(RuntimeError) -> Bytes {
    try FormattedPrint.format(
      template: call[position], arguments: Array(call.arguments.dropFirst(position + 1)), function: call.name)
  }

  /// An identifier holds a colon inside, no white space and no `%`.
  static func isIdentifier(_ text: Bytes) -> Bool {
    let colon = UInt8(ascii: ":")
    guard text.contains(colon), text.first != colon, text.last != colon else { return false }
    return !text.contains { $0.isSpaceByte || $0 == UInt8(ascii: "%") }
  }

  private static func error(_ call: inout Call) throws(RuntimeError) -> [Value] {
    if call.count == 0 { throw call.invalid }
    if call.count == 1, let structure = call[0].structValue {
      if structure.count == 0 || structure.names.isEmpty { return [] }
      throw runtimeError(structure)
    }
    if call.count == 1, call[0].isEmpty { return [] }
    if call.count == 1, let text = call[0].textBytes, isIdentifier(text) {
      throw RuntimeError("call to error with message identifier '\(text.text)' requires message")
    }
    var (identifier, message) = try message(call, from: 0)
    if message.isEmpty, call.count > 1 { return [] }
    if message.last == 10 { message.removeLast() }
    throw RuntimeError(message.text, identifier: identifier)
  }

  /// The error that a struct describes; the stack comes along.
  static func runtimeError(_ structure: StructArray) -> RuntimeError {
    let message = structure.field("message")?.stringValue ?? "unspecified error"
    let identifier = structure.field("identifier")?.stringValue ?? ""
    var frames: [RuntimeError.Frame] = []
    if case .structure(let stack)? = structure.field("stack") {
      for i in 0..<stack.count {
        frames.append(
          RuntimeError.Frame(
            function: stack.field("name", at: i)?.stringValue ?? "",
            file: stack.field("file", at: i)?.stringValue ?? "",
            line: stack.field("line", at: i)?.firstReal.flatMap { Int(exactly: $0) } ?? -1,
            column: stack.field("column", at: i)?.firstReal.flatMap { Int(exactly: $0) } ?? -1))
      }
    }
    return RuntimeError(message, identifier: identifier, stack: frames)
  }

  /// The struct that describes an error, as `catch err` and `lasterror` give it.
  static func structure(_ error: RuntimeError) -> Value {
    let stack = StructArray(Shape(error.stack.count, 1), names: ["file", "name", "line", "column"])
    for (i, frame) in error.stack.enumerated() {
      stack.setField("file", .string(frame.file), at: i)
      stack.setField("name", .string(frame.function), at: i)
      stack.setField("line", .integer(frame.line), at: i)
      stack.setField("column", .integer(frame.column), at: i)
    }
    return .structure([
      ("message", .string(error.message)), ("identifier", .string(error.identifier)),
      ("stack", .structure(stack)),
    ])
  }

  private static func rethrow(_ call: inout Call) throws(RuntimeError) -> [Value] {
    guard let structure = call[0].structValue else {
      throw RuntimeError("octave_base_value::map_value(): wrong type argument '\(Read.typeName(call[0]))'")
    }
    guard structure.slot(of: "message") != nil, structure.slot(of: "identifier") != nil else {
      throw call.error("ERR struct must contain the fields 'message' and 'identifier'")
    }
    throw runtimeError(structure)
  }

  private static func exception(_ call: inout Call) throws(RuntimeError) -> Value {
    guard call.count >= 2, let identifier = call[0].stringValue, call[1].isText else { throw call.invalid }
    let message = try FormattedPrint.format(
      template: call[1], arguments: Array(call.arguments.dropFirst(2)), function: "MException")
    return structure(RuntimeError(message.text, identifier: identifier))
  }

  private static func getReport(_ call: inout Call) throws(RuntimeError) -> Value {
    let structure = try call.structure(0)
    return .string("error: " + (structure.field("message")?.stringValue ?? ""))
  }

  private static func lasterr(_ call: inout Call) throws(RuntimeError) -> [Value] {
    let last = call.context.lastError
    if call.count > 0 {
      call.context.lastError = RuntimeError(
        try call.string(0), identifier: call.count > 1 ? try call.string(1) : "")
      if call.outputs == 0 { return [] }
    }
    return [.string(last?.message ?? ""), .string(last?.identifier ?? "")]
  }

  private static func lasterror(_ call: inout Call) throws(RuntimeError) -> Value {
    let last = structure(call.context.lastError ?? RuntimeError(""))
    if call.count > 0 {
      if call.isOption(0, "reset") {
        call.context.lastError = nil
      } else if let structure = call[0].structValue {
        call.context.lastError = runtimeError(structure)
      } else {
        throw call.error("unrecognized string argument")
      }
    }
    return last
  }

  private static func printUsage(_ call: inout Call) throws(RuntimeError) -> [Value] {
    let name: String
    if call.count > 0 {
      name = try call.string(0)
    } else {
      guard let caller = call.context.invoker.callStack.first?.function, !caller.isEmpty else {
        throw RuntimeError("Invalid call")
      }
      name = caller
    }
    let function = call.context.invoker.resolve(name)
    if function?.source == .builtin, let forms = UsageForms.named(name), !forms.lines.isEmpty {
      throw .invalidCall(name, forms.lines)
    }
    switch function?.source {
    case .builtin:
      throw RuntimeError(
        "Invalid call to \(name)\(usage(function?.documentation ?? ""))",
        identifier: "Octave:invalid-fun-call")
    case .file where function?.documentation.isEmpty == false:
      throw RuntimeError(
        "Invalid call to \(name).  Correct usage is:\n\n\(function?.documentation ?? "")",
        identifier: "Octave:invalid-fun-call")
    case .script?, .file?:
      // Of the caller itself Octave does not look up the documentation.
      throw call.error(call.count > 0 ? "'\(name)' is not documented" : "'\(name)' not found")
    case nil: throw call.error("'\(name)' not found")
    }
  }

  /// `.  Correct usage is: …` with the lines that a function's documentation starts with, when they look like calls.
  private static func usage(_ documentation: String) -> String {
    let lines = documentation.split(separator: "\n", omittingEmptySubsequences: false)
      .map { $0.drop { $0 == " " } }.prefix { !$0.isEmpty }
    guard let first = lines.first, first.contains(" ("), first.hasSuffix(")") else { return "" }
    return ".  Correct usage is:\n" + lines.map { "\n -- \($0)" }.joined()
  }

  private static func narginchk(_ call: inout Call) throws(RuntimeError) -> [Value] {
    let (least, most) = (try call.real(0), try call.real(1))
    if least > most { throw call.error("MINARGS cannot be larger than MAXARGS") }
    let inputs = call.context.invoker.workspace(depth: 0).argumentCounts.inputs
    if Double(inputs) < least { throw call.error("not enough input arguments") }
    if Double(inputs) > most { throw call.error("too many input arguments") }
    return []
  }

  private static func nargoutchk(_ call: inout Call) throws(RuntimeError) -> [Value] {
    let (least, most) = (try call.real(0), try call.real(1))
    let outputs = call.context.invoker.workspace(depth: 0).argumentCounts.outputs
    if Double(outputs) < least { throw call.error("Not enough output arguments") }
    if Double(outputs) > most { throw call.error("Too many output arguments") }
    return []
  }

  private static func nargchk(_ call: inout Call) throws(RuntimeError) -> Value {
    let (least, most, count) = (try call.real(0), try call.real(1), try call.real(2))
    if least > most { throw call.error("MINARGS must be <= MAXARGS") }
    var message = ""
    if count < least { message = "not enough input arguments" }
    if count > most { message = "too many input arguments" }
    if call.isOption(3, "struct") {
      if message.isEmpty { return .structure(StructArray(Shape(0, 1), names: ["message", "identifier"])) }
      let kind = count < least ? "not-enough-inputs" : "too-many-inputs"
      return .structure([("message", .string(message)), ("identifier", .string("Octave:nargchk:\(kind)"))])
    }
    return .string(message)
  }
}
