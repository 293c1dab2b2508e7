import ThetaArrays
import ThetaNumeric
import ThetaRuntime
import ThetaText

/// Patterns of file and variable names: `*`, `?`, `[…]`.
enum Glob {
  /// In time bounded by the product of the lengths: a star that took too little takes one character more, and what stood
  /// before it is not looked at again.
  static func matches(_ pattern: Bytes, _ text: Bytes) -> Bool {
    var (p, t) = (0, 0)
    var star: (pattern: Int, text: Int)?
    while t < text.count {
      if p < pattern.count, pattern[p] == UInt8(ascii: "*") {
        p += 1
        star = (p, t)
      } else if p < pattern.count, let end = single(pattern, p, text[t]) {
        (p, t) = (end, t + 1)
      } else if let last = star {
        star = (last.pattern, last.text + 1)
        (p, t) = (last.pattern, last.text + 1)
      } else {
        return false
      }
    }
    return pattern[p...].allSatisfy { $0 == UInt8(ascii: "*") }
  }

  /// Where the pattern goes on behind what means one character, when that is the one given.
  private static func single(_ pattern: Bytes, _ p: Int, _ byte: UInt8) -> Int? {
    switch pattern[p] {
    case UInt8(ascii: "?"): return p + 1
    case UInt8(ascii: "["):
      guard let end = pattern[(p + 1)...].dropFirst().firstIndex(of: UInt8(ascii: "]")) else { return nil }
      var set = pattern[(p + 1)..<end]
      let isNegated = set.first == UInt8(ascii: "!") || set.first == UInt8(ascii: "^")
      if isNegated { set.removeFirst() }
      var found = false
      var i = set.startIndex
      while i < set.endIndex {
        if i + 2 < set.endIndex, set[i + 1] == UInt8(ascii: "-") {
          if set[i] <= byte, byte <= set[i + 2] { found = true }
          i += 3
        } else {
          if set[i] == byte { found = true }
          i += 1
        }
      }
      return found != isNegated ? end + 1 : nil
    case byte: return p + 1
    default: return nil
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
