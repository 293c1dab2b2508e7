import ThetaArrays
import ThetaNumeric
import ThetaRuntime
import ThetaText

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The words after the script's name on the command line; the command sets them.
public final class ProgramArguments {
  public var program = "theta"
  public var words: [String] = []

  public init() {}
}

/// Functions to call when the session ends, last first.
final class ExitActions {
  var names: [String] = []
}

/// What has to be done when a session ends, however it ends.
public enum SessionEnd {
  /// Writes what open files still hold and calls the functions that `atexit` registered, the last one first.
  public static func perform(_ context: Context) throws(RuntimeError) {
    OpenFiles.of(context).saveAll(context)
    let actions = context.state { ExitActions() }
    while let name = actions.names.popLast() {
      do throws(RuntimeError) {
        _ = try context.invoker.invoke(named: name, [], outputs: 0)
      } catch {
        if error.kind != .error { throw error }
        context.console.flush()
        context.console.writeError("error: ignoring const execution_exception& while preparing to exit\n")
      }
    }
  }
}

// The system around a session: environment, commands, versions, paths, the end.

enum SessionEnvironment {
  static let table: [Builtin] = [
    Builtin(
      "val = getenv (var)",
      """
      The value of an environment variable, or empty text.

      >> ischar (getenv ("HOME"))
      ans = 1
      """, environmentGet),
    Builtin(
      "setenv (var, value?)",
      """
      Sets an environment variable.

      >> setenv ("A_NAME", "x");  getenv ("A_NAME")
      ans = x
      """, multiple: environmentSet),
    Builtin(
      "putenv (var, value?)",
      """
      Sets an environment variable.

      >> putenv ("A_NAME", "x");  getenv ("A_NAME")
      ans = x
      """, multiple: environmentSet),
    Builtin(
      "unsetenv (var)",
      """
      Removes an environment variable.

      >> unsetenv ("A_NAME");  getenv ("A_NAME")
      ans = 
      """, multiple: environmentUnset),
    Builtin(
      "[status, text] = system (command, return_output?, type?)", "Runs a command of the shell.",
      multiple: system),
    Builtin("[status, text] = unix (command, echo?)", "Runs a command of the shell.", multiple: system),
    Builtin("[status, text] = shell_cmd (command)", "Runs a command of the shell.", multiple: system),
    Builtin(
      "v = version (feature?)",
      """
      The version of Octave whose language this is.

      >> version ()
      ans = 7.3.0
      """, version),
    Builtin(
      "v = OCTAVE_VERSION ()",
      """
      The version of Octave whose language this is.

      >> OCTAVE_VERSION ()
      ans = 7.3.0
      """, version),
    Builtin(
      "v = ver (package?)",
      """
      Names and versions as a struct.

      >> isstruct (ver ())
      ans = 1
      """, ver),
    Builtin(
      "tf = ispc ()",
      """
      False: this is no Windows.

      >> ispc ()
      ans = 0
      """, falseValue),
    Builtin(
      "tf = isunix ()",
      """
      True on Linux and macOS.

      >> isunix () || ismac ()
      ans = 1
      """, trueValue),
    Builtin(
      "tf = ismac ()",
      """
      True on macOS.

      >> isunix () || ismac ()
      ans = 1
      """, ismac),
    Builtin(
      "n = nproc (how?)",
      """
      The number of processors.

      >> nproc () > 0
      ans = 1
      """, nproc),
    Builtin(
      "pid = getpid ()",
      """
      The number of this process.

      >> getpid () > 0
      ans = 1
      """, pid),
    Builtin(
      "[c, maxsize, endian] = computer (a?)",
      """
      The kind of computer.

      >> ischar (computer ())
      ans = 1
      """, multiple: computer),
    Builtin(
      "args = argv ()",
      """
      The words after the script's name on the command line.

      >> iscell (argv ())
      ans = 1
      """, argv),
    Builtin(
      "name = program_name ()",
      """
      The name of the program.

      >> ischar (program_name ())
      ans = 1
      """, programName),
  ]

  static let session: [Builtin] = [
    Builtin("exit (status?, force?)", "Ends the session.", multiple: exit),
    Builtin("quit (status?, force?)", "Ends the session.", multiple: exit),
    Builtin("atexit (fcn, flag?)", "A function to call when the session ends.", multiple: atexit),
    Builtin(
      "pkg (command, words...)", "Packages are part of Theta: loading one does nothing.", multiple: pkg),
    Builtin("old = addpath (dirs...)", "Puts directories in front of the search path.", multiple: addpath),
    Builtin("old = rmpath (dirs...)", "Takes directories out of the search path.", multiple: rmpath),
    Builtin("p = genpath (dir, skip...)", "A directory and those below it as a path.", genpath),
    Builtin(
      "p = path (dirs...)",
      """
      The search path; or sets it.

      >> ischar (path ())
      ans = 1
      """, multiple: path),
    Builtin("tf = usejava (feature)", "False: there is no Java.", falseValue),
    Builtin(
      "tf = isdeployed ()",
      """
      False.

      >> isdeployed ()
      ans = 0
      """, falseValue),
    Builtin(
      "tf = isguirunning ()",
      """
      False.

      >> isguirunning ()
      ans = 0
      """, falseValue),
    Builtin(
      "tf = isstudent (x?)",
      """
      False.

      >> isstudent ()
      ans = 0
      """, falseValue),
    Builtin(
      "n = getuid ()",
      """
      The number of the user.

      >> getuid () >= 0
      ans = 1
      """, userNumber),
    Builtin(
      "v = program_invocation_name ()",
      """
      The name of the program.

      >> ischar (program_invocation_name ())
      ans = 1
      """, programName),
    Builtin("clc ()", "Clears nothing: the output stays.", multiple: nothing),
    Builtin("beep ()", "Rings the bell of the terminal.", multiple: beep),
    Builtin("rehash ()", "Accepted; functions are looked up afresh anyway.", multiple: nothing),
    Builtin(
      "v = have_window_system ()",
      """
      False: figures are not drawn yet.

      >> have_window_system ()
      ans = 0
      """, falseValue),
    Builtin("s = license (words...)", "The licence.", license),
  ]

  private static func nothing(_ call: inout Call) throws(RuntimeError) -> [Value] { [] }
  private static func falseValue(_ call: inout Call) throws(RuntimeError) -> Value { .logical(false) }
  private static func trueValue(_ call: inout Call) throws(RuntimeError) -> Value { .logical(true) }
  private static func ismac(_ call: inout Call) throws(RuntimeError) -> Value {
    #if os(macOS)
      return .logical(true)
    #else
      return .logical(false)
    #endif
  }

  private static func environmentGet(_ call: inout Call) throws(RuntimeError) -> Value {
    guard let name = call[0].stringValue else { return .string("") }
    return .string(getenv(name).map { String(cString: $0) } ?? "")
  }

  private static func environmentSet(_ call: inout Call) throws(RuntimeError) -> [Value] {
    let name = try call.string(0, "VAR must be a string")
    setenv(name, call.count > 1 ? try call.string(1, "VALUE must be a string") : "", 1)
    return []
  }

  private static func environmentUnset(_ call: inout Call) throws(RuntimeError) -> [Value] {
    [.integer(Int(unsetenv(try call.string(0))))]
  }

  private static func system(_ call: inout Call) throws(RuntimeError) -> [Value] {
    let command = try call.string(0, "first argument must be a string")
    var returns = call.outputs > 1
    if call.count > 1, !call[1].isText, try call.flag(1) { returns = true }
    call.context.console.flush()
    let (output, code) = try Shell.output(of: command)
    if !returns {
      call.context.console.write(output)
      return [.integer(code)]
    }
    return [.integer(code), .bytes(output)]
  }

  private static func version(_ call: inout Call) throws(RuntimeError) -> Value { .string("7.3.0") }

  private static func ver(_ call: inout Call) throws(RuntimeError) -> Value {
    .structure([
      ("Name", .string("Octave")), ("Version", .string("7.3.0")), ("Release", .emptyMatrix),
      ("Date", .string("2022-11-02")),
    ])
  }

  private static func nproc(_ call: inout Call) throws(RuntimeError) -> Value {
    .integer(max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))))
  }

  private static func pid(_ call: inout Call) throws(RuntimeError) -> Value { .integer(Int(getpid())) }
  private static func userNumber(_ call: inout Call) throws(RuntimeError) -> Value { .integer(Int(getuid())) }

  private static func computer(_ call: inout Call) throws(RuntimeError) -> [Value] {
    #if os(macOS)
      let name = "aarch64-apple-darwin"
    #else
      let name = "x86_64-pc-linux-gnu"
    #endif
    if call.count > 0 { return [.string("gnu-linux-x86_64")] }
    if call.outputs == 0 {
      call.context.console.write(name + "\n")
      return []
    }
    return [.string(name), .number(Double(Int64.max)), .string("L")]
  }

  private static func argv(_ call: inout Call) throws(RuntimeError) -> Value {
    let words = call.context.state { ProgramArguments() }.words
    return words.isEmpty ? .cell(.empty, []) : .columnCell(words.map { .string($0) })
  }

  private static func programName(_ call: inout Call) throws(RuntimeError) -> Value {
    .string(call.context.state { ProgramArguments() }.program)
  }

  private static func exit(_ call: inout Call) throws(RuntimeError) -> [Value] {
    var status: Int32 = 0
    if call.count > 0, call[0].isText {
      guard ["cancel", "force"].contains(try call.string(0)) else {
        throw RuntimeError("quit: option must be string \"cancel\" or \"force\"")
      }
    } else if call.count > 0 {
      status = Int32(truncatingIfNeeded: Int(exactly: try call.real(0).rounded(.towardZero)) ?? 0)
    }
    throw RuntimeError("exit", kind: .exit(status))
  }

  private static func atexit(_ call: inout Call) throws(RuntimeError) -> [Value] {
    let name = try call.string(0, "FCN argument must be a string")
    let actions = call.context.state { ExitActions() }
    if call.count > 1, !(try call.flag(1)) {
      let found = actions.names.lastIndex(of: name)
      if let found { actions.names.remove(at: found) }
      return call.outputs > 0 ? [.logical(found != nil)] : []
    }
    actions.names.append(name)
    return []
  }

  private static func pkg(_ call: inout Call) throws(RuntimeError) -> [Value] {
    call.outputs > 0 ? [.cell(Shape(1, 0), [])] : []
  }

  // MARK: The search path

  private static func directories(_ call: Call) throws(RuntimeError) -> [String] {
    var result: [String] = []
    for i in 0..<call.count {
      guard call[i].isText else { continue }
      let word = try call.string(i)
      if word == "-end" || word == "-begin" || word == "-END" || word == "-BEGIN" { continue }
      result += word.split(separator: ":").map {
        $0.count > 1 && $0.hasSuffix("/") ? String($0.dropLast()) : String($0)
      }
    }
    return result
  }

  private static func joined(_ call: Call) -> Value {
    .string((["."] + call.context.invoker.searchPaths).joined(separator: ":"))
  }

  private static func addpath(_ call: inout Call) throws(RuntimeError) -> [Value] {
    let old = joined(call)
    var atEnd = false
    for i in 0..<call.count {
      if call.isOption(i, "-end") { atEnd = true }
      if !call[i].isText, call[i].firstReal == 1 { atEnd = true }
    }
    var existing: [String] = []
    for directory in try directories(call) {
      if call.context.files.isDirectory(directory) {
        existing.append(directory)
      } else {
        try call.context.warn("addpath: \(directory): No such file or directory")
      }
    }
    let others = call.context.invoker.searchPaths.filter { !existing.contains($0) }
    call.context.invoker.searchPaths = atEnd ? others + existing : existing + others
    return call.outputs > 0 ? [old] : []
  }

  private static func rmpath(_ call: inout Call) throws(RuntimeError) -> [Value] {
    let old = joined(call)
    for directory in try directories(call) {
      if !call.context.invoker.searchPaths.contains(directory) {
        try call.context.warn("rmpath: \(directory): not found")
      }
      call.context.invoker.searchPaths.removeAll { $0 == directory }
    }
    return call.outputs > 0 ? [old] : []
  }

  private static func genpath(_ call: inout Call) throws(RuntimeError) -> Value {
    let root = try call.string(0, "DIR must be a character string")
    var skipped: Set<String> = []
    for i in 1..<max(1, call.count) { skipped.insert(try call.string(i)) }
    let files = call.context.files
    var result: [String] = []
    func visit(_ directory: String, _ depth: Int) {
      guard depth < 32, result.count < 10_000, let names = try? files.list(directory) else { return }
      result.append(directory)
      for name in names.sorted() {
        guard !name.hasPrefix("."), !name.hasPrefix("@"), name != "private", !skipped.contains(name) else {
          continue
        }
        if files.isDirectory(directory + "/" + name) { visit(directory + "/" + name, depth + 1) }
      }
    }
    if files.isDirectory(root) { visit(root, 0) }
    return .string(result.joined(separator: ":"))
  }

  private static func path(_ call: inout Call) throws(RuntimeError) -> [Value] {
    if call.count > 0 { call.context.invoker.searchPaths = try directories(call).filter { $0 != "." } }
    if call.outputs > 0 || call.count > 0 { return [joined(call)] }
    call.context.console.write(
      "\nOctave's search path contains the following directories:\n\n.\n"
        + call.context.invoker.searchPaths.map { $0 + "\n" }.joined() + "\n")
    return []
  }

  private static func beep(_ call: inout Call) throws(RuntimeError) -> [Value] {
    call.context.console.write([7])
    return []
  }

  private static func license(_ call: inout Call) throws(RuntimeError) -> Value { .string("Apache-2.0") }
}
