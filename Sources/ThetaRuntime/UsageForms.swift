import CLibrary

/// What Octave says of a call that does not fit: the forms that its usage errors show, and whether the function is
/// one of its builtins, whose outputs are not counted before the call, or one of its files. Read when the first such error is made.
public struct UsageForms: Sendable {
  public enum Kind: Substring, Sendable {
    case builtin
    /// Written in Octave's language; takes any number of inputs, or checks them itself.
    case file
    /// Written in Octave's language with a bounded number of inputs.
    case fixed
  }

  public let kind: Kind
  /// The name that the errors give it: `gammaln` is `lgamma` under another name.
  public let name: String
  public let lines: [Substring]

  public static func named(_ name: String) -> UsageForms? { all[name] }

  /// Octave keeps it in a function file: `exist` answers 2 for it, and only files tell `nargin (name)` their inputs.
  public static func isFile(_ name: String) -> Bool { named(name).map { $0.kind != .builtin } ?? false }

  private static let all: [String: UsageForms] = {
    var count = 0
    guard let bytes = theta_usage_forms(&count) else { return [:] }
    let text = String(decoding: UnsafeBufferPointer(start: bytes, count: count), as: UTF8.self)
    var forms: [String: UsageForms] = [:]
    var (name, realName, kind, lines) = ("", "", Kind.builtin, [Substring]())
    for line in text.split(separator: "\n") {
      if line.first == " " {
        lines.append(line.drop { $0 == " " })
        continue
      }
      if !name.isEmpty { forms[name] = UsageForms(kind: kind, name: realName, lines: lines) }
      let words = line.split(separator: " ")
      name = String(words[0])
      realName = words.count > 2 ? String(words[1]) : name
      kind = Kind(rawValue: words.last ?? "") ?? .builtin
      lines = []
    }
    if !name.isEmpty { forms[name] = UsageForms(kind: kind, name: realName, lines: lines) }
    return forms
  }()
}
