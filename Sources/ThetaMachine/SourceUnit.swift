import ThetaRuntime
import ThetaSyntax

/// One parsed text and the functions defined in it: a script, a function file, a line at the prompt, or
/// evaluated text.
final class SourceUnit {
  let source: SourceFile
  let program: Program
  /// The directory beside which functions are looked for; empty for text that is no file.
  let directory: String
  /// For evaluated text, the text that evaluated it.
  weak var around: SourceUnit?
  /// A file of the library: its functions see the library before anything of the user, and errors in them are told at
  /// the place that called them.
  let isLibrary: Bool
  /// By name, wherever they stand.
  private(set) var functions: [String: UserFunction] = [:]

  init(source: SourceFile, program: Program, directory: String, isLibrary: Bool = false) {
    self.source = source
    self.isLibrary = isLibrary
    self.program = program
    self.directory = directory
    for statement in program.statements {
      if case .function(let definition) = statement.kind {
        functions[definition.name] = UserFunction(definition, unit: self)
      }
    }
  }

  /// The file's absolute path, or the name of a text that is no file.
  var path: String {
    let name = source.name
    if directory.isEmpty || name.hasPrefix("/") { return name }
    return "\(directory)/\(name.split(separator: "/").last.map(String.init) ?? name)"
  }

  /// True when the file's first statement defines a function: calling the file calls that.
  var mainFunction: UserFunction? {
    guard case .function(let definition)? = program.statements.first?.kind else { return nil }
    return functions[definition.name]
  }
}

/// A function of the user. Its body is compiled when it is first called.
final class UserFunction {
  let definition: FunctionDefinition
  /// Functions and their unit hold each other: a defined function lives as long as the session.
  let unit: SourceUnit
  var chunk: Chunk?
  /// `persistent` variables by name.
  var persistents: [String: SharedCell] = [:]

  init(_ definition: FunctionDefinition, unit: SourceUnit) {
    self.definition = definition
    self.unit = unit
  }

  var name: String { definition.name }

  /// As `nargin ("f")` reports: negative when variadic.
  var declaredInputs: Int {
    let count = definition.parameters.count
    return definition.parameters.last?.name == "varargin" ? -count : count
  }

  var declaredOutputs: Int {
    let count = definition.outputs.count
    return definition.outputs.last == "varargout" ? -count : count
  }
}

/// A value shared between frames: a global variable, or a persistent one of a function. The value lies in the
/// register of the innermost frame that declared it, and here while no such frame is active, so that reading and
/// writing it costs nothing. Frames end in the reverse order of their start, which keeps this sound.
final class SharedCell {
  let name: String
  var value: Value = .undefined
  /// Root frames that declared the variable, innermost last.
  var owners: [Int] = []
  /// False until the first declaration gave it a value.
  var isInitialized = false

  init(name: String) { self.name = name }
}
