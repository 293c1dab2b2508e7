import CPrint
import ThetaRuntime

/// The flags of a `printf` conversion.
struct FormatFlags: OptionSet {
  let rawValue: UInt32

  static let left = FormatFlags(rawValue: UInt32(THETA_LEFT))
  static let plus = FormatFlags(rawValue: UInt32(THETA_PLUS))
  static let space = FormatFlags(rawValue: UInt32(THETA_SPACE))
  static let zero = FormatFlags(rawValue: UInt32(THETA_ZERO))
  static let alternate = FormatFlags(rawValue: UInt32(THETA_ALTERNATE))

  /// Nil for a character that is no flag.
  init?(_ character: UInt8) {
    switch character {
    case UInt8(ascii: "-"): self = .left
    case UInt8(ascii: "+"): self = .plus
    case UInt8(ascii: " "): self = .space
    case UInt8(ascii: "0"): self = .zero
    case UInt8(ascii: "#"): self = .alternate
    default: return nil
    }
  }

  init(rawValue: UInt32) { self.rawValue = rawValue }
}

// The C library's `snprintf` for one number: the only place where conversions reach C.

enum CFormat {
  /// Appends what C prints for `%<flags><width>.<precision><letter>`. A negative precision leaves it out.
  static func append(
    _ x: Double, conversion: Unicode.Scalar, flags: FormatFlags = [], width: Int, precision: Int,
    to out: inout [UInt8]
  ) {
    append(to: &out) { text, size in
      theta_print_real(
        text, size, flags.rawValue, CChar(truncatingIfNeeded: conversion.value), CInt(clamping: width),
        CInt(clamping: precision), x)
    }
  }

  /// Appends what C prints for one integer conversion (`d`, `u`, `x`, `X`, `o`) of 64 bits.
  static func append(
    integer bits: UInt64, conversion: Unicode.Scalar, flags: FormatFlags = [], width: Int, precision: Int,
    to out: inout [UInt8]
  ) {
    append(to: &out) { text, size in
      theta_print_integer(
        text, size, flags.rawValue, CChar(truncatingIfNeeded: conversion.value), CInt(clamping: width),
        CInt(clamping: precision), bits)
    }
  }

  /// Room for nearly every number; longer texts are printed again into as much as they need.
  private static let usualLength = 128

  private static func append(
    to out: inout [UInt8], _ print: (UnsafeMutablePointer<CChar>, Int) -> CInt
  ) {
    var needed = 0
    withUnsafeTemporaryAllocation(of: CChar.self, capacity: usualLength) { buffer in
      guard let start = buffer.baseAddress else { return }
      needed = Int(print(start, usualLength))
      if needed > 0, needed < usualLength {
        out.append(contentsOf: UnsafeRawBufferPointer(start: start, count: needed))
      }
    }
    guard needed >= usualLength else { return }
    withUnsafeTemporaryAllocation(of: CChar.self, capacity: needed + 1) { buffer in
      guard let start = buffer.baseAddress else { return }
      if Int(print(start, needed + 1)) == needed {
        out.append(contentsOf: UnsafeRawBufferPointer(start: start, count: needed))
      }
    }
  }
}
