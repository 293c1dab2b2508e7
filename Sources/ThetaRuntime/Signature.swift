/// The calling forms of a builtin, read from its usage lines, such as
///
///     [q, r] = qr (x, mode?)
///     y = cat (dim, x...)
///     printf (template, values...)
///
/// `?` marks an input that may be left out, `...` one that may come any number of times (none included);
/// outputs in brackets may all be left out but the first. A line that leaves its inputs to the
/// others with a bare `...` (`[x, y] = f (a, ...)`) does not lower the number of inputs that are needed. The arity check, `help`, completion and the reference all read it.
public struct Signature: Sendable {
  public let name: String
  /// The usage lines as written.
  public let lines: [String]
  public let minimumInputs: Int
  /// Nil when variadic.
  public let maximumInputs: Int?
  /// Nil when variadic (`[a, b, ...] = f (…)`).
  public let maximumOutputs: Int?

  public init(_ usage: String) {
    var lines: [String] = []
    var name = ""
    var fewest = Int.max
    var fewestAbbreviated = Int.max
    var most: Int? = 0
    var outputs: Int? = 0
    for part in usage.split(separator: "\n") {
      let line = Signature.trimmed(part)
      if line.isEmpty { continue }
      lines.append(String(line))
      let form = Signature.parse(line)
      name = form.name
      if form.isAbbreviated {
        fewestAbbreviated = min(fewestAbbreviated, form.required)
      } else {
        fewest = min(fewest, form.required)
      }
      most = most.flatMap { m in form.total.map { max(m, $0) } }
      outputs = outputs.flatMap { o in form.outputs.map { max(o, $0) } }
    }
    self.lines = lines
    self.name = name
    if fewest == Int.max { fewest = fewestAbbreviated }
    minimumInputs = fewest == Int.max ? 0 : fewest
    maximumInputs = most
    maximumOutputs = outputs
  }

  private static func trimmed(_ text: Substring) -> Substring {
    var text = text
    while text.first == " " { text.removeFirst() }
    while text.last == " " { text.removeLast() }
    return text
  }

  private static func parse(
    _ line: Substring
  ) -> (name: String, required: Int, total: Int?, outputs: Int?, isAbbreviated: Bool) {
    var call = line
    var outputs: Int? = 0
    if let equals = line.firstIndex(of: "=") {
      let left = trimmed(line[..<equals])
      call = trimmed(line[line.index(after: equals)...])
      let names = left.split { $0 == "[" || $0 == "]" || $0 == "," || $0 == " " }
      outputs = names.contains { $0.hasSuffix("...") } ? nil : names.count
    }
    guard let open = call.firstIndex(of: "(") else { return (String(trimmed(call)), 0, 0, outputs, false) }
    let name = String(trimmed(call[..<open]))
    let inside = call[call.index(after: open)...].prefix { $0 != ")" }
    var required = 0
    var total: Int? = 0
    var isAbbreviated = false
    for input in inside.split(separator: ",") {
      let input = trimmed(input)
      if input.hasSuffix("...") {
        total = nil
        if input == "..." { isAbbreviated = true }
      } else {
        if !input.hasSuffix("?") { required += 1 }
        total = total.map { $0 + 1 }
      }
    }
    return (name, required, total, outputs, isAbbreviated)
  }
}
