// The statements of the language. As with expressions, equality ignores where a statement stands.

public struct Statement: Equatable, Sendable {
  public var kind: Kind
  public var range: SourceRange
  /// True when the statement ends without `;`, so that its value is printed.
  public var printsResult: Bool

  public init(_ kind: Kind, _ range: SourceRange, printsResult: Bool = false) {
    self.kind = kind
    self.range = range
    self.printsResult = printsResult
  }

  public static func == (a: Statement, b: Statement) -> Bool {
    a.kind == b.kind && a.printsResult == b.printsResult
  }

  public indirect enum Kind: Equatable, Sendable {
    /// Any expression, assignments included.
    case expression(Expression)
    /// `hold on`: a function called with words as strings.
    case command(String, words: [[UInt8]])
    case `if`([Branch], otherwise: [Statement]?)
    case `while`(Expression, [Statement])
    case doUntil([Statement], Expression)
    /// `for x = e`, `for (x = e)`; `variable` is any place that can be assigned.
    case `for`(variable: Expression, values: Expression, [Statement])
    case `switch`(Expression, [Case], otherwise: [Statement]?)
    /// `try … catch err … end`; `error` is the name after `catch`.
    case `try`([Statement], error: String?, handler: [Statement])
    case unwindProtect([Statement], cleanup: [Statement])
    case global([Declaration])
    case persistent([Declaration])
    case `break`
    case `continue`
    case `return`
    case function(FunctionDefinition)
  }
}

/// One `if` or `elseif` with its body.
public struct Branch: Equatable, Sendable {
  public var condition: Expression
  public var body: [Statement]

  public init(condition: Expression, body: [Statement]) {
    self.condition = condition
    self.body = body
  }
}

/// One `case` of a `switch`; a cell literal matches any of its elements.
public struct Case: Equatable, Sendable {
  public var pattern: Expression
  public var body: [Statement]

  public init(pattern: Expression, body: [Statement]) {
    self.pattern = pattern
    self.body = body
  }
}

/// `global x`, `persistent n = 0`.
public struct Declaration: Equatable, Sendable {
  public var name: String
  public var value: Expression?
  public var range: SourceRange

  public init(name: String, value: Expression?, range: SourceRange) {
    self.name = name
    self.value = value
    self.range = range
  }

  public static func == (a: Declaration, b: Declaration) -> Bool {
    a.name == b.name && a.value == b.value
  }
}

/// `function [y, varargout] = f (x, varargin) … end`
public struct FunctionDefinition: Equatable, Sendable {
  public var name: String
  public var parameters: [Parameter]
  public var outputs: [String]
  public var body: [Statement]
  /// The comment block that `help` shows: the one before the keyword or the first inside.
  public var documentation: String
  public var range: SourceRange
  public var nameRange: SourceRange

  public init(
    name: String, parameters: [Parameter], outputs: [String], body: [Statement],
    documentation: String, range: SourceRange, nameRange: SourceRange
  ) {
    self.name = name
    self.parameters = parameters
    self.outputs = outputs
    self.body = body
    self.documentation = documentation
    self.range = range
    self.nameRange = nameRange
  }

  public static func == (a: FunctionDefinition, b: FunctionDefinition) -> Bool {
    a.name == b.name && a.parameters == b.parameters && a.outputs == b.outputs && a.body == b.body
  }
}

/// A parsed text: its statements in order, function definitions among them, and what was wrong with it.
public struct Program: Equatable, Sendable {
  public var statements: [Statement]
  /// Where white space or a line end separates elements or rows of a matrix, as ascending byte offsets. Octave's
  /// columns count each such place as a character.
  public var impliedSeparators: [Int32]

  public init(statements: [Statement], impliedSeparators: [Int32] = []) {
    self.statements = statements
    self.impliedSeparators = impliedSeparators
  }

  /// Programs are equal when their statements are: where they stood in a text does not matter.
  public static func == (a: Program, b: Program) -> Bool { a.statements == b.statements }
}

extension SourceFile {
  /// The line and the column of an offset as Octave's messages count them: with the separators that the text only
  /// implies.
  public func octavePosition(of offset: Int, in program: Program) -> Position {
    let position = self.position(of: offset)
    let separators = program.impliedSeparators
    // The first separator after the offset, by bisection
    var (low, high) = (0, separators.count)
    while low < high {
      let middle = (low + high) / 2
      if Int(separators[middle]) < offset { low = middle + 1 } else { high = middle }
    }
    let start = offset - (position.column - 1)
    var count = 0
    while low > count, Int(separators[low - 1 - count]) >= start { count += 1 }
    return Position(line: position.line, column: position.column + count)
  }
}
