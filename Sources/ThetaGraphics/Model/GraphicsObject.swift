import ThetaArrays
import ThetaCanvas
import ThetaRuntime

/// One object of a figure: what `h` in `h = plot (x, y)` stands for. Its properties are values of the language; those
/// that nobody set have the default of its kind.
package final class GraphicsObject {
  package let kind: ObjectKind
  package let handle: Double
  package weak var parent: GraphicsObject?
  /// First made, first drawn.
  package var children: [GraphicsObject] = []
  private(set) var values: [String: Value] = [:]
  /// Title and labels of axes, of a colorbar; not among the children.
  package var labels: [String: GraphicsObject] = [:]
  /// What only axes have.
  package var axesState: AxesState?
  /// What a legend names, in order.
  package var entries: [GraphicsObject] = []
  /// What a legend or colorbar belongs to.
  package weak var peer: GraphicsObject?
  /// Geometry that a mark keeps besides its properties, such as the edges and feet of bars.
  package var extra: [String: [Double]] = [:]
  package var isDeleted = false

  init(_ kind: ObjectKind, handle: Double, parent: GraphicsObject?) {
    self.kind = kind
    self.handle = handle
    self.parent = parent
    if kind == .axes || kind == .legend || kind == .colorbar { axesState = AxesState() }
  }

  /// A property as it stands; what is computed (limits, ticks) is asked of `FigureStore.get`.
  package subscript(name: String) -> Value {
    get { values[name] ?? kind.schema.property(name)?.initial ?? .emptyMatrix }
    set { values[name] = newValue }
  }

  /// True when a script has set the property.
  package func isSet(_ name: String) -> Bool { values[name] != nil }

  package func clear(_ name: String) { values[name] = nil }

  func reset() { values = [:] }

  // MARK: - Typed readings

  package func text(_ name: String) -> String { self[name].stringValue ?? "" }

  package func flag(_ name: String) -> Bool { text(name) == "on" }

  package func number(_ name: String) -> Double { self[name].firstReal ?? 0 }

  package func array(_ name: String) -> NDArray<Double>? {
    let value = self[name]
    return value.isText || value.isEmpty ? nil : value.realArray
  }

  package func list(_ name: String) -> [Double] { array(name)?.list ?? [] }

  /// The colour, or nil for "none" and other words.
  package func color(_ name: String) -> Color? { ColorNames.color(self[name]) }

  package var isVisible: Bool { text("visible") != "off" }

  package var displayName: String { text("displayname") }

  /// The axes that the object stands in.
  package var axes: GraphicsObject? {
    var object: GraphicsObject? = self
    while let o = object {
      if o.kind == .axes { return o }
      object = o.parent
    }
    return nil
  }

  /// True for an object and what stands in it.
  func isInside(_ other: GraphicsObject) -> Bool {
    var object: GraphicsObject? = self
    while let o = object {
      if o === other { return true }
      object = o.parent
    }
    return false
  }

  package var figure: GraphicsObject? {
    var object: GraphicsObject? = self
    while let o = object {
      if o.kind == .figure { return o }
      object = o.parent
    }
    return nil
  }
}

/// What axes remember besides their properties.
package final class AxesState {
  /// The cell of a `subplot`.
  package struct Cell: Equatable {
    package var rows: Int
    package var columns: Int
    /// From the top and the left, counted from zero; the far ends included.
    package var top: Int
    package var bottom: Int
    package var left: Int
    package var right: Int

    package init(rows: Int, columns: Int, top: Int, bottom: Int, left: Int, right: Int) {
      self.rows = rows
      self.columns = columns
      self.top = top
      self.bottom = bottom
      self.left = left
      self.right = right
    }
  }

  package var cell: Cell?
  package weak var legend: GraphicsObject?
  package weak var colorbar: GraphicsObject?
  /// `axis equal`, `axis square`, `axis image` and what `axis tight` asks of limits that are found.
  package var aspect = Aspect.free
  package var isTight = false
  /// Where the next series' colour stands in the colour order.
  package var nextColor = 0
  var nextStyle = 0
  package var isHeld = false
  /// `polar`
  package var isPolar = false

  package enum Aspect {
    case free
    /// One unit is as long on either axis.
    case equal
    case square
  }
}
