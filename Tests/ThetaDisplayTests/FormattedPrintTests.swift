import Testing
import ThetaArrays
import ThetaRuntime

@testable import ThetaDisplay

// Expected texts were printed by Octave; the golden scripts under Tests/Golden/printf hold many more.

@Suite struct FormattedPrintTests {
  private func text(_ template: String, _ arguments: Value...) throws(RuntimeError) -> String {
    let bytes = try FormattedPrint.format(
      template: .string(template, .double), arguments: arguments, function: "printf")
    return String(decoding: bytes, as: UTF8.self)
  }

  @Test("the template is used again while data remain")
  func cycles() throws {
    #expect(try text("%d, ", .row([1, 2, 3])) == "1, 2, 3, ")
    #expect(try text("%d %d|", .row([1, 2, 3])) == "1 2|3 ")
    #expect(try text("%s=%d;", .string("a"), .number(1), .string("bc"), .number(2)) == "a=1;bc=2;")
  }

  @Test("without data the output stops at the first conversion")
  func noData() throws {
    #expect(try text("hello %d\n") == "hello ")
    #expect(try text("a %d b", .emptyMatrix) == "a  b")
  }

  @Test("integer conversions of fractions are written in general notation")
  func fractions() throws {
    #expect(try text("%d %x %i", .number(1.5), .number(3.5), .number(1e10)) == "1.5 3.5 10000000000")
    #expect(try text("%5d|%+d", .number(.infinity), .number(.nan)) == "  Inf|+NaN")
  }

  @Test("wide fields are cut instead of filling the memory")
  func widths() throws {
    #expect(try text("%2147483647d", .number(1)).utf8.count == FormattedPrint.widestField)
    #expect(throws: RuntimeError.self) { try text("%99999999999d", .number(1)) }
  }

  @Test("every short byte sequence is either a template or an error")
  func malformed() {
    let alphabet = Array("%d5.*s-l0c\\x".utf8)
    for a in alphabet {
      for b in alphabet {
        for c in alphabet {
          for d in alphabet {
            _ = try? FormattedPrint.format(
              template: .bytes([a, b, c, d]), arguments: [.number(3), .string("x")], function: "printf")
          }
        }
      }
    }
  }

  @Test("escapes are processed and undone")
  func escapes() {
    #expect(FormattedPrint.processEscapes(Array(#"a\tb\\\x41\101\q"#.utf8)) == Array("a\tb\\AAq".utf8))
    #expect(FormattedPrint.undoEscapes(Array("a\tb\\\"".utf8)) == Array(#"a\tb\\\""#.utf8))
    #expect(FormattedPrint.processEscapes(Array(#"\"#.utf8)) == Array(#"\"#.utf8))
  }
}
