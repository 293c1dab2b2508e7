// Makes programs from the grammar: first the words, by walking the rules with random choices; then their
// layout, by the rules about blanks that the grammar's introduction states.

/// A small generator of random numbers, so that a failing program can be made again from its seed.
struct SeededGenerator: RandomNumberGenerator {
  var state: UInt64

  init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 &+ 1 }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}

struct ProgramGenerator {
  /// A word of the program and the rule that it comes from.
  struct Word {
    var text: String
    var rule: String
    /// The first word that its rule has produced.
    var isFirst: Bool
  }

  let grammar: Grammar
  let heights: [String: Int]
  var random: SeededGenerator
  var words: [Word] = []
  var contexts: [String] = []
  /// Words after which only the shortest alternatives are taken.
  var limit = 250

  init(_ grammar: Grammar, heights: [String: Int], seed: UInt64) {
    self.grammar = grammar
    self.heights = heights
    random = SeededGenerator(seed: seed)
  }

  mutating func program() -> String {
    words = []
    expand("program", budget: 75)
    var layout = Layout(words: words, random: random)
    return layout.text()
  }

  /// The height of the lowest tree of every rule.
  static func heights(_ grammar: Grammar) -> [String: Int] {
    var result: [String: Int] = [:]
    var changed = true
    while changed {
      changed = false
      for (name, node) in grammar.rules {
        let new = height(node, result) + 1
        if new < result[name, default: 1000] {
          result[name] = new
          changed = true
        }
      }
    }
    return result
  }

  private static func height(_ node: GrammarNode, _ known: [String: Int]) -> Int {
    switch node {
    case .text, .set, .optional, .many: 0
    case .rule(let name): known[name, default: 1000]
    case .sequence(let parts): parts.map { height($0, known) }.max() ?? 0
    case .choice(let parts): parts.map { height($0, known) }.min() ?? 0
    case .some(let part): height(part, known)
    }
  }

  // MARK: - Words

  private mutating func expand(_ name: String, budget: Int) {
    guard let node = grammar.rules[name] else { return }
    if name.first?.isUppercase == true {
      words.append(Word(text: lexical(name, node), rule: name, isFirst: false))
      return
    }
    contexts.append(name)
    let start = words.count
    expand(node, name, start, budget: words.count > limit ? 0 : budget)
    contexts.removeLast()
  }

  private mutating func expand(_ node: GrammarNode, _ rule: String, _ start: Int, budget: Int) {
    switch node {
    case .text(let text):
      words.append(Word(text: text, rule: rule, isFirst: words.count == start))
    case .set: break
    case .rule(let name): expand(name, budget: budget - 1)
    case .sequence(let parts):
      for part in parts { expand(part, rule, start, budget: budget) }
    case .choice(let parts):
      let allowed = parts.filter(isAllowed)
      let affordable = allowed.filter { ProgramGenerator.height($0, heights) <= budget }
      if let part = affordable.randomElement(using: &random) {
        expand(part, rule, start, budget: budget)
      } else if let lowest = allowed.map({ ProgramGenerator.height($0, heights) }).min(),
        let part = allowed.filter({ ProgramGenerator.height($0, heights) == lowest })
          .randomElement(using: &random)
      {
        expand(part, rule, start, budget: budget)
      }
    case .optional(let part):
      if budget > ProgramGenerator.height(part, heights), Int.random(in: 0..<3, using: &random) == 0 {
        expand(part, rule, start, budget: budget)
      }
    case .many(let part): repeated(part, rule, start, budget)
    case .some(let part):
      expand(part, rule, start, budget: budget)
      repeated(part, rule, start, budget)
    }
  }

  private mutating func repeated(_ part: GrammarNode, _ rule: String, _ start: Int, _ budget: Int) {
    guard budget > ProgramGenerator.height(part, heights) else { return }
    // Lists of statements are long, chains of operators are short.
    let odds = rule == "list" ? 2 : rule == "row" ? 3 : 8
    var count = 0
    while count < 5, rule == "list" && count == 0 || Int.random(in: 0..<odds, using: &random) == 0 {
      expand(part, rule, start, budget: budget)
      count += 1
    }
  }

  /// Whether the conditions of the grammar allow a rule where the generator stands.
  private func isAllowed(_ node: GrammarNode) -> Bool {
    guard case .rule(let name) = node else { return true }
    return grammar.conditions.allSatisfy { condition in
      guard condition.rule == name else { return true }
      // A jump leaves the loops of its own function only; an anonymous function ends an index.
      return contexts.contains(condition.context) == condition.isOnly
    }
  }

  private mutating func lexical(_ name: String, _ node: GrammarNode) -> String {
    switch name {
    case "NAME", "FUNCTION_NAME":
      while true {
        let text = characters(node)
        if !text.split(separator: ".").contains(where: { reserved.contains(String($0)) }) { return text }
      }
    case "COMMAND_NAME":
      return ["hold", "close_all", "format", "warning"].randomElement(using: &random) ?? "hold"
    default: return characters(node)
    }
  }

  /// Keywords, and the names that are kept for commands.
  private var reserved: Set<String> { grammar.words.union(["hold", "close_all", "format", "warning"]) }

  private mutating func characters(_ node: GrammarNode) -> String {
    switch node {
    case .text(let text): return text
    case .set(let ranges):
      let range = ranges[Int.random(in: 0..<ranges.count, using: &random)]
      let code = UInt32.random(in: range, using: &random)
      return UnicodeScalar(code).map(String.init) ?? ""
    case .rule(let name):
      guard let inner = grammar.rules[name] else { return "" }
      return name == "NAME" ? lexical(name, inner) : characters(inner)
    case .sequence(let parts): return parts.map { characters($0) }.joined()
    case .choice(let parts):
      return parts.randomElement(using: &random).map { characters($0) } ?? ""
    case .optional(let part):
      return Bool.random(using: &random) ? characters(part) : ""
    case .many(let part), .some(let part):
      var result = ""
      if case .some = node { result = characters(part) }
      for _ in 0..<Int.random(in: 0...3, using: &random) { result += characters(part) }
      return result
    }
  }
}
