import ThetaArrays
import ThetaNumeric
import ThetaRuntime
import ThetaText

// assert, and what it prints when values differ.

enum Assertions {
  static let table: [Builtin] = [
    Builtin(
      "assert (cond, errmsg...)\nassert (observed, expected, tol)",
      """
      An error unless a condition holds, or two values are equal within a tolerance (relative when
      negative).

      >> assert (1 + 1, 2)

      """,
      multiple: assert)
  ]

  private struct Difference {
    var location: String
    var observed: String
    var expected: String
    var reason: String
  }

  private static func assert(_ call: inout Call) throws(RuntimeError) -> [Value] {
    if call.count == 0 { throw call.invalid }
    let first = call[0]
    let isCondition =
      call.count == 1
      || (call[1].isText && (first.isLogical || (first.isNumeric && call.count > 2)) && !first.isText
        && !(call.count == 3 && !call[2].isText && call[2].isNumeric && !first.isLogical))
    if isCondition {
      if try holds(first) { return [] }
      if call.count == 1 { throw RuntimeError("assert (\(shown(call))) failed") }
      let (identifier, bytes) = try Errors.message(call, from: 1)
      var message = bytes
      if message.last == 10 { message.removeLast() }
      throw RuntimeError(message.text, identifier: identifier)
    }
    if call.count > 3 { throw call.invalid }
    let tolerance = call.count > 2 ? call[2].firstReal ?? 0 : 0
    var found: [Difference] = []
    var depth = 0
    try compare(first, call[1], tolerance, &found, &depth)
    if found.isEmpty { return [] }
    var text = "ASSERT errors for:  assert (\(shown(call)))\n"
    if depth > 0 { text = "ASSERT errors for:  assert (cond {i},expected {i},tol)\n" }
    text += "\n  Location  |  Observed  |  Expected  |  Reason"
    for difference in found {
      text +=
        "\n\(centered(difference.location)) \(centered(difference.observed)) \(centered(difference.expected))   "
        + difference.reason
    }
    throw RuntimeError(text)
  }

  /// The arguments as written in the script.
  private static func shown(_ call: Call) -> String {
    let texts = call.context.invoker.argumentTexts(depth: 0)
    if texts.count == call.count { return texts.joined(separator: ",") }
    return ["cond", "expected", "tol"].prefix(call.count).joined(separator: ",")
  }

  private static func centered(_ text: String) -> String {
    let room = max(0, 12 - text.utf8.count)
    let left = room / 2
    return String(repeating: " ", count: left) + text + String(repeating: " ", count: room - left)
  }

  private static func holds(_ value: Value) throws(RuntimeError) -> Bool {
    if value.isEmpty { return false }
    switch value {
    case .cell, .structure, .function, .object:
      throw RuntimeError("wrong type argument '\(value.typeName)'")
    default:
      if let array = value.complexArray { return array.allSatisfy { $0.real != 0 || $0.imaginary != 0 } }
      return true
    }
  }

  private static func compare(
    _ a: Value, _ b: Value, _ tolerance: Double, _ found: inout [Difference], _ depth: inout Int
  ) throws(RuntimeError) {
    func add(_ location: String, _ observed: String, _ expected: String, _ reason: String) {
      found.append(Difference(location: location, observed: observed, expected: expected, reason: reason))
    }
    if b.isText {
      if !a.isText {
        let kind = a.isNumeric || a.isLogical ? "number" : a.className
        add(".", try short(a), try short(b), "Expected string, but observed \(kind)")
      } else if a.textBytes != b.textBytes || a.shape != b.shape {
        add("[]", a.stringValue ?? "", b.stringValue ?? "", "Strings don't match")
      }
      return
    }
    if a.className != b.className {
      add("()", "O", "E", "Class \(a.className) != \(b.className)")
      return
    }
    if a.shape != b.shape {
      add(".", "O(\(a.shape))", "E(\(b.shape))", "Dimensions don't match")
      return
    }
    switch (a, b) {
    case (.cell(let x), .cell(let y)):
      for i in 0..<x.count where found.isEmpty {
        try compare(x[i], y[i], tolerance, &found, &depth)
        if !found.isEmpty { depth += 1 }
      }
    case (.structure(let x), .structure(let y)):
      guard Set(x.names) == Set(y.names) else {
        add(".", "O", "E", "Structure fieldname mismatch")
        return
      }
      for name in x.names where found.isEmpty {
        for i in 0..<x.count where found.isEmpty {
          try compare(
            x.field(name, at: i) ?? .emptyMatrix, y.field(name, at: i) ?? .emptyMatrix, tolerance, &found,
            &depth)
          if !found.isEmpty { depth += 1 }
        }
      }
    case (.function(let x), .function(let y)):
      if x.text != y.text { add("@", "O", "E", "Function handles don't match") }
    case (.object(let x), .object(let y)):
      if x !== y { add("()", "O", "E", "Class \(x.className) values do not match") }
    default: try compareNumbers(a, b, tolerance, add)
    }
  }

  private static func compareNumbers(
    _ a: Value, _ b: Value, _ tolerance: Double, _ add: (String, String, String, String) -> Void
  ) throws(RuntimeError) {
    guard let x = a.complexArray, let y = b.complexArray else { return }
    func place(_ i: Int) -> String {
      if x.count == 1 { return "()" }
      if x.shape.isVector { return "(\(i + 1))" }
      var rest = i
      var places: [String] = []
      for size in x.shape.sizes {
        places.append(String(rest % max(1, size) + 1))
        rest /= max(1, size)
      }
      return "(" + places.joined(separator: ",") + ")"
    }
    func text(_ z: ComplexDouble) -> String {
      let real = NumberFormatting.general(z.real, 5)
      return z.imaginary == 0 ? real : real + NumberFormatting.general(z.imaginary, 5, plus: true) + "i"
    }
    func isNaN(_ z: ComplexDouble) -> Bool { z.real.isNaN || z.imaginary.isNaN }
    for i in 0..<x.count {
      let (p, q) = (x[i], y[i])
      if isNaN(p) || isNaN(q) {
        if isNaN(p) != isNaN(q) { add(place(i), text(p), text(q), "'NaN' mismatch") }
        continue
      }
      if p == q { continue }
      if !p.real.isFinite || !q.real.isFinite {
        add(place(i), text(p), text(q), "'Inf' mismatch")
        continue
      }
      let difference = p - q
      let distance = (difference.real * difference.real + difference.imaginary * difference.imaginary)
        .squareRoot()
      let size = (q.real * q.real + q.imaginary * q.imaginary).squareRoot()
      let isRelative = tolerance < 0 && size != 0
      let error = isRelative ? distance / size : distance
      let limit = abs(tolerance)
      if error > limit {
        let excess = error - limit
        add(
          place(i), text(p), text(q),
          "\(isRelative ? "Rel" : "Abs") err \(NumberFormatting.general(error, 5)) exceeds tol "
            + "\(NumberFormatting.general(limit, 5)) by \(NumberFormatting.general(excess, 1))")
      }
    }
  }

  private static func short(_ value: Value) throws(RuntimeError) -> String {
    if let text = value.stringValue { return text }
    if value.count == 1, let x = value.firstReal { return NumberFormatting.general(x, 5) }
    return "O"
  }
}
