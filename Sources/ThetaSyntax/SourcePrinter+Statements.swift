// Statements as text: one a line, blocks indented by two spaces, Octave's long words for their ends.

extension SourcePrinter {
  mutating func write(_ statements: [Statement]) {
    for statement in statements {
      put(String(repeating: " ", count: indentation))
      write(statement)
      put("\n")
    }
  }

  private mutating func writeBody(_ statements: [Statement]) {
    put("\n")
    indentation += 2
    write(statements)
    indentation -= 2
    put(String(repeating: " ", count: indentation))
  }

  private mutating func write(_ statement: Statement) {
    let end = statement.printsResult ? "" : ";"
    switch statement.kind {
    case .expression(let expression):
      write(expression)
      put(end)
    case .command(let name, let words):
      put(name)
      for word in words {
        put(" ")
        writeWord(word)
      }
      put(end)
    case .if(let branches, let otherwise): writeIf(branches, otherwise)
    case .while(let condition, let body):
      put("while ")
      writeCondition(condition)
      writeBody(body)
      put("endwhile")
    case .doUntil(let body, let condition):
      put("do")
      writeBody(body)
      put("until ")
      writeCondition(condition)
    case .for(let variable, let values, let body):
      put("for ")
      write(variable)
      put(" = ")
      write(values)
      writeBody(body)
      put("endfor")
    case .switch(let value, let cases, let otherwise): writeSwitch(value, cases, otherwise)
    case .try(let body, let error, let handler):
      put("try")
      writeBody(body)
      put("catch")
      if let error { put(" " + error) }
      writeBody(handler)
      put("end_try_catch")
    case .unwindProtect(let body, let cleanup):
      put("unwind_protect")
      writeBody(body)
      put("unwind_protect_cleanup")
      writeBody(cleanup)
      put("end_unwind_protect")
    case .global(let declarations): write("global", declarations)
    case .persistent(let declarations): write("persistent", declarations)
    case .break: put("break;")
    case .continue: put("continue;")
    case .return: put("return;")
    case .function(let function): write(function)
    }
  }

  /// A condition that is an assignment was written on purpose: no warning for its printed form.
  private mutating func writeCondition(_ condition: Expression) {
    write(condition)
  }

  /// A word is quoted; with escapes where it holds what single quotes cannot.
  private mutating func writeWord(_ word: [UInt8]) {
    write(word, word.allSatisfy { (32..<127).contains($0) } ? .single : .double)
  }

  private mutating func writeIf(_ branches: [Branch], _ otherwise: [Statement]?) {
    for (index, branch) in branches.enumerated() {
      put(index == 0 ? "if " : "elseif ")
      writeCondition(branch.condition)
      writeBody(branch.body)
    }
    if let otherwise {
      put("else")
      writeBody(otherwise)
    }
    put("endif")
  }

  private mutating func writeSwitch(
    _ value: Expression, _ cases: [Case], _ otherwise: [Statement]?
  ) {
    put("switch ")
    write(value)
    put("\n")
    indentation += 2
    for item in cases {
      put(String(repeating: " ", count: indentation) + "case ")
      write(item.pattern)
      writeBody(item.body)
      trimIndentation()
    }
    if let otherwise {
      put(String(repeating: " ", count: indentation) + "otherwise")
      writeBody(otherwise)
      trimIndentation()
    }
    indentation -= 2
    put(String(repeating: " ", count: indentation) + "endswitch")
  }

  /// Removes the blanks that a body leaves for the word that follows it.
  private mutating func trimIndentation() {
    while bytes.last == UInt8(ascii: " ") { bytes.removeLast() }
  }

  private mutating func write(_ keyword: String, _ declarations: [Declaration]) {
    put(keyword)
    for declaration in declarations {
      put(" " + declaration.name)
      if let value = declaration.value {
        put(" = ")
        write(value)
      }
    }
    put(";")
  }

  private mutating func write(_ function: FunctionDefinition) {
    put("function ")
    if function.outputs.count == 1 {
      put(function.outputs[0] + " = ")
    } else if !function.outputs.isEmpty {
      put("[" + function.outputs.joined(separator: ", ") + "] = ")
    }
    put(function.name + " ")
    write(function.parameters)
    writeBody(function.body)
    put("endfunction")
  }
}
