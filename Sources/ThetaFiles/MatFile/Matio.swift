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

  /// The library, or nil when it is not installed.
  static let shared: Matio? = {
    let names = [
      "libmatio.so.11", "libmatio.so.13", "libmatio.so.12", "libmatio.so", "libmatio.dylib",
      "/opt/homebrew/lib/libmatio.dylib", "/usr/local/lib/libmatio.dylib",
    ]
    for name in names {
      if let handle = dlopen(name, RTLD_NOW | RTLD_LOCAL) {
        silence(handle)
        return Matio(handle)
      }
    }
    return nil
  }()

  /// HDF5, below matio, prints what it finds wrong; a damaged file is the script's error to tell.
  private static func silence(_ handle: UnsafeMutableRawPointer) {
    typealias Setter = @convention(c) (Int64, UnsafeRawPointer?, UnsafeRawPointer?) -> CInt
    guard let symbol = dlsym(handle, "H5Eset_auto2") else { return }
    _ = unsafeBitCast(symbol, to: Setter.self)(0, nil, nil)
  }

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
        symbol("Mat_VarWrite")
    else { return nil }
    self.setField = setField
    self.write = write
  }
}
