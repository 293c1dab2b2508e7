#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Memory of large arrays, kept for the next ones: pages that are fresh from the system cost more than the arithmetic
/// on them. Small blocks go to the allocator as ever. Safe to use from any thread.
enum BlockCache {
  /// Bytes from which blocks are kept.
  static let smallest = 1 << 18

  /// The bytes of the large arrays that exist, and of the blocks that are kept for the next ones.
  static var bytes: (used: Int, kept: Int) { BlockStore.shared.bytes }

  static func allocate<Element>(_ capacity: Int) -> UnsafeMutablePointer<Element> {
    // The product was checked with the shape; one that is not fails in the allocator.
    let bytes = capacity &* MemoryLayout<Element>.stride
    if bytes < smallest { return .allocate(capacity: Swift.max(capacity, 1)) }
    return BlockStore.shared.take(bytes).bindMemory(to: Element.self, capacity: capacity)
  }

  static func free<Element>(_ base: UnsafeMutablePointer<Element>, _ capacity: Int) {
    let bytes = capacity &* MemoryLayout<Element>.stride
    if bytes < smallest {
      base.deallocate()
    } else {
      BlockStore.shared.give(UnsafeMutableRawPointer(base), bytes)
    }
  }
}

/// The blocks that are free. Its fields are read and written only while the mutex is held, which is why the class may
/// be called Sendable.
private final class BlockStore: @unchecked Sendable {
  static let shared = BlockStore()

  private let mutex: UnsafeMutablePointer<pthread_mutex_t>
  /// Oldest first.
  private var blocks: [(base: UnsafeMutableRawPointer, bytes: Int)] = []
  private var total = 0
  private var given = 0
  private let limit = Swift.min(1 << 30, Allocation.limit / 16)

  private init() {
    mutex = .allocate(capacity: 1)
    pthread_mutex_init(mutex, nil)
    blocks.reserveCapacity(64)
  }

  /// Sizes in steps of an eighth of a power of two, so that arrays of about the same size share blocks.
  private static func rounded(_ bytes: Int) -> Int {
    let step = 1 << (Int.bitWidth - 1 - bytes.leadingZeroBitCount - 3)
    return (bytes &+ step &- 1) & ~(step &- 1)
  }

  var bytes: (used: Int, kept: Int) {
    pthread_mutex_lock(mutex)
    defer { pthread_mutex_unlock(mutex) }
    return (given, total)
  }

  func take(_ bytes: Int) -> UnsafeMutableRawPointer {
    let size = BlockStore.rounded(bytes)
    pthread_mutex_lock(mutex)
    given += size
    // The youngest block is most likely still in the processor's cache.
    if let index = blocks.lastIndex(where: { $0.bytes == size }) {
      let block = blocks.remove(at: index)
      total -= size
      pthread_mutex_unlock(mutex)
      return block.base
    }
    pthread_mutex_unlock(mutex)
    let isHuge = size >= 1 << 22
    let alignment = isHuge ? 1 << 21 : 64
    guard let base = allocate(size, alignment) else { BlockStore.exhausted() }
    #if canImport(Glibc)
      // Large pages make the first touch cheaper; the system may refuse them.
      if isHuge { madvise(base, size, MADV_HUGEPAGE) }
    #endif
    return base
  }

  /// Memory from the system. When it has none left, the blocks that are kept go back to it first.
  private func allocate(_ size: Int, _ alignment: Int) -> UnsafeMutableRawPointer? {
    var base: UnsafeMutableRawPointer?
    if posix_memalign(&base, alignment, size) == 0 { return base }
    pthread_mutex_lock(mutex)
    let dropped = blocks
    blocks.removeAll(keepingCapacity: true)
    total = 0
    pthread_mutex_unlock(mutex)
    for block in dropped { block.base.deallocate() }
    return posix_memalign(&base, alignment, size) == 0 ? base : nil
  }

  /// The end of the process: sizes that a script asks for have been checked, and whoever gets here without cannot go on.
  private static func exhausted() -> Never {
    let message: StaticString = "error: out of memory or dimension too large for Octave's index type\n"
    _ = write(STDERR_FILENO, message.utf8Start, message.utf8CodeUnitCount)
    exit(3)
  }

  func give(_ base: UnsafeMutableRawPointer, _ bytes: Int) {
    let size = BlockStore.rounded(bytes)
    var dropped: [UnsafeMutableRawPointer] = []
    pthread_mutex_lock(mutex)
    given -= size
    if size > limit / 2 {
      dropped.append(base)
    } else {
      blocks.append((base, size))
      total += size
    }
    while total > limit || blocks.count > 128 {
      let oldest = blocks.removeFirst()
      total -= oldest.bytes
      dropped.append(oldest.base)
    }
    pthread_mutex_unlock(mutex)
    for base in dropped { base.deallocate() }
  }
}
