import ThetaRuntime

/// Names of variables made from any text, as `matlab.lang.makeValidName` makes them: words joined, what no name may
/// hold replaced, a prefix before what no name may begin with.
struct ValidNames {
  var replacement = "underscore"
  var prefix = "x"

  /// Reads the options `ReplacementStyle` and `Prefix` with their values.
  init(_ options: [Value], _ call: Call) throws(RuntimeError) {
    var i = 0
    while i < options.count {
      guard i + 1 < options.count, let word = options[i].stringValue?.lowercased() else { throw call.invalid }
      guard let value = options[i + 1].stringValue else {
        throw RuntimeError("makeValidName: '\(word)' value must be a string")
      }
      switch word {
      case "replacementstyle":
        replacement = value.lowercased()
        guard ["underscore", "delete", "hex"].contains(replacement) else {
          throw RuntimeError("makeValidName: invalid 'ReplacementStyle' value '\(replacement)'")
        }
      case "prefix":
        prefix = value
        guard ValidNames.isName(Array(value.utf8)), !VariableName.keywords.contains(value) else {
          throw RuntimeError("makeValidName: invalid 'Prefix' value '\(value)'")
        }
      default: throw RuntimeError("makeValidName: unknown property '\(word)'")
      }
      i += 2
    }
  }

  static func isName(_ bytes: Bytes) -> Bool {
    guard let first = bytes.first, !first.isDigitByte else { return false }
    return bytes.allSatisfy { $0.isAlnumByte || $0 == UInt8(ascii: "_") }
  }

  func name(of text: String) -> String {
    if VariableName.keywords.contains(text) { return prefix + text.prefix(1).uppercased() + text.dropFirst() }
    let bytes = Array(text.utf8)
    if ValidNames.isName(bytes) { return text }
    // The letter after white space becomes a capital, the white space goes.
    var joined: Bytes = []
    var afterSpace = false
    for byte in bytes {
      if byte.isSpaceByte {
        afterSpace = !joined.isEmpty
      } else {
        joined.append(afterSpace ? byte.uppered : byte)
        afterSpace = false
      }
    }
    var result = ""
    for byte in joined {
      if byte.isAlnumByte || byte == UInt8(ascii: "_") {
        result.unicodeScalars.append(Unicode.Scalar(byte))
      } else if replacement == "underscore" {
        result += "_"
      } else if replacement == "hex" {
        let digits = String(byte, radix: 16, uppercase: true)
        result += "0x" + (digits.count < 2 ? "0" : "") + digits
      }
    }
    let isFine = result.utf8.first.map { $0.isAlphaByte || $0 == UInt8(ascii: "_") } ?? false
    return isFine ? result : prefix + result
  }
}
