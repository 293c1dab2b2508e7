import ThetaArrays
import ThetaText

/// The flags, sizes and name with which a matrix of a version 5 file begins.
struct MatHeader5 {
  /// The class number of the format: 1 cell, 2 struct, 3 object, 4 char, 5 sparse, 6…15 numbers, 16 function,
  /// 17 opaque.
  let kind: Int
  let isComplex: Bool
  let isLogical: Bool
  let sizes: [Int]
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
      sizes = []
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
    self.sizes = sizes
    do { count = try Shape(sizes).checkedCount(elementSize: 1) } catch { throw .damaged }
    let name = try source.element(at: dimensions.end, limit: limit)
    guard name.type == 1 || name.type == 2 else { throw .damaged }
    self.name = String(decoding: source.bytes[name.data].prefix { $0 != 0 }, as: UTF8.self)
    end = name.end
  }

  /// What a variable is that the language has nothing for, or nil when it can be read.
  var unsupportedKind: String? {
    switch kind {
    case 1, 2, 4...15: nil
    case 3: "an object"
    case 16: "a function handle"
    case 17: "an object"
    default: "something unknown"
    }
  }

  /// Bytes of one number of a data type of the format, or nil when it is none.
  static func width(of type: Int) -> Int? {
    switch type {
    case 1, 2: 1
    case 3, 4: 2
    case 5, 6, 7: 4
    case 9, 12, 13: 8
    default: nil
    }
  }
}

/// The header of one variable of a version 4 file.
struct MatHeader4 {
  let name: String
  let isSparse: Bool
  /// Where the next variable begins.
  let end: Int

  /// Whether this can be the type of a variable: four decimal digits for the machine, zero, number type,
  /// matrix type.
  static func isValid(type: Int, isBigEndian: Bool) -> Bool {
    type / 1000 == (isBigEndian ? 1 : 0) && type / 100 % 10 == 0 && type / 10 % 10 <= 5 && type % 10 <= 2
  }

  /// Nil when there is no header at the position.
  init?(_ file: MatBytes, at position: Int) throws(MatFileProblem) {
    guard position + 20 <= file.count else { throw .truncated }
    let type = file.word(position)
    guard Self.isValid(type: type, isBigEndian: file.isBigEndian) else { return nil }
    let (rows, columns) = (file.word(position + 4), file.word(position + 8))
    let (imaginary, nameLength) = (file.word(position + 12), file.word(position + 16))
    guard imaginary <= 1, nameLength >= 1, nameLength <= file.count - position - 20 else { throw .damaged }
    let nameBytes = file.bytes[position + 20..<position + 20 + nameLength]
    guard nameBytes.last == 0, rows < 1 << 31, columns < 1 << 31 else { throw .damaged }
    name = String(decoding: nameBytes.prefix { $0 != 0 }, as: UTF8.self)
    guard !name.isEmpty else { throw .damaged }
    let width = [8, 4, 4, 2, 2, 1][type / 10 % 10] * (imaginary + 1)
    let (count, overflow) = rows.multipliedReportingOverflow(by: columns)
    let rest = file.count - position - 20 - nameLength
    guard !overflow, count <= rest / width else { throw .truncated }
    end = position + 20 + nameLength + count * width
    isSparse = type % 10 == 2
  }
}
