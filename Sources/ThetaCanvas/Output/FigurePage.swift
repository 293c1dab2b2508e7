/// One page with the pictures of a run: self-contained, without scripts.
package enum FigurePage {
  package struct Picture: Sendable {
    package var title: String
    package var scene: Scene

    package init(title: String, scene: Scene) {
      self.title = title
      self.scene = scene
    }
  }

  package static func html(_ pictures: [Picture], title: String) -> [UInt8] {
    var out = Array(
      """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <title>\(MarkedText.escaped(title))</title>
      <style>
      :root { color-scheme: light dark; }
      body { margin: 0; padding: 1.5rem; font: 15px/1.5 system-ui, sans-serif; background: #f4f4f5; color: #222; }
      h1 { font-size: 1.1rem; font-weight: 600; margin: 0 0 1rem; }
      main { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 520px), 1fr)); gap: 1.25rem; }
      figure { margin: 0; background: #fff; border-radius: 8px; box-shadow: 0 1px 4px #0002; overflow: hidden; }
      figcaption { padding: .5rem .9rem; color: #555; font-size: .85rem; border-top: 1px solid #eee; }
      figure svg { display: block; width: 100%; height: auto; background: #fff; }
      @media (prefers-color-scheme: dark) {
        body { background: #1b1c1f; color: #ddd; }
        figcaption { background: #26272b; color: #bbb; border-color: #333; }
      }
      @media print { body { background: #fff; padding: 0; } figure { box-shadow: none; break-inside: avoid; } }
      </style>
      </head>
      <body>
      <h1>\(MarkedText.escaped(title))</h1>
      <main>

      """.utf8)
    for (k, picture) in pictures.enumerated() {
      out += Array("<figure>\n".utf8)
      out += SVGCanvas.svg(picture.scene, prefix: "f\(k + 1)", isStandalone: false)
      out += Array("<figcaption>\(MarkedText.escaped(picture.title))</figcaption>\n</figure>\n".utf8)
    }
    out += Array("</main>\n</body>\n</html>\n".utf8)
    return out
  }
}
