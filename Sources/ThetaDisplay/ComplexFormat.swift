// How complex numbers are written: both parts in one notation, each with its own width.

import ThetaRuntime

struct ComplexFormat {
  /// What stands between the parts.
  enum Joint {
    /// ` + ` or ` - `; the imaginary part is written without its sign.
    case sign
    /// Two blanks: `format hex` and `format bit` show signs as bits.
    case blanks
    /// Only the real part is shown, as `format bank` does.
    case hidden
  }

  let part: NumberFormat
  let imaginaryWidth: Int
  let joint: Joint

  /// In a notation whose imaginary part needs no column for a sign.
  init(_ part: NumberFormat) {
    self.part = part
    imaginaryWidth = part.width - 1
    joint = .sign
  }

  /// Under a common scale.
  init(_ scale: CommonScale) {
    part = scale.part
    imaginaryWidth = scale.part.width - 2
    joint = .sign
  }

  /// In a notation that a `format` style asks for.
  init(_ part: NumberFormat, style: DisplayFormat.Style) {
    self.part = part
    switch style {
    case .bank:
      imaginaryWidth = 0
      joint = .hidden
    case .hex, .bit:
      imaginaryWidth = part.width
      joint = .blanks
    case .shortG, .longG, .rat:
      imaginaryWidth = part.width
      joint = .sign
    default:
      imaginaryWidth = part.width - 1
      joint = .sign
    }
  }

  /// Columns of a matrix with the gap before them, as the splitting at the terminal's width counts them.
  var columnWidth: Int {
    let hasSign = joint == .sign && part.notation != .rational
    return part.width + imaginaryWidth + (hasSign ? 7 : 2)
  }

  /// Columns of a matrix as they are written, without the gap.
  var writtenWidth: Int {
    switch joint {
    case .sign: part.width + imaginaryWidth + 4
    case .blanks: part.width + imaginaryWidth + 3
    case .hidden: part.width
    }
  }

  /// ` 1.5000 + 2.0000i`
  func append(_ real: Double, _ imaginary: Double, to out: inout [UInt8]) {
    part.append(real, width: part.width, to: &out)
    if joint == .hidden { return }
    let isNegative = joint == .sign && imaginary.sign == .minus && !imaginary.isNaN
    out.append(joint == .blanks ? "  " : isNegative ? " - " : " + ")
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
    if let format = styled(style == .bank ? first : both, isScalar: style == .rat) {
      return ComplexFormat(format, style: style)
    }
    if both.hasSpecial, both.largest <= 20, !both.isInteger || real.isNaN || imaginary.isNaN {
      let width = max(1 + max(both.largest, both.smallest, 1), 4)
      return ComplexFormat(NumberFormat(notation: .general, width: width, precision: 1))
    }
    if both.isInteger {
      let digits = max(both.largest, 1)
      return ComplexFormat(pick(both, width: 1 + digits, decimals: 0, measure: digits))
    }
    return ComplexFormat(mixed(both))
  }

  /// Of the real parts, and of both parts together, of a complex matrix.
  func complexExtent(
    _ real: some Sequence<Double>, _ imaginary: some Sequence<Double>
  ) -> (real: Extent, both: Extent) {
    let first = extent(of: real)
    let second = extent(of: imaginary)
    var both = first
    both.largest = max(first.largest, second.largest)
    both.smallest = max(first.smallest, second.smallest)
    both.isInteger = first.isInteger && second.isInteger
    both.hasSpecial = first.hasSpecial || second.hasSpecial
    return (first, both)
  }

  /// For the columns of a complex matrix.
  func complexMatrix(_ extent: (real: Extent, both: Extent)) -> ComplexFormat {
    ComplexFormat(matrix(style == .bank ? extent.real : extent.both), style: style)
  }
}
