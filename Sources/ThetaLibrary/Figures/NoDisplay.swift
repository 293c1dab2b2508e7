import ThetaArrays
import ThetaNumeric
import ThetaRuntime
import ThetaText

/// What a session remembers of its figures while none are drawn yet: numbers, hold, limits.
final class FigureState {
  var figures: [Int] = []
  var current = 0
  var isHeld = false
  var limits: Value?
  var colormap: Value?

  func show(_ number: Int? = nil) -> Int {
    var wanted = number ?? 1
    if number == nil { while figures.contains(wanted) { wanted += 1 } }
    if !figures.contains(wanted) { figures.append(wanted) }
    current = wanted
    return wanted
  }

  /// The current figure, made when there is none.
  func need() -> Int { current > 0 ? current : show() }
}

// Plotting functions that take their arguments and draw nothing: figures are not drawn yet. Each returns a handle
// when one is asked for.

enum NoDisplay {
  private static let note: StaticString =
    "Takes its arguments and draws nothing: figures are not drawn yet. Returns a handle when one is asked for."

  static let lines: [Builtin] = [
    Builtin("h = plot (args...)", note, multiple: accept),
    Builtin("h = plot3 (args...)", note, multiple: accept),
    Builtin("h = scatter (args...)", note, multiple: accept),
    Builtin("h = scatter3 (args...)", note, multiple: accept),
    Builtin("h = bar (args...)", note, multiple: accept),
    Builtin("h = barh (args...)", note, multiple: accept),
    Builtin("[c, h] = contour (args...)", note, multiple: contour),
    Builtin("[c, h] = contourf (args...)", note, multiple: contour),
    Builtin("[c, h] = contour3 (args...)", note, multiple: contour),
    Builtin("h = surf (args...)", note, multiple: accept),
    Builtin("h = surfc (args...)", note, multiple: accept),
    Builtin("h = mesh (args...)", note, multiple: accept),
    Builtin("h = meshc (args...)", note, multiple: accept),
    Builtin("h = imagesc (args...)", note, multiple: accept),
    Builtin("h = imshow (args...)", note, multiple: accept),
    Builtin("h = image (args...)", note, multiple: accept),
    Builtin("h = errorbar (args...)", note, multiple: accept),
    Builtin("h = loglog (args...)", note, multiple: accept),
    Builtin("h = semilogx (args...)", note, multiple: accept),
    Builtin("h = semilogy (args...)", note, multiple: accept),
  ]

  static let shapes: [Builtin] = [
    Builtin("h = fill (args...)", note, multiple: accept),
    Builtin("h = area (args...)", note, multiple: accept),
    Builtin("h = stem (args...)", note, multiple: accept),
    Builtin("h = stairs (args...)", note, multiple: accept),
    Builtin("h = pie (args...)", note, multiple: accept),
    Builtin("h = quiver (args...)", note, multiple: accept),
    Builtin("h = polar (args...)", note, multiple: accept),
    Builtin("h = histogram (args...)", note, multiple: accept),
    Builtin("h = line (args...)", note, multiple: accept),
    Builtin("h = text (args...)", note, multiple: accept),
    Builtin("h = patch (args...)", note, multiple: accept),
    Builtin("h = rectangle (args...)", note, multiple: accept),
    Builtin("h = annotation (args...)", note, multiple: accept),
    Builtin("h = fplot (args...)", note, multiple: accept),
    Builtin("h = ezplot (args...)", note, multiple: accept),
    Builtin("h = pcolor (args...)", note, multiple: accept),
    Builtin("h = waterfall (args...)", note, multiple: accept),
    Builtin("h = plotyy (args...)", note, multiple: accept),
    Builtin("h = pareto (args...)", note, multiple: accept),
    Builtin("h = scatterhist (args...)", note, multiple: accept),
  ]

  static let decorations: [Builtin] = [
    Builtin("h = xlabel (args...)", note, multiple: accept),
    Builtin("h = ylabel (args...)", note, multiple: accept),
    Builtin("h = zlabel (args...)", note, multiple: accept),
    Builtin("h = title (args...)", note, multiple: accept),
    Builtin("h = legend (args...)", note, multiple: accept),
    Builtin("h = colorbar (args...)", note, multiple: accept),
    Builtin("h = subplot (args...)", note, multiple: accept),
    Builtin("h = axes (args...)", note, multiple: accept),
    Builtin("lim = xlim (args...)", note, multiple: limits),
    Builtin("lim = ylim (args...)", note, multiple: limits),
    Builtin("lim = zlim (args...)", note, multiple: limits),
    Builtin("lim = caxis (args...)", note, multiple: limits),
    Builtin("r = daspect (args...)", note, multiple: limits),
    Builtin("r = pbaspect (args...)", note, multiple: limits),
    Builtin("lim = axis (args...)", note, multiple: axis),
    Builtin("grid (args...)", note, multiple: silent),
    Builtin("box (args...)", note, multiple: silent),
    Builtin("shading (args...)", note, multiple: silent),
    Builtin("[az, el] = view (args...)", note, multiple: view),
    Builtin("hidden (args...)", note, multiple: silent),
  ]

  static let management: [Builtin] = [
    Builtin("h = figure (args...)", note, multiple: figure),
    Builtin("close (args...)", note, multiple: close),
    Builtin("closereq ()", note, multiple: close),
    Builtin("clf (args...)", note, multiple: silent),
    Builtin("cla (args...)", note, multiple: silent),
    Builtin(
      "hold (args...)", "Remembers whether plots are kept: \"on\", \"off\", or the other.", multiple: hold),
    Builtin("tf = ishold (h?)", "True after hold on.", ishold),
    Builtin("val = get (h, name?)", note, get),
    Builtin("set (args...)", note, multiple: silent),
    Builtin("h = gca ()", note, gca),
    Builtin("h = gcf ()", note, gcf),
    Builtin("drawnow (args...)", note, multiple: silent),
    Builtin("refresh (args...)", note, multiple: silent),
    Builtin("print (args...)", note, multiple: silent),
    Builtin("saveas (args...)", note, multiple: silent),
    Builtin("tf = ishandle (h)", "True for the number of a figure.", ishandle),
    Builtin("tf = isfigure (h)", "True for the number of a figure.", ishandle),
    Builtin("tf = ishghandle (h)", "True for the number of a figure.", ishandle),
    Builtin("a = waitforbuttonpress ()", "0 at once: there is no window.", waitforbuttonpress),
    Builtin("name = graphics_toolkit (args...)", "\"none\": figures are not drawn yet.", multiple: toolkit),
  ]

  private static func state(_ call: Call) -> FigureState { call.context.state { FigureState() } }

  private static func accept(_ call: inout Call) throws(RuntimeError) -> [Value] {
    let figure = state(call).need()
    return call.outputs > 0 ? [.number(-Double(figure) - 0.5)] : []
  }

  private static func contour(_ call: inout Call) throws(RuntimeError) -> [Value] {
    _ = state(call).need()
    return call.outputs > 0 ? [.emptyMatrix, .number(-1.5)] : []
  }

  private static func silent(_ call: inout Call) throws(RuntimeError) -> [Value] { [] }

  private static func limits(_ call: inout Call) throws(RuntimeError) -> [Value] {
    if call.count == 0 || call.outputs > 0 { return [.row([0, 1])] }
    return []
  }

  private static func view(_ call: inout Call) throws(RuntimeError) -> [Value] {
    call.outputs > 0 ? [.number(-37.5), .number(30)] : []
  }

  private static func axis(_ call: inout Call) throws(RuntimeError) -> [Value] {
    let state = state(call)
    if call.count > 0, !call[0].isText, call[0].count >= 4 { state.limits = call[0] }
    if call.count == 0 || call.outputs > 0 { return [state.limits ?? .row([0, 1, 0, 1])] }
    return []
  }

  private static func figure(_ call: inout Call) throws(RuntimeError) -> [Value] {
    let state = state(call)
    var number: Int?
    if call.count > 0, !call[0].isText {
      guard let n = call[0].integerScalar, n > 0 else {
        throw call.error("N must be a positive integer")
      }
      number = n
    }
    let shown = state.show(number)
    state.isHeld = false
    return call.outputs > 0 ? [.integer(shown)] : []
  }

  private static func close(_ call: inout Call) throws(RuntimeError) -> [Value] {
    let state = state(call)
    if call.count == 0 {
      state.figures.removeAll { $0 == state.current }
    } else if let n = call[0].integerScalar {
      state.figures.removeAll { $0 == n }
    } else {
      state.figures = []
    }
    state.current = state.figures.last ?? 0
    state.isHeld = false
    return []
  }

  private static func hold(_ call: inout Call) throws(RuntimeError) -> [Value] {
    let state = state(call)
    _ = state.need()
    switch call.count > 0 ? call[call.count - 1].stringValue?.lowercased() : nil {
    case "on", "all": state.isHeld = true
    case "off": state.isHeld = false
    case nil: state.isHeld.toggle()
    default: throw call.error("invalid hold state")
    }
    return []
  }

  private static func ishold(_ call: inout Call) throws(RuntimeError) -> Value {
    .logical(state(call).isHeld)
  }
  private static func get(_ call: inout Call) throws(RuntimeError) -> Value {
    call.count > 1 ? .emptyMatrix : .structure(StructArray())
  }
  private static func gca(_ call: inout Call) throws(RuntimeError) -> Value {
    .number(-Double(state(call).need()) - 0.25)
  }
  private static func gcf(_ call: inout Call) throws(RuntimeError) -> Value { .integer(state(call).need()) }

  private static func ishandle(_ call: inout Call) throws(RuntimeError) -> Value {
    let figures = state(call).figures
    guard let array = call[0].realArray, !call[0].isText else { return .logical(false) }
    let onlyFigures = call.name == "isfigure"
    return .make(
      array.map { x in
        x < 0 ? !figures.isEmpty && !onlyFigures : figures.contains { Double($0) == x }
      })
  }

  private static func waitforbuttonpress(_ call: inout Call) throws(RuntimeError) -> Value { .number(0) }

  private static func toolkit(_ call: inout Call) throws(RuntimeError) -> [Value] {
    call.count == 0 || call.outputs > 0 ? [.string("none")] : []
  }
}
