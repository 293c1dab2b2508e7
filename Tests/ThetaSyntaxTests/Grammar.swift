// Reads grammar/theta.ebnf: the notation of the XML recommendation, and the lines that begin with `@only`
// and `@never`.

/// A part of a rule's right side.
indirect enum GrammarNode: Equatable {
  case text(String)
  case set([ClosedRange<UInt32>])
  case rule(String)
  case sequence([GrammarNode])
  case choice([GrammarNode])
  case optional(GrammarNode)
  case many(GrammarNode)
  case some(GrammarNode)
}

struct Grammar {
  /// `@only x in y` and `@never x in y`.
  struct Condition {
    var isOnly: Bool
    var rule: String
    var context: String
  }

  var rules: [String: GrammarNode] = [:]
  var order: [String] = []
  var conditions: [Condition] = []

  struct Problem: Error, CustomStringConvertible {
    var description: String
  }

  init(_ text: String) throws {
    var reader = Reader(Array(text.unicodeScalars))
    reader.skip()
    while !reader.isAtEnd {
      let name = reader.name()
      guard !name.isEmpty, reader.take("::=") else {
        throw Problem(description: "a rule was expected at \(reader.rest)")
      }
      guard rules[name] == nil else { throw Problem(description: "\(name) is defined twice") }
      rules[name] = try reader.choice()
      order.append(name)
    }
    for line in text.split(separator: "\n") {
      let words = line.split(separator: " ").map(String.init)
      guard words.count >= 4, words[0] == "@only" || words[0] == "@never", words[2] == "in" else { continue }
      conditions.append(Condition(isOnly: words[0] == "@only", rule: words[1], context: words[3]))
    }
  }

  /// Every rule that is used.
  var references: Set<String> {
    var result: Set<String> = []
    func visit(_ node: GrammarNode) {
      switch node {
      case .rule(let name): result.insert(name)
      case .sequence(let parts), .choice(let parts): parts.forEach(visit)
      case .optional(let part), .many(let part), .some(let part): visit(part)
      case .text, .set: break
      }
    }
    rules.values.forEach(visit)
    return result
  }

  /// Every text of letters in the syntactic rules: the keywords.
  var words: Set<String> {
    var result: Set<String> = []
    func visit(_ node: GrammarNode) {
      switch node {
      case .text(let text):
        if text.allSatisfy({ $0.isLetter || $0 == "_" }) { result.insert(text) }
      case .sequence(let parts), .choice(let parts): parts.forEach(visit)
      case .optional(let part), .many(let part), .some(let part): visit(part)
      case .rule, .set: break
      }
    }
    for (name, node) in rules where name.first?.isLowercase == true { visit(node) }
    return result
  }
}

extension Grammar {
  private struct Reader {
    let scalars: [UnicodeScalar]
    var position = 0

    init(_ scalars: [UnicodeScalar]) { self.scalars = scalars }

    var isAtEnd: Bool { position >= scalars.count }
    var rest: String { string(position, min(position + 30, scalars.count)) }

    func string(_ start: Int, _ end: Int) -> String {
      var result = ""
      result.unicodeScalars.append(contentsOf: scalars[start..<end])
      return result
    }

    func has(_ text: String) -> Bool {
      let expected = Array(text.unicodeScalars)
      return position + expected.count <= scalars.count
        && Array(scalars[position..<(position + expected.count)]) == expected
    }

    /// Moves over white space and comments.
    mutating func skip() {
      while !isAtEnd {
        if has("/*") {
          while !isAtEnd, !has("*/") { position += 1 }
          position += 2
        } else if scalars[position].properties.isWhitespace {
          position += 1
        } else {
          return
        }
      }
    }

    mutating func take(_ text: String) -> Bool {
      guard has(text) else { return false }
      position += text.unicodeScalars.count
      skip()
      return true
    }

    mutating func name() -> String {
      let start = position
      while !isAtEnd, scalars[position].properties.isAlphabetic || scalars[position] == "_" { position += 1 }
      let result = string(start, position)
      skip()
      return result
    }

    mutating func choice() throws -> GrammarNode {
      var alternatives = [try sequence()]
      while take("|") { alternatives.append(try sequence()) }
      return alternatives.count == 1 ? alternatives[0] : .choice(alternatives)
    }

    mutating func sequence() throws -> GrammarNode {
      var parts: [GrammarNode] = []
      while let part = try item() { parts.append(part) }
      return parts.count == 1 ? parts[0] : .sequence(parts)
    }

    mutating func item() throws -> GrammarNode? {
      guard var node = try atom() else { return nil }
      while true {
        if take("?") {
          node = .optional(node)
        } else if take("*") {
          node = .many(node)
        } else if take("+") {
          node = .some(node)
        } else {
          return node
        }
      }
    }

    mutating func atom() throws -> GrammarNode? {
      guard !isAtEnd else { return nil }
      let first = scalars[position]
      switch first {
      case "\"", "'":
        let start = position + 1
        position = start
        while !isAtEnd, scalars[position] != first { position += 1 }
        let result = string(start, position)
        position += 1
        skip()
        return .text(result)
      case "[": return set()
      case "#":
        position += 2
        let digits = name()
        guard let code = UInt32(digits, radix: 16), let scalar = UnicodeScalar(code) else {
          throw Problem(description: "a character code was expected at \(rest)")
        }
        return .text(String(scalar))
      case "(":
        _ = take("(")
        let inner = try choice()
        guard take(")") else { throw Problem(description: "')' was expected at \(rest)") }
        return inner
      case ")", "|": return nil
      default:
        let start = position
        let word = name()
        if word.isEmpty { throw Problem(description: "unexpected \(rest)") }
        if has("::=") {
          position = start
          return nil
        }
        return .rule(word)
      }
    }

    mutating func set() -> GrammarNode {
      position += 1
      var ranges: [ClosedRange<UInt32>] = []
      while !isAtEnd, scalars[position] != "]" {
        let low = scalars[position].value
        if position + 2 < scalars.count, scalars[position + 1] == "-", scalars[position + 2] != "]" {
          ranges.append(low...scalars[position + 2].value)
          position += 3
        } else {
          ranges.append(low...low)
          position += 1
        }
      }
      position += 1
      skip()
      return .set(ranges)
    }
  }
}
