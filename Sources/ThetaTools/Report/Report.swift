import Theta
import ThetaCanvas

/// `theta report FILE`: runs a script and writes one document with its text, what it printed, and its figures.
public enum Report {
  public struct Options: Equatable, Sendable {
    public var makesPDF = false
    public var showsTimes = false
    /// Where it goes; beside the script, under the script's name, when left out.
    public var output: String?

    public init() {}
  }

  public struct Outcome {
    /// The file that was written; nil when there was nothing to write.
    public var path: String?
    public var status: ExitStatus
    /// What to tell the person: the error of the script, or why there is no report.
    public var message: String
  }

  public static func make(_ path: String, _ options: Options) -> Outcome {
    let (found, problem) = ReportRun.of(path)
    guard let run = found else { return Outcome(path: nil, status: .unreadable, message: problem) }
    let bytes: [UInt8]
    do throws(CairoCanvas.Problem) {
      bytes =
        options.makesPDF
        ? try ReportPaper.pdf(run, showsTimes: options.showsTimes)
        : ReportPage.html(run, showsTimes: options.showsTimes)
    } catch {
      return Outcome(path: nil, status: .unreadable, message: "theta: \(error.message)\n")
    }
    let target = options.output ?? base(path) + (options.makesPDF ? ".pdf" : ".html")
    do throws(FileError) {
      try DiskFileSystem().write(bytes, to: target)
    } catch {
      return Outcome(
        path: nil, status: .unreadable, message: "theta: cannot write '\(target)': \(error.reason)\n")
    }
    return Outcome(path: target, status: run.status, message: run.error ?? "")
  }

  /// Lets scripts of a session call `publish`.
  public static func install(in session: Session) {
    session.setPublisher { (path, format, folder) throws(RuntimeError) in
      var options = Options()
      options.makesPDF = format == "pdf"
      let name = base(String(path.split(separator: "/").last ?? "report"))
      let parent = path.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(
        separator: "/")
      let place = folder.map { $0.hasPrefix("/") ? $0 : parent + "/" + $0 } ?? parent + "/html"
      guard FigureSink.makeFolder(place) else {
        throw RuntimeError("publish: cannot make the folder '\(place)'")
      }
      options.output = "\(place)/\(name).\(format)"
      let outcome = make(path, options)
      guard let written = outcome.path else {
        throw RuntimeError("publish: " + outcome.message.split(separator: "\n").prefix(1).joined())
      }
      return written
    }
  }

  /// A path without its last ending.
  private static func base(_ path: String) -> String {
    guard let dot = path.lastIndex(of: "."), !path[dot...].contains("/") else { return path }
    return String(path[..<dot])
  }
}
