import ThetaArrays

/// Bytes of a MAT file with their byte order. `element` checks every length against what is there.
struct MatBytes {
  let bytes: [UInt8]
  let isBigEndian: Bool

  init(_ bytes: [UInt8], isBigEndian: Bool) {
    self.bytes = bytes
    self.isBigEndian = isBigEndian
  }

  var count: Int { bytes.count }

  /// An unsigned 32-bit number.
  func word(_ position: Int) -> Int {
    var value: UInt32 = 0
    for k in 0..<4 {
      value = value << 8 | UInt32(bytes[position + (isBigEndian ? k : 3 - k)])
    }
    return Int(value)
  }

  /// A signed 32-bit number.
  func signedWord(_ position: Int) -> Int { Int(Int32(truncatingIfNeeded: word(position))) }

  /// One element: a tag, and data that the tag says the type and length of.
  struct Element {
    var type: Int
    var start: Int
    var length: Int
    /// Where the next element begins.
    var end: Int

    var data: Range<Int> { start..<start + length }
  }

  /// The element at a position, which must end before `limit`.
  func element(at position: Int, limit: Int) throws(MatFileProblem) -> Element {
    guard position + 8 <= limit else { throw .truncated }
    let first = word(position)
    if first >> 16 != 0 {
      // Up to four bytes of data share the tag's eight.
      guard first >> 16 <= 4 else { throw .damaged }
      return Element(type: first & 0xffff, start: position + 4, length: first >> 16, end: position + 8)
    }
    var length = word(position + 4)
    let rest = limit - position - 8
    // Octave counts four bytes too many for a variable that ends with a short text.
    if first == 14, length > rest, length <= rest + 4 { length = rest }
    guard length <= rest else { throw .truncated }
    // Data is padded to eight bytes; the padding of the last element of a file may be missing.
    let end = position + 8 + length + (8 - length % 8) % 8
    return Element(type: first, start: position + 8, length: length, end: min(end, limit))
  }

  // MARK: - Numbers

  /// The numbers of an element, of whatever type they are stored in: `real` takes those with a point, `whole` the bits of
  /// the others, unsigned ones of 64 bits too.
  func numbers<Number: ArrayElement>(
    _ data: Element, _ shape: Shape, real: (Double) -> Number, whole: (Int64) -> Number
  ) throws(MatFileProblem) -> NDArray<Number> {
    guard let width = Mat5Header.width(of: data.type), data.length == shape.count * width else {
      throw .damaged
    }
    switch data.type {
    case 1: return array(data, shape, Int8.self) { whole(Int64($0)) }
    case 2, 16: return array(data, shape, UInt8.self) { whole(Int64($0)) }
    case 3: return array(data, shape, Int16.self) { whole(Int64($0)) }
    case 4, 17: return array(data, shape, UInt16.self) { whole(Int64($0)) }
    case 5: return array(data, shape, Int32.self) { whole(Int64($0)) }
    case 6, 18: return array(data, shape, UInt32.self) { whole(Int64($0)) }
    case 7: return array(data, shape, UInt32.self) { real(Double(Float(bitPattern: $0))) }
    case 9: return array(data, shape, UInt64.self) { real(Double(bitPattern: $0)) }
    case 12: return array(data, shape, Int64.self) { whole($0) }
    case 13: return array(data, shape, UInt64.self) { whole(Int64(bitPattern: $0)) }
    default: throw .damaged
    }
  }

  @inline(__always)
  private func array<Stored: FixedWidthInteger, Number>(
    _ data: Element, _ shape: Shape, _: Stored.Type, _ convert: (Stored) -> Number
  ) -> NDArray<Number> {
    // `numbers` has checked the length, `element` the place.
    bytes.withUnsafeBytes { bytes in
      NDArray<Number>(shape) { out in
        for i in out.indices {
          let stored = bytes.loadUnaligned(
            fromByteOffset: data.start + i * MemoryLayout<Stored>.size, as: Stored.self)
          let value = isBigEndian ? Stored(bigEndian: stored) : Stored(littleEndian: stored)
          out.initializeElement(at: i, to: convert(value))
        }
      }
    }
  }

  /// Zeros in a shape that nothing in the file bounds.
  static func zeros(_ shape: Shape) throws(MatFileProblem) -> NDArray<ComplexDouble> {
    do { _ = try shape.checkedCount(elementSize: 16) } catch { throw .damaged }
    guard Allocation.canHold(16 * shape.count) else {
      throw MatFileProblem("holds a sparse matrix that is too large as a full one")
    }
    return NDArray(zeros: shape)
  }
}
