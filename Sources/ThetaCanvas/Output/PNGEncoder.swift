/// Writes pixels as PNG: with a palette where there are at most 256 colours. Pictures inside SVG are made with it, so that
/// they are the same everywhere; whole PNG files come from Cairo.
enum PNGEncoder {
  static func encode(_ raster: Raster) -> [UInt8] {
    var out: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
    let indexed = palette(raster)
    var header = bigEndian(raster.columns) + bigEndian(raster.rows)
    header += [8, indexed != nil ? 3 : 6, 0, 0, 0]
    out += chunk("IHDR", header)
    var lines: [UInt8] = []
    if let (colors, indices) = indexed {
      out += chunk(
        "PLTE", colors.flatMap { [UInt8($0 >> 24 & 255), UInt8($0 >> 16 & 255), UInt8($0 >> 8 & 255)] })
      if colors.contains(where: { $0 & 255 != 255 }) { out += chunk("tRNS", colors.map { UInt8($0 & 255) }) }
      lines.reserveCapacity(indices.count + raster.rows)
      for row in 0..<raster.rows {
        lines.append(0)
        lines += indices[row * raster.columns..<(row + 1) * raster.columns]
      }
    } else {
      lines.reserveCapacity(raster.pixels.count + raster.rows)
      let width = 4 * raster.columns
      for row in 0..<raster.rows {
        lines.append(0)
        lines += raster.pixels[row * width..<(row + 1) * width]
      }
    }
    out += chunk("IDAT", Deflate.zlib(lines))
    out += chunk("IEND", [])
    return out
  }

  /// The colours, and the index of each pixel; nil when there are more than 256.
  private static func palette(_ raster: Raster) -> (colors: [UInt32], indices: [UInt8])? {
    let count = raster.columns * raster.rows
    var colors: [UInt32] = []
    var places: [UInt32: UInt8] = [:]
    var indices = [UInt8](repeating: 0, count: count)
    var previous: UInt32 = 0
    var previousIndex: UInt8 = 0
    let p = raster.pixels
    for i in 0..<count {
      let color =
        UInt32(p[4 * i]) << 24 | UInt32(p[4 * i + 1]) << 16 | UInt32(p[4 * i + 2]) << 8 | UInt32(p[4 * i + 3])
      if i > 0, color == previous {
        indices[i] = previousIndex
        continue
      }
      if let place = places[color] {
        previousIndex = place
      } else {
        guard colors.count < 256 else { return nil }
        previousIndex = UInt8(colors.count)
        places[color] = previousIndex
        colors.append(color)
      }
      previous = color
      indices[i] = previousIndex
    }
    return (colors, indices)
  }

  private static func bigEndian(_ n: Int) -> [UInt8] {
    [UInt8(n >> 24 & 255), UInt8(n >> 16 & 255), UInt8(n >> 8 & 255), UInt8(n & 255)]
  }

  private static func chunk(_ type: String, _ data: [UInt8]) -> [UInt8] {
    let body = Array(type.utf8) + data
    return bigEndian(data.count) + body + bigEndian(Int(checksum(body)))
  }

  private static let table: [UInt32] = (0..<256).map { n in
    var c = UInt32(n)
    for _ in 0..<8 { c = c & 1 == 1 ? 0xEDB8_8320 ^ (c >> 1) : c >> 1 }
    return c
  }

  private static func checksum(_ bytes: [UInt8]) -> UInt32 {
    let table = table
    var c: UInt32 = 0xFFFF_FFFF
    for byte in bytes { c = table[Int((c ^ UInt32(byte)) & 255)] ^ (c >> 8) }
    return c ^ 0xFFFF_FFFF
  }
}

/// Compression for the pixels above: repeats are found over the last 32 KB and written with the fixed codes.
enum Deflate {
  static func zlib(_ bytes: [UInt8]) -> [UInt8] {
    var writer = BitWriter()
    writer.out = [0x78, 0x01]
    writer.put(1, 1)
    writer.put(1, 2)
    let lengthBases = lengthBases
    let distanceBases = distanceBases
    var heads = [Int32](repeating: -1, count: 1 << 15)
    bytes.withUnsafeBufferPointer { input in
      let count = input.count
      var i = 0
      func hash(_ i: Int) -> Int {
        let v = UInt32(input[i]) | UInt32(input[i + 1]) << 8 | UInt32(input[i + 2]) << 16
        return Int((v &* 2_654_435_761) >> 17)
      }
      while i < count {
        var length = 0
        var distance = 0
        if i + 3 <= count {
          let h = hash(i)
          let candidate = Int(heads[h])
          heads[h] = Int32(truncatingIfNeeded: i)
          if candidate >= 0, i - candidate <= 32_768 {
            let most = min(258, count - i)
            while length < most, input[candidate + length] == input[i + length] { length += 1 }
            distance = i - candidate
          }
        }
        if length >= 4 || length == 3 && distance < 4096 {
          writer.length(length, lengthBases)
          writer.distance(distance, distanceBases)
          let end = min(i + length, count - 3)
          var k = i + 1
          while k < end {
            heads[hash(k)] = Int32(truncatingIfNeeded: k)
            k += 1
          }
          i += length
        } else {
          writer.literal(Int(input[i]))
          i += 1
        }
      }
    }
    writer.literal(256)
    writer.flush()
    var (a, b): (UInt32, UInt32) = (1, 0)
    var k = 0
    while k < bytes.count {
      let end = min(k + 5552, bytes.count)
      while k < end {
        a += UInt32(bytes[k])
        b += a
        k += 1
      }
      a %= 65_521
      b %= 65_521
    }
    let sum = b << 16 | a
    writer.out += [UInt8(sum >> 24), UInt8(sum >> 16 & 255), UInt8(sum >> 8 & 255), UInt8(sum & 255)]
    return writer.out
  }

  fileprivate static let lengthBases: [(base: Int, extra: Int)] = {
    var result: [(Int, Int)] = []
    var base = 3
    for code in 0..<28 {
      let extra = code < 8 ? 0 : code / 4 - 1
      result.append((base, extra))
      base += 1 << extra
    }
    result.append((258, 0))
    return result
  }()

  fileprivate static let distanceBases: [(base: Int, extra: Int)] = {
    var result: [(Int, Int)] = []
    var base = 1
    for code in 0..<30 {
      let extra = code < 4 ? 0 : code / 2 - 1
      result.append((base, extra))
      base += 1 << extra
    }
    return result
  }()
}

private struct BitWriter {
  var out: [UInt8] = []
  private var bits: UInt32 = 0
  private var count = 0

  mutating func put(_ value: Int, _ width: Int) {
    bits |= UInt32(truncatingIfNeeded: value) << UInt32(count)
    count += width
    while count >= 8 {
      out.append(UInt8(bits & 255))
      bits >>= 8
      count -= 8
    }
  }

  /// Codes go with their highest bit first.
  private mutating func code(_ value: Int, _ width: Int) {
    var reversed = 0
    for k in 0..<width where value >> k & 1 == 1 { reversed |= 1 << (width - 1 - k) }
    put(reversed, width)
  }

  mutating func literal(_ n: Int) {
    switch n {
    case ..<144: code(0x30 + n, 8)
    case ..<256: code(0x190 + n - 144, 9)
    case ..<280: code(n - 256, 7)
    default: code(0xC0 + n - 280, 8)
    }
  }

  mutating func length(_ n: Int, _ bases: [(base: Int, extra: Int)]) {
    var k = bases.count - 1
    while bases[k].base > n { k -= 1 }
    literal(257 + k)
    put(n - bases[k].base, bases[k].extra)
  }

  mutating func distance(_ n: Int, _ bases: [(base: Int, extra: Int)]) {
    var k = bases.count - 1
    while bases[k].base > n { k -= 1 }
    code(k, 5)
    put(n - bases[k].base, bases[k].extra)
  }

  mutating func flush() { if count > 0 { put(0, 8 - count) } }
}

enum Base64 {
  static func encode(_ bytes: [UInt8]) -> [UInt8] {
    let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
    var out: [UInt8] = []
    out.reserveCapacity(bytes.count / 3 * 4 + 4)
    var i = 0
    while i < bytes.count {
      let a = Int(bytes[i])
      let b = i + 1 < bytes.count ? Int(bytes[i + 1]) : 0
      let c = i + 2 < bytes.count ? Int(bytes[i + 2]) : 0
      out.append(digits[a >> 2])
      out.append(digits[(a & 3) << 4 | b >> 4])
      out.append(i + 1 < bytes.count ? digits[(b & 15) << 2 | c >> 6] : UInt8(ascii: "="))
      out.append(i + 2 < bytes.count ? digits[c & 63] : UInt8(ascii: "="))
      i += 3
    }
    return out
  }
}
