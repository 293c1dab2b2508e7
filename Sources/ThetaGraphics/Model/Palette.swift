import ThetaCanvas

/// Colours of the house.
package enum Palette {
  /// Octave's colour order: its first ones also differ in lightness, so that they can be told apart without hue.
  package static let lines: [Color] = [
    Color(0, 0.447, 0.741), Color(0.85, 0.325, 0.098), Color(0.929, 0.694, 0.125), Color(0.494, 0.184, 0.556),
    Color(0.466, 0.674, 0.188), Color(0.301, 0.745, 0.933), Color(0.635, 0.078, 0.184),
  ]

  package static let ink = Color(0.15, 0.15, 0.15)

  /// The colormap where none was chosen, at a place from 0 to 1: seven of its points, straight lines between them.
  package static func viridis(_ x: Double) -> (Double, Double, Double) {
    let points: [(Double, Double, Double)] = [
      (0.267004, 0.004874, 0.329415), (0.267968, 0.223549, 0.512008), (0.190631, 0.407061, 0.556089),
      (0.127568, 0.566949, 0.550556), (0.20803, 0.718701, 0.472873), (0.565498, 0.84243, 0.262877),
      (0.993248, 0.906157, 0.143936),
    ]
    let place = x * Double(points.count - 1)
    let k = min(Int(place), points.count - 2)
    let f = place - Double(k)
    let (a, b) = (points[k], points[k + 1])
    return (a.0 + (b.0 - a.0) * f, a.1 + (b.1 - a.1) * f, a.2 + (b.2 - a.2) * f)
  }
}
