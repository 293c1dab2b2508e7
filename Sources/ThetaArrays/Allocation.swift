#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// How large a single array may be. Every shape that comes from a script is checked against it before memory
/// is asked for, so that a wrong size is an error of the script and not a crash.
public enum Allocation {
  /// Bytes: the memory of the machine, or less where `THETA_MAX_MEMORY` (`--max-memory`) says so.
  public static let limit: Int = {
    let pages = sysconf(Int32(_SC_PHYS_PAGES))
    let size = sysconf(Int32(_SC_PAGESIZE))
    let (bytes, overflow) = pages.multipliedReportingOverflow(by: size)
    let memory = overflow || bytes <= 0 ? 1 << 36 : bytes
    guard let text = getenv("THETA_MAX_MEMORY"), case let allowed = strtod(text, nil), allowed >= 1,
      allowed < Double(memory)
    else { return memory }
    return Int(allowed)
  }()

  /// Sizes below this are granted without asking how much memory is left.
  private static let small = min(1 << 26, limit / 64)

  /// Whether an array of so many bytes may be made: beside the large arrays that exist, and within the addresses that
  /// the process was granted (`ulimit -v`).
  static func admits(_ bytes: Int) -> Bool {
    if bytes < small { return true }
    let (used, kept) = BlockCache.bytes
    if bytes > limit - used { return false }
    guard let addresses = freeAddresses() else { return true }
    // Blocks that are kept will be given back; some room is left for what is not an array.
    return bytes < addresses + kept - small
  }

  /// The bytes of address space that are left; nil when there is no limit.
  private static func freeAddresses() -> Int? {
    var granted = rlimit()
    #if canImport(Glibc)
      let status = getrlimit(__rlimit_resource_t(RLIMIT_AS.rawValue), &granted)
    #else
      let status = getrlimit(RLIMIT_AS, &granted)
    #endif
    guard status == 0, let most = Int(exactly: granted.rlim_cur) else { return nil }
    // The first number of this file is the size of the process in pages.
    guard let file = fopen("/proc/self/statm", "r") else { return most }
    defer { fclose(file) }
    var line = [CChar](repeating: 0, count: 64)
    guard fgets(&line, Int32(line.count), file) != nil else { return most }
    return most - strtol(line, nil, 10) * sysconf(Int32(_SC_PAGESIZE))
  }

  /// Whether a reader may make an array of so many bytes beside the ones it holds already. Such arrays end the process
  /// when there is no memory, so a size that a file names is asked about first: a sparse file of a few bytes on the disk
  /// may say that it has terabytes.
  public static func canHold(_ bytes: Int) -> Bool { bytes < limit / 2 && admits(bytes) }
}
