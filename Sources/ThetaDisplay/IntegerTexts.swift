import ThetaArrays
import ThetaRuntime

/// The elements of an integer array as text, with the widths that their display needs.
struct IntegerTexts {
  let shape: Shape
  let texts: [String]
  /// Digits of the longest element (none for zero), and one for a sign when any element is negative.
  let width: Int

  init<Element: FixedWidthInteger>(_ array: NDArray<Element>, _ style: DisplayFormat.Style) {
    shape = array.shape
    if style == .hex || style == .bit {
      let full = style == .hex ? Element.bitWidth / 4 : Element.bitWidth
      texts = array.map {
        let digits = String(Element.Magnitude(truncatingIfNeeded: $0), radix: style == .hex ? 16 : 2)
        return String(repeating: "0", count: max(0, full - digits.utf8.count)) + digits
      }
      width = full
      return
    }
    let tail = style == .bank ? ".00" : ""
    texts = array.map { String($0) + tail }
    var digits = 0
    var hasNegative = false
    // The lowest value of a signed class has no magnitude of its class: Octave leaves it out of the width.
    for element in array where element != 0 && (element > 0 || element != Element.min) {
      hasNegative = hasNegative || element < 0
      digits = Swift.max(digits, String(element.magnitude).utf8.count)
    }
    width = digits + (hasNegative ? 1 : 0) + tail.utf8.count
  }
}

extension Value {
  /// The texts of an integer array; nil for other classes.
  func integers(_ style: DisplayFormat.Style) -> IntegerTexts? {
    switch self {
    case .int8(let a): IntegerTexts(a, style)
    case .int16(let a): IntegerTexts(a, style)
    case .int32(let a): IntegerTexts(a, style)
    case .int64(let a): IntegerTexts(a, style)
    case .uint8(let a): IntegerTexts(a, style)
    case .uint16(let a): IntegerTexts(a, style)
    case .uint32(let a): IntegerTexts(a, style)
    case .uint64(let a): IntegerTexts(a, style)
    default: nil
    }
  }
}

extension DisplayWriter {
  /// Integer classes and logicals: two columns between elements. All pages of an N-d array share one width.
  mutating func integerMatrix(_ integers: IntegerTexts, indent: Int) {
    let pages = Pages(integers.shape)
    let page = Shape(integers.shape.rows, integers.shape.columns)
    for k in 0..<pages.count {
      if pages.count > 1 {
        out.append("\(pages.name(k)) =\n")
        blank()
      }
      columns(page, width: integers.width + 2, indent: indent) { row, column, out in
        out.append("  ")
        out.append(integers.texts[k * page.count + row + column * page.rows], alignedTo: integers.width)
      }
      if k < pages.count - 1 { out.appendNewline() }
    }
  }
}
