import ThetaArrays

/// The range of data along one axis.
struct Extent {
  var low = Double.infinity
  var high = -Double.infinity
  /// The smallest positive number, for logarithmic axes.
  var lowPositive = Double.infinity

  var isEmpty: Bool { low > high }

  mutating func add(_ x: Double) {
    guard x.isFinite else { return }
    if x < low { low = x }
    if x > high { high = x }
    if x > 0, x < lowPositive { lowPositive = x }
  }

  mutating func add(_ list: some Sequence<Double>) { for x in list { add(x) } }

  mutating func add(_ other: Extent) {
    low = min(low, other.low)
    high = max(high, other.high)
    lowPositive = min(lowPositive, other.lowPositive)
  }
}

enum ExtentAxis: String {
  case x
  case y
  case z
}

extension Extent {
  /// What a mark covers along an axis.
  static func of(_ object: GraphicsObject, _ axis: ExtentAxis) -> Extent {
    var extent = Extent()
    switch object.kind {
    case .line, .surface, .scatter, .stairs:
      extent.add(object.list(axis.rawValue + "data"))
    case .image: image(object, axis, &extent)
    case .patch:
      let column = axis == .x ? 0 : axis == .y ? 1 : 2
      if let vertices = object.array("vertices"), vertices.shape.columns > column {
        for i in 0..<vertices.shape.rows { extent.add(vertices[i, column]) }
      } else {
        extent.add(object.list(axis.rawValue + "data"))
      }
    case .bar: bars(object, axis, &extent)
    case .contour:
      if axis != .z || object.isSet("zlevel") || object.text("zlevelmode") == "auto" {
        extent.add(object.list(axis.rawValue + "data"))
      }
    case .errorbar: errors(object, axis, &extent)
    case .quiver:
      extent.add(object.list(axis.rawValue + "data"))
      extent.add(object.extra["tip" + axis.rawValue] ?? [])
    case .stem:
      extent.add(object.list(axis.rawValue + "data"))
      if axis == (object.array("zdata") == nil ? .y : .z) { extent.add(object.number("basevalue")) }
    case .area:
      extent.add(object.list(axis.rawValue + "data"))
      if axis == .y { extent.add(object.extra["base"] ?? []) }
    case .rectangle:
      let p = object.list("position")
      if p.count == 4, axis != .z {
        let i = axis == .x ? 0 : 1
        extent.add(p[i])
        extent.add(p[i] + p[i + 2])
      }
    case .group: for child in object.children { extent.add(of(child, axis)) }
    case .root, .figure, .axes, .text, .legend, .colorbar, .light: break
    }
    return extent
  }

  private static func image(_ object: GraphicsObject, _ axis: ExtentAxis, _ extent: inout Extent) {
    guard axis != .z else { return }
    let shape = object["cdata"].shape
    let count = axis == .x ? shape.columns : shape.rows
    guard count > 0 else { return }
    let data = object.list(axis.rawValue + "data")
    let first = data.first ?? 1
    let last =
      data.count > 1 ? data[data.count - 1] : data.isEmpty ? Double(count) : first + Double(count - 1)
    let half = count > 1 ? (last - first) / Double(count - 1) / 2 : 0.5
    extent.add(first - half)
    extent.add(last + half)
  }

  private static func bars(_ object: GraphicsObject, _ axis: ExtentAxis, _ extent: inout Extent) {
    guard axis != .z else { return }
    let isAlong = (axis == .x) != object.flag("horizontal")
    if isAlong {
      extent.add(object.extra["left"] ?? [])
      extent.add(object.extra["right"] ?? [])
    } else {
      extent.add(object.extra["top"] ?? [])
      extent.add(object.extra["base"] ?? [])
    }
  }

  private static func errors(_ object: GraphicsObject, _ axis: ExtentAxis, _ extent: inout Extent) {
    guard axis != .z else { return }
    let data = object.list(axis.rawValue + "data")
    extent.add(data)
    let below = object.list(axis == .x ? "xldata" : "ldata")
    let above = object.list(axis == .x ? "xudata" : "udata")
    for (i, value) in data.enumerated() {
      if i < below.count { extent.add(value - below[i]) }
      if i < above.count { extent.add(value + above[i]) }
    }
    // The caps of the bars along the other axis, as wide as Octave's.
    guard !object.list(axis == .x ? "ldata" : "xldata").isEmpty else { return }
    var range = Extent()
    range.add(data)
    guard !range.isEmpty else { return }
    let cap = range.high > range.low ? 0.01 * (range.high - range.low) : 0.1
    extent.add(range.low - cap)
    extent.add(range.high + cap)
  }

  /// The numbers that a mark colours by the colormap.
  static func ofColors(_ object: GraphicsObject) -> Extent {
    var extent = Extent()
    switch object.kind {
    case .image, .surface:
      if object.text("cdatamapping") == "scaled", object["cdata"].shape.is2D {
        extent.add(object.list("cdata"))
      }
    case .patch:
      if object.text("cdatamapping") == "scaled" {
        let c = object["cdata"].isEmpty ? object["facevertexcdata"] : object["cdata"]
        if !c.isText, c.shape.columns != 3 || object["cdata"].isEmpty == false, let list = c.realArray?.list {
          extent.add(list)
        }
      }
    case .scatter:
      let c = object["cdata"]
      if !c.isText, c.shape.columns != 3 || c.shape.rows == 3 && object["xdata"].count == 9,
        let list = c.realArray?.list, list.count == object["xdata"].count, list.count > 1
      {
        extent.add(list)
      }
    case .contour: extent.add(object.extra["drawn"] ?? object.list("levellist"))
    case .group: for child in object.children { extent.add(ofColors(child)) }
    default: break
    }
    return extent
  }
}
