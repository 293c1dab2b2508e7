import ThetaRuntime
import ThetaText

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Which variables `load` and `save` mean: names, names with `*`, `?` and `[…]`, or regular expressions.
/// No pattern at all means every variable.
struct NamePatterns {
  private let patterns: [String]
  private let isRegular: Bool
  private let context: Context

  init(_ patterns: [String], isRegular: Bool, context: Context) {
    self.patterns = patterns
    self.isRegular = isRegular
    self.context = context
  }

  var isEmpty: Bool { patterns.isEmpty }

  func contains(_ name: String) -> Bool {
    patterns.isEmpty || patterns.contains { matches($0, name) }
  }

  private func matches(_ pattern: String, _ name: String) -> Bool {
    if !isRegular { return pattern == name || fnmatch(pattern, name, 0) == 0 }
    let found = try? context.invoker.invoke(
      named: "regexp", [.string(name), .string(pattern), .string("once"), .string("start")], outputs: 1)
    return found?.first.map { !$0.isEmpty } ?? false
  }

  /// Those of some names that a single pattern means.
  static func matching(_ pattern: String, in names: [String]) -> [String] {
    names.filter { $0 == pattern || fnmatch(pattern, $0, 0) == 0 }
  }
}

/// What the process's environment says.
enum Environment {
  static var home: String? { getenv("HOME").map { String(cString: $0) } }

  /// `<user@host>`, as Octave's text files name their maker.
  static var userAndHost: String {
    let user = getenv("USER").map { String(cString: $0) } ?? getenv("LOGNAME").map { String(cString: $0) }
    var host = [CChar](repeating: 0, count: 256)
    let name =
      gethostname(&host, host.count - 1) == 0
      ? String(decoding: host.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self) : "localhost"
    return "<\(user ?? "user")@\(name)>"
  }

  /// The time now in UTC as `Sat Nov 21 02:54:42 2026 UTC`.
  static var timeStamp: String {
    var now = time(nil)
    var parts = tm()
    gmtime_r(&now, &parts)
    var buffer = [CChar](repeating: 0, count: 64)
    let length = strftime(&buffer, 64, "%a %b %d %H:%M:%S %Y UTC", &parts)
    return String(decoding: buffer.prefix(length).map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}
