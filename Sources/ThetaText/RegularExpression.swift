import CPCRE2
import ThetaArrays
import ThetaRuntime

/// The options of `regexp` and `regexprep`.
package struct RegexOptions {
  package init() {}

  var once = false
  var ignoresCase = false
  var lineAnchors = false
  var dotExceptNewline = false
  var freeSpacing = false
  var emptyMatches = false
}

/// One match: where it is, and its groups (nil for a group that took no part).
package struct RegexMatch {
  var range: Range<Int>
  var groups: [Range<Int>?]
}

/// A pattern compiled by PCRE2, the engine that Octave uses, with Octave's translations: `(?<name>…)` may repeat a
/// name, and a lookbehind of variable length becomes alternatives.
package final class RegularExpression {
  private let code: OpaquePointer
  /// The names of the groups in the order of their first appearance, with their group numbers.
  let names: [(name: String, groups: [Int])]
  let groupCount: Int
  private let keepsEmptyMatches: Bool

  package init(_ pattern: Bytes, _ options: RegexOptions, function: String) throws(RuntimeError) {
    let (translated, names) = RegularExpression.translate(pattern)
    var flags: UInt32 = UInt32(PCRE2_DUPNAMES)
    if options.ignoresCase { flags |= UInt32(PCRE2_CASELESS) }
    if options.lineAnchors { flags |= UInt32(PCRE2_MULTILINE) }
    if !options.dotExceptNewline { flags |= UInt32(PCRE2_DOTALL) }
    if options.freeSpacing { flags |= UInt32(PCRE2_EXTENDED) }
    flags |= RegularExpression.utf(translated)
    var errorNumber: Int32 = 0
    var errorOffset = 0
    let compiled = translated.withUnsafeBufferPointer { buffer in
      pcre2_compile_8(buffer.baseAddress, buffer.count, flags, &errorNumber, &errorOffset, nil)
    }
    guard let compiled else {
      var message = [UInt8](repeating: 0, count: 256)
      let length = message.withUnsafeMutableBufferPointer {
        pcre2_get_error_message_8(errorNumber, $0.baseAddress, $0.count)
      }
      var text = length > 0 ? String(decoding: message.prefix(Int(length)), as: UTF8.self) : "invalid pattern"
      // Octave words some errors as the engine's older version did.
      switch errorNumber {
      case 109: text = "nothing to repeat"
      case 114: text = "missing )"
      case 122: text = "unmatched parentheses"
      default: break
      }
      throw RuntimeError("\(function): \(text) at position \(errorOffset) of expression")
    }
    code = compiled
    var count: UInt32 = 0
    pcre2_pattern_info_8(compiled, UInt32(PCRE2_INFO_CAPTURECOUNT), &count)
    groupCount = Int(count)
    self.names = names
    keepsEmptyMatches = options.emptyMatches
  }

  deinit { pcre2_code_free_8(code) }

  /// Characters beyond ASCII match as characters when the pattern is valid UTF-8 that has some.
  private static func utf(_ pattern: Bytes) -> UInt32 {
    guard pattern.contains(where: { $0 >= 128 }), String(validating: pattern, as: UTF8.self) != nil else {
      return 0
    }
    return UInt32(PCRE2_UTF)
  }

  /// Gives every named group a name of its own, so that names may repeat, and finds the groups of each name.
  private static func translate(_ pattern: Bytes) -> (Bytes, [(name: String, groups: [Int])]) {
    var result: Bytes = []
    var names: [(name: String, groups: [Int])] = []
    var group = 0
    var inClass = false
    var i = 0
    while i < pattern.count {
      let byte = pattern[i]
      if byte == UInt8(ascii: "\\"), i + 1 < pattern.count {
        // `\<` and `\>` are the starts and ends of words.
        switch pattern[i + 1] {
        case UInt8(ascii: "<") where !inClass: result += Bytes(ascii: "\\b(?=\\w)")
        case UInt8(ascii: ">") where !inClass: result += Bytes(ascii: "\\b(?<=\\w)")
        default: result += pattern[i...(i + 1)]
        }
        i += 2
        continue
      }
      if inClass {
        if byte == UInt8(ascii: "]") { inClass = false }
      } else if byte == UInt8(ascii: "[") {
        inClass = true
        result.append(byte)
        i += 1
        // A bracket right after the opening one (or after ^) is an ordinary character.
        if i < pattern.count, pattern[i] == UInt8(ascii: "^") {
          result.append(pattern[i])
          i += 1
        }
        if i < pattern.count, pattern[i] == UInt8(ascii: "]") {
          result += Bytes(ascii: "\\]")
          i += 1
        }
        continue
      } else if byte == UInt8(ascii: "(") {
        let rest = pattern[(i + 1)...]
        if rest.first != UInt8(ascii: "?") {
          if rest.first != UInt8(ascii: "*") { group += 1 }
        } else if rest.starts(with: Bytes(ascii: "?<=")) || rest.starts(with: Bytes(ascii: "?<!")),
          let (alternatives, end) = lookbehind(pattern, at: i)
        {
          result += alternatives
          i = end
          continue
        } else if rest.starts(with: Bytes(ascii: "?<")), let third = rest.dropFirst(2).first,
          third.isAlphaByte || third == UInt8(ascii: "_"), let end = rest.firstIndex(of: UInt8(ascii: ">"))
        {
          group += 1
          let name = String(decoding: pattern[(i + 3)..<end], as: UTF8.self)
          if let known = names.firstIndex(where: { $0.name == name }) {
            names[known].groups.append(group)
          } else {
            names.append((name, [group]))
          }
        }
      }
      result.append(byte)
      i += 1
    }
    return (result, names)
  }

  /// A lookbehind that starts at an offset and holds `*` or `+`, which PCRE2 refuses there: written as alternatives
  /// of up to ten repetitions, as Octave does. Nil when it is of fixed length or holds groups.
  private static func lookbehind(_ pattern: Bytes, at start: Int) -> (Bytes, Int)? {
    guard let end = pattern[start...].firstIndex(of: UInt8(ascii: ")")) else { return nil }
    let body = pattern[(start + 4)..<max(start + 4, end)]
    let repeats: Bytes = [UInt8(ascii: "*"), UInt8(ascii: "+")]
    guard body.contains(where: { repeats.contains($0) }), !body.contains(UInt8(ascii: "\\")),
      !body.contains(UInt8(ascii: "(")), !body.contains(UInt8(ascii: "["))
    else { return nil }
    var alternatives: [Bytes] = []
    for count in (body.contains(repeats[0]) ? 0 : 1)...10 {
      alternatives.append(body.flatMap { repeats.contains($0) ? Bytes("{\(count)}".utf8) : [$0] })
    }
    let joined = Bytes(alternatives.joined(separator: [UInt8(ascii: "|")]))
    return (Array(pattern[start..<(start + 4)]) + joined + [UInt8(ascii: ")")], end + 1)
  }

  /// The matches in a text, one after the other. Empty matches are left out, as Octave does by default.
  package func matches(in text: Bytes, once: Bool = false) -> [RegexMatch] {
    guard let data = pcre2_match_data_create_from_pattern_8(code, nil) else { return [] }
    defer { pcre2_match_data_free_8(data) }
    var result: [RegexMatch] = []
    var start = 0
    text.withUnsafeBufferPointer { buffer in
      var empty: UInt8 = 0
      withUnsafePointer(to: &empty) { fallback in
        while start <= text.count {
          let status = pcre2_match_8(code, buffer.baseAddress ?? fallback, text.count, start, 0, data, nil)
          guard status > 0, let vector = pcre2_get_ovector_pointer_8(data) else { break }
          let (from, to) = (vector[0], vector[1])
          guard from >= 0, from <= to, to <= text.count else { break }
          if from == to {
            start = to + 1
            if !keepsEmptyMatches { continue }
          } else {
            start = to
          }
          var groups: [Range<Int>?] = []
          for i in 0..<(groupCount + 1) where i > 0 {
            let (a, b) = (vector[2 * i], vector[2 * i + 1])
            let isSet = i < Int(status) && a >= 0 && a <= b && b <= text.count
            groups.append(isSet ? a..<b : nil)
          }
          result.append(RegexMatch(range: from..<to, groups: groups))
          if once { break }
        }
      }
    }
    return result
  }
}
