import ThetaArrays
import ThetaRuntime
import ThetaText

/// `save`: variables into Octave's text format, MAT files, or plain tables of numbers.
enum Saving {
  static let table: [Builtin] = [
    Builtin(
      """
      save file
      save options file
      save options file V1 V2 ...
      save options file -struct STRUCT
      save options file -struct STRUCT F1 F2 ...
      save - V1 V2 ...
      STR = save ("-", "V1", "V2", ...)
      """,
      """
      Saves all variables, or those named V1, V2, … (with * and ? as in file names), in a file that load
      reads. With
      -struct, the fields of a struct take the place of variables. The file - is the console, or the output.

      Formats: -text (default), Octave's text format; -v7 or -mat, MAT files, compressed; -v6, not
      compressed; -v4;
      -ascii, the numbers alone (with -double in all their digits). With -append, what the file holds stays.

      >> x = 5; file = tempname (); save ("-text", file, "x"); strsplit (fileread (file), "\\n"){4}
      ans = 5

      """, multiple: save)
  ]

  private enum Format {
    case text
    case ascii
    case mat(MatWriter.Format)
  }

  private struct Request {
    var file: String?
    var format = Format.text
    var isAppending = false
    var isDouble = false
    var separator = UInt8(ascii: " ")
    var isPacked = false
    /// Asked for as "-binary": any format that holds the values will do.
    var isAnyBinary = false
    var structName: String?
    var names: [String] = []
  }

  private static func request(_ call: Call) throws(RuntimeError) -> Request {
    var request = Request()
    var wantsStruct = false
    for i in 0..<call.count {
      guard let word = call[i].stringValue else { throw call.error("arguments must be strings") }
      switch word {
      case "-text", "-t": request.format = .text
      case "-ascii", "-a": request.format = .ascii
      case "-v7", "-V7", "-7", "-mat", "-m", "-mat7-binary": request.format = .mat(.compressed)
      case "-binary", "-b", "-hdf5", "-h", "-float-binary":
        request.format = .mat(.compressed)
        request.isAnyBinary = true
      case "-v6", "-V6", "-6", "-mat-binary": request.format = .mat(.version5)
      case "-v4", "-V4", "-4", "-mat4-binary": request.format = .mat(.version4)
      case "-append": request.isAppending = true
      case "-double": request.isDouble = true
      case "-struct": wantsStruct = true
      case "-tabs": request.separator = 9
      case "-zip", "-z": request.isPacked = true
      case "-force", "-f": break
      default:
        if word.hasPrefix("-"), word != "-", !word.dropFirst().isEmpty,
          request.file == nil || word.hasPrefix("-")
        {
          throw call.error("Unrecognized option '\(word)'")
        }
        if request.file == nil {
          request.file = word
        } else if wantsStruct, request.structName == nil {
          request.structName = word
        } else {
          request.names.append(word)
        }
      }
    }
    if wantsStruct, request.structName == nil { throw call.error("missing struct name") }
    return request
  }

  private static func save(_ call: inout Call) throws(RuntimeError) -> [Value] {
    let request = try request(call)
    guard let file = request.file else { throw call.invalid }
    let variables = try selected(request, call)
    if file == "-" {
      let text = textBytes(variables, header: true)
      if call.outputs > 0 { return [.bytes(text, .double)] }
      call.context.console.write(text)
      return []
    }
    let path = FileLookup.expandingHome(file)
    let old = request.isAppending ? try kept(path, request, call) : nil
    var bytes: [UInt8]
    var format = request.format
    // Octave's text format keeps what MAT files have no place for.
    if request.isAnyBinary, old == nil,
      variables.contains(where: {
        switch $0.1 {
        case .function, .range, .diagonal, .permutation: true
        default: false
        }
      })
    {
      format = .text
    }
    switch format {
    case .text:
      for (name, value) in variables where !OctaveTextWriter.canHold(value) {
        throw call.error("'\(name)' (\(value.typeName)) cannot be saved in a text file")
      }
      bytes = (old ?? []) + textBytes(variables, header: old?.isEmpty ?? true)
    case .ascii: bytes = (old ?? []) + (try numberBytes(variables, request, call))
    case .mat(let format): bytes = try matBytes(variables, format, old, file, call)
    }
    if request.isPacked {
      guard let packed = Zlib.shared?.deflated(bytes, gzip: true) else {
        throw call.error("the library zlib, which -zip needs, is not installed")
      }
      bytes = packed
    }
    do { try call.context.files.write(bytes, to: path) } catch {
      throw call.error("unable to open output file '\(file)'").explained(error.reason)
    }
    return []
  }

  /// What the file holds that is appended to; nil when there is none yet. What cannot be read, and text in a MAT file,
  /// would be lost.
  private static func kept(_ path: String, _ request: Request, _ call: Call) throws(RuntimeError) -> [UInt8]?
  {
    guard call.context.files.isFile(path) else { return nil }
    let packed: [UInt8]
    do { packed = try call.context.files.read(path) } catch {
      throw call.error("unable to open output file '\(path)'").explained(error.reason)
    }
    guard let bytes = Gzip.content(packed) else {
      throw call.error("'\(path)' is damaged: it begins as a gzip file and cannot be unpacked")
    }
    let isMat = !OctaveTextReader.recognizes(bytes) && MatVersion(of: bytes) != nil
    switch request.format {
    case .text where isMat, .ascii where isMat:
      throw call.error("'\(path)' is a MAT file: text cannot be appended to it; name its format, such as -v7")
    default: return bytes
    }
  }

  /// The variables or fields to save.
  private static func selected(_ request: Request, _ call: Call) throws(RuntimeError) -> [(String, Value)] {
    let workspace = call.context.invoker.workspace(depth: 0)
    if let name = request.structName {
      guard case .structure(let s)? = workspace.variable(name), s.count == 1 else {
        throw call.error("'\(name)' is not a scalar structure")
      }
      var fields: [(String, Value)] = []
      for pattern in request.names.isEmpty ? ["*"] : request.names {
        let names = NamePatterns.matching(pattern, in: s.names)
        if names.isEmpty, pattern != "*" { throw call.error("no such field '\(name).\(pattern)'") }
        for field in names.sorted() { fields.append((field, s.field(field) ?? .emptyMatrix)) }
      }
      return fields
    }
    var variables: [(String, Value)] = []
    let all = workspace.variableNames.sorted()
    for pattern in request.names.isEmpty ? ["*"] : request.names {
      let names = NamePatterns.matching(pattern, in: all)
      if names.isEmpty, pattern != "*" { try call.context.warn("save: no such variable '\(pattern)'") }
      for name in names {
        guard let value = workspace.variable(name) else { continue }
        if case .undefined = value { continue }
        variables.append((name, value))
      }
    }
    return variables
  }

  private static func textBytes(_ variables: [(String, Value)], header: Bool) -> [UInt8] {
    var writer = OctaveTextWriter()
    for (name, value) in variables where OctaveTextWriter.canHold(value) { writer.write(name, value) }
    let first = "# Created by Theta, \(Environment.timeStamp) \(Environment.userAndHost)\n"
    return header ? Array(first.utf8) + writer.bytes : writer.bytes
  }

  /// One row a line, all variables below one another.
  private static func numberBytes(
    _ variables: [(String, Value)], _ request: Request, _ call: Call
  ) throws(RuntimeError) -> [UInt8] {
    var bytes: [UInt8] = []
    for (name, value) in variables {
      guard value.shape.is2D, let array = value.full.realArray ?? value.full.complexArray?.map({ $0.real })
      else {
        try call.context.warn("save: unable to save \(name) in ASCII format")
        continue
      }
      if value.isComplex { try call.context.warn("save: omitting imaginary part for ASCII file") }
      for i in 0..<array.shape.rows {
        for j in 0..<array.shape.columns {
          if j > 0 || request.separator == UInt8(ascii: " ") { bytes.append(request.separator) }
          NumberFormatting.append(array[i, j], request.isDouble ? 16 : 8, "e", to: &bytes)
        }
        bytes.append(UInt8(ascii: "\n"))
      }
    }
    return bytes
  }

  private static func matBytes(
    _ variables: [(String, Value)], _ format: MatWriter.Format, _ old: [UInt8]?, _ file: String, _ call: Call
  ) throws(RuntimeError) -> [UInt8] {
    do throws(MatFileProblem) {
      var all: [(String, Value)] = []
      if let old, !old.isEmpty { all = try Loading.variables(inMatFile: old) }
      for (name, value) in variables {
        all.removeAll { $0.0 == name }
        all.append((name, value))
      }
      return try MatWriter.bytes(
        of: all, format, header: "MATLAB 5.0 MAT-file, written by Theta, \(Environment.timeStamp)")
    } catch { throw call.error("'\(file)' \(error.reason)") }
  }
}
