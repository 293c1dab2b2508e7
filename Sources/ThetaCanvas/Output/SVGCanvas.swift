/// Writes a scene as SVG: real text, shared symbols, coordinates with two digits.
package struct SVGCanvas {
  private var out: [UInt8] = []
  private var definitions: [UInt8] = []
  private var symbols: [SizedSymbol: String] = [:]
  private var clips: [Rect] = []

  private struct SizedSymbol: Hashable {
    var symbol: Symbol
    var size: Double
  }

  /// Makes identifiers differ between pictures of one page.
  private let prefix: String

  /// - Parameters:
  ///   - isStandalone: a file of its own, with its size; otherwise to stand inside a page.
  package static func svg(_ scene: Scene, prefix: String = "t", isStandalone: Bool = true) -> [UInt8] {
    var canvas = SVGCanvas(prefix: prefix)
    canvas.draw(scene)
    var result: [UInt8] = []
    let (w, h) = (number(scene.width), number(scene.height))
    let size = isStandalone ? " width=\"\(w)\" height=\"\(h)\"" : ""
    let title = MarkedText.escaped(scene.description)
    result += Array(
      """
      <svg xmlns="http://www.w3.org/2000/svg"\(size) viewBox="0 0 \(w) \(h)" role="img" aria-label="\(title)" \
      font-family="Helvetica,Arial,'Liberation Sans','Nimbus Sans',sans-serif" fill="none" stroke-linejoin="round">

      """.utf8)
    if isStandalone { result += Array("<title>\(title)</title>\n".utf8) }
    if !canvas.definitions.isEmpty {
      result += Array("<defs>\n".utf8) + canvas.definitions + Array("</defs>\n".utf8)
    }
    if let background = scene.background {
      result += Array("<path d=\"M0 0H\(w)V\(h)H0Z\"\(fill(background))/>\n".utf8)
    }
    result += canvas.out
    result += Array("</svg>\n".utf8)
    return result
  }

  private init(prefix: String) { self.prefix = prefix }

  private mutating func write(_ text: String) { out += Array(text.utf8) }

  private mutating func draw(_ scene: Scene) {
    for item in scene.items {
      switch item {
      case .path(let path, let stroke, let color): draw(path, stroke, color)
      case .marks(let marks): draw(marks)
      case .text(let text): draw(text)
      case .image(let raster, let rect): draw(raster, rect)
      case .beginClip(let rect):
        if !clips.contains(rect) {
          clips.append(rect)
          definitions += Array("<clipPath id=\"\(prefix)c\(clips.count)\"><path d=\"".utf8)
          SVGCanvas.append(Path(rect: rect), to: &definitions)
          definitions += Array("\"/></clipPath>\n".utf8)
        }
        let place = (clips.firstIndex(of: rect) ?? 0) + 1
        write("<g clip-path=\"url(#\(prefix)c\(place))\">\n")
      case .endClip: write("</g>\n")
      }
    }
  }

  private mutating func draw(_ path: Path, _ stroke: Stroke?, _ color: Color?) {
    guard !path.isEmpty, stroke != nil || color != nil else { return }
    write("<path d=\"")
    SVGCanvas.append(path, to: &out)
    write("\"\(SVGCanvas.fill(color))\(SVGCanvas.attributes(stroke))/>\n")
  }

  private mutating func draw(_ marks: Marks) {
    let fills = marks.symbol.isOpen ? [] : marks.fills
    let isSimple = fills.count <= 1 && marks.edges.isEmpty
    let common = SVGCanvas.attributes(marks.stroke) + (isSimple ? SVGCanvas.fill(fills.first) : "")
    write("<g\(common)>\n")
    for (i, point) in marks.points.enumerated() {
      let size = marks.sizes[marks.sizes.count == 1 ? 0 : i]
      var own = ""
      if fills.count > 1 {
        own += SVGCanvas.fill(fills[i])
      } else if !isSimple {
        own += SVGCanvas.fill(fills.first)
      }
      if !marks.edges.isEmpty { own += " stroke=\"\(SVGCanvas.hex(marks.edges[i]))\"" }
      write("<use href=\"#\(symbol(marks.symbol, size))\" x=\"")
      SVGCanvas.append(point.x, to: &out)
      write("\" y=\"")
      SVGCanvas.append(point.y, to: &out)
      write("\"\(own)/>\n")
    }
    write("</g>\n")
  }

  /// The definition of a symbol of a size, made at its first use.
  private mutating func symbol(_ symbol: Symbol, _ size: Double) -> String {
    let size = (size * 100).rounded() / 100
    let key = SizedSymbol(symbol: symbol, size: size)
    if let id = symbols[key] { return id }
    let id = "\(prefix)m\(symbols.count + 1)"
    symbols[key] = id
    definitions += Array("<path id=\"\(id)\" d=\"".utf8)
    SVGCanvas.append(symbol.outline(size: size), to: &definitions)
    definitions += Array("\"/>\n".utf8)
    return id
  }

  private mutating func draw(_ text: Text) {
    let (x, y) = (SVGCanvas.number(text.position.x), SVGCanvas.number(text.position.y))
    var attributes = ""
    switch text.anchor {
    case .start: break
    case .middle: attributes += " text-anchor=\"middle\""
    case .end: attributes += " text-anchor=\"end\""
    }
    if text.isBold { attributes += " font-weight=\"bold\"" }
    if text.isItalic { attributes += " font-style=\"italic\"" }
    if text.isMonospaced { attributes += " font-family=\"monospace\"" }
    if text.rotation != 0 {
      attributes += " transform=\"rotate(\(SVGCanvas.number(-text.rotation)) \(x) \(y))\""
    }
    if text.runs.contains(where: {
      $0.text.hasPrefix(" ") || $0.text.hasSuffix(" ") || $0.text.contains("  ")
    }) {
      attributes += " xml:space=\"preserve\""
    }
    write(
      "<text x=\"\(x)\" y=\"\(y)\" font-size=\"\(SVGCanvas.number(text.size))\"\(SVGCanvas.fill(text.color))\(attributes)>"
    )
    var rise = 0.0
    for run in text.runs {
      var style = ""
      if run.rise != rise { style += " dy=\"\(SVGCanvas.number((rise - run.rise) * text.size))\"" }
      rise = run.rise
      if run.scale != 1 { style += " font-size=\"\(SVGCanvas.number(run.scale * text.size))\"" }
      if run.isItalic { style += " font-style=\"italic\"" }
      if run.isBold { style += " font-weight=\"bold\"" }
      if let color = run.color { style += SVGCanvas.fill(color) }
      let content = MarkedText.escaped(run.text)
      write(style.isEmpty ? content : "<tspan\(style)>\(content)</tspan>")
    }
    write("</text>\n")
  }

  private mutating func draw(_ raster: Raster, _ rect: Rect) {
    let (x, y) = (SVGCanvas.number(rect.x), SVGCanvas.number(rect.y))
    let (w, h) = (SVGCanvas.number(rect.width), SVGCanvas.number(rect.height))
    // Few large pixels keep their edges; many are smoothed when they are drawn smaller.
    let isLarge = Double(raster.columns) > rect.width * 2 || Double(raster.rows) > rect.height * 2
    let rendering = isLarge ? "" : " style=\"image-rendering:pixelated\""
    write(
      "<image x=\"\(x)\" y=\"\(y)\" width=\"\(w)\" height=\"\(h)\" preserveAspectRatio=\"none\"\(rendering) ")
    write("href=\"data:image/png;base64,")
    out += Base64.encode(PNGEncoder.encode(raster))
    write("\"/>\n")
  }

  // MARK: - Attributes

  static func hex(_ color: Color) -> String {
    let digits = Array("0123456789abcdef")
    let bytes = [color.red, color.green, color.blue].map { Int($0 * 255 + 0.5) }
    if bytes.allSatisfy({ $0 / 16 == $0 % 16 }) { return "#" + String(bytes.map { digits[$0 / 16] }) }
    return "#" + String(bytes.flatMap { [digits[$0 / 16], digits[$0 % 16]] })
  }

  static func fill(_ color: Color?) -> String {
    guard let color else { return "" }
    return " fill=\"\(hex(color))\"" + (color.alpha < 1 ? " fill-opacity=\"\(number(color.alpha))\"" : "")
  }

  static func attributes(_ stroke: Stroke?) -> String {
    guard let stroke else { return "" }
    var text = " stroke=\"\(hex(stroke.color))\""
    if stroke.width != 1 { text += " stroke-width=\"\(number(stroke.width))\"" }
    if stroke.color.alpha < 1 { text += " stroke-opacity=\"\(number(stroke.color.alpha))\"" }
    if !stroke.dash.isEmpty {
      text += " stroke-dasharray=\"\(stroke.dash.map(number).joined(separator: " "))\""
    }
    if stroke.join == .miter { text += " stroke-linejoin=\"miter\"" }
    return text
  }

  // MARK: - Numbers

  /// Two digits after the point, none that are zero.
  static func number(_ x: Double) -> String {
    var bytes: [UInt8] = []
    append(x, to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  static func append(_ x: Double, to out: inout [UInt8]) {
    guard x.isFinite, abs(x) < 1e12 else { return out.append(UInt8(ascii: "0")) }
    var hundredths = Int((x * 100).rounded())
    if hundredths < 0 {
      out.append(UInt8(ascii: "-"))
      hundredths = -hundredths
    }
    let (whole, part) = (hundredths / 100, hundredths % 100)
    if whole == 0 && part != 0 {} else { out += Array(String(whole).utf8) }
    guard part != 0 else { return }
    out.append(UInt8(ascii: "."))
    out.append(UInt8(ascii: "0") + UInt8(part / 10))
    if part % 10 != 0 { out.append(UInt8(ascii: "0") + UInt8(part % 10)) }
  }

  static func append(_ path: Path, to out: inout [UInt8]) {
    var next = 0
    var previous: Path.Step?
    func add(_ p: Point, first: Bool) {
      // A minus separates as well as a blank.
      if !first, !(p.x <= -0.005) { out.append(UInt8(ascii: " ")) }
      append(p.x, to: &out)
      if !(p.y <= -0.005) { out.append(UInt8(ascii: " ")) }
      append(p.y, to: &out)
    }
    for step in path.steps {
      switch step {
      case .move:
        out.append(UInt8(ascii: "M"))
        add(path.points[next], first: true)
        next += 1
      case .line:
        if previous == .line {
          add(path.points[next], first: false)
        } else {
          out.append(UInt8(ascii: "L"))
          add(path.points[next], first: true)
        }
        next += 1
      case .curve:
        out.append(UInt8(ascii: "C"))
        for k in 0..<3 { add(path.points[next + k], first: k == 0) }
        next += 3
      case .close: out.append(UInt8(ascii: "Z"))
      }
      previous = step
    }
  }
}
