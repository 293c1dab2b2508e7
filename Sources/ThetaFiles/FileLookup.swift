import ThetaRuntime
import ThetaText

/// Where files that a script names are: in the current directory, beside the script, or on the search path.
enum FileLookup {
  /// The file that `load` means by a name, or nil: the name itself, or with `.mat` at its end.
  static func find(_ name: String, _ context: Context) -> String? {
    let name = expandingHome(name)
    for candidate in [name, name + ".mat"] {
      if let path = locate(candidate, context) { return path }
    }
    return nil
  }

  /// A file of exactly this name, or nil.
  static func locate(_ name: String, _ context: Context) -> String? {
    let files = context.files
    if files.isFile(name) { return name }
    if name.hasPrefix("/") { return nil }
    for folder in folders(context) {
      let path = folder.isEmpty ? name : "\(folder)/\(name)"
      if files.isFile(path) { return path }
    }
    return nil
  }

  /// Folders of the files whose code is running, innermost first, and those of the search path.
  private static func folders(_ context: Context) -> [String] {
    var folders: [String] = []
    for frame in context.invoker.callStack {
      guard let slash = frame.file.lastIndex(of: "/") else { continue }
      let folder = String(frame.file[..<slash])
      if !folders.contains(folder) { folders.append(folder) }
    }
    return folders + context.invoker.searchPaths
  }

  static func expandingHome(_ name: String) -> String {
    guard name == "~" || name.hasPrefix("~/"), let home = Environment.home else { return name }
    return home + name.dropFirst()
  }

  /// A file's name without its folders and without what follows its last dot, made a valid variable name.
  static func variableName(of path: String) -> String {
    var base = path.split(separator: "/").last.map(String.init) ?? path
    if let dot = base.lastIndex(of: "."), dot != base.startIndex { base = String(base[..<dot]) }
    var name = ""
    for scalar in base.unicodeScalars {
      let isWord = scalar == "_" || (scalar.value < 128 && (isLetter(scalar) || isDigit(scalar)))
      name.unicodeScalars.append(isWord ? scalar : "_")
    }
    guard let first = name.unicodeScalars.first, isLetter(first) else { return "X" + name }
    return name
  }

  private static func isLetter(_ scalar: Unicode.Scalar) -> Bool {
    ("a"..."z").contains(scalar) || ("A"..."Z").contains(scalar)
  }

  private static func isDigit(_ scalar: Unicode.Scalar) -> Bool { ("0"..."9").contains(scalar) }
}
