/// Pictures to PNG files, 1, 8 or 16 bits a sample.
enum PngWriter {
  static func bytes(of picture: Picture) -> [UInt8]? {
    guard let zlib = Zlib.shared else { return nil }
    func word(_ x: Int) -> [UInt8] { (0..<4).map { UInt8(truncatingIfNeeded: x >> (24 - 8 * $0)) } }
    var file = PngReader.signature
    func add(_ kind: String, _ data: [UInt8]) {
      let body = Array(kind.utf8) + data
      file += word(data.count) + body + word(Int(zlib.checksum(body)))
    }
    let colorType = picture.palette.isEmpty ? [1: 0, 2: 4, 3: 2, 4: 6][picture.channels] ?? 0 : 3
    add(
      "IHDR",
      word(picture.width) + word(picture.height) + [UInt8(picture.depth), UInt8(colorType), 0, 0, 0])
    if !picture.palette.isEmpty { add("PLTE", picture.palette) }
    var rows: [UInt8] = []
    let perRow = picture.width * picture.channels
    rows.reserveCapacity(picture.height * (perRow * max(1, picture.depth / 8) + 1))
    for row in 0..<picture.height {
      rows.append(0)
      let samples = picture.samples[(row * perRow)..<((row + 1) * perRow)]
      switch picture.depth {
      case 16: for x in samples { rows += [UInt8(x >> 8), UInt8(x & 0xff)] }
      case 8: for x in samples { rows.append(UInt8(x & 0xff)) }
      default:
        var byte: UInt8 = 0
        for (i, x) in samples.enumerated() {
          if x != 0 { byte |= 0x80 >> UInt8(i % 8) }
          if i % 8 == 7 || i + 1 == perRow {
            rows.append(byte)
            byte = 0
          }
        }
      }
    }
    guard let packed = zlib.deflated(rows, gzip: false) else { return nil }
    add("IDAT", packed)
    add("IEND", [])
    return file
  }
}
