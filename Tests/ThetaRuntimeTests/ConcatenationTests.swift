import Testing
import ThetaArrays

@testable import ThetaRuntime

@Suite struct ConcatenationTests {
  @Test("any values joined in any direction return or throw")
  func nothingTraps() {
    let values = Samples.all
    for a in values {
      _ = try? Concatenation.matrix([[a]])
      for b in values {
        _ = try? Concatenation.matrix([[a, b]])
        _ = try? Concatenation.matrix([[a], [b]])
        _ = try? Concatenation.cell([[a, b]])
        for dimension in 0..<4 { _ = try? Concatenation.along(dimension, [a, b, a], function: "cat") }
      }
    }
  }

  @Test("columns side by side are the elements of one after those of the other")
  func columns() throws {
    for a in Samples.shapes {
      for b in Samples.shapes where a.is2D && b.is2D && a.rows == b.rows {
        let joined = try Concatenation.matrix([[.make(Samples.doubles(a)), .make(Samples.doubles(b))]])
        #expect(joined.shape == Shape(a.rows, a.columns + b.columns))
        #expect(numbers(joined) == Array(Samples.doubles(a)) + Array(Samples.doubles(b)))
      }
    }
  }

  @Test("rows of strings are filled with blanks")
  func strings() throws {
    let joined = try Concatenation.matrix([[.string("a")], [.string("bcd")]])
    #expect(joined.shape == Shape(2, 3))
    #expect(joined.textRows?[0] == Array("a  ".utf8))
  }

  @Test("the first integer class wins, text wins over everything")
  func classes() throws {
    let (i, j) = (Value.make(NDArray<Int8>(row: [1])), Value.make(NDArray<Int16>(row: [1000])))
    #expect(try Concatenation.matrix([[i, j]]).className == "int8")
    #expect(try Concatenation.matrix([[.number(1), j, i]]).className == "int16")
    #expect(try Concatenation.matrix([[i, .string("a")]]).className == "char")
    #expect(try Concatenation.matrix([[.logical(true), .logical(false)]]).className == "logical")
    #expect(try Concatenation.matrix([[.logical(true), .emptyMatrix]]).className == "double")
  }
}
