import ThetaArrays
import ThetaGraphics
import ThetaRuntime

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

// Colormaps: n×3 matrices of red, green and blue.

enum Colormaps {
  static let table: [Builtin] = [
    Builtin("map = jet (n?)", "Blue over cyan and yellow to red.", jet),
    Builtin("map = hsv (n?)", "The hues from red to red.", hsv),
    Builtin("map = gray (n?)", "Black to white.", gray),
    Builtin("map = hot (n?)", "Black over red and yellow to white.", hot),
    Builtin("map = cool (n?)", "Cyan to magenta.", cool),
    Builtin("map = bone (n?)", "Gray with a hint of blue.", bone),
    Builtin("map = copper (n?)", "Black to copper.", copper),
    Builtin("map = spring (n?)", "Magenta to yellow.", spring),
    Builtin("map = summer (n?)", "Green to yellow.", summer),
    Builtin("map = autumn (n?)", "Red to yellow.", autumn),
    Builtin("map = winter (n?)", "Blue to green.", winter),
    Builtin("map = pink (n?)", "Pastel pink.", pink),
    Builtin("map = white (n?)", "All white.", white),
    Builtin("map = lines (n?)", "The colors of successive lines.", lines),
    Builtin("map = prism (n?)", "Six colors repeated.", prism),
    Builtin("map = flag (n?)", "Red, white, blue and black repeated.", flag),
    Builtin("map = ocean (n?)", "Black over blue to white.", ocean),
    Builtin("map = viridis (n?)", "Blue over green to yellow.", viridis),
    Builtin("map = parula (n?)", "Blue over green to yellow.", viridis),
  ]

  /// What `colormap ("list")` answers.
  static var names: [String] { table.map(\.name).filter { $0 != "white" } }

  private static func make(
    _ call: Call, _ color: (Double, Int, Int) -> (Double, Double, Double)
  ) throws(RuntimeError) -> Value {
    var n = 64
    if call.count > 0, !call[0].isEmpty {
      guard call[0].count == 1, !call[0].isText else { throw call.error("N must be a scalar") }
      n = Int(exactly: (try call.real(0)).rounded(.down)) ?? 0
      if n > 100_000 { throw call.error("N is too large") }
    }
    guard n > 0 else { return .make(NDArray<Double>(zeros: Shape(0, 3))) }
    let result = NDArray<Double>(zeros: Shape(n, 3))
    for i in 0..<n {
      let x = n == 1 ? 0 : Double(i) / Double(n - 1)
      let (r, g, b) = color(x, i, n)
      result[i, 0] = r
      result[i, 1] = g
      result[i, 2] = b
    }
    return .make(result)
  }

  private static func clamp(_ x: Double) -> Double { min(max(x, 0), 1) }

  private static func jet(_ call: inout Call) throws(RuntimeError) -> Value {
    try make(call) { _, i, n in
      // A trapezoid for each color, as wide as three quarters of the map, a quarter apart.
      let side = (n + 3) / 4
      func trapezoid(_ k: Int) -> Double {
        guard k > 0, k < 3 * side else { return 0 }
        return Double(min(k, side, 3 * side - k)) / Double(side)
      }
      let place = i + 1 - (side + 1) / 2 + (n % 4 == 1 ? 1 : 0)
      return (trapezoid(place - side), trapezoid(place), trapezoid(place + side))
    }
  }

  private static func hsv(_ call: inout Call) throws(RuntimeError) -> Value {
    try make(call) { _, i, n in
      let hue = Double(i) / Double(n) * 6
      func channel(_ offset: Double) -> Double {
        let k = fmod(offset + hue, 6)
        return 1 - max(0, min(1, min(k, 4 - k)))
      }
      return (channel(5), channel(3), channel(1))
    }
  }

  private static func gray(_ call: inout Call) throws(RuntimeError) -> Value {
    try make(call) { x, _, _ in (x, x, x) }
  }

  private static func hot(_ call: inout Call) throws(RuntimeError) -> Value {
    try make(call) { _, i, n in hotColor(i, n) }
  }

  private static func hotColor(_ i: Int, _ n: Int) -> (Double, Double, Double) {
    let first = Double(Int(3.0 / 8 * Double(n)))
    let k = Double(i + 1)
    let r = first > 0 ? min(1, k / first) : 1
    let g = first > 0 ? clamp((k - first) / first) : 1
    let rest = Double(n) - 2 * first
    let b = rest > 0 ? clamp((k - 2 * first) / rest) : 1
    return (r, g, b)
  }

  private static func cool(_ call: inout Call) throws(RuntimeError) -> Value {
    try make(call) { x, _, _ in (x, 1 - x, 1) }
  }

  /// Gray with an eighth of `hot`, its red and blue exchanged.
  private static func bone(_ call: inout Call) throws(RuntimeError) -> Value {
    try make(call) { x, i, n in
      let (r, g, b) = hotColor(i, n)
      return ((7 * x + b) / 8, (7 * x + g) / 8, (7 * x + r) / 8)
    }
  }

  private static func copper(_ call: inout Call) throws(RuntimeError) -> Value {
    try make(call) { x, _, _ in (min(1, 1.25 * x), 0.7812 * x, 0.4975 * x) }
  }

  private static func spring(_ call: inout Call) throws(RuntimeError) -> Value {
    try make(call) { x, _, _ in (1, x, 1 - x) }
  }

  private static func summer(_ call: inout Call) throws(RuntimeError) -> Value {
    try make(call) { x, _, _ in (x, 0.5 + x / 2, 0.4) }
  }

  private static func autumn(_ call: inout Call) throws(RuntimeError) -> Value {
    try make(call) { x, _, _ in (1, x, 0) }
  }

  private static func winter(_ call: inout Call) throws(RuntimeError) -> Value {
    try make(call) { x, _, _ in (0, x, 1 - x / 2) }
  }

  /// The root of two thirds gray and one third `hot`.
  private static func pink(_ call: inout Call) throws(RuntimeError) -> Value {
    try make(call) { x, i, n in
      let (r, g, b) = hotColor(i, n)
      func mixed(_ y: Double) -> Double { ((2 * x + y) / 3).squareRoot() }
      return (mixed(r), mixed(g), mixed(b))
    }
  }

  private static func white(_ call: inout Call) throws(RuntimeError) -> Value {
    try make(call) { _, _, _ in (1, 1, 1) }
  }

  private static func cycle(
    _ call: Call, _ colors: [(Double, Double, Double)]
  ) throws(RuntimeError) -> Value {
    try make(call) { _, i, _ in colors[i % colors.count] }
  }

  private static func lines(_ call: inout Call) throws(RuntimeError) -> Value {
    try cycle(
      call,
      [
        (0, 0.447, 0.741), (0.85, 0.325, 0.098), (0.929, 0.694, 0.125), (0.494, 0.184, 0.556),
        (0.466, 0.674, 0.188), (0.301, 0.745, 0.933), (0.635, 0.078, 0.184),
      ])
  }

  private static func prism(_ call: inout Call) throws(RuntimeError) -> Value {
    try cycle(
      call, [(1, 0, 0), (1, 0.5, 0), (1, 1, 0), (0, 1, 0), (0, 0, 1), (2.0 / 3, 0, 1)])
  }

  private static func flag(_ call: inout Call) throws(RuntimeError) -> Value {
    try cycle(call, [(1, 0, 0), (1, 1, 1), (0, 0, 1), (0, 0, 0)])
  }

  /// Blue rises over the whole map, green over its last two thirds, red over its last third.
  private static func ocean(_ call: inout Call) throws(RuntimeError) -> Value {
    try make(call) { x, i, n in
      func rising(_ rows: Int) -> Double {
        i >= n - rows && rows > 0 ? Double(i - (n - rows) + 1) / Double(rows) : 0
      }
      return (rising(n / 3), rising(n / 3 * 2), x)
    }
  }

  private static func viridis(_ call: inout Call) throws(RuntimeError) -> Value {
    try make(call) { x, _, n in Palette.viridis(n == 1 ? 1 : x) }
  }
}
