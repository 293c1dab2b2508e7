import ThetaArrays
import ThetaNumeric
import ThetaRuntime
import ThetaText

/// Patterns of file and variable names: `*`, `?`, `[…]`.
enum Glob {
  static func matches(_ pattern: Bytes, _ text: Bytes) -> Bool { matches(pattern[...], text[...]) }

  private static func matches(_ pattern: ArraySlice<UInt8>, _ text: ArraySlice<UInt8>) -> Bool {
    guard let first = pattern.first else { return text.isEmpty }
    let rest = pattern.dropFirst()
    switch first {
    case UInt8(ascii: "*"):
      var tail = text
      while true {
        if matches(rest, tail) { return true }
        if tail.isEmpty { return false }
        tail = tail.dropFirst()
      }
    case UInt8(ascii: "?"): return !text.isEmpty && matches(rest, text.dropFirst())
    case UInt8(ascii: "["):
      guard let end = rest.dropFirst().firstIndex(of: UInt8(ascii: "]")), let byte = text.first else {
        return false
      }
      var set = Array(rest[rest.startIndex..<end])
      let negated = set.first == UInt8(ascii: "!") || set.first == UInt8(ascii: "^")
      if negated { set.removeFirst() }
      var found = false
      var i = 0
      while i < set.count {
        if i + 2 < set.count, set[i + 1] == UInt8(ascii: "-") {
          if set[i] <= byte, byte <= set[i + 2] { found = true }
          i += 3
        } else {
          if set[i] == byte { found = true }
          i += 1
        }
      }
      return found != negated && matches(pattern[(end + 1)...], text.dropFirst())
    default: return text.first == first && matches(rest, text.dropFirst())
    }
  }
}

/// Parts of file names.
enum Paths {
  static func base(_ path: String) -> String {
    path.split(separator: "/", omittingEmptySubsequences: false).last.map(String.init) ?? path
  }

  static func directory(_ path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "" }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  static func withoutSuffix(_ path: String) -> String {
    let name = base(path)
    guard let dot = name.lastIndex(of: "."), dot != name.startIndex else { return path }
    return String(path.dropLast(name.distance(from: dot, to: name.endIndex)))
  }

  static func suffix(_ path: String) -> String {
    let name = base(path)
    guard let dot = name.lastIndex(of: ".") else { return "" }
    return String(name[dot...])
  }
}
