import ThetaGraphics
import ThetaRuntime

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Where the pictures of a session go when it ends.
public enum FigureSink: Equatable, Sendable {
  /// Nowhere; `print` and `saveas` write their files all the same.
  case none
  /// One page in a temporary folder, whose path is printed on the error stream. Where there is a desktop it is opened.
  case page
  /// A folder: each figure as SVG and PNG, and the page.
  case folder(String)
}

extension FigureSink {
  /// Writes the pictures of a session that has ended.
  func write(_ context: Context, opensPage: Bool) {
    guard self != .none else { return }
    let pictures = FigureOutput.pictures(context)
    guard !pictures.isEmpty else { return }
    let folder: String
    switch self {
    case .none: return
    case .folder(let path):
      folder = path.hasPrefix("/") ? path : context.files.currentDirectory + "/" + path
      guard FigureSink.makeFolder(folder) else {
        context.console.writeError("theta: cannot make the folder '\(path)'\n")
        return
      }
    case .page:
      guard let path = FigureSink.temporaryFolder() else {
        context.console.writeError("theta: cannot make a temporary folder for the figures\n")
        return
      }
      folder = path
    }
    do throws(FileError) {
      let page = folder + "/figures.html"
      try context.files.write(FigureOutput.page(pictures, title: "Figures"), to: page)
      if case .folder = self {
        for (k, picture) in pictures.enumerated() {
          try context.files.write(FigureOutput.svg(picture), to: "\(folder)/figure\(k + 1).svg")
          if let png = FigureOutput.png(picture) {
            try context.files.write(png, to: "\(folder)/figure\(k + 1).png")
          }
        }
      }
      context.console.flush()
      context.console.writeError("theta: \(pictures.count == 1 ? "figure" : "figures") in \(page)\n")
      if self == .page, opensPage { FigureSink.open(page) }
    } catch {
      context.console.writeError("theta: cannot write the figures to '\(error.path)': \(error.reason)\n")
    }
  }

  /// Makes a folder and those that it stands in.
  package static func makeFolder(_ path: String) -> Bool {
    var made = ""
    for part in path.split(separator: "/") {
      made += "/" + part
      if mkdir(made, 0o777) != 0, errno != EEXIST { return false }
    }
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }

  private static func temporaryFolder() -> String? {
    let base = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
    var template = Array((base + "/theta-figures-XXXXXX").utf8CString)
    return template.withUnsafeMutableBufferPointer { buffer in
      buffer.baseAddress.flatMap { mkdtemp($0) }.map { String(cString: $0) }
    }
  }

  /// Shows a page in the browser of a desktop; does nothing where there is none.
  private static func open(_ page: String) {
    #if canImport(Glibc)
      guard getenv("DISPLAY") != nil || getenv("WAYLAND_DISPLAY") != nil else { return }
      let program = "xdg-open"
    #else
      let program = "open"
    #endif
    var words: [UnsafeMutablePointer<CChar>?] = [strdup(program), strdup(page), nil]
    defer { for word in words { free(word) } }
    var process = pid_t()
    _ = posix_spawnp(&process, program, nil, nil, &words, environ)
  }
}
