import ThetaArrays
import ThetaNumeric
import ThetaRuntime
import ThetaText

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

// Directories and the names of files.

enum FileNames {
  static let table: [Builtin] = [
    Builtin(
      "dir = pwd ()",
      """
      The current directory.

      >> ischar (pwd ())
      ans = 1
      """, pwd),
    Builtin("dir = cd (dir?)", "Changes the current directory.", multiple: cd),
    Builtin("dir = chdir (dir?)", "Changes the current directory.", multiple: cd),
    Builtin("list = ls (words...)", "The names in a directory.", multiple: ls),
    Builtin("list = dir (name?)", "The entries of a directory as structs.", multiple: dir),
    Builtin("[files, err, msg] = readdir (dir)", "The names in a directory as a cell.", multiple: readdir),
    Builtin(
      "tf = isfolder (name)",
      """
      True for a directory.

      >> isfolder ("/")
      ans = 1
      """, isfolder),
    Builtin(
      "tf = isdir (name)",
      """
      True for a directory.

      >> isdir ("/")
      ans = 1
      """, isfolder),
    Builtin("tf = is_folder (name)", "True for a directory.", isfolder),
    Builtin(
      "tf = isfile (name)",
      """
      True for a file.

      >> isfile ("/")
      ans = 0
      """, isfile),
    Builtin("[status, msg, id] = mkdir (parent, dir?)", "Makes a directory.", multiple: mkdir),
    Builtin("[status, msg, id] = rmdir (dir, option?)", "Removes an empty directory.", multiple: rmdir),
    Builtin("[err, msg] = unlink (file)", "Removes a file.", multiple: unlink),
    Builtin("delete (files...)", "Removes files, or graphics objects by their handles.", multiple: delete),
    Builtin("[err, msg] = rename (old, new)", "Gives a file another name.", multiple: rename),
    Builtin(
      "name = fullfile (parts...)",
      """
      Parts of a file name joined by slashes.

      >> fullfile ("a", "b.txt")
      ans = a/b.txt
      """, fullfile),
    Builtin(
      "[dir, name, ext] = fileparts (filename)",
      """
      Directory, name and suffix of a file name.

      >> [d, n, e] = fileparts ("/a/b.txt")
      d = /a
      n = b
      e = .txt
      """,
      multiple: fileparts),
    Builtin(
      "s = filesep (all?)",
      """
      The slash.

      >> filesep ()
      ans = /
      """, filesep),
    Builtin(
      "s = pathsep ()",
      """
      The colon.

      >> pathsep ()
      ans = :
      """, pathsep),
  ]

  static let more: [Builtin] = [
    Builtin(
      "dir = tempdir ()",
      """
      The directory for temporary files, with a slash at its end.

      >> ischar (tempdir ())
      ans = 1
      """, tempdir),
    Builtin(
      "name = tempname (dir?, prefix?)",
      """
      A name for a temporary file.

      >> ischar (tempname ())
      ans = 1
      """, tempname),
    Builtin(
      "tf = is_absolute_filename (file)",
      """
      True for a name that starts at the root.

      >> is_absolute_filename ("/a")
      ans = 1
      """, isAbsolute),
    Builtin(
      "tf = is_rooted_relative_filename (file)",
      """
      True for ./name and ../name.

      >> is_rooted_relative_filename ("./a")
      ans = 1
      """, isRootedRelative),
    Builtin(
      "abs = make_absolute_filename (file)",
      """
      A name from the root on.

      >> make_absolute_filename ("/a/../b")
      ans = /a/../b
      """, makeAbsolute),
    Builtin(
      "[abs, status, msg] = canonicalize_file_name (file)",
      """
      The name of a file from the root on, without links; empty, with status -1, when there is none.

      >> canonicalize_file_name ("/")
      ans = /
      """,
      multiple: canonicalize),
    Builtin(
      "list = glob (pattern)",
      """
      The files that match a pattern.

      >> glob ("/tmp")
      ans =
      {
        [1,1] = /tmp
      }

      """, glob),
  ]

  private static func absolute(_ name: String, _ context: Context) -> String {
    FileStatus.absolute(name, context)
  }

  private static func pwd(_ call: inout Call) throws(RuntimeError) -> Value {
    .string(call.context.files.currentDirectory)
  }

  private static func cd(_ call: inout Call) throws(RuntimeError) -> [Value] {
    if call.count == 0, call.outputs > 0 { return [.string(call.context.files.currentDirectory)] }
    let name = call.count > 0 ? try call.string(0) : "~"
    let target = absolute(name, call.context)
    guard call.context.files.isDirectory(target) else {
      throw RuntimeError("\(name): No such file or directory")
    }
    let old = call.context.files.currentDirectory
    call.context.files.currentDirectory = normalized(target)
    return call.outputs > 0 ? [.string(old)] : []
  }

  /// Without `.`, `..` and double slashes.
  static func normalized(_ path: String) -> String {
    var parts: [Substring] = []
    for part in path.split(separator: "/") where part != "." {
      if part == ".." { _ = parts.popLast() } else { parts.append(part) }
    }
    return "/" + parts.joined(separator: "/")
  }

  private static func names(_ call: Call, _ pattern: String) -> [String] {
    let files = call.context.files
    if files.isDirectory(pattern) { return ((try? files.list(pattern)) ?? []).sorted() }
    if files.isFile(pattern) { return [pattern] }
    let directory = Paths.directory(pattern)
    let listed = (try? files.list(directory.isEmpty ? "." : directory)) ?? []
    let base = Array(Paths.base(pattern).utf8)
    return listed.filter { Glob.matches(base, Array($0.utf8)) && !$0.hasPrefix(".") }.sorted()
      .map { directory.isEmpty ? $0 : directory + "/" + $0 }
  }

  private static func ls(_ call: inout Call) throws(RuntimeError) -> [Value] {
    let pattern = call.count > 0 ? try call.string(call.count - 1) : "."
    let found = names(call, pattern).filter { !$0.hasPrefix(".") }
    if found.isEmpty, !call.context.files.isDirectory(pattern) {
      throw RuntimeError("ls: command exited abnormally with status 2")
    }
    if call.outputs > 0 { return [.characterMatrix(found.map { Array($0.utf8) })] }
    call.context.console.write(Columns.listing(found, width: call.context.format.width))
    return []
  }

  private static func dir(_ call: inout Call) throws(RuntimeError) -> [Value] {
    let pattern = call.count > 0 ? try call.string(0) : "."
    let files = call.context.files
    let isDirectory = files.isDirectory(pattern)
    var found = names(call, pattern)
    if isDirectory { found = [".", ".."] + found }
    if call.outputs == 0 {
      let bases = found.map { isDirectory ? $0 : Paths.base($0) }
      call.context.console.write(Columns.text(bases, width: call.context.format.width))
      return []
    }
    let folder = isDirectory ? pattern : Paths.directory(pattern)
    let result = StructArray(
      Shape(found.count, 1), names: ["name", "folder", "date", "bytes", "isdir", "datenum", "statinfo"])
    for (i, name) in found.enumerated() {
      let path = isDirectory ? pattern + "/" + name : name
      var information = stat()
      let known = stat(absolute(path, call.context), &information) == 0
      #if canImport(Glibc)
        let changed = Double(information.st_mtim.tv_sec)
      #else
        let changed = Double(information.st_mtimespec.tv_sec)
      #endif
      let moment = Calendar.local(known ? changed : 0)
      let number = Calendar.number(moment)
      result.setField("name", .string(Paths.base(name)), at: i)
      result.setField(
        "folder", .string(normalized(absolute(folder.isEmpty ? "." : folder, call.context))), at: i)
      result.setField("date", .string(DateText.write(number, moment, Array(DateText.formats[0].utf8))), at: i)
      result.setField("bytes", .integer(known ? Int(information.st_size) : 0), at: i)
      result.setField("isdir", .logical(files.isDirectory(path)), at: i)
      result.setField("datenum", .number(number), at: i)
    }
    return [.structure(result)]
  }

  private static func readdir(_ call: inout Call) throws(RuntimeError) -> [Value] {
    let name = try call.string(0)
    do {
      let names = try call.context.files.list(name)
      return [.columnCell(([".", ".."] + names).sorted().map { .string($0) }), .number(0), .string("")]
    } catch {
      return [.cell(.empty, []), .number(-1), .string(error.reason)]
    }
  }

  private static func map(_ value: Value, _ test: (String) -> Bool) -> Value {
    if case .cell(let cells) = value { return .make(cells.map { $0.stringValue.map(test) ?? false }) }
    return .logical(value.stringValue.map(test) ?? false)
  }

  private static func isfolder(_ call: inout Call) throws(RuntimeError) -> Value {
    let files = call.context.files
    return map(call[0]) { files.isDirectory($0) }
  }

  private static func isfile(_ call: inout Call) throws(RuntimeError) -> Value {
    guard call[0].isText || call[0].isCellOfStrings else {
      throw call.error("F must be a string or cell array of strings")
    }
    let files = call.context.files
    return map(call[0]) { files.isFile($0) }
  }

  private static func lastReason() -> String { String(cString: strerror(errno)) }

  private static func mkdir(_ call: inout Call) throws(RuntimeError) -> [Value] {
    var name = try call.string(0)
    if call.count > 1 { name += "/" + (try call.string(1)) }
    if call.context.files.isDirectory(name) {
      return call.outputs > 0 ? [.logical(true), .string("directory exists"), .string("mkdir")] : []
    }
    // Missing parents are made too.
    var failed = false
    var path = ""
    for part in absolute(name, call.context).split(separator: "/") {
      path += "/" + part
      if !call.context.files.isDirectory(path), makeDirectory(path) != 0 { failed = true }
    }
    if failed, call.outputs == 0 { throw call.error("operation failed: \(lastReason())") }
    if failed { return [.logical(false), .string(lastReason()), .string("mkdir")] }
    return call.outputs > 0 ? [.logical(true), .string(""), .string("")] : []
  }

  private static func makeDirectory(_ path: String) -> Int32 {
    #if canImport(Glibc)
      return Glibc.mkdir(path, 0o777)
    #else
      return Darwin.mkdir(path, 0o777)
    #endif
  }

  private static func rmdir(_ call: inout Call) throws(RuntimeError) -> [Value] {
    let path = absolute(try call.string(0), call.context)
    if call.count > 1 {
      guard call[1].stringValue == "s" else {
        throw call.error("second argument must be \"s\" for recursive removal")
      }
      let wasThere = call.context.files.isDirectory(path)
      removeTree(path, depth: 0)
      if wasThere, !call.context.files.isDirectory(path) {
        return call.outputs > 0 ? [.logical(true), .string(""), .string("")] : []
      }
    }
    #if canImport(Glibc)
      let status = Glibc.rmdir(path)
    #else
      let status = Darwin.rmdir(path)
    #endif
    if status == 0 { return call.outputs > 0 ? [.logical(true), .string(""), .string("")] : [] }
    if call.outputs == 0 { throw call.error("operation failed: \(lastReason())") }
    return [.logical(false), .string(lastReason()), .string("rmdir")]
  }

  /// Removes a directory with all that is in it; links are removed, not followed.
  private static func removeTree(_ path: String, depth: Int) {
    var information = stat()
    guard depth < 100, lstat(path, &information) == 0, information.st_mode & S_IFMT == S_IFDIR,
      let directory = opendir(path)
    else { return }
    var names: [String] = []
    #if canImport(Glibc)
      while let entry = Glibc.readdir(directory) { names.append(nameOf(entry)) }
    #else
      while let entry = Darwin.readdir(directory) { names.append(nameOf(entry)) }
    #endif
    closedir(directory)
    for name in names where name != "." && name != ".." {
      let inner = path + "/" + name
      if remove(inner) != 0 { removeTree(inner, depth: depth + 1) }
    }
    #if canImport(Glibc)
      _ = Glibc.rmdir(path)
    #else
      _ = Darwin.rmdir(path)
    #endif
  }

  private static func nameOf(_ entry: UnsafeMutablePointer<dirent>) -> String {
    withUnsafePointer(to: &entry.pointee.d_name) { tuple in
      tuple.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
    }
  }

  private static func remove(_ path: String) -> Int32 {
    #if canImport(Glibc)
      return Glibc.unlink(path)
    #else
      return Darwin.unlink(path)
    #endif
  }

  private static func unlink(_ call: inout Call) throws(RuntimeError) -> [Value] {
    if remove(absolute(try call.string(0), call.context)) == 0 {
      return call.outputs > 0 ? [.number(0), .string("")] : []
    }
    if call.outputs == 0 { throw call.error("operation failed: \(lastReason())") }
    return [.number(-1), .string(lastReason())]
  }

  private static func delete(_ call: inout Call) throws(RuntimeError) -> [Value] {
    for i in 0..<call.count {
      if call.context.graphics?.deleteObjects(call[i]) == true { continue }
      guard call[i].isText else {
        throw call.error(
          "first argument must be a filename or graphics handle",
          identifier: "Octave:delete:unsupported-object")
      }
      let name = try call.string(i)
      let found = names(call, name).filter { call.context.files.isFile($0) }
      if found.isEmpty {
        try call.context.warn("delete: no such file: \(name)", identifier: "Octave:delete:no-such-file")
      }
      for file in found { _ = remove(absolute(file, call.context)) }
    }
    return []
  }

  private static func rename(_ call: inout Call) throws(RuntimeError) -> [Value] {
    let (old, new) = (absolute(try call.string(0), call.context), absolute(try call.string(1), call.context))
    #if canImport(Glibc)
      let status = Glibc.rename(old, new)
    #else
      let status = Darwin.rename(old, new)
    #endif
    if status == 0 { return call.outputs > 0 ? [.number(0), .string("")] : [] }
    let why = lastReason()
    if call.outputs == 0 { throw call.error("operation failed: \(why)") }
    return [.number(-1), .string(why)]
  }

  private static func fullfile(_ call: inout Call) throws(RuntimeError) -> Value {
    var result = [""]
    var shape: Shape?
    for i in 0..<call.count {
      var parts: [String]
      if case .cell(let cells) = call[i], call[i].isCellOfStrings {
        parts = cells.map { $0.stringValue ?? "" }.map { $0 }
        if let shape, shape.count != parts.count {
          throw call.error("cell arrays must have the same dimensions")
        }
        shape = cells.shape
      } else {
        parts = [try call.string(i, "input must either be strings or cell strings")]
      }
      let count = max(result.count, parts.count)
      if shape?.count == 0 { return .cell(.empty, []) }
      if result.count < count { result = Array(repeating: result[0], count: count) }
      if parts.count < count { parts = Array(repeating: parts[0], count: count) }
      result = zip(result, parts).map { joined($0, $1) }
    }
    guard let shape else { return .string(result[0]) }
    return .cell(shape, result.map { .string($0) })
  }

  private static func joined(_ front: String, _ part: String) -> String {
    if part.isEmpty { return front }
    if front.isEmpty { return part }
    var front = front
    while front.hasSuffix("/"), front.count > 1 { front.removeLast() }
    return front + (front.hasSuffix("/") ? "" : "/") + part.drop { $0 == "/" }
  }

  private static func fileparts(_ call: inout Call) throws(RuntimeError) -> [Value] {
    let name = try call.string(0, "FILENAME must be a single string")
    if call[0].shape.rows > 1 { throw call.error("FILENAME must be a single string") }
    let base = Paths.base(name)
    var stem = base
    var suffix = ""
    if let dot = base.lastIndex(of: ".") {
      suffix = String(base[dot...])
      stem = String(base[..<dot])
    }
    return [.string(Paths.directory(name)), .string(stem), .string(suffix)]
  }

  private static func filesep(_ call: inout Call) throws(RuntimeError) -> Value { .string("/") }
  private static func pathsep(_ call: inout Call) throws(RuntimeError) -> Value { .string(":") }

  private static func temporary() -> String {
    var name = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
    while name.count > 1, name.hasSuffix("/") { name.removeLast() }
    return name
  }

  private static func tempdir(_ call: inout Call) throws(RuntimeError) -> Value { .string(temporary() + "/") }

  private static func tempname(_ call: inout Call) throws(RuntimeError) -> Value {
    var directory = call.count > 0 && !call[0].isEmpty ? try call.string(0) : temporary()
    if !call.context.files.isDirectory(directory) { directory = temporary() }
    let prefix = call.count > 1 ? try call.string(1) : "oct-"
    let letters = Array("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789")
    var name = ""
    for _ in 0..<6 { if let letter = letters.randomElement() { name.append(letter) } }
    return .string("\(directory)/\(prefix)\(name)")
  }

  private static func isAbsolute(_ call: inout Call) throws(RuntimeError) -> Value {
    .logical(call[0].stringValue?.hasPrefix("/") ?? false)
  }

  private static func isRootedRelative(_ call: inout Call) throws(RuntimeError) -> Value {
    let name = call[0].stringValue ?? ""
    return .logical(name.hasPrefix("./") || name.hasPrefix("../"))
  }

  private static func makeAbsolute(_ call: inout Call) throws(RuntimeError) -> Value {
    let name = try call.string(0, "FILE argument must be a filename")
    return .string(name.hasPrefix("/") ? name : normalized(absolute(name, call.context)))
  }

  private static func canonicalize(_ call: inout Call) throws(RuntimeError) -> [Value] {
    let path = absolute(try call.string(0, "NAME must be a string"), call.context)
    guard let real = realpath(path, nil) else {
      return [.string(""), .number(-1), .string(lastReason())]
    }
    defer { free(real) }
    return [.string(String(cString: real)), .number(0), .string("")]
  }

  private static func glob(_ call: inout Call) throws(RuntimeError) -> Value {
    var found: [String] = []
    for pattern in call[0].stringList ?? [] {
      if call.context.files.isDirectory(pattern) || call.context.files.isFile(pattern) {
        found.append(pattern)
      } else {
        found += names(call, pattern)
      }
    }
    return found.isEmpty ? .cell(.empty, []) : .columnCell(found.sorted().map { .string($0) })
  }
}
