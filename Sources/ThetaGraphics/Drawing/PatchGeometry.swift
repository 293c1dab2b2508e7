import ThetaArrays
import ThetaCanvas
import ThetaRuntime

/// The polygons of a patch, from faces and vertices or from columns of coordinates.
enum PatchGeometry {
  enum Ink {
    case fixed(Color)
    case number(Double)
  }

  struct Polygon {
    var corners: [(Double, Double, Double)]
    var color: Ink?
  }

  static func polygons(of object: GraphicsObject) -> [Polygon] {
    if let faces = object.array("faces"), let vertices = object.array("vertices"),
      vertices.shape.columns >= 2,
      faces.shape.is2D
    {
      return fromFaces(object, faces, vertices)
    }
    return fromColumns(object)
  }

  private static func fromFaces(
    _ object: GraphicsObject, _ faces: NDArray<Double>, _ vertices: NDArray<Double>
  ) -> [Polygon] {
    let data = object["facevertexcdata"]
    let colors = data.isText ? nil : data.realArray
    func ink(_ k: Int) -> Ink? {
      guard let colors, k < colors.shape.rows, colors.shape.columns > 0 else { return nil }
      if colors.shape.columns == 3 { return .fixed(Color(colors[k, 0], colors[k, 1], colors[k, 2])) }
      return .number(colors[k, 0])
    }
    let isPerFace =
      colors.map { $0.shape.rows == faces.shape.rows && $0.shape.rows != vertices.shape.rows } ?? false
    return (0..<faces.shape.rows).map { f in
      var corners: [(Double, Double, Double)] = []
      var first: Int?
      for j in 0..<faces.shape.columns {
        guard let index = Int(exactly: faces[f, j]), index >= 1, index <= vertices.shape.rows else {
          continue
        }
        let v = index - 1
        first = first ?? v
        corners.append((vertices[v, 0], vertices[v, 1], vertices.shape.columns > 2 ? vertices[v, 2] : 0))
      }
      let one = colors.map { $0.shape.rows == 1 } ?? false
      return Polygon(corners: corners, color: one ? ink(0) : isPerFace ? ink(f) : first.flatMap { ink($0) })
    }
  }

  private static func fromColumns(_ object: GraphicsObject) -> [Polygon] {
    guard let x = object.array("xdata"), let y = object.array("ydata"), x.count == y.count, x.count > 0 else {
      return []
    }
    let z = object.array("zdata")
    let rows = x.shape.isVector ? x.count : x.shape.rows
    guard rows > 0 else { return [] }
    let value = object["cdata"]
    let colors = value.isText ? nil : value.realArray
    return (0..<x.count / rows).map { p in
      let corners = (0..<rows).map { i in
        (x[p * rows + i], y[p * rows + i], z.flatMap { $0.count == x.count ? $0[p * rows + i] : nil } ?? 0)
      }
      var ink: Ink?
      if let colors, colors.count > 0 {
        let faces = x.count / rows
        if colors.count == 3 * faces, colors.shape.dimensionCount == 3 {
          ink = .fixed(Color(colors[p], colors[p + faces], colors[p + 2 * faces]))
        } else if colors.count == x.count {
          let part = (0..<rows).map { colors[p * rows + $0] }
          ink = .number(part.reduce(0, +) / Double(rows))
        } else {
          ink = .number(colors[min(p, colors.count - 1)])
        }
      }
      return Polygon(corners: corners.filter { $0.0.isFinite && $0.1.isFinite }, color: ink)
    }
  }
}
