import ThetaArrays
import ThetaRuntime

/// The template engine of `printf`, `sprintf`, `fprintf`, `error`, `warning`.
public enum FormattedPrint {
  /// The largest width or precision.
  static let largestSize = Int(Int32.max)
  /// Wider fields than this are cut, so that a script cannot ask for gigabytes with one conversion.
  static let widestField = 1 << 24

  /// Applies a template to arguments: cycles through the template while arguments remain, stops output at the first
  /// conversion without data. Escapes in a single-quoted template are processed; in a double-quoted one the lexer did it.
  /// `function` is the name for error messages.
  public static func format(
    template: Value, arguments: [Value], function: String
  ) throws(RuntimeError) -> [UInt8] {
    guard case .text(let characters, let quotes) = template else {
      throw RuntimeError("\(function): format TEMPLATE must be a string")
    }
    // Of a character matrix the first row counts.
    let rows = characters.shape.rows
    if rows == 1, let out = plain(characters, quotes, arguments) { return out }
    var text = rows > 1 ? template.textRows?.first ?? [] : characters.list
    if quotes == .single { text = processEscapes(text) }
    guard let template = FormatTemplate(text) else {
      throw RuntimeError("\(function): invalid format specified")
    }
    var data = try FormatArguments(arguments, function: function)
    var out: [UInt8] = []
    let repeats = template.hasConversions
    repeat {
      for (place, part) in template.parts.enumerated() {
        switch part {
        case .literal(let text): out.append(contentsOf: text)
        case .conversion(let conversion):
          if place > 0, data.isExhausted { return out }
          guard try append(conversion, &data, function: function, to: &out) else { return out }
        }
      }
    } while repeats && !data.isExhausted
    return out
  }

  /// Bare `%d` and `%s`, one for each argument, all of them whole numbers and strings: by far the most frequent. Nil for
  /// everything else.
  private static func plain(
    _ template: NDArray<UInt8>, _ quotes: QuoteStyle, _ arguments: [Value]
  ) -> [UInt8]? {
    var out: [UInt8] = []
    out.reserveCapacity(template.count + 16 * arguments.count)
    var next = 0
    var i = 0
    let (text, count) = (template.base, template.count)
    while i < count {
      let byte = text[i]
      i += 1
      guard byte == UInt8(ascii: "%") else {
        if byte == UInt8(ascii: "\\"), quotes == .single { return nil }
        out.append(byte)
        continue
      }
      guard i < count, next < arguments.count else { return nil }
      let letter = text[i]
      i += 1
      switch (letter, arguments[next]) {
      case (UInt8(ascii: "d"), .number(let x)), (UInt8(ascii: "i"), .number(let x)):
        guard abs(x) < 1e15, let whole = Int(exactly: x) else { return nil }
        append(whole, to: &out)
      case (UInt8(ascii: "s"), .text(let bytes, _)):
        guard bytes.count > 0 else { return nil }
        out.append(contentsOf: bytes.elements)
      default: return nil
      }
      next += 1
    }
    return next > 0 && next == arguments.count ? out : nil
  }

  private static func append(_ whole: Int, to out: inout [UInt8]) {
    if whole < 0 { out.append(UInt8(ascii: "-")) }
    var rest = whole.magnitude
    let start = out.count
    repeat {
      out.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10))
      rest /= 10
    } while rest > 0
    out[start...].reverse()
  }

  /// Appends one conversion; false when there is no datum left for it.
  private static func append(
    _ conversion: FormatTemplate.Conversion, _ data: inout FormatArguments, function: String,
    to out: inout [UInt8]
  ) throws(RuntimeError) -> Bool {
    let width = try size(conversion.width, &data, function: function)
    let precision = try size(conversion.precision, &data, function: function)
    var field = FormatField(flags: conversion.flags, width: max(width, 0), precision: precision)
    if conversion.letter == "s" || conversion.letter == "c", conversion.precision == .argument,
      conversion.width != .argument
    {
      // A lone precision from the arguments pads text instead of cutting it.
      field = FormatField(flags: conversion.flags, width: max(precision, 0), precision: -1)
    }
    if conversion.letter == "s" {
      guard let datum = try data.nextText() else { return false }
      switch datum {
      case .text(let bytes): field.append(text: bytes, to: &out)
      case .number(let datum):
        // Numbers that are no characters have no text, except the special values.
        if !datum.double.isFinite { field.append(special: datum.double, to: &out) }
      }
      return true
    }
    guard let next = data.next() else { return false }
    guard let datum = next else {
      if conversion.letter == "c" { field.append(text: [], to: &out) }
      return true
    }
    try field.append(datum, as: conversion.letter, to: &out)
    return true
  }

  /// A width or precision: -1 when the template has none.
  private static func size(
    _ size: FormatTemplate.Conversion.Size, _ data: inout FormatArguments, function: String
  ) throws(RuntimeError) -> Int {
    switch size {
    case .none: return -1
    case .fixed(let size): return min(size, widestField)
    case .argument:
      guard let next = data.next() else {
        throw RuntimeError("octave_base_value::double_value (): wrong type argument '<unknown type>'")
      }
      guard let datum = next else {
        throw RuntimeError("invalid conversion from real matrix to real scalar")
      }
      guard let size = Int(exactly: datum.double), size >= 0, size <= largestSize else {
        throw RuntimeError("\(function): invalid field width, must be integer >= 0 and <= INT_MAX")
      }
      return min(size, widestField)
    }
  }
}
