import Testing

@testable import ThetaSyntax

/// One line of a table in a test: `left  →  right`.
struct Row: CustomTestStringConvertible, Sendable {
  var left: String
  var right: String
  var testDescription: String { left }
}

/// The rows of a table; ⏎ stands for a line end and ⇥ for a tab.
func rows(_ table: String) -> [Row] {
  table.split(separator: "\n").compactMap { line in
    let parts = line.split(separator: "→", omittingEmptySubsequences: false).map(\.trimmed)
    guard parts.count == 2 else { return nil }
    return Row(
      left: parts[0].replacing("⏎", with: "\n").replacing("⇥", with: "\t"),
      right: parts[1].replacing("⏎", with: "\n").replacing("⇥", with: "\t"))
  }
}

struct Unexpected: Error, CustomStringConvertible {
  var description: String
}

func parse(_ text: String) throws -> [Statement] {
  let result = Parser.parse(SourceFile(name: "test", text: text))
  if let error = result.diagnostics.first(where: { $0.severity == .error }) {
    throw Unexpected(description: "\(error.message) in \(text)")
  }
  return result.program.statements
}

/// The expression that a text consists of.
func expression(_ text: String) throws -> Expression {
  let statements = try parse(text)
  guard statements.count == 1, case .expression(let expression) = statements[0].kind else {
    throw Unexpected(description: "no single expression: \(text)")
  }
  return expression
}

/// The messages of a text's errors without `parse error: `, each behind its line: `3: unmatched '('`.
func errors(_ text: String) -> [String] {
  let source = SourceFile(name: "test", text: text)
  return Parser.parse(source).diagnostics.filter { $0.severity == .error }.map {
    let line = source.position(of: Int($0.range.start)).line
    return "\(line): " + $0.message.replacing("parse error: ", with: "")
  }
}

/// An expression with brackets around every operation: `-2 ^ 2` gives `(-(2 ^ 2))`.
func grouped(_ node: Expression) -> String {
  switch node.kind {
  case .prefix(let operation, let operand): "(\(operation.rawValue)\(grouped(operand)))"
  case .postfix(let operand, let operation): "(\(grouped(operand))\(operation.rawValue))"
  case .binary(let operation, let left, let right):
    "(\(grouped(left)) \(operation.rawValue) \(grouped(right)))"
  case .shortCircuit(let operation, let left, let right):
    "(\(grouped(left)) \(operation.rawValue) \(grouped(right)))"
  case .range(let base, let increment, let limit):
    "(" + [base, increment, limit].compactMap { $0.map(grouped) }.joined(separator: ":") + ")"
  case .parenthesized(let inner): grouped(inner)
  case .call(let callee, let arguments):
    grouped(callee) + "(" + arguments.map(grouped).joined(separator: ", ") + ")"
  case .brace(let object, let arguments):
    grouped(object) + "{" + arguments.map(grouped).joined(separator: ", ") + "}"
  case .field(let object, let name): grouped(object) + "." + name
  case .assignment(let targets, let operation, let value):
    "(" + targets.map(grouped).joined(separator: ", ") + " \(operation?.rawValue ?? "")= "
      + grouped(value) + ")"
  case .anonymous(_, let body): "@(" + grouped(body) + ")"
  default: SourcePrinter.print(node)
  }
}

private func grouped(_ target: AssignmentTarget) -> String {
  switch target {
  case .ignored: "~"
  case .place(let place): grouped(place)
  }
}
