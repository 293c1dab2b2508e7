import CMatio
import ThetaArrays

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// zlib, found when a compressed file is first met: gzip files and PNG images.
struct Zlib: Sendable {
  private typealias Stream = UnsafeMutablePointer<z_stream>?

  private let initInflate: @convention(c) @Sendable (Stream, CInt, UnsafePointer<CChar>?, CInt) -> CInt
  private let inflate: @convention(c) @Sendable (Stream, CInt) -> CInt
  private let endInflate: @convention(c) @Sendable (Stream) -> CInt
  private let resetInflate: @convention(c) @Sendable (Stream) -> CInt
  private let initDeflate:
    @convention(c) @Sendable (Stream, CInt, CInt, CInt, CInt, CInt, UnsafePointer<CChar>?, CInt) -> CInt
  private let deflate: @convention(c) @Sendable (Stream, CInt) -> CInt
  private let endDeflate: @convention(c) @Sendable (Stream) -> CInt
  private let crc:
    @convention(c) @Sendable (CUnsignedLong, UnsafePointer<UInt8>?, CUnsignedInt) -> CUnsignedLong

  /// The library, or nil when it is not installed.
  static let shared: Zlib? = {
    for name in ["libz.so.1", "libz.so", "libz.dylib", "/usr/lib/libz.1.dylib"] {
      if let handle = dlopen(name, RTLD_NOW | RTLD_LOCAL) { return Zlib(handle) }
    }
    return nil
  }()

  private init?(_ handle: UnsafeMutableRawPointer) {
    func symbol<Function>(_ name: String) -> Function? {
      dlsym(handle, name).map { unsafeBitCast($0, to: Function.self) }
    }
    guard
      let initInflate: @convention(c) @Sendable (Stream, CInt, UnsafePointer<CChar>?, CInt) -> CInt =
        symbol("inflateInit2_"),
      let inflate: @convention(c) @Sendable (Stream, CInt) -> CInt = symbol("inflate"),
      let endInflate: @convention(c) @Sendable (Stream) -> CInt = symbol("inflateEnd"),
      let resetInflate: @convention(c) @Sendable (Stream) -> CInt = symbol("inflateReset"),
      let initDeflate:
        @convention(c) @Sendable (Stream, CInt, CInt, CInt, CInt, CInt, UnsafePointer<CChar>?, CInt) -> CInt =
        symbol("deflateInit2_"),
      let deflate: @convention(c) @Sendable (Stream, CInt) -> CInt = symbol("deflate"),
      let endDeflate: @convention(c) @Sendable (Stream) -> CInt = symbol("deflateEnd"),
      let crc: @convention(c) @Sendable (CUnsignedLong, UnsafePointer<UInt8>?, CUnsignedInt) -> CUnsignedLong
      =
        symbol("crc32")
    else { return nil }
    self.initInflate = initInflate
    self.inflate = inflate
    self.endInflate = endInflate
    self.resetInflate = resetInflate
    self.initDeflate = initDeflate
    self.deflate = deflate
    self.endDeflate = endDeflate
    self.crc = crc
  }

  private static let version = "1"

  /// What a zlib or gzip stream holds, or nil when it is damaged or longer than `limit` bytes or than memory holds.
  /// Several gzip streams one after another are one; what follows the last is left out, as gzip does.
  func inflated(_ bytes: ArraySlice<UInt8>, limit: Int = .max) -> [UInt8]? {
    var stream = z_stream()
    // 15 bits of window; 32: the header tells zlib from gzip.
    guard initInflate(&stream, 15 + 32, Zlib.version, CInt(MemoryLayout<z_stream>.size)) == 0 else {
      return nil
    }
    defer { _ = endInflate(&stream) }
    var result: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 17)
    var source = Array(bytes)
    let isFine = source.withUnsafeMutableBufferPointer { input in
      stream.next_in = input.baseAddress
      var left = input.count
      // Where the last whole stream ended.
      var end: Int?
      while true {
        if stream.avail_in == 0 {
          let part = min(left, 1 << 30)
          stream.avail_in = CUnsignedInt(part)
          left -= part
        }
        let (status, count) = chunk.withUnsafeMutableBufferPointer { output in
          stream.next_out = output.baseAddress
          stream.avail_out = CUnsignedInt(output.count)
          let status = inflate(&stream, 0)
          return (status, output.count - Int(stream.avail_out))
        }
        guard result.count + count <= limit,
          result.count + count <= result.capacity || Allocation.canHold(3 * result.count)
        else { return false }
        result.append(contentsOf: chunk[..<count])
        switch status {
        case 1:
          // The end of a stream: 1f begins the next.
          end = result.count
          let hasNext = stream.avail_in > 0 && stream.next_in?.pointee == 0x1f
          guard hasNext, resetInflate(&stream) == 0 else { return true }
        case 0 where count > 0 || stream.avail_in > 0 || left > 0: break
        default: return end == result.count
        }
      }
    }
    return isFine ? result : nil
  }

  /// Bytes compressed: as a gzip file, or as the zlib stream that PNG holds.
  func deflated(_ bytes: [UInt8], gzip: Bool) -> [UInt8]? {
    var stream = z_stream()
    guard
      initDeflate(
        &stream, -1, 8, 15 + (gzip ? 16 : 0), 8, 0, Zlib.version, CInt(MemoryLayout<z_stream>.size)) == 0,
      bytes.count < 1 << 31
    else { return nil }
    defer { _ = endDeflate(&stream) }
    var result: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 17)
    var source = bytes
    let isFine = source.withUnsafeMutableBufferPointer { input in
      stream.next_in = input.baseAddress
      stream.avail_in = CUnsignedInt(input.count)
      while true {
        let (status, count) = chunk.withUnsafeMutableBufferPointer { output in
          stream.next_out = output.baseAddress
          stream.avail_out = CUnsignedInt(output.count)
          // 4: all that there is
          let status = deflate(&stream, 4)
          return (status, output.count - Int(stream.avail_out))
        }
        result.append(contentsOf: chunk[..<count])
        if status == 1 { return true }
        guard status == 0 else { return false }
      }
    }
    return isFine ? result : nil
  }

  /// The checksum at the end of a PNG chunk.
  func checksum(_ bytes: [UInt8]) -> UInt32 {
    UInt32(
      truncatingIfNeeded: bytes.withUnsafeBufferPointer {
        crc(0, $0.baseAddress, CUnsignedInt(clamping: $0.count))
      })
  }
}

/// Files that gzip packed, which readers take as what they hold.
enum Gzip {
  static func isPacked(_ bytes: [UInt8]) -> Bool {
    bytes.count > 18 && bytes[0] == 0x1f && bytes[1] == 0x8b && bytes[2] == 8
  }

  /// The content of a file, unpacked when it is packed; nil when that cannot be done.
  static func content(_ bytes: [UInt8]) -> [UInt8]? {
    isPacked(bytes) ? Zlib.shared?.inflated(bytes[...]) : bytes
  }
}
