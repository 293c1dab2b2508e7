import ThetaArrays

/// The elements of an integer array as text, with the widths that their display needs.
struct IntegerTexts {
  let shape: Shape
  let texts: [String]
  /// Digits of the longest element (none for zero), and one for a sign when any element is negative.
  let width: Int

  init<Element: FixedWidthInteger>(_ array: NDArray<Element>) {
    shape = array.shape
    texts = array.map { String($0) }
    var digits = 0
    var hasNegative = false
    // The lowest value of a signed class has no magnitude of its class: Octave leaves it out of the width.
    for element in array where element != 0 && (element > 0 || element != Element.min) {
      hasNegative = hasNegative || element < 0
      digits = Swift.max(digits, String(element.magnitude).utf8.count)
    }
    width = digits + (hasNegative ? 1 : 0)
  }
}

extension Value {
  /// The texts of an integer array; nil for other classes.
  var integers: IntegerTexts? {
    switch self {
    case .int8(let a): IntegerTexts(a)
    case .int16(let a): IntegerTexts(a)
    case .int32(let a): IntegerTexts(a)
    case .int64(let a): IntegerTexts(a)
    case .uint8(let a): IntegerTexts(a)
    case .uint16(let a): IntegerTexts(a)
    case .uint32(let a): IntegerTexts(a)
    case .uint64(let a): IntegerTexts(a)
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
