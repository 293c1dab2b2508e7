import ThetaArrays
import ThetaCanvas
import ThetaRuntime

// Surfaces, patches and images.

extension MarkPainter {
  /// The colour of a number, or of a row of an m×n×3 array.
  private func color(_ x: Double, direct: Bool) -> Color? {
    x.isNaN ? nil : direct ? scale.direct(x) : scale.scaled(x)
  }

  // MARK: - Surfaces

  mutating func surface(_ object: GraphicsObject) {
    guard let z = object.array("zdata"), z.shape.is2D else { return }
    let (rows, columns) = (z.shape.rows, z.shape.columns)
    guard rows > 1, columns > 1 else { return }
    let (x, y) = (object.list("xdata"), object.list("ydata"))
    func px(_ i: Int, _ j: Int) -> Double {
      x.count == columns ? x[j] : x.count == z.count ? x[i + j * rows] : .nan
    }
    func py(_ i: Int, _ j: Int) -> Double {
      y.count == rows ? y[i] : y.count == z.count ? y[i + j * rows] : .nan
    }

    let c = object.array("cdata")
    let isTrueColor = c.map { $0.count == 3 * z.count } ?? false
    let isDirect = object.text("cdatamapping") == "direct"
    func data(_ i: Int, _ j: Int) -> Double {
      guard let c, c.count == z.count else { return z[i, j] }
      return c[i + j * rows]
    }
    func vertexColor(_ i: Int, _ j: Int) -> Color? {
      if isTrueColor, let c {
        let k = i + j * rows
        return Color(c[k], c[k + z.count], c[k + 2 * z.count])
      }
      return color(data(i, j), direct: isDirect)
    }

    let faceWord = object.text("facecolor")
    let faceAlpha = object["facealpha"].isText ? 1 : object.number("facealpha")
    let fixedFace = object.color("facecolor")
    let edgeWord = object.text("edgecolor")
    let fixedEdge = object.color("edgecolor")
    // On a fine grid the edges would hide the colours.
    let isFine =
      max(rows, columns) > 50 && !object.isSet("linewidth") && faceWord != "none" && fixedFace == nil
    let width = MarkPainter.width(object, unset: isFine ? 0.3 : 0.55)
    let dash = Stroke.dash(object.text("linestyle"), width: width)
    let style = object.text("meshstyle")

    var corners: [Point] = []
    corners.reserveCapacity(z.count)
    for j in 0..<columns { for i in 0..<rows { corners.append(projection(px(i, j), py(i, j), z[i, j])) } }
    // Smooth shading splits each face in pieces of one colour.
    let isSmooth = faceWord == "interp" && (rows - 1) * (columns - 1) <= 4000

    for j in 0..<columns - 1 {
      for i in 0..<rows - 1 {
        let k = i + j * rows
        let quad = [corners[k], corners[k + 1], corners[k + rows + 1], corners[k + rows]]
        guard quad.allSatisfy(\.isFinite) else { continue }
        let depth =
          projection.is3D
          ? projection.depth(
            (px(i, j) + px(i + 1, j + 1)) / 2, (py(i, j) + py(i + 1, j + 1)) / 2,
            (z[i, j] + z[i + 1, j] + z[i, j + 1] + z[i + 1, j + 1]) / 4) : 0
        var fill: Color?
        switch faceWord {
        case "none": fill = nil
        case "interp", "texturemap":
          if isSmooth {
            let four = [
              vertexColor(i, j), vertexColor(i + 1, j), vertexColor(i + 1, j + 1), vertexColor(i, j + 1),
            ]
            if four.allSatisfy({ $0 != nil }) { smooth(quad, four.compactMap { $0 }, faceAlpha, depth) }
          } else {
            let mean = (data(i, j) + data(i + 1, j) + data(i, j + 1) + data(i + 1, j + 1)) / 4
            fill = isTrueColor ? vertexColor(i, j) : color(mean, direct: isDirect)
          }
        case "flat": fill = vertexColor(i, j)
        default: fill = fixedFace
        }
        var stroke: Stroke?
        if let dash, edgeWord != "none" {
          let ink = edgeWord == "flat" || edgeWord == "interp" ? vertexColor(i, j) : fixedEdge
          stroke = ink.map { Stroke(isFine ? $0.opacity(0.5) : $0, width: width, dash: dash) }
        }
        // Without edges of its own, a face has a hair's edge of its colour: else the seams show.
        if stroke == nil, let fill, faceAlpha == 1 { stroke = Stroke(fill, width: 0.4) }
        if fill == nil, stroke == nil { continue }
        let isPartial = style != "both" && stroke != nil && edgeWord != "none"
        put(
          .path(
            Path(polygon: quad.map { projection.clamped($0) }), stroke: isPartial ? nil : stroke,
            fill: fill?.opacity(faceAlpha)), depth: depth)
        if isPartial {
          var sides = Path()
          if style == "row" {
            sides.segment(quad[0], quad[3])
            sides.segment(quad[1], quad[2])
          } else {
            sides.segment(quad[0], quad[1])
            sides.segment(quad[3], quad[2])
          }
          put(.path(sides, stroke: stroke, fill: nil), depth: depth - 1e-4)
        }
      }
    }
    for p in corners where p.isFinite { occupy(p) }
  }

  /// A face whose colour runs between those of its corners.
  private mutating func smooth(_ quad: [Point], _ colors: [Color], _ alpha: Double, _ depth: Double) {
    let n = 4
    func at(_ u: Double, _ v: Double) -> Point {
      func mix(_ a: Double, _ b: Double, _ c: Double, _ d: Double) -> Double {
        a * (1 - u) * (1 - v) + b * u * (1 - v) + c * u * v + d * (1 - u) * v
      }
      return Point(
        mix(quad[0].x, quad[1].x, quad[2].x, quad[3].x), mix(quad[0].y, quad[1].y, quad[2].y, quad[3].y))
    }
    for a in 0..<n {
      for b in 0..<n {
        let (u, v) = (Double(a) / Double(n), Double(b) / Double(n))
        let (s, t) = (u + 0.5 / Double(n), v + 0.5 / Double(n))
        let ink = colors[0].mixed(with: colors[1], s).mixed(with: colors[3].mixed(with: colors[2], s), t)
        let step = 1 / Double(n)
        let corners = [at(u, v), at(u + step, v), at(u + step, v + step), at(u, v + step)]
        put(
          .path(
            Path(polygon: corners.map { projection.clamped($0) }),
            stroke: Stroke(ink.opacity(alpha), width: 0.4),
            fill: ink.opacity(alpha)), depth: depth)
      }
    }
  }

  // MARK: - Patches

  mutating func patch(_ object: GraphicsObject) {
    for polygon in PatchGeometry.polygons(of: object) {
      let points = polygon.corners.map { projection($0.0, $0.1, $0.2) }.filter(\.isFinite)
      guard !points.isEmpty else { continue }
      for p in points { occupy(p) }
      let own = polygon.color.flatMap { c -> Color? in
        switch c {
        case .fixed(let color): return color
        case .number(let x): return color(x, direct: object.text("cdatamapping") == "direct")
        }
      }
      let word = object.text("facecolor")
      var fill: Color?
      switch word {
      case "none": fill = nil
      case "flat", "interp": fill = own ?? scale.map[0]
      default: fill = object.color("facecolor")
      }
      let alpha = object["facealpha"].isText ? 1 : object.number("facealpha")
      fill = fill?.opacity(alpha)
      var stroke = pen(object, color: "edgecolor", unset: 0.7)
      let edgeWord = object.text("edgecolor")
      if edgeWord == "flat" || edgeWord == "interp" {
        let width = MarkPainter.width(object, unset: 0.7)
        stroke = (own ?? .black).opacity(1).stroke(width, object.text("linestyle"))
      }
      if let ink = stroke?.color, !object["edgealpha"].isText {
        stroke?.color = ink.opacity(object.number("edgealpha"))
      }
      let n = Double(max(polygon.corners.count, 1))
      let mean = polygon.corners.reduce((0.0, 0.0, 0.0)) {
        ($0.0 + $1.0 / n, $0.1 + $1.1 / n, $0.2 + $1.2 / n)
      }
      let depth = projection.is3D ? projection.depth(mean.0, mean.1, mean.2) : 0
      put(
        .path(Path(polygon: points.map { projection.clamped($0) }), stroke: stroke, fill: fill),
        depth: depth.isFinite ? depth : 0)
    }
    guard object.text("marker") != "none", let v = object.array("vertices"), v.shape.columns >= 2 else {
      return
    }
    let rows = 0..<v.shape.rows
    marks(
      object, rows.map { v[$0, 0] }, rows.map { v[$0, 1] }, v.shape.columns > 2 ? rows.map { v[$0, 2] } : [],
      object.color("edgecolor") ?? .black)
  }

  // MARK: - Images

  mutating func image(_ object: GraphicsObject) {
    let value = object["cdata"]
    let (rows, columns) = (value.shape.rows, value.shape.columns)
    guard rows > 0, columns > 0, !value.isText else { return }
    let (x, y) = (Extent.of(object, .x), Extent.of(object, .y))
    let a = projection(x.low, y.low)
    let b = projection(x.high, y.high)
    guard a.isFinite, b.isFinite else { return }
    var raster = Raster(columns: columns, rows: rows, pixels: [])
    raster.pixels = pixels(object, value, rows, columns)
    guard raster.pixels.count == 4 * rows * columns else { return }
    // Row 1 stands at the first y, column 1 at the first x: turned where the axis runs the other way.
    let (xs, ys) = (object.list("xdata"), object.list("ydata"))
    let flipsX = (b.x < a.x) != (xs.count > 1 && xs[0] > xs[xs.count - 1])
    let flipsY = (b.y < a.y) != (ys.count > 1 && ys[0] > ys[ys.count - 1])
    if flipsX || flipsY { raster = raster.flipped(flipsX, flipsY) }
    let rect = Rect(min(a.x, b.x), min(a.y, b.y), abs(b.x - a.x), abs(b.y - a.y))
    put(.image(raster, rect), depth: 0)
    for i in 0...10 {
      for j in 0...10 {
        occupy(Point(rect.x + rect.width * Double(i) / 10, rect.y + rect.height * Double(j) / 10))
      }
    }
  }

  private func pixels(_ object: GraphicsObject, _ value: Value, _ rows: Int, _ columns: Int) -> [UInt8] {
    guard let c = value.realArray else { return [] }
    let plane = rows * columns
    var result = [UInt8](repeating: 255, count: 4 * plane)
    func byte(_ x: Double) -> UInt8 { x.isNaN ? 0 : UInt8(min(max(x, 0), 1) * 255 + 0.5) }
    let elements = c.list
    let alpha = object.list("alphadata")
    if elements.count == 3 * plane {
      let unit: Double
      switch value {
      case .uint8: unit = 255
      case .uint16: unit = 65_535
      default: unit = 1
      }
      for i in 0..<rows {
        for j in 0..<columns {
          let (source, target) = (i + j * rows, 4 * (i * columns + j))
          for k in 0..<3 { result[target + k] = byte(elements[source + k * plane] / unit) }
        }
      }
    } else {
      guard elements.count == plane else { return [] }
      let isScaled = object.text("cdatamapping") == "scaled"
      // Indices of integer images count from zero.
      let shift: Double = value.isInteger && !isScaled ? 1 : 0
      let table = scale.map.map { [byte($0.red), byte($0.green), byte($0.blue)] }.flatMap { $0 }
      let last = scale.map.count - 1
      result.withUnsafeMutableBufferPointer { out in
        for i in 0..<rows {
          for j in 0..<columns {
            let x = elements[i + j * rows]
            let target = 4 * (i * columns + j)
            if x.isNaN {
              out[target + 3] = 0
              continue
            }
            let index = isScaled ? scale.index(x) : max(0, min(last, Int(max(0, min(x + shift, 1e9))) - 1))
            out[target] = table[3 * index]
            out[target + 1] = table[3 * index + 1]
            out[target + 2] = table[3 * index + 2]
          }
        }
      }
    }
    if alpha.count == plane {
      for i in 0..<rows {
        for j in 0..<columns { result[4 * (i * columns + j) + 3] = byte(alpha[i + j * rows]) }
      }
    } else if alpha.count == 1, alpha[0] != 1 {
      for k in 0..<plane { result[4 * k + 3] = byte(alpha[0]) }
    }
    return result
  }
}

extension Raster {
  func flipped(_ x: Bool, _ y: Bool) -> Raster {
    var result = self
    for i in 0..<rows {
      for j in 0..<columns {
        let source = 4 * ((y ? rows - 1 - i : i) * columns + (x ? columns - 1 - j : j))
        let target = 4 * (i * columns + j)
        for k in 0..<4 { result.pixels[target + k] = pixels[source + k] }
      }
    }
    return result
  }
}

extension Color {
  func stroke(_ width: Double, _ style: String) -> Stroke? {
    Stroke.dash(style, width: width).map { Stroke(self, width: width, dash: $0) }
  }
}
