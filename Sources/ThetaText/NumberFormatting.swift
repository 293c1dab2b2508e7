import ThetaRuntime

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Numbers as C's `%g` writes them, with the language's `NaN`, `Inf` and `NA`.
package enum NumberFormatting {
  /// `%.<precision>g`
  package static func general(_ x: Double, _ precision: Int, plus: Bool = false) -> String {
    if x.isNaN { return (plus ? "+" : "") + (NumeralText.isMissing(x) ? "NA" : "NaN") }
    if x.isInfinite { return x < 0 ? "-Inf" : (plus ? "+Inf" : "Inf") }
    let precision = Int32(clamping: min(max(precision, 0), 500))
    return withVaList([precision, x]) { arguments in
      withUnsafeTemporaryAllocation(of: CChar.self, capacity: 600) { buffer in
        let length = vsnprintf(buffer.baseAddress, 600, plus ? "%+.*g" : "%.*g", arguments)
        let used = min(max(0, Int(length)), 599)
        return String(decoding: buffer.prefix(used).map { UInt8(bitPattern: $0) }, as: UTF8.self)
      }
    }
  }

  /// `%.0f`
  package static func integer(_ x: Double, plus: Bool = false) -> String {
    if !x.isFinite { return general(x, 5, plus: plus) }
    if let i = Int(exactly: x), i != 0 || x.sign == .plus { return plus && i >= 0 ? "+\(i)" : "\(i)" }
    return general(x, 400, plus: plus)
  }

  /// `%f`
  package static func fixed(_ x: Double) -> String {
    if !x.isFinite { return general(x, 5) }
    return withVaList([x]) { arguments in
      withUnsafeTemporaryAllocation(of: CChar.self, capacity: 400) { buffer in
        let length = vsnprintf(buffer.baseAddress, 400, "%f", arguments)
        let used = min(max(0, Int(length)), 399)
        return String(decoding: buffer.prefix(used).map { UInt8(bitPattern: $0) }, as: UTF8.self)
      }
    }
  }

  package static func padLeft(_ text: String, _ width: Int) -> String {
    let missing = width - text.utf8.count
    return missing > 0 ? String(repeating: " ", count: missing) + text : text
  }

  package static func padRight(_ text: String, _ width: Int) -> String {
    let missing = width - text.utf8.count
    return missing > 0 ? text + String(repeating: " ", count: missing) : text
  }
}

extension NumberFormatting {
  /// `%.<digits>e`
  package static func exponential(_ x: Double, _ digits: Int) -> String {
    if !x.isFinite { return general(x, digits) }
    return withVaList([Int32(clamping: min(max(digits, 0), 500)), x]) { arguments in
      withUnsafeTemporaryAllocation(of: CChar.self, capacity: 600) { buffer in
        let length = vsnprintf(buffer.baseAddress, 600, "%.*e", arguments)
        let used = min(max(0, Int(length)), 599)
        return String(decoding: buffer.prefix(used).map { UInt8(bitPattern: $0) }, as: UTF8.self)
      }
    }
  }
}
