// The words of the language as the lexer hands them to the parser. A token is a few bytes: its text is read
// from the source when the parser needs it.

struct Token: Sendable {
  var kind: Kind
  var range: SourceRange
  /// White space, a comment or a continuation stands before the token.
  var spaceBefore = false
  /// A line ended between the previous token and this one, unseen because brackets were open.
  var lineBefore = false

  enum Kind: Equatable, Sendable {
    case endOfFile
    /// A line end outside brackets, or between the rows of a matrix.
    case newline
    /// `,`, or the white space that separates two elements of a matrix (then the range is empty).
    case comma
    case semicolon
    case number
    case string(Quote)
    case identifier
    case keyword(Keyword)
    case open(Bracket)
    case close(Bracket)
    case at
    /// `.` before a field name or `(`.
    case dot
    case colon
    case assign
    case assignWith(BinaryOperator)
    case binary(BinaryOperator)
    case shortCircuit(ShortCircuitOperator)
    case not
    case increment
    case decrement
    case hermitian
    case transpose
    /// Text that is no token; the lexer has already reported it.
    case invalid
  }
}

/// The three pairs of brackets.
enum Bracket: Equatable, Sendable {
  case round
  case square
  case curly

  var opening: String {
    switch self {
    case .round: "("
    case .square: "["
    case .curly: "{"
    }
  }

  var closing: String {
    switch self {
    case .round: ")"
    case .square: "]"
    case .curly: "}"
    }
  }
}

/// The reserved words, as Octave lists them (`iskeyword`), without the ends of `classdef` parts.
public enum Keyword: String, CaseIterable, Sendable {
  case file = "__FILE__"
  case line = "__LINE__"
  case `break`
  case `case`
  case `catch`
  case classdef
  case `continue`
  case `do`
  case `else`
  case elseIf = "elseif"
  case end
  case endTryCatch = "end_try_catch"
  case endUnwindProtect = "end_unwind_protect"
  case endFor = "endfor"
  case endFunction = "endfunction"
  case endIf = "endif"
  case endParfor = "endparfor"
  case endSpmd = "endspmd"
  case endSwitch = "endswitch"
  case endWhile = "endwhile"
  case `for`
  case function
  case global
  case `if`
  case otherwise
  case parfor
  case persistent
  case `return`
  case spmd
  case `switch`
  case `try`
  case until
  case unwindProtect = "unwind_protect"
  case unwindProtectCleanup = "unwind_protect_cleanup"
  case `while`

  /// Every spelling, for a quick look-up.
  static let bySpelling: [String: Keyword] = Dictionary(
    uniqueKeysWithValues: allCases.map { ($0.rawValue, $0) })

  /// True for the words that end a block or a part of one.
  var closesBlock: Bool {
    switch self {
    case .end, .endTryCatch, .endUnwindProtect, .endFor, .endFunction, .endIf, .endParfor, .endSpmd,
      .endSwitch, .endWhile, .else, .elseIf, .case, .otherwise, .catch, .until, .unwindProtectCleanup:
      true
    default: false
    }
  }
}
