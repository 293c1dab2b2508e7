#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Numbers inside messages, as C's `%g` and `%d` write them.
package enum NumberText {
  /// `%.<precision>g`; NaN and infinities as `nan`, `inf`, `-inf`.
  package static func general(_ x: Double, precision: Int32 = 6) -> String {
    if x.isNaN { return "nan" }
    if x.isInfinite { return x < 0 ? "-inf" : "inf" }
    return withVaList([precision, x]) { arguments in
      withUnsafeTemporaryAllocation(of: CChar.self, capacity: 64) { buffer in
        let length = vsnprintf(buffer.baseAddress, 64, "%.*g", arguments)
        return String(
          decoding: buffer.prefix(max(0, Int(length))).map { UInt8(bitPattern: $0) }, as: UTF8.self)
      }
    }
  }
}
