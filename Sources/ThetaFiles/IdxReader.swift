import ThetaArrays
import ThetaRuntime

/// IDX files, the format of MNIST: two zeros, a type, the number of dimensions, the sizes as big-endian words, and the
/// elements with the last subscript running fastest.
enum IdxReader {
  /// Bytes of an element by the type's code.
  private static let sizes: [UInt8: Int] = [0x08: 1, 0x09: 1, 0x0b: 2, 0x0c: 4, 0x0d: 4, 0x0e: 8]

  /// The shape, when the sizes tell just the length of the file.
  private static func shape(_ bytes: [UInt8]) -> [Int]? {
    guard bytes.count >= 8, bytes[0] == 0, bytes[1] == 0, let size = sizes[bytes[2]],
      (1...8).contains(bytes[3]), bytes.count >= 4 + 4 * Int(bytes[3])
    else { return nil }
    let dimensions = (0..<Int(bytes[3])).map { i in
      bytes[(4 + 4 * i)..<(8 + 4 * i)].reduce(0) { $0 << 8 | Int($1) }
    }
    var count = size
    for n in dimensions {
      let (product, overflow) = count.multipliedReportingOverflow(by: n)
      if overflow { return nil }
      count = product
    }
    return count == bytes.count - 4 - 4 * dimensions.count ? dimensions : nil
  }

  static func recognizes(_ bytes: [UInt8]) -> Bool { shape(bytes) != nil }

  /// The array, its subscripts in the order of the file; vectors are columns.
  static func read(_ bytes: [UInt8]) -> Value? {
    guard let sizes = shape(bytes), let size = IdxReader.sizes[bytes[2]] else { return nil }
    let start = 4 + 4 * sizes.count
    let shape = sizes.count == 1 ? Shape(sizes[0], 1) : Shape(sizes)
    let places = columnMajor(sizes)
    func word(_ place: Int) -> UInt64 {
      bytes[(start + place * size)..<(start + (place + 1) * size)].reduce(0) { $0 << 8 | UInt64($1) }
    }
    switch bytes[2] {
    case 0x08: return .make(NDArray(shape, places.map { bytes[start + $0] }))
    case 0x09: return .make(NDArray(shape, places.map { Int8(bitPattern: bytes[start + $0]) }))
    case 0x0b: return .make(NDArray(shape, places.map { Int16(truncatingIfNeeded: word($0)) }))
    case 0x0c: return .make(NDArray(shape, places.map { Int32(truncatingIfNeeded: word($0)) }))
    case 0x0d:
      return .make(NDArray(shape, places.map { Float(bitPattern: UInt32(truncatingIfNeeded: word($0))) }))
    default: return .make(NDArray(shape, places.map { Double(bitPattern: word($0)) }))
    }
  }

  /// For each element in column-major order its place in the file.
  private static func columnMajor(_ sizes: [Int]) -> [Int] {
    var strides = [Int](repeating: 1, count: sizes.count)
    for i in sizes.indices.dropLast().reversed() { strides[i] = strides[i + 1] * sizes[i + 1] }
    var places = [0]
    for (size, stride) in zip(sizes, strides) {
      // Subscripts so far run faster than this one.
      var longer: [Int] = []
      longer.reserveCapacity(places.count * size)
      for i in 0..<size { for place in places { longer.append(place + i * stride) } }
      places = longer
    }
    return places
  }

  /// A file's name without `.gz`.
  static func unpackedName(_ path: String) -> String {
    path.hasSuffix(".gz") ? String(path.dropLast(3)) : path
  }
}
