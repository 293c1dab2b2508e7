import ThetaArrays
import ThetaGraphics
import ThetaRuntime

// Surfaces and meshes.

enum Surfaces {
  private enum Style {
    case surface
    case mesh
    case waterfall
    /// Seen from above, coloured by number.
    case plane
  }

  static func surf(_ call: inout Call) throws(RuntimeError) -> [Value] { try draw(call, .surface) }
  static func surfc(_ call: inout Call) throws(RuntimeError) -> [Value] {
    try draw(call, .surface, contours: true)
  }
  static func mesh(_ call: inout Call) throws(RuntimeError) -> [Value] { try draw(call, .mesh) }
  static func meshc(_ call: inout Call) throws(RuntimeError) -> [Value] {
    try draw(call, .mesh, contours: true)
  }
  static func waterfall(_ call: inout Call) throws(RuntimeError) -> [Value] { try draw(call, .waterfall) }
  static func pcolor(_ call: inout Call) throws(RuntimeError) -> [Value] {
    guard [1, 3].contains(PlotCall(call).arguments.prefix { !$0.isText }.count) else { throw call.invalid }
    return try draw(call, .plane)
  }

  private struct Grid {
    var x: NDArray<Double>
    var y: NDArray<Double>
    var z: NDArray<Double>
    var c: NDArray<Double>?
  }

  /// `z`, `z, c`, `x, y, z`, `x, y, z, c`
  private static func grid(_ plot: PlotCall, _ data: [Value]) throws(RuntimeError) -> Grid {
    var arrays: [NDArray<Double>] = []
    for value in data {
      guard let array = value.realArray else {
        if plot.name.hasPrefix("mesh") { throw plot.error("X, Y, Z, C arguments must be real") }
        throw RuntimeError(
          "__go_surface__: invalid value for array property \"zdata\", unable to create graphics handle")
      }
      arrays.append(array)
    }
    func plain(_ z: NDArray<Double>) -> (NDArray<Double>, NDArray<Double>) {
      (
        NDArray(row: (0..<z.shape.columns).map { Double($0 + 1) }),
        NDArray(column: (0..<z.shape.rows).map { Double($0 + 1) })
      )
    }
    switch arrays.count {
    case 1, 2:
      let z = arrays[0]
      guard z.shape.rows > 1, z.shape.columns > 1, z.shape.is2D else {
        throw RuntimeError("surface: Z argument must be a matrix")
      }
      let (x, y) = plain(z)
      return Grid(x: x, y: y, z: z, c: arrays.count > 1 ? arrays[1] : nil)
    case 3, 4:
      let (x, y, z) = (arrays[0], arrays[1], arrays[2])
      let fits =
        x.shape == z.shape && y.shape == z.shape
        || x.shape.isVector && y.shape.isVector && x.count == z.shape.columns && y.count == z.shape.rows
      guard fits, z.shape.is2D else {
        throw RuntimeError(
          "surface: rows (Z) must be the same as length (Y) and columns (Z) must be the same as length (X)")
      }
      return Grid(x: x, y: y, z: z, c: arrays.count > 3 ? arrays[3] : nil)
    default: throw plot.call.invalid
    }
  }

  private static func draw(_ call: Call, _ style: Style, contours: Bool = false) throws(RuntimeError)
    -> [Value]
  {
    let plot = PlotCall(call)
    let data = Array(plot.arguments.prefix { !$0.isText })
    let pairs = plot.arguments.dropFirst(data.count)
    guard !data.isEmpty, data.count <= 4 else { throw call.invalid }
    var grid = try grid(plot, data)
    if style == .plane {
      grid.c = grid.z
      grid.z = NDArray(zeros: grid.z.shape)
    }
    let axes = plot.target(box: style == .plane)
    if style != .plane { LinePlots.turnToSpace(axes, grid: true) }
    let surface = plot.store.make(.surface, in: axes)
    set(surface, grid)
    switch style {
    case .mesh, .waterfall:
      surface["facecolor"] = .row([1, 1, 1])
      surface["edgecolor"] = .string(style == .mesh ? "interp" : "flat")
      surface["linewidth"] = .number(0.8)
      if style == .waterfall { surface["meshstyle"] = .string("row") }
    case .plane, .surface: break
    }
    if style == .plane { plot.store.tighten(axes) }
    try plot.apply(pairs, to: surface)
    guard contours else { return plot.result(surface) }
    let z = grid.z.list.filter(\.isFinite)
    let (low, high) = Ticks.limits(z.min() ?? 0, z.max() ?? 1)
    let base = low - (high - low) * 0.35
    plot.store.fix(axes, "zlim", [base, high])
    let contour = Contours.make(plot, axes, grid.x, grid.y, grid.z, levels: nil)
    contour["zlevel"] = .number(base)
    return plot.result([surface, contour])
  }

  private static func set(_ surface: GraphicsObject, _ grid: Grid) {
    surface["xdata"] = grid.x.shape.isVector ? .row(grid.x.list) : .make(grid.x)
    surface["ydata"] = grid.y.shape.isVector ? .column(grid.y.list) : .make(grid.y)
    surface["zdata"] = .make(grid.z)
    surface["cdata"] = .make(grid.c ?? grid.z)
  }

  /// `surface (…)`: like surf, without a fresh start.
  static func surface(_ call: inout Call) throws(RuntimeError) -> [Value] {
    let plot = PlotCall(call)
    let data = Array(plot.arguments.prefix { !$0.isText })
    guard data.count <= 4 else { throw call.invalid }
    let axes = plot.current()
    let object = plot.store.make(.surface, in: axes)
    if !data.isEmpty {
      do { set(object, try grid(plot, data)) } catch {
        plot.store.delete(object)
        throw error
      }
    }
    try plot.apply(plot.arguments.dropFirst(data.count), to: object)
    return plot.result(object)
  }

  // MARK: - Triangles

  static func trisurf(_ call: inout Call) throws(RuntimeError) -> [Value] {
    try triangles(call, isMesh: false)
  }
  static func trimesh(_ call: inout Call) throws(RuntimeError) -> [Value] {
    try triangles(call, isMesh: true)
  }

  private static func triangles(_ call: Call, isMesh: Bool) throws(RuntimeError) -> [Value] {
    let plot = PlotCall(call)
    let data = plot.arguments.prefix { !$0.isText }
    guard data.count >= 3 else { throw call.invalid }
    var arrays: [NDArray<Double>] = []
    for value in data {
      guard let array = value.realArray else { throw call.invalid }
      arrays.append(array)
    }
    let count = arrays[1].count
    guard arrays[2].count == count, arrays.count < 4 || arrays[3].count == count else { throw call.invalid }
    let axes = plot.target(box: false)
    if arrays.count > 3 { LinePlots.turnToSpace(axes, grid: true) }
    let patch = plot.store.make(.patch, in: axes)
    patch["faces"] = .make(arrays[0])
    let z = arrays.count > 3 ? arrays[3].list : Array(repeating: 0.0, count: count)
    patch["vertices"] = .make(NDArray(Shape(count, 3), arrays[1].list + arrays[2].list + z))
    patch["facevertexcdata"] = .column(arrays.count > 4 && arrays[4].count == count ? arrays[4].list : z)
    patch["facecolor"] = isMesh ? .string("none") : .string("flat")
    if isMesh, arrays.count > 3 { patch["edgecolor"] = .string("flat") }
    try plot.apply(plot.arguments.dropFirst(data.count), to: patch)
    return plot.result(patch)
  }

  static func shading(_ call: inout Call) throws(RuntimeError) -> [Value] {
    let plot = PlotCall(call)
    guard plot.count == 1 else { throw call.invalid }
    guard let mode = plot.arguments[0].stringValue else { throw plot.error("MODE must be a valid string") }
    let axes = plot.current()
    for child in axes.children where child.kind == .surface || child.kind == .patch {
      switch mode.lowercased() {
      case "flat":
        child["facecolor"] = .string("flat")
        child["edgecolor"] = .string("none")
      case "interp":
        child["facecolor"] = .string("interp")
        child["edgecolor"] = .string("none")
      case "faceted":
        child["facecolor"] = .string("flat")
        child["edgecolor"] = .row([0, 0, 0])
      default: break
      }
    }
    guard ["flat", "interp", "faceted"].contains(mode.lowercased()) else {
      throw plot.error("Invalid MODE \"\(mode)\"")
    }
    return []
  }

  static func hidden(_ call: inout Call) throws(RuntimeError) -> [Value] {
    let plot = PlotCall(call)
    let axes = plot.current()
    let meshes = axes.children.filter { $0.kind == .surface }
    let isOn = meshes.contains { $0.text("facecolor") != "none" }
    var wanted = !isOn
    if let value = plot.arguments.first {
      guard let mode = value.stringValue, mode == "on" || mode == "off" else {
        throw plot.error("MODE must be \"on\" or \"off\"")
      }
      wanted = mode == "on"
    }
    for mesh in meshes { mesh["facecolor"] = wanted ? .row([1, 1, 1]) : .string("none") }
    return call.outputs > 0 ? [.string(wanted ? "on" : "off")] : []
  }
}
