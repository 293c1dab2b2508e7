import ThetaArrays
import ThetaText

/// The flags, sizes and name with which a matrix of a version 5 file begins.
struct Mat5Header {
  /// The class number of the format: 1 cell, 2 struct, 3 object, 4 char, 5 sparse, 6…15 numbers, 16 function,
  /// 17 opaque.
  let kind: Int
  let isComplex: Bool
  let isLogical: Bool
  let shape: Shape
  let count: Int
  let name: String
  /// Where the data begins.
  let end: Int

  init(_ source: MatBytes, _ element: MatBytes.Element) throws(MatFileProblem) {
    let limit = element.start + element.length
    let flags = try source.element(at: element.start, limit: limit)
    guard flags.type == 6, flags.length == 8 else { throw .damaged }
    kind = source.word(flags.start) & 0xff
    isComplex = source.word(flags.start) & 0x0800 != 0
    isLogical = source.word(flags.start) & 0x0200 != 0
    if kind == 17 {
      // An opaque object has no sizes: its name comes next.
      let name = try source.element(at: flags.end, limit: limit)
      self.name = String(decoding: source.bytes[name.data], as: UTF8.self)
      shape = .empty
      count = 0
      end = name.end
      return
    }
    let dimensions = try source.element(at: flags.end, limit: limit)
    guard dimensions.type == 5, dimensions.length % 4 == 0, dimensions.length >= 8, dimensions.length <= 128
    else { throw .damaged }
    var sizes: [Int] = []
    for k in 0..<dimensions.length / 4 {
      let size = source.signedWord(dimensions.start + 4 * k)
      guard size >= 0 else { throw .damaged }
      sizes.append(size)
    }
    shape = Shape(sizes)
    do { count = try shape.checkedCount(elementSize: 1) } catch { throw .damaged }
    let name = try source.element(at: dimensions.end, limit: limit)
    guard name.type == 1 || name.type == 2 else { throw .damaged }
    self.name = String(decoding: source.bytes[name.data].prefix { $0 != 0 }, as: UTF8.self)
    end = name.end
  }

  /// Bytes of one number of a data type of the format, or nil when it is none.
  static func width(of type: Int) -> Int? {
    switch type {
    case 1, 2, 16: 1
    case 3, 4, 17: 2
    case 5, 6, 7, 18: 4
    case 9, 12, 13: 8
    default: nil
    }
  }
}
