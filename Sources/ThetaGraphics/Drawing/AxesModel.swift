import ThetaArrays
import ThetaRuntime

/// Axes with everything settled that "auto" leaves open: limits, ticks, direction of view.
package struct AxesModel {
  struct Axis {
    var low: Double
    var high: Double
    var isLogarithmic: Bool
    var isReversed: Bool
    var ticks: [Double]

    /// The place between the limits, 0 at the low end; NaN for what a logarithmic axis cannot show.
    func place(_ x: Double) -> Double {
      let share = isLogarithmic ? (log(x) - logLow) / logRange : (x - low) / (high - low)
      return isReversed ? 1 - share : share
    }

    private let logLow: Double
    private let logRange: Double

    init(low: Double, high: Double, isLogarithmic: Bool, isReversed: Bool, ticks: [Double]) {
      self.low = low
      self.high = high
      self.isLogarithmic = isLogarithmic
      self.isReversed = isReversed
      self.ticks = ticks
      logLow = isLogarithmic ? ThetaGraphics.log(low) : 0
      logRange = isLogarithmic ? ThetaGraphics.log(high) - logLow : 1
    }

    private func log(_ x: Double) -> Double { ThetaGraphics.log(x) }
  }

  let axes: GraphicsObject

  package init(_ axes: GraphicsObject) { self.axes = axes }

  /// The marks, those inside groups too.
  package var marks: [GraphicsObject] { axes.children.filter { $0.kind.isMark } }

  // MARK: - View

  package var view: (azimuth: Double, elevation: Double) {
    let list = axes.list("view")
    return list.count == 2 && list.allSatisfy { abs($0) < 1e6 } ? (list[0], list[1]) : (0, 90)
  }

  package var is3D: Bool { view.azimuth != 0 || view.elevation != 90 }

  /// The frame all around.
  package var hasBox: Bool { axes.flag("box") }

  // MARK: - Limits

  func isLogarithmic(_ axis: ExtentAxis) -> Bool { axes.text(axis.rawValue + "scale") == "log" }

  /// `xlim`, `ylim`, `zlim` or `clim` as they are shown.
  package func limits(_ name: String) -> (Double, Double) {
    if axes.isSet(name) {
      let list = axes.list(name)
      if list.count == 2, list[0] < list[1] {
        if list[0].isFinite, list[1].isFinite { return (list[0], list[1]) }
        let found = name == "clim" ? colorLimits : foundLimits(name)
        return (list[0].isFinite ? list[0] : found.0, list[1].isFinite ? list[1] : found.1)
      }
    }
    return name == "clim" ? colorLimits : foundLimits(name)
  }

  private var colorLimits: (Double, Double) {
    var extent = Extent()
    for mark in marks where mark.isVisible { extent.add(Extent.ofColors(mark)) }
    if extent.isEmpty { return (0, 1) }
    if extent.low == extent.high { return (extent.low - 1, extent.high + 1) }
    return (extent.low, extent.high)
  }

  private func foundLimits(_ name: String) -> (Double, Double) {
    guard let axis = ExtentAxis(rawValue: String(name.prefix(1))) else { return (0, 1) }
    let found = found(axis)
    return (found.low, found.high)
  }

  /// The limits that the data ask for; with the distance of the ticks where limits were rounded to ticks.
  private func found(_ axis: ExtentAxis) -> (low: Double, high: Double, step: Double?) {
    var extent = Extent()
    for mark in marks { extent.add(Extent.of(mark, axis)) }
    let isLog = isLogarithmic(axis)
    if !isLog, axis != .z, showsOneLoneGroup { extent.add([0, 1]) }
    let low = isLog ? extent.lowPositive : extent.low
    guard low <= extent.high, low.isFinite else {
      return isLog ? (0.1, 1, nil) : axis == .z && !marks.isEmpty ? (-1, 1, nil) : (0, 1, nil)
    }
    if axes.axesState?.isTight == true, axis != .z || is3D {
      if low < extent.high { return (low, extent.high, nil) }
      let margin = low == 0 ? 1 : 0.1 * abs(low)
      return (low - margin, low + margin, nil)
    }
    if isLog {
      let (low, high) = Ticks.limits(low, extent.high, isLogarithmic: true)
      return (low, high, nil)
    }
    let rounded = Ticks.rounded(low, extent.high)
    return (rounded.low, rounded.high, rounded.step)
  }

  /// Stairs, an area, horizontal bars or a rectangle alone in axes: Octave's limits hold 0 and 1 then too.
  private var showsOneLoneGroup: Bool {
    guard axes.children.count == 1, let only = axes.children.first, axes.axesState?.legend == nil else {
      return false
    }
    switch only.kind {
    case .stairs, .area, .rectangle: return true
    case .bar: return only.flag("horizontal")
    default: return false
    }
  }

  /// An axis by the name of its limits or ticks.
  func axis(_ name: String) -> Axis {
    let letter = String(name.prefix(1))
    let kind = ExtentAxis(rawValue: letter) ?? .x
    let name = letter + "lim"
    var (low, high, step): (Double, Double, Double?)
    if axes.isSet(name) {
      (low, high) = limits(name)
      step = nil
    } else {
      (low, high, step) = found(kind)
    }
    let isLog = isLogarithmic(kind) && low > 0
    let ticks: [Double]
    if axes.isSet(letter + "tick") {
      ticks = axes.list(letter + "tick").filter { $0.isFinite }.sorted()
    } else {
      ticks = isLog ? Ticks.logarithmic(low, high) : Ticks.linear(low, high, step: step)
    }
    return Axis(
      low: low, high: high, isLogarithmic: isLog, isReversed: axes.text(letter + "dir") == "reverse",
      ticks: ticks)
  }

  /// The texts at the ticks inside the limits, and the power of ten that they share.
  func tickTexts(_ letter: String, _ axis: Axis) -> (texts: [String], exponent: Int) {
    if axes.isSet(letter + "ticklabel") {
      let value = axes[letter + "ticklabel"]
      var texts = value.stringList ?? value.realArray?.list.map { NumberLabel.general($0) } ?? []
      if value.isText, let first = texts.first, texts.count == 1, first.contains("|") {
        texts = first.split(separator: "|", omittingEmptySubsequences: false).map(String.init)
      }
      texts = texts.map { text in
        var text = Substring(text)
        while text.last == " " { text.removeLast() }
        return String(text)
      }
      if texts.isEmpty { return (axis.ticks.map { _ in "" }, 0) }
      // Octave uses the labels again from the first when there are more ticks.
      return (axis.ticks.indices.map { texts[$0 % texts.count] }, 0)
    }
    let (labels, exponent) = Ticks.shownLabels(axis.ticks, isLogarithmic: axis.isLogarithmic)
    return (labels.map { NumberLabel.typographic($0) }, exponent)
  }

  /// The colours of data in these axes.
  var colorScale: ColorScale {
    var scale = ColorScale.standard(axes)
    (scale.low, scale.high) = limits("clim")
    return scale
  }
}
