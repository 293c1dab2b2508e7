import Foundation
import Testing
import Theta

@testable import ThetaCanvas

/// A script that draws one figure, with the picture that it gave beside it: `name.nn`, `name.svg`. Octave cannot make
/// these: the pictures are Theta's own, looked at by a person when they were recorded. With `THETA_RECORD_FIGURES` set
/// the tests write them anew.
struct FigureScript: CustomTestStringConvertible, Sendable {
  let script: URL
  var picture: URL { script.deletingPathExtension().appendingPathExtension("svg") }
  var testDescription: String { script.deletingPathExtension().lastPathComponent }

  static let all: [FigureScript] = {
    let root = Golden.packageRoot.appending(path: "Tests/Figures")
    let files =
      (try? FileManager.default.contentsOfDirectory(at: root, includingPropertiesForKeys: nil)) ?? []
    return files.filter { $0.pathExtension == "nn" }.sorted { $0.path < $1.path }.map {
      FigureScript(script: $0)
    }
  }()

  /// The scene of the script's figure.
  func scene() throws -> Scene {
    let console = CaptureConsole()
    let session = Session(console: console)
    session.keepsFigures()
    session.run(.file(script.path))
    #expect(console.errorText == "")
    var shown: [Int: Int] = [:]
    return try #require(session.changedFigures(since: &shown).last).scene
  }
}

/// The same numbers each time.
private struct SeededNumbers: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}

@Suite("Figures")
struct FigureSceneTests {
  @Test("the picture is the recorded one", arguments: FigureScript.all)
  func drawsTheRecording(_ figure: FigureScript) throws {
    let svg = SVGCanvas.svg(try figure.scene())
    if ProcessInfo.processInfo.environment["THETA_RECORD_FIGURES"] != nil {
      try Data(svg).write(to: figure.picture)
      return
    }
    let expected = [UInt8](try Data(contentsOf: figure.picture))
    #expect(svg == expected, "\(figure.testDescription): \(firstDifference(expected: expected, actual: svg))")
  }

  @Test("nothing written is cut at the edge of the picture", arguments: FigureScript.all)
  func cutsNoText(_ figure: FigureScript) throws {
    let scene = try figure.scene()
    for case .text(let text) in scene.items {
      let width = TextMetrics.width(of: text.runs, size: text.size)
      let left: Double
      switch text.anchor {
      case .start: left = 0
      case .middle: left = -width / 2
      case .end: left = -width
      }
      let turned = text.rotation * .pi / 180
      for x in [left, left + width] {
        let px = text.position.x + x * cos(turned)
        let py = text.position.y - x * sin(turned)
        let words = text.runs.map(\.text).joined()
        #expect(px > -1 && px < scene.width + 1, "\(figure.testDescription): \(words)")
        #expect(py > 2 && py < scene.height + 1, "\(figure.testDescription): \(words)")
      }
    }
  }

  @Test("PNG has the size that was asked for and something on it", arguments: FigureScript.all)
  func rendersPixels(_ figure: FigureScript) throws {
    let scene = try figure.scene()
    let raster = try CairoCanvas.raster(scene, scale: 0.5)
    #expect(raster.columns == Int((scene.width * 0.5).rounded()))
    #expect(raster.rows == Int((scene.height * 0.5).rounded()))
    let first = Array(raster.pixels[0..<4])
    let inked = stride(from: 0, to: raster.pixels.count, by: 4).filter {
      Array(raster.pixels[$0..<$0 + 4]) != first
    }
    #expect(inked.count > 100)
    let png = try CairoCanvas.png(scene, scale: 0.5)
    #expect(png.starts(with: [0x89, 0x50, 0x4E, 0x47]))
    #expect(png.count > 500)
  }

  private func pixel(_ script: String, _ x: Double, _ y: Double) throws -> [UInt8] {
    let session = Session(console: CaptureConsole())
    session.keepsFigures()
    session.run(.text(script, name: "pixel"))
    var shown: [Int: Int] = [:]
    let scene = try #require(session.changedFigures(since: &shown).last).scene
    let raster = try CairoCanvas.raster(scene, scale: 1)
    let place = 4 * (Int(y * scene.height) * raster.columns + Int(x * scene.width))
    return Array(raster.pixels[place..<place + 3])
  }

  @Test("colours stand where they should")
  func hasColorsInPlace() throws {
    let halves = "imagesc ([0 1]); colormap ([1 0 0; 0 0 1]);"
    #expect(try pixel(halves, 0.3, 0.5) == [255, 0, 0])
    #expect(try pixel(halves, 0.7, 0.5) == [0, 0, 255])
    // Row 1 is on top.
    let rows = "imagesc ([0; 1]); colormap ([1 0 0; 0 0 1]);"
    #expect(try pixel(rows, 0.5, 0.25) == [255, 0, 0])
    #expect(try pixel(rows, 0.5, 0.75) == [0, 0, 255])
    let upright = rows + "axis xy"
    #expect(try pixel(upright, 0.5, 0.25) == [0, 0, 255])
    #expect(try pixel("fill ([0 1 1 0], [0 0 1 1], [0 1 0]);", 0.5, 0.5) == [0, 255, 0])
    #expect(try pixel("set (gcf, 'color', 'y'); plot (1:2);", 0.005, 0.005) == [255, 255, 0])
  }

  /// Scripts that set what no picture can show; each must still give pixels other than the paper's.
  private static let hostile = [
    "text (0.5, 0.5, 'a', 'rotation', NaN)", "text (0.5, 0.5, 'a', 'fontsize', 1e-9)",
    "text (0.5, 0.5, 'a', 'margin', Inf, 'edgecolor', 'k')", "plot (1:3, 'linewidth', NaN)",
    "plot (1:3, 'markersize', Inf, 'marker', 'o')", "plot (1:3); set (gca, 'linewidth', NaN)",
    "plot (1:3); set (gca, 'ticklength', [Inf 0])", "plot (1:3); set (gca, 'fontsize', 1e300)",
    "plot (1:3); view ([NaN NaN])", "surf (peaks (5)); view ([Inf 3])",
    "plot (1:3); set (gca, 'xticklabelrotation', NaN)",
    "patch ('faces', [1 2 3], 'vertices', [0 0; 1 0; 0 1], 'facevertexcdata', zeros (3, 0), 'facecolor', 'flat')",
    "set (gca, 'colororder', [1 0]); plot (1:3)", "plot ([-1.7e308 1.7e308])",
    "loglog ([5e-324 1e308], [1 2])", "plot (1:3); xlim ([-Inf 5])",
    "plot (1:3); title (repmat ('\\mathbf{', 1, 20000))",
    "g = hggroup (); k = hggroup ('parent', g); try, set (g, 'parent', k); catch, end; ancestor (g, 'figure'); plot (1:3)",
  ]

  @Test("properties out of bounds leave a picture", arguments: hostile)
  func survivesProperties(_ script: String) throws {
    let console = CaptureConsole()
    let session = Session(console: console)
    session.keepsFigures()
    #expect(session.run(.text(script, name: "hostile")) == .done, "\(console.errorText)")
    var shown: [Int: Int] = [:]
    let scene = try #require(session.changedFigures(since: &shown).last).scene
    let raster = try CairoCanvas.raster(scene, scale: 0.5)
    let paper = Array(raster.pixels[0..<4])
    let inked = stride(from: 0, to: raster.pixels.count, by: 4).filter {
      Array(raster.pixels[$0..<$0 + 4]) != paper
    }
    #expect(inked.count > 30)
  }

  @Test("many points of many sizes take time in proportion")
  func writesManySizes() throws {
    let session = Session(console: CaptureConsole())
    session.keepsFigures()
    session.run(.text("x = (1:20000) / 20000; scatter (x, x, 1 + 300 * x);", name: "sizes"))
    var shown: [Int: Int] = [:]
    let scene = try #require(session.changedFigures(since: &shown).last).scene
    let clock = ContinuousClock()
    let time = clock.measure { _ = SVGCanvas.svg(scene) }
    #expect(time < .seconds(20))
  }

  @Test("any arguments draw or are refused; nothing traps, nothing stays half made")
  func survivesAnyArguments() {
    let functions = [
      "plot", "plot3", "semilogx", "loglog", "bar", "barh", "hist", "histogram", "stem", "stairs", "area",
      "pie",
      "errorbar", "scatter", "scatter3", "contour", "contourf", "contour3", "contourc", "surf", "surfc",
      "mesh",
      "pcolor", "imagesc", "image", "imshow", "quiver", "fill", "patch", "rectangle", "text", "line", "polar",
      "boxplot", "axis", "xlim", "caxis", "view", "legend", "title", "colorbar", "colormap", "subplot",
      "grid",
      "shading", "xticks", "xticklabels", "daspect", "set", "get", "figure", "findobj", "annotation",
      "trisurf",
    ]
    let values = [
      "[]", "{}", "NaN", "Inf", "-Inf", "1", "-1", "0", "1e300", "1:3", "(1:3)'", "magic (3)",
      "ones (2, 3, 2)",
      "'r--'", "'foo'", "''", "{'a', 'b'}", "true", "int8 ([1 2 3])", "single (2.5)", "1 + 2i", "struct ()",
      "@sin",
      "'linewidth'", "'color'", "[NaN NaN]", "[1 NaN 3]", "[0 0]", "[1e-300 1e300]", "zeros (0, 3)", "'off'",
      "gca",
      "gcf", "'position'", "[1 Inf; -Inf 2]",
    ]
    var random = SeededNumbers(state: 20)
    var text = ""
    for function in functions {
      for _ in 0..<12 {
        let count = Int.random(in: 0...4, using: &random)
        let arguments = (0..<count).map { _ in values.randomElement(using: &random) ?? "1" }
        text += "try, \(function) (\(arguments.joined(separator: ", "))); catch, end\n"
      }
      text += "close all;\n"
    }
    let console = CaptureConsole()
    let session = Session(console: console)
    session.keepsFigures()
    #expect(session.run(.text(text, name: "fuzz")) == .done, "\(console.errorText)\n\(text)")
    var shown: [Int: Int] = [:]
    for picture in session.changedFigures(since: &shown) {
      let svg = SVGCanvas.svg(picture.scene)
      #expect(!String(decoding: svg, as: UTF8.self).contains("nan"))
    }
  }
}
