import ThetaArrays
import ThetaCanvas
import ThetaRuntime

/// Colours as scripts write them: three numbers, a letter, a name, or "#rrggbb".
package enum ColorNames {
  package static func color(_ value: Value) -> Color? {
    if let name = value.stringValue { return Color.named(name) }
    guard value.count == 3, let rgb = value.realArray else { return nil }
    return Color(rgb[0], rgb[1], rgb[2])
  }

  /// The value that `get` answers: numbers, also when a name was set. Nil when it is no colour.
  package static func value(_ value: Value) -> Value? {
    guard let color = color(value) else { return nil }
    if !value.isText, let rgb = value.realArray {
      guard rgb.list.allSatisfy({ $0 >= 0 && $0 <= 1 }) else { return nil }
      return .row(rgb.list)
    }
    return .row([color.red, color.green, color.blue])
  }
}
