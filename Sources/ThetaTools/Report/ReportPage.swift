import Theta
import ThetaCanvas
import ThetaGraphics

/// A report as one HTML file: nothing is loaded, no script is needed to read it.
enum ReportPage {
  static func html(_ run: ReportRun, showsTimes: Bool) -> [UInt8] {
    var out = ""
    // The first title is that of the whole.
    let first = run.steps.firstIndex { !$0.cell.title.isEmpty }
    let heading = first.map { run.steps[$0].cell.title } ?? run.name
    let titled = run.steps.filter { !$0.cell.title.isEmpty }
    out += head(heading)
    out += "<header><p class=\"file\">\(escape(run.name))</p>\n<h1>\(escape(heading))</h1>\n"
    if titled.count > 2 {
      out += "<nav aria-label=\"Contents\"><ol>\n"
      for (k, step) in run.steps.enumerated() where !step.cell.title.isEmpty && k != first {
        out += "<li><a href=\"#c\(k + 1)\">\(escape(step.cell.title))</a></li>\n"
      }
      out += "</ol></nav>\n"
    }
    out += "</header>\n<main>\n"
    var pictures = 0
    for (k, step) in run.steps.enumerated() {
      out += section(step, number: k + 1, isFirst: k == first, showsTimes, &pictures)
    }
    if let error = run.error {
      out +=
        "<section class=\"error\" role=\"alert\"><h2>The run ended with an error</h2>\n<pre>\(escape(error))</pre></section>\n"
    }
    out += "</main>\n<footer><p>Theta \(Session.version) · random numbers from seed \(ReportRun.seed)"
    if showsTimes { out += " · \(time(run.seconds)) in all" }
    out += "</p></footer>\n</body>\n</html>\n"
    return Array(out.utf8)
  }

  private static func section(
    _ step: ReportRun.Step, number: Int, isFirst: Bool, _ showsTimes: Bool, _ pictures: inout Int
  ) -> String {
    let cell = step.cell
    var out = "<section id=\"c\(number)\">\n"
    if !cell.title.isEmpty, !isFirst { out += "<h2>\(escape(cell.title))</h2>\n" }
    out += Prose.html(cell.prose)
    if !cell.code.isEmpty { out += "<pre class=\"code\"><code>\(CodeColors.html(cell.code))</code></pre>\n" }
    if !step.output.isEmpty {
      out += "<pre class=\"output\" aria-label=\"Output\">\(escape(withoutEdges(step.output)))</pre>\n"
    }
    if !step.warnings.isEmpty {
      out += "<pre class=\"warning\" role=\"note\">\(escape(withoutEdges(step.warnings)))</pre>\n"
    }
    for picture in step.pictures {
      pictures += 1
      out += "<figure>\n"
      out += String(
        decoding: FigureOutput.svg(picture, prefix: "p\(pictures)", isStandalone: false), as: UTF8.self)
      out += "<figcaption>\(escape(picture.title))</figcaption>\n</figure>\n"
    }
    if !step.variables.isEmpty {
      out += "<details class=\"variables\"><summary>Variables</summary><table>\n"
      out += "<thead><tr><th>Name</th><th>Size and class</th></tr></thead><tbody>\n"
      for variable in step.variables {
        out += "<tr><td><code>\(escape(variable.name))</code></td><td>\(escape(variable.kind))</td></tr>\n"
      }
      out += "</tbody></table></details>\n"
    }
    if showsTimes { out += "<p class=\"time\">\(time(step.seconds))</p>\n" }
    return out + "</section>\n"
  }

  static func time(_ seconds: Double) -> String {
    let thousandths = Int((seconds * 1000).rounded())
    return thousandths < 1000 ? "\(thousandths) ms" : "\(thousandths / 1000).\(thousandths % 1000 / 100) s"
  }

  /// Without blank lines at either end.
  static func withoutEdges(_ text: String) -> String {
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    while lines.first?.allSatisfy(\.isWhitespace) == true { lines.removeFirst() }
    while lines.last?.allSatisfy(\.isWhitespace) == true { lines.removeLast() }
    return lines.joined(separator: "\n")
  }

  static func escape(_ text: String) -> String { MarkedText.escaped(text, keepsLines: true) }

  private static func head(_ title: String) -> String {
    """
    <!DOCTYPE html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="generator" content="Theta \(Session.version)">
    <title>\(escape(title))</title>
    <style>
    :root { color-scheme: light dark; --paper: #fff; --ink: #1f2328; --soft: #59636e; --code: #f6f8fa;
      --line: #d8dee4; --accent: #0550ae; --warn: #fff5d6; --bad: #ffebe9; }
    @media (prefers-color-scheme: dark) { :root { --paper: #16181c; --ink: #e3e6ea; --soft: #9aa4af;
      --code: #1f2329; --line: #343b44; --accent: #79b8ff; --warn: #3a3113; --bad: #3d1c1c; } }
    * { box-sizing: border-box; }
    body { margin: 0 auto; max-width: 54rem; padding: 2rem 1.25rem; background: var(--paper); color: var(--ink);
      font: 16px/1.6 system-ui, -apple-system, "Segoe UI", Helvetica, Arial, sans-serif; }
    h1 { font-size: 1.8rem; line-height: 1.25; margin: 0 0 1rem; }
    h2 { font-size: 1.25rem; margin: 2.2rem 0 .6rem; padding-top: .8rem; border-top: 1px solid var(--line); }
    .file { color: var(--soft); margin: 0; font-family: ui-monospace, Menlo, Consolas, monospace; font-size: .85rem; }
    nav { font-size: .92rem; } nav ol { padding-left: 1.4rem; margin: .3rem 0 1rem; }
    a { color: var(--accent); text-decoration: none; } a:hover { text-decoration: underline; }
    pre { overflow-x: auto; padding: .75rem .9rem; border-radius: 6px; font: .84rem/1.5 ui-monospace, Menlo, Consolas,
      "DejaVu Sans Mono", monospace; margin: .7rem 0; tab-size: 4; }
    .code { background: var(--code); } .code i { color: var(--soft); } .code b { color: var(--accent); font-weight: 600; }
    .code u { text-decoration: none; color: #0a6e31; }
    .output { border-left: 3px solid var(--line); border-radius: 0; padding: .2rem .9rem; }
    .warning { background: var(--warn); } .error pre { background: var(--bad); white-space: pre-wrap; }
    figure { margin: 1rem 0; background: #fff; border: 1px solid var(--line); border-radius: 6px; overflow: hidden;
      max-width: 40rem; }
    figure svg { display: block; width: 100%; height: auto; background: #fff; }
    figcaption { padding: .35rem .8rem; font-size: .82rem; color: #59636e; }
    details { font-size: .88rem; color: var(--soft); margin: .6rem 0; } summary { cursor: pointer; }
    table { border-collapse: collapse; margin: .4rem 0; } th, td { text-align: left; padding: .15rem 1.2rem .15rem 0; }
    th { font-weight: 600; } .time { color: var(--soft); font-size: .8rem; margin: .2rem 0; text-align: right; }
    footer { margin-top: 3rem; border-top: 1px solid var(--line); color: var(--soft); font-size: .82rem; }
    @media (prefers-color-scheme: dark) { .code u { color: #7ee2a8; } }
    @media print { body { max-width: none; padding: 0; font-size: 11pt; } pre { white-space: pre-wrap; }
      figure, pre { break-inside: avoid; } h2 { break-after: avoid; } nav { display: none; } }
    </style>
    </head>
    <body>

    """
  }
}
