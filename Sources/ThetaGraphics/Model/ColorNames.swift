import ThetaArrays
import ThetaCanvas
import ThetaRuntime

extension Color {
  /// The colour as `get` answers it: red, green and blue in a row.
  package var value: Value { .row([red, green, blue]) }
}

/// Colours as scripts write them: three numbers, a letter, a name, or "#rrggbb".
package enum ColorNames {
  package static func color(_ value: Value) -> Color? {
    if let name = value.stringValue { return Color.named(name) }
    guard value.count == 3, let rgb = value.realArray else { return nil }
    return Color(rgb[0], rgb[1], rgb[2])
  }

  /// The colours of an n×3 matrix; none for another shape.
  package static func rows(_ matrix: NDArray<Double>) -> [Color] {
    guard matrix.shape.is2D, matrix.shape.columns == 3 else { return [] }
    return (0..<matrix.shape.rows).map { Color(matrix[$0, 0], matrix[$0, 1], matrix[$0, 2]) }
  }

  /// The value that `get` answers: numbers, also when a name was set. Nil when it is no colour.
  package static func value(_ value: Value) -> Value? {
    guard let color = color(value) else { return nil }
    if !value.isText, let rgb = value.realArray {
      guard rgb.list.allSatisfy({ $0 >= 0 && $0 <= 1 }) else { return nil }
      return .row(rgb.list)
    }
    return color.value
  }
}
