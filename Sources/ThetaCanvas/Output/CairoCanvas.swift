import CCairo

/// Draws scenes with Cairo, as PNG or PDF.
package struct CairoCanvas {
  /// Why there is no picture.
  package struct Problem: Error, Sendable {
    package var message: String
  }

  private let cairo: CairoLibrary
  private let context: CairoLibrary.Context

  private final class Bytes {
    var list: [UInt8] = []
  }

  private static let collect: CairoLibrary.Writer = { closure, data, length in
    guard let closure, let data else { return CAIRO_STATUS_WRITE_ERROR }
    let bytes = Unmanaged<Bytes>.fromOpaque(closure).takeUnretainedValue()
    bytes.list.append(contentsOf: UnsafeBufferPointer(start: data, count: Int(length)))
    return CAIRO_STATUS_SUCCESS
  }

  private static func library() throws(Problem) -> CairoLibrary {
    guard let cairo = CairoLibrary.shared else {
      throw Problem(message: "the library for PNG and PDF (libcairo) is not installed; SVG needs none")
    }
    return cairo
  }

  /// A PNG with so many pixels for each unit of the scene.
  package static func png(_ scene: Scene, scale: Double) throws(Problem) -> [UInt8] {
    try draw(scene, scale) { (cairo, surface, _, _) throws(Problem) in
      let bytes = Bytes()
      let status = withExtendedLifetime(bytes) {
        cairo.writePNG(surface, collect, Unmanaged.passUnretained(bytes).toOpaque())
      }
      guard status == CAIRO_STATUS_SUCCESS else { throw Problem(message: "the PNG cannot be written") }
      return bytes.list
    }
  }

  /// The pixels themselves.
  package static func raster(_ scene: Scene, scale: Double) throws(Problem) -> Raster {
    try draw(scene, scale) { (cairo, surface, columns, rows) throws(Problem) in
      cairo.flush(surface)
      guard let data = cairo.data(surface) else { throw Problem(message: "out of memory") }
      let stride = Int(cairo.stride(surface))
      var raster = Raster(columns: columns, rows: rows, pixels: [])
      raster.pixels.reserveCapacity(4 * columns * rows)
      for row in 0..<rows {
        for column in 0..<columns {
          let p = data + row * stride + 4 * column
          raster.pixels += [p[2], p[1], p[0], p[3]]
        }
      }
      return raster
    }
  }

  private static func draw<Result>(
    _ scene: Scene, _ scale: Double,
    _ finish: (CairoLibrary, CairoLibrary.Surface?, Int, Int) throws(Problem) -> Result
  ) throws(Problem) -> Result {
    let cairo = try library()
    let (width, height) = ((scene.width * scale).rounded(), (scene.height * scale).rounded())
    guard width >= 1, height >= 1, width <= 20_000, height <= 20_000 else {
      throw Problem(message: "the picture would have more than 20000 pixels along a side, or none")
    }
    let surface = cairo.imageSurface(CAIRO_FORMAT_ARGB32, CInt(width), CInt(height))
    defer { cairo.destroySurface(surface) }
    guard cairo.surfaceStatus(surface) == CAIRO_STATUS_SUCCESS, let context = cairo.create(surface) else {
      throw Problem(message: "out of memory")
    }
    cairo.scale(context, width / scene.width, height / scene.height)
    CairoCanvas(cairo: cairo, context: context).draw(scene)
    cairo.destroy(context)
    return try finish(cairo, surface, Int(width), Int(height))
  }

  /// A PDF of one page for each scene; the unit of the scenes is `scale` points.
  package static func pdf(_ scenes: [Scene], scale: Double) throws(Problem) -> [UInt8] {
    let cairo = try library()
    let bytes = Bytes()
    return try withExtendedLifetime(bytes) { () throws(Problem) -> [UInt8] in
      let first = scenes.first
      let surface = cairo.pdfSurface(
        collect, Unmanaged.passUnretained(bytes).toOpaque(), (first?.width ?? 560) * scale,
        (first?.height ?? 420) * scale)
      defer { cairo.destroySurface(surface) }
      guard cairo.surfaceStatus(surface) == CAIRO_STATUS_SUCCESS, let context = cairo.create(surface) else {
        throw Problem(message: "out of memory")
      }
      // Two runs of a script give the same bytes.
      cairo.metadata?(surface, CAIRO_PDF_METADATA_CREATE_DATE, "2000-01-01T00:00:00Z")
      for scene in scenes {
        cairo.save(context)
        cairo.scale(context, scale, scale)
        CairoCanvas(cairo: cairo, context: context).draw(scene)
        cairo.restore(context)
        cairo.showPage(context)
      }
      cairo.destroy(context)
      cairo.finishSurface(surface)
      return bytes.list
    }
  }

  // MARK: - Drawing

  private func draw(_ scene: Scene) {
    if let background = scene.background {
      cairo.rectangle(context, 0, 0, scene.width, scene.height)
      set(background)
      cairo.fill(context)
    }
    for item in scene.items {
      switch item {
      case .path(let path, let stroke, let fill):
        trace(path)
        finish(stroke, fill)
      case .marks(let marks): draw(marks)
      case .text(let text): draw(text)
      case .image(let raster, let rect): draw(raster, rect)
      case .beginClip(let rect):
        cairo.save(context)
        cairo.rectangle(context, rect.x, rect.y, rect.width, rect.height)
        cairo.clip(context)
      case .endClip: cairo.restore(context)
      }
    }
  }

  private func set(_ color: Color) { cairo.color(context, color.red, color.green, color.blue, color.alpha) }

  private func trace(_ path: Path) {
    cairo.newPath(context)
    var next = 0
    for step in path.steps {
      let p = step == .close ? Point(0, 0) : path.points[next]
      switch step {
      case .move:
        cairo.moveTo(context, p.x, p.y)
        next += 1
      case .line:
        cairo.lineTo(context, p.x, p.y)
        next += 1
      case .curve:
        let (b, c) = (path.points[next + 1], path.points[next + 2])
        cairo.curveTo(context, p.x, p.y, b.x, b.y, c.x, c.y)
        next += 3
      case .close: cairo.closePath(context)
      }
    }
  }

  private func finish(_ stroke: Stroke?, _ fill: Color?) {
    if let fill {
      set(fill)
      cairo.fillPreserve(context)
    }
    if let stroke {
      set(stroke.color)
      cairo.lineWidth(context, stroke.width)
      cairo.lineJoin(context, stroke.join == .miter ? CAIRO_LINE_JOIN_MITER : CAIRO_LINE_JOIN_ROUND)
      cairo.dash(context, stroke.dash, CInt(stroke.dash.count), 0)
      cairo.stroke(context)
    }
    cairo.newPath(context)
  }

  private func draw(_ marks: Marks) {
    let fills = marks.symbol.isOpen ? [] : marks.fills
    var outline = Path()
    var outlineSize = -1.0
    for (i, point) in marks.points.enumerated() {
      let size = marks.sizes[marks.sizes.count == 1 ? 0 : i]
      if size != outlineSize {
        outline = marks.symbol.outline(size: size)
        outlineSize = size
      }
      cairo.save(context)
      cairo.translate(context, point.x, point.y)
      trace(outline)
      cairo.restore(context)
      var stroke = marks.stroke
      if !marks.edges.isEmpty { stroke?.color = marks.edges[i] }
      finish(stroke, fills.isEmpty ? nil : fills[fills.count == 1 ? 0 : i])
    }
  }

  private func draw(_ text: Text) {
    cairo.save(context)
    defer { cairo.restore(context) }
    cairo.translate(context, text.position.x, text.position.y)
    if text.rotation != 0 { cairo.rotate(context, -text.rotation * .pi / 180) }
    var pieces: [(run: TextRun, advance: Double)] = []
    for run in text.runs {
      select(run, text)
      var extents = cairo_text_extents_t()
      cairo.textExtents(context, run.text, &extents)
      pieces.append((run, extents.x_advance))
    }
    let total = pieces.reduce(0) { $0 + $1.advance }
    var x = text.anchor == .start ? 0 : text.anchor == .end ? -total : -total / 2
    for (run, advance) in pieces {
      select(run, text)
      set(run.color ?? text.color)
      cairo.moveTo(context, x, -run.rise * text.size)
      cairo.showText(context, run.text)
      x += advance
    }
    cairo.newPath(context)
  }

  private func select(_ run: TextRun, _ text: Text) {
    cairo.font(
      context, text.isMonospaced ? "monospace" : "Helvetica",
      run.isItalic || text.isItalic ? CAIRO_FONT_SLANT_ITALIC : CAIRO_FONT_SLANT_NORMAL,
      run.isBold || text.isBold ? CAIRO_FONT_WEIGHT_BOLD : CAIRO_FONT_WEIGHT_NORMAL)
    cairo.fontSize(context, text.size * run.scale)
  }

  private func draw(_ raster: Raster, _ rect: Rect) {
    guard raster.columns > 0, raster.rows > 0, rect.width > 0, rect.height > 0 else { return }
    // Cairo wants blue, green, red, opacity, the colours multiplied by the opacity.
    var data = raster.pixels
    for i in 0..<raster.columns * raster.rows {
      let alpha = Int(data[4 * i + 3])
      let red = data[4 * i]
      data[4 * i] = UInt8(Int(data[4 * i + 2]) * alpha / 255)
      data[4 * i + 1] = UInt8(Int(data[4 * i + 1]) * alpha / 255)
      data[4 * i + 2] = UInt8(Int(red) * alpha / 255)
    }
    let isLarge = Double(raster.columns) > rect.width * 2 || Double(raster.rows) > rect.height * 2
    data.withUnsafeMutableBufferPointer { buffer in
      let surface = cairo.surfaceForData(
        buffer.baseAddress, CAIRO_FORMAT_ARGB32, CInt(raster.columns), CInt(raster.rows),
        CInt(4 * raster.columns))
      cairo.save(context)
      cairo.translate(context, rect.x, rect.y)
      cairo.scale(context, rect.width / Double(raster.columns), rect.height / Double(raster.rows))
      cairo.sourceSurface(context, surface, 0, 0)
      cairo.filter(cairo.source(context), isLarge ? CAIRO_FILTER_GOOD : CAIRO_FILTER_NEAREST)
      cairo.rectangle(context, 0, 0, Double(raster.columns), Double(raster.rows))
      cairo.fill(context)
      cairo.restore(context)
      // The PDF surface reads the pixels when it is finished with the source.
      cairo.color(context, 0, 0, 0, 1)
      cairo.finishSurface(surface)
      cairo.destroySurface(surface)
    }
  }
}
