import ThetaArrays
import ThetaRuntime
import ThetaSyntax

// Errors that the machine itself raises, and the position and the stack that it adds to all.

extension RuntimeError {
  static var recursionLimit: RuntimeError { RuntimeError("max_recursion_depth exceeded") }

  /// The struct that `catch err` binds.
  var structure: Value {
    func frame(_ frame: Frame) -> [Value] {
      [
        .string(frame.file), .string(frame.function), .number(Double(frame.line)),
        .number(Double(frame.column)),
      ]
    }
    let frames = StructArray(
      Shape(stack.count, 1), names: ["file", "name", "line", "column"], values: stack.flatMap(frame))
    return .structure([
      ("message", .string(message)), ("identifier", .string(identifier)), ("stack", .structure(frames)),
    ])
  }
}

extension Machine {
  /// `'x' undefined near line 2, column 10`, with the place where the instruction that reads it mentions it.
  func undefined(_ name: String) -> RuntimeError {
    let frame = top
    let chunk = frame.pointee.chunk
    let pc = max(frame.pointee.pc - 1, 0)
    var range = pc < chunk.ranges.count ? chunk.ranges[pc] : SourceRange(0, 0)
    if let exact = chunk.unit.source.find(name, in: range) { range = exact }
    return undefined(name, range, chunk.unit)
  }

  func undefined(_ name: String, _ range: SourceRange, _ unit: SourceUnit) -> RuntimeError {
    let source = unit.source
    let position = source.octavePosition(of: Int(range.start), in: unit.program)
    return RuntimeError(
      "'\(name)' undefined near line \(position.line), column \(position.column)",
      identifier: "Octave:undefined-function",
      location: RuntimeError.Location(file: source.name, start: Int(range.start), end: Int(range.end)))
  }

  /// An output of the running function that was asked for and never assigned.
  func undefinedOutput(_ index: Int) -> RuntimeError {
    let frame = top
    let chunk = frame.pointee.chunk
    guard let function = frame.pointee.function, index < function.definition.outputs.count else {
      return .undefinedRightSide
    }
    let name = function.definition.outputs[index]
    let definition = function.definition
    let header = SourceRange(Int(definition.range.start), Int(definition.nameRange.start))
    let range = chunk.unit.source.find(name, in: header) ?? definition.nameRange
    return undefined(name, range, chunk.unit)
      .explained("output '\(name)' of '\(definition.name)' was never assigned")
  }

  // MARK: - Position and stack

  /// The error with the place of the instruction that the top frame was executing, and the active calls.
  func located(_ error: RuntimeError) -> RuntimeError {
    var error = error
    let frame = top
    let chunk = frame.pointee.chunk
    let pc = max(frame.pointee.pc - 1, 0)
    if error.location == nil, error.message.hasPrefix("index ("), let base = chunk.bases[pc] {
      error = RuntimeError(
        base + error.message.dropFirst("index ".count), identifier: error.identifier,
        explanation: error.explanation)
    }
    if error.location == nil, let note = shadowingNote(error, at: chunk.code[pc]) {
      error = RuntimeError(
        error.message + note, identifier: error.identifier, explanation: error.explanation)
    }
    if error.location == nil, let place = userPlace { error = error.located(at: place) }
    if error.stack.isEmpty { error = error.with(stack: callStack) }
    return error
  }

  /// Where the user's text stands: the running instruction, or the one that called into the library.
  private var userPlace: RuntimeError.Location? {
    for index in stride(from: frameCount - 1, through: 0, by: -1) {
      let chunk = frames[index].chunk
      let pc = max(frames[index].pc - 1, 0)
      guard !chunk.unit.isLibrary, pc < chunk.ranges.count else { continue }
      let range = chunk.ranges[pc]
      return RuntimeError.Location(
        file: chunk.unit.source.name, start: Int(range.start), end: Int(range.end))
    }
    return nil
  }

  /// What Octave adds when reading a part of a variable fails and a function has the variable's name: most likely the
  /// function was meant.
  private func shadowingNote(_ error: RuntimeError, at instruction: Instruction) -> String? {
    switch instruction {
    case .call, .index1, .index2, .index, .brace, .method: break
    default: return nil
    }
    guard error.identifier == "Octave:index-out-of-bounds" || error.identifier == "Octave:invalid-index",
      let open = error.message.firstIndex(of: "(")
    else { return nil }
    let name = String(error.message[..<open])
    guard (try? find(name)) != nil else { return nil }
    return " (note: variable '\(name)' shadows function)"
  }

  /// The active calls, innermost first; evaluated text counts with the function around it.
  public var callStack: [RuntimeError.Frame] {
    var result: [RuntimeError.Frame] = []
    for index in stride(from: frameCount - 1, to: 0, by: -1) {
      let frame = frames + index
      let chunk = frame.pointee.chunk
      if chunk.name.isEmpty { continue }
      let pc = max(frame.pointee.pc - 1, 0)
      let range = pc < chunk.ranges.count ? chunk.ranges[pc] : SourceRange(0, 0)
      let position = chunk.unit.source.position(of: Int(range.start))
      result.append(
        RuntimeError.Frame(
          function: chunk.name, file: chunk.unit.path, line: position.line, column: position.column))
    }
    return result
  }

  /// Whether some active `try` would catch an error of the running instruction.
  private var isCaught: Bool {
    for index in 0..<frameCount {
      let frame = frames + index
      let pc = frame.pointee.pc - 1
      if frame.pointee.chunk.handlers.contains(where: { !$0.isCleanup && $0.start <= pc && pc < $0.end }) {
        return true
      }
    }
    return false
  }

  /// What Theta adds to an error that nothing in the script catches.
  func explained(_ error: RuntimeError) -> RuntimeError {
    guard error.identifier == "Octave:undefined-function", error.explanation.isEmpty, !isCaught else {
      return error
    }
    guard error.message.hasPrefix("'"), let end = error.message.dropFirst().firstIndex(of: "'") else {
      return error
    }
    let name = String(error.message[error.message.index(after: error.message.startIndex)..<end])
    guard let suggestion = Suggestions.closest(to: name, among: knownNames) else { return error }
    return error.explained("did you mean '\(suggestion)'?")
  }

  /// Variables of the running frame, functions, files beside the script, builtins.
  private var knownNames: [String] {
    var names = variableNames(at: frameCount - 1)
    names += top.pointee.chunk.variables
    names += currentUnit.functions.keys
    names += sessionFunctions.keys
    for directory in Set([currentUnit.directory, mainDirectory, context.files.currentDirectory])
    where !directory.isEmpty {
      let files = (try? context.files.list(directory)) ?? []
      for file in files.prefix(2000) where file.hasSuffix(".m") || file.hasSuffix(".nn") {
        names.append(Lookup.baseName(of: file))
      }
    }
    return names + builtins.names + library.names
  }
}

extension SourceFile {
  /// The first place in a range where a name stands as a word of its own.
  func find(_ name: String, in range: SourceRange) -> SourceRange? {
    let word = Array(name.utf8)
    let start = max(0, Int(range.start))
    let end = min(bytes.count, Int(range.end))
    guard !word.isEmpty, end - start >= word.count else { return nil }
    func isWord(_ offset: Int) -> Bool {
      guard offset >= 0, offset < bytes.count else { return false }
      let byte = bytes[offset]
      return byte == 95 || byte >= 128 || (48...57).contains(byte) || (65...90).contains(byte)
        || (97...122).contains(byte)
    }
    for offset in start...(end - word.count) {
      guard !isWord(offset - 1), !isWord(offset + word.count) else { continue }
      if offset > 0, bytes[offset - 1] == UInt8(ascii: ".") { continue }
      if bytes[offset..<offset + word.count].elementsEqual(word) {
        return SourceRange(offset, offset + word.count)
      }
    }
    return nil
  }
}
