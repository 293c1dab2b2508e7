import ThetaRuntime
import ThetaSyntax

extension Machine {
  /// The arguments of the call that a frame is executing, as source text: its piece of the source is parsed again,
  /// which only errors and displays ask for.
  public func argumentTexts(depth: Int) -> [String] {
    let frame = frames + frame(depth: depth)
    let chunk = frame.pointee.chunk
    let pc = max(frame.pointee.pc - 1, 0)
    guard pc < chunk.ranges.count else { return [] }
    let range = chunk.ranges[pc]
    let piece = SourceFile(name: "", text: chunk.unit.source.text(range))
    guard let statement = Parser.parse(piece).program.statements.first else { return [] }
    switch statement.kind {
    case .command(_, let words): return words.map { "\"\(String(decoding: $0, as: UTF8.self))\"" }
    case .expression(let expression):
      guard case .call(_, let arguments) = expression.kind else { return [] }
      return arguments.map { SourcePrinter.print($0, source: piece) }
    default: return []
    }
  }
}
