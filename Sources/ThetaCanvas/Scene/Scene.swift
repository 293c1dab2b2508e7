/// A picture as a list of primitives, drawn in order. Everything about data, limits, ticks and layout is settled
/// before; a canvas only puts these on paper, so that every canvas shows the same picture.
package struct Scene: Sendable {
  package enum Item: Sendable {
    case path(Path, stroke: Stroke?, fill: Color?)
    case marks(Marks)
    case text(Text)
    case image(Raster, Rect)
    /// What follows, up to the matching `endClip`, shows inside the rectangle only.
    case beginClip(Rect)
    case endClip
  }

  package var width: Double
  package var height: Double
  package var background: Color?
  package var items: [Item] = []
  /// In words, for those who cannot see the picture.
  package var description = ""

  package init(width: Double, height: Double, background: Color?) {
    self.width = width
    self.height = height
    self.background = background
  }
}

/// How a path is drawn.
package struct Stroke: Hashable, Sendable {
  package enum Join: Sendable {
    case miter
    case round
  }

  package var color: Color
  package var width: Double
  /// Lengths of dashes and gaps; empty for a solid line.
  package var dash: [Double]
  package var join: Join

  package init(_ color: Color, width: Double, dash: [Double] = [], join: Join = .round) {
    self.color = color
    self.width = width
    self.dash = dash
    self.join = join
  }

  /// The dashes of Octave's line styles; nil for "none".
  package static func dash(_ style: String, width: Double) -> [Double]? {
    let unit = max(width, 1)
    switch style {
    case "none": return nil
    case "--": return [6 * unit, 3.5 * unit]
    case ":": return [1.2 * unit, 2.2 * unit]
    case "-.": return [6 * unit, 2.5 * unit, 1.2 * unit, 2.5 * unit]
    default: return []
    }
  }
}

/// The same symbol at many places.
package struct Marks: Sendable {
  package var symbol: Symbol
  package var points: [Point]
  /// Across, in pixels: one for all, or one for each point.
  package var sizes: [Double]
  package var stroke: Stroke?
  /// One for all, one for each point, or none for open symbols.
  package var fills: [Color]
  /// Colours of the edges where they differ; empty when all are of the stroke's colour.
  package var edges: [Color] = []

  package init(symbol: Symbol, points: [Point], sizes: [Double], stroke: Stroke?, fills: [Color]) {
    self.symbol = symbol
    self.points = points
    self.sizes = sizes
    self.stroke = stroke
    self.fills = fills
  }

  /// Leaves out the marks at places that fail a test.
  package mutating func keep(_ isKept: (Point) -> Bool) {
    let kept = points.indices.filter { isKept(points[$0]) }
    guard kept.count < points.count else { return }
    if sizes.count > 1 { sizes = kept.map { sizes[$0] } }
    if fills.count > 1 { fills = kept.map { fills[$0] } }
    if !edges.isEmpty { edges = kept.map { edges[$0] } }
    points = kept.map { points[$0] }
  }
}

/// Octave's markers.
package enum Symbol: String, Hashable, Sendable {
  case circle = "o"
  case plus = "+"
  case asterisk = "*"
  case dot = "."
  case cross = "x"
  case bar = "|"
  case dash = "_"
  case square = "s"
  case diamond = "d"
  case up = "^"
  case down = "v"
  case right = ">"
  case left = "<"
  case pentagram = "p"
  case hexagram = "h"

  package init?(marker: String) {
    switch marker {
    case "square": self = .square
    case "diamond": self = .diamond
    case "pentagram": self = .pentagram
    case "hexagram": self = .hexagram
    default: self.init(rawValue: marker)
    }
  }

  /// Made of strokes, without an inside.
  package var isOpen: Bool {
    switch self {
    case .plus, .asterisk, .cross, .bar, .dash: true
    default: false
    }
  }
}

/// One line of text in runs of one style each.
package struct Text: Sendable {
  package enum Anchor: Sendable {
    case start
    case middle
    case end
  }

  package var runs: [TextRun]
  /// Where the baseline begins, has its middle, or ends.
  package var position: Point
  package var anchor: Anchor
  /// Height of the letters' em square.
  package var size: Double
  package var color: Color
  package var isBold = false
  package var isItalic = false
  package var isMonospaced = false
  /// Counter-clockwise, in degrees.
  package var rotation = 0.0

  package init(
    runs: [TextRun], position: Point, anchor: Anchor, size: Double, color: Color, rotation: Double = 0
  ) {
    self.runs = runs
    self.position = position
    self.anchor = anchor
    self.size = size
    self.color = color
    self.rotation = rotation
  }
}

package struct TextRun: Equatable, Sendable {
  package var text: String
  /// Relative to the size of the text.
  package var scale = 1.0
  /// Above the baseline, relative to the size of the text.
  package var rise = 0.0
  package var isItalic = false
  package var isBold = false
  package var color: Color?
  /// The size that `\fontsize` asks for; the size of the text where it is nil.
  package var points: Double?

  package init(text: String) { self.text = text }
}

/// Pixels: red, green, blue, opacity, a byte each, row by row from the top.
package struct Raster: Sendable {
  package var columns: Int
  package var rows: Int
  package var pixels: [UInt8]

  package init(columns: Int, rows: Int, pixels: [UInt8]) {
    self.columns = columns
    self.rows = rows
    self.pixels = pixels
  }
}
