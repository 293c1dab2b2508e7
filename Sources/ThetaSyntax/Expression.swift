// The expressions of the language. Every node has the range of its source text; two expressions are equal
// when they mean the same text, wherever it stands (ranges do not take part in `==`).

public struct Expression: Equatable, Sendable {
  public var kind: Kind
  public var range: SourceRange

  public init(_ kind: Kind, _ range: SourceRange) {
    self.kind = kind
    self.range = range
  }

  public static func == (a: Expression, b: Expression) -> Bool { a.kind == b.kind }

  public indirect enum Kind: Equatable, Sendable {
    /// `3`, `1e-4`, `2D3`
    case number(Double)
    /// `3i`, `1e2J`
    case imaginary(Double)
    /// `0xFF`, `0b101`, `0xFFs16`: an integer whose class follows from its digits or its suffix.
    case integer(IntegerLiteral)
    /// `'…'` or `"…"`, escapes already processed. Bytes, because a string need not be UTF-8.
    case string([UInt8], Quote)
    case identifier(String)
    /// `:` alone as an argument.
    case colon
    /// `end` inside an index.
    case end
    /// `( … )`; kept because it makes one value of a list, and because functions are printed as written.
    case parenthesized(Expression)
    case prefix(PrefixOperator, Expression)
    case postfix(Expression, PostfixOperator)
    case binary(BinaryOperator, Expression, Expression)
    case shortCircuit(ShortCircuitOperator, Expression, Expression)
    /// `base : limit` or `base : increment : limit`.
    case range(base: Expression, increment: Expression?, limit: Expression)
    /// `[ … ; … ]`, by rows.
    case matrix([[Expression]])
    /// `{ … ; … }`, by rows.
    case cell([[Expression]])
    /// `f (…)`: a call or an index, decided when the name is resolved.
    case call(Expression, [Expression])
    /// `c {…}`
    case brace(Expression, [Expression])
    /// `s.name`
    case field(Expression, String)
    /// `s.(expression)`
    case dynamicField(Expression, Expression)
    /// `@name`, `@pkg.name`, `@plus`
    case handle(String)
    /// `@(x, y) body`
    case anonymous(parameters: [Parameter], body: Expression)
    /// `a = v`, `a += v`, `[a, ~, c{2}] = v`. An assignment is an expression; its value is that of the right side.
    case assignment(targets: [AssignmentTarget], operation: BinaryOperator?, value: Expression)
  }
}

/// Which quotes a string was written in: single quotes take no escapes.
public enum Quote: UInt8, Sendable {
  case single
  case double
}

/// The value of a hexadecimal or binary literal, and the integer class that it has.
public struct IntegerLiteral: Equatable, Sendable {
  public var bits: UInt64
  /// 8, 16, 32 or 64.
  public var width: Int
  public var isSigned: Bool

  public init(bits: UInt64, width: Int, isSigned: Bool) {
    self.bits = bits
    self.width = width
    self.isSigned = isSigned
  }
}

/// A formal parameter: `x`, `x = 3` or `~`.
public struct Parameter: Equatable, Sendable {
  /// Nil for `~`.
  public var name: String?
  public var defaultValue: Expression?
  public var range: SourceRange

  public init(name: String?, defaultValue: Expression? = nil, range: SourceRange) {
    self.name = name
    self.defaultValue = defaultValue
    self.range = range
  }

  public static func == (a: Parameter, b: Parameter) -> Bool {
    a.name == b.name && a.defaultValue == b.defaultValue
  }
}

/// One place on the left of `=`.
public enum AssignmentTarget: Equatable, Sendable {
  /// `~` in `[~, i] = max (x)`.
  case ignored(SourceRange)
  /// An identifier, or a chain of `call`, `brace`, `field`, `dynamicField` over one.
  case place(Expression)

  public static func == (a: AssignmentTarget, b: AssignmentTarget) -> Bool {
    switch (a, b) {
    case (.ignored, .ignored): true
    case (.place(let x), .place(let y)): x == y
    default: false
    }
  }
}
