import ThetaArrays

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// JPEG files to pictures by libjpeg-turbo, whose library is opened when the first one is read.
enum JpegReader {
  struct Problem: Error {
    let reason: String
  }

  static func recognizes(_ bytes: [UInt8]) -> Bool { bytes.starts(with: [0xff, 0xd8, 0xff]) }

  /// Grey pictures have one channel, others red, green and blue, with 8 bits each.
  static func read(_ bytes: [UInt8]) throws(Problem) -> Picture {
    guard let library = TurboJpeg.shared else {
      throw Problem(reason: "is a JPEG file, and the library for these (libturbojpeg) is not installed")
    }
    guard let decoder = library.open() else { throw Problem(reason: "cannot be decoded") }
    defer { _ = library.close(decoder) }
    var bytes = bytes
    var (width, height, sampling, colors) = (CInt(0), CInt(0), CInt(0), CInt(0))
    let status = bytes.withUnsafeMutableBufferPointer { source in
      library.header(
        decoder, source.baseAddress, CUnsignedLong(source.count), &width, &height, &sampling, &colors)
    }
    guard status == 0, width > 0, height > 0 else { throw Problem(reason: "is damaged") }
    // 2: grey; 3 and 4 are the four colours of printing.
    guard colors < 3 else { throw Problem(reason: "has the colours of printing, which cannot be read") }
    let channels = colors == 2 ? 1 : 3
    let count = Int(width) * Int(height) * channels
    guard count <= 1 << 28, Allocation.canHold(3 * count) else { throw Problem(reason: "is too large") }
    var samples = [UInt8](repeating: 0, count: count)
    let decoded = bytes.withUnsafeMutableBufferPointer { source in
      samples.withUnsafeMutableBufferPointer { target in
        library.decode(
          decoder, source.baseAddress, CUnsignedLong(source.count), target.baseAddress, width, 0, height,
          channels == 1 ? TurboJpeg.grey : TurboJpeg.colors, TurboJpeg.isAccurate)
      }
    }
    // What was decoded of a file that is cut off is no picture of it.
    guard decoded == 0 else { throw Problem(reason: "is damaged") }
    return Picture(
      width: Int(width), height: Int(height), channels: channels, depth: 8,
      samples: samples.map { UInt16($0) })
  }
}

/// The functions of libturbojpeg that reading needs.
private struct TurboJpeg: Sendable {
  typealias Decoder = UnsafeMutableRawPointer

  static let colors: CInt = 0
  static let grey: CInt = 6
  /// The slow, exact transformation, which other programs use by default.
  static let isAccurate: CInt = 4096

  let open: @convention(c) @Sendable () -> Decoder?
  let close: @convention(c) @Sendable (Decoder?) -> CInt
  let header:
    @convention(c) @Sendable (
      Decoder?, UnsafeMutablePointer<UInt8>?, CUnsignedLong, UnsafeMutablePointer<CInt>?,
      UnsafeMutablePointer<CInt>?, UnsafeMutablePointer<CInt>?, UnsafeMutablePointer<CInt>?
    ) -> CInt
  let decode:
    @convention(c) @Sendable (
      Decoder?, UnsafeMutablePointer<UInt8>?, CUnsignedLong, UnsafeMutablePointer<UInt8>?, CInt, CInt, CInt,
      CInt, CInt
    ) -> CInt

  /// The library, or nil when it is not installed.
  static let shared: TurboJpeg? = {
    let names = [
      "libturbojpeg.so.0", "libturbojpeg.so", "libturbojpeg.dylib", "/opt/homebrew/lib/libturbojpeg.dylib",
      "/usr/local/lib/libturbojpeg.dylib",
    ]
    for name in names {
      if let handle = dlopen(name, RTLD_NOW | RTLD_LOCAL) { return TurboJpeg(handle) }
    }
    return nil
  }()

  private init?(_ handle: UnsafeMutableRawPointer) {
    func symbol<Function>(_ name: String) -> Function? {
      dlsym(handle, name).map { unsafeBitCast($0, to: Function.self) }
    }
    guard
      let open: @convention(c) @Sendable () -> Decoder? = symbol("tjInitDecompress"),
      let close: @convention(c) @Sendable (Decoder?) -> CInt = symbol("tjDestroy"),
      let header:
        @convention(c) @Sendable (
          Decoder?, UnsafeMutablePointer<UInt8>?, CUnsignedLong, UnsafeMutablePointer<CInt>?,
          UnsafeMutablePointer<CInt>?, UnsafeMutablePointer<CInt>?, UnsafeMutablePointer<CInt>?
        ) -> CInt = symbol("tjDecompressHeader3"),
      let decode:
        @convention(c) @Sendable (
          Decoder?, UnsafeMutablePointer<UInt8>?, CUnsignedLong, UnsafeMutablePointer<UInt8>?, CInt, CInt,
          CInt, CInt, CInt
        ) -> CInt = symbol("tjDecompress2")
    else { return nil }
    (self.open, self.close, self.header, self.decode) = (open, close, header, decode)
  }
}
