import ThetaArrays
import ThetaDisplay
import ThetaRuntime

// rat: numbers as continued fractions.

enum Rationals {
  static let table: [Builtin] = [
    Builtin(
      "[n, d] = rat (x, tol?)",
      """
      Numerators and denominators near numbers, or their expansion as text.

      >> rat (pi)
      ans = 3 + 1/(7 + 1/16)

      """, multiple: rat),
    Builtin(
      "str = rats (x, len?)",
      """
      Numbers as fractions, as text.

      >> rats (0.75)
      ans =       3/4

      """, rats),
  ]

  /// The convergent of a continued fraction that is near enough, and its steps.
  private static func expand(_ x: Double, _ tolerance: Double) -> (n: Double, d: Double, steps: [Double]) {
    var steps = [x.rounded()]
    var (lastN, n) = (1.0, x.rounded())
    var (lastD, d) = (0.0, 1.0)
    var fraction = x - x.rounded()
    while abs(x - n / d) >= tolerance, fraction != 0, steps.count < 40 {
      let flipped = 1 / fraction
      let step = flipped.rounded()
      fraction = flipped - step
      (lastN, n) = (n, n * step + lastN)
      (lastD, d) = (d, d * step + lastD)
      steps.append(step)
    }
    return d < 0 ? (-n, -d, steps) : (n, d, steps)
  }

  private static func tolerance(_ array: NDArray<Double>) -> Double {
    let norm = array.filter(\.isFinite).reduce(0) { $0 + abs($1) }
    return 1e-6 * norm
  }

  private static func rat(_ call: inout Call) throws(RuntimeError) -> [Value] {
    guard !call[0].isText else { throw call.error("X must be a single or double array") }
    if call[0].isComplex { throw call.error("X must be a real, not complex, array") }
    let array = try call.array(0, "X must be a single or double array")
    let limit = call.count > 1 ? try call.real(1) : tolerance(array)
    if call.outputs > 1 {
      let pairs = array.map { x -> (Double, Double) in
        if x.isNaN { return (.nan, 1) }
        if x.isInfinite { return (x < 0 ? -1 : 1, 0) }
        let (n, d, _) = expand(x, limit)
        return (n, d)
      }
      return [.make(pairs.map { $0.0 }), .make(pairs.map { $0.1 })]
    }
    let lines = Array(array).map { x -> Bytes in
      if !x.isFinite { return Array((NumberFormatting.general(x, 5) + (x.isNaN ? " " : "")).utf8) }
      let steps = expand(x, limit).steps
      var text = NumberFormatting.integer(steps[0]) + (steps.count == 1 && steps[0] != 0 ? " " : "")
      for (i, step) in steps.enumerated() where i > 0 {
        let isLast = i == steps.count - 1
        let number = NumberFormatting.integer(step)
        if isLast {
          text += " + 1/" + (step < 0 ? "(\(number))" : number)
        } else {
          text += " + 1/(" + number
        }
      }
      text += String(repeating: ")", count: max(0, steps.count - 2))
      return Array(text.utf8)
    }
    return [.characterMatrix(lines)]
  }

  private static func rats(_ call: inout Call) throws(RuntimeError) -> Value {
    guard call[0].isNumeric else { throw call.error("X must be numeric") }
    if call[0].isInteger {
      // Integers are shown as they are.
      let lines = Display.dispBytes(call[0], call.context.format).lines(at: 10)
      return .characterMatrix(lines.filter { !$0.isEmpty })
    }
    if call[0].isComplex, let array = call[0].complexArray { return complexText(array) }
    let array = try call.array(0, "X must be numeric")
    if array.count == 1, array[0] == 0 { return .string("0") }
    let width = call.count > 1 ? min(max(1, try call.integer(1)), 200) : 9
    let rows = array.shape.rows
    let columns = rows > 0 ? array.count / rows : 0
    let lines = (0..<rows).map { i -> Bytes in
      (0..<columns).flatMap { j -> Bytes in
        let text = NumeralText.rational(array[i + j * rows], width: width)
        return Array(NumberFormatting.padLeft(text, columns == 1 && rows == 1 ? width : width + 2).utf8)
      }
    }
    return .characterMatrix(lines)
  }

  private static func complexText(_ array: NDArray<ComplexDouble>) -> Value {
    let lead = array.shape.isScalar ? 9 : 11
    return grid(array.shape) { offset in
      let z = array[offset]
      let real = NumeralText.rational(z.real, width: 9)
      let imaginary = NumeralText.rational(abs(z.imaginary), width: 9)
      let isZero = z.imaginary == 0 && array.shape.isScalar
      return NumberFormatting.padLeft(real, lead) + (z.imaginary.sign == .minus ? " - " : " + ")
        + (isZero ? imaginary : NumberFormatting.padLeft(imaginary, 9)) + "i"
    }
  }

  /// A row of text for each row; pages lie side by side.
  private static func grid(_ shape: Shape, _ element: (Int) -> String) -> Value {
    let rows = shape.rows
    let columns = rows > 0 ? shape.count / rows : 0
    return .characterMatrix(
      (0..<rows).map { i in (0..<columns).flatMap { Bytes(element(i + $0 * rows).utf8) } })
  }
}
