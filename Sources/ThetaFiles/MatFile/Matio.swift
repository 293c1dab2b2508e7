import CMatio
import ThetaText

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The functions of matio, found in the library when a MAT file is first used: linking it would make every
/// start load it and some forty libraries that it depends on (5.5 ms of 6.3 measured).
struct Matio: Sendable {
  typealias Variable = UnsafeMutablePointer<matvar_t>
  typealias File = OpaquePointer
  private typealias Name = UnsafePointer<CChar>?

  let open: @convention(c) @Sendable (UnsafePointer<CChar>?, CInt) -> File?
  let create: @convention(c) @Sendable (UnsafePointer<CChar>?, UnsafePointer<CChar>?, mat_ft) -> File?
  let close: @convention(c) @Sendable (File?) -> CInt
  let readNext: @convention(c) @Sendable (File?) -> Variable?
  let free: @convention(c) @Sendable (Variable?) -> Void
  let cell: @convention(c) @Sendable (Variable?, CInt) -> Variable?
  let fieldCount: @convention(c) @Sendable (Variable?) -> CUnsignedInt
  let fieldNames:
    @convention(c) @Sendable (UnsafePointer<matvar_t>?) -> UnsafePointer<UnsafeMutablePointer<CChar>?>?
  let field: @convention(c) @Sendable (Variable?, Int, Int) -> Variable?
  let makeVariable:
    @convention(c) @Sendable (
      UnsafePointer<CChar>?, matio_classes, matio_types, CInt, UnsafeMutablePointer<Int>?,
      UnsafeMutableRawPointer?, CInt
    ) -> Variable?
  let makeStruct:
    @convention(c) @Sendable (
      UnsafePointer<CChar>?, CInt, UnsafeMutablePointer<Int>?, UnsafeMutablePointer<UnsafePointer<CChar>?>?,
      CUnsignedInt
    ) -> Variable?
  let setField: @convention(c) @Sendable (Variable?, Int, Int, Variable?) -> Variable?
  let write: @convention(c) @Sendable (File?, Variable?, matio_compression) -> CInt
  /// zlib's, which matio is built on.
  let uncompress:
    @convention(c) @Sendable (
      UnsafeMutablePointer<UInt8>?, UnsafeMutablePointer<CUnsignedLong>?, UnsafePointer<UInt8>?, CUnsignedLong
    ) -> CInt

  /// The library, or nil when it is not installed.
  static let shared: Matio? = {
    let names = [
      "libmatio.so.11", "libmatio.so.13", "libmatio.so.12", "libmatio.so", "libmatio.dylib",
      "/opt/homebrew/lib/libmatio.dylib", "/usr/local/lib/libmatio.dylib",
    ]
    for name in names {
      if let handle = dlopen(name, RTLD_NOW | RTLD_LOCAL) { return Matio(handle) }
    }
    return nil
  }()

  static func library() throws(MatFileProblem) -> Matio {
    guard let library = shared else {
      throw MatFileProblem("is a MAT file, and the library for these (libmatio) is not installed")
    }
    return library
  }

  private init?(_ handle: UnsafeMutableRawPointer) {
    // The types of the fields above are those of matio.h; the compiler cannot check that the symbols have
    // them.
    func symbol<Function>(_ name: String) -> Function? {
      dlsym(handle, name).map { unsafeBitCast($0, to: Function.self) }
    }
    guard let open: @convention(c) @Sendable (UnsafePointer<CChar>?, CInt) -> File? = symbol("Mat_Open")
    else { return nil }
    self.open = open
    guard
      let create: @convention(c) @Sendable (UnsafePointer<CChar>?, UnsafePointer<CChar>?, mat_ft) -> File? =
        symbol("Mat_CreateVer"),
      let close: @convention(c) @Sendable (File?) -> CInt = symbol("Mat_Close"),
      let readNext: @convention(c) @Sendable (File?) -> Variable? = symbol("Mat_VarReadNext"),
      let free: @convention(c) @Sendable (Variable?) -> Void = symbol("Mat_VarFree"),
      let cell: @convention(c) @Sendable (Variable?, CInt) -> Variable? = symbol("Mat_VarGetCell"),
      let fieldCount: @convention(c) @Sendable (Variable?) -> CUnsignedInt =
        symbol("Mat_VarGetNumberOfFields")
    else { return nil }
    self.create = create
    self.close = close
    self.readNext = readNext
    self.free = free
    self.cell = cell
    self.fieldCount = fieldCount
    guard
      let fieldNames:
        @convention(c) @Sendable (UnsafePointer<matvar_t>?) -> UnsafePointer<UnsafeMutablePointer<CChar>?>? =
        symbol("Mat_VarGetStructFieldnames"),
      let field: @convention(c) @Sendable (Variable?, Int, Int) -> Variable? =
        symbol("Mat_VarGetStructFieldByIndex"),
      let makeVariable:
        @convention(c) @Sendable (
          UnsafePointer<CChar>?, matio_classes, matio_types, CInt, UnsafeMutablePointer<Int>?,
          UnsafeMutableRawPointer?, CInt
        ) -> Variable? = symbol("Mat_VarCreate"),
      let makeStruct:
        @convention(c) @Sendable (
          UnsafePointer<CChar>?, CInt, UnsafeMutablePointer<Int>?,
          UnsafeMutablePointer<UnsafePointer<CChar>?>?, CUnsignedInt
        ) -> Variable? = symbol("Mat_VarCreateStruct")
    else { return nil }
    self.fieldNames = fieldNames
    self.field = field
    self.makeVariable = makeVariable
    self.makeStruct = makeStruct
    guard
      let setField: @convention(c) @Sendable (Variable?, Int, Int, Variable?) -> Variable? =
        symbol("Mat_VarSetStructFieldByIndex"),
      let write: @convention(c) @Sendable (File?, Variable?, matio_compression) -> CInt =
        symbol("Mat_VarWrite"),
      let uncompress:
        @convention(c) @Sendable (
          UnsafeMutablePointer<UInt8>?, UnsafeMutablePointer<CUnsignedLong>?, UnsafePointer<UInt8>?,
          CUnsignedLong
        ) -> CInt = symbol("uncompress")
    else { return nil }
    self.setField = setField
    self.write = write
    self.uncompress = uncompress
  }

  /// Inflates a zlib stream whose first eight bytes are the tag of a matrix element: the tag and the element.
  func inflateElement(
    _ bytes: ArraySlice<UInt8>, isBigEndian: Bool
  ) throws(MatFileProblem) -> [UInt8] {
    var tag: [UInt8] = Array(repeating: 0, count: 8)
    // Too short on purpose: zlib fills what there is room for.
    guard inflate(bytes, into: &tag) == 8 else { throw .damaged }
    let size = MatBytes(tag, isBigEndian: isBigEndian).word(4)
    // zlib packs at most some 1032 to one.
    guard size / 1100 <= bytes.count else { throw .damaged }
    // Some writers pad the stream.
    var element: [UInt8] = Array(repeating: 0, count: 8 + size + 64)
    let length = inflate(bytes, into: &element)
    guard let length, length >= 8 + size else { throw .damaged }
    element.removeLast(element.count - 8 - size)
    return element
  }

  /// The number of bytes written, or nil when the stream is damaged.
  private func inflate(_ bytes: ArraySlice<UInt8>, into out: inout [UInt8]) -> Int? {
    let room = out.count
    return out.withUnsafeMutableBufferPointer { target in
      bytes.withUnsafeBufferPointer { source in
        var length = CUnsignedLong(room)
        let status = uncompress(
          target.baseAddress, &length, source.baseAddress, CUnsignedLong(source.count))
        // 0 done, -5 no room for all of it
        guard status == 0 || (status == -5 && room == 8 && length == 8) else { return nil }
        return Int(length)
      }
    }
  }
}
