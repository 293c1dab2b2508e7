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

@Suite struct ConversionTests {
  @Test("every value to every class gives that class, nothing, or an error")
  func everyConversion() {
    for value in Samples.all {
      for target in NumericClass.allCases {
        guard let result = try? Conversions.convert(value, to: target) else { continue }
        #expect(result.className == target.rawValue)
        #expect(result.shape == value.shape)
      }
    }
  }

  @Test("doubles become the nearest integer of the type")
  func integers() {
    #expect(Int8(saturating: 2.5) == 3)
    #expect(Int8(saturating: -2.5) == -3)
    #expect(Int8(saturating: 300) == 127)
    #expect(UInt8(saturating: -1) == 0)
    #expect(Int64(saturating: 1e30) == .max)
    #expect(Int64(saturating: -1e30) == .min)
    #expect(UInt64(saturating: .infinity) == .max)
    #expect(Int32(saturating: .nan) == 0)
  }
}
