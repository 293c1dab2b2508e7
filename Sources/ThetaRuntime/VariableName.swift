/// What may name a variable or function.
package enum VariableName {
  /// The words that cannot be names.
  package static let keywords = [
    "__FILE__", "__LINE__", "break", "case", "catch", "continue", "do", "else", "elseif", "end",
    "end_try_catch",
    "end_unwind_protect", "endfor", "endfunction", "endif", "endparfor", "endswitch", "endwhile", "for",
    "function",
    "global", "if", "otherwise", "parfor", "persistent", "return", "switch", "try", "until", "unwind_protect",
    "unwind_protect_cleanup", "while",
  ]

  /// True for a letter, underscore or character beyond ASCII followed by such or digits, and no keyword.
  package static func isValid(_ name: Bytes) -> Bool {
    guard let first = name.first, first.isAlphaByte || first == UInt8(ascii: "_") || first >= 128 else {
      return false
    }
    guard name.allSatisfy({ $0.isAlnumByte || $0 == UInt8(ascii: "_") || $0 >= 128 }) else { return false }
    return !keywords.contains(name.text)
  }
}
