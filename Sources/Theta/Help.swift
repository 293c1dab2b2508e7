import ThetaLibrary
import ThetaRuntime

/// What `help` and `theta help` print: usage lines and documentation of one function, or every function by topic, all
/// from the declarations.
enum Help {
  static let table: [Builtin] = [
    Builtin(
      """
      help (name?)
      text = help (name?)
      """,
      """
      The usage and the documentation of a function: of a builtin, or the comment at the head of your own. Without a name,
      all functions by topic.

      >> help sum
      """, multiple: help),
    Builtin(
      "type (names...)",
      """
      Prints what names stand for: the text of a function's file, the value of a variable.

      >> x = 5; type x
      x is a variable
      5

      """, multiple: type),
  ]

  /// The topics in reading order, each with its builtins.
  private static var topics: [(title: String, names: [String])] {
    var topics = StandardLibrary.topics.map { topic in
      (title: topic.title, names: topic.tables.flatMap { $0.map(\.name) })
    }
    for file in WrittenLibrary.scripts.files {
      topics.append(
        (title: WrittenLibrary.scripts.title(of: file), names: WrittenLibrary.scripts.names(in: file)))
    }
    return topics
  }

  static var overview: String {
    var text = "Functions by topic. `help NAME` tells what one of them does.\n"
    for topic in topics {
      text += "\n\(topic.title)\n\n"
      var line = "   "
      for name in Set(topic.names).sorted() {
        if line.count + 1 + name.count > 78 {
          text += line + "\n"
          line = "   "
        }
        line += " " + name
      }
      text += line + "\n"
    }
    return text
  }

  /// Usage and documentation, or nil when nothing has this name.
  static func text(of name: String, _ invoker: any Invoker) -> String? {
    guard let function = invoker.resolve(name) else { return nil }
    switch function.source {
    case .file(let path):
      return "'\(name)' is a function from the file \(path)\n\n\(function.documentation)\n"
    case .script: return "'\(name)' is a command-line function\n\n\(function.documentation)\n"
    case .builtin:
      var text = "'\(name)' is a built-in function\n\n"
      if let builtin = StandardLibrary.builtins[name] {
        for line in builtin.signature.lines { text += " -- \(line)\n" }
        text += "\n" + indented(function.documentation)
      } else {
        let lines = function.documentation.split(separator: "\n", omittingEmptySubsequences: false)
          .map { $0.drop { $0 == " " } }
        let usage = lines.prefix { !$0.isEmpty }
        for line in usage { text += " -- \(line)\n" }
        text += "\n" + indented(lines.dropFirst(usage.count + 1).joined(separator: "\n"))
      }
      let others = UsageForms.named(name)?.lines ?? []
      if !others.isEmpty { text += "\n    As Octave writes it:\n" + others.map { "     \($0)\n" }.joined() }
      return text
    }
  }

  private static func indented(_ text: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false)
      .map { $0.isEmpty ? "\n" : "    \($0)\n" }.joined()
  }

  private static func help(_ call: inout Call) throws(RuntimeError) -> [Value] {
    let text: String
    if call.count == 0 {
      text = overview
    } else {
      let name = try call.string(0, "NAME must be a string")
      guard let found = Help.text(of: name, call.context.invoker) else {
        throw call.error("'\(name)' not found")
      }
      text = found
    }
    if call.outputs > 0 { return [.string(text)] }
    call.context.console.write(text)
    return []
  }

  private static func type(_ call: inout Call) throws(RuntimeError) -> [Value] {
    guard call.count > 0 else { throw call.invalid }
    var result = ""
    for i in 0..<call.count {
      let name = try call.string(i, "NAME must be a string")
      let workspace = call.context.invoker.workspace(depth: 0)
      if let value = workspace.variable(name) {
        let shown = try call.context.invoker.invoke(named: "evalc", [.string("disp (\(name))")], outputs: 1)
        result += "\(name) is a variable\n\(shown.first?.stringValue ?? value.className)\n"
        continue
      }
      guard let function = call.context.invoker.resolve(name) else {
        guard let bytes = try? call.context.files.read(name) else {
          throw call.error("'\(name)' undefined")
        }
        result += String(decoding: bytes, as: UTF8.self) + "\n"
        continue
      }
      switch function.source {
      case .builtin: result += "\(name) is a built-in function\n\n"
      case .script: result += "\(name) is the command-line function\n\n"
      case .file(let path):
        let bytes: [UInt8]
        do { bytes = try call.context.files.read(path) } catch {
          throw call.error("cannot read \(path): \(error.reason)")
        }
        result += "\(name) is the user-defined function defined from: \(path)\n\n"
        result += String(decoding: bytes, as: UTF8.self) + "\n"
      }
    }
    if call.outputs > 0 { return [.string(result)] }
    call.context.console.write(result)
    return []
  }
}
