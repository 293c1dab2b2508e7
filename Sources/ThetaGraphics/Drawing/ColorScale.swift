import ThetaArrays
import ThetaCanvas
import ThetaRuntime

/// How numbers become colours: a colormap over limits.
package struct ColorScale {
  package let map: [Color]
  package var low = 0.0
  package var high = 1.0

  package init(_ map: [Color], _ low: Double = 0, _ high: Double = 1) {
    self.map = map.isEmpty ? [.black] : map
    self.low = low
    self.high = high
  }

  /// The colormap of axes or a figure, viridis when none was set.
  package static func standard(_ object: GraphicsObject) -> ColorScale {
    var holder: GraphicsObject? = object
    while let o = holder {
      if o.isSet("colormap"), let array = o.array("colormap"), array.shape.columns == 3 {
        return ColorScale(ColorNames.rows(array))
      }
      if o.kind == .legend || o.kind == .colorbar, let peer = o.peer {
        holder = peer
      } else {
        holder = o.parent
      }
    }
    return ColorScale(
      (0..<64).map { k in
        let (red, green, blue) = Palette.viridis(Double(k) / 63)
        return Color(red, green, blue)
      })
  }

  /// The colormap as an n×3 matrix.
  package var value: Value {
    .make(NDArray(Shape(map.count, 3), map.map(\.red) + map.map(\.green) + map.map(\.blue)))
  }

  package func index(_ x: Double) -> Int {
    guard high > low, !x.isNaN else { return x > low ? map.count - 1 : 0 }
    let place = (x - low) / (high - low) * Double(map.count)
    guard place.isFinite else { return place > 0 ? map.count - 1 : 0 }
    return place <= 0 ? 0 : place >= Double(map.count) ? map.count - 1 : Int(place)
  }

  /// The colour of a number between the limits.
  package func scaled(_ x: Double) -> Color { map[index(x)] }

  /// The colour with an index, counted from one.
  package func direct(_ x: Double) -> Color {
    guard x.isFinite else { return map[0] }
    return map[max(0, min(map.count - 1, Int(max(0, min(x, 1e9))) - 1))]
  }
}
