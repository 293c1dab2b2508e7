import ThetaArrays
import ThetaRuntime

/// Settings that Octave has and whose value a script may read back.
final class SessionSettings {
  var values: [String: Value] = [:]
}

// How values are shown: format and its relatives, and settings that are kept but change nothing.

enum FormatSettings {
  static let table: [Builtin] = [
    Builtin(
      "[fmt, spacing, uppercase] = format (options...)",
      """
      Sets how numbers are shown.

      >> format long; pi
      ans = 3.141592653589793

      """, multiple: format),
    Builtin(
      "old = output_precision (new?, local?)",
      """
      The number of significant digits shown.

      >> output_precision (3); pi
      ans = 3.14

      """, multiple: outputPrecision),
    Builtin(
      "old = fixed_point_format (new?, local?)",
      """
      Whether matrices are shown with a common factor.

      >> fixed_point_format (true); [1 1000.5]
      ans =

        1.0e+03 *

         0.0010   1.0005

      """, multiple: fixedPoint),
    Builtin(
      "more (state?)",
      """
      Accepted: there is no pager.

      >> more off

      """, multiple: nothing),
    Builtin(
      "old = page_screen_output (new?, local?)",
      """
      Accepted: there is no pager.

      >> page_screen_output ()
      ans = 0

      """, multiple: setting),
    Builtin(
      "old = page_output_immediately (new?, local?)",
      """
      Accepted: there is no pager.

      >> page_output_immediately ()
      ans = 0

      """, multiple: setting),
    Builtin(
      "old = crash_dumps_octave_core (new?, local?)",
      """
      Accepted.

      >> crash_dumps_octave_core ()
      ans = 1

      """, multiple: setting),
    Builtin(
      "old = print_empty_dimensions (new?, local?)",
      """
      Accepted.

      >> print_empty_dimensions (false); x = []
      x = []

      """, multiple: setting),
    Builtin(
      "old = split_long_rows (new?, local?)",
      """
      Accepted.

      >> split_long_rows ()
      ans = 1

      """, multiple: setting),
    Builtin(
      "old = beep_on_error (new?, local?)",
      """
      Accepted.

      >> beep_on_error ()
      ans = 0

      """, multiple: setting),
    Builtin(
      "old = debug_on_error (new?, local?)",
      """
      Accepted.

      >> debug_on_error ()
      ans = 0

      """, multiple: setting),
    Builtin(
      "old = debug_on_warning (new?, local?)",
      """
      Accepted.

      >> debug_on_warning ()
      ans = 0

      """, multiple: setting),
    Builtin(
      "old = confirm_recursive_rmdir (new?, local?)",
      """
      Accepted.

      >> confirm_recursive_rmdir ()
      ans = 1

      """, multiple: setting),
    Builtin(
      "old = max_recursion_depth (new?, local?)",
      """
      The number of nested calls that are allowed: 256, which cannot be changed.

      >> max_recursion_depth ()
      ans = 256

      """, multiple: setting),
    Builtin(
      "old = suppress_verbose_help_message (new?, local?)",
      """
      Accepted.

      >> suppress_verbose_help_message ()
      ans = 0

      """, multiple: setting),
    Builtin(
      "old = print_struct_array_contents (new?, local?)",
      """
      Accepted.

      >> print_struct_array_contents ()
      ans = 0

      """, multiple: setting),
    Builtin(
      "old = struct_levels_to_print (new?, local?)",
      """
      Accepted.

      >> struct_levels_to_print ()
      ans = 2

      """, multiple: setting),
    Builtin(
      "old = PS1 (new?, local?)",
      """
      Accepted.

      >> PS1 ("theta> ")

      """, multiple: setting),
    Builtin(
      "old = history_timestamp_format_string (new?, local?)",
      """
      Accepted.

      >> history_timestamp_format_string ()
      ans =

      """, multiple: setting),
    Builtin(
      "diary (words...)",
      """
      Accepted: nothing is recorded.

      >> diary off

      """, multiple: nothing),
  ]

  private static func nothing(_ call: inout Call) throws(RuntimeError) -> [Value] { [] }

  private static let styles: [String: DisplayFormat.Style] = [
    "short": .short, "long": .long, "shorte": .shortE, "longe": .longE, "shortg": .shortG, "longg": .longG,
    "shorteng": .shortEng, "longeng": .longEng, "bank": .bank, "+": .plus, "hex": .hex, "bit": .bit,
    "rat": .rat,
    "native-hex": .hex, "native-bit": .bit,
  ]

  private static func format(_ call: inout Call) throws(RuntimeError) -> [Value] {
    let context = call.context
    let old = context.format
    if call.outputs > 0, call.count == 0 {
      let names = old.style.rawValue.filter { $0 != " " }
      return [.string(names), .string(old.isCompact ? "compact" : "loose"), .string("lowercase")]
    }
    if call.count == 0 {
      var fresh = old
      fresh.select(.short)
      fresh.isCompact = false
      context.format = fresh
      return []
    }
    var new = old
    var i = 0
    while i < call.count {
      var word = try call.string(i, "arguments must be strings").lowercased()
      i += 1
      if i < call.count, word == "short" || word == "long", let suffix = call[i].stringValue?.lowercased(),
        ["e", "g", "eng"].contains(suffix)
      {
        word += suffix
        i += 1
      }
      switch word {
      case "compact": new.isCompact = true
      case "loose": new.isCompact = false
      case "lowercase", "uppercase": break
      case "none", "free": new.select(.short)
      default:
        guard let style = styles[word] else { throw call.error("unrecognized format state '\(word)'") }
        new.select(style)
      }
    }
    context.format = new
    return []
  }

  private static func outputPrecision(_ call: inout Call) throws(RuntimeError) -> [Value] {
    let old = Value.integer(call.context.format.precision)
    guard call.count > 0 else { return [old] }
    let new = try call.real(0)
    if !(new >= 0) { throw call.error("arg must be greater than 0") }
    if new > 16 { throw call.error("arg must be less than or equal to 16") }
    call.context.format.precision = Int(new)
    return call.outputs > 0 ? [old] : []
  }

  private static func fixedPoint(_ call: inout Call) throws(RuntimeError) -> [Value] {
    let old = Value.logical(call.context.format.usesScaleFactor)
    guard call.count > 0 else { return [old] }
    call.context.format.usesScaleFactor = try call.flag(0)
    return call.outputs > 0 ? [old] : []
  }

  private static func setting(_ call: inout Call) throws(RuntimeError) -> [Value] {
    let settings = call.context.state { SessionSettings() }
    let fallback: Value
    switch call.name {
    case "print_empty_dimensions", "split_long_rows", "crash_dumps_octave_core", "confirm_recursive_rmdir":
      fallback = .logical(true)
    case "max_recursion_depth": fallback = .number(256)
    case "struct_levels_to_print": fallback = .number(2)
    case "PS1", "history_timestamp_format_string": fallback = .string("")
    default: fallback = .logical(false)
    }
    let old = settings.values[call.name] ?? fallback
    guard call.count > 0 else { return [old] }
    switch call.name {
    case "max_recursion_depth":
      guard try call.real(0) == 256 else { throw call.error("the limit of 256 calls cannot be changed") }
    case "print_empty_dimensions": call.context.format.showsEmptySizes = try call.flag(0)
    case "split_long_rows": call.context.format.splitsLongRows = try call.flag(0)
    case "struct_levels_to_print":
      let levels = try call.real(0).rounded(.towardZero)
      guard levels >= -1 else { throw call.error("arg must be greater than -1") }
      call.context.format.structLevels = Int(min(levels, 1e6))
    default: break
    }
    settings.values[call.name] = call[0]
    return call.outputs > 0 ? [old] : []
  }
}
