#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

// The C library's `snprintf` for one number: the only place where conversions reach C.

enum CFormat {
  /// Appends what C prints for `%<flags><width>.<precision><conversion>`. A negative precision leaves it out.
  static func append(
    _ x: Double, conversion: Character, flags: String = "", width: Int, precision: Int,
    to out: inout [UInt8]
  ) {
    let sizes = precision < 0 ? "%\(flags)*" : "%\(flags)*.*"
    let width = CInt(clamping: width)
    if precision < 0 {
      append(sizes + String(conversion), [width, x], to: &out)
    } else {
      append(sizes + String(conversion), [width, CInt(clamping: precision), x], to: &out)
    }
  }

  /// Appends what C prints for one integer conversion (`d`, `u`, `x`, `X`, `o`) of 64 bits.
  static func append(
    integer bits: UInt64, conversion: Character, flags: String = "", width: Int, precision: Int,
    to out: inout [UInt8]
  ) {
    let width = CInt(clamping: width)
    if precision < 0 {
      append("%\(flags)*ll\(conversion)", [width, bits], to: &out)
    } else {
      append("%\(flags)*.*ll\(conversion)", [width, CInt(clamping: precision), bits], to: &out)
    }
  }

  private static func append(_ format: String, _ arguments: [CVarArg], to out: inout [UInt8]) {
    var needed = 0
    withUnsafeTemporaryAllocation(byteCount: 128, alignment: 1) { buffer in
      guard let start = buffer.baseAddress else { return }
      let text = start.assumingMemoryBound(to: CChar.self)
      needed = Int(withVaList(arguments) { vsnprintf(text, 128, format, $0) })
      if needed > 0, needed < 128 {
        out.append(contentsOf: UnsafeRawBufferPointer(start: start, count: needed))
      }
    }
    guard needed >= 128 else { return }
    withUnsafeTemporaryAllocation(byteCount: needed + 1, alignment: 1) { buffer in
      guard let start = buffer.baseAddress else { return }
      let text = start.assumingMemoryBound(to: CChar.self)
      let written = Int(withVaList(arguments) { vsnprintf(text, needed + 1, format, $0) })
      if written == needed { out.append(contentsOf: UnsafeRawBufferPointer(start: start, count: needed)) }
    }
  }
}
