import ThetaArrays
import ThetaRuntime

/// One object of a figure: what `h` in `h = plot (x, y)` stands for. Its properties are values of the language; those
/// that nobody set have the default of its kind.
final class GraphicsObject {
  let kind: ObjectKind
  let handle: Double
  weak var parent: GraphicsObject?
  /// First made, first drawn.
  var children: [GraphicsObject] = []
  private(set) var values: [String: Value] = [:]
  /// Title and labels of axes, of a colorbar; not among the children.
  var labels: [String: GraphicsObject] = [:]
  /// What only axes have.
  var axesState: AxesState?
  /// What a legend names, in order.
  var entries: [GraphicsObject] = []
  /// What a legend or colorbar belongs to.
  weak var peer: GraphicsObject?
  /// Geometry that a mark keeps besides its properties, such as the edges and feet of bars.
  var extra: [String: [Double]] = [:]
  var isDeleted = false

  init(_ kind: ObjectKind, handle: Double, parent: GraphicsObject?) {
    self.kind = kind
    self.handle = handle
    self.parent = parent
    if kind == .axes || kind == .legend || kind == .colorbar { axesState = AxesState() }
  }

  /// A property as it stands; what is computed (limits, ticks) is asked of `FigureStore.get`.
  subscript(name: String) -> Value {
    get { values[name] ?? kind.schema.property(name)?.initial ?? .emptyMatrix }
    set { values[name] = newValue }
  }

  /// True when a script has set the property.
  func isSet(_ name: String) -> Bool { values[name] != nil }

  func clear(_ name: String) { values[name] = nil }

  func reset() { values = [:] }

  // MARK: - Typed readings

  func text(_ name: String) -> String { self[name].stringValue ?? "" }

  func flag(_ name: String) -> Bool { text(name) == "on" }

  func number(_ name: String) -> Double { self[name].firstReal ?? 0 }

  func array(_ name: String) -> NDArray<Double>? {
    let value = self[name]
    return value.isText || value.isEmpty ? nil : value.realArray
  }

  func list(_ name: String) -> [Double] { array(name)?.list ?? [] }

  /// The colour, or nil for "none" and other words.
  func color(_ name: String) -> Color? { ColorNames.color(self[name]) }

  var isVisible: Bool { text("visible") != "off" }

  var displayName: String { text("displayname") }

  /// The axes that the object stands in.
  var axes: GraphicsObject? {
    var object: GraphicsObject? = self
    while let o = object {
      if o.kind == .axes { return o }
      object = o.parent
    }
    return nil
  }

  var figure: GraphicsObject? {
    var object: GraphicsObject? = self
    while let o = object {
      if o.kind == .figure { return o }
      object = o.parent
    }
    return nil
  }
}

/// What axes remember besides their properties.
final class AxesState {
  /// The cell of a `subplot`.
  struct Cell: Equatable {
    var rows: Int
    var columns: Int
    /// From the top and the left, counted from zero; the far ends included.
    var top: Int
    var bottom: Int
    var left: Int
    var right: Int
  }

  var cell: Cell?
  weak var legend: GraphicsObject?
  weak var colorbar: GraphicsObject?
  /// `axis equal`, `axis square`, `axis image` and what `axis tight` asks of limits that are found.
  var aspect = Aspect.free
  var isTight = false
  /// Where the next series' colour stands in the colour order.
  var nextColor = 0
  var nextStyle = 0
  var isHeld = false
  /// `polar`
  var isPolar = false

  enum Aspect {
    case free
    /// One unit is as long on either axis.
    case equal
    case square
  }
}
