import Foundation
import Testing
import Theta
import ThetaTools

@Suite("Reports")
struct ReportTests {
  private func report(_ script: String, pdf: Bool = false) throws -> (text: String, outcome: Report.Outcome) {
    let folder = FileManager.default.temporaryDirectory.appending(path: "theta-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let file = folder.appending(path: "ex.nn")
    try Data(script.utf8).write(to: file)
    var options = Report.Options()
    options.makesPDF = pdf
    let outcome = Report.make(file.path, options)
    let bytes = outcome.path.flatMap { FileManager.default.contents(atPath: $0) } ?? Data()
    return (String(decoding: bytes, as: UTF8.self), outcome)
  }

  private let script = """
    %% A title
    % Some *bold* prose with $\\theta_0$ in it.
    %
    % * first
    % * second
    x = 1 + 2

    %% ==== Part 2 ====
    y = twice (x);
    plot (1:3); title ('lines');
    disp (rand () < 2)
    function r = twice (a), r = 2 * a; end
    """

  @Test("headings, prose, code, output, variables and figures")
  func holdsEverything() throws {
    let (text, outcome) = try report(script)
    #expect(outcome.status == .done)
    for part in [
      "<h1>A title</h1>", "<strong>bold</strong>", "<var>θ<sub>0</sub></var>", "<li>first</li>", "x = 3",
      "<h2>Part 2</h2>", "<svg", "lines", "1x1 double", "Theta \(Session.version)",
    ] {
      #expect(text.contains(part), "\(part)")
    }
    #expect(!text.contains("<script") && !text.contains("http://localhost"))
  }

  @Test("the same bytes each time")
  func repeats() throws {
    #expect(try report(script).text == report(script).text)
  }

  @Test("an error ends the report and keeps what came before")
  func keepsWhatCameBefore() throws {
    let (text, outcome) = try report("%% One\nx = 5\n%% Two\ny = zz\n%% Three\nz = 1\n")
    #expect(outcome.status == .scriptError)
    #expect(text.contains("x = 5") && text.contains("undefined") && !text.contains("Three</h2>"))
  }

  @Test("a script without cells, an empty one, and one that cannot be parsed")
  func takesAnyScript() throws {
    #expect(try report("x = 1\n").text.contains("x = 1"))
    #expect(try report("").outcome.status == .done)
    #expect(try report("x = (1").outcome.status == .unreadable)
    #expect(Report.make("/no/such/file.nn", Report.Options()).status == .unreadable)
  }

  @Test("as PDF")
  func makesPDF() throws {
    #expect(try report(script, pdf: true).text.hasPrefix("%PDF"))
  }

  @Test("publish from a script")
  func publishes() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "theta-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try Data("x = 7\n".utf8).write(to: folder.appending(path: "inner.nn"))
    let session = Session(console: CaptureConsole(), files: DiskFileSystem(currentDirectory: folder.path))
    Report.install(in: session)
    #expect(session.run(.text("f = publish ('inner.nn');", name: "outer")) == .done)
    let page = folder.appending(path: "html/inner.html")
    #expect(String(decoding: try Data(contentsOf: page), as: UTF8.self).contains("x = 7"))
  }
}
