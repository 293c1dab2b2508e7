extension Scene {
  /// The picture as part of a larger one: moved and scaled.
  package func placed(at origin: Point, scale: Double) -> [Item] {
    func move(_ p: Point) -> Point { Point(origin.x + p.x * scale, origin.y + p.y * scale) }
    func move(_ r: Rect) -> Rect {
      Rect(origin.x + r.x * scale, origin.y + r.y * scale, r.width * scale, r.height * scale)
    }
    func move(_ stroke: Stroke?) -> Stroke? {
      stroke.map {
        Stroke($0.color, width: $0.width * scale, dash: $0.dash.map { $0 * scale }, join: $0.join)
      }
    }
    return items.map { item in
      switch item {
      case .path(let path, let stroke, let fill): .path(path.mapped(move), stroke: move(stroke), fill: fill)
      case .marks(var marks):
        {
          marks.points = marks.points.map(move)
          marks.sizes = marks.sizes.map { $0 * scale }
          marks.stroke = move(marks.stroke)
          return .marks(marks)
        }()
      case .text(var text):
        {
          text.position = move(text.position)
          text.size *= scale
          return .text(text)
        }()
      case .image(let raster, let rect): .image(raster, move(rect))
      case .beginClip(let rect): .beginClip(move(rect))
      case .endClip: .endClip
      }
    }
  }
}

/// How wide text is set in the sans-serif face.
package enum TextWidth {
  package static func of(_ text: String, size: Double, isBold: Bool = false) -> Double {
    TextMetrics.width(of: text, size: size, isBold: isBold)
  }
}

/// Markup as pieces of text that stand on the line, high or low.
package enum MarkupText {
  package static func pieces(_ text: String) -> [(text: String, rise: Double)] {
    Markup.runs(text).map { ($0.text, $0.rise) }
  }
}
