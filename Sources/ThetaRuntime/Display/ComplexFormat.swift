// How complex numbers are written: both parts in one notation, each with its own width.

struct ComplexFormat {
  var part: NumberFormat
  /// The imaginary part has no column for a sign: its sign stands between the parts.
  var imaginaryWidth: Int { part.width - 1 }

  /// Columns of a matrix, with the gap before them.
  var columnWidth: Int { part.width + imaginaryWidth + 7 }

  /// ` 1.5000 + 2.0000i`
  func append(_ real: Double, _ imaginary: Double, to out: inout [UInt8]) {
    part.append(real, width: part.width, to: &out)
    let isNegative = imaginary.sign == .minus && !imaginary.isNaN
    out.append(isNegative ? " - " : " + ")
    part.append(isNegative ? -imaginary : imaginary, width: imaginaryWidth, to: &out)
    out.append(UInt8(ascii: "i"))
  }
}

extension NumberRules {
  func complexScalar(_ real: Double, _ imaginary: Double) -> ComplexFormat {
    let first = extent(of: CollectionOfOne(real), isExact: true)
    let second = extent(of: CollectionOfOne(imaginary), isExact: true)
    var both = first
    both.largest = max(first.largest, second.largest)
    both.smallest = min(first.largest, second.largest)
    both.isInteger = first.isInteger && second.isInteger
    both.hasSpecial = first.hasSpecial || second.hasSpecial
    if both.hasSpecial, both.largest <= 20, !both.isInteger || real.isNaN || imaginary.isNaN {
      let width = max(1 + max(both.largest, both.smallest, 1), 4)
      return ComplexFormat(part: NumberFormat(notation: .general, width: width, precision: 1))
    }
    if both.isInteger {
      let digits = max(both.largest, 1)
      return ComplexFormat(part: pick(both, width: 1 + digits, decimals: 0, measure: digits))
    }
    return ComplexFormat(part: mixed(both))
  }

  /// For the columns of a complex matrix.
  func complexMatrix(_ real: some Sequence<Double>, _ imaginary: some Sequence<Double>) -> ComplexFormat {
    let first = extent(of: real)
    let second = extent(of: imaginary)
    var both = first
    both.largest = max(first.largest, second.largest)
    both.smallest = max(first.smallest, second.smallest)
    both.isInteger = first.isInteger && second.isInteger
    both.hasSpecial = first.hasSpecial || second.hasSpecial
    return ComplexFormat(part: matrix(both))
  }
}
