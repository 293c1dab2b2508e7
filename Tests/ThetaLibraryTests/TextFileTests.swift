import Foundation
import Testing
import ThetaArrays
import ThetaRuntime

@testable import ThetaFiles

/// Text files with numbers, as they are and damaged.
@Suite("Text files")
struct TextFileTests {
  private static func table(_ text: String) -> NDArray<Double>? { try? NumberTable.read(Array(text.utf8)) }

  @Test("numbers are read to the last digit")
  func readsNumbersExactly() {
    let numbers = [
      "0.1", "1e22", "1e23", "123456789012345680", "5e-324", "1.7976931348623157e308", "-2.5",
      "3.141592653589793",
      "9007199254740993", "0.30000000000000004", "1e-7", "123456789012345678901234567890",
      "0.000000000000000000000000000001234",
    ]
    for number in numbers { #expect(Self.table(number)?[0] == Double(number)) }
    #expect(Self.table("1e400 -1e400 1e-400")?[0] == .infinity)
    #expect(Self.table(".5 5. +3 -.25e1") == NDArray(row: [0.5, 5, 3, -2.5]))
  }

  @Test(
    "what is no table is refused",
    arguments: ["", "\n\n", "a", "1 2\n3", "1,,2", ",1", "1 2x", "--1", "1e", "."])
  func refuses(_ text: String) {
    #expect(Self.table(text) == nil)
  }

  @Test("damaged tables are read or refused")
  func survivesDamage() throws {
    var random = SystemSeed(state: 7)
    let pieces = [
      "1", "-2.5e3", ",", " ", "\t", "\n", "\r\n", "%", "#", "Inf", "NaN", "NA", "e", ".", "x", ";", "\0",
    ]
    for _ in 0..<5000 {
      var text = ""
      for _ in 0..<Int(random.next() % 20) { text += pieces[Int(random.next() % UInt64(pieces.count))] }
      _ = Self.table(text)
      for separator in [[], [UInt8(ascii: ",")], [UInt8(ascii: " ")], Array("::".utf8)] {
        _ = try DelimitedReading.matrix(Array(text.utf8), separator, emptyValue: 0)
      }
    }
  }

  @Test("Octave's text format, cut off or changed, is read or refused")
  func survivesDamagedOctaveText() throws {
    let url = MatFileTests.root.appending(path: "Golden/files/data/octave_text.txt")
    let whole = [UInt8](try Data(contentsOf: url))
    let invoker = NoInvoker()
    let context = Context(console: NoConsole(), files: NoFiles(), invoker: invoker)
    func read(_ bytes: [UInt8]) {
      var reader = OctaveTextReader(bytes, context: context)
      while let next = try? reader.next() { _ = next }
    }
    for length in stride(from: 0, to: whole.count, by: 3) { read(Array(whole[..<length])) }
    var random = SystemSeed(state: 11)
    for _ in 0..<3000 {
      var damaged = whole
      for _ in 0...Int(random.next() % 4) {
        let digits = Array("0123456789-:# \n".utf8)
        let byte =
          random.next() % 2 == 0 ? digits[Int(random.next() % 15)] : UInt8(truncatingIfNeeded: random.next())
        damaged[Int(random.next() % UInt64(whole.count))] = byte
      }
      read(damaged)
    }
    read(Array("# name: x\n# type: matrix\n# rows: 99999999999\n# columns: 99999999999\n1\n".utf8))
    read(Array("# name: x\n# type: matrix\n# rows: 9999999999999999\n# columns: 0\n".utf8))
    read(Array("# name: x\n# type: cell\n# rows: 999999999\n# columns: 1\n".utf8))
    read(Array("# name: x\n# type: diagonal matrix\n# rows: 999999999\n# columns: 1\n1\n".utf8))
    read(Array("# name: x\n# type: diagonal matrix\n# rows: 9000000000000000000\n# columns: 2\n1\n2\n".utf8))
    read(Array("# name: x\n# type: sparse matrix\n# nnz: 9999999999\n# rows: 1\n# columns: 1\n1 1 1\n".utf8))
  }
}

/// Stand-ins for the session around a reader that needs none.
private final class NoInvoker: Invoker {
  private var refusal: RuntimeError { RuntimeError("no machine") }
  func invoke(_ function: FunctionValue, _ arguments: [Value], outputs: Int) throws(RuntimeError) -> [Value] {
    throw refusal
  }
  func invoke(named name: String, _ arguments: [Value], outputs: Int) throws(RuntimeError) -> [Value] {
    throw refusal
  }
  func evaluate(_ code: [UInt8], outputs: Int, depth: Int) throws(RuntimeError) -> [Value] { throw refusal }
  func makeFunction(_ code: String) throws(RuntimeError) -> FunctionValue { throw refusal }
  func runScript(_ path: String) throws(RuntimeError) { throw refusal }
  func resolve(_ name: String) -> ResolvedFunction? { nil }
  func workspace(depth: Int) -> any Workspace { NoWorkspace() }
  func resetFunctions(where isChosen: (String) -> Bool) {}
  var callStack: [RuntimeError.Frame] { [] }
  var searchPaths: [String] = []
}

private struct NoWorkspace: Workspace {
  func variable(_ name: String) -> Value? { nil }
  func setVariable(_ name: String, _ value: Value) {}
  func clearVariable(_ name: String) {}
  var variableNames: [String] { [] }
  func isGlobal(_ name: String) -> Bool { false }
  func clearGlobal(_ name: String) {}
  func isOutputUsed(_ position: Int) -> Bool { true }
  var argumentCounts: (inputs: Int, outputs: Int) { (0, 0) }
}

private final class NoConsole: Console {
  func write(_ bytes: [UInt8]) {}
  func writeError(_ bytes: [UInt8]) {}
  func flush() {}
  func readLine(prompt: String) -> String? { nil }
}

private final class NoFiles: FileSystem {
  func read(_ path: String) throws(FileError) -> [UInt8] { throw FileError(path: path, reason: "none") }
  func write(_ bytes: [UInt8], to path: String) throws(FileError) {
    throw FileError(path: path, reason: "none")
  }
  func isFile(_ path: String) -> Bool { false }
  func isDirectory(_ path: String) -> Bool { false }
  func list(_ path: String) throws(FileError) -> [String] { throw FileError(path: path, reason: "none") }
  var currentDirectory = "/"
}
