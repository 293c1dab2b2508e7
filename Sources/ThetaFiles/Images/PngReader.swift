/// A decoded picture: samples row by row, pixel by pixel, channels together.
struct Picture {
  var width: Int
  var height: Int
  /// 1 grey, 2 grey and alpha, 3 colours, 4 colours and alpha
  var channels: Int
  /// Bits of a sample: 1, 2, 4, 8 or 16
  var depth: Int
  var samples: [UInt16]
  /// Red, green and blue of the colours that samples number; empty unless they do.
  var palette: [UInt8] = []
}

/// PNG files to pictures: all colour types and depths, interlaced or not. Damaged files give a reason, never a trap.
struct PngReader {
  struct Problem: Error {
    let reason: String
  }

  private static let foreign = Problem(reason: "is no PNG or JPEG file")
  static let signature: [UInt8] = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]

  private var width = 0
  private var height = 0
  private var depth = 0
  private var colorType = 0
  private var isInterlaced = false
  private var palette: [UInt8] = []
  private var packed: [UInt8] = []

  static func read(_ bytes: [UInt8]) throws(Problem) -> Picture {
    var reader = PngReader()
    try reader.chunks(bytes)
    return try reader.picture()
  }

  /// Size and kind alone, for `imfinfo`.
  static func header(_ bytes: [UInt8]) throws(Problem) -> (
    width: Int, height: Int, depth: Int, colorType: Int
  ) {
    var reader = PngReader()
    guard bytes.count >= 33, Array(bytes[..<8]) == signature else { throw foreign }
    try reader.header(bytes[16..<29])
    return (reader.width, reader.height, reader.depth, reader.colorType)
  }

  private static func word(_ bytes: ArraySlice<UInt8>) -> Int {
    bytes.prefix(4).reduce(0) { $0 << 8 | Int($1) }
  }

  private mutating func chunks(_ bytes: [UInt8]) throws(Problem) {
    guard bytes.starts(with: PngReader.signature) else { throw PngReader.foreign }
    var place = 8
    while place + 12 <= bytes.count {
      let length = PngReader.word(bytes[place..<(place + 4)])
      let kind = String(decoding: bytes[(place + 4)..<(place + 8)], as: UTF8.self)
      guard length <= bytes.count - place - 12 else { throw Problem(reason: "is cut off") }
      let data = bytes[(place + 8)..<(place + 8 + length)]
      switch kind {
      case "IHDR": try header(data)
      case "PLTE": palette = Array(data)
      case "IDAT": packed += data
      case "IEND": return
      default: break
      }
      place += 12 + length
    }
    if packed.isEmpty { throw Problem(reason: "is cut off") }
  }

  private mutating func header(_ data: ArraySlice<UInt8>) throws(Problem) {
    guard data.count == 13 else { throw Problem(reason: "is damaged") }
    let bytes = Array(data)
    (width, height) = (PngReader.word(data), PngReader.word(data.dropFirst(4)))
    (depth, colorType) = (Int(bytes[8]), Int(bytes[9]))
    isInterlaced = bytes[12] == 1
    let depths = [0: [1, 2, 4, 8, 16], 2: [8, 16], 3: [1, 2, 4, 8], 4: [8, 16], 6: [8, 16]]
    guard depths[colorType]?.contains(depth) ?? false, width > 0, height > 0, bytes[12] <= 1,
      width <= 1 << 24, height <= 1 << 24, width * height <= 1 << 28
    else { throw Problem(reason: "is damaged or too large") }
  }

  private var channels: Int { [0: 1, 2: 3, 3: 1, 4: 2, 6: 4][colorType] ?? 1 }

  private func picture() throws(Problem) -> Picture {
    guard width > 0 else { throw Problem(reason: "is damaged") }
    guard let zlib = Zlib.shared else {
      throw Problem(reason: "needs the library zlib, which is not installed")
    }
    let passes: [(x: Int, y: Int, dx: Int, dy: Int)] =
      isInterlaced
      ? [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)]
      : [(0, 0, 1, 1)]
    let most = (width * channels * depth / 8 + 16) * (height + 16) * 2
    guard let data = zlib.inflated(packed[...], limit: most) else { throw Problem(reason: "is damaged") }
    var samples = [UInt16](repeating: 0, count: width * height * channels)
    var place = 0
    for pass in passes {
      let columns = (width - pass.x + pass.dx - 1) / pass.dx
      let rows = (height - pass.y + pass.dy - 1) / pass.dy
      if columns <= 0 || rows <= 0 { continue }
      let rowBytes = (columns * channels * depth + 7) / 8
      var previous = [UInt8](repeating: 0, count: rowBytes)
      for row in 0..<rows {
        guard place + 1 + rowBytes <= data.count else { throw Problem(reason: "is cut off") }
        var line = Array(data[(place + 1)..<(place + 1 + rowBytes)])
        try unfilter(&line, previous, data[place])
        place += 1 + rowBytes
        let start = (pass.y + row * pass.dy) * width
        for column in 0..<columns {
          let target = (start + pass.x + column * pass.dx) * channels
          for channel in 0..<channels {
            samples[target + channel] = sample(line, column * channels + channel)
          }
        }
        previous = line
      }
    }
    return Picture(
      width: width, height: height, channels: channels, depth: depth, samples: samples,
      palette: colorType == 3 ? palette : [])
  }

  private func sample(_ line: [UInt8], _ i: Int) -> UInt16 {
    switch depth {
    case 16: return UInt16(line[2 * i]) << 8 | UInt16(line[2 * i + 1])
    case 8: return UInt16(line[i])
    default:
      let perByte = 8 / depth
      let shift = 8 - depth * (i % perByte + 1)
      return UInt16(line[i / perByte] >> UInt8(shift)) & UInt16((1 << depth) - 1)
    }
  }

  /// Undoes the filter of one row; `previous` is the row above.
  private func unfilter(_ line: inout [UInt8], _ previous: [UInt8], _ filter: UInt8) throws(Problem) {
    let step = max(1, channels * depth / 8)
    switch filter {
    case 0: break
    case 1: for i in line.indices.dropFirst(step) { line[i] &+= line[i - step] }
    case 2: for i in line.indices { line[i] &+= previous[i] }
    case 3:
      for i in line.indices {
        let left = i >= step ? Int(line[i - step]) : 0
        line[i] &+= UInt8((left + Int(previous[i])) / 2)
      }
    case 4:
      for i in line.indices {
        let left = i >= step ? Int(line[i - step]) : 0
        let up = Int(previous[i])
        let corner = i >= step ? Int(previous[i - step]) : 0
        let (a, b, c) = (abs(up - corner), abs(left - corner), abs(left + up - 2 * corner))
        line[i] &+= UInt8(a <= b && a <= c ? left : b <= c ? up : corner)
      }
    default: throw Problem(reason: "is damaged")
    }
  }
}
