import ThetaArrays
import ThetaCanvas
import ThetaGraphics
import ThetaRuntime

// print and saveas: figures as files.

enum FigurePrinting {
  private struct Request {
    var figure: GraphicsObject
    var path = ""
    var device: String?
    var resolution = 150.0
    var size: (Double, Double)?
  }

  static func print(_ call: inout Call) throws(RuntimeError) -> [Value] {
    let store = FigureStore.of(call.context)
    var figure: GraphicsObject?
    var path = ""
    var device: String?
    var resolution = 150.0
    var size: (Double, Double)?
    for k in 0..<call.count {
      guard let word = call[k].stringValue else {
        guard let object = store.object(call[k]), let owner = object.figure else {
          throw call.error("input arguments must be a graphics handle or strings.")
        }
        figure = owner
        continue
      }
      if word.hasPrefix("-d") {
        device = String(word.dropFirst(2)).lowercased()
      } else if word.hasPrefix("-r") {
        guard let number = Double(word.dropFirst(2)), number >= 0 else {
          throw call.error("unknown option '\(word)'")
        }
        resolution = number == 0 ? 96 : number
      } else if word.hasPrefix("-S") {
        let parts = word.dropFirst(2).split(separator: ",").compactMap { Double($0) }
        guard parts.count == 2, parts[0] >= 1, parts[1] >= 1, parts[0] <= 20_000, parts[1] <= 20_000 else {
          throw call.error("size must be \"-Sxsize,ysize\"")
        }
        size = (parts[0], parts[1])
      } else if word.hasPrefix("-f"), let n = Int(word.dropFirst(2)) {
        figure = store.object(Double(n))
      } else if word.hasPrefix("-"), word.count > 1 {
        // Fonts, orientation, renderer: a picture on paper does not depend on them.
        let known = [
          "-F", "-color", "-mono", "-solid", "-dashed", "-portrait", "-landscape", "-append", "-opengl",
          "-painters", "-svgconvert", "-noui", "-loose", "-tight", "-bestfit", "-fillpage", "-G", "-P",
          "-text", "-T",
          "-debug", "-RGBImage",
        ]
        guard known.contains(where: { word.hasPrefix($0) }) else {
          throw call.error("unknown option '\(word)'")
        }
      } else {
        path = word
      }
    }
    var request = Request(
      figure: figure ?? store.root, path: path, device: device, resolution: resolution, size: size)
    try complete(&request, call)
    if figure == nil {
      guard let current = store.currentFigure else { throw call.error("no figure to print") }
      request.figure = current
    }
    try write(request, call, store)
    return []
  }

  static func saveas(_ call: inout Call) throws(RuntimeError) -> [Value] {
    let store = FigureStore.of(call.context)
    guard call.count >= 2 else { throw call.invalid }
    guard let object = store.object(call[0]), let figure = object.figure else {
      throw call.error("H must be a graphics handle")
    }
    guard let path = call[1].stringValue else { throw call.error("FILENAME must be a string") }
    var request = Request(figure: figure, path: path)
    if let format = call.optional(2) {
      guard let word = format.stringValue else { throw call.error("EXT must be a string") }
      request.device = word.lowercased()
    } else if extensionOf(path) == nil {
      request.device = "pdf"
    }
    try complete(&request, call)
    try write(request, call, store)
    return []
  }

  private static func extensionOf(_ path: String) -> String? {
    let name = path.split(separator: "/").last ?? ""
    guard let dot = name.lastIndex(of: "."), dot != name.startIndex else { return nil }
    return name[name.index(after: dot)...].lowercased()
  }

  /// The device from the file's name, or the name's ending from the device.
  private static func complete(_ request: inout Request, _ call: Call) throws(RuntimeError) {
    let ending = extensionOf(request.path)
    var device = request.device ?? ending ?? ""
    if device.hasPrefix("svg") { device = "svg" }
    if device.hasPrefix("pdf") { device = "pdf" }
    if device == "pngalpha" { device = "png" }
    guard ["png", "svg", "pdf"].contains(device) else {
      if ["ps", "eps", "epsc", "psc", "jpg", "jpeg", "tif", "tiff", "fig", "ofig", "gif", "emf"].contains(
        device)
      {
        throw call.error("device \(device) is not supported: use png, svg or pdf")
      }
      throw call.error("unknown device \(device)")
    }
    guard !request.path.isEmpty else { throw call.error("a filename must be specified") }
    if ending == nil { request.path += "." + device }
    request.device = device
  }

  private static func write(_ request: Request, _ call: Call, _ store: FigureStore) throws(RuntimeError) {
    let own = FigurePainter.size(of: request.figure)
    var (width, height) = (own.x, own.y)
    var scale = request.resolution / 96.33
    if let (w, h) = request.size {
      // A picture of another shape is laid out anew; letters keep their share of it.
      scale = min(w / own.x, h / own.y)
      (width, height) = (w / scale, h / scale)
    } else if request.figure.isSet("paperposition"), request.figure.text("paperunits") == "inches" {
      let p = request.figure.list("paperposition")
      if p.count == 4, p[2] > 0.2, p[3] > 0.2, p[2] < 100, p[3] < 100 {
        (width, height) = (p[2] * 96.33, p[3] * 96.33)
      }
    }
    if let slash = request.path.lastIndex(of: "/"), slash != request.path.startIndex {
      let folder = String(request.path[..<slash])
      guard call.context.files.isDirectory(folder) else {
        throw RuntimeError("print: directory \(folder) does not exist")
      }
    }
    let scene = FigurePainter.scene(of: request.figure, width: width, height: height)
    let bytes: [UInt8]
    do throws(CairoCanvas.Problem) {
      switch request.device {
      case "png": bytes = try CairoCanvas.png(scene, scale: scale)
      case "pdf": bytes = try CairoCanvas.pdf([scene], scale: 0.75)
      default: bytes = SVGCanvas.svg(scene)
      }
    } catch {
      throw call.error(error.message)
    }
    do throws(FileError) {
      try call.context.files.write(bytes, to: request.path)
    } catch {
      throw call.error("cannot write '\(request.path)': \(error.reason)")
    }
    store.markPrinted(request.figure)
  }

  /// `publish ("ex4.nn")`
  static func publish(_ call: inout Call) throws(RuntimeError) -> [Value] {
    let file = try call.string(0, "FILE must be a string")
    var format = "html"
    var folder: String?
    if call.count > 1, case .structure(let options) = call[1] {
      if let word = options.field("format")?.stringValue { format = word.lowercased() }
      folder = options.field("outputDir")?.stringValue
    } else if call.count == 2 {
      format = try call.string(1).lowercased()
    } else {
      for k in stride(from: 1, to: call.count - 1, by: 2) {
        switch try call.string(k).lowercased() {
        case "format": format = try call.string(k + 1).lowercased()
        case "outputdir": folder = try call.string(k + 1)
        default: break
        }
      }
    }
    guard format == "html" || format == "pdf" else {
      throw call.error("FORMAT must be \"html\" or \"pdf\"")
    }
    let files = call.context.files
    let names = [file, file + ".nn", file + ".m"]
    guard let name = names.first(where: { files.isFile($0) }) else {
      throw call.error("FILE does not exist: \(file)")
    }
    guard let publisher = call.context.publisher else { throw call.error("reports cannot be made here") }
    let path = name.hasPrefix("/") ? name : files.currentDirectory + "/" + name
    return [.string(try publisher(path, format, folder))]
  }
}
