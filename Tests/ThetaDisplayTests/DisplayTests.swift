import Testing
import ThetaArrays
import ThetaRuntime

@testable import ThetaDisplay

// Expected texts were printed by Octave; the golden scripts under Tests/Golden/display hold many more.

@Suite struct DisplayTests {
  static let scalars: [(Double, String)] = [
    (5, "5"), (-5, "-5"), (0, "0"), (-0.0, "0"), (.pi, "3.1416"), (-1.5, "-1.5000"), (100.5, "100.50"),
    (99999, "99999"), (99999.5, "1.0000e+05"), (100_000, "100000"), (123456.789, "1.2346e+05"),
    (0.05, "0.050000"), (0.001, "1.0000e-03"), (1e10, "1.0000e+10"), (1e300, "1.0000e+300"),
    (.nan, "NaN"), (.infinity, "Inf"), (-.infinity, "-Inf"), (NumeralText.missing, " NA"),
  ]

  @Test("a real scalar has five significant digits", arguments: scalars)
  func scalar(_ x: Double, _ text: String) {
    #expect(Display.shortText(x) == text)
    #expect(Display.disp(.number(x), DisplayFormat()) == Display.shortText(x) + "\n")
  }

  @Test("format long shows sixteen digits")
  func long() {
    var format = DisplayFormat()
    format.select(.long)
    #expect(Display.named("x", .number(.pi), format) == "x = 3.141592653589793\n")
    #expect(Display.named("x", .single(NDArray(scalar: Float(Double.pi))), format) == "x = 3.1415927\n")
  }

  @Test("a matrix has a blank line above and below its rows")
  func matrix() {
    let value = Value.make(NDArray(Shape(2, 2), [1.0, 3, 2, 4]))
    #expect(Display.named("x", value, DisplayFormat()) == "x =\n\n   1   2\n   3   4\n\n")
    #expect(Display.disp(value, DisplayFormat()) == "   1   2\n   3   4\n")
  }

  @Test("fractional ranges keep a column for a sign")
  func range() {
    let value = Value.range(RangeValue(base: 0, increment: 0.5, limit: 1, count: 3))
    #expect(Display.disp(value, DisplayFormat()) == "         0    0.5000    1.0000\n")
  }

  @Test("the lowest value of an integer class does not widen its column")
  func lowestInteger() {
    let value = Value.int8(NDArray(row: [1, -128]))
    #expect(Display.disp(value, DisplayFormat()) == "  1  -128\n")
  }

  @Test("very deep cells end in dots instead of exhausting the stack")
  func deepCell() {
    var value = Value.number(1)
    for _ in 0..<2000 { value = .cell(NDArray(scalar: value)) }
    #expect(Display.disp(value, DisplayFormat()).utf8.count > 1000)
  }
}
