import Foundation
import Testing
import Theta

@testable import ThetaTools

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

  @Test("prose on paper loses its marks and nothing else")
  func readsProseOnPaper() {
    #expect(Prose.plain("*bold*, _soft_, |code|, $x^2 + \\theta_0$") == "bold, soft, code, x² + θ₀")
    let plain = "a*b and c*d, 2 * 3 * 4, snake_case_name"
    #expect(Prose.plain(plain) == plain)
    #expect(Prose.plain("$e^{ab}$ costs $5") == "e^ab costs $5")
  }

  @Test("the same bytes each time")
  func repeats() throws {
    #expect(try report(script).text == report(script).text)
    let first = try report(script, pdf: true).text
    // A date in seconds would differ now.
    Thread.sleep(forTimeInterval: 1.1)
    #expect(try report(script, pdf: true).text == first)
  }

  @Test("what was printed stands as a terminal shows it")
  func showsTerminalText() throws {
    let (text, _) = try report(
      """
      for i = 1:3, fprintf ("Iteration %d | Cost: %g\\r", i, 1 / i); end
      fprintf ("\\n\\x1b[31mred\\x1b[0m abd\\bc\\n");
      """)
    #expect(text.contains("Iteration 3 | Cost: 0.333333\nred abc</pre>"))
    #expect(!text.contains("Iteration 2 |") && !text.unicodeScalars.contains("\u{FFFD}"))
  }

  @Test("a script with the line ends of Windows")
  func readsReturns() throws {
    let (text, _) = try report("%% One\r\n% Prose\r\nx = 1\r\n\r\n%% Two\r\ny = 2\r\n")
    for part in ["<h1>One</h1>", "<p>Prose</p>", "<h2>Two</h2>", "<code>x = 1</code>", "x = 1</pre>"] {
      #expect(text.contains(part), "\(part)\n\(text)")
    }
  }

  @Test("prose: indented code, lists of several lines, formulas with signs of HTML")
  func readsProse() throws {
    let (text, _) = try report(
      """
      %% Title
      %  Some text
      %  goes on:
      %
      %     a = 1;
      %       b = 2;
      %
      %  * one
      %    more of one
      %  * two & <three>
      %
      %  Where $x_<y$ holds. 'It''s'
      s = 'it''s'; %{ no block
      %{
      if
      %}
      """)
    for part in [
      "<p>Some text goes on:</p>", "<pre class=\"code\">   a = 1;\n     b = 2;</pre>",
      "<li>one more of one</li>\n<li>two &amp; &lt;three&gt;</li>", "<var>x<sub>&lt;</sub>y</var>",
      "<u>'it''s'</u>", "<i>%{</i>\n<i>if</i>\n<i>%}</i>",
    ] {
      #expect(text.contains(part), "\(part)\n\(text)")
    }
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
