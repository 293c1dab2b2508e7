/// Bytes of a MAT file with their byte order. Every reader is checked against the end by its caller
/// (`MatImage`), and by the array itself.
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
    let length = word(position + 4)
    guard length <= limit - position - 8 else { throw .truncated }
    // Data is padded to eight bytes; the padding of the last element of a file may be missing.
    let end = position + 8 + length + (8 - length % 8) % 8
    return Element(type: first, start: position + 8, length: length, end: min(end, limit))
  }
}
