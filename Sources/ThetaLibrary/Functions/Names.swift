import ThetaArrays
import ThetaNumeric
import ThetaRuntime
import ThetaText

// Names: which are valid, what exists, what to clear, who is there.

enum Names {
  static let table: [Builtin] = [
    Builtin(
      "tf = isvarname (name)",
      """
      True for a valid variable name.

      >> isvarname ("a1")
      ans = 1
      """, isvarname),
    Builtin(
      "tf = iskeyword (name?)",
      """
      True for a word of the language; without a name, all of them.

      >> iskeyword ("end")
      ans = 1
      """, iskeyword),
    Builtin(
      "n = namelengthmax ()",
      """
      63: longer names need not work elsewhere.

      >> namelengthmax ()
      ans = 63
      """, namelengthmax),
    Builtin(
      "c = exist (name, type?)",
      """
      1 for a variable, 2 for a file, 5 for a builtin function, 7 for a directory, 103 for a function
      of the script, 0 for nothing.

      >> exist ("sin") > 0
      ans = 1
      """,
      exist),
    Builtin(
      "c = who (patterns...)",
      """
      The names of the variables.

      >> x = 1;  who
      Variables visible from the current scope:

      x

      """, multiple: who),
    Builtin("s = whos (patterns...)", "The variables with their sizes and classes.", multiple: whos),
    Builtin(
      "clear (names...)",
      """
      Forgets variables, by name or pattern.

      >> x = 1;  clear x;  exist ("x")
      ans = 0
      """, multiple: clear),
    Builtin(
      "clearvars (names...)",
      """
      Forgets variables, by name or pattern.

      >> x = 1;  clearvars x;  exist ("x")
      ans = 0
      """, multiple: clear),
    Builtin("tf = isvariable (name)", "True when the caller has a variable of this name.", isvariable),
    Builtin(
      "tf = isglobal (name)",
      """
      True when a name is a global variable of the caller.

      >> global g;  isglobal ("g")
      ans = 1
      """, isglobal),
    Builtin("mlock ()", "Accepted; functions are never forgotten.", multiple: nothing),
    Builtin("munlock (name?)", "Accepted; functions are never forgotten.", multiple: nothing),
    Builtin(
      "tf = mislocked (name?)",
      """
      False: no function needs a lock.

      >> mislocked ("sin")
      ans = 0
      """, mislocked),
    Builtin("s = which (names...)", "Where functions come from.", multiple: which),
    Builtin(
      "s = genvarname (str, exclusions?)",
      """
      A valid variable name made from a string.

      >> genvarname ("x", {"x"})
      ans = x1
      """, genvarname),
    Builtin(
      "s = mfilename (option?)",
      """
      The name of the file that runs, without directory and suffix.

      >> ischar (mfilename ())
      ans = 1
      """, mfilename),
  ]

  /// The identifiers of an expression that look like variables, in order, for `inline`; `x` when there are none.
  static func freeVariables(_ code: Bytes) -> [String] {
    var found: Set<String> = []
    var i = 0
    while i < code.count {
      guard code[i].isAlphaByte || code[i] == UInt8(ascii: "_") else {
        // Letters that belong to a number (1e5) are no variables.
        if code[i].isDigitByte {
          while i < code.count, code[i].isAlnumByte || code[i] == UInt8(ascii: ".") { i += 1 }
        } else {
          i += 1
        }
        continue
      }
      var end = i
      while end < code.count, code[end].isAlnumByte || code[end] == UInt8(ascii: "_") { end += 1 }
      let word = code[i..<end]
      var next = end
      while next < code.count, code[next] == 32 { next += 1 }
      let isCall = next < code.count && code[next] == UInt8(ascii: "(")
      if !isCall, !["i", "j", "pi", "e", "Inf", "NaN", "eps"].contains(Array(word).text) {
        found.insert(Array(word).text)
      }
      i = end
    }
    return found.isEmpty ? ["x"] : found.sorted()
  }

  private static func nothing(_ call: inout Call) throws(RuntimeError) -> [Value] { [] }

  private static func isvarname(_ call: inout Call) throws(RuntimeError) -> Value {
    .logical(call[0].shape.rows == 1 && VariableName.isValid(call[0].textBytes ?? []))
  }

  private static func iskeyword(_ call: inout Call) throws(RuntimeError) -> Value {
    if call.count == 0 { return .columnCell(VariableName.keywords.map { .string($0) }) }
    return .logical(VariableName.keywords.contains(call[0].stringValue ?? ""))
  }

  private static func namelengthmax(_ call: inout Call) throws(RuntimeError) -> Value { .number(63) }

  private static func exist(_ call: inout Call) throws(RuntimeError) -> Value {
    let name = try call.string(0, "NAME must be a string")
    let kind = call.count > 1 ? try call.string(1, "TYPE must be a string") : "any"
    guard ["any", "var", "builtin", "file", "dir"].contains(kind) else {
      throw call.error("unrecognized type argument \"\(kind)\"")
    }
    let context = call.context
    if kind == "any" || kind == "var", context.invoker.workspace(depth: 0).variable(name) != nil {
      return .number(1)
    }
    if kind == "var" { return .number(0) }
    if !name.contains("."), kind == "any" || kind == "builtin" || kind == "file",
      let function = context.invoker.resolve(name)
    {
      switch function.source {
      case .builtin:
        let isFile = UsageForms.isFile(name)
        if kind == "any" { return .number(isFile ? 2 : 5) }
        if isFile == (kind == "file") { return .number(isFile ? 2 : 5) }
      case .file: if kind != "builtin" { return .number(2) }
      case .script: if kind == "any" { return .number(103) }
      }
    }
    if kind == "any" || kind == "file" || kind == "dir" {
      if context.files.isDirectory(name) { return .number(7) }
      if kind != "dir", context.files.isFile(name) { return .number(2) }
    }
    return .number(0)
  }

  private static func mislocked(_ call: inout Call) throws(RuntimeError) -> Value { .logical(false) }

  private static func isvariable(_ call: inout Call) throws(RuntimeError) -> Value {
    guard let name = call[0].stringValue else { return .logical(false) }
    return .logical(call.context.invoker.workspace(depth: 0).variable(name) != nil)
  }

  private static func isglobal(_ call: inout Call) throws(RuntimeError) -> Value {
    let name = try call.string(0, "NAME must be a string")
    return .logical(call.context.invoker.workspace(depth: 0).isGlobal(name))
  }

  /// Variables by name that match any of the patterns (`*`, `?`, `[…]`): the caller's, or with -file and a name those
  /// that `load` finds in that file.
  private static func matching(
    _ call: Call
  ) throws(RuntimeError) -> (variables: [(name: String, value: Value)], file: String?) {
    let file = call.isOption(0, "-file") && call.count > 1 ? try call.string(1) : nil
    var patterns: [Bytes] = []
    let first = file == nil ? 0 : 2
    for i in stride(from: first, to: call.count, by: 1) { patterns.append(try call.bytes(i)) }
    var variables: [(name: String, value: Value)] = []
    if let file {
      guard
        case .structure(let s)? = try call.context.invoker.invoke(
          named: "load", [.string(file)], outputs: 1
        ).first
      else { throw call.error("'\(file)' holds no variables by name") }
      for name in s.names { variables.append((name, s.field(name) ?? .emptyMatrix)) }
    } else {
      let workspace = call.context.invoker.workspace(depth: 0)
      for name in workspace.variableNames {
        if let value = workspace.variable(name) { variables.append((name, value)) }
      }
    }
    let chosen = variables.filter { variable in
      patterns.isEmpty || patterns.contains { Glob.matches($0, Array(variable.name.utf8)) }
    }
    return (chosen.sorted { $0.name < $1.name }, file)
  }

  private static func who(_ call: inout Call) throws(RuntimeError) -> [Value] {
    let (variables, file) = try matching(call)
    let names = variables.map(\.name)
    if call.outputs > 0 {
      return [names.isEmpty ? .cell(.empty, []) : .columnCell(names.map { .string($0) })]
    }
    if names.isEmpty { return [] }
    call.context.console.write(VariableTable.title(file: file))
    call.context.console.write(Columns.text(names, width: call.context.format.width) + "\n")
    return []
  }

  private static func whos(_ call: inout Call) throws(RuntimeError) -> [Value] {
    let (variables, file) = try matching(call)
    let workspace = call.context.invoker.workspace(depth: 0)
    let rows = variables.map { name, value in
      VariableTable.Row(
        name: name, shape: value.shape, bytes: VariableTable.bytes(of: value), className: value.className,
        isComplex: value.isComplex, isGlobal: file == nil && workspace.isGlobal(name))
    }
    let scope = file == nil ? "top scope" : "$dummy_scope$"
    if call.outputs > 0 {
      let result = StructArray(
        Shape(rows.count, 1),
        names: [
          "name", "size", "bytes", "class", "global", "sparse", "complex", "nesting", "persistent",
        ])
      let nesting = Value.structure([("function", .string(scope)), ("level", .number(1))])
      for (i, row) in rows.enumerated() {
        result.setField("name", .string(row.name), at: i)
        result.setField("size", .row(row.shape.sizes.map { Double($0) }), at: i)
        result.setField("bytes", .integer(row.bytes), at: i)
        result.setField("class", .string(row.className), at: i)
        result.setField("global", .logical(row.isGlobal), at: i)
        result.setField("sparse", .logical(false), at: i)
        result.setField("complex", .logical(row.isComplex), at: i)
        result.setField("nesting", nesting, at: i)
        result.setField("persistent", .logical(false), at: i)
      }
      return [.structure(result)]
    }
    if rows.isEmpty { return [] }
    call.context.console.write(VariableTable.title(file: file) + VariableTable.whos(rows, scope: scope))
    return []
  }

  private static func clear(_ call: inout Call) throws(RuntimeError) -> [Value] {
    let workspace = call.context.invoker.workspace(depth: 0)
    var patterns: [Bytes] = []
    var excludes = false
    var isRegular = false
    var global = false
    var (clearsVariables, clearsFunctions) = (true, true)
    for i in 0..<call.count {
      let word = try call.string(i)
      switch word {
      case "-all", "-a", "-classes", "-c": break
      case "-functions", "-f": clearsVariables = false
      case "-variables", "-v": clearsFunctions = false
      case "all", "functions", "variables", "classes":
        if call.count > 1 {
          patterns.append(Array(word.utf8))
        } else if word == "functions" {
          clearsVariables = false
        } else if word == "variables" {
          clearsFunctions = false
        }
      case "-global", "-g": global = true
      case "-exclusive", "-x": excludes = true
      case "-regexp", "-r": isRegular = true
      default: patterns.append(Array(word.utf8))
      }
    }
    var regular: [RegularExpression] = []
    if isRegular {
      for pattern in patterns {
        regular.append(try RegularExpression(pattern, RegexOptions(), function: "clear"))
      }
    }
    func isChosen(_ name: String) -> Bool {
      let bytes = Array(name.utf8)
      let matched =
        isRegular
        ? regular.contains { (try? $0.matches(in: bytes, once: true))?.isEmpty == false }
        : patterns.contains { Glob.matches($0, bytes) }
      return patterns.isEmpty || matched != excludes
    }
    // A name stands for the variable where there is one. Without names only `clear all` and its like reach functions.
    let hasOption = call.count > 0
    if clearsFunctions, hasOption, !global, !isRegular {
      call.context.invoker.resetFunctions { isChosen($0) && workspace.variable($0) == nil }
    }
    guard clearsVariables else { return [] }
    for name in workspace.variableNames where isChosen(name) {
      if global, workspace.isGlobal(name) { workspace.clearGlobal(name) }
      workspace.clearVariable(name)
    }
    return []
  }

  private static func which(_ call: inout Call) throws(RuntimeError) -> [Value] {
    var found: [Value] = []
    for i in 0..<call.count {
      let name = try call.string(i)
      let isVariable = call.context.invoker.workspace(depth: 0).variable(name) != nil
      var place = isVariable ? "variable" : ""
      var text = isVariable ? "'\(name)' is a variable\n" : ""
      if !isVariable, let function = call.context.invoker.resolve(name) {
        switch function.source {
        case .builtin: (place, text) = ("built-in function", "'\(name)' is a built-in function\n")
        case .file(let path): (place, text) = (path, "'\(name)' is a function from the file \(path)\n")
        case .script: (place, text) = ("command-line function", "'\(name)' is a command-line function\n")
        }
      }
      if call.outputs == 0 { call.context.console.write(text) }
      found.append(.string(place))
    }
    if call.outputs == 0 { return [] }
    return found.count == 1 ? found : [.rowCell(found)]
  }

  private static func genvarname(_ call: inout Call) throws(RuntimeError) -> Value {
    var taken = Set((call.optional(1)?.byteStrings ?? []).map(\.text))
    func make(_ text: Bytes) -> String {
      var name = text.map { $0.isAlnumByte || $0 == UInt8(ascii: "_") ? $0 : UInt8(ascii: "_") }
      if name.isEmpty { name = Bytes(ascii: "x") }
      if !VariableName.isValid(name) { name = Bytes(ascii: "x") + name }
      var result = name.text
      var n = 1
      while taken.contains(result) {
        result = name.text + String(n)
        n += 1
      }
      taken.insert(result)
      return result
    }
    if case .cell(let cells) = call[0] {
      return .cell(cells.shape, cells.map { .string(make($0.textBytes ?? [])) })
    }
    return .string(make(try call.bytes(0, "STR must be a string or cellstr")))
  }

  private static func mfilename(_ call: inout Call) throws(RuntimeError) -> Value {
    let path = call.context.invoker.callStack.first?.file ?? ""
    switch call.optional(0)?.stringValue {
    case "fullpathext": return .string(path)
    case "fullpath": return .string(Paths.withoutSuffix(path))
    default: return .string(Paths.withoutSuffix(Paths.base(path)))
    }
  }
}
