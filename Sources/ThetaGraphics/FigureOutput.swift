import ThetaCanvas
import ThetaRuntime

/// What a program around the language asks for: the pictures of a session.
public enum FigureOutput {
  /// From now on pictures of figures that go are kept.
  package static func prepare(_ context: Context) { FigureStore.of(context).keepsPictures = true }

  /// The pictures that a person at a screen would have seen: those closed or replaced after a pause, then the figures
  /// that are open.
  package static func pictures(_ context: Context) -> [FigurePage.Picture] {
    let store = FigureStore.of(context)
    var result = store.archive
    for figure in store.figures {
      guard store.hasContent(figure) else { continue }
      result.append(store.picture(of: figure))
    }
    return result
  }

  /// The open figures with their numbers, for what comes after each step of a report; those whose picture is the
  /// same as `last` are left out.
  package static func changed(_ context: Context, since last: inout [Int: Int]) -> [FigurePage.Picture] {
    let store = FigureStore.of(context)
    var result = store.archive
    store.archive = []
    for figure in store.figures where store.hasContent(figure) {
      let picture = store.picture(of: figure)
      var hasher = Hasher()
      hasher.combine(SVGCanvas.svg(picture.scene))
      let mark = hasher.finalize()
      let number = Int(figure.handle)
      if last[number] == mark { continue }
      last[number] = mark
      result.append(picture)
    }
    return result
  }

  /// One page with all pictures.
  package static func page(_ pictures: [FigurePage.Picture], title: String) -> [UInt8] {
    FigurePage.html(pictures, title: title)
  }

  package static func svg(_ picture: FigurePage.Picture, prefix: String = "t", isStandalone: Bool = true)
    -> [UInt8]
  {
    SVGCanvas.svg(picture.scene, prefix: prefix, isStandalone: isStandalone)
  }

  /// A PNG of twice the figure's size; nil where Cairo is not installed.
  package static func png(_ picture: FigurePage.Picture) -> [UInt8]? {
    try? CairoCanvas.png(picture.scene, scale: 2)
  }
}

extension FigureStore {
  func hasContent(_ figure: GraphicsObject) -> Bool { !figure.children.isEmpty }

  package func picture(of figure: GraphicsObject) -> FigurePage.Picture {
    var title = "Figure \(Int(figure.handle))"
    let name = figure.text("name")
    if !name.isEmpty { title = figure.flag("numbertitle") ? title + ": " + name : name }
    return FigurePage.Picture(title: title, scene: FigurePainter.scene(of: figure))
  }

  /// Keeps the picture of a figure that is about to go, unless it has been printed as it is.
  func keep(_ figure: GraphicsObject) {
    guard keepsPictures, hasContent(figure), archive.count < 200, printed[figure.handle] != changes else {
      return
    }
    archive.append(picture(of: figure))
  }

  package func markPrinted(_ figure: GraphicsObject) { printed[figure.handle] = changes }
}
