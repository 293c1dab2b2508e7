import ThetaRuntime

/// Bytecode as text: one instruction a line, registers by the name of their variable where they have one.
enum Disassembler {
  static func text(of chunk: Chunk) -> String {
    var lines = ["\(chunk.name): \(chunk.registerCount) registers, \(chunk.variables.count) variables"]
    for pc in 0..<chunk.codeCount {
      let line = chunk.unit.source.position(of: Int(chunk.ranges[pc].start)).line
      lines.append("\(pad(String(pc), 4))  \(pad("(\(line))", 6))  \(text(of: chunk.code[pc], pc, chunk))")
    }
    for handler in chunk.handlers {
      let kind = handler.isCleanup ? "cleanup" : "catch"
      lines.append("  \(kind) \(handler.start)..<\(handler.end) -> \(handler.target)")
    }
    var result = lines.joined(separator: "\n") + "\n"
    for closure in chunk.closures { result += "\n" + text(of: closure.chunk) }
    return result
  }

  private static func pad(_ text: String, _ width: Int) -> String {
    String(repeating: " ", count: max(0, width - text.count)) + text
  }

  private static func text(of instruction: Instruction, _ pc: Int, _ chunk: Chunk) -> String {
    func name(_ register: Register) -> String {
      Int(register) < chunk.variables.count ? chunk.variables[Int(register)] : "r\(register)"
    }
    func small(_ register: UInt8) -> String { name(Register(register)) }
    func run(_ first: Register, _ count: Int) -> String {
      (0..<count).map { name(first + Register($0)) }.joined(separator: ", ")
    }
    func binary(_ d: Register, _ a: Register, _ op: String, _ b: Register) -> String {
      "\(name(d)) = \(name(a)) \(op) \(name(b))"
    }
    func test(_ a: Register, _ op: String, _ b: Register, _ expected: Bool) -> String {
      "skip if \(expected ? "" : "not ")\(name(a)) \(op) \(name(b))"
    }
    func constant(_ k: UInt16) -> String {
      switch chunk.constants[Int(k)] {
      case .number(let x): "\(x)"
      case .text(let bytes, _): String(decoding: Array(bytes), as: UTF8.self).debugDescription
      case let value: "<\(value.shape) \(value.className)>"
      }
    }
    func place(_ k: UInt16) -> String {
      guard k != UInt16.max else { return "~" }
      let place = chunk.places[Int(k)]
      return place.steps.reduce(name(place.base)) { text, step in
        switch step {
        case .paren(let first, let count, _): "\(text)(\(run(first, count)))"
        case .brace(let first, let count, _): "\(text){\(run(first, count))}"
        case .field(let field): "\(text).\(field)"
        case .dynamicField(let register): "\(text).(\(name(register)))"
        }
      }
    }
    switch instruction {
    case .move(let d, let a): return "\(name(d)) = \(name(a))"
    case .moveTemporary(let d, let a): return "\(name(d)) = take \(name(a))"
    case .loadConstant(let d, let k): return "\(name(d)) = \(constant(k))"
    case .clear(let d): return "clear \(name(d))"
    case .single(let d, let a): return "\(name(d)) = single \(name(a))"
    case .unpack(let first, let a, let count): return "\(run(first, Int(count))) = unpack \(name(a))"
    case .checkElement(let a, let k): return "check element \(k) \(name(a))"
    case .checkValue(let a): return "check \(name(a))"
    case .add(let d, let a, let b): return binary(d, a, "+", b)
    case .subtract(let d, let a, let b): return binary(d, a, "-", b)
    case .multiply(let d, let a, let b): return binary(d, a, "*", b)
    case .divide(let d, let a, let b): return binary(d, a, "/", b)
    case .power(let d, let a, let b): return binary(d, a, "^", b)
    case .hadamard(let d, let a, let b): return binary(d, a, ".*", b)
    case .elementDivide(let d, let a, let b): return binary(d, a, "./", b)
    case .elementPower(let d, let a, let b): return binary(d, a, ".^", b)
    case .less(let d, let a, let b): return binary(d, a, "<", b)
    case .lessOrEqual(let d, let a, let b): return binary(d, a, "<=", b)
    case .equal(let d, let a, let b): return binary(d, a, "==", b)
    case .notEqual(let d, let a, let b): return binary(d, a, "!=", b)
    case .greaterOrEqual(let d, let a, let b): return binary(d, a, ">=", b)
    case .greater(let d, let a, let b): return binary(d, a, ">", b)
    case .binary(let d, let a, let b, let operation):
      return binary(d, a, BinaryOperation.allCases[Int(operation)].rawValue, b)
    case .negate(let d, let a): return "\(name(d)) = -\(name(a))"
    case .not(let d, let a): return "\(name(d)) = !\(name(a))"
    case .unary(let d, let a, let operation):
      return "\(name(d)) = \(UnaryOperation.allCases[Int(operation)].rawValue) \(name(a))"
    case .product(let d, let a, let b, let transposed):
      return
        "\(name(d)) = \(name(a))\(transposed & 1 != 0 ? "'" : "") * \(name(b))\(transposed & 2 != 0 ? "'" : "")"
    case .range(let d, let first): return "\(name(d)) = range \(run(first, 3))"
    case .jump(let target): return "jump \(target)"
    case .branch(let target, let a): return "jump \(target) if \(name(a))"
    case .branchNot(let target, let a): return "jump \(target) if not \(name(a))"
    case .testLess(let a, let b, let expected): return test(a, "<", b, expected)
    case .testLessOrEqual(let a, let b, let expected): return test(a, "<=", b, expected)
    case .testEqual(let a, let b, let expected): return test(a, "==", b, expected)
    case .testNotEqual(let a, let b, let expected): return test(a, "!=", b, expected)
    case .testGreaterOrEqual(let a, let b, let expected): return test(a, ">=", b, expected)
    case .testGreater(let a, let b, let expected): return test(a, ">", b, expected)
    case .truth(let d, let a, _): return "\(name(d)) = truth \(name(a))"
    case .conditionOperand(let target, let a, let isOr):
      return "jump \(target) if \(name(a)) decides \(isOr ? "|" : "&")"
    case .matchCase(let d, let a, let b): return "\(name(d)) = \(name(a)) matches \(name(b))"
    case .branchUndefined(let target, let a): return "jump \(target) if undefined \(name(a))"
    case .forRange(let state, let d, let first):
      return "for \(name(d)) in range \(run(first, 3)), state \(name(state))"
    case .forValues(let state, let d, let a): return "for \(name(d)) in \(name(a)), state \(name(state))"
    case .forNext(let offset, let state, let d):
      return "next \(name(d)) of \(name(state)), jump \(pc + 1 + Int(offset))"
    case .forKey(let d, let state): return "\(name(d)) = key of \(name(state))"
    case .returnOutputs: return "return"
    case .returnValue(let a): return "return \(name(a))"
    case .rethrow(let a): return "rethrow \(name(a))"
    case .fail(let k): return "fail '\(chunk.names[Int(k)])'"
    case .call(let d, let site, let first, let count):
      let site = chunk.sites[Int(site)]
      let callee = site.name.isEmpty ? name(site.slot) : site.name
      let results = site.outputs < 0 ? "\(name(d))..." : run(d, max(1, site.outputs))
      return "\(results) = \(site.outputs == 0 ? "statement " : "")\(callee)(\(run(first, Int(count))))"
    case .index1(let d, let a, let i): return "\(name(d)) = \(name(a))(\(name(i)))"
    case .index2(let d, let a, let i, let j): return "\(name(d)) = \(name(a))(\(small(i)), \(small(j)))"
    case .index(let d, let a, let first, let count):
      return "\(name(d)) = \(name(a))(\(run(first, Int(count))))"
    case .brace(let d, let a, let first, let count):
      return "\(name(d)) = \(name(a)){\(run(first, Int(count)))}"
    case .field(let d, let a, let k): return "\(name(d)) = \(name(a)).\(chunk.names[Int(k)])"
    case .dynamicField(let d, let a, let b): return "\(name(d)) = \(name(a)).(\(name(b)))"
    case .method(let d, let a, let site):
      let site = chunk.sites[Int(site)]
      return "\(name(d)) = \(name(a)).\(site.name)(\(run(d + 1, site.count)))"
    case .end(let d, let a, let position, let count):
      return "\(name(d)) = end \(position + 1)/\(count) of \(name(a))"
    case .endOfPlace(let d, let k):
      let end = chunk.ends[Int(k)]
      return "\(name(d)) = end \(end.position + 1)/\(end.count) of a part of \(end.place.name)"
    case .matrix(let d, let first, let k):
      let rows = chunk.layouts[Int(k)].rows
      return "\(name(d)) = [\(run(first, rows.reduce(0, +)))] in rows of \(rows)"
    case .cell(let d, let first, let k):
      let rows = chunk.layouts[Int(k)].rows
      return "\(name(d)) = {\(run(first, rows.reduce(0, +)))} in rows of \(rows)"
    case .makeHandle(let d, let k): return "\(name(d)) = @\(chunk.names[Int(k)])"
    case .makeClosure(let d, let k): return "\(name(d)) = \(chunk.closures[Int(k)].text)"
    case .argumentCount(let d, let ofOutputs): return "\(name(d)) = \(ofOutputs ? "nargout" : "nargin")"
    case .storeIndex1(let a, let i, let v): return "\(name(a))(\(name(i))) = \(name(v))"
    case .storeIndex2(let a, let v, let i, let j): return "\(name(a))(\(small(i)), \(small(j))) = \(name(v))"
    case .storeField(let a, let v, let k): return "\(name(a)).\(chunk.names[Int(k)]) = \(name(v))"
    case .storePlace(let k, let v): return "\(place(k)) = \(name(v))"
    case .loadPlace(let d, let k): return "\(name(d)) = \(place(k))"
    case .deletePlace(let k): return "delete \(place(k))"
    case .countPlace(let d, let k): return "\(name(d)) = count of \(place(k))"
    case .storeMany(let k, let list, let c): return "\(place(k)) = next \(name(c)) of \(name(list))"
    case .declare(let target, let k):
      let declaration = chunk.declarations[Int(k)]
      return
        "\(declaration.isGlobal ? "global" : "persistent") \(declaration.name), jump \(target) if it has a value"
    case .display(let a, let k): return "display \(name(a)) as \(chunk.names[Int(k)])"
    case .answer(let d, let a, let printing):
      return "\(name(d)) = answer \(name(a))\(printing ? ", display" : "")"
    }
  }
}
