import ThetaArrays

// Characters as bytes: what the text builtins share. Classes of characters are those of the C locale.

package typealias Bytes = [UInt8]

extension UInt8 {
  package var isSpaceByte: Bool { self == 32 || (self >= 9 && self <= 13) }
  package var isDigitByte: Bool { self >= 48 && self <= 57 }
  package var isUpperByte: Bool { self >= 65 && self <= 90 }
  package var isLowerByte: Bool { self >= 97 && self <= 122 }
  package var isAlphaByte: Bool { isUpperByte || isLowerByte }
  package var isAlnumByte: Bool { isAlphaByte || isDigitByte }
  package var isHexByte: Bool { isDigitByte || (self | 32 >= 97 && self | 32 <= 102) }
  package var isPunctByte: Bool { self > 32 && self < 127 && !isAlnumByte }
  package var isControlByte: Bool { self < 32 || self == 127 }
  package var lowered: UInt8 { isUpperByte ? self + 32 : self }
  package var uppered: UInt8 { isLowerByte ? self - 32 : self }
  /// What `strtrim` and `deblank` remove.
  package var isBlankByte: Bool { isSpaceByte || self == 0 }
}

extension Array where Element == UInt8 {
  package init(ascii text: StaticString) { self = text.withUTF8Buffer { Array($0) } }

  /// The bytes as a Swift string.
  package var text: String { String(decoding: self, as: UTF8.self) }

  package var lowered: Bytes { map(\.lowered) }

  /// Without blanks at both ends.
  package var trimmed: Bytes {
    guard let first = firstIndex(where: { !$0.isBlankByte }) else { return [] }
    let last = lastIndex { !$0.isBlankByte } ?? first
    return Array(self[first...last])
  }

  /// Without blanks at the end.
  package var deblanked: Bytes {
    guard let last = lastIndex(where: { !$0.isBlankByte }) else { return [] }
    return Array(self[...last])
  }

  /// True when `other` stands at an offset.
  package func matches(_ other: Bytes, at offset: Int) -> Bool {
    guard offset >= 0, offset + other.count <= count else { return false }
    for i in 0..<other.count where self[offset + i] != other[i] { return false }
    return true
  }

  /// The offsets where a pattern stands; `overlapping` matches too when wanted.
  package func offsets(of pattern: Bytes, overlapping: Bool) -> [Int] {
    guard !pattern.isEmpty, pattern.count <= count else { return [] }
    var result: [Int] = []
    var i = 0
    while i + pattern.count <= count {
      if matches(pattern, at: i) {
        result.append(i)
        i += overlapping ? 1 : pattern.count
      } else {
        i += 1
      }
    }
    return result
  }

  /// Every occurrence of a pattern replaced; those that overlap are replaced each, as Octave does.
  package func replacing(_ pattern: Bytes, with replacement: Bytes) -> Bytes {
    let places = offsets(of: pattern, overlapping: true)
    if places.isEmpty { return self }
    var result: Bytes = []
    var done = 0
    for place in places {
      if place > done { result += self[done..<place] }
      result += replacement
      done = place + pattern.count
    }
    return result + self[done...]
  }

  /// The pieces between the places where a byte stands.
  package func lines(at byte: UInt8) -> [Bytes] {
    split(separator: byte, omittingEmptySubsequences: false).map { Array($0) }
  }
}

extension Value {
  /// A row of characters that is 1×0 when there are none (`Value.bytes` gives 0×0).
  package static func rowText(_ bytes: Bytes, _ quotes: QuoteStyle = .single) -> Value {
    .text(NDArray(Shape(1, bytes.count), bytes), quotes)
  }

  /// The elements of a cell in column-major order; nil for everything else.
  package var cellElements: [Value]? {
    guard case .cell(let cells) = self else { return nil }
    return Array(cells)
  }

  /// True for a cell whose elements are all text.
  package var isCellOfStrings: Bool {
    guard case .cell(let cells) = self else { return false }
    return cells.allSatisfy { $0.isText }
  }

  /// A string as one byte list, a char matrix by rows, a cell of strings: the strings it holds. Nil for what is no text.
  package var byteStrings: [Bytes]? {
    switch self {
    case .text: return textRows
    case .cell(let cells):
      var result: [Bytes] = []
      for value in cells {
        guard let bytes = value.textBytes else { return nil }
        result.append(bytes)
      }
      return result
    default: return nil
    }
  }

  /// A 1×n cell.
  package static func rowCell(_ values: [Value]) -> Value { .cell(Shape(1, values.count), values) }
  /// An n×1 cell.
  package static func columnCell(_ values: [Value]) -> Value { .cell(Shape(values.count, 1), values) }
  /// A 1×0 matrix.
  package static var emptyRow: Value { .make(NDArray<Double>(zeros: Shape(1, 0))) }

  /// The struct when it is one.
  package var structValue: StructArray? {
    guard case .structure(let s) = self else { return nil }
    return s
  }

  /// A real scalar number that is an integer.
  package var integerScalar: Int? {
    guard count == 1, !isText, let x = firstReal else { return nil }
    return Int(exactly: x)
  }
}

extension NDArray where Element == Value {
  /// Each element transformed, in the same shape; the transform may throw.
  package func mapValues(_ transform: (Value) throws(RuntimeError) -> Value) throws(RuntimeError) -> Value {
    var result: [Value] = []
    result.reserveCapacity(count)
    for value in self { result.append(try transform(value)) }
    return .cell(shape, result)
  }
}
