// The TeX-like markup of titles and labels: `\theta`, `x_i`, `10^{-3}`, `{\it n}`, `\bf`, `\fontsize{12}`,
// `\color{red}`. What is not understood is shown as it stands.

package struct Markup {
  /// The runs of one line. Without `interpret` the text is taken literally.
  package static func runs(_ text: String, interpret: Bool = true) -> [TextRun] {
    guard interpret, text.contains(where: { $0 == "\\" || $0 == "_" || $0 == "^" || $0 == "{" }) else {
      return text.isEmpty ? [] : [TextRun(text: text)]
    }
    var markup = Markup(text)
    markup.parse(until: nil, TextRun(text: ""))
    return markup.result
  }

  private let characters: [Character]
  private var position = 0
  private var result: [TextRun] = []

  private init(_ text: String) { characters = Array(text) }

  private mutating func emit(_ text: String, _ style: TextRun) {
    if let last = result.last, last.scale == style.scale, last.rise == style.rise,
      last.isItalic == style.isItalic, last.isBold == style.isBold, last.color == style.color,
      last.points == style.points
    {
      result[result.count - 1].text += text
    } else {
      var run = style
      run.text = text
      result.append(run)
    }
  }

  /// Reads up to a closing brace (or the end); a style word such as `\it` lasts until then.
  private mutating func parse(until close: Character?, _ style: TextRun, depth: Int = 0) {
    var style = style
    while position < characters.count {
      let c = characters[position]
      if c == close {
        position += 1
        return
      }
      position += 1
      switch c {
      case "{" where depth < 100: parse(until: "}", style, depth: depth + 1)
      case "^", "_":
        var shifted = style
        shifted.rise += (c == "^" ? 0.38 : -0.18) * style.scale
        shifted.scale = max(style.scale * 0.72, 0.4)
        script(shifted, depth)
      case "\\": command(&style, depth)
      default: emit(String(c), style)
      }
    }
  }

  /// What a `^` or `_` applies to: a group, a command, or one character.
  private mutating func script(_ style: TextRun, _ depth: Int) {
    guard position < characters.count else { return }
    var style = style
    let c = characters[position]
    position += 1
    switch c {
    case "{" where depth < 100: parse(until: "}", style, depth: depth + 1)
    case "\\": command(&style, depth)
    default: emit(String(c), style)
    }
  }

  private mutating func command(_ style: inout TextRun, _ depth: Int) {
    guard position < characters.count else { return emit("\\", style) }
    guard characters[position].isLetter, characters[position].isASCII else {
      // `\\`, `\{`, `\_`, `\^` …
      emit(String(characters[position]), style)
      position += 1
      return
    }
    var name = ""
    while position < characters.count, characters[position].isLetter, characters[position].isASCII {
      name.append(characters[position])
      position += 1
    }
    switch name {
    case "it", "sl": style.isItalic = true
    case "bf": style.isBold = true
    case "rm":
      style.isItalic = false
      style.isBold = false
    case "fontname": _ = argument()
    case "fontsize":
      if let points = Double(argument()), points > 0, points <= 400 { style.points = points }
    case "color":
      var model = ""
      if position < characters.count, characters[position] == "[" {
        while position < characters.count, characters[position] != "]" {
          model.append(characters[position])
          position += 1
        }
        position += 1
      }
      let value = argument()
      if model.isEmpty {
        style.color = Color.named(value)
      } else {
        let parts = value.split { $0 == " " || $0 == "," }.compactMap { Double($0) }
        if parts.count == 3 { style.color = Color(parts[0], parts[1], parts[2]) }
      }
    case "mathbf", "mathrm", "mathit", "text", "textbf", "textit":
      var inner = style
      if name.hasSuffix("bf") { inner.isBold = true }
      if name.hasSuffix("it") { inner.isItalic = true }
      if position < characters.count, characters[position] == "{", depth < 100 {
        position += 1
        parse(until: "}", inner, depth: depth + 1)
      }
    default:
      if let symbol = MarkupSymbols.all[name] {
        // A blank that ends the command's name stays: Octave shows it.
        emit(symbol, style)
      } else {
        emit("\\" + name, style)
      }
    }
  }

  private mutating func argument() -> String {
    guard position < characters.count, characters[position] == "{" else { return "" }
    position += 1
    var text = ""
    while position < characters.count, characters[position] != "}" {
      text.append(characters[position])
      position += 1
    }
    position += 1
    return text
  }
}

/// The symbols that have a name in markup.
enum MarkupSymbols {
  static let all: [String: String] = {
    var result: [String: String] = [:]
    for line in table.split(separator: "\n") {
      let words = line.split(separator: " ")
      var i = 0
      while i + 1 < words.count {
        result[String(words[i])] = String(words[i + 1])
        i += 2
      }
    }
    return result
  }()

  private static let table = """
    alpha α beta β gamma γ delta δ epsilon ε zeta ζ eta η theta θ vartheta ϑ iota ι kappa κ lambda λ mu μ nu ν
    xi ξ omicron ο pi π varpi ϖ rho ρ sigma σ varsigma ς tau τ upsilon υ phi φ varphi φ chi χ psi ψ omega ω
    Gamma Γ Delta Δ Theta Θ Lambda Λ Xi Ξ Pi Π Sigma Σ Upsilon Υ Phi Φ Psi Ψ Omega Ω
    leq ≤ le ≤ geq ≥ ge ≥ neq ≠ ne ≠ approx ≈ equiv ≡ sim ∼ cong ≅ propto ∝ ll ≪ gg ≫
    pm ± times × div ÷ cdot · ast ∗ circ ∘ bullet • oplus ⊕ otimes ⊗ odot ⊙ oslash ⊘
    sum ∑ prod ∏ int ∫ partial ∂ nabla ∇ infty ∞ surd √ sqrt √ prime ′ angle ∠ perp ⊥ mid |
    forall ∀ exists ∃ in ∈ notin ∉ ni ∋ subset ⊂ supset ⊃ subseteq ⊆ supseteq ⊇ cup ∪ cap ∩ emptyset ∅ vee ∨ wedge ∧
    neg ¬ leftarrow ← rightarrow → uparrow ↑ downarrow ↓ leftrightarrow ↔ Leftarrow ⇐ Rightarrow ⇒ Leftrightarrow ⇔
    to → langle ⟨ rangle ⟩ lfloor ⌊ rfloor ⌋ lceil ⌈ rceil ⌉ Re ℜ Im ℑ aleph ℵ wp ℘ ell ℓ hbar ℏ ldots … dots …
    copyright © deg ° degree ° clubsuit ♣ diamondsuit ♦ heartsuit ♥ spadesuit ♠ lbrack [ rbrack ] o ø
    log log exp exp sin sin cos cos tan tan max max min min
    """
}
