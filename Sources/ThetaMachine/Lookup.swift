import ThetaRuntime
import ThetaSyntax

/// What is known about function files: which paths exist, and what was in those that were read. Kept for one run
/// or one line at the prompt, so that a call of a builtin does not ask the disk again and again.
struct Lookup {
  private var exists: [String: Bool] = [:]
  private var loaded: [String: Callee] = [:]
  /// Units by path, kept over `forget`: a file that did not change is not parsed again.
  private var units: [String: SourceUnit] = [:]

  /// Asks the disk anew from now on.
  mutating func forget() {
    exists = [:]
    loaded = [:]
  }

  /// Forgets which files do not exist.
  mutating func forgetMissing() { exists = exists.filter(\.value) }

  mutating func isFile(_ path: String, _ files: any FileSystem) -> Bool {
    if let known = exists[path] { return known }
    let result = files.isFile(path)
    exists[path] = result
    return result
  }

  /// The path of a function or script file in a directory, `.nn` before `.m`.
  mutating func path(of name: String, in directory: String, _ files: any FileSystem) -> String? {
    for ending in [".nn", ".m"] {
      let path = directory.isEmpty ? name + ending : "\(directory)/\(name)\(ending)"
      if isFile(path, files) { return path }
    }
    return nil
  }

  /// What a file defines: a function file its first function, a script file itself.
  mutating func load(_ path: String, _ files: any FileSystem) throws(RuntimeError) -> Callee {
    if let callee = loaded[path] { return callee }
    let bytes: [UInt8]
    do throws(FileError) {
      bytes = try files.read(path)
    } catch {
      throw RuntimeError("could not read \(path): \(error.reason)")
    }
    let unit: SourceUnit
    if let known = units[path], known.source.bytes == bytes {
      unit = known
    } else {
      let source = SourceFile(name: path, bytes: bytes)
      let program = try Lookup.parse(source)
      unit = SourceUnit(
        source: source, program: program,
        directory: Lookup.directory(of: path, current: files.currentDirectory))
      units[path] = unit
    }
    let callee: Callee
    if let function = unit.mainFunction {
      callee = .user(function)
    } else {
      callee = .script(
        ScriptFile(chunk: try Compiler.compileScript(unit, name: Lookup.baseName(of: path)), unit: unit))
    }
    loaded[path] = callee
    return callee
  }

  /// Parses, or throws the first error.
  static func parse(_ source: SourceFile) throws(RuntimeError) -> Program {
    let result = Parser.parse(source)
    guard let error = result.diagnostics.first(where: { $0.severity == .error }) else {
      return result.program
    }
    throw parseError(error, source, result.program)
  }

  /// What `err.message` holds after a text could not be parsed: Octave's words, with the line and a caret.
  static func parseError(_ error: Diagnostic, _ source: SourceFile, _ program: Program) -> RuntimeError {
    let position = source.position(of: Int(error.range.start))
    var text = error.message
    if text.hasPrefix("parse error: ") { text.removeFirst("parse error: ".count) }
    let failure = SyntaxFailure(text, error.range, source, program)
    let head =
      source.name.isEmpty
      ? "parse error:" : "parse error near line \(position.line) of file \(source.name)"
    return RuntimeError(
      "\(head)\n\n  \(failure.message)\n\n\(failure.excerpt)",
      explanation: failure.message == text ? error.hint : text,
      location: RuntimeError.Location(
        file: source.name, start: Int(error.range.start), end: Int(error.range.end)))
  }

  // MARK: - Paths

  static func directory(of path: String, current: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return current }
    let directory = String(path[..<slash])
    if path.hasPrefix("/") { return directory.isEmpty ? "/" : directory }
    return "\(current)/\(directory)"
  }

  /// `ex1` for `course/ex1.nn`
  static func baseName(of path: String) -> String {
    let name = path.split(separator: "/").last.map(String.init) ?? path
    guard let dot = name.lastIndex(of: "."), dot != name.startIndex else { return name }
    return String(name[..<dot])
  }

  static func isFunctionName(_ name: String) -> Bool {
    guard let first = name.utf8.first, !(48...57).contains(first) else { return false }
    return name.utf8.allSatisfy {
      $0 == 95 || $0 >= 128 || (48...57).contains($0) || (65...90).contains($0) || (97...122).contains($0)
    }
  }
}

/// What names stand for in one text, while the generation of the machine stays the same.
struct FoundNames {
  private var callees: [String: Callee] = [:]
  private var unit: SourceUnit?
  private var generation: UInt32 = 0

  func callee(_ name: String, _ unit: SourceUnit, _ generation: UInt32) -> Callee? {
    guard self.generation == generation, self.unit === unit else { return nil }
    return callees[name]
  }

  mutating func keep(_ callee: Callee, _ name: String, _ unit: SourceUnit, _ generation: UInt32) {
    if self.generation != generation || self.unit !== unit {
      callees = [:]
      (self.unit, self.generation) = (unit, generation)
    }
    callees[name] = callee
  }
}

extension Machine {
  /// What a name stands for in a text, when it is no variable: a function of that text, a function that a script
  /// defined, a file beside the text, beside the main script, in the current directory or on the path, a builtin.
  func resolve(_ name: String, from unit: SourceUnit) throws(RuntimeError) -> Callee? {
    if let function = unit.functions[name] ?? unit.around?.functions[name] { return .user(function) }
    if unit.isLibrary, let callee = try resolveInLibrary(name) { return callee }
    if Lookup.isFunctionName(name) {
      let files = context.files
      if !unit.directory.isEmpty,
        let path = lookup.path(of: name, in: "\(unit.directory)/private", files)
      {
        return try lookup.load(path, files)
      }
      if let function = sessionFunctions[name] { return .user(function) }
      var seen: [String] = []
      for directory in [unit.directory, mainDirectory, files.currentDirectory] + searchPaths
      where !directory.isEmpty && !seen.contains(directory) {
        seen.append(directory)
        if let path = lookup.path(of: name, in: directory, files) { return try lookup.load(path, files) }
      }
    }
    return try resolveInLibrary(name)
  }

  /// A builtin, or a function of the library that is written in the language.
  private func resolveInLibrary(_ name: String) throws(RuntimeError) -> Callee? {
    if let builtin = builtins[name] { return .builtin(builtin) }
    guard let home = library.home(of: name) else { return nil }
    let unit: SourceUnit
    if let known = libraryUnits[home] {
      unit = known
    } else {
      let file = library.files[home]
      let source = SourceFile(name: file.name, bytes: file.bytes)
      unit = SourceUnit(source: source, program: try Lookup.parse(source), directory: "", isLibrary: true)
      libraryUnits[home] = unit
    }
    return unit.functions[name].map { .user($0) }
  }

  /// What a name stands for in the running text. Before giving up, the disk is asked anew: a file may have been
  /// written meanwhile.
  ///
  /// What was found is kept as call sites keep it: handles and `feval` ask at every call.
  func find(_ name: String) throws(RuntimeError) -> Callee? {
    let unit = currentUnit
    if let callee = found.callee(name, unit, generation.pointee) { return callee }
    var callee = try resolve(name, from: unit)
    if callee == nil {
      lookup.forgetMissing()
      callee = try resolve(name, from: unit)
    }
    if let callee { found.keep(callee, name, unit, generation.pointee) }
    return callee
  }

  /// The text whose functions the running code sees.
  var currentUnit: SourceUnit { top.pointee.chunk.unit }
}
