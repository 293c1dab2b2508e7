// Colours by name, as markup and scripts write them.

extension Color {
  /// The colour that a name, a letter or "#rrggbb" stands for.
  package static func named(_ name: String) -> Color? {
    switch name.lowercased() {
    case "r", "red": return Color(1, 0, 0)
    case "g", "green": return Color(0, 1, 0)
    case "b", "blue": return Color(0, 0, 1)
    case "c", "cyan": return Color(0, 1, 1)
    case "m", "magenta": return Color(1, 0, 1)
    case "y", "yellow": return Color(1, 1, 0)
    case "k", "black": return Color(0, 0, 0)
    case "w", "white": return Color(1, 1, 1)
    default: break
    }
    guard name.hasPrefix("#") else { return nil }
    let digits = name.dropFirst()
    guard digits.allSatisfy(\.isHexDigit), let code = UInt32(digits, radix: 16) else { return nil }
    func part(_ shift: UInt32, _ bits: UInt32) -> Double {
      let top: UInt32 = (1 << bits) - 1
      return Double((code >> shift) & top) / Double(top)
    }
    switch digits.count {
    case 6: return Color(part(16, 8), part(8, 8), part(0, 8))
    case 3: return Color(part(8, 4), part(4, 4), part(0, 4))
    default: return nil
    }
  }
}
