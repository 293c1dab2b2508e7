import ThetaArrays
import ThetaRuntime

// Colours as scripts write them: three numbers, a letter, a name, or "#rrggbb".

enum ColorNames {
  static func color(_ name: String) -> Color? {
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
    guard let code = UInt32(digits, radix: 16) else { return nil }
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

  static func color(_ value: Value) -> Color? {
    if let name = value.stringValue { return color(name) }
    guard value.count == 3, let rgb = value.realArray else { return nil }
    return Color(rgb[0], rgb[1], rgb[2])
  }

  /// The value that `get` answers: numbers, also when a name was set. Nil when it is no colour.
  static func value(_ value: Value) -> Value? {
    guard let color = color(value) else { return nil }
    if !value.isText, let rgb = value.realArray {
      guard rgb.list.allSatisfy({ $0 >= 0 && $0 <= 1 }) else { return nil }
      return .row(rgb.list)
    }
    return .row([color.red, color.green, color.blue])
  }
}
