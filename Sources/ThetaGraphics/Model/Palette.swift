import ThetaCanvas

/// Colours of the house.
package enum Palette {
  /// Octave's colour order: its first ones also differ in lightness, so that they can be told apart without hue.
  package static let lines: [Color] = [
    Color(0, 0.447, 0.741), Color(0.85, 0.325, 0.098), Color(0.929, 0.694, 0.125), Color(0.494, 0.184, 0.556),
    Color(0.466, 0.674, 0.188), Color(0.301, 0.745, 0.933), Color(0.635, 0.078, 0.184),
  ]

  package static let ink = Color(0.15, 0.15, 0.15)

  /// The colormap where none was chosen, at a place from 0 to 1.
  package static func viridis(_ x: Double) -> (Double, Double, Double) {
    let table = viridisTable
    let place = x * Double(table.count / 3 - 1)
    let k = min(Int(place), table.count / 3 - 2)
    let f = place - Double(k)
    func channel(_ c: Int) -> Double {
      let (a, b) = (table[3 * k + c], table[3 * k + 3 + c])
      return f == 0 ? a : a + (b - a) * f
    }
    return (channel(0), channel(1), channel(2))
  }
}
