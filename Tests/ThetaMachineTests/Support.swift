import ThetaArrays
import ThetaRuntime
import ThetaSyntax

@testable import ThetaMachine

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A console that keeps what is written.
final class CapturedConsole: Console {
  var output = ""

  func write(_ bytes: [UInt8]) { output += String(decoding: bytes, as: UTF8.self) }
  func writeError(_ bytes: [UInt8]) { output += String(decoding: bytes, as: UTF8.self) }
  func flush() {}
  func readLine(prompt: String) -> String? { nil }
}

/// Files in memory, all in one directory or given by absolute path.
final class MemoryFiles: FileSystem {
  var contents: [String: String] = [:]
  var currentDirectory = "/project"
  /// How often the disk was asked.
  var questions = 0

  func read(_ path: String) throws(FileError) -> [UInt8] {
    guard let text = contents[path] else { throw FileError(path: path, reason: "no such file or directory") }
    return Array(text.utf8)
  }
  func write(_ bytes: [UInt8], to path: String) throws(FileError) {
    contents[path] = String(decoding: bytes, as: UTF8.self)
  }
  func isFile(_ path: String) -> Bool {
    questions += 1
    return contents[path] != nil
  }
  func isDirectory(_ path: String) -> Bool { false }
  func list(_ path: String) throws(FileError) -> [String] {
    contents.keys.filter { $0.hasPrefix(path + "/") }.map { String($0.dropFirst(path.count + 1)) }
  }
}

/// A machine with a few builtins, enough to look at it from outside.
struct TestMachine {
  let console = CapturedConsole()
  let files = MemoryFiles()
  let machine: Machine

  init() { machine = Machine(console: console, files: files, builtins: BuiltinTable([TestMachine.builtins])) }

  /// Runs a script; the output, or `error: message` for what ended it.
  @discardableResult
  func run(_ text: String) -> String {
    console.output = ""
    onLargeStack {
      let source = SourceFile(name: "/project/test.nn", text: text)
      let result = Parser.parse(source)
      if let error = result.diagnostics.first {
        console.output += "error: \(error.message)\n"
        return
      }
      do throws(RuntimeError) {
        try machine.run(source, result.program)
      } catch {
        console.output += "error: \(error.message)\n"
      }
    }
    return console.output
  }

  /// Test threads have small stacks; the session gives the machine a large one.
  private func onLargeStack(_ body: () -> Void) {
    final class Job {
      let body: () -> Void
      init(_ body: @escaping () -> Void) { self.body = body }
    }
    withoutActuallyEscaping(body) { body in
      var attributes = pthread_attr_t()
      pthread_attr_init(&attributes)
      pthread_attr_setstacksize(&attributes, 256 << 20)
      #if canImport(Glibc)
        var thread = pthread_t()
        pthread_create(
          &thread, &attributes,
          { argument in
            if let argument { Unmanaged<Job>.fromOpaque(argument).takeRetainedValue().body() }
            return nil
          }, Unmanaged.passRetained(Job(body)).toOpaque())
        pthread_join(thread, nil)
      #else
        var thread: pthread_t?
        pthread_create(
          &thread, &attributes,
          { argument in
            Unmanaged<Job>.fromOpaque(argument).takeRetainedValue().body()
            return nil
          }, Unmanaged.passRetained(Job(body)).toOpaque())
        if let thread { pthread_join(thread, nil) }
      #endif
    }
  }

  func number(_ name: String) -> Double? { machine.topLevel.variable(name)?.firstReal }

  static let builtins: [Builtin] = [
    Builtin("show (x)", "Prints a number.", multiple: show),
    Builtin("y = apply (f, x...)", "Calls f.", multiple: apply),
    Builtin("y = same (x, y)", "Whether two matrices are one array.", same),
    Builtin("y = twice (x)", "2 x", twice, scalar: { $0 * 2 }),
    Builtin("y = evaluate (code)", "eval", multiple: evaluate),
    Builtin("y = value (name)", "A variable of the caller.", value),
    Builtin("fail (text)", "Throws.", multiple: fail),
  ]

  private static func show(_ call: inout Call) throws(RuntimeError) -> [Value] {
    call.context.console.write("\(call[0].firstReal ?? .nan)\n")
    return []
  }
  private static func apply(_ call: inout Call) throws(RuntimeError) -> [Value] {
    try call.invoke(call[0], Array(call.arguments.dropFirst()), outputs: call.outputs)
  }
  private static func same(_ call: inout Call) throws(RuntimeError) -> Value {
    guard case .real(let a) = call[0], case .real(let b) = call[1] else { return .logical(false) }
    return .logical(a === b)
  }
  private static func twice(_ call: inout Call) throws(RuntimeError) -> Value {
    .number((call[0].firstReal ?? .nan) * 2)
  }
  private static func evaluate(_ call: inout Call) throws(RuntimeError) -> [Value] {
    try call.context.invoker.evaluate(call[0].textBytes ?? [], outputs: call.outputs)
  }
  private static func value(_ call: inout Call) throws(RuntimeError) -> Value {
    call.context.invoker.workspace(depth: 0).variable(call[0].stringValue ?? "") ?? .number(.nan)
  }
  private static func fail(_ call: inout Call) throws(RuntimeError) -> [Value] {
    throw RuntimeError(call[0].stringValue ?? "")
  }
}
