import ThetaArrays
import ThetaRuntime

/// Numeric variables of version 5 files decoded where they lie: most variables are plain arrays of numbers, and the way
/// through matio copies them three times. What is not decoded here (cells, structs, text, sparse matrices, foreign byte
/// orders, unusual pairs of class and storage) goes that way.
enum MatNumbers {
  /// The value of a variable whose sizes have been checked, or nil.
  static func value(_ source: MatBytes, _ element: MatBytes.Element, _ header: MatHeader5) -> Value? {
    guard !source.isBigEndian, UInt16(littleEndian: 1) == 1, (6...15).contains(header.kind),
      !header.isComplex,
      header.sizes.count >= 2, header.count > 0,
      let data = try? source.element(at: header.end, limit: element.start + element.length)
    else { return nil }
    let shape = Shape(header.sizes)
    if header.isLogical {
      guard data.type == 1 || data.type == 2 else { return nil }
      return .make(array(source, data, shape, UInt8.self) { $0 != 0 })
    }
    switch header.kind {
    case 6: return doubles(source, data, shape)
    case 7 where data.type == 7:
      return .make(array(source, data, shape, UInt32.self) { Float(bitPattern: $0) })
    case 8 where data.type == 1: return .make(array(source, data, shape, Int8.self) { $0 })
    case 9 where data.type == 2: return .make(array(source, data, shape, UInt8.self) { $0 })
    case 10 where data.type == 3: return .make(array(source, data, shape, Int16.self) { $0 })
    case 11 where data.type == 4: return .make(array(source, data, shape, UInt16.self) { $0 })
    case 12 where data.type == 5: return .make(array(source, data, shape, Int32.self) { $0 })
    case 13 where data.type == 6: return .make(array(source, data, shape, UInt32.self) { $0 })
    default: return nil
    }
  }

  /// Doubles are stored in the smallest type that holds them all.
  private static func doubles(_ source: MatBytes, _ data: MatBytes.Element, _ shape: Shape) -> Value? {
    switch data.type {
    case 1: .make(array(source, data, shape, Int8.self) { Double($0) })
    case 2: .make(array(source, data, shape, UInt8.self) { Double($0) })
    case 3: .make(array(source, data, shape, Int16.self) { Double($0) })
    case 4: .make(array(source, data, shape, UInt16.self) { Double($0) })
    case 5: .make(array(source, data, shape, Int32.self) { Double($0) })
    case 6: .make(array(source, data, shape, UInt32.self) { Double($0) })
    case 7: .make(array(source, data, shape, UInt32.self) { Double(Float(bitPattern: $0)) })
    case 9: .make(array(source, data, shape, UInt64.self) { Double(bitPattern: $0) })
    default: nil
    }
  }

  @inline(__always)
  private static func array<Stored: FixedWidthInteger, Element>(
    _ source: MatBytes, _ data: MatBytes.Element, _ shape: Shape, _: Stored.Type,
    _ convert: (Stored) -> Element
  ) -> NDArray<Element> {
    let width = MemoryLayout<Stored>.size
    // The caller has checked that the data has this length; a copy of the bytes would be the alternative.
    precondition(data.length == shape.count * width && data.start + data.length <= source.count)
    return source.bytes.withUnsafeBytes { bytes in
      NDArray<Element>(shape) { out in
        guard let base = out.baseAddress else { return }
        for i in 0..<out.count {
          let stored = bytes.loadUnaligned(fromByteOffset: data.start + i * width, as: Stored.self)
          (base + i).initialize(to: convert(stored))
        }
      }
    }
  }
}
