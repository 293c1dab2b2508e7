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
  /// Compiled for ASCII, and for UTF-8, where characters beyond ASCII match as characters: the same where there are none,
  /// and slower. Made when the first text needs it.
  private var asciiCode: OpaquePointer?
  private var unicodeCode: OpaquePointer?
  private let pattern: Bytes
  private let flags: UInt32
  private let function: String
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
    self.pattern = translated
    self.flags = flags
    self.function = function
    self.names = names
    keepsEmptyMatches = options.emptyMatches
    let isASCII = translated.allSatisfy { $0 < 128 }
    let code = try RegularExpression.compile(
      translated, isASCII ? flags : flags | UInt32(PCRE2_UTF), function: function)
    if isASCII { asciiCode = code } else { unicodeCode = code }
    var count: UInt32 = 0
    pcre2_pattern_info_8(code, UInt32(PCRE2_INFO_CAPTURECOUNT), &count)
    groupCount = Int(count)
  }

  private static func compile(
    _ pattern: Bytes, _ flags: UInt32, function: String
  ) throws(RuntimeError) -> OpaquePointer {
    var errorNumber: Int32 = 0
    var errorOffset = 0
    let compiled = pattern.withUnsafeBufferPointer { buffer in
      pcre2_compile_8(buffer.baseAddress, buffer.count, flags, &errorNumber, &errorOffset, nil)
    }
    if let compiled { return compiled }
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

  deinit {
    pcre2_code_free_8(asciiCode)
    pcre2_code_free_8(unicodeCode)
  }

  /// The compiled pattern for a text.
  private func code(for text: Bytes) throws(RuntimeError) -> OpaquePointer? {
    if let asciiCode, text.allSatisfy({ $0 < 128 }) { return asciiCode }
    guard String(validating: text, as: UTF8.self) != nil else {
      throw RuntimeError("\(function): the input string is invalid UTF-8")
    }
    if unicodeCode == nil {
      unicodeCode = try RegularExpression.compile(pattern, flags | UInt32(PCRE2_UTF), function: function)
    }
    return unicodeCode
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
    // What stands between the repeats; those in brackets and after backslashes are characters.
    var pieces: [Bytes] = [[]]
    var isOptional = false
    var inClass = false
    var i = start + 4
    while i < pattern.count, inClass || pattern[i] != UInt8(ascii: ")") {
      let byte = pattern[i]
      if byte == UInt8(ascii: "\\"), i + 1 < pattern.count {
        pieces[pieces.count - 1] += pattern[i...(i + 1)]
        i += 2
        continue
      }
      switch byte {
      case UInt8(ascii: "(") where !inClass: return nil
      case UInt8(ascii: "*") where !inClass, UInt8(ascii: "+") where !inClass:
        isOptional = isOptional || byte == UInt8(ascii: "*")
        pieces.append([])
      default:
        if byte == UInt8(ascii: "[") { inClass = true }
        if byte == UInt8(ascii: "]") { inClass = false }
        pieces[pieces.count - 1].append(byte)
      }
      i += 1
    }
    guard i < pattern.count, pieces.count > 1 else { return nil }
    let alternatives = ((isOptional ? 0 : 1)...10).map { count in
      Bytes(pieces.joined(separator: "{\(count)}".utf8))
    }
    let joined = Bytes(alternatives.joined(separator: [UInt8(ascii: "|")]))
    return (Array(pattern[start..<(start + 4)]) + joined + [UInt8(ascii: ")")], i + 1)
  }

  /// The matches in a text, one after the other. Empty matches are left out, as Octave does by default.
  package func matches(in text: Bytes, once: Bool = false) throws(RuntimeError) -> [RegexMatch] {
    let code = try code(for: text)
    guard let data = pcre2_match_data_create_from_pattern_8(code, nil) else { return [] }
    defer { pcre2_match_data_free_8(data) }
    var result: [RegexMatch] = []
    var start = 0
    var failure: Int32 = 0
    text.withUnsafeBufferPointer { buffer in
      var empty: UInt8 = 0
      withUnsafePointer(to: &empty) { fallback in
        // `code` has checked the text.
        let options = UInt32(PCRE2_NO_UTF_CHECK)
        while start <= text.count {
          let status = pcre2_match_8(
            code, buffer.baseAddress ?? fallback, text.count, start, options, data, nil)
          if status < -1 { failure = status }
          guard status > 0, let vector = pcre2_get_ovector_pointer_8(data) else { break }
          let (from, to) = (vector[0], vector[1])
          guard from >= 0, from <= to, to <= text.count else { break }
          if from == to {
            start = to + 1
            // Not into the middle of a character.
            while code == unicodeCode, start < text.count, text[start] & 0xC0 == 0x80 { start += 1 }
            if !keepsEmptyMatches { continue }
          } else {
            start = to
          }
          var groups: [Range<Int>?] = []
          for i in stride(from: 1, through: groupCount, by: 1) {
            let (a, b) = (vector[2 * i], vector[2 * i + 1])
            let isSet = i < Int(status) && a >= 0 && a <= b && b <= text.count
            groups.append(isSet ? a..<b : nil)
          }
          result.append(RegexMatch(range: from..<to, groups: groups))
          if once { break }
        }
      }
    }
    if failure != 0 {
      // The engine gives up after some millions of steps.
      throw RuntimeError(
        "\(function): the pattern takes too many steps to match this text",
        identifier: "Octave:regexp-match-limit")
    }
    return result
  }
}
