import ThetaArrays
import ThetaRuntime

// `format +`: a sign for each element, a blank for zero.

extension DisplayWriter {
  mutating func signs(_ value: Value, indent: Int) {
    let shape = value.shape
    let plain = value.isComplex ? value : value.full
    for row in 0..<shape.rows {
      for column in 0..<shape.columns { out.append(sign(of: plain, row + column * shape.rows)) }
      out.appendNewline()
    }
  }

  /// The sign of the element at an offset; `c` or `i` for a complex number on its own.
  func sign(of value: Value, _ offset: Int) -> UInt8 {
    var x = 0.0
    switch value {
    case .complex(let a):
      if a.count == 1, a[0].imaginary != 0 { return UInt8(ascii: a[0].real == 0 ? "i" : "c") }
      x = Self.magnitude(a[offset].real, a[offset].imaginary)
    case .singleComplex(let a):
      if a.count == 1, a[0].imaginary != 0 { return UInt8(ascii: a[0].real == 0 ? "i" : "c") }
      x = Self.magnitude(Double(a[offset].real), Double(a[offset].imaginary))
    case .diagonal: return sign(of: value.full, offset)
    default: x = value.realArray.map { $0[offset] } ?? 0
    }
    if x > 0 { return UInt8(ascii: "+") }
    return UInt8(ascii: x < 0 ? "-" : " ")
  }

  private static func magnitude(_ real: Double, _ imaginary: Double) -> Double {
    real.isInfinite || imaginary.isInfinite ? .infinity : abs(real) + abs(imaginary)
  }
}
