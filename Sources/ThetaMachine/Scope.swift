import ThetaRuntime
import ThetaSyntax

/// The names of one function, script or anonymous function, each with its register, found in one walk over the
/// body before code is made. A name that is assigned somewhere is a variable; a name that is only mentioned is
/// most likely a function, but in scripts, and in functions that may get variables behind the compiler's back
/// (`eval`, `load`, a script file called by name), it has a register too, which the call looks at first.
struct Scope {
  private(set) var names: [String] = []
  private(set) var slots: [String: Register] = [:]
  private(set) var assigned: Set<String> = []
  /// Names declared `global` or `persistent`: a function that is called may change them.
  private(set) var shared: Set<String> = []
  /// Names that are only mentioned, in the order of their first mention.
  private(set) var mentioned: [String] = []
  private var mentionedSet: Set<String> = []
  /// Numbers that occur inside loops; they get registers of their own, loaded once.
  private(set) var loopConstants: [Double] = []
  private(set) var isDynamic = false
  private(set) var usesAnswer = false
  private var loopDepth = 0
  /// Names of the nested anonymous functions' parameters, innermost last.
  private var hidden: [Set<String>] = []

  /// Builtins that may make variables in the frame that calls them.
  private static let variableMakers: Set<String> = [
    "eval", "evalin", "evalc", "assignin", "load", "run", "source", "input", "keyboard", "clear",
  ]

  mutating func declare(_ name: String) {
    guard slots[name] == nil else { return }
    slots[name] = Register(clamping: names.count)
    names.append(name)
  }

  mutating func assign(_ name: String) {
    assigned.insert(name)
    declare(name)
  }

  /// Gives mentioned names registers as well.
  mutating func declareMentioned() {
    for name in mentioned { declare(name) }
  }

  mutating func useAnswer() {
    usesAnswer = true
    assign("ans")
  }

  func isAssigned(_ name: String) -> Bool { assigned.contains(name) }

  /// Whether evaluating an expression may change a variable of this scope: by an assignment inside it, by `eval` and its
  /// kind, or, for a shared variable, by any function that it calls.
  func mayChange(_ name: String, by expression: Expression) -> Bool {
    if expression.mayAssign { return true }
    if shared.contains(name) { return expression.contains { isCall($0) { _ in true } } }
    return isDynamic && expression.contains { isCall($0) { Scope.variableMakers.contains($0) } }
  }

  /// A call of a function that the test chooses by its name, which is empty when a value is called.
  private func isCall(_ expression: Expression, _ isChosen: (String) -> Bool) -> Bool {
    switch expression.kind {
    case .identifier(let name): !isAssigned(name) && isChosen(name)
    case .call: isChosen("")
    default: false
    }
  }

  // MARK: - The walk

  mutating func visit(_ statements: [Statement]) {
    for statement in statements { visit(statement) }
  }

  private mutating func visitLoop(_ body: [Statement]) {
    loopDepth += 1
    visit(body)
    loopDepth -= 1
  }

  mutating func visit(_ statement: Statement) {
    switch statement.kind {
    case .expression(let expression):
      visitStatement(expression)
    case .command(let name, _):
      mention(name)
      isDynamic = true
      useAnswer()
    case .if(let branches, let otherwise):
      for branch in branches {
        visit(branch.condition)
        visit(branch.body)
      }
      if let otherwise { visit(otherwise) }
    case .while(let condition, let body), .doUntil(let body, let condition):
      loopDepth += 1
      visit(condition)
      visit(body)
      loopDepth -= 1
    case .for(let variable, let values, let body):
      visitTarget(variable)
      visit(values)
      visitLoop(body)
    case .switch(let subject, let cases, let otherwise):
      visit(subject)
      for entry in cases {
        visit(entry.pattern)
        visit(entry.body)
      }
      if let otherwise { visit(otherwise) }
    case .try(let body, let error, let handler):
      visit(body)
      if let error { assign(error) }
      visit(handler)
    case .unwindProtect(let body, let cleanup):
      visit(body)
      visit(cleanup)
    case .global(let declarations), .persistent(let declarations):
      for declaration in declarations {
        assign(declaration.name)
        shared.insert(declaration.name)
        if let value = declaration.value { visit(value) }
      }
    case .break, .continue, .return, .function: break
    }
  }

  private mutating func visitStatement(_ expression: Expression) {
    switch expression.kind {
    case .assignment:
      visit(expression)
    case .identifier(let name):
      mention(name)
      // It may be a script file, which runs in this frame; or a function whose value goes to `ans`.
      if !assigned.contains(name) { isDynamic = true }
      useAnswer()
    default:
      visit(expression)
      useAnswer()
    }
  }

  private mutating func mention(_ name: String) {
    if hidden.contains(where: { $0.contains(name) }) { return }
    if Scope.variableMakers.contains(name) { isDynamic = true }
    if mentionedSet.insert(name).inserted { mentioned.append(name) }
  }

  mutating func visit(_ expression: Expression) {
    switch expression.kind {
    case .number(let x):
      if loopDepth > 0, hidden.isEmpty, loopConstants.count < 64, !loopConstants.contains(x) {
        loopConstants.append(x)
      }
    case .imaginary, .integer, .string, .colon, .end, .handle: break
    case .identifier(let name): mention(name)
    case .parenthesized(let inner): visit(inner)
    case .prefix(let op, let operand):
      if op == .increment || op == .decrement { visitTarget(operand) } else { visit(operand) }
    case .postfix(let operand, let op):
      if op == .increment || op == .decrement { visitTarget(operand) } else { visit(operand) }
    case .binary(_, let a, let b), .shortCircuit(_, let a, let b):
      visit(a)
      visit(b)
    case .range(let base, let increment, let limit):
      visit(base)
      if let increment { visit(increment) }
      visit(limit)
    case .matrix(let rows), .cell(let rows):
      // Literals of numbers are constants as a whole.
      for row in rows { for element in row where !element.isNumberLiteral { visit(element) } }
    case .call(let callee, let arguments), .brace(let callee, let arguments):
      visit(callee)
      for argument in arguments { visit(argument) }
    case .field(let base, _): visit(base)
    case .dynamicField(let base, let name):
      visit(base)
      visit(name)
    case .anonymous(let parameters, let body):
      hidden.append(Set(parameters.compactMap(\.name)))
      visit(body)
      hidden.removeLast()
    case .assignment(let targets, _, let value):
      for target in targets {
        if case .place(let place) = target { visitTarget(place) }
      }
      visit(value)
    }
  }

  /// A place that is assigned: its variable, and the subscripts on the way.
  private mutating func visitTarget(_ place: Expression) {
    switch place.kind {
    case .identifier(let name):
      if hidden.isEmpty { assign(name) } else { mention(name) }
    case .call(let base, let arguments), .brace(let base, let arguments):
      visitTarget(base)
      for argument in arguments { visit(argument) }
    case .field(let base, _): visitTarget(base)
    case .dynamicField(let base, let name):
      visitTarget(base)
      visit(name)
    case .parenthesized(let inner): visitTarget(inner)
    // `for [value, key] = s`
    case .matrix(let rows): for row in rows { for element in row { visitTarget(element) } }
    default: visit(place)
    }
  }
}

extension Expression {
  /// A number, or a number with a minus or plus sign.
  var isNumberLiteral: Bool { numberLiteral != nil }

  var numberLiteral: Double? {
    switch kind {
    case .number(let x): x
    case .prefix(.minus, let operand): if case .number(let x) = operand.kind { -x } else { nil }
    case .prefix(.plus, let operand): if case .number(let x) = operand.kind { x } else { nil }
    default: nil
    }
  }

  /// Whether the value may be a comma-separated list.
  var mayBeList: Bool {
    switch kind {
    case .brace, .field, .dynamicField: true
    default: false
    }
  }
}
