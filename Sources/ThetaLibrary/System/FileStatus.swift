import ThetaArrays
import ThetaRuntime
import ThetaText

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

// What the system knows of files, users and itself; processes that are read or written as files.

enum FileStatus {
  static let table: [Builtin] = [
    Builtin(
      "[info, err, msg] = stat (file)",
      """
      What the system knows of a file, as a struct: size, mode and modestr, times, owner. info is [] and err -1 when
      there is none. Links are followed; lstat tells of the link.

      >> isstruct (stat ("/"))
      ans = 1
      """, multiple: statOf),
    Builtin(
      "[info, err, msg] = lstat (file)",
      """
      As stat, of a link itself.

      >> isstruct (lstat ("/"))
      ans = 1
      """, multiple: statOf),
    Builtin(
      "[uts, err, msg] = uname ()",
      """
      Names and versions of the operating system, as a struct.

      >> ischar (uname ().sysname)
      ans = 1
      """,
      multiple: uname),
    Builtin(
      "name = gethostname ()",
      """
      The name of this computer.

      >> ischar (gethostname ())
      ans = 1
      """, hostName),
    Builtin(
      "info = getpwuid (uid)",
      """
      The entry of a user in the list of users, as a struct.

      >> isstruct (getpwuid (getuid ()))
      ans = 1
      """, userEntry),
    Builtin(
      "n = geteuid ()",
      """
      The number of the user in effect.

      >> geteuid () >= 0
      ans = 1
      """, effectiveUser),
    Builtin(
      "n = getgid ()",
      """
      The number of the group.

      >> getgid () >= 0
      ans = 1
      """, group),
    Builtin(
      "n = getegid ()",
      """
      The number of the group in effect.

      >> getegid () >= 0
      ans = 1
      """, effectiveGroup),
    Builtin(
      "n = getppid ()",
      """
      The number of the process that started this one.

      >> getppid () > 0
      ans = 1
      """, parent),
    Builtin(
      "usage = getrusage ()",
      """
      Time, memory and events of this process so far, as a struct.

      >> isstruct (getrusage ())
      ans = 1
      """, usage),
    Builtin(
      "[fid, name, msg] = mkstemp (template, delete?)",
      "Makes and opens a file whose name is the template with its last six letters, XXXXXX, replaced.",
      multiple: makeTemporary),
    Builtin(
      "[fid, msg] = tmpfile ()", "Opens a new file that goes when it is closed.", multiple: temporaryFile),
    Builtin(
      "fid = popen (command, mode)",
      "Runs a command of the shell whose output is read (mode \"r\") or whose input is written (\"w\") as a file.",
      popen),
    Builtin("status = pclose (fid)", "Closes what popen opened and gives the command's exit status.", pclose),
    Builtin(
      "name = P_tmpdir ()",
      """
      The directory for temporary files.

      >> P_tmpdir ()
      ans = /tmp
      """, temporaryDirectory),
  ]

  /// A name from the root on: `~` is the home directory, other names begin in the current one.
  static func absolute(_ name: String, _ context: Context) -> String {
    if name.hasPrefix("~") { return (getenv("HOME").map { String(cString: $0) } ?? "") + name.dropFirst() }
    return name.hasPrefix("/") ? name : context.files.currentDirectory + "/" + name
  }

  private static func reason() -> String { String(cString: strerror(errno)) }

  private static func statOf(_ call: inout Call) throws(RuntimeError) -> [Value] {
    let path = absolute(try call.string(0, "NAME must be a string"), call.context)
    var info = stat()
    guard (call.name == "lstat" ? lstat(path, &info) : stat(path, &info)) == 0 else {
      return [.emptyMatrix, .number(-1), .string(reason())]
    }
    #if canImport(Glibc)
      let times = (info.st_atim.tv_sec, info.st_mtim.tv_sec, info.st_ctim.tv_sec)
    #else
      let times = (info.st_atimespec.tv_sec, info.st_mtimespec.tv_sec, info.st_ctimespec.tv_sec)
    #endif
    func number(_ x: some BinaryInteger) -> Value { .number(Double(x)) }
    return [
      .structure([
        ("dev", number(info.st_dev)), ("ino", number(info.st_ino)), ("mode", number(info.st_mode)),
        ("modestr", .string(modeText(info.st_mode))), ("nlink", number(info.st_nlink)),
        ("uid", number(info.st_uid)), ("gid", number(info.st_gid)), ("rdev", number(info.st_rdev)),
        ("size", number(info.st_size)), ("atime", number(times.0)), ("mtime", number(times.1)),
        ("ctime", number(times.2)), ("blksize", number(info.st_blksize)), ("blocks", number(info.st_blocks)),
      ]), .number(0), .string(""),
    ]
  }

  /// `-rw-r--r-- `, with the blank that Octave leaves for a mark of other rights
  private static func modeText(_ mode: mode_t) -> String {
    let kinds: [mode_t: Character] = [
      S_IFDIR: "d", S_IFLNK: "l", S_IFCHR: "c", S_IFBLK: "b", S_IFIFO: "p", S_IFSOCK: "s",
    ]
    var text = String(kinds[mode & S_IFMT] ?? "-")
    for (i, letter) in "rwxrwxrwx".enumerated() {
      let isSet = mode & (0o400 >> mode_t(i)) != 0
      // The bits for the user, the group and the directory whose files only their owners remove.
      let special: (mode_t, Character)? = [2: (0o4000, "s"), 5: (0o2000, "s"), 8: (0o1000, "t")][i]
      if let (bit, mark) = special, mode & bit != 0 {
        text += isSet ? String(mark) : mark.uppercased()
      } else {
        text.append(isSet ? letter : "-")
      }
    }
    return text + " "
  }

  /// The text in a field of fixed length.
  private static func text<Field>(_ field: Field) -> Value {
    withUnsafeBytes(of: field) { .bytes(Array($0.prefix { $0 != 0 })) }
  }

  private static func uname(_ call: inout Call) throws(RuntimeError) -> [Value] {
    var names = utsname()
    #if canImport(Glibc)
      let status = Glibc.uname(&names)
    #else
      let status = Darwin.uname(&names)
    #endif
    guard status == 0 else { return [.emptyMatrix, .number(-1), .string(reason())] }
    return [
      .structure([
        ("sysname", text(names.sysname)), ("nodename", text(names.nodename)),
        ("release", text(names.release)),
        ("version", text(names.version)), ("machine", text(names.machine)),
      ]), .number(0), .string(""),
    ]
  }

  private static func hostName(_ call: inout Call) throws(RuntimeError) -> Value {
    var name = [CChar](repeating: 0, count: 256)
    gethostname(&name, 255)
    return .bytes(name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) })
  }

  private static func userEntry(_ call: inout Call) throws(RuntimeError) -> Value {
    guard let entry = getpwuid(uid_t(clamping: try call.integer(0))) else { return .emptyMatrix }
    func string(_ pointer: UnsafeMutablePointer<CChar>?) -> Value {
      .string(pointer.map { String(cString: $0) } ?? "")
    }
    let user = entry.pointee
    return .structure([
      ("name", string(user.pw_name)), ("passwd", string(user.pw_passwd)), ("uid", .integer(Int(user.pw_uid))),
      ("gid", .integer(Int(user.pw_gid))), ("gecos", string(user.pw_gecos)), ("dir", string(user.pw_dir)),
      ("shell", string(user.pw_shell)),
    ])
  }

  private static func effectiveUser(_ call: inout Call) throws(RuntimeError) -> Value {
    .integer(Int(geteuid()))
  }
  private static func group(_ call: inout Call) throws(RuntimeError) -> Value { .integer(Int(getgid())) }
  private static func effectiveGroup(_ call: inout Call) throws(RuntimeError) -> Value {
    .integer(Int(getegid()))
  }
  private static func parent(_ call: inout Call) throws(RuntimeError) -> Value { .integer(Int(getppid())) }
  private static func temporaryDirectory(_ call: inout Call) throws(RuntimeError) -> Value { .string("/tmp") }

  private static func usage(_ call: inout Call) throws(RuntimeError) -> Value {
    var usage = rusage()
    #if canImport(Glibc)
      getrusage(0, &usage)
    #else
      getrusage(RUSAGE_SELF, &usage)
    #endif
    func time(_ t: timeval) -> Value {
      .structure([("sec", .integer(Int(t.tv_sec))), ("usec", .integer(Int(t.tv_usec)))])
    }
    return .structure([
      ("utime", time(usage.ru_utime)), ("stime", time(usage.ru_stime)), ("maxrss", .integer(usage.ru_maxrss)),
      ("ixrss", .integer(usage.ru_ixrss)), ("idrss", .integer(usage.ru_idrss)),
      ("isrss", .integer(usage.ru_isrss)), ("minflt", .integer(usage.ru_minflt)),
      ("majflt", .integer(usage.ru_majflt)), ("nswap", .integer(usage.ru_nswap)),
      ("inblock", .integer(usage.ru_inblock)), ("oublock", .integer(usage.ru_oublock)),
      ("msgsnd", .integer(usage.ru_msgsnd)), ("msgrcv", .integer(usage.ru_msgrcv)),
      ("nsignals", .integer(usage.ru_nsignals)), ("nvcsw", .integer(usage.ru_nvcsw)),
      ("nivcsw", .integer(usage.ru_nivcsw)),
    ])
  }

  // MARK: Files that are made

  private static func makeTemporary(_ call: inout Call) throws(RuntimeError) -> [Value] {
    let template = absolute(try call.string(0, "TEMPLATE argument must be a string"), call.context)
    var name = template.utf8CString.map { $0 }
    let descriptor = mkstemp(&name)
    guard descriptor >= 0 else { return [.number(-1), .string(""), .string(reason())] }
    close(descriptor)
    let path = String(decoding: name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    let number = try OpenFiles.of(call.context).open(path, mode: "w+b", call.context)
    return [.integer(number), .string(path), .string("")]
  }

  private static func temporaryFile(_ call: inout Call) throws(RuntimeError) -> [Value] {
    [.integer(OpenFiles.of(call.context).addVirtual("", mode: "w+b", content: []) { _ in 0 }), .string("")]
  }

  private static func popen(_ call: inout Call) throws(RuntimeError) -> Value {
    let command = try call.string(0, "COMMAND must be a string")
    let mode = try call.string(1, "MODE must be a string")
    guard mode == "r" || mode == "w" else { throw call.error("invalid MODE specified") }
    let table = OpenFiles.of(call.context)
    let console = call.context.console
    console.flush()
    if mode == "r" {
      let (output, status) = try Shell.output(of: command)
      return .integer(table.addVirtual(command, mode: "r", content: output) { _ in status })
    }
    return .integer(
      table.addVirtual(command, mode: "w", content: []) { input in
        console.flush()
        return Shell.run(command, input: input)
      })
  }

  private static func pclose(_ call: inout Call) throws(RuntimeError) -> Value {
    let id = try OpenFiles.identifier(call[0], call)
    return .integer(try OpenFiles.of(call.context).close(id, call.context))
  }
}

/// Commands of the shell.
enum Shell {
  /// What a command prints and its exit status.
  static func output(of command: String) throws(RuntimeError) -> (Bytes, Int) {
    guard let pipe = popen(command, "r") else { throw RuntimeError("unable to start subprocess") }
    var output: Bytes = []
    var buffer = Bytes(repeating: 0, count: 4096)
    while true {
      let count = buffer.withUnsafeMutableBytes { fread($0.baseAddress, 1, 4096, pipe) }
      if count <= 0 { break }
      output += buffer.prefix(count)
    }
    return (output, Int((pclose(pipe) >> 8) & 0xff))
  }

  /// Runs a command with some input; its output goes where the program's goes.
  static func run(_ command: String, input: Bytes) -> Int {
    guard let pipe = popen(command, "w") else { return -1 }
    _ = input.withUnsafeBytes { fwrite($0.baseAddress, 1, $0.count, pipe) }
    return Int((pclose(pipe) >> 8) & 0xff)
  }
}
