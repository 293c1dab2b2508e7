#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// How large a single array may be. Every shape that comes from a script is checked against it before memory
/// is asked for, so that a wrong size is an error of the script and not a crash.
public enum Allocation {
  /// Bytes: the memory of the machine.
  public static let limit: Int = {
    let pages = sysconf(Int32(_SC_PHYS_PAGES))
    let size = sysconf(Int32(_SC_PAGESIZE))
    let (bytes, overflow) = pages.multipliedReportingOverflow(by: size)
    return overflow || bytes <= 0 ? 1 << 36 : bytes
  }()
}
