import ThetaRuntime

/// A `printf` template taken apart: literal text and conversions.
struct FormatTemplate {
  /// `%-8.3f`: flags, sizes and the letter. `*` takes a size from the arguments.
  struct Conversion {
    enum Size: Equatable {
      case none
      case fixed(Int)
      case argument
    }

    var flags: FormatFlags = []
    var width = Size.none
    var precision = Size.none
    var letter: Unicode.Scalar = "d"
  }

  enum Part {
    case literal([UInt8])
    case conversion(Conversion)
  }

  private(set) var parts: [Part] = []

  var hasConversions: Bool {
    parts.contains { if case .conversion = $0 { true } else { false } }
  }

  /// Nil when a conversion cannot be read.
  init?(_ text: [UInt8]) {
    var literal: [UInt8] = []
    var i = 0
    while i < text.count {
      guard text[i] == UInt8(ascii: "%") else {
        literal.append(text[i])
        i += 1
        continue
      }
      i += 1
      guard let conversion = Self.conversion(in: text, at: &i) else { return nil }
      if conversion.letter == "%" {
        literal.append(UInt8(ascii: "%"))
        continue
      }
      if !literal.isEmpty { parts.append(.literal(literal)) }
      literal = []
      parts.append(.conversion(conversion))
    }
    if !literal.isEmpty { parts.append(.literal(literal)) }
  }

  private static func conversion(in text: [UInt8], at i: inout Int) -> Conversion? {
    var conversion = Conversion()
    while i < text.count, let flag = FormatFlags(text[i]) {
      conversion.flags.insert(flag)
      i += 1
    }
    guard let width = size(in: text, at: &i) else { return nil }
    conversion.width = width
    if i < text.count, text[i] == UInt8(ascii: ".") {
      i += 1
      guard let precision = size(in: text, at: &i) else { return nil }
      conversion.precision = precision == .none ? .fixed(0) : precision
    }
    var modifier: Unicode.Scalar?
    if i < text.count, case let letter = Unicode.Scalar(text[i]), "hlL".unicodeScalars.contains(letter) {
      modifier = letter
      i += 1
    }
    guard i < text.count else { return nil }
    conversion.letter = Unicode.Scalar(text[i])
    i += 1
    return allows(modifier, conversion.letter) ? conversion : nil
  }

  /// Which length modifiers go with a letter. They change nothing: every number has one size here.
  private static func allows(_ modifier: Unicode.Scalar?, _ letter: Unicode.Scalar) -> Bool {
    switch modifier {
    case nil: "diuoxXfeEgGcsp%".unicodeScalars.contains(letter)
    case "h": "diuoxX".unicodeScalars.contains(letter)
    case "l": "diuoxXc".unicodeScalars.contains(letter)
    default: "feEgG".unicodeScalars.contains(letter)
    }
  }

  /// Digits, `*`, or nothing; nil when the number is out of range.
  private static func size(in text: [UInt8], at i: inout Int) -> Conversion.Size? {
    if i < text.count, text[i] == UInt8(ascii: "*") {
      i += 1
      return .argument
    }
    var value = 0
    var hasDigits = false
    while i < text.count, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(text[i]) {
      value = value * 10 + Int(text[i] - UInt8(ascii: "0"))
      if value > FormattedPrint.largestSize { return nil }
      hasDigits = true
      i += 1
    }
    return hasDigits ? .fixed(value) : Conversion.Size.none
  }
}
