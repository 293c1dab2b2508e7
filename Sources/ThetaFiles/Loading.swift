import ThetaArrays
import ThetaRuntime
import ThetaText

/// `load`: variables from MAT files and from Octave's text format, matrices from tables of numbers.
enum Loading {
  static let table: [Builtin] = [
    Builtin(
      """
      load file
      load options file
      load options file v1 v2 ...
      S = load ("options", "file", "v1", "v2", ...)
      load file options
      load file options v1 v2 ...
      S = load ("file", "options", "v1", "v2", ...)
      """,
      """
      Loads the variables of a file, or those named v1, v2, … (with * and ? as in file names; regular
      expressions after the option -regexp). With an output they come as the fields of a struct.

      Reads MAT files of the versions 4, 5, 6, 7 and 7.3, Octave's text format, and text files with one matrix,
      whose numbers are separated by blanks, tabs or commas and whose comments begin with % or #. Such a
      matrix becomes a variable named after the file, or the output itself. What a file is shows in its
      content; the options -ascii, -text and -mat insist on a format. IDX files, such as MNIST's, become one array
      whose subscripts are those of the file: images are number×row×column, of class uint8. Files that gzip packed
      are unpacked.

      Looks for the file in the current directory, beside the script, and on the search path; the name
      may lack .mat.

      >> x = 5; file = tempname (); save ("-text", file, "x"); load (file).x
      ans = 5

      """, multiple: load)
  ]

  enum Format {
    case matrix
    case text
    case idx
    case mat
  }

  private struct Request {
    var file: String?
    var format: Format?
    var names: [String] = []
    var isRegular = false
  }

  private static func request(_ call: Call) throws(RuntimeError) -> Request {
    var request = Request()
    for i in 0..<call.count {
      guard let word = call[i].stringValue else { throw call.error("all arguments must be strings") }
      switch word {
      case "-force", "-f", "-verbose", "-v", "-import", "-i", "-append", "-zip", "-z", "-list", "-l": break
      case "-ascii", "-a": request.format = .matrix
      case "-text", "-t": request.format = .text
      case "-mat", "-m", "-6", "-v6", "-7", "-v7", "-V7", "-4", "-v4", "-V4", "-V6", "-mat-binary",
        "-mat7-binary", "-mat4-binary":
        request.format = .mat
      case "-regexp", "-r": request.isRegular = true
      case "-binary", "-b": request.format = nil
      case "-hdf5", "-h", "-float-binary", "-float-hdf5":
        throw call.error("the option \(word) names a format that cannot be read")
      default:
        if request.file == nil { request.file = word } else { request.names.append(word) }
      }
    }
    return request
  }

  private static func load(_ call: inout Call) throws(RuntimeError) -> [Value] {
    let request = try request(call)
    guard let file = request.file else { throw call.invalid }
    guard let path = FileLookup.find(file, call.context) else {
      throw call.error("unable to find file \(file)")
    }
    let packed: [UInt8]
    do { packed = try call.context.files.read(path) } catch {
      throw call.error("unable to open input file '\(file)': \(error.reason)")
    }
    guard let bytes = Gzip.content(packed) else {
      throw call.error("'\(file)' is damaged: it begins as a gzip file and cannot be unpacked")
    }
    let wanted = NamePatterns(request.names, isRegular: request.isRegular, context: call.context)
    guard let format = request.format ?? format(of: bytes) else {
      throw call.error("unable to determine file format of '\(file)'")
    }
    switch format {
    case .matrix:
      let matrix = try matrix(bytes, file, call)
      if call.outputs > 0 { return [matrix] }
      call.context.invoker.workspace(depth: 0).setVariable(
        FileLookup.variableName(of: Gzip.isPacked(packed) ? IdxReader.unpackedName(path) : path), matrix)
      return []
    case .text:
      let variables = try textVariables(bytes, file, wanted, call)
      guard !variables.isEmpty else {
        throw call.error("empty name keyword or no data found in file '\(file)'")
      }
      return deliver(variables, call)
    case .idx:
      guard let array = IdxReader.read(bytes) else {
        throw call.error("failed to read matrix from file '\(file)'")
      }
      if call.outputs > 0 { return [array] }
      call.context.invoker.workspace(depth: 0).setVariable(
        FileLookup.variableName(of: Gzip.isPacked(packed) ? IdxReader.unpackedName(path) : path), array)
      return []
    case .mat:
      let variables = try matVariables(bytes, file, wanted, call)
      guard !variables.isEmpty || request.names.isEmpty else {
        throw call.error("empty name keyword or no data found in file '\(file)'")
      }
      return deliver(variables, call)
    }
  }

  /// The format that the content shows; nil for an empty file.
  private static func format(of bytes: [UInt8]) -> Format? {
    if bytes.isEmpty { return nil }
    if OctaveTextReader.recognizes(bytes) { return .text }
    if IdxReader.recognizes(bytes) { return .idx }
    return MatVersion(of: bytes) != nil ? .mat : .matrix
  }

  private static func matrix(_ bytes: [UInt8], _ file: String, _ call: Call) throws(RuntimeError) -> Value {
    do { return .make(try NumberTable.read(bytes)) } catch {
      switch error {
      case .noMatrix: throw call.error("unable to determine file format of '\(file)'")
      case .badNumber: throw call.error("failed to read matrix from file '\(file)'")
      }
    }
  }

  private static func textVariables(
    _ bytes: [UInt8], _ file: String, _ wanted: NamePatterns, _ call: Call
  ) throws(RuntimeError) -> [(String, Value)] {
    var reader = OctaveTextReader(bytes, context: call.context)
    var variables: [(String, Value)] = []
    while let (name, value) = try reader.next() {
      guard isName(name) else { throw call.error("invalid variable name '\(name)' in file '\(file)'") }
      if wanted.contains(name) { variables.append((name, value)) }
    }
    return variables
  }

  private static func matVariables(
    _ bytes: [UInt8], _ file: String, _ wanted: NamePatterns, _ call: Call
  ) throws(RuntimeError) -> [(String, Value)] {
    guard let version = MatVersion(of: bytes) else {
      throw call.error("unable to determine file format of '\(file)'")
    }
    do {
      let (variables, skipped) = try MatReader.read(bytes, version: version) {
        isName($0) && wanted.contains($0)
      }
      for (name, kind) in skipped {
        try call.context.warn("load: '\(name)' in file '\(file)' is \(kind) and was left out")
      }
      return variables
    } catch let problem as MatFileProblem {
      throw call.error("'\(file)' \(problem.reason)")
    } catch let error as RuntimeError {
      throw error
    } catch {
      throw call.error("'\(file)' cannot be read")
    }
  }

  /// Whether the language can have a variable of this name.
  static func isName(_ name: String) -> Bool {
    guard let first = name.utf8.first, !(0x30...0x39).contains(first) else { return false }
    return name.utf8.allSatisfy {
      $0 == UInt8(ascii: "_") || $0 >= 0x80 || (0x30...0x39).contains($0) || (0x41...0x5a).contains($0)
        || (0x61...0x7a).contains($0)
    }
  }

  /// As variables of the caller, or as a struct when an output is wanted.
  private static func deliver(_ variables: [(String, Value)], _ call: Call) -> [Value] {
    if call.outputs > 0 { return [.structure(variables)] }
    let workspace = call.context.invoker.workspace(depth: 0)
    for (name, value) in variables { workspace.setVariable(name, value) }
    return []
  }

  /// The variables of a file that `save -append` adds to.
  static func variables(inMatFile bytes: [UInt8]) throws(MatFileProblem) -> [(String, Value)] {
    guard let version = MatVersion(of: bytes) else { throw MatFileProblem("is no MAT file") }
    return try MatReader.read(bytes, version: version, isWanted: isName).variables
  }
}
